/* field.h - eight runners with what their fits leave open, for the benches of races. */
#ifndef HM_BENCH_FIELD_H
#define HM_BENCH_FIELD_H

#include <math.h>

#include "race/simulate.h"

enum { FIELD_LANES = 8 };

typedef struct bench_field {
    hm_sheet sheet; /* its rows lie in row */
    hm_sheet_row row[FIELD_LANES];
    hm_runner runner[FIELD_LANES];
} bench_field;

static inline hm_runner bench_runner(int i)
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

static inline void bench_field_init(bench_field *f)
{
    const double none = (double)NAN;
    for (int i = 0; i < FIELD_LANES; i++) {
        f->runner[i] = bench_runner(i);
        f->row[i] = (hm_sheet_row){.lane = i + 1,
                                   .name = "N",
                                   .reaction_s = none,
                                   .time_s = none,
                                   .stature_m = 1.9,
                                   .mass_kg = 85,
                                   .age_yr = 25};
    }
    f->sheet = (hm_sheet){.source = "bench",
                          .wind_mps = none,
                          .altitude_m = none,
                          .temp_c = none,
                          .age_yr = none,
                          .has_sex = true,
                          .n_row = FIELD_LANES,
                          .row = f->row};
}

#endif
