/* fit/fit.h - from what was measured of one run to the runner.
 *
 * Glossary: MSS = asymptote of speed; MAC = acceleration at first movement; tau = MSS / MAC;
 * TC, FD, DC = corrections of time, flying distance and distance (docs/physics/fit.md);
 * RSE = sqrt(SSE / (n - p)), RMSE = sqrt(SSE / n). */
#ifndef HM_FIT_FIT_H
#define HM_FIT_FIT_H

#include "base/option.h"
#include "data/sprinter.h"
#include "data/trace.h"

/** How to fit. NAN = as the trace says, or not known. Laid out by hm_fit_table. */
typedef struct hm_fit_opts {
    uint32_t cookie;
    int32_t model;        /* hm_fit_model; default drive */
    int32_t correct;      /* hm_fit_correct; default none */
    int32_t observe;      /* hm_fit_observe; one beyond = by the observations */
    int32_t interval;     /* hm_interval_method; one beyond = profile, posterior with priors */
    int32_t altitude_law; /* hm_altitude_law */
    double fixed_fd_m;    /* a flying distance given by hand; NAN = none */
    double reaction_s;    /* taken from the times */
    double rounded_up_s;  /* step to which official times were rounded up; 0 = were not */
    double mass_kg, stature_m;
    double wind_mps, altitude_m, temp_c, pressure_pa;
    double sigma_s, sigma_m, sigma_mps; /* of observations that tell none; NAN = unweighted */
    double outlier_sd;                  /* beyond so many robust sds an observation is flagged */
    bool drop_outliers;                 /* leave flagged observations out and fit again */
    bool report;                        /* rows, steps and changes too; false = parameters only */
} hm_fit_opts;

hm_fit_opts hm_fit_opts_default(void);
extern const hm_option_table hm_fit_table;

/**
 * Fit one run.
 *
 * in     trace  passes hm_trace_check
 *        opts   from hm_fit_opts_default (asserted); NULL = defaults
 * out    run    all that is known of the runner, the notes of the trace first; untouched on
 * failure. converged = false: the numbers are the best that were found and a note says why they are
 * not to be trusted errors HM_ERR_INPUT    observations that are no run: fewer than parameters, all
 * at one distance, times that fall, never starts; field and observation named HM_ERR_NUMERIC  the
 * observations do not determine the parameters HM_ERR_USAGE    an option out of its range, a model
 * that cannot be fitted to what was observed memory results in arena, scratch given back threads:
 * pure test   tests/unit/fit/
 */
HM_CHECKED hm_status hm_fit_run(const hm_trace *trace, const hm_fit_opts *opts, hm_arena *arena,
                                hm_sprinter_run *run, hm_err *err);

#endif
