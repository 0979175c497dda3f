/* dark_priv.h - what the paint "dark" reads besides its parameters. */
#ifndef HM_STAGE_DARK_PRIV_H
#define HM_STAGE_DARK_PRIV_H

#include <stdint.h>

enum { DARK_LIGHT_MAX = 40 };

/* A small light near the ground. */
typedef struct dark_light {
    float x_m, y_m, z_m;
    float r, g, b;   /* at its place */
    float inv_reach; /* 1 / m: gone at this distance */
} dark_light;

/* hm_paint_params.own of the paint "dark". */
typedef struct dark_own {
    int32_t n;
    dark_light light[DARK_LIGHT_MAX];
    float ambient; /* what is seen without any [1] */
} dark_own;

#endif
