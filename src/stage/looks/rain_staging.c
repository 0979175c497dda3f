/* rain_staging.c - one unbroken path of the camera. Short: over the water to the runners, across
 * their backs, out to the side for the gun, outrun, beside them at knee height; then it slows down,
 * lets them go, looks at what they leave on the water, and comes back to whoever stands at the end.
 * Long (rain_path.c): what was before, and what is around. */
#include "rain_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

#include <math.h>

static double hero_s(const rain_path *p, double frac)
{
    return hm_curve_time_s(&p->hero->curve, frac * p->reach_m);
}

double rain_path_hero_m(const rain_path *p, double t_s)
{
    return hm_curve_x_m(&p->hero->curve, t_s);
}

void rain_path_key(rain_path *p, double t_s, rain_at eye, rain_at aim, double vfov_deg)
{
    staging_key(p->s, &(hm_cam_key){.at_frac = (t_s - p->from_s) / (p->to_s - p->from_s),
                                    .eye_m = {eye.x, eye.y, eye.z},
                                    .aim_m = {aim.x, aim.y, aim.z},
                                    .vfov_deg = vfov_deg});
}

#define AT(x, y, z) ((rain_at){x, y, z})
#define CLEAR_M     0.9 /* of a body's middle: arms and all */

/* Over the water to the blocks. */
static void over_water(rain_path *p)
{
    double r = p->right_x_m;
    rain_path_key(p, p->from_s, AT(r - 1.3, 0.22, 5.4), AT(r + 1.6, 0.25, 1.4), 44);
    rain_path_key(p, -16.6, AT(r - 1.2, 0.46, 2.2), AT(r + 2.2, 0.60, -0.2), 44);
}

/* Along the backs, out to the side; there it waits for the gun. */
void rain_path_blocks(rain_path *p)
{
    double r = p->right_x_m, hx = p->hero_x_m;
    rain_path_key(p, -12.8, AT(r - 0.9, 0.98, -3.1), AT(r + 2.6, 0.85, -0.4), 42);
    rain_path_key(p, -10, AT(0.5 * (r + hx), 1.30, -4.4), AT(hx + 0.6, 0.85, -0.6), 40);
    rain_path_key(p, -7.6, AT(hx - 0.3, 1.15, -4.0), AT(hx + 0.1, 0.70, -0.4), 38);
    rain_path_key(p, -5.4, AT(0.5 * (r + hx) - 0.6, 0.95, -3.9), AT(hx - 0.4, 0.60, -0.2), 40);
    rain_path_key(p, -3.7, AT(r - 0.9, 0.62, -0.9), AT(hx - 0.8, 0.55, 0.0), 42);
    rain_path_key(p, -2.1, AT(r - 1.25, 0.42, 2.6), AT(hx - 0.6, 0.56, 0.1), 40);
    rain_path_key(p, -0.9, AT(r - 1.3, 0.37, 3.9), AT(hx - 0.5, 0.58, 0.1), 36);
    rain_path_key(p, 0.3, AT(r - 1.3, 0.36, 4.15), AT(hx - 0.5, 0.60, 0.3), 36);
}

/* A key when the hero has run a share of his way: the eye ahead of him, the aim too. */
static void with_hero(rain_path *p, double frac, double aside_m, double eye_y, double ahead_m,
                      double aim_ahead_m, double vfov_deg)
{
    double t = hero_s(p, frac), at = rain_path_hero_m(p, t);
    rain_path_key(p, t, AT(p->right_x_m - aside_m, eye_y, at + ahead_m),
                  AT(p->hero_x_m, 0.95, at + aim_ahead_m), vfov_deg);
}

/* Outrun, level, ahead; then slower and slower. */
void rain_path_race(rain_path *p)
{
    double r = p->right_x_m, hx = p->hero_x_m, half = 0.5 * (r + hx);
    with_hero(p, 0.035, 1.3, 0.38, 1.3, 0.2, 38);
    with_hero(p, 0.07, 1.3, 0.42, -0.7, 0.3, 42);
    with_hero(p, 0.13, 1.4, 0.46, -1.5, 0.5, 44);
    with_hero(p, 0.21, 1.5, 0.50, -0.7, 0.4, 42);
    with_hero(p, 0.30, 1.6, 0.55, 0.8, 0.1, 38);
    with_hero(p, 0.39, 1.6, 0.62, 2.0, -0.1, 34);
    with_hero(p, 0.47, 1.6, 0.66, 2.3, -0.1, 33);
    with_hero(p, 0.55, 1.6, 0.66, 0.6, 0.2, 35);
    double t65 = hero_s(p, 0.64), t77 = hero_s(p, 0.76), t90 = hero_s(p, 0.89);
    double line_s = hero_s(p, 1), k = 0.01 * p->reach_m;
    rain_path_key(p, t65, AT(r - 1.5, 0.58, 59.2 * k), AT(hx, 0.85, rain_path_hero_m(p, t65) + 0.4),
                  37);
    rain_path_key(p, t77, AT(r - 1.35, 0.48, 62.9 * k), AT(hx, 0.62, rain_path_hero_m(p, t77) - 2),
                  37);
    rain_path_key(p, t90, AT(r - 1.15, 0.38, 65.2 * k), AT(half + 0.4, 0.40, 80 * k), 38);
    rain_path_key(p, line_s + 0.6, AT(r - 0.8, 0.28, 66.9 * k), AT(half + 0.8, 0.42, 81 * k), 41);
    rain_path_key(p, line_s + 2.4, AT(r - 0.3, 0.22, 68.6 * k), AT(half + 0.6, 0.40, 81.5 * k), 41);
}

/* How far the nearest of the others is from a place and from the view of it to the hero [m]. */
static double free_m(const rain_path *p, double t_s, rain_at eye, double hero_m)
{
    double least = 2, ax = p->hero_x_m - eye.x, az = hero_m - eye.z, n2 = ax * ax + az * az;
    for (int32_t i = 0; i < p->race->n_lane; i++) {
        const hm_lane *l = &p->race->lane[i];
        if (l == p->hero || l->curve.n < 2)
            continue;
        double bx = hm_lane_centre_m(l->lane) - eye.x, bz = hm_curve_x_m(&l->curve, t_s) - eye.z;
        double u = fmin(fmax((ax * bx + az * bz) / n2, 0), 0.9);
        least = fmin(least, sqrt((bx - u * ax) * (bx - u * ax) + (bz - u * az) * (bz - u * az)));
    }
    return least;
}

/* Beside him as planned, or, where somebody stands in the way, the freest place near that. */
static rain_at stand(const rain_path *p, double t_s, rain_at plan, double hero_m)
{
    rain_at best = plan;
    double most = free_m(p, t_s, plan, hero_m);
    if (most >= CLEAR_M)
        return plan;
    for (int k = -7; k <= 7; k++)
        for (int d = 0; d <= 6; d++) {
            rain_at e = {p->hero_x_m + 0.5 * k, plan.y, hero_m - 0.6 - 0.6 * d};
            double away = sqrt((e.x - plan.x) * (e.x - plan.x) + (e.z - plan.z) * (e.z - plan.z));
            double good = fmin(free_m(p, t_s, e, hero_m), 1.3) - 0.05 * away;
            if (good > most && 0.25 * k * k + 0.36 * (d + 1) * (d + 1) > 4)
                best = e, most = good;
        }
    return best;
}

/* Slowly on over the water, and up to who stands there. */
static void comes_back(rain_path *p)
{
    double hx = p->hero_x_m, end = p->to_s;
    double at_m = rain_path_hero_m(p, end);
    double line_s = hero_s(p, 1), half_s = 0.5 * (line_s + 2.4 + end - 3.2);
    double mid_m = 0.5 * (rain_path_hero_m(p, line_s) - 25) + 0.5 * at_m;
    rain_path_key(p, half_s, AT(0.6 * p->right_x_m + 0.4 * hx, 0.40, mid_m - 4), AT(hx, 0.6, at_m),
                  32);
    rain_at eye = stand(p, end, AT(hx - 2.6, 1.05, at_m - 1.4), at_m);
    double back = fmin(eye.z, at_m - 1.4) - 1.2; /* straight up to it, between the others */
    rain_path_key(p, end - 3.2, AT(eye.x - 0.2, 0.80, back), AT(hx, 1.05, at_m + 0.2), 34);
    rain_path_key(p, end, eye, AT(hx, 1.20, at_m + 0.2), 32);
}

static void find(rain_path *p, const hm_race *race)
{
    p->hero = &race->lane[shots_by_rank(race, 1)];
    p->hero_x_m = hm_lane_centre_m(p->hero->lane);
    const hm_curve *c = &p->hero->curve;
    p->reach_m = fmin(100, 0.999 * c->x_m[c->n - 1]);
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n > 0)
            p->right_x_m = fmin(p->right_x_m, hm_lane_centre_m(race->lane[i].lane) - 0.7);
}

hm_status rain_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                      hm_film *film, hm_err *err)
{
    const rain_opts *o = opts->look_own;
    bool is_long = o && o->length == RAIN_LONG;
    staging s;
    HM_TRY(staging_begin(&s, race, opts, err));
    rain_path p = {.s = &s, .race = race, .right_x_m = 1e9};
    p.from_s = is_long ? RAIN_FROM_S : -19;
    p.to_s = s.last_s + (is_long ? RAIN_AFTER_S : 11.5);
    find(&p, race);
    hm_shot *shot = staging_add(&s, "one shot", HM_RIG_KEYS, staging_at(HM_AT_GUN, p.from_s),
                                staging_at(HM_AT_LAST, p.to_s - s.last_s), HM_ROLE_WINNER, 0);
    shot->drift_frac = 0.25;
    if (is_long)
        rain_path_arrival(&p);
    else
        over_water(&p);
    rain_path_blocks(&p);
    rain_path_race(&p);
    if (is_long)
        rain_path_after(&p);
    else
        comes_back(&p);
    return staging_end(&s, arena, film, err);
}
