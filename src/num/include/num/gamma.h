/* num/gamma.h - derivatives of the logarithm of the gamma function. */
#ifndef HM_NUM_GAMMA_H
#define HM_NUM_GAMMA_H

/**
 * First and second derivative of ln gamma(x), x > 0 (asserted).
 * range  x 1e-3 .. 1e9: error below 1e-12 relative or absolute
 * errors none.  threads: pure
 * source Abramowitz & Stegun 1964, 6.3.18 and 6.4.12 from x = 10 on, 6.3.5 and 6.4.6 below
 * test   tests/unit/num/test_gamma.c
 */
double hm_digamma(double x);
double hm_trigamma(double x);

/** x at which the second derivative is y > 0 (asserted), by Newton steps; within 1e-12 of itself.
 */
double hm_trigamma_inverse(double y);

#endif
