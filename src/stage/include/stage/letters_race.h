/* stage/letters_race.h - the words of one race, recorded for a page. */
#ifndef HM_STAGE_LETTERS_RACE_H
#define HM_STAGE_LETTERS_RACE_H

#include "data/race.h"
#include "io/lang.h"
#include "stage/letters.h"
#include "stage/overlay.h"

/**
 * Record every word of the films that can be made of a race: all looks, each as it stages the race
 * and as a broadcast, at 1280 x 720, with a title and with credits.
 *
 * in     credits  what the credits name besides the race, as the film will be shown
 *        letters  by hm_letters_new; more races may follow
 * errors those of hm_look_direct, hm_overlay_new and hm_costume_of
 * test   tests/unit/stage/test_letters.c
 */
HM_CHECKED hm_status hm_letters_record(const hm_race *race, hm_lang lang, const hm_credits *credits,
                                       hm_letters *letters, hm_err *err);

#endif
