#include "ht.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "io/number.h"

static void whole_fields_are_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        double want;
    } good[] = {{"9.58", '.', 9.58},
                {"9,58", ',', 9.58},
                {"9.58", ',', 9.58},
                {"-0.3", '.', -0.3},
                {"+0,9", ',', 0.9},
                {".5", '.', 0.5},
                {"5.", '.', 5},
                {"0", '.', 0},
                {"1e3", '.', 1000},
                {"1,5E-3", ',', 1.5e-3},
                {"1e-400", '.', 0},
                {"007", '.', 7},
                {"0.1000000000000000055511151231257827", '.', 0.1}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double v = -1;
        assert_int_equal(hm_number_parse(good[i].text, good[i].decimal, &v), HM_NUMBER_OK);
        ht_near(v, good[i].want, 0, 0);
    }
}

static void anything_else_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        hm_number_fault want;
    } bad[] = {{"", '.', HM_NUMBER_EMPTY},      {"nan", '.', HM_NUMBER_TEXT},
               {"inf", '.', HM_NUMBER_TEXT},    {"-Infinity", '.', HM_NUMBER_TEXT},
               {"0x1p3", '.', HM_NUMBER_TEXT},  {"9,58", '.', HM_NUMBER_TEXT},
               {"9,58,2", ',', HM_NUMBER_TEXT}, {"9.58.2", '.', HM_NUMBER_TEXT},
               {"9.58 ", '.', HM_NUMBER_TEXT},  {" 9.58", '.', HM_NUMBER_TEXT},
               {"9.58s", '.', HM_NUMBER_TEXT},  {".", '.', HM_NUMBER_TEXT},
               {"-", '.', HM_NUMBER_TEXT},      {"1e", '.', HM_NUMBER_TEXT},
               {"1e+", '.', HM_NUMBER_TEXT},    {"--1", '.', HM_NUMBER_TEXT},
               {"1e400", '.', HM_NUMBER_RANGE}, {"-1e400", '.', HM_NUMBER_RANGE},
               {"1_000", '.', HM_NUMBER_TEXT}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v = 42;
        assert_int_equal(hm_number_parse(bad[i].text, bad[i].decimal, &v), bad[i].want);
        ht_near(v, 42, 0, 0);
    }
    char long_text[200];
    memset(long_text, '1', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    double v;
    assert_int_equal(hm_number_parse(long_text, '.', &v), HM_NUMBER_TEXT);
}

/* The twin is strtod, here in the C locale. */
static void short_decimals_are_what_strtod_makes_of_them(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 200000; i++) {
        hm_draw4 d = hm_rng(5, HM_FOR_TEST, 0, i, 0);
        uint64_t digits = ((uint64_t)d.u[0] << 32 | d.u[1]) >> (d.u[2] % 60);
        char text[48];
        int n = snprintf(text, sizeof text, "%s%llu", d.u[2] & 64 ? "-" : "",
                         (unsigned long long)digits);
        int mark = (int)(d.u[3] % (uint32_t)(n + 1));
        if (d.u[2] & 128 && (mark > 0 || text[0] != '-')) {
            memmove(text + mark + 1, text + mark, (size_t)(n - mark) + 1);
            text[mark] = '.';
            n++;
        }
        double want = strtod(text, NULL), v = -7, part = -7;
        assert_int_equal(hm_number_parse(text, '.', &v), HM_NUMBER_OK);
        assert_memory_equal(&v, &want, sizeof v);
        text[n] = '8'; /* what stands behind is not read */
        assert_int_equal(hm_number_parse_n(text, (size_t)n, '.', &part), HM_NUMBER_OK);
        assert_memory_equal(&part, &want, sizeof part);
    }
    double v = -7;
    assert_int_equal(hm_number_parse_n("12", 0, '.', &v), HM_NUMBER_EMPTY);
    assert_int_equal(hm_number_parse_n("1x", 2, '.', &v), HM_NUMBER_TEXT);
    assert_int_equal(hm_number_parse_n("1\0"
                                       "2",
                                       3, '.', &v),
                     HM_NUMBER_TEXT);
    assert_int_equal(hm_number_parse_n("1e3,", 3, '.', &v), HM_NUMBER_OK);
    ht_near(v, 1000, 0, 0);
}

static void whole_numbers_are_whole(void **state)
{
    (void)state;
    int64_t v = 0;
    assert_int_equal(hm_number_parse_int("-17", &v), HM_NUMBER_OK);
    assert_true(v == -17);
    assert_int_equal(hm_number_parse_int("9223372036854775807", &v), HM_NUMBER_OK);
    assert_true(v == INT64_MAX);
    assert_int_equal(hm_number_parse_int("9223372036854775808", &v), HM_NUMBER_RANGE);
    assert_int_equal(hm_number_parse_int("3.5", &v), HM_NUMBER_TEXT);
    assert_int_equal(hm_number_parse_int("1e3", &v), HM_NUMBER_TEXT);
    assert_int_equal(hm_number_parse_int("", &v), HM_NUMBER_EMPTY);
    assert_int_equal(hm_number_parse_int(" 1", &v), HM_NUMBER_TEXT);
}

static void clocks_are_read_by_their_colons(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double want_s;
        int digits;
    } good[] = {{"9.58", 9.58, 2},    {"1:02.34", 62.34, 2}, {"0:00:10.241", 10.241, 3},
                {"2:03:04", 7384, 0}, {"-1:00", -60, 0},     {"12:00,5", 720.5, 1},
                {"10", 10, 0}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double v = 0;
        int32_t digits = -1;
        assert_int_equal(hm_number_parse_clock(good[i].text, ',', &v, &digits), HM_NUMBER_OK);
        ht_near(v, good[i].want_s, 1e-12, 0);
        assert_int_equal(digits, good[i].digits);
    }
    static const char *const bad[] = {
        "1:62.3", "1:2.3",   ":30",      "1:",   "1::30", "1:02:03:04",
        "1:-2.0", "1:60:00", "1:02.3e1", "a:10", "1e3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v;
        assert_int_equal(hm_number_parse_clock(bad[i], '.', &v, NULL), HM_NUMBER_TEXT);
    }
}

static void printed_numbers_read_back_with_the_fewest_digits(void **state)
{
    (void)state;
    char buf[HM_NUMBER_BUF];
    assert_int_equal(hm_number_print(9.58, buf), 4);
    assert_string_equal(buf, "9.58");
    assert_int_equal(hm_number_print(-0.0, buf), 4);
    assert_string_equal(buf, "-0.0"); /* JSON would read -0 as a whole number */
    hm_number_print(0.1 + 0.2, buf);
    assert_string_equal(buf, "0.30000000000000004");
    hm_number_print(1e22, buf);
    assert_string_equal(buf, "1e+22");
    for (uint32_t i = 0; i < 20000; i++) {
        hm_draw4 d = hm_rng(3, HM_FOR_TEST, 0, i, 0);
        uint64_t bits = (uint64_t)d.u[0] << 32 | d.u[1];
        double v, back = 0;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v))
            continue;
        hm_number_print(v, buf);
        assert_int_equal(hm_number_parse(buf, '.', &back), HM_NUMBER_OK);
        assert_true(back == v);
    }
}

/* A locale with a decimal comma, where the machine has one. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ps_AF.utf8"};
    bool any = false;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (!setlocale(LC_NUMERIC, locales[i]))
            continue;
        any = true;
        double v = 0;
        char buf[HM_NUMBER_BUF];
        assert_int_equal(hm_number_parse("9.58", '.', &v), HM_NUMBER_OK);
        ht_near(v, 9.58, 0, 0);
        hm_number_print(9.58, buf);
        assert_string_equal(buf, "9.58");
    }
    setlocale(LC_NUMERIC, "C");
    if (!any)
        print_message("# no locale with a decimal comma here: only C was tried\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_fields_are_numbers),
        cmocka_unit_test(anything_else_is_none),
        cmocka_unit_test(short_decimals_are_what_strtod_makes_of_them),
        cmocka_unit_test(whole_numbers_are_whole),
        cmocka_unit_test(clocks_are_read_by_their_colons),
        cmocka_unit_test(printed_numbers_read_back_with_the_fewest_digits),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests_name("io/number", tests, NULL, NULL);
}
