/* fit/reach_priv.h - when the exponential run of unit speed and time is how far. */
#ifndef HM_FIT_REACH_PRIV_H
#define HM_FIT_REACH_PRIV_H

#include <stdint.h>

/**
 * The u >= 0 with u + e^-u - 1 = y, to 1e-15 of itself: a polynomial, where hm_decay_time_s
 * iterates.
 *
 * in     y   [1] >= 0 (n)
 * out    u   [1] (n); may be y itself
 * errors none.  memory none.  threads: pure
 * source table of tools/make_reach.py; for long runs the series of Lambert's W
 * test   tests/unit/fit/test_classic.c (hm_decay_time_s as twin)
 */
void fit_reach(int32_t n, const double y[], double u[]);

#endif
