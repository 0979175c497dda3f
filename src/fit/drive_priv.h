/* fit/drive_priv.h - what the files of the drive model share. */
#ifndef HM_FIT_DRIVE_PRIV_H
#define HM_FIT_DRIVE_PRIV_H

#include "model_priv.h"

#include "sprint/drive_path.h"

/* Parameters of the curve; corrections follow in the order tc, fd, dc. */
enum drive_param { DRIVE_V0, DRIVE_RISE, DRIVE_FADE, DRIVE_BURST, DRIVE_SHAPE };

/** What the parameters say. */
typedef struct drive_view {
    hm_drive drive;
    fit_clock clock;
    int32_t at_tc, at_fd, at_dc; /* parameter, -1 = none */
    double f0_by_v0, f0_by_rise;
} drive_view;

drive_view drive_view_of(const fit_model *m, const double p[]);

/** A level and what runners of it are like (drive_prior.c). */
typedef struct drive_prior {
    double level_mps;          /* speed without fatigue and drag of this order */
    double rise_mps3, rise_sd; /* F0^2 / V0 */
    double fade_mps3, fade_sd;
    double burst_m, burst_sd;
} drive_prior;

/** From what a runner's marks say at a glance. in blocks: a start from blocks, gun and reaction
 * known */
drive_prior drive_prior_of(double level_mps, bool blocks);

/** What the points say before any fit: the level, and when the run begins on their clock. */
typedef struct drive_glance {
    double level_mps, start_s;
} drive_glance;

/** shifted: their clock or tape is not to be trusted, so only differences count; else start 0 */
drive_glance drive_glance_of(const fit_points *points, bool shifted);

void drive_describe(const fit_model *m, const double p[], hm_sprinter_run *run);

#endif
