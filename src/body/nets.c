#include "nets_priv.h"

/* Naive surface nets (Gibson 1998): one vertex in each cell that the surface crosses, a
 * quadrilateral round each grid edge that it crosses. */

typedef struct grid {
    const body_field *f;
    hm_vec3 o; /* first corner */
    float cell;
    int32_t nx, ny, nz;
    float *d;      /* (nx ny nz) distance, first the sum of exponentials */
    int32_t *vert; /* (nx ny nz) vertex of the cell that begins here, -1 = none */
    body_skin *skin;
} grid;

static size_t at(const grid *g, int32_t i, int32_t j, int32_t k)
{
    return ((size_t)k * (size_t)g->ny + (size_t)j) * (size_t)g->nx + (size_t)i;
}

static hm_vec3 corner(const grid *g, int32_t i, int32_t j, int32_t k)
{
    return hm_v3(g->o.x + g->cell * (float)i, g->o.y + g->cell * (float)j,
                 g->o.z + g->cell * (float)k);
}

static void reach(const body_prim *q, hm_vec3 *lo, hm_vec3 *hi)
{
    if (q->kind == BODY_EGG) {
        *lo = hm_v3_sub(q->a, q->b);
        *hi = hm_v3_add(q->a, q->b);
        return;
    }
    *lo = hm_v3(fminf(q->a.x - q->ra, q->b.x - q->rb), fminf(q->a.y - q->ra, q->b.y - q->rb),
                fminf(q->a.z - q->ra, q->b.z - q->rb));
    *hi = hm_v3(fmaxf(q->a.x + q->ra, q->b.x + q->rb), fmaxf(q->a.y + q->ra, q->b.y + q->rb),
                fmaxf(q->a.z + q->ra, q->b.z + q->rb));
}

static float clampf(float v, float lo, float hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

static void box(const body_field *f, hm_vec3 *lo, hm_vec3 *hi)
{
    *lo = hm_v3(1e9f, 1e9f, 1e9f);
    *hi = hm_v3(-1e9f, -1e9f, -1e9f);
    for (int i = 0; i < f->n_prim; i++) {
        hm_vec3 a, b;
        if (f->prim[i].carve)
            continue;
        reach(&f->prim[i], &a, &b);
        *lo = hm_v3(fminf(lo->x, a.x), fminf(lo->y, a.y), fminf(lo->z, a.z));
        *hi = hm_v3(fmaxf(hi->x, b.x), fmaxf(hi->y, b.y), fmaxf(hi->z, b.z));
    }
}

/* Level cuts fall on the middle of a cell, so that their rims are straight. */
static float snap(const grid *g, float from)
{
    for (int i = 0; i < g->f->n_cut; i++) {
        const body_cut *c = &g->f->cut[i];
        if (c->n.y < -0.999f) {
            float steps = floorf((-c->c - from) / g->cell + 0.5f) + 0.5f;
            return -c->c - steps * g->cell;
        }
    }
    return from;
}

static void lay_out(grid *g)
{
    hm_vec3 lo, hi;
    box(g->f, &lo, &hi);
    float pad = 2 * g->cell + 2.5f * g->f->k_m; /* melting swells the skin a little */
    g->o = hm_v3(lo.x - pad, snap(g, lo.y - pad), lo.z - pad);
    g->nx = (int32_t)clampf((hi.x - lo.x + 2 * pad) / g->cell + 2, 4, 400);
    g->ny = (int32_t)clampf((hi.y - lo.y + 2 * pad) / g->cell + 2, 4, 400);
    g->nz = (int32_t)clampf((hi.z - lo.z + 2 * pad) / g->cell + 2, 4, 400);
}

static int32_t index_of(float v, float o, float cell, int32_t n)
{
    return (int32_t)clampf((v - o) / cell, 0, (float)(n - 1));
}

static void splat(grid *g, const body_prim *q)
{
    hm_vec3 lo, hi;
    float m = 8 * g->f->k_m, ik = 1 / g->f->k_m;
    m = fmaxf(m, 2 * g->cell);
    reach(q, &lo, &hi);
    int32_t i0 = index_of(lo.x - m, g->o.x, g->cell, g->nx);
    int32_t i1 = index_of(hi.x + m, g->o.x, g->cell, g->nx);
    int32_t j0 = index_of(lo.y - m, g->o.y, g->cell, g->ny);
    int32_t j1 = index_of(hi.y + m, g->o.y, g->cell, g->ny);
    int32_t k0 = index_of(lo.z - m, g->o.z, g->cell, g->nz);
    int32_t k1 = index_of(hi.z + m, g->o.z, g->cell, g->nz);
    for (int32_t k = k0; k <= k1; k++)
        for (int32_t j = j0; j <= j1; j++)
            for (int32_t i = i0; i <= i1; i++) {
                float d = body_prim_distance(q, corner(g, i, j, k));
                if (d < m)
                    g->d[at(g, i, j, k)] += body_exp(-d * ik);
            }
}

static void carve_and_cut(const grid *g, hm_vec3 p, float *d)
{
    for (int i = 0; i < g->f->n_prim; i++) {
        if (!g->f->prim[i].carve)
            continue;
        float away = -body_prim_distance(&g->f->prim[i], p), k = g->f->carve_k_m;
        float h = clampf(0.5f + 0.5f * (away - *d) / k, 0, 1);
        *d += h * (away - *d) + k * h * (1 - h);
    }
    for (int i = 0; i < g->f->n_cut; i++)
        *d = fmaxf(*d, hm_v3_dot(g->f->cut[i].n, p) - g->f->cut[i].c);
}

static void fill(grid *g)
{
    for (int i = 0; i < g->f->n_prim; i++)
        if (!g->f->prim[i].carve)
            splat(g, &g->f->prim[i]);
    float far_m = 8 * g->f->k_m;
    for (int32_t k = 0; k < g->nz; k++)
        for (int32_t j = 0; j < g->ny; j++)
            for (int32_t i = 0; i < g->nx; i++) {
                float *d = &g->d[at(g, i, j, k)];
                *d = *d > 0 ? -g->f->k_m * body_log(*d) : far_m;
                carve_and_cut(g, corner(g, i, j, k), d);
            }
}

static const int EDGE[12][2] = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3},
                                {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}};

/* Middle of the crossings of one cell; false when the surface misses it. */
static bool cell_vertex(const grid *g, int32_t i, int32_t j, int32_t k, hm_vec3 *p)
{
    float d[8];
    int inside = 0, n = 0;
    for (int c = 0; c < 8; c++) {
        d[c] = g->d[at(g, i + (c & 1), j + (c >> 1 & 1), k + (c >> 2))];
        inside += d[c] < 0;
    }
    if (inside == 0 || inside == 8)
        return false;
    hm_vec3 sum = hm_v3(0, 0, 0);
    for (int e = 0; e < 12; e++) {
        int a = EDGE[e][0], b = EDGE[e][1];
        if ((d[a] < 0) == (d[b] < 0))
            continue;
        float u = d[a] / (d[a] - d[b]);
        hm_vec3 pa = hm_v3((float)(a & 1), (float)(a >> 1 & 1), (float)(a >> 2));
        hm_vec3 pb = hm_v3((float)(b & 1), (float)(b >> 1 & 1), (float)(b >> 2));
        sum = hm_v3_add(sum, hm_v3_mix(pa, pb, u));
        n++;
    }
    *p = hm_v3_mad(corner(g, i, j, k), g->cell / (float)n, sum);
    return true;
}

static void vertices(grid *g, bool write)
{
    int32_t n = 0;
    for (int32_t k = 0; k + 1 < g->nz; k++)
        for (int32_t j = 0; j + 1 < g->ny; j++)
            for (int32_t i = 0; i + 1 < g->nx; i++) {
                hm_vec3 p;
                bool hit = cell_vertex(g, i, j, k, &p);
                g->vert[at(g, i, j, k)] = hit ? n : -1;
                if (hit && write)
                    g->skin->pos[n] = p;
                n += hit;
            }
    g->skin->n_vert = n;
}

static float span2(const body_skin *s, int32_t a, int32_t b)
{
    hm_vec3 d = hm_v3_sub(s->pos[a], s->pos[b]);
    return hm_v3_dot(d, d);
}

/* Two triangles across the shorter diagonal; q runs counter-clockwise, or back when turned. */
static void quad(body_skin *s, const int32_t v[4], bool turned, bool write)
{
    if (write) {
        int32_t q[4] = {v[0], turned ? v[3] : v[1], v[2], turned ? v[1] : v[3]};
        int o = span2(s, q[0], q[2]) <= span2(s, q[1], q[3]) ? 0 : 1;
        int32_t *a = s->tri[s->n_tri], *b = s->tri[s->n_tri + 1];
        a[0] = q[o], a[1] = q[o + 1], a[2] = q[o + 2];
        b[0] = q[o], b[1] = q[o + 2], b[2] = q[(o + 3) % 4];
    }
    s->n_tri += 2;
}

static void edge_quad(grid *g, int axis, const int32_t c[3], bool write)
{
    int32_t n[3] = {c[0], c[1], c[2]};
    n[axis]++;
    float a = g->d[at(g, c[0], c[1], c[2])], b = g->d[at(g, n[0], n[1], n[2])];
    if ((a < 0) == (b < 0))
        return;
    int u = (axis + 1) % 3, w = (axis + 2) % 3;
    int32_t v[4];
    static const int32_t back[4][2] = {{1, 1}, {0, 1}, {0, 0}, {1, 0}};
    for (int i = 0; i < 4; i++) {
        int32_t e[3] = {c[0], c[1], c[2]};
        e[u] -= back[i][0];
        e[w] -= back[i][1];
        v[i] = g->vert[at(g, e[0], e[1], e[2])];
    }
    quad(g->skin, v, b < 0, write);
}

static void faces(grid *g, bool write)
{
    g->skin->n_tri = 0;
    for (int32_t k = 1; k + 1 < g->nz; k++)
        for (int32_t j = 1; j + 1 < g->ny; j++)
            for (int32_t i = 1; i + 1 < g->nx; i++)
                for (int axis = 0; axis < 3; axis++)
                    edge_quad(g, axis, (int32_t[3]){i, j, k}, write);
}

/* Newton onto the surface, held inside the neighbourhood of the own cell. */
static void settle(const grid *g)
{
    body_skin *s = g->skin;
    for (int32_t i = 0; i < s->n_vert; i++) {
        hm_vec3 p = s->pos[i], n;
        for (int step = 0; step < 2; step++) {
            float d = body_field_distance(g->f, p, &n);
            p = hm_v3_mad(p, -clampf(d, -.6f * g->cell, .6f * g->cell), n);
        }
        s->pos[i] = p;
        body_field_distance(g->f, p, &s->nrm[i]);
    }
}

hm_status body_nets(const body_field *f, float cell_m, hm_arena *arena, body_skin *skin,
                    hm_err *err)
{
    *skin = (body_skin){0};
    if (f->n_prim == 0)
        return HM_OK;
    grid g = {.f = f, .cell = cell_m, .skin = skin};
    lay_out(&g);
    size_t n = (size_t)g.nx * (size_t)g.ny * (size_t)g.nz;
    g.d = HM_PUSH(arena, float, n);
    g.vert = HM_PUSH(arena, int32_t, n);
    if (!g.d || !g.vert)
        return hm_err_set(err, HM_ERR_SYSTEM, __func__, 0, 0, NULL, "no memory for a skin");
    fill(&g);
    vertices(&g, false);
    faces(&g, false);
    skin->pos = HM_PUSH(arena, hm_vec3, skin->n_vert);
    skin->nrm = HM_PUSH(arena, hm_vec3, skin->n_vert);
    skin->tri = hm_arena_push(arena, (size_t)skin->n_tri, sizeof *skin->tri);
    if (!skin->pos || !skin->nrm || !skin->tri)
        return hm_err_set(err, HM_ERR_SYSTEM, __func__, 0, 0, NULL, "no memory for a skin");
    vertices(&g, true);
    settle(&g);
    faces(&g, true);
    return HM_OK;
}
