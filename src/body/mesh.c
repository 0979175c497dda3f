#include "body/mesh.h"

#include "nets_priv.h"
#include "skin_priv.h"

#include <string.h>

/* Grid of each shell [mm] on a body of 1.80 m, far, middle, near. */
static const float CELL_MM[HM_DETAIL_COUNT][BODY_SHELL_COUNT] = {
    {78, 44, 56, 70, 42, 46, 27, 42},
    {54, 33, 50, 50, 22.5f, 26, 17.5f, 27},
    {33, 23, 33, 32, 13, 16, 11.5f, 18},
};

typedef struct builder {
    const hm_shape *s;
    body_field *all; /* bones' flesh, for the weights */
    hm_mesh *m;
    int32_t n_vert, n_tri; /* filled so far */
} builder;

static bool mirrored(int shell)
{
    return shell == BODY_SHELL_ARM || shell == BODY_SHELL_LEG || shell == BODY_SHELL_HAND ||
           shell == BODY_SHELL_FOOT;
}

static uint8_t mirror_bone(uint8_t b)
{
    if (b < HM_BONE_LEFT)
        return b;
    return (uint8_t)(b < HM_BONE_RIGHT ? b + HM_SIDE_BONE_COUNT : b - HM_SIDE_BONE_COUNT);
}

static uint8_t mirror_part(uint8_t p)
{
    switch (p) {
    case HM_PART_ARM_L:
    case HM_PART_HAND_L:
    case HM_PART_LEG_L:
    case HM_PART_FOOT_L:
        return (uint8_t)(p + 1);
    default:
        return p;
    }
}

/* Part of a triangle: of the primitive nearest to its middle. */
static uint8_t part_of(const body_field *f, const hm_vec3 *pos, const int32_t t[3])
{
    hm_vec3 p = hm_v3_mul(hm_v3_add(hm_v3_add(pos[t[0]], pos[t[1]]), pos[t[2]]), 1 / 3.0f);
    float best = 1e9f;
    uint8_t part = 0;
    for (int i = 0; i < f->n_prim; i++) {
        float d = f->prim[i].carve ? 1e9f : body_prim_distance(&f->prim[i], p);
        if (d < best) {
            best = d;
            part = f->prim[i].part;
        }
    }
    return part;
}

static void append(builder *b, const body_field *f, const body_skin *k, bool hair)
{
    hm_mesh *m = b->m;
    for (int32_t i = 0; i < k->n_vert; i++) {
        int32_t v = b->n_vert + i;
        m->rest_m[v] = k->pos[i];
        m->rest_nrm[v] = k->nrm[i];
        body_weights(hair ? f : b->all, b->s, k->pos[i], m->bone[v], m->weight[v]);
    }
    for (int32_t i = 0; i < k->n_tri; i++) {
        for (int c = 0; c < 3; c++)
            m->tri[b->n_tri + i][c] = k->tri[i][c] + b->n_vert;
        m->part[b->n_tri + i] = part_of(f, k->pos, k->tri[i]);
    }
    b->n_vert += k->n_vert;
    b->n_tri += k->n_tri;
}

/* The right one: the left one, appended last, in the mirror. */
static void append_mirror(builder *b, const body_skin *k)
{
    hm_mesh *m = b->m;
    int32_t v0 = b->n_vert - k->n_vert, t0 = b->n_tri - k->n_tri;
    for (int32_t i = 0; i < k->n_vert; i++) {
        int32_t v = b->n_vert + i, o = v0 + i;
        m->rest_m[v] = hm_v3(-m->rest_m[o].x, m->rest_m[o].y, m->rest_m[o].z);
        m->rest_nrm[v] = hm_v3(-m->rest_nrm[o].x, m->rest_nrm[o].y, m->rest_nrm[o].z);
        memcpy(m->weight[v], m->weight[o], 4);
        for (int c = 0; c < 4; c++)
            m->bone[v][c] = mirror_bone(m->bone[o][c]);
    }
    for (int32_t i = 0; i < k->n_tri; i++) {
        const int32_t *o = m->tri[t0 + i];
        int32_t *t = m->tri[b->n_tri + i], up = k->n_vert;
        t[0] = o[0] + up, t[1] = o[2] + up, t[2] = o[1] + up;
        m->part[b->n_tri + i] = mirror_part(m->part[t0 + i]);
    }
    b->n_vert += k->n_vert;
    b->n_tri += k->n_tri;
}

static hm_status room_for(hm_arena *arena, hm_mesh *m, hm_err *err)
{
    m->rest_m = HM_PUSH(arena, hm_vec3, m->n_vert);
    m->rest_nrm = HM_PUSH(arena, hm_vec3, m->n_vert);
    m->bone = hm_arena_push(arena, (size_t)m->n_vert, sizeof *m->bone);
    m->weight = hm_arena_push(arena, (size_t)m->n_vert, sizeof *m->weight);
    m->tri = hm_arena_push(arena, (size_t)m->n_tri, sizeof *m->tri);
    m->part = HM_PUSH(arena, uint8_t, m->n_tri);
    if (!m->rest_m || !m->rest_nrm || !m->bone || !m->weight || !m->tri || !m->part)
        return hm_err_set(err, HM_ERR_SYSTEM, __func__, 0, 0, NULL, "no memory for a body");
    return HM_OK;
}

/* Against a man of 1.80 m: heads by their own size, children's are larger. */
static float size_of(const hm_shape *s, int shell)
{
    if (shell == BODY_SHELL_HEAD || shell == BODY_SHELL_HAIR)
        return s->head.half_height_m / .120f;
    return (float)s->stature_m / 1.80f;
}

static hm_status build(const hm_shape *shape, hm_detail detail, hm_arena *scratch, hm_arena *arena,
                       hm_mesh *mesh, hm_err *err)
{
    body_skin skin[BODY_SHELL_COUNT];
    body_field *all = HM_PUSH(scratch, body_field, 1);
    body_field *shell = HM_PUSH(scratch, body_field, BODY_SHELL_COUNT);
    if (!all || !shell)
        return hm_err_set(err, HM_ERR_SYSTEM, __func__, 0, 0, NULL, "no memory for a body");
    hm_mesh m = {0};
    body_flesh(shape, all);
    for (int i = 0; i < BODY_SHELL_COUNT; i++) {
        float cell = CELL_MM[detail][i] * .001f * size_of(shape, i);
        body_shell_field(shape, all, (body_shell)i, &shell[i]);
        HM_TRY(body_nets(&shell[i], cell, scratch, &skin[i], err));
        m.n_vert += skin[i].n_vert * (mirrored(i) ? 2 : 1);
        m.n_tri += skin[i].n_tri * (mirrored(i) ? 2 : 1);
    }
    HM_TRY(room_for(arena, &m, err));
    builder b = {.s = shape, .all = all, .m = &m};
    for (int i = 0; i < BODY_SHELL_COUNT; i++) {
        append(&b, &shell[i], &skin[i], i == BODY_SHELL_HAIR);
        if (mirrored(i))
            append_mirror(&b, &skin[i]);
    }
    *mesh = m;
    return HM_OK;
}

hm_status hm_mesh_build_detail(const hm_shape *shape, hm_detail detail, hm_arena *arena,
                               hm_mesh *mesh, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    hm_status st = build(shape, detail, &scratch, arena, mesh, err);
    hm_arena_free(&scratch);
    return st;
}

hm_status hm_mesh_build(const hm_shape *shape, hm_arena *arena, hm_mesh *mesh, hm_err *err)
{
    return hm_mesh_build_detail(shape, HM_DETAIL_MIDDLE, arena, mesh, err);
}
