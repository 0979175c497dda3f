#include "measure_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/window.h"

enum { SERIES_MIN = 30 /* fewer marks are gates, however evenly they come */ };

/* A first time beyond counts from elsewhere than the run. */
static const double clock_from_s = 1000;

/* ---- kind ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *steps_of(const measure_job *job, const hm_trace *t, bool of_time)
{
    double *d = HM_PUSH(job->scratch, double, t->n_obs);
    for (int32_t i = 1; d && i < t->n_obs; i++)
        d[i - 1] = of_time ? t->obs[i].time_s - t->obs[i - 1].time_s
                           : t->obs[i].distance_m - t->obs[i - 1].distance_m;
    return d;
}

/* Share of steps that are about as long as the middle one; slack for printed decimals. The steps
 * are put in order of length. */
static double evenness(double *step, int32_t n, double slack, double *middle)
{
    int32_t even = 0;
    qsort(step, (size_t)n, sizeof *step, by_value);
    *middle = step[n / 2];
    for (int32_t i = 0; i < n; i++)
        even += fabs(step[i] - *middle) <= 0.25 * fabs(*middle) + slack;
    return (double)even / n;
}

/* Samples by the clock, or marks along the track? */
static hm_status is_series(const measure_job *job, const hm_trace *t, bool *series)
{
    *series = false;
    if (t->n_obs < SERIES_MIN)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(job->scratch);
    double *dt_s = steps_of(job, t, true), *dx_m = steps_of(job, t, false), middle_s, middle_m;
    if (!dt_s || !dx_m)
        return HM_ERR_SYSTEM;
    double by_time = evenness(dt_s, t->n_obs - 1, 0.0101, &middle_s);
    double by_place = evenness(dx_m, t->n_obs - 1, 0, &middle_m);
    *series = by_time >= 0.9 && middle_s > 0 && by_time >= by_place;
    hm_arena_release(job->scratch, mark);
    return HM_OK;
}

static hm_status set_kinds(const measure_job *job, measure_run *run)
{
    hm_obs_kind kind = HM_OBS_GATE;
    bool series;
    hm_trace *t = &run->trace;
    if (job->opts->kind == HM_MEASURE_AUTO && run->has_speed) {
        kind = HM_OBS_SPEED;
    } else if (job->opts->kind == HM_MEASURE_AUTO) {
        HM_TRY(is_series(job, t, &series));
        kind = series ? HM_OBS_POSITION : HM_OBS_GATE;
    } else if (job->opts->kind != HM_MEASURE_GATE) {
        kind = job->opts->kind == HM_MEASURE_SPEED ? HM_OBS_SPEED : HM_OBS_POSITION;
    }
    for (int32_t i = 0; i < t->n_obs; i++)
        if (t->obs[i].kind == HM_OBS_KIND_COUNT)
            t->obs[i].kind = kind;
    return HM_OK;
}

static void set_sigmas(measure_run *run)
{
    for (int32_t i = 0; run->sigma && i < run->trace.n_obs; i++) {
        hm_obs *o = &run->trace.obs[i];
        double *at = o->kind == HM_OBS_POSITION ? &o->sigma_m
                     : o->kind == HM_OBS_SPEED  ? &o->sigma_mps
                                                : &o->sigma_s;
        if (isnan(*at))
            *at = run->sigma[i];
    }
}

/* ---- clock ---- */

/* Times of the day, or of a long session, count from the first of the run. */
static hm_status count_from_first(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    double first_s = t->obs[0].time_s;
    for (int32_t i = 1; i < t->n_obs; i++)
        first_s = t->obs[i].time_s < first_s ? t->obs[i].time_s : first_s;
    if (first_s <= clock_from_s && first_s >= -clock_from_s)
        return HM_OK;
    for (int32_t i = 0; i < t->n_obs; i++)
        t->obs[i].time_s -= first_s;
    if (measure_is_mark(&t->obs[0]) && t->time_zero == HM_ZERO_UNKNOWN) {
        t->time_zero = HM_ZERO_FIRST_GATE;
        t->gate0_m = isnan(t->gate0_m) ? t->obs[0].distance_m : t->gate0_m;
    }
    return hm_notes_add(&t->notes, job->arena, "times count from the first, %.15g s on its clock",
                        first_s);
}

static void drop(measure_run *run, int32_t i)
{
    hm_trace *t = &run->trace;
    size_t behind = (size_t)(t->n_obs - i - 1);
    memmove(t->obs + i, t->obs + i + 1, behind * sizeof *t->obs);
    if (run->line)
        memmove(run->line + i, run->line + i + 1, behind * sizeof *run->line);
    t->n_obs--;
}

/* A gate at 0 m that reads 0 s is where the clock starts, not an observation. */
static hm_status take_zero_mark(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    if (t->obs[0].kind != HM_OBS_GATE || t->obs[0].distance_m != 0 || t->obs[0].time_s != 0)
        return HM_OK;
    if (t->n_obs == 1)
        return measure_refuse_obs(job, run, 0, COL_DISTANCE,
                                  "expected marks beyond the start, found none");
    drop(run, 0);
    if (t->time_zero == HM_ZERO_UNKNOWN) {
        t->time_zero = HM_ZERO_FIRST_GATE;
        t->gate0_m = isnan(t->gate0_m) ? 0 : t->gate0_m;
    }
    return hm_notes_add(&t->notes, job->arena,
                        "the mark at 0 m reads 0 s: it starts the clock and is no observation");
}

static hm_status set_zero(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    if (t->time_zero != HM_ZERO_UNKNOWN || isnan(t->reaction_s))
        return HM_OK;
    t->time_zero = HM_ZERO_GUN;
    return hm_notes_add(&t->notes, job->arena,
                        "a reaction time is told: times taken to count from the gun");
}

static hm_status check_times(const measure_job *job, measure_run *run)
{
    static const double lo_s = -3600, hi_s = 36000; /* as hm_trace_check */
    for (int32_t i = 0; i < run->trace.n_obs; i++) {
        double time_s = run->trace.obs[i].time_s;
        if (!(time_s >= lo_s && time_s <= hi_s))
            return measure_refuse_obs(job, run, i, COL_TIME,
                                      "expected a time within 10 hours of the first, found %.15g s",
                                      time_s);
    }
    return HM_OK;
}

/* ---- gaps ---- */

static hm_status note_missing(const measure_job *job, measure_run *run)
{
    if (!run->n_missing)
        return HM_OK;
    return hm_notes_add(&run->trace.notes, job->arena, "%d values missing, the first on line %lld",
                        run->n_missing, (long long)run->missing_line);
}

/* Mean step of even samples, gaps left out: printed times are rounded, their mean is not. */
static double step_of(const measure_job *job, const hm_trace *t)
{
    hm_arena_mark mark = hm_arena_mark_get(job->scratch);
    double *dt_s = steps_of(job, t, true), middle_s, sum_s = 0;
    if (!dt_s)
        return NAN;
    int32_t n = t->n_obs - 1, k = 0;
    (void)evenness(dt_s, n, 0, &middle_s);
    for (; k < n && dt_s[k] <= 2 * middle_s; k++)
        sum_s += dt_s[k];
    hm_arena_release(job->scratch, mark);
    return k ? sum_s / k : (double)NAN;
}

static hm_status note_gaps(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    bool series = t->obs[0].kind == HM_OBS_POSITION || t->obs[0].kind == HM_OBS_SPEED;
    if (t->n_obs < SERIES_MIN || !series)
        return HM_OK;
    double step_s = step_of(job, t), longest_s = 0, at_s = 0;
    double slack_s = 0.25 * step_s < 0.005 ? 0.25 * step_s : 0.005;
    int32_t n = 0;
    for (int32_t i = 1; i < t->n_obs; i++) {
        double dt_s = t->obs[i].time_s - t->obs[i - 1].time_s;
        if (!(dt_s > 1.5 * step_s + slack_s))
            continue;
        n++;
        if (dt_s > longest_s) {
            longest_s = dt_s;
            at_s = t->obs[i - 1].time_s;
        }
    }
    if (n == 0)
        return HM_OK;
    return hm_notes_add(&t->notes, job->arena,
                        "%d gap%s between samples of %.3g s, the longest of %.3g s at %.3f s", n,
                        n > 1 ? "s" : "", step_s, longest_s, at_s);
}

/* ---- the run within its samples ---- */

static hm_status find_window(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    int32_t first, last;
    hm_measure_run_window(t, &first, &last);
    int32_t n_before = first, n_behind = t->n_obs - 1 - last;
    double from_s = t->obs[first].time_s, to_s = t->obs[last].time_s;
    if (n_before + n_behind == 0)
        return HM_OK;
    if (job->opts->crop) {
        t->obs += first;
        t->n_obs = last - first + 1;
    }
    return hm_notes_add(&t->notes, job->arena,
                        "the run is from %.3f s to %.3f s: %d samples before and %d behind %s",
                        from_s, to_s, n_before, n_behind,
                        job->opts->crop ? "were left out (crop)"
                                        : "are kept, crop leaves them out");
}

hm_status measure_run_finish(const measure_job *job, measure_run *run)
{
    HM_TRY(note_missing(job, run));
    HM_TRY(set_kinds(job, run));
    set_sigmas(run);
    HM_TRY(measure_run_order(job, run));
    HM_TRY(count_from_first(job, run));
    HM_TRY(check_times(job, run));
    HM_TRY(take_zero_mark(job, run));
    HM_TRY(set_zero(job, run));
    HM_TRY(note_gaps(job, run));
    HM_TRY(find_window(job, run));
    return hm_trace_check(&run->trace, job->err);
}

hm_status measure_keep_one(const measure_job *job, const hm_trace *trace)
{
    job->out->trace = HM_PUSH(job->arena, hm_trace, 1);
    if (!job->out->trace)
        return HM_ERR_SYSTEM;
    job->out->trace[0] = *trace;
    job->out->n = 1;
    return HM_OK;
}
