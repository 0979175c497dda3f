/* fit_plot_position.c - the run as it was watched: when it was where. */
#include "fit_plot_priv.h"

#include <math.h>

/* Half of the band as a distance, where the line is a distance: what is early is far. */
static void add_band(plot *p, const plot_curve *c, bool by_distance)
{
    double *lo = plot_numbers(p, c->n), *hi = plot_numbers(p, c->n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < c->n; i++) {
        lo[i] = by_distance ? c->lo_s[i] : c->x_m[i] - c->v_mps[i] * (c->hi_s[i] - c->t_s[i]);
        hi[i] = by_distance ? c->hi_s[i] : c->x_m[i] + c->v_mps[i] * (c->t_s[i] - c->lo_s[i]);
    }
    hm_chart_series *band = plot_add(p, HM_CHART_BAND, c->n, HM_INK_BLUE);
    band->x = by_distance ? c->x_m : c->t_s;
    band->lo = lo;
    band->hi = hi;
}

/* Observations that are places and times themselves. */
static void add_seen(plot *p, const hm_sprinter_run *run)
{
    double *x = plot_numbers(p, run->n_point), *y = plot_numbers(p, run->n_point);
    if (p->out_of_memory || run->observe == HM_OBSERVE_SPEED || run->n_point == 0)
        return;
    for (int32_t i = 0; i < run->n_point; i++) {
        x[i] = run->point[i].at;
        y[i] = run->point[i].observed;
    }
    bool is_crowd = run->n_point > 60;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, run->n_point, HM_INK_DARK);
    s->x = x;
    s->y = y;
    s->size_pt = is_crowd ? 2.2 : 3.6;
    s->pale_frac = is_crowd ? 0.45 : 0;
}

void plot_position_panel(plot *p, const hm_sprinter_run *run, const plot_curve *c, double x_lo,
                         double x_hi)
{
    bool by_distance = run->observe == HM_OBSERVE_TIME;
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 1), 0, NULL);
    panel->n_col = 2;
    panel->x.hide_text = true;
    panel->x.lo = x_lo;
    panel->x.hi = x_hi;
    panel->y.title = by_distance ? "Time, s" : "Distance, m";
    panel->y.zero = true;
    panel->y.lo = 0;
    add_band(p, c, by_distance);
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, c->n, HM_INK_BLUE);
    line->x = by_distance ? c->x_m : c->t_s;
    line->y = by_distance ? c->t_s : c->x_m;
    add_seen(p, run);
}
