/* broadcast.c - the honest picture by day or floodlight: three tones, clean line, all readable.
 * Built once for each instruction set. */
#include "shade_priv.h"

/* A radius of curvature typical of limbs: one pixel turns the normal by px_m / this [m]. */
#define BROADCAST_LIMB_M 0.06f

HOT_INLINE float clamp01(float v)
{
    v = v > 0 ? v : 0;
    return v < 1 ? v : 1;
}

/* 0 below a, 1 above, a straight ramp of width 1 / inv_w around it. */
HOT_INLINE float ramp(float v, float a, float inv_w)
{
    return clamp01((v - a) * inv_w + 0.5f);
}

HOT_INLINE float mix(float a, float b, float k)
{
    return a + k * (b - a);
}

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    const hm_light *lamp = &job->scene->light;
    /* runners are lit by their own key, the place by the sun */
    float kx = mix(job->sun.x, job->key.x, p->actor), ky = mix(job->sun.y, job->key.y, p->actor);
    float kz = mix(job->sun.z, job->key.z, p->actor);
    float ndl = p->nx * kx + p->ny * ky + p->nz * kz + p->bias;
    float soft = 1.2f / BROADCAST_LIMB_M * p->px_m;
    soft = soft < 0.02f ? 0.02f : soft;
    soft = soft > 0.3f ? 0.3f : soft;
    float inv = 1.0f / soft;
    float tone = l->half_mix_frac * ramp(ndl, l->half_cos, inv) +
                 (1.0f - l->half_mix_frac) * ramp(ndl, l->lit_cos, inv);
    tone *= 1.0f - l->cast_frac * p->cast;
    /* in the shade: sky from above, the track's colour from below */
    float up = 0.5f + 0.5f * p->ny;
    float dr = p->r * (l->shade.r * mix(lamp->bounce.r, lamp->sky.r, up));
    float dg = p->g * (l->shade.g * mix(lamp->bounce.g, lamp->sky.g, up));
    float db = p->b * (l->shade.b * mix(lamp->bounce.b, lamp->sky.b, up));
    float r = mix(dr, p->r * lamp->sun.r, tone), g = mix(dg, p->g * lamp->sun.g, tone);
    float b = mix(db, p->b * lamp->sun.b, tone);
    if (actors) { /* small highlight, and a rim where the surface turns away toward the sun */
        float hx = kx + p->vx, hy = ky + p->vy, hz = kz + p->vz;
        float hh = hx * hx + hy * hy + hz * hz;
        float ndh = p->nx * hx + p->ny * hy + p->nz * hz;
        ndh = ndh > 0 ? ndh : 0;
        float shine =
            l->gloss_frac * p->gloss * ramp(ndh * ndh, 0.93f * hh, inv / (hh > 0.01f ? hh : 0.01f));
        float ndv = p->nx * p->vx + p->ny * p->vy + p->nz * p->vz;
        float ndsun = p->nx * job->sun.x + p->ny * job->sun.y + p->nz * job->sun.z;
        float rim =
            l->rim_frac * p->actor * ramp(1.0f - ndv, 0.70f, 5.0f) * ramp(ndsun, 0.3f, 5.0f);
        float add = shine + rim - shine * rim;
        r = mix(r, lamp->sun.r, add), g = mix(g, lamp->sun.g, add), b = mix(b, lamp->sun.b, add);
    }
    r = mix(r, p->r, p->emit), g = mix(g, p->g, p->emit), b = mix(b, p->b, p->emit);
    r = mix(r, l->ink.r, p->ink), g = mix(g, l->ink.g, p->ink), b = mix(b, l->ink.b, p->ink);
    return (hm_rgb){r, g, b};
}

#define PAINT_TILE HOT(broadcast_tile)
#include "shade_tmpl.h"
