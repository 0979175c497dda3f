/* race/replay.h - a race as it was, from the numbers of its sheet.
 *
 * Each runner gets a torso curve through every measured split and the official time, a start,
 * footfalls and a run-out; what the sheet leaves out comes from race/prior.h and is named in
 * lane.filled and in the notes. docs/physics/replay.md has the equations and the bounds. */
#ifndef HM_RACE_REPLAY_H
#define HM_RACE_REPLAY_H

#include "data/sheet.h"

typedef struct hm_replay_opts {
    uint32_t cookie;
    uint64_t seed; /* of priors and step noise, below 2^63 */
    /* where one who does not finish and has no splits begins to pull up: between these */
    double broken_off_lo_m, broken_off_hi_m;
} hm_replay_opts;

hm_replay_opts hm_replay_opts_default(void);

/**
 * in     sheet  as hm_sheet_read gives it, at least one row
 *        opts   from hm_replay_opts_default (asserted); NULL = defaults
 * out    race   passes hm_race_check; owns copies of all texts; untouched on failure
 *        Official times of the sheet are believed: time_us is the typed time. DNS has no curve; DNF
 * runs to his last split (or 30-60 m) and pulls up before the line; DQ runs but has no place and no
 *        official time.
 * range  splits are hit within 1e-5 s, acceleration stays in -4 .. +13 m/s2 before the finish where
 * the splits themselves allow it; a note names the lane where they do not errors HM_ERR_INPUT  no
 * rows; a reaction or split that leaves no time to run; nobody with a time HM_ERR_SYSTEM no memory
 * memory arena
 * threads: pure
 * test   tests/unit/race/test_replay.c, tests/physics/
 */
HM_CHECKED hm_status hm_race_replay(const hm_sheet *sheet, const hm_replay_opts *opts,
                                    hm_arena *arena, hm_race *race, hm_err *err);

#endif
