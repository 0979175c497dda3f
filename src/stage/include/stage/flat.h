/* stage/flat.h - the paints of the stage on flat drawings: what a colour that comes from elsewhere
 * (a clip) becomes in each, and the noise of their papers. */
#ifndef HM_STAGE_FLAT_H
#define HM_STAGE_FLAT_H

#include <stdbool.h>
#include <stdint.h>

#include "stage/paint.h"

/**
 * Colour of a figure.
 * in     seen   where light falls on it
 *        shade  where it does not; what the paint makes of shade is mixed in
 *        lit    true: seen is asked for
 * errors none.  threads: pure.  test tests/unit/stage/test_flat.c
 */
hm_rgb hm_flat_figure(const hm_paint *paint, hm_rgb seen, hm_rgb shade, bool lit);

/** Colour of the place at (x_px, y_px) of a picture of w_px x h_px: muted or washed, in strokes,
 *  bare toward the edge of the sheet where the paint leaves it bare. As hm_flat_figure. */
hm_rgb hm_flat_place(const hm_paint *paint, hm_rgb seen, float x_px, float y_px, int32_t w_px,
                     int32_t h_px);

/** The paint's bare paper. As hm_flat_figure. */
hm_rgb hm_flat_paper(const hm_paint *paint);

/** Smooth noise -1 .. 1, one swing a unit: the same on every machine. in within +-8e6 */
float hm_flat_noise(float x, float y, uint32_t seed);

#endif
