/* overlay_panels.c - the graphics that stand at the edges of the picture while the race goes on. */
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>

#define LEAN 12 /* reference px that a panel's upright edges lean */

/* Who this is: lane on the accent, name, team; after his finish also his time. */
void ov_card(const hm_overlay *o, int32_t i_lane, bool with_time, ov_list *l)
{
    const ov_lane_text *t = &o->lane[i_lane];
    const hm_lane *lane = &o->race->lane[i_lane];
    int32_t x0, y0, x1, y1, pad = ov_px(o, 22), block = ov_px(o, 88), h = ov_px(o, 108);
    ov_safe(o, &x0, &y0, &x1, &y1);
    bool has_team = t->team_card.w_px > 0;
    int32_t y = y1 - h, row = has_team ? ov_px(o, 62) : h;
    int32_t w = t->card.advance_px;
    w = has_team && t->team_card.advance_px > w ? t->team_card.advance_px : w;
    w += block + 2 * pad;
    ov_panel(l, x0, y, w, h, ov_px(o, LEAN), OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x0, y, block, h, 0, OV_ACCENT, 255);
    char s[16];
    snprintf(s, sizeof s, "%d", (int)lane->lane);
    int32_t nw = text_number_px(&o->text, TEXT_CLOCK, s);
    ov_number(o, l, TEXT_CLOCK, s, x0 + (block - nw) / 2, ov_base(o, TEXT_CLOCK, y, h), false,
              OV_DARK);
    ov_text(l, &t->card, x0 + block + pad, ov_base(o, TEXT_CARD, y, row), OV_WHITE);
    if (has_team)
        ov_text(l, &t->team_card, x0 + block + pad,
                ov_base(o, TEXT_BODY, y + row - ov_px(o, 6), h - row), OV_SOFT);
    if (!with_time || lane->official_cs <= 0)
        return;
    ov_time_text(s, lane->official_cs, false);
    nw = text_number_px(&o->text, TEXT_CLOCK, s);
    int32_t tx = x0 + w + ov_px(o, LEAN) + ov_px(o, 6);
    ov_panel(l, tx, y, nw + 2 * pad, h, ov_px(o, LEAN), OV_ACCENT, 255);
    ov_number(o, l, TEXT_CLOCK, s, tx + pad + ov_px(o, LEAN) / 2, ov_base(o, TEXT_CLOCK, y, h),
              false, OV_DARK);
}

int64_t ov_clock_cs(const hm_overlay *o, double t_s, bool *is_official)
{
    *is_official = false;
    if (o->winner >= 0 && o->race->lane[o->winner].time_us > 0 &&
        t_s >= 1e-6 * (double)o->race->lane[o->winner].time_us) {
        *is_official = true;
        return o->race->lane[o->winner].official_cs;
    }
    double cs = floor(t_s * 100 + 1e-6);
    return cs < 0 ? 0 : cs > 599999 ? 599999 : (int64_t)cs;
}

/* Panel of the clock; also its left edge, for what stands beside it. */
void ov_clock_box(const hm_overlay *o, int32_t box[4])
{
    int32_t x0, y0, x1, y1;
    ov_safe(o, &x0, &y0, &x1, &y1);
    const char *widest = "00.00";
    for (int32_t i = 0; i < o->race->n_lane; i++)
        if (o->race->lane[i].end_s >= 60)
            widest = "0:00.00";
    int32_t w = text_number_px(&o->text, TEXT_CLOCK, widest) + ov_px(o, 44);
    int32_t h = ov_px(o, 78);
    box[0] = x1 - w;
    box[1] = y1 - h;
    box[2] = w;
    box[3] = h;
}

void ov_clock(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    bool is_official;
    char s[16];
    ov_time_text(s, ov_clock_cs(o, m->race_t_s, &is_official), false);
    int32_t b[4], lean = ov_px(o, LEAN), tab = ov_px(o, 38);
    ov_clock_box(o, b);
    ov_panel(l, b[0] - lean, b[1], b[2], b[3], lean, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, b[0] + b[2] - ov_px(o, 8), b[1], ov_px(o, 8), b[3], 0, OV_ACCENT, 255);
    ov_number(o, l, TEXT_CLOCK, s, b[0] + b[2] - ov_px(o, 24), ov_base(o, TEXT_CLOCK, b[1], b[3]),
              true, OV_WHITE);
    if (!is_official)
        return;
    const text_run *r = &o->word[OV_WORD_OFFICIAL];
    ov_panel(l, b[0] - lean, b[1] - tab, b[2] + lean, tab, 0, OV_ACCENT, 255);
    ov_text(l, r, b[0] + b[2] - ov_px(o, 20) - r->advance_px,
            ov_base(o, TEXT_SMALL, b[1] - tab, tab), OV_DARK);
}

int32_t ov_leader(const hm_overlay *o, double t_s)
{
    int32_t best = -1;
    double best_key = 0;
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        const hm_lane *r = &o->race->lane[i];
        if (r->status == HM_RUN_DNS || r->curve.n < 2)
            continue;
        double end_s = 1e-6 * (double)r->time_us;
        bool is_in = r->time_us > 0 && end_s <= t_s;
        double key = is_in ? 1e6 - end_s : hm_curve_x_m(&r->curve, t_s);
        if (best < 0 || key > best_key) {
            best = i;
            best_key = key;
        }
    }
    return best;
}

/* Four times a second, over 0.4 s: digits that can be read. At the line the last value stays. */
void ov_speed(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    double t_s = floor(m->race_t_s * 4) / 4;
    int32_t i = ov_leader(o, t_s);
    if (i < 0 || m->race_t_s < 0.5)
        return;
    const hm_lane *r = &o->race->lane[i];
    double end_s = r->time_us > 0 ? 1e-6 * (double)r->time_us - 0.2 : r->end_s;
    t_s = t_s < end_s ? t_s : end_s;
    double v_mps = (hm_curve_x_m(&r->curve, t_s + 0.2) - hm_curve_x_m(&r->curve, t_s - 0.2)) / 0.4;
    char kmh[16], mps[16];
    snprintf(kmh, sizeof kmh, "%.1f km/h", v_mps * 3.6);
    snprintf(mps, sizeof mps, "%.1f m/s", v_mps);
    int32_t c[4], lean = ov_px(o, LEAN), pad = ov_px(o, 16);
    ov_clock_box(o, c);
    int32_t w = text_number_px(&o->text, TEXT_BODY, "00.0 km/h") +
                text_number_px(&o->text, TEXT_BODY, "00.0 m/s") + 3 * pad + ov_px(o, 12);
    int32_t x = c[0] - 2 * lean - ov_px(o, 6) - w, row = c[3] / 2;
    ov_panel(l, x, c[1], w, c[3], lean, OV_GROUND, OV_GROUND_ALPHA);
    int32_t chip = ov_chip(o, l, r->lane, x + pad + lean, c[1] + ov_px(o, 2), row, true);
    ov_text(l, &o->lane[i].order, x + pad + lean + chip + ov_px(o, 10),
            ov_base(o, TEXT_SMALL, c[1] + ov_px(o, 2), row), OV_WHITE);
    int32_t base = ov_base(o, TEXT_BODY, c[1] + row - ov_px(o, 3), row);
    int32_t kw = text_number_px(&o->text, TEXT_BODY, "00.0 km/h");
    ov_number(o, l, TEXT_BODY, kmh, x + pad + kw, base, true, OV_ACCENT);
    ov_number(o, l, TEXT_BODY, mps, x + w - pad, base, true, OV_SOFT);
}

/* ---- the order at the last mark ---- */

enum { ORDER_ROWS = 5 };

/* Lanes in the order in which they pass a mark, up to ORDER_ROWS. */
static int32_t order_at(const hm_overlay *o, int32_t k, int32_t row[ORDER_ROWS])
{
    int32_t n = 0;
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        double t_s = o->mark_s[i][k];
        if (t_s < 0)
            continue;
        int32_t at = n < ORDER_ROWS ? n : ORDER_ROWS;
        while (at > 0 && o->mark_s[row[at - 1]][k] > t_s) {
            if (at < ORDER_ROWS)
                row[at] = row[at - 1];
            at--;
        }
        if (at < ORDER_ROWS)
            row[at] = i;
        n += n < ORDER_ROWS;
    }
    return n;
}

/* Was there a gate? Else the time is read off the curve, and marked so. */
static bool is_measured(const hm_lane *r, int32_t at_m)
{
    for (int32_t i = 0; i < r->n_split; i++)
        if (fabs(r->split[i].distance_m - at_m) < 0.01)
            return r->split[i].measured;
    return at_m == 100;
}

void ov_order(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    int32_t row[ORDER_ROWS], n = 0, mark = -1;
    for (int32_t k = OV_MARKS - 1; k >= 0 && mark < 0; k--) {
        n = order_at(o, k, row);
        if (n > 0 && o->mark_s[row[n - 1]][k] <= m->race_t_s)
            mark = k;
    }
    if (mark < 0)
        return;
    int32_t x, y, x1, y1, rh = ov_px(o, 38), head = ov_px(o, 46), pad = ov_px(o, 12);
    ov_safe(o, &x, &y, &x1, &y1);
    int32_t w = ov_px(o, 318), bar = ov_px(o, 8);
    ov_panel(l, x, y, w, head + n * rh + ov_px(o, 6), 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x, y, w, head, 0, OV_RAISED, 255);
    ov_panel(l, x, y, bar, head, 0, OV_ACCENT, 255);
    char s[24];
    snprintf(s, sizeof s, "%d m", 10 * (int)(mark + 1));
    int32_t base = ov_base(o, TEXT_BODY, y, head);
    ov_number(o, l, TEXT_BODY, s, x + bar + pad, base, false, OV_WHITE);
    double first_s = o->mark_s[row[0]][mark];
    bool is_gate = is_measured(&o->race->lane[row[0]], 10 * (mark + 1));
    s[0] = '~';
    ov_time_text(s + !is_gate, (int64_t)floor(first_s * 100 + 0.5), false);
    ov_number(o, l, TEXT_BODY, s, x + w - pad, base, true, OV_ACCENT);
    y += head + ov_px(o, 3);
    for (int32_t i = 0; i < n; i++, y += rh) {
        int32_t chip = ov_chip(o, l, o->race->lane[row[i]].lane, x + pad, y, rh, i == 0);
        base = ov_base(o, TEXT_SMALL, y, rh);
        ov_text(l, &o->lane[row[i]].order, x + pad + chip + ov_px(o, 10), base, OV_WHITE);
        double gap_s = o->mark_s[row[i]][mark] - first_s;
        ov_time_text(s, (int64_t)floor(gap_s * 100 + 0.5), true);
        if (i > 0)
            ov_number(o, l, TEXT_SMALL, s, x + w - pad, base, true, OV_SOFT);
    }
}

/* ---- reaction times ---- */

static void reaction_cell(const hm_overlay *o, const hm_moment *m, ov_list *l, int32_t i, int32_t x,
                          int32_t y, int32_t rh, bool is_best)
{
    const hm_lane *r = &o->race->lane[i];
    bool is_known = m->race_t_s >= r->reaction_s;
    int32_t chip = ov_chip(o, l, r->lane, x, y, rh, is_best && is_known);
    if (!is_known)
        return;
    char s[16];
    snprintf(s, sizeof s, "%.3f", r->reaction_s);
    ov_number(o, l, TEXT_SMALL, s, x + chip + ov_px(o, 8), ov_base(o, TEXT_SMALL, y, rh), false,
              is_best ? OV_ACCENT : OV_WHITE);
}

bool ov_has_reaction(const hm_lane *r)
{
    return r->status != HM_RUN_DNS && r->reaction_s > 0 && !(r->filled & HM_FILLED_REACTION);
}

void ov_reactions(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    int32_t who[HM_LANE_MAX], n = 0, best = -1;
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        const hm_lane *r = &o->race->lane[i];
        if (!ov_has_reaction(r))
            continue;
        who[n++] = i;
        if (best < 0 || r->reaction_s < o->race->lane[best].reaction_s)
            best = i;
    }
    if (n == 0 || m->race_t_s < 0)
        return;
    int32_t column = (n + 1) / 2, cell = ov_px(o, 136), rh = ov_px(o, 40), head = ov_px(o, 40);
    int32_t x0, y0, x1, y1, pad = ov_px(o, 14), bar = ov_px(o, 8);
    ov_safe(o, &x0, &y0, &x1, &y1);
    const text_run *t = &o->word[OV_WORD_REACTION];
    int32_t w = bar + 2 * pad + (column * cell > t->advance_px ? column * cell : t->advance_px);
    int32_t h = head + (n > 1 ? 2 : 1) * rh + ov_px(o, 6), y = y1 - h;
    ov_panel(l, x0, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x0, y, bar, h, 0, OV_ACCENT, 255);
    ov_text(l, t, x0 + bar + pad, ov_base(o, TEXT_SMALL, y, head), OV_SOFT);
    for (int32_t k = 0; k < n; k++)
        reaction_cell(o, m, l, who[k], x0 + bar + pad + k % column * cell,
                      y + head + k / column * rh, rh, who[k] == best);
}

/* ---- replay ---- */

void ov_replay(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    char s[16];
    snprintf(s, sizeof s, "x%.2f", m->rate);
    const text_run *r = &o->word[OV_WORD_REPLAY];
    int32_t x0, y0, x1, y1, pad = ov_px(o, 18), h = ov_px(o, 52), lean = ov_px(o, LEAN);
    ov_safe(o, &x0, &y0, &x1, &y1);
    int32_t rate = text_number_px(&o->text, TEXT_BODY, s) + 2 * pad;
    int32_t word = r->advance_px + 2 * pad;
    int32_t x = x1 - rate - word - 2 * lean;
    ov_panel(l, x, y0, word, h, lean, OV_ACCENT, 255);
    ov_text(l, r, x + pad + lean / 2, ov_base(o, TEXT_BODY, y0, h), OV_DARK);
    ov_panel(l, x + word + ov_px(o, 4), y0, rate, h, lean, OV_GROUND, OV_GROUND_ALPHA);
    ov_number(o, l, TEXT_BODY, s, x + word + ov_px(o, 4) + pad + lean / 2,
              ov_base(o, TEXT_BODY, y0, h), false, OV_WHITE);
}

/* What parted first and second, as soon as both are in. Equal hundredths: to the thousandth, by
 * photo finish. */
void ov_margin(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    if (o->race->n_lane < 2)
        return;
    const hm_lane *a = &o->race->lane[o->result[0]], *b = &o->race->lane[o->result[1]];
    if (a->place != 1 || b->place < 1 || m->race_t_s < 1e-6 * (double)b->time_us)
        return;
    char s[16];
    int64_t gap_cs = b->official_cs - a->official_cs;
    bool is_photo = gap_cs == 0;
    if (is_photo)
        snprintf(s, sizeof s, "%.3f s", 1e-6 * (double)(b->time_us - a->time_us));
    else
        snprintf(s, sizeof s, "%d.%02d s", (int)(gap_cs / 100), (int)(gap_cs % 100));
    const text_run *t = &o->word[is_photo ? OV_WORD_PHOTO : OV_WORD_WON_BY];
    int32_t x0, y0, x1, y1, pad = ov_px(o, 16), bar = ov_px(o, 8), head = ov_px(o, 52);
    ov_safe(o, &x0, &y0, &x1, &y1);
    int32_t rh = ov_px(o, 42), w = ov_px(o, 400), h = head + 2 * rh + ov_px(o, 4), y = y1 - h;
    ov_panel(l, x0, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x0, y, bar, h, 0, OV_ACCENT, 255);
    int32_t base = ov_base(o, TEXT_BODY, y, head);
    ov_text(l, t, x0 + bar + pad, base, OV_SOFT);
    ov_number(o, l, TEXT_BODY, s, x0 + w - pad, base, true, OV_ACCENT);
    for (int32_t i = 0; i < 2; i++) {
        const hm_lane *r = i ? b : a;
        int32_t ry = y + head + i * rh;
        int32_t chip = ov_chip(o, l, r->lane, x0 + bar + pad, ry, rh, i == 0);
        base = ov_base(o, TEXT_SMALL, ry, rh);
        ov_text(l, &o->lane[o->result[i]].order, x0 + bar + pad + chip + ov_px(o, 10), base,
                OV_WHITE);
        ov_time_text(s, r->official_cs, false);
        ov_number(o, l, TEXT_SMALL, s, x0 + w - pad, base, true, OV_WHITE);
    }
}
