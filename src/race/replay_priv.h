/* race/replay_priv.h - who runs: what a sheet tells of a person, the rest from the priors. */
#ifndef HM_RACE_REPLAY_PRIV_H
#define HM_RACE_REPLAY_PRIV_H

#include "luck_priv.h"

#include "race/replay.h"

typedef struct race_body {
    uint64_t person;
    hm_sex sex;
    double age_yr, stature_m, mass_kg;
    uint32_t filled; /* hm_filled bits */
    hm_foot front_foot;
} race_body;

/** memory none.  threads: pure */
race_body race_body_of(uint64_t seed, const hm_sheet *sheet, const hm_sheet_row *row);

/**
 * hm_race_replay of a sheet whose runs are known themselves, not only by their marks.
 * in     exact  (sheet->n_row) for those who run; NULL = none
 */
HM_CHECKED hm_status race_replay_exact(const hm_sheet *sheet, const hm_replay_opts *opts,
                                       race_gusty exact[], hm_arena *arena, hm_race *race,
                                       hm_err *err);

#endif
