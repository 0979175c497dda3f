/* motion_priv.h - what the paint "motion" reads besides its parameters. */
#ifndef HM_STAGE_MOTION_PRIV_H
#define HM_STAGE_MOTION_PRIV_H

/* hm_paint_params.own of the paint "motion". */
typedef struct motion_own {
    float lost; /* 0 the plain scene .. 1 nothing but motion [1] */
} motion_own;

#endif
