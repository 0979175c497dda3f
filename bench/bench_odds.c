/* bench_odds.c - microseconds a race of eight: for odds, on one thread and on two.
 * The bar: a million in 10 s on two. */
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "race/odds.h"

enum { N_LANE = 8, N_RUN = 1000 * 1000 };

static hm_runner runner_of(int i)
{
    hm_runner r = {.person = (uint64_t)(100 + i),
                   .drive = {8.4, 12.6 + 0.03 * i, 0.08, 1.1, 0, 0},
                   .model = HM_MODEL_DRIVE,
                   .law = HM_ALTITUDE_OBSERVED,
                   .mass_kg = 78,
                   .stature_m = 1.8,
                   .reaction = {0.080, 0.069, 0.41, 0.102, 0.400}};
    r.root[HM_DRIVE_BY_F0][HM_DRIVE_BY_F0] = 0.05;
    r.root[HM_DRIVE_BY_V0][HM_DRIVE_BY_V0] = 0.05;
    return r;
}

static int odds(const hm_sheet *sheet, const hm_runner runner[], int n_thread, hm_arena *a)
{
    hm_day day = hm_day_default();
    hm_odds_opts opts = {.n_run = N_RUN, .seed = 1, .n_thread = n_thread, .record_s = 9.58};
    hm_odds out;
    double from_s = hm_clock_wall_s();
    if (hm_odds_run(sheet, runner, &day, &opts, a, &out, NULL) != HM_OK)
        return 1;
    printf("odds_%d_thread,us_per_race,%.3f\n", n_thread,
           (hm_clock_wall_s() - from_s) * 1e6 / N_RUN);
    return 0;
}

int main(void)
{
    const double none = (double)NAN;
    hm_sheet_row row[N_LANE];
    hm_runner runner[N_LANE];
    for (int i = 0; i < N_LANE; i++) {
        runner[i] = runner_of(i);
        row[i] = (hm_sheet_row){.lane = i + 1,
                                .name = "N",
                                .reaction_s = none,
                                .time_s = none,
                                .stature_m = 1.9,
                                .mass_kg = 85,
                                .age_yr = 25};
    }
    hm_sheet sheet = {.source = "bench",
                      .wind_mps = none,
                      .altitude_m = none,
                      .temp_c = none,
                      .age_yr = none,
                      .has_sex = true,
                      .n_row = N_LANE,
                      .row = row};
    hm_arena a;
    hm_arena_init(&a, 4 << 20);
    int failed = odds(&sheet, runner, 1, &a) || odds(&sheet, runner, 2, &a);
    hm_arena_free(&a);
    return failed;
}
