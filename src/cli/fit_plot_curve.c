/* fit_plot_curve.c - the fitted run and what was seen of it, on one clock and one tape. */
#include "fit_plot_priv.h"

#include <math.h>

#include "sprint/air.h"
#include "sprint/drive.h"

static double value_or(double v, double otherwise)
{
    return isnan(v) ? otherwise : v;
}

/* Zero of the tape: at model distance x the tape of the trace shows x + this. */
static double tape_shift_m(const hm_sprinter_run *run)
{
    return value_or(run->correction_dc_m.value, 0) - value_or(run->correction_fd_m.value, 0);
}

/* Model time of a speed on the way up. */
static double time_of_speed(const hm_drive_curve *c, double v_mps)
{
    for (int32_t i = 1; i < c->n; i++)
        if (c->v_mps[i] >= v_mps && c->v_mps[i] > c->v_mps[i - 1]) {
            double u = (v_mps - c->v_mps[i - 1]) / (c->v_mps[i] - c->v_mps[i - 1]);
            return (i - 1 + u) * c->step_s;
        }
    return (double)NAN;
}

/* The clock of the trace less that of the model, read off the fitted value of one observation: the
 * middle one of times and distances, the one at half the speed of speeds. */
static double clock_shift_s(const hm_sprinter_run *run, const hm_drive_curve *c, double tape_m)
{
    if (run->n_point < 1)
        return value_or(run->reaction_s, 0) + value_or(run->correction_tc_s.value, 0);
    const hm_fit_point *p = &run->point[run->n_point / 2];
    if (run->observe == HM_OBSERVE_TIME)
        return p->fitted - hm_drive_time_s(c, p->at - tape_m);
    if (run->observe == HM_OBSERVE_DISTANCE)
        return p->at - hm_drive_time_s(c, p->fitted - tape_m);
    double top = 0;
    for (int32_t i = 0; i < run->n_point; i++)
        top = fmax(top, run->point[i].fitted);
    for (int32_t i = 0; i < run->n_point; i++)
        if (fabs(run->point[i].fitted - 0.5 * top) < fabs(p->fitted - 0.5 * top))
            p = &run->point[i];
    return p->at - time_of_speed(c, p->fitted);
}

/* Half an interval of speed or time at a distance: between the rows in proportion, nothing at the
 * start. */
static double half_width(const hm_sprinter_run *run, double x_m, bool is_time, bool up)
{
    double x0 = 0, w0 = 0;
    for (int32_t i = 0; i < run->n_row; i++) {
        const hm_estimate *v = is_time ? &run->row[i].time_s : &run->row[i].speed_mps;
        double w = up ? v->hi90 - v->value : v->value - v->lo90;
        if (isnan(w) || !(run->row[i].distance_m > x0))
            continue;
        if (x_m <= run->row[i].distance_m)
            return w0 + (w - w0) * (x_m - x0) / (run->row[i].distance_m - x0);
        x0 = run->row[i].distance_m;
        w0 = w;
    }
    return x0 > 0 ? w0 : (double)NAN;
}

static void put_band(const hm_sprinter_run *run, plot_curve *c)
{
    for (int32_t i = 0; i < c->n; i++) {
        double x = fmax(c->x_m[i], 0);
        c->lo_mps[i] = fmax(c->v_mps[i] - half_width(run, x, false, false), 0);
        c->hi_mps[i] = c->v_mps[i] + half_width(run, x, false, true);
        c->lo_s[i] = c->t_s[i] - half_width(run, x, true, false);
        c->hi_s[i] = c->t_s[i] + half_width(run, x, true, true);
        c->has_band |= c->hi_mps[i] > c->lo_mps[i];
    }
}

/* How far the observations reach, m of the tape. */
static double seen_m(const hm_sprinter_run *run, const hm_drive_curve *c, double shift_s,
                     double tape_m)
{
    double most = 0;
    for (int32_t i = 0; i < run->n_point; i++) {
        const hm_fit_point *p = &run->point[i];
        most = fmax(most, run->observe == HM_OBSERVE_TIME ? p->at
                          : run->observe == HM_OBSERVE_DISTANCE
                              ? p->observed
                              : hm_drive_x_m(c, p->at - shift_s) + tape_m);
    }
    return most;
}

void plot_curve_of(const hm_sprinter_run *run, double to_m, plot_curve *c)
{
    double x[HM_DRIVE_SAMPLE_MAX], v[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve d = {.x_m = x, .v_mps = v};
    hm_drive drive;
    *c = (plot_curve){0};
    if (hm_drive_of_run(run, &drive, NULL) != HM_OK)
        return;
    double drag =
        hm_drag_per_m(run->model, run->altitude_law, &run->air, run->mass_kg, run->stature_m);
    double tape_m = tape_shift_m(run);
    double end_m = fmin(fmax(to_m, 1) + 5 + fabs(tape_m), 400);
    (void)hm_drive_run(&drive, drag, value_or(run->air.wind_mps, 0), end_m, &d);
    if (d.n < 2)
        return;
    double shift_s = clock_shift_s(run, &d, tape_m);
    if (isnan(shift_s))
        return;
    /* equal steps of time: dense where the speed rises */
    double end_s = hm_drive_time_s(&d, fmin(to_m - tape_m, d.x_m[d.n - 1]));
    int32_t n = PLOT_CURVE_MAX;
    for (int32_t i = 0; i < n; i++) {
        double u = i / (n - 1.0), s = end_s * u * (0.3 + 0.7 * u);
        c->x_m[i] = hm_drive_x_m(&d, s) + tape_m;
        c->t_s[i] = s + shift_s;
        c->v_mps[i] = hm_drive_v_mps(&d, s);
    }
    c->n = isnan(end_s) ? 0 : n;
    c->seen_m = seen_m(run, &d, shift_s, tape_m);
    put_band(run, c);
}

double plot_curve_at(int32_t n, const double from[], const double to[], double at)
{
    for (int32_t i = 1; i < n; i++)
        if (at >= from[i - 1] && at <= from[i] && from[i] > from[i - 1])
            return to[i - 1] + (to[i] - to[i - 1]) * (at - from[i - 1]) / (from[i] - from[i - 1]);
    return (double)NAN;
}

/* ---- observations as speeds ---- */

static void add_mean(plot_seen *s, double from, double to, double dx_m, double dt_s)
{
    if (!(dt_s > 0 && dx_m > 0))
        return;
    s->lo[s->n] = from;
    s->hi[s->n] = to;
    s->x[s->n] = 0.5 * (from + to);
    s->v_mps[s->n++] = dx_m / dt_s;
}

/* Times at distances: the mean speed of each stretch, the first from the start if that is known. */
static void means_of_times(const hm_sprinter_run *run, const plot_curve *curve, plot_seen *s)
{
    double x = 0, t = (double)NAN;
    if (curve->n > 0 && tape_shift_m(run) == 0)
        t = curve->t_s[0];
    for (int32_t i = 0; i < run->n_point; i++) {
        const hm_fit_point *p = &run->point[i];
        if (!p->used)
            continue;
        add_mean(s, x, p->at, p->at - x, p->observed - t);
        x = p->at;
        t = p->observed;
    }
}

/* Distances at times: means over a quarter of a second or more, so that noise stays small. */
static void means_of_distances(const hm_sprinter_run *run, plot_seen *s)
{
    const hm_fit_point *from = NULL;
    for (int32_t i = 0; i < run->n_point; i++) {
        const hm_fit_point *p = &run->point[i];
        if (!p->used)
            continue;
        if (from && p->at - from->at < 0.25)
            continue;
        if (from)
            add_mean(s, from->at, p->at, p->observed - from->observed, p->at - from->at);
        from = p;
    }
}

void plot_seen_of(plot *p, const hm_sprinter_run *run, const plot_curve *curve, plot_seen *s)
{
    *s = (plot_seen){.x = plot_numbers(p, run->n_point + 1),
                     .lo = plot_numbers(p, run->n_point + 1),
                     .hi = plot_numbers(p, run->n_point + 1),
                     .v_mps = plot_numbers(p, run->n_point + 1),
                     .is_mean = run->observe != HM_OBSERVE_SPEED};
    if (p->out_of_memory)
        return;
    if (run->observe == HM_OBSERVE_TIME)
        means_of_times(run, curve, s);
    else if (run->observe == HM_OBSERVE_DISTANCE)
        means_of_distances(run, s);
    else
        for (int32_t i = 0; i < run->n_point; i++)
            if (run->point[i].used && !run->point[i].outlier) {
                s->x[s->n] = s->lo[s->n] = s->hi[s->n] = run->point[i].at;
                s->v_mps[s->n++] = run->point[i].observed;
            }
}
