/* stage/text_track.h - texts that stand beside a film for a time each: captions for those who
 * cannot hear, a description for those who cannot see. A track goes into the MP4
 * (hm_show_opts.text), into a file of its own (WebVTT, SubRip), or into the picture.
 *
 * Words used here: a cue is one text and its span in film time; SDH = captions that also say what
 * sounds. */
#ifndef HM_STAGE_TEXT_TRACK_H
#define HM_STAGE_TEXT_TRACK_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "io/lang.h"

typedef enum hm_text_kind {
    HM_TEXT_CAPTIONS,   /* what is said and sounds */
    HM_TEXT_DESCRIPTION /* what is to be seen */
} hm_text_kind;

typedef struct hm_cue {
    double from_s, to_s; /* film time */
    const char *text;    /* UTF-8, plain; a line feed parts lines */
} hm_cue;

typedef struct hm_text_track {
    hm_text_kind kind;
    hm_lang lang;
    const char *title; /* as a player lists it, in the track's language; NULL = none */
    int32_t n_cue;
    hm_cue *cue; /* (n_cue) in order, none over another */
} hm_text_track;

enum { HM_TEXT_TRACK_MAX = 4, HM_CUE_TEXT_MAX = 2048 /* bytes */ };

/**
 * Can this track be written: cues in order, none empty or over another, texts within bounds.
 * errors HM_ERR_INPUT with the cue at fault
 * memory none.  threads: pure
 * test   tests/unit/stage/test_text_track.c
 */
HM_CHECKED hm_status hm_text_track_check(const hm_text_track *track, hm_err *err);

/**
 * Put one cue into a track that is being made, where its time belongs. Its text is taken as it is.
 * in     cap   room of track->cue, 0 at first
 * errors HM_ERR_SYSTEM no memory, also when text is NULL (what hm_arena_printf gives then)
 * memory arena
 */
HM_CHECKED hm_status hm_text_track_add(hm_text_track *track, size_t *cap, hm_arena *arena,
                                       double from_s, double to_s, const char *text, hm_err *err);

/** End each cue where the next begins, and drop those that would stand for less than least_s. */
void hm_text_track_tidy(hm_text_track *track, double least_s);

/**
 * The part of a track from from_s to to_s of the film, counted from from_s.
 * out    part  cues in the arena, texts those of the track; untouched on failure
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status hm_text_track_cut(const hm_text_track *track, double from_s, double to_s,
                                       hm_arena *arena, hm_text_track *part, hm_err *err);

/** What stands at film time t_s: index of the cue, -1 = nothing. threads: pure */
int32_t hm_text_track_at(const hm_text_track *track, double t_s);

typedef enum hm_text_form { HM_TEXT_VTT, HM_TEXT_SRT } hm_text_form;

/** The form that a file's name asks for: .vtt or .srt. errors HM_ERR_USAGE another ending */
HM_CHECKED hm_status hm_text_form_of(const char *path, hm_text_form *form, hm_err *err);

/**
 * A track as a whole WebVTT or SubRip file, terminated.
 * out    text, n   UTF-8; n may be NULL
 * errors HM_ERR_SYSTEM
 * source WebVTT: w3.org/TR/webvtt1 (escapes, hours optional). SubRip has no standard: numbered
 *        cues, decimal comma, UTF-8, CR LF not needed
 */
HM_CHECKED hm_status hm_text_track_print(const hm_text_track *track, hm_text_form form,
                                         hm_arena *arena, char **text, size_t *n, hm_err *err);

#endif
