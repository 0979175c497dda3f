/* Values and derivatives of mono and decay, several points at a time.
 *
 * With s(x) the inverse of x(s), dx/dp at fixed s gives ds/dp = -(dx/dp) / v at fixed x. The run is
 * followed to s < 0 as the formulas go, not held at rest: so does the reference. */
#include "curve_priv.h"
#include "reach_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* Points that are worked out side by side, so that the processor need not wait for any one. */
enum { LANE = 8, AT_V = 0, AT_TAU = 1, AT_B = 2, SHAPE_MAX = 3, COLUMN_MAX = SHAPE_MAX + 2 };

/* Built twice: for all lanes, and for the flying distance in the first alone. */
#define LANES static inline __attribute__((always_inline))

/* The run at some times since it began. */
typedef struct moments {
    double s_s[LANE], u[LANE], em[LANE]; /* u = s / tau, em = e^-u - 1 */
    double v_mps[LANE];
} moments;

/* Derivatives by the parameters of the shape. */
typedef double slopes[SHAPE_MAX][LANE];

/* The moment at which the run has passed the flying distance; all 0 without. */
typedef struct start {
    double s_s, v_mps, per_v;
    double slope[SHAPE_MAX]; /* ds/dp */
} start;

/* What is observed at some points. */
typedef struct seen {
    double y[LANE], dy[COLUMN_MAX][LANE];
} seen;

fit_curve fit_curve_of(const fit_model *m, const double p[])
{
    fit_curve c = {.n_shape = 2,
                   .fd_m = m->fixed_fd_m,
                   .dc_m = m->gate0_m,
                   .at_tc = -1,
                   .at_fd = -1,
                   .at_dc = -1};
    if (m->kind == HM_MODEL_MONO) {
        double tau_s = p[0] / p[1];
        c.decay = (hm_decay){p[0], tau_s, 0};
        c.tau_of_v = 1 / p[1];
        c.tau_of_mac = -tau_s / p[1];
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

/* ---- moments ---- */

/* Everything from s_s. */
static void moments_at(const hm_decay *d, moments *m)
{
    for (int k = 0; k < LANE; k++)
        m->u[k] = m->s_s[k] / d->tau_s;
    for (int k = 0; k < LANE; k++)
        m->em[k] = -m->u[k];
    hm_exp_all(LANE, m->em, m->em);
    for (int k = 0; k < LANE; k++)
        m->em[k] -= 1;
    for (int k = 0; k < LANE; k++)
        m->v_mps[k] = -d->v_mps * m->em[k] - d->decay_mps2 * m->s_s[k];
}

static void distances_at(const hm_decay *d, const moments *m, double x_m[LANE])
{
    for (int k = 0; k < LANE; k++)
        x_m[k] = m->u[k] + m->em[k];
    for (int k = 0; k < LANE; k++)
        if (fabs(m->u[k]) < 0.25)
            x_m[k] = hm_decay_reach(m->u[k]);
    for (int k = 0; k < LANE; k++)
        x_m[k] = d->v_mps * d->tau_s * x_m[k] - 0.5 * d->decay_mps2 * m->s_s[k] * m->s_s[k];
}

/* One step of Halley towards x; 0 where the run has not begun. false: it stands elsewhere. */
static bool steps_to(const hm_decay *d, const moments *m, const double x_m[LANE],
                     double step_s[LANE])
{
    double at_m[LANE];
    distances_at(d, m, at_m);
    for (int k = 0; k < LANE; k++) {
        step_s[k] = 0;
        if (x_m[k] == 0)
            continue;
        if (!(m->v_mps[k] > 1e-6 * d->v_mps))
            return false;
        double newton = (x_m[k] - at_m[k]) / m->v_mps[k];
        double a_mps2 = d->v_mps / d->tau_s * (1 + m->em[k]) - d->decay_mps2;
        double bent = 1 + 0.5 * newton * a_mps2 / m->v_mps[k];
        step_s[k] = bent > 0.5 ? newton / bent : newton;
    }
    return true;
}

/* With fatigue he is there later than the exponential run: up from there. false: never. */
static bool tire(const hm_decay *d, const double x_m[LANE], moments *m)
{
    enum { STEP_MAX = 50 };
    double step_s[LANE];
    for (int k = 0; k < LANE; k++)
        m->v_mps[k] -= d->decay_mps2 * m->s_s[k];
    for (int i = 0; i < STEP_MAX; i++) {
        bool there = true;
        if (!steps_to(d, m, x_m, step_s))
            return false;
        for (int k = 0; k < LANE; k++)
            there &= fabs(step_s[k]) <= 1e-14 * m->s_s[k];
        if (there)
            return true;
        for (int k = 0; k < LANE; k++)
            m->s_s[k] += step_s[k];
        moments_at(d, m);
    }
    return false;
}

/* The moments at which the run is at n distances, in the first lanes; in the others up to n_lane
 * that of the first once more. false: it never is at one. */
LANES bool arrive(const fit_curve *c, int32_t n, int n_lane, double x_m[LANE], moments *m)
{
    const hm_decay *d = &c->decay;
    for (int32_t k = 0; k < n; k++)
        if (!(x_m[k] >= 0))
            return false;
    for (int32_t k = n; k < n_lane; k++)
        x_m[k] = x_m[0];
    for (int k = 0; k < n_lane; k++)
        m->em[k] = x_m[k] * c->per_m;
    fit_reach(n, m->em, m->u);
    for (int32_t k = n; k < n_lane; k++)
        m->u[k] = m->u[0];
    for (int k = 0; k < n_lane; k++) {
        m->em[k] -= m->u[k];
        m->s_s[k] = m->u[k] * d->tau_s;
        m->v_mps[k] = -d->v_mps * m->em[k];
    }
    return true;
}

/* ---- derivatives ---- */

/* Derivatives by V, tau and b turned into those by the model's own parameters. */
LANES void own(const fit_curve *c, int n_lane, slopes out)
{
    if (c->n_shape == 3)
        return;
    for (int k = 0; k < n_lane; k++) {
        out[0][k] += out[AT_TAU][k] * c->tau_of_v;
        out[1][k] *= c->tau_of_mac;
    }
}

/* dx/dp at fixed s */
LANES void distance_slopes(const fit_curve *c, int n_lane, const moments *m, slopes out)
{
    const hm_decay *d = &c->decay;
    for (int k = 0; k < n_lane; k++) {
        out[AT_V][k] = d->tau_s * (m->u[k] + m->em[k]);
        /* -V (1 - (1 + u) e^-u) */
        out[AT_TAU][k] = d->v_mps * (m->em[k] + m->u[k] * (1 + m->em[k]));
        out[AT_B][k] = -0.5 * m->s_s[k] * m->s_s[k];
    }
    own(c, n_lane, out);
}

/* dv/dp at fixed s */
static void speed_slopes(const fit_curve *c, const moments *m, slopes out)
{
    const hm_decay *d = &c->decay;
    for (int k = 0; k < LANE; k++) {
        out[AT_V][k] = -m->em[k];
        out[AT_TAU][k] = -d->v_mps / d->tau_s * m->u[k] * (1 + m->em[k]);
        out[AT_B][k] = -m->s_s[k];
    }
    own(c, LANE, out);
}

/* ds/dp at fixed x, and ds/dx; zero at rest, where x = 0 for every runner. */
LANES void time_slopes(const fit_curve *c, int n_lane, const moments *m, slopes out,
                       double per_v[LANE])
{
    for (int k = 0; k < n_lane; k++)
        per_v[k] = m->v_mps[k] > 0 ? 1 / m->v_mps[k] : 0;
    distance_slopes(c, n_lane, m, out);
    for (int j = 0; j < SHAPE_MAX; j++)
        for (int k = 0; k < n_lane; k++)
            out[j][k] *= -per_v[k];
}

static bool begin(const fit_curve *c, start *first)
{
    moments m;
    slopes slope;
    double x_m[LANE] = {c->fd_m}, per_v[LANE];
    *first = (start){0};
    if (c->fd_m == 0)
        return true;
    bool tires = c->decay.decay_mps2 != 0;
    if (!arrive(c, 1, tires ? LANE : 1, x_m, &m) || (tires && !tire(&c->decay, x_m, &m)))
        return false;
    time_slopes(c, 1, &m, slope, per_v);
    *first = (start){m.s_s[0], m.v_mps[0], per_v[0], {slope[0][0], slope[1][0], slope[2][0]}};
    return true;
}

/* ---- what is observed ---- */

static void all(int32_t column, double value, seen *out)
{
    for (int k = 0; k < LANE && column >= 0; k++)
        out->dy[column][k] = value;
}

/* t = s(x - DC + FD) - s(FD) + TC */
static bool times(const fit_curve *c, const start *first, int32_t n, const double at_m[LANE],
                  seen *out)
{
    moments m;
    double x_m[LANE], per_v[LANE];
    for (int k = 0; k < LANE; k++)
        x_m[k] = at_m[k] + (c->fd_m - c->dc_m);
    if (!arrive(c, n, LANE, x_m, &m) || (c->decay.decay_mps2 != 0 && !tire(&c->decay, x_m, &m)))
        return false;
    for (int k = 0; k < LANE; k++)
        out->y[k] = m.s_s[k] - first->s_s + c->tc_s;
    time_slopes(c, LANE, &m, out->dy, per_v);
    for (int32_t j = 0; j < c->n_shape; j++)
        for (int k = 0; k < LANE; k++)
            out->dy[j][k] -= first->slope[j];
    all(c->at_tc, 1, out);
    for (int k = 0; k < LANE && c->at_fd >= 0; k++)
        out->dy[c->at_fd][k] = per_v[k] - first->per_v;
    for (int k = 0; k < LANE && c->at_dc >= 0; k++)
        out->dy[c->at_dc][k] = -per_v[k];
    return true;
}

/* x = x(t - TC + s(FD)) - FD + DC */
static void distances(const fit_curve *c, const start *first, const double at_s[LANE], seen *out)
{
    moments m;
    for (int k = 0; k < LANE; k++)
        m.s_s[k] = at_s[k] - c->tc_s + first->s_s;
    moments_at(&c->decay, &m);
    distances_at(&c->decay, &m, out->y);
    for (int k = 0; k < LANE; k++)
        out->y[k] += c->dc_m - c->fd_m;
    distance_slopes(c, LANE, &m, out->dy);
    for (int32_t j = 0; j < c->n_shape; j++)
        for (int k = 0; k < LANE; k++)
            out->dy[j][k] += m.v_mps[k] * first->slope[j];
    for (int k = 0; k < LANE && c->at_tc >= 0; k++)
        out->dy[c->at_tc][k] = -m.v_mps[k];
    for (int k = 0; k < LANE && c->at_fd >= 0; k++)
        out->dy[c->at_fd][k] = m.v_mps[k] * first->per_v - 1;
    all(c->at_dc, 1, out);
}

/* v = v(t - TC + s(FD)) */
static void speeds(const fit_curve *c, const start *first, const double at_s[LANE], seen *out)
{
    const hm_decay *d = &c->decay;
    moments m;
    double a_mps2[LANE];
    for (int k = 0; k < LANE; k++)
        m.s_s[k] = at_s[k] - c->tc_s + first->s_s;
    moments_at(d, &m);
    for (int k = 0; k < LANE; k++)
        a_mps2[k] = d->v_mps / d->tau_s * (1 + m.em[k]) - d->decay_mps2;
    memcpy(out->y, m.v_mps, sizeof out->y);
    speed_slopes(c, &m, out->dy);
    for (int32_t j = 0; j < c->n_shape; j++)
        for (int k = 0; k < LANE; k++)
            out->dy[j][k] += a_mps2[k] * first->slope[j];
    for (int k = 0; k < LANE && c->at_tc >= 0; k++)
        out->dy[c->at_tc][k] = -a_mps2[k];
}

/* n points at most LANE; the lanes beyond hold the first once more. */
static bool observe_some(const fit_curve *c, const start *first, hm_fit_observe what, int32_t n,
                         const double at[], seen *out)
{
    double here[LANE];
    for (int32_t k = 0; k < LANE; k++)
        here[k] = at[k < n ? k : 0];
    if (what == HM_OBSERVE_TIME)
        return times(c, first, n, here, out);
    if (what == HM_OBSERVE_DISTANCE)
        distances(c, first, here, out);
    else
        speeds(c, first, here, out);
    return true;
}

bool fit_curve_observe(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                       const double at[], double y[], double dy[])
{
    fit_curve c = fit_curve_of(m, p);
    start first;
    seen out;
    if (!begin(&c, &first))
        return false;
    for (int32_t i = 0; i < n; i += LANE) {
        int32_t n_here = n - i < LANE ? n - i : LANE;
        if (!observe_some(&c, &first, what, n_here, at + i, &out))
            return false;
        memcpy(y + i, out.y, sizeof *y * (size_t)n_here);
        for (int32_t j = 0; dy && j < m->n_param; j++)
            memcpy(dy + (size_t)j * (size_t)n + i, out.dy[j], sizeof *dy * (size_t)n_here);
    }
    return true;
}
