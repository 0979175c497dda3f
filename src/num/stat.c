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

double hm_normal_cut(double u, double mean, double sd, double cut)
{
    double z = hm_normal_of(u);
    z = z < -cut ? -cut : z > cut ? cut : z;
    return mean + sd * z;
}
