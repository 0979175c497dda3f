/* life/kind.h - four kinds of lives by name, to pin people by: constants as in
 * data/life/career_types.csv. */
#ifndef HM_LIFE_KIND_H
#define HM_LIFE_KIND_H

#include "life/one.h"

enum { HM_KIND_PATH_MAX = 4 };

typedef struct hm_kind {
    const char *name;
    double talent_z, timing_y, trainable_ln, start_age_y, load_ratio; /* [1] mixed */
    double technique;                                                 /* [1] at six */
    double fragility, competitive_z, anxiety_z, confidence_z, motivation_z;
    double stubborn_frac, sociable_frac, win_frac;
    double belief[HM_BELIEF_COUNT]; /* [1] */
    int32_t n_path;
    hm_scenario_point path[HM_KIND_PATH_MAX]; /* what those around him can teach */
} hm_kind;

/** By name; NULL = no such kind. test tests/unit/life/test_kind.c (the table in data/life) */
const hm_kind *hm_kind_named(const char *name);

/** Name of kind i, NULL past the end. */
const char *hm_kind_name(int32_t i);

#endif
