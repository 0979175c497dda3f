/* overlay_board.c - the result, and the speed graph: graphics that are read in peace. */
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>

static double clamp01(double v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* One runner: place, lane, name, team, reaction, time, gap. */
static void board_row(const hm_overlay *o, ov_list *l, int32_t rank, int32_t x, int32_t y,
                      int32_t w, int32_t rh)
{
    int32_t i = o->result[rank];
    const hm_lane *r = &o->race->lane[i];
    const ov_lane_text *t = &o->lane[i];
    int32_t pad = ov_px(o, 16), base = ov_base(o, TEXT_BODY, y, rh);
    bool is_first = r->place == 1;
    char s[16];
    if (r->place > 0) {
        snprintf(s, sizeof s, "%d", (int)r->place);
        ov_number(o, l, TEXT_BODY, s, x + ov_px(o, 50), base, true,
                  is_first ? OV_ACCENT : OV_WHITE);
    }
    ov_chip(o, l, r->lane, x + ov_px(o, 66), y, rh, is_first);
    ov_text(l, &t->board, x + ov_px(o, 116), base, OV_WHITE);
    ov_text(l, &t->team, x + ov_px(o, 546), base, OV_SOFT);
    if (ov_has_reaction(r)) {
        snprintf(s, sizeof s, "%.3f", r->reaction_s);
        ov_number(o, l, TEXT_BODY, s, x + ov_px(o, 780), base, true, OV_SOFT);
    }
    if (t->status.w_px > 0) {
        ov_text(l, &t->status, x + ov_px(o, 896) - t->status.advance_px, base, OV_WHITE);
        return;
    }
    ov_time_text(s, r->official_cs, false);
    ov_number(o, l, TEXT_BODY, s, x + ov_px(o, 896), base, true, is_first ? OV_ACCENT : OV_WHITE);
    int64_t gap_cs = r->official_cs - o->race->lane[o->result[0]].official_cs;
    if (gap_cs > 0) {
        ov_time_text(s, gap_cs, true);
        ov_number(o, l, TEXT_BODY, s, x + w - pad, base, true, OV_SOFT);
    }
}

void ov_board(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    ov_board_line row[OV_BOARD_ROWS];
    int32_t n = ov_board_rows(o, row), rh = ov_px(o, 44), head = ov_px(o, 62), foot = ov_px(o, 46);
    int32_t w = ov_px(o, 1040), h = head + n * rh + foot, pad = ov_px(o, 22), bar = ov_px(o, 10);
    int32_t x = (o->w_px - w) / 2, y = (o->h_px - h) / 2;
    uint8_t fade = l->fade;
    ov_panel(l, x, y, w, h, 0, OV_GROUND, 238);
    ov_panel(l, x, y, w, head, 0, OV_RAISED, 255);
    ov_panel(l, x, y, bar, head, 0, OV_ACCENT, 255);
    int32_t base = ov_base(o, TEXT_BODY, y, head);
    ov_text(l, &o->word[OV_WORD_BOARD], x + bar + pad, base, OV_WHITE);
    const text_run *t = &o->word[OV_WORD_RESULT];
    ov_text(l, t, x + w - pad - t->advance_px, base, OV_ACCENT);
    for (int32_t i = 0; i < n; i++) { /* row after row */
        double k = clamp01((m->shot_t_s - 1.65 - 0.09 * i) / 0.2);
        l->fade = (uint8_t)(fade * k);
        if (l->fade == 0)
            continue;
        if (i % 2 == 0)
            ov_panel(l, x, y + head + i * rh, w, rh, 0, OV_RAISED, 110);
        if (row[i].is_ghost)
            ov_ghost_row(o, l, row[i].i, x, y + head + i * rh, w, rh);
        else
            board_row(o, l, row[i].i, x, y + head + i * rh, w, rh);
    }
    l->fade = fade;
    base = ov_base(o, TEXT_BODY, y + h - foot, foot);
    ov_text(l, &o->word[OV_WORD_WIND], x + pad, base, OV_ACCENT);
    t = &o->record_result;
    ov_text(l, t, x + w - pad - t->advance_px, base, OV_RECORD);
}

/* ---- speed over distance ---- */

typedef struct plot {
    int32_t x, y, w, h;
    double top_mps;
} plot;

static void plot_speed(ov_list *l, const plot *p, const float speed_mps[OV_GRAPH_POINTS],
                       double upto_m, double half_px, ov_colour colour, uint8_t alpha)
{
    double px = 0, py = 0;
    for (int32_t k = 0; k < OV_GRAPH_POINTS; k++) {
        double at_m = 100.0 * k / (OV_GRAPH_POINTS - 1), v = (double)speed_mps[k];
        if (at_m > upto_m || (k > 0 && v <= 0))
            break;
        double x = p->x + p->w * at_m / 100, y = p->y + p->h * (1 - v / p->top_mps);
        if (k > 0)
            ov_line(l, px, py, x, y, half_px, colour, alpha);
        px = x;
        py = y;
    }
}

/* Scales: every 20 km/h and every 50 m. */
static void plot_scales(const hm_overlay *o, ov_list *l, const plot *p)
{
    char s[16];
    int32_t half = o->text.cap_px[TEXT_SMALL] / 2;
    for (int kmh = 0; kmh / 3.6 < p->top_mps; kmh += 20) {
        double y = p->y + p->h * (1 - kmh / 3.6 / p->top_mps);
        ov_line(l, p->x, y, p->x + p->w, y, (kmh ? 0.5 : 0.8) * o->scale, OV_SOFT, kmh ? 70 : 150);
        snprintf(s, sizeof s, "%d", kmh);
        ov_number(o, l, TEXT_SMALL, s, p->x - ov_px(o, 8), (int32_t)floor(y) + half, true, OV_SOFT);
    }
    for (int m = 50; m <= 100; m += 50) {
        double x = p->x + p->w * m / 100.0;
        ov_line(l, x, p->y, x, p->y + p->h, 0.5 * o->scale, OV_SOFT, 70);
        snprintf(s, sizeof s, "%d m", m);
        ov_number(o, l, TEXT_SMALL, s, (int32_t)floor(x), p->y + p->h + 2 * half + ov_px(o, 8),
                  true, OV_SOFT);
    }
}

/* Fastest so far of the leader, in his name's row. */
static void plot_head(const hm_overlay *o, ov_list *l, int32_t lead, double upto_m, int32_t x,
                      int32_t y, int32_t w, int32_t h)
{
    double peak_mps = 0;
    char s[24];
    for (int32_t k = 0; k < OV_GRAPH_POINTS; k++)
        if (100.0 * k / (OV_GRAPH_POINTS - 1) <= upto_m)
            peak_mps = fmax(peak_mps, (double)o->speed_mps[lead][k]);
    snprintf(s, sizeof s, "%.1f km/h", 3.6 * peak_mps);
    int32_t base = ov_base(o, TEXT_SMALL, y, h);
    int32_t chip = ov_chip(o, l, o->race->lane[lead].lane, x, y, h, true);
    ov_text(l, &o->lane[lead].order, x + chip + ov_px(o, 10), base, OV_WHITE);
    ov_number(o, l, TEXT_SMALL, s, x + w, base, true, OV_ACCENT);
}

void ov_graph(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    int32_t lead = ov_leader(o, m->race_t_s), n_ghost = o->ghosts.race.n_lane;
    if (lead < 0 || m->race_t_s < 0.5)
        return;
    int32_t x0, y0, x1, y1, pad = ov_px(o, 16), head = ov_px(o, 44), bar = ov_px(o, 8);
    ov_safe(o, &x0, &y0, &x1, &y1);
    int32_t w = ov_px(o, 400), h = ov_px(o, 206), y = y1 - h, left = ov_px(o, 44);
    plot p = {x0 + bar + pad + left, y + head + ov_px(o, 8), w - bar - 2 * pad - left,
              h - head - ov_px(o, 44), 0};
    for (int32_t k = 0; k < OV_GRAPH_POINTS; k++) {
        for (int32_t i = 0; i < o->race->n_lane; i++)
            p.top_mps = fmax(p.top_mps, 1.04 * (double)o->speed_mps[i][k]);
        for (int32_t i = 0; i < n_ghost; i++)
            p.top_mps = fmax(p.top_mps, 1.04 * (double)o->ghost_mps[i][k]);
        p.top_mps = fmax(p.top_mps, 1.04 * (double)o->record_mps[k]);
    }
    if (p.top_mps <= 0)
        return;
    double upto_m = hm_curve_x_m(&o->race->lane[lead].curve, m->race_t_s);
    ov_panel(l, x0, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x0, y, bar, h, 0, OV_ACCENT, 255);
    plot_head(o, l, lead, upto_m, x0 + bar + pad, y, w - bar - 2 * pad, head);
    plot_scales(o, l, &p);
    if (o->record_name.w_px > 0) /* the record is known whole */
        plot_speed(l, &p, o->record_mps, 100, 0.9 * o->scale, OV_RECORD, 150);
    for (int32_t i = 0; i < o->race->n_lane; i++)
        if (i != lead && o->race->lane[i].curve.n > 1)
            plot_speed(l, &p, o->speed_mps[i], hm_curve_x_m(&o->race->lane[i].curve, m->race_t_s),
                       0.7 * o->scale, OV_SOFT, 120);
    for (int32_t i = 0; i < n_ghost; i++)
        plot_speed(l, &p, o->ghost_mps[i], hm_curve_x_m(&o->ghosts.lane[i].curve, m->race_t_s),
                   0.9 * o->scale, OV_GHOST, 190);
    plot_speed(l, &p, o->speed_mps[lead], upto_m, 1.7 * o->scale, OV_ACCENT, 255);
}
