#include "tone_map_priv.h"

#include <math.h>

#include "num/dmath.h"

static const float rare_weight = 1.2f;  /* of a tone's rarity against its distance; own choice */
static const float follow_frac = 0.12f; /* share by which a plot changes in a drawing */
static const float few = 8;             /* cells below which the part as a whole is asked */
enum { LEAST = 4 };                     /* cells that change a plot */

static int32_t plot_of(const roto_body *body, int part, roto_xy p)
{
    const roto_bone *o = &body->bone[part];
    float ax = o->b.x - o->a.x, ay = o->b.y - o->a.y, px = p.x - o->a.x, py = p.y - o->a.y;
    float len2 = ax * ax + ay * ay + 1e-6f, u = roto_clamp((px * ax + py * ay) / len2, 0, 1);
    float half = o->half_a_px + u * (o->half_b_px - o->half_a_px) + 1e-3f;
    float v = 0.5f + 0.5f * (py * ax - px * ay) / (sqrtf(len2) * half);
    int iu = (int)(u * (ROTO_MAP_ALONG - 0.01f));
    int iv = (int)(roto_clamp(v, 0, 1) * (ROTO_MAP_ACROSS - 0.01f));
    return (roto_kind(part) * ROTO_MAP_ALONG + iu) * ROTO_MAP_ACROSS + iv;
}

void roto_tone_map_place(const roto_cells *w, float where[])
{
    ROTO_EACH (i, &w->win) {
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        where[i] = w->part[i] == ROTO_NONE ? -1 : (float)plot_of(&w->body, w->part[i], p);
    }
}

void roto_tone_map_rare(const roto_tone_map *m, int32_t tone, const float kind_share[],
                        float rare[ROTO_MAP_PLOT])
{
    for (int32_t k = 0; k < ROTO_MAP_PLOT; k++) {
        float of_kind = kind_share[k / (ROTO_MAP_ALONG * ROTO_MAP_ACROSS)];
        float share = (m->n[k] * m->share[tone][k] + few * of_kind) / (m->n[k] + few);
        rare[k] = rare_weight * (float)-hm_log((double)share + 0.015);
    }
}

void roto_tone_map_follow(roto_tone_map *m, int32_t n_tone, const roto_cells *w,
                          const float where[], const uint8_t seen[], bool first)
{
    int32_t count[ROTO_TONE_MAX][ROTO_MAP_PLOT] = {{0}}, all[ROTO_MAP_PLOT] = {0};
    ROTO_EACH (i, &w->win) {
        if (w->alpha[i] < 0.8f || where[i] < 0 || seen[i] == ROTO_NONE)
            continue;
        int32_t k = (int32_t)where[i];
        count[seen[i]][k]++, all[k]++;
    }
    for (int32_t k = 0; k < ROTO_MAP_PLOT; k++) {
        if (all[k] < LEAST)
            continue;
        float by = first || m->n[k] <= 0 ? 1 : follow_frac;
        for (int32_t t = 0; t < n_tone; t++)
            m->share[t][k] += by * ((float)count[t][k] / (float)all[k] - m->share[t][k]);
        m->n[k] += by * ((float)all[k] - m->n[k]);
    }
}
