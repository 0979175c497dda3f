#include "ht.h"

#include <stdbool.h>

#include "race/rank.h"

static void lanes_of(hm_lane lane[], int n, const double time_s[])
{
    for (int i = 0; i < n; i++)
        lane[i] = (hm_lane){.lane = i + 1, .status = HM_RUN_OK, .time_us = hm_time_us(time_s[i])};
}

static void places_follow_time(void **state)
{
    (void)state;
    hm_lane l[4];
    lanes_of(l, 4, (double[]){10.2, 9.9, 10.1, 10.0});
    hm_rank(4, l, NULL);
    const int want[] = {4, 1, 3, 2};
    for (int i = 0; i < 4; i++)
        assert_int_equal(l[i].place, want[i]);
}

static void equal_times_share_a_place_and_the_next_is_skipped(void **state)
{
    (void)state;
    hm_lane l[4];
    lanes_of(l, 4, (double[]){10.1, 9.9, 10.0, 10.0});
    hm_rank(4, l, NULL);
    const int want[] = {4, 1, 2, 2};
    for (int i = 0; i < 4; i++)
        assert_int_equal(l[i].place, want[i]);
}

static void the_sheets_places_part_equal_times_only(void **state)
{
    (void)state;
    hm_lane l[4];
    lanes_of(l, 4, (double[]){9.93, 9.58, 9.93, 10.0});
    const int32_t given[] = {5, 1, 4, 2}; /* the 2 of the slowest is not believed */
    hm_rank(4, l, given);
    const int want[] = {3, 1, 2, 4};
    for (int i = 0; i < 4; i++)
        assert_int_equal(l[i].place, want[i]);
    const int32_t half_given[] = {5, 0, 0, 0};
    hm_rank(4, l, half_given);
    assert_true(l[0].place == 2 && l[2].place == 2);
    const int32_t shared[] = {2, 1, 2, 4};
    hm_rank(4, l, shared);
    assert_true(l[0].place == 2 && l[2].place == 2 && l[3].place == 4);
}

static void who_has_no_result_has_no_place_and_moves_nobody(void **state)
{
    (void)state;
    hm_lane l[4];
    lanes_of(l, 4, (double[]){9.83, 9.93, 10.0, 10.1});
    l[0].status = HM_RUN_DQ;
    l[2].status = HM_RUN_DNF;
    hm_rank(4, l, NULL);
    const int want[] = {0, 1, 0, 2};
    for (int i = 0; i < 4; i++)
        assert_int_equal(l[i].place, want[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_follow_time),
        cmocka_unit_test(equal_times_share_a_place_and_the_next_is_skipped),
        cmocka_unit_test(the_sheets_places_part_equal_times_only),
        cmocka_unit_test(who_has_no_result_has_no_place_and_moves_nobody),
    };
    return cmocka_run_group_tests_name("race/rank", tests, NULL, NULL);
}
