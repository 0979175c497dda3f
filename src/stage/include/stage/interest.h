/* stage/interest.h - who matters in a stretch of a race: what close shots show.
 *
 * A score of terms from 0 to 1, each with a weight of the film (data/film.h): the place at the end
 * of the stretch, ground made up on whoever leads, how near the next runner is, a record and a
 * personal best on the way, the shortest reaction, and being one the film follows. */
#ifndef HM_STAGE_INTEREST_H
#define HM_STAGE_INTEREST_H

#include "data/film.h"

/** What a runner's score is made of; each 0 .. 1. */
typedef struct hm_interest_terms {
    double term[HM_INTEREST_COUNT]; /* [1] by hm_interest_term */
    double score;                   /* [1] weighted sum */
} hm_interest_terms;

/**
 * The score of a runner over a stretch of race time.
 *
 * in     weights  of a film
 *        i        index of who runs
 *        from_s, to_s  race time; before the gun there are no places yet, after the finish those of
 *                 the result
 * threads: pure
 * test   tests/unit/stage/test_interest.c
 */
hm_interest_terms hm_interest_of(const hm_race *race, const hm_interest *weights, int32_t i,
                                 double from_s, double to_s);

#endif
