#include "ht.h"

#include "sprint/start.h"

/* brianmac.co.uk: front block 55-60 % of leg length behind the line, feet 42-45 % apart */
static void blocks_stand_where_coaches_put_them(void **state)
{
    (void)state;
    hm_start s = hm_start_of(false, 0.15, 1.80, 11.6, HM_FOOT_LEFT);
    double leg = 0.53 * 1.80;
    assert_true(-s.front_x_m > 0.55 * leg && -s.front_x_m < 0.60 * leg);
    assert_true(s.front_x_m - s.rear_x_m > 0.42 * leg && s.front_x_m - s.rear_x_m < 0.45 * leg);
    assert_false(s.standing);
    assert_int_equal(s.front_foot, HM_FOOT_LEFT);
}

static void the_rear_foot_leaves_first_and_the_push_lasts_three_to_four_tenths(void **state)
{
    (void)state;
    for (int standing = 0; standing < 2; standing++)
        for (double top = 4; top < 13; top += 0.5) {
            hm_start s = hm_start_of(standing, 0.2, 1.5, top, HM_FOOT_RIGHT);
            assert_true(s.rear_off_s > 0.2 && s.rear_off_s < s.front_off_s);
            assert_true(s.front_off_s >= 0.2 + 0.30 && s.front_off_s <= 0.2 + 0.40);
        }
}

static void a_standing_runner_toes_the_line(void **state)
{
    (void)state;
    hm_start s = hm_start_of(true, 0.2, 1.2, 5, HM_FOOT_LEFT);
    assert_true(s.standing && s.front_x_m < 0 && s.front_x_m > -0.15);
    assert_true(s.rear_x_m < s.front_x_m - 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_stand_where_coaches_put_them),
        cmocka_unit_test(the_rear_foot_leaves_first_and_the_push_lasts_three_to_four_tenths),
        cmocka_unit_test(a_standing_runner_toes_the_line),
    };
    return cmocka_run_group_tests_name("sprint/start", tests, NULL, NULL);
}
