#include "ht.h"

#include <string.h>

#include "base/width.h"

static void latin_letters_take_one_and_japanese_two(void **state)
{
    (void)state;
    assert_int_equal(hm_text_width(""), 0);
    assert_int_equal(hm_text_width("Bolt"), 4);
    assert_int_equal(hm_text_width("Müller"), 6);
    assert_int_equal(hm_text_width("桐生祥秀"), 8);
    assert_int_equal(hm_text_width("サニブラウン"), 12);
    assert_int_equal(hm_text_width("ｻﾆﾌﾞﾗｳﾝ"), 7);  /* half-width katakana, UAX 11: H */
    assert_int_equal(hm_text_width("１００ｍ"), 8); /* full-width forms, F */
    assert_int_equal(hm_text_width("우상혁"), 6);
    assert_int_equal(hm_text_width("𠮷田"), 4); /* beyond the first plane */
}

static void marks_and_unseen_characters_take_none(void **state)
{
    (void)state;
    assert_int_equal(hm_text_width("e\xcc\x81"), 1);                 /* e + U+0301 */
    assert_int_equal(hm_text_width("か\xe3\x82\x99"), 2);            /* ka + U+3099 */
    assert_int_equal(hm_text_width("a\xe2\x80\x8b\xe2\x80\x8f"), 1); /* U+200B, U+200F */
    assert_int_equal(hm_text_width("שָׁלוֹם"), 4);
}

static void an_emoji_sequence_is_one_picture(void **state)
{
    (void)state;
    assert_int_equal(hm_text_width("🏃"), 2);
    assert_int_equal(hm_text_width("👩🏽"), 2);
    assert_int_equal(hm_text_width("👩‍👩‍👧‍👦"), 2);
    assert_int_equal(hm_text_width("🇯🇵"), 2); /* two regional indicators of 1 */
}

static void a_text_is_cut_between_letters(void **state)
{
    (void)state;
    assert_int_equal(hm_text_fit("abc", 2), 2);
    assert_int_equal(hm_text_fit("abc", 9), 3);
    assert_int_equal(hm_text_fit("桐生", 3), 3);       /* the second would need column 4 */
    assert_int_equal(hm_text_fit("e\xcc\x81x", 1), 3); /* the accent stays with its e */
    assert_int_equal(hm_text_fit("👩‍👩‍👧x", 2), strlen("👩‍👩‍👧"));
    assert_int_equal(hm_text_fit("桐", 1), 0);
}

static void broken_bytes_do_no_harm(void **state)
{
    (void)state;
    assert_int_equal(hm_text_width("a\xff\xe3z"), 4);
    assert_int_equal(hm_text_width("\xf0\x9f"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_letters_take_one_and_japanese_two),
        cmocka_unit_test(marks_and_unseen_characters_take_none),
        cmocka_unit_test(an_emoji_sequence_is_one_picture),
        cmocka_unit_test(a_text_is_cut_between_letters),
        cmocka_unit_test(broken_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
