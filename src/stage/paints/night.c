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

/* What a lamp that stands near adds: as far as it reaches, and along the edges of bodies. */
HOT_INLINE hm_rgb near_at(const night_near *q, const shade_point *p, float here, float edge)
{
    float lx = q->x_m - p->x_m, ly = q->y_m - p->y_m, lz = q->z_m - p->z_m;
    float d2 = lx * lx + ly * ly + lz * lz + 0.01f, d = 1.0f / sqrtf(d2);
    float cos = (p->nx * lx + p->ny * ly + p->nz * lz) * d;
    float fall = 1.0f / (1.0f + d2 * q->per_m2);
    float rim = here * shade_clamp01((edge * edge - 0.22f) * 2.6f) *
                shade_clamp01((cos + 0.45f) * 2.0f) * 0.55f * fall;
    float on = fall * ((1.0f - p->emit) * (shade_clamp01(cos + 0.08f) * 0.9f) + 0.40f * p->emit);
    on = p->depth_m > 0 ? on : 0.0f;
    return (hm_rgb){q->r * (p->r * on + rim), q->g * (p->g * on + rim), q->b * (p->b * on + rim)};
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
    float spark = here * shade_clamp01((ndh * ndh / hh - 0.90f) * 14.0f) *
                  (ndh > 0 ? 0.30f + 0.45f * p->gloss : 0.0f);
    r += 0.80f * rim + 0.60f * spark, g += 0.90f * rim + 0.64f * spark;
    b += 1.05f * rim + 0.70f * spark;
    /* lamps and screens shine; what only looks flat (crowd, far walls) is dark */
    float peak = p->r > p->g ? (p->r > p->b ? p->r : p->b) : (p->g > p->b ? p->g : p->b);
    float shines = shade_clamp01((peak - 0.82f) * 8.0f);
    shines = p->depth_m > 0 ? shines : 1.0f; /* the sky is as dark as the look made it */
    float glow = p->emit * shade_mix(0.30f, 1.0f, shines);
    r = shade_mix(r, p->r * glow, p->emit), g = shade_mix(g, p->g * glow, p->emit);
    b = shade_mix(b, p->b * glow * 1.1f, p->emit);
    const hm_rgb add = near_at(&own->near[0], p, here, edge),
                 more = near_at(&own->near[1], p, here, edge);
    r += add.r + more.r, g += add.g + more.g, b += add.b + more.b;
    float ink = p->ink * shade_mix(0.5f, 0.85f, here);
    return (hm_rgb){shade_mix(r, l->ink.r, ink), shade_mix(g, l->ink.g, ink),
                    shade_mix(b, l->ink.b, ink)};
}

/* A far lamp in the water: facets lean by chance, so its light is drawn out toward the eye. */
HOT_INLINE float glint_at(const night_glint *q, const shade_point *p, float sx, float sz,
                          float inv_rough)
{
    float lx = q->x_m - p->x_m, ly = q->y_m - p->y_m, lz = q->z_m - p->z_m;
    float d = 1.0f / sqrtf(lx * lx + ly * ly + lz * lz);
    float hx = lx * d + p->vx, hy = ly * d + (p->vy > 0.002f ? p->vy : 0.002f), hz = lz * d + p->vz;
    float up = 1.0f / hy, ax = hx * up - sx, az = hz * up - sz;
    float off = 1.0f + (ax * ax + az * az) * inv_rough;
    float cos = (lx * p->vx + ly * p->vy + lz * p->vz) * d, away = 0.5f - 0.5f * cos;
    return away * away * away / (off * off * hy);
}

/* The ground: a film of water, rough with drops, deeper in puddles, brighter at grazing angles. */
HOT_INLINE hm_rgb paint_ground(const raster_job *job, const shade_point *p, hm_rgb c)
{
    const night_own *own = job->paint.own ? job->paint.own : &dry;
    float grass = shade_clamp01((p->g - p->r) * 8.0f), dull = 1.0f - 0.62f * grass;
    float r = c.r * dull, g = c.g * dull, b = c.b * dull;
    float wet = p->ground * own->wet_frac * (1.0f - 0.85f * grass);
    uint32_t now = job->paint.drawing;
    float near = shade_clamp01(1.5f - 14.0f * p->px_m);
    float slow = noise_at(1.3f * p->x_m, 1.3f * p->z_m, 51u);
    float deep = 0.30f + 0.75f * noise_at(0.33f * p->x_m, 0.21f * p->z_m, 53u) +
                 0.32f * noise_at(1.7f * p->x_m, 1.3f * p->z_m, 54u) - own->shallow;
    /* the edge of a puddle: within it the mirror is whole, along it a bright line of water drawn up
     * by the ground */
    float soft = 4.0f / (0.10f + 3.0f * p->px_m), rim_m = 0.035f + 1.2f * p->px_m;
    float pool = shade_clamp01(0.5f + soft * deep * 0.12f);
    float brim = shade_clamp01(1.0f - (deep > 0 ? deep : -deep) / (rim_m * 2.0f)) * near * wet;
    float calm = 1.0f - 0.55f * pool;
    float sx = noise_at(7.0f * p->x_m, 7.0f * p->z_m, now * 2u) * near + 0.6f * slow;
    float sz = noise_at(7.0f * p->x_m, 7.0f * p->z_m, now * 2u + 1u) * near -
               0.6f * noise_at(1.3f * p->x_m, 1.3f * p->z_m, 52u);
    float reach = own->ripple * calm / (1.0f + 0.25f * p->depth_m);
    float u = 0.5f * p->x_px / job->view.cx_px + reach * 0.020f * sx;
    float v = 1.0f - 0.5f * p->y_px / job->view.cy_px + reach * 0.055f * sz;
    float draw_out = 0.010f + 0.012f * calm;
    uint32_t m = mirror_at(own, u, v), above = mirror_at(own, u + 0.002f * sz, v + draw_out);
    uint32_t below = mirror_at(own, u - 0.002f * sx, v - 0.8f * draw_out);
    float cos = p->vy > 0 ? p->vy : 0.0f, q = 1.0f - cos;
    float fresnel = 0.05f + 0.95f * q * q * q * q * q;
    float shine = wet * shade_mix(0.40f, 1.0f, pool) * (0.45f + 0.75f * fresnel);
    float dim = 1.0f - wet * shade_mix(0.50f, 0.74f, pool);
    r = r * dim + shine * channel(m, above, below, 0);
    g = g * dim + shine * channel(m, above, below, 8);
    b = b * dim + shine * channel(m, above, below, 16);
    float sheen = wet * fresnel * 0.16f * (0.6f + 0.4f * sx) + 0.05f * brim;
    r += 0.7f * sheen, g += 0.9f * sheen, b += 1.2f * sheen;
    float tilt = 0.035f * own->ripple * calm, rough = 0.050f + 0.075f * calm;
    float inv_rough = 1.0f / (rough * rough), gain = wet * (0.006f + 0.030f * fresnel);
    const night_glint *l = own->glint;
    float gr = 0, gg = 0, gb = 0;
/* no loop: that would not run eight points at once */
#define GLINT(i)                                                                                   \
    do {                                                                                           \
        float k = glint_at(&l[i], p, tilt * sx, tilt * sz, inv_rough);                             \
        gr += l[i].r * k, gg += l[i].g * k, gb += l[i].b * k;                                      \
    } while (0)
    GLINT(0);
    GLINT(1);
    GLINT(2);
    GLINT(3);
    GLINT(4);
    GLINT(5);
#undef GLINT
    /* bright things whiten, they do not burn out flat */
    gr *= gain, gg *= gain, gb *= gain;
    r += gr / (1.0f + 0.7f * gr), g += gg / (1.0f + 0.7f * gg), b += gb / (1.0f + 0.7f * gb);
    return (hm_rgb){r, g, b};
}

#define PAINT_GROUND
#define PAINT_DEPTH
#define PAINT_TILE HOT(night_tile)
#include "shade_tmpl.h"
