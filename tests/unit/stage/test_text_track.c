#include "ht.h"

#include <string.h>

#include "stage/text_track.h"

static hm_text_track track_of(hm_cue *cue, int32_t n)
{
    return (hm_text_track){HM_TEXT_CAPTIONS, HM_LANG_EN, "English", n, cue};
}

static char *print(const hm_text_track *t, hm_text_form form, hm_arena *a)
{
    char *text = NULL;
    size_t n = 0;
    assert_int_equal(hm_text_track_print(t, form, a, &text, &n, NULL), HM_OK);
    assert_int_equal(n, strlen(text));
    return text;
}

static void vtt_escapes_markup_and_names_kind_and_language(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_cue cue[] = {{0.5, 2.25, "A & <b>"}, {3725.0004, 3726, "x --> y"}};
    hm_text_track t = track_of(cue, 2);
    t.kind = HM_TEXT_DESCRIPTION;
    t.lang = HM_LANG_JA;
    assert_string_equal(print(&t, HM_TEXT_VTT, &a),
                        "WEBVTT\nKind: descriptions\nLanguage: ja\n"
                        "\n00:00:00.500 --> 00:00:02.250\nA &amp; &lt;b&gt;\n"
                        "\n01:02:05.000 --> 01:02:06.000\nx --&gt; y\n");
    hm_arena_free(&a);
}

static void srt_is_numbered_with_decimal_commas(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_cue cue[] = {{0, 1, "one\ntwo"}, {1, 2, "三"}};
    hm_text_track t = track_of(cue, 2);
    assert_string_equal(print(&t, HM_TEXT_SRT, &a), "1\n00:00:00,000 --> 00:00:01,000\none\ntwo\n"
                                                    "\n2\n00:00:01,000 --> 00:00:02,000\n三\n");
    hm_arena_free(&a);
}

static void no_text_can_end_its_cue(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_cue cue[] = {{0, 1, "\n\na\n\n\nb\rc"}};
    hm_text_track t = track_of(cue, 1);
    assert_string_equal(print(&t, HM_TEXT_SRT, &a), "1\n00:00:00,000 --> 00:00:01,000\na\nb c\n");
    hm_arena_free(&a);
}

static void cues_come_in_order_and_end_where_the_next_begins(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_text_track t = track_of(NULL, 0);
    size_t cap = 0;
    static const double from_s[] = {5, 1, 3, 3.2};
    for (int i = 0; i < 4; i++)
        assert_int_equal(hm_text_track_add(&t, &cap, &a, from_s[i], from_s[i] + 9, "x", NULL),
                         HM_OK);
    hm_text_track_tidy(&t, 0.5);
    assert_int_equal(t.n_cue, 3); /* the one from 3 to 3.2 is too short to read */
    ht_near(t.cue[0].to_s, 3, 1e-12, 0);
    ht_near(t.cue[1].from_s, 3.2, 1e-12, 0);
    ht_near(t.cue[2].to_s, 14, 1e-12, 0);
    assert_int_equal(hm_text_track_check(&t, NULL), HM_OK);
    assert_int_equal(hm_text_track_add(&t, &cap, &a, 0, 1, NULL, NULL), HM_ERR_SYSTEM);
    hm_arena_free(&a);
}

static void a_part_counts_from_its_own_beginning(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_cue cue[] = {{0, 2, "a"}, {3, 4, "b"}, {5, 9, "c"}, {9, 10, "d"}};
    hm_text_track t = track_of(cue, 4), part;
    assert_int_equal(hm_text_track_cut(&t, 1.5, 6, &a, &part, NULL), HM_OK);
    assert_int_equal(part.n_cue, 3);
    ht_near(part.cue[0].to_s, 0.5, 1e-12, 0);
    ht_near(part.cue[1].from_s, 1.5, 1e-12, 0);
    ht_near(part.cue[2].to_s, 4.5, 1e-12, 0);
    assert_int_equal(hm_text_track_at(&part, 1.0), -1);
    assert_int_equal(hm_text_track_at(&part, 4.0), 2);
    hm_arena_free(&a);
}

static void bad_tracks_name_the_cue(void **state)
{
    (void)state;
    hm_cue over[] = {{0, 2, "a"}, {1, 3, "b"}}, none[] = {{0, 1, ""}};
    hm_text_track t = track_of(over, 2);
    hm_err err = {0};
    assert_int_equal(hm_text_track_check(&t, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "cue[1]");
    t = track_of(none, 1);
    assert_int_equal(hm_text_track_check(&t, NULL), HM_ERR_INPUT);
}

static void the_name_of_a_file_chooses_its_form(void **state)
{
    (void)state;
    hm_text_form form = HM_TEXT_VTT;
    assert_int_equal(hm_text_form_of("out/a.srt", &form, NULL), HM_OK);
    assert_int_equal(form, HM_TEXT_SRT);
    assert_int_equal(hm_text_form_of(".vtt", &form, NULL), HM_OK);
    assert_int_equal(form, HM_TEXT_VTT);
    static const char *const odd[] = {"a.ass", "vtt", "", "a.SRT.txt"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(hm_text_form_of(odd[i], &form, NULL), HM_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vtt_escapes_markup_and_names_kind_and_language),
        cmocka_unit_test(srt_is_numbered_with_decimal_commas),
        cmocka_unit_test(no_text_can_end_its_cue),
        cmocka_unit_test(cues_come_in_order_and_end_where_the_next_begins),
        cmocka_unit_test(a_part_counts_from_its_own_beginning),
        cmocka_unit_test(bad_tracks_name_the_cue),
        cmocka_unit_test(the_name_of_a_file_chooses_its_form),
    };
    return cmocka_run_group_tests_name("stage/text_track", tests, NULL, NULL);
}
