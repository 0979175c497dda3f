/* race/wind.h - wind over the straight: a mean and slow gusts that lanes near each other share.
 *
 *   w(lane, k) = mean + g(lane, k),  k = seconds since the gun, held for 1 s
 *   cov(g(i, k), g(j, l)) = sd^2 phi^|k - l| e^(-|y_i - y_j| / 15 m)
 *   sd = 0.25 + 0.15 |mean| m/s,  phi = e^(-1 s / 4 s)
 *
 * The gauge stands 2 m beside lane 1; that it stands at 50 m while runners pass counts as a
 * further e^(-25 m / 60 m) between it and every lane. own, docs/physics/simulate.md */
#ifndef HM_RACE_WIND_H
#define HM_RACE_WIND_H

#include <stdint.h>

#include "data/race.h"

enum {
    HM_WIND_CELL_MAX = 32, /* seconds; the last one holds for ever */
    HM_WIND_GAUGE_S = 10,  /* the gauge's reading is the mean over so long from the gun */
    HM_WIND_SITE_MAX = HM_LANE_MAX + 1
};

/** The law of the gusts for a field. Sites: the n lanes, then the gauge. */
typedef struct hm_gust_law {
    double mean_mps, sd_mps;
    double keep;                                     /* [1] phi, from one second to the next */
    int32_t n;                                       /* sites */
    double root[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX]; /* [1] lower triangle of the correlation */
} hm_gust_law;

/**
 * in     n_lane, lane  lane numbers;  gust_frac [1] of the sd above, >= 0
 * errors none.  memory none.  threads: pure
 */
void hm_gust_law_make(double mean_mps, double gust_frac, int32_t n_lane, const int32_t lane[],
                      hm_gust_law *law);

/** sd of sum_k a[k] g(site, k), for weights a. */
double hm_gust_sum_sd(const hm_gust_law *law, int32_t n, const double a[]);

/** Covariance over time alone: sum_kl a[k] b[l] phi^|k - l|; with the sites' correlation and sd^2
 * the covariance of what two lanes gain. */
double hm_gust_overlap(const hm_gust_law *law, int32_t n, const double a[], const double b[]);

/** Correlation of two sites, [1]. */
double hm_gust_correlation(const hm_gust_law *law, int32_t i, int32_t j);

/** One drawn wind, m/s: w[site][second] of the first n_cell seconds. Pure in (seed, number); more
 * seconds do not change the first ones. */
void hm_gust_draw(const hm_gust_law *law, uint64_t seed, uint32_t number, int32_t n_cell,
                  double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX]);

#endif
