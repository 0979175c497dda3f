#include "ht.h"

#include <stdbool.h>
#include <string.h>

#include "race/replay.h"

enum { N_SPLIT = 9 };
static double split_m[N_SPLIT] = {10, 20, 30, 40, 50, 60, 70, 80, 90};
/* Berlin 2009, lane 4: Graubner and Nixdorf 2011 */
static double bolt_s[N_SPLIT] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74};

static hm_sheet_row row_of(int32_t lane, double reaction_s, double time_s, double *split_s)
{
    const double none = (double)NAN;
    return (hm_sheet_row){.lane = lane, .name = "N", .team = "", .bib = "", .form = "",
                          .reaction_s = reaction_s, .time_s = time_s, .stature_m = none,
                          .mass_kg = none, .age_yr = none, .split_s = split_s};
}

static hm_sheet sheet_of(int32_t n, hm_sheet_row row[])
{
    const double none = (double)NAN;
    return (hm_sheet){.source = "test", .meet = "", .event = "", .date = "", .round = "",
                      .venue = "", .wind_mps = none, .altitude_m = none, .temp_c = none,
                      .age_yr = none, .has_sex = true, .n_split = N_SPLIT, .split_m = split_m,
                      .n_row = n, .row = row};
}

static void measured_marks_are_hit_within_a_tenth_of_a_millisecond(void **state)
{
    (void)state;
    hm_sheet_row row[] = {row_of(4, 0.146, 9.58, bolt_s)};
    hm_sheet s = sheet_of(1, row);
    hm_arena a;
    hm_race race;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_race_replay(&s, NULL, &a, &race, NULL), HM_OK);
    assert_int_equal(hm_race_check(&race, NULL), HM_OK);
    const hm_lane *l = &race.lane[0];
    for (int i = 0; i < N_SPLIT; i++)
        ht_near(hm_curve_time_s(&l->curve, split_m[i]), bolt_s[i], 1e-5, 0);
    ht_near(hm_curve_time_s(&l->curve, 100), 9.58, 1e-5, 0);
    ht_near(l->top_speed_mps, 12.35, 0.2, 0); /* 10 / (7.10 - 6.29) */
    ht_near(l->top_speed_at_m, 65, 5, 0);
    assert_true(hm_curve_x_m(&l->curve, 0.146) == 0);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measured_marks_are_hit_within_a_tenth_of_a_millisecond),
    };
    return cmocka_run_group_tests_name("race/replay", tests, NULL, NULL);
}
