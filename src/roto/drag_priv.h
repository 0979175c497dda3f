/* drag_priv.h - what moves fast is drawn out behind: the trailing side of a part stays back on the
 * way that the part came. */
#ifndef HM_ROTO_DRAG_PRIV_H
#define HM_ROTO_DRAG_PRIV_H

#include "look_priv.h"

/* Drawings before this one, latest first. */
typedef struct roto_past {
    int32_t n;
    const roto_drawing *drawing[4];
} roto_past;

/* The way of one figure. n 0 = nothing is drawn out. */
typedef struct roto_drag {
    const roto_body *now;
    int32_t n;
    const roto_body *was[4]; /* (n) latest first */
    float lag_s[4];          /* (n) so long ago */
    float most_px, trail_s;  /* drawn out by this at the most, and no further than its way since */
    float step_s;            /* of a drawing */
    uint32_t seed;
} roto_drag;

const roto_figure *roto_figure_of(const roto_drawing *drawing, int32_t id);

void roto_drag_of(const roto_look *look, const roto_figure *figure, const roto_past *past,
                  uint64_t seed, roto_drag *drag);

/* Where a point of the figure goes. */
roto_xy roto_drag_bend(const roto_drag *drag, roto_xy p);

#endif
