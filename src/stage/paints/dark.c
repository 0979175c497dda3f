/* dark.c - almost nothing to see: what a few small lights near the ground reach. A tile asks only
 * the lights that may reach into it. Built once for each instruction set. */
#include "dark_priv.h"
#include "shade_priv.h"

#define BODY_FRAC                                                                                  \
    0.60f /* of a light's fall on the ground is its fall up a body: it reaches faces */
#define LIGHT_MOST 1.2f /* of all lights together [1] */
#define WAVE_INV_M 7.0f /* a wave is 1 / this wide, to either side */

/* No light, for a look that says nothing. */
static const dark_own none = {.ambient = 0.03f, .rim = 0.05f};

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const dark_own *own = job->paint.own;
    float here = actors ? p->actor : 0.0f;
    float r = own->ambient * 0.7f, g = own->ambient * 0.8f, b = own->ambient;
    int32_t n = actors ? own->n : own->n_ground;
    for (int32_t i = 0; i < n; i++) {
        const dark_light *l = &own->light[i];
        float x = l->x_m - p->x_m, y = l->y_m - p->y_m, z = l->z_m - p->z_m;
        float q = x * x + y * y + z * z;
        float inv = 1.0f / sqrtf(q + 0.01f);
        float reach =
            actors ? shade_mix(l->inv_reach, BODY_FRAC * l->inv_reach, here) : l->inv_reach;
        float d = q * inv, away = shade_clamp01(1.0f - d * reach);
        float falls = away * away, ring = shade_clamp01(1.0f - (d - l->wave_m) * WAVE_INV_M *
                                                                   ((d - l->wave_m) * WAVE_INV_M));
        falls += p->ground * l->wave * ring * ring;
        if (actors) {
            float facing = (p->nx * x + p->ny * y + p->nz * z) * inv;
            falls *= shade_mix(1.0f, 1.5f * shade_clamp01(0.25f + 0.75f * facing), here);
        }
        r += falls * l->r, g += falls * l->g, b += falls * l->b;
    }
    /* many lights on one place are hardly more than one: nothing near white, ever */
    r = r * LIGHT_MOST / (LIGHT_MOST + r), g = g * LIGHT_MOST / (LIGHT_MOST + g);
    b = b * LIGHT_MOST / (LIGHT_MOST + b);
    /* only what is near is touched: the sky and far lamps stay as dark as the rest */
    float ndv = p->nx * p->vx + p->ny * p->vy + p->nz * p->vz;
    float edge = 1.0f - shade_clamp01(ndv);
    float rim = here * edge * edge * own->rim;
    float seen = p->depth_m > 0 ? 1.0f : 0.0f;
    float ar = shade_mix(0.25f, p->r, 0.75f), ag = shade_mix(0.25f, p->g, 0.75f),
          ab = shade_mix(0.25f, p->b, 0.75f);
    return (hm_rgb){seen * ar * r + rim, seen * ag * g + rim, seen * ab * b + 1.25f * rim};
}

static void lit_tile(const raster_job *job, int32_t i_tile, raster_scratch *t);
#define PAINT_TILE lit_tile
#include "shade_tmpl.h"

/* May a light of this reach show within the tile? Its ball's circle in the picture, a little too
 * large. */
static bool reaches(const raster_job *job, const dark_light *l, float reach_m, float px0, float py0)
{
    const raster_view *v = &job->view;
    hm_vec3 d = hm_v3_sub(hm_v3(l->x_m, l->y_m, l->z_m), v->eye_m);
    float depth = hm_v3_dot(d, v->fwd), near_m = depth - reach_m;
    if (near_m < 0.3f)
        return depth > -reach_m;
    float x = v->cx_px + v->f_px * hm_v3_dot(d, v->right) / depth;
    float y = v->cy_px - v->f_px * hm_v3_dot(d, v->up) / depth;
    /* a ball off the axis shows as an ellipse: by its nearest depth and the slant of the ray */
    float far = hm_v3_len(d) / depth, r = v->f_px * reach_m / near_m * far;
    return x + r > px0 && x - r < px0 + RASTER_TILE && y + r > py0 && y - r < py0 + RASTER_TILE;
}

/* Over the ground: the light or its wave, whichever goes further. */
static float ground_m(const dark_light *l)
{
    float wave_m = l->wave > 0 ? l->wave_m + 1.0f / WAVE_INV_M : 0.0f;
    float reach_m = 1.0f / l->inv_reach;
    return wave_m > reach_m ? wave_m : reach_m;
}

void HOT(dark_tile)(const raster_job *job, int32_t i_tile, raster_scratch *t)
{
    const dark_own *all = job->paint.own ? job->paint.own : &none;
    dark_own own = {.ambient = all->ambient, .rim = all->rim};
    float px0 = (float)(i_tile % job->n_tx * RASTER_TILE);
    float py0 = (float)(i_tile / job->n_tx * RASTER_TILE);
    for (int32_t i = 0; i < all->n; i++)
        if (reaches(job, &all->light[i], ground_m(&all->light[i]), px0, py0))
            own.light[own.n++] = all->light[i];
    own.n_ground = own.n;
    for (int32_t i = 0; i < all->n; i++) {
        const dark_light *l = &all->light[i];
        if (!reaches(job, l, ground_m(l), px0, py0) &&
            reaches(job, l, 1.0f / (BODY_FRAC * l->inv_reach), px0, py0))
            own.light[own.n++] = *l;
    }
    raster_job here = *job;
    here.paint.own = &own;
    lit_tile(&here, i_tile, t);
}
