/* sprint/dash.h - the torso front of one runner from the reaction to the finish, as one smooth
 * curve.
 *
 * A rest-start exponential lags behind measured torsos over the first 10 m: out of the blocks (or
 * from a crouched stand) the trunk is thrown ahead by legs and hips at once. So a dash adds a burst
 * to the decay model, and lets the force rise over some hundredths of a second instead of at once:
 *
 *   s(t) = t - onset (1 - e^(-t/onset))
 *   x(t) = decay_x(s) + burst_m (1 - (1 + s/T) e^(-s/T)),  T = 0.40 s
 *
 * t counts from the reaction. source own, fitted to four elite races: docs/physics/replay.md
 * test tests/unit/sprint/test_dash.c */
#ifndef HM_SPRINT_DASH_H
#define HM_SPRINT_DASH_H

#include "sprint/velocity.h"

/* s; length of the burst; own, least squares over four races. Longer = later, weaker peak
 * acceleration */
#define HM_DASH_BURST_S 0.40

typedef struct hm_dash {
    hm_decay decay;
    double burst_m; /* >= 0 */
} hm_dash;

/** Distance, speed and acceleration t_s after the reaction; all 0 for t_s <= 0. Pure. */
double hm_dash_x_m(const hm_dash *d, double t_s);
double hm_dash_v_mps(const hm_dash *d, double t_s);
double hm_dash_a_mps2(const hm_dash *d, double t_s);

/** Model time s at t_s after the reaction. */
double hm_dash_model_s(double t_s);

/** Share of the burst that is done at model time s. */
double hm_dash_burst_frac(double s_s);

#endif
