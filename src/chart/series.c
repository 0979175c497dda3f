#include "panel_priv.h"

#include <math.h>
#include <string.h>

static const double far_pt = 20000;      /* beyond cairo counts no more */
static const double column_pt = 0.25;    /* two points nearer than this are one */
static const double cap_pt = 1.8;        /* half the end of an error bar */
static const double cell_pt = 1;         /* of a crowd of points */
static const int32_t many_count = 100;   /* points; more of them lie under the lines */
static const int32_t crowd_count = 2000; /* points; more of them are drawn once a cell */

static double near_page(double pt)
{
    return pt < -far_pt ? -far_pt : pt > far_pt ? far_pt : pt;
}

double chart_at_x(const chart_plan *p, double value)
{
    return chart_is_value(value) ? near_page(chart_x_pt(&p->x, p->plot, value)) : (double)NAN;
}

double chart_at_y(const chart_plan *p, const hm_chart_series *s, double value)
{
    return chart_is_value(value) ? near_page(chart_y_pt(chart_y_of(p, s), p->plot, value))
                                 : (double)NAN;
}

/* Places of a line, thinned; the arena gives them back with the figure. */
static int32_t places(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                      const double value[], double **xo, double **yo)
{
    double *x = HM_PUSH(v->arena, double, s->n), *y = HM_PUSH(v->arena, double, s->n);
    *xo = HM_PUSH(v->arena, double, s->n);
    *yo = HM_PUSH(v->arena, double, s->n);
    if (!x || !y || !*xo || !*yo)
        return -1;
    for (int32_t i = 0; i < s->n; i++) {
        x[i] = chart_at_x(p, s->x[i]);
        y[i] = chart_at_y(p, s, value[i]);
    }
    return chart_thin_line(s->n, x, y, column_pt, *xo, *yo);
}

/* End of the unbroken piece that begins at i. */
static int32_t piece_end(int32_t n, const double x[], int32_t i)
{
    while (i < n && !isnan(x[i]))
        i++;
    return i;
}

static void set_dash(chart_canvas *v, bool dashed)
{
    static const double dash[] = {4, 3};
    cairo_set_dash(v->c, dash, dashed ? 2 : 0, 0);
}

static bool draw_line(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                      chart_place *place)
{
    double *x, *y;
    int32_t n = places(v, p, s, s->y, &x, &y);
    if (n < 0)
        return false;
    for (int32_t i = 0, end; i < n; i = end + 1) {
        end = piece_end(n, x, i);
        if (end == i)
            continue;
        cairo_move_to(v->c, x[i], y[i]);
        cairo_line_to(v->c, x[i], y[i]); /* a lone point is a dot */
        for (int32_t k = i + 1; k < end; k++) {
            cairo_line_to(v->c, x[k], y[k]);
            chart_place_segment(place, x[k - 1], y[k - 1], x[k], y[k]);
        }
    }
    chart_colour(v, chart_ink_rgb(s->ink, s->pale_frac));
    cairo_set_line_width(v->c, s->size_pt > 0 ? s->size_pt : CHART_LINE_PT);
    cairo_set_line_cap(v->c, s->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(v->c, CAIRO_LINE_JOIN_ROUND);
    set_dash(v, s->dashed);
    cairo_stroke(v->c);
    set_dash(v, false);
    cairo_set_line_cap(v->c, CAIRO_LINE_CAP_BUTT);
    return true;
}

/* Along the upper edge and back along the lower one, piece by piece. */
static bool draw_band(chart_canvas *v, const chart_plan *p, const hm_chart_series *s)
{
    double *lo = HM_PUSH(v->arena, double, s->n), *hi = HM_PUSH(v->arena, double, s->n);
    double *xl, *yl, *xh, *yh;
    if (!lo || !hi)
        return false;
    for (int32_t i = 0; i < s->n; i++) { /* a gap of one edge is a gap of both */
        bool is_gap = !chart_is_value(s->lo[i]) || !chart_is_value(s->hi[i]);
        lo[i] = is_gap ? (double)NAN : s->lo[i];
        hi[i] = is_gap ? (double)NAN : s->hi[i];
    }
    int32_t nl = places(v, p, s, lo, &xl, &yl), nh = places(v, p, s, hi, &xh, &yh);
    if (nl < 0 || nh < 0)
        return false;
    for (int32_t i = 0, k = 0, end_i, end_k; i < nh && k < nl; i = end_i + 1, k = end_k + 1) {
        end_i = piece_end(nh, xh, i);
        end_k = piece_end(nl, xl, k);
        cairo_move_to(v->c, xh[i], yh[i]);
        for (int32_t m = i + 1; m < end_i; m++)
            cairo_line_to(v->c, xh[m], yh[m]);
        for (int32_t m = end_k - 1; m >= k; m--)
            cairo_line_to(v->c, xl[m], yl[m]);
        cairo_close_path(v->c);
    }
    chart_rgb c = chart_ink_rgb(s->ink, 0);
    cairo_set_source_rgba(v->c, c.r, c.g, c.b, 0.18 * (1 - s->pale_frac));
    cairo_fill(v->c);
    return true;
}

/* Where an error bar leaves the plot an arrow head says that it goes on. */
static void bar_end(chart_canvas *v, const chart_plan *p, double x, double y, bool upright)
{
    chart_box b = p->plot;
    double ux = upright ? 0 : x < b.x ? -1 : x > b.x + b.w ? 1 : 0;
    double uy = !upright ? 0 : y < b.y ? -1 : y > b.y + b.h ? 1 : 0;
    if (ux == 0 && uy == 0) {
        cairo_move_to(v->c, x - (upright ? cap_pt : 0), y - (upright ? 0 : cap_pt));
        cairo_line_to(v->c, x + (upright ? cap_pt : 0), y + (upright ? 0 : cap_pt));
        cairo_stroke(v->c);
        return;
    }
    x = fmin(fmax(x, b.x), b.x + b.w);
    y = fmin(fmax(y, b.y), b.y + b.h);
    cairo_move_to(v->c, x + 1.5 * ux, y + 1.5 * uy);
    cairo_line_to(v->c, x - 3.5 * ux + 2.2 * uy, y - 3.5 * uy + 2.2 * ux);
    cairo_line_to(v->c, x - 3.5 * ux - 2.2 * uy, y - 3.5 * uy - 2.2 * ux);
    cairo_fill(v->c);
}

static void interval(chart_canvas *v, const chart_plan *p, chart_place *place, double x0, double y0,
                     double x1, double y1, bool upright, bool has_ends)
{
    if (isnan(x0 + y0 + x1 + y1))
        return;
    cairo_move_to(v->c, x0, y0);
    cairo_line_to(v->c, x1, y1);
    cairo_stroke(v->c);
    if (has_ends) {
        bar_end(v, p, x0, y0, upright);
        bar_end(v, p, x1, y1, upright);
    }
    chart_place_segment(place, x0, y0, x1, y1);
}

static void point_intervals(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                            chart_place *place, int32_t i, double x, double y)
{
    chart_colour(v, chart_ink_rgb(s->ink, s->pale_frac));
    cairo_set_line_width(v->c, 1);
    if (s->lo && s->hi)
        interval(v, p, place, x, chart_at_y(p, s, s->lo[i]), x, chart_at_y(p, s, s->hi[i]), true,
                 true);
    if (s->x_lo && s->x_hi)
        interval(v, p, place, chart_at_x(p, s->x_lo[i]), y, chart_at_x(p, s->x_hi[i]), y, false,
                 !s->stretch);
}

/* One point a cell is enough where thousands lie on one another. */
static bool is_first_in_cell(const chart_plan *p, uint8_t *seen, double x, double y)
{
    int64_t nx = (int64_t)(p->plot.w / cell_pt) + 1, ny = (int64_t)(p->plot.h / cell_pt) + 1;
    int64_t i = (int64_t)((x - p->plot.x) / cell_pt), k = (int64_t)((y - p->plot.y) / cell_pt);
    if (i < 0 || k < 0 || i >= nx || k >= ny)
        return false;
    bool is_first = !seen[k * nx + i];
    seen[k * nx + i] = 1;
    return is_first;
}

static bool draw_points(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                        chart_place *place)
{
    double size = s->size_pt > 0 ? s->size_pt : CHART_MARK_PT;
    uint8_t *seen = NULL;
    if (s->n > crowd_count) {
        seen = HM_PUSH(v->arena, uint8_t,
                       (size_t)(p->plot.w / cell_pt + 1) * (size_t)(p->plot.h / cell_pt + 1));
        if (!seen)
            return false;
    }
    for (int32_t i = 0; i < s->n; i++) {
        double x = chart_at_x(p, s->x[i]), y = chart_at_y(p, s, s->y[i]);
        if (isnan(x + y) || (seen && !is_first_in_cell(p, seen, x, y)))
            continue;
        point_intervals(v, p, s, place, i, x, y);
        chart_mark(v, s->mark, x, y, size, chart_ink_rgb(s->ink, s->pale_frac));
        chart_place_box(place, (chart_box){x - 0.5 * size, y - 0.5 * size, size, size});
    }
    return true;
}

static bool draw_stems(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                       chart_place *place)
{
    double zero = chart_at_y(p, s, 0), *x, *y;
    int32_t n = places(v, p, s, s->y, &x, &y);
    for (int32_t i = 0; i < n; i++) {
        if (isnan(x[i] + y[i]))
            continue;
        chart_line(v, x[i], zero, x[i], y[i], s->size_pt > 0 ? s->size_pt : 1,
                   chart_ink_rgb(s->ink, s->pale_frac));
        chart_place_segment(place, x[i], zero, x[i], y[i]);
    }
    return n >= 0;
}

/* Thickness of a bar: three fifths of the room that one has. */
static double bar_pt(const chart_plan *p, const hm_chart_series *s, bool lying)
{
    double length = lying ? p->plot.h : p->plot.w;
    double room = length / (lying ? fmax(p->y.hi - p->y.lo, 1) : fmax(s->n, 1));
    return fmin(0.6 * room, 14);
}

static void draw_bars(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                      chart_place *place)
{
    bool lying = p->y.spec->scale == HM_SCALE_NAMES;
    double thick = bar_pt(p, s, lying);
    double zero = lying ? chart_at_x(p, 0) : chart_at_y(p, s, 0);
    for (int32_t i = 0; i < s->n; i++) {
        double x = chart_at_x(p, s->x[i]), y = chart_at_y(p, s, s->y[i]);
        if (isnan(x + y))
            continue;
        chart_box b = lying ? (chart_box){fmin(x, zero), y - 0.5 * thick, fabs(x - zero), thick}
                            : (chart_box){x - 0.5 * thick, fmin(y, zero), thick, fabs(y - zero)};
        chart_colour(v, chart_ink_rgb(s->ink, 0.45 + 0.55 * s->pale_frac));
        cairo_rectangle(v->c, b.x, b.y, b.w, b.h);
        cairo_fill(v->c);
        point_intervals(v, p, s, place, i, x, y);
        chart_place_box(place, b);
    }
}

static void draw_stack(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                       chart_place *place)
{
    const double part = 0.78; /* of the distance from bar to bar */
    double step = s->n > 1 ? fabs(chart_at_x(p, s->x[1]) - chart_at_x(p, s->x[0])) : 18;
    double thick = fmin(part * step, 22);
    for (int32_t i = 0; i < s->n; i++) {
        double x = chart_at_x(p, s->x[i]), a = chart_at_y(p, s, s->lo[i]);
        double b = chart_at_y(p, s, s->hi[i]);
        if (isnan(x + a + b) || fabs(a - b) < 0.05)
            continue;
        chart_box box = {x - 0.5 * thick, fmin(a, b), thick, fabs(a - b)};
        chart_colour(v, chart_ink_rgb(s->ink, s->pale_frac));
        cairo_rectangle(v->c, box.x, box.y, box.w, box.h);
        cairo_fill(v->c);
        if (s->dashed)
            chart_hatch(v, box.x, box.y, box.w, box.h);
        chart_place_box(place, box);
    }
}

/* One box of 1 by 1 on the axes for each point, a little paper between them. White or dark words,
 * whichever holds apart better: never less than a contrast of 4.5. */
static void draw_cells(chart_canvas *v, const chart_plan *p, const hm_chart_series *s)
{
    const double gap_pt = 0.8, least_frac = 0.05;
    double w = p->plot.w / (p->x.hi - p->x.lo) - gap_pt;
    double h = p->plot.h / (p->y.hi - p->y.lo) - gap_pt;
    for (int32_t i = 0; i < s->n; i++) {
        double x = chart_at_x(p, s->x[i]), y = chart_at_y(p, s, s->y[i]);
        if (isnan(x + y) || !chart_is_value(s->lo[i]))
            continue;
        double dark = fmin(fmax(s->lo[i], 0), 1);
        chart_rgb tone = chart_ink_rgb(s->ink, (1 - dark) * (1 - least_frac));
        bool white = chart_contrast(chart_paper(), tone) > chart_contrast(chart_text_rgb(), tone);
        chart_colour(v, tone);
        cairo_rectangle(v->c, x - 0.5 * w, y - 0.5 * h, w, h);
        cairo_fill(v->c);
        if (s->name && s->name[i])
            chart_write(v, CHART_LABEL, white ? chart_paper() : chart_text_rgb(), s->name[i], x, y,
                        0.5, 0.5, (chart_set){.max_w_pt = w + 3});
    }
}

static void draw_rule(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                      chart_place *place)
{
    chart_box b = p->plot;
    double x = s->y ? (double)NAN : chart_at_x(p, s->x[0]),
           y = s->y ? chart_at_y(p, s, s->y[0]) : (double)NAN;
    if (isnan(x) && isnan(y))
        return;
    set_dash(v, s->dashed);
    double x0 = s->y ? b.x : x, x1 = s->y ? b.x + b.w : x;
    double y0 = s->y ? y : b.y, y1 = s->y ? y : b.y + b.h;
    chart_line(v, x0, y0, x1, y1, s->size_pt > 0 ? s->size_pt : 0.9,
               chart_ink_rgb(s->ink, s->pale_frac));
    chart_place_segment(place, x0, y0, x1, y1);
    set_dash(v, false);
}

static bool draw_one(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                     chart_place *place)
{
    switch (s->kind) {
    case HM_CHART_LINE:
        return draw_line(v, p, s, place);
    case HM_CHART_BAND:
        return draw_band(v, p, s);
    case HM_CHART_POINTS:
        return draw_points(v, p, s, place);
    case HM_CHART_STEMS:
        return draw_stems(v, p, s, place);
    case HM_CHART_BARS:
        if (s->n > crowd_count)
            return draw_stems(v, p, s, place);
        draw_bars(v, p, s, place);
        return true;
    case HM_CHART_STACK:
        draw_stack(v, p, s, place);
        return true;
    case HM_CHART_CELLS:
        draw_cells(v, p, s);
        return true;
    default:
        draw_rule(v, p, s, place);
        return true;
    }
}

hm_status chart_series_draw(chart_canvas *v, const chart_plan *p, chart_place *place, hm_err *err)
{
    static const hm_chart_kind order[] = {HM_CHART_CELLS, HM_CHART_BAND,  HM_CHART_BARS,
                                          HM_CHART_STACK, HM_CHART_RULE,  HM_CHART_POINTS,
                                          HM_CHART_LINE,  HM_CHART_STEMS, HM_CHART_POINTS};
    enum { UNDER = 5, N_ORDER = sizeof order / sizeof order[0] };
    bool is_drawn = true;
    cairo_save(v->c); /* marks on the frame are whole */
    cairo_rectangle(v->c, p->plot.x - 3, p->plot.y - 3, p->plot.w + 6, p->plot.h + 6);
    cairo_clip(v->c);
    for (int k = 0; k < N_ORDER; k++)
        for (int32_t i = 0; is_drawn && i < p->spec->n_series; i++) {
            const hm_chart_series *s = &p->spec->series[i];
            bool is_turn = s->kind == order[k] &&
                           (s->kind != HM_CHART_POINTS || (s->n > many_count) == (k == UNDER));
            if (s->n > 0 && is_turn)
                is_drawn = draw_one(v, p, s, place);
        }
    cairo_restore(v->c);
    return is_drawn ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "no memory");
}
