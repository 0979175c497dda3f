/* rain_splash.c - what feet throw up: a crown of drops at each footfall, water off the heel as it
 * leaves the ground, and rings that widen on the water after the runner has gone. Functions of the
 * step and its age alone. */
#include "noise_priv.h"
#include "rain_priv.h"

#include "num/dmath.h"

#define CROWN_S 0.34f
#define FLING_S 0.42f
#define RINGS_S 1.9f
#define G_MPS2  9.81f
#define NEAR_M  45.0f

enum { DROPS = 13, FLINGS = 8, N_RING = 3 };

/* A drop on its parabola, drawn out along its way. */
static void drop(const glow *g, hm_vec3 from_m, hm_vec3 v_mps, float age_s, float wide_m,
                 float bright)
{
    hm_vec3 v = hm_v3(v_mps.x, v_mps.y - G_MPS2 * age_s, v_mps.z);
    hm_vec3 p = hm_v3_mad(from_m, age_s, v_mps);
    p.y -= 0.5f * G_MPS2 * age_s * age_s;
    if (p.y < 0)
        return;
    hm_vec3 tail = hm_v3_mad(p, -0.019f, v);
    glow_line(g, p, tail, wide_m, (hm_rgb){0.90f * bright, 0.95f * bright, bright},
              (hm_rgb){0.35f * bright, 0.38f * bright, 0.40f * bright});
}

static void crown(const glow *g, const rain_step *s, float age_s, uint32_t key)
{
    float force = s->force;
    for (uint32_t i = 0; i < DROPS; i++) {
        float turn = 6.2832f * (noise_chance(key, i, 1) + (float)i) / DROPS;
        float out = force * (0.7f + 1.0f * noise_chance(key, i, 2));
        float up = force * (0.8f + 1.4f * noise_chance(key, i, 3));
        hm_vec3 v = hm_v3(out * hm_cosf(turn) + 0.5f * force * s->way_x, up,
                          out * hm_sinf(turn) + 0.5f * force * s->way_z);
        drop(g, hm_v3(s->x_m, 0.01f, s->z_m), v, age_s, 0.010f + 0.010f * noise_chance(key, i, 4),
             0.95f * (1 - age_s / CROWN_S) + 0.1f);
    }
}

/* Off the heel: up and back, as the foot is whipped up behind. */
static void fling(const glow *g, const rain_step *s, float age_s, uint32_t key)
{
    for (uint32_t i = 0; i < FLINGS; i++) {
        float late = 0.06f * noise_chance(key, i, 7);
        if (age_s < late)
            continue;
        float back = s->force * (0.6f + 1.8f * noise_chance(key, i, 5));
        float up = s->force * (1.2f + 1.6f * noise_chance(key, i, 6));
        float side = 0.5f * (noise_chance(key, i, 8) - 0.5f);
        hm_vec3 v = hm_v3(side - back * s->way_x, up, side - back * s->way_z);
        hm_vec3 at = hm_v3(s->x_m, 0.05f + 0.2f * late / 0.06f, s->z_m);
        drop(g, at, v, age_s - late, 0.007f + 0.007f * noise_chance(key, i, 9),
             0.80f * (1 - age_s / FLING_S) + 0.1f);
    }
}

static void waves(const glow *g, const rain_step *s, float age_s)
{
    for (int k = 0; k < N_RING; k++) {
        float age = age_s - 0.16f * (float)k;
        if (age <= 0)
            continue;
        float fade = 1 - age / RINGS_S, r_m = 0.05f + 0.48f * age;
        float bright = (0.62f - 0.15f * (float)k) * fade * fade * (0.35f + 0.65f * s->force);
        rain_ring(g, hm_v3(s->x_m, 0.005f, s->z_m), r_m, 0.010f + 0.008f * age, bright);
    }
}

static void step_water(const glow *g, const rain_step *s, double t_s, float height, uint32_t key)
{
    rain_step tall = *s;
    tall.force *= height;
    float on = (float)(t_s - s->on_s), off = (float)(t_s - s->off_s);
    if (on >= 0 && on < RINGS_S)
        waves(g, s, on);
    if (on >= 0 && on < CROWN_S)
        crown(g, &tall, on, key);
    if (off >= 0 && off < FLING_S && s->force > 0.35f)
        fling(g, &tall, off, key ^ 0x5151u);
}

void rain_splash(const look_drawing *d, const glow *g, const hm_camera *c)
{
    const rain_opts *o = d->film->own;
    double t_s = d->moment->race_t_s;
    float height = (float)o->splash_frac;
    for (int32_t i = 0; height > 0 && i < d->film->race->n_lane; i++)
        for (int32_t from = 0; from < 3; from++) {
            for (int32_t k = rain_step_after(d, i, from, t_s); k > 0;) {
                rain_step s = rain_step_of(d, i, from, --k);
                if (s.on_s < t_s - 3.0)
                    break;
                float dx = s.x_m - c->eye_m.x, dz = s.z_m - c->eye_m.z;
                if (dx * dx + dz * dz < NEAR_M * NEAR_M)
                    step_water(g, &s, t_s, height, (uint32_t)(i * 8 + from) * 1024u + (uint32_t)k);
            }
        }
}
