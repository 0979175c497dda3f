/* stage/overlay.h - the graphics over the picture: title, names, clock, speeds, order, result.
 *
 * All words and digits of a film are drawn once, when the overlay is made; a drawing only lays out
 * boxes and copies coverage with whole-number arithmetic. So one overlay serves all threads, and
 * the same fonts give the same bytes. */
#ifndef HM_STAGE_OVERLAY_H
#define HM_STAGE_OVERLAY_H

#include "base/notes.h"
#include "stage/shots.h"

typedef struct hm_overlay hm_overlay;

/**
 * Prepare the graphics of a film.
 *
 * in     film, race   bound to one another; must outlive the overlay
 *        w_px, h_px   of the pictures, at least 64 each; 24 px at 720 lines is the least text
 *        arena, notes NULL, or where to remark that no installed font has some characters
 * out    overlay      untouched on failure
 * errors HM_ERR_SYSTEM no memory, no fonts
 * memory its own, about 1 MB at 720 lines; give it back with hm_overlay_destroy
 * test   tests/unit/stage/test_overlay.c
 */
HM_CHECKED hm_status hm_overlay_new(const hm_film *film, const hm_race *race, int32_t w_px,
                                    int32_t h_px, hm_arena *arena, hm_notes *notes,
                                    hm_overlay **overlay, hm_err *err);

/**
 * Draw the graphics of one instant over a picture of the overlay's size.
 * in     m    by hm_film_at; m->head_m may be the posed heads
 * errors none.  threads: safe, the overlay is only read
 */
void hm_overlay_draw(const hm_overlay *overlay, const hm_moment *m, hm_picture *picture);

/** NULL is fine. */
void hm_overlay_destroy(hm_overlay *overlay);

#endif
