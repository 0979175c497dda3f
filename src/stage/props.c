/* Furniture of a race: starting blocks, finish, wind gauge, boards, rail. */
#include "props_priv.h"

void props_quad_panel(venue_mesh *m, const hm_venue_panel *p, uint8_t part)
{
    const hm_vec3 *c = p->corner_m;
    const hm_vec3 q[4] = {c[3], c[2], c[1], c[0]};
    const hm_vec3 r[4] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
    venue_mesh_quad(m, q, r, part);
}

/* A pedal: its face leans back from the ball of the foot at z. */
static void add_pedal(venue_mesh *m, float x, float z, float lean)
{
    /* across, up along the face, out of the face toward the foot */
    hm_vec3 up = hm_v3_unit(hm_v3(0.0f, 1.0f, -lean));
    hm_vec3 out = hm_v3_unit(hm_v3(0.0f, lean, 1.0f));
    hm_vec3 mid = hm_v3_mad(hm_v3(x, 0.03f, z - 0.05f), 0.085f, up);
    const hm_frame f = {{1, 0, 0}, up, out, mid};
    venue_mesh_box(m, &f, hm_v3(0.055f, 0.085f, 0.014f), PROP_PEDAL);
    const hm_frame b = {{1, 0, 0}, up, out, hm_v3_mad(mid, -0.03f, out)};
    venue_mesh_box(m, &b, hm_v3(0.035f, 0.06f, 0.016f), PROP_STEEL);
}

void props_blocks(venue_mesh *m, const hm_lane *l)
{
    float x = (float)hm_lane_centre_m(l->lane);
    float front = (float)l->start.front_x_m, rear = (float)l->start.rear_x_m;
    float half = PROPS_FOOT_FRAC * (float)(l->stature_m > 0.0 ? l->stature_m : 1.75);
    float side = l->start.front_foot == HM_FOOT_LEFT ? half : -half;
    float z0 = rear - 0.38f, z1 = front + 0.16f;
    venue_mesh_block(m, hm_v3(x, 0.022f, 0.5f * (z0 + z1)), hm_v3(0.028f, 0.018f, 0.5f * (z1 - z0)),
                     PROP_STEEL);
    venue_mesh_block(m, hm_v3(x, 0.012f, z0 + 0.03f), hm_v3(0.10f, 0.012f, 0.03f), PROP_STEEL);
    venue_mesh_block(m, hm_v3(x, 0.012f, z1 - 0.03f), hm_v3(0.08f, 0.012f, 0.03f), PROP_STEEL);
    add_pedal(m, x + side, front, 0.85f);
    add_pedal(m, x - side, rear, 0.55f);
    /* the speaker, so that all hear the gun at once */
    venue_mesh_block(m, hm_v3(x, 0.10f, z0 - 0.55f), hm_v3(0.13f, 0.10f, 0.09f), PROP_DARK);
    venue_mesh_block(m, hm_v3(x, 0.10f, z0 - 0.455f), hm_v3(0.10f, 0.075f, 0.006f), PROP_MESH);
}

void props_number_box(venue_mesh *m, int32_t lane, float x, float z, float scale)
{
    venue_mesh_block(m, hm_v3(x, 0.16f * scale, z),
                     hm_v3(0.14f * scale, 0.16f * scale, 0.14f * scale),
                     (uint8_t)(PROP_NUMBER + lane));
}

/* A post at the end of the finish line (none where cameras look from), a scaffold with the camera,
 * the clock. */
static void add_finish(venue_mesh *m, const venue_track *t, hm_venue_panel *clock)
{
    float left = t->left_m, right = t->left_m - t->width_m;
    venue_mesh_block(m, hm_v3(left + 0.34f, 0.7f, 100.025f), hm_v3(0.04f, 0.7f, 0.02f), PROP_WHITE);
    /* scaffold beyond the boards, in the plane of the line */
    float tx = right - 6.1f;
    for (int k = 0; k < 4; k++)
        venue_mesh_block(m,
                         hm_v3(tx + (k & 1 ? 0.5f : -0.5f), 2.6f, 100.0f + (k & 2 ? 0.5f : -0.5f)),
                         hm_v3(0.04f, 2.6f, 0.04f), PROP_STEEL);
    for (int k = 0; k < 3; k++)
        venue_mesh_block(m, hm_v3(tx, 1.6f + 1.6f * (float)k, 100.0f), hm_v3(0.6f, 0.04f, 0.6f),
                         PROP_STEEL);
    venue_mesh_block(m, hm_v3(tx, 5.45f, 100.0f), hm_v3(0.16f, 0.2f, 0.34f), PROP_DARK);
    venue_mesh_tube(m, hm_v3(tx + 0.16f, 5.42f, 100.0f), hm_v3(tx + 0.5f, 5.36f, 100.0f), 0.09f,
                    0.10f, 8, PROP_DARK);
    /* infield camera on its tripod */
    hm_vec3 head = hm_v3(left + 3.2f, 1.5f, 100.0f);
    for (int k = 0; k < 3; k++)
        venue_mesh_tube(m, head,
                        hm_v3(head.x + (k == 0 ? 0.5f : -0.3f), 0.0f,
                              100.0f + (k == 1   ? 0.45f
                                        : k == 2 ? -0.45f
                                                 : 0.0f)),
                        0.025f, 0.02f, 4, PROP_STEEL);
    venue_mesh_block(m, hm_v3(head.x, 1.62f, 100.0f), hm_v3(0.24f, 0.13f, 0.1f), PROP_DARK);
    /* clock: on two feet, facing the runners and the main stand */
    const hm_vec3 across = {-0.28f, 0.0f, 0.96f}, face = {-0.96f, 0.0f, -0.28f};
    hm_vec3 mid = hm_v3(left + 3.4f, 0.78f, 104.5f);
    const hm_frame f = {hm_v3_mul(across, -1.0f), {0, 1, 0}, hm_v3_mul(face, -1.0f), mid};
    venue_mesh_box(m, &f, hm_v3(1.15f, 0.38f, 0.10f), PROP_DARK);
    for (int k = -1; k <= 1; k += 2) {
        hm_vec3 foot = hm_v3_mad(mid, 0.8f * (float)k, across);
        venue_mesh_block(m, hm_v3(foot.x, 0.2f, foot.z), hm_v3(0.04f, 0.2f, 0.22f), PROP_STEEL);
    }
    for (int k = 0; k < 4; k++) {
        /* as read from in front: left is at +across */
        float a = k == 0 || k == 3 ? -1.05f : 1.05f, y = k < 2 ? 0.30f : -0.30f;
        hm_vec3 p = hm_v3_mad(hm_v3_mad(mid, a, across), 0.105f, face);
        clock->corner_m[k] = hm_v3(p.x, p.y + y, p.z);
    }
    props_quad_panel(m, clock, PROP_CLOCK);
}

/* TR17: beside lane 1, 50 m before the finish, at most 2 m away, 1.22 m high. */
static void add_wind_gauge(venue_mesh *m, const venue_track *t)
{
    hm_vec3 top = hm_v3(t->left_m + 1.5f, 1.22f, 50.0f);
    for (int k = 0; k < 3; k++)
        venue_mesh_tube(m, hm_v3(top.x, 0.9f, 50.0f),
                        hm_v3(top.x + (k == 0 ? 0.4f : -0.22f), 0.0f,
                              50.0f + (k == 1   ? 0.36f
                                       : k == 2 ? -0.36f
                                                : 0.0f)),
                        0.02f, 0.015f, 4, PROP_STEEL);
    venue_mesh_tube(m, hm_v3(top.x, 0.9f, 50.0f), top, 0.02f, 0.02f, 5, PROP_STEEL);
    venue_mesh_tube(m, hm_v3(top.x, 1.22f, 49.7f), hm_v3(top.x, 1.22f, 50.3f), 0.06f, 0.06f, 8,
                    PROP_WHITE);
}

/* A big screen on two legs behind an end of the bowl, facing the field. */
static void add_screen(venue_mesh *m, float z, float face_z, hm_venue_panel *panel)
{
    const float x = 22.0f, y = 21.5f, half_x = 11.0f, half_y = 5.2f;
    venue_mesh_block(m, hm_v3(x, y, z), hm_v3(half_x + 0.5f, half_y + 0.5f, 0.7f), PROP_DARK);
    for (int k = -1; k <= 1; k += 2)
        venue_mesh_block(m, hm_v3(x + 7.0f * (float)k, 8.0f, z), hm_v3(0.5f, 8.5f, 0.5f),
                         PROP_STEEL);
    for (int k = 0; k < 4; k++) {
        /* seen along -face: left is +x when it faces +z, else -x */
        float side = (k == 0 || k == 3 ? -1.0f : 1.0f) * face_z;
        panel->corner_m[k] =
            hm_v3(x + side * half_x, y + (k < 2 ? half_y : -half_y), z + 0.72f * face_z);
    }
    props_quad_panel(m, panel, PROP_SCREEN);
}

/* Two rails on sleepers beside lane 1. */
static void add_rail(venue_mesh *m, const venue_track *t)
{
    for (int k = 0; k < 2; k++)
        venue_mesh_block(m, hm_v3(t->left_m + 4.6f + 0.6f * (float)k, 0.07f, 49.0f),
                         hm_v3(0.03f, 0.025f, 41.0f), PROP_STEEL);
    for (int k = 0; k < 28; k++)
        venue_mesh_block(m, hm_v3(t->left_m + 4.9f, 0.025f, 8.5f + 3.0f * (float)k),
                         hm_v3(0.45f, 0.02f, 0.06f), PROP_DARK);
    /* the trolley waits behind the start */
    hm_vec3 at = hm_v3(t->left_m + 4.9f, 0.25f, 10.0f);
    venue_mesh_block(m, at, hm_v3(0.42f, 0.12f, 0.55f), PROP_DARK);
    venue_mesh_tube(m, at, hm_v3(at.x, 1.0f, at.z), 0.05f, 0.05f, 6, PROP_STEEL);
    venue_mesh_block(m, hm_v3(at.x, 1.12f, at.z), hm_v3(0.11f, 0.13f, 0.26f), PROP_DARK);
}

/* What stands on the grass: mats, tents, hurdles in stacks. */
static void add_infield(venue_mesh *m, const venue_track *t)
{
    static const float mat[2][2] = {{40.0f, 116.0f}, {46.0f, 0.0f}};
    for (int k = 0; k < 2; k++) {
        venue_mesh_block(m, hm_v3(mat[k][0], 0.36f, mat[k][1]), hm_v3(3.0f, 0.36f, 2.0f), PROP_MAT);
        for (int e = -1; e <= 1; e += 2)
            venue_mesh_block(m, hm_v3(mat[k][0] + 2.4f * (float)e, 1.2f, mat[k][1] - 2.3f),
                             hm_v3(0.03f, 1.2f, 0.03f), PROP_WHITE);
        venue_mesh_block(m, hm_v3(mat[k][0], 2.0f, mat[k][1] - 2.3f), hm_v3(2.4f, 0.015f, 0.015f),
                         PROP_PEDAL);
    }
    for (int k = 0; k < 3; k++) {
        hm_vec3 c = hm_v3(t->left_m + 62.0f, 0.0f, 30.0f + 22.0f * (float)k);
        const hm_vec3 top = {c.x, 3.6f, c.z};
        for (int e = 0; e < 4; e++) {
            float ax = e == 0 || e == 3 ? -1.5f : 1.5f, az = e < 2 ? -1.5f : 1.5f;
            float bx = e < 2 ? 1.5f : -1.5f, bz = e == 0 || e == 3 ? -1.5f : 1.5f;
            const hm_vec3 q[4] = {{c.x + ax, 2.3f, c.z + az}, top, top, {c.x + bx, 2.3f, c.z + bz}};
            venue_mesh_quad(m, q, NULL, PROP_WHITE);
            venue_mesh_block(m, hm_v3(c.x + ax, 1.15f, c.z + az), hm_v3(0.04f, 1.15f, 0.04f),
                             PROP_STEEL);
        }
    }
    for (int k = 0; k < 6; k++)
        venue_mesh_block(m, hm_v3(t->left_m + 16.0f, 0.55f, 20.0f + 0.28f * (float)k),
                         hm_v3(0.6f, 0.02f, 0.02f), PROP_WHITE);
    venue_mesh_block(m, hm_v3(t->left_m + 16.0f, 0.3f, 20.7f), hm_v3(0.55f, 0.05f, 0.9f),
                     PROP_STEEL);
}

hm_status props_near(const hm_race *race, const venue_track *t, bool blocks, venue_mesh *m,
                     hm_venue_panel *clock, hm_arena *arena, hm_err *err)
{
    HM_TRY(venue_mesh_init(m, 900 + 80 * HM_LANE_MAX + 240 * PROPS_PEOPLE, arena, err));
    for (int32_t i = 0; i < race->n_lane; i++)
        if (blocks && !race->lane[i].start.standing) {
            props_blocks(m, &race->lane[i]);
            float x = (float)hm_lane_centre_m(race->lane[i].lane);
            props_number_box(m, race->lane[i].lane, x - 0.42f, -2.1f, 0.85f);
        }
    add_finish(m, t, clock);
    add_wind_gauge(m, t);
    props_officials(m, t);
    return HM_OK;
}

hm_status props_far(const venue_track *t, venue_mesh *m, hm_venue_panel screen[2], hm_arena *arena,
                    hm_err *err)
{
    HM_TRY(venue_mesh_init(m, 700, arena, err));
    add_screen(m, VENUE_BOWL_HI_M + 22.5f, -1.0f, &screen[0]);
    add_screen(m, VENUE_BOWL_LO_M - 22.5f, 1.0f, &screen[1]);
    add_infield(m, t);
    add_rail(m, t);
    return HM_OK;
}
