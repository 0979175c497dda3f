/* rotoscope_staging.c - how the look of adolescence is filmed: from a stand, with long lenses, near
 * the bodies. Shoulders before the gun, one breath and then another's; two who run unlike beside
 * one another; feet; the line; and what is left of them afterwards. */
#include "cuts_priv.h"
#include "rotoscope_priv.h"

#include <math.h>

/* Of the leader, where these shots begin. */
#define FEET_M    15
#define TWO_M     25
#define BESIDE_M  44
#define HEAD_ON_M 64

static double middle(const cuts_list *c)
{
    return 0.5 * (c->pair.right_x_m + c->pair.left_x_m);
}

/* ---- before the gun ---- */

/* Waiting, from behind: backs and shoulders in a row. */
static void backs(const cuts_list *c)
{
    double h = c->stature_m, mid = 0.5 * (c->side_x_m + c->left_x_m);
    double wide = 0.5 * (c->left_x_m - c->side_x_m);
    const double eye[3] = {c->side_x_m - 1.6, 0.62 * h, -6.2 - 0.4 * wide};
    const double aim[3] = {mid - 0.3 * wide, 0.58 * h, -0.6};
    double lens = cuts_lens_deg(c, 0.75 * wide + 0.5, 0.75 * h, 6.0 + 0.4 * wide);
    cuts_key(c, 0, eye, aim, lens);
}

/* One pair of shoulders on the marks, from ahead and aside, so near that nothing else is in it. */
static void shoulders(const cuts_list *c)
{
    const hm_lane *l = c->pair.wild;
    double h = l->stature_m, x = hm_lane_centre_m(l->lane), low = l->start.standing ? 0.82 : 0.40;
    double front = l->start.standing ? -0.10 : -0.05;
    const double eye[3] = {x - 0.75, (low + 0.10) * h, front + 3.4};
    const double aim[3] = {x - 0.05, low * h, front};
    cuts_key(c, 0, eye, aim, cuts_lens_deg(c, 0.62, 0.34, 3.4));
}

/* All of them rise: a very long lens along the line, shoulder behind shoulder. */
static void rising(const cuts_list *c)
{
    const hm_lane *l = c->pair.wild;
    double h = l->stature_m, up = l->start.standing ? 0.60 : 0.36;
    double front = l->start.standing ? -0.2 : -0.25;
    const double eye[3] = {c->side_x_m - 5.0, 0.52 * h, 7.0};
    const double aim[3] = {middle(c), up * h, front};
    double far = sqrt((eye[0] - aim[0]) * (eye[0] - aim[0]) + 50);
    cuts_key(c, 0, eye, aim, cuts_lens_deg(c, 1.3, l->start.standing ? 1.0 : 0.62, far));
}

static void before(const cuts_list *c)
{
    staging *s = c->s;
    double cards_s = fmax(0.7 * s->n_runner, 2);
    double who_s = -8.9;
    staging_add(s, "backs", HM_RIG_KEYS, staging_at(HM_AT_GUN, who_s - cards_s - 2.6),
                staging_at(HM_AT_GUN, who_s - cards_s), HM_ROLE_ALL, HM_OVERLAY_TITLE);
    backs(c);
    staging_add(s, "faces", HM_RIG_LANES, staging_at(HM_AT_GUN, who_s - cards_s),
                staging_at(HM_AT_GUN, who_s), HM_ROLE_ALL, HM_OVERLAY_LANE_CARD);
    cuts_of_lane(staging_add(s, "shoulders", HM_RIG_KEYS, staging_at(HM_AT_GUN, -6.0),
                             staging_at(HM_AT_GUN, -4.6), HM_ROLE_ALL, 0),
                 c->pair.wild);
    shoulders(c);
    hm_shot *shot =
        cuts_of_lane(staging_add(s, "breath", HM_RIG_BREATH, staging_at(HM_AT_GUN, -4.6),
                                 staging_at(HM_AT_SET, -0.2), HM_ROLE_ALL, HM_OVERLAY_NAME),
                     c->pair.calm);
    shot->drift_frac = 0.25;
    staging_add(s, "set", HM_RIG_KEYS, staging_at(HM_AT_SET, -0.2), staging_at(HM_AT_GUN, -0.8),
                HM_ROLE_ALL, 0);
    rising(c);
}

/* ---- the run ---- */

/* Frontal, at hip height, a long lens: two bodies side by side. */
static void two(const cuts_list *c)
{
    double h = c->stature_m, x = middle(c), wide = 0.5 * (c->pair.left_x_m - c->pair.right_x_m);
    for (int k = 0; k < 2; k++) {
        double far = (k ? 9.5 : 11) + 1.5 * wide + 0.5 * c->pair.apart_m;
        const double eye[3] = {x - 1.0 - 0.4 * k, 0.56 * h, far};
        const double aim[3] = {x, 0.50 * h, 0};
        cuts_key(c, k, eye, aim, cuts_lens_deg(c, wide + 0.9, 0.66 * h, far));
    }
}

/* The same two from the side, where nobody hides them: what is unlike in them. */
static void beside(const cuts_list *c)
{
    double h = c->stature_m, x = middle(c), at[2];
    cuts_free_view(c, BESIDE_M, HEAD_ON_M, at);
    double far = sqrt(at[0] * at[0] + at[1] * at[1]);
    double half = fmin(0.5 * c->pair.apart_m, 3) + 0.5 * (c->pair.left_x_m - c->pair.right_x_m);
    for (int k = 0; k < 2; k++) {
        const double eye[3] = {x + at[0], 0.56 * h, at[1] + 0.4 - 0.8 * k};
        const double aim[3] = {x, 0.50 * h, 0.15};
        cuts_key(c, k, eye, aim, cuts_lens_deg(c, half + 0.9, 0.64 * h, far));
    }
}

/* Feet, as they come down, where nobody's legs are before them. */
static void feet(const cuts_list *c)
{
    double x = middle(c), at[2];
    cuts_free_view(c, FEET_M, TWO_M, at);
    double far = sqrt(at[0] * at[0] + at[1] * at[1]);
    double half = fmin(0.5 * c->pair.apart_m, 2) + 0.5 * (c->pair.left_x_m - c->pair.right_x_m);
    for (int k = 0; k < 2; k++) {
        const double eye[3] = {x + at[0], 0.20, at[1] + 0.4 - 0.8 * k};
        const double aim[3] = {x, 0.40, 0.1};
        cuts_key(c, k, eye, aim, cuts_lens_deg(c, half + 0.6, 0.54, far));
    }
}

/* Low ahead of them, out of the blocks. */
static void weight(const cuts_list *c)
{
    double h = c->stature_m, x = middle(c);
    for (int k = 0; k < 2; k++) {
        double far = 8.5 - 1.5 * k;
        const double eye[3] = {c->side_x_m - 1.6, 0.32 * h, far};
        const double aim[3] = {x, 0.48 * h, 0};
        double d = sqrt(far * far + (x - eye[0]) * (x - eye[0]));
        cuts_key(c, k, eye, aim, cuts_lens_deg(c, 1.5, 0.70 * h, d));
    }
}

static const cuts_cut cuts[] = {
    {"off", HM_RIG_BLOCKS, 0, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true},
    {"weight", HM_RIG_KEYS, 3, HM_ROLE_ALL, true, HM_OVERLAY_CLOCK, 0.2, weight, false},
    {"feet", HM_RIG_KEYS, FEET_M, HM_ROLE_ALL, true, HM_OVERLAY_CLOCK, 0.1, feet, false},
    {"two", HM_RIG_KEYS, TWO_M, HM_ROLE_ALL, true, HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER, 0.2, two,
     false},
    {"beside", HM_RIG_KEYS, BESIDE_M, HM_ROLE_ALL, true, HM_OVERLAY_CLOCK, 0.2, beside, false},
    {"head-on", HM_RIG_HEAD_ON, HEAD_ON_M, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER,
     0.1, NULL, true},
    {"line", HM_RIG_LINE, 84, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true}};

/* ---- afterwards ---- */

/* Half a body that jogs on, with air around it. */
static void jogs(const cuts_list *c, const hm_lane *l)
{
    double h = l->stature_m, x = hm_lane_centre_m(l->lane);
    const double eye[3] = {x - 1.2, 0.88 * h, 6.2}, aim[3] = {x - 0.35, 0.72 * h, 0};
    cuts_key(c, 0, eye, aim, cuts_lens_deg(c, 0.8, 0.64, 6.2));
}

static void after(const cuts_list *c)
{
    staging *s = c->s;
    const hm_lane *beaten = c->pair.wild->place == 1 ? c->pair.calm : c->pair.wild;
    if (beaten->place != 1) {
        hm_shot *shot = staging_add(s, "beaten", HM_RIG_KEYS, staging_at(HM_AT_LAST, 0.9),
                                    staging_at(HM_AT_LAST, 2.9), HM_ROLE_ALL, 0);
        cuts_of_lane(shot, beaten)->drift_frac = 0.35;
        shot->follow = true;
        jogs(c, beaten);
    }
    hm_shot *won = staging_add(s, "won", HM_RIG_FACE, staging_at(HM_AT_LAST, 2.9),
                               staging_at(HM_AT_LAST, 4.6), HM_ROLE_WINNER, HM_OVERLAY_NAME);
    won->drift_frac = 0.25;
    double from_s = fmax(s->last_s + 4.6, s->finish_s + 6.5) - s->last_s;
    staging_add(s, "wide", HM_RIG_WIDE, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 5.5), HM_ROLE_ALL, HM_OVERLAY_BOARD);
}

static const cuts_way way = {.before = before,
                             .n_cut = sizeof cuts / sizeof cuts[0],
                             .cut = cuts,
                             .gun_s = -0.8,
                             .line_s = 1.4,
                             .after = after};

hm_status rotoscope_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                           hm_film *film, hm_err *err)
{
    return cuts_direct(&way, race, opts, arena, film, err);
}
