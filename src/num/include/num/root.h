/* num/root.h - zero of a rising or falling function of one variable. */
#ifndef HM_NUM_ROOT_H
#define HM_NUM_ROOT_H

/** Value of the function at x; *slope gets its derivative. */
typedef double hm_root_fn(const void *ctx, double x, double *slope);

/**
 * Newton's method kept inside a bracket by bisection.
 *
 * in     lo < hi   fn has opposite signs there, or is zero at one
 *        guess     where to begin; taken to the middle when outside
 *        rel       stop when a step is below rel |x|
 * out    returns the zero; where the signs are equal, the end with the smaller |fn|
 * errors none.  memory none.  threads: pure
 * test   tests/unit/num/test_root.c
 */
double hm_root(hm_root_fn *fn, const void *ctx, double lo, double hi, double guess, double rel);

#endif
