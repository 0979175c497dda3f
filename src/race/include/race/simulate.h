/* race/simulate.h - fitted runners race on a day that is drawn: wind, form, start, reaction.
 *
 * Time to 100 m = reaction + run, the run by sprint/drive.h with parameters drawn from the fit's
 * covariance, scaled by the form of the day, in air that gusts (race/wind.h). Equations, sources
 * and status of each number: docs/physics/simulate.md. */
#ifndef HM_RACE_SIMULATE_H
#define HM_RACE_SIMULATE_H

#include "base/option.h"
#include "data/sheet.h"
#include "race/prior.h"
#include "sprint/drive.h"
#include "sprint/drive_path.h"

/** The day of the race. NAN = as the sheet says. Laid out by hm_day_table. */
typedef struct hm_day {
    uint32_t cookie;
    double wind_mps; /* mean over track and time, + from behind */
    double altitude_m, temp_c;
    double gust_frac;      /* [1] of the gusts of race/wind.h; 0 = the mean wind everywhere */
    double form_sd_frac;   /* of the time, from race to race */
    double form_day_frac;  /* of the variance of form, that stays through the rounds of one day */
    double start_sd_s;     /* what the first strides win or lose */
    double neighbour_frac; /* of the time, that a neighbour level with him makes him faster by */
    bool fair;             /* still air, sea level, 15 C, the same reaction for all */
} hm_day;

hm_day hm_day_default(void);
extern const hm_option_table hm_day_table;

/** One who can race: what was fitted, with its uncertainty. */
typedef struct hm_runner {
    uint64_t person; /* whose luck it is (hm_prior_person); differs within a field */
    hm_drive drive;  /* v0_mps = 0: does not run */
    hm_fit_model model;
    hm_altitude_law law;
    double mass_kg, stature_m; /* NAN = the reference man */
    hm_reaction_law reaction;
    double root[HM_DRIVE_BY_COUNT][HM_DRIVE_BY_COUNT]; /* [1] lower triangle; root root' is the
                                                        * covariance of the parameters by
                                                        * hm_drive_by; 0 = known exactly */
} hm_runner;

/**
 * in     run       of any model; without a covariance it is taken as exact
 *        person    as above
 *        reaction  hm_prior_reaction_law
 * errors HM_ERR_INPUT a parameter is missing, or nobody can run so
 * memory none.  threads: pure
 */
HM_CHECKED hm_status hm_runner_of_run(const hm_sprinter_run *run, uint64_t person,
                                      const hm_reaction_law *reaction, hm_runner *runner,
                                      hm_err *err);

/** What one runner of a race came to. */
typedef struct hm_run_result {
    bool ran;
    double reaction_s;
    int64_t time_us;
    double wind_mps; /* mean of what he felt from his reaction to the line; model output */
} hm_run_result;

typedef struct hm_race_result {
    int32_t wind_cmps;              /* what the gauge read */
    hm_run_result run[HM_LANE_MAX]; /* beside the rows of the sheet */
} hm_race_result;

/**
 * Run one race without curves and steps: the times of hm_race_simulate to the microsecond.
 * in, errors as hm_race_simulate
 * memory none.  threads: pure
 * test   tests/unit/race/test_simulate.c
 */
HM_CHECKED hm_status hm_race_result_of(const hm_sheet *sheet, const hm_runner runner[],
                                       const hm_day *day, uint64_t seed, uint32_t number,
                                       hm_race_result *result, hm_err *err);

/**
 * Run one race.
 *
 * in     sheet   names, lanes, sizes, places of start; its times and splits are not looked at
 *        runner  (sheet->n_row) beside the rows; one who does not run gets DNS
 *        day     from hm_day_default (asserted)
 *        seed    below 2^63
 *        number  which race of this seed; hm_odds_run draws race 0, 1, ...
 * out    race    passes hm_race_check, mode simulate; race.wind_mps is what the gauge read,
 *                rounded by rule
 * errors HM_ERR_INPUT  nobody runs; a runner never arrives;  HM_ERR_SYSTEM no memory
 * memory arena.  threads: pure
 * test   tests/unit/race/test_simulate.c
 */
HM_CHECKED hm_status hm_race_simulate(const hm_sheet *sheet, const hm_runner runner[],
                                      const hm_day *day, uint64_t seed, uint32_t number,
                                      hm_arena *arena, hm_race *race, hm_err *err);

#endif
