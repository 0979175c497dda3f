/* stage/overlay.h - the graphics over the picture: title, names, clock, speeds, order, result.
 *
 * All words and digits of a film are drawn once, when the overlay is made; a drawing only lays out
 * boxes and copies coverage with whole-number arithmetic. So one overlay serves all threads, and
 * the same fonts give the same bytes. */
#ifndef HM_STAGE_OVERLAY_H
#define HM_STAGE_OVERLAY_H

#include "base/notes.h"
#include "stage/letters.h"
#include "stage/shots.h"
#include "stage/text_track.h"

typedef struct hm_overlay hm_overlay;

/** What the credits name besides the race; NULL = not said. */
typedef struct hm_credits {
    const char *program;                       /* name and version */
    const char *soundfont, *soundfont_licence; /* what the music is played with; NULL = no music */
} hm_credits;

typedef struct hm_overlay_opts {
    int32_t w_px, h_px; /* of the pictures, at least 64 each; 24 px at 720 lines is the least text,
                         * of cards and captions 10 px at any size */
    hm_credits credits;
    const hm_text_track *burn; /* captions drawn into the picture; NULL = none */
    hm_letters *letters;       /* recorded words, or where they are; NULL = none; outlive it */
} hm_overlay_opts;

/**
 * Prepare the graphics of a film.
 *
 * in     film, race   bound to one another; must outlive the overlay
 *        arena, notes NULL, or where to remark that no installed font has some characters
 * out    overlay      untouched on failure
 * errors HM_ERR_SYSTEM no memory, no fonts
 * memory its own, about 1 MB at 720 lines; give it back with hm_overlay_destroy
 * test   tests/unit/stage/test_overlay.c
 */
HM_CHECKED hm_status hm_overlay_new(const hm_film *film, const hm_race *race,
                                    const hm_overlay_opts *opts, hm_arena *arena, hm_notes *notes,
                                    hm_overlay **overlay, hm_err *err);

/**
 * Fill a picture with the ground of a look: what a plain shot shows behind its graphics.
 * in     look  name; unknown ones have the ground of the first
 * errors none.  threads: pure
 */
void hm_overlay_ground(const char *look, hm_picture *picture);

/**
 * Draw the graphics of one instant over a picture of the overlay's size.
 * in     m    by hm_film_at; m->head_m may be the posed heads
 * errors none.  threads: safe, the overlay is only read
 */
void hm_overlay_draw(const hm_overlay *overlay, const hm_moment *m, hm_picture *picture);

/** NULL is fine. */
void hm_overlay_destroy(hm_overlay *overlay);

#endif
