#include "panel_priv.h"

#include <math.h>

/* Ticks of one's own, and names: a text is left out where it would touch the one before. */
static void own_ticks_x(chart_canvas *v, const chart_plan *p, const hm_chart_axis *a, double y,
                        double ay)
{
    double free_from = -INFINITY;
    double max_pt = a->n_name > 0 ? fmax(p->plot.w / a->n_name - 2, 60) : 0;
    for (int32_t i = 0; i < a->n_name; i++) {
        double x = chart_x_pt(&p->x, p->plot, a->scale == HM_SCALE_NAMES ? i : a->tick[i]);
        const chart_set cut = {.max_w_pt = a->scale == HM_SCALE_NAMES ? max_pt : 0};
        if (!(x >= p->plot.x - 0.5 && x <= p->plot.x + p->plot.w + 0.5))
            continue;
        chart_line(v, x, y, x, y + (ay > 0.5 ? 3 : -3), CHART_HAIR_PT, chart_axis_rgb());
        double w = chart_measure(v, CHART_TICK, a->name[i], cut).w;
        if (x - 0.5 * w < free_from)
            continue;
        chart_write(v, CHART_TICK, chart_muted_rgb(), a->name[i], x,
                    y + (ay > 0.5 ? -2 : CHART_PAD_PT), 0.5, ay, cut);
        free_from = x + 0.5 * w + 6;
    }
}

static chart_rgb axis_text_rgb(const hm_chart_axis *a)
{
    return a->ink == HM_INK_DARK ? chart_muted_rgb() : chart_ink_text(a->ink);
}

static void draw_x_axis(chart_canvas *v, const chart_plan *p)
{
    const chart_box b = p->plot;
    const hm_chart_axis *a = &p->spec->x;
    double y = b.y + b.h, under = y + CHART_PAD_PT;
    bool is_own = a->n_name > 0;
    for (int32_t i = 0; i < p->x.ticks.n && !is_own; i++) {
        double x = chart_x_pt(&p->x, b, p->x.ticks.at[i]);
        chart_line(v, x, b.y, x, y, CHART_HAIR_PT, chart_grid_rgb());
        if (a->hide_text)
            continue;
        double h = chart_measure(v, CHART_TICK, p->x.ticks.text[i], (chart_set){0}).h;
        chart_write(v, CHART_TICK, axis_text_rgb(a), p->x.ticks.text[i], x, under, 0.5, 0,
                    (chart_set){0});
        chart_write(v, CHART_TICK, axis_text_rgb(a), p->x.ticks.under[i], x, under + h, 0.5, 0,
                    (chart_set){0});
    }
    if (is_own && !a->hide_text)
        own_ticks_x(v, p, a, y, 0);
    if (a->title) {
        double text = a->hide_text ? 0 : fmax(p->x.text_h_pt, chart_style_pt(CHART_TICK) * 1.25);
        chart_write(v, CHART_AXIS, axis_text_rgb(a), a->title, b.x + 0.5 * b.w, under + text + 1,
                    0.5, 0, (chart_set){.max_w_pt = b.w});
    }
}

static void draw_names_y(chart_canvas *v, const chart_plan *p)
{
    const chart_box b = p->plot;
    const hm_chart_axis *a = &p->spec->y;
    double room = p->left_pt - CHART_PAD_PT - (a->title ? chart_style_pt(CHART_AXIS) * 1.6 : 0);
    for (int32_t i = 0; i < a->n_name; i++) {
        double y = chart_y_pt(&p->y, b, i);
        chart_line(v, b.x, y, b.x + b.w, y, CHART_HAIR_PT, chart_grid_rgb());
        if (!a->hide_text)
            chart_write(v, CHART_LABEL, chart_text_rgb(), a->name[i], b.x - CHART_PAD_PT, y, 1, 0.5,
                        (chart_set){.max_w_pt = room > 10 ? room : 10});
    }
}

static void draw_y_axis(chart_canvas *v, const chart_plan *p)
{
    const chart_box b = p->plot;
    const hm_chart_axis *a = &p->spec->y;
    double text_w = p->y.text_w_pt;
    if (a->scale == HM_SCALE_NAMES) {
        draw_names_y(v, p);
        text_w = p->left_pt - 2 * CHART_PAD_PT - chart_style_pt(CHART_AXIS) * 1.25;
    } else
        for (int32_t i = 0; i < p->y.ticks.n; i++) {
            double y = chart_y_pt(&p->y, b, p->y.ticks.at[i]);
            chart_line(v, b.x, y, b.x + b.w, y, CHART_HAIR_PT, chart_grid_rgb());
            if (!a->hide_text)
                chart_write(v, CHART_TICK, axis_text_rgb(a), p->y.ticks.text[i], b.x - CHART_PAD_PT,
                            y, 1, 0.5, (chart_set){0});
        }
    if (a->title)
        chart_write(v, CHART_AXIS, axis_text_rgb(a), a->title,
                    b.x - 2 * CHART_PAD_PT - (a->hide_text ? 0 : text_w), b.y + 0.5 * b.h, 1, 0.5,
                    (chart_set){.upright = true, .max_w_pt = b.h + 10, .n_line = 1});
}

static void draw_y2_axis(chart_canvas *v, const chart_plan *p)
{
    const chart_box b = p->plot;
    const hm_chart_axis *a = &p->spec->y2;
    double right = b.x + b.w;
    if (!p->has_y2)
        return;
    for (int32_t i = 0; i < p->y2.ticks.n; i++) {
        double y = chart_y_pt(&p->y2, b, p->y2.ticks.at[i]);
        chart_line(v, right, y, right + 2.5, y, CHART_HAIR_PT, chart_axis_rgb());
        chart_write(v, CHART_TICK, axis_text_rgb(a), p->y2.ticks.text[i], right + CHART_PAD_PT, y,
                    0, 0.5, (chart_set){0});
    }
    if (a->title)
        chart_write(v, CHART_AXIS, axis_text_rgb(a), a->title,
                    right + 2 * CHART_PAD_PT + p->y2.text_w_pt, b.y + 0.5 * b.h, 0, 0.5,
                    (chart_set){.upright = true, .max_w_pt = b.h + 10, .n_line = 1});
}

/* The line of zero where it lies inside; the frame is left and below only. */
static void draw_frame(chart_canvas *v, const chart_plan *p)
{
    const chart_box b = p->plot;
    bool names = p->spec->y.scale == HM_SCALE_NAMES;
    if (!names && p->y.lo < 0 && p->y.hi > 0) {
        double y = chart_y_pt(&p->y, b, 0);
        chart_line(v, b.x, y, b.x + b.w, y, 0.8, chart_axis_rgb());
    }
    if (names && p->spec->x.scale != HM_SCALE_NAMES && p->x.lo < 0 && p->x.hi > 0) {
        double x = chart_x_pt(&p->x, b, 0);
        chart_line(v, x, b.y, x, b.y + b.h, 0.8, chart_axis_rgb());
    }
    chart_line(v, b.x, b.y + b.h, b.x + b.w, b.y + b.h, 0.8, chart_axis_rgb());
    if (!names)
        chart_line(v, b.x, b.y, b.x, b.y + b.h, 0.8, chart_axis_rgb());
    if (p->has_y2)
        chart_line(v, b.x + b.w, b.y, b.x + b.w, b.y + b.h, 0.8, chart_axis_rgb());
}

/* The title at the top of the row, so that titles line up; the legend in its line or under it;
 * ticks next to the plot. */
static void draw_head(chart_canvas *v, const chart_plan *p)
{
    const hm_chart_panel *s = p->spec;
    const chart_box b = p->plot;
    double y = b.y, top = b.y - p->top_pt, left = b.x - p->left_pt;
    if (s->x2.n_name > 0) {
        own_ticks_x(v, p, &s->x2, y - 3, 1);
        y -= chart_measure(v, CHART_TICK, "Hg", (chart_set){0}).h + CHART_PAD_PT;
    }
    if (p->legend_beside) {
        double w = chart_legend_w(v, s) + 1;
        chart_legend(v, s, b.x + b.w - w, top, w, true);
    } else
        chart_legend(v, s, b.x, y - chart_legend(v, s, 0, 0, b.w, false), b.w, true);
    chart_write(v, CHART_PANEL, chart_text_rgb(), s->title, left, top, 0, 0,
                (chart_set){.max_w_pt = b.w + p->left_pt});
}

static int32_t label_count(const hm_chart_panel *p)
{
    int64_t n = 1;
    for (int32_t i = 0; i < p->n_series; i++)
        n += 1 + (p->series[i].name ? p->series[i].n : 0);
    return n < 4096 ? (int32_t)n : 4096;
}

hm_status chart_panel_draw(chart_canvas *v, const chart_plan *p, hm_err *err)
{
    draw_head(v, p);
    if (p->spec->table.n_row > 0) {
        chart_table_draw(v, p);
        return HM_OK;
    }
    draw_x_axis(v, p);
    draw_y_axis(v, p);
    draw_frame(v, p);
    draw_y2_axis(v, p);
    if (p->x.is_empty || (p->y.is_empty && (!p->has_y2 || p->y2.is_empty))) {
        chart_write(v, CHART_LABEL, chart_muted_rgb(), "no data", p->plot.x + 0.5 * p->plot.w,
                    p->plot.y + 0.5 * p->plot.h, 0.5, 0.5, (chart_set){.halo = true});
        return HM_OK;
    }
    chart_place place;
    HM_TRY(chart_place_open(&place, p->plot, label_count(p->spec), v->arena, err));
    HM_TRY(chart_series_draw(v, p, &place, err));
    chart_labels_draw(v, p, &place);
    return HM_OK;
}
