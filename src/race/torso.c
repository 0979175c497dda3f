#include "torso_priv.h"

#include <math.h>

#include "num/interp.h"
#include "sprint/dash.h"

const double race_least_mps2 = -4.0, race_most_mps2 = 13.0;

static const double sample_s = 0.010;      /* at most between samples: 1e-6 m from the exact curve */
static const double mark_sd_s = 0.008;     /* published splits; sources differ by up to 0.02 s; own */
static const double steepest_mps2 = 9.9;   /* greatest V / tau of a fit; with the burst: 13; own */
static const double slowed_ratio = 1.08;   /* [1] own: Bolt easing up in Beijing is 1.02 */
static const double slowed_from_m = 20.0;  /* nearer marks say too little of the speed; own */
static const double free_s = 0.36;         /* after the reaction the model is left alone: block push */
static const double brake_mps2 = 2.0;      /* mean over the run-out, 3.0 at most; own */
static const double brake_full_mps = 9.0;  /* slower runners brake more gently */
static const double walk_s = 1.5, halt_s = 1.2;
static const double pull_up_mps2 = 2.6;    /* mean of one who breaks off; own */
static const double before_line_m = 98.5;  /* where one who breaks off stands at the latest */

/* ---- the dash that fits the marks best ---- */

/* Marks that the dash is fitted to: all, or those before one who was hurt or gave up slowed down. The
 * last of them is hit exactly. */
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
static hm_dash fit_dash(const race_marks *m, const hm_prior_shape *shape)
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

/* ---- through every mark ---- */

/* Dash plus a correction (spline over the misses), or, where the marks are too wild for it, the dash up
 * to knot 0 and a rising cubic through the marks after it. */
typedef struct path {
    hm_dash dash;
    double reaction_s;
    int32_t n;         /* knots: end of the free part, one between, then the marks */
    double *t_s, *y, *slope, *work; /* y: miss in m, or place in m */
    bool rising;
} path;

typedef struct motion {
    double x_m, v_mps, a_mps2;
} motion;

static motion path_at(const path *p, double t_s)
{
    double since_s = t_s - p->reaction_s;
    motion k = {hm_dash_x_m(&p->dash, since_s), hm_dash_v_mps(&p->dash, since_s),
                hm_dash_a_mps2(&p->dash, since_s)};
    if (t_s <= p->t_s[0])
        return k;
    int32_t i = hm_piece_of(p->n, p->t_s, t_s);
    hm_hermite h = {p->y[i], p->y[i + 1], p->slope[i], p->slope[i + 1], p->t_s[i + 1] - p->t_s[i]};
    double u = (t_s - p->t_s[i]) / h.h;
    motion add = {hm_hermite_at(&h, u), hm_hermite_slope(&h, u), hm_hermite_bend(&h, u)};
    if (p->rising)
        return add;
    return (motion){k.x_m + add.x_m, k.v_mps + add.v_mps, k.a_mps2 + add.a_mps2};
}

/* Least speed and extremes of acceleration up to end_s. */
typedef struct extremes {
    double least_mps, low_mps2, high_mps2;
} extremes;

static extremes path_extremes(const path *p, double end_s)
{
    extremes e = {1e9, 1e9, -1e9};
    double step_s = 0.02;
    for (double t_s = p->reaction_s + step_s; t_s <= end_s; t_s += step_s) {
        motion k = path_at(p, t_s);
        if (t_s > p->t_s[0]) /* before that the dash itself, which rises */
            e.least_mps = fmin(e.least_mps, k.v_mps);
        e.low_mps2 = fmin(e.low_mps2, k.a_mps2);
        e.high_mps2 = fmax(e.high_mps2, k.a_mps2);
    }
    return e;
}

/* How far outside the bounds; standing still or going back counts as very far. */
static double excess(const extremes *e)
{
    double out = fmax(0, race_least_mps2 - e->low_mps2) + fmax(0, e->high_mps2 - race_most_mps2);
    return e->least_mps > 0.05 ? out : out + 1000;
}

/* Bend of the correction where it begins, if knot 1 lies at y1. */
static double first_bend(path *p, double y1)
{
    p->y[1] = y1;
    hm_spline_slopes(p->n, p->t_s, p->y, 0, p->slope, p->work);
    hm_hermite h = {p->y[0], p->y[1], p->slope[0], p->slope[1], p->t_s[1] - p->t_s[0]};
    return hm_hermite_bend(&h, 0);
}

/* Knot 1 is free: it takes the place at which the correction begins without bend, so that acceleration
 * is continuous there too. The bend is linear in that place. */
static void knots_of_misses(path *p, const race_marks *m)
{
    p->rising = false;
    p->y[0] = 0;
    for (int32_t i = 0; i < m->n; i++)
        p->y[i + 2] = m->x_m[i] - hm_dash_x_m(&p->dash, m->t_s[i] - m->reaction_s);
    double at_0 = first_bend(p, 0), at_1 = first_bend(p, 1);
    first_bend(p, at_0 / (at_0 - at_1));
}

static void knots_of_places(path *p, const race_marks *m)
{
    p->rising = true;
    double free_end_s = p->t_s[0] - m->reaction_s;
    p->y[0] = hm_dash_x_m(&p->dash, free_end_s);
    double share = (p->t_s[1] - p->t_s[0]) / (p->t_s[2] - p->t_s[0]);
    p->y[1] = p->y[0] + share * (m->x_m[0] - p->y[0]); /* the free knot plays no part: on the chord */
    for (int32_t i = 0; i < m->n; i++)
        p->y[i + 2] = m->x_m[i];
    hm_monotone_slopes(p->n, p->t_s, p->y, p->slope);
    /* no kink where the free part ends, and still rising */
    double chord = (p->y[1] - p->y[0]) / (p->t_s[1] - p->t_s[0]);
    p->slope[0] = fmin(hm_dash_v_mps(&p->dash, free_end_s), 3 * chord);
    /* and not standing at the end */
    int32_t k = p->n - 1;
    chord = (p->y[k] - p->y[k - 1]) / (p->t_s[k] - p->t_s[k - 1]);
    p->slope[k] = fmax(p->slope[k], 0.6 * chord);
}

static hm_status path_make(const race_marks *m, const hm_prior_shape *shape, hm_arena *arena,
                           path *out, extremes *found, hm_err *err)
{
    path p = {.dash = fit_dash(m, shape), .reaction_s = m->reaction_s, .n = m->n + 2};
    double *room = HM_PUSH(arena, double, 4 * p.n);
    if (!room)
        return hm_err_set(err, HM_ERR_SYSTEM, "torso", 0, 0, NULL, "no memory for %d knots", p.n);
    p.t_s = room;
    p.y = room + p.n;
    p.slope = room + 2 * p.n;
    p.work = room + 3 * p.n;
    double first_s = fmin(free_s, 0.4 * (m->t_s[0] - m->reaction_s));
    while (hm_dash_x_m(&p.dash, first_s) > 0.5 * m->x_m[0])
        first_s *= 0.5;
    p.t_s[0] = m->reaction_s + first_s;
    p.t_s[1] = 0.5 * (p.t_s[0] + m->t_s[0]);
    for (int32_t i = 0; i < m->n; i++)
        p.t_s[i + 2] = m->t_s[i];
    double end_s = m->t_s[m->n - 1];
    knots_of_misses(&p, m);
    *found = path_extremes(&p, end_s);
    if (excess(found) > 0) {
        knots_of_places(&p, m);
        extremes other = path_extremes(&p, end_s);
        if (excess(&other) < excess(found))
            *found = other;
        else
            knots_of_misses(&p, m);
    }
    *out = p;
    return HM_OK;
}

/* ---- after the line ---- */

/* Speed as a cubic in time from (v0, a0) to (v1, 0). */
typedef struct phase {
    double t_s, x_m, v0, a0, v1, length_s;
} phase;

static motion phase_at(const phase *p, double t_s)
{
    double T = p->length_s, u = (t_s - p->t_s) / T;
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    double d = p->v1 - p->v0, a = p->a0 * T;
    double c2 = 3 * d - 2 * a, c3 = a - 2 * d;
    double v = p->v0 + u * (a + u * (c2 + u * c3));
    double x = p->x_m + T * u * (p->v0 + u * (a / 2 + u * (c2 / 3 + u * c3 / 4)));
    return (motion){x, v > 0 ? v : 0, 0};
}

static phase phase_after(const phase *p, double v1, double length_s)
{
    double t_s = p->t_s + p->length_s;
    return (phase){t_s, phase_at(p, t_s).x_m, p->v1, 0, v1, length_s};
}

/* Brake, walk, halt; or pull up at once. Returns how many phases. */
static int run_out(const race_marks *m, double end_s, motion k, phase out[3])
{
    if (m->finishes) {
        double walk = fmin(m->walk_mps, 0.5 * k.v_mps);
        double brake = brake_mps2 * fmax(0.4, fmin(1, k.v_mps / brake_full_mps));
        double length_s = (k.v_mps - walk) / brake;
        double a = fmax(-2.5 * brake, fmin(0.5, k.a_mps2));
        out[0] = (phase){end_s, k.x_m, k.v_mps, a, walk, length_s};
        out[1] = phase_after(&out[0], walk, walk_s);
        out[2] = phase_after(&out[1], 0, halt_s);
        return 3;
    }
    double length_s = k.v_mps / pull_up_mps2, room_m = before_line_m - k.x_m;
    if (0.5 * k.v_mps * length_s > room_m)
        length_s = fmax(0.5, 2 * room_m / k.v_mps);
    out[0] = (phase){end_s, k.x_m, k.v_mps, 0, 0, length_s};
    return 1;
}

static motion phases_at(int n, const phase p[], double t_s)
{
    int i = 0;
    while (i < n - 1 && t_s >= p[i + 1].t_s)
        i++;
    return phase_at(&p[i], t_s);
}

/* Samples lie on the reaction, so that nothing moves before it. */
static double spacing_s(double reaction_s)
{
    return reaction_s < 0.002 ? sample_s : reaction_s / ceil(reaction_s / sample_s);
}

static double first_time_at(const path *p, double end_s, double x_m)
{
    double lo = p->reaction_s, hi = end_s;
    while (hi - lo > 1e-9) {
        double mid = 0.5 * (lo + hi);
        if (path_at(p, mid).x_m < x_m)
            lo = mid;
        else
            hi = mid;
    }
    return hi;
}

hm_status race_torso_make(const race_marks *m, const hm_prior_shape *shape, hm_arena *arena,
                          race_torso *torso, hm_err *err)
{
    path p = {0};
    extremes e = {0};
    HM_TRY(path_make(m, shape, arena, &p, &e, err));
    double run_end_s = m->t_s[m->n - 1];
    if (!m->finishes && m->stop_m < m->x_m[m->n - 1])
        run_end_s = first_time_at(&p, run_end_s, m->stop_m);
    phase after[3];
    int n_phase = run_out(m, run_end_s, path_at(&p, run_end_s), after);
    const phase *last = &after[n_phase - 1];
    race_torso t = {.run_end_s = run_end_s, .end_s = last->t_s + last->length_s,
                    .low_mps2 = e.low_mps2, .high_mps2 = e.high_mps2, .bent = excess(&e) > 0};
    t.curve.dt_s = spacing_s(m->reaction_s);
    t.curve.n = (int32_t)(t.end_s / t.curve.dt_s) + 2;
    t.curve.x_m = HM_PUSH(arena, double, t.curve.n);
    t.curve.v_mps = HM_PUSH(arena, double, t.curve.n);
    if (!t.curve.x_m || !t.curve.v_mps)
        return hm_err_set(err, HM_ERR_SYSTEM, "torso", 0, 0, NULL, "no memory for %d samples",
                          t.curve.n);
    for (int32_t i = 0; i < t.curve.n; i++) {
        double t_s = t.curve.dt_s * i;
        motion k = t_s <= run_end_s ? path_at(&p, t_s) : phases_at(n_phase, after, t_s);
        t.curve.x_m[i] = k.x_m;
        t.curve.v_mps[i] = k.v_mps;
    }
    *torso = t;
    return HM_OK;
}
