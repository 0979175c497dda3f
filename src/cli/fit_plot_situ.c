/* fit_plot_situ.c - one window of training: the hardest accelerations against speed, their line. */
#include "fit_plot_priv.h"

#include <math.h>

enum { LINE_N = 41 };

/* The accelerations that made the line, and those that were left out. */
static void add_cloud(plot *p, const hm_sprinter_run *run, bool used)
{
    double *x = plot_numbers(p, run->n_point), *y = plot_numbers(p, run->n_point);
    int32_t n = 0;
    if (!x || !y)
        return;
    for (int32_t i = 0; i < run->n_point; i++)
        if (run->point[i].used == used) {
            x[n] = run->point[i].at;
            y[n++] = run->point[i].observed;
        }
    if (n == 0)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, used ? HM_INK_DARK : HM_INK_GREY);
    s->x = x;
    s->y = y;
    s->mark = used ? HM_MARK_DISC : HM_MARK_RING;
    s->size_pt = 3;
    s->label = used ? "hardest of each speed" : "left out";
}

/* a = A0 - v A0 / S0 with the band that the intervals of both ends span. */
static void add_line(plot *p, const hm_sprinter_run *run)
{
    const hm_estimate *a0 = &run->mac_mps2, *s0 = &run->mss_mps;
    double *v = plot_numbers(p, LINE_N), *lo = plot_numbers(p, LINE_N),
           *hi = plot_numbers(p, LINE_N), *from_to = plot_numbers(p, 2), *a = plot_numbers(p, 2);
    if (p->out_of_memory)
        return;
    bool has_band = s0->hi90 > s0->lo90 && a0->hi90 > a0->lo90;
    double to_mps = has_band ? s0->hi90 : s0->value;
    for (int32_t i = 0; i < LINE_N; i++) {
        v[i] = to_mps * i / (LINE_N - 1);
        double mid = a0->value * (1 - v[i] / s0->value);
        double half = plot_force_half(a0, s0, &run->pmax_w_per_kg, v[i]);
        lo[i] = fmax(mid - half, 0);
        hi[i] = fmax(mid + half, 0);
    }
    if (has_band) {
        hm_chart_series *band = plot_add(p, HM_CHART_BAND, LINE_N, HM_INK_BLUE);
        band->x = v;
        band->lo = lo;
        band->hi = hi;
        band->label = "90 % interval";
    }
    a[0] = a0->value;
    from_to[1] = s0->value;
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, 2, HM_INK_BLUE);
    line->x = from_to;
    line->y = a;
    line->label = "acceleration-speed line";
    plot_estimate_at(p, 0, a0, HM_INK_BLUE, plot_text(p, "A\xe2\x82\x80 %.2f", a0->value));
    hm_chart_series *end =
        plot_estimate_at(p, s0->value, &(hm_estimate){0, (double)NAN, (double)NAN}, HM_INK_BLUE,
                         plot_text(p, "S\xe2\x82\x80 %.2f", s0->value));
    end->x_lo = plot_one(p, s0->lo90);
    end->x_hi = plot_one(p, s0->hi90);
}

hm_status fit_plot_situ(const hm_sprinter_run *run, plot *p, hm_err *err)
{
    (void)err;
    p->fig.title = plot_run_name(p, run);
    p->fig.subtitle = plot_run_method(p, run);
    p->fig.footer = plot_run_footer(p, run);
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 3), 0, "Acceleration and speed in training");
    panel->n_col = 2;
    panel->x.title = "Speed, m/s";
    panel->x.lo = 0;
    panel->y.title = "Acceleration, m/s\xc2\xb2";
    panel->y.lo = 0;
    add_line(p, run);
    add_cloud(p, run, true);
    add_cloud(p, run, false);
    plot_number_panel(p, run, plot_row(p, 0), 0, 2);
    return HM_OK;
}
