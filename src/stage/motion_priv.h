/* motion_priv.h - what the paint "motion" reads besides its parameters. */
#ifndef HM_STAGE_MOTION_PRIV_H
#define HM_STAGE_MOTION_PRIV_H

#include "stage/scene.h"

/* The toned paper that is left of a place: its luminance, a third, lies between those of a stadium
 * and a sky, and lost bodies come to it too. So what goes by fast there differs in colour and not
 * in light, and does not flash. */
#define MOTION_PAPER      ((hm_rgb){0.565f, 0.625f, 0.690f})
#define MOTION_PAPER_LUMA 0.62f /* 0.30 R + 0.59 G + 0.11 B */

/* hm_paint_params.own of the paint "motion". */
typedef struct motion_own {
    float lost; /* 0 the plain scene .. 1 nothing but motion [1] */
} motion_own;

#endif
