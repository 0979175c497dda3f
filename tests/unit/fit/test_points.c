#include "fit_support.h"
#include "points_priv.h"

enum { N_MAX = 1200 };

typedef struct made {
    hm_arena arena;
    hm_trace trace;
    hm_fit_opts opts;
    fit_points points;
    hm_notes notes;
    hm_err err;
} made;

static hm_status points_of(made *m, int32_t n, hm_obs *obs)
{
    hm_trace given = m->trace;
    given.n_obs = n;
    given.obs = obs;
    m->err = (hm_err){0};
    m->notes = (hm_notes){0};
    return fit_points_of(&given, &m->opts, &m->arena, &m->points, &m->arena, &m->notes, &m->err);
}

static int set_up(void **state)
{
    made *m = calloc(1, sizeof *m);
    hm_arena_init(&m->arena, 0);
    m->trace = hm_trace_default();
    m->opts = hm_fit_opts_default();
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    made *m = *state;
    hm_arena_free(&m->arena);
    free(m);
    return 0;
}

static bool noted(const made *m, const char *part)
{
    for (int32_t i = 0; i < m->notes.n; i++)
        if (strstr(m->notes.text[i], part))
            return true;
    return false;
}

static void gates_come_in_order_of_distance(void **state)
{
    made *m = *state;
    const double x_m[] = {30, 10, 20}, t_s[] = {4.5, 2, 3.3};
    hm_obs obs[3];
    assert_int_equal(points_of(m, gates(3, x_m, t_s, obs), obs), HM_OK);
    assert_int_equal(m->points.n, 3);
    assert_int_equal(m->points.observe, HM_OBSERVE_TIME);
    ht_near(m->points.at[0], 10, 0, 0);
    ht_near(m->points.observed[2], 4.5, 0, 0);
    assert_int_equal(m->points.of[0], 1);
    assert_null(m->points.sigma);
}

static void reaction_is_taken_from_times_that_count_from_the_gun(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 30}, t_s[] = {2, 3.3, 4.5};
    hm_obs obs[3];
    gates(3, x_m, t_s, obs);
    m->trace.reaction_s = 0.15;
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[0], 2, 0, 0); /* the clock may begin elsewhere */
    m->trace.time_zero = HM_ZERO_GUN;
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[0], 1.85, 0, 1e-15);
    m->opts.reaction_s = 0.2; /* by hand wins */
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[0], 1.8, 0, 1e-15);
}

static void times_rounded_up_lose_half_a_step(void **state)
{
    made *m = *state;
    const double x_m[] = {80, 90, 100}, t_s[] = {7.92, 8.74, 9.58};
    hm_obs obs[3];
    gates(3, x_m, t_s, obs);
    assert_int_equal(points_of(m, 3, obs), HM_OK); /* nobody says that they were */
    ht_near(m->points.observed[2], 9.58, 0, 0);
    assert_false(noted(m, "rounded up"));
    m->opts.rounded_up_s = 0.01; /* all marks alike: no finish among them */
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[0], 7.915, 0, 1e-15);
    ht_near(m->points.observed[2], 9.575, 0, 1e-15);
    assert_true(noted(m, "times are rounded up to 0.01 s: 0.005 s taken off"));
    obs[2].kind = HM_OBS_FINISH; /* the official time alone */
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[0], 7.92, 0, 0);
    ht_near(m->points.observed[2], 9.575, 0, 1e-15);
    assert_true(noted(m, "official times are rounded up to 0.01 s: 0.005 s taken off"));
    m->opts.rounded_up_s = 0;
    assert_int_equal(points_of(m, 3, obs), HM_OK);
    ht_near(m->points.observed[2], 9.58, 0, 0);
}

static void the_zero_of_the_clock_is_no_observation(void **state)
{
    made *m = *state;
    const double x_m[] = {0, 10, 20, 30}, t_s[] = {0, 2, 3.3, 4.5};
    hm_obs obs[4];
    assert_int_equal(points_of(m, gates(4, x_m, t_s, obs), obs), HM_OK);
    assert_int_equal(m->points.n, 3);
    ht_near(m->points.at[0], 10, 0, 0);
}

static void most_observations_choose_the_quantity_and_the_rest_is_told(void **state)
{
    made *m = *state;
    hm_obs obs[60];
    int32_t n = 0;
    for (int i = 0; i < 50; i++)
        obs[n++] = obs_of(HM_OBS_SPEED, (double)NAN, 0.1 * i, 9 * (1 - exp(-0.1 * i)));
    for (int i = 1; i <= 4; i++)
        obs[n++] = obs_of(HM_OBS_GATE, 10 * i, 1 + i, (double)NAN);
    obs[n++] = obs_of(HM_OBS_STEP_ON, (double)NAN, 0.5, (double)NAN);
    obs[n++] = obs_of(HM_OBS_GUN, (double)NAN, 0, (double)NAN);
    assert_int_equal(points_of(m, n, obs), HM_OK);
    assert_int_equal(m->points.observe, HM_OBSERVE_SPEED);
    assert_int_equal(m->points.n, 50);
    assert_true(noted(m, "4 times at distances are not used"));
    m->opts.observe = HM_OBSERVE_TIME;
    assert_int_equal(points_of(m, n, obs), HM_OK);
    assert_int_equal(m->points.n, 4);
    assert_true(noted(m, "50 speeds at times are not used"));
    m->opts.observe = HM_OBSERVE_DISTANCE; /* the other side of the gates */
    assert_int_equal(points_of(m, n, obs), HM_OK);
    assert_int_equal(m->points.n, 4);
    ht_near(m->points.at[0], 2, 0, 0);
    ht_near(m->points.observed[0], 10, 0, 0);
}

static void sigmas_that_lack_are_filled_and_told(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 30, 40}, t_s[] = {2, 3.3, 4.5, 5.6};
    hm_obs obs[4];
    gates(4, x_m, t_s, obs);
    obs[0].sigma_s = 0.01;
    obs[1].sigma_s = 0.02;
    obs[2].sigma_s = 0.03;
    assert_int_equal(points_of(m, 4, obs), HM_OK);
    ht_near(m->points.sigma[0], 0.01, 0, 0);
    ht_near(m->points.sigma[3], 0.02, 0, 0);
    assert_true(noted(m, "1 observations tell no sd"));
    m->opts.sigma_s = 0.005;
    assert_int_equal(points_of(m, 4, obs), HM_OK);
    ht_near(m->points.sigma[0], 0.01, 0, 0);
    ht_near(m->points.sigma[3], 0.005, 0, 0);
    assert_int_equal(m->notes.n, 0);
}

/* ---- what is no run ---- */

static void refused(made *m, int32_t n, hm_obs *obs, const char *source, const char *field,
                    const char *part)
{
    assert_int_equal(points_of(m, n, obs), HM_ERR_INPUT);
    assert_string_equal(m->err.source, source);
    assert_string_equal(m->err.field, field);
    if (!strstr(m->err.msg, part))
        fail_msg("\"%s\" does not say \"%s\"", m->err.msg, part);
}

static void one_gate_twice_is_refused(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 20, 30}, t_s[] = {2, 3.3, 3.31, 4.5};
    hm_obs obs[4];
    refused(m, gates(4, x_m, t_s, obs), obs, "observation 3", "distance_m", "one gate twice");
}

static void times_that_fall_are_refused(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 30}, t_s[] = {1.9, 1.8, 1.7}, same_s[] = {1.9, 1.9, 2.8};
    hm_obs obs[3];
    refused(m, gates(3, x_m, t_s, obs), obs, "observation 2", "time_s", "times fall");
    refused(m, gates(3, x_m, same_s, obs), obs, "observation 2", "time_s", "times fall");
}

static void times_before_the_start_are_refused_unless_shifted(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 30, 40}, t_s[] = {-0.1, 1, 2, 3};
    hm_obs obs[4];
    refused(m, gates(4, x_m, t_s, obs), obs, "observation 1", "time_s", "after the start");
    m->opts.correct = HM_CORRECT_TC;
    assert_int_equal(points_of(m, 4, obs), HM_OK);
    m->opts.correct = HM_CORRECT_NONE;
    m->opts.reaction_s = 1.5;
    const double late_s[] = {1.4, 3, 4, 5};
    refused(m, gates(4, x_m, late_s, obs), obs, "observation 1", "time_s", "and the reaction");
}

static void a_gate_behind_the_start_is_refused(void **state)
{
    made *m = *state;
    const double x_m[] = {-5, 10, 20}, t_s[] = {0.5, 2, 3.3};
    hm_obs obs[3];
    refused(m, gates(3, x_m, t_s, obs), obs, "observation 1", "distance_m", "from the start");
}

static void zero_negative_and_missing_numbers_are_refused(void **state)
{
    made *m = *state;
    const double x_m[] = {10, 20, 30}, t_s[] = {2, 3.3, 4.5};
    hm_obs obs[3];
    gates(3, x_m, t_s, obs);
    obs[1].sigma_s = 0;
    refused(m, 3, obs, "observation 2", "sigma_s", "above 0");
    obs[1].sigma_s = -1;
    refused(m, 3, obs, "observation 2", "sigma_s", "above 0");
    obs[1].sigma_s = (double)INFINITY;
    refused(m, 3, obs, "observation 2", "sigma_s", "above 0");
    gates(3, x_m, t_s, obs);
    obs[2].time_s = (double)NAN;
    refused(m, 3, obs, "observation 3", "time_s", "expected a number");
    obs[2].time_s = 4;
    obs[2].distance_m = (double)INFINITY;
    refused(m, 3, obs, "observation 3", "distance_m", "expected a number");
}

static void a_run_that_never_starts_is_refused(void **state)
{
    made *m = *state;
    hm_obs obs[100];
    for (int i = 0; i < 100; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 0.02 * i, 0.1 * (i % 3));
    refused(m, 100, obs, "", "speed_mps", "never starts");
    for (int i = 0; i < 100; i++)
        obs[i] = obs_of(HM_OBS_POSITION, 0.01 * (i % 3), 0.02 * i, (double)NAN);
    refused(m, 100, obs, "", "distance_m", "never starts");
    for (int i = 0; i < 100; i++)
        obs[i] = obs_of(HM_OBS_POSITION, 50 - 0.4 * i, 0.02 * i, (double)NAN);
    refused(m, 100, obs, "", "distance_m", "backwards");
    for (int i = 0; i < 100; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 3, 8);
    refused(m, 100, obs, "", "time_s", "one time");
}

static void nothing_of_the_wanted_kind_is_refused(void **state)
{
    made *m = *state;
    hm_obs obs[1] = {obs_of(HM_OBS_GUN, (double)NAN, 0, (double)NAN)};
    refused(m, 1, obs, "", "time_s", "found none");
}

/* ---- where the run is ---- */

/* 2.5 s of standing, 8 s of a run, 2 s of slowing down, 50 Hz */
static int32_t long_series(hm_obs_kind kind, hm_obs obs[])
{
    int32_t n = 0;
    double x_m = 0;
    for (; n < 625; n++) {
        double t_s = 0.02 * n, s_s = t_s - 2.5, ripple = 0.05 * ((n * 7) % 5 - 2);
        double v_mps = s_s <= 0  ? 0.02 * (n % 4)
                       : s_s < 8 ? 9 * (1 - exp(-s_s / 1.2)) + ripple
                                 : fmax(9 - 3 * (s_s - 8), 0) + ripple;
        x_m += 0.02 * v_mps;
        obs[n] = obs_of(kind, kind == HM_OBS_POSITION ? x_m : (double)NAN, t_s,
                        kind == HM_OBS_SPEED ? v_mps : (double)NAN);
    }
    return n;
}

static void standing_and_slowing_down_are_left_out_and_told(void **state)
{
    made *m = *state;
    static hm_obs obs[N_MAX];
    const hm_obs_kind kind[] = {HM_OBS_SPEED, HM_OBS_POSITION};
    for (int k = 0; k < 2; k++) {
        int32_t n = long_series(kind[k], obs);
        assert_int_equal(points_of(m, n, obs), HM_OK);
        ht_near(m->points.idle_s, 2.5, k == 0 ? 0.08 : 0.25, 0);
        double last_s = m->points.at[m->points.n - 1] + m->points.idle_s;
        assert_true(last_s > 10.4 && last_s < 11);
        assert_true(m->points.at[0] >= 0 && m->points.at[0] < 0.03);
        assert_true(noted(m, "standing still"));
        assert_true(noted(m, "slowing down"));
    }
}

static void a_series_that_begins_with_the_run_is_kept_whole(void **state)
{
    made *m = *state;
    hm_csv t = table_of("shorts_jb_morin.csv", &m->arena);
    static hm_obs obs[N_MAX];
    for (int32_t i = 0; i < t.n_row; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, number_in(&t, i, "time_s"),
                        number_in(&t, i, "velocity_mps"));
    assert_int_equal(points_of(m, t.n_row, obs), HM_OK);
    assert_int_equal(m->points.n, 232);
    ht_near(m->points.idle_s, 0, 0, 0);
    assert_int_equal(m->notes.n, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(gates_come_in_order_of_distance),
        T(reaction_is_taken_from_times_that_count_from_the_gun),
        T(times_rounded_up_lose_half_a_step),
        T(the_zero_of_the_clock_is_no_observation),
        T(most_observations_choose_the_quantity_and_the_rest_is_told),
        T(sigmas_that_lack_are_filled_and_told),
        T(one_gate_twice_is_refused),
        T(times_that_fall_are_refused),
        T(times_before_the_start_are_refused_unless_shifted),
        T(a_gate_behind_the_start_is_refused),
        T(zero_negative_and_missing_numbers_are_refused),
        T(a_run_that_never_starts_is_refused),
        T(nothing_of_the_wanted_kind_is_refused),
        T(standing_and_slowing_down_are_left_out_and_told),
        T(a_series_that_begins_with_the_run_is_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
