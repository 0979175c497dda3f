/* num/stat.h - draws from distributions by their inverse: one uniform number in, one value out, and
 * a larger uniform gives a larger value. And the middle of numbers. */
#ifndef HM_NUM_STAT_H
#define HM_NUM_STAT_H

#include <stdint.h>

/**
 * Inverse of the normal distribution, mean 0, sd 1.
 * in     u   in (0, 1); outside NaN
 * range  1e-300 .. 1 - 1e-16, error below 1e-12
 * errors none.  threads: pure
 * source Abramowitz & Stegun 1964, 26.2.23 as a start, 26.2.10 and 26.2.14 for two Halley steps
 * test   tests/unit/num/test_stat.c
 */
double hm_normal_of(double u);

/**
 * The same within 1e-6, for u of 32 bits, ten times as fast: for lives by the million.
 * in     u   in (0, 1); outside NaN
 * range  1e-10 .. 1 - 1e-10, error below 1e-6
 * errors none.  threads: pure
 * source Wichura 1988, AS 241 (PPND7)
 * test   tests/unit/num/test_stat.c (against hm_normal_of)
 */
double hm_normal_near(double u);

/**
 * Distribution of Student's t, and its inverse.
 * in     dof  > 0, need not be whole; infinite = normal
 *        u    in (0, 1); outside NaN
 * range  dof 1 .. 1e9, u 1e-12 .. 1 - 1e-12: error below 1e-12 in the probability, 1e-10 relative
 *        in t
 * errors none.  threads: pure
 * source Abramowitz & Stegun 1964, 26.5.8 and 26.7.1 (incomplete beta by its continued fraction),
 *        Fisher 1925 for many degrees, checked against R
 * test   tests/unit/num/test_stat.c
 */
double hm_student_t_below(double t, double dof);
double hm_student_t_of(double u, double dof);

/** Normal with a mean and a standard deviation, cut at `cut` standard deviations. */
double hm_normal_cut(double u, double mean, double sd, double cut);

/**
 * The one that would stand at v[k] if v were sorted; v is left in another order.
 * in     v   (n) no NaN
 *        k   0 .. n - 1
 * errors none.  memory none.  threads: pure
 * source Hoare 1961, algorithm 65 (find)
 * test   tests/unit/num/test_stat.c
 */
double hm_nth_of(int64_t n, double v[], int64_t k);

#endif
