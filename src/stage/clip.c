#include "clip_priv.h"

/* Signed distance of a corner from plane i, >= 0 inside. The side planes lie at half the guard
 * band, so that rounding in the projection cannot leave it. */
static float inside(const raster_view *v, float w_px, float h_px, const clip_vert *p, int i)
{
    const float g = 0.5f * (float)RASTER_GUARD_PX;
    switch (i) {
    case 0:
        return p->depth - v->near_m;
    case 1:
        return v->f_px * p->vx + (v->cx_px + g) * p->depth;
    case 2:
        return (w_px + g - v->cx_px) * p->depth - v->f_px * p->vx;
    case 3:
        return (v->cy_px + g) * p->depth - v->f_px * p->vy;
    default:
        return v->f_px * p->vy + (h_px + g - v->cy_px) * p->depth;
    }
}

/* Where the edge from a (inside) to b (outside) meets the plane. Always computed from the inside
 * corner, so two triangles that share the edge get the same point. */
static clip_vert cut(const clip_vert *a, const clip_vert *b, float da, float db)
{
    float t = da / (da - db);
    clip_vert o = {.vx = a->vx + t * (b->vx - a->vx),
                   .vy = a->vy + t * (b->vy - a->vy),
                   .depth = a->depth + t * (b->depth - a->depth),
                   .b1 = a->b1 + t * (b->b1 - a->b1),
                   .b2 = a->b2 + t * (b->b2 - a->b2)};
    return o;
}

int clip_triangle(const raster_view *v, int32_t w_px, int32_t h_px, const clip_vert in[3],
                  clip_vert out[CLIP_MAX])
{
    clip_vert buf[2][CLIP_MAX] = {{in[0], in[1], in[2]}};
    int n = 3;
    for (int i = 0; i < 5; i++) {
        const clip_vert *p = buf[i & 1];
        clip_vert *q = buf[(i + 1) & 1];
        int m = 0;
        for (int k = 0; k < n; k++) {
            const clip_vert *a = &p[k], *b = &p[(k + 1) % n];
            float da = inside(v, (float)w_px, (float)h_px, a, i);
            float db = inside(v, (float)w_px, (float)h_px, b, i);
            if (da >= 0 && m < CLIP_MAX)
                q[m++] = *a;
            if (da >= 0 && db < 0 && m < CLIP_MAX)
                q[m++] = cut(a, b, da, db);
            if (da < 0 && db >= 0 && m < CLIP_MAX)
                q[m++] = cut(b, a, db, da);
        }
        n = m;
        if (n < 3)
            return 0;
    }
    for (int k = 0; k < n; k++) {
        out[k] = buf[1][k];
        if (out[k].depth < v->near_m * 0.5f)
            return 0; /* only by rounding */
        clip_project(&out[k], v);
    }
    return n;
}
