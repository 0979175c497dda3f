/* stage/captions.h - what a film says and sounds, for those who cannot hear it. */
#ifndef HM_STAGE_CAPTIONS_H
#define HM_STAGE_CAPTIONS_H

#include "data/film.h"
#include "stage/score.h"
#include "stage/text_track.h"

/** What of the film can be heard. */
typedef struct hm_caption_opts {
    hm_lang lang;
    bool crowd, rain;
    bool cheer;            /* the crowd is heard in the race, too */
    const hm_score *score; /* music that is played; NULL = none */
} hm_caption_opts;

/** English, a crowd, no rain, no music. */
hm_caption_opts hm_caption_opts_default(void);

/** What is heard of a film in this look; own as by hm_look_table, NULL = defaults. No music. */
hm_caption_opts hm_caption_opts_of(const char *look, const void *own);

/**
 * Captions of a film: its race, "set", gun, who leads at 30 and 60 m, changes of the lead, who
 * stops, winner, replays, result; and what is heard: crowd, silence, rain, music.
 *
 * in     film, race  bound to one another
 * out    track       untouched on failure; cues stand for 0.6 s or more
 * errors HM_ERR_SYSTEM
 * memory arena
 * threads: pure but for the arena
 * test   tests/unit/stage/test_captions.c
 */
HM_CHECKED hm_status hm_film_captions(const hm_film *film, const hm_race *race,
                                      const hm_caption_opts *opts, hm_arena *arena,
                                      hm_text_track *track, hm_err *err);

#endif
