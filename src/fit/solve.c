/* Least squares of a model against points.
 *
 * The search runs in scales (log, root) in which a parameter is free or nearly so. A parameter that
 * leaves its range is held at the bound: its column of derivatives is zero, so the others find
 * their best beside it. Afterwards each held parameter is asked whether the cost falls inwards; if
 * so it is let go and the search goes on. */
#include "model_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/lsq.h"

_Static_assert((int)FIT_PARAM_MAX <= (int)HM_LSQ_PARAM_MAX, "the solver has room for all");

enum { EVAL_MAX = 1000, RELEASE_MAX = 4 };

/* Relative change of cost and parameters at which the search ends: as far as doubles go. */
static const double tol = 1e-11;

/* As tol where only the size of the cost is asked for. */
static const double rough_tol = 0.05;

/* How far inside a bound a parameter starts again, in its scale. */
static const double inside = 1e-7;

struct fit_work {
    int32_t n_point_max, n_param_max;
    double *lsq;     /* hm_lsq_work_count */
    double *y, *dy;  /* (n_point), (n_point x n_param) */
    double *r, *jac; /* (n_point + n_param + 1): priors, a pull; that x n_param */

    /* of what y and dy are; seen_at NULL = of nothing */
    const double *seen_at;
    int32_t n_seen;
    double seen_p[FIT_PARAM_MAX];
};

fit_work *fit_work_new(hm_arena *arena, int32_t n_point_max, int32_t n_param_max)
{
    size_t n = (size_t)n_point_max, n_param = (size_t)n_param_max, n_row = n + n_param + 1;
    size_t n_lsq = hm_lsq_work_count((int32_t)n_row, n_param_max);
    fit_work *w = HM_PUSH(arena, fit_work, 1);
    double *d = w ? HM_PUSH(arena, double, n_lsq + (n + n_row) * (n_param + 1)) : NULL;
    if (!d)
        return NULL;
    *w = (fit_work){
        .n_point_max = n_point_max, .n_param_max = n_param_max, .lsq = d, .y = d + n_lsq};
    w->dy = w->y + n;
    w->r = w->dy + n * n_param;
    w->jac = w->r + n_row;
    return w;
}

bool fit_look(const fit_model *m, const fit_points *o, const double p[], fit_work *work,
              const double **y, const double **dy)
{
    size_t p_bytes = sizeof *p * (size_t)m->n_param;
    bool seen =
        work->seen_at == o->at && work->n_seen == o->n && memcmp(work->seen_p, p, p_bytes) == 0;
    *y = work->y;
    *dy = work->dy;
    if (seen)
        return true;
    bool fine = m->observe(m, p, o->observe, o->n, o->at, work->y, work->dy);
    work->seen_at = fine ? o->at : NULL;
    work->n_seen = o->n;
    memcpy(work->seen_p, p, p_bytes);
    return fine;
}

typedef struct search {
    const fit_model *m;
    const fit_points *points;
    const fit_pull *pull;
    fit_work *work;
    int32_t n_row;
    uint32_t fixed; /* bit j: parameter j stays where it is */
    double fixed_p[FIT_PARAM_MAX];
} search;

/* ---- scales ---- */

static double to_scale(const fit_param *q, double p)
{
    switch (q->scale) {
    case FIT_SCALE_LOG:
        return hm_log(p);
    case FIT_SCALE_ROOT:
        return sqrt(fmax(p, 0));
    case FIT_SCALE_ROOT_BELOW:
        return sqrt(fmax(q->hi - p, 0));
    default:
        return p;
    }
}

/* Natural value and its derivative by the scale: 0 where the bound holds it. */
static double from_scale(const fit_param *q, double x, double *slope)
{
    double p = x;
    *slope = 1;
    if (q->scale == FIT_SCALE_LOG) {
        p = *slope = hm_exp(x);
    } else if (q->scale == FIT_SCALE_ROOT) {
        p = x > 0 ? x * x : -1;
        *slope = 2 * x;
    } else if (q->scale == FIT_SCALE_ROOT_BELOW) {
        p = x > 0 ? q->hi - x * x : q->hi;
        *slope = -2 * x;
    }
    if (p > q->lo && p < q->hi)
        return p;
    *slope = 0;
    return p <= q->lo ? q->lo : q->hi;
}

static void natural(const search *s, const double x[], double p[], double slope[])
{
    for (int32_t j = 0; j < s->m->n_param; j++) {
        p[j] = from_scale(&s->m->param[j], x[j], &slope[j]);
        if (s->fixed >> j & 1) {
            p[j] = s->fixed_p[j];
            slope[j] = 0;
        }
    }
}

/* ---- residuals ---- */

static bool has_prior(const fit_param *q)
{
    return q->prior_sd > 0;
}

/* Priors weigh as observations do: with sigmas in units of theirs, else of the noise expected. */
static double prior_weight(const search *s, const fit_param *q)
{
    return (s->points->sigma ? 1 : s->m->noise_sd) / q->prior_sd;
}

/* A column of what was seen, in units of its noise and times a factor. Written, not multiplied,
 * where that is 0: what is seen may be infinite there. */
static void put_column(const fit_points *o, const double from[], double factor, double to[])
{
    if (factor == 0)
        memset(to, 0, sizeof *to * (size_t)o->n);
    else if (o->sigma)
        for (int32_t i = 0; i < o->n; i++)
            to[i] = from[i] * factor / o->sigma[i];
    else
        for (int32_t i = 0; i < o->n; i++)
            to[i] = from[i] * factor;
}

/* Rows of the priors from row on; returns the row behind them. */
static size_t put_priors(const search *s, const double p[], const double slope[], size_t row,
                         double r[], double jac[])
{
    size_t m = (size_t)s->n_row;
    for (int32_t k = 0; k < s->m->n_param; k++) {
        const fit_param *q = &s->m->param[k];
        if (!has_prior(q))
            continue;
        double weight = prior_weight(s, q);
        r[row] = (p[k] - q->prior) * weight;
        for (int32_t j = 0; j < s->m->n_param; j++)
            jac[(size_t)j * m + row] = j == k ? weight * slope[j] : 0;
        row++;
    }
    return row;
}

/* Differences: a model knows no derivatives of what is derived from it. */
static void put_pull(const search *s, const double p[], const double slope[], size_t row,
                     double r[], double jac[])
{
    const fit_pull *pull = s->pull;
    int32_t n_param = s->m->n_param;
    double value = pull->value(pull->ctx, p), moved[FIT_PARAM_MAX];
    r[row] = (value - pull->target) * pull->weight;
    memcpy(moved, p, sizeof *p * (size_t)n_param);
    for (int32_t j = 0; j < n_param; j++) {
        double step = 1e-6 * fmax(fabs(p[j]), 1e-3);
        moved[j] = p[j] + step;
        double by_p = (pull->value(pull->ctx, moved) - value) / (moved[j] - p[j]) * pull->weight;
        jac[(size_t)j * (size_t)s->n_row + row] = slope[j] == 0 ? 0 : by_p * slope[j];
        moved[j] = p[j];
    }
}

/* Observations, priors and pull at natural p, columns by what p changes by slope with. */
static bool rows_at(const search *s, const double p[], const double slope[], double r[],
                    double jac[])
{
    const fit_points *o = s->points;
    const double *y, *dy;
    if (!fit_look(s->m, o, p, s->work, &y, &dy))
        return false;
    for (int32_t i = 0; i < o->n; i++)
        r[i] = y[i] - o->observed[i];
    put_column(o, r, 1, r);
    for (int32_t j = 0; j < s->m->n_param; j++)
        put_column(o, dy + (size_t)j * (size_t)o->n, slope[j], jac + (size_t)j * (size_t)s->n_row);
    size_t row = put_priors(s, p, slope, (size_t)o->n, r, jac);
    if (s->pull)
        put_pull(s, p, slope, row, r, jac);
    return true;
}

static bool rows(void *ctx, const double x[], double r[], double jac[])
{
    const search *s = ctx;
    double p[FIT_PARAM_MAX], slope[FIT_PARAM_MAX];
    natural(s, x, p, slope);
    return rows_at(s, p, slope, r, jac);
}

/* ---- the search ---- */

/* Rows that this search has: observations, priors, perhaps a pull. */
static int32_t count_rows(const search *s)
{
    int32_t n = s->points->n + (s->pull ? 1 : 0);
    for (int32_t j = 0; j < s->m->n_param; j++)
        n += has_prior(&s->m->param[j]);
    return n;
}

/* From a bound, where p stands, the place just inside of it; low: by its scale the bound is the
 * lower one. */
static double just_inside(const fit_param *q, double p, bool *low)
{
    *low = (p <= q->lo) != (q->scale == FIT_SCALE_ROOT_BELOW);
    double edge = to_scale(q, p);
    return edge + (*low ? inside : -inside) * fmax(1, fabs(edge));
}

/* Let go the parameters at a bound, where slope is 0, at which the cost falls inwards. true: there
 * were some. */
static bool release(search *s, const double p[], const double slope[], double x[])
{
    int32_t m = s->n_row;
    bool any = false;
    for (int32_t j = 0; j < s->m->n_param; j++) {
        bool low;
        if ((s->fixed >> j & 1) || slope[j] != 0)
            continue;
        double was = x[j];
        x[j] = just_inside(&s->m->param[j], p[j], &low);
        double uphill = rows(s, x, s->work->r, s->work->jac)
                            ? hm_lsq_dot(m, s->work->jac + (size_t)j * (size_t)m, s->work->r)
                            : 0;
        if (low ? uphill < 0 : uphill > 0)
            any = true;
        else
            x[j] = was;
    }
    return any;
}

/* Where a search ended. */
typedef struct place {
    double p[FIT_PARAM_MAX]; /* natural */
    double cost;
    bool converged;
    uint32_t fixed; /* as search */
} place;

/* From natural start to the best near it, with the parameters of `fixed` held at their lower
 * bounds. rough: only the size of the cost is asked for. */
static hm_status descend(const search *base, const double start[], uint32_t fixed, bool rough,
                         place *out, hm_err *err)
{
    search s = *base;
    hm_lsq lsq = {s.n_row, s.m->n_param, rows, &s, rough ? rough_tol : tol, EVAL_MAX, rough};
    hm_lsq_end end;
    place found = {.fixed = fixed};
    double x[FIT_PARAM_MAX], slope[FIT_PARAM_MAX];
    s.fixed = fixed;
    for (int32_t j = 0; j < s.m->n_param; j++) {
        const fit_param *q = &s.m->param[j];
        s.fixed_p[j] = q->lo;
        x[j] = to_scale(q, fmin(fmax(start[j], q->lo), q->hi));
    }
    for (int i = 0; i <= RELEASE_MAX; i++) {
        HM_TRY(hm_lsq_solve(&lsq, x, s.work->lsq, &end, err));
        natural(&s, x, found.p, slope);
        found.converged = end.converged;
        if (!release(&s, found.p, slope, x))
            break;
        found.converged = false;
    }
    found.cost = end.sum;
    *out = found;
    return HM_OK;
}

/* ---- what the solution is worth ---- */

/* Covariance of the free parameters, before the noise; the rest stays zero. */
static uint32_t spread(const search *s, uint32_t free, double cov[FIT_PARAM_MAX][FIT_PARAM_MAX])
{
    size_t m = (size_t)s->n_row;
    double *jac = s->work->jac, small[FIT_PARAM_MAX * FIT_PARAM_MAX];
    int32_t n = 0, of[FIT_PARAM_MAX];
    for (int32_t j = 0; j < s->m->n_param; j++)
        if (free >> j & 1) {
            memmove(jac + (size_t)n * m, jac + (size_t)j * m, sizeof *jac * m);
            of[n++] = j;
        }
    memset(cov, 0, sizeof(double) * FIT_PARAM_MAX * FIT_PARAM_MAX);
    if (n == 0)
        return 0;
    uint32_t lost = hm_lsq_covariance(s->n_row, n, jac, s->work->lsq, small), lost_of = 0;
    for (int32_t j = 0; j < n; j++) {
        lost_of |= (lost >> j & 1) << of[j];
        for (int32_t k = 0; k < n; k++)
            cov[of[j]][of[k]] = small[j * n + k];
    }
    return lost_of;
}

static double noise_of(const search *s, const fit_solution *out)
{
    if (s->points->sigma)
        return 1;
    for (int32_t j = 0; j < s->m->n_param; j++)
        if (has_prior(&s->m->param[j]))
            return s->m->noise_sd * s->m->noise_sd;
    return out->dof > 0 ? out->sse / out->dof : (double)NAN;
}

/* What is known at the place where the search ended. */
static hm_status judge(search *s, const place *at, fit_solution *out, hm_err *err)
{
    int32_t n_param = s->m->n_param;
    uint32_t free = 0;
    double natural_slope[FIT_PARAM_MAX];
    fit_solution found = {.converged = at->converged};
    s->pull = NULL;
    s->n_row = count_rows(s);
    for (int32_t j = 0; j < n_param; j++) {
        const fit_param *q = &s->m->param[j];
        bool bound = (at->fixed >> j & 1) || at->p[j] <= q->lo || at->p[j] >= q->hi;
        found.p[j] = at->p[j];
        found.at_bound |= (uint32_t)bound << j;
        /* what a prior says is no surer at a bound */
        free |= (uint32_t)(!bound || (has_prior(q) && !(at->fixed >> j & 1))) << j;
        natural_slope[j] = 1;
    }
    if (!rows_at(s, found.p, natural_slope, s->work->r, s->work->jac))
        return hm_err_set(err, HM_ERR_NUMERIC, NULL, 0, 0, NULL, "the best fit is no run");
    found.n = s->points->n;
    found.dof = found.n - n_param;
    found.sse = hm_lsq_dot(found.n, s->work->r, s->work->r);
    found.cost = hm_lsq_dot(s->n_row, s->work->r, s->work->r);
    found.noise_var = noise_of(s, &found);
    uint32_t lost = spread(s, free, found.covariance);
    for (int32_t j = 0; j < n_param; j++) {
        if (lost >> j & 1)
            return hm_err_set(err, HM_ERR_NUMERIC, NULL, 0, 0, s->m->param[j].name,
                              "the observations do not determine it: others can stand in for it");
        for (int32_t k = 0; k < n_param; k++)
            found.covariance[j][k] *= isnan(found.noise_var) ? 0 : found.noise_var;
    }
    *out = found;
    return HM_OK;
}

/* Do the observations determine every parameter there? */
static bool is_sure(const search *s, const place *at)
{
    search here = *s;
    fit_solution ignored;
    return judge(&here, at, &ignored, NULL) == HM_OK;
}

/* Other places to begin, where the first led nowhere: positive parameters larger and smaller. */
static void try_elsewhere(const search *s, const double start[], place *best)
{
    static const double factor[][2] = {{1.3, 0.6}, {0.8, 1.8}, {1.5, 1.5}, {0.7, 0.7}};
    for (size_t i = 0; i < sizeof factor / sizeof *factor && !best->converged; i++) {
        double other[FIT_PARAM_MAX];
        place found;
        for (int32_t j = 0; j < s->m->n_param; j++)
            other[j] = start[j] * (s->m->param[j].scale == FIT_SCALE_PLAIN ? 1 : factor[i][j & 1]);
        if (descend(s, other, 0, false, &found, NULL) == HM_OK &&
            (found.converged || found.cost < best->cost) && is_sure(s, &found))
            *best = found;
    }
}

/* A root is flat towards its bound, so the bound may be better than the place that was found; not
 * where a rough search ends at twice the cost. */
static void try_bounds(const search *s, place *best)
{
    for (int32_t j = 0; j < s->m->n_param; j++) {
        const fit_param *q = &s->m->param[j];
        place found;
        if (q->scale != FIT_SCALE_ROOT || best->p[j] <= q->lo || best->p[j] >= q->hi)
            continue;
        if (descend(s, best->p, 1u << j, true, &found, NULL) == HM_OK &&
            found.cost > 2 * best->cost)
            continue;
        if (descend(s, best->p, 1u << j, false, &found, NULL) == HM_OK && found.cost < best->cost)
            *best = found;
    }
}

hm_status fit_solve(const fit_model *m, const fit_points *points, const fit_pull *pull,
                    const double start[], fit_work *work, fit_solution *out, hm_err *err)
{
    HM_ASSERT(points->n <= work->n_point_max && m->n_param <= work->n_param_max);
    search s = {.m = m, .points = points, .pull = pull, .work = work};
    double own_start[FIT_PARAM_MAX];
    place best;
    work->seen_at = NULL;
    s.n_row = count_rows(&s);
    if (s.n_row - (pull != NULL) < m->n_param)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL,
                          "%d observations cannot determine %d parameters", points->n, m->n_param);
    for (int32_t j = 0; j < m->n_param; j++)
        own_start[j] = m->param[j].start;
    HM_TRY(descend(&s, start ? start : own_start, 0, false, &best, err));
    if (!start) {
        if (!best.converged)
            try_elsewhere(&s, own_start, &best);
        try_bounds(&s, &best);
    }
    return judge(&s, &best, out, err);
}
