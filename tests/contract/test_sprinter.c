#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "data/race_file.h"
#include "data/sprinter.h"

static double unit(uint64_t seed, uint32_t i)
{
    return hm_rng_unit(seed, HM_FOR_TEST, 0, i, 0);
}

/* Eighteen estimates stand in a row in the struct. */
enum { N_ESTIMATE = 18 };

static hm_estimate *estimate_at(hm_sprinter_run *r, int i)
{
    void *at = (unsigned char *)r + offsetof(hm_sprinter_run, mss_mps);
    return (hm_estimate *)at + i;
}

static hm_sprinter_run random_run(uint64_t seed)
{
    static const char *const name[] = {"mss_mps", "mac_mps2", "correction_tc_s"};
    hm_sprinter_run r = hm_sprinter_run_default();
    r.athlete = "富樫";
    r.run = seed % 2 ? "2" : "";
    r.model = (hm_fit_model)(seed % 3);
    r.correct = (hm_fit_correct)(seed % 5);
    r.observe = (hm_fit_observe)(seed % 3);
    r.converged = seed % 4;
    r.n_point = 1 + (int32_t)(seed % 100);
    hm_estimate *e = estimate_at(&r, 0);
    for (uint32_t i = 0; i < N_ESTIMATE; i++)
        if (unit(seed, i) > 0.2) {
            e[i].value = unit(seed, i + 20) * 0.9;
            e[i].lo90 = unit(seed, i + 40) > 0.3 ? e[i].value - unit(seed, i + 60) : (double)NAN;
            e[i].hi90 = e[i].value + unit(seed, i + 80);
        }
    r.rse = unit(seed, 101) / 30;
    r.rmse = seed % 3 ? r.rse * 0.9 : (double)NAN;
    r.n_param = (int32_t)(seed % 4);
    for (int i = 0; i < r.n_param; i++) {
        r.param_name[i] = name[i];
        r.param[i] = unit(seed, 110 + (uint32_t)i);
        for (int k = 0; k <= i; k++)
            r.covariance[i][k] = r.covariance[k][i] =
                (i == k ? 1 : -0.1) * unit(seed, 120 + 8 * (uint32_t)i + (uint32_t)k);
    }
    return r;
}

static void same_number(double a, double b)
{
    if (!(isnan(a) && isnan(b)))
        assert_memory_equal(&a, &b, sizeof a);
}

static void same_run(hm_sprinter_run *a, hm_sprinter_run *b)
{
    assert_string_equal(a->athlete, b->athlete);
    assert_string_equal(a->run, b->run);
    assert_true(a->model == b->model && a->correct == b->correct && a->observe == b->observe);
    assert_int_equal(a->converged, b->converged);
    assert_int_equal(a->n_point, b->n_point);
    const hm_estimate *ea = estimate_at(a, 0), *eb = estimate_at(b, 0);
    for (int i = 0; i < N_ESTIMATE; i++) {
        same_number(ea[i].value, eb[i].value);
        same_number(ea[i].lo90, eb[i].lo90);
        same_number(ea[i].hi90, eb[i].hi90);
    }
    same_number(a->mass_kg, b->mass_kg);
    same_number(a->stature_m, b->stature_m);
    same_number(a->rse, b->rse);
    same_number(a->rmse, b->rmse);
    same_number(a->max_abs, b->max_abs);
    assert_int_equal(a->n_param, b->n_param);
    for (int i = 0; i < a->n_param; i++) {
        assert_string_equal(a->param_name[i], b->param_name[i]);
        same_number(a->param[i], b->param[i]);
        for (int k = 0; k < a->n_param; k++)
            same_number(a->covariance[i][k], b->covariance[i][k]);
    }
}

static void random_sprinters_come_back_bit_for_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 100; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_sprinter_run run[3] = {random_run(3 * seed), random_run(3 * seed + 1),
                                  random_run(3 * seed + 2)};
        hm_sprinter s = {.n_run = 3, .run = run}, back;
        (void)hm_notes_add(&s.notes, &a, "a remark");
        char *text;
        size_t n;
        assert_int_equal(hm_sprinter_check(&s, &err), HM_OK);
        assert_int_equal(hm_sprinter_print(&s, &a, &text, &n, &err), HM_OK);
        assert_int_equal(hm_data_kind_of(text, n), HM_DATA_SPRINTER);
        if (hm_sprinter_parse("s.json", text, n, &a, &back, &err) != HM_OK)
            fail_msg("%s: %s", err.field, err.msg);
        assert_int_equal(back.n_run, 3);
        for (int i = 0; i < 3; i++)
            same_run(&run[i], &back.run[i]);
        hm_arena_free(&a);
    }
}

static void the_names_of_the_file_are_the_agreed_ones(void **state)
{
    (void)state;
    static const char *const name[] = {"athlete",
                                       "model",
                                       "correct",
                                       "converged",
                                       "n_points",
                                       "mss_mps",
                                       "mac_mps2",
                                       "tau_s",
                                       "pmax_w_per_kg",
                                       "correction_tc_s",
                                       "correction_fd_m",
                                       "correction_dc_m",
                                       "rse",
                                       "rmse",
                                       "max_abs",
                                       "predicted_100m_s",
                                       "f0_n_per_kg",
                                       "v0_mps",
                                       "rf_max_frac",
                                       "drf_per_mps",
                                       "mss_mps_lo90",
                                       "mss_mps_hi90",
                                       "predicted_100m_s_lo90"};
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sprinter_run run = hm_sprinter_run_default();
    run.n_point = 6;
    hm_estimate *e = estimate_at(&run, 0);
    for (int i = 0; i < N_ESTIMATE; i++)
        e[i] = (hm_estimate){0.5, 0.4, 0.6};
    run.rse = run.rmse = run.max_abs = 0.01;
    hm_sprinter s = {.n_run = 1, .run = &run};
    char *text;
    assert_int_equal(hm_sprinter_print(&s, &a, &text, NULL, &err), HM_OK);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (!strstr(text, hm_arena_printf(&a, "\"%s\": ", name[i])))
            fail_msg("no %s", name[i]);
    hm_arena_free(&a);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    hm_err e1 = {0}, e2 = {0}, e3 = {0}, e4 = {0};
    hm_sprinter_run run = hm_sprinter_run_default();
    hm_sprinter s = {.n_run = 1, .run = &run};
    assert_int_equal(hm_sprinter_check(&s, &e1), HM_ERR_INPUT);
    assert_string_equal(e1.field, "n_points");
    run.n_point = 5;
    run.mss_mps = (hm_estimate){9, 9.5, 10};
    assert_int_equal(hm_sprinter_check(&s, &e2), HM_ERR_INPUT);
    assert_string_equal(e2.field, "mss_mps");
    assert_string_equal(e2.source, "run 1");
    run.mss_mps.lo90 = 8;
    run.n_param = 2;
    run.param_name[0] = "mss_mps";
    run.param_name[1] = "tau_s";
    run.covariance[0][1] = 0.1;
    assert_int_equal(hm_sprinter_check(&s, &e3), HM_ERR_INPUT);
    assert_string_equal(e3.field, "covariance");
    run.covariance[1][0] = 0.1;
    run.covariance[1][1] = -1;
    assert_int_equal(hm_sprinter_check(&s, &e4), HM_ERR_INPUT);
    assert_string_equal(e4.field, "covariance");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_sprinters_come_back_bit_for_bit),
        cmocka_unit_test(the_names_of_the_file_are_the_agreed_ones),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests_name("contract/sprinter", tests, NULL, NULL);
}
