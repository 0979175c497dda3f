/* tests/support/capsules.h - a small scene to draw without bodies or a venue: runners made of
 * capsules on a track. For tests of pictures, the determinism check and the drawing bench. */
#ifndef CAPSULES_H
#define CAPSULES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "body/mesh.h"
#include "num/dmath.h"
#include "stage/scene.h"

typedef struct capsule_mesh {
    hm_vec3 *pos, *nrm, *rest;
    int32_t (*tri)[3];
    uint8_t *part;
    int32_t n_vert, n_tri;
    int32_t n_side, n_ring; /* fineness */
} capsule_mesh;

typedef struct capsule_colours {
    hm_rgb skin, kit;
} capsule_colours;

typedef struct capsule_scene {
    hm_scene scene;
    hm_object object[17];
    capsule_colours colour[16];
    int32_t n_runner, n_tri;
} capsule_scene;

static inline int32_t capsule_vert(capsule_mesh *m, hm_vec3 c, float r, hm_vec3 n)
{
    m->pos[m->n_vert] = m->rest[m->n_vert] = hm_v3_mad(c, r, n);
    m->nrm[m->n_vert] = n;
    return m->n_vert++;
}

static inline void capsule_tri(capsule_mesh *m, int32_t a, int32_t b, int32_t c, uint8_t part)
{
    m->tri[m->n_tri][0] = a, m->tri[m->n_tri][1] = b, m->tri[m->n_tri][2] = c;
    m->part[m->n_tri++] = part;
}

/* One limb from a to b, thick ra and rb. */
static inline void capsule_limb(capsule_mesh *m, hm_vec3 a, hm_vec3 b, float ra, float rb, int part)
{
    hm_vec3 d = hm_v3_unit(hm_v3_sub(b, a));
    hm_vec3 side = fabsf(d.y) < 0.9f ? hm_v3(0, 1, 0) : hm_v3(1, 0, 0);
    hm_vec3 u = hm_v3_unit(hm_v3_cross(d, side)), w = hm_v3_cross(d, u);
    int32_t base = m->n_vert;
    for (int i = 0; i <= m->n_ring; i++) {
        float phi = 3.14159265f *
                    ((float)i + (i == 0           ? 0.02f
                                 : i == m->n_ring ? -0.02f
                                                  : 0)) /
                    (float)m->n_ring;
        float along = -hm_cosf(phi), out = hm_sinf(phi);
        for (int k = 0; k < m->n_side; k++) {
            float th = 6.2831853f * (float)k / (float)m->n_side;
            hm_vec3 n = hm_v3_add(hm_v3_mul(u, out * hm_cosf(th)), hm_v3_mul(w, out * hm_sinf(th)));
            n = hm_v3_mad(n, along, d);
            capsule_vert(m, i > m->n_ring / 2 ? b : a, i > m->n_ring / 2 ? rb : ra, n);
        }
    }
    for (int i = 0; i < m->n_ring; i++)
        for (int k = 0; k < m->n_side; k++) {
            int32_t p = base + i * m->n_side + k, q = base + i * m->n_side + (k + 1) % m->n_side;
            capsule_tri(m, p, q, q + m->n_side, (uint8_t)part);
            capsule_tri(m, p, q + m->n_side, p + m->n_side, (uint8_t)part);
        }
}

enum { CAPSULE_LIMBS = 13 };

static inline bool capsule_mesh_init(capsule_mesh *m, hm_arena *a, int32_t n_side, int32_t n_ring)
{
    int32_t nv = CAPSULE_LIMBS * n_side * (n_ring + 1), nt = CAPSULE_LIMBS * n_side * n_ring * 2;
    *m = (capsule_mesh){.n_side = n_side, .n_ring = n_ring};
    m->pos = HM_PUSH(a, hm_vec3, nv);
    m->nrm = HM_PUSH(a, hm_vec3, nv);
    m->rest = HM_PUSH(a, hm_vec3, nv);
    m->tri = hm_arena_push(a, (size_t)nt, sizeof *m->tri);
    m->part = HM_PUSH(a, uint8_t, nt);
    return m->pos && m->nrm && m->rest && m->tri && m->part;
}

/* A runner in mid-stride at (x, z); k = -1 .. 1 says which leg leads. */
static inline void capsule_runner(capsule_mesh *m, float x, float z, float k)
{
    hm_vec3 o = hm_v3(x, 0, z);
#define CAPSULE_AT(a, b, c) hm_v3_add(o, hm_v3((a), (b), (c)))
    hm_vec3 hip = CAPSULE_AT(0, 0.95f, 0), chest = CAPSULE_AT(0, 1.40f, 0.08f);
    capsule_limb(m, hip, chest, 0.15f, 0.17f, HM_PART_TORSO);
    capsule_limb(m, chest, CAPSULE_AT(0, 1.6f, 0.1f), 0.06f, 0.06f, HM_PART_NECK);
    capsule_limb(m, CAPSULE_AT(0, 1.6f, 0.12f), CAPSULE_AT(0, 1.72f, 0.12f), 0.085f, 0.1f,
                 HM_PART_HEAD);
    for (int s = 0; s < 2; s++) {
        float q = s ? -0.1f : 0.1f, f = s ? -k : k, lift = s ? 0.18f : 0.0f;
        hm_vec3 knee = CAPSULE_AT(q, 0.58f + 0.7f * lift, 0.3f * f);
        hm_vec3 ankle = CAPSULE_AT(q, 0.12f + lift, 0.3f * f - 0.25f);
        capsule_limb(m, CAPSULE_AT(q, 0.92f, 0), knee, 0.095f, 0.065f, HM_PART_LEG_L + s);
        capsule_limb(m, knee, ankle, 0.06f, 0.04f, HM_PART_LEG_L + s);
        capsule_limb(m, hm_v3_add(ankle, hm_v3(0, -0.05f, -0.02f)),
                     hm_v3_add(ankle, hm_v3(0, -0.08f, 0.14f)), 0.045f, 0.035f, HM_PART_FOOT_L + s);
        hm_vec3 elbow = CAPSULE_AT(2.6f * q, 1.1f, -0.25f * f);
        capsule_limb(m, CAPSULE_AT(2 * q, 1.38f, 0.08f), elbow, 0.055f, 0.04f, HM_PART_ARM_L + s);
        capsule_limb(m, elbow, CAPSULE_AT(2 * q, 1.15f, 0.25f - 0.25f * f), 0.04f, 0.032f,
                     HM_PART_ARM_L + s);
    }
#undef CAPSULE_AT
}

static inline void capsule_surface(const void *ctx, const hm_frag *f, hm_surface *o)
{
    const capsule_colours *c = ctx;
    bool shoe = f->part == HM_PART_FOOT_L || f->part == HM_PART_FOOT_R;
    bool leg = f->part == HM_PART_LEG_L || f->part == HM_PART_LEG_R;
    bool kit = f->part == HM_PART_TORSO || (leg && f->rest_m.y > 0.7f);
    o->albedo = shoe ? (hm_rgb){0.95f, 0.4f, 0.2f} : kit ? c->kit : c->skin;
    o->id = shoe ? 3 : kit ? 2 : 1;
    o->gloss = kit ? 0.0f : 1.0f;
}

static inline void capsule_track(const void *ctx, const hm_frag *f, hm_surface *o)
{
    (void)ctx;
    float lane = f->pos_m.x * (1.0f / 1.22f), off = lane - floorf(lane + 0.5f);
    float k = (0.02f - fabsf(off)) * 1.22f / f->px_m + 0.5f;
    k = fabsf(lane) > 4.5f ? 0.0f : k > 0 ? (k < 1 ? k : 1) : 0;
    hm_rgb t = fabsf(lane) < 4.52f ? (hm_rgb){0.78f, 0.36f, 0.27f} : (hm_rgb){0.36f, 0.62f, 0.33f};
    o->albedo = (hm_rgb){t.r + k * (0.97f - t.r), t.g + k * (0.97f - t.g), t.b + k * (0.97f - t.b)};
}

static inline hm_rgb capsule_sky(const void *ctx, hm_vec3 d)
{
    (void)ctx;
    float t = d.y * 2.4f;
    t = t > 0 ? (t < 1 ? t : 1) : 0;
    return (hm_rgb){0.93f - 0.51f * t, 0.95f - 0.27f * t, 0.96f - 0.03f * t};
}

static inline void capsule_ground(hm_object *o)
{
    static const hm_vec3 corner[4] = {
        {-100, 0, -100}, {100, 0, -100}, {100, 0, 300}, {-100, 0, 300}};
    static const int32_t tri[2][3] = {{0, 2, 1}, {0, 3, 2}};
    *o = (hm_object){.n_vert = 4,
                     .n_tri = 2,
                     .pos_m = corner,
                     .tri = tri,
                     .surface = capsule_track,
                     .flags = HM_OBJECT_GROUND};
}

static inline hm_camera capsule_camera(int i)
{
    static const hm_camera table[4] = {
        {{1.2f, 1.3f, 57.5f}, {-0.2f, 1.0f, 50.0f}, 0.66f, 0.0f, 0.2f}, /* low, three-quarter */
        {{2.2f, 1.5f, 52.6f}, {1.83f, 1.35f, 50.2f}, 0.5f, 0.0f, 0.2f}, /* close */
        {{14.0f, 2.5f, 50.0f}, {0, 1.0f, 50.0f}, 0.5f, 0.05f, 0.2f},    /* from the side, rolled */
        {{30.0f, 12.0f, 20.0f}, {0, 1.0f, 50.0f}, 0.35f, 0.0f, 0.2f},   /* far and high */
    };
    return table[i & 3];
}

/* n runners (up to 16) with about n_side * n_ring * 26 triangles each, on a track. */
static inline bool capsule_scene_init(capsule_scene *s, hm_arena *a, int32_t n, int32_t n_side,
                                      int32_t n_ring)
{
    static const capsule_colours colour[4] = {{{0.80f, 0.60f, 0.45f}, {0.95f, 0.75f, 0.1f}},
                                              {{0.93f, 0.76f, 0.62f}, {0.15f, 0.35f, 0.8f}},
                                              {{0.45f, 0.28f, 0.2f}, {0.1f, 0.6f, 0.4f}},
                                              {{0.35f, 0.2f, 0.15f}, {0.8f, 0.1f, 0.15f}}};
    *s = (capsule_scene){.n_runner = n};
    for (int32_t i = 0; i < n; i++) {
        capsule_mesh m;
        if (!capsule_mesh_init(&m, a, n_side, n_ring))
            return false;
        capsule_runner(&m, (3.5f - (float)(i % 8)) * 1.22f, 50.0f + 0.25f * (float)((i * 5) % 7),
                       hm_sinf(1.2f + (float)i));
        s->colour[i] = colour[i % 4];
        s->n_tri += m.n_tri;
        s->object[i] = (hm_object){m.n_vert,
                                   m.n_tri,
                                   m.pos,
                                   m.nrm,
                                   m.rest,
                                   (const int32_t(*)[3])m.tri,
                                   m.part,
                                   capsule_surface,
                                   &s->colour[i],
                                   HM_OBJECT_SHADOW | HM_OBJECT_INK,
                                   (uint16_t)(i + 1),
                                   NULL};
    }
    capsule_ground(&s->object[n]);
    s->scene = (hm_scene){.n_object = n + 1,
                          .object = s->object,
                          .sky = capsule_sky,
                          .light = {hm_v3_unit(hm_v3(-0.5f, 0.9f, 0.55f)),
                                    {1.0f, 1.0f, 0.98f},
                                    {0.95f, 0.97f, 1.05f},
                                    {1.1f, 0.85f, 0.75f}},
                          .camera = capsule_camera(0),
                          .haze = {0.8f, 0.88f, 0.95f},
                          .haze_per_m = 0.004f};
    return true;
}

#endif
