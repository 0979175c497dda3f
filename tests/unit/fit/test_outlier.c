#include "fit_support.h"
#include "outlier_priv.h"

#include "base/rng.h"
#include "num/stat.h"

/* Times of a sprinter at n gates, with noise of sd_s keyed by the seed. */
static int32_t noisy_gates(uint64_t seed, int32_t n, double step_m, double sd_s, hm_obs *obs)
{
    const hm_decay runner = {9, 1.25, 0};
    for (int32_t i = 0; i < n; i++) {
        double x_m = step_m * (i + 1), u = hm_rng_unit(seed, HM_FOR_TEST, 1, (uint32_t)i, 0);
        obs[i] = obs_of(HM_OBS_GATE, x_m, hm_decay_time_s(&runner, x_m) + sd_s * hm_normal_of(u),
                        (double)NAN);
    }
    return n;
}

static hm_sprinter_run fitted(int32_t n, hm_obs *obs, bool drop, hm_arena *a)
{
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_TC);
    hm_trace t = trace_of(n, obs);
    hm_sprinter_run run;
    hm_err err = {0};
    o.drop_outliers = drop;
    if (hm_fit_run(&t, &o, a, &run, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return run;
}

static int32_t n_flagged(const hm_sprinter_run *run)
{
    int32_t n = 0;
    for (int32_t i = 0; i < run->n_point; i++)
        n += run->point[i].outlier;
    return n;
}

static void a_mark_off_the_curve_is_flagged_and_told_but_kept(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[GATE_MAX];
    hm_arena_init(&a, 0);
    int32_t n = noisy_gates(1, 8, 5, 0.003, obs);
    obs[3].time_s += 0.08;
    hm_sprinter_run run = fitted(n, obs, false, &a);
    assert_int_equal(n_flagged(&run), 1);
    assert_true(run.point[3].outlier && run.point[3].used);
    assert_int_equal(run.n_point, 8);
    assert_non_null(strstr(run.notes.text[0], "observation 4 at 20 m"));
    hm_arena_free(&a);
}

/* Dropped, the fit is that of the others. */
static void dropped_on_request_it_has_no_part_in_the_fit(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[GATE_MAX];
    hm_arena_init(&a, 0);
    int32_t n = noisy_gates(2, 8, 5, 0.003, obs);
    obs[3].time_s += 0.08;
    hm_sprinter_run with = fitted(n, obs, true, &a);
    for (int32_t i = 3; i + 1 < n; i++)
        obs[i] = obs[i + 1];
    hm_sprinter_run others = fitted(n - 1, obs, false, &a);
    assert_int_equal(with.n_point, 8);
    assert_false(with.point[3].used);
    ht_near(with.mss_mps.value, others.mss_mps.value, 0, 1e-9);
    ht_near(with.rse, others.rse, 0, 1e-9);
    ht_near(with.rmse, others.rmse, 0, 1e-9);
    hm_arena_free(&a);
}

/* Normal noise at the usual level: of 200 runs with six gates few are told of, at the default. */
static void clean_runs_are_seldom_flagged(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[GATE_MAX];
    int32_t n_run = 0;
    hm_arena_init(&a, 0);
    for (uint64_t seed = 0; seed < 200; seed++)
        for (int k = 0; k < 2; k++) {
            int32_t n = noisy_gates(seed, 6, 7, k ? 0.003 : 0.008, obs);
            hm_sprinter_run run = fitted(n, obs, false, &a);
            n_run += n_flagged(&run) > 0;
        }
    assert_in_range(n_run, 0, 4);
    hm_arena_free(&a);
}

static void several_wild_readings_of_a_radar_are_all_flagged(void **state)
{
    (void)state;
    hm_arena a;
    static hm_obs obs[GATE_MAX];
    const hm_decay runner = {9, 1.25, 0};
    hm_arena_init(&a, 0);
    for (int32_t i = 0; i < 250; i++) {
        double t_s = 0.02 * i, u = hm_rng_unit(9, HM_FOR_TEST, 2, (uint32_t)i, 0);
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, t_s,
                        hm_decay_v_mps(&runner, t_s + 0.02) + 0.1 * hm_normal_of(u));
    }
    const int32_t wild[] = {40, 41, 90, 170, 200};
    for (int k = 0; k < 5; k++)
        obs[wild[k]].speed_mps += k & 1 ? 2.5 : -2;
    hm_sprinter_run run = fitted(250, obs, true, &a);
    for (int k = 0; k < 5; k++)
        assert_true(run.point[wild[k]].outlier);
    assert_in_range(n_flagged(&run), 5, 6);
    ht_near(run.mss_mps.value, 9, 0.05, 0);
    hm_arena_free(&a);
}

static void too_few_points_are_not_judged(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[GATE_MAX];
    hm_arena_init(&a, 0);
    int32_t n = noisy_gates(3, 5, 8, 0.003, obs);
    obs[2].time_s += 0.3;
    hm_sprinter_run run = fitted(n, obs, true, &a); /* one set apart would leave one to judge by */
    assert_int_equal(n_flagged(&run), 0);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_off_the_curve_is_flagged_and_told_but_kept),
        cmocka_unit_test(dropped_on_request_it_has_no_part_in_the_fit),
        cmocka_unit_test(clean_runs_are_seldom_flagged),
        cmocka_unit_test(several_wild_readings_of_a_radar_are_all_flagged),
        cmocka_unit_test(too_few_points_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
