/* race/odds.h - a race run many times: chances, and how sure they are.
 *
 * Times are linear in what chance does (race/simulate.h runs them in full): exact derivatives at
 * the runner's best parameters and the mean wind. All sums are of integers, so neither threads nor
 * order change a bit. docs/physics/simulate.md */
#ifndef HM_RACE_ODDS_H
#define HM_RACE_ODDS_H

#include "race/simulate.h"

enum {
    HM_ODDS_GROUP = 32, /* races in a row that share runners drawn from the fits */
    HM_ODDS_RUN_MAX = 100 * 1000 * 1000,
    HM_ODDS_CS_MAX = 400, /* hundredths of a second that are counted */
    HM_ODDS_SHIFT_MS = 20
};

/** How often each hundredth came. Races outside are counted at the ends. */
typedef struct hm_odds_count {
    int32_t from_cs; /* hundredths that n[0] counts */
    int32_t n[HM_ODDS_CS_MAX];
} hm_odds_count;

typedef struct hm_odds_lane {
    int32_t lane;
    double p_place[HM_LANE_MAX]; /* [1] by place - 1; who ties shares the places */
    double p_win;                /* [1] = p_place[0]: race-day luck and the fit's uncertainty */
    double p_win_se;             /* Monte Carlo standard error of p_win */
    double p_win_best_fit;       /* [1] race-day luck alone, parameters at their best */
    double p_win_fit_sd;         /* [1] what the chance of winning varies by, with the parameters */
    double p_win_sooner;         /* [1] had he been HM_ODDS_SHIFT_MS faster in the same races */
    double p_win_later;          /* [1] and slower */
    double p_record;             /* [1] record_s or better, gauge not above +2.0; NAN = not asked */
    double p_time;               /* [1] the same with any wind */
    double time_s_mean, time_s_sd;
    double time_s_median;
    double time_s_lo90, time_s_hi90;      /* 5 % are below lo90, 5 % above hi90 */
    double time_s_luck_sd, time_s_fit_sd; /* parts of time_s_sd: parameters at their best;
                                           * what they vary it by */
    hm_odds_count times;                  /* as on the board: rounded up to hundredths */
    hm_odds_count times_best_fit;         /* race-day luck alone */
} hm_odds_lane;

typedef struct hm_odds {
    int64_t n_run;
    int32_t n_lane;
    hm_odds_lane lane[HM_LANE_MAX];           /* (n_lane) those who run, in order of the sheet */
    double p_ahead[HM_LANE_MAX][HM_LANE_MAX]; /* [1] i before j; ties half */
    double margin_s_mean;                     /* first to second; NAN with one runner */
    double margin_s_lo90, margin_s_hi90;
    double p_margin_10ms;             /* [1] margin below 0.01 s */
    hm_odds_count margins;            /* n[k]: above k, up to k + 1 hundredths; from_cs = 0 */
    double p_record_any, p_time_any;  /* [1] anybody; NAN = not asked */
    double wind_mps;                  /* the mean that was assumed */
    double p_legal;                   /* [1] gauge not above +2.0 */
    hm_odds_count first, first_legal; /* the winner's time; in races with a legal gauge */
} hm_odds;

/** Called now and then, by the thread that asked; false = stop. */
typedef bool hm_odds_tell(void *ctx, int64_t done, int64_t total);

typedef struct hm_odds_opts {
    int64_t n_run; /* 1 .. HM_ODDS_RUN_MAX */
    uint64_t seed;
    int n_thread;       /* >= 1; changes no bit */
    double record_s;    /* hundredths; NAN = none */
    hm_odds_tell *tell; /* NULL = nobody asks */
    void *tell_ctx;
} hm_odds_opts;

/**
 * in     sheet, runner, day as hm_race_simulate
 * out    odds   untouched on failure
 * errors as hm_race_simulate; HM_ERR_USAGE n_run out of range; HM_ERR_STOPPED by tell
 * memory arena, given back; about 0.35 MB for each thread whatever n_run
 * threads: n_thread of them inside
 * test   tests/unit/race/test_odds.c, tests/physics/test_championships.c
 */
HM_CHECKED hm_status hm_odds_run(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                                 const hm_odds_opts *opts, hm_arena *arena, hm_odds *odds,
                                 hm_err *err);

/**
 * The linear model of one lane, as the odds use it.
 * out    time_s  reaction + run for one set of chances
 * in     z       reaction, form, start: standard normal;  param_z (HM_DRIVE_BY_COUNT) of the fit;
 *        wind_mps by seconds, NULL = the mean
 * test   tests/unit/race/test_odds.c against the full run
 */
HM_CHECKED hm_status hm_odds_linear_s(const hm_sheet *sheet, const hm_runner *runner,
                                      const hm_day *day, const double z[3], const double param_z[],
                                      const double wind_mps[], double *time_s, hm_err *err);

/** The same by a full run through the wind. */
HM_CHECKED hm_status hm_odds_full_s(const hm_sheet *sheet, const hm_runner *runner,
                                    const hm_day *day, const double z[3], const double param_z[],
                                    const double wind_mps[], double *time_s, hm_err *err);

#endif
