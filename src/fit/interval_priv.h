/* fit/interval_priv.h - the parts of which intervals are made. docs/physics/intervals.md */
#ifndef HM_FIT_INTERVAL_PRIV_H
#define HM_FIT_INTERVAL_PRIV_H

#include "model_priv.h"

/** All parameters that fit the points nearly as well as the best: cost <= limit. */
typedef struct fit_region {
    const fit_model *m;
    const fit_points *points;
    double limit;   /* [1] of the sum of squares, weighted where there are sigmas */
    double *y, *dy; /* scratch: (n), (n x n_param) */
} fit_region;

typedef enum fit_extreme {
    FIT_EXTREME_FOUND,
    FIT_EXTREME_OPEN, /* the region has no end on this side: the data do not determine it */
    FIT_EXTREME_LOST  /* the search went astray */
} fit_extreme;

/** Gradient of a value by natural parameters, at p. */
typedef struct fit_slope {
    void (*at)(const void *ctx, const double p[], double slope[]);
    const void *ctx;
} fit_slope;

/**
 * The parameters of the region at which a value is largest or smallest (interval_profile.c): where
 * the profile likelihood of the value meets the limit.
 *
 * in     best   natural parameters of the least cost, limit > its cost
 *        along  gradient of the value at best, by natural parameters   (n_param)
 *        bend   its gradient elsewhere; NULL = the value is straight in the scales of the
 *               parameters, as is any product of powers of positive ones
 *        sign   -1, +1
 * out    p      natural   (n_param); untouched unless found
 * errors none.  memory none.  threads: pure
 * test   tests/unit/fit/test_interval.c (jb_morin of shorts; pulled solves as a twin)
 */
fit_extreme fit_region_extreme(const fit_region *region, const double best[], const double along[],
                               const fit_slope *bend, int sign, double p[]);

/**
 * How much more the mean of neighbouring residuals varies than that of independent ones: the
 * spectrum of an autoregression at frequency 0, over the variance (interval_noise.c). 1 where the
 * series is short or shows no order.
 *
 * in     r        residuals in the order of time   (n)
 *        n_param  that were fitted, > 0; they take some of it away, which is given back
 * source Heidelberger & Welch 1981; order by the Bayesian criterion, Schwarz 1978
 * test   tests/unit/fit/test_interval.c (the closed form of a first-order process)
 */
double fit_noise_inflation(int32_t n, const double r[], int32_t n_param);

/** As fit_intervals, at any level and with no regard to how the residuals hang together. */
typedef struct fit_level {
    double inside;    /* [1] probability, 0.90 */
    bool as_if_white; /* independent errors */
} fit_level;

HM_CHECKED hm_status fit_intervals_at(const fit_model *m, const fit_points *points,
                                      const fit_solution *best, hm_interval_method method,
                                      fit_level level, hm_arena *arena, hm_sprinter_run *run,
                                      hm_err *err);

#endif
