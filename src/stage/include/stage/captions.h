/* stage/captions.h - what a film says and sounds, as WebVTT, for those who cannot hear or see it.
 */
#ifndef HM_STAGE_CAPTIONS_H
#define HM_STAGE_CAPTIONS_H

#include "data/film.h"

/**
 * Captions of a film: title, gun, who leads at 30 and 60 m, winner, replays, the result.
 *
 * in     film, race  bound to one another
 * out    vtt         UTF-8, terminated, a whole WebVTT file; cues in order, none over another
 * errors HM_ERR_SYSTEM
 * memory arena
 * threads: pure but for the arena
 * test   tests/unit/stage/test_captions.c
 */
HM_CHECKED hm_status hm_film_captions(const hm_film *film, const hm_race *race, hm_arena *arena,
                                      char **vtt, hm_err *err);

#endif
