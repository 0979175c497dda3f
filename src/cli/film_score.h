/* cli/film_score.h - the music of `hecto film`: composed, written down, made ready to be played. */
#ifndef HM_CLI_FILM_SCORE_H
#define HM_CLI_FILM_SCORE_H

#include "cli.h"

#include "data/film.h"
#include "data/race.h"
#include "stage/score.h"

/** Rows for the table of the verb. */
#define FILM_SCORE_OPTS                                                                            \
    {"score", 0, NULL, "Play music made from the race; looks that ask for it have it anyway."},    \
        {"no-score", 0, NULL, "Play no music."},                                                   \
        {"midi", 0, "FILE", "Write the music as a standard MIDI file."},                           \
        {"soundfont", 0, "FILE", "Instruments to play it with (default: the system's)."},          \
        {"motifs", 0, "FILE", "Tunes of runners as a table: lane, motif, quotes."},                \
        {"score-focus", 0, "LANE", "Whose steps the music goes by (default the winner's)."},       \
    {                                                                                              \
        "score-end", 0, "NAME", "The last 20 m: auto, all (every instrument) or nothing."          \
    }

/** What the sound of a film needs to know of its music. */
typedef struct film_music {
    const hm_score *score; /* NULL = none is played */
    const char *soundfont; /* a file; its name and licence */
    const char *soundfont_name, *soundfont_licence;
} film_music;

/**
 * What to play it with; without, a film that was not told to have music goes without, and says so.
 * out    font  untouched unless can_play
 * errors HM_ERR_USAGE, HM_ERR_NOFILE asked for by an option, and there is none
 */
HM_CHECKED hm_status film_score_player(const cli_args *args, bool *can_play, hm_soundfont *font,
                                       hm_err *err);

/**
 * Compose if music is asked for, by an option or by the look; write the MIDI file.
 *
 * in     is_film  false: a still, a sheet or a hash, which have no sound
 * out    music    both NULL when none is played; in the arena of args
 * errors HM_ERR_USAGE --score where none can be played, those of hm_score_compose and
 *        hm_score_midi; HM_ERR_INPUT the table of motifs
 */
HM_CHECKED hm_status film_score(const cli_args *args, const hm_race *race, const hm_film *film,
                                bool is_film, film_music *music, hm_err *err);

#endif
