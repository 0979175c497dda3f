/* noise_priv.h - smooth noise for kernels and looks: the same from one point or eight, from any
 * compiler. */
#ifndef HM_STAGE_NOISE_PRIV_H
#define HM_STAGE_NOISE_PRIV_H

#include "hot_priv.h"

/* -1 .. 1 at a whole place of the lattice. */
HOT_INLINE float noise_lattice(uint32_t x, uint32_t y, uint32_t seed)
{
    uint32_t h = x * 0x9E3779B1u + y * 0x85EBCA77u + seed * 0xC2B2AE3Du;
    h ^= h >> 15, h *= 0x2C1B3C6Du, h ^= h >> 12, h *= 0x297A2D39u, h ^= h >> 15;
    return (float)(int32_t)(h >> 8) * (2.0f / 16777216.0f) - 1.0f;
}

/* 0 .. 1 by three numbers: which drop, which step. */
HOT_INLINE float noise_chance(uint32_t a, uint32_t b, uint32_t c)
{
    return 0.5f + 0.5f * noise_lattice(a, b, c);
}

/* Smooth between the places of the lattice. in x, y within +-8e6 */
HOT_INLINE float noise_at(float x, float y, uint32_t seed)
{
    float bx = x + 8388608.0f - 8388608.0f, by = y + 8388608.0f - 8388608.0f;
    bx = bx > x ? bx - 1.0f : bx, by = by > y ? by - 1.0f : by;
    float u = x - bx, v = y - by;
    u = u * u * (3.0f - 2.0f * u), v = v * v * (3.0f - 2.0f * v);
    uint32_t cx = (uint32_t)(int32_t)bx, cy = (uint32_t)(int32_t)by;
    float a = noise_lattice(cx, cy, seed), b = noise_lattice(cx + 1u, cy, seed);
    float c = noise_lattice(cx, cy + 1u, seed), d = noise_lattice(cx + 1u, cy + 1u, seed);
    float top = a + u * (b - a), low = c + u * (d - c);
    return top + v * (low - top);
}

#endif
