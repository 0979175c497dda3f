/* night.c - light from behind in the dark: bodies are rims, the ground is a mirror that the rain
 * breaks. Built once for each instruction set. */
#include "night_priv.h"
#include "noise_priv.h"
#include "shade_priv.h"

/* A dry ground, for a look that says nothing. */
static const uint32_t black = 0;
static const night_own dry = {.mirror = &black, .w_px = 1, .h_px = 1, .stride_px = 1};

/* The mirror at a place of the picture, in parts of its size. */
HOT_INLINE uint32_t mirror_at(const night_own *own, float u, float v)
{
    float x = u * (float)own->w_px, y = v * (float)own->h_px;
    float x_most = (float)(own->w_px - 1), y_most = (float)(own->h_px - 1);
    x = x > 0 ? (x < x_most ? x : x_most) : 0, y = y > 0 ? (y < y_most ? y : y_most) : 0;
    return own->mirror[(int32_t)y * own->stride_px + (int32_t)x];
}

HOT_INLINE float channel(uint32_t a, uint32_t b, uint32_t c, int shift)
{
    return (0.5f * (float)(int32_t)(a >> shift & 255u) +
            0.25f * (float)(int32_t)(b >> shift & 255u) +
            0.25f * (float)(int32_t)(c >> shift & 255u)) *
           (1.0f / 255.0f);
}

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    const night_own *own = l->own ? l->own : &dry;
    const hm_light *lamp = &job->scene->light;
    float here = actors ? p->actor : 0.0f;
    float ndl = shade_cos(p, job->sun);
    float ndv = p->nx * p->vx + p->ny * p->vy + p->nz * p->vz;
    float soft = shade_soft(p->px_m, 1.2f, 0.3f);
    float inv = 1.0f / soft;
    float lit = shade_ramp(ndl, l->lit_cos, inv);
    float half = shade_ramp(ndl, l->half_cos, inv);
    float tone = (0.35f * half + 0.65f * lit) * (1.0f - l->cast_frac * p->cast);
    /* what faces the eye gets a breath of light, so that faces can be read */
    float fill = own->fill_frac * here * shade_clamp01(ndv) * shade_clamp01(ndv);
    float kr = shade_mix(0.14f + fill, lamp->sun.r, tone),
          kg = shade_mix(0.18f + fill, lamp->sun.g, tone);
    float kb = shade_mix(0.27f + 1.1f * fill, lamp->sun.b, tone);
    float place = shade_mix(0.62f, 1.0f, here); /* the place keeps back */
    float r = p->r * kr * place, g = p->g * kg * place, b = p->b * kb * place;
    /* wet skin and cloth: a rim toward the light, sparks where it glances off */
    float edge = 1.0f - (ndv > 0 ? ndv : 0.0f);
    float rim = here * shade_clamp01((edge * edge * edge - 0.30f) * 4.0f) *
                shade_clamp01((ndl + 0.35f) * 4.0f);
    float hx = job->sun.x + p->vx, hy = job->sun.y + p->vy, hz = job->sun.z + p->vz;
    float hh = hx * hx + hy * hy + hz * hz + 0.001f;
    float ndh = p->nx * hx + p->ny * hy + p->nz * hz;
    float spark = here * shade_clamp01((ndh * ndh / hh - 0.90f) * 14.0f) * (ndh > 0 ? 0.55f : 0.0f);
    r += 0.80f * rim + 0.60f * spark, g += 0.90f * rim + 0.64f * spark;
    b += 1.05f * rim + 0.70f * spark;
    /* lamps and screens shine; what only looks flat (crowd, far walls) is dark */
    float peak = p->r > p->g ? (p->r > p->b ? p->r : p->b) : (p->g > p->b ? p->g : p->b);
    float shines = shade_clamp01((peak - 0.82f) * 8.0f);
    shines = p->depth_m > 0 ? shines : 1.0f; /* the sky is as dark as the look made it */
    float glow = p->emit * shade_mix(0.24f, 1.0f, shines);
    r = shade_mix(r, p->r * glow, p->emit), g = shade_mix(g, p->g * glow, p->emit);
    b = shade_mix(b, p->b * glow * 1.1f, p->emit);
    /* the ground: a film of water, rough with drops, brighter at grazing angles */
    float wet = p->ground * own->wet_frac;
    uint32_t now = l->drawing;
    float near = shade_clamp01(1.5f - 14.0f * p->px_m);
    float sx = noise_at(7.0f * p->x_m, 7.0f * p->z_m, now * 2u) * near +
               0.6f * noise_at(1.3f * p->x_m, 1.3f * p->z_m, 51u);
    float sz = noise_at(7.0f * p->x_m, 7.0f * p->z_m, now * 2u + 1u) * near +
               0.6f * noise_at(1.3f * p->x_m, 1.3f * p->z_m, 52u);
    float pool = shade_clamp01(0.62f + 0.8f * noise_at(0.45f * p->x_m, 0.30f * p->z_m, 53u) +
                               0.3f * noise_at(2.1f * p->x_m, 1.7f * p->z_m, 54u));
    float reach = own->ripple / (1.0f + 0.25f * p->depth_m);
    float u = 0.5f * p->x_px / job->view.cx_px + reach * 0.020f * sx;
    float v = 1.0f - 0.5f * p->y_px / job->view.cy_px + reach * 0.055f * sz;
    uint32_t a = mirror_at(own, u, v), above = mirror_at(own, u + 0.002f * sz, v + 0.012f);
    uint32_t below = mirror_at(own, u - 0.002f * sx, v - 0.010f);
    float cos = p->vy > 0 ? p->vy : 0.0f;
    float q = 1.0f - cos;
    float fresnel = 0.05f + 0.95f * q * q * q * q * q;
    float shine = wet * shade_mix(0.35f, 1.0f, pool) * (0.45f + 0.75f * fresnel);
    float dim = 1.0f - wet * 0.55f;
    r = r * dim + shine * channel(a, above, below, 0);
    g = g * dim + shine * channel(a, above, below, 8);
    b = b * dim + shine * channel(a, above, below, 16);
    float sheen = wet * fresnel * 0.16f * (0.6f + 0.4f * sx);
    r += 0.7f * sheen, g += 0.9f * sheen, b += 1.2f * sheen;
    float ink = p->ink * shade_mix(0.5f, 0.85f, here);
    return (hm_rgb){shade_mix(r, l->ink.r, ink), shade_mix(g, l->ink.g, ink),
                    shade_mix(b, l->ink.b, ink)};
}

#define PAINT_TILE HOT(night_tile)
#include "shade_tmpl.h"
