#include "measure_priv.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool measure_is_mark(const hm_obs *o)
{
    return o->kind == HM_OBS_GATE || o->kind == HM_OBS_FINISH;
}

typedef struct order {
    double distance_m;
    int32_t i;
} order;

static int by_distance(const void *a, const void *b)
{
    const order *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m > y->distance_m ? 1 : -1;
    return (x->i > y->i) - (x->i < y->i);
}

/* Marks that stand in another order than they were passed: put by distance. */
static hm_status sort_marks(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    bool sorted = true;
    for (int32_t i = 0; i < t->n_obs; i++) {
        if (!measure_is_mark(&t->obs[i]))
            return HM_OK; /* several kinds: as they stand */
        sorted &= i == 0 || t->obs[i].distance_m >= t->obs[i - 1].distance_m;
    }
    if (sorted)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(job->scratch);
    order *by = HM_PUSH(job->scratch, order, t->n_obs);
    hm_obs *obs = HM_PUSH(job->scratch, hm_obs, t->n_obs);
    uint32_t *line = HM_PUSH(job->scratch, uint32_t, t->n_obs);
    if (!by || !obs || !line)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < t->n_obs; i++)
        by[i] = (order){t->obs[i].distance_m, i};
    qsort(by, (size_t)t->n_obs, sizeof *by, by_distance);
    for (int32_t i = 0; i < t->n_obs; i++) {
        obs[i] = t->obs[by[i].i];
        line[i] = run->line ? run->line[by[i].i] : 0;
    }
    memcpy(t->obs, obs, (size_t)t->n_obs * sizeof *obs);
    if (run->line)
        memcpy(run->line, line, (size_t)t->n_obs * sizeof *line);
    hm_arena_release(job->scratch, mark);
    return hm_notes_add(&t->notes, job->arena, "the marks were put in order of distance");
}

static bool same_obs(const hm_obs *a, const hm_obs *b)
{
    bool distance =
        a->distance_m == b->distance_m || (isnan(a->distance_m) && isnan(b->distance_m));
    bool speed = a->speed_mps == b->speed_mps || (isnan(a->speed_mps) && isnan(b->speed_mps));
    return a->kind == b->kind && a->time_s == b->time_s && distance && speed;
}

/* What stands twice, one behind the other, counts once. */
static hm_status drop_doubles(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    int32_t kept = 1;
    for (int32_t i = 1; i < t->n_obs; i++) {
        if (same_obs(&t->obs[i], &t->obs[kept - 1]))
            continue;
        t->obs[kept] = t->obs[i];
        if (run->line)
            run->line[kept] = run->line[i];
        kept++;
    }
    int32_t n_double = t->n_obs - kept;
    t->n_obs = kept;
    return n_double ? hm_notes_add(&t->notes, job->arena, "%d observations stand twice: once kept",
                                   n_double)
                    : HM_OK;
}

hm_status measure_refuse_obs(const measure_job *job, measure_run *run, int32_t i,
                             measure_column column, const char *fmt, ...)
{
    char msg[300], field[32];
    const hm_obs *o = &run->trace.obs[i];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    run->fault = i;
    run->fault_column = column;
    snprintf(field, sizeof field, "%g m", o->distance_m);
    return hm_err_set(job->err, HM_ERR_INPUT, job->source, run->line ? run->line[i] : 0, 0,
                      measure_is_mark(o) ? field : measure_column_name(column), "%s", msg);
}

/* Marks: distance and time rise together. */
static hm_status check_mark(const measure_job *job, measure_run *run, int32_t last, int32_t i)
{
    const hm_obs *o = &run->trace.obs[i], *before = &run->trace.obs[last];
    if (o->distance_m > before->distance_m && o->time_s > before->time_s)
        return HM_OK;
    if (o->distance_m == before->distance_m)
        return measure_refuse_obs(job, run, i, COL_DISTANCE,
                                  "expected each distance once in a run, found it again (a column "
                                  "run, or the option runs_by, tells runs apart)");
    if (o->distance_m < before->distance_m)
        return measure_refuse_obs(job, run, i, COL_DISTANCE,
                                  "expected a distance above that of the mark before, %.15g m",
                                  before->distance_m);
    return measure_refuse_obs(job, run, i, COL_TIME,
                              "expected a time above the %.15g s at %g m, found %.15g s",
                              before->time_s, before->distance_m, o->time_s);
}

static hm_status check_order(const measure_job *job, measure_run *run)
{
    const hm_trace *t = &run->trace;
    int32_t last[HM_OBS_KIND_COUNT];
    memset(last, 0xff, sizeof last);
    for (int32_t i = 0; i < t->n_obs; i++) {
        hm_obs_kind kind = measure_is_mark(&t->obs[i]) ? HM_OBS_GATE : t->obs[i].kind;
        int32_t before = last[kind];
        last[kind] = i;
        if (before < 0)
            continue;
        if (kind == HM_OBS_GATE)
            HM_TRY(check_mark(job, run, before, i));
        else if (t->obs[i].time_s < t->obs[before].time_s)
            return measure_refuse_obs(job, run, i, COL_TIME,
                                      "expected a time not before that of the sample above, %.15g "
                                      "s, found %.15g s (a column run, or the option runs_by, "
                                      "tells runs apart)",
                                      t->obs[before].time_s, t->obs[i].time_s);
    }
    return HM_OK;
}

hm_status measure_run_order(const measure_job *job, measure_run *run)
{
    HM_TRY(sort_marks(job, run));
    HM_TRY(drop_doubles(job, run));
    HM_TRY(measure_run_pieces(job, run));
    return check_order(job, run);
}
