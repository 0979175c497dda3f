/* data/sprinter.h - a fitted runner: still-air, sea-level profile of each run, with its
 * uncertainty.
 *
 * Made by FIT, read by RACE, kept as JSON (docs/formats/sprinter.md). All pointers live in the
 * arena that the maker was given. NAN = not known or not part of the model. */
#ifndef HM_DATA_SPRINTER_H
#define HM_DATA_SPRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/notes.h"
#include "data/estimate.h"

#define HM_SPRINTER_FORMAT "hectometre-sprinter"

enum {
    HM_SPRINTER_VERSION = 1,
    HM_SPRINTER_RUN_MAX = 10000,
    HM_SPRINTER_PARAM_MAX = 8,
    HM_SPRINTER_POINT_MAX = 200 * 1000,
    HM_SPRINTER_LIST_MAX = 1000,             /* rows, steps or changes of a run */
    HM_SPRINTER_FILE_MAX = 256 * 1024 * 1024 /* bytes */
};

typedef enum hm_fit_model { HM_MODEL_MONO, HM_MODEL_DECAY, HM_MODEL_DRIVE } hm_fit_model;
typedef enum hm_fit_correct {
    HM_CORRECT_NONE,
    HM_CORRECT_TC,
    HM_CORRECT_FD,
    HM_CORRECT_DC,
    HM_CORRECT_TC_DC
} hm_fit_correct;
typedef enum hm_fit_observe {
    HM_OBSERVE_TIME,
    HM_OBSERVE_DISTANCE,
    HM_OBSERVE_SPEED,
    HM_OBSERVE_ACCELERATION /* against speed: fit/insitu.h */
} hm_fit_observe;

/** How the 90 % intervals of a run were made. */
typedef enum hm_interval_method {
    HM_INTERVAL_NONE,      /* as many points as parameters: nothing to judge by */
    HM_INTERVAL_WALD,      /* covariance and Student t, through the delta method */
    HM_INTERVAL_PROFILE,   /* profile likelihood and Student t */
    HM_INTERVAL_POSTERIOR, /* priors and data together, `drive` */
    HM_INTERVAL_COUNT
} hm_interval_method;

/** What altitude does to the air. Theory and real marks differ threefold: the law is named. */
typedef enum hm_altitude_law {
    HM_ALTITUDE_OBSERVED,
    HM_ALTITUDE_DENSITY,
    HM_ALTITUDE_MUREIKA,
    HM_ALTITUDE_COUNT
} hm_altitude_law;

/** Names in files and on the command line, in the order of the enums; NULL at the end. */
extern const char *const hm_fit_model_word[], *const hm_fit_correct_word[];
extern const char *const hm_altitude_law_word[], *const hm_interval_method_word[];

/** The air of a run. */
typedef struct hm_air {
    double wind_mps; /* > 0 = from behind */
    double altitude_m, temp_c;
    double pressure_pa; /* NAN = that of the standard atmosphere at this altitude */
} hm_air;

/** One observation beside the fitted run. */
typedef struct hm_fit_point {
    double at;               /* [1] m for times, s for distances and speeds */
    double observed, fitted; /* [1] in the unit of the observed quantity */
    double sigma;            /* [1] as given or assumed; NAN = unweighted */
    bool outlier;            /* stands off the curve far more than the others */
    bool used;               /* false = left out on request */
} hm_fit_point;

/** When the run is at a distance. From times: on clock and tape of the trace, reaction included
 * when it told it. From distances and speeds, whose clock may begin anywhere: from the first
 * movement. */
typedef struct hm_fit_row {
    double distance_m;
    hm_estimate time_s;
    hm_estimate speed_mps;
} hm_fit_row;

/** The runner's steps around a distance, from stature and speed. */
typedef struct hm_fit_step {
    double distance_m, speed_mps;
    hm_estimate length_m, rate_hz, contact_s, flight_s;
    hm_estimate vertical_n_per_m, leg_n_per_m; /* stiffness, Morin 2005; needs mass */
} hm_fit_step;

/** What another condition or another runner would be worth over 100 m. */
typedef struct hm_fit_change {
    const char *name;   /* "wind +2.0 m/s", "altitude 1000 m", "1 kg lighter", "force +1 %" */
    hm_estimate gain_s; /* > 0 = faster */
} hm_fit_change;

typedef struct hm_sprinter_run {
    const char *athlete, *run, *date; /* run "" = the only one */
    hm_fit_model model;
    hm_fit_correct correct;
    hm_fit_observe observe; /* which quantity carries the error */
    hm_interval_method interval;
    bool converged;
    int32_t n_point;
    double mass_kg, stature_m;
    double reaction_s; /* taken from the times before the fit; NAN = none */
    hm_air air;        /* in which the run was made */
    hm_altitude_law altitude_law;

    hm_estimate mss_mps;  /* asymptote of speed; not the top speed of `decay` and `drive` */
    hm_estimate mac_mps2; /* acceleration at the first movement */
    hm_estimate tau_s;
    hm_estimate pmax_w_per_kg; /* mono: MSS MAC / 4, air left out; drive: F0 V0 / 4 */
    hm_estimate correction_tc_s, correction_fd_m, correction_dc_m;
    hm_estimate top_speed_mps, top_speed_at_m; /* highest of the fitted 100 m; mono: at 100 m */
    hm_estimate decay_mps2;                    /* speed lost per second to fatigue; mono: none */
    hm_estimate predicted_100m_s;              /* in the air of the run, by the clock of the rows */
    hm_estimate still_100m_s;                  /* the same in still air at sea level and 15 C */
    hm_estimate f0_n_per_kg, v0_mps, slope_n_s_per_m_kg; /* with body size; drive: always */
    hm_estimate fv_pmax_w_per_kg;                        /* F0 V0 / 4 */
    hm_estimate rf_max_frac, drf_per_mps;
    hm_estimate equal_gain_at_m; /* up to here more force gains more time than more velocity */

    double rse, rmse, max_abs; /* [1] in the unit of the observed quantity */
    double chi2;               /* [1] with sigmas; NAN without */

    int32_t n_row, n_step, n_change;
    hm_fit_point *point;   /* (n_point) in the order of the trace */
    hm_fit_row *row;       /* (n_row) ascending distance */
    hm_fit_step *step;     /* (n_step) ascending distance */
    hm_fit_change *change; /* (n_change) */
    hm_notes notes;        /* extrapolated, outliers, stood at a bound, suspicious splits */

    /* what was fitted, for drawing runs from it */
    int32_t n_param;
    const char *param_name[HM_SPRINTER_PARAM_MAX]; /* (n_param) each ends in its unit */
    double param[HM_SPRINTER_PARAM_MAX];           /* [1] (n_param) in the unit of its name */
    double covariance[HM_SPRINTER_PARAM_MAX][HM_SPRINTER_PARAM_MAX]; /* [1] (n_param x n_param) */
} hm_sprinter_run;

typedef struct hm_sprinter {
    int32_t n_run;
    hm_sprinter_run *run; /* (n_run) */
    hm_notes notes;
} hm_sprinter;

/** A run of which nothing is known: texts "", numbers NAN. */
hm_sprinter_run hm_sprinter_run_default(void);

/**
 * Every estimate of a run, of its rows, steps and changes, in a fixed order, so that intervals are
 * made for all alike.
 * out    at   (at most max) pointers into the run; NULL = only count
 *        returns how many stand in at, or, without at, how many there are
 * errors none.  memory none.  threads: pure
 */
int32_t hm_sprinter_estimates(hm_sprinter_run *run, int32_t max, hm_estimate *at[]);

/**
 * Are the estimates possible and inside their intervals, is the covariance symmetric with a
 * diagonal that is not negative? errors HM_ERR_INPUT with "run N" as source and the field at fault
 */
HM_CHECKED hm_status hm_sprinter_check(const hm_sprinter *s, hm_err *err);

/** Write a checked sprinter; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_sprinter_write(const char *path, const hm_sprinter *s, hm_err *err);

/**
 * The runs as a table for spreadsheets and scripts: a row for each run, a column for each number
 * and, beside an estimate, _lo90 and _hi90. What is not known is left empty. "-" = standard output.
 */
HM_CHECKED hm_status hm_sprinter_write_csv(const char *path, const hm_sprinter *s, hm_err *err);

/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_sprinter_print(const hm_sprinter *s, hm_arena *arena, char **text,
                                       size_t *n, hm_err *err);

/**
 * Read and check. Unknown keys become notes.
 * out    s  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value
 * memory arena
 */
HM_CHECKED hm_status hm_sprinter_read(const char *path, hm_arena *arena, hm_sprinter *s,
                                      hm_err *err);
HM_CHECKED hm_status hm_sprinter_parse(const char *source, const char *bytes, size_t n,
                                       hm_arena *arena, hm_sprinter *s, hm_err *err);

#endif
