#include "num/stat.h"

#include <math.h>

#include "num/dmath.h"

/* Upper tail of the normal distribution, z >= 0. Both forms have positive terms only. */
static double upper_tail(double z, double density)
{
    if (z < 3) { /* 1/2 - density (z + z^3/3 + z^5/15 + ...) */
        double term = z, sum = z;
        for (int k = 3; term > 1e-17 * sum; k += 2) {
            term *= z * z / k;
            sum += term;
        }
        return 0.5 - density * sum;
    }
    /* continued fraction density / (z + 1 / (z + 2 / (z + ... */
    double d = z;
    for (int k = 60; k >= 1; k--)
        d = z + k / d;
    return density / d;
}

double hm_normal_of(double u)
{
    if (!(u > 0 && u < 1))
        return (double)NAN;
    double p = u < 0.5 ? u : 1 - u;
    double t = sqrt(-2 * hm_log(p));
    double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                       (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    if (z < 0)
        z = 0;
    for (int i = 0; i < 2; i++) {
        double density = hm_exp(-0.5 * z * z) / sqrt(2 * HM_PI);
        double step = (upper_tail(z, density) - p) / density;
        z += step / (1 - 0.5 * z * step);
    }
    return u < 0.5 ? -z : z;
}

double hm_normal_near(double u)
{
    double q = u - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        double up = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
        double down = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1;
        return q * up / down;
    }
    double p = q < 0 ? u : 1 - u;
    if (!(p > 0))
        return (double)NAN;
    double r = sqrt(-hm_log(p)), z;
    if (r <= 5) {
        r -= 1.6;
        z = (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777) /
            ((0.12021132975 * r + 0.73700164250) * r + 1);
    } else {
        r -= 5;
        z = (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150) /
            ((0.012258202635 * r + 0.24197894225) * r + 1);
    }
    return q < 0 ? -z : z;
}

/* ln(Gamma(a + 1/2) / Gamma(a)), a > 0. Shifted up until Stirling's series is exact to a double:
 * the difference of two, in powers of 1/a, cancels less than two logarithms of Gamma would. */
static double log_gamma_half_step(double a)
{
    double shift = 0;
    for (; a < 40; a++) /* Gamma(a + 1/2) / Gamma(a) grows by (a + 1/2) / a a step */
        shift -= hm_log1p(0.5 / a);
    double r = 1 / a, r2 = r * r;
    double series = -1.0 / 8 + r2 * (1.0 / 192 + r2 * (-1.0 / 640 + r2 * (17.0 / 14336)));
    return shift + 0.5 * hm_log(a) + r * series;
}

/* Continued fraction of the incomplete beta function I_x(a, b), good for x < (a+1) / (a+b+2). */
static double beta_fraction(double a, double b, double x)
{
    enum { N_TERM = 10000 };
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m <= N_TERM; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        f *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        f *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    return f;
}

/* The same for many degrees, where x nears 1 and the fraction loses digits: Fisher's expansion. */
static double student_tail_near_normal(double t, double dof)
{
    double density = hm_exp(-0.5 * t * t) / sqrt(2 * HM_PI), t2 = t * t;
    double first = t * (t2 + 1) / (4 * dof);
    double second = t * (((3 * t2 - 7) * t2 - 5) * t2 - 3) / (96 * dof * dof);
    return upper_tail(t, density) + density * (first + second);
}

/* P(T > t) for t >= 0: half of I_x(dof/2, 1/2) at x = dof / (dof + t^2). */
static double student_tail(double t, double dof)
{
    double a = 0.5 * dof, x = dof / (dof + t * t), y = t * t / (dof + t * t);
    if (t <= 0)
        return 0.5;
    if (dof > 1e5)
        return student_tail_near_normal(t, dof);
    /* x^a y^(1/2) / B(a, 1/2) */
    double front = hm_exp(log_gamma_half_step(a) - a * hm_log1p(t * t / dof)) * sqrt(y / HM_PI);
    if (x < (a + 1) / (a + 2.5))
        return 0.5 * front * beta_fraction(a, 0.5, x) / a;
    return 0.5 - 0.5 * front * beta_fraction(0.5, a, y) / 0.5;
}

double hm_student_t_below(double t, double dof)
{
    if (!(dof > 0) || isnan(t))
        return (double)NAN;
    double tail = student_tail(fabs(t), dof);
    return t > 0 ? 1 - tail : tail;
}

double hm_student_t_of(double u, double dof)
{
    if (!(u > 0 && u < 1 && dof > 0))
        return (double)NAN;
    double z = hm_normal_of(u < 0.5 ? u : 1 - u), p = u < 0.5 ? u : 1 - u;
    if (isinf(dof) || z == 0)
        return u < 0.5 ? z : -z;
    z = -z;
    /* a start on either side: the expansion in 1/dof, or the tail's power where that is too low */
    double t = z + z * (z * z + 1) / (4 * dof);
    double log_front = log_gamma_half_step(0.5 * dof) - 0.5 * hm_log(HM_PI * dof);
    double far = sqrt(dof) * hm_exp((log_front - hm_log(p * sqrt(dof))) / dof);
    if (dof < 4 && far > t)
        t = far;
    /* Newton on ln p against ln t: nearly straight in the tail, and t stays positive */
    for (int i = 0; i < 60; i++) {
        double tail = student_tail(t, dof);
        double density = hm_exp(log_front - 0.5 * (dof + 1) * hm_log1p(t * t / dof));
        double step = hm_log(tail / p) * tail / (t * density);
        step = step > 1 ? 1 : step < -1 ? -1 : step;
        t *= hm_exp(step);
        if (fabs(step) < 1e-15)
            break;
    }
    return u < 0.5 ? -t : t;
}

double hm_normal_cut(double u, double mean, double sd, double cut)
{
    double z = hm_normal_of(u);
    z = z < -cut ? -cut : z > cut ? cut : z;
    return mean + sd * z;
}

double hm_nth_of(int64_t n, double v[], int64_t k)
{
    int64_t lo = 0, hi = n - 1;
    while (lo < hi) {
        double pivot = v[lo + (hi - lo) / 2];
        int64_t i = lo, j = hi;
        while (i <= j) { /* smaller ones to the left, larger ones to the right */
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i > j)
                break;
            double was = v[i];
            v[i++] = v[j];
            v[j--] = was;
        }
        if (k > j && k < i)
            break;
        lo = k >= i ? i : lo;
        hi = k <= j ? j : hi;
    }
    return v[k];
}
