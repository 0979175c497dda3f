#include "fit_support.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(optimum_of_every_golden_fit_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
