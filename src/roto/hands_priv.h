/* hands_priv.h - fingers: finer than the mask of the net, so they are told by their colour. */
#ifndef HM_ROTO_HANDS_PRIV_H
#define HM_ROTO_HANDS_PRIV_H

#include "matte_priv.h"

/**
 * Where the empty place is known, each cell of a hand goes to what it looks like more: the hand,
 * whose colour is that of its surest cells, or the place behind. Where the two are alike the matte
 * stays as it is.
 * in     empty        at the film's size
 *        distance_px  (ROTO_CELL) from the body's skin; change: (ROTO_CELL) from the empty place
 * in/out cells->alpha
 * errors none.  memory none.  threads: pure
 * test   tests/unit/roto/test_hands.c
 */
void roto_hands_find(roto_cells *cells, const roto_image *empty, const float distance_px[],
                     const float change[]);

/* Of the hands take what was before the matte was made smooth. */
void roto_hands_keep(const roto_cells *cells, const float sharp[], float alpha[]);

#endif
