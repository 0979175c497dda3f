/* elastic_staging.c - how the look of childhood is filmed: from a child's height, with a wide lens,
 * by somebody who runs along, comes too near, falls behind. */
#include "cuts_priv.h"
#include "elastic_priv.h"
#include "shots_priv.h"

#include <math.h>

/* Whom the shots go along with: the one who wins. */
static const hm_lane *hero(const cuts_list *c)
{
    return &c->s->race->lane[shots_by_rank(c->s->race, 1)];
}

/* A key of a camera that goes along: aside and ahead of the runner, looking at a height of him. */
static void go_along(const cuts_list *c, double at_frac, double aside_m, double up_frac,
                     double ahead_m, double aim_ahead_m, double aim_up_frac, double vfov_deg)
{
    double x_m = hm_lane_centre_m(hero(c)->lane), h_m = c->stature_m;
    const double eye_m[3] = {x_m + aside_m, up_frac * h_m, ahead_m};
    const double aim_m[3] = {x_m + 0.15 * aside_m, aim_up_frac * h_m, aim_ahead_m};
    cuts_key(c, at_frac, eye_m, aim_m, vfov_deg);
}

/* Waits for him, he comes too fast. */
static void caught(const cuts_list *c)
{
    go_along(c, 0.0, -2.6, 0.30, 5.5, 0.2, 0.55, 46);
    go_along(c, 0.5, -2.2, 0.34, 3.2, 0.0, 0.58, 52);
    go_along(c, 1.0, -2.2, 0.40, 2.2, 0.2, 0.58, 56);
}

/* Soles, looked down on from behind: there is nothing around them but the ground. Not for long:
 * what beats so near is soon too much (docs/director.md, flashes). */
static void feet(const cuts_list *c)
{
    go_along(c, 0.0, -0.40, 0.66, -3.0, 0.1, 0.16, 32);
    go_along(c, 1.0, -0.25, 0.60, -2.7, 0.1, 0.18, 36);
}

/* In his own lane, behind his back: nobody else is there. */
static void chase(const cuts_list *c)
{
    go_along(c, 0.0, -0.35, 0.85, -3.8, 4, 0.55, 54);
    go_along(c, 0.6, -0.10, 0.62, -2.6, 4, 0.55, 62);
    go_along(c, 1.0, -0.40, 0.75, -4.4, 3, 0.55, 58);
}

static void face(const cuts_list *c)
{
    go_along(c, 0.0, -0.7, 0.62, 4.4, 0, 0.66, 38);
    go_along(c, 0.5, -0.5, 0.55, 3.2, 0, 0.70, 42);
    go_along(c, 1.0, -0.9, 0.60, 4.0, 0, 0.64, 44);
}

static void beside(const cuts_list *c)
{
    double far = hm_lane_centre_m(hero(c)->lane) - c->side_x_m + 3.0;
    go_along(c, 0.0, -far - 1.5, 0.50, 1.6, -0.6, 0.54, 34);
    go_along(c, 1.0, -far, 0.55, 2.4, -0.2, 0.56, 36);
}

/* He jumps, all of him, before the yard. */
static void joy(const cuts_list *c)
{
    go_along(c, 0.0, -1.5, 0.55, 8.2, 0, 0.62, 26);
    go_along(c, 1.0, -1.0, 0.50, 7.4, 0, 0.64, 26);
}

/* A face before the start, and half a body, with room over the head. */
static void waits(const cuts_list *c)
{
    const hm_lane *l = c->pair.wild;
    double x_m = hm_lane_centre_m(l->lane), h_m = l->stature_m;
    double up = l->start.standing ? 0.84 : 0.42; /* in blocks he is down on his hands */
    const double eye_m[3] = {x_m - 0.9, (0.5 * up + 0.2) * h_m, 4.6};
    const double aim_m[3] = {x_m - 0.2, up * h_m, 0};
    cuts_key(c, 0, eye_m, aim_m, cuts_lens_deg(c, 0.7, 0.36 * h_m, 4.7));
}

static void before(const cuts_list *c)
{
    staging *s = c->s;
    double cards_s = fmax(0.7 * s->n_runner, 2);
    staging_add(s, "yard", HM_RIG_CRANE, staging_at(HM_AT_GUN, -12.5), staging_at(HM_AT_GUN, -10),
                HM_ROLE_ALL, HM_OVERLAY_TITLE);
    staging_add(s, "faces", HM_RIG_LANES, staging_at(HM_AT_GUN, -8.5 - cards_s),
                staging_at(HM_AT_GUN, -8.5), HM_ROLE_ALL, HM_OVERLAY_LANE_CARD);
    hm_shot *shot = staging_add(s, "waits", HM_RIG_KEYS, staging_at(HM_AT_SET, -1.6),
                                staging_at(HM_AT_SET, 0.5), HM_ROLE_ALL, HM_OVERLAY_NAME);
    cuts_of_lane(shot, c->pair.wild)->drift_frac = 0.7;
    waits(c);
}

static const cuts_cut cuts[] = {
    {"off", HM_RIG_BLOCKS, 0, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0.3, NULL, true},
    {"caught", HM_RIG_KEYS, 3, HM_ROLE_WINNER, false, HM_OVERLAY_CLOCK, 0.8, caught, false},
    {"feet", HM_RIG_KEYS, 18, HM_ROLE_WINNER, false, HM_OVERLAY_CLOCK, 0.8, feet, false},
    {"chase", HM_RIG_KEYS, 26, HM_ROLE_WINNER, false, HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER, 0.8,
     chase, false},
    {"face", HM_RIG_KEYS, 47, HM_ROLE_WINNER, false, HM_OVERLAY_CLOCK, 0.8, face, false},
    {"beside", HM_RIG_KEYS, 66, HM_ROLE_WINNER, false, HM_OVERLAY_CLOCK | HM_OVERLAY_TAGS, 0.8,
     beside, false},
    {"line", HM_RIG_LINE, 85, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true}};

static void after(const cuts_list *c)
{
    staging *s = c->s;
    hm_shot *shot = staging_add(s, "joy", HM_RIG_KEYS, staging_at(HM_AT_FINISH, 1.5),
                                staging_at(HM_AT_FINISH, 4.2), HM_ROLE_WINNER, HM_OVERLAY_NAME);
    shot->drift_frac = 0.8, shot->follow = true;
    joy(c);
    double from_s = fmax(s->last_s + 2.5, s->finish_s + 5) - s->last_s;
    staging_add(s, "wide", HM_RIG_WIDE, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 5), HM_ROLE_ALL, HM_OVERLAY_BOARD);
}

static const cuts_way way = {.before = before,
                             .n_cut = sizeof cuts / sizeof cuts[0],
                             .cut = cuts,
                             .gun_s = -1.1,
                             .line_s = 1.3,
                             .after = after};

hm_status elastic_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                         hm_film *film, hm_err *err)
{
    return cuts_direct(&way, race, opts, arena, film, err);
}
