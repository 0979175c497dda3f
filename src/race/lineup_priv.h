/* race/lineup_priv.h - a field made ready to race often: times that are linear in what chance does,
 * shared by odds, fast races and full ones, so that race number k is one race in all three. */
#ifndef HM_RACE_LINEUP_PRIV_H
#define HM_RACE_LINEUP_PRIV_H

#include "luck_priv.h"

#include "race/wind.h"

enum { RACE_FIT_GROUP = 32 }; /* races in a row that share runners drawn from the fits */

/** One runner: what chance adds to his time, at his best parameters and the mean wind. */
typedef struct race_linear {
    race_slopes slopes;
    double by_wind[HM_WIND_CELL_MAX]; /* [1] s per m/s of wind in each second */
    double by_fit[HM_DRIVE_BY_COUNT]; /* [1] s per standard normal number of the fit */
    double param_sd_s, form_sd_s, start_sd_s;
} race_linear;

/** errors HM_ERR_INPUT he never arrives */
HM_CHECKED hm_status race_linear_of(const hm_sheet *sheet, const hm_runner *r, const hm_day *day,
                                    race_linear *l, hm_err *err);

/** Is this a day and a field that can be raced? (the day's cookie is asserted) */
HM_CHECKED hm_status race_check_call(const hm_sheet *sheet, const hm_day *day, hm_err *err);

/** Mean of the wind by seconds (n_cell; the last one holds) until run_s, by the part of each second
 * that he runs in. */
double race_felt_mps(int32_t n_cell, const double wind_mps[], double run_s);

/** Those of a sheet who run. Keeps pointers to day and runners. */
typedef struct race_lineup {
    const hm_day *day;
    race_keys keys;
    int32_t n;
    int32_t row[HM_LANE_MAX], lane[HM_LANE_MAX]; /* index of the sheet, number of the lane */
    const hm_runner *runner[HM_LANE_MAX];
    race_linear linear[HM_LANE_MAX];
    race_air air;
    hm_gust_law gusts; /* sites: those who run, then the gauge */
    /* [1] what the gusts do to each lane's time and to the gauge, by as many normal numbers:
     * lower triangle */
    double wind_root[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX];
    /* [1] what each second of the gusts weighs in effect j: on the time of a lane, on the gauge */
    double weight[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    /* [1] cov(gust of second k at site i, effect j) = joint[i][j] reach[j][k] */
    double joint[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX], reach[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    int32_t n_cell; /* seconds that count for anybody */
} race_lineup;

/**
 * in     as hm_race_simulate
 * errors HM_ERR_INPUT  nobody runs; a runner never arrives
 */
HM_CHECKED hm_status race_lineup_make(const hm_sheet *sheet, const hm_runner runner[],
                                      const hm_day *day, uint64_t seed, race_lineup *out,
                                      hm_err *err);

/** What the runners drawn for a group of RACE_FIT_GROUP races differ by from their best fits:
 * normal numbers, s. */
void race_lineup_fit(const race_lineup *f, uint32_t group, race_normal4 fit[], double param_s[]);

/** Times of one race, reaction included, and what the gauge reads. */
typedef struct race_outcome {
    double t_s[HM_LANE_MAX], best_s[HM_LANE_MAX]; /* with drawn and with best parameters */
    double reaction_s[HM_LANE_MAX];
    double form_frac[HM_LANE_MAX]; /* what form and company make the run longer by */
    double start_s[HM_LANE_MAX];
    double wind_z[HM_WIND_SITE_MAX]; /* by which wind_root has its effects */
    double gauge_mps;
} race_outcome;

/** Pure in the lineup's seed and number; param_s of race_lineup_fit of number / RACE_FIT_GROUP. */
void race_lineup_run(const race_lineup *f, const double param_s[], uint32_t number,
                     race_outcome *o);

/**
 * The wind of race `number` by seconds: gusts whose effect on the linear times and on the gauge is
 * what race_lineup_run drew; the rest is drawn around it.
 * in     wind_z  of its outcome
 *        n_cell  seconds wanted, lineup's n_cell to HM_WIND_CELL_MAX; more does not change the
 * first out    w_mps   site by second; sites as in gusts
 */
void race_lineup_blow(const race_lineup *f, const double wind_z[], uint32_t number, int32_t n_cell,
                      double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX]);

/**
 * What each gains by a neighbour who comes in close to him, as a part of the run.
 * in     n, lane, t_s  (n) lanes and times without any neighbour
 * out    gain_frac     (n)
 */
void race_company(double neighbour_frac, int32_t n, const int32_t lane[], const double t_s[],
                  double gain_frac[]);

#endif
