/* night_priv.h - what the paint "night" reads besides its parameters. */
#ifndef HM_STAGE_NIGHT_PRIV_H
#define HM_STAGE_NIGHT_PRIV_H

#include <stdint.h>

/* hm_paint_params.own of the paint "night". The mirror is the scene without its ground, seen from
 * under the ground; rows of stride_px pixels R G B x. A dry ground has one black pixel. */
typedef struct night_own {
    const uint32_t *mirror;
    int32_t w_px, h_px, stride_px;
    float wet_frac;  /* 0 dry .. 1 water everywhere [1] */
    float ripple;    /* how rough the water is [1] */
    float fill_frac; /* weak light from the front on bodies [1] */
} night_own;

#endif
