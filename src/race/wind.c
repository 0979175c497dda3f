#include "race/wind.h"

#include "luck_priv.h"

#include <math.h>

#include "num/dmath.h"

/* All own: "several tenths of m/s" between lanes and gauge is what is told (recalled). */
static const double sd_still_mps = 0.25, sd_per_mean = 0.15; /* m/s, [1] */
static const double keep_s = 4, across_m = 15, along_m = 60;
static const double gauge_beside_m = 2; /* TR17: not more than 2 m from the track */
static const double gauge_ahead_m = 25; /* mean distance of a runner from 50 m, as he passes */

static double site_y_m(int32_t n_lane, const int32_t lane[], int32_t i)
{
    if (i < n_lane)
        return hm_lane_centre_m(lane[i]);
    return hm_lane_centre_m(1) + 0.5 * 1.22 + gauge_beside_m;
}

void hm_gust_law_make(double mean_mps, double gust_frac, int32_t n_lane, const int32_t lane[],
                      hm_gust_law *law)
{
    *law = (hm_gust_law){.mean_mps = mean_mps,
                         .sd_mps = gust_frac * (sd_still_mps + sd_per_mean * fabs(mean_mps)),
                         .keep = hm_exp(-1 / keep_s),
                         .n = n_lane + 1};
    double c[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX];
    for (int32_t i = 0; i <= n_lane; i++)
        for (int32_t j = 0; j <= n_lane; j++) {
            double apart_m = fabs(site_y_m(n_lane, lane, i) - site_y_m(n_lane, lane, j));
            bool gauge = (i == n_lane) != (j == n_lane);
            c[i][j] = hm_exp(-apart_m / across_m - (gauge ? gauge_ahead_m / along_m : 0));
        }
    race_root(law->n, HM_WIND_SITE_MAX, c[0], law->root[0]);
}

double hm_gust_correlation(const hm_gust_law *law, int32_t i, int32_t j)
{
    double sum = 0;
    for (int32_t k = 0; k < law->n; k++)
        sum += law->root[i][k] * law->root[j][k];
    return sum;
}

double hm_gust_overlap(const hm_gust_law *law, int32_t n, const double a[], const double b[])
{
    double forth = 0, back = 0, sum = 0; /* a and b of the seconds before, faded */
    for (int32_t k = 0; k < n; k++) {
        sum += a[k] * b[k] + a[k] * back + b[k] * forth;
        forth = law->keep * (forth + a[k]);
        back = law->keep * (back + b[k]);
    }
    return sum;
}

double hm_gust_sum_sd(const hm_gust_law *law, int32_t n, const double a[])
{
    return law->sd_mps * sqrt(hm_gust_overlap(law, n, a, a));
}

/* Four of 16 bits each make a number with mean 0 and variance 1 that is nearly normal (Irwin 1927,
 * Hall 1927): kurtosis 2.7 instead of 3, none beyond 3.46 sd. Gusts are sums of many. */
static void two_of(const hm_draw4 *d, double z[2])
{
    static const double mean = 2 * 65535, sd = 37837.227; /* 65536 / sqrt(3) */
    for (int k = 0; k < 2; k++) {
        uint32_t a = d->u[2 * k], b = d->u[2 * k + 1];
        uint32_t sum = (a & 0xffff) + (a >> 16) + (b & 0xffff) + (b >> 16);
        z[k] = ((double)sum - mean) / sd;
    }
}

void hm_gust_draw(const hm_gust_law *law, uint64_t seed, uint32_t number, int32_t n_cell,
                  double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX])
{
    double z[HM_WIND_SITE_MAX + 1][HM_WIND_CELL_MAX];
    for (int32_t i = 0; i < law->n; i += 2)
        for (int32_t k = 0; k < n_cell; k++) {
            double two[2];
            hm_draw4 d = hm_rng(seed, HM_FOR_GUST, (uint64_t)(i / 2), number, (uint32_t)k);
            two_of(&d, two);
            z[i][k] = two[0];
            z[i + 1][k] = two[1];
        }
    double add = sqrt(1 - law->keep * law->keep);
    for (int32_t i = 0; i < law->n; i++) {
        double g[HM_WIND_CELL_MAX] = {0}, now = 0;
        for (int32_t j = 0; j <= i; j++)
            for (int32_t k = 0; k < n_cell; k++)
                g[k] += law->root[i][j] * z[j][k];
        for (int32_t k = 0; k < n_cell; k++) {
            now = k == 0 ? g[0] : law->keep * now + add * g[k];
            w_mps[i][k] = law->mean_mps + law->sd_mps * now;
        }
    }
}
