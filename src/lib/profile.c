/* A profile: traces in, fitted runs out, all in arenas of its own. */
#include "lib_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"

static hm_profile *profile_new(void)
{
    hm_arena arena;
    hm_arena_init(&arena, 2 * 1024);
    hm_profile *p = HM_PUSH(&arena, hm_profile, 1);
    if (p)
        p->arena = arena;
    else
        hm_arena_free(&arena);
    return p;
}

void hm_profile_free(hm_profile *p)
{
    if (!p)
        return;
    for (int i = 0; i < p->n_worker; i++)
        hm_arena_free(&p->worker[i]);
    hm_arena arena = p->arena; /* p lives in it */
    hm_arena_free(&arena);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "profile", 0, 0, NULL, "no memory");
}

/* ---- fitting ---- */

typedef struct fit_job {
    hm_profile *profile;
    const hm_trace *trace; /* (profile->n) */
    const hm_fit_opts *opts;
} fit_job;

/* What cannot be fitted keeps its name, and its reason as one line. */
static void fit_one(void *ctx, int64_t i, int worker)
{
    const fit_job *job = ctx;
    hm_profile *p = job->profile;
    hm_err err = {0};
    char line[1024];
    p->status[i] = hm_fit_run(&job->trace[i], job->opts, &p->worker[worker], &p->run[i], &err);
    if (p->status[i] == HM_OK)
        return;
    p->run[i] = hm_sprinter_run_default();
    p->run[i].athlete = job->trace[i].athlete;
    p->run[i].run = job->trace[i].run;
    p->run[i].date = job->trace[i].date;
    hm_err_text(&err, line, sizeof line);
    p->error[i] = hm_arena_text(&p->worker[worker], line);
    if (!p->error[i])
        p->status[i] = HM_ERR_SYSTEM;
}

/* Slots of n runs and arenas of n workers; nothing is known of any run yet. */
static hm_status make_room(hm_profile *p, int32_t n, int n_worker, hm_err *err)
{
    p->run = HM_PUSH(&p->arena, hm_sprinter_run, n);
    p->status = HM_PUSH(&p->arena, hm_status, n);
    p->error = HM_PUSH(&p->arena, const char *, n);
    p->worker = HM_PUSH(&p->arena, hm_arena, n_worker);
    if (!p->run || !p->status || !p->error || !p->worker)
        return no_memory(err);
    for (int i = 0; i < n_worker; i++)
        hm_arena_init(&p->worker[i], 8 * 1024);
    p->n_worker = n_worker;
    p->n = n;
    for (int32_t i = 0; i < n; i++)
        p->error[i] = "";
    return HM_OK;
}

static hm_status fit_all(hm_profile *p, const hm_trace *trace, int32_t n, const lib_options *o,
                         hm_err *err)
{
    int n_thread = o->own.threads > 0 ? o->own.threads : hm_par_cpu_count();
    n_thread = n_thread < n ? n_thread : n;
    HM_TRY(make_room(p, n, n_thread, err));
    fit_job job = {p, trace, &o->fit};
    hm_par_for(n_thread, n, fit_one, &job);
    for (int32_t i = 0; i < n; i++)
        if (p->status[i] == HM_ERR_SYSTEM) /* of one, then of all: none was judged by its data */
            return no_memory(err);
    return HM_OK;
}

/* ---- from arrays ---- */

typedef struct arrays {
    hm_fit_observe observe;
    const double *at, *observed, *sigma; /* [1] (n) in the units of what is observed */
    size_t n;
} arrays;

static hm_obs obs_of(const arrays *a, size_t i)
{
    hm_obs o = {.distance_m = NAN,
                .time_s = a->at[i],
                .speed_mps = NAN,
                .sigma_m = NAN,
                .sigma_s = NAN,
                .sigma_mps = NAN};
    double sigma = a->sigma ? a->sigma[i] : (double)NAN;
    if (a->observe == HM_OBSERVE_TIME) {
        o.kind = HM_OBS_GATE;
        o.distance_m = a->at[i];
        o.time_s = a->observed[i];
        o.sigma_s = sigma;
    } else if (a->observe == HM_OBSERVE_DISTANCE) {
        o.kind = HM_OBS_POSITION;
        o.distance_m = a->observed[i];
        o.sigma_m = sigma;
    } else {
        o.kind = HM_OBS_SPEED;
        o.speed_mps = a->observed[i];
        o.sigma_mps = sigma;
    }
    return o;
}

static hm_status trace_of(const arrays *a, const lib_opts *o, hm_arena *arena, hm_trace *out,
                          hm_err *err)
{
    if (!a->at || !a->observed || a->n == 0)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL, "expected observations, found none");
    if (a->n > HM_TRACE_OBS_MAX)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL,
                          "expected at most %d observations, found %llu", HM_TRACE_OBS_MAX,
                          (unsigned long long)a->n);
    hm_trace t = hm_trace_default();
    t.athlete = o->athlete;
    t.run = o->run;
    t.date = o->date;
    t.time_zero = (hm_time_zero)o->time_zero;
    t.n_obs = (int32_t)a->n;
    t.obs = HM_PUSH(arena, hm_obs, a->n);
    if (!t.obs)
        return no_memory(err);
    for (size_t i = 0; i < a->n; i++)
        t.obs[i] = obs_of(a, i);
    HM_TRY(hm_trace_check(&t, err));
    *out = t;
    return HM_OK;
}

static hm_status fit_arrays(hm_profile *p, const arrays *a, const char *options, hm_err *err)
{
    lib_options o;
    HM_TRY(lib_options_read(options, LIB_TAKE_FIT, &p->arena, &o, err));
    hm_trace *trace = HM_PUSH(&p->arena, hm_trace, 1);
    if (!trace)
        return no_memory(err);
    HM_TRY(trace_of(a, &o.own, &p->arena, trace, err));
    HM_TRY(fit_all(p, trace, 1, &o, err));
    return p->status[0] == HM_OK
               ? HM_OK
               : hm_err_set(err, p->status[0], NULL, 0, 0, NULL, "%s", p->error[0]);
}

/* ---- the calls ---- */

static int deliver(hm_status status, const hm_err *err, hm_profile *p, hm_profile **out,
                   char *message, size_t message_size)
{
    if (status != HM_OK) {
        hm_profile_free(p);
        p = NULL;
    }
    *out = p;
    return lib_report(status, err, message, message_size);
}

static int fit(const arrays *a, const char *options, hm_profile **out, char *message,
               size_t message_size)
{
    hm_err err = {0};
    hm_profile *p = profile_new();
    hm_status status = p ? fit_arrays(p, a, options, &err) : no_memory(&err);
    return deliver(status, &err, p, out, message, message_size);
}

int hm_fit_times(const double *distance_m, const double *time_s, const double *sigma_s, size_t n,
                 const char *options, hm_profile **profile, char *message, size_t message_size)
{
    arrays a = {HM_OBSERVE_TIME, distance_m, time_s, sigma_s, n};
    return fit(&a, options, profile, message, message_size);
}

int hm_fit_distances(const double *time_s, const double *distance_m, const double *sigma_m,
                     size_t n, const char *options, hm_profile **profile, char *message,
                     size_t message_size)
{
    arrays a = {HM_OBSERVE_DISTANCE, time_s, distance_m, sigma_m, n};
    return fit(&a, options, profile, message, message_size);
}

int hm_fit_speeds(const double *time_s, const double *speed_mps, const double *sigma_mps, size_t n,
                  const char *options, hm_profile **profile, char *message, size_t message_size)
{
    arrays a = {HM_OBSERVE_SPEED, time_s, speed_mps, sigma_mps, n};
    return fit(&a, options, profile, message, message_size);
}

static hm_status fit_file(hm_profile *p, const char *path, const char *options, hm_err *err)
{
    lib_options o;
    hm_traces traces;
    if (!path)
        return hm_err_set(err, HM_ERR_NOFILE, NULL, 0, 0, NULL, "expected a path, found none");
    HM_TRY(lib_options_read(options, LIB_TAKE_FIT | LIB_TAKE_FILE, &p->arena, &o, err));
    HM_TRY(hm_measure_read(path, &o.measure, &p->arena, &traces, err));
    p->notes = traces.notes;
    return fit_all(p, traces.trace, traces.n, &o, err);
}

int hm_fit_file(const char *path, const char *options, hm_profile **profile, char *message,
                size_t message_size)
{
    hm_err err = {0};
    hm_profile *p = profile_new();
    hm_status status = p ? fit_file(p, path, options, &err) : no_memory(&err);
    return deliver(status, &err, p, profile, message, message_size);
}

/* ---- from a sprinter's file ---- */

static hm_status take_runs(hm_profile *p, const hm_sprinter *s, hm_err *err)
{
    HM_TRY(make_room(p, s->n_run, 0, err));
    for (int32_t i = 0; i < s->n_run; i++)
        p->run[i] = s->run[i];
    p->notes = s->notes;
    return HM_OK;
}

int hm_profile_read(const char *path, hm_profile **profile, char *message, size_t message_size)
{
    hm_err err = {0};
    hm_sprinter s;
    hm_profile *p = profile_new();
    hm_status status = p ? HM_OK : no_memory(&err);
    if (p && !path)
        status = hm_err_set(&err, HM_ERR_NOFILE, NULL, 0, 0, NULL, "expected a path, found none");
    if (status == HM_OK)
        status = hm_sprinter_read(path, &p->arena, &s, &err);
    if (status == HM_OK)
        status = take_runs(p, &s, &err);
    return deliver(status, &err, p, profile, message, message_size);
}

int hm_profile_parse(const char *json, size_t n, hm_profile **profile, char *message,
                     size_t message_size)
{
    hm_err err = {0};
    hm_sprinter s;
    hm_profile *p = profile_new();
    hm_status status = p ? HM_OK : no_memory(&err);
    if (p && !json)
        status = hm_err_set(&err, HM_ERR_INPUT, NULL, 0, 0, NULL, "expected a text, found none");
    if (status == HM_OK)
        status = hm_sprinter_parse("json", json, n, &p->arena, &s, &err);
    if (status == HM_OK)
        status = take_runs(p, &s, &err);
    return deliver(status, &err, p, profile, message, message_size);
}

/* ---- from training ---- */

static hm_status fit_in_situ(hm_profile *p, const char *path, const char *options, hm_err *err)
{
    lib_options o;
    hm_traces traces;
    hm_sprinter s = {0};
    if (!path)
        return hm_err_set(err, HM_ERR_NOFILE, NULL, 0, 0, NULL, "expected a path, found none");
    HM_TRY(lib_options_read(options, LIB_TAKE_FILE | LIB_TAKE_INSITU, &p->arena, &o, err));
    HM_TRY(hm_measure_read(path, &o.measure, &p->arena, &traces, err));
    HM_TRY(hm_fit_insitu(traces.trace, traces.n, &o.insitu, &p->arena, &s, err));
    HM_TRY(take_runs(p, &s, err));
    for (int32_t i = 0; i < traces.notes.n; i++)
        if (hm_notes_add(&p->notes, &p->arena, "%s", traces.notes.text[i]) != HM_OK)
            return no_memory(err);
    return HM_OK;
}

int hm_fit_in_situ(const char *path, const char *options, hm_profile **profile, char *message,
                   size_t message_size)
{
    hm_err err = {0};
    hm_profile *p = profile_new();
    hm_status status = p ? fit_in_situ(p, path, options, &err) : no_memory(&err);
    return deliver(status, &err, p, profile, message, message_size);
}
