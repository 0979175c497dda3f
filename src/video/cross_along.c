/* What gates tell of each other. One runner passes plane after plane at a speed that changes
 * slowly: where a front is out of step with those at the other planes, an arm or a thigh was taken
 * for the trunk, or the trunk's own front was lost, and it is looked for again where the others
 * say. */
#include "cross_priv.h"

#include <math.h>

enum { AROUND = 10, LEAST = 5 }; /* other planes that are heard */

/* ---- constants, own ---- */
static const double sway_s = 0.004; /* SD of a trunk's first point against an even run: shoulders */
static const double least_kept = 3; /* of the other planes, in weights; the bend is one more */
static const double out_of_step_sd = 2.5;
static const double arm_gap_m = 0.4; /* an upper arm and an elbow before a trunk */
static const cross_curve_opts run_shape = {
    .unit = 5, .first_spread_s = 0.03, .least_spread_s = 0.004, .least_median = true};

/* How times bend over distance: d2t/dx2 = -a / v^3 is about -0.4 / x^2 [s/m^2] of a run of 12 m/s
 * and 1.25 s, from 5 m on to within a fifth; those of the Berlin 2009 final lie within the SD. */
static void set_bend(cross_curve_opts *shape)
{
    double x_m = fmax(5, shape->middle), half = 0.5 * shape->unit * shape->unit;
    shape->bend_s = half * -0.4 / (x_m * x_m);
    shape->bend_sigma_s = half * (0.2 / (x_m * x_m) + 0.0006);
}

/* One lane at all planes. */
typedef struct run {
    const cross_state *s;
    hm_torso *torso[HM_PLANE_MAX];
    bool looked[HM_PLANE_MAX]; /* again */
    bool unheard[HM_PLANE_MAX];
} run;

/* The planes, but i, that are nearest to it and are heard. */
static int32_t others(const run *r, int32_t i, double x_m[AROUND], double t_s[AROUND])
{
    int32_t n = 0, low = i - 1, high = i + 1, n_plane = r->s->n_plane;
    const double *at_m = r->s->job->plane_x_m;
    while (n < AROUND && (low >= 0 || high < n_plane)) {
        bool is_low = high >= n_plane || (low >= 0 && at_m[i] - at_m[low] <= at_m[high] - at_m[i]);
        int32_t k = is_low ? low-- : high++;
        if (!r->torso[k]->seen || r->unheard[k])
            continue;
        x_m[n] = at_m[k];
        t_s[n++] = r->torso[k]->time_s;
    }
    return n;
}

/* When the other planes say that the runner passes plane i; false = they do not agree. */
static bool expect(const run *r, int32_t i, double *time_s, double *sigma_s)
{
    double x_m[AROUND], t_s[AROUND], weight[AROUND];
    int32_t n = others(r, i, x_m, t_s);
    for (int32_t k = 0; k < n; k++)
        weight[k] = 1;
    cross_curve c;
    cross_curve_opts shape = run_shape;
    shape.middle = r->s->job->plane_x_m[i];
    set_bend(&shape);
    if (n < LEAST || !cross_curve_fit(n, x_m, t_s, weight, &shape, &c) || c.kept < least_kept)
        return false;
    /* three parameters, but the bend was one more point */
    c.spread_s = fmax(c.spread_s * sqrt(c.kept / (c.kept - 2)), shape.least_spread_s);
    *time_s = cross_curve_at(&c, shape.middle);
    *sigma_s = hypot(cross_curve_sigma_s(&c, shape.middle), sway_s);
    return isfinite(*sigma_s);
}

/* How far a torso is out of step, and in SDs; 0 = the others do not say. */
static double out_of_step_s(const run *r, int32_t i, double *in_sd)
{
    double time_s, sigma_s;
    *in_sd = 0;
    if (!r->torso[i]->seen || !expect(r, i, &time_s, &sigma_s))
        return 0;
    double off_s = fabs(r->torso[i]->time_s - time_s);
    *in_sd = off_s / sigma_s;
    return off_s;
}

/* A torso where the others say, if there is one that is nearer than what was found. */
static void look_again(run *r, int32_t i)
{
    hm_torso *t = r->torso[i], again = *t;
    const cross_line *l = NULL;
    for (int32_t k = 0; k < r->s->plane[i].n_line && !l; k++)
        if (r->s->plane[i].line[k].i_lane == t->i_lane)
            l = &r->s->plane[i].line[k];
    double time_s, sigma_s;
    if (!l || t->by_hand || !expect(r, i, &time_s, &sigma_s))
        return;
    double most_s = out_of_step_sd * sigma_s;
    if (t->seen)
        most_s = fmin(most_s, fabs(t->time_s - time_s));
    again.seen = false;
    cross_read_near(r->s, l, &(cross_sought){time_s, sigma_s, arm_gap_m, NAN}, &again);
    if (again.seen && fabs(again.time_s - time_s) < most_s)
        *t = again;
}

/* The worst that was not looked at again yet; -1 = all are in step. */
static int32_t worst_of(const run *r)
{
    int32_t worst = -1;
    double most = out_of_step_sd, in_sd;
    for (int32_t i = 0; i < r->s->n_plane; i++) {
        if (r->looked[i])
            continue;
        out_of_step_s(r, i, &in_sd);
        if (in_sd > most) {
            most = in_sd;
            worst = i;
        }
    }
    return worst;
}

static void read_again(run *r)
{
    /* one after another: the worst bends what the others are held against */
    for (int32_t i = worst_of(r); i >= 0; i = worst_of(r)) {
        double in_sd;
        look_again(r, i);
        out_of_step_s(r, i, &in_sd);
        r->looked[i] = true;
        r->unheard[i] = in_sd > out_of_step_sd;
    }
    for (int32_t i = 0; i < r->s->n_plane; i++)
        if (!r->torso[i]->seen)
            look_again(r, i);
    for (int32_t i = 0; i < r->s->n_plane; i++) {
        double in_sd, off_s = out_of_step_s(r, i, &in_sd);
        if (in_sd > out_of_step_sd &&
            !r->torso[i]->by_hand) /* who stays out of step is doubted by as much */
            r->torso[i]->budget.sampling_s = hypot(r->torso[i]->budget.sampling_s, off_s);
    }
}

void cross_along(const cross_state *s, hm_torso torso[])
{
    int32_t n_lane = s->job->marks->n_lane;
    for (int32_t lane = 0; lane < n_lane; lane++) {
        run r = {.s = s};
        for (int32_t i = 0; i < s->n_plane; i++)
            r.torso[i] = &torso[i * n_lane + lane];
        read_again(&r);
    }
}
