#include "axis_priv.h"

#include <math.h>
#include <string.h>

static const double value_max = 1e15;     /* [1] beyond it a value counts as a gap */
static const double air_frac = 0.05;      /* of the range, beside the outermost values */
static const double text_gap_pt = 9;      /* between two tick texts along x */
static const double line_pitch_pt = 12.5; /* between two tick texts along y, at least */

bool chart_is_value(double v)
{
    return v >= -value_max && v <= value_max;
}

typedef struct extent {
    double lo, hi; /* lo > hi: nothing yet */
} extent;

static void add_values(extent *e, int32_t n, const double v[])
{
    for (int32_t i = 0; v && i < n; i++)
        if (chart_is_value(v[i])) {
            e->lo = v[i] < e->lo ? v[i] : e->lo;
            e->hi = v[i] > e->hi ? v[i] : e->hi;
        }
}

static void add_series(extent *e, const hm_chart_series *s, chart_side side, bool names_y)
{
    const double zero = 0;
    bool along = side == CHART_X;
    add_values(e, s->n, along ? s->x : s->y);
    if (s->kind == HM_CHART_BAND || s->kind == HM_CHART_POINTS || s->kind == HM_CHART_BARS ||
        s->kind == HM_CHART_STACK) {
        add_values(e, s->n, along ? s->x_lo : s->lo);
        add_values(e, s->n, along ? s->x_hi : s->hi);
    }
    if (s->kind == HM_CHART_STEMS && !along)
        add_values(e, 1, &zero);
    if (s->kind == HM_CHART_BARS && along == names_y)
        add_values(e, 1, &zero);
}

/* Room around the values, so that no mark sits on the frame; a lone value stands in the middle. */
static void add_air(chart_axis *a, const extent *e)
{
    double span = e->hi - e->lo;
    double air = span > 1e-9 * fmax(fabs(e->lo), fabs(e->hi)) ? air_frac * span
                 : e->hi != 0                                 ? 0.05 * fabs(e->hi)
                                                              : 1;
    if (a->spec->scale == HM_SCALE_DATE) /* days */
        air = span > 0 ? fmax(air, 1) : 15;
    a->lo = a->spec->zero && e->lo == 0 ? 0 : e->lo - air;
    a->hi = a->spec->zero && e->hi == 0 && e->lo < 0 ? 0 : e->hi + air;
}

chart_axis chart_axis_of(const hm_chart_panel *p, chart_side side)
{
    const hm_chart_axis *spec = side == CHART_X ? &p->x : side == CHART_Y ? &p->y : &p->y2;
    chart_axis a = {.spec = spec};
    extent e = {INFINITY, -INFINITY};
    if (spec->scale == HM_SCALE_NAMES) {
        a.lo = -0.6;
        a.hi = spec->n_name > 0 ? spec->n_name - 0.4 : 0.4;
        a.is_empty = spec->n_name <= 0;
        return a;
    }
    for (int32_t i = 0; i < p->n_series; i++)
        if (!p->series[i].quiet && (side == CHART_X || p->series[i].second == (side == CHART_Y2)))
            add_series(&e, &p->series[i], side, p->y.scale == HM_SCALE_NAMES);
    a.is_empty = e.lo > e.hi;
    if (spec->zero)
        add_values(&e, 1, &(double){0});
    if (a.is_empty)
        e = (extent){0, 1};
    add_air(&a, &e);
    a.lo = chart_is_value(spec->lo) ? spec->lo : a.lo;
    a.hi = chart_is_value(spec->hi) ? spec->hi : a.hi;
    if (!(a.hi > a.lo)) /* an end that was asked for lies beyond the data */
        a.hi = a.lo + (a.lo != 0 ? 0.1 * fabs(a.lo) : 1);
    return a;
}

static void measure_ticks(chart_canvas *v, chart_axis *a)
{
    a->text_w_pt = a->text_h_pt = 0;
    for (int32_t i = 0; i < a->ticks.n; i++) {
        chart_box b = chart_measure(v, CHART_TICK, a->ticks.text[i], (chart_set){0});
        chart_box u = chart_measure(v, CHART_TICK, a->ticks.under[i], (chart_set){0});
        a->text_w_pt = fmax(a->text_w_pt, fmax(b.w, u.w));
        a->text_h_pt = fmax(a->text_h_pt, b.h + u.h);
    }
}

void chart_axis_ticks(chart_canvas *v, chart_axis *a, chart_side side, double length_pt)
{
    if (a->spec->scale == HM_SCALE_NAMES || a->spec->n_name > 0 || a->is_empty)
        return;
    int32_t most = side == CHART_X ? 11 : (int32_t)(length_pt / line_pitch_pt);
    most = most < 2 ? 2 : most > 9 && side != CHART_X ? 9 : most;
    for (;; most--) {
        if (a->spec->scale == HM_SCALE_DATE)
            chart_ticks_date(a->lo, a->hi, most, &a->ticks);
        else
            chart_ticks_linear(a->lo, a->hi, most, &a->ticks);
        measure_ticks(v, a);
        if (side != CHART_X || most <= 1 || a->ticks.n < 2)
            return;
        double pitch_pt = (a->ticks.at[1] - a->ticks.at[0]) / (a->hi - a->lo) * length_pt;
        if (a->text_w_pt + text_gap_pt <= pitch_pt)
            return;
    }
}

double chart_x_pt(const chart_axis *x, chart_box plot, double value)
{
    return plot.x + (value - x->lo) / (x->hi - x->lo) * plot.w;
}

double chart_y_pt(const chart_axis *y, chart_box plot, double value)
{
    double frac = (value - y->lo) / (y->hi - y->lo);
    return y->spec->scale == HM_SCALE_NAMES ? plot.y + frac * plot.h : plot.y + (1 - frac) * plot.h;
}
