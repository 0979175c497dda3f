#include "sprint/velocity.h"

#include <math.h>

#include "num/dmath.h"
#include "num/root.h"

double hm_decay_reach(double u)
{
    if (u > 0.25)
        return u + hm_expm1(-u);
    /* u^2/2 - u^3/6 + ..., fourteen terms: the rest is below 1e-20 of the sum */
    double term = 0.5 * u * u, sum = term;
    for (int k = 3; k < 16; k++) {
        term *= -u / k;
        sum += term;
    }
    return sum;
}

double hm_decay_v_mps(const hm_decay *d, double s_s)
{
    return -d->v_mps * hm_expm1(-s_s / d->tau_s) - d->decay_mps2 * s_s;
}

double hm_decay_x_m(const hm_decay *d, double s_s)
{
    return d->v_mps * d->tau_s * hm_decay_reach(s_s / d->tau_s) - 0.5 * d->decay_mps2 * s_s * s_s;
}

double hm_decay_a_mps2(const hm_decay *d, double s_s)
{
    return d->v_mps / d->tau_s * hm_exp(-s_s / d->tau_s) - d->decay_mps2;
}

double hm_decay_top_s(const hm_decay *d)
{
    if (d->decay_mps2 <= 0)
        return (double)INFINITY;
    double ratio = d->v_mps / (d->tau_s * d->decay_mps2);
    return ratio > 1 ? d->tau_s * hm_log(ratio) : 0;
}

/* The u with hm_decay_reach(u) = y: series in sqrt(2 y) for small y, then Newton. */
static double reach_inverse(double y)
{
    double q = sqrt(2 * y);
    double u =
        y > 1 ? y + 1 : q * (1 + q * (1.0 / 6 + q * (1.0 / 36 + q * (1.0 / 270 + q / 4320))));
    if (y < 1e-5)
        return u;
    for (int i = 0; i < 8; i++) {
        double step = (hm_decay_reach(u) - y) / -hm_expm1(-u);
        u -= step;
        if (fabs(step) <= 1e-15 * u)
            break;
    }
    return u;
}

typedef struct target {
    const hm_decay *decay;
    double x_m;
} target;

static double beyond_target(const void *ctx, double s_s, double *slope)
{
    const target *t = ctx;
    *slope = hm_decay_v_mps(t->decay, s_s);
    return hm_decay_x_m(t->decay, s_s) - t->x_m;
}

double hm_decay_time_s(const hm_decay *d, double x_m)
{
    if (!(x_m > 0))
        return 0;
    /* without decay he is there sooner: a lower bound, and a good start */
    double mono_s = d->tau_s * reach_inverse(x_m / (d->v_mps * d->tau_s));
    if (d->decay_mps2 <= 0)
        return mono_s;
    double turn_s = d->v_mps / d->decay_mps2; /* speed is 0 before this */
    target t = {d, x_m};
    double hi = mono_s * 2;
    while (hi < turn_s && hm_decay_x_m(d, hi) < x_m)
        hi *= 2;
    return hm_root(beyond_target, &t, mono_s, hi < turn_s ? hi : turn_s, mono_s, 1e-15);
}
