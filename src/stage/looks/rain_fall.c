/* rain_fall.c - falling drops as streaks of the length that they fall while the shutter is open,
 * and rings where they hit. Drops live in cells of the world, so each is where it is from any
 * camera. */
#include "noise_priv.h"
#include "rain_priv.h"
#include "soup_priv.h"

#include <math.h>

#include "num/dmath.h"

#define FALL_MPS    8.5f   /* large drops near the ground: 8 to 9 m/s (recalled) */
#define SHUTTER_S   0.021f /* half of 1/24 s */
#define CELL_M      1.6f
#define HIGH_M      7.0f /* drops come from here */
#define RING_S      0.35f
#define RING_CELL_M 0.55f

enum { REACH = 8, PER_CELL = 7, STREAK_MAX = 4600, RING_REACH = 9, RING_MAX = 420, RING_SIDE = 16 };

/* One streak; its width is kept at a good part of a pixel so that far ones do not break up. */
static void streak(soup *s, const hm_camera *c, hm_vec3 low_m, hm_vec3 way_m, float px_frac)
{
    hm_vec3 eye = hm_v3_sub(low_m, c->eye_m);
    float depth = hm_v3_len(eye);
    if (depth < 0.5f)
        return;
    float px_m = px_frac * depth;
    float w = 0.0015f > 0.42f * px_m ? 0.0015f : 0.42f * px_m;
    hm_vec3 aside = hm_v3_mul(hm_v3_unit(hm_v3_cross(eye, way_m)), w);
    float bright = 0.62f / (1.0f + 0.06f * depth);
    int32_t a = soup_put(s, hm_v3_sub(low_m, aside), bright),
            b = soup_put(s, hm_v3_add(low_m, aside), bright);
    int32_t t = soup_put(s, hm_v3_add(low_m, way_m), 0.6f * bright);
    soup_join(s, a, b, t);
}

static void streaks(const look_drawing *d, const hm_camera *c, float amount, float wind_mps,
                    soup *s)
{
    float t_s = (float)(d->moment->film_t_s + 60.0);
    hm_vec3 way = hm_v3(-0.02f, FALL_MPS * SHUTTER_S, -wind_mps * 0.5f * SHUTTER_S);
    float px_frac = 2.0f * (float)hm_tan(0.5 * (double)c->vfov_rad) / (float)d->film->h_px;
    int32_t cx = (int32_t)floorf(c->eye_m.x / CELL_M), cz = (int32_t)floorf(c->eye_m.z / CELL_M);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    for (int32_t x = cx - REACH; x <= cx + REACH; x++)
        for (int32_t z = cz - REACH; z <= cz + REACH; z++) {
            hm_vec3 mid = hm_v3(((float)x + 0.5f) * CELL_M, c->eye_m.y, ((float)z + 0.5f) * CELL_M);
            if (hm_v3_dot(hm_v3_sub(mid, c->eye_m), ahead) < -CELL_M)
                continue;
            for (uint32_t i = 0; i < PER_CELL && s->n_tri < s->tri_max; i++) {
                uint32_t ux = (uint32_t)x, uz = (uint32_t)z * 64u + i;
                if (noise_chance(ux, uz, 1) * PER_CELL > amount * 5.0f)
                    continue;
                float fall = t_s * FALL_MPS / HIGH_M + noise_chance(ux, uz, 2);
                uint32_t round = (uint32_t)fall; /* each fall at a new place of its cell */
                float y = HIGH_M * (1.0f - (fall - (float)round));
                float px = ((float)x + noise_chance(ux, uz, 11u + round)) * CELL_M;
                float pz = ((float)z + noise_chance(ux, uz, 12345u + round)) * CELL_M;
                streak(s, c, hm_v3(px, y, pz - 0.5f * wind_mps / FALL_MPS * y), way, px_frac);
            }
        }
}

static void rings(const look_drawing *d, const hm_camera *c, float amount, soup *s)
{
    float t_s = (float)(d->moment->film_t_s + 60.0);
    int32_t cx = (int32_t)floorf(c->eye_m.x / RING_CELL_M);
    int32_t cz = (int32_t)floorf(c->eye_m.z / RING_CELL_M);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    for (int32_t x = cx - RING_REACH; x <= cx + RING_REACH; x++)
        for (int32_t z = cz - RING_REACH; z <= cz + RING_REACH; z++) {
            float gx = (float)x * RING_CELL_M - c->eye_m.x,
                  gz = (float)z * RING_CELL_M - c->eye_m.z;
            if (gx * ahead.x + gz * ahead.z < 0 || s->n_tri + 2 * RING_SIDE > s->tri_max)
                continue;
            float turn = t_s / (2.2f * RING_S) + noise_chance((uint32_t)x, (uint32_t)z, 5);
            uint32_t round = (uint32_t)turn;
            float age = (turn - (float)round) * 2.2f;
            if (age >= 1 || noise_chance((uint32_t)x, (uint32_t)z, 99u + round) > amount * 0.8f)
                continue;
            float px =
                ((float)x + noise_chance((uint32_t)x, (uint32_t)z, 777u + round)) * RING_CELL_M;
            float pz =
                ((float)z + noise_chance((uint32_t)x, (uint32_t)z, 8888u + round)) * RING_CELL_M;
            float r_m = 0.02f + 0.10f * age;
            soup_ring(s, hm_v3(px, 0.004f, pz), r_m, 0.004f + 0.015f * r_m, RING_SIDE,
                      0.15f * (1 - age), 1);
        }
}

hm_status rain_fall(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const rain_opts *o = d->film->own;
    const hm_race *race = d->film->race;
    float wind_mps = race->has_wind ? (float)race->wind_mps : 0.6f, amount = (float)o->drops_frac;
    soup fall, hit;
    if (amount <= 0)
        return HM_OK;
    HM_TRY(soup_init(&fall, 3 * STREAK_MAX, STREAK_MAX, d->scratch, err));
    HM_TRY(soup_init(&hit, 2 * RING_SIDE * RING_MAX, 2 * RING_SIDE * RING_MAX, d->scratch, err));
    streaks(d, &s->scene->camera, amount, wind_mps, &fall);
    rings(d, &s->scene->camera, amount, &hit);
    if (fall.n_tri)
        s->object[s->scene->n_object++] = soup_object(&fall);
    if (hit.n_tri)
        s->object[s->scene->n_object++] = soup_object(&hit);
    return HM_OK;
}
