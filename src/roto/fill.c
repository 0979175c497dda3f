#include "fill_priv.h"

#include <math.h>

hm_status roto_fill_init(int32_t w_px, int32_t h_px, hm_arena *arena, roto_fill *fill, hm_err *err)
{
    float *sum = HM_PUSH(arena, float, (int64_t)(w_px + 2) * h_px);
    ROTO_NEED(sum);
    *fill = (roto_fill){.w_px = w_px, .h_px = h_px, .sum = sum};
    roto_fill_reset(fill);
    return HM_OK;
}

void roto_fill_reset(roto_fill *f)
{
    f->x0 = f->w_px, f->y0 = f->h_px, f->x1 = 0, f->y1 = 0;
}

/* What the piece of a side inside one row adds: from (xa) at its top to (xb), of height dy with
 * its sign. A pixel to the right of the side is covered by dy, those under it in part. */
static void add_row(roto_fill *f, int32_t y, float xa, float xb, float dy)
{
    float *row = f->sum + (int64_t)y * (f->w_px + 2);
    float lo = roto_clamp(xa < xb ? xa : xb, 0, (float)f->w_px);
    float hi = roto_clamp(xa < xb ? xb : xa, 0, (float)f->w_px);
    int32_t first = (int32_t)lo, last = (int32_t)hi;
    f->x0 = first < f->x0 ? first : f->x0;
    f->x1 = last + 2 > f->x1 ? last + 2 : f->x1;
    if (first == last) {
        float right = 1.0f - (0.5f * (lo + hi) - (float)first);
        row[first] += dy * right;
        row[first + 1] += dy * (1.0f - right);
        return;
    }
    float slope = dy / (hi - lo), before = 0; /* share of the sum left of each border */
    for (int32_t x = first; x <= last; x++) {
        float from = x == first ? lo : (float)x, to = x == last ? hi : (float)(x + 1);
        float part = slope * (to - from), right = 1.0f - (0.5f * (from + to) - (float)x);
        row[x] += part * right + before;
        before = part * (1.0f - right);
    }
    row[last + 1] += before;
}

void roto_fill_side(roto_fill *f, roto_xy a, roto_xy b)
{
    if (!(isfinite(a.x) && isfinite(a.y) && isfinite(b.x) && isfinite(b.y)) || a.y == b.y)
        return;
    float way = a.y < b.y ? 1.0f : -1.0f;
    roto_xy top = a.y < b.y ? a : b, low = a.y < b.y ? b : a;
    if (low.y <= 0 || top.y >= (float)f->h_px)
        return;
    float slope = (low.x - top.x) / (low.y - top.y);
    float y0 = top.y < 0 ? 0 : top.y, y1 = low.y > (float)f->h_px ? (float)f->h_px : low.y;
    int32_t first = (int32_t)y0, last = (int32_t)y1;
    last = last >= f->h_px ? f->h_px - 1 : last;
    for (int32_t y = first; y <= last; y++) {
        float from = y == first ? y0 : (float)y;
        float to = y1 < (float)(y + 1) ? y1 : (float)(y + 1);
        if (to > from)
            add_row(f, y, top.x + slope * (from - top.y), top.x + slope * (to - top.y),
                    way * (to - from));
    }
    f->y0 = first < f->y0 ? first : f->y0;
    f->y1 = last + 1 > f->y1 ? last + 1 : f->y1;
}

void roto_fill_polygon(roto_fill *f, int32_t n, const roto_xy *p)
{
    for (int32_t i = 0; i < n; i++)
        roto_fill_side(f, p[i], p[i + 1 < n ? i + 1 : 0]);
}

roto_xy roto_bezier_at(const roto_xy p[4], float t)
{
    float u = 1 - t, a = u * u * u, b = 3 * u * u * t, e = 3 * u * t * t, g = t * t * t;
    return (roto_xy){a * p[0].x + b * p[1].x + e * p[2].x + g * p[3].x,
                     a * p[0].y + b * p[1].y + e * p[2].y + g * p[3].y};
}

void roto_fill_curve(roto_fill *f, const roto_curve *c)
{
    for (int32_t s = 0; s < c->n; s++) {
        const roto_xy *p = c->p + 3 * s;
        float len = fabsf(p[3].x - p[0].x) + fabsf(p[3].y - p[0].y) + fabsf(p[1].x - p[0].x) +
                    fabsf(p[1].y - p[0].y);
        int steps = len < 3 ? 2 : len < 40 ? 6 : len < 400 ? 16 : 32;
        roto_xy from = p[0];
        for (int k = 1; k <= steps; k++) {
            roto_xy to = roto_bezier_at(p, (float)k / (float)steps);
            roto_fill_side(f, from, to);
            from = to;
        }
    }
    if (c->n > 0)
        roto_fill_side(f, c->p[3 * c->n], c->p[0]);
}

void roto_fill_row(roto_fill *f, int32_t y, float cover[])
{
    float *row = f->sum + (int64_t)y * (f->w_px + 2);
    float sum = 0;
    int32_t end = f->x1 < f->w_px + 2 ? f->x1 : f->w_px + 2;
    for (int32_t x = f->x0; x < end; x++) {
        sum += row[x];
        row[x] = 0;
        float in = sum < 0 ? -sum : sum;
        cover[x - f->x0] = in > 1 ? 1 : in < 0.002f ? 0 : in;
    }
}
