#include "fit_support.h"

#include "sprint/velocity.h"

enum { N_GATE = 6 };

static const double gate_m[N_GATE] = {5, 10, 15, 20, 30, 40};

static hm_trace gates_of(hm_obs obs[N_GATE])
{
    const hm_decay runner = {9, 1.25, 0};
    for (int i = 0; i < N_GATE; i++) /* to the millisecond, as gates print */
        obs[i] = obs_of(HM_OBS_GATE, gate_m[i],
                        round(1000 * hm_decay_time_s(&runner, gate_m[i])) / 1000, (double)NAN);
    return trace_of(N_GATE, obs);
}

static bool noted(const hm_sprinter_run *run, const char *part)
{
    for (int32_t i = 0; i < run->notes.n; i++)
        if (strstr(run->notes.text[i], part))
            return true;
    return false;
}

static void a_fit_passes_the_check_of_its_file_with_every_model(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_arena_init(&a, 0);
    for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++) {
        hm_fit_opts o = hm_fit_opts_default();
        hm_sprinter_run run;
        hm_err err = {0};
        o.model = model;
        if (hm_fit_run(&t, &o, &a, &run, &err) != HM_OK)
            fail_msg("%s", err.msg);
        hm_sprinter s = {.n_run = 1, .run = &run};
        if (hm_sprinter_check(&s, &err) != HM_OK)
            fail_msg("%s %s %s", err.source, err.field, err.msg);
        assert_true(run.converged);
        assert_int_equal(run.model, model);
        assert_true(run.n_row > 0 && run.n_change > 0);
        assert_true(run.mss_mps.lo90 < run.mss_mps.value && run.mss_mps.hi90 > run.mss_mps.value);
        assert_true(run.predicted_100m_s.lo90 < run.predicted_100m_s.value);
    }
    hm_arena_free(&a);
}

static void defaults_fit_drive(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, NULL, &a, &run, NULL), HM_OK);
    assert_int_equal(run.model, HM_MODEL_DRIVE);
    assert_int_equal(run.interval, HM_INTERVAL_POSTERIOR);
    hm_arena_free(&a);
}

static void points_stand_in_the_order_and_on_the_clock_of_the_trace(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE + 1];
    hm_trace t = gates_of(obs);
    for (int i = 0; i < N_GATE; i++)
        obs[i].time_s += 0.15;
    hm_obs first = obs[0];
    obs[0] = obs[4]; /* 30 m first */
    obs[4] = first;
    obs[N_GATE] = obs_of(HM_OBS_GUN, (double)NAN, 0, (double)NAN);
    t.n_obs++;
    t.reaction_s = 0.15;
    t.time_zero = HM_ZERO_GUN;
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_NONE);
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
    assert_int_equal(run.n_point, N_GATE);
    ht_near(run.reaction_s, 0.15, 0, 0);
    ht_near(run.mss_mps.value, 9, 0, 2e-3);
    double sum = 0, most = 0;
    for (int i = 0; i < N_GATE; i++) {
        ht_near(run.point[i].at, obs[i].distance_m, 0, 0);
        ht_near(run.point[i].observed, obs[i].time_s, 1e-15, 0);
        double r = run.point[i].fitted - run.point[i].observed;
        sum += r * r;
        most = fmax(most, fabs(r));
        assert_true(run.point[i].used && isnan(run.point[i].sigma));
    }
    ht_near(run.rmse, sqrt(sum / N_GATE), 0, 1e-9);
    ht_near(run.rse, sqrt(sum / (N_GATE - 2)), 0, 1e-9);
    ht_near(run.max_abs, most, 0, 1e-9);
    assert_true(isnan(run.chi2));
    hm_arena_free(&a);
}

static void what_the_reader_noted_stands_in_the_run(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_notes_add(&t.notes, &a, "doubtful: made up"), HM_OK);
    assert_int_equal(hm_fit_run(&t, NULL, &a, &run, NULL), HM_OK);
    assert_true(run.notes.n >= 1);
    assert_string_equal(run.notes.text[0], "doubtful: made up");
    assert_int_equal(t.notes.n, 1);
    hm_arena_free(&a);
}

static void a_clock_that_begins_elsewhere_is_named(void **state)
{
    (void)state;
    static const struct {
        double shift_s;
        hm_fit_correct correct;
        const char *note; /* NULL = none about the clock */
    } row[] = {{0, HM_CORRECT_NONE, NULL},
               {-0.3, HM_CORRECT_NONE, "the clock seems to begin 0.30 s after the run"},
               {0.15, HM_CORRECT_NONE, "the run seems to begin 0.15 s after the clock"},
               {-0.3, HM_CORRECT_TC, NULL}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++) {
            hm_arena a;
            hm_obs obs[N_GATE];
            hm_trace t = gates_of(obs);
            hm_fit_opts o = hm_fit_opts_default();
            hm_sprinter_run run;
            hm_arena_init(&a, 0);
            for (int i = 0; i < N_GATE; i++)
                obs[i].time_s += row[k].shift_s;
            o.model = model;
            o.correct = (int32_t)row[k].correct;
            assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
            assert_int_equal(noted(&run, "seems to begin"), row[k].note != NULL);
            assert_true(!row[k].note || noted(&run, row[k].note));
            hm_arena_free(&a);
        }
}

static void sigmas_give_chi2(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_NONE);
    o.sigma_s = 0.002;
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
    ht_near(run.chi2, N_GATE * run.rmse * run.rmse / 4e-6, 0, 1e-9);
    ht_near(run.point[0].sigma, 0.002, 0, 0);
    hm_arena_free(&a);
}

static void as_many_points_as_parameters_get_no_interval(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    t.n_obs = 3;
    hm_fit_opts o = hm_fit_opts_default();
    o.model = HM_MODEL_MONO;
    o.correct = HM_CORRECT_TC;
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
    assert_true(run.converged);
    assert_int_equal(run.interval, HM_INTERVAL_NONE);
    assert_true(isnan(run.mss_mps.lo90) && isnan(run.rse));
    assert_true(noted(&run, "nothing is left to judge the fit by"));
    hm_arena_free(&a);
}

static void fewer_points_than_parameters_leave_the_run_untouched(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_fit_opts o = hm_fit_opts_default();
    hm_sprinter_run run = {.n_row = 77};
    hm_err err = {0};
    hm_arena_init(&a, 0);
    for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++) {
        o.model = model;
        t.n_obs = model == HM_MODEL_DECAY ? 2 : 1;
        assert_int_equal(hm_fit_run(&t, &o, &a, &run, &err), HM_ERR_INPUT);
        assert_int_equal(run.n_row, 77);
    }
    hm_arena_free(&a);
}

static void an_option_out_of_its_range_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    hm_trace t = gates_of(obs);
    hm_sprinter_run run;
    hm_arena_init(&a, 0);
    hm_fit_opts model = hm_fit_opts_default(), mass = model;
    hm_err err = {0}, other = {0};
    model.model = 7;
    mass.mass_kg = -70;
    assert_int_equal(hm_fit_run(&t, &model, &a, &run, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "model");
    assert_int_equal(hm_fit_run(&t, &mass, &a, &run, &other), HM_ERR_USAGE);
    assert_string_equal(other.field, "mass_kg");
    hm_arena_free(&a);
}

/* A clock that begins 0.3 m down the tape gives the same runner as one that begins at the start. */
static void the_first_gate_may_stand_down_the_tape(void **state)
{
    (void)state;
    hm_arena a;
    hm_obs obs[N_GATE];
    const hm_decay runner = {9, 1.25, 0};
    for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model += 2) {
        hm_trace t = gates_of(obs);
        hm_fit_opts o = classic((hm_fit_model)model, HM_CORRECT_NONE);
        hm_sprinter_run from_start, from_gate;
        hm_arena_init(&a, 0);
        for (int i = 0; i < N_GATE; i++)
            obs[i].time_s = hm_decay_time_s(&runner, gate_m[i]);
        assert_int_equal(hm_fit_run(&t, &o, &a, &from_start, NULL), HM_OK);
        for (int i = 0; i < N_GATE; i++)
            obs[i].time_s -= hm_decay_time_s(&runner, 0.3);
        t.time_zero = HM_ZERO_FIRST_GATE;
        t.gate0_m = 0.3;
        assert_int_equal(hm_fit_run(&t, &o, &a, &from_gate, NULL), HM_OK);
        double rel = model == HM_MODEL_MONO ? 1e-7 : 0.01;
        ht_near(from_gate.mss_mps.value, from_start.mss_mps.value, 0, rel);
        ht_near(from_gate.correction_fd_m.value, 0.3, 0, 0);
        hm_arena_free(&a);
    }
}

/* A radar that was switched on 3 s before the start sees the same runner. */
static void standing_before_the_start_changes_nothing(void **state)
{
    (void)state;
    static hm_obs obs[GATE_MAX];
    const hm_decay runner = {9, 1.25, 0};
    hm_arena a;
    hm_sprinter_run prompt, early;
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_TC);
    for (int i = 0; i < 250; i++)
        obs[i] =
            obs_of(HM_OBS_SPEED, (double)NAN, 0.02 * i + 0.02, hm_decay_v_mps(&runner, 0.02 * i));
    hm_trace t = trace_of(250, obs);
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &prompt, NULL), HM_OK);
    for (int i = 0; i < GATE_MAX; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 0.02 * i,
                        i < 150 ? 0 : hm_decay_v_mps(&runner, 0.02 * (i - 150)));
    t.n_obs = GATE_MAX;
    assert_int_equal(hm_fit_run(&t, &o, &a, &early, NULL), HM_OK);
    ht_near(early.mss_mps.value, 9, 0, 1e-6);
    ht_near(early.mac_mps2.value, prompt.mac_mps2.value, 0, 1e-6);
    assert_true(noted(&early, "standing still"));
    ht_near(early.point[0].at, 3.04, 0.05, 0); /* on the clock of the trace */
    hm_arena_free(&a);
}

/* The best start lies beside an observation: a speed that stood still before it would have a corner
 * there, at which no search comes to rest. */
static void a_radar_that_starts_on_time_is_fitted_by_every_model(void **state)
{
    (void)state;
    static hm_obs obs[GATE_MAX];
    const hm_decay runner = {9.2, 1.33, 0};
    hm_arena a;
    hm_arena_init(&a, 0);
    for (int i = 0; i < 232; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 0.021 * i,
                        hm_decay_v_mps(&runner, 0.021 * i + 0.01) + 0.2 * ((i * 7) % 5 - 2));
    hm_trace t = trace_of(232, obs);
    for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++) {
        hm_fit_opts o = classic((hm_fit_model)model, HM_CORRECT_TC);
        hm_sprinter_run run;
        assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
        assert_true(run.converged);
        ht_near(run.top_speed_mps.value, 9.2, 0.15, 0);
    }
    hm_arena_free(&a);
}

/* Lines on a page of numbers that are no sprint: always an answer, or an error. */
static void nonsense_ends_in_an_error_or_a_flagged_fit(void **state)
{
    (void)state;
    static const double x_m[4] = {10, 20, 30, 40};
    static const double t_s[][4] = {{0.01, 0.02, 0.03, 0.04}, {1, 50, 51, 900},
                                    {1e-3, 1, 100, 3000},     {5, 5.001, 5.002, 5.003},
                                    {1, 2, 3, 3.0001},        {1000, 2000, 3000, 4000}};
    hm_arena a;
    hm_arena_init(&a, 0);
    for (size_t k = 0; k < sizeof t_s / sizeof *t_s; k++)
        for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++)
            for (int c = HM_CORRECT_NONE; c <= HM_CORRECT_TC_DC; c++) {
                hm_obs obs[4];
                hm_trace t = trace_of(gates(4, x_m, t_s[k], obs), obs);
                hm_fit_opts o = hm_fit_opts_default();
                hm_sprinter_run run;
                hm_err err = {0};
                o.model = model;
                o.correct = c;
                hm_status status = hm_fit_run(&t, &o, &a, &run, &err);
                if (status != HM_OK) {
                    assert_true(status == HM_ERR_INPUT || status == HM_ERR_NUMERIC);
                    assert_true(err.msg[0] != 0);
                    continue;
                }
                assert_true(run.converged || noted(&run, "did not converge"));
                for (int32_t i = 0; i < run.n_param; i++)
                    assert_true(isfinite(run.param[i]));
                assert_true(isfinite(run.rmse));
            }
    hm_arena_free(&a);
}

static void two_hundred_thousand_speeds_are_fitted(void **state)
{
    (void)state;
    enum { N = HM_TRACE_OBS_MAX };
    const hm_decay runner = {9, 1.25, 0};
    hm_obs *obs = calloc(N, sizeof *obs);
    for (int i = 0; i < N; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 6.0 * i / N + 0.1,
                        hm_decay_v_mps(&runner, 6.0 * i / N) + 0.1 * (i % 7 - 3));
    hm_trace t = trace_of(N, obs);
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_TC);
    hm_sprinter_run run;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
    ht_near(run.mss_mps.value, 9, 0, 1e-3);
    assert_int_equal(run.n_point, N);
    hm_arena_free(&a);
    free(obs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fit_passes_the_check_of_its_file_with_every_model),
        cmocka_unit_test(defaults_fit_drive),
        cmocka_unit_test(points_stand_in_the_order_and_on_the_clock_of_the_trace),
        cmocka_unit_test(what_the_reader_noted_stands_in_the_run),
        cmocka_unit_test(a_clock_that_begins_elsewhere_is_named),
        cmocka_unit_test(sigmas_give_chi2),
        cmocka_unit_test(as_many_points_as_parameters_get_no_interval),
        cmocka_unit_test(fewer_points_than_parameters_leave_the_run_untouched),
        cmocka_unit_test(an_option_out_of_its_range_is_refused),
        cmocka_unit_test(the_first_gate_may_stand_down_the_tape),
        cmocka_unit_test(standing_before_the_start_changes_nothing),
        cmocka_unit_test(a_radar_that_starts_on_time_is_fitted_by_every_model),
        cmocka_unit_test(nonsense_ends_in_an_error_or_a_flagged_fit),
        cmocka_unit_test(two_hundred_thousand_speeds_are_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
