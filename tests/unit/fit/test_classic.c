#include "fit_support.h"
#include "model_priv.h"

/* What a golden row was fitted to. */
static int32_t observations(const hm_csv *golden, int32_t row, hm_arena *a, hm_obs *obs)
{
    const char *set = text_in(golden, row, "dataset"), *who = text_in(golden, row, "athlete");
    int32_t n = 0;
    if (strcmp(set, "jb_morin") == 0) {
        hm_csv t = table_of("shorts_jb_morin.csv", a);
        for (int32_t i = 0; i < t.n_row; i++)
            obs[n++] = obs_of(HM_OBS_SPEED, (double)NAN, number_in(&t, i, "time_s"),
                              number_in(&t, i, "velocity_mps"));
    } else if (strcmp(set, "split_times") == 0) {
        hm_csv t = table_of("shorts_split_times.csv", a);
        for (int32_t i = 0; i < t.n_row; i++)
            if (strcmp(text_in(&t, i, "athlete"), who) == 0)
                obs[n++] = obs_of(HM_OBS_GATE, number_in(&t, i, "distance_m"),
                                  number_in(&t, i, "time_s"), (double)NAN);
    } else {
        static const double gate_m[] = {5, 10, 20, 30, 35};
        static const char *const column[] = {"t_5m_s", "t_10m_s", "t_20m_s", "t_30m_s", "t_35m_s"};
        hm_csv t = table_of("shorts_vescovi_01_26.csv", a);
        for (int32_t i = 0; i < t.n_row; i++)
            for (int k = 0; k < 5 && strcmp(text_in(&t, i, "athlete"), who) == 0; k++)
                obs[n++] = obs_of(HM_OBS_GATE, gate_m[k], number_in(&t, i, column[k]), (double)NAN);
    }
    return n;
}

static hm_fit_opts as_asked(const char *correct)
{
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_NONE);
    if (strncmp(correct, "fd=", 3) == 0)
        o.fixed_fd_m = strtod(correct + 3, NULL);
    else
        for (int32_t k = 0; hm_fit_correct_word[k]; k++)
            if (strcmp(hm_fit_correct_word[k], correct) == 0)
                o.correct = k;
    return o;
}

/* Worst relative (or, for rse, absolute) differences over the table. */
typedef struct worst {
    double param, rse, se;
} worst;

static void compare(double got, double want, double floor, double *worst_of)
{
    if (!isnan(want))
        *worst_of = fmax(*worst_of, fabs(got - want) / fmax(fabs(want), floor));
}

static void optimum_of_every_golden_fit_is_reached(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_csv golden = table_of("shorts_golden_fits.csv", &a);
    assert_int_equal(golden.n_row, 135);
    worst w = {0};
    for (int32_t i = 0; i < golden.n_row; i++) {
        hm_arena_mark mark = hm_arena_mark_get(&a);
        hm_obs obs[GATE_MAX];
        hm_trace t = trace_of(observations(&golden, i, &a, obs), obs);
        hm_fit_opts o = as_asked(text_in(&golden, i, "correct"));
        hm_sprinter_run run;
        hm_err err = {0};
        if (hm_fit_run(&t, &o, &a, &run, &err) != HM_OK)
            fail_msg("row %d: %s", i + 2, err.msg);
        assert_int_equal(run.n_point, (int)number_in(&golden, i, "n"));
        assert_true(run.converged);
        compare(run.mss_mps.value, number_in(&golden, i, "mss_mps"), 0, &w.param);
        compare(run.mac_mps2.value, number_in(&golden, i, "mac_mps2"), 0, &w.param);
        compare(run.tau_s.value, number_in(&golden, i, "tau_s"), 0, &w.param);
        compare(run.pmax_w_per_kg.value, number_in(&golden, i, "pmax_w_per_kg"), 0, &w.param);
        compare(run.correction_tc_s.value, number_in(&golden, i, "correction_tc_s"), 0, &w.param);
        compare(run.correction_fd_m.value, number_in(&golden, i, "correction_fd_m"), 0, &w.param);
        compare(run.correction_dc_m.value, number_in(&golden, i, "correction_dc_m"), 0, &w.param);
        compare(run.rse, number_in(&golden, i, "rse"), 1, &w.rse);
        compare(run.rmse, number_in(&golden, i, "rmse"), 1, &w.rse);
        compare(run.max_abs, number_in(&golden, i, "max_abs"), 1, &w.rse);
        compare(se(&run, "mss_mps"), number_in(&golden, i, "se_mss"), 0, &w.se);
        compare(se(&run, "mac_mps2"), number_in(&golden, i, "se_mac"), 0, &w.se);
        compare(se(&run, "tc_s"), number_in(&golden, i, "se_tc"), 0, &w.se);
        compare(se(&run, "fd_m"), number_in(&golden, i, "se_fd"), 0, &w.se);
        compare(se(&run, "dc_m"), number_in(&golden, i, "se_dc"), 0, &w.se);
        hm_arena_release(&a, mark);
    }
    print_message("# worst: parameters %.2g, rse %.2g, standard errors %.2g\n", w.param, w.rse,
                  w.se);
    assert_true(w.param <= 1e-6);
    assert_true(w.rse <= 1e-9);
    assert_true(w.se <= 1e-4);
    hm_arena_free(&a);
}

/* ---- the equations ---- */

enum { N_AT = 9 };

static fit_model model_of(hm_fit_model kind, hm_fit_correct correct, double fixed_fd_m,
                          double gate0_m, hm_fit_observe what)
{
    static const double at[N_AT] = {1, 2, 5, 10, 15, 20, 30, 40, 60};
    static const double t_s[N_AT] = {.5, .7, 1.2, 1.9, 2.6, 3.3, 4.5, 5.6, 8};
    hm_fit_opts o = classic(kind, correct);
    o.fixed_fd_m = fixed_fd_m;
    fit_points points = {.n = N_AT, .observe = what, .at = at, .observed = t_s, .gate0_m = gate0_m};
    if (what != HM_OBSERVE_TIME) {
        points.at = t_s;
        points.observed = at;
    }
    fit_model m;
    hm_err err = {0};
    if (fit_classic_model(&o, &points, &m, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return m;
}

/* Parameters of a sprinter with every correction that the model has. */
static void usual(const fit_model *m, double p[])
{
    static const struct {
        const char *name;
        double value;
    } row[] = {{"mss_mps", 9.1},     {"mac_mps2", 7.3}, {"v_mps", 10.2}, {"tau_s", 1.35},
               {"decay_mps2", 0.11}, {"tc_s", -0.12},   {"fd_m", 0.35},  {"dc_m", -0.3}};
    for (int32_t j = 0; j < m->n_param; j++)
        for (size_t k = 0; k < sizeof row / sizeof *row; k++)
            if (strcmp(m->param[j].name, row[k].name) == 0)
                p[j] = row[k].value;
}

static void places_of(hm_fit_observe what, double at[N_AT])
{
    for (int i = 0; i < N_AT; i++)
        at[i] = what == HM_OBSERVE_TIME ? 3 + 7.0 * i : 0.3 + 0.9 * i;
}

typedef void check_model(const fit_model *m, hm_fit_observe what);

/* Every model with every correction, for every quantity that it can be fitted to. */
static void for_each_model(check_model *check)
{
    for (int kind = HM_MODEL_MONO; kind <= HM_MODEL_DECAY; kind++)
        for (int what = HM_OBSERVE_TIME; what <= HM_OBSERVE_SPEED; what++)
            for (int c = HM_CORRECT_NONE; c <= HM_CORRECT_TC_DC; c++)
                for (int fixed = 0; fixed < 3; fixed++) {
                    if (what == HM_OBSERVE_SPEED && c > HM_CORRECT_TC)
                        continue;
                    fit_model m =
                        model_of((hm_fit_model)kind, (hm_fit_correct)c, fixed ? 0.4 : (double)NAN,
                                 fixed == 2 ? 0.4 : 0, (hm_fit_observe)what);
                    check(&m, (hm_fit_observe)what);
                }
}

static void compare_derivatives(const fit_model *m, hm_fit_observe what)
{
    double p[FIT_PARAM_MAX], at[N_AT], y[N_AT], dy[N_AT * FIT_PARAM_MAX], up[N_AT], down[N_AT];
    usual(m, p);
    places_of(what, at);
    assert_true(m->observe(m, p, what, N_AT, at, y, dy));
    for (int32_t j = 0; j < m->n_param; j++) {
        double h = 1e-5 * fmax(fabs(p[j]), 0.1), keep = p[j];
        p[j] = keep + h;
        assert_true(m->observe(m, p, what, N_AT, at, up, NULL));
        p[j] = keep - h;
        assert_true(m->observe(m, p, what, N_AT, at, down, NULL));
        p[j] = keep;
        for (int i = 0; i < N_AT; i++)
            ht_near(dy[j * N_AT + i], (up[i] - down[i]) / (2 * h), 2e-8, 1e-7);
    }
}

static void derivatives_are_those_of_the_values(void **state)
{
    (void)state;
    for_each_model(compare_derivatives);
}

/* Noise-free observations give their parameters back. */
static void recover(const fit_model *m, hm_fit_observe what)
{
    double p[FIT_PARAM_MAX], at[N_AT], y[N_AT];
    hm_arena a;
    fit_solution s;
    hm_err err = {0};
    usual(m, p);
    places_of(what, at);
    assert_true(m->observe(m, p, what, N_AT, at, y, NULL));
    hm_arena_init(&a, 0);
    fit_points points = {
        .n = N_AT, .observe = what, .at = at, .observed = y, .gate0_m = m->gate0_m};
    fit_work *work = fit_work_new(&a, N_AT, m->n_param);
    assert_non_null(work);
    if (fit_solve(m, &points, NULL, NULL, work, &s, &err) != HM_OK)
        fail_msg("%s %s of %d: %s %s", hm_fit_model_word[m->kind], hm_fit_correct_word[m->correct],
                 what, err.field, err.msg);
    assert_true(s.converged);
    assert_true(s.sse < 1e-20);
    for (int32_t j = 0; j < m->n_param; j++)
        ht_near(s.p[j], p[j], 0, 1e-6);
    hm_arena_free(&a);
}

static void perfect_observations_give_their_parameters_back(void **state)
{
    (void)state;
    for_each_model(recover);
}

/* A clock that begins at a gate 10 m down the tape: s(x) - s(10). */
static void a_clock_from_the_first_gate_is_a_difference_of_times(void **state)
{
    (void)state;
    fit_model m = model_of(HM_MODEL_DECAY, HM_CORRECT_NONE, 10, 10, HM_OBSERVE_TIME);
    const hm_decay d = {10.2, 1.35, 0.11};
    const double p[] = {10.2, 1.35, 0.11}, at[] = {20, 30};
    double y[2];
    assert_true(m.observe(&m, p, HM_OBSERVE_TIME, 2, at, y, NULL));
    ht_near(y[0], hm_decay_time_s(&d, 20) - hm_decay_time_s(&d, 10), 1e-13, 0);
    ht_near(y[1], hm_decay_time_s(&d, 30) - hm_decay_time_s(&d, 10), 1e-13, 0);
}

/* The quick inverse against the careful one. */
static void times_are_those_of_the_closed_forms(void **state)
{
    (void)state;
    const hm_decay runner[] = {{9.1, 9.1 / 7.3, 0}, {13.3, 1.63, 0.13}, {6.1, 0.9, 0.4}};
    for (int k = 0; k < 3; k++) {
        bool mono = runner[k].decay_mps2 == 0;
        fit_model m = model_of(mono ? HM_MODEL_MONO : HM_MODEL_DECAY, HM_CORRECT_NONE, (double)NAN,
                               0, HM_OBSERVE_TIME);
        double p[3] = {runner[k].v_mps, mono ? 7.3 : runner[k].tau_s, runner[k].decay_mps2};
        for (double x = 1e-9; x < (mono ? 2000 : 40); x *= 1.037) {
            double y;
            assert_true(m.observe(&m, p, HM_OBSERVE_TIME, 1, &x, &y, NULL));
            ht_near(y, hm_decay_time_s(&runner[k], x), 0, mono ? 3e-15 : 3e-14);
        }
    }
}

static void a_distance_never_reached_is_no_run(void **state)
{
    (void)state;
    fit_model m = model_of(HM_MODEL_DECAY, HM_CORRECT_NONE, (double)NAN, 0, HM_OBSERVE_TIME);
    const double p[3] = {6.1, 0.9, 0.4}, at[] = {10, 60}; /* turns at 41 m */
    double y[2];
    assert_false(m.observe(&m, p, HM_OBSERVE_TIME, 2, at, y, NULL));
}

/* ---- recovery, races ---- */

/* split_times was made from these, its times then rounded to 1 ms; R's shorts comes this near. */
static void truth_is_recovered_as_well_as_by_shorts(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_csv truth = table_of("shorts_split_times_truth.csv", &a);
    hm_csv times = table_of("shorts_split_times.csv", &a);
    double mss = 0, mac = 0, fd = 0;
    assert_int_equal(truth.n_row, 5);
    for (int32_t i = 0; i < truth.n_row; i++) {
        hm_obs obs[GATE_MAX];
        int32_t n = 0;
        for (int32_t k = 0; k < times.n_row; k++)
            if (strcmp(text_in(&times, k, "athlete"), text_in(&truth, i, "athlete")) == 0)
                obs[n++] = obs_of(HM_OBS_GATE, number_in(&times, k, "distance_m"),
                                  number_in(&times, k, "time_s"), (double)NAN);
        hm_trace t = trace_of(n, obs);
        hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_FD);
        hm_sprinter_run run;
        assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
        compare(run.mss_mps.value, number_in(&truth, i, "mss_mps"), 0, &mss);
        compare(run.mac_mps2.value, number_in(&truth, i, "mac_mps2"), 0, &mac);
        compare(run.correction_fd_m.value, number_in(&truth, i, "flying_distance_m"), 0, &fd);
    }
    assert_true(mss < 0.00051);
    assert_true(mac < 0.0035);
    assert_true(fd < 0.017);
    hm_arena_free(&a);
}

static int32_t race_marks(const hm_csv *fits, int32_t row, hm_arena *a, hm_obs *obs,
                          double *reaction_s)
{
    hm_csv t = table_of("races_splits.csv", a);
    int32_t n = 0;
    for (int32_t i = 0; i < t.n_row; i++)
        if (strcmp(text_in(&t, i, "race_id"), text_in(fits, row, "race_id")) == 0 &&
            strcmp(text_in(&t, i, "athlete"), text_in(fits, row, "athlete")) == 0 &&
            number_in(&t, i, "distance_m") <= number_in(fits, row, "to_m")) {
            *reaction_s = number_in(&t, i, "reaction_s");
            obs[n++] = obs_of(HM_OBS_GATE, number_in(&t, i, "distance_m"),
                              number_in(&t, i, "time_s"), (double)NAN);
        }
    return n;
}

static void fits_of_elite_races_are_those_of_the_table(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_csv fits = table_of("race_fits.csv", &a);
    double param = 0, rse = 0, error = 0;
    int n_fit = 0, n_bound = 0;
    for (int32_t i = 0; i < fits.n_row; i++) {
        hm_obs obs[GATE_MAX];
        bool decay = strcmp(text_in(&fits, i, "model"), "decay") == 0;
        hm_fit_opts o =
            classic(decay ? HM_MODEL_DECAY : HM_MODEL_MONO,
                    strcmp(text_in(&fits, i, "correct"), "tc") ? HM_CORRECT_NONE : HM_CORRECT_TC);
        hm_trace t = trace_of(race_marks(&fits, i, &a, obs, &o.reaction_s), obs);
        assert_int_equal(t.n_obs, (int)number_in(&fits, i, "n"));
        hm_sprinter_run run;
        assert_int_equal(hm_fit_run(&t, &o, &a, &run, NULL), HM_OK);
        assert_true(run.converged);
        n_fit++;
        if (number_in(&fits, i, "decay_mps2") < 0) { /* the table is without bounds */
            ht_near(run.decay_mps2.value, 0, 0, 0);
            assert_true(run.rse >= number_in(&fits, i, "rse_s"));
            n_bound++;
            continue;
        }
        compare(run.mss_mps.value, number_in(&fits, i, "v_mps"), 0, &param);
        compare(run.tau_s.value, number_in(&fits, i, "tau_s"), 0, &param);
        compare(run.mac_mps2.value, number_in(&fits, i, "mac_mps2"), 0, &param);
        if (decay)
            compare(run.decay_mps2.value, number_in(&fits, i, "decay_mps2"), 0, &param);
        compare(run.correction_tc_s.value, number_in(&fits, i, "tc_s"), 0, &param);
        compare(run.rse, number_in(&fits, i, "rse_s"), 1, &rse);
        compare(run.rmse, number_in(&fits, i, "rmse_s"), 1, &rse);
        compare(run.max_abs, number_in(&fits, i, "max_abs_s"), 1, &rse);
        compare(se(&run, decay ? "v_mps" : "mss_mps"), number_in(&fits, i, "se_v"), 0, &error);
        compare(se(&run, "tau_s"), decay ? number_in(&fits, i, "se_tau") : (double)NAN, 0, &error);
        compare(se(&run, "decay_mps2"), number_in(&fits, i, "se_decay"), 0, &error);
        compare(se(&run, "tc_s"), number_in(&fits, i, "se_tc"), 0, &error);
    }
    print_message("# worst of races: parameters %.2g, rse %.2g, standard errors %.2g\n", param, rse,
                  error);
    assert_int_equal(n_fit, 27);
    assert_int_equal(n_bound, 5);
    assert_true(param <= 1e-6);
    assert_true(rse <= 1e-9);
    assert_true(error <= 1e-4);
    hm_arena_free(&a);
}

static void speeds_take_no_correction_of_distance(void **state)
{
    (void)state;
    hm_obs obs[20];
    for (int i = 0; i < 20; i++)
        obs[i] = obs_of(HM_OBS_SPEED, (double)NAN, 0.2 * i, 9 * (1 - exp(-0.2 * i)));
    hm_trace t = trace_of(20, obs);
    hm_fit_opts o = classic(HM_MODEL_MONO, HM_CORRECT_DC);
    hm_sprinter_run run;
    hm_arena a;
    hm_err err = {0};
    hm_arena_init(&a, 0);
    assert_int_equal(hm_fit_run(&t, &o, &a, &run, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "correct");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optimum_of_every_golden_fit_is_reached),
        cmocka_unit_test(derivatives_are_those_of_the_values),
        cmocka_unit_test(perfect_observations_give_their_parameters_back),
        cmocka_unit_test(a_clock_from_the_first_gate_is_a_difference_of_times),
        cmocka_unit_test(times_are_those_of_the_closed_forms),
        cmocka_unit_test(a_distance_never_reached_is_no_run),
        cmocka_unit_test(truth_is_recovered_as_well_as_by_shorts),
        cmocka_unit_test(fits_of_elite_races_are_those_of_the_table),
        cmocka_unit_test(speeds_take_no_correction_of_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
