/* bench_race.c - microseconds for the numbers behind a race: one replay of an eight-lane sheet with
 * splits, and one without. */
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "race/replay.h"

enum { N_TIME = 200, N_LANE = 8, N_SPLIT = 9 };

/* Berlin 2009, lane 4: Graubner and Nixdorf 2011 */
static double split_m[N_SPLIT] = {10, 20, 30, 40, 50, 60, 70, 80, 90};
static double split_s[N_SPLIT] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74};

static int replay(const char *name, int32_t n_split)
{
    const double none = (double)NAN;
    hm_sheet_row row[N_LANE];
    for (int i = 0; i < N_LANE; i++)
        row[i] = (hm_sheet_row){.lane = i + 1,
                                .name = "N",
                                .reaction_s = 0.146,
                                .time_s = 9.58,
                                .stature_m = 1.9,
                                .mass_kg = 85,
                                .age_yr = 25,
                                .split_s = split_s};
    hm_sheet sheet = {.source = "bench",
                      .wind_mps = none,
                      .altitude_m = none,
                      .temp_c = none,
                      .age_yr = none,
                      .has_sex = true,
                      .n_split = n_split,
                      .split_m = split_m,
                      .n_row = N_LANE,
                      .row = row};
    double best_s = 1e9;
    hm_arena a;
    hm_race race = {0};
    hm_arena_init(&a, 4 << 20);
    for (int i = 0; i < N_TIME; i++) {
        hm_arena_mark m = hm_arena_mark_get(&a);
        double from_s = hm_clock_wall_s();
        if (hm_race_replay(&sheet, NULL, &a, &race, NULL) != HM_OK)
            return 1;
        double took_s = hm_clock_wall_s() - from_s;
        best_s = took_s < best_s ? took_s : best_s;
        hm_arena_release(&a, m);
    }
    printf("race_%s,us,%.0f\n", name, best_s * 1e6);
    hm_arena_free(&a);
    return 0;
}

int main(void)
{
    return replay("replay_8_lanes_9_splits", N_SPLIT) || replay("replay_8_lanes_no_splits", 0);
}
