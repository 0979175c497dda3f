#include "layout_priv.h"

#include <math.h>

static const double swatch_pt = 15, entry_gap_pt = 14;

static void swatch(chart_canvas *v, const hm_chart_series *s, double x, double y)
{
    static const double dash[] = {4, 3};
    chart_rgb rgb = chart_ink_rgb(s->ink, s->pale_frac);
    double mid = x + 0.5 * swatch_pt;
    if (s->kind == HM_CHART_STACK) {
        chart_colour(v, rgb);
        cairo_rectangle(v->c, x, y - 4, swatch_pt, 8);
        cairo_fill(v->c);
        if (s->dashed)
            chart_hatch(v, x, y - 4, swatch_pt, 8);
    } else if (s->kind == HM_CHART_BAND || s->kind == HM_CHART_BARS) {
        double alpha = s->kind == HM_CHART_BAND ? 0.25 : 0.55;
        cairo_set_source_rgba(v->c, rgb.r, rgb.g, rgb.b, alpha);
        cairo_rectangle(v->c, x, y - 3.5, swatch_pt, 7);
        cairo_fill(v->c);
    } else if (s->kind == HM_CHART_POINTS) {
        if (s->lo && s->hi)
            chart_line(v, mid, y - 5, mid, y + 5, 1, rgb);
        if (s->x_lo && s->x_hi)
            chart_line(v, x, y, x + swatch_pt, y, 1, rgb);
        chart_mark(v, s->mark, mid, y, s->size_pt > 0 ? fmin(s->size_pt, 6) : CHART_MARK_PT, rgb);
    } else {
        cairo_set_dash(v->c, dash, s->dashed ? 2 : 0, 0);
        chart_line(v, x, y, x + swatch_pt, y, s->size_pt > 0 ? s->size_pt : CHART_LINE_PT, rgb);
        cairo_set_dash(v->c, dash, 0, 0);
    }
}

static double entry_w(chart_canvas *v, const hm_chart_series *s, double max_pt)
{
    const chart_set cut = {.max_w_pt = fmax(max_pt - swatch_pt - CHART_PAD_PT, 20)};
    return swatch_pt + CHART_PAD_PT + chart_measure(v, CHART_TICK, s->label, cut).w;
}

static bool is_entry(const hm_chart_series *s)
{
    return s->label && s->where == HM_LABEL_LEGEND && s->n > 0;
}

double chart_legend_w(chart_canvas *v, const hm_chart_panel *p)
{
    double w = 0;
    for (int32_t i = 0; i < p->n_series; i++)
        if (is_entry(&p->series[i]))
            w += (w > 0 ? entry_gap_pt : 0) + entry_w(v, &p->series[i], 1000);
    return w;
}

double chart_legend(chart_canvas *v, const hm_chart_panel *p, double x, double y, double w_pt,
                    bool draw)
{
    double line = chart_measure(v, CHART_TICK, "Hg", (chart_set){0}).h + 1, at = 0, row = 0;
    bool any = false;
    for (int32_t i = 0; i < p->n_series; i++) {
        const hm_chart_series *s = &p->series[i];
        if (!is_entry(s))
            continue;
        double w = entry_w(v, s, w_pt);
        if (any && at + w > w_pt) {
            at = 0;
            row += line;
        }
        if (draw) {
            double mid = y + row + 0.5 * line;
            swatch(v, s, x + at, mid);
            chart_write(v, CHART_TICK, chart_muted_rgb(), s->label,
                        x + at + swatch_pt + CHART_PAD_PT, mid, 0, 0.5,
                        (chart_set){.max_w_pt = w - swatch_pt - CHART_PAD_PT + 0.5});
        }
        at += w + entry_gap_pt;
        any = true;
    }
    return any ? row + line + CHART_PAD_PT : 0;
}
