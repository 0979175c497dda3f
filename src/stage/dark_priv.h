/* dark_priv.h - what the paint "dark" reads besides its parameters. */
#ifndef HM_STAGE_DARK_PRIV_H
#define HM_STAGE_DARK_PRIV_H

#include <stdint.h>

enum { DARK_LIGHT_MAX = 48 };

/* A small light near the ground, and the wave that its footfall sends over it. */
typedef struct dark_light {
    float x_m, y_m, z_m;
    float r, g, b;      /* at its place */
    float inv_reach;    /* 1 / m: gone at this distance */
    float wave, wave_m; /* strength of the ring on the ground [1], its radius */
} dark_light;

/* hm_paint_params.own of the paint "dark". */
typedef struct dark_own {
    int32_t n, n_ground; /* lights; of a tile: those first that reach its ground, too */
    dark_light light[DARK_LIGHT_MAX];
    float ambient; /* what is seen without any [1] */
    float rim;     /* of runners [1] */
} dark_own;

#endif
