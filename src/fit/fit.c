/* From a trace to a run: points, model, best parameters, what they are worth. */
#include "fit/fit.h"

#include "points_priv.h"

#include <math.h>
#include <string.h>

/* Options with what the trace tells in place of what they do not. */
static hm_fit_opts resolved(const hm_trace *t, const hm_fit_opts *opts)
{
    hm_fit_opts o = opts ? *opts : hm_fit_opts_default();
    HM_ASSERT(o.cookie == hm_fit_opts_default().cookie);
    struct {
        double *to, from;
    } pair[] = {{&o.mass_kg, t->mass_kg},   {&o.stature_m, t->stature_m},
                {&o.wind_mps, t->wind_mps}, {&o.altitude_m, t->altitude_m},
                {&o.temp_c, t->temp_c},     {&o.pressure_pa, t->pressure_pa}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (isnan(*pair[i].to))
            *pair[i].to = pair[i].from;
    o.reaction_s = fit_reaction_s(t, &o);
    return o;
}

/* One fit under way. */
typedef struct job {
    const hm_trace *trace;
    hm_fit_opts opts;
    hm_arena *arena, scratch;
    fit_points points;
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
    run->n_point = j->points.n;
    run->mass_kg = j->opts.mass_kg;
    run->stature_m = j->opts.stature_m;
    run->reaction_s = j->opts.reaction_s > 0 ? j->opts.reaction_s : (double)NAN;
    run->air = j->model.air;
    run->altitude_law = (hm_altitude_law)j->opts.altitude_law;
    run->n_param = j->model.n_param;
    for (int32_t i = 0; i < run->n_param; i++) {
        run->param_name[i] = j->model.param[i].name;
        run->param[i] = j->best.p[i];
        for (int32_t k = 0; k < run->n_param; k++)
            run->covariance[i][k] = j->best.covariance[i][k];
    }
}

/* Observations beside the fitted curve, in the order and on the clock of the trace. */
static hm_status put_points(job *j, hm_err *err)
{
    const fit_points *o = &j->points;
    hm_sprinter_run *run = &j->run;
    double *fitted = HM_PUSH(&j->scratch, double, o->n);
    hm_fit_point *by_obs = HM_PUSH(&j->scratch, hm_fit_point, j->trace->n_obs);
    run->point = HM_PUSH(j->arena, hm_fit_point, o->n);
    if (!fitted || !by_obs || !run->point)
        return no_memory(err);
    if (!j->model.observe(&j->model, j->best.p, o->observe, o->n, o->at, fitted, NULL))
        return hm_err_set(err, HM_ERR_NUMERIC, NULL, 0, 0, NULL, "the best fit is no run");
    double at_shift = 0, value_shift = 0, sum = 0, worst = 0;
    *(o->observe == HM_OBSERVE_TIME ? &value_shift : &at_shift) = j->opts.reaction_s + o->idle_s;
    for (int32_t i = 0; i < o->n; i++) {
        double r = fitted[i] - o->observed[i];
        by_obs[o->of[i]] = (hm_fit_point){.at = o->at[i] + at_shift,
                                          .observed = o->observed[i] + value_shift,
                                          .fitted = fitted[i] + value_shift,
                                          .sigma = o->sigma ? o->sigma[i] : (double)NAN,
                                          .used = true};
        sum += r * r;
        worst = fmax(worst, fabs(r));
    }
    int32_t n = 0;
    for (int32_t i = 0; i < j->trace->n_obs; i++)
        if (by_obs[i].used)
            run->point[n++] = by_obs[i];
    run->rmse = sqrt(sum / o->n);
    run->rse = j->best.dof > 0 ? sqrt(sum / j->best.dof) : (double)NAN;
    run->max_abs = worst;
    run->chi2 = o->sigma ? j->best.sse : (double)NAN;
    return HM_OK;
}

static hm_status put_notes(job *j, hm_err *err)
{
    hm_notes *notes = &j->run.notes;
    if (!j->best.converged &&
        hm_notes_add(notes, j->arena,
                     "the fit did not converge: these numbers are not to be trusted") != HM_OK)
        return no_memory(err);
    for (int32_t i = 0; i < j->model.n_param; i++)
        if ((j->best.at_bound >> i & 1) &&
            hm_notes_add(notes, j->arena, "%s stands at its bound, %g: the observations want more",
                         j->model.param[i].name, j->best.p[i]) != HM_OK)
            return no_memory(err);
    return HM_OK;
}

/* ---- the fit ---- */

static hm_status fit(job *j, hm_err *err)
{
    HM_TRY(
        fit_points_of(j->trace, &j->opts, &j->scratch, &j->points, j->arena, &j->run.notes, err));
    if (j->opts.model == HM_MODEL_DRIVE)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "model", "drive cannot be fitted yet");
    HM_TRY(fit_classic_model(&j->opts, &j->points, &j->model, err));
    j->work = fit_work_new(&j->scratch, j->points.n);
    if (!j->work)
        return no_memory(err);
    HM_TRY(fit_solve(&j->model, &j->points, NULL, NULL, j->work, &j->best, err));
    put_head(j);
    HM_TRY(put_points(j, err));
    j->model.describe(&j->model, j->best.p, &j->run);
    return put_notes(j, err);
}

hm_status hm_fit_run(const hm_trace *trace, const hm_fit_opts *opts, hm_arena *arena,
                     hm_sprinter_run *run, hm_err *err)
{
    job j = {.trace = trace, .opts = resolved(trace, opts), .arena = arena};
    hm_arena_mark mark = hm_arena_mark_get(arena);
    j.run = hm_sprinter_run_default();
    /* one block for the points, the solver and the report, so that a small fit is quick */
    hm_arena_init(&j.scratch, 8192 + 256 * (size_t)trace->n_obs);
    hm_status status = fit(&j, err);
    hm_arena_free(&j.scratch);
    if (status == HM_OK)
        *run = j.run;
    else
        hm_arena_release(arena, mark);
    return status;
}
