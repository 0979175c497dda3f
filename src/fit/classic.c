/* mono and decay with their corrections: parameters, where the search begins, what they tell. */
#include "curve_priv.h"
#include "model_priv.h"

#include <math.h>

/* The same run with its drag and wind inside: other air then changes it by the difference. */
static void drive(const fit_model *m, const double p[], hm_drive *out, fit_clock *clock)
{
    fit_curve c = fit_curve_of(m, p);
    *out = hm_drive_of_decay(&c.decay, m->drag_per_m, m->air.wind_mps);
    *clock = (fit_clock){m->reaction_s, c.tc_s, c.fd_m, c.dc_m};
}

static void describe(const fit_model *m, const double p[], hm_sprinter_run *run)
{
    fit_curve c = fit_curve_of(m, p);
    const hm_decay *d = &c.decay;
    run->mss_mps.value = d->v_mps;
    run->tau_s.value = d->tau_s;
    run->mac_mps2.value = d->v_mps / d->tau_s - d->decay_mps2;
    if (m->kind == HM_MODEL_MONO)
        run->pmax_w_per_kg.value = 0.25 * d->v_mps * run->mac_mps2.value;
    else
        run->decay_mps2.value = d->decay_mps2;
    if (c.at_tc >= 0)
        run->correction_tc_s.value = c.tc_s;
    if (c.fd_m > 0 || c.at_fd >= 0)
        run->correction_fd_m.value = c.fd_m;
    if (c.at_dc >= 0)
        run->correction_dc_m.value = c.dc_m - m->gate0_m;
    /* top of the 100 m that begin at rest */
    double end_s = hm_decay_time_s(d, 100), top_s = fmin(hm_decay_top_s(d), end_s);
    run->top_speed_mps.value = hm_decay_v_mps(d, top_s);
    run->top_speed_at_m.value = hm_decay_x_m(d, top_s);
}

/* ---- parameters and where the search begins ---- */

/* What the points say at a glance. */
typedef struct glance {
    double v_mps, tau_s; /* asymptote, time constant */
    double tc_s;         /* when the run begins, on the clock of the points */
} glance;

static double clamped(double v, double lo, double hi)
{
    return fmin(fmax(v, lo), hi);
}

/* Pieces of an eighth of the way at least, so that noise in close marks does not count. */
static double fastest_piece(int32_t n, const double x_m[], const double t_s[])
{
    double best = 0, least = (x_m[n - 1] - x_m[0]) / 8;
    for (int32_t i = 0, k = 0; k < n; k++) {
        while (i + 1 < k && x_m[k] - x_m[i + 1] >= least)
            i++;
        if (x_m[k] - x_m[i] >= least && t_s[k] > t_s[i])
            best = fmax(best, (x_m[k] - x_m[i]) / (t_s[k] - t_s[i]));
    }
    return best;
}

static glance glance_way(int32_t n, const double x_m[], const double t_s[], bool shifted)
{
    const double usual_tau_s = 1.1;
    glance g = {.v_mps = clamped(1.03 * fastest_piece(n, x_m, t_s), 1, 20)};
    double lag_s = t_s[n - 1] - x_m[n - 1] / g.v_mps; /* tau + TC */
    if (shifted && !(lag_s > 0.5 && lag_s < 2))
        g.tc_s = lag_s - usual_tau_s;
    g.tau_s = clamped(lag_s - g.tc_s, 0.3, 3);
    return g;
}

static glance glance_speed(int32_t n, const double t_s[], const double v_mps[], bool shifted)
{
    glance g = {.v_mps = 0};
    for (int32_t i = 0; i < n; i++)
        g.v_mps = fmax(g.v_mps, v_mps[i]);
    int32_t i_first = 0, i_most = 0;
    while (i_first < n - 1 && v_mps[i_first] < 0.1 * g.v_mps)
        i_first++;
    while (i_most < n - 1 && v_mps[i_most] < 0.63 * g.v_mps)
        i_most++;
    g.tau_s = clamped(t_s[i_most] - (shifted ? t_s[i_first] : 0), 0.3, 3);
    g.tc_s = shifted ? t_s[i_first] - 0.1 * g.tau_s : 0;
    g.v_mps = clamped(1.02 * g.v_mps, 1, 20);
    return g;
}

static void add(fit_model *m, const char *name, fit_scale scale, double lo, double hi, double start)
{
    m->param[m->n_param++] = (fit_param){name, scale, lo, hi, start, (double)NAN, (double)NAN};
}

static void add_shape(fit_model *m, const glance *g)
{
    if (m->kind == HM_MODEL_MONO) {
        add(m, "mss_mps", FIT_SCALE_LOG, 0.1, 40, g->v_mps);
        add(m, "mac_mps2", FIT_SCALE_LOG, 0.1, 100, g->v_mps / g->tau_s);
        return;
    }
    add(m, "v_mps", FIT_SCALE_LOG, 0.1, 40, 1.05 * g->v_mps);
    add(m, "tau_s", FIT_SCALE_LOG, 0.02, 100, 1.1 * g->tau_s);
    add(m, "decay_mps2", FIT_SCALE_PLAIN, 0, 10, 0.1);
}

/* The farthest that the start can lie down the tape: at the first gate. d t/d DC is infinite there,
 * and noisy gates whose first reading beats any run find their best there. */
static double farthest_dc_m(const fit_model *m, const fit_points *points)
{
    double dc_m = points->at[0] - m->gate0_m + m->fixed_fd_m;
    while (points->at[0] - (m->gate0_m + dc_m) + m->fixed_fd_m < 0) /* rounding */
        dc_m = nextafter(dc_m, -INFINITY);
    return dc_m;
}

static void add_dc(fit_model *m, const fit_points *points)
{
    if (points->observe != HM_OBSERVE_TIME) {
        add(m, "dc_m", FIT_SCALE_PLAIN, -100, 100, 0);
        return;
    }
    /* a gate on the start line wants the start behind it, or it would stand before the run */
    double first_m = farthest_dc_m(m, points);
    add(m, "dc_m", FIT_SCALE_ROOT_BELOW, -100, first_m, first_m < 0.1 ? first_m - 0.2 : 0);
}

static void add_correction(fit_model *m, const glance *g, const fit_points *points)
{
    bool tc = m->correct == HM_CORRECT_TC || m->correct == HM_CORRECT_TC_DC;
    bool dc = m->correct == HM_CORRECT_DC || m->correct == HM_CORRECT_TC_DC;
    if (tc)
        add(m, "tc_s", FIT_SCALE_PLAIN, -1e5, 1e5, g->tc_s);
    if (m->correct == HM_CORRECT_FD && !(m->fixed_fd_m > 0))
        add(m, "fd_m", FIT_SCALE_ROOT, 0, 10, 0.4);
    if (dc)
        add_dc(m, points);
}

static void look(const fit_points *p, hm_fit_correct correct, glance *g)
{
    bool shifted = correct == HM_CORRECT_TC || correct == HM_CORRECT_TC_DC;
    if (p->observe == HM_OBSERVE_TIME)
        *g = glance_way(p->n, p->at, p->observed, shifted);
    else if (p->observe == HM_OBSERVE_DISTANCE)
        *g = glance_way(p->n, p->observed, p->at, shifted);
    else
        *g = glance_speed(p->n, p->at, p->observed, shifted);
}

hm_status fit_classic_model(const hm_fit_opts *opts, const fit_points *points, fit_model *m,
                            hm_err *err)
{
    fit_model out = {.observe = fit_curve_observe, .drive = drive, .describe = describe};
    HM_TRY(fit_model_begin(opts, points, &out, err));
    glance g;
    look(points, out.correct, &g);
    add_shape(&out, &g);
    add_correction(&out, &g, points);
    *m = out;
    return HM_OK;
}
