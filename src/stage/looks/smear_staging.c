/* smear_staging.c - how the look of abstraction is filmed: plain and from a stand at first; then
 * the camera is drawn along and bodies come apart; at the end it stands still and motion passes. In
 * slow motion the instant of the line, in which all is clear; what stays are bands on the lanes. */
#include "cuts_priv.h"
#include "smear_priv.h"

#include <math.h>

static double middle(const cuts_list *c)
{
    return 0.5 * (c->side_x_m + c->left_x_m);
}

static double half_width(const cuts_list *c)
{
    return 0.5 * (c->left_x_m - c->side_x_m);
}

/* Everybody in a row, plain, from far ahead. */
static void row(const cuts_list *c)
{
    double h = c->stature_m, far = 24;
    const double eye[3] = {middle(c), 0.85 * h, far}, aim[3] = {middle(c), 0.50 * h, 0};
    cuts_key(c, 0, eye, aim, cuts_lens_deg(c, half_width(c) + 1, 1.1 * h, far));
}

/* From half ahead, near: limbs become many. */
static void limbs(const cuts_list *c)
{
    double h = c->stature_m, x = hm_lane_centre_m(c->pair.wild->lane);
    for (int k = 0; k < 2; k++) {
        const double eye[3] = {c->side_x_m - 1.8, 0.42 * h, 3.4 - 2.2 * k};
        const double aim[3] = {x, 0.52 * h, -0.4};
        double d = sqrt((x - eye[0]) * (x - eye[0]) + eye[2] * eye[2]);
        cuts_key(c, k, eye, aim, cuts_lens_deg(c, 2.0, 0.78 * h, d));
    }
}

/* Low before them and wide: they come through the place, which runs away to all sides. */
static void through(const cuts_list *c)
{
    double h = c->stature_m, x = hm_lane_centre_m(c->pair.wild->lane);
    for (int k = 0; k < 2; k++) {
        const double eye[3] = {x - 0.61, (0.30 + 0.12 * k) * h, 6.4 - 1.6 * k};
        const double aim[3] = {x - 0.2, 0.52 * h, -3};
        cuts_key(c, k, eye, aim, 40 + 8 * k);
    }
}

/* Stands high beyond the line: bands come. */
static void bands(const cuts_list *c)
{
    const double eye[3] = {c->side_x_m - 2.5, 6.5, 113}, aim[3] = {middle(c), 0, 88};
    cuts_key(c, 0, eye, aim, cuts_lens_deg(c, half_width(c) + 3, 5.0, 27));
}

/* Above the lanes, when everybody is gone: what is left of the race. */
static void trace(const cuts_list *c)
{
    for (int k = 0; k < 2; k++) {
        const double eye[3] = {c->side_x_m - 5 - 2 * k, 9 + 3 * k, 104 + 6 * k};
        const double aim[3] = {middle(c) - 0.6, 0, 66 - 2 * k};
        cuts_key(c, k, eye, aim, 36);
    }
}

static void before(const cuts_list *c)
{
    staging_add(c->s, "row", HM_RIG_KEYS, staging_at(HM_AT_GUN, -13), staging_at(HM_AT_GUN, -10.4),
                HM_ROLE_ALL, HM_OVERLAY_TITLE);
    row(c);
    cuts_of_lane(staging_add(c->s, "eyes", HM_RIG_BREATH, staging_at(HM_AT_SET, -1.8),
                             staging_at(HM_AT_SET, -0.2), HM_ROLE_ALL, HM_OVERLAY_NAME),
                 c->pair.wild);
}

static const cuts_cut cuts[] = {
    {"plain", HM_RIG_BLOCKS, 0, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true},
    {"opens", HM_RIG_STEPS, 1, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0.1, NULL, true},
    {"beside", HM_RIG_RAIL, 19, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true},
    {"limbs", HM_RIG_KEYS, 34, HM_ROLE_ALL, true, 0, 0.2, limbs, false},
    {"above", HM_RIG_OVERHEAD, 49, HM_ROLE_ALL, false, 0, 0, NULL, true},
    {"through", HM_RIG_KEYS, 62, HM_ROLE_ALL, true, 0, 0.3, through, false},
    {"bands", HM_RIG_KEYS, 76, HM_ROLE_ALL, false, 0, 0, bands, true},
    {"line", HM_RIG_LINE, 89, HM_ROLE_ALL, false, HM_OVERLAY_CLOCK, 0, NULL, true}};

static void after(const cuts_list *c)
{
    staging *s = c->s;
    if (s->n_finisher > 0) {
        hm_shot *shot = staging_add(s, "clear", HM_RIG_REVERSE, staging_at(HM_AT_FINISH, -0.34),
                                    staging_at(HM_AT_FINISH, 0.22), HM_ROLE_ALL,
                                    HM_OVERLAY_REPLAY | HM_OVERLAY_CLOCK);
        shot->rate = 0.2;
    }
    double from_s = fmax(s->last_s + 1.2, s->finish_s + 2.4) - s->last_s;
    staging_add(s, "trace", HM_RIG_KEYS, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 2.6), HM_ROLE_ALL, 0);
    trace(c);
    from_s = fmax(s->last_s + 4.2, s->finish_s + 5.4) - s->last_s;
    staging_add(s, "wide", HM_RIG_WIDE, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 5.5), HM_ROLE_ALL, HM_OVERLAY_BOARD);
}

static const cuts_way way = {.before = before,
                             .n_cut = sizeof cuts / sizeof cuts[0],
                             .cut = cuts,
                             .gun_s = -2.4,
                             .line_s = 1.1,
                             .after = after};

hm_status smear_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                       hm_film *film, hm_err *err)
{
    return cuts_direct(&way, race, opts, arena, film, err);
}
