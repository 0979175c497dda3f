/* look_priv.h - what the looks of the stage mean for a drawing after a clip: their paint, their
 * ink, their exaggerations. The numbers are the stage's own. */
#ifndef HM_ROTO_LOOK_PRIV_H
#define HM_ROTO_LOOK_PRIV_H

#include "roto_priv.h"

#include "stage/paint.h"

typedef struct roto_look {
    const hm_paint *paint;
    hm_paint_params ink; /* widths in px of 720 rows */
    float line_frac, shift_px, grain_frac, detail_frac;
    float head_frac, hand_frac, foot_frac, stretch_frac; /* elastic: larger by, drawn out by */
    float drag_m, copies_frac, trail_s; /* smear: drawn out behind, earlier poses */
} roto_look;

/* errors HM_ERR_USAGE no such look, or one that cannot draw after a clip */
hm_status roto_look_get(const char *name, roto_look *look, hm_err *err);

/* Where a point of a figure goes: big heads and hands, the body drawn out along its way. */
roto_xy roto_look_bend(const roto_look *look, const roto_figure *figure, roto_xy p);

#endif
