/* race/rank.h - official times and places. The only rounding of times in the program. */
#ifndef HM_RACE_RANK_H
#define HM_RACE_RANK_H

#include "data/race.h"

/** Seconds to integer microseconds, to nearest (takes away float noise as in 9.530000000001). */
int64_t hm_time_us(double time_s);

/**
 * Official time in 0.01 s: the next longer hundredth unless exact (World Athletics TR19.23.1).
 * in     time_us  > 0
 * test   tests/unit/race/test_rank.c (the rule's own cases)
 */
int32_t hm_official_cs(int64_t time_us);

/**
 * Places of all lanes from status and time_us. Who ran (HM_RUN_OK) is placed by time; equal times
 * share a place and the next place is skipped (1, 2, 2, 4), unless given_place tells them apart.
 * All others get place 0.
 *
 * in     given_place  (n_lane) place on the sheet or 0; may be NULL. Orders equal times only, where
 * all of them have one; may itself hold ties errors none.  memory none.  threads: pure
 */
void hm_rank(int32_t n_lane, hm_lane lane[], const int32_t given_place[]);

#endif
