#include "rule_cases.h"

#include "io/number.h"
#include "race/official.h"

static int64_t time_us_of(const char *text)
{
    double s;
    if (hm_number_parse_clock(text, '.', &s, NULL) != HM_NUMBER_OK)
        fail_msg("no time: %s", text);
    return hm_time_us(s);
}

static void fat_case(const char *input, const char *want)
{
    char text[HM_OFFICIAL_TEXT];
    assert_string_equal(hm_time_text(hm_official_cs(time_us_of(input)), false, text), want);
}

static void hand_case(const char *input, const char *want)
{
    char text[HM_OFFICIAL_TEXT];
    assert_string_equal(hm_time_text(hm_hand_ds(time_us_of(input)) * 10, true, text), want);
}

static void watches_case(const char *input, const char *want)
{
    int32_t ds[3], n = 0;
    char part[16], text[HM_OFFICIAL_TEXT];
    for (const char *at = input; *at && n < 3; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        snprintf(part, sizeof part, "%.*s", (int)len, at);
        ds[n++] = hm_hand_ds(time_us_of(part));
        at += len;
    }
    assert_string_equal(hm_time_text(hm_hand_combine_ds(n, ds) * 10, true, text), want);
}

static void wind_case(const char *input, const char *want)
{
    double mps;
    char text[HM_OFFICIAL_TEXT];
    assert_int_equal(hm_number_parse(input, '.', &mps), HM_NUMBER_OK);
    assert_string_equal(hm_wind_text(hm_wind_dmps(hm_wind_cmps(mps)), text), want);
}

static void reaction_case(const char *input, const char *want)
{
    double s;
    assert_int_equal(hm_number_parse(input, '.', &s), HM_NUMBER_OK);
    bool alarm = hm_reaction_ms(s) < HM_REACTION_LEAST_MS;
    assert_string_equal(alarm ? "yes" : "no", want);
}

static void worked_cases_of_the_rule_books_hold(void **state)
{
    (void)state;
    assert_int_equal(rule_cases("fat_official", fat_case), 4);
    assert_int_equal(rule_cases("hand_official", hand_case), 2);
    assert_int_equal(rule_cases("hand_watches", watches_case), 3);
    assert_int_equal(rule_cases("wind_official", wind_case), 5);
    assert_int_equal(rule_cases("reaction_alarm", reaction_case), 3);
}

static void division_goes_towards_plus_infinity(void **state)
{
    (void)state;
    assert_int_equal(hm_ceil_div(203, 10), 21);
    assert_int_equal(hm_ceil_div(-203, 10), -20);
    for (int64_t a = -50; a <= 50; a++)
        for (int64_t b = 1; b <= 12; b++) {
            int64_t q = hm_ceil_div(a, b);
            assert_true(q * b >= a && (q - 1) * b < a);
        }
}

/* Rounding to the nearest 0.001 first would give 9.53. */
static void ceilings_nest_so_that_no_time_is_rounded_twice(void **state)
{
    (void)state;
    assert_int_equal(hm_official_cs(hm_time_us(9.5304)), 954);
    for (int64_t us = 9529000; us <= 9541000; us += 7)
        assert_int_equal(hm_ceil_div(hm_time_ms(us), 10), hm_official_cs(us));
}

static void float_noise_is_taken_away_before_the_ceiling(void **state)
{
    (void)state;
    assert_int_equal(hm_official_cs(hm_time_us(9.530000000001)), 953);
    for (int32_t cs = 900; cs < 2000; cs++)
        assert_int_equal(hm_official_cs(hm_time_us(cs / 100.0)), cs);
    for (int32_t ms = 80; ms < 300; ms++)
        assert_int_equal(hm_reaction_ms(ms / 1000.0), ms);
}

static void a_torso_is_on_the_first_line_at_or_after_it(void **state)
{
    (void)state;
    assert_int_equal(hm_photo_line(9580000, 1000), 9580);
    assert_int_equal(hm_photo_line(9580001, 1000), 9581);
    assert_int_equal(hm_photo_line(9580400, 5000), 47902);
    assert_int_equal(hm_photo_line(9580401, 5000), 47903);
}

static void printing_knows_its_traps(void **state)
{
    (void)state;
    char text[HM_OFFICIAL_TEXT];
    assert_string_equal(hm_time_text(hm_official_cs(hm_time_us(59.991)), false, text), "1:00.00");
    assert_string_equal(hm_time_text(905, false, text), "9.05");
    assert_string_equal(hm_wind_text(hm_wind_dmps(hm_wind_cmps(-0.3)), text), "-0.3");
    assert_string_equal(hm_wind_text(hm_wind_dmps(hm_wind_cmps(-0.05)), text), "0.0");
    assert_int_equal(hm_wind_cmps(-0.345), -34); /* a half goes upward */
    assert_int_equal(hm_wind_cmps(0.345), 35);
    assert_int_equal(hm_wind_cmps(-0.346), -35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_cases_of_the_rule_books_hold),
        cmocka_unit_test(division_goes_towards_plus_infinity),
        cmocka_unit_test(ceilings_nest_so_that_no_time_is_rounded_twice),
        cmocka_unit_test(float_noise_is_taken_away_before_the_ceiling),
        cmocka_unit_test(a_torso_is_on_the_first_line_at_or_after_it),
        cmocka_unit_test(printing_knows_its_traps),
    };
    return cmocka_run_group_tests_name("race/official", tests, NULL, NULL);
}
