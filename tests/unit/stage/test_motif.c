#include "ht.h"

#include <string.h>

#include "stage/motif.h"

static void every_motif_is_four_to_seven_notes_and_rests_on_the_triad(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 2000; k++) {
        char name[16];
        snprintf(name, sizeof name, "runner %u", (unsigned)k);
        hm_motif m = hm_motif_of(name, 0);
        assert_in_range(m.n, 4, 7);
        for (int32_t i = 0; i < m.n; i++) {
            assert_true(m.degree[i] >= HM_MOTIF_LOW && m.degree[i] <= HM_MOTIF_HIGH);
            assert_in_range(m.length[i], 1, HM_MOTIF_LONGEST);
        }
        int32_t last = m.degree[m.n - 1], halves = hm_motif_halves(&m);
        assert_true(last == 0 || last == 2 || last == 4 || last == 7);
        assert_true(halves == 8 || halves == 16);
        int32_t leap = m.degree[1] - m.degree[0];
        assert_true(leap <= -3 || leap >= 2); /* a call, not a step */
    }
}

static void a_name_has_one_motif_and_others_have_others(void **state)
{
    (void)state;
    hm_motif a = hm_motif_of("Ada Low", 0), b = hm_motif_of("Ada Low", 0);
    assert_true(hm_motif_equal(&a, &b) && a.minor == b.minor);
    int same = 0;
    for (int k = 0; k < 300; k++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", k);
        hm_motif other = hm_motif_of(name, 0);
        same += hm_motif_equal(&a, &other);
    }
    assert_true(same <= 3); /* chance alone */
    hm_motif again = hm_motif_of("Ada Low", 1);
    assert_false(hm_motif_equal(&a, &again));
}

static void both_moods_come_up(void **state)
{
    (void)state;
    int minor = 0;
    for (int k = 0; k < 1000; k++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", k);
        minor += hm_motif_of(name, 0).minor;
    }
    assert_in_range(minor, 540, 660); /* three of five; 4 sd */
}

static void text_is_read_back(void **state)
{
    (void)state;
    for (int k = 0; k < 500; k++) {
        char name[16], text[HM_MOTIF_TEXT];
        snprintf(name, sizeof name, "p%d", k);
        hm_motif m = hm_motif_of(name, 0), back;
        hm_motif_text(&m, text, sizeof text);
        assert_int_equal(hm_motif_parse(text, &back, NULL), HM_OK);
        assert_true(hm_motif_equal(&m, &back) && m.minor == back.minor);
    }
}

static void text_counts_degrees_as_musicians_do(void **state)
{
    (void)state;
    hm_motif m;
    assert_int_equal(hm_motif_parse("minor 1:4 5:2 -3:2  8:8", &m, NULL), HM_OK);
    assert_true(m.minor);
    assert_int_equal(m.n, 4);
    static const int8_t degree[] = {0, 4, -3, 7};
    static const uint8_t length[] = {4, 2, 2, 8};
    assert_memory_equal(m.degree, degree, 4);
    assert_memory_equal(m.length, length, 4);
    char text[HM_MOTIF_TEXT];
    hm_motif_text(&m, text, sizeof text);
    assert_string_equal(text, "minor 1:4 5:2 -3:2 8:8");
}

static void longest_text_fits(void **state)
{
    (void)state;
    hm_motif m;
    const char *text = "minor 10:16 10:16 10:16 10:16 10:16 10:16 10:16";
    char back[HM_MOTIF_TEXT];
    assert_int_equal(hm_motif_parse(text, &m, NULL), HM_OK);
    hm_motif_text(&m, back, sizeof back);
    assert_string_equal(back, text);
}

static void wrong_text_is_refused_and_leaves_the_motif(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "minor",
                                      "minor 1:4 5:2 6:2",
                                      "sad 1:4 5:2 6:2 8:8",
                                      "major 1:4 5:2 6:2 0:8",
                                      "major 1:4 5:2 6:2 11:8",
                                      "major 1:4 5:2 6:2 -4:8",
                                      "major 1:4 5:2 6:2 8:0",
                                      "major 1:4 5:2 6:2 8:17",
                                      "major 1:4 5:2 6:2 8",
                                      "major 1:4 5:2 6:2 8:8x",
                                      "major 1:1 1:1 1:1 1:1 1:1 1:1 1:1 1:1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        hm_motif m = {.n = 99};
        hm_err err = {0};
        assert_int_equal(hm_motif_parse(bad[i], &m, &err), HM_ERR_INPUT);
        assert_int_equal(m.n, 99);
        assert_true(strlen(err.msg) > 10);
    }
}

static void pupil_begins_as_the_teacher_and_ends_as_himself(void **state)
{
    (void)state;
    for (int k = 0; k < 400; k++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", k);
        hm_motif pupil = hm_motif_of(name, 0), teacher = hm_motif_of(name, 7);
        hm_motif q = hm_motif_quote(&pupil, &teacher);
        assert_in_range(q.n, 4, 7);
        assert_memory_equal(q.degree, teacher.degree, 3);
        assert_memory_equal(q.length, teacher.length, 3);
        assert_int_equal(q.degree[q.n - 1], pupil.degree[pupil.n - 1]);
        assert_int_equal(q.length[q.n - 1], pupil.length[pupil.n - 1]);
        assert_true(q.minor == pupil.minor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_motif_is_four_to_seven_notes_and_rests_on_the_triad),
        cmocka_unit_test(a_name_has_one_motif_and_others_have_others),
        cmocka_unit_test(both_moods_come_up),
        cmocka_unit_test(text_is_read_back),
        cmocka_unit_test(text_counts_degrees_as_musicians_do),
        cmocka_unit_test(longest_text_fits),
        cmocka_unit_test(wrong_text_is_refused_and_leaves_the_motif),
        cmocka_unit_test(pupil_begins_as_the_teacher_and_ends_as_himself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
