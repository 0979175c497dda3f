/* fill_priv.h - the coverage of pixels by polygons: exact areas, the same on every machine. */
#ifndef HM_ROTO_FILL_PRIV_H
#define HM_ROTO_FILL_PRIV_H

#include "roto_priv.h"

/* Signed areas waiting to be summed along rows. */
typedef struct roto_fill {
    int32_t w_px, h_px;
    float *sum;             /* ((w_px + 2) x h_px), zero between uses */
    int32_t x0, y0, x1, y1; /* what was touched: x0 .. x1 - 1 */
} roto_fill;

hm_status roto_fill_init(int32_t w_px, int32_t h_px, hm_arena *arena, roto_fill *fill, hm_err *err);

/* A point of a cubic curve, t 0 .. 1. */
roto_xy roto_bezier_at(const roto_xy p[4], float t);

/* One side of a polygon; all sides of all polygons, then roto_fill_take. */
void roto_fill_side(roto_fill *fill, roto_xy a, roto_xy b);
void roto_fill_polygon(roto_fill *fill, int32_t n, const roto_xy *p);
void roto_fill_curve(roto_fill *fill, const roto_curve *curve);

/* Share of each pixel of row y that is inside, x0 .. x1 - 1 of `fill`; the row is empty after. */
void roto_fill_row(roto_fill *fill, int32_t y, float cover[]);

/* Begin anew: all rows were taken. */
void roto_fill_reset(roto_fill *fill);

#endif
