/* The 90 % interval of every estimate of a run: docs/physics/intervals.md. */
#include "interval_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/stat.h"

enum { N = FIT_PARAM_MAX, PROFILE_POINT_MAX = 5000 };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "intervals", 0, 0, NULL, "no memory");
}

/* A second copy of a run's estimates, in which values at other parameters are looked up. */
typedef struct lens {
    const fit_model *m;
    bool reported; /* there is more than what the model describes */
    hm_sprinter_run run;
    int32_t n;
    hm_estimate **at; /* (n) into run */
} lens;

/* with_report: rows, steps and changes too; they cost most of the time. */
static hm_status lens_make(const fit_model *m, const hm_sprinter_run *run, bool with_report,
                           hm_arena *scratch, lens *out, hm_err *err)
{
    *out = (lens){.m = m, .reported = run->n_row > 0, .run = *run};
    hm_sprinter_run *r = &out->run;
    if (!with_report)
        r->n_row = r->n_step = r->n_change = 0;
    size_t n_row = (size_t)r->n_row, n_step = (size_t)r->n_step, n_change = (size_t)r->n_change;
    out->n = hm_sprinter_estimates(r, 0, NULL);
    out->at = HM_PUSH(scratch, hm_estimate *, (size_t)out->n + 1);
    r->row = HM_PUSH(scratch, hm_fit_row, n_row + 1);
    r->step = HM_PUSH(scratch, hm_fit_step, n_step + 1);
    r->change = HM_PUSH(scratch, hm_fit_change, n_change + 1);
    if (!out->at || !r->row || !r->step || !r->change)
        return no_memory(err);
    /* loops: where there are none there is no address to copy from */
    for (size_t i = 0; i < n_row; i++)
        r->row[i] = run->row[i];
    for (size_t i = 0; i < n_step; i++)
        r->step[i] = run->step[i];
    for (size_t i = 0; i < n_change; i++)
        r->change[i] = run->change[i];
    hm_sprinter_estimates(r, out->n, out->at);
    return HM_OK;
}

static void look_up(lens *v, const double p[])
{
    if (v->reported)
        fit_report_values(v->m, p, &v->run);
    else
        v->m->describe(v->m, p, &v->run);
}

/* ---- what the noise asks for ---- */

/* How wide, in standard errors of the covariance, by how many degrees of freedom. */
typedef struct width {
    double t, dof;
    double z; /* were the noise known */
} width;

static hm_status inflation_of(const fit_model *m, const fit_points *o, const fit_solution *best,
                              hm_arena *scratch, double *inflation, hm_err *err)
{
    double *r = HM_PUSH(scratch, double, o->n);
    if (!r)
        return no_memory(err);
    *inflation = 1;
    if (!m->observe(m, best->p, o->observe, o->n, o->at, r, NULL))
        return HM_OK;
    for (int32_t i = 0; i < o->n; i++)
        r[i] = (r[i] - o->observed[i]) / (o->sigma ? o->sigma[i] : 1);
    *inflation = fit_noise_inflation(o->n, r, m->n_param);
    return HM_OK;
}

static width width_of(const fit_model *m, const fit_points *o, const fit_solution *best,
                      double inside, double inflation)
{
    width w;
    double wider = sqrt(inflation);
    if (o->sigma)
        w.dof = (double)INFINITY;
    else if (fit_has_priors(m))
        w.dof = m->noise_dof > 0 ? m->noise_dof : (double)INFINITY;
    else { /* as many independent points as the inflation leaves; they tell the variance, too */
        w.dof = fmax(best->n / inflation - m->n_param, 1);
        wider = sqrt(best->dof / w.dof);
    }
    w.t = hm_student_t_of(0.5 + 0.5 * inside, w.dof) * wider;
    w.z = hm_normal_of(0.5 + 0.5 * inside) * wider;
    return w;
}

/* ---- straight ---- */

static double step_of(const fit_solution *best, int32_t j)
{
    double sd = sqrt(best->covariance[j][j]), least = 1e-6 * fmax(fabs(best->p[j]), 1e-3);
    return fmax(0.01 * sd, least);
}

/* slope[k * N + j] = d value k / d parameter j, by differences about the best; NAN where a value
 * ceases to be near it. */
static void slopes(lens *v, const fit_solution *best, double slope[])
{
    const fit_model *m = v->m;
    for (int32_t j = 0; j < m->n_param; j++) {
        const fit_param *q = &m->param[j];
        double p[N], step = step_of(best, j);
        memcpy(p, best->p, sizeof p);
        p[j] = fmin(best->p[j] + step, q->hi);
        double apart = p[j];
        look_up(v, p);
        for (int32_t k = 0; k < v->n; k++)
            slope[k * N + j] = v->at[k]->value;
        p[j] = fmax(best->p[j] - step, q->lo);
        apart -= p[j];
        look_up(v, p);
        for (int32_t k = 0; k < v->n; k++)
            slope[k * N + j] = (slope[k * N + j] - v->at[k]->value) / apart;
    }
}

/* Half of the interval of a value. What its variance owes to priors needs no noise to be known, so
 * Student's t counts only for the rest, share: degrees of freedom / share^2 (Satterthwaite 1946),
 * by the first term in 1 / degrees. */
static double half_width(const fit_model *m, const fit_solution *best, const width *w,
                         const double slope[])
{
    double var = 0, by_prior = 0;
    for (int32_t j = 0; j < m->n_param; j++) {
        double cs = 0, prior_sd = m->param[j].prior_sd;
        for (int32_t k = 0; k < m->n_param; k++)
            cs += best->covariance[j][k] * slope[k];
        var += slope[j] * cs;
        if (prior_sd > 0)
            by_prior += cs * cs / (prior_sd * prior_sd);
    }
    if (!(var > 0))
        return isnan(var) ? var : 0;
    double share = fmin(fmax(1 - by_prior / var, 0), 1);
    return (w->z + (w->t - w->z) * share * share) * sqrt(var);
}

/* Values that cannot be negative: all but corrections of time and distance, slopes and gains. */
static bool is_signed(const hm_sprinter_run *run, const hm_estimate *e)
{
    if (e == &run->correction_tc_s || e == &run->correction_dc_m || e == &run->slope_n_s_per_m_kg ||
        e == &run->drf_per_mps)
        return true;
    for (int32_t i = 0; i < run->n_change; i++)
        if (e == &run->change[i].gain_s)
            return true;
    return false;
}

static void put(const hm_sprinter_run *run, hm_estimate *e, double lo, double hi)
{
    if (isnan(e->value))
        return;
    if (lo < 0 && !is_signed(run, e))
        lo = 0;
    e->lo90 = fmin(lo, e->value); /* fmin drops a NAN, so keep it */
    e->hi90 = fmax(hi, e->value);
    if (isnan(lo))
        e->lo90 = lo;
    if (isnan(hi))
        e->hi90 = hi;
}

static void put_straight(const fit_model *m, const fit_solution *best, const width *w,
                         const double slope[], int32_t n, hm_estimate *at[], hm_sprinter_run *run)
{
    for (int32_t k = 0; k < n; k++) {
        double half = half_width(m, best, w, slope + k * N);
        put(run, at[k], at[k]->value - half, at[k]->value + half);
    }
}

/* ---- profile ---- */

/* Values of one kind share how they are looked up away from the best fit. */
typedef enum look {
    LOOK_DESCRIBED, /* the model itself knows it: quick */
    LOOK_100M,      /* a time at 100 m: a slope in closed form */
    LOOK_REPORTED   /* all the rest */
} look;

typedef struct profile {
    fit_region region;
    lens own, described;
    const fit_solution *best;
    int32_t n_open, n_lost;
} profile;

static hm_status profile_make(const fit_model *m, const fit_points *o, const fit_solution *best,
                              const width *w, const hm_sprinter_run *run, hm_arena *scratch,
                              profile *out, hm_err *err)
{
    hm_sprinter_run blank = hm_sprinter_run_default();
    *out = (profile){.region = {.m = m, .points = o}, .best = best};
    m->describe(m, best->p, &blank);
    HM_TRY(lens_make(m, run, false, scratch, &out->own, err));
    HM_TRY(lens_make(m, &blank, false, scratch, &out->described, err));
    out->region.y = HM_PUSH(scratch, double, o->n);
    out->region.dy = HM_PUSH(scratch, double, (size_t)o->n *N);
    if (!out->region.y || !out->region.dy)
        return no_memory(err);
    double unit = o->sigma ? 1 : best->sse / fmax(best->dof, 1);
    out->region.limit = best->sse + w->t * w->t * unit;
    return HM_OK;
}

static look look_of(const profile *f, int32_t k)
{
    const hm_estimate *e = f->own.at[k];
    if (!isnan(f->described.at[k]->value))
        return LOOK_DESCRIBED;
    if (e == &f->own.run.predicted_100m_s || e == &f->own.run.still_100m_s)
        return LOOK_100M;
    return LOOK_REPORTED;
}

/* What a bent value needs to know of itself. */
typedef struct bend {
    profile *f;
    int32_t k;
    double beside[N]; /* slope of the value less that of the time at 100 m, at the best fit */
} bend;

static void described_slope(const void *ctx, const double p[], double slope[])
{
    const bend *b = ctx;
    lens *v = &b->f->described;
    const fit_model *m = v->m;
    double moved[N];
    memcpy(moved, p, sizeof *p * (size_t)m->n_param);
    for (int32_t j = 0; j < m->n_param; j++) {
        double step = step_of(b->f->best, j);
        moved[j] = p[j] + step;
        m->describe(m, moved, &v->run);
        slope[j] = v->at[b->k]->value;
        moved[j] = p[j] - step;
        m->describe(m, moved, &v->run);
        slope[j] = (slope[j] - v->at[b->k]->value) / (2 * step);
        moved[j] = p[j];
    }
}

static void slope_100m(const void *ctx, const double p[], double slope[])
{
    const bend *b = ctx;
    const fit_model *m = b->f->region.m;
    double at_m = 100, y, dy[N] = {0};
    bool runs = m->observe(m, p, HM_OBSERVE_TIME, 1, &at_m, &y, dy);
    for (int32_t j = 0; j < m->n_param; j++)
        slope[j] = runs ? dy[j] + b->beside[j] : (double)NAN;
}

/* The parameters at one end of the interval of value k. What a product of powers is needs no bend:
 * all that `mono` describes. */
static fit_extreme find_end(profile *f, const double slope[], int32_t k, look how, int sign,
                            double p[])
{
    bend b = {.f = f, .k = k};
    fit_slope turned = {how == LOOK_100M ? slope_100m : described_slope, &b};
    bool straight =
        how == LOOK_REPORTED || (how == LOOK_DESCRIBED && f->region.m->kind == HM_MODEL_MONO);
    if (how == LOOK_100M) {
        double there[N];
        slope_100m(&b, f->best->p, there);
        for (int32_t j = 0; j < f->region.m->n_param; j++)
            b.beside[j] = slope[j] - there[j];
    }
    return fit_region_extreme(&f->region, f->best->p, slope, straight ? NULL : &turned, sign, p);
}

/* One end of the interval of value k; NAN = open. otherwise: what to take when the search is lost.
 */
static double profile_end(profile *f, const double slope[], int32_t k, int sign, double otherwise)
{
    const fit_model *m = f->region.m;
    look how = look_of(f, k);
    double p[N];
    switch (find_end(f, slope, k, how, sign, p)) {
    case FIT_EXTREME_FOUND:
        if (how == LOOK_DESCRIBED) {
            m->describe(m, p, &f->described.run);
            return f->described.at[k]->value;
        }
        look_up(&f->own, p);
        return f->own.at[k]->value;
    case FIT_EXTREME_OPEN:
        f->n_open++;
        return (double)NAN;
    default:
        f->n_lost++;
        return otherwise;
    }
}

static bool moves(int32_t n_param, const double slope[])
{
    bool any = false;
    for (int32_t j = 0; j < n_param; j++) {
        if (isnan(slope[j]))
            return false;
        any = any || slope[j] != 0;
    }
    return any;
}

/* Replaces the straight intervals of the run's own estimates, which stand first. */
static void put_profile(profile *f, const double slope[], hm_estimate *at[], hm_sprinter_run *run)
{
    for (int32_t k = 0; k < f->own.n; k++) {
        if (isnan(at[k]->value) || !moves(f->region.m->n_param, slope + k * N))
            continue;
        double lo = profile_end(f, slope + k * N, k, -1, at[k]->lo90);
        double hi = profile_end(f, slope + k * N, k, +1, at[k]->hi90);
        put(run, at[k], lo, hi);
    }
}

/* ---- all ---- */

static void clear(int32_t n, hm_estimate *at[])
{
    for (int32_t k = 0; k < n; k++)
        at[k]->lo90 = at[k]->hi90 = (double)NAN;
}

static hm_interval_method method_of(const fit_model *m, const fit_points *o,
                                    const fit_solution *best, hm_interval_method wanted)
{
    if (wanted == HM_INTERVAL_NONE || !best->converged)
        return HM_INTERVAL_NONE;
    if (fit_has_priors(m))
        return HM_INTERVAL_POSTERIOR;
    if (!(best->dof > 0))
        return HM_INTERVAL_NONE;
    if (wanted == HM_INTERVAL_WALD || o->n > PROFILE_POINT_MAX)
        return HM_INTERVAL_WALD;
    return HM_INTERVAL_PROFILE;
}

typedef struct tale {
    double inflation;
    int32_t n_open, n_lost;
} tale;

static hm_status make(const fit_model *m, const fit_points *o, const fit_solution *best,
                      fit_level level, int32_t n, hm_estimate *at[], hm_arena *scratch,
                      hm_sprinter_run *run, tale *out, hm_err *err)
{
    lens v;
    double inflation = 1, *slope = HM_PUSH(scratch, double, (size_t)n *N);
    if (!slope)
        return no_memory(err);
    HM_TRY(lens_make(m, run, true, scratch, &v, err));
    if (!level.as_if_white)
        HM_TRY(inflation_of(m, o, best, scratch, &inflation, err));
    width w = width_of(m, o, best, level.inside, inflation);
    slopes(&v, best, slope);
    put_straight(m, best, &w, slope, n, at, run);
    *out = (tale){.inflation = inflation};
    if (run->interval != HM_INTERVAL_PROFILE)
        return HM_OK;
    profile f;
    HM_TRY(profile_make(m, o, best, &w, run, scratch, &f, err));
    put_profile(&f, slope, at, run);
    out->n_open = f.n_open;
    out->n_lost = f.n_lost;
    return HM_OK;
}

static hm_status tell(const tale *t, hm_arena *arena, hm_sprinter_run *run)
{
    if (t->inflation > 1)
        HM_TRY(hm_notes_add(&run->notes, arena,
                            "neighbouring residuals hang together: intervals are %.2f times as "
                            "wide as for independent errors",
                            sqrt(t->inflation)));
    if (t->n_open > 0)
        HM_TRY(hm_notes_add(&run->notes, arena,
                            "%d ends of intervals are left open: the observations do not bound "
                            "them",
                            t->n_open));
    if (t->n_lost > 0)
        HM_TRY(hm_notes_add(&run->notes, arena,
                            "%d ends of intervals by Wald: their profile was not found",
                            t->n_lost));
    return HM_OK;
}

hm_status fit_intervals_at(const fit_model *m, const fit_points *points, const fit_solution *best,
                           hm_interval_method method, fit_level level, hm_arena *arena,
                           hm_sprinter_run *run, hm_err *err)
{
    int32_t n = hm_sprinter_estimates(run, 0, NULL);
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_estimate **at = HM_PUSH(arena, hm_estimate *, (size_t)n + 1);
    if (!at)
        return no_memory(err);
    hm_sprinter_estimates(run, n, at);
    clear(n, at);
    run->interval = method_of(m, points, best, method);
    tale told = {.inflation = 1};
    hm_status status = HM_OK;
    if (run->interval != HM_INTERVAL_NONE)
        status = make(m, points, best, level, n, at, arena, run, &told, err);
    hm_arena_release(arena, mark);
    HM_TRY(status);
    if (tell(&told, arena, run) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, "intervals", 0, 0, NULL, "no memory");
    return HM_OK;
}

hm_status fit_intervals(const fit_model *m, const fit_points *points, const fit_solution *best,
                        hm_interval_method method, hm_arena *arena, hm_sprinter_run *run,
                        hm_err *err)
{
    return fit_intervals_at(m, points, best, method, (fit_level){0.90, false}, arena, run, err);
}
