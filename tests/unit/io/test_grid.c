#include "ht.h"

#include <string.h>

#include "io/grid.h"

static const hm_grid_column column[] = {
    {"n", HM_GRID_INTEGER}, {"time_s", HM_GRID_NUMBER}, {"who", HM_GRID_TEXT}};

static hm_grid two_rows(hm_arena *a)
{
    hm_grid g = hm_grid_make(a, "runs", "what was run", 3, column);
    hm_grid_number(&g, 1);
    hm_grid_number(&g, 9.58);
    hm_grid_text(&g, "a, b");
    hm_grid_number(&g, 2);
    hm_grid_number(&g, (double)NAN);
    hm_grid_text(&g, "c");
    return g;
}

static void rows_become_lines_of_csv(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_grid g = two_rows(&a);
    hm_memory m = {.arena = &a};
    assert_int_equal(hm_grid_rows(&g), 2);
    assert_int_equal(hm_grid_write_csv(&g, hm_sink_memory(&m), NULL), HM_OK);
    assert_string_equal(m.bytes, "n,time_s,who\n1,9.58,\"a, b\"\n2,,c\n");
    hm_arena_free(&a);
}

static void rows_become_objects_of_json(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_grid g = two_rows(&a);
    hm_memory m = {.arena = &a};
    hm_json_out o = hm_json_out_make(hm_sink_memory(&m), NULL);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    assert_int_equal(hm_grid_put_json(&g, &o, NULL), HM_OK);
    hm_json_put_end(&o);
    assert_int_equal(hm_json_finish(&o), HM_OK);
    const hm_json *root, *runs;
    double t_s;
    assert_int_equal(hm_json_parse("t", m.bytes, m.n, &a, &root, NULL), HM_OK);
    assert_int_equal(hm_json_get_array(root, "runs", &runs, NULL), HM_OK);
    assert_int_equal(runs->n, 2);
    assert_int_equal(hm_json_get_number(&runs->as.item[0], "time_s", 0, 99, &t_s, NULL), HM_OK);
    ht_near(t_s, 9.58, 0, 0);
    assert_null(hm_json_find(&runs->as.item[1], "time_s"));
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_lines_of_csv),
        cmocka_unit_test(rows_become_objects_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
