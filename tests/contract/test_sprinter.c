#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "data/race_file.h"
#include "data/sprinter.h"
#include "io/csv.h"
#include "io/file.h"

static double unit(uint64_t seed, uint32_t i)
{
    return hm_rng_unit(seed, HM_FOR_TEST, 0, i, 0);
}

/* Any double of a run, found by where it stands: the structs hold estimates in rows. */
enum { N_ROW = 3, N_STEP = 2, N_CHANGE = 4, N_POINT_MAX = 5, N_ESTIMATE_MAX = 64 };

typedef struct lists {
    hm_fit_point point[N_POINT_MAX];
    hm_fit_row row[N_ROW];
    hm_fit_step step[N_STEP];
    hm_fit_change change[N_CHANGE];
    const char *note[1];
} lists;

static double maybe(uint64_t seed, uint32_t i, double lo, double hi)
{
    double u = unit(seed, i);
    return u < 0.2 ? (double)NAN : lo + (hi - lo) * u;
}

static void fill_lists(uint64_t seed, hm_sprinter_run *r, lists *l)
{
    static const char *const name[] = {"wind +2.0 m/s", "1000 m", "1 kg lighter", "força +1 %"};
    static const hm_fit_row no_row = {0, {NAN, NAN, NAN}, {NAN, NAN, NAN}};
    *l = (lists){.note = {"a mark stands off"}};
    r->n_row = (int32_t)(seed % (N_ROW + 1));
    r->n_step = (int32_t)(seed / 2 % (N_STEP + 1));
    r->n_change = (int32_t)(seed / 4 % (N_CHANGE + 1));
    r->row = r->n_row ? l->row : NULL;
    r->step = r->n_step ? l->step : NULL;
    r->change = r->n_change ? l->change : NULL;
    r->point = seed % 7 ? l->point : NULL;
    if (seed % 2)
        r->notes = (hm_notes){1, 1, l->note};
    for (uint32_t i = 0; i < N_POINT_MAX; i++)
        l->point[i] = (hm_fit_point){.at = 10 * i + unit(seed, 200 + i),
                                     .observed = unit(seed, 210 + i) - 0.5,
                                     .fitted = maybe(seed, 220 + i, -1, 9),
                                     .sigma = maybe(seed, 230 + i, 0, 1),
                                     .outlier = seed % 3 == i,
                                     .used = seed % 2 == 0};
    for (uint32_t i = 0; i < N_ROW; i++) {
        l->row[i] = no_row;
        l->row[i].distance_m = 10 * i + unit(seed, 240 + i);
    }
    for (uint32_t i = 0; i < N_STEP; i++) {
        l->step[i].distance_m = 10 * i + unit(seed, 250 + i);
        l->step[i].speed_mps = maybe(seed, 260 + i, 0, 12);
    }
    for (uint32_t i = 0; i < N_CHANGE; i++)
        l->change[i].name = name[i];
}

static hm_sprinter_run random_run(uint64_t seed, lists *l)
{
    static const char *const name[] = {"mss_mps", "mac_mps2", "correction_tc_s"};
    hm_sprinter_run r = hm_sprinter_run_default();
    r.athlete = "富樫";
    r.run = seed % 2 ? "2" : "";
    r.date = seed % 3 ? "2009-08-16" : "";
    r.model = (hm_fit_model)(seed % 3);
    r.correct = (hm_fit_correct)(seed % 5);
    r.observe = (hm_fit_observe)(seed % 3);
    r.interval = (hm_interval_method)(seed % HM_INTERVAL_COUNT);
    r.altitude_law = (hm_altitude_law)(seed % HM_ALTITUDE_COUNT);
    r.converged = seed % 4;
    r.n_point = 1 + (int32_t)(seed % N_POINT_MAX);
    fill_lists(seed, &r, l);
    hm_estimate *e[N_ESTIMATE_MAX];
    int32_t n = hm_sprinter_estimates(&r, N_ESTIMATE_MAX, e);
    for (uint32_t i = 0; i < (uint32_t)n; i++) {
        double v = unit(seed, 1000 + i) * 0.9;
        bool none = unit(seed, 1100 + i) < 0.2, open = unit(seed, 1200 + i) < 0.3;
        *e[i] = none ? (hm_estimate){NAN, NAN, NAN}
                     : (hm_estimate){v, open ? (double)NAN : v - unit(seed, 1300 + i),
                                     v + unit(seed, 1400 + i)};
    }
    r.air = (hm_air){maybe(seed, 90, -2, 2), maybe(seed, 91, 0, 2000), maybe(seed, 92, -5, 40),
                     maybe(seed, 93, 8e4, 1.1e5)};
    r.mass_kg = maybe(seed, 94, 30, 100);
    r.stature_m = maybe(seed, 95, 1.2, 2);
    r.reaction_s = maybe(seed, 96, 0.1, 0.2);
    if (seed % 5 == 0)
        r.air.wind_mps = -0.0;
    r.chi2 = maybe(seed, 97, 1, 20);
    r.rse = unit(seed, 101) / 30;
    r.rmse = seed % 3 ? r.rse * 0.9 : (double)NAN;
    r.max_abs = maybe(seed, 98, 0, 1);
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

static void same_lists(const hm_sprinter_run *a, const hm_sprinter_run *b)
{
    assert_int_equal(a->n_row, b->n_row);
    assert_int_equal(a->n_step, b->n_step);
    assert_int_equal(a->n_change, b->n_change);
    assert_true(!a->point == !b->point);
    for (int i = 0; a->point && i < a->n_point; i++) {
        const hm_fit_point *p = &a->point[i], *q = &b->point[i];
        same_number(p->at, q->at);
        same_number(p->observed, q->observed);
        same_number(p->fitted, q->fitted);
        same_number(p->sigma, q->sigma);
        assert_true(p->outlier == q->outlier && p->used == q->used);
    }
    for (int i = 0; i < a->n_row; i++)
        same_number(a->row[i].distance_m, b->row[i].distance_m);
    for (int i = 0; i < a->n_step; i++) {
        same_number(a->step[i].distance_m, b->step[i].distance_m);
        same_number(a->step[i].speed_mps, b->step[i].speed_mps);
    }
    for (int i = 0; i < a->n_change; i++)
        assert_string_equal(a->change[i].name, b->change[i].name);
    assert_int_equal(a->notes.n, b->notes.n);
    for (int i = 0; i < a->notes.n; i++)
        assert_string_equal(a->notes.text[i], b->notes.text[i]);
}

static void same_estimates(hm_sprinter_run *a, hm_sprinter_run *b)
{
    hm_estimate *ea[N_ESTIMATE_MAX], *eb[N_ESTIMATE_MAX];
    int32_t n = hm_sprinter_estimates(a, N_ESTIMATE_MAX, ea);
    assert_int_equal(n, hm_sprinter_estimates(b, N_ESTIMATE_MAX, eb));
    for (int32_t i = 0; i < n; i++) {
        same_number(ea[i]->value, eb[i]->value);
        same_number(ea[i]->lo90, eb[i]->lo90);
        same_number(ea[i]->hi90, eb[i]->hi90);
    }
}

static void same_run(hm_sprinter_run *a, hm_sprinter_run *b)
{
    assert_string_equal(a->athlete, b->athlete);
    assert_string_equal(a->run, b->run);
    assert_string_equal(a->date, b->date);
    assert_true(a->model == b->model && a->correct == b->correct && a->observe == b->observe);
    assert_true(a->interval == b->interval && a->altitude_law == b->altitude_law);
    assert_int_equal(a->converged, b->converged);
    assert_int_equal(a->n_point, b->n_point);
    same_estimates(a, b);
    same_lists(a, b);
    same_number(a->air.wind_mps, b->air.wind_mps);
    same_number(a->air.altitude_m, b->air.altitude_m);
    same_number(a->air.temp_c, b->air.temp_c);
    same_number(a->air.pressure_pa, b->air.pressure_pa);
    same_number(a->mass_kg, b->mass_kg);
    same_number(a->stature_m, b->stature_m);
    same_number(a->reaction_s, b->reaction_s);
    same_number(a->rse, b->rse);
    same_number(a->rmse, b->rmse);
    same_number(a->max_abs, b->max_abs);
    same_number(a->chi2, b->chi2);
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
    for (uint64_t seed = 0; seed < 150; seed++) {
        lists l[3];
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_sprinter_run run[3] = {random_run(3 * seed, &l[0]), random_run(3 * seed + 1, &l[1]),
                                  random_run(3 * seed + 2, &l[2])};
        hm_sprinter s = {.n_run = 3, .run = run}, back;
        (void)hm_notes_add(&s.notes, &a, "a remark");
        char *text;
        size_t n;
        if (hm_sprinter_check(&s, &err) != HM_OK)
            fail_msg("%s: %s", err.field, err.msg);
        assert_int_equal(hm_sprinter_print(&s, &a, &text, &n, &err), HM_OK);
        assert_int_equal(hm_data_kind_of(text, n), HM_DATA_SPRINTER);
        if (hm_sprinter_parse("s.json", text, n, &a, &back, &err) != HM_OK)
            fail_msg("%s: %s", err.field, err.msg);
        assert_int_equal(back.n_run, 3);
        assert_int_equal(back.notes.n, 1);
        for (int i = 0; i < 3; i++)
            same_run(&run[i], &back.run[i]);
        hm_arena_free(&a);
    }
}

/* Cell of a table by the name of its column; "" = no such column. */
static const char *cell(const hm_csv *csv, int32_t row, const char *name)
{
    for (int32_t k = 0; k < csv->head.n_cell; k++)
        if (strcmp(csv->head.cell[k].text, name) == 0)
            return csv->row[row].cell[k].text;
    return "";
}

static void the_table_holds_the_numbers_of_the_runs(void **state)
{
    (void)state;
    char path[] = "/tmp/hm-sprinter-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    lists l[2];
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sprinter_run run[2] = {random_run(3, &l[0]), random_run(4, &l[1])};
    run[0].mac_mps2 = (hm_estimate){9.25, 9.125, 9.5};
    run[1].mac_mps2 = (hm_estimate){NAN, NAN, NAN};
    hm_sprinter s = {.n_run = 2, .run = run};
    assert_int_equal(hm_sprinter_write_csv(path, &s, &err), HM_OK);
    char *bytes;
    size_t n;
    hm_csv csv;
    assert_int_equal(hm_file_read(path, 1 << 20, &a, &bytes, &n, &err), HM_OK);
    assert_int_equal(hm_csv_parse(path, bytes, n, &a, &csv, &err), HM_OK);
    assert_int_equal(csv.n_row, 2);
    assert_string_equal(cell(&csv, 0, "mac_mps2"), "9.25");
    assert_string_equal(cell(&csv, 0, "mac_mps2_lo90"), "9.125");
    assert_string_equal(cell(&csv, 0, "mac_mps2_hi90"), "9.5");
    assert_string_equal(cell(&csv, 1, "mac_mps2"), "");
    assert_string_equal(cell(&csv, 1, "athlete"), run[1].athlete);
    remove(path);
    hm_arena_free(&a);
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
    hm_estimate *e[N_ESTIMATE_MAX];
    int32_t n = hm_sprinter_estimates(&run, N_ESTIMATE_MAX, e);
    for (int32_t i = 0; i < n; i++)
        *e[i] = (hm_estimate){0.5, 0.4, 0.6};
    run.rse = run.rmse = run.max_abs = 0.01;
    hm_sprinter s = {.n_run = 1, .run = &run};
    char *text;
    assert_int_equal(hm_sprinter_print(&s, &a, &text, NULL, &err), HM_OK);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (!strstr(text, hm_arena_printf(&a, "\"%s\": ", name[i])))
            fail_msg("no %s", name[i]);
    hm_arena_free(&a);
}

static void estimates_are_listed_whole_and_in_order(void **state)
{
    (void)state;
    hm_sprinter_run run = hm_sprinter_run_default();
    hm_estimate *e[4];
    int32_t bare = hm_sprinter_estimates(&run, 0, NULL);
    /* the struct holds them side by side, first to last */
    assert_int_equal(
        bare, (offsetof(hm_sprinter_run, equal_gain_at_m) - offsetof(hm_sprinter_run, mss_mps)) /
                      sizeof(hm_estimate) +
                  1);
    hm_fit_row row[2] = {0};
    hm_fit_step step[1] = {0};
    hm_fit_change change[3] = {0};
    run.n_row = 2, run.row = row;
    run.n_step = 1, run.step = step;
    run.n_change = 3, run.change = change;
    assert_int_equal(hm_sprinter_estimates(&run, 0, NULL), bare + 2 * 2 + 6 + 3);
    assert_int_equal(hm_sprinter_estimates(&run, 4, e), 4);
    assert_ptr_equal(e[0], &run.mss_mps);
    assert_ptr_equal(e[3], &run.pmax_w_per_kg);
    hm_estimate *all[N_ESTIMATE_MAX];
    assert_int_equal(hm_sprinter_estimates(&run, N_ESTIMATE_MAX, all), bare + 13);
    assert_ptr_equal(all[bare], &row[0].time_s);
    assert_ptr_equal(all[bare + 3], &row[1].speed_mps);
    assert_ptr_equal(all[bare + 12], &change[2].gain_s);
}

static void an_unknown_key_anywhere_is_a_note(void **state)
{
    (void)state;
    static const char text[] =
        "{\"format\": \"hectometre-sprinter\", \"version\": 1, \"runs\": [{\"athlete\": \"A\","
        "\"run\": \"\", \"model\": \"mono\", \"correct\": \"none\", \"observe\": \"time\","
        "\"converged\": true, \"n_points\": 1, \"mss_mp\": 9,"
        "\"points\": [{\"distance_m\": 10, \"observed_s\": 2, \"observed_m\": 2,"
        "\"outlier\": false, \"used\": true}],"
        "\"rows\": [{\"distance_m\": 10, \"speed\": 2}],"
        "\"changes\": [{\"name\": \"1000 m\", \"gain\": 2}],"
        "\"parameters\": [], \"covariance\": []}], \"notes\": []}";
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sprinter s;
    if (hm_sprinter_parse("s.json", text, strlen(text), &a, &s, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    assert_int_equal(s.notes.n, 4);
    static const char *const said[] = {"runs[0].points[0].observed_m", "runs[0].rows[0].speed",
                                       "runs[0].changes[0].gain", "mss_mps"};
    for (int i = 0; i < 4; i++)
        assert_non_null(strstr(s.notes.text[i], said[i]));
    hm_arena_free(&a);
}

static void lists_that_cannot_be_are_refused(void **state)
{
    (void)state;
    hm_sprinter_run run = hm_sprinter_run_default();
    hm_sprinter s = {.n_run = 1, .run = &run};
    hm_fit_row row[2] = {{10, {2, 1, 3}, {8, 7, 9}}, {10, {2, 1, 3}, {8, 7, 9}}};
    hm_fit_change change[1] = {{"", {0.1, 0, 0.2}}};
    hm_fit_point point[1] = {{10, NAN, 2, NAN, false, true}};
    hm_err e1 = {0}, e2 = {0}, e3 = {0}, e4 = {0}, e5 = {0};
    run.n_point = 1;
    run.n_row = 2, run.row = row;
    assert_int_equal(hm_sprinter_check(&s, &e1), HM_ERR_INPUT);
    assert_string_equal(e1.field, "rows");
    row[1] = (hm_fit_row){20, {3, 3.5, 4}, {8, 7, 9}};
    assert_int_equal(hm_sprinter_check(&s, &e2), HM_ERR_INPUT);
    assert_string_equal(e2.field, "time_s");
    row[1].time_s.lo90 = 2.5;
    run.n_change = 1, run.change = change;
    assert_int_equal(hm_sprinter_check(&s, &e3), HM_ERR_INPUT);
    assert_string_equal(e3.field, "changes");
    change[0].name = "1000 m";
    run.point = point;
    assert_int_equal(hm_sprinter_check(&s, &e4), HM_ERR_INPUT);
    assert_string_equal(e4.field, "observed_s");
    point[0].observed = 2;
    run.air.temp_c = 300;
    assert_int_equal(hm_sprinter_check(&s, &e5), HM_ERR_INPUT);
    assert_string_equal(e5.field, "temp_c");
    run.air.temp_c = 20;
    assert_int_equal(hm_sprinter_check(&s, NULL), HM_OK);
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
        cmocka_unit_test(the_table_holds_the_numbers_of_the_runs),
        cmocka_unit_test(the_names_of_the_file_are_the_agreed_ones),
        cmocka_unit_test(estimates_are_listed_whole_and_in_order),
        cmocka_unit_test(an_unknown_key_anywhere_is_a_note),
        cmocka_unit_test(lists_that_cannot_be_are_refused),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests_name("contract/sprinter", tests, NULL, NULL);
}
