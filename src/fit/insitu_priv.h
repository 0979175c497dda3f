/* fit/insitu_priv.h - steps from a session's samples to a line. */
#ifndef HM_FIT_INSITU_PRIV_H
#define HM_FIT_INSITU_PRIV_H

#include "fit/insitu.h"

/** One moment of a session, smoothed. */
typedef struct insitu_sample {
    double v_mps, a_mps2;
    double a_sd_mps2; /* from the device's noise alone */
} insitu_sample;

/** Moments above the threshold that do not slow down. */
typedef struct insitu_session {
    int64_t day; /* since 1970; INT64_MIN = not told */
    const char *date;
    int32_t n;
    insitu_sample *sample; /* (n) */
    double top_mps;
} insitu_session;

/**
 * Smooth one session and take its derivative (insitu_smooth.c): least squares over a moving window,
 * a line through speeds, a parabola through positions.
 *
 * errors HM_ERR_INPUT neither speeds nor positions; times that fall
 * memory samples in arena
 */
HM_CHECKED hm_status insitu_smooth(const hm_trace *trace, const hm_insitu_opts *opts,
                                   hm_arena *arena, insitu_session *out, hm_err *err);

/** A line through the hardest accelerations of a window. */
typedef struct insitu_line {
    double a0_mps2, s0_mps;
    double covariance[2][2];       /* of S0, A0 in this order */
    double r2, rse, rmse, max_abs; /* of the used points; m/s2 */
    double excess_mps2;            /* taken off on average for choosing the best of noisy values */
    int32_t n_used, n_bin, dof;
    int32_t n_point;
    hm_fit_point *point; /* (n_point) ascending speed */
} insitu_line;

/**
 * Bins, best points, first line, band, second line (insitu_line.c).
 * out    returns false when the points are too few or span too little speed, or the line does not
 *        fall
 * memory points in arena; NULL points = no memory
 */
bool insitu_line_fit(int32_t n_session, const insitu_session session[], const hm_insitu_opts *opts,
                     hm_arena *arena, insitu_line *out);

#endif
