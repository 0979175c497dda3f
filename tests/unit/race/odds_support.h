/* Runners for tests of simulated races: an elite man as sprint/drive.h describes him. */
#ifndef HM_TEST_ODDS_SUPPORT_H
#define HM_TEST_ODDS_SUPPORT_H

#include "race_support.h"

#include "race/odds.h"

/* about 10.0 s; sds of the order that a sheet's splits leave */
static inline hm_runner runner_of(uint64_t person, double v0_mps, double fit_frac)
{
    hm_runner r = {
        .person = person,
        .drive = {.f0_n_per_kg = 8.4, .v0_mps = v0_mps, .fade_mps3 = 0.08, .burst_m = 1.1},
        .model = HM_MODEL_DRIVE,
        .law = HM_ALTITUDE_OBSERVED,
        .mass_kg = 78,
        .stature_m = 1.8,
        .reaction = {0.080, 0.069, 0.41, 0.102, 0.400}};
    r.root[HM_DRIVE_BY_F0][HM_DRIVE_BY_F0] = 0.08 * fit_frac;
    r.root[HM_DRIVE_BY_V0][HM_DRIVE_BY_V0] = 0.10 * fit_frac;
    r.root[HM_DRIVE_BY_FADE][HM_DRIVE_BY_V0] = 0.01 * fit_frac;
    r.root[HM_DRIVE_BY_FADE][HM_DRIVE_BY_FADE] = 0.01 * fit_frac;
    r.root[HM_DRIVE_BY_BURST][HM_DRIVE_BY_BURST] = 0.1 * fit_frac;
    return r;
}

static inline hm_odds odds_of(hm_arena *a, int32_t n, const hm_runner runner[], const hm_day *day,
                              hm_odds_opts opts)
{
    hm_sheet_row row[HM_LANE_MAX];
    for (int32_t i = 0; i < n; i++)
        row[i] = row_of(i + 1, (double)NAN, (double)NAN, NULL);
    hm_sheet s = sheet_of(0, NULL, n, row);
    hm_odds odds;
    hm_err err = {0};
    if (hm_odds_run(&s, runner, day, &opts, a, &odds, &err) != HM_OK) {
        print_error("%s: %s\n", err.field, err.msg);
        fail();
    }
    return odds;
}

#endif
