/* motion.c - the plain scene, and what is left of it when only motion remains: the place runs out
 * into streaks along the lanes on toned paper, bodies become flat colour without a face. Built once
 * for each instruction set. */
#include "motion_priv.h"
#include "noise_priv.h"
#include "shade_priv.h"

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
    float ndl = shade_cos(p, shade_key(job, p));
    float soft = shade_soft(p->px_m, 1.2f, 0.3f);
    float inv = 1.0f / soft;
    float tone = l->half_mix_frac * shade_ramp(ndl, l->half_cos, inv) +
                 (1.0f - l->half_mix_frac) * shade_ramp(ndl, l->lit_cos, inv);
    tone *= 1.0f - l->cast_frac * p->cast;
    tone = shade_mix(tone, 0.5f + 0.5f * tone, lost); /* flat in the end */
    float here = actors ? p->actor : 0.0f;
    float full = shade_mix(1.0f, 1.35f, here * lost);
    float grey = 0.30f * p->r + 0.59f * p->g + 0.11f * p->b;
    float ar = shade_mix(grey, p->r, full), ag = shade_mix(grey, p->g, full),
          ab = shade_mix(grey, p->b, full);
    float r = ar * shade_mix(l->shade.r, 1.0f, tone), g = ag * shade_mix(l->shade.g, 1.0f, tone);
    float b = ab * shade_mix(l->shade.b, 1.0f, tone);
    r = shade_mix(r, p->r, p->emit), g = shade_mix(g, p->g, p->emit),
    b = shade_mix(b, p->b, p->emit);
    /* a lost body is as light as the paper, and told from it by its colour */
    float luma = 0.30f * r + 0.59f * g + 0.11f * b;
    float gain = MOTION_PAPER_LUMA / (luma + 0.02f);
    gain = gain > 2.5f ? 2.5f : gain;
    float lift = MOTION_PAPER_LUMA - gain * luma;
    float even = 0.85f * here * shade_clamp01(2.0f * lost);
    gain = shade_mix(1.0f, gain, even);
    lift *= even;
    r = gain * r + lift, g = gain * g + lift, b = gain * b + lift;
    /* streaks: long in the running direction, fine across it; they begin where the eye is not */
    float across = shade_mix(2.2f * p->y_m + 0.35f * p->x_m, 5.0f * p->x_m, p->ground);
    float seen_m = p->px_m * shade_mix(1.0f, p->depth_m / (job->view.eye_m.y + 0.3f), p->ground);
    float thick = noise_at(across, 0.035f * p->z_m, 31u) * shade_clamp01(1.6f - 5.0f * seen_m);
    float thin =
        noise_at(3.7f * across, 0.06f * p->z_m, 32u) * shade_clamp01(1.6f - 18.0f * seen_m);
    float streak = shade_clamp01(0.5f + 0.9f * thick + 0.5f * thin);
    float place = (1.0f - here) * lost;
    float white = place * shade_clamp01(0.25f + 0.75f * streak + 0.5f * (lost - 0.6f));
    float sky = p->depth_m > 0 ? 0.0f : 1.0f;
    white = shade_mix(white, lost * 0.96f, sky);
    hm_rgb paper = MOTION_PAPER;
    r = shade_mix(r, paper.r, white), g = shade_mix(g, paper.g, white),
    b = shade_mix(b, paper.b, white);
    float dark = place * (1.0f - sky) * shade_clamp01(thin * 1.6f - 0.75f) * 0.5f;
    r = shade_mix(r, 0.16f, dark), g = shade_mix(g, 0.15f, dark), b = shade_mix(b, 0.20f, dark);
    float ink = p->ink * shade_clamp01(1.0f - 1.6f * lost * here);
    return (hm_rgb){shade_mix(r, l->ink.r, ink), shade_mix(g, l->ink.g, ink),
                    shade_mix(b, l->ink.b, ink)};
}

#define PAINT_TILE HOT(motion_tile)
#include "shade_tmpl.h"
