/* fit/curve_priv.h - mono and decay as closed forms with their corrections. */
#ifndef HM_FIT_CURVE_PRIV_H
#define HM_FIT_CURVE_PRIV_H

#include "model_priv.h"

#include "sprint/velocity.h"

/** What the parameters say. mono knows MSS and MAC, the curve wants V, tau and b. */
typedef struct fit_curve {
    hm_decay decay;
    double per_m;                /* 1 / (V tau) */
    int32_t n_shape;             /* parameters of the curve itself: 2 or 3 */
    double tau_of_v, tau_of_mac; /* mono: d tau / d MSS, d tau / d MAC */
    double tc_s, fd_m, dc_m;
    int32_t at_tc, at_fd, at_dc; /* parameter, -1 = none */
} fit_curve;

fit_curve fit_curve_of(const fit_model *m, const double p[]);

/** fit_model.observe of both. */
bool fit_curve_observe(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                       const double at[], double y[], double dy[]);

#endif
