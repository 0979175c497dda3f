/* stage/review.h - does a staging keep the grammar of docs/director.md? A film made by hand may
 * break it on purpose; it should not break it unseen. */
#ifndef HM_STAGE_REVIEW_H
#define HM_STAGE_REVIEW_H

#include "base/notes.h"
#include "data/film.h"

/** Which way the race runs in the picture: 1 to the right, -1 to the left, 0 towards the camera or
 *  away from it. in film_t_s  of the shot. threads: pure */
int32_t hm_film_direction(const hm_film *film, const hm_race *race, double film_t_s);

/**
 * Remark what breaks the grammar: a cut over the line of action that is not marked
 * (hm_shot.crosses), shots that are too short to read, a cut on the winner's finish.
 *
 * in     film, race  bound to one another
 * out    notes       one for each, with the names of the shots
 * errors HM_ERR_SYSTEM no memory
 * test   tests/unit/stage/test_director.c
 */
HM_CHECKED hm_status hm_film_review(const hm_film *film, const hm_race *race, hm_arena *arena,
                                    hm_notes *notes, hm_err *err);

#endif
