#include "ht.h"

#include "io/nearest.h"

static const char *const verb[] = {"film", "race", "photo", "doctor", "measure", "rotoscope"};

static void slips_of_the_finger_are_understood(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int want;
    } word[] = {{"fillm", 0},  {"flim", 0},   {"film", 0},    {"rcae", 1},
                {"foto", 2},   {"docter", 3}, {"messure", 4}, {"rotoscpoe", 5},
                {"xyzzy", -1}, {"", -1},      {"q", -1},      {"go", -1}};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (hm_nearest(word[i].typed, 6, verb) != word[i].want)
            fail_msg("'%s' gave %d", word[i].typed, hm_nearest(word[i].typed, 6, verb));
}

static void a_long_word_is_no_name(void **state)
{
    (void)state;
    assert_int_equal(
        hm_nearest("filmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilmfilm", 6, verb),
        -1);
    assert_int_equal(hm_nearest("film", 0, verb), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_the_finger_are_understood),
        cmocka_unit_test(a_long_word_is_no_name),
    };
    return cmocka_run_group_tests_name("io/nearest", tests, NULL, NULL);
}
