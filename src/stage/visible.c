/* visible.c - which triangle each sample of a tile sees. Built once for each instruction set. */
#include "hot_priv.h"

#include <string.h>

/* Edge function of one side over a tile: value at (X, Y) in 1/8 pixel is c + a X + b Y >= 0. */
typedef struct edge {
    int32_t a, b, c;
} edge;

/* How a triangle meets the tile: bounding columns and rows, and its edges where they matter. */
typedef struct span {
    edge e[3];
    int32_t x0, x1, y0, y1; /* pixels in the tile, inclusive */
} span;

enum { TILE_SUB8 = RASTER_TILE * 8 };

/* Side from corner i to corner j. False when the tile is wholly outside of it. Sides that the tile
 * is wholly inside of become 0 >= 0. 64 bits here, so that 32 are enough per sample. */
static bool edge_of(edge *o, const raster_tri *t, int i, int j, int64_t ox, int64_t oy)
{
    int64_t dx = t->x[j] - t->x[i], dy = t->y[j] - t->y[i];
    bool owns = dy < 0 || (dy == 0 && dx > 0); /* left and top sides own their points */
    int64_t c = dx * (oy - t->y[i]) - dy * (ox - t->x[i]) - (owns ? 0 : 1);
    int64_t a = -dy, b = dx;
    c >>= 5; /* samples lie on multiples of 32 / 256: exact, see stage/README.md */
    const int64_t reach = TILE_SUB8 - 1;
    int64_t hi = c + (a > 0 ? a * reach : 0) + (b > 0 ? b * reach : 0);
    int64_t lo = c + (a < 0 ? a * reach : 0) + (b < 0 ? b * reach : 0);
    *o = lo >= 0 ? (edge){0, 0, 0} : (edge){(int32_t)a, (int32_t)b, (int32_t)c};
    return hi >= 0;
}

static int32_t min3(const int32_t v[3])
{
    int32_t m = v[0] < v[1] ? v[0] : v[1];
    return m < v[2] ? m : v[2];
}
static int32_t max3(const int32_t v[3])
{
    int32_t m = v[0] > v[1] ? v[0] : v[1];
    return m > v[2] ? m : v[2];
}

static bool span_of(span *o, const raster_tri *t, int32_t px, int32_t py)
{
    const int32_t last = RASTER_TILE - 1;
    int32_t x0 = (min3(t->x) >> 8) - px, x1 = (max3(t->x) >> 8) - px;
    int32_t y0 = (min3(t->y) >> 8) - py, y1 = (max3(t->y) >> 8) - py;
    o->x0 = x0 < 0 ? 0 : x0;
    o->x1 = x1 > last ? last : x1;
    o->y0 = y0 < 0 ? 0 : y0;
    o->y1 = y1 > last ? last : y1;
    if (o->x0 > o->x1 || o->y0 > o->y1)
        return false;
    int64_t ox = (int64_t)px * RASTER_SUB, oy = (int64_t)py * RASTER_SUB;
    return edge_of(&o->e[0], t, 0, 1, ox, oy) && edge_of(&o->e[1], t, 1, 2, ox, oy) &&
           edge_of(&o->e[2], t, 2, 0, ox, oy);
}

/* Two pixels of four samples are one vector. */
static const hot_i8 lane_x = {HOT_SAMPLE_X, 11, 15, 9, 13};
static const hot_i8 lane_y = {HOT_SAMPLE_Y, HOT_SAMPLE_Y};
static const hot_f8 lane_xf = {HOT_SAMPLE_X, 11, 15, 9, 13};
static const hot_f8 lane_yf = {HOT_SAMPLE_Y, HOT_SAMPLE_Y};

HOT_INLINE void edge_lanes(hot_i8 *at, const edge *e, int32_t x2, int32_t y)
{
    *at = lane_x * e->a + lane_y * e->b + (e->c + e->a * (x2 * 16) + e->b * (y * 8));
}

/* a where the mask is all ones, b where it is zero */
HOT_INLINE hot_f8 pick(hot_i8 m, hot_f8 a, hot_f8 b)
{
    return (hot_f8)(((hot_i8)a & m) | ((hot_i8)b & ~m));
}

HOT_INLINE void draw_face(raster_scratch *s, const raster_tri *t, const span *p, uint32_t id,
                          int32_t px, int32_t py, bool clamp)
{
    int32_t g0 = p->x0 >> 1, g1 = p->x1 >> 1;
    hot_i8 row[3];
    for (int i = 0; i < 3; i++)
        edge_lanes(&row[i], &p->e[i], g0, p->y0);
    float fx = (float)px - (float)t->x[0] * (1.0f / RASTER_SUB);
    float fy = (float)py - (float)t->y[0] * (1.0f / RASTER_SUB);
    float kx = t->iz[1] * 0.125f, ky = t->iz[2] * 0.125f;
    float base = t->iz[0] + t->iz[1] * fx + t->iz[2] * fy;
    hot_f8 zlane = lane_xf * kx + lane_yf * ky;
    hot_f8 lo = (hot_f8){0} + t->iz_lo, hi = (hot_f8){0} + t->iz_hi;
    hot_i8 vid = (hot_i8){0} + (int32_t)id;
    for (int32_t y = p->y0; y <= p->y1; y++) {
        hot_i8 e0 = row[0], e1 = row[1], e2 = row[2];
        float zrow = base + ky * (float)(y * 8);
        float *zp = &s->iz[(y * RASTER_TILE + g0 * 2) * RASTER_SAMPLE];
        uint32_t *ip = &s->id[(y * RASTER_TILE + g0 * 2) * RASTER_SAMPLE];
        for (int32_t g = g0; g <= g1; g++, zp += 8, ip += 8) {
            hot_i8 in = ~((e0 | e1 | e2) >> 31);
            hot_f8 z = zlane + (zrow + kx * (float)(g * 16));
            if (clamp)
                z = pick(z < lo, lo, pick(z > hi, hi, z));
            hot_f8 old = *(const hot_f8 *)zp;
            hot_i8 win = in & (z > old);
            *(hot_i8 *)zp = ((hot_i8)z & win) | ((hot_i8)old & ~win);
            hot_i8 was = *(const hot_i8 *)ip;
            *(hot_i8 *)ip = (vid & win) | (was & ~win);
            e0 += p->e[0].a * 16;
            e1 += p->e[1].a * 16;
            e2 += p->e[2].a * 16;
        }
        for (int i = 0; i < 3; i++)
            row[i] += p->e[i].b * 8;
    }
}

static void draw_cast(raster_scratch *s, const span *p)
{
    int32_t g0 = p->x0 >> 1, g1 = p->x1 >> 1;
    for (int32_t y = p->y0; y <= p->y1; y++) {
        hot_i8 e[3];
        for (int i = 0; i < 3; i++)
            edge_lanes(&e[i], &p->e[i], g0, y);
        int32_t *cp = &s->cast[(y * RASTER_TILE + g0 * 2) * RASTER_SAMPLE];
        for (int32_t g = g0; g <= g1; g++, cp += 8) {
            *(hot_i8 *)cp |= ~((e[0] | e[1] | e[2]) >> 31);
            for (int i = 0; i < 3; i++)
                e[i] += p->e[i].a * 16;
        }
    }
}

void HOT(visible_tile)(const raster_job *job, int32_t i_tile, raster_scratch *s)
{
    int32_t px = (i_tile % job->n_tx) * RASTER_TILE, py = (i_tile / job->n_tx) * RASTER_TILE;
    memset(s->iz, 0, sizeof s->iz);
    memset(s->id, 0, sizeof s->id);
    s->has_cast = s->has_ink = false;
    s->ink_iz = 0;
    for (uint32_t k = job->bin_start[i_tile]; k < job->bin_start[i_tile + 1]; k++) {
        uint32_t i = job->bin[k];
        const raster_tri *t = &job->tri[i];
        span p;
        if (!span_of(&p, t, px, py))
            continue;
        if (t->kind != RASTER_CAST) {
            if (job->ink_no[t->i_object]) {
                s->has_ink = true;
                s->ink_iz = t->iz_hi > s->ink_iz ? t->iz_hi : s->ink_iz;
            }
            if (t->sliver)
                draw_face(s, t, &p, i + 1, px, py, true);
            else
                draw_face(s, t, &p, i + 1, px, py, false);
            continue;
        }
        if (!s->has_cast)
            memset(s->cast, 0, sizeof s->cast);
        s->has_cast = true;
        draw_cast(s, &p);
    }
}
