/* Looks: names, options, wishes. */
#include "ht.h"

#include <string.h>

#include "stage/look.h"
#include "stage/paint.h"

static void test_every_look_has_name_sentence_and_options(void **state)
{
    (void)state;
    int32_t n = 0;
    for (; hm_look_at(n); n++) {
        const hm_look *look = hm_look_at(n);
        assert_ptr_equal(hm_look_find(hm_look_name(look)), look);
        assert_true(strlen(hm_look_sentence(look)) > 10);
        const hm_option_table *table = hm_look_table(look);
        assert_string_equal(table->name, hm_look_name(look));
        double values[64];
        assert_true(table->size <= sizeof values);
        hm_option_defaults(table, values);
        hm_err err = {0};
        assert_int_equal(hm_option_check(table, values, &err), HM_OK);
        hm_look_wish wish = hm_look_wish_of(look);
        assert_in_range(wish.n_hold, 1, 3);
    }
    assert_true(n >= 1);
    assert_string_equal(hm_look_name(hm_look_at(0)), "broadcast");
}

static void test_an_unknown_look_is_wrong_usage_and_names_the_known(void **state)
{
    (void)state;
    const hm_look *look = NULL;
    hm_err err = {0};
    assert_int_equal(hm_look_get("nosuch", &look, &err), HM_ERR_USAGE);
    assert_null(look);
    for (int32_t i = 0; hm_look_at(i); i++)
        assert_non_null(strstr(err.msg, hm_look_name(hm_look_at(i))));
    assert_int_equal(hm_look_get(NULL, &look, &err), HM_ERR_USAGE);
    assert_null(hm_look_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_look_has_name_sentence_and_options),
        cmocka_unit_test(test_an_unknown_look_is_wrong_usage_and_names_the_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
