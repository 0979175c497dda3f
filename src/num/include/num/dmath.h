/* num/dmath.h - elementary functions that give the same bits everywhere.
 *
 * libm may differ in the last place between systems; pictures, sound and races must not. These use
 * only + - * / sqrt, floor and bit scaling, no tables, no fma, so every compiler, optimisation
 * level and machine with IEEE 754 doubles agrees. Each is within 2 ulp of the exact value over the
 * range named at it; elsewhere it says what it gives. NaN in gives NaN out. All are pure: no
 * errors, no memory, any thread. source reductions and series: docs/physics/dmath.md test
 * tests/unit/num/test_dmath.c (libm as twin, identities, one hash over all) */
#ifndef HM_NUM_DMATH_H
#define HM_NUM_DMATH_H

#include <stdint.h>

#define HM_PI  3.14159265358979323846
#define HM_TAU 6.28318530717958647693 /* one turn, rad */

/** Sine and cosine, x in rad, |x| <= 1e6; NaN beyond. */
double hm_sin(double x_rad);
double hm_cos(double x_rad);

/** Tangent, |x| <= 1e6, 2.5 ulp; NaN beyond. */
double hm_tan(double x_rad);

/** e^x for all x: +inf above 709.78, 0 below -745.13. Subnormal results are within 1 of the last
 *  place that they have. */
double hm_exp(double x);

/** hm_exp of each of n, the same bits, several at a time; y may be x. */
void hm_exp_all(int32_t n, const double x[], double y[]);

/** e^x - 1 for all x, good for small x. */
double hm_expm1(double x);

/** ln x for x > 0; -inf at 0, NaN below. */
double hm_log(double x);

/** ln(1 + x) for x > -1, good for small x; -inf at -1, NaN below. */
double hm_log1p(double x);

/** x^y for x >= 0; 1 where y = 0 or x = 1; NaN for x < 0 (no integer special case). */
double hm_pow(double x, double y);

/** Arc functions, rad. asin and acos want |x| <= 1, NaN beyond. atan2 is the angle of the
 *  finite (x, y) in (-pi, pi], 0 for (0, 0). */
double hm_atan(double x);
double hm_atan2(double y, double x);
double hm_asin(double x);
double hm_acos(double x);

double hm_tanh(double x);

/** In float, for bodies and pictures. */
static inline float hm_sinf(float x_rad)
{
    return (float)hm_sin((double)x_rad);
}
static inline float hm_cosf(float x_rad)
{
    return (float)hm_cos((double)x_rad);
}

#endif
