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

/**
 * The parameters of the region that lie farthest along a direction (interval_profile.c). With the
 * gradient of a value as direction, this is where the profile likelihood of the value meets the
 * limit: exactly for values straight in the scales of the parameters (any product of powers of
 * positive ones), to third order for others.
 *
 * in     best   natural parameters of the least cost, limit > its cost
 *        along  by natural parameters   (n_param)
 *        sign   -1, +1
 * out    p      natural   (n_param); untouched unless found
 * errors none.  memory none.  threads: pure
 * test   tests/unit/fit/test_interval.c (jb_morin of shorts; pulled solves as a twin)
 */
fit_extreme fit_region_extreme(const fit_region *region, const double best[], const double along[],
                               int sign, double p[]);

/** Sum of squares of the points at p, as the region counts it; NAN where p is no run. */
double fit_region_cost(const fit_region *region, const double p[]);

/**
 * How much more the mean of neighbouring residuals varies than that of independent ones: the
 * spectrum of an autoregression at frequency 0, over the variance (interval_noise.c). 1 where the
 * series is short or shows no order.
 *
 * in     r  residuals in the order of time   (n)
 * source Heidelberger & Welch 1981; order by the Bayesian criterion, Schwarz 1978
 * test   tests/unit/fit/test_interval.c (the closed form of a first-order process)
 */
double fit_noise_inflation(int32_t n, const double r[]);

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
