/* sprint/velocity.h - speed and distance of one runner who starts from rest at s = 0, in closed
 * form. Knows nothing of guns, blocks or lanes.
 *
 *   decay   dv/ds = F - c s - v / tau     v = V (1 - e^(-s/tau)) - b s      (b = 0:
 * mono-exponential)
 *
 * source Furusawa, Hill & Parkinson 1927 (mono); Tibshirani 1997 (linear fatigue);
 * docs/physics/replay.md test   tests/unit/sprint/test_velocity.c (values to 113 bits in
 * tests/data/model_checks.csv) */
#ifndef HM_SPRINT_VELOCITY_H
#define HM_SPRINT_VELOCITY_H

typedef struct hm_decay {
    double v_mps;      /* V > 0: not the top speed unless decay is 0 */
    double tau_s;      /* > 0 */
    double decay_mps2; /* b >= 0; 0 = mono-exponential, V is then the top speed */
} hm_decay;

/** Speed, distance and acceleration at s_s >= 0 since the start. No errors, no memory, pure. */
double hm_decay_v_mps(const hm_decay *d, double s_s);
double hm_decay_x_m(const hm_decay *d, double s_s);
double hm_decay_a_mps2(const hm_decay *d, double s_s);

/** Time at distance x_m >= 0, to 1e-14 of itself; for b > 0 on the way up to where the speed would
 *  be 0 again, beyond that the time of that turning point. */
double hm_decay_time_s(const hm_decay *d, double x_m);

/** Time of top speed tau ln(V / (tau b)); infinite for b = 0. */
double hm_decay_top_s(const hm_decay *d);

/** u + e^-u - 1, without cancellation for small u. Distance in units of V tau at time u tau. */
double hm_decay_reach(double u);

#endif
