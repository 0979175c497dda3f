/* stage/describe.h - a film told to those who cannot see it: audio description as text, which a
 * screen reader speaks or a describer reads out. */
#ifndef HM_STAGE_DESCRIBE_H
#define HM_STAGE_DESCRIBE_H

#include "data/film.h"
#include "stage/text_track.h"

/**
 * Describe a film: the words that its shots bring along, what race it is, who runs in which lane,
 * the start, who leads by how much at
 * moments that leave room, who takes the lead, who stops, the result.
 *
 * Each text has the time that it takes to be spoken (15.5 letters a second, 7 Japanese signs); it
 * is left out where there is none. Nothing is said between "set" and the second after the gun, and
 * in the race 0.8 s of steps lie between two calls.
 *
 * in     film, race  bound to one another
 * out    track       of kind HM_TEXT_DESCRIPTION in film time; untouched on failure
 * errors HM_ERR_SYSTEM
 * memory arena
 * threads: pure but for the arena
 * source rates and gaps: own choice, after what describers keep (about 160 words a minute, not over
 *        what must be heard; recalled)
 * test   tests/unit/stage/test_describe.c
 */
HM_CHECKED hm_status hm_film_describe(const hm_film *film, const hm_race *race, hm_lang lang,
                                      hm_arena *arena, hm_text_track *track, hm_err *err);

/** That two films are seen at once, each called by a name. out NULL without memory */
const char *hm_describe_beside(hm_arena *arena, hm_lang lang, const char *left, const char *right);

/** How long a text takes to be spoken [s]. */
double hm_describe_spoken_s(const char *text);

#endif
