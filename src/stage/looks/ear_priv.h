/* ear_priv.h - the parts of the look that is heard. */
#ifndef HM_STAGE_EAR_PRIV_H
#define HM_STAGE_EAR_PRIV_H

#include "look_priv.h"

typedef struct ear_opts {
    double light_frac, wave_frac, reach_m, glow_s, ambient_frac, rim_frac, mist_frac;
    double lead_db_per_m, crowd_race_frac, wall_frac, hush_frac, breath_gain;
} ear_opts;

/* The ear's way before the field, for HM_CUT_LOOK. */
hm_status ear_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                     hm_film *film, hm_err *err);

/* Breath as mist, over the picture; the breaths are those that are heard. */
hm_status ear_mist(const look_drawing *d, const hm_scene *scene, hm_picture *pic, hm_err *err);

#endif
