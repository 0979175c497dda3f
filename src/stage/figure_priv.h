/* figure_priv.h - small drawing tools of the runners' surface: coverage, strokes, mixing. */
#ifndef HM_STAGE_FIGURE_PRIV_H
#define HM_STAGE_FIGURE_PRIV_H

#include <math.h>
#include <stdint.h>

#include "stage/scene.h"

/** NaN becomes lo. */
static inline float fig_clamp(float x, float lo, float hi)
{
    return x > lo ? (x < hi ? x : hi) : lo;
}
/** As floorf, within +-1e6; a call to the library costs more than all the rest of a stroke. */
static inline int32_t fig_cell_of(float x)
{
    x = fig_clamp(x, -1.0e6f, 1.0e6f);
    int32_t i = (int32_t)x;
    return (float)i > x ? i - 1 : i;
}
/** x - floor(x), within the same range. */
static inline float fig_fract(float x)
{
    return x - (float)fig_cell_of(x);
}
static inline float fig_unit(float x)
{
    return fig_clamp(x, 0.0f, 1.0f);
}
static inline float fig_mix1(float a, float b, float k)
{
    return a + k * (b - a);
}
/** 0 below a, 1 above b, smooth between. a != b. */
static inline float fig_step(float a, float b, float x)
{
    float t =
        fig_unit((x - a) * (1.0f / (b - a))); /* the quotient is a constant almost everywhere */
    return t * t * (3.0f - 2.0f * t);
}
static inline float fig_max(float a, float b)
{
    return a > b ? a : b;
}
static inline float fig_min(float a, float b)
{
    return a < b ? a : b;
}
static inline hm_rgb fig_rgb(float r, float g, float b)
{
    return (hm_rgb){r, g, b};
}
static inline hm_rgb fig_mix(hm_rgb a, hm_rgb b, float k)
{
    return fig_rgb(a.r + k * (b.r - a.r), a.g + k * (b.g - a.g), a.b + k * (b.b - a.b));
}
static inline hm_rgb fig_scale(hm_rgb a, float k)
{
    return fig_rgb(a.r * k, a.g * k, a.b * k);
}
static inline float fig_luma(hm_rgb a)
{
    return 0.2126f * a.r + 0.7152f * a.g + 0.0722f * a.b;
}
/** Share of a pixel of width px inside a shape at signed distance d (< 0 inside). */
static inline float fig_fill(float d, float px)
{
    return fig_unit(0.5f - d / px);
}
/** Coverage of a line of half width w at distance d; thinner than a pixel it pales. */
static inline float fig_line(float d, float w, float px)
{
    float h = 0.5f * px;
    float k = w < h ? w / h : 1.0f;
    return k * fig_unit((fig_max(w, h) - fabsf(d)) / px + 0.5f);
}
/** A stroke from a to b, bent sideways by bow (to the left of a -> b), thin at both ends. */
typedef struct fig_stroke {
    float au, av, bu, bv;
    float bow; /* at the middle, same unit */
    float w;   /* half width at the middle */
} fig_stroke;

static inline float fig_stroke_at(const fig_stroke *s, float u, float v, float px)
{
    float du = s->bu - s->au, dv = s->bv - s->av, pu = u - s->au, pv = v - s->av;
    float len2 = du * du + dv * dv, along = pu * du + pv * dv, across = pv * du - pu * dv;
    float reach = fabsf(s->bow) + s->w + px;
    if (!(along > -0.02f * len2 && along < 1.02f * len2 && across * across < reach * reach * len2))
        return 0.0f;
    float inv = 1.0f / sqrtf(len2), t = along * inv * inv;
    float arch = 4.0f * t * (1.0f - t);
    float d = across * inv - s->bow * arch;
    return fig_line(d, s->w * (0.15f + 0.85f * fig_unit(arch)), px);
}
static inline void fig_ink(hm_surface *o, float cov)
{
    o->ink = fig_max(o->ink, cov);
}
static inline void fig_paint(hm_surface *o, hm_rgb c, float cov)
{
    o->albedo = fig_mix(o->albedo, c, cov);
}
/** 0 .. 1 from a cell of an integer grid and a seed. */
static inline float fig_cell(int32_t x, int32_t y, uint32_t seed)
{
    uint32_t h = (uint32_t)x * 0x9E3779B1u ^ (uint32_t)y * 0x85EBCA77u ^ seed * 0xC2B2AE3Du;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    h *= 0x297A2D39u;
    h ^= h >> 15;
    return (float)(h >> 8) * (1.0f / 16777216.0f);
}

#endif
