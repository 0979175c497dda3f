/* guide.c - no picture but three measures: red 1 where no line is, of surfaces or around bodies;
 * green 1 on runners; blue 1 where no line was put over the paint and (with cast_frac 1) no shadow
 * falls. Built once for each instruction set. */
#include "shade_priv.h"

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    return (hm_rgb){1.0f - p->ink, actors ? p->actor : 0.0f, 1.0f - job->paint.cast_frac * p->cast};
}

#define PAINT_TILE HOT(guide_tile)
#include "shade_tmpl.h"
