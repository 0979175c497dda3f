/* num/lsq.h - least squares: the parameters for which a sum of squared residuals is least.
 *
 * Levenberg and Marquardt's method as written in MINPACK (More, Garbow & Hillstrom 1980), through
 * cminpack. Its numbers can differ in the last places between builds of that library: results are
 * compared by tolerance, not by hash. */
#ifndef HM_NUM_LSQ_H
#define HM_NUM_LSQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { HM_LSQ_PARAM_MAX = 8 };

/**
 * Residuals and their derivatives at p.
 * out    r    (m);  jac   (m x n) by columns: d r[i] / d p[j] at jac[j * m + i]
 *        returns false where p makes no sense: the solver takes a shorter step
 */
typedef bool hm_lsq_fn(void *ctx, const double p[], double r[], double jac[]);

typedef struct hm_lsq {
    int32_t m, n; /* residuals, parameters: m >= n, n <= HM_LSQ_PARAM_MAX */
    hm_lsq_fn *fn;
    void *ctx;
    double tol;       /* [1] relative, of sum and parameters; 1e-13 is as far as doubles go */
    int32_t eval_max; /* calls of fn */
    bool rough;       /* the sum will do: no last step, never converged */
} hm_lsq;

typedef struct hm_lsq_end {
    double sum; /* [1] of squared residuals at the result */
    int32_t n_eval;
    bool converged; /* the residuals are at right angles to their derivatives, to 1e-5, or all but 0
                     */
} hm_lsq_end;

/** a[0] b[0] + ... + a[m - 1] b[m - 1], always added up in the same order. */
double hm_lsq_dot(int32_t m, const double a[], const double b[]);

/** Doubles of scratch that a problem of this size needs. */
size_t hm_lsq_work_count(int32_t m, int32_t n);

/**
 * in     work  hm_lsq_work_count(m, n) doubles
 * in/out p     (n) from where to begin; the best that was found
 * errors HM_ERR_NUMERIC fn says no, or gives what is no number, at the very start; p untouched
 * memory none.  threads: pure
 * test   tests/unit/num/test_lsq.c
 */
HM_CHECKED hm_status hm_lsq_solve(const hm_lsq *lsq, double p[], double work[], hm_lsq_end *end,
                                  hm_err *err);

/**
 * (J'J)^-1 by a pivoted QR of the scaled columns. Columns that are all zero, or that follow from
 * the others to 1e-10, get zero rows and columns.
 *
 * in     jac   (m x n) by columns
 *        work  hm_lsq_work_count(m, n) doubles
 * out    cov   (n x n)
 *        returns bit j set where column j is not determined; 0 = all are
 * errors none.  memory none.  threads: pure
 */
uint32_t hm_lsq_covariance(int32_t m, int32_t n, const double jac[], double work[], double cov[]);

#endif
