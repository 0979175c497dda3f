/* broadcast.c - the honest picture by day or floodlight: three tones, clean line, all readable.
 * Built once for each instruction set. */
#include "hot_priv.h"

/* 0 below a, 1 above, a straight ramp of width w around it. */
HOT_INLINE float ramp(float v, float a, float w)
{
    float t = (v - a) / w + 0.5f;
    return t > 0 ? (t < 1 ? t : 1) : 0;
}

/* A radius of curvature typical of limbs: one pixel turns the normal by px_m / this [m]. */
#define BROADCAST_LIMB_M 0.06f

HOT_INLINE hm_rgb look_pixel(const raster_job *job, const hm_object *o, const hm_frag *f,
                             const hm_surface *s, float cast_frac)
{
    const hm_look_params *p = &job->look;
    const hm_light *l = &job->scene->light;
    hm_vec3 key = o->actor ? job->key : l->to_sun;
    float ndl = hm_v3_dot(f->nrm, key) + s->shade_bias;
    float soft = 1.2f * f->px_m / BROADCAST_LIMB_M;
    soft = soft < 0.02f ? 0.02f : (soft > 0.3f ? 0.3f : soft);
    float tone = p->half_mix_frac * ramp(ndl, p->half_cos, soft) +
                 (1.0f - p->half_mix_frac) * ramp(ndl, p->lit_cos, soft);
    tone *= 1.0f - p->cast_frac * cast_frac;
    float up = 0.5f + 0.5f * f->nrm.y;
    hm_rgb a = s->albedo;
    hm_rgb dark = {a.r * (p->shade.r * (l->bounce.r + up * (l->sky.r - l->bounce.r))),
                   a.g * (p->shade.g * (l->bounce.g + up * (l->sky.g - l->bounce.g))),
                   a.b * (p->shade.b * (l->bounce.b + up * (l->sky.b - l->bounce.b)))};
    hm_rgb lit = {a.r * l->sun.r, a.g * l->sun.g, a.b * l->sun.b};
    hm_rgb c = {dark.r + tone * (lit.r - dark.r), dark.g + tone * (lit.g - dark.g),
                dark.b + tone * (lit.b - dark.b)};
    c.r += s->emit * (a.r - c.r), c.g += s->emit * (a.g - c.g), c.b += s->emit * (a.b - c.b);
    c.r += s->ink * (p->ink.r - c.r), c.g += s->ink * (p->ink.g - c.g);
    c.b += s->ink * (p->ink.b - c.b);
    return c;
}

#define LOOK_TILE HOT(broadcast_tile)
#include "shade_tmpl.h"
