/* rain_staging.c - one unbroken path of the camera: over the water to the runners, across their
 * backs at the blocks, late after the gun, beside them at knee height; then it stays behind, lets
 * them go, looks at what they leave on the water, and comes back to whoever stands at the end. */
#include "rain_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

#include <math.h>

/* The race as the path asks for it. */
typedef struct path {
    staging *s;
    double from_s, to_s; /* race time */
    double right_x_m;    /* just outside the lane furthest to the right */
    const hm_lane *hero;
    double reach_m; /* 100, or where he stopped */
} path;

/* When the hero has run a share of the way that he gets. */
static double hero_s(const path *p, double frac)
{
    return hm_curve_time_s(&p->hero->curve, frac * p->reach_m);
}

static double hero_m(const path *p, double t_s)
{
    return hm_curve_x_m(&p->hero->curve, t_s);
}

/* A key at a race time; z counts along the track. */
static void key(path *p, double t_s, double eye_x, double eye_y, double eye_z, double aim_x,
                double aim_y, double aim_z, double vfov_deg)
{
    staging_key(p->s, &(hm_cam_key){.at_frac = (t_s - p->from_s) / (p->to_s - p->from_s),
                                    .eye_m = {eye_x, eye_y, eye_z},
                                    .aim_m = {aim_x, aim_y, aim_z},
                                    .vfov_deg = vfov_deg});
}

/* Over the water to the blocks, along the backs, down beside the line for the gun. */
static void before(path *p)
{
    double r = p->right_x_m, hx = hm_lane_centre_m(p->hero->lane);
    key(p, p->from_s, r - 1.2, 0.22, 9.0, r + 1.5, 0.05, 4.0, 44);
    key(p, -15.5, r - 0.9, 0.30, 5.0, r + 1.6, 0.50, 0.4, 44);
    key(p, -12.5, r - 0.4, 0.95, -3.6, r + 2.2, 0.85, -0.2, 42);
    key(p, -9.5, 0.5 * (r + hx), 1.30, -4.2, hx + 0.6, 0.85, -0.4, 40);
    key(p, -6.5, hx + 0.5, 1.05, -3.4, hx, 0.75, -0.2, 38);
    key(p, -3.6, hx - 0.75, 0.55, -2.6, hx, 0.62, 0.0, 40);
    key(p, -0.6, hx - 0.68, 0.40, -1.9, hx + 0.1, 0.66, 0.3, 46);
    key(p, 0.25, hx - 0.68, 0.42, -1.7, hx + 0.1, 0.72, 1.1, 48);
}

/* Late after them, beside them, and no further. */
static void during(path *p)
{
    double r = p->right_x_m, hx = hm_lane_centre_m(p->hero->lane);
    double half = 0.5 * (r + hx), line_s = hero_s(p, 1);
    double late = hero_s(p, 0.05), near = hero_s(p, 0.17), t40 = hero_s(p, 0.34);
    double t55 = hero_s(p, 0.50), t64 = hero_s(p, 0.60), t75 = hero_s(p, 0.72);
    key(p, late, hx - 0.75, 0.50, hero_m(p, late) - 3.6, hx, 0.8, hero_m(p, late) + 2, 44);
    key(p, near, half - 1.6, 0.55, hero_m(p, near) - 2.4, hx, 0.9, hero_m(p, near) + 0.6, 42);
    key(p, t40, r - 1.9, 0.60, hero_m(p, t40) + 1.6, hx, 0.95, hero_m(p, t40) - 0.2, 38);
    key(p, t55, r - 1.7, 0.75, hero_m(p, t55) + 2.6, hx, 1.00, hero_m(p, t55) - 0.2, 36);
    /* stands still; they pass */
    double stop_m = hero_m(p, t64) + 2.2;
    key(p, t64, r - 1.6, 0.70, stop_m, hx, 0.95, hero_m(p, t64) + 0.8, 38);
    key(p, t75, r - 1.5, 0.60, stop_m + 0.9, hx, 0.70, hero_m(p, t75), 36);
    key(p, t75 + 0.35 * (line_s - t75), r - 1.3, 0.42, stop_m + 1.2, half + 0.6, 0.35, stop_m + 12,
        38);
    key(p, line_s + 0.4, r - 0.9, 0.24, stop_m + 2.2, half + 1.0, 0.55, stop_m + 16, 42);
    key(p, line_s + 2.2, r - 0.4, 0.20, stop_m + 4.2, half + 0.6, 0.70, stop_m + 20, 40);
}

/* Slowly on over the water, and up to who stands there. */
static void after(path *p)
{
    double hx = hm_lane_centre_m(p->hero->lane), end = p->to_s;
    double at_m = hero_m(p, end);
    double line_s = hero_s(p, 1), half_s = 0.5 * (line_s + 2.2 + end);
    double mid_m = 0.5 * (hero_m(p, line_s) - 25) + 0.5 * at_m;
    key(p, half_s, 0.6 * p->right_x_m + 0.4 * hx, 0.40, mid_m - 4, hx, 0.6, at_m, 32);
    key(p, end - 2.0, hx - 3.0, 0.80, at_m - 2.6, hx, 1.05, at_m + 0.2, 34);
    key(p, end, hx - 2.6, 1.05, at_m - 1.4, hx, 1.20, at_m + 0.2, 32);
}

hm_status rain_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                      hm_film *film, hm_err *err)
{
    staging s;
    HM_TRY(staging_begin(&s, race, opts, err));
    path p = {.s = &s, .from_s = -19, .to_s = s.last_s + 10, .right_x_m = 1e9};
    p.hero = &race->lane[shots_by_rank(race, 1)];
    const hm_curve *c = &p.hero->curve;
    p.reach_m = fmin(100, 0.999 * c->x_m[c->n - 1]);
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n > 0)
            p.right_x_m = fmin(p.right_x_m, hm_lane_centre_m(race->lane[i].lane) - 0.7);
    hm_shot *shot = staging_add(&s, "one shot", HM_RIG_KEYS, staging_at(HM_AT_GUN, p.from_s),
                                staging_at(HM_AT_LAST, p.to_s - s.last_s), HM_ROLE_WINNER, 0);
    shot->drift_frac = 0.25;
    before(&p);
    during(&p);
    after(&p);
    return staging_end(&s, arena, film, err);
}
