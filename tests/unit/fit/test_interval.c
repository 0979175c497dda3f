#include "fit_support.h"
#include "interval_priv.h"

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

/* A fit taken apart: what fit_run does before the intervals. */
typedef struct fixture {
    hm_arena a;
    hm_fit_opts opts;
    fit_points points;
    fit_model model;
    fit_work *work;
    fit_solution best;
    hm_sprinter_run run;
} fixture;

static void fit_it(fixture *f, hm_trace *t, hm_fit_model model, hm_fit_correct correct)
{
    f->opts = classic(model, correct);
    f->run = hm_sprinter_run_default();
    assert_int_equal(fit_points_of(t, &f->opts, &f->a, &f->points, &f->a, &f->run.notes, NULL),
                     HM_OK);
    assert_int_equal(fit_classic_model(&f->opts, &f->points, &f->model, NULL), HM_OK);
    f->work = fit_work_new(&f->a, f->points.n, f->model.n_param);
    assert_int_equal(fit_solve(&f->model, &f->points, NULL, NULL, f->work, &f->best, NULL), HM_OK);
    fit_report_values(&f->model, f->best.p, &f->run);
}

static void intervals(fixture *f, hm_interval_method method, double inside)
{
    fit_level level = {inside, true};
    assert_int_equal(
        fit_intervals_at(&f->model, &f->points, &f->best, method, level, &f->a, &f->run, NULL),
        HM_OK);
}

static void jb_morin(fixture *f)
{
    hm_csv t = table_of("shorts_jb_morin.csv", &f->a);
    hm_obs *obs = HM_PUSH(&f->a, hm_obs, t.n_row);
    for (int32_t i = 0; i < t.n_row; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, number_in(&t, i, "time_s"),
                        number_in(&t, i, "velocity_mps"));
    hm_trace trace = trace_of(t.n_row, obs);
    fit_it(f, &trace, HM_MODEL_MONO, HM_CORRECT_TC);
}

/* 95 % as R's shorts 3.3.0 prints them, to four digits after the point. */
static void profile_of_a_radar_run_is_that_of_shorts(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    jb_morin(&f);
    intervals(&f, HM_INTERVAL_PROFILE, 0.95);
    assert_int_equal(f.run.interval, HM_INTERVAL_PROFILE);
    ht_near(f.run.mss_mps.lo90, 9.1302, 6e-5, 0);
    ht_near(f.run.mss_mps.hi90, 9.2860, 6e-5, 0);
    ht_near(f.run.mac_mps2.lo90, 6.7388, 6e-5, 0);
    ht_near(f.run.mac_mps2.hi90, 7.0970, 6e-5, 0);
    ht_near(f.run.correction_tc_s.lo90, -0.0295, 6e-5, 0);
    ht_near(f.run.correction_tc_s.hi90, 0.0059, 6e-5, 0);
    hm_arena_free(&f.a);
}

static void wald_of_a_radar_run_is_that_of_the_covariance(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    jb_morin(&f);
    intervals(&f, HM_INTERVAL_WALD, 0.95);
    assert_int_equal(f.run.interval, HM_INTERVAL_WALD);
    ht_near(f.run.mss_mps.lo90, 9.1286, 6e-5, 0);
    ht_near(f.run.mss_mps.hi90, 9.2847, 6e-5, 0);
    ht_near(f.run.mac_mps2.lo90, 6.7368, 6e-5, 0);
    ht_near(f.run.mac_mps2.hi90, 7.0964, 6e-5, 0);
    ht_near(f.run.correction_tc_s.lo90, -0.0292, 6e-5, 0);
    ht_near(f.run.correction_tc_s.hi90, 0.0064, 6e-5, 0);
    hm_arena_free(&f.a);
}

/* ---- six gates: few degrees, strongly curved ---- */

static const double gate_m[6] = {5, 10, 15, 20, 30, 40};

static double noise_s(int run, int i)
{
    return hm_normal_of(hm_rng_unit(5, HM_FOR_TEST, (uint64_t)run, 0, (uint32_t)i));
}

static void gate_run(fixture *f, hm_fit_correct correct, double sd_s, double fd_m, int i_run)
{
    hm_decay d = {9, 9 / 7.5, 0};
    double t_s[6];
    hm_obs obs[6];
    for (int i = 0; i < 6; i++)
        t_s[i] = hm_decay_time_s(&d, gate_m[i] + fd_m) - hm_decay_time_s(&d, fd_m) +
                 sd_s * noise_s(i_run, i);
    hm_trace trace = trace_of(gates(6, gate_m, t_s, obs), obs);
    fit_it(f, &trace, HM_MODEL_MONO, correct);
}

/* Twin: the value is pulled away until the cost is at the limit. */
typedef struct value_of {
    const fit_model *m;
    size_t offset;
} value_of;

static double value(const void *ctx, const double p[])
{
    const value_of *v = ctx;
    hm_sprinter_run run = hm_sprinter_run_default();
    hm_estimate e;
    v->m->describe(v->m, p, &run);
    memcpy(&e, (const unsigned char *)&run + v->offset, sizeof e);
    return e.value;
}

static double pulled(fixture *f, size_t offset, double sd, double limit, int sign)
{
    value_of of = {&f->model, offset};
    double from = value(&of, f->best.p), lo = 0, hi = 1000;
    fit_solution s = {.n = 0};
    for (int i = 0; i < 100; i++) {
        double mid = 0.5 * (lo + hi);
        fit_pull pull = {value, &of, from + sign * mid * sd, sqrt(f->best.noise_var) / sd};
        assert_int_equal(fit_solve(&f->model, &f->points, &pull, f->best.p, f->work, &s, NULL),
                         HM_OK);
        *(s.sse < limit ? &lo : &hi) = mid;
    }
    return value(&of, s.p);
}

static void profiles_agree_with_pulled_fits(void **state)
{
    (void)state;
    static const struct {
        size_t offset;
        double rel;
    } row[] = {
        /* straight in the scales of the parameters: exact */
        {offsetof(hm_sprinter_run, mss_mps), 2e-5},
        {offsetof(hm_sprinter_run, mac_mps2), 2e-5},
        {offsetof(hm_sprinter_run, tau_s), 2e-5},
        {offsetof(hm_sprinter_run, pmax_w_per_kg), 2e-5},
        {offsetof(hm_sprinter_run, correction_tc_s), 2e-5},
        /* curved */
        {offsetof(hm_sprinter_run, top_speed_mps), 2e-3},
    };
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    for (int i_run = 0; i_run < 3; i_run++) {
        gate_run(&f, HM_CORRECT_TC, 0.01, 0, i_run);
        intervals(&f, HM_INTERVAL_PROFILE, 0.90);
        double t = hm_student_t_of(0.95, f.best.dof);
        double limit = f.best.sse * (1 + t * t / f.best.dof);
        for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
            hm_estimate e;
            memcpy(&e, (const unsigned char *)&f.run + row[i].offset, sizeof e);
            double sd = 0.25 * (e.hi90 - e.lo90), tol = row[i].rel * (e.hi90 - e.lo90);
            ht_near(e.lo90, pulled(&f, row[i].offset, sd, limit, -1), tol, 0);
            ht_near(e.hi90, pulled(&f, row[i].offset, sd, limit, +1), tol, 0);
        }
    }
    hm_arena_free(&f.a);
}

static void every_interval_holds_its_value(void **state)
{
    (void)state;
    static const hm_fit_correct correct[] = {HM_CORRECT_NONE, HM_CORRECT_TC, HM_CORRECT_FD,
                                             HM_CORRECT_DC, HM_CORRECT_TC_DC};
    static const hm_interval_method method[] = {HM_INTERVAL_WALD, HM_INTERVAL_PROFILE};
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    for (int i = 0; i < 40; i++) {
        hm_estimate *at[200];
        gate_run(&f, correct[i % 5], i < 20 ? 0.002 : 0.02, 0.3, i);
        intervals(&f, method[i & 1], 0.90);
        int32_t n = hm_sprinter_estimates(&f.run, 200, at);
        for (int32_t k = 0; k < n; k++) {
            assert_true(!(at[k]->lo90 > at[k]->value));
            assert_true(!(at[k]->hi90 < at[k]->value));
            assert_true(isnan(at[k]->value) == isnan(at[k]->lo90) || method[i & 1] != 1);
        }
    }
    hm_arena_free(&f.a);
}

static void a_flying_start_near_none_has_zero_as_its_lower_end(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    gate_run(&f, HM_CORRECT_FD, 0.02, 0.001, 3);
    intervals(&f, HM_INTERVAL_PROFILE, 0.90);
    ht_near(f.run.correction_fd_m.lo90, 0, 1e-7, 0);
    assert_true(f.run.correction_fd_m.hi90 > 0.005);
    hm_arena_free(&f.a);
}

static void as_many_points_as_parameters_leave_nothing_to_judge_by(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    const double t_s[3] = {1.35, 2.10, 2.75};
    hm_obs obs[3];
    hm_trace trace = trace_of(gates(3, gate_m, t_s, obs), obs);
    fit_it(&f, &trace, HM_MODEL_MONO, HM_CORRECT_TC);
    intervals(&f, HM_INTERVAL_PROFILE, 0.90);
    assert_int_equal(f.run.interval, HM_INTERVAL_NONE);
    assert_true(isnan(f.run.mss_mps.lo90) && isnan(f.run.mss_mps.hi90));
    hm_arena_free(&f.a);
}

static void perfect_times_have_intervals_without_width(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    gate_run(&f, HM_CORRECT_TC, 0, 0, 0);
    intervals(&f, HM_INTERVAL_PROFILE, 0.90);
    ht_near(f.run.mss_mps.lo90, 9, 1e-6, 0);
    ht_near(f.run.mss_mps.hi90, 9, 1e-6, 0);
    hm_arena_free(&f.a);
}

/* Sigmas known: the width does not depend on the residuals, and is the normal's. */
static void known_sigmas_set_the_width(void **state)
{
    (void)state;
    fixture f = {.a = {0}};
    hm_arena_init(&f.a, 0);
    hm_decay d = {9, 1.2, 0};
    hm_obs obs[6];
    for (int i = 0; i < 6; i++) {
        obs[i] = obs_of(HM_OBS_GATE, gate_m[i], hm_decay_time_s(&d, gate_m[i]), (double)NAN);
        obs[i].sigma_s = 0.004;
    }
    hm_trace trace = trace_of(6, obs);
    fit_it(&f, &trace, HM_MODEL_MONO, HM_CORRECT_NONE);
    intervals(&f, HM_INTERVAL_WALD, 0.90);
    double half = hm_normal_of(0.95) * sqrt(f.best.covariance[0][0]);
    ht_near(f.run.mss_mps.hi90 - f.run.mss_mps.lo90, 2 * half, 1e-6, 0);
    intervals(&f, HM_INTERVAL_PROFILE, 0.90);
    ht_near(f.run.mss_mps.hi90 - f.run.mss_mps.lo90, 2 * half, 0, 0.01);
    assert_true(half > 0.01);
    hm_arena_free(&f.a);
}

/* ---- residuals that hang together ---- */

enum { N_LONG = 20000 };

static void series(double rho, uint64_t who, int n, double r[])
{
    double last = 0;
    for (int i = 0; i < n; i++) {
        double z = hm_normal_of(hm_rng_unit(8, HM_FOR_TEST, who, (uint32_t)i, 0));
        r[i] = last = rho * last + z;
    }
}

/* The mean of a first-order process varies (1 + rho) / (1 - rho) times as much. */
static void inflation_is_that_of_a_first_order_process(void **state)
{
    (void)state;
    static double r[N_LONG];
    for (int i = 0; i < 4; i++) {
        double rho = 0.2 * (i + 1);
        series(rho, (uint64_t)i, N_LONG, r);
        ht_near(fit_noise_inflation(N_LONG, r, 3), (1 + rho) / (1 - rho), 0, 0.12);
    }
}

static void independent_and_alternating_residuals_are_left_alone(void **state)
{
    (void)state;
    static double r[N_LONG];
    int n_wider = 0;
    for (int i = 0; i < 200; i++) {
        series(0, (uint64_t)(100 + i), 150, r);
        n_wider += fit_noise_inflation(150, r, 3) > 1;
    }
    assert_true(n_wider <= 12); /* 5 % and the error of 200 draws */
    series(-0.5, 7, N_LONG, r);
    ht_near(fit_noise_inflation(N_LONG, r, 3), 1, 0, 0);
    ht_near(fit_noise_inflation(6, r, 3), 1, 0, 0);
}

/* By sqrt((1 + rho) / (1 - rho)), somewhat more for the degrees that are left; mean of 30 series.
 */
static void residuals_that_hang_together_widen_and_are_noted(void **state)
{
    (void)state;
    enum { N_RADAR = 250, N_SERIES = 30 };
    static hm_obs obs[N_RADAR];
    fixture f = {.a = {0}};
    double r[N_RADAR], ratio = 0;
    hm_decay d = {9, 1.2, 0};
    hm_arena_init(&f.a, 0);
    for (int k = 0; k < N_SERIES; k++) {
        series(0.6, (uint64_t)(300 + k), N_RADAR, r);
        for (int i = 0; i < N_RADAR; i++)
            obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 0.03 * i,
                            hm_decay_v_mps(&d, 0.03 * i) + 0.1 * r[i]);
        hm_trace trace = trace_of(N_RADAR, obs);
        fit_it(&f, &trace, HM_MODEL_MONO, HM_CORRECT_NONE);
        intervals(&f, HM_INTERVAL_PROFILE, 0.90);
        double white = f.run.mss_mps.hi90 - f.run.mss_mps.lo90;
        int32_t n_note = f.run.notes.n;
        assert_int_equal(
            fit_intervals(&f.model, &f.points, &f.best, HM_INTERVAL_PROFILE, &f.a, &f.run, NULL),
            HM_OK);
        ratio += (f.run.mss_mps.hi90 - f.run.mss_mps.lo90) / white / N_SERIES;
        assert_int_equal(f.run.notes.n, n_note + 1);
    }
    ht_near(ratio, sqrt(1.6 / 0.4), 0, 0.10);
    hm_arena_free(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profile_of_a_radar_run_is_that_of_shorts),
        cmocka_unit_test(wald_of_a_radar_run_is_that_of_the_covariance),
        cmocka_unit_test(profiles_agree_with_pulled_fits),
        cmocka_unit_test(every_interval_holds_its_value),
        cmocka_unit_test(a_flying_start_near_none_has_zero_as_its_lower_end),
        cmocka_unit_test(as_many_points_as_parameters_leave_nothing_to_judge_by),
        cmocka_unit_test(perfect_times_have_intervals_without_width),
        cmocka_unit_test(known_sigmas_set_the_width),
        cmocka_unit_test(inflation_is_that_of_a_first_order_process),
        cmocka_unit_test(independent_and_alternating_residuals_are_left_alone),
        cmocka_unit_test(residuals_that_hang_together_widen_and_are_noted),
    };
    return cmocka_run_group_tests_name("fit/interval", tests, NULL, NULL);
}
