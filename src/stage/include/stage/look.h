/* stage/look.h - the ways of turning surfaces into a picture. One file in looks/ is one look.
 *
 * A look is a pixel kernel (surface and light in, colour out) that is compiled into its own tile
 * loop, so no pixel ever asks which look it is in; the numbers it works with stand in
 * hm_look_params. New look: a file in looks/, a line in HM_LOOK_LIST of look.c, one in meson.build.
 */
#ifndef HM_STAGE_LOOK_H
#define HM_STAGE_LOOK_H

#include <stdint.h>

#include "stage/scene.h"

/** What can be tuned without another kernel. Widths are pixels of a picture 720 rows high. */
typedef struct hm_look_params {
    float outline_px;      /* line around a runner at mid distance */
    float inner_px;        /* line between parts and along creases */
    float far_px;          /* thinnest outline, far away */
    float near_px;         /* thickest outline, in a close-up */
    float shade_side_frac; /* outline grows by this on the side away from the sun, shrinks on the
                              other */
    hm_rgb ink;            /* colour of lines */
    float lit_cos;         /* N.L above: lit tone [1] */
    float half_cos;        /* N.L above: half tone; below: shadow [1] */
    float half_mix_frac;   /* half tone = this share of lit, the rest of shadow */
    hm_rgb shade;          /* a surface in shadow = albedo x this */
    float key_turn_frac;   /* 0..1 how far the light of runners turns toward the camera */
    float gloss_frac;      /* strength of the small highlight */
    float rim_frac;        /* strength of the bright rim toward the sun */
    float cast_frac;       /* darkness of shadows cast on the ground */
    float contact_frac;    /* darkness right under a foot */
    float vignette_frac;   /* darkening in the corners */
} hm_look_params;

typedef struct hm_look hm_look;

/**
 * The look of that name.
 * out    NULL when there is none
 * errors none.  memory static.  threads: pure
 */
const hm_look *hm_look_find(const char *name);

/** Look number i from 0, NULL after the last: for lists and error messages. */
const hm_look *hm_look_at(int32_t i);

const char *hm_look_name(const hm_look *look);

/** One sentence that says what it is for. */
const char *hm_look_sentence(const hm_look *look);

/** The parameters a look was tuned with. */
hm_look_params hm_look_params_of(const hm_look *look);

#endif
