/* race/fast.h - races by the thousand: results in a few microseconds, footfalls in some twenty.
 *
 * A field is made ready once: each runner's run on the day's mean wind as a table, and how luck,
 * fit and each second of wind delay him on the way. A race is then a sum of delays: race `number`
 * is the race `number` of hm_odds_run exactly, and of hm_race_simulate but for what is not linear.
 * Equations and bounds: docs/physics/simulate.md */
#ifndef HM_RACE_FAST_H
#define HM_RACE_FAST_H

#include "race/simulate.h"
#include "sprint/quick_steps.h"

/** A field made ready; lives in its arena, keeps pointers to day and runners. */
typedef struct hm_fast hm_fast;

/**
 * in     as hm_race_simulate; day and runner stay where they are
 * errors as hm_race_simulate; HM_ERR_INPUT a runner needs more than HM_QUICK_STEP_MAX steps
 * memory arena, 25 KiB a runner.  threads: pure; the field may be shared by threads
 */
HM_CHECKED hm_status hm_fast_make(const hm_sheet *sheet, const hm_runner runner[],
                                  const hm_day *day, uint64_t seed, hm_arena *arena, hm_fast **fast,
                                  hm_err *err);

typedef struct hm_fast_run {
    int32_t row, place; /* index of the sheet; from 1, equal microseconds share */
    double reaction_s;
    int64_t time_us;
} hm_fast_run;

/** Results of a race. */
typedef struct hm_fast_race {
    int32_t n; /* who run */
    int32_t wind_cmps;
    hm_fast_run run[HM_LANE_MAX]; /* (n) in the order of the sheet */
} hm_fast_race;

/** Pure in (field, number). errors none */
void hm_fast_results(const hm_fast *fast, uint32_t number, hm_fast_race *race);

/** The steps beside: each footfall that touches down before its runner finishes. */
typedef struct hm_fast_steps {
    double wind_mps[HM_LANE_MAX];    /* mean of what he felt; model output */
    hm_quick_pace pace[HM_LANE_MAX]; /* where he is when: hm_fast_x_m */
    int32_t n_step[HM_LANE_MAX];
    hm_step step[HM_LANE_MAX][HM_QUICK_STEP_MAX];
} hm_fast_steps;

/**
 * The same race with its footfalls.
 * out    steps  beside race->run
 * errors none
 * test   tests/unit/race/test_fast.c
 */
void hm_fast_footfalls(const hm_fast *fast, uint32_t number, hm_fast_race *race,
                       hm_fast_steps *steps);

/** Torso front of run i of a race at t_s from the gun, up to half a second after his finish, m. */
double hm_fast_x_m(const hm_fast *fast, const hm_fast_steps *steps, int32_t i, double t_s);

#endif
