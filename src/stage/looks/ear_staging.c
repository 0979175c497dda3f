/* ear_staging.c - where the ear stands: before whoever leads, looking back, at the height of a bent
 * head. So every lane is a direction in front of the face, where ears tell directions best and
 * never take front for back; nobody ever passes; and what is nearer is further on in the race. */
#include "camera_priv.h"
#include "ear_priv.h"
#include "staging_priv.h"

#include <math.h>

#define AHEAD_M 6.6  /* of the leader: eight lanes are 66 degrees wide there */
#define EAR_M   0.85 /* above the ground */
#define STEP_S  0.55 /* from key to key */

typedef struct walk {
    const hm_race *race;
    double mid_m, half_m; /* of the lanes that are run in */
} walk;

static walk walk_of(const hm_race *race)
{
    double lo = 1e9, hi = -1e9;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (camera_is_running(&race->lane[i])) {
            lo = fmin(lo, hm_lane_centre_m(race->lane[i].lane));
            hi = fmax(hi, hm_lane_centre_m(race->lane[i].lane));
        }
    return (walk){race, 0.5 * (lo + hi), 0.5 * (hi - lo)};
}

static double leader_m(const walk *w, double t_s)
{
    double most = 0;
    for (int32_t i = 0; i < w->race->n_lane; i++)
        if (camera_is_running(&w->race->lane[i]))
            most = fmax(most, camera_smooth_x_m(&w->race->lane[i], t_s));
    return most;
}

/* The view of an instant: level with the faces, wide enough for all lanes. */
static hm_cam_key view(const walk *w, double at_frac, double t_s)
{
    double z = leader_m(w, t_s) + AHEAD_M;
    return (hm_cam_key){.at_frac = at_frac,
                        .eye_m = {w->mid_m, EAR_M, z},
                        .aim_m = {w->mid_m, 1.0, z - AHEAD_M},
                        .vfov_deg = 47};
}

/* A shot from one race time to another, a key every STEP_S or as many as a shot may have. */
static void go(staging *s, const walk *w, const char *name, hm_anchor from, hm_anchor to,
               double from_s, double to_s, uint32_t overlays)
{
    staging_add(s, name, HM_RIG_KEYS, from, to, HM_ROLE_ALL, overlays);
    double n = ceil((to_s - from_s) / STEP_S);
    int32_t last = n > HM_CAM_KEY_MAX - 1 ? HM_CAM_KEY_MAX - 1 : (int32_t)n;
    for (int32_t i = 0; i <= last; i++) {
        double u = (double)i / last;
        hm_cam_key k = view(w, u, from_s + u * (to_s - from_s));
        staging_key(s, &k);
    }
}

/* One unbroken way in three parts, for the words: who runs, the race, how it ended. */
hm_status ear_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                     hm_film *film, hm_err *err)
{
    staging s;
    HM_TRY(staging_begin(&s, race, opts, err));
    walk w = walk_of(race);
    double set = HM_SET_S - 2, over = s.last_s + 3.5;
    hm_anchor marks = staging_at(HM_AT_SET, -18.5), ready = staging_at(HM_AT_SET, -2);
    hm_anchor done = staging_at(HM_AT_LAST, 3.5), end = staging_at(HM_AT_LAST, 13);
    go(&s, &w, "marks", marks, ready, HM_SET_S - 18.5, set, HM_OVERLAY_TITLE);
    go(&s, &w, "dark", ready, done, set, over, 0);
    go(&s, &w, "board", done, end, over, s.last_s + 13, HM_OVERLAY_BOARD);
    return staging_end(&s, arena, film, err);
}
