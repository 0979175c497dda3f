/* night_priv.h - what the paint "night" reads besides its parameters. */
#ifndef HM_STAGE_NIGHT_PRIV_H
#define HM_STAGE_NIGHT_PRIV_H

#include <stdint.h>

enum { NIGHT_GLINT = 6, NIGHT_NEAR = 2 };

/* A far lamp that the rough water draws out into a streak toward the eye. */
typedef struct night_glint {
    float x_m, y_m, z_m;
    float r, g, b;
} night_glint;

/* A lamp near enough to light what is around it. */
typedef struct night_near {
    float x_m, y_m, z_m;
    float per_m2; /* 1 / reach^2: half as bright there */
    float r, g, b;
} night_near;

/* hm_paint_params.own of the paint "night". The mirror is the scene without its ground, seen from
 * under the ground; rows of stride_px pixels R G B x. A dry ground has one black pixel. */
typedef struct night_own {
    const uint32_t *mirror;
    int32_t w_px, h_px, stride_px;
    float wet_frac;                 /* 0 dry .. 1 water everywhere [1] */
    float ripple;                   /* how rough the water is [1] */
    float fill_frac;                /* weak light from the front on bodies [1] */
    float shallow;                  /* 0 .. 1: how little of the ground lies under puddles [1] */
    night_glint glint[NIGHT_GLINT]; /* r = g = b = 0: none */
    night_near near[NIGHT_NEAR];
} night_own;

#endif
