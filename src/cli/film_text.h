/* cli/film_text.h - the texts of `hecto film`: captions and whatever else stands beside the
 * picture.
 */
#ifndef HM_CLI_FILM_TEXT_H
#define HM_CLI_FILM_TEXT_H

#include "cli.h"

#include "stage/captions.h"
#include "stage/describe.h"
#include "stage/show.h"

/** Rows for the table of the verb. */
#define FILM_TEXT_OPTS                                                                             \
    {"lang", 0, "NAME",                                                                            \
     "Language of titles, graphics, captions and description: en (default), ja."},                 \
        {"captions", 0, "FILE",                                                                    \
         "Write captions beside the film: WebVTT (.vtt) or SubRip (.srt). The MP4 has them."},     \
        {"describe", 0, "FILE",                                                                    \
         "Write what is to be seen, to be spoken for who cannot see it; as --captions."},          \
        {"burn-captions", 0, NULL, "Draw the captions into the picture."},                         \
        {"no-titles", 0, NULL, "No title card and no credits."},                                   \
    {                                                                                              \
        "check-flashes", 0, NULL,                                                                  \
            "Write no film that flashes more than three times within a second; else it is told."   \
    }

/** --lang, or the staging's. errors HM_ERR_USAGE */
HM_CHECKED hm_status film_lang(const cli_args *args, hm_film *film, hm_err *err);

/** --no-titles on a staging: without title, credits, and shots that show nothing else. */
void film_no_titles(const cli_args *args, hm_film *film);

/** Frames that flash too often, on stderr. */
void film_tell_flashes(const cli_args *args, const hm_flash_report *report);

/** The tracks of a film. */
typedef struct film_texts {
    int32_t n;
    hm_text_track track[HM_TEXT_TRACK_MAX]; /* (n) captions, description */
} film_texts;

/**
 * Write the texts of a film, as tracks and as the files that were asked for.
 * in     score  music that is played; NULL = none
 *        show   what the film is made with: its look says what is heard
 * errors HM_ERR_USAGE the name of a file; HM_ERR_SYSTEM
 * memory arena of args
 */
HM_CHECKED hm_status film_text(const cli_args *args, const hm_race *race, const hm_film *film,
                               const hm_show_opts *show, const hm_score *score, film_texts *texts,
                               hm_err *err);

#endif
