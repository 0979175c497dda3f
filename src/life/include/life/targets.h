/* life/targets.h - what is publicly known of how careers go, and how near cohorts come to it. */
#ifndef HM_LIFE_TARGETS_H
#define HM_LIFE_TARGETS_H

#include "life/cohort.h"

/** One row of data/life/validation_targets.csv and what was measured. */
typedef struct hm_target {
    const char *id, *quantity, *group, *unit, *definition, *source;
    double value;       /* [1] in its unit, as all below; NAN = only bounds are known */
    double lo, hi;      /* NAN = open */
    double got, got_se; /* NAN = not measured; se: Monte Carlo error, one standard error */
    bool held;
} hm_target;

/**
 * The table that the program carries.
 * errors HM_ERR_SYSTEM memory
 * memory arena
 */
HM_CHECKED hm_status hm_targets_read(hm_arena *arena, int32_t *n, hm_target **target, hm_err *err);

/** Classes at the sizes that the targets are meant for. */
typedef struct hm_target_worlds {
    int32_t n_large, n_middle, n_small;     /* 3 or more; 20; 1 */
    const hm_class *large, *middle, *small; /* 600,000; 150,000; 30,000 boys */
    int32_t n_women, n_small_women;         /* 20; 1 */
    const hm_class *women, *small_women;    /* 150,000; 30,000 girls */
    hm_life_params params[2];               /* by hm_sex */
    uint64_t seed;
    int32_t n_survey; /* people drawn for what only bodies decide */
} hm_target_worlds;

/**
 * Fill got, got_se and held.
 * errors none.  memory arena
 * source docs/physics/life.md
 * test   tests/unit/life/test_targets.c (against classes made by hand)
 */
HM_CHECKED hm_status hm_targets_measure(const hm_target_worlds *w, int32_t n, hm_target target[],
                                        hm_arena *arena, hm_err *err);

/* ---- what a ring of classes says: season s holds class s - A at school age A, around ---- */

/** People who were ever among the best `most` of a season with school ages from .. to. */
typedef struct hm_ever {
    int32_t n;
    uint64_t *who; /* (n) class << 32 | person, ascending */
} hm_ever;
HM_CHECKED hm_status hm_ever_listed(int32_t n_class, const hm_class c[], int32_t from_age,
                                    int32_t to_age, int32_t most, hm_arena *arena, hm_ever *out,
                                    hm_err *err);
/** How many of a are in b too. */
int32_t hm_ever_both(const hm_ever *a, const hm_ever *b);

#endif
