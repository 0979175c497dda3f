#include "rule_cases.h"

#include "race/records.h"

/* Worked case 17: 9.58 against 9.58, +2.0, FAT, reactions, eight starters, all else in order. */
static hm_record_facts berlin(void)
{
    hm_record_facts f = hm_record_facts_default();
    f.official_cs = f.record_cs = 958;
    f.n_competitor = 8;
    f.has_wind = true;
    f.wind_dmps = 20;
    f.certified = f.zero_control = f.sis_reactions = f.doping_control = HM_YES;
    return f;
}

/* The verdict, and the rule of the only condition that is not met. */
static void expect(hm_record_facts f, hm_answer want, const char *rule)
{
    hm_condition c[HM_CONDITION_MAX];
    int32_t n = hm_record_conditions(&f, c), n_other = 0;
    assert_int_equal(hm_record_ratifiable(n, c), want);
    for (int32_t i = 0; i < n; i++)
        if (c[i].answer != HM_YES) {
            n_other++;
            assert_string_equal(c[i].rule, rule);
            assert_int_equal(c[i].answer, want);
        }
    assert_int_equal(n_other, want == HM_YES ? 0 : 1);
}

static void an_equal_mark_with_all_in_order_is_ratifiable(void **state)
{
    (void)state;
    expect(berlin(), HM_YES, "");
}

/* Worked case 18 and the rest of CR31, one at a time. */
static void what_is_missing_is_named(void **state)
{
    (void)state;
    hm_record_facts f = berlin();
    f.wind_dmps = 21;
    expect(f, HM_NO, "CR31.14.3");
    f.has_wind = false;
    expect(f, HM_NO, "CR31.14.3");
    f.indoor = true;
    expect(f, HM_YES, "");
    f = berlin();
    f.sis_reactions = HM_NO;
    expect(f, HM_NO, "CR31.14.5");
    f.u20 = true;
    expect(f, HM_YES, "");
    f = berlin();
    f.official_cs = 959;
    expect(f, HM_NO, "CR31.5");
    f = berlin();
    f.n_competitor = 2;
    expect(f, HM_NO, "CR31.1");
    f = berlin();
    f.hand = true;
    expect(f, HM_NO, "CR31.14.2");
    f = berlin();
    f.doping_control = HM_UNKNOWN;
    expect(f, HM_UNKNOWN, "CR31");
}

static void a_warned_decathlete_sets_no_record(void **state)
{
    (void)state;
    hm_record_facts f = berlin();
    f.combined = true;
    f.own_false_start = HM_YES;
    expect(f, HM_NO, "CR31.14.4");
    f.own_false_start = HM_NO;
    expect(f, HM_YES, "");
}

static void age_case(const char *input, const char *want)
{
    hm_date born, on;
    char text[HM_AGE_GROUP_TEXT];
    assert_int_equal(sscanf(input, "born %d-%d-%d on %d-%d-%d", &born.year, &born.month, &born.day,
                            &on.year, &on.month, &on.day),
                     6);
    assert_string_equal(hm_age_group(born, on, HM_SEX_MEN, text), want);
}

static void youth_goes_by_the_year_and_masters_by_the_day(void **state)
{
    (void)state;
    char text[HM_AGE_GROUP_TEXT];
    assert_int_equal(rule_cases("age_group", age_case), 3);
    hm_date born = {1976, 6, 2};
    assert_string_equal(hm_age_group(born, (hm_date){2011, 6, 1}, HM_SEX_WOMEN, text), "senior");
    assert_string_equal(hm_age_group(born, (hm_date){2011, 6, 2}, HM_SEX_WOMEN, text), "W35");
    assert_string_equal(hm_age_group(born, (hm_date){2026, 6, 1}, HM_SEX_MEN, text), "M45");
    assert_string_equal(hm_age_group(born, (hm_date){2026, 6, 2}, HM_SEX_MEN, text), "M50");
    born = (hm_date){1988, 2, 29};
    assert_string_equal(hm_age_group(born, (hm_date){2023, 2, 28}, HM_SEX_MEN, text), "senior");
    assert_string_equal(hm_age_group(born, (hm_date){2023, 3, 1}, HM_SEX_MEN, text), "M35");
    assert_string_equal(
        hm_age_group((hm_date){2015, 1, 1}, (hm_date){2026, 3, 1}, HM_SEX_MEN, text), "youth");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_equal_mark_with_all_in_order_is_ratifiable),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(a_warned_decathlete_sets_no_record),
        cmocka_unit_test(youth_goes_by_the_year_and_masters_by_the_day),
    };
    return cmocka_run_group_tests_name("race/records", tests, NULL, NULL);
}
