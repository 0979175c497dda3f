/* dark.c - almost nothing to see: what a few small lights near the ground reach. Built once for
 * each instruction set. */
#include "dark_priv.h"
#include "shade_priv.h"

/* No light, for a look that says nothing. */
static const dark_own none = {.ambient = 0.03f};

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const dark_own *own = job->paint.own ? job->paint.own : &none;
    float here = actors ? p->actor : 0.0f;
    float r = own->ambient * 0.7f, g = own->ambient * 0.8f, b = own->ambient;
    for (int32_t i = 0; i < own->n; i++) {
        const dark_light *l = &own->light[i];
        float x = l->x_m - p->x_m, y = l->y_m - p->y_m, z = l->z_m - p->z_m;
        float q = x * x + y * y + z * z;
        float inv = 1.0f / sqrtf(q + 0.01f);
        float away = 1.0f - q * inv * l->inv_reach;
        float falls = shade_clamp01(away) * shade_clamp01(away);
        float facing = (p->nx * x + p->ny * y + p->nz * z) * inv;
        falls *= shade_mix(1.0f, shade_clamp01(0.35f + 0.65f * facing), here);
        r += falls * l->r, g += falls * l->g, b += falls * l->b;
    }
    /* only what is near is touched: the sky and far lamps stay as dark as the rest */
    float ndv = p->nx * p->vx + p->ny * p->vy + p->nz * p->vz;
    float edge = 1.0f - shade_clamp01(ndv);
    float rim = here * edge * edge * edge * own->ambient * 1.6f;
    float seen = p->depth_m > 0 ? 1.0f : 0.0f;
    float ar = shade_mix(0.25f, p->r, 0.75f), ag = shade_mix(0.25f, p->g, 0.75f),
          ab = shade_mix(0.25f, p->b, 0.75f);
    return (hm_rgb){seen * ar * r + rim, seen * ag * g + rim, seen * ab * b + 1.2f * rim};
}

#define PAINT_TILE HOT(dark_tile)
#include "shade_tmpl.h"
