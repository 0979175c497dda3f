/* tests/unit/race/race_support.h - sheets made by hand, and what is measured on a curve. */
#ifndef RACE_SUPPORT_H
#define RACE_SUPPORT_H

#include "ht.h"

#include <stdbool.h>
#include <string.h>

#include "base/hash.h"
#include "race/replay.h"

static inline hm_sheet_row row_of(int32_t lane, double reaction_s, double time_s, double *split_s)
{
    const double none = (double)NAN;
    return (hm_sheet_row){.lane = lane,
                          .name = "",
                          .team = "",
                          .bib = "",
                          .form = "",
                          .reaction_s = reaction_s,
                          .time_s = time_s,
                          .stature_m = none,
                          .mass_kg = none,
                          .age_yr = none,
                          .split_s = split_s};
}

static inline hm_sheet sheet_of(int32_t n_split, double split_m[], int32_t n_row,
                                hm_sheet_row row[])
{
    const double none = (double)NAN;
    return (hm_sheet){.source = "test",
                      .meet = "",
                      .event = "",
                      .date = "",
                      .round = "",
                      .venue = "",
                      .wind_mps = none,
                      .altitude_m = none,
                      .temp_c = none,
                      .age_yr = none,
                      .has_sex = true,
                      .n_split = n_split,
                      .split_m = split_m,
                      .n_row = n_row,
                      .row = row};
}

/* Extremes of acceleration (m/s2) and its largest change within 10 ms, from from_s to to_s. */
typedef struct shake {
    double low_mps2, high_mps2, jolt_mps2;
} shake;

static inline shake shake_of(const hm_curve *c, double from_s, double to_s)
{
    shake k = {1e9, -1e9, 0};
    double before = (double)NAN, h = 0.005;
    for (double t = from_s + h; t < to_s - h; t += 0.010) {
        double a = (hm_curve_v_mps(c, t + h) - hm_curve_v_mps(c, t - h)) / (2 * h);
        k.low_mps2 = fmin(k.low_mps2, a);
        k.high_mps2 = fmax(k.high_mps2, a);
        if (!isnan(before))
            k.jolt_mps2 = fmax(k.jolt_mps2, fabs(a - before));
        before = a;
    }
    return k;
}

static inline uint64_t hash_doubles(uint64_t h, int64_t n, const double v[])
{
    for (int64_t i = 0; i < n; i++) {
        uint64_t u;
        memcpy(&u, &v[i], sizeof u);
        h = hm_hash_u64(h, u);
    }
    return h;
}

static inline uint64_t hash_race(const hm_race *race)
{
    uint64_t h = HM_HASH_START;
    for (int i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        const double value[] = {
            l->reaction_s, l->stature_m,     l->mass_kg,        l->age_yr,
            l->end_s,      l->top_speed_mps, l->top_speed_at_m, l->start.front_off_s};
        h = hash_doubles(h, 8, value);
        h = hash_doubles(h, l->curve.n, l->curve.x_m);
        h = hash_doubles(h, l->curve.n, l->curve.v_mps);
        for (int k = 0; k < l->n_step; k++) {
            const hm_step *s = &l->step[k];
            h = hash_doubles(h, 4, (double[]){s->on_s, s->off_s, s->x_m, s->side_m});
        }
        h = hm_hash_u64(h, (uint64_t)l->time_us * 100 + (uint64_t)l->place);
    }
    return h;
}

#endif
