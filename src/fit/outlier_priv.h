/* fit/outlier_priv.h - observations that stand off the curve. */
#ifndef HM_FIT_OUTLIER_PRIV_H
#define HM_FIT_OUTLIER_PRIV_H

#include "model_priv.h"

typedef struct fit_flags {
    bool *flagged;  /* (n) by point */
    double *off_sd; /* (n) distance from the curve of the others, in sds of their noise */
    int32_t n_flagged;
    fit_points kept;      /* the points without those flagged */
    fit_solution without; /* the best fit to them; the one given where none is flagged */
} fit_flags;

/**
 * Flag the points beyond limit_sd; at most a fifth of them, and never so many that fewer than two
 * degrees of freedom are left.
 *
 * errors HM_ERR_SYSTEM no memory
 * memory scratch
 * source externally studentized residuals: Belsley, Kuh & Welsch 1980, section 2.1
 * test   tests/unit/fit/test_outlier.c
 */
HM_CHECKED hm_status fit_flag_outliers(const fit_model *m, const fit_points *points,
                                       const fit_solution *best, double limit_sd, fit_work *work,
                                       hm_arena *scratch, fit_flags *out, hm_err *err);

#endif
