/* From a trace to a run: points, model, best parameters, what they are worth. */
#include "fit/fit.h"

#include "outlier_priv.h"
#include "points_priv.h"

enum { OUTLIER_NOTE_MAX = 10 };

#include <math.h>
#include <string.h>

/* Options with what the trace tells in place of what they do not. */
static hm_fit_opts resolved(const hm_trace *t, const hm_fit_opts *opts)
{
    hm_fit_opts o = opts ? *opts : hm_fit_opts_default();
    struct {
        double *to, from;
    } pair[] = {{&o.mass_kg, t->mass_kg},
                {&o.stature_m, t->stature_m},
                {&o.wind_mps, t->wind_mps},
                {&o.altitude_m, t->altitude_m},
                {&o.temp_c, t->temp_c},
                {&o.pressure_pa, t->pressure_pa},
                {&o.rounded_up_s, t->rounded_up_s}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (isnan(*pair[i].to))
            *pair[i].to = pair[i].from;
    o.reaction_s = fit_reaction_s(t, &o);
    /* a clock that begins at the first gate: the run has come so far by then */
    if (isnan(o.fixed_fd_m) && o.correct != HM_CORRECT_FD && fit_gate0_m(t) > 0)
        o.fixed_fd_m = fit_gate0_m(t);
    return o;
}

/* One fit under way. */
typedef struct job {
    const hm_trace *trace;
    hm_fit_opts opts;
    hm_arena *arena, scratch;
    fit_points all, points; /* points: those that are fitted */
    fit_flags flags;
    fit_model model;
    fit_work *work;
    fit_solution best;
    hm_sprinter_run run;
} job;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- filling in the run ---- */

static void put_head(job *j)
{
    hm_sprinter_run *run = &j->run;
    run->athlete = j->trace->athlete;
    run->run = j->trace->run;
    run->date = j->trace->date;
    run->model = j->model.kind;
    run->correct = j->model.correct;
    run->observe = j->points.observe;
    run->interval = HM_INTERVAL_NONE;
    run->converged = j->best.converged;
    run->mass_kg = j->opts.mass_kg;
    run->stature_m = j->opts.stature_m;
    run->reaction_s = j->opts.reaction_s > 0 ? j->opts.reaction_s : (double)NAN;
    run->air = (hm_air){j->opts.wind_mps, j->opts.altitude_m, j->opts.temp_c, j->opts.pressure_pa};
    run->altitude_law = (hm_altitude_law)j->opts.altitude_law;
    run->n_param = j->model.n_param;
    for (int32_t i = 0; i < run->n_param; i++) {
        run->param_name[i] = j->model.param[i].name;
        run->param[i] = j->best.p[i];
        for (int32_t k = 0; k < run->n_param; k++)
            run->covariance[i][k] = j->best.covariance[i][k];
    }
}

/* ---- observations beside the curve ---- */

/* Every point in the order of the trace, on its clock. rank: (n_obs) zeros. */
static void lay_points(job *j, const double fitted[], int32_t rank[])
{
    const fit_points *o = &j->all;
    hm_sprinter_run *run = &j->run;
    bool times = o->observe == HM_OBSERVE_TIME;
    double shift_s = j->model.reaction_s + o->idle_s, value_shift = times ? shift_s : 0;
    for (int32_t i = 0; i < o->n; i++)
        rank[o->of[i]] = 1;
    for (int32_t i = 0; i < j->trace->n_obs; i++) {
        bool there = rank[i];
        rank[i] = run->n_point;
        run->n_point += there;
    }
    for (int32_t i = 0; i < o->n; i++) {
        bool off = j->flags.flagged && j->flags.flagged[i];
        run->point[rank[o->of[i]]] = (hm_fit_point){.at = o->at[i] + (times ? 0 : shift_s),
                                                    .observed = o->observed[i] + value_shift,
                                                    .fitted = fitted[i] + value_shift,
                                                    .sigma = o->sigma ? o->sigma[i] : (double)NAN,
                                                    .outlier = off,
                                                    .used = !(off && j->opts.drop_outliers)};
    }
}

/* What is left of the points that were used. */
static void put_misfit(job *j)
{
    hm_sprinter_run *run = &j->run;
    double sum = 0, worst = 0;
    for (int32_t i = 0; i < run->n_point; i++) {
        double r = run->point[i].fitted - run->point[i].observed;
        if (!run->point[i].used)
            continue;
        sum += r * r;
        worst = fmax(worst, fabs(r));
    }
    run->rmse = sqrt(sum / j->best.n);
    run->rse = j->best.dof > 0 ? sqrt(sum / j->best.dof) : (double)NAN;
    run->max_abs = worst;
    run->chi2 = j->points.sigma ? j->best.sse : (double)NAN;
}

static hm_status put_points(job *j, hm_err *err)
{
    const fit_points *o = &j->all;
    hm_sprinter_run *run = &j->run;
    const double *fitted, *slopes;
    int32_t *rank = HM_PUSH(&j->scratch, int32_t, j->trace->n_obs);
    run->point = HM_PUSH(j->arena, hm_fit_point, o->n);
    if (!rank || !run->point)
        return no_memory(err);
    if (!fit_look(&j->model, o, j->best.p, j->work, &fitted, &slopes))
        return hm_err_set(err, HM_ERR_NUMERIC, NULL, 0, 0, NULL,
                          "the best fit does not reach every observation");
    lay_points(j, fitted, rank);
    put_misfit(j);
    return HM_OK;
}

/* ---- notes ---- */

static hm_status note_outliers(job *j)
{
    const fit_flags *f = &j->flags;
    int32_t told = 0;
    for (int32_t i = 0; i < j->all.n && f->n_flagged > 0; i++) {
        if (!f->flagged[i])
            continue;
        if (told++ < OUTLIER_NOTE_MAX)
            HM_TRY(hm_notes_add(
                &j->run.notes, j->arena,
                "observation %d at %g %s stands %.1f sd off the curve of the "
                "others%s%s",
                j->all.of[i] + 1, j->all.at[i], j->all.observe == HM_OBSERVE_TIME ? "m" : "s",
                f->off_sd[i], j->opts.drop_outliers ? " and was left out" : "",
                i == 0 && j->model.correct == HM_CORRECT_NONE && !(j->model.fixed_fd_m > 0)
                    ? ": a flying start or a late clock does that, see tc and fd"
                    : ""));
    }
    if (told > OUTLIER_NOTE_MAX)
        return hm_notes_add(&j->run.notes, j->arena, "%d more observations stand off the curve",
                            told - OUTLIER_NOTE_MAX);
    return HM_OK;
}

static hm_status note_fit(job *j)
{
    hm_notes *notes = &j->run.notes;
    if (!j->best.converged)
        HM_TRY(hm_notes_add(notes, j->arena,
                            "the fit did not converge: these numbers are not to be trusted"));
    if (j->best.dof <= 0 && j->points.n < j->model.n_param + 1)
        HM_TRY(
            hm_notes_add(notes, j->arena,
                         "%d observations for %d parameters: nothing is left to judge the fit by",
                         j->points.n, j->model.n_param));
    for (int32_t i = 0; i < j->model.n_param; i++)
        if (j->best.at_bound >> i & 1)
            HM_TRY(hm_notes_add(notes, j->arena, "%s stands at its bound, %g",
                                j->model.param[i].name, j->best.p[i]));
    return HM_OK;
}

/* ---- the fit ---- */

static hm_status set_model(job *j, hm_err *err)
{
    return j->opts.model == HM_MODEL_DRIVE
               ? fit_drive_model(&j->opts, &j->points, &j->model, err)
               : fit_classic_model(&j->opts, &j->points, &j->model, err);
}

static hm_status look_for_outliers(job *j, hm_err *err)
{
    HM_TRY(fit_flag_outliers(&j->model, &j->points, &j->best, j->opts.outlier_sd, j->work,
                             &j->scratch, &j->flags, err));
    if (j->opts.drop_outliers && j->flags.n_flagged > 0) {
        j->points = j->flags.kept;
        j->best = j->flags.without;
        HM_TRY(fit_settle_noise(&j->model, &j->points, j->work, &j->best, err));
    }
    return HM_OK;
}

/* Estimates, and the intervals of all that has a value by then. */
static hm_status report(job *j, hm_err *err)
{
    const fit_model *m = &j->model;
    bool chosen = j->opts.interval < HM_INTERVAL_COUNT;
    hm_interval_method method = chosen ? (hm_interval_method)j->opts.interval : HM_INTERVAL_PROFILE;
    if (j->opts.report) {
        HM_TRY(fit_report_plan(m, &j->points, j->arena, &j->run, err));
        fit_report_values(m, j->best.p, &j->run);
    } else {
        m->describe(m, j->best.p, &j->run);
    }
    if (method == HM_INTERVAL_NONE)
        return HM_OK;
    return fit_intervals(m, &j->points, &j->best, method, j->arena, &j->run, err);
}

/* Priors can make a run of a single mark, but only the time of a whole race says enough to try. */
static hm_status check_enough(const job *j, hm_err *err)
{
    if (j->points.n > 1 || j->trace->obs[j->points.of[0]].kind == HM_OBS_FINISH)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL,
                      "expected two observations or more, or the time of a whole race, found one");
}

/* What was assumed or looked wrong when the run was read stands with what the fit says of it. */
static hm_status keep_notes(job *j)
{
    for (int32_t i = 0; i < j->trace->notes.n; i++)
        HM_TRY(hm_notes_add(&j->run.notes, j->arena, "%s", j->trace->notes.text[i]));
    return HM_OK;
}

static hm_status fit(job *j, hm_err *err)
{
    if (keep_notes(j) != HM_OK)
        return no_memory(err);
    HM_TRY(
        fit_points_of(j->trace, &j->opts, &j->scratch, &j->points, j->arena, &j->run.notes, err));
    HM_TRY(check_enough(j, err));
    j->all = j->points;
    HM_TRY(set_model(j, err));
    j->work = fit_work_new(&j->scratch, j->points.n, j->model.n_param);
    if (!j->work)
        return no_memory(err);
    HM_TRY(fit_solve(&j->model, &j->points, NULL, NULL, j->work, &j->best, err));
    HM_TRY(fit_settle_noise(&j->model, &j->points, j->work, &j->best, err));
    HM_TRY(look_for_outliers(j, err));
    put_head(j);
    HM_TRY(put_points(j, err));
    if (note_outliers(j) != HM_OK || note_fit(j) != HM_OK)
        return no_memory(err);
    if (j->opts.report &&
        (fit_note_clock(&j->opts, &j->points, &j->scratch, j->arena, &j->run.notes) != HM_OK ||
         fit_note_ease(&j->model, &j->points, &j->best, j->work, j->arena, &j->run.notes) != HM_OK))
        return no_memory(err);
    return report(j, err);
}

hm_status hm_fit_run(const hm_trace *trace, const hm_fit_opts *opts, hm_arena *arena,
                     hm_sprinter_run *run, hm_err *err)
{
    HM_ASSERT(!opts || opts->cookie == hm_fit_opts_default().cookie);
    if (opts)
        HM_TRY(hm_option_check(&hm_fit_table, opts, err));
    job j = {.trace = trace, .opts = resolved(trace, opts), .arena = arena};
    hm_arena_mark mark = hm_arena_mark_get(arena);
    j.run = hm_sprinter_run_default();
    /* one block for the points, the solver and the report, so that a small fit is quick */
    hm_arena_init(&j.scratch, 8192 + 384 * (size_t)trace->n_obs);
    hm_status status = fit(&j, err);
    hm_arena_free(&j.scratch);
    if (status == HM_OK)
        *run = j.run;
    else
        hm_arena_release(arena, mark);
    return status;
}
