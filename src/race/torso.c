#include "torso_priv.h"

#include <math.h>

#include "num/interp.h"

const double race_least_mps2 = -4.0, race_most_mps2 = 13.0;

/* s; at most between samples: 1e-6 m from the exact curve */
static const double sample_s = 0.010;
/* s; at least, however close the marks */
static const double least_sample_s = 0.0005;
/* s; after the reaction the dash is left alone: the push */
static const double free_s = 0.36;

/* Dash plus a correction (spline over the misses), or, where the marks are too wild for it, the
 * dash up to knot 0 and a rising cubic through the marks after it. */
typedef struct path {
    hm_dash dash;
    double reaction_s;
    int32_t n;                      /* knots: end of the free part, one between, then the marks */
    double *t_s, *y, *slope, *work; /* y: miss in m, or place in m */
    bool rising;
    race_gusty *exact; /* the run itself: nothing of the above */
} path;

static race_motion exact_at(const path *p, double t_s)
{
    hm_drive_point at;
    if (t_s <= p->reaction_s || !race_gusty_at(p->exact, t_s - p->reaction_s, &at))
        return (race_motion){0, 0, 0};
    return (race_motion){at.x_m, at.v_mps, at.a_mps2};
}

static race_motion path_at(const path *p, double t_s)
{
    if (p->exact)
        return exact_at(p, t_s);
    double since_s = t_s - p->reaction_s;
    race_motion k = {hm_dash_x_m(&p->dash, since_s), hm_dash_v_mps(&p->dash, since_s),
                     hm_dash_a_mps2(&p->dash, since_s)};
    if (t_s <= p->t_s[0])
        return k;
    int32_t i = hm_piece_of(p->n, p->t_s, t_s);
    hm_hermite h = {p->y[i], p->y[i + 1], p->slope[i], p->slope[i + 1], p->t_s[i + 1] - p->t_s[i]};
    double u = (t_s - p->t_s[i]) / h.h;
    race_motion add = {hm_hermite_at(&h, u), hm_hermite_slope(&h, u), hm_hermite_bend(&h, u)};
    if (p->rising)
        return add;
    return (race_motion){k.x_m + add.x_m, k.v_mps + add.v_mps, k.a_mps2 + add.a_mps2};
}

/* Least speed and extremes of acceleration up to end_s. */
typedef struct extremes {
    double least_mps, low_mps2, high_mps2;
} extremes;

static void look_at(const path *p, double t_s, bool may_rest, extremes *e)
{
    race_motion k = path_at(p, t_s);
    if (!may_rest)
        e->least_mps = fmin(e->least_mps, k.v_mps);
    e->low_mps2 = fmin(e->low_mps2, k.a_mps2);
    e->high_mps2 = fmax(e->high_mps2, k.a_mps2);
}

static extremes path_extremes(const path *p)
{
    extremes e = {1e9, 1e9, -1e9};
    const double step_s = 0.02;
    /* the free part is the dash itself, which rises from rest */
    for (double t_s = p->reaction_s + step_s; t_s <= p->t_s[0]; t_s += step_s)
        look_at(p, t_s, true, &e);
    for (int32_t i = 0; i < p->n - 1; i++) {
        double length_s = p->t_s[i + 1] - p->t_s[i];
        int n = 8 + (int)(length_s / step_s);
        for (int k = 1; k <= n; k++)
            look_at(p, p->t_s[i] + length_s * k / n, false, &e);
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

/* Knot 1 is free: it takes the place at which the correction begins without bend, so that
 * acceleration is continuous there too. The bend is linear in that place. */
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
    p->y[1] =
        p->y[0] + share * (m->x_m[0] - p->y[0]); /* the free knot plays no part: on the chord */
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
    path p = {.dash = race_dash_fit(m, shape), .reaction_s = m->reaction_s, .n = m->n + 2};
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
    knots_of_misses(&p, m);
    *found = path_extremes(&p);
    if (excess(found) > 0) {
        knots_of_places(&p, m);
        extremes other = path_extremes(&p);
        if (found->least_mps <= 0 || excess(&other) < excess(found))
            *found = other;
        else
            knots_of_misses(&p, m);
    }
    *out = p;
    return HM_OK;
}

/* Samples lie on the reaction, so that nothing moves before it, and four between any two marks. */
static double spacing_s(const race_marks *m)
{
    double most_s = sample_s;
    for (int32_t i = 1; i < m->n; i++)
        most_s = fmin(most_s, 0.25 * (m->t_s[i] - m->t_s[i - 1]));
    most_s = fmax(most_s, least_sample_s);
    return m->reaction_s < 0.002 ? most_s : m->reaction_s / ceil(m->reaction_s / most_s);
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

/* Marks closer than the samples can make the stored curve dip between two of them, though the path
 * itself rises. Slopes of at most three times either chord cannot (Fritsch and Carlson 1980). */
static void keep_rising(hm_curve *c)
{
    for (int32_t i = 0; i < c->n; i++) {
        double before = i > 0 ? c->x_m[i] - c->x_m[i - 1] : 0;
        double after = i < c->n - 1 ? c->x_m[i + 1] - c->x_m[i] : 0;
        c->v_mps[i] = fmax(0, fmin(c->v_mps[i], 3 * fmin(before, after) / c->dt_s));
    }
}

hm_status race_torso_make(const race_marks *m, const hm_prior_shape *shape, hm_arena *arena,
                          race_torso *torso, hm_err *err)
{
    path p = {.reaction_s = m->reaction_s, .exact = m->exact};
    extremes e = {.least_mps = 1};
    if (!m->exact)
        HM_TRY(path_make(m, shape, arena, &p, &e, err));
    double run_end_s = m->t_s[m->n - 1];
    if (!m->finishes && m->stop_m < m->x_m[m->n - 1])
        run_end_s = first_time_at(&p, run_end_s, m->stop_m);
    race_phase after[3];
    int n_phase = race_run_out(m, run_end_s, path_at(&p, run_end_s), after);
    const race_phase *last = &after[n_phase - 1];
    race_torso t = {.run_end_s = run_end_s,
                    .end_s = last->t_s + last->length_s,
                    .low_mps2 = e.low_mps2,
                    .high_mps2 = e.high_mps2,
                    .bent = excess(&e) > 0};
    t.curve.dt_s = spacing_s(m);
    t.curve.n = (int32_t)(t.end_s / t.curve.dt_s) + 2;
    t.curve.x_m = HM_PUSH(arena, double, t.curve.n);
    t.curve.v_mps = HM_PUSH(arena, double, t.curve.n);
    if (!t.curve.x_m || !t.curve.v_mps)
        return hm_err_set(err, HM_ERR_SYSTEM, "torso", 0, 0, NULL, "no memory for %d samples",
                          t.curve.n);
    for (int32_t i = 0; i < t.curve.n; i++) {
        double t_s = t.curve.dt_s * i;
        race_motion k = t_s <= run_end_s ? path_at(&p, t_s) : race_phases_at(n_phase, after, t_s);
        t.curve.x_m[i] = k.x_m;
        t.curve.v_mps[i] = k.v_mps;
    }
    if (t.bent)
        keep_rising(&t.curve);
    *torso = t;
    return HM_OK;
}
