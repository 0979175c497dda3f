#include "venue_priv.h"

hm_status venue_mesh_init(venue_mesh *m, int32_t n_quad, hm_arena *arena, hm_err *err)
{
    venue_mesh r = {.vert_max = 4 * n_quad, .tri_max = 2 * n_quad};
    r.pos_m = HM_PUSH(arena, hm_vec3, r.vert_max);
    r.nrm = HM_PUSH(arena, hm_vec3, r.vert_max);
    r.rest_m = HM_PUSH(arena, hm_vec3, r.vert_max);
    r.tri = hm_arena_push(arena, (size_t)r.tri_max, sizeof(int32_t[3]));
    r.part = HM_PUSH(arena, uint8_t, r.tri_max);
    if (!r.pos_m || !r.nrm || !r.rest_m || !r.tri || !r.part)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for a mesh");
    *m = r;
    return HM_OK;
}

static int32_t add_vert(venue_mesh *m, hm_vec3 p, hm_vec3 n, hm_vec3 rest)
{
    HM_ASSERT(m->n_vert < m->vert_max);
    m->pos_m[m->n_vert] = p;
    m->nrm[m->n_vert] = n;
    m->rest_m[m->n_vert] = rest;
    return m->n_vert++;
}

static void add_tri(venue_mesh *m, int32_t a, int32_t b, int32_t c, uint8_t part)
{
    HM_ASSERT(m->n_tri < m->tri_max);
    m->tri[m->n_tri][0] = a;
    m->tri[m->n_tri][1] = b;
    m->tri[m->n_tri][2] = c;
    m->part[m->n_tri++] = part;
}

void venue_mesh_quad(venue_mesh *m, const hm_vec3 p[4], const hm_vec3 rest[4], uint8_t part)
{
    /* diagonals: a normal also for a quad that has shrunk to a triangle */
    hm_vec3 n = hm_v3_unit(hm_v3_cross(hm_v3_sub(p[2], p[0]), hm_v3_sub(p[3], p[1])));
    int32_t i[4];
    for (int k = 0; k < 4; k++)
        i[k] = add_vert(m, p[k], n, rest ? rest[k] : p[k]);
    add_tri(m, i[0], i[1], i[2], part);
    add_tri(m, i[0], i[2], i[3], part);
}

void venue_mesh_box(venue_mesh *m, const hm_frame *f, hm_vec3 half_m, uint8_t part)
{
    /* corner = bits x y z; faces -x +x -y +y -z +z, each counter-clockwise from outside */
    static const uint8_t face[6][4] = {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4},
                                       {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}};
    hm_vec3 own[8], p[8];
    for (int c = 0; c < 8; c++) {
        own[c] = hm_v3(c & 1 ? half_m.x : -half_m.x, c & 2 ? half_m.y : -half_m.y,
                       c & 4 ? half_m.z : -half_m.z);
        p[c] = hm_frame_point(f, own[c]);
    }
    for (int k = 0; k < 6; k++) {
        const uint8_t *c = face[k];
        const hm_vec3 q[4] = {p[c[0]], p[c[1]], p[c[2]], p[c[3]]};
        const hm_vec3 r[4] = {own[c[0]], own[c[1]], own[c[2]], own[c[3]]};
        venue_mesh_quad(m, q, r, part);
    }
}

void venue_mesh_block(venue_mesh *m, hm_vec3 mid_m, hm_vec3 half_m, uint8_t part)
{
    const hm_frame f = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, mid_m};
    venue_mesh_box(m, &f, half_m, part);
}

/* Two unit vectors across a unit axis. */
static void across(hm_vec3 axis, hm_vec3 *u, hm_vec3 *v)
{
    hm_vec3 help = axis.y * axis.y < 0.5f ? hm_v3(0, 1, 0) : hm_v3(1, 0, 0);
    *u = hm_v3_unit(hm_v3_cross(help, axis));
    *v = hm_v3_cross(axis, *u);
}

void venue_mesh_tube(venue_mesh *m, hm_vec3 a, hm_vec3 b, float ra_m, float rb_m, int32_t n,
                     uint8_t part)
{
    /* rings: along the axis, across it, in units of the end's radius; few sides get flat ends */
    static const float fine[6][2] = {{-1.0f, 0.0f}, {-0.6f, 0.8f}, {0.0f, 1.0f},
                                     {0.0f, 1.0f},  {0.6f, 0.8f},  {1.0f, 0.0f}};
    static const float plain[4][2] = {{-0.7f, 0.0f}, {0.0f, 1.0f}, {0.0f, 1.0f}, {0.7f, 0.0f}};
    int32_t rings = n >= 8 ? 6 : 4;
    const float(*ring)[2] = n >= 8 ? fine : plain;
    hm_vec3 d = hm_v3_sub(b, a), axis = hm_v3_unit(d), u, v;
    if (hm_v3_dot(d, d) == 0.0f)
        axis = hm_v3(0, 1, 0);
    across(axis, &u, &v);
    int32_t first = m->n_vert;
    for (int32_t k = 0; k < n; k++) {
        float turn = (float)k / (float)n;
        hm_vec3 dir =
            hm_v3_add(hm_v3_mul(u, venue_wave(turn + 0.25f)), hm_v3_mul(v, venue_wave(turn)));
        for (int32_t r = 0; r < rings; r++) {
            bool at_a = r < rings / 2;
            hm_vec3 nr = hm_v3_mad(hm_v3_mul(dir, ring[r][1]), ring[r][0], axis);
            add_vert(m, hm_v3_mad(at_a ? a : b, at_a ? ra_m : rb_m, nr), hm_v3_unit(nr),
                     hm_v3(turn, (float)r, 0.0f));
        }
    }
    for (int32_t k = 0; k < n; k++) {
        int32_t i = first + rings * k, j = first + rings * ((k + 1) % n);
        for (int32_t r = 0; r < rings - 1; r++) {
            if (r > 0)
                add_tri(m, i + r, j + r, j + r + 1, part);
            if (r < rings - 2)
                add_tri(m, i + r, j + r + 1, i + r + 1, part);
        }
    }
}

hm_object venue_mesh_object(const venue_mesh *m, hm_surface_fn *surface, const void *ctx,
                            uint32_t flags)
{
    return (hm_object){.n_vert = m->n_vert,
                       .n_tri = m->n_tri,
                       .pos_m = m->pos_m,
                       .nrm = m->nrm,
                       .rest_m = m->rest_m,
                       .tri = (const int32_t(*)[3])m->tri,
                       .part = m->part,
                       .surface = surface,
                       .surface_ctx = ctx,
                       .flags = flags};
}
