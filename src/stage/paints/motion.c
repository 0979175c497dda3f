/* motion.c - the plain scene, and what is left of it when only motion remains: the place runs out
 * into streaks along the lanes on white, bodies become flat colour without a face. Built once for
 * each instruction set. */
#include "motion_priv.h"
#include "noise_priv.h"
#include "shade_priv.h"

/* A radius of curvature typical of limbs: one pixel turns the normal by px_m / this [m]. */
#define MOTION_LIMB_M 0.06f

HOT_INLINE float clamp01(float v)
{
    v = v > 0 ? v : 0;
    return v < 1 ? v : 1;
}

HOT_INLINE float mix(float a, float b, float k)
{
    return a + k * (b - a);
}

/* own is read once for a row: a look may leave it out */
HOT_INLINE float lost_of(const raster_job *job)
{
    const motion_own *own = job->paint.own;
    return own ? own->lost : 0.0f;
}

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    float lost = lost_of(job);
    float kx = mix(job->sun.x, job->key.x, p->actor), ky = mix(job->sun.y, job->key.y, p->actor);
    float kz = mix(job->sun.z, job->key.z, p->actor);
    float ndl = p->nx * kx + p->ny * ky + p->nz * kz + p->bias;
    float soft = 1.2f / MOTION_LIMB_M * p->px_m;
    soft = soft < 0.02f ? 0.02f : (soft > 0.3f ? 0.3f : soft);
    float inv = 1.0f / soft;
    float tone = l->half_mix_frac * clamp01((ndl - l->half_cos) * inv + 0.5f) +
                 (1.0f - l->half_mix_frac) * clamp01((ndl - l->lit_cos) * inv + 0.5f);
    tone *= 1.0f - l->cast_frac * p->cast;
    tone = mix(tone, 0.5f + 0.5f * tone, lost); /* flat in the end */
    float here = actors ? p->actor : 0.0f;
    float full = mix(1.0f, 1.35f, here * lost);
    float grey = 0.30f * p->r + 0.59f * p->g + 0.11f * p->b;
    float ar = mix(grey, p->r, full), ag = mix(grey, p->g, full), ab = mix(grey, p->b, full);
    float r = ar * mix(l->shade.r, 1.0f, tone), g = ag * mix(l->shade.g, 1.0f, tone);
    float b = ab * mix(l->shade.b, 1.0f, tone);
    r = mix(r, p->r, p->emit), g = mix(g, p->g, p->emit), b = mix(b, p->b, p->emit);
    /* streaks: long in the running direction, fine across it; they begin where the eye is not */
    float across = mix(2.2f * p->y_m + 0.35f * p->x_m, 5.0f * p->x_m, p->ground);
    float seen_m = p->px_m * mix(1.0f, p->depth_m / (job->view.eye_m.y + 0.3f), p->ground);
    float thick = noise_at(across, 0.035f * p->z_m, 31u) * clamp01(1.6f - 5.0f * seen_m);
    float thin = noise_at(3.7f * across, 0.06f * p->z_m, 32u) * clamp01(1.6f - 18.0f * seen_m);
    float streak = clamp01(0.5f + 0.9f * thick + 0.5f * thin);
    float place = (1.0f - here) * lost;
    float white = place * clamp01(0.25f + 0.75f * streak + 0.5f * (lost - 0.6f));
    float sky = p->depth_m > 0 ? 0.0f : 1.0f;
    white = mix(white, lost * 0.96f, sky);
    r = mix(r, 0.965f, white), g = mix(g, 0.960f, white), b = mix(b, 0.945f, white);
    float dark = place * (1.0f - sky) * clamp01(thin * 1.6f - 0.75f) * 0.5f;
    r = mix(r, 0.16f, dark), g = mix(g, 0.15f, dark), b = mix(b, 0.20f, dark);
    float ink = p->ink * clamp01(1.0f - 1.6f * lost * here);
    return (hm_rgb){mix(r, l->ink.r, ink), mix(g, l->ink.g, ink), mix(b, l->ink.b, ink)};
}

#define PAINT_TILE HOT(motion_tile)
#include "shade_tmpl.h"
