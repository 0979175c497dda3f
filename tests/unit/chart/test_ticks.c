#include "ht.h"
#include "ticks_priv.h"

#include <string.h>

static void assert_ticks(double lo, double hi, int32_t at_most, int32_t n, double first,
                         double step, const char *text0)
{
    chart_ticks t;
    chart_ticks_linear(lo, hi, at_most, &t);
    assert_int_equal(t.n, n);
    for (int32_t i = 0; i < n; i++)
        ht_near(t.at[i], first + i * step, 1e-12, 1e-14);
    assert_string_equal(t.text[0], text0);
}

static void steps_are_one_two_or_five(void **state)
{
    (void)state;
    assert_ticks(0, 100, 11, 11, 0, 10, "0");
    assert_ticks(0, 100, 10, 6, 0, 20, "0");
    assert_ticks(0, 100, 5, 3, 0, 50, "0");
    assert_ticks(0, 1, 11, 11, 0, 0.1, "0.0");
    assert_ticks(0.12, 0.31, 4, 4, 0.15, 0.05, "0.15");
    assert_ticks(1e-6, 9e-6, 5, 4, 2e-6, 2e-6, "0.000002");
    assert_ticks(-3, 3, 7, 7, -3, 1,
                 "\xe2\x88\x92"
                 "3");
}

static void a_tenth_is_written_as_a_tenth(void **state)
{
    (void)state;
    chart_ticks t;
    chart_ticks_linear(0, 0.7, 8, &t);
    assert_true(t.at[3] == 0.3); /* not 0.1 + 0.1 + 0.1 */
    assert_string_equal(t.text[7], "0.7");
}

static void zero_has_no_minus(void **state)
{
    (void)state;
    chart_ticks t;
    chart_ticks_linear(-0.02, 0.02, 5, &t);
    assert_int_equal(t.n, 5);
    assert_string_equal(t.text[2], "0.00");
    assert_string_equal(t.text[0], "\xe2\x88\x92"
                                   "0.02");
}

static void there_is_always_a_tick_and_never_too_many(void **state)
{
    (void)state;
    chart_ticks t;
    for (int i = 0; i < 20000; i++) {
        double lo = -50 + 0.0137 * i, hi = lo + 1e-4 * (1 + (double)i * i);
        for (int32_t most = 2; most <= 11; most += 3) {
            chart_ticks_linear(lo, hi, most, &t);
            assert_in_range(t.n, 1, most);
            assert_true(t.at[0] >= lo - 1e-9 * (hi - lo));
            assert_true(t.at[t.n - 1] <= hi + 1e-9 * (hi - lo));
        }
    }
}

static void days_and_dates_go_both_ways(void **state)
{
    (void)state;
    static const struct {
        int32_t y, m, d;
        int64_t day;
    } known[] = {{1970, 1, 1, 0},      {1969, 12, 31, -1},   {2000, 2, 29, 11016},
                 {2009, 8, 16, 14472}, {1900, 3, 1, -25508}, {2026, 11, 22, 20779}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        int32_t y, m, d;
        assert_int_equal(chart_day_of_civil(known[i].y, known[i].m, known[i].d), known[i].day);
        chart_civil_of_day(known[i].day, &y, &m, &d);
        assert_int_equal(y, known[i].y);
        assert_int_equal(m, known[i].m);
        assert_int_equal(d, known[i].d);
    }
}

static void dates_fall_on_first_days_and_tell_the_year_once(void **state)
{
    (void)state;
    chart_ticks t;
    double lo = (double)chart_day_of_civil(2008, 11, 20), hi = lo + 150;
    chart_ticks_date(lo, hi, 6, &t);
    static const char *const text[] = {"Dec", "Jan", "Feb", "Mar", "Apr"};
    static const char *const under[] = {"2008", "2009", "", "", ""};
    assert_int_equal(t.n, 5);
    for (int32_t i = 0; i < t.n; i++) {
        assert_string_equal(t.text[i], text[i]);
        assert_string_equal(t.under[i], under[i]);
    }
    ht_near(t.at[0], (double)chart_day_of_civil(2008, 12, 1), 0, 0);
    chart_ticks_date(lo, lo + 3653, 6, &t);
    assert_string_equal(t.text[0], "2010"); /* every second year */
    assert_string_equal(t.text[1], "2012");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_one_two_or_five),
        cmocka_unit_test(a_tenth_is_written_as_a_tenth),
        cmocka_unit_test(zero_has_no_minus),
        cmocka_unit_test(there_is_always_a_tick_and_never_too_many),
        cmocka_unit_test(days_and_dates_go_both_ways),
        cmocka_unit_test(dates_fall_on_first_days_and_tell_the_year_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
