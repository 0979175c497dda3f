/* life/story_race.h - a race of a story with every footfall. */
#ifndef HM_LIFE_STORY_RACE_H
#define HM_LIFE_STORY_RACE_H

#include "data/story.h"

/**
 * The race that LIFE booked, replayed: bodies and technique as they were that day, the booked
 * times to the microsecond; reactions and the shape of the runs by prior.
 *
 * in     i_race  index
 * out    race    passes hm_race_check; untouched on failure
 * errors as hm_race_replay
 * memory arena.  threads: pure
 * test   tests/unit/life/test_story.c
 */
HM_CHECKED hm_status hm_story_race_of(const hm_story *story, int32_t i_race, hm_arena *arena,
                                      hm_race *race, hm_err *err);

/** Name of the form preset (body/form.h) of a technique 0 .. 1 at an age. */
const char *hm_story_form(double technique, double age_yr);

#endif
