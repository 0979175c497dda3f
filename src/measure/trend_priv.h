/* trend_priv.h - a smooth run through marks, and how far each mark is from what the others say. */
#ifndef HM_MEASURE_TREND_PRIV_H
#define HM_MEASURE_TREND_PRIV_H

#include <stdint.h>

enum { TREND_MARK_MAX = 128 };

/** Distances and times of the marks, ascending. */
typedef struct trend_marks {
    int32_t n;
    double distance_m[TREND_MARK_MAX], time_s[TREND_MARK_MAX];
    double sigma_s; /* of all of them */
} trend_marks;

typedef struct trend {
    double v_mps, tau_s, b_mps2, tc_s; /* v (1 - e^(-s / tau)) - b s, s = t - tc */
    double rse_s;                      /* sqrt(SSE / (n - 4)), NAN for n < 5 */
    double residual_s[TREND_MARK_MAX]; /* measured less fitted */
    double z[TREND_MARK_MAX];     /* [1] residual in its own sds: as if the mark were left out */
    double off_s[TREND_MARK_MAX]; /* measured less what the other marks say */
} trend;

/**
 * Fit the run with linear fatigue (docs/physics) to the marks, held by wide priors: tau 1.3 +- 0.5
 * s, b 0.12 +- 0.12 m/s2, tc 0 +- 0.4 s. n from 3.
 */
void trend_fit(const trend_marks *marks, trend *out);

#endif
