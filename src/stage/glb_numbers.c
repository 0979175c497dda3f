/* glb_numbers.c - the numbers of a GLB file: instants, skins, turns, the ground, the camera. */
#include "glb_priv.h"
#include "raster_priv.h"

#include <stdio.h>
#include <string.h>

#include "num/dmath.h"
#include "stage/mien.h"
#include "stage/shots.h"

/* A cut is two instants so far apart: nothing flies from one shot to the next. */
#define CUT_S 1e-4

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the GLB file");
}

/* ---- what there is ---- */

static void add_quad(glb_ground *q, float x0, float x1, float z0, float z1, float y)
{
    HM_ASSERT(q->n_vert + 4 <= GLB_GROUND_VERT_MAX);
    hm_vec3 *p = &q->pos_m[q->n_vert];
    p[0] = hm_v3(x0, y, z0), p[1] = hm_v3(x0, y, z1);
    p[2] = hm_v3(x1, y, z1), p[3] = hm_v3(x1, y, z0);
    q->n_vert += 4;
}

/* Lanes of 1.22 m, lines of 50 mm that belong to the lane on their left [World Athletics TR 14]. */
static void make_ground(glb *g)
{
    const float half_m = 0.61f, line_m = 0.05f, over_m = 0.002f;
    int32_t n_lane = 8;
    for (int32_t i = 0; i < g->m->race->n_lane; i++)
        n_lane = g->m->race->lane[i].lane > n_lane ? g->m->race->lane[i].lane : n_lane;
    float left = (float)hm_lane_centre_m(1) + half_m, right = (float)hm_lane_centre_m(n_lane);
    right -= half_m;
    add_quad(&g->ground[0], right - 1.5f, left + 1.5f, -15.0f, 130.0f, 0.0f);
    glb_ground *l = &g->ground[1];
    for (int32_t i = 0; i <= n_lane; i++) {
        float x = left - (float)i * 2.0f * half_m;
        add_quad(l, x, x + line_m, -4.0f, 120.0f, over_m);
    }
    add_quad(l, right, left, -line_m, 0.0f, 1.5f * over_m);
    add_quad(l, right, left, 100.0f, 100.0f + line_m, 1.5f * over_m);
}

/* Even steps, and before each cut one instant more. */
static hm_status make_times(glb *g, hm_err *err)
{
    const hm_mocap *m = g->m;
    int64_t n = (int64_t)floor((m->to_s - m->from_s) * HM_MOCAP_PER_S + 1e-6) + 1;
    int64_t cap = n + 2 * (int64_t)m->film->n_shot;
    if (cap > INT32_MAX / 2)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--glb", "the film is too long");
    g->time_s = HM_PUSH(g->arena, double, cap);
    g->vfov_rad = HM_PUSH(g->arena, double, cap);
    if (!g->time_s || !g->vfov_rad)
        return no_memory(err);
    const double near_s = 0.5 * CUT_S; /* keys are farther apart, also as floats */
    int32_t shot = 0;
    for (int64_t k = 0; k < n; k++) {
        double t_s = (double)k / HM_MOCAP_PER_S;
        for (; shot < m->film->n_shot; shot++) {
            double cut_s = m->film->shot[shot].from_s - m->from_s;
            double last_s = g->n_time ? g->time_s[g->n_time - 1] : 0;
            if (cut_s > t_s + near_s)
                break;
            if (cut_s - CUT_S > last_s + near_s)
                g->time_s[g->n_time++] = cut_s - CUT_S;
            if (cut_s > last_s + near_s && cut_s < t_s - near_s)
                g->time_s[g->n_time++] = cut_s;
            else if (cut_s > last_s + near_s) /* one and the same, of the shot after */
                t_s = cut_s;
        }
        g->time_s[g->n_time++] = t_s;
    }
    for (int32_t k = 0; k < g->n_time; k++) {
        hm_moment now;
        hm_film_at(m->film, m->race, m->from_s + g->time_s[k], &now);
        g->vfov_rad[k] = (double)now.camera.vfov_rad;
    }
    return HM_OK;
}

hm_status glb_collect(glb *g, hm_err *err)
{
    const hm_cast *cast = g->m->cast;
    for (int32_t i = 0; i < cast->n_player; i++) {
        const hm_player *pl = &cast->player[i];
        if (pl->absent)
            continue;
        glb_runner *r = &g->runner[g->n_runner++];
        *r = (glb_runner){.i_player = i,
                          .lane = (int)pl->lane->lane,
                          .shape = &pl->shape,
                          .mesh = &pl->mesh[HM_DETAIL_MIDDLE]};
        snprintf(r->name, sizeof r->name, "lane%d", r->lane);
    }
    make_ground(g);
    return make_times(g, err);
}

/* ---- numbers as bytes, least first whatever the machine ---- */

typedef struct stream {
    hm_file *file;
    hm_err *err;
    hm_status status;
} stream;

static void put(stream *s, const void *bytes, size_t n)
{
    if (s->status == HM_OK)
        s->status = hm_file_put(s->file, bytes, n, s->err);
}

static void put_u16(stream *s, unsigned v)
{
    const uint8_t b[2] = {(uint8_t)v, (uint8_t)(v >> 8)};
    put(s, b, 2);
}

static void put_u32(stream *s, uint32_t v)
{
    const uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
    put(s, b, 4);
}

static void put_f32(stream *s, float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    put_u32(s, bits);
}

static void put_vec3(stream *s, hm_vec3 v)
{
    put_f32(s, v.x), put_f32(s, v.y), put_f32(s, v.z);
}

/* ---- a runner at rest ---- */

/* Display value to light: what COLOR_0 wants. */
static unsigned light_of(float v)
{
    double x = v > 0 ? (v < 1 ? (double)v : 1.0) : 0.0;
    double lin = x <= 0.04045 ? x / 12.92 : hm_pow((x + 0.055) / 1.055, 2.4);
    return (unsigned)(lin * 65535.0 + 0.5);
}

/* Colours of kit, skin and hair at the corners of the mesh. */
static hm_status put_colours(const glb *g, const glb_runner *r, stream *s, hm_arena *scratch)
{
    const hm_player *pl = &g->m->cast->player[r->i_player];
    const hm_mesh *mesh = r->mesh;
    hm_figure *figure = HM_PUSH(scratch, hm_figure, 1);
    uint8_t *part = HM_PUSH(scratch, uint8_t, mesh->n_vert);
    hm_mien mien;
    if (!figure || !part)
        return no_memory(s->err);
    hm_mien_at(g->m->race, pl->lane, 0.0, &mien);
    hm_figure_of(&pl->costume, &pl->shape, &mien, NULL, figure);
    for (int32_t t = 0; t < mesh->n_tri; t++)
        for (int c = 0; c < 3; c++)
            part[mesh->tri[t][c]] = mesh->part[t];
    for (int32_t i = 0; i < mesh->n_vert; i++) {
        const hm_frag f = {.pos_m = mesh->rest_m[i],
                           .nrm = mesh->rest_nrm[i],
                           .rest_m = mesh->rest_m[i],
                           .px_m = 0.02f,
                           .depth_m = 10.0f,
                           .part = part[i]};
        hm_surface q = {.albedo = {0.5f, 0.5f, 0.5f}};
        hm_figure_surface(figure, &f, &q);
        put_u16(s, light_of(q.albedo.r));
        put_u16(s, light_of(q.albedo.g));
        put_u16(s, light_of(q.albedo.b));
        put_u16(s, 65535);
    }
    return HM_OK;
}

static hm_status put_skin(const glb *g, const glb_runner *r, stream *s, hm_arena *scratch)
{
    const hm_mesh *m = r->mesh;
    for (int32_t i = 0; i < m->n_vert; i++)
        put_vec3(s, m->rest_m[i]);
    for (int32_t i = 0; i < m->n_vert; i++)
        put_vec3(s, m->rest_nrm[i]);
    HM_TRY(put_colours(g, r, s, scratch));
    for (int32_t i = 0; i < m->n_vert; i++) {
        uint8_t joint[4]; /* where the weight is 0 the joint is 0 */
        for (int c = 0; c < 4; c++)
            joint[c] = m->weight[i][c] ? m->bone[i][c] : 0;
        put(s, joint, 4);
    }
    put(s, m->weight, (size_t)m->n_vert * 4);
    for (int32_t i = 0; i < m->n_tri; i++)
        for (int c = 0; c < 3; c++)
            put_u32(s, (uint32_t)m->tri[i][c]);
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        hm_vec3 at = r->shape->joint_m[b];
        for (int k = 0; k < 12; k++)
            put_f32(s, k % 5 == 0 ? 1.0f : 0.0f);
        put_vec3(s, hm_v3(-at.x, -at.y, -at.z));
        put_f32(s, 1.0f);
    }
    return s->status;
}

/* ---- movement ---- */

typedef struct quat {
    double x, y, z, w;
} quat;

/* Rotation with the columns x, y, z. */
static quat quat_of(hm_vec3 x, hm_vec3 y, hm_vec3 z)
{
    double a = (double)x.x, b = (double)y.y, c = (double)z.z, s;
    quat q;
    if (a + b + c > 0) {
        s = 2.0 * sqrt(1.0 + a + b + c);
        q = (quat){((double)y.z - (double)z.y) / s, ((double)z.x - (double)x.z) / s,
                   ((double)x.y - (double)y.x) / s, 0.25 * s};
    } else if (a >= b && a >= c) {
        s = 2.0 * sqrt(1.0 + a - b - c);
        q = (quat){0.25 * s, ((double)x.y + (double)y.x) / s, ((double)z.x + (double)x.z) / s,
                   ((double)y.z - (double)z.y) / s};
    } else if (b >= c) {
        s = 2.0 * sqrt(1.0 - a + b - c);
        q = (quat){((double)x.y + (double)y.x) / s, 0.25 * s, ((double)y.z + (double)z.y) / s,
                   ((double)z.x - (double)x.z) / s};
    } else {
        s = 2.0 * sqrt(1.0 - a - b + c);
        q = (quat){((double)z.x + (double)x.z) / s, ((double)y.z + (double)z.y) / s, 0.25 * s,
                   ((double)x.y - (double)y.x) / s};
    }
    double n = 1.0 / sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
    return (quat){q.x * n, q.y * n, q.z * n, q.w * n};
}

/* f's turn as seen from up. */
static quat turn_between(const hm_frame *up, const hm_frame *f)
{
    const hm_vec3 *const axis[3] = {&f->x, &f->y, &f->z};
    hm_vec3 col[3];
    for (int i = 0; i < 3; i++)
        col[i] = hm_v3(hm_v3_dot(up->x, *axis[i]), hm_v3_dot(up->y, *axis[i]),
                       hm_v3_dot(up->z, *axis[i]));
    return quat_of(col[0], col[1], col[2]);
}

/* Of q and -q, the same turn, the one nearer to the instant before. */
static void keep_side(quat *q, const quat *last)
{
    if (q->x * last->x + q->y * last->y + q->z * last->z + q->w * last->w < 0)
        *q = (quat){-q->x, -q->y, -q->z, -q->w};
}

static void put_quats(stream *s, const quat q[], int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        put_f32(s, (float)q[k].x), put_f32(s, (float)q[k].y);
        put_f32(s, (float)q[k].z), put_f32(s, (float)q[k].w);
    }
}

static hm_status put_movement(const glb *g, const glb_runner *r, stream *s, hm_arena *scratch)
{
    const hm_player *pl = &g->m->cast->player[r->i_player];
    const hm_frame whole = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    int64_t n = g->n_time;
    quat *turn = HM_PUSH(scratch, quat, n * HM_BONE_COUNT); /* bone by bone */
    if (!turn)
        return no_memory(s->err);
    for (int32_t k = 0; k < g->n_time; k++) {
        hm_moment now;
        hm_pose pose;
        hm_film_at(g->m->film, g->m->race, g->m->from_s + g->time_s[k], &now);
        hm_gait_pose(&pl->gait, now.race_t_s, &pose);
        put_vec3(s, hm_frame_point(&pose.bone[HM_BONE_PELVIS], r->shape->joint_m[HM_BONE_PELVIS]));
        for (int b = 0; b < HM_BONE_COUNT; b++) {
            int parent = hm_bone_parent(b);
            quat *q = &turn[b * n + k];
            *q = turn_between(parent < 0 ? &whole : &pose.bone[parent], &pose.bone[b]);
            if (k > 0)
                keep_side(q, q - 1);
        }
    }
    for (int b = 0; b < HM_BONE_COUNT; b++)
        put_quats(s, &turn[b * n], g->n_time);
    return s->status;
}

/* ---- ground and camera ---- */

static void put_ground(const glb_ground *q, stream *s)
{
    for (int32_t i = 0; i < q->n_vert; i++)
        put_vec3(s, q->pos_m[i]);
    for (int32_t i = 0; i < q->n_vert; i++)
        put_vec3(s, hm_v3(0, 1, 0));
    for (uint32_t i = 0; i < (uint32_t)q->n_vert; i += 4) {
        const uint32_t corner[6] = {0, 1, 2, 0, 2, 3};
        for (int k = 0; k < 6; k++)
            put_u32(s, i + corner[k]);
    }
}

/* A camera of glTF looks along its own -z. */
static hm_status put_camera(const glb *g, stream *s, hm_arena *scratch)
{
    quat *turn = HM_PUSH(scratch, quat, g->n_time);
    if (!turn)
        return no_memory(s->err);
    for (int32_t k = 0; k < g->n_time; k++) {
        hm_moment now;
        hm_film_at(g->m->film, g->m->race, g->m->from_s + g->time_s[k], &now);
        raster_view v = raster_view_of(&now.camera, g->m->w_px, g->m->h_px);
        put_vec3(s, v.eye_m);
        turn[k] = quat_of(v.right, v.up, hm_v3_mul(v.fwd, -1.0f));
        if (k > 0)
            keep_side(&turn[k], &turn[k - 1]);
    }
    put_quats(s, turn, g->n_time);
    return s->status;
}

static hm_status put_all(const glb *g, stream *s, hm_arena *scratch)
{
    for (int32_t k = 0; k < g->n_time; k++)
        put_f32(s, (float)g->time_s[k]);
    for (int32_t i = 0; i < g->n_runner; i++) {
        hm_arena_mark mark = hm_arena_mark_get(scratch);
        HM_TRY(put_skin(g, &g->runner[i], s, scratch));
        HM_TRY(put_movement(g, &g->runner[i], s, scratch));
        hm_arena_release(scratch, mark);
    }
    for (int i = 0; i < 2; i++)
        put_ground(&g->ground[i], s);
    return put_camera(g, s, scratch);
}

hm_status glb_put_numbers(const glb *g, hm_file *f, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 4 << 20);
    stream s = {.file = f, .err = err};
    hm_status status = put_all(g, &s, &scratch);
    hm_arena_free(&scratch);
    return status;
}
