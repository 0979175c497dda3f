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

#define HM_SPRINTER_FORMAT "hectometre-sprinter"

enum {
    HM_SPRINTER_VERSION = 1,
    HM_SPRINTER_RUN_MAX = 10000,
    HM_SPRINTER_PARAM_MAX = 8,
    HM_SPRINTER_FILE_MAX = 16 * 1024 * 1024 /* bytes */
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
    HM_OBSERVE_SPEED
} hm_fit_observe;

/** A value and its 90 % interval, all in the unit that the field's name ends in. */
typedef struct hm_estimate {
    double value;      /* [1] NAN = not part of this run */
    double lo90, hi90; /* [1] NAN = not determined */
} hm_estimate;

typedef struct hm_sprinter_run {
    const char *athlete, *run; /* run "" = the only one */
    hm_fit_model model;
    hm_fit_correct correct;
    hm_fit_observe observe; /* which quantity carries the error */
    bool converged;
    int32_t n_point;
    double mass_kg, stature_m;

    hm_estimate mss_mps;  /* asymptote of speed; not the top speed of `decay` */
    hm_estimate mac_mps2; /* acceleration at the first movement */
    hm_estimate tau_s;
    hm_estimate pmax_w_per_kg;
    hm_estimate correction_tc_s, correction_fd_m, correction_dc_m;
    hm_estimate predicted_100m_s; /* reaction included when the trace told it */
    hm_estimate f0_n_per_kg, v0_mps, rf_max_frac, drf_per_mps; /* with body size */

    double rse, rmse, max_abs; /* [1] in the unit of the observed quantity */

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
 * Are the estimates possible and inside their intervals, is the covariance symmetric with a
 * diagonal that is not negative? errors HM_ERR_INPUT with "run N" as source and the field at fault
 */
HM_CHECKED hm_status hm_sprinter_check(const hm_sprinter *s, hm_err *err);

/** Write a checked sprinter; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_sprinter_write(const char *path, const hm_sprinter *s, hm_err *err);

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
