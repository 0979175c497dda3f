/* A sports day: the school, trees, the fence, bars to hang from, pennants, those who watch. */
#include "props_priv.h"

#define HOUSE_X_M 34.0f /* front of the school, on the left of the lanes */
#define HOUSE_Z_M 12.0f
#define FENCE_M   1.6f
#define YARD_HI_M 152.0f /* end of the yard: whoever runs there stops before 140 m */

/* An upright face along z at x, seen from the lanes (from -x). */
static void add_front(venue_mesh *m, float x, float z0, float z1, float y0, float y1, float s0,
                      uint8_t part)
{
    const hm_vec3 p[4] = {{x, y0, z0}, {x, y0, z1}, {x, y1, z1}, {x, y1, z0}};
    const hm_vec3 r[4] = {{s0, y0, 0}, {s0 + z1 - z0, y0, 0}, {s0 + z1 - z0, y1, 0}, {s0, y1, 0}};
    venue_mesh_quad(m, p, r, part);
}

hm_status venue_house_mesh(venue_mesh *m, hm_arena *arena, hm_err *err)
{
    enum { PIECES = 8 };
    HM_TRY(venue_mesh_init(m, 64, arena, err));
    const float top = 3.0f * HOUSE_FLOOR_M, deep = 12.0f;
    for (int k = 0; k < PIECES; k++) {
        float s = HOUSE_LONG_M * (float)k / PIECES, z = HOUSE_Z_M + s;
        add_front(m, HOUSE_X_M, z, z + HOUSE_LONG_M / PIECES, 0.0f, top, s, HOUSE_WALL);
    }
    /* ends and a flat roof with its edge */
    hm_vec3 mid = hm_v3(HOUSE_X_M + 0.5f * deep, 0.5f * top, HOUSE_Z_M + 0.5f * HOUSE_LONG_M);
    venue_mesh_block(m, hm_v3(mid.x + 0.05f, mid.y, mid.z),
                     hm_v3(0.5f * deep, 0.5f * top, 0.5f * HOUSE_LONG_M), HOUSE_END);
    venue_mesh_block(m, hm_v3(mid.x, top + 0.3f, mid.z),
                     hm_v3(0.5f * deep + 0.35f, 0.3f, 0.5f * HOUSE_LONG_M + 0.35f), HOUSE_ROOF);
    /* stair tower with the clock */
    float tz = mid.z - 4.0f, tx = HOUSE_X_M - 0.8f;
    venue_mesh_block(m, hm_v3(tx + 2.5f, 7.2f, tz), hm_v3(2.5f, 7.2f, 3.2f), HOUSE_END);
    venue_mesh_block(m, hm_v3(tx + 2.5f, 14.6f, tz), hm_v3(2.8f, 0.25f, 3.5f), HOUSE_ROOF);
    const float e = 1.1f, cy = 12.4f, cx = tx - 0.06f;
    const hm_vec3 p[4] = {
        {cx, cy - e, tz - e}, {cx, cy - e, tz + e}, {cx, cy + e, tz + e}, {cx, cy + e, tz - e}};
    const hm_vec3 r[4] = {{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}};
    venue_mesh_quad(m, p, r, HOUSE_CLOCK);
    /* door */
    venue_mesh_block(m, hm_v3(tx - 0.6f, 3.0f, tz), hm_v3(0.8f, 0.12f, 2.4f), HOUSE_ROOF);
    return HM_OK;
}

static void add_tree(venue_mesh *m, float x, float z, uint32_t h)
{
    float k = 0.8f + 0.5f * venue_bits(h, 0);
    venue_mesh_tube(m, hm_v3(x, 0.0f, z), hm_v3(x, 3.0f * k, z), 0.22f * k, 0.16f * k, 6,
                    PROP_WOOD);
    for (int i = 0; i < 4; i++) {
        float dx = venue_bits(h, 4 + 3 * i) - 0.5f, dz = venue_bits(h, 6 + 4 * i) - 0.5f;
        float up = 3.2f + 0.9f * (float)i, r = (1.9f - 0.28f * (float)i) * k;
        hm_vec3 c = hm_v3(x + 1.7f * dx * k, up * k, z + 1.7f * dz * k);
        venue_mesh_tube(m, c, hm_v3(c.x + 0.3f, c.y + 0.3f * k, c.z), r, 0.9f * r, 8,
                        i & 1 ? PROP_LEAF : PROP_LEAF_DARK);
    }
}

/* Posts and three rails between two places. */
static void add_fence(venue_mesh *m, float x0, float z0, float x1, float z1, int32_t n)
{
    for (int32_t k = 0; k <= n; k++) {
        float u = (float)k / (float)n;
        venue_mesh_block(m, hm_v3(venue_mix(x0, x1, u), 0.5f * FENCE_M, venue_mix(z0, z1, u)),
                         hm_v3(0.04f, 0.5f * FENCE_M, 0.04f), PROP_FENCE);
    }
    for (int k = 0; k < 3; k++)
        venue_mesh_block(
            m, hm_v3(0.5f * (x0 + x1), 0.4f + 0.55f * (float)k, 0.5f * (z0 + z1)),
            hm_v3(0.5f * venue_abs(x1 - x0) + 0.03f, 0.025f, 0.5f * venue_abs(z1 - z0) + 0.03f),
            PROP_FENCE);
}

/* Iron bars of three heights to hang from. */
static void add_bars(venue_mesh *m, float x, float z)
{
    for (int k = 0; k < 4; k++) {
        float y = k < 3 ? 1.1f + 0.3f * (float)k : 1.7f;
        venue_mesh_block(m, hm_v3(x, 0.5f * y, z + 1.8f * (float)k), hm_v3(0.04f, 0.5f * y, 0.04f),
                         PROP_CHILD_B);
        if (k < 3)
            venue_mesh_block(m, hm_v3(x, y - 0.03f, z + 1.8f * (float)k + 0.9f),
                             hm_v3(0.02f, 0.02f, 0.9f), PROP_STEEL);
    }
}

/* A line of small flags from a to b that sags; each flag seen from both sides. */
static void add_pennants(venue_mesh *m, hm_vec3 a, hm_vec3 b, int32_t n)
{
    static const uint8_t part[4] = {PROP_RED, PROP_HAT, PROP_CHILD_B, PROP_CHILD_C};
    hm_vec3 along = hm_v3_unit(hm_v3_sub(b, a));
    for (int32_t k = 0; k < n; k++) {
        float u = ((float)k + 0.5f) / (float)n;
        hm_vec3 p = hm_v3_mix(a, b, u);
        p.y -= 5.0f * u * (1.0f - u);
        hm_vec3 l = hm_v3_mad(p, -0.22f, along), r = hm_v3_mad(p, 0.22f, along);
        hm_vec3 low = hm_v3(p.x, p.y - 0.42f, p.z);
        const hm_vec3 q[4] = {l, low, low, r}, back[4] = {r, low, low, l};
        venue_mesh_quad(m, q, NULL, part[k & 3]);
        venue_mesh_quad(m, back, NULL, part[k & 3]);
    }
}

/* Fence, rope, masts with pennants. */
static void add_lines(venue_mesh *m, const venue_track *t)
{
    float left = t->left_m, right = t->left_m - t->width_m;
    add_fence(m, right - 13.0f, -20.0f, right - 13.0f, YARD_HI_M, 69);
    add_fence(m, right - 13.0f, YARD_HI_M, 30.0f, YARD_HI_M, 20);
    add_fence(m, right - 13.0f, -20.0f, 30.0f, -20.0f, 20);
    for (int k = 0; k < 12; k++)
        venue_mesh_block(m, hm_v3(left + 3.4f, 0.45f, 2.0f + 9.0f * (float)k),
                         hm_v3(0.03f, 0.45f, 0.03f), PROP_WHITE);
    venue_mesh_block(m, hm_v3(left + 3.4f, 0.82f, 51.5f), hm_v3(0.012f, 0.012f, 49.5f), PROP_HAT);
    for (int k = 0; k < 2; k++) {
        hm_vec3 mast = hm_v3(k ? right - 6.0f : left + 12.0f, 7.0f, 52.0f);
        venue_mesh_block(m, hm_v3(mast.x, 3.5f, mast.z), hm_v3(0.06f, 3.5f, 0.06f), PROP_WHITE);
    }
    for (int k = 0; k < 4; k++)
        add_pennants(m, hm_v3(left + 12.0f, 7.0f, 52.0f),
                     hm_v3(HOUSE_X_M, 10.0f, 18.0f + 22.0f * (float)k), 26);
}

hm_status venue_yard_trees(const venue_track *t, uint32_t seed, venue_mesh *m, hm_arena *arena,
                           hm_err *err)
{
    enum { SIDE = 10, END = 9 };
    HM_TRY(venue_mesh_init(m, (2 * SIDE + 2 * END) * 160 + 1200, arena, err));
    float right = t->left_m - t->width_m - 15.0f;
    for (int k = 0; k < SIDE; k++) {
        uint32_t h = venue_hash((uint32_t)k, seed);
        add_tree(m, right - 3.0f * venue_bits(h, 9), -12.0f + 16.0f * (float)k, h);
        if (k < 2 || k > 6)
            add_tree(m, 28.0f + 3.0f * venue_bits(h, 15), -26.0f + 20.0f * (float)k, h >> 3);
    }
    for (int k = 0; k < END; k++) {
        uint32_t h = venue_hash((uint32_t)k + 64u, seed);
        add_tree(m, -20.0f + 6.5f * (float)k, YARD_HI_M + 3.0f + 4.0f * venue_bits(h, 11), h);
        add_tree(m, -20.0f + 6.5f * (float)k, -22.0f - 4.0f * venue_bits(h, 13), h >> 2);
    }
    add_lines(m, t);
    return HM_OK;
}

/* Parents and children along the rope; a teacher starts, two hold the tape. */
static void add_people(venue_mesh *m, const venue_track *t)
{
    static const uint8_t top[6] = {PROP_CHILD_A, PROP_VEST, PROP_CHILD_C,
                                   PROP_BLAZER,  PROP_HAT,  PROP_CHILD_B};
    static const uint8_t leg[4] = {PROP_JEANS, PROP_TROUSERS, PROP_DARK, PROP_JEANS};
    float left = t->left_m + 4.2f;
    for (int k = 0; k < 22; k++) {
        uint32_t h = venue_hash((uint32_t)k, 4711u);
        bool child = (h & 3u) < 2u;
        props_person p = {.x_m = left + 2.2f * venue_bits(h, 3) + (child ? 0.0f : 1.0f),
                          .z_m = 4.0f + 4.4f * (float)k + 2.0f * venue_bits(h, 11),
                          .face_x = -0.96f,
                          .face_z = 0.28f,
                          .stature_m = child ? 1.15f + 0.25f * venue_bits(h, 8)
                                             : 1.58f + 0.2f * venue_bits(h, 8),
                          .stance = child && (h >> 20 & 3u) == 0u   ? PROPS_CHEER
                                    : child && (h >> 20 & 3u) == 1u ? PROPS_SIT
                                                                    : PROPS_STAND,
                          .top = child ? PROP_CHILD_A : top[h >> 5 & 3u ? (h >> 9) % 6u : 2u],
                          .legs = child ? PROP_BLAZER : leg[h >> 13 & 3u],
                          .skin = (h >> 17 & 3u) ? PROP_SKIN_A : PROP_SKIN_B,
                          .head = child ? (h >> 24 & 1u ? PROP_RED : PROP_HAT) : PROP_HAIR};
        props_add_person(m, &p);
    }
    const props_person who[] = {
        {t->left_m + 1.6f, 1.2f, -0.9f, -0.44f, 1.72f, PROPS_AIM, PROP_CHILD_A, PROP_BLAZER,
         PROP_SKIN_A, PROP_HAT},
        {t->left_m + 1.2f, 100.0f, -1.0f, 0.0f, 1.36f, PROPS_STAND, PROP_CHILD_A, PROP_BLAZER,
         PROP_SKIN_A, PROP_RED},
        {t->left_m - t->width_m - 2.6f, 103.0f, 1.0f, 0.0f, 1.32f, PROPS_STAND, PROP_CHILD_A,
         PROP_BLAZER, PROP_SKIN_B, PROP_RED},
        {t->left_m + 2.4f, 103.0f, -0.8f, -0.6f, 1.66f, PROPS_STAND, PROP_VEST, PROP_JEANS,
         PROP_SKIN_A, PROP_HAIR},
        {-2.0f, 145.0f, 0.0f, -1.0f, 1.24f, PROPS_CHEER, PROP_CHILD_A, PROP_BLAZER, PROP_SKIN_A,
         PROP_HAT},
        {1.0f, 146.0f, 0.0f, -1.0f, 1.30f, PROPS_STAND, PROP_CHILD_A, PROP_BLAZER, PROP_SKIN_B,
         PROP_RED},
        {3.2f, 145.4f, -0.2f, -0.98f, 1.20f, PROPS_SIT, PROP_CHILD_A, PROP_BLAZER, PROP_SKIN_A,
         PROP_RED},
    };
    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++)
        props_add_person(m, &who[i]);
}

hm_status venue_yard_props(const hm_race *race, const venue_track *t, venue_mesh *m,
                           hm_arena *arena, hm_err *err)
{
    HM_TRY(venue_mesh_init(m, 200 + 80 * HM_LANE_MAX + 240 * PROPS_PEOPLE, arena, err));
    for (int32_t i = 0; i < race->n_lane; i++)
        if (!race->lane[i].start.standing)
            props_blocks(m, &race->lane[i]);
    float left = t->left_m, right = t->left_m - t->width_m;
    add_bars(m, 20.0f, 22.0f);
    add_bars(m, 20.0f, 66.0f);
    for (int k = 0; k < 2; k++)
        venue_mesh_block(m, hm_v3(k ? right - 0.5f : left + 0.5f, 0.6f, 100.02f),
                         hm_v3(0.04f, 0.6f, 0.04f), PROP_WHITE);
    add_people(m, t);
    return HM_OK;
}
