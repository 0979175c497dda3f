/* shots_priv.h - questions about a race that the director and the binding both ask. */
#ifndef STAGE_SHOTS_PRIV_H
#define STAGE_SHOTS_PRIV_H

#include "data/race.h"

/* Shortest shot: 5 frames of 24, a burst (stage grammar: bursts of 4-6 frames). */
#define SHOTS_LEAST_S 0.2

/** When the first, or the last, finisher is at the line; without finishers the end of the runs. */
double shots_finish_s(const hm_race *race, bool last);

/** When the first torso is at x_m; when nobody gets there, the end of the runs. */
double shots_leader_s(const hm_race *race, double x_m);

/** Who ran best, as an index: finishers by place (rank from 1), then, as rank 1 where nobody
 * finished, who came farthest. -1 = nobody. */
int32_t shots_by_rank(const hm_race *race, int32_t rank);

/** The two successive finishers with the least gap, as indices; returns 2, or 0 = fewer than two
 *  finished. The better placed pair wins a tie. */
int32_t shots_closest(const hm_race *race, int32_t pair[2]);

#endif
