/* clip_priv.h - cutting a triangle by the near plane and the guard band. */
#ifndef HM_STAGE_CLIP_PRIV_H
#define HM_STAGE_CLIP_PRIV_H

#include "raster_priv.h"

/* Why a corner is not simply drawn. Corners that share a bit (not CLIP_GUARD) are off the picture.
 */
enum {
    CLIP_NEAR = 1,
    CLIP_OFF_LEFT = 2,
    CLIP_OFF_RIGHT = 4,
    CLIP_OFF_TOP = 8,
    CLIP_OFF_BOTTOM = 16,
    CLIP_GUARD = 32,
    CLIP_INSANE = 64,
    CLIP_MAX = 9 /* corners of a triangle cut by five planes, and one to spare */
};

/* A corner in view space and on the screen, with its weights of the mesh corners 1 and 2. */
struct clip_vert {
    float vx, vy, depth; /* [m] */
    float sx, sy, iz;    /* px, px, 1/m; set when depth >= near */
    float b1, b2;        /* [1] */
    unsigned clip;
};

/* Fill sx, sy, iz from the view position. depth > 0. */
static inline void clip_project(clip_vert *o, const raster_view *v)
{
    o->iz = 1.0f / o->depth;
    o->sx = v->cx_px + v->f_px * o->vx * o->iz;
    o->sy = v->cy_px - v->f_px * o->vy * o->iz;
}

/* Corners of the part in front of the near plane and inside the guard band; 0 .. CLIP_MAX. */
int clip_triangle(const raster_view *v, int32_t w_px, int32_t h_px, const clip_vert in[3],
                  clip_vert out[CLIP_MAX]);

#endif
