#include "hecto/hecto.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

/* Kimberley of the data set split_times of R's shorts: MSS 9, MAC 7, flying start 0.3 m. */
static const double gate_m[] = {5, 10, 15, 20, 30, 40};
static const double gate_s[] = {1.158, 1.893, 2.541, 3.149, 4.313, 5.444};
enum { N_GATE = 6 };

static hm_profile *fitted(const char *options)
{
    hm_profile *p;
    char message[256];
    int code = hm_fit_times(gate_m, gate_s, NULL, N_GATE, options, &p, message, sizeof message);
    if (code != HM_CODE_OK)
        fail_msg("%s: %s", options, message);
    assert_string_equal(message, "");
    assert_non_null(p);
    return p;
}

static double number(const hm_profile *p, const char *name)
{
    double v;
    assert_int_equal(hm_profile_number(p, 0, name, &v), HM_CODE_OK);
    return v;
}

static void a_fit_is_the_optimum_of_the_reference(void **state)
{
    (void)state;
    /* optimum in 113-bit arithmetic: sections 2.3 of the golden fits */
    static const struct {
        const char *options;
        double mss_mps, mac_mps2, tau_s, rse_s;
    } row[] = {
        {"model=mono", 8.5911430, 10.5889818, 0.8113285, 0.0340341},
        {"model=mono; correct=tc", 8.9748354, 7.2679173, 1.2348566, 0.0011290},
        {"model=mono\ncorrect=fd\n", 9.0026808, 6.9912831, 1.2877008, 0.00039013},
        {" model=mono ;; correct=fd;fixed_fd_m=0.3 ", 9.0012392, 6.9985850, 1.2861513, 0.00034931},
        {"model=mono; correct=tc+dc", 9.0067232, 6.9526685, 1.2954340, 0.00044911},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_profile *p = fitted(row[i].options);
        assert_int_equal(hm_profile_count(p), 1);
        ht_near(number(p, "mss_mps"), row[i].mss_mps, 6e-8, 0);
        ht_near(number(p, "mac_mps2"), row[i].mac_mps2, 6e-8, 0);
        ht_near(number(p, "tau_s"), row[i].tau_s, 6e-8, 0);
        ht_near(number(p, "rse"), row[i].rse_s, 6e-8, 0);
        assert_true(number(p, "converged") == 1 && number(p, "n_points") == N_GATE);
        hm_profile_free(p);
    }
}

static void texts_say_how_it_was_fitted(void **state)
{
    (void)state;
    hm_profile *p = fitted("model=mono; correct=tc; athlete=Kimberley N.; date=2024-05-01");
    assert_string_equal(hm_profile_text(p, 0, "athlete"), "Kimberley N.");
    assert_string_equal(hm_profile_text(p, 0, "date"), "2024-05-01");
    assert_string_equal(hm_profile_text(p, 0, "model"), "mono");
    assert_string_equal(hm_profile_text(p, 0, "correct"), "tc");
    assert_string_equal(hm_profile_text(p, 0, "observe"), "time");
    assert_string_equal(hm_profile_text(p, 0, "residual_unit"), "s");
    assert_string_equal(hm_profile_text(p, 0, "error"), "");
    assert_null(hm_profile_text(p, 0, "colour"));
    assert_null(hm_profile_text(p, 1, "athlete"));
    assert_null(hm_profile_text(p, 0, NULL));
    hm_profile_free(p);
}

static void tables_are_read_by_column(void **state)
{
    (void)state;
    hm_profile *p = fitted("model=mono; correct=tc");
    double at_m[N_GATE], observed_s[N_GATE], fitted_s[N_GATE];
    assert_int_equal(hm_profile_rows(p, 0, "points"), N_GATE);
    assert_string_equal(hm_profile_column_name(p, 0, "points", 0), "distance_m");
    assert_int_equal(hm_profile_column(p, 0, "points", "distance_m", at_m), HM_CODE_OK);
    assert_int_equal(hm_profile_column(p, 0, "points", "observed_s", observed_s), HM_CODE_OK);
    assert_int_equal(hm_profile_column(p, 0, "points", "fitted_s", fitted_s), HM_CODE_OK);
    assert_memory_equal(at_m, gate_m, sizeof gate_m);
    assert_memory_equal(observed_s, gate_s, sizeof gate_s);
    double worst_s = 0;
    for (int i = 0; i < N_GATE; i++)
        worst_s = fmax(worst_s, fabs(observed_s[i] - fitted_s[i]));
    ht_near(number(p, "max_abs"), worst_s, 1e-15, 0);
    assert_int_equal(hm_profile_column(p, 0, "points", "colour", at_m), HM_CODE_USAGE);
    assert_int_equal(hm_profile_column(p, 0, "colours", "distance_m", at_m), HM_CODE_USAGE);
    assert_int_equal(hm_profile_column(p, 7, "points", "distance_m", at_m), HM_CODE_USAGE);
    assert_int_equal(hm_profile_rows(p, 0, "colours"), 0);
    assert_null(hm_profile_column_name(p, 0, "points", 50));
    assert_null(hm_profile_column_name(p, 0, "colours", 0));
    assert_string_equal(hm_profile_row_name(p, 0, "parameters", 0), "mss_mps");
    assert_string_equal(hm_profile_row_name(p, 0, "points", 0), "");
    assert_null(hm_profile_row_name(p, 0, "points", N_GATE));
    hm_profile_free(p);
}

static void a_prediction_at_the_gates_is_the_fit(void **state)
{
    (void)state;
    static const char *const options[] = {
        "model=mono",
        "model=mono; correct=tc",
        "model=mono; correct=fd",
        "model=mono; correct=dc",
        "model=mono; correct=tc+dc",
        "model=mono; correct=fd; fixed_fd_m=0.3",
        "model=decay; correct=tc",
        "model=mono; correct=tc; wind_mps=1.5; altitude_m=800; temp_c=30",
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        hm_profile *p = fitted(options[i]);
        double fitted_s[N_GATE], predicted_s[N_GATE], v_mps[N_GATE];
        assert_int_equal(hm_profile_column(p, 0, "points", "fitted_s", fitted_s), HM_CODE_OK);
        assert_int_equal(
            hm_profile_predict(p, 0, NULL, gate_m, N_GATE, predicted_s, v_mps, NULL, 0),
            HM_CODE_OK);
        for (int k = 0; k < N_GATE; k++) {
            ht_near(predicted_s[k], fitted_s[k], 2e-6, 0);
            assert_true(k == 0 || v_mps[k] > v_mps[k - 1] - 0.2);
        }
        hm_profile_free(p);
    }
}

static void wind_helps_from_behind_and_costs_more_from_ahead(void **state)
{
    (void)state;
    hm_profile *p = fitted("model=mono; correct=tc; mass_kg=75; stature_m=1.8");
    const double to_m = 100;
    double calm_s, with_s, against_s, high_s;
    assert_int_equal(hm_profile_predict(p, 0, "still", &to_m, 1, &calm_s, NULL, NULL, 0), 0);
    assert_int_equal(
        hm_profile_predict(p, 0, "still; wind_mps=2", &to_m, 1, &with_s, NULL, NULL, 0), 0);
    assert_int_equal(
        hm_profile_predict(p, 0, "still; wind_mps=-2", &to_m, 1, &against_s, NULL, NULL, 0), 0);
    assert_int_equal(
        hm_profile_predict(p, 0, "still; altitude_m=1000", &to_m, 1, &high_s, NULL, NULL, 0), 0);
    assert_true(with_s < calm_s && high_s < calm_s);
    assert_true(against_s - calm_s > calm_s - with_s);
    hm_profile_free(p);
}

static void predictions_refuse_what_they_cannot(void **state)
{
    (void)state;
    hm_profile *p = fitted("model=mono");
    double x_m[] = {-5, 401, 50, NAN}, t_s[] = {7, 7, 7, 7};
    char message[200];
    assert_int_equal(hm_profile_predict(p, 0, "wind_mp=2", x_m, 1, t_s, NULL, message, 200),
                     HM_CODE_USAGE);
    assert_non_null(strstr(message, "did you mean 'wind_mps'"));
    assert_true(t_s[0] == 7);
    assert_int_equal(hm_profile_predict(p, 1, NULL, x_m, 1, t_s, NULL, message, 200),
                     HM_CODE_USAGE);
    assert_int_equal(hm_profile_predict(NULL, 0, NULL, x_m, 1, t_s, NULL, NULL, 0), HM_CODE_USAGE);
    assert_int_equal(hm_profile_predict(p, 0, NULL, x_m, 4, t_s, NULL, message, 200), HM_CODE_OK);
    assert_true(isnan(t_s[0]) && isnan(t_s[1]) && t_s[2] > 5 && isnan(t_s[3]));
    hm_profile_free(p);
}

static void bad_input_has_code_and_message(void **state)
{
    (void)state;
    const double falling_s[] = {1.158, 1.1, 2.541, 3.149, 4.313, 5.444};
    const double gap_s[] = {1.158, NAN, 2.541, 3.149, 4.313, 5.444};
    const double bad_sigma_s[] = {0.01, 0.01, -1, 0.01, 0.01, 0.01};
    const struct {
        const double *time_s, *sigma_s;
        size_t n;
        const char *options;
        int code;
        const char *says;
    } row[] = {
        {gate_s, NULL, N_GATE, "modell=mono", HM_CODE_USAGE, "did you mean 'model'"},
        {gate_s, NULL, N_GATE, "model=poly", HM_CODE_USAGE, "mono, decay, drive"},
        {gate_s, NULL, N_GATE, "mono", HM_CODE_USAGE, "key=value"},
        {gate_s, NULL, N_GATE, "model=mono; runs_by=team", HM_CODE_USAGE, "runs_by"},
        {gate_s, NULL, 0, "model=mono", HM_CODE_INPUT, "found none"},
        {NULL, NULL, N_GATE, "model=mono", HM_CODE_INPUT, "found none"},
        {gate_s, NULL, 1, "model=mono", HM_CODE_INPUT, ""},
        {gap_s, NULL, N_GATE, "model=mono", HM_CODE_INPUT, "observation 2"},
        {falling_s, NULL, N_GATE, "model=mono", HM_CODE_INPUT, ""},
        {gate_s, bad_sigma_s, N_GATE, "model=mono", HM_CODE_INPUT, "observation 3"},
        {gate_s, NULL, (size_t)1 << 40, "model=mono", HM_CODE_INPUT, "at most"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char stale; /* an address that must be taken back */
        hm_profile *p = (hm_profile *)(void *)&stale;
        char message[256] = "";
        int code = hm_fit_times(gate_m, row[i].time_s, row[i].sigma_s, row[i].n, row[i].options, &p,
                                message, sizeof message);
        if (code != row[i].code || !strstr(message, row[i].says) || !message[0])
            fail_msg("row %d: code %d, '%s'", (int)i, code, message);
        assert_null(p);
    }
}

static void a_short_buffer_is_cut_and_terminated(void **state)
{
    (void)state;
    hm_profile *p;
    char message[6] = "xxxxx";
    assert_int_equal(
        hm_fit_times(gate_m, gate_s, NULL, N_GATE, "model=poly", &p, message, sizeof message),
        HM_CODE_USAGE);
    assert_int_equal(strlen(message), 5);
    p = fitted("model=mono");
    char head[12];
    size_t n = hm_profile_json(p, -1, head, sizeof head);
    assert_true(n > 500);
    assert_string_equal(head, "{\n  \"format");
    char *all = malloc(n + 1);
    assert_int_equal(hm_profile_json(p, -1, all, n + 1), n);
    assert_int_equal(strlen(all), n);
    assert_non_null(strstr(all, "\"hectometre-sprinter\""));
    free(all);
    assert_int_equal(hm_profile_json(p, -1, NULL, 0), n);
    hm_profile_free(p);
}

static void a_file_comes_back_as_it_was(void **state)
{
    (void)state;
    hm_profile *p = fitted("model=mono; correct=fd; athlete=Kim; mass_kg=60"), *q;
    static char text[20000], again[sizeof text];
    char message[256];
    double there_s, here_s, x_m = 33;
    size_t n = hm_profile_json(p, 0, text, sizeof text);
    assert_true(n > 0 && n < sizeof text);
    assert_int_equal(hm_profile_parse(text, n, &q, message, sizeof message), HM_CODE_OK);
    assert_int_equal(hm_profile_json(q, -1, again, sizeof again), n);
    assert_string_equal(text, again);
    assert_int_equal(hm_profile_predict(p, 0, NULL, &x_m, 1, &here_s, NULL, NULL, 0), HM_CODE_OK);
    assert_int_equal(hm_profile_predict(q, 0, NULL, &x_m, 1, &there_s, NULL, NULL, 0), HM_CODE_OK);
    assert_true(here_s == there_s);
    hm_profile_free(q);
    assert_int_equal(hm_profile_parse("{}", 2, &q, message, sizeof message), HM_CODE_INPUT);
    assert_null(q);
    assert_non_null(strstr(message, "format"));
    assert_int_equal(hm_profile_parse(NULL, 0, &q, NULL, 0), HM_CODE_INPUT);
    assert_int_equal(hm_profile_read("/nonexistent/r.json", &q, message, sizeof message),
                     HM_CODE_NOFILE);
    assert_int_equal(hm_profile_json(p, 5, text, sizeof text), 0);
    assert_string_equal(text, "");
    hm_profile_free(p);
}

static void help_names_every_option(void **state)
{
    (void)state;
    size_t n = hm_fit_help(NULL, 0);
    char *help = malloc(n + 1);
    assert_int_equal(hm_fit_help(help, n + 1), n);
    static const char *const name[] = {"model",   "correct",   "fixed_fd_m", "mass_kg",
                                       "runs_by", "time_zero", "threads"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        assert_non_null(strstr(help, name[i]));
    free(help);
}

static void nothing_is_read_from_no_profile(void **state)
{
    (void)state;
    double v = 7;
    assert_int_equal(hm_profile_count(NULL), 0);
    assert_null(hm_profile_text(NULL, 0, "athlete"));
    assert_int_equal(hm_profile_number(NULL, 0, "mss_mps", &v), HM_CODE_USAGE);
    assert_true(isnan(v));
    assert_null(hm_profile_note(NULL, 0, 0));
    assert_int_equal(hm_profile_json(NULL, -1, NULL, 0), 0);
    hm_profile_free(NULL);
}

static void sigmas_weigh_the_observations(void **state)
{
    (void)state;
    /* a gate that is trusted a thousand times less does not matter */
    double wrong_s[N_GATE], sigma_s[] = {0.01, 0.01, 0.01, 10, 0.01, 0.01};
    memcpy(wrong_s, gate_s, sizeof wrong_s);
    wrong_s[3] += 0.05;
    hm_profile *plain = fitted("model=mono; correct=tc"), *p;
    assert_int_equal(
        hm_fit_times(gate_m, wrong_s, sigma_s, N_GATE, "model=mono; correct=tc", &p, NULL, 0),
        HM_CODE_OK);
    ht_near(number(p, "mss_mps"), number(plain, "mss_mps"), 0, 1e-3);
    assert_true(number(p, "chi2") >= 0);
    assert_true(isnan(number(plain, "chi2")));
    hm_profile_free(plain);
    hm_profile_free(p);
}

static void distances_and_speeds_are_fitted_too(void **state)
{
    (void)state;
    enum { N = 60 };
    double t_s[N], x_m[N], v_mps[N];
    for (int i = 0; i < N; i++)
        t_s[i] = 0.1 * i;
    hm_sprint_distance(t_s, N, 9, 7, 0, x_m);
    hm_sprint_speed(t_s, N, 9, 7, 0, v_mps);
    hm_profile *p;
    assert_int_equal(hm_fit_distances(t_s, x_m, NULL, N, "model=mono", &p, NULL, 0), HM_CODE_OK);
    assert_string_equal(hm_profile_text(p, 0, "observe"), "distance");
    ht_near(number(p, "mss_mps"), 9, 1e-6, 0);
    hm_profile_free(p);
    assert_int_equal(hm_fit_speeds(t_s, v_mps, NULL, N, "model=mono", &p, NULL, 0), HM_CODE_OK);
    assert_string_equal(hm_profile_text(p, 0, "residual_unit"), "m/s");
    ht_near(number(p, "mac_mps2"), 7, 1e-6, 0);
    hm_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fit_is_the_optimum_of_the_reference),
        cmocka_unit_test(texts_say_how_it_was_fitted),
        cmocka_unit_test(tables_are_read_by_column),
        cmocka_unit_test(a_prediction_at_the_gates_is_the_fit),
        cmocka_unit_test(wind_helps_from_behind_and_costs_more_from_ahead),
        cmocka_unit_test(predictions_refuse_what_they_cannot),
        cmocka_unit_test(bad_input_has_code_and_message),
        cmocka_unit_test(a_short_buffer_is_cut_and_terminated),
        cmocka_unit_test(a_file_comes_back_as_it_was),
        cmocka_unit_test(help_names_every_option),
        cmocka_unit_test(nothing_is_read_from_no_profile),
        cmocka_unit_test(sigmas_weigh_the_observations),
        cmocka_unit_test(distances_and_speeds_are_fitted_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
