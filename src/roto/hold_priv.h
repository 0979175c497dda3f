/* hold_priv.h - lines that stay where they were while the body moves. */
#ifndef HM_ROTO_HOLD_PRIV_H
#define HM_ROTO_HOLD_PRIV_H

#include "contour_priv.h"
#include "trace_priv.h"

/**
 * Draw the points of a loop toward the outline of the drawing before, carried along by the bones:
 * half way where they are close (noise), not at all where they are far (a hand that opens).
 * in     was   NULL = nothing is held
 * out    boil  what is left of the motion across the line; may be NULL
 */
hm_status roto_hold_loop(roto_loop *loop, const roto_cells *cells, const roto_figure *figure,
                         const roto_figure *was, hm_arena *scratch, roto_boil *boil, hm_err *err);

#endif
