/* fit/model_priv.h - what the fit asks of a model of a run, and what the rooms' files share.
 *
 *   trace --points--> fit_points --solve(model)--> fit_solution --describe--> values of a run
 *                                                        '--interval--> lo90, hi90 of each value */
#ifndef HM_FIT_MODEL_PRIV_H
#define HM_FIT_MODEL_PRIV_H

#include "fit/fit.h"
#include "sprint/drive.h"

enum { FIT_PARAM_MAX = HM_SPRINTER_PARAM_MAX };

/** Observations as the fit sees them: one quantity, structure of arrays. */
typedef struct fit_points {
    int32_t n;
    hm_fit_observe observe;
    const double *at;       /* (n) m for times; s for distances and speeds; ascending */
    const double *observed; /* (n) s, m or m/s; reaction already taken off */
    const double *sigma;    /* (n) NULL = unweighted */
    const int32_t *of;      /* (n) index of the observation in the trace */
    double gate0_m;         /* where on the tape the clock begins: 0 = at the start line */
    double idle_s; /* standing still before the run, taken off the clock as well; 0 = none */
} fit_points;

/**
 * The observations of a trace that the fit uses, in order and checked (points.c).
 *
 * in     opts   observe, correct, reaction_s (NAN = the trace's) and sigmas
 * out    points in scratch;  notes  in arena: what was left out and why
 * errors HM_ERR_INPUT with "observation N" as source and the field at fault
 */
HM_CHECKED hm_status fit_points_of(const hm_trace *trace, const hm_fit_opts *opts,
                                   hm_arena *scratch, fit_points *points, hm_arena *arena,
                                   hm_notes *notes, hm_err *err);

/** How the clock and the tape of the trace stand to those of the model: at distance x of the trace
 * it is  s(x - dc + fd) - s(fd) + tc + reaction  on its clock. */
typedef struct fit_clock {
    double reaction_s, tc_s, fd_m, dc_m; /* 0 = none */
} fit_clock;

/** The solver works in a scale in which the parameter is free or nearly so. */
typedef enum fit_scale {
    FIT_SCALE_PLAIN,
    FIT_SCALE_LOG,       /* > 0 */
    FIT_SCALE_ROOT,      /* >= 0: the square root is fitted */
    FIT_SCALE_ROOT_BELOW /* <= hi: that of the way to hi is */
} fit_scale;

typedef struct fit_param {
    const char *name; /* ends in its unit */
    fit_scale scale;
    double lo, hi;          /* [1] */
    double start;           /* [1] */
    double prior, prior_sd; /* [1] NAN = none */
} fit_param;

/** A model of a run with its corrections. Parameters are natural, in the unit of their names. */
typedef struct fit_model fit_model;
struct fit_model {
    hm_fit_model kind;
    hm_fit_correct correct;
    int32_t n_param;
    fit_param param[FIT_PARAM_MAX];
    hm_air air;        /* of the run, filled with the reference where not known */
    double fixed_fd_m; /* 0 = none */
    double mass_kg, stature_m;
    double drag_per_m, drag_ref_per_m; /* in the air of the run; in the reference air */

    double reaction_s; /* 0 = none */
    double gate0_m;    /* of the points; part of dc_m of the clock */

    /* Where the points are unweighted and there are priors: what an sd of one observation is
     * beforehand [unit of the observed], and the sd of its logarithm. */
    double usual_sd, usual_spread; /* [1] */
    /* What it is taken for, which weighs the priors, and how many degrees of freedom that has:
     * usual_sd until fit_settle_noise has asked the residuals. */
    double noise_sd, noise_dof; /* [1] */

    /**
     * The observed quantity at each at[i].
     * out   y   (n);  dy   (n x n_param, a column for each parameter), NULL = not wanted
     *       returns false where these parameters make no run: the solver steps back
     * memory none, threads: pure
     */
    bool (*observe)(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                    const double at[], double y[], double dy[]);

    /** The runner (burst in it) behind the parameters and how his clock runs, for predictions. */
    void (*drive)(const fit_model *m, const double p[], hm_drive *drive, fit_clock *clock);

    /** Values of the model's own estimates: MSS .. decay (not rows, steps, changes, 100 m). */
    void (*describe)(const fit_model *m, const double p[], hm_sprinter_run *run);
};

/** Best parameters and what is known of their error. */
typedef struct fit_solution {
    double p[FIT_PARAM_MAX];
    double covariance[FIT_PARAM_MAX][FIT_PARAM_MAX]; /* natural units, noise variance included */
    double sse;        /* [1] of the data, weighted where there are sigmas */
    double cost;       /* [1] sse and priors: what is least */
    double noise_var;  /* [1] by which the covariance was scaled: RSE^2, with priors the model's
                        * noise_sd^2, 1 with sigmas; NAN = as many points as parameters */
    int32_t n, dof;    /* points; n - p, priors not counted */
    uint32_t at_bound; /* bit j: parameter j stands at a bound */
    bool converged;
} fit_solution;

/** One more residual, (value(p) - target) weight: pulls a derived value to where a profile wants
 * it. */
typedef struct fit_pull {
    double (*value)(const void *ctx, const double p[]);
    const void *ctx;
    double target, weight; /* [1] */
} fit_pull;

/** Scratch of one solver; made once, used for any number of solves up to its sizes. NULL = no
 * memory. */
typedef struct fit_work fit_work;
fit_work *fit_work_new(hm_arena *arena, int32_t n_point_max, int32_t n_param_max);

/**
 * The observed quantity at every point and its derivatives, as the model's observe. Asked again for
 * the place at which the last solve or look ended, nothing is worked out anew; so between two
 * solves a work serves one model.
 *
 * out    y   (n);  dy   (n x n_param, a column for each parameter); they stay until the next call
 *        returns false where these parameters make no run
 * memory work
 */
bool fit_look(const fit_model *m, const fit_points *points, const double p[], fit_work *work,
              const double **y, const double **dy);

/**
 * Least squares of model against points (solve.c). No allocation inside.
 * in     pull   NULL = none
 *        start  natural parameters; NULL = the model's
 * errors HM_ERR_NUMERIC singular: which parameter is not determined
 */
HM_CHECKED hm_status fit_solve(const fit_model *m, const fit_points *points, const fit_pull *pull,
                               const double start[], fit_work *work, fit_solution *out,
                               hm_err *err);

/** Does any parameter have a prior? */
bool fit_has_priors(const fit_model *m);

/**
 * Where priors are and no sigmas, find out the noise (noise.c): sets noise_sd and noise_dof and
 * solves again.
 *
 * in     best  the solution by usual_sd
 * errors those of fit_solve.  memory none
 */
HM_CHECKED hm_status fit_settle_noise(fit_model *m, const fit_points *points, fit_work *work,
                                      fit_solution *best, hm_err *err);

/** Where that noise lies about, at a tenth of the cost. */
HM_CHECKED hm_status fit_guess_noise(fit_model *m, const fit_points *points, fit_work *work,
                                     fit_solution *best, hm_err *err);

/**
 * What every model is told alike (model.c): kind, correction, body, clock, the air of the run (the
 * reference's where not known) and its drag.
 * errors HM_ERR_USAGE a correction of distance for speeds at times
 */
HM_CHECKED hm_status fit_model_begin(const hm_fit_opts *opts, const fit_points *points,
                                     fit_model *m, hm_err *err);

/** mono and decay with their corrections (classic.c); start values from the points. */
HM_CHECKED hm_status fit_classic_model(const hm_fit_opts *opts, const fit_points *points,
                                       fit_model *m, hm_err *err);

/** drive (drive.c): its parameters, priors and start values. */
HM_CHECKED hm_status fit_drive_model(const hm_fit_opts *opts, const fit_points *points,
                                     fit_model *m, hm_err *err);

/** Which rows, steps and changes a run reports; fills their distances and names (report.c). */
HM_CHECKED hm_status fit_report_plan(const fit_model *m, const fit_points *points, hm_arena *arena,
                                     hm_sprinter_run *run, hm_err *err);

/** The value of every estimate of the run at these parameters: the model's own and the report's. */
void fit_report_values(const fit_model *m, const double p[], hm_sprinter_run *run);

/**
 * lo90 and hi90 of every estimate of a run whose values stand at the solution (interval.c).
 *
 * in     method  what is wanted; where it cannot be had (priors ask for the posterior, too many
 *                points for a profile) the next best
 * out    run     intervals; run->interval says what was used in the end; notes
 * errors HM_ERR_SYSTEM no memory
 * memory notes in arena, that of the run; scratch given back
 */
HM_CHECKED hm_status fit_intervals(const fit_model *m, const fit_points *points,
                                   const fit_solution *best, hm_interval_method method,
                                   hm_arena *arena, hm_sprinter_run *run, hm_err *err);

/**
 * Say so where times without a correction show that their clock does not begin with the run
 * (clock_hint.c).
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status fit_note_clock(const hm_fit_opts *opts, const fit_points *points,
                                    hm_arena *scratch, hm_arena *arena, hm_notes *notes);

/**
 * Say so where times of a drive come later at the end than fatigue explains (drive_ease.c). At most
 * one run in a hundred that the model describes is told so.
 * errors HM_ERR_SYSTEM no memory for the note
 * test   tests/unit/fit/test_drive.c, tests/physics/test_ease.c
 */
HM_CHECKED hm_status fit_note_ease(const fit_model *m, const fit_points *points,
                                   const fit_solution *best, fit_work *work, hm_arena *arena,
                                   hm_notes *notes);

#endif
