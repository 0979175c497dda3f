#include "ht.h"

#include "body/form.h"

static void shipped_presets_lie_inside_the_option_table(void **state)
{
    (void)state;
    int32_t n;
    const hm_form_option *o = hm_form_options(&n);
    assert_true(n > 0 && (size_t)n * sizeof(double) == sizeof(hm_form));
    for (int32_t i = 0; hm_form_preset_name(i); i++) {
        hm_form f;
        assert_int_equal(hm_form_preset(hm_form_preset_name(i), &f), 1);
        for (int32_t k = 0; k < n; k++) {
            double v = *(const double *)(const void *)((const char *)&f + o[k].offset);
            assert_true(v >= o[k].lo && v <= o[k].hi);
        }
    }
}

static void no_name_is_good_and_a_wrong_name_changes_nothing(void **state)
{
    (void)state;
    hm_form none, good, ragged;
    assert_int_equal(hm_form_preset("", &none), 1);
    assert_int_equal(hm_form_preset("good", &good), 1);
    assert_int_equal(hm_form_preset("ragged", &ragged), 1);
    assert_memory_equal(&none, &good, sizeof good);
    assert_true(ragged.arms > good.arms + .5 && ragged.knee > good.knee + .5);
    hm_form kept = good;
    assert_int_equal(hm_form_preset("Good", &kept), 0);
    assert_memory_equal(&kept, &good, sizeof good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_presets_lie_inside_the_option_table),
        cmocka_unit_test(no_name_is_good_and_a_wrong_name_changes_nothing),
    };
    return cmocka_run_group_tests_name("body/form", tests, NULL, NULL);
}
