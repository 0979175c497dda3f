#include "fit_support.h"
#include "model_priv.h"

enum { N = 7 };

/* y = a + b x, which has closed forms for all that the solver says. */
static bool line(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                 const double at[], double y[], double dy[])
{
    (void)m;
    (void)what;
    for (int32_t i = 0; i < n; i++) {
        y[i] = p[0] + p[1] * at[i];
        if (!dy)
            continue;
        dy[i] = 1;
        dy[n + i] = at[i];
    }
    return true;
}

static const double at_x[N] = {0, 1, 2, 3, 4, 5, 6};
static const double seen[N] = {1.1, 2.9, 5.2, 6.8, 9.1, 11.2, 12.7};

typedef struct made {
    hm_arena arena;
    fit_model m;
    fit_points points;
    fit_work *work;
    fit_solution s;
    hm_err err;
} made;

static int set_up(void **state)
{
    const double none = (double)NAN;
    made *d = calloc(1, sizeof *d);
    hm_arena_init(&d->arena, 0);
    d->m = (fit_model){.n_param = 2,
                       .param = {{"a_m", FIT_SCALE_PLAIN, -100, 100, 5, none, none},
                                 {"b_mps", FIT_SCALE_PLAIN, -100, 100, 5, none, none}},
                       .observe = line,
                       .noise_sd = 1};
    d->points = (fit_points){.n = N, .at = at_x, .observed = seen};
    d->work = fit_work_new(&d->arena, N, FIT_PARAM_MAX);
    *state = d;
    return d->work ? 0 : 1;
}

static int tear_down(void **state)
{
    made *d = *state;
    hm_arena_free(&d->arena);
    free(d);
    return 0;
}

static void solve(made *d)
{
    d->err = (hm_err){0};
    if (fit_solve(&d->m, &d->points, NULL, NULL, d->work, &d->s, &d->err) != HM_OK)
        fail_msg("%s: %s", d->err.field, d->err.msg);
}

/* Straight line through weighted points: the textbook's sums. */
typedef struct sums {
    double w, x, y, xx, xy;
} sums;

static sums sums_of(const double sigma[])
{
    sums s = {0};
    for (int i = 0; i < N; i++) {
        double w = sigma ? 1 / (sigma[i] * sigma[i]) : 1;
        s.w += w;
        s.x += w * at_x[i];
        s.y += w * seen[i];
        s.xx += w * at_x[i] * at_x[i];
        s.xy += w * at_x[i] * seen[i];
    }
    return s;
}

static void check_line(const made *d, const sums *s, double noise_var)
{
    double det = s->w * s->xx - s->x * s->x;
    ht_near(d->s.p[0], (s->xx * s->y - s->x * s->xy) / det, 0, 1e-12);
    ht_near(d->s.p[1], (s->w * s->xy - s->x * s->y) / det, 0, 1e-12);
    ht_near(d->s.covariance[0][0], noise_var * s->xx / det, 0, 1e-10);
    ht_near(d->s.covariance[1][1], noise_var * s->w / det, 0, 1e-10);
    ht_near(d->s.covariance[0][1], -noise_var * s->x / det, 0, 1e-10);
    assert_true(d->s.converged);
    assert_int_equal(d->s.at_bound, 0);
}

static void unweighted_line_is_the_textbooks(void **state)
{
    made *d = *state;
    solve(d);
    double sse = 0;
    for (int i = 0; i < N; i++) {
        double r = d->s.p[0] + d->s.p[1] * at_x[i] - seen[i];
        sse += r * r;
    }
    ht_near(d->s.sse, sse, 0, 1e-12);
    ht_near(d->s.noise_var, sse / (N - 2), 0, 1e-12);
    assert_int_equal(d->s.dof, N - 2);
    sums s = sums_of(NULL);
    check_line(d, &s, sse / (N - 2));
}

/* Sigmas are taken at their word: the covariance is not scaled by the misfit. */
static void weighted_line_is_the_textbooks(void **state)
{
    made *d = *state;
    const double sigma[N] = {0.1, 0.3, 0.2, 0.5, 0.1, 0.4, 0.2};
    d->points.sigma = sigma;
    solve(d);
    sums s = sums_of(sigma);
    ht_near(d->s.noise_var, 1, 0, 0);
    check_line(d, &s, 1);
}

/* A prior on a is one more observation at x = 0 with the prior's sd. */
static void a_prior_is_one_more_observation(void **state)
{
    made *d = *state;
    double sigma[N];
    for (int i = 0; i < N; i++)
        sigma[i] = 0.2;
    d->m.param[0].prior = 2;
    d->m.param[0].prior_sd = 0.1;
    d->m.noise_sd = 0.2;
    sums s = sums_of(sigma);
    s.w += 100;
    s.y += 100 * 2;
    d->points.sigma = sigma;
    solve(d);
    check_line(d, &s, 1);
    d->points.sigma = NULL; /* the same, told by the model's expectation */
    solve(d);
    check_line(d, &s, 1);
    ht_near(d->s.noise_var, 0.04, 0, 1e-15);
    assert_true(d->s.cost > d->s.sse);
    assert_int_equal(d->s.dof, N - 2);
}

/* a wants 1.17; held at 2 the slope is sum x (y - 2) / sum x^2. */
static void a_bound_holds_and_the_others_find_their_best(void **state)
{
    made *d = *state;
    const fit_scale scale[] = {FIT_SCALE_PLAIN, FIT_SCALE_LOG, FIT_SCALE_ROOT};
    sums s = sums_of(NULL);
    for (int k = 0; k < 3; k++) {
        d->m.param[0].scale = scale[k];
        d->m.param[0].lo = 2;
        solve(d);
        assert_int_equal(d->s.at_bound, 1);
        assert_true(d->s.converged);
        ht_near(d->s.p[0], 2, 0, 0);
        ht_near(d->s.p[1], (s.xy - 2 * s.x) / s.xx, 0, 1e-12);
        ht_near(d->s.covariance[0][0], 0, 0, 0);
        ht_near(d->s.covariance[1][1], d->s.noise_var / s.xx, 0, 1e-10);
    }
}

static void a_parameter_that_starts_at_its_bound_is_let_go(void **state)
{
    made *d = *state;
    const fit_scale scale[] = {FIT_SCALE_PLAIN, FIT_SCALE_ROOT};
    for (int k = 0; k < 2; k++) {
        d->m.param[0].scale = scale[k];
        d->m.param[0].lo = 0;
        d->m.param[0].start = 0;
        solve(d);
        sums s = sums_of(NULL);
        check_line(d, &s, d->s.noise_var);
    }
}

static double at_ten(const void *ctx, const double p[])
{
    (void)ctx;
    return p[0] + 10 * p[1];
}

/* Pulled hard, the line goes through the target; the sse is that of the points alone. */
static void a_pull_takes_a_derived_value_where_it_is_wanted(void **state)
{
    made *d = *state;
    solve(d);
    const fit_pull pull = {at_ten, NULL, 30, 1e6};
    fit_solution s;
    assert_int_equal(fit_solve(&d->m, &d->points, &pull, d->s.p, d->work, &s, NULL), HM_OK);
    ht_near(at_ten(NULL, s.p), 30, 1e-6, 0);
    assert_true(s.converged);
    assert_true(s.sse > d->s.sse);
}

static void as_many_points_as_parameters_leave_nothing_to_judge_by(void **state)
{
    made *d = *state;
    d->points.n = 2;
    solve(d);
    ht_near(d->s.p[0], 1.1, 1e-13, 0);
    ht_near(d->s.p[1], 1.8, 1e-13, 0);
    assert_true(isnan(d->s.noise_var));
    assert_int_equal(d->s.dof, 0);
    ht_near(d->s.covariance[0][0], 0, 0, 0);
    assert_true(d->s.converged);
}

static void fewer_points_than_parameters_are_refused(void **state)
{
    made *d = *state;
    d->points.n = 1;
    assert_int_equal(fit_solve(&d->m, &d->points, NULL, NULL, d->work, &d->s, &d->err),
                     HM_ERR_INPUT);
    assert_non_null(strstr(d->err.msg, "1 observations cannot determine 2 parameters"));
}

static void a_parameter_that_nothing_tells_is_named(void **state)
{
    made *d = *state;
    const double same[N] = {3, 3, 3, 3, 3, 3, 3};
    d->points.at = same;
    d->m.param[1].name = "slope_mps";
    assert_int_equal(fit_solve(&d->m, &d->points, NULL, NULL, d->work, &d->s, &d->err),
                     HM_ERR_NUMERIC);
    assert_true(strcmp(d->err.field, "slope_mps") == 0 || strcmp(d->err.field, "a_m") == 0);
}

/* Times of a run from a standing start: the best FD is 0, where its derivative is infinite. */
static void no_flying_start_ends_at_the_bound(void **state)
{
    made *d = *state;
    double x_m[N], t_s[N];
    const hm_decay runner = {9, 1.2, 0};
    for (int i = 0; i < N; i++) {
        x_m[i] = 5.0 * (i + 1);
        t_s[i] = hm_decay_time_s(&runner, x_m[i]) + (i == 0 ? 0.01 : 0);
    }
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_FD), plain = classic(HM_MODEL_MONO, 0);
    d->points = (fit_points){.n = N, .at = x_m, .observed = t_s};
    fit_model none;
    assert_int_equal(fit_classic_model(&o, &d->points, &d->m, NULL), HM_OK);
    assert_int_equal(fit_classic_model(&plain, &d->points, &none, NULL), HM_OK);
    solve(d);
    fit_solution s;
    assert_int_equal(fit_solve(&none, &d->points, NULL, NULL, d->work, &s, NULL), HM_OK);
    assert_int_equal(d->s.at_bound, 4);
    ht_near(d->s.p[2], 0, 0, 0);
    ht_near(d->s.p[0], s.p[0], 0, 1e-9);
    ht_near(d->s.p[1], s.p[1], 0, 1e-9);
    assert_true(d->s.converged);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(unweighted_line_is_the_textbooks),
        T(weighted_line_is_the_textbooks),
        T(a_prior_is_one_more_observation),
        T(a_bound_holds_and_the_others_find_their_best),
        T(a_parameter_that_starts_at_its_bound_is_let_go),
        T(a_pull_takes_a_derived_value_where_it_is_wanted),
        T(as_many_points_as_parameters_leave_nothing_to_judge_by),
        T(fewer_points_than_parameters_are_refused),
        T(a_parameter_that_nothing_tells_is_named),
        T(no_flying_start_ends_at_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
