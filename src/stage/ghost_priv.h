/* ghost_priv.h - runners of another race, seen through, over a drawing. */
#ifndef HM_STAGE_GHOST_PRIV_H
#define HM_STAGE_GHOST_PRIV_H

#include "drawing_priv.h"

/* Draw the ghosts of the look in use into hand->pic, which holds the job's drawing. They stand
 * among everything else and hide behind it, throw no shadow, and are drawn by the look's own paint
 * and lines: the part of the picture where they are is drawn a second time with them in it, and
 * both are mixed. Costs nothing where no ghost is in the picture. */
hm_status ghost_draw(const drawing_set *set, const drawing_look *use, drawing_hand *hand,
                     const drawing_job *job, const hm_moment *m, hm_err *err);

#endif
