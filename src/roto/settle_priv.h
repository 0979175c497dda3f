/* settle_priv.h - what the bones missed of a body's motion, read from the picture. */
#ifndef HM_ROTO_SETTLE_PRIV_H
#define HM_ROTO_SETTLE_PRIV_H

#include "matte_priv.h"

/**
 * Points stray by a pixel or two from image to image, and what is held along them strays too. So
 * each part is shifted to where matte and luma of the drawing before fit those of this one best.
 * in     cells  parts, matte and luma of now; was: of the drawing before
 * in/out back   (ROTO_CELL) where a cell was, in cells of the grid before; x < 0: not known
 * errors none.  memory none.  threads: pure
 * source Lucas and Kanade 1981 (recalled)
 * test   tests/unit/roto/test_jitter.c
 */
void roto_settle(const roto_cells *cells, const roto_cells *was, roto_xy back[]);

#endif
