#include "ht.h"

#include "data/date.h"

static void known_days_are_as_far_apart_as_known(void **state)
{
    (void)state;
    /* 2000-01-01 is day 10,957 after 1970-01-01 (Unix time 946,684,800) */
    assert_int_equal(hm_date_number((hm_date){2000, 1, 1}) - hm_date_number((hm_date){1970, 1, 1}),
                     10957);
    assert_int_equal(hm_date_number((hm_date){2000, 3, 1}) - hm_date_number((hm_date){2000, 2, 28}),
                     2);
    assert_int_equal(hm_date_number((hm_date){1900, 3, 1}) - hm_date_number((hm_date){1900, 2, 28}),
                     1);
}

static void each_day_of_four_centuries_comes_back(void **state)
{
    (void)state;
    int32_t first = hm_date_number((hm_date){1800, 1, 1});
    for (int32_t n = first; n < first + 146097; n++)
        assert_int_equal(hm_date_number(hm_date_of(n)), n);
    hm_date d = hm_date_of(first + 58);
    assert_true(d.year == 1800 && d.month == 2 && d.day == 28);
}

static void what_is_no_day_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",           "2001-02-29", "2001-13-01", "2001-00-10",
                                      "2001-1-100", "01-01-2001", "2001/01/01", "2001-04-31"};
    hm_date d = {1, 2, 3};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(hm_date_parse(bad[i], &d));
    assert_true(d.year == 1 && d.month == 2 && d.day == 3);
    assert_true(hm_date_parse("2004-02-29", &d));
    int32_t month = 0, day = 0;
    assert_false(hm_date_parse_day("02-29", &month, &day));
    assert_true(hm_date_parse_day("04-02", &month, &day));
    assert_true(month == 4 && day == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_are_as_far_apart_as_known),
        cmocka_unit_test(each_day_of_four_centuries_comes_back),
        cmocka_unit_test(what_is_no_day_is_refused),
    };
    return cmocka_run_group_tests_name("data/date", tests, NULL, NULL);
}
