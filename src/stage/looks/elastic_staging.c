/* elastic_staging.c - how the look of childhood is filmed: from a child's height, with a wide lens,
 * by somebody who runs along, comes too near, falls behind. */
#include "elastic_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

/* Place of the shots' runner across the track. */
static double focus_x_m(const hm_race *race)
{
    return hm_lane_centre_m(race->lane[shots_by_rank(race, 1)].lane);
}

static double height_m(const hm_race *race)
{
    double most_m = 1.2;
    for (int32_t i = 0; i < race->n_lane; i++)
        most_m = race->lane[i].stature_m > most_m ? race->lane[i].stature_m : most_m;
    return most_m;
}

/* A key of a camera that goes along: aside and ahead of the runner, looking at a height of him. */
static void go_along(staging *s, double at_frac, double aside_m, double up_m, double ahead_m,
                     double aim_ahead_m, double aim_up_m, double vfov_deg)
{
    double x_m = focus_x_m(s->race), h_m = height_m(s->race);
    staging_key(s, &(hm_cam_key){.at_frac = at_frac,
                                 .eye_m = {x_m + aside_m, up_m * h_m, ahead_m},
                                 .aim_m = {x_m + 0.15 * aside_m, aim_up_m * h_m, aim_ahead_m},
                                 .vfov_deg = vfov_deg});
}

static hm_shot *run_along(staging *s, const char *name, hm_anchor from, hm_anchor to,
                          uint32_t overlays)
{
    hm_shot *shot = staging_add(s, name, HM_RIG_KEYS, from, to, HM_ROLE_WINNER, overlays);
    shot->follow = true;
    shot->drift_frac = 0.8;
    return shot;
}

static void before(staging *s)
{
    staging_add(s, "yard", HM_RIG_CRANE, staging_at(HM_AT_GUN, -12.5), staging_at(HM_AT_GUN, -10),
                HM_ROLE_ALL, HM_OVERLAY_TITLE);
    double cards_s = 0.7 * s->n_runner < 2 ? 2 : 0.7 * s->n_runner;
    staging_add(s, "faces", HM_RIG_LANES, staging_at(HM_AT_GUN, -8.5 - cards_s),
                staging_at(HM_AT_GUN, -8.5), HM_ROLE_ALL, HM_OVERLAY_LANE_CARD);
    hm_shot *shot = staging_add(s, "breath", HM_RIG_BREATH, staging_at(HM_AT_SET, -1.6),
                                staging_at(HM_AT_SET, 0.5), HM_ROLE_WINNER, 0);
    shot->drift_frac = 0.7;
    shot = staging_add(s, "off", HM_RIG_BLOCKS, staging_at(HM_AT_GUN, -1.1), staging_leader(3),
                       HM_ROLE_ALL, HM_OVERLAY_CLOCK);
    shot->drift_frac = 0.3;
}

static void run(staging *s)
{
    run_along(s, "caught", staging_leader(3), staging_leader(18), HM_OVERLAY_CLOCK);
    go_along(s, 0.0, -2.6, 0.30, 5.5, 0.2, 0.55, 46); /* waits for him, he comes too fast */
    go_along(s, 0.5, -2.2, 0.34, 3.2, 0.0, 0.58, 52);
    go_along(s, 1.0, -1.9, 0.40, 0.4, 0.3, 0.58, 58);
    run_along(s, "feet", staging_leader(18), staging_leader(30), HM_OVERLAY_CLOCK);
    go_along(s, 0.0, -1.5, 0.10, -1.8, 0.5, 0.22, 56);
    go_along(s, 1.0, -1.7, 0.13, 1.0, 0.2, 0.30, 58);
    run_along(s, "chase", staging_leader(30), staging_leader(47),
              HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER);
    go_along(s, 0.0, -1.1, 0.85, -3.4, 4, 0.55, 58);
    go_along(s, 0.6, -0.7, 0.62, -2.2, 4, 0.55, 66);
    go_along(s, 1.0, -1.2, 0.75, -4.2, 3, 0.55, 60);
    run_along(s, "face", staging_leader(47), staging_leader(66), HM_OVERLAY_CLOCK);
    go_along(s, 0.0, -0.9, 0.62, 4.4, 0, 0.62, 40);
    go_along(s, 0.5, -0.7, 0.55, 3.0, 0, 0.64, 46);
    go_along(s, 1.0, -1.2, 0.60, 4.0, 0, 0.60, 46);
    run_along(s, "beside", staging_leader(66), staging_leader(85),
              HM_OVERLAY_CLOCK | HM_OVERLAY_TAGS);
    go_along(s, 0.0, -6.5, 0.50, 1.6, -0.6, 0.50, 34);
    go_along(s, 1.0, -5.0, 0.55, 2.4, -0.2, 0.52, 40);
    staging_add(s, "line", HM_RIG_LINE, staging_leader(85), staging_at(HM_AT_FINISH, 1.3),
                HM_ROLE_ALL, HM_OVERLAY_CLOCK);
}

static void after(staging *s)
{
    hm_shot *shot = staging_add(s, "joy", HM_RIG_FACE, staging_at(HM_AT_FINISH, 1.5),
                                staging_at(HM_AT_FINISH, 4.2), HM_ROLE_WINNER, HM_OVERLAY_NAME);
    shot->drift_frac = 0.8;
    double from_s = s->last_s + 2.5 > s->finish_s + 5 ? 2.5 : s->finish_s + 5 - s->last_s;
    staging_add(s, "wide", HM_RIG_WIDE, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 5), HM_ROLE_ALL, HM_OVERLAY_BOARD);
}

hm_status elastic_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                         hm_film *film, hm_err *err)
{
    staging s;
    HM_TRY(staging_begin(&s, race, opts, err));
    before(&s);
    run(&s);
    after(&s);
    return staging_end(&s, arena, film, err);
}
