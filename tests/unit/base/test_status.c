#include "ht.h"

#include <string.h>

#include "base/status.h"

static void the_first_error_wins(void **state)
{
    (void)state;
    hm_err err = {0};
    assert_int_equal(hm_err_set(&err, HM_ERR_INPUT, "a.csv", 3, 7, "time_s", "expected %d", 9),
                     HM_ERR_INPUT);
    assert_int_equal(hm_err_set(&err, HM_ERR_SYSTEM, "b.csv", 1, 1, "x", "later"), HM_ERR_SYSTEM);
    char line[128];
    hm_err_text(&err, line, sizeof line);
    assert_string_equal(line, "a.csv:3:7: time_s: expected 9");
}

static void unknown_places_are_left_out(void **state)
{
    (void)state;
    hm_err err = {0};
    (void)hm_err_set(&err, HM_ERR_NOFILE, "gone.csv", 0, 5, NULL, "no such file");
    char line[128];
    hm_err_text(&err, line, sizeof line);
    assert_string_equal(line, "gone.csv: no such file");
    hm_err bare = {.status = HM_ERR_STOPPED};
    hm_err_text(&bare, line, sizeof line);
    assert_string_equal(line, "stopped");
}

static void control_characters_do_not_get_through(void **state)
{
    (void)state;
    hm_err err = {0};
    (void)hm_err_set(&err, HM_ERR_INPUT, "a\nb.csv", 1, 2, "x\ty", "found '\033[2J' and 小");
    char line[128];
    hm_err_text(&err, line, sizeof line);
    assert_string_equal(line, "a?b.csv:1:2: x?y: found '?[2J' and 小");
}

static void a_short_buffer_is_cut_and_terminated(void **state)
{
    (void)state;
    hm_err err = {0};
    (void)hm_err_set(&err, HM_ERR_INPUT, "long.csv", 12, 0, "field", "message");
    char line[9];
    memset(line, 'x', sizeof line);
    hm_err_text(&err, line, sizeof line);
    assert_string_equal(line, "long.csv");
}

static void exit_codes_are_the_documented_ones(void **state)
{
    (void)state;
    assert_int_equal(hm_status_exit_code(HM_OK), 0);
    assert_int_equal(hm_status_exit_code(HM_ERR_USAGE), 2);
    assert_int_equal(hm_status_exit_code(HM_ERR_INPUT), 65);
    assert_int_equal(hm_status_exit_code(HM_ERR_NOFILE), 66);
    assert_int_equal(hm_status_exit_code(HM_ERR_NUMERIC), 65);
    assert_int_equal(hm_status_exit_code(HM_ERR_BUG), 70);
    assert_int_equal(hm_status_exit_code(HM_ERR_SYSTEM), 74);
    assert_int_equal(hm_status_exit_code(HM_ERR_STOPPED), 75);
    assert_int_equal(hm_status_exit_code(HM_ERR_CHECK), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(unknown_places_are_left_out),
        cmocka_unit_test(control_characters_do_not_get_through),
        cmocka_unit_test(a_short_buffer_is_cut_and_terminated),
        cmocka_unit_test(exit_codes_are_the_documented_ones),
    };
    return cmocka_run_group_tests_name("base/status", tests, NULL, NULL);
}
