/* rain_fall.c - falling drops as streaks of the length that they fall while the shutter is open,
 * and rings where they hit. Drops live in cells of the world, so each is where it is from any
 * camera. They shine where a lamp stands behind them or near them. */
#include "noise_priv.h"
#include "rain_priv.h"

#include <math.h>

#include "num/dmath.h"

#define FALL_MPS    8.5f   /* large drops near the ground: 8 to 9 m/s (recalled) */
#define SHUTTER_S   0.021f /* half of 1/24 s */
#define CELL_M      1.6f
#define HIGH_M      7.0f /* drops come from here */
#define RING_S      0.35f
#define RING_CELL_M 0.55f

enum { REACH = 9, PER_CELL = 9, RING_REACH = 10, RING_SIDE = 12 };

/* How a drop shines: against the lamps behind it, and in the light of one that stands near. */
static float shine(const rain_light *l, hm_vec3 at_m, hm_vec3 dir)
{
    float k = 0.30f;
    for (int i = 0; i < l->n_far; i++) {
        float off = 1 - hm_v3_dot(dir, l->far_dir[i]);
        k += l->far_glow[i] * 1.3f / (1 + 260 * off);
    }
    for (int i = 0; i < l->n_near; i++)
        k += rain_beam(&l->near[i], at_m);
    return k;
}

static void streaks(const look_drawing *d, const glow *g, const rain_light *l, const hm_camera *c,
                    float amount, float wind_mps)
{
    float t_s = (float)(d->moment->film_t_s + 60.0);
    hm_vec3 way = hm_v3(-0.02f, FALL_MPS * SHUTTER_S, -wind_mps * 0.5f * SHUTTER_S);
    int32_t cx = (int32_t)floorf(c->eye_m.x / CELL_M), cz = (int32_t)floorf(c->eye_m.z / CELL_M);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    for (int32_t x = cx - REACH; x <= cx + REACH; x++)
        for (int32_t z = cz - REACH; z <= cz + REACH; z++) {
            hm_vec3 mid = hm_v3(((float)x + 0.5f) * CELL_M, c->eye_m.y, ((float)z + 0.5f) * CELL_M);
            if (hm_v3_dot(hm_v3_sub(mid, c->eye_m), ahead) < -CELL_M)
                continue;
            for (uint32_t i = 0; i < PER_CELL; i++) {
                uint32_t ux = (uint32_t)x, uz = (uint32_t)z * 64u + i;
                if (noise_chance(ux, uz, 1) * PER_CELL > amount * 6.0f)
                    continue;
                float fall = t_s * FALL_MPS / HIGH_M + noise_chance(ux, uz, 2);
                uint32_t round = (uint32_t)fall; /* each fall at a new place of its cell */
                float y = HIGH_M * (1.0f - (fall - (float)round));
                float px = ((float)x + noise_chance(ux, uz, 11u + round)) * CELL_M;
                float pz = ((float)z + noise_chance(ux, uz, 12345u + round)) * CELL_M;
                hm_vec3 p = hm_v3(px, y, pz - 0.5f * wind_mps / FALL_MPS * y);
                hm_vec3 to = hm_v3_sub(p, c->eye_m);
                float far = hm_v3_len(to);
                if (far < 0.45f || rain_is_roofed(&l->place, p))
                    continue;
                float k = 0.50f * shine(l, p, hm_v3_mul(to, 1 / far)) / (1 + 0.03f * far);
                k = k < 0.9f ? k : 0.9f;
                hm_rgb low = {0.86f * k, 0.92f * k, k},
                       high = {0.5f * low.r, 0.5f * low.g, 0.5f * low.b};
                glow_line(g, p, hm_v3_add(p, way), 0.0032f, low, high);
            }
        }
}

void rain_ring(const glow *g, hm_vec3 at_m, float r_m, float wide_m, float bright)
{
    hm_vec3 toward = hm_v3_unit(hm_v3_sub(at_m, g->view.eye_m));
    hm_vec3 was = {0, 0, 0};
    float lit_was = 0;
    for (int i = 0; i <= RING_SIDE; i++) {
        float turn = 6.2831853f * (float)i / RING_SIDE;
        float cx = hm_cosf(turn), cz = hm_sinf(turn);
        hm_vec3 p = hm_v3(at_m.x + r_m * cx, at_m.y, at_m.z + r_m * cz);
        /* the side that leans toward the light behind it */
        float lit = bright * (0.55f + 0.45f * (cx * toward.x + cz * toward.z));
        if (i > 0)
            glow_piece(g, was, p, wide_m, (hm_rgb){0.85f * lit_was, 0.92f * lit_was, lit_was},
                       (hm_rgb){0.85f * lit, 0.92f * lit, lit});
        was = p, lit_was = lit;
    }
}

static void rings(const look_drawing *d, const glow *g, const rain_light *l, const hm_camera *c,
                  float amount)
{
    float t_s = (float)(d->moment->film_t_s + 60.0);
    int32_t cx = (int32_t)floorf(c->eye_m.x / RING_CELL_M);
    int32_t cz = (int32_t)floorf(c->eye_m.z / RING_CELL_M);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    for (int32_t x = cx - RING_REACH; x <= cx + RING_REACH; x++)
        for (int32_t z = cz - RING_REACH; z <= cz + RING_REACH; z++) {
            float gx = (float)x * RING_CELL_M - c->eye_m.x,
                  gz = (float)z * RING_CELL_M - c->eye_m.z;
            if (gx * ahead.x + gz * ahead.z < -RING_CELL_M)
                continue;
            for (uint32_t i = 0; i < 2; i++) {
                uint32_t ux = (uint32_t)x, uz = (uint32_t)z * 2u + i;
                float turn = t_s / (2.2f * RING_S) + noise_chance(ux, uz, 5);
                uint32_t round = (uint32_t)turn;
                float age = (turn - (float)round) * 2.2f;
                if (age >= 1 || noise_chance(ux, uz, 99u + round) > amount * 0.75f)
                    continue;
                float px = ((float)x + noise_chance(ux, uz, 777u + round)) * RING_CELL_M;
                float pz = ((float)z + noise_chance(ux, uz, 8888u + round)) * RING_CELL_M;
                float r_m = 0.008f + 0.085f * age;
                hm_vec3 at = hm_v3(px, 0.004f, pz);
                if (rain_is_roofed(&l->place, at) || px > (float)l->place.left_m + 0.02f)
                    continue; /* nor on grass */
                rain_ring(g, at, r_m, 0.0035f, 0.34f * (1 - age));
                if (age < 0.22f) /* the drop that springs back */
                    glow_line(g, hm_v3(px, 0.0f, pz), hm_v3(px, 0.10f * age + 0.012f, pz), 0.004f,
                              (hm_rgb){0.4f, 0.43f, 0.46f}, (hm_rgb){0.5f, 0.55f, 0.6f});
            }
        }
}

/* Water that runs off the edge of a roof: beads one after the other, faster as they fall. */
static void eaves(const look_drawing *d, const glow *g, const rain_light *l)
{
    enum { BEADS = 3, STRINGS = 15 };
    const rain_place *p = &l->place;
    float t_s = (float)(d->moment->film_t_s + 60.0);
    for (int gate = 0; gate < 2; gate++)
        for (uint32_t s = 0; s < STRINGS; s++) {
            float z0 = (float)(gate ? p->exit_z_m : p->gate_z_m) - 1.45f;
            float z = z0 + 2.9f * ((float)s + 0.7f * noise_chance(s, 3, 61)) / STRINGS;
            float every = 0.34f + 0.5f * noise_chance(s, (uint32_t)gate, 62);
            for (uint32_t b = 0; b < BEADS; b++) {
                float turn = t_s / every + noise_chance(s, b, 63);
                float age = (turn - floorf(turn)) * every + (float)b * every;
                float y = RAIN_ROOF_M - 0.5f * 9.81f * age * age, v = 9.81f * age + 0.6f;
                if (y < 0)
                    continue;
                hm_vec3 low = hm_v3((float)p->gate_out_m + 0.06f, y, z);
                hm_vec3 top = hm_v3(low.x, y + v * 0.018f + 0.01f, z);
                glow_line(g, low, top, 0.006f, (hm_rgb){0.60f, 0.64f, 0.68f},
                          (hm_rgb){0.25f, 0.28f, 0.31f});
            }
            rain_ring(g, hm_v3((float)p->gate_out_m + 0.06f, 0.004f, z),
                      0.02f + 0.10f * (t_s / every - floorf(t_s / every)), 0.004f, 0.22f);
        }
}

void rain_fall(const look_drawing *d, const glow *g, const rain_light *l, const hm_camera *c)
{
    const rain_opts *o = d->film->own;
    const hm_race *race = d->film->race;
    float wind_mps = race->has_wind ? (float)race->wind_mps : 0.6f, amount = (float)o->drops_frac;
    if (amount <= 0)
        return;
    rings(d, g, l, c, amount);
    if (l->has_gates)
        eaves(d, g, l);
    streaks(d, g, l, c, amount, wind_mps);
}
