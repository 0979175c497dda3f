/* What can be asked by name is what the file holds: each number of the JSON text, and no other. */
#include "ht.h"

#include <string.h>

#include "data/sprinter_part.h"
#include "io/json.h"

enum { N = 2 };

/* Every estimate another value, each inside its interval and the bounds of all. */
static hm_sprinter_run made_run(hm_fit_point point[], hm_fit_row row[], hm_fit_step step[],
                                hm_fit_change change[])
{
    hm_sprinter_run run = hm_sprinter_run_default();
    run.observe = HM_OBSERVE_SPEED;
    run.converged = true;
    run.n_point = run.n_row = run.n_step = run.n_change = N;
    run.mass_kg = 75;
    run.rse = 0.25;
    run.air.temp_c = 21;
    for (int i = 0; i < N; i++) {
        point[i] = (hm_fit_point){i + 0.5, i + 2, i + 2.25, NAN, i == 1, i == 0};
        row[i].distance_m = 10 + i;
        step[i].distance_m = 20 + i;
        step[i].speed_mps = 5 + i;
        change[i].name = i ? "1000 m" : "wind";
    }
    run.point = point;
    run.row = row;
    run.step = step;
    run.change = change;
    hm_estimate *e[100];
    int32_t n = hm_sprinter_estimates(&run, 100, e);
    for (int32_t i = 0; i < n; i++)
        *e[i] = (hm_estimate){0.3 + 0.001 * i, 0.2 - 0.001 * i, 0.9 + 0.001 * i};
    run.slope_n_s_per_m_kg = (hm_estimate){-0.7, -0.8, -0.6};
    run.n_param = 2;
    run.param_name[0] = "mss_mps";
    run.param_name[1] = "tau_s";
    run.param[0] = 9;
    run.param[1] = 1.25;
    run.covariance[0][0] = 0.04;
    run.covariance[1][1] = 0.01;
    return run;
}

/* Numbers and truths of an object stand in the part, with the value that the file has. */
static int same_as_object(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i_row,
                          const hm_json *object)
{
    int n = 0;
    for (int32_t i = 0; i < object->n; i++) {
        const hm_json *v = &object->as.item[i];
        if (v->kind != HM_JSON_NUMBER && v->kind != HM_JSON_BOOL)
            continue;
        double want = v->kind == HM_JSON_BOOL ? v->truth : v->as.number, got;
        if (!hm_sprinter_part_cell(run, part, i_row, v->key, &got))
            fail_msg("%s is in the file, but cannot be asked for", v->key);
        assert_true(got == want);
        n++;
    }
    return n;
}

/* What can be asked for and is known stands in the object. */
static int same_as_part(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i_row,
                        const hm_json *object)
{
    static const char *const end[] = {"", "_lo90", "_hi90"};
    int n = 0;
    const char *name;
    for (int32_t i = 0; (name = hm_sprinter_part_column(run, part, i)); i++)
        for (int k = 0; k < 3; k++) {
            char key[64];
            double value;
            snprintf(key, sizeof key, "%s%s", name, end[k]);
            if (!hm_sprinter_part_cell(run, part, i_row, key, &value) || isnan(value))
                continue;
            if (!hm_json_find(object, key))
                fail_msg("%s can be asked for, but is not in the file", key);
            n++;
        }
    return n;
}

static void parts_hold_what_the_file_holds(void **state)
{
    (void)state;
    hm_fit_point point[N];
    hm_fit_row row[N];
    hm_fit_step step[N];
    hm_fit_change change[N];
    hm_sprinter_run run = made_run(point, row, step, change);
    hm_sprinter s = {.n_run = 1, .run = &run};
    hm_arena arena;
    hm_arena_init(&arena, 0);
    char *text;
    size_t n;
    const hm_json *root;
    assert_int_equal(hm_sprinter_check(&s, NULL), HM_OK);
    assert_int_equal(hm_sprinter_print(&s, &arena, &text, &n, NULL), HM_OK);
    assert_int_equal(hm_json_parse("text", text, n, &arena, &root, NULL), HM_OK);
    const hm_json *file = &hm_json_find(root, "runs")->as.item[0];
    int n_run = same_as_object(&run, HM_PART_RUN, 0, file);
    assert_int_equal(n_run, same_as_part(&run, HM_PART_RUN, 0, file));
    assert_true(n_run > 50);
    for (int part = HM_PART_POINTS; part <= HM_PART_CHANGES; part++) {
        const hm_json *list = hm_json_find(file, hm_sprinter_part_word[part]);
        assert_int_equal(list->n, hm_sprinter_part_rows(&run, (hm_sprinter_part)part));
        for (int32_t i = 0; i < list->n; i++) {
            int n_cell = same_as_object(&run, (hm_sprinter_part)part, i, &list->as.item[i]);
            assert_true(n_cell >= 3);
            assert_int_equal(n_cell,
                             same_as_part(&run, (hm_sprinter_part)part, i, &list->as.item[i]));
        }
    }
    hm_arena_free(&arena);
}

static void parameters_have_value_and_sd(void **state)
{
    (void)state;
    hm_fit_point point[N];
    hm_fit_row row[N];
    hm_fit_step step[N];
    hm_fit_change change[N];
    hm_sprinter_run run = made_run(point, row, step, change);
    double v;
    assert_int_equal(hm_sprinter_part_rows(&run, HM_PART_PARAMETERS), 2);
    assert_true(hm_sprinter_part_cell(&run, HM_PART_PARAMETERS, 1, "value", &v) && v == 1.25);
    assert_true(hm_sprinter_part_cell(&run, HM_PART_PARAMETERS, 0, "sd", &v) && v == 0.2);
}

static void what_is_no_column_is_refused(void **state)
{
    (void)state;
    hm_fit_point point[N];
    hm_fit_row row[N];
    hm_fit_step step[N];
    hm_fit_change change[N];
    hm_sprinter_run run = made_run(point, row, step, change);
    double v = 7;
    assert_false(hm_sprinter_part_cell(&run, HM_PART_RUN, 0, "mss", &v));
    assert_false(hm_sprinter_part_cell(&run, HM_PART_RUN, 0, "mss_mps_lo", &v));
    assert_false(hm_sprinter_part_cell(&run, HM_PART_RUN, 0, "rse_lo90", &v));
    assert_false(hm_sprinter_part_cell(&run, HM_PART_RUN, 0, "", &v));
    assert_false(hm_sprinter_part_cell(&run, HM_PART_ROWS, 0, "converged", &v));
    assert_true(v == 7);
    assert_null(hm_sprinter_part_column(&run, HM_PART_ROWS, 100));
    run.point = NULL;
    assert_int_equal(hm_sprinter_part_rows(&run, HM_PART_POINTS), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_hold_what_the_file_holds),
        cmocka_unit_test(parameters_have_value_and_sd),
        cmocka_unit_test(what_is_no_column_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
