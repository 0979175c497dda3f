/* rain_priv.h - the parts of the look of the one shot in the rain. */
#ifndef HM_STAGE_RAIN_PRIV_H
#define HM_STAGE_RAIN_PRIV_H

#include "look_priv.h"

typedef struct rain_opts {
    double drops_frac;  /* how much falls, 0 .. 2 */
    double wet_frac;    /* how much water stands */
    double ripple_frac; /* how rough it is */
    double splash_frac; /* how high feet throw it */
    double fill_frac;   /* light on faces */
} rain_opts;

/* One worker's mirror of the scene. */
typedef struct rain_mirror rain_mirror;

hm_status rain_mirror_open(const look_film *film, hm_arena *arena, void **work, hm_err *err);
void rain_mirror_close(void *work);

/* Draw the scene from under its ground; out the picture, valid until the worker's next drawing. */
hm_status rain_mirror_draw(rain_mirror *m, const hm_scene *scene, const hm_paint_params *paint,
                           hm_arena *scratch, const hm_picture **pic, hm_err *err);

/* More objects: streaks of falling drops, rings where they hit, what feet throw up. */
hm_status rain_fall(const look_drawing *d, const look_scene *s, hm_err *err);
hm_status rain_splash(const look_drawing *d, const look_scene *s, hm_err *err);

/* Floodlights, and a night sky that glows about them. */
hm_status rain_lamps(const look_drawing *d, const look_scene *s, hm_err *err);

/* The one shot, for HM_CUT_LOOK. */
hm_status rain_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                      hm_film *film, hm_err *err);

#endif
