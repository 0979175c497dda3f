/* data/race.h - one race: who ran, where each torso was at each instant, every footfall, the
 * result.
 *
 * Made by RACE (replayed or simulated), read by BODY and STAGE, kept as JSON (data/race_file.h,
 * docs/formats/race.md). Times count from the gun, distances from the start line along the lane.
 * All pointers live in the arena that the maker was given. */
#ifndef HM_DATA_RACE_H
#define HM_DATA_RACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/notes.h"
#include "data/ruling.h"

enum { HM_LANE_MAX = 10 };

typedef enum hm_run_status { HM_RUN_OK, HM_RUN_DNS, HM_RUN_DNF, HM_RUN_DQ } hm_run_status;
typedef enum hm_race_mode { HM_RACE_REPLAY, HM_RACE_SIMULATE } hm_race_mode;
typedef enum hm_sex { HM_SEX_MEN, HM_SEX_WOMEN } hm_sex; /* class of the event, as in start lists */
typedef enum hm_foot { HM_FOOT_LEFT, HM_FOOT_RIGHT } hm_foot;

/** Values that a sheet may leave out; a set bit = taken from a prior (race/prior.h). */
typedef enum hm_filled {
    HM_FILLED_REACTION = 1,
    HM_FILLED_SPLITS = 2,
    HM_FILLED_STATURE = 4,
    HM_FILLED_MASS = 8,
    HM_FILLED_AGE = 16,
    HM_FILLED_SEX = 32
} hm_filled;

/** One footfall. The point of the foot is the ball (heads of the metatarsals). */
typedef struct hm_step {
    hm_foot foot;
    double on_s;   /* touch-down, s from the gun */
    double off_s;  /* toe-off, > on_s */
    double x_m;    /* along the lane */
    double side_m; /* from the lane's middle, + to the runner's left */
} hm_step;

typedef struct hm_split {
    double distance_m;
    double time_s;
    bool measured; /* on the sheet, else read off the curve */
} hm_split;

/**
 * Torso front along the lane as a function of time: cubic Hermite between samples that stand dt_s
 * apart, the first at the gun. x_m[0] = 0, v_mps[0] = 0. Runs on past the finish into the run-out.
 */
typedef struct hm_curve {
    double dt_s;
    int32_t n;
    double *x_m;   /* (n) never falling */
    double *v_mps; /* (n) >= 0 */
} hm_curve;

/** How a runner stands before the gun; feet as the ball's place along the lane. */
typedef struct hm_start {
    bool standing;      /* no blocks: schools, joggers */
    hm_foot front_foot; /* leaves last */
    double front_x_m;   /* < 0 */
    double rear_x_m;    /* < front_x_m */
    double rear_off_s;  /* rear foot leaves its block, > reaction */
    double front_off_s; /* block exit, <= steps[0].on_s */
} hm_start;

typedef struct hm_lane {
    int32_t lane;            /* 1 .. HM_LANE_MAX; 1 is at the runners' left */
    const char *name, *team; /* UTF-8, team may be "" */
    const char *bib;         /* what the bib says, "" = the lane */
    const char *person; /* who he is in every race and language, by which he looks the same; NULL =
                         * his name. Not in the file */
    const char *form;   /* name of a form preset, "" = good */
    hm_sex sex;
    double age_yr, stature_m, mass_kg;
    uint32_t filled; /* hm_filled bits */

    hm_run_status status;
    int32_t place;       /* from 1; 0 = none */
    double pb_s, sb_s;   /* personal and season's best before the race; 0 = not known */
    double reaction_s;   /* 0 with DNS */
    int64_t time_us;     /* torso at the line, integer; 0 = none */
    int32_t official_cs; /* official time in 0.01 s; 0 = none */

    hm_start start;
    hm_curve curve; /* n = 0 with DNS: stands by */
    int32_t n_split;
    hm_split *split; /* (n_split) ascending, 10, 20 .. 100 and the measured ones */
    int32_t n_step;
    hm_step *step; /* (n_step) in time, run-out included */
    double top_speed_mps, top_speed_at_m;
    bool has_wind;   /* a simulated race knows what each lane felt */
    double wind_mps; /* mean of it from the reaction to the line; never official */
    double end_s;    /* where the run ends for good: DNF stopped, else end of the run-out */
} hm_lane;

typedef struct hm_race {
    const char *meet, *event, *date, *round, *venue; /* "" = not known; date ISO 8601 */
    hm_race_mode mode;
    bool has_wind;
    double wind_mps; /* + from behind */
    double altitude_m, temp_c;
    double record_s;         /* the record that stood before the race; 0 = not known */
    const char *record_name; /* what it is called; NULL or "" = not known */
    uint64_t seed;
    int32_t n_lane;
    hm_lane *lane;           /* (n_lane) by lane number */
    const hm_ruling *ruling; /* NULL = nobody judged it */
    hm_notes sources;        /* where what was measured comes from, as the sheet told */
    hm_notes notes;
} hm_race;

/**
 * Where an athlete stands in a result: the smaller comes first. Places, then DNF, DQ, DNS, each by
 * lane (the order of those without a place is ours, docs/rules.md); no two of a heat are equal.
 * threads: pure
 */
int32_t hm_result_key(int32_t place, hm_run_status status, int32_t lane);

/** Torso front at t_s [s]: 0 before the gun, the last value after the end. */
double hm_curve_x_m(const hm_curve *c, double t_s);

/** Speed of the torso front at t_s [s]; 0 before the gun, the last value after the end. */
double hm_curve_v_mps(const hm_curve *c, double t_s);

/** First time at which the torso front is at x_m, by bisection to 1e-9 s; < 0 = never. */
double hm_curve_time_s(const hm_curve *c, double x_m);

/**
 * Is this a race that BODY and STAGE can rely on: lanes in range and once each, curves rising,
 * steps in order with alternate feet, nobody moving before the reaction, places that fit the times.
 * errors HM_ERR_INPUT with the lane in source and the field at fault
 */
HM_CHECKED hm_status hm_race_check(const hm_race *race, hm_err *err);

/** Centre of a lane: metres to the runners' left of the middle of an eight-lane track. 1.22 m lanes
 *  (World Athletics TR14.4). */
double hm_lane_centre_m(int32_t lane);

#endif
