#include "num/lsq.h"

#include <cminpack.h>
#include <math.h>
#include <string.h>

/* What is written where fn says no: so large that the step is refused, so small that its square is
 * still finite. */
static const double refused = 1e100;

/* A column that the others explain to this is not determined. */
static const double rank_tol = 1e-10;

/* By which share the last step may seem to raise the sum: the rounding of residuals in a good fit.
 * In the parameters that is 1e-5 of their sd. */
static const double sum_noise = 1e-10;

/* Cosine between residuals and derivatives that passes for a right angle. */
static const double right_angle = 1e-5;

/* Scratch, cut from the caller's doubles. */
typedef struct scratch {
    double *at_p;                         /* (n) */
    double *r, *jac, *seen;               /* (m), (m x n), (m x n): jac is overwritten by its QR */
    double *diag, *qtf, *wa1, *wa2, *wa3; /* (n) */
    double *wa4;                          /* (m) */
} scratch;

static scratch cut(int32_t m, int32_t n, double work[])
{
    double *after = work + 6 * n; /* what is n long comes first */
    size_t n_jac = (size_t)m * (size_t)n;
    return (scratch){.at_p = work,
                     .diag = work + n,
                     .qtf = work + 2 * n,
                     .wa1 = work + 3 * n,
                     .wa2 = work + 4 * n,
                     .wa3 = work + 5 * n,
                     .r = after,
                     .wa4 = after + m,
                     .jac = after + 2 * m,
                     .seen = after + 2 * m + n_jac};
}

size_t hm_lsq_work_count(int32_t m, int32_t n)
{
    return 6 * (size_t)n + 2 * (size_t)m + 2 * (size_t)m * (size_t)n;
}

typedef struct run {
    const hm_lsq *lsq;
    scratch s;
    double last_p[HM_LSQ_PARAM_MAX]; /* where s.seen was taken */
    bool failed;                     /* at the start */
    int32_t n_eval;
} run;

double hm_lsq_dot(int32_t m, const double a[], const double b[])
{
    double sum[4] = {0};
    int32_t i = 0;
    for (; i + 4 <= m; i += 4)
        for (int k = 0; k < 4; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < m; i++)
        sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static double sum_of_squares(int32_t m, const double r[])
{
    return hm_lsq_dot(m, r, r);
}

/* MINPACK's callback. Derivatives are made together with the values, and kept: it asks for them
 * next, at the same place, whenever it has taken the step. */
static int evaluate(void *ctx, int m, int n, const double *p, double *r, double *jac, int ld,
                    int what)
{
    run *d = ctx;
    (void)ld;
    if (what == 2) {
        memcpy(jac, d->s.seen, sizeof *jac * (size_t)m * (size_t)n);
        return 0;
    }
    d->n_eval++;
    memcpy(d->last_p, p, sizeof *p * (size_t)n);
    bool fine = d->lsq->fn(d->lsq->ctx, p, r, d->s.seen);
    double sum = fine ? sum_of_squares(m, r) : 0;
    if (fine && sum <= 1e200)
        return 0;
    d->failed = d->n_eval == 1;
    for (int i = 0; i < m; i++)
        r[i] = refused;
    return d->failed ? -1 : 0;
}

/* ---- factors of the derivatives ---- */

/* QR of the columns of s.jac, each divided by its length first. */
typedef struct factors {
    int32_t rank; /* pivots from here on follow from those before */
    int pivot[HM_LSQ_PARAM_MAX];
    double len[HM_LSQ_PARAM_MAX]; /* of the columns; 1 for a zero column */
} factors;

static factors factorise(int32_t m, int32_t n, const scratch *s)
{
    factors f;
    for (int32_t j = 0; j < n; j++) {
        double *col = s->jac + (size_t)j * (size_t)m, len = sqrt(sum_of_squares(m, col));
        f.len[j] = len > 0 ? len : 1;
        for (int32_t i = 0; i < m; i++)
            col[i] /= f.len[j];
    }
    qrfac(m, n, s->jac, m, 1, f.pivot, n, s->wa1, s->wa2, s->wa3);
    f.rank = 0;
    while (f.rank < n && fabs(s->wa1[f.rank]) > rank_tol * fabs(s->wa1[0]))
        f.rank++;
    return f;
}

/* r becomes Q'r; the diagonal of R, which qrfac keeps apart, goes to its place. */
static void turn(int32_t m, int32_t n, const scratch *s, double r[])
{
    for (int32_t j = 0; j < n; j++) {
        double *col = s->jac + (size_t)j * (size_t)m, sum = 0;
        for (int32_t i = j; i < m && col[j] != 0; i++)
            sum += col[i] * r[i];
        for (int32_t i = j; i < m && col[j] != 0; i++)
            r[i] -= col[i] * (sum / col[j]);
        col[j] = s->wa1[j];
    }
}

/* The last step, of Gauss and Newton, and whether the search had arrived. MINPACK ends where the
 * sum no longer tells better from worse, some 1e-7 of a parameter away; the derivatives still tell,
 * to 1e-10. Arrived: the residuals stand at right angles to the columns, or the step is nothing
 * (those of a perfect fit are rounding and have no direction). */
static bool last_step(const hm_lsq *lsq, const scratch *s, double p[])
{
    int32_t m = lsq->m, n = lsq->n;
    double step[HM_LSQ_PARAM_MAX], all = sum_of_squares(m, s->r), along = 0;
    memcpy(s->jac, s->seen, sizeof *p * (size_t)m * (size_t)n);
    memcpy(s->wa4, s->r, sizeof *p * (size_t)m);
    factors f = factorise(m, n, s);
    turn(m, n, s, s->wa4);
    for (int32_t j = f.rank - 1; j >= 0; j--) {
        double rest = -s->wa4[j];
        along += rest * rest;
        for (int32_t k = j + 1; k < f.rank; k++)
            rest -= s->jac[(size_t)k * (size_t)m + (size_t)j] * step[k];
        step[j] = rest / s->jac[(size_t)j * (size_t)m + (size_t)j];
    }
    double most = 0;
    memcpy(s->at_p, p, sizeof *p * (size_t)n);
    for (int32_t j = 0; j < f.rank; j++) {
        int32_t of = f.pivot[j] - 1;
        double moved = step[j] / f.len[of];
        s->at_p[of] += moved;
        most = fmax(most, fabs(moved) / fmax(fabs(p[of]), 1e-3));
    }
    bool arrived = along <= right_angle * right_angle * all || most <= 1e-9;
    if (arrived && lsq->fn(lsq->ctx, s->at_p, s->r, s->seen) &&
        sum_of_squares(m, s->r) <= all * (1 + sum_noise) + 1e-300)
        memcpy(p, s->at_p, sizeof *p * (size_t)n);
    return arrived;
}

hm_status hm_lsq_solve(const hm_lsq *lsq, double p[], double work[], hm_lsq_end *end, hm_err *err)
{
    HM_ASSERT(lsq->n >= 1 && lsq->n <= HM_LSQ_PARAM_MAX && lsq->m >= lsq->n);
    run d = {.lsq = lsq, .s = cut(lsq->m, lsq->n, work)};
    const scratch *s = &d.s;
    int pivot[HM_LSQ_PARAM_MAX], n_value, n_slope;
    memcpy(s->at_p, p, sizeof *p * (size_t)lsq->n);
    int info = lmder(evaluate, &d, lsq->m, lsq->n, s->at_p, s->r, s->jac, lsq->m, lsq->tol,
                     lsq->tol, 0, lsq->eval_max, s->diag, 1, 100, 0, &n_value, &n_slope, pivot,
                     s->qtf, s->wa1, s->wa2, s->wa3, s->wa4);
    HM_ASSERT(info != 0);
    if (info < 0)
        return hm_err_set(err, HM_ERR_NUMERIC, NULL, 0, 0, NULL,
                          "the model has no value where the search begins");
    memcpy(p, s->at_p, sizeof *p * (size_t)lsq->n);
    double sum = sum_of_squares(lsq->m, s->r);
    /* 5: stopped by the limit; all others: as far as it goes. Where the last step was refused the
     * derivatives are those of that place, so once more at p. */
    bool arrived = info != 5 && !lsq->rough;
    if (arrived && memcmp(d.last_p, p, sizeof *p * (size_t)lsq->n) != 0)
        arrived = lsq->fn(lsq->ctx, p, s->r, s->seen);
    arrived = arrived && last_step(lsq, s, p);
    *end = (hm_lsq_end){sum, d.n_eval, arrived};
    return HM_OK;
}

uint32_t hm_lsq_covariance(int32_t m, int32_t n, const double jac[], double work[], double cov[])
{
    HM_ASSERT(n >= 1 && n <= HM_LSQ_PARAM_MAX && m >= n);
    scratch s = cut(m, n, work);
    uint32_t lost = 0;
    memcpy(s.jac, jac, sizeof *jac * (size_t)m * (size_t)n);
    factors f = factorise(m, n, &s);
    for (int32_t j = 0; j < n; j++)
        s.jac[(size_t)j * (size_t)m + (size_t)j] = s.wa1[j];
    for (int32_t j = f.rank; j < n; j++)
        lost |= 1u << (f.pivot[j] - 1);
    covar(n, s.jac, m, f.pivot, rank_tol, s.wa1);
    for (int32_t j = 0; j < n; j++)
        for (int32_t k = 0; k < n; k++) {
            bool known = !(lost >> j & 1) && !(lost >> k & 1);
            double c = s.jac[(size_t)j * (size_t)m + (size_t)k];
            double other = s.jac[(size_t)k * (size_t)m + (size_t)j];
            cov[j * n + k] = known ? 0.5 * (c + other) / (f.len[j] * f.len[k]) : 0;
        }
    return lost;
}
