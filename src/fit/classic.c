/* mono and decay with their corrections: values and derivatives in closed form.
 *
 * With s(x) the inverse of x(s), dx/dp at fixed s gives ds/dp = -(dx/dp) / v at fixed x. */
#include "model_priv.h"
#include "reach_priv.h"

#include <math.h>

#include "num/dmath.h"

enum { AT_V = 0, AT_TAU = 1, AT_B = 2 };

/* What the parameters say. mono knows MSS and MAC, the curve wants V, tau and b. */
typedef struct curve {
    hm_decay decay;
    int32_t n_shape; /* parameters of the curve itself: 2 or 3 */
    double tau_of_v, tau_of_mac;
    double per_m; /* 1 / (V tau) */
    double tc_s, fd_m, dc_m;
    int32_t at_tc, at_fd, at_dc; /* parameter, -1 = none */
} curve;

static curve curve_of(const fit_model *m, const double p[])
{
    curve c = {.n_shape = 2,
               .fd_m = m->fixed_fd_m,
               .dc_m = m->gate0_m,
               .at_tc = -1,
               .at_fd = -1,
               .at_dc = -1};
    if (m->kind == HM_MODEL_MONO) {
        double tau = p[0] / p[1];
        c.decay = (hm_decay){p[0], tau, 0};
        c.tau_of_v = 1 / p[1];
        c.tau_of_mac = -tau / p[1];
    } else {
        c.n_shape = 3;
        c.decay = (hm_decay){p[AT_V], p[AT_TAU], p[AT_B]};
    }
    c.per_m = 1 / (c.decay.v_mps * c.decay.tau_s);
    int32_t next = c.n_shape;
    if (m->correct == HM_CORRECT_TC || m->correct == HM_CORRECT_TC_DC)
        c.tc_s = p[c.at_tc = next++];
    if (m->correct == HM_CORRECT_FD && !(m->fixed_fd_m > 0))
        c.fd_m = p[c.at_fd = next++];
    if (m->correct == HM_CORRECT_DC || m->correct == HM_CORRECT_TC_DC)
        c.dc_m += p[c.at_dc = next++];
    return c;
}

/* The run at model time s. It is followed to s < 0 as the formulas go, not held at rest: so does
 * the reference. */
typedef struct moment {
    double s_s, u, em; /* em = e^-u - 1 */
    double v_mps;
} moment;

static moment moment_at(const hm_decay *d, double s_s)
{
    double u = s_s / d->tau_s, em = hm_expm1(-u);
    return (moment){s_s, u, em, -d->v_mps * em - d->decay_mps2 * s_s};
}

static double distance_at(const hm_decay *d, const moment *at)
{
    double reach = fabs(at->u) < 0.25 ? hm_decay_reach(at->u) : at->u + at->em;
    return d->v_mps * d->tau_s * reach - 0.5 * d->decay_mps2 * at->s_s * at->s_s;
}

/* Derivatives by V, tau and b turned into those by the model's own parameters. */
static void own(const curve *c, double by_v, double by_tau, double by_b, double out[3])
{
    if (c->n_shape == 3) {
        out[AT_V] = by_v;
        out[AT_TAU] = by_tau;
        out[AT_B] = by_b;
    } else {
        out[0] = by_v + by_tau * c->tau_of_v;
        out[1] = by_tau * c->tau_of_mac;
    }
}

/* dx/dp at fixed s */
static void distance_slopes(const curve *c, const moment *at, double out[3])
{
    const hm_decay *d = &c->decay;
    double by_v = d->tau_s * (at->u + at->em);
    double by_tau = d->v_mps * (at->em + at->u * (1 + at->em)); /* -V (1 - (1 + u) e^-u) */
    own(c, by_v, by_tau, -0.5 * at->s_s * at->s_s, out);
}

/* dv/dp at fixed s */
static void speed_slopes(const curve *c, const moment *at, double out[3])
{
    const hm_decay *d = &c->decay;
    own(c, -at->em, -d->v_mps / d->tau_s * at->u * (1 + at->em), -at->s_s, out);
}

/* The moment at which the run is at x, which the exponential run passes at u; false: it never is,
 * or stands there. */
static bool arrive(const curve *c, double x_m, double u, moment *at)
{
    const hm_decay *d = &c->decay;
    double em = x_m * c->per_m - u;
    *at = (moment){u * d->tau_s, u, em, -d->v_mps * em};
    /* with fatigue he is there later: up from there, steps of Halley */
    for (int i = 0; d->decay_mps2 != 0; i++) {
        at->v_mps = -d->v_mps * at->em - d->decay_mps2 * at->s_s;
        if (!(at->v_mps > 1e-6 * d->v_mps) || i == 50)
            return x_m == 0;
        double short_m = x_m - distance_at(d, at), newton = short_m / at->v_mps;
        double a_mps2 = d->v_mps / d->tau_s * (1 + at->em) - d->decay_mps2;
        double bent = 1 + 0.5 * newton * a_mps2 / at->v_mps;
        double step = bent > 0.5 ? newton / bent : newton;
        if (fabs(step) <= 1e-14 * at->s_s)
            break;
        *at = moment_at(d, at->s_s + step);
    }
    return true;
}

/* The moment at which the run has passed the flying distance. */
static bool begin(const curve *c, moment *at)
{
    double u = c->fd_m * c->per_m;
    if (!(u >= 0))
        return false;
    if (u > 0)
        fit_reach(1, &u, &u);
    return arrive(c, c->fd_m, u, at);
}

/* ds/dp at fixed x and, returned, ds/dx; zero at rest, where x = 0 for every runner. */
static double time_slopes(const curve *c, const moment *at, double out[3])
{
    double per_v = at->v_mps > 0 ? 1 / at->v_mps : 0;
    distance_slopes(c, at, out);
    for (int32_t j = 0; j < c->n_shape; j++)
        out[j] *= -per_v;
    return per_v;
}

/* Where the derivatives of one observation go: column j at row[j * n]. */
static void put(double dy[], int32_t n, int32_t i, int32_t j, double value)
{
    if (j >= 0)
        dy[(size_t)j * (size_t)n + (size_t)i] = value;
}

/* t = s(x - DC + FD) - s(FD) + TC */
static bool times(const curve *c, int32_t n, const double at_m[], double y[], double dy[])
{
    moment first, now;
    double first_slope[3], slope[3], ahead_m = c->fd_m - c->dc_m, *u = y;
    if (!begin(c, &first))
        return false;
    double first_per_v = time_slopes(c, &first, first_slope);
    for (int32_t i = 0; i < n; i++) {
        u[i] = (at_m[i] + ahead_m) * c->per_m;
        if (!(u[i] >= 0))
            return false;
    }
    fit_reach(n, u, u);
    for (int32_t i = 0; i < n; i++) {
        if (!arrive(c, at_m[i] + ahead_m, u[i], &now))
            return false;
        y[i] = now.s_s - first.s_s + c->tc_s;
        if (!dy)
            continue;
        double per_v = time_slopes(c, &now, slope);
        for (int32_t j = 0; j < c->n_shape; j++)
            put(dy, n, i, j, slope[j] - first_slope[j]);
        put(dy, n, i, c->at_tc, 1);
        put(dy, n, i, c->at_fd, per_v - first_per_v);
        put(dy, n, i, c->at_dc, -per_v);
    }
    return true;
}

/* x = x(t - TC + s(FD)) - FD + DC */
static bool distances(const curve *c, int32_t n, const double at_s[], double y[], double dy[])
{
    moment first;
    double first_slope[3] = {0}, slope[3];
    if (!begin(c, &first))
        return false;
    time_slopes(c, &first, first_slope);
    for (int32_t i = 0; i < n; i++) {
        moment now = moment_at(&c->decay, at_s[i] - c->tc_s + first.s_s);
        y[i] = distance_at(&c->decay, &now) - c->fd_m + c->dc_m;
        if (!dy)
            continue;
        distance_slopes(c, &now, slope);
        for (int32_t j = 0; j < c->n_shape; j++)
            put(dy, n, i, j, slope[j] + now.v_mps * first_slope[j]);
        put(dy, n, i, c->at_tc, -now.v_mps);
        put(dy, n, i, c->at_fd, now.v_mps / first.v_mps - 1);
        put(dy, n, i, c->at_dc, 1);
    }
    return true;
}

/* v = v(t - TC + s(FD)) */
static bool speeds(const curve *c, int32_t n, const double at_s[], double y[], double dy[])
{
    moment first;
    double first_slope[3] = {0}, slope[3];
    if (!begin(c, &first))
        return false;
    time_slopes(c, &first, first_slope);
    const hm_decay *d = &c->decay;
    for (int32_t i = 0; i < n; i++) {
        moment now = moment_at(d, at_s[i] - c->tc_s + first.s_s);
        y[i] = now.v_mps;
        if (!dy)
            continue;
        double a_mps2 = d->v_mps / d->tau_s * (1 + now.em) - d->decay_mps2;
        speed_slopes(c, &now, slope);
        for (int32_t j = 0; j < c->n_shape; j++)
            put(dy, n, i, j, slope[j] + a_mps2 * first_slope[j]);
        put(dy, n, i, c->at_tc, -a_mps2);
    }
    return true;
}

static bool observe(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                    const double at[], double y[], double dy[])
{
    curve c = curve_of(m, p);
    switch (what) {
    case HM_OBSERVE_TIME:
        return times(&c, n, at, y, dy);
    case HM_OBSERVE_DISTANCE:
        return distances(&c, n, at, y, dy);
    default:
        return speeds(&c, n, at, y, dy);
    }
}

/* The same run with its drag and wind inside: other air then changes it by the difference. */
static void drive(const fit_model *m, const double p[], hm_drive *out, fit_clock *clock)
{
    curve c = curve_of(m, p);
    *out = hm_drive_of_decay(&c.decay, m->drag_per_m, m->air.wind_mps);
    *clock = (fit_clock){m->reaction_s, c.tc_s, c.fd_m, c.dc_m};
}

static void describe(const fit_model *m, const double p[], hm_sprinter_run *run)
{
    curve c = curve_of(m, p);
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
    fit_model out = {.observe = observe, .drive = drive, .describe = describe};
    HM_TRY(fit_model_begin(opts, points, &out, err));
    glance g;
    look(points, out.correct, &g);
    add_shape(&out, &g);
    add_correction(&out, &g, points);
    *m = out;
    return HM_OK;
}
