/* contour_priv.h - where a field passes 0, as closed loops, and cubic curves through them. */
#ifndef HM_ROTO_CONTOUR_PRIV_H
#define HM_ROTO_CONTOUR_PRIV_H

#include "roto_priv.h"

typedef struct roto_loop {
    int32_t n;
    roto_xy *p;    /* (n) film px; what is above 0 lies to the right of its way */
    float area_px; /* above 0: an outside; below: a hole */
} roto_loop;

/**
 * Loops around all that is above 0 (marching squares); cells outside the window count as below.
 * in     field    (ROTO_CELL) read inside the window only
 *        least_px  loops of a smaller area are left out [px^2]
 * memory loops in arena; scratch in scratch, to be released
 */
hm_status roto_contour(const float *field, const roto_window *win, const roto_grid *grid,
                       float least_px, hm_arena *arena, hm_arena *scratch, int32_t *n,
                       roto_loop **loop, hm_err *err);

/* Chaikin's corner cutting, so many times; the number of points doubles each time. */
hm_status roto_smooth(roto_loop *loop, int times, hm_arena *arena, hm_err *err);

/* Cubic curves that stay within error_px of the points (Schneider 1990, recalled); corners stay. */
hm_status roto_bezier(int32_t n, const roto_xy *p, bool closed, float error_px, hm_arena *arena,
                      roto_curve *curve, hm_err *err);

#endif
