/* broadcast.c - the honest picture by day or floodlight: three tones, clean line, all readable.
 * Built once for each instruction set. */
#include "shade_priv.h"

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    const hm_light *lamp = &job->scene->light;
    hm_vec3 key = shade_key(job, p);
    float ndl = shade_cos(p, key);
    float soft = shade_soft(p->px_m, 1.2f, 0.3f);
    float inv = 1.0f / soft;
    float tone = l->half_mix_frac * shade_ramp(ndl, l->half_cos, inv) +
                 (1.0f - l->half_mix_frac) * shade_ramp(ndl, l->lit_cos, inv);
    tone *= 1.0f - l->cast_frac * p->cast;
    /* in the shade: sky from above, the track's colour from below */
    float up = 0.5f + 0.5f * p->ny;
    float dr = p->r * (l->shade.r * shade_mix(lamp->bounce.r, lamp->sky.r, up));
    float dg = p->g * (l->shade.g * shade_mix(lamp->bounce.g, lamp->sky.g, up));
    float db = p->b * (l->shade.b * shade_mix(lamp->bounce.b, lamp->sky.b, up));
    float r = shade_mix(dr, p->r * lamp->sun.r, tone), g = shade_mix(dg, p->g * lamp->sun.g, tone);
    float b = shade_mix(db, p->b * lamp->sun.b, tone);
    if (actors) { /* small highlight, and a rim where the surface turns away toward the sun */
        float hx = key.x + p->vx, hy = key.y + p->vy, hz = key.z + p->vz;
        float hh = hx * hx + hy * hy + hz * hz;
        float ndh = p->nx * hx + p->ny * hy + p->nz * hz;
        ndh = ndh > 0 ? ndh : 0;
        float shine = l->gloss_frac * p->gloss *
                      shade_ramp(ndh * ndh, 0.93f * hh, inv / (hh > 0.01f ? hh : 0.01f));
        float ndv = p->nx * p->vx + p->ny * p->vy + p->nz * p->vz;
        float ndsun = p->nx * job->sun.x + p->ny * job->sun.y + p->nz * job->sun.z;
        float rim = l->rim_frac * p->actor * shade_ramp(1.0f - ndv, 0.70f, 5.0f) *
                    shade_ramp(ndsun, 0.3f, 5.0f);
        float add = shine + rim - shine * rim;
        r = shade_mix(r, lamp->sun.r, add), g = shade_mix(g, lamp->sun.g, add),
        b = shade_mix(b, lamp->sun.b, add);
    }
    r = shade_mix(r, p->r, p->emit), g = shade_mix(g, p->g, p->emit),
    b = shade_mix(b, p->b, p->emit);
    r = shade_mix(r, l->ink.r, p->ink), g = shade_mix(g, l->ink.g, p->ink),
    b = shade_mix(b, l->ink.b, p->ink);
    return (hm_rgb){r, g, b};
}

#define PAINT_TILE HOT(broadcast_tile)
#include "shade_tmpl.h"
