#include "ht.h"

#include "io/lang.h"

static void marks_are_filled_in_any_order(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const char *part[] = {"Ada", "9.58", NULL};
    assert_string_equal(hm_lang_fill(&a, "{1}秒 {0}{0}|{2}|", 3, part), "9.58秒 AdaAda||");
    hm_arena_free(&a);
}

static void what_is_no_mark_stays(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const char *part[] = {"{1}", "x"};
    assert_string_equal(hm_lang_fill(&a, "{", 2, part), "{");
    assert_string_equal(hm_lang_fill(&a, "{2}{a}{0", 2, part), "{2}{a}{0");
    assert_string_equal(hm_lang_fill(&a, "{0}", 2, part), "{1}"); /* a part is not read again */
    hm_arena_free(&a);
}

static void dates_are_written_as_people_do(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_string_equal(hm_lang_date(&a, HM_LANG_EN, "2009-08-16"), "16 August 2009");
    assert_string_equal(hm_lang_date(&a, HM_LANG_JA, "2009-08-16"), "2009年8月16日");
    static const char *const odd[] = {"", "2009", "2009-13-01", "2009-8-16 ", "20x9-08-16"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_string_equal(hm_lang_date(&a, HM_LANG_EN, odd[i]), odd[i]);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_filled_in_any_order),
        cmocka_unit_test(what_is_no_mark_stays),
        cmocka_unit_test(dates_are_written_as_people_do),
    };
    return cmocka_run_group_tests_name("io/lang", tests, NULL, NULL);
}
