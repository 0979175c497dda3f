/* ink_priv.h - lines with weight. */
#ifndef HM_ROTO_INK_PRIV_H
#define HM_ROTO_INK_PRIV_H

#include "drag_priv.h"
#include "fill_priv.h"

/* What a line is drawn with. */
typedef struct roto_pen {
    const roto_look *look;
    uint64_t seed;
    int64_t drawing;
    float unit_px;         /* film px in a pixel of 720 rows */
    roto_past past;        /* drawings before the one that is drawn */
    const roto_drag *drag; /* of the figure that is drawn; NULL = none */
} roto_pen;

/* Where a point of the figure goes, by the look and by its way. */
static inline roto_xy roto_pen_bend(const roto_pen *pen, const roto_figure *f, roto_xy p)
{
    p = pen->drag ? roto_drag_bend(pen->drag, p) : p;
    return roto_look_bend(pen->look, f, p);
}

/**
 * Add a stroke to a fill: wider on the side away from the light, in bends and where the body is
 * slow, tapering at open ends, broken here and there; it strays a little, anew in each drawing.
 * Gaps belong to places of the body and stay there.
 */
hm_status roto_ink_stroke(const roto_pen *pen, const roto_figure *figure, const roto_stroke *stroke,
                          int number, roto_fill *fill, hm_arena *scratch, hm_err *err);

#endif
