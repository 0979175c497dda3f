#include "ht.h"

#include <string.h>

#include "num/lsq.h"

enum { M = 6, WORK = 400 };

/* y = a e^(-b t) + c at six times; with the truth (2, 0.7, 0.3) plus what is added to y */
typedef struct decaying {
    double t[M], y[M];
    int32_t n_call, refuse_below; /* calls; refuse b below this */
} decaying;

static decaying made(const double noise[M])
{
    decaying d = {.refuse_below = -1000};
    for (int i = 0; i < M; i++) {
        d.t[i] = 0.5 * i;
        d.y[i] = 2 * exp(-0.7 * d.t[i]) + 0.3 + (noise ? noise[i] : 0);
    }
    return d;
}

static bool residuals(void *ctx, const double p[], double r[], double jac[])
{
    decaying *d = ctx;
    d->n_call++;
    if (p[1] < d->refuse_below)
        return false;
    for (int i = 0; i < M; i++) {
        double e = exp(-p[1] * d->t[i]);
        r[i] = p[0] * e + p[2] - d->y[i];
        jac[i] = e;
        jac[M + i] = -p[0] * d->t[i] * e;
        jac[2 * M + i] = 1;
    }
    return true;
}

static hm_lsq problem(decaying *d)
{
    return (hm_lsq){.m = M, .n = 3, .fn = residuals, .ctx = d, .tol = 1e-13, .eval_max = 200};
}

static void truth_of_perfect_data_comes_back(void **state)
{
    (void)state;
    decaying d = made(NULL);
    hm_lsq lsq = problem(&d);
    double p[3] = {1, 1, 0}, work[WORK];
    hm_lsq_end end;
    assert_true(hm_lsq_work_count(M, 3) <= WORK);
    assert_int_equal(hm_lsq_solve(&lsq, p, work, &end, NULL), HM_OK);
    assert_true(end.converged);
    ht_near(p[0], 2, 0, 1e-12);
    ht_near(p[1], 0.7, 0, 1e-12);
    ht_near(p[2], 0.3, 0, 1e-12);
    assert_true(end.sum < 1e-28);
}

/* The normal equations hold at the optimum, whatever found it. */
static void gradient_vanishes_at_the_result(void **state)
{
    (void)state;
    const double noise[M] = {0.03, -0.02, 0.01, 0.04, -0.05, 0.02};
    decaying d = made(noise);
    hm_lsq lsq = problem(&d);
    double p[3] = {1, 1, 0}, work[WORK], r[M], jac[3 * M];
    hm_lsq_end end;
    assert_int_equal(hm_lsq_solve(&lsq, p, work, &end, NULL), HM_OK);
    assert_true(end.converged);
    residuals(&d, p, r, jac);
    for (int j = 0; j < 3; j++) {
        double g = 0;
        for (int i = 0; i < M; i++)
            g += jac[j * M + i] * r[i];
        ht_near(g, 0, 1e-12, 0);
    }
}

static void a_refused_place_shortens_the_step(void **state)
{
    (void)state;
    decaying d = made(NULL), free = made(NULL);
    d.refuse_below = 0; /* of b: the first step from 3 would go there */
    double p[3] = {5, 3, 1}, q[3] = {5, 3, 1}, work[WORK];
    hm_lsq held = problem(&d), loose = problem(&free);
    hm_lsq_end end;
    assert_int_equal(hm_lsq_solve(&held, p, work, &end, NULL), HM_OK);
    assert_true(end.converged);
    ht_near(p[1], 0.7, 0, 1e-12);
    assert_int_equal(hm_lsq_solve(&loose, q, work, &end, NULL), HM_OK);
    ht_near(q[1], 0.7, 0, 1e-12);
}

static void no_value_at_the_start_is_an_error(void **state)
{
    (void)state;
    decaying d = made(NULL);
    d.refuse_below = 10;
    double p[3] = {1, 1, 0}, work[WORK];
    hm_lsq lsq = problem(&d);
    hm_lsq_end end;
    hm_err err = {0};
    assert_int_equal(hm_lsq_solve(&lsq, p, work, &end, &err), HM_ERR_NUMERIC);
    assert_int_equal(err.status, HM_ERR_NUMERIC);
    ht_near(p[0], 1, 0, 0);
}

static void stopped_by_the_limit_is_not_converged(void **state)
{
    (void)state;
    decaying d = made(NULL);
    hm_lsq lsq = problem(&d);
    lsq.eval_max = 3;
    double p[3] = {1, 3, 0}, work[WORK];
    hm_lsq_end end;
    assert_int_equal(hm_lsq_solve(&lsq, p, work, &end, NULL), HM_OK);
    assert_false(end.converged);
    assert_true(d.n_call <= 4);
}

static void a_rough_search_tells_the_size_of_the_sum_in_fewer_calls(void **state)
{
    (void)state;
    const double noise[M] = {0.03, -0.02, 0.01, 0.04, -0.05, 0.02};
    decaying d = made(noise), quick = made(noise);
    double p[3] = {1, 1, 0}, q[3] = {1, 1, 0}, work[WORK];
    hm_lsq best = problem(&d), rough = problem(&quick);
    hm_lsq_end end, some;
    rough.tol = 0.05;
    rough.rough = true;
    assert_int_equal(hm_lsq_solve(&best, p, work, &end, NULL), HM_OK);
    assert_int_equal(hm_lsq_solve(&rough, q, work, &some, NULL), HM_OK);
    assert_false(some.converged);
    assert_true(some.sum >= end.sum && some.sum < 1.1 * end.sum);
    assert_true(quick.n_call < d.n_call - 2);
}

/* For a line y = a + b x with n points: var a = sum x^2 / (n Sxx), var b = 1 / Sxx,
 * cov = -mean x / Sxx. */
static void covariance_of_a_line_is_the_closed_form(void **state)
{
    (void)state;
    double jac[2 * M], work[WORK], cov[4], sxx = 0, xx = 0;
    const double mean = 7.5;
    for (int i = 0; i < M; i++) {
        double x = 5 + i;
        jac[i] = 1;
        jac[M + i] = 1000 * x; /* columns of very different size */
        sxx += (x - mean) * (x - mean);
        xx += x * x;
    }
    assert_int_equal(hm_lsq_covariance(M, 2, jac, work, cov), 0);
    ht_near(cov[0], xx / (M * sxx), 0, 1e-12);
    ht_near(cov[3], 1 / sxx / 1e6, 0, 1e-12);
    ht_near(cov[1], -mean / sxx / 1e3, 0, 1e-12);
    assert_true(cov[1] == cov[2]);
}

static void columns_that_say_nothing_are_named(void **state)
{
    (void)state;
    double jac[3 * M], work[WORK], cov[9];
    for (int i = 0; i < M; i++) {
        jac[i] = 1;
        jac[M + i] = 0;
        jac[2 * M + i] = i;
    }
    assert_int_equal(hm_lsq_covariance(M, 3, jac, work, cov), 2);
    ht_near(cov[4], 0, 0, 0);
    assert_true(cov[0] > 0 && cov[8] > 0);
    for (int i = 0; i < M; i++)
        jac[M + i] = 3 + 2 * i; /* the sum of the others */
    uint32_t lost = hm_lsq_covariance(M, 3, jac, work, cov);
    assert_true(lost == 1 || lost == 2 || lost == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truth_of_perfect_data_comes_back),
        cmocka_unit_test(gradient_vanishes_at_the_result),
        cmocka_unit_test(a_refused_place_shortens_the_step),
        cmocka_unit_test(no_value_at_the_start_is_an_error),
        cmocka_unit_test(stopped_by_the_limit_is_not_converged),
        cmocka_unit_test(a_rough_search_tells_the_size_of_the_sum_in_fewer_calls),
        cmocka_unit_test(covariance_of_a_line_is_the_closed_form),
        cmocka_unit_test(columns_that_say_nothing_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
