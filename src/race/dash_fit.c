#include "torso_priv.h"

#include <math.h>

/* s; published splits: sources differ by up to 0.02 s; own */
static const double mark_sd_s = 0.008;
/* m/s2; greatest V / tau of a fit: with the burst just below 13; own */
static const double steepest_mps2 = 9.9;
/* [1] own: Bolt easing up in Beijing is 1.02 */
static const double slowed_ratio = 1.08;
/* m; nearer marks say too little of the speed; own */
static const double slowed_from_m = 20.0;

/* Marks that the dash is fitted to: all, or those before one who was hurt or gave up slowed down.
 * The last of them is hit exactly. */
typedef struct fitted {
    const race_marks *m;
    const hm_prior_shape *shape;
    int32_t n;
} fitted;

/* V and burst follow from the last mark once tau and b are chosen. */
static hm_dash dash_through(const fitted *f, double tau_s, double decay_mps2)
{
    const race_marks *m = f->m;
    const hm_prior_shape *shape = f->shape;
    int32_t last = f->n - 1;
    double s_s = hm_dash_model_s(m->t_s[last] - m->reaction_s);
    double reach = tau_s * hm_decay_reach(s_s / tau_s) +
                   shape->burst_per_rate_s2 / tau_s * hm_dash_burst_frac(s_s);
    double v = (m->x_m[last] + 0.5 * decay_mps2 * s_s * s_s) / reach;
    return (hm_dash){{v, tau_s, decay_mps2}, shape->burst_per_rate_s2 * v / tau_s};
}

/* Best b >= 0 for a given tau (the model is linear in it) and the misfit, prior included. */
static double misfit(const fitted *f, double tau_s, hm_dash *best)
{
    const race_marks *m = f->m;
    const hm_prior_shape *shape = f->shape;
    double weight = 1 / (shape->decay_mps2_sd * shape->decay_mps2_sd);
    double top = weight * shape->decay_mps2, bottom = weight;
    hm_dash flat = dash_through(f, tau_s, 0), unit = dash_through(f, tau_s, 1);
    for (int32_t i = 0; i < f->n - 1; i++) {
        double t_s = m->t_s[i] - m->reaction_s;
        double base_m = hm_dash_x_m(&flat, t_s), per_b = hm_dash_x_m(&unit, t_s) - base_m;
        double sd_m = mark_sd_s * hm_dash_v_mps(&flat, t_s), w = 1 / (sd_m * sd_m);
        top += w * per_b * (m->x_m[i] - base_m);
        bottom += w * per_b * per_b;
    }
    double b = top > 0 ? top / bottom : 0;
    *best = dash_through(f, tau_s, b);
    double off = (tau_s - shape->tau_s) / shape->tau_s_sd;
    double off_b = (b - shape->decay_mps2) / shape->decay_mps2_sd, sum = off * off + off_b * off_b;
    for (int32_t i = 0; i < f->n - 1; i++) {
        double t_s = m->t_s[i] - m->reaction_s;
        double sd_m = mark_sd_s * hm_dash_v_mps(&flat, t_s);
        double miss = (m->x_m[i] - hm_dash_x_m(best, t_s)) / sd_m;
        sum += miss * miss;
    }
    return sum;
}

/* Up to which mark is this one run? Where an earlier mark alone speaks of a runner who is faster by
 * slowed_ratio than the last one does, the marks after it are of a slowing man. */
static int32_t marks_of_one_run(const race_marks *m, const hm_prior_shape *shape)
{
    fitted f = {m, shape, m->n};
    double most = slowed_ratio * dash_through(&f, shape->tau_s, shape->decay_mps2).decay.v_mps;
    int32_t n = m->n;
    for (f.n = 1; f.n < m->n; f.n++) {
        double v = dash_through(&f, shape->tau_s, shape->decay_mps2).decay.v_mps;
        if (m->x_m[f.n - 1] >= slowed_from_m && v > most) {
            most = v;
            n = f.n;
        }
    }
    return n;
}

/* Golden section over tau: 0.001 s is far below what can be seen. */
hm_dash race_dash_fit(const race_marks *m, const hm_prior_shape *shape)
{
    hm_dash d1, d2;
    const fitted all = {m, shape, marks_of_one_run(m, shape)}, *f = &all;
    if (f->n == 1)
        return dash_through(f, shape->tau_s, shape->decay_mps2);
    const double ratio = 0.61803398874989485;
    /* V is about 1.2 of the mean speed: keeps V / tau, and so the first acceleration, human */
    int32_t last = f->n - 1;
    double mean_mps = m->x_m[last] / (m->t_s[last] - m->reaction_s);
    double lo = fmax(1.2 * mean_mps / steepest_mps2, shape->tau_s - 4 * shape->tau_s_sd);
    double hi = fmax(shape->tau_s + 4 * shape->tau_s_sd, lo + 0.1);
    double a = hi - ratio * (hi - lo), b = lo + ratio * (hi - lo);
    double fa = misfit(f, a, &d1), fb = misfit(f, b, &d2);
    while (hi - lo > 0.001) {
        if (fa <= fb) {
            hi = b;
            b = a;
            fb = fa;
            d2 = d1;
            a = hi - ratio * (hi - lo);
            fa = misfit(f, a, &d1);
        } else {
            lo = a;
            a = b;
            fa = fb;
            d1 = d2;
            b = lo + ratio * (hi - lo);
            fb = misfit(f, b, &d2);
        }
    }
    return fa <= fb ? d1 : d2;
}
