/* rain_world.c - what stands about in the rain, seen from near: the gates, umbrellas and who holds
 * them, a coat over the wall, lamps on towers, the kerb with its gutter and drains, the jackets in
 * the baskets. Meshes are built once; what moves (water) is painted by the time. */
#include "noise_priv.h"
#include "props_priv.h"
#include "rain_priv.h"

#include "base/rng.h"

/* Parts of the things. */
enum {
    W_CANVAS,
    W_CANVAS_IN,
    W_STEEL,
    W_CONCRETE,
    W_WATER,
    W_GRATE,
    W_COAT,
    W_LINING,
    W_TOWEL,
    W_BODY_A,
    W_BODY_B,
    W_BODY_C,
    W_SKIN_A,
    W_SKIN_B,
    W_TROUSERS,
    W_UMBRELLA /* + colour */
};

enum { N_UMBRELLA_COLOUR = 6, N_STAND = 40 };

static const hm_rgb colour[W_UMBRELLA + N_UMBRELLA_COLOUR] = {
    [W_CANVAS] = {0.20f, 0.23f, 0.27f},       [W_CANVAS_IN] = {0.13f, 0.13f, 0.14f},
    [W_STEEL] = {0.42f, 0.44f, 0.47f},        [W_CONCRETE] = {0.38f, 0.39f, 0.40f},
    [W_WATER] = {0.10f, 0.12f, 0.15f},        [W_GRATE] = {0.22f, 0.23f, 0.24f},
    [W_COAT] = {0.62f, 0.50f, 0.33f},         [W_LINING] = {0.45f, 0.16f, 0.14f},
    [W_TOWEL] = {0.85f, 0.84f, 0.80f},        [W_BODY_A] = {0.16f, 0.20f, 0.28f},
    [W_BODY_B] = {0.30f, 0.20f, 0.18f},       [W_BODY_C] = {0.22f, 0.24f, 0.20f},
    [W_SKIN_A] = {0.66f, 0.48f, 0.38f},       [W_SKIN_B] = {0.40f, 0.27f, 0.20f},
    [W_TROUSERS] = {0.12f, 0.12f, 0.14f},     [W_UMBRELLA] = {0.10f, 0.11f, 0.13f},
    [W_UMBRELLA + 1] = {0.55f, 0.10f, 0.12f}, [W_UMBRELLA + 2] = {0.12f, 0.22f, 0.46f},
    [W_UMBRELLA + 3] = {0.78f, 0.76f, 0.70f}, [W_UMBRELLA + 4] = {0.62f, 0.46f, 0.10f},
    [W_UMBRELLA + 5] = {0.10f, 0.30f, 0.24f}};

/* Water that runs along the gutter: crests that travel, finer ones on top. */
static void water(const hm_frag *f, float t_s, hm_surface *out)
{
    float z = f->pos_m.z, x = f->pos_m.x;
    float crest = noise_at(x * 21.0f, (z - 0.85f * t_s) * 5.0f, 71u);
    float fine = noise_at(x * 62.0f + 4.0f * crest, (z - 1.15f * t_s) * 17.0f, 72u);
    float slow = noise_at(x * 6.0f, z * 1.2f, 73u); /* where it meets something it stands */
    float k = 0.45f * crest + 0.62f * fine + 0.20f * slow;
    float bright = k > 0.24f ? (k - 0.24f) * 2.2f : 0;
    bright = bright < 1 ? bright : 1;
    float px = f->px_m * 40.0f;
    bright *= px < 1 ? 1 : 1 / px;
    *out = (hm_surface){
        .albedo = {0.16f + 0.74f * bright, 0.19f + 0.76f * bright, 0.24f + 0.76f * bright},
        .emit = 0.12f + 0.55f * bright};
}

/* Iron bars over a hole. */
static void grate(const hm_frag *f, hm_surface *out)
{
    float bar = f->pos_m.z * 16.0f;
    bar -= (float)venue_floor(bar);
    float hole = venue_step(0.42f, 0.50f, bar) * (1 - venue_step(0.92f, 1.0f, bar));
    float fade = 1 / (1 + 40 * f->px_m);
    float k = 1 - 0.85f * hole * fade;
    *out = (hm_surface){.albedo = {0.26f * k, 0.27f * k, 0.29f * k}, .gloss = 0.6f};
    out->ink = 0.5f * hole * fade;
}

static void thing_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const rain_now *now = ctx;
    if (f->part == W_WATER) {
        water(f, now->t_s, out);
        return;
    }
    if (f->part == W_GRATE) {
        grate(f, out);
        return;
    }
    hm_rgb c = colour[f->part];
    *out = (hm_surface){.albedo = c, .id = f->part};
    if (f->part == W_CANVAS_IN) { /* seams */
        float seam = f->pos_m.x * 1.1f;
        seam -= (float)venue_floor(seam);
        out->ink = seam < 0.03f ? 0.5f : 0;
    } else if (f->part == W_COAT) { /* folds, wet at the shoulders */
        float fold = noise_at(f->pos_m.z * 16.0f, f->pos_m.y * 3.0f, 77u);
        float k = 0.82f + 0.22f * fold;
        out->albedo = (hm_rgb){c.r * k, c.g * k, c.b * k};
        out->ink = fold > 0.62f ? 0.35f : 0;
    } else if (f->part >= W_UMBRELLA) { /* taut between ribs, drops on it */
        float k = 0.9f + 0.35f * noise_at(f->pos_m.x * 60.0f, f->pos_m.z * 60.0f, 78u);
        out->albedo = (hm_rgb){c.r * k, c.g * k, c.b * k};
        out->gloss = 0.5f;
    }
}

/* ---- pieces ---- */

static void tri(venue_mesh *m, hm_vec3 a, hm_vec3 b, hm_vec3 c, uint8_t part)
{
    const hm_vec3 q[4] = {a, b, c, c};
    venue_mesh_quad(m, q, NULL, part);
}

/* An open umbrella over a hand: eight ribs, the edge drawn in between them. */
static void umbrella(venue_mesh *m, hm_vec3 top_m, float r_m, hm_vec3 hand_m, uint8_t part)
{
    enum { RIB = 8 };
    hm_vec3 axis = hm_v3_unit(hm_v3_sub(top_m, hand_m));
    hm_vec3 u = hm_v3_unit(hm_v3_cross(hm_v3(0, 0, 1), axis)), v = hm_v3_cross(axis, u);
    hm_vec3 mid[RIB], edge[RIB];
    for (int i = 0; i < RIB; i++) {
        float c = venue_wave((float)i / RIB + 0.25f), s = venue_wave((float)i / RIB);
        hm_vec3 out = hm_v3_add(hm_v3_mul(u, c), hm_v3_mul(v, s));
        mid[i] = hm_v3_mad(hm_v3_mad(top_m, 0.62f * r_m, out), -0.13f * r_m, axis);
        edge[i] = hm_v3_mad(hm_v3_mad(top_m, r_m, out), -0.40f * r_m, axis);
    }
    for (int i = 0; i < RIB; i++) {
        int j = (i + 1) % RIB;
        tri(m, top_m, mid[i], mid[j], part);
        const hm_vec3 q[4] = {mid[i], edge[i], edge[j], mid[j]};
        venue_mesh_quad(m, q, NULL, part);
    }
    venue_mesh_tube(m, hand_m, hm_v3_mad(top_m, 0.06f, axis), 0.010f, 0.008f, 4, W_STEEL);
}

/* Somebody who waits behind the boards: as much as one sees of him over them. */
static void waiter(venue_mesh *m, hm_vec3 at_m, float tall, uint32_t key)
{
    uint8_t body = (uint8_t)(W_BODY_A + key % 3u), skin = key % 5u < 3u ? W_SKIN_A : W_SKIN_B;
    float lean = 0.05f * (float)(key % 3u);
    hm_vec3 hip = hm_v3(at_m.x, 0.92f * tall, at_m.z);
    hm_vec3 neck = hm_v3(at_m.x + lean, 1.47f * tall, at_m.z);
    venue_mesh_tube(m, hm_v3(hip.x, 0.30f, hip.z), hip, 0.15f, 0.18f, 6, W_TROUSERS);
    venue_mesh_tube(m, hip, neck, 0.19f, 0.17f, 8, body);
    for (int side = -1; side <= 1; side += 2)
        venue_mesh_tube(m, hm_v3(neck.x, neck.y - 0.05f, neck.z),
                        hm_v3(neck.x, neck.y - 0.09f, neck.z + 0.19f * (float)side), 0.09f, 0.085f,
                        6, body);
    hm_vec3 head = hm_v3(neck.x + 0.03f, neck.y + 0.15f, neck.z);
    venue_mesh_tube(m, hm_v3(head.x, head.y - 0.05f, head.z),
                    hm_v3(head.x + 0.01f, head.y + 0.06f, head.z), 0.088f, 0.10f, 8, skin);
    if (key % 4u) /* hair or a hood */
        venue_mesh_tube(m, hm_v3(head.x - 0.03f, head.y + 0.03f, head.z),
                        hm_v3(head.x - 0.015f, head.y + 0.085f, head.z), 0.108f, 0.095f, 8,
                        key % 4u == 1u ? body : W_UMBRELLA);
    float side = key % 2u ? 1.0f : -1.0f;
    hm_vec3 hand = hm_v3(at_m.x + 0.24f, 1.24f * tall, at_m.z + 0.12f * side);
    hm_vec3 elbow = hm_v3(at_m.x + 0.06f, 1.06f * tall, at_m.z + 0.28f * side);
    venue_mesh_tube(m, hm_v3(neck.x, neck.y - 0.08f, neck.z + 0.20f * side), elbow, 0.07f, 0.06f, 6,
                    body);
    venue_mesh_tube(m, elbow, hand, 0.06f, 0.045f, 6, body);
    umbrella(m, hm_v3(hand.x - 0.08f, 1.98f * tall, hand.z - 0.10f * side), 0.56f, hand,
             (uint8_t)(W_UMBRELLA + key / 7u % N_UMBRELLA_COLOUR));
}

/* A tent: three walls, a roof that falls to its mouth, posts. */
static void gate(venue_mesh *m, const rain_place *p, double z_m)
{
    float x0 = (float)p->gate_in_m - 0.2f, x1 = (float)p->gate_out_m, z = (float)z_m,
          h = RAIN_ROOF_M;
    for (int side = -1; side <= 1; side += 2) {
        float w = z + 1.5f * (float)side, in = w - 0.03f * (float)side;
        const hm_vec3 out[4] = {{x0, 0, w}, {x1, 0, w}, {x1, h, w}, {x0, h + 0.2f, w}};
        const hm_vec3 inner[4] = {{x0, h + 0.2f, in}, {x1, h, in}, {x1, 0, in}, {x0, 0, in}};
        venue_mesh_quad(m, out, NULL, W_CANVAS);
        venue_mesh_quad(m, inner, NULL, W_CANVAS_IN);
        venue_mesh_block(m, hm_v3(x1, 0.5f * h, w), hm_v3(0.05f, 0.5f * h, 0.05f), W_STEEL);
        venue_mesh_block(m, hm_v3(0.5f * (x0 + x1), 0.5f * h + 0.05f, w),
                         hm_v3(0.04f, 0.5f * h, 0.04f), W_STEEL);
    }
    const hm_vec3 back[4] = {
        {x0, 0, z - 1.5f}, {x0, h + 0.2f, z - 1.5f}, {x0, h + 0.2f, z + 1.5f}, {x0, 0, z + 1.5f}};
    venue_mesh_quad(m, back, NULL, W_CANVAS_IN);
    float lo = z - 1.6f, hi = z + 1.6f;
    const hm_vec3 top[4] = {{x0, h + 0.26f, hi},
                            {x1 + 0.06f, h + 0.04f, hi},
                            {x1 + 0.06f, h + 0.04f, lo},
                            {x0, h + 0.26f, lo}};
    const hm_vec3 under[4] = {
        {x0, h + 0.22f, lo}, {x1 + 0.06f, h, lo}, {x1 + 0.06f, h, hi}, {x0, h + 0.22f, hi}};
    venue_mesh_quad(m, top, NULL, W_CANVAS);
    venue_mesh_quad(m, under, NULL, W_CANVAS_IN);
    venue_mesh_block(m, hm_v3(x1 + 0.06f, h + 0.02f, z), hm_v3(0.03f, 0.05f, 1.6f), W_STEEL);
}

/* Three legs, a mast, a lamp box turned to the track. */
static void tower(venue_mesh *m, hm_vec3 at_m, hm_vec3 way)
{
    hm_vec3 foot = hm_v3(at_m.x, 0, at_m.z), joint = hm_v3(at_m.x, 0.95f, at_m.z);
    for (int k = 0; k < 3; k++) {
        float c = venue_wave((float)k / 3 + 0.30f), s = venue_wave((float)k / 3 + 0.05f);
        venue_mesh_tube(m, joint, hm_v3(foot.x + 0.7f * c, 0, foot.z + 0.7f * s), 0.03f, 0.025f, 4,
                        W_STEEL);
    }
    venue_mesh_tube(m, hm_v3(foot.x, 0.3f, foot.z), at_m, 0.05f, 0.035f, 6, W_STEEL);
    hm_vec3 side = hm_v3_unit(hm_v3_cross(hm_v3(0, 1, 0), way)), up = hm_v3_cross(way, side);
    const hm_frame f = {side, up, way, hm_v3_mad(at_m, -0.10f, way)};
    venue_mesh_box(m, &f, hm_v3(0.26f, 0.19f, 0.09f), W_STEEL);
}

/* A coat thrown over the boards, one sleeve hanging; a towel beside it. */
static void coat(venue_mesh *m, const rain_place *p)
{
    float x = (float)p->board_m, z = (float)p->coat_z_m, y = VENUE_BOARD_M + 0.02f;
    static const float drop[7] = {0.62f, 0.70f, 0.66f, 0.72f, 0.67f, 0.71f, 0.60f};
    for (int i = 0; i < 6; i++) {
        float za = z + 0.46f - 0.13f * (float)i, zb = za - 0.13f;
        float bulge = i % 2 ? 0.05f : 0.025f, next = i % 2 ? 0.025f : 0.05f;
        const hm_vec3 fall[4] = {{x + 0.045f + bulge, y, za},
                                 {x + 0.085f + bulge, y - drop[i], za},
                                 {x + 0.085f + next, y - drop[i + 1], zb},
                                 {x + 0.045f + next, y, zb}};
        const hm_vec3 over[4] = {{x - 0.35f, y - 0.1f, za},
                                 {x + 0.045f + bulge, y, za},
                                 {x + 0.045f + next, y, zb},
                                 {x - 0.35f, y - 0.1f, zb}};
        venue_mesh_quad(m, fall, NULL, W_COAT);
        venue_mesh_quad(m, over, NULL, i == 2 || i == 3 ? W_LINING : W_COAT);
    }
    hm_vec3 elbow = hm_v3(x + 0.15f, y - 0.36f, z - 0.40f);
    venue_mesh_tube(m, hm_v3(x + 0.06f, y - 0.02f, z - 0.30f), elbow, 0.085f, 0.075f, 6, W_COAT);
    venue_mesh_tube(m, elbow, hm_v3(x + 0.14f, y - 0.72f, z - 0.36f), 0.075f, 0.065f, 6, W_COAT);
    const hm_vec3 towel[4] = {{x + 0.05f, y, z - 0.85f},
                              {x + 0.07f, y - 0.5f, z - 0.87f},
                              {x + 0.07f, y - 0.48f, z - 1.2f},
                              {x + 0.05f, y, z - 1.18f}};
    venue_mesh_quad(m, towel, NULL, W_TOWEL);
}

/* A kerb along the infield, water beside it, a drain every eight metres. */
static void gutter(venue_mesh *m, const rain_place *p)
{
    float x = (float)p->left_m + 0.02f, phase = (float)p->drain_z_m;
    venue_mesh_block(m, hm_v3(x + 0.025f, 0.025f, 55.0f), hm_v3(0.025f, 0.025f, 73.0f), W_CONCRETE);
    for (int k = -10; k <= 6; k++) {
        float z = phase + 8.0f * (float)k, hole = z + 0.55f;
        const hm_vec3 run[4] = {{x + 0.32f, 0.008f, hole},
                                {x + 0.32f, 0.008f, z + 8.0f},
                                {x + 0.05f, 0.008f, z + 8.0f},
                                {x + 0.05f, 0.008f, hole}};
        const hm_vec3 iron[4] = {{x + 0.32f, 0.011f, z},
                                 {x + 0.32f, 0.011f, hole},
                                 {x + 0.05f, 0.011f, hole},
                                 {x + 0.05f, 0.011f, z}};
        const hm_vec3 edge[4] = {{x + 0.46f, 0.006f, z},
                                 {x + 0.46f, 0.006f, z + 8.0f},
                                 {x + 0.32f, 0.012f, z + 8.0f},
                                 {x + 0.32f, 0.012f, z}};
        const hm_vec3 *all[3] = {run, iron, edge};
        for (int i = 0; i < 3; i++) {
            const hm_vec3 q[4] = {all[i][3], all[i][2], all[i][1], all[i][0]};
            venue_mesh_quad(m, q, NULL, i == 0 ? W_WATER : i == 1 ? W_GRATE : W_CONCRETE);
        }
    }
}

/* ---- all of it ---- */

static hm_status cluster(rain_world *w, int32_t n_quad, hm_arena *arena, venue_mesh **m,
                         hm_err *err)
{
    HM_ASSERT(w->n < RAIN_THING_MAX);
    *m = HM_PUSH(arena, venue_mesh, 1);
    if (!*m)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the place");
    return venue_mesh_init(*m, n_quad, arena, err);
}

static void keep(rain_world *w, const venue_mesh *m, float seen_m, uint32_t flags)
{
    rain_thing *t = &w->thing[w->n++];
    t->object = venue_mesh_object(m, thing_surface, NULL, flags);
    t->seen_m = seen_m;
    t->from_s = -1e9;
    hm_vec3 lo = m->pos_m[0], hi = m->pos_m[0];
    for (int32_t i = 1; i < m->n_vert; i++) {
        hm_vec3 q = m->pos_m[i];
        lo = hm_v3(q.x < lo.x ? q.x : lo.x, q.y < lo.y ? q.y : lo.y, q.z < lo.z ? q.z : lo.z);
        hi = hm_v3(q.x > hi.x ? q.x : hi.x, q.y > hi.y ? q.y : hi.y, q.z > hi.z ? q.z : hi.z);
    }
    t->mid_m = hm_v3_mix(lo, hi, 0.5f);
    t->r_m = 0.5f * hm_v3_len(hm_v3_sub(hi, lo));
}

static float chance(const hm_race *race, uint32_t i, uint32_t what)
{
    return (float)hm_rng_unit(race->seed, HM_FOR_VENUE, 0x756d6272u, i, what);
}

/* Between the boards and the stand on the right, in groups. */
static hm_status waiting(const look_film *f, const rain_place *p, rain_world *w, hm_arena *arena,
                         hm_err *err)
{
    enum { GROUPS = 8, EACH = N_STAND / GROUPS };
    static const float from_z[GROUPS] = {12.2f, 17.0f, 21.8f, 26.6f, 38.0f, 83.0f, 88.5f, 94.0f};
    for (uint32_t g = 0; g < GROUPS; g++) {
        venue_mesh *m;
        HM_TRY(cluster(w, EACH * 190, arena, &m, err));
        for (uint32_t i = 0; i < EACH; i++) {
            uint32_t id = g * EACH + i;
            float z = from_z[g] + 4.6f * ((float)i + 0.5f * chance(f->race, id, 2)) / EACH;
            hm_vec3 at = hm_v3((float)p->board_m - 0.42f - 0.6f * chance(f->race, id, 1), 0, z);
            waiter(m, at, 0.92f + 0.12f * chance(f->race, id, 3),
                   (uint32_t)(1e6f * chance(f->race, id, 4)));
        }
        keep(w, m, 40, HM_OBJECT_TWO_SIDED | HM_OBJECT_INK);
    }
    return HM_OK;
}

/* Umbrellas over those who work here (stage/props_people stands them there). */
static hm_status officials(const rain_place *p, rain_world *w, hm_arena *arena, hm_err *err)
{
    float l = (float)p->left_m, r = (float)p->right_m;
    const struct {
        float x, z, high, r;
        uint8_t colour;
    } who[] = {{r - 3.4f, -6.0f, 2.05f, 0.66f, 0},  {l + 2.2f, -7.5f, 2.10f, 0.66f, 2},
               {l + 7.5f, 26.0f, 2.10f, 0.62f, 4},  {l + 7.5f, 74.0f, 2.08f, 0.62f, 1},
               {l + 2.6f, 50.6f, 1.72f, 0.60f, 3},  {l + 4.6f, 98.1f, 1.78f, 0.95f, 2},
               {l + 4.6f, 101.9f, 1.78f, 0.95f, 5}, {l + 6.6f, 106.4f, 1.62f, 0.80f, 0}};
    venue_mesh *m;
    HM_TRY(cluster(w, 8 * 30, arena, &m, err));
    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++)
        umbrella(m, hm_v3(who[i].x + 0.05f, who[i].high, who[i].z), who[i].r,
                 hm_v3(who[i].x + 0.22f, who[i].high - 1.0f, who[i].z + 0.12f),
                 (uint8_t)(W_UMBRELLA + who[i].colour));
    keep(w, m, 1e9f, HM_OBJECT_TWO_SIDED | HM_OBJECT_INK);
    return HM_OK;
}

/* A jacket let fall into the basket of its lane (stage/props_people). */
static hm_status jackets(const look_film *f, rain_world *w, hm_arena *arena, hm_err *err)
{
    const rain_state *s = f->state;
    for (int32_t i = 0; i < f->race->n_lane; i++) {
        const rain_life *life = &s->life[i];
        if (!life->has)
            continue;
        venue_mesh *m;
        HM_TRY(cluster(w, 60, arena, &m, err));
        float x = (float)hm_lane_centre_m(f->race->lane[i].lane) - 0.42f, z = -15.2f;
        uint8_t c = (uint8_t)(W_UMBRELLA + (i * 5 + 2) % N_UMBRELLA_COLOUR);
        venue_mesh_tube(m, hm_v3(x - 0.12f, 0.38f, z - 0.08f), hm_v3(x + 0.12f, 0.40f, z + 0.06f),
                        0.11f, 0.09f, 6, c);
        venue_mesh_tube(m, hm_v3(x + 0.14f, 0.37f, z + 0.12f), hm_v3(x + 0.24f, 0.12f, z + 0.22f),
                        0.06f, 0.045f, 6, c);
        keep(w, m, 30, HM_OBJECT_INK);
        w->thing[w->n - 1].from_s = life->undress_s + life->undress_for_s;
    }
    return HM_OK;
}

hm_status rain_world_build(const look_film *f, rain_world *w, hm_arena *arena, hm_err *err)
{
    rain_place p = rain_place_of(f->race);
    venue_mesh *m;
    rain_light light;
    rain_light_at(f->race, hm_v3(0, 2, 0), &light);
    *w = (rain_world){.n = 0};
    HM_TRY(cluster(w, 280, arena, &m, err));
    gate(m, &p, p.gate_z_m);
    gate(m, &p, p.exit_z_m);
    for (int i = 2; i < 5; i++)
        tower(m, light.near[i].at_m, light.near[i].way);
    for (int i = 5; i < RAIN_NEAR && f->venue->kind == HM_VENUE_STADIUM; i++) /* poles */
        venue_mesh_tube(m, hm_v3(light.near[i].at_m.x - 0.05f, 0, light.near[i].at_m.z),
                        hm_v3(light.near[i].at_m.x - 0.05f, 3.1f, light.near[i].at_m.z), 0.035f,
                        0.03f, 6, W_STEEL);
    keep(w, m, 1e9f, HM_OBJECT_INK);
    HM_TRY(cluster(w, 120, arena, &m, err));
    gutter(m, &p);
    keep(w, m, 1e9f, 0);
    if (f->venue->kind == HM_VENUE_STADIUM) {
        HM_TRY(cluster(w, 80, arena, &m, err));
        coat(m, &p);
        keep(w, m, 30, HM_OBJECT_INK | HM_OBJECT_TWO_SIDED);
        HM_TRY(waiting(f, &p, w, arena, err));
    }
    HM_TRY(officials(&p, w, arena, err));
    return jackets(f, w, arena, err);
}

hm_status rain_world_add(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const rain_state *state = d->film->state;
    const hm_camera *c = &s->scene->camera;
    rain_now *now = HM_PUSH(d->scratch, rain_now, 1);
    if (!now)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    now->t_s = (float)(d->moment->film_t_s + 10.0);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    for (int32_t i = 0; i < state->world.n; i++) {
        const rain_thing *t = &state->world.thing[i];
        hm_vec3 to = hm_v3_sub(t->mid_m, c->eye_m);
        bool seen = hm_v3_len(to) - t->r_m < t->seen_m && hm_v3_dot(to, ahead) > -t->r_m &&
                    d->moment->race_t_s >= t->from_s;
        if (!seen || s->scene->n_object >= s->object_cap)
            continue;
        s->object[s->scene->n_object] = t->object;
        s->object[s->scene->n_object++].surface_ctx = now;
    }
    return HM_OK;
}
