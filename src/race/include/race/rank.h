/* race/rank.h - places from times (race/official.h). */
#ifndef HM_RACE_RANK_H
#define HM_RACE_RANK_H

#include "data/race.h"
#include "race/official.h"

/**
 * Places by a whole number that is smaller the better: equal ones share a place and the next place
 * is skipped (1, 2, 2, 4; TR21.1, the skipping is universal practice), unless given_place tells
 * them apart.
 *
 * in     key          (n) < 0 = has no result
 *        given_place  (n) place on the sheet or 0; may be NULL. Orders equal keys only, where all
 * of them have one; may itself hold ties out    place        (n) from 1; 0 without a result errors
 * none.  memory none.  threads: pure
 */
void hm_rank_keys(int32_t n, const int64_t key[], const int32_t given_place[], int32_t place[]);

/** Places of all lanes: who ran (HM_RUN_OK) by time_us, all others get place 0. */
void hm_rank(int32_t n_lane, hm_lane lane[], const int32_t given_place[]);

#endif
