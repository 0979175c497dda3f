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
    if (rank % 2 == 0)
        ov_panel(l, x, y, w, rh, 0, OV_RAISED, 110);
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
    int32_t n = o->race->n_lane, rh = ov_px(o, 44), head = ov_px(o, 62), foot = ov_px(o, 46);
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
        if (l->fade > 0)
            board_row(o, l, i, x, y + head + i * rh, w, rh);
    }
    l->fade = fade;
    ov_text(l, &o->word[OV_WORD_WIND], x + pad, ov_base(o, TEXT_BODY, y + h - foot, foot),
            OV_ACCENT);
}

/* ---- speed over distance ---- */

typedef struct plot {
    int32_t x, y, w, h;
    double top_mps;
} plot;

static void plot_lane(const hm_overlay *o, ov_list *l, const plot *p, int32_t i, double upto_m,
                      double half_px, ov_colour colour, uint8_t alpha)
{
    double px = 0, py = 0;
    for (int32_t k = 0; k < OV_GRAPH_POINTS; k++) {
        double at_m = 100.0 * k / (OV_GRAPH_POINTS - 1), v = (double)o->speed_mps[i][k];
        if (at_m > upto_m || (k > 0 && v <= 0))
            break;
        double x = p->x + p->w * at_m / 100, y = p->y + p->h * (1 - v / p->top_mps);
        if (k > 0)
            ov_line(l, px, py, x, y, half_px, colour, alpha);
        px = x;
        py = y;
    }
}

void ov_graph(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    int32_t lead = ov_leader(o, m->race_t_s);
    if (lead < 0 || m->race_t_s < 0.5)
        return;
    const hm_lane *r = &o->race->lane[lead];
    int32_t x0, y0, x1, y1, pad = ov_px(o, 16), head = ov_px(o, 44), bar = ov_px(o, 8);
    ov_safe(o, &x0, &y0, &x1, &y1);
    int32_t w = ov_px(o, 420), h = ov_px(o, 190), y = y1 - h;
    ov_panel(l, x0, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x0, y, bar, h, 0, OV_ACCENT, 255);
    plot p = {x0 + bar + pad, y + head + ov_px(o, 8), w - bar - 2 * pad, h - head - ov_px(o, 22),
              0};
    double upto_m = hm_curve_x_m(&r->curve, m->race_t_s), peak_mps = 0;
    for (int32_t i = 0; i < o->race->n_lane; i++)
        for (int32_t k = 0; k < OV_GRAPH_POINTS; k++)
            p.top_mps = fmax(p.top_mps, 1.04 * (double)o->speed_mps[i][k]);
    if (p.top_mps <= 0)
        return;
    for (int32_t k = 0; k < OV_GRAPH_POINTS; k++)
        if (100.0 * k / (OV_GRAPH_POINTS - 1) <= upto_m)
            peak_mps = fmax(peak_mps, (double)o->speed_mps[lead][k]);
    char s[24];
    snprintf(s, sizeof s, "%.1f km/h", 3.6 * peak_mps);
    int32_t base = ov_base(o, TEXT_SMALL, y, head);
    ov_text(l, &o->word[OV_WORD_SPEED], p.x, base, OV_SOFT);
    ov_number(o, l, TEXT_SMALL, s, x0 + w - pad, base, true, OV_ACCENT);
    for (int k = 0; k <= 10; k += 5) { /* start, half, finish */
        double gx = p.x + p.w * k / 10.0;
        ov_line(l, gx, p.y, gx, p.y + p.h, 0.5 * o->scale, OV_SOFT, 70);
    }
    ov_line(l, p.x, p.y + p.h, p.x + p.w, p.y + p.h, 0.8 * o->scale, OV_SOFT, 150);
    for (int32_t i = 0; i < o->race->n_lane; i++)
        if (i != lead && o->race->lane[i].curve.n > 1)
            plot_lane(o, l, &p, i, hm_curve_x_m(&o->race->lane[i].curve, m->race_t_s),
                      0.7 * o->scale, OV_SOFT, 120);
    plot_lane(o, l, &p, lead, upto_m, 1.7 * o->scale, OV_ACCENT, 255);
}
