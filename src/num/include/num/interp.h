/* num/interp.h - curves through given points. */
#ifndef HM_NUM_INTERP_H
#define HM_NUM_INTERP_H

#include <stdint.h>

/** Cubic with values and slopes at both ends of a piece of length h, at u = 0 .. 1 of it. */
typedef struct hm_hermite {
    double y0, y1, slope0, slope1, h;
} hm_hermite;

double hm_hermite_at(const hm_hermite *p, double u);
double hm_hermite_slope(const hm_hermite *p, double u);
double hm_hermite_bend(const hm_hermite *p, double u); /* second derivative */

/**
 * Slopes that make the piecewise cubic rise wherever the points rise: no overshoot.
 *
 * in     x   ascending      (n), n >= 2
 *        y                  (n)
 * out    slope              (n)
 * errors none.  memory none.  threads: pure
 * source Fritsch & Carlson 1980; inner slopes by the weighted harmonic mean (Fritsch & Butland
 * 1984) test   tests/unit/num/test_interp.c
 */
void hm_monotone_slopes(int32_t n, const double x[], const double y[], double slope[]);

/**
 * The same for a cycle: y[0] follows y[n - 1] after x[0] + period.
 * in     x   ascending, all within one period   (n), n >= 2
 */
void hm_monotone_slopes_periodic(int32_t n, const double x[], const double y[], double period,
                                 double slope[]);

/**
 * Slopes of the cubic spline with continuous second derivative that starts with slope first_slope
 * and ends without bend.
 *
 * in     x, y   as above; n >= 2
 *        work   scratch   (n)
 */
void hm_spline_slopes(int32_t n, const double x[], const double y[], double first_slope,
                      double slope[], double work[]);

/** Index i of the piece with x[i] <= at < x[i + 1]; the first or last piece outside. n >= 2. */
int32_t hm_piece_of(int32_t n, const double x[], double at);

#endif
