#include "ht.h"

#include "io/column.h"

static const hm_unit second[] = {{"s", 1}, {"ms", 1e-3}, {0}};
static const hm_column table[] = {{"time_s", second, 1, {"time", "zeit", "t"}},
                                  {"speed_mps", NULL, 0, {"speed", "velocity"}}};

static void names_are_compared_folded(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"Time (s)", "time_s"},
                                          {"  time--[s] ", "time_s"},
                                          {"ZEIT（S）", "zeit_s"},
                                          {"Höhe", "höhe"},
                                          {"_", ""}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char key[HM_COLUMN_KEY];
        hm_column_fold(same[i][0], key);
        assert_string_equal(key, same[i][1]);
    }
}

static void a_unit_may_stand_behind_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int want;
        double scale;
    } row[] = {{"time", 0, 1},  {"t_ms", 0, 1e-3}, {"zeit_s", 0, 1},      {"time_h", -1, -7},
               {"tms", -1, -7}, {"speed", 1, 0},   {"speed_mps", -1, -7}, {"", -1, -7}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        double scale = -7;
        if (hm_column_find(row[i].key, 2, table, &scale) != row[i].want)
            fail_msg("'%s'", row[i].key);
        ht_near(scale, row[i].scale, 0, 0);
    }
}

static void the_nearest_row_is_named_by_any_of_its_words(void **state)
{
    (void)state;
    assert_string_equal(hm_column_nearest("tmie_s", 2, table), "time_s");
    assert_string_equal(hm_column_nearest("Velocty", 2, table), "speed_mps");
    assert_string_equal(hm_column_nearest("ziet", 2, table), "time_s");
    assert_null(hm_column_nearest("colour", 2, table));
}

static void a_number_may_stand_within_a_name(void **state)
{
    (void)state;
    static const char *const before[] = {"split_", "t", NULL}, *const after[] = {"", "m_s", NULL};
    static const struct {
        const char *key;
        double want;
    } good[] = {{"split_50", 50}, {"t10m_s", 10}, {"7.5", 7.5}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double v = -1;
        assert_true(hm_column_number(good[i].key, before, after, &v));
        ht_near(v, good[i].want, 0, 0);
    }
    static const char *const bad[] = {"split_", "split_50_km",         "1.2.3", "a5", "-5",
                                      "",       "12345678901234567890"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v = -1;
        if (hm_column_number(bad[i], before, after, &v))
            fail_msg("'%s' gave %g", bad[i], v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_folded),
        cmocka_unit_test(a_unit_may_stand_behind_a_name),
        cmocka_unit_test(the_nearest_row_is_named_by_any_of_its_words),
        cmocka_unit_test(a_number_may_stand_within_a_name),
    };
    return cmocka_run_group_tests_name("io/column", tests, NULL, NULL);
}
