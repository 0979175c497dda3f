/* setup.c - from world triangles to snapped screen triangles in bins. */
#include "clip_priv.h"
#include "raster_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* World coordinates beyond this are nonsense or would lose all precision [m]. */
#define SETUP_FAR_M 1.0e6f

raster_view raster_view_of(const hm_camera *cam, int32_t w_px, int32_t h_px)
{
    raster_view v = {.eye_m = cam->eye_m, .near_m = cam->near_m > 0.01f ? cam->near_m : 0.01f};
    v.fwd = hm_v3_unit(hm_v3_sub(cam->aim_m, cam->eye_m));
    if (!(hm_v3_dot(v.fwd, v.fwd) > 0.5f))
        v.fwd = hm_v3(0, 0, 1);
    hm_vec3 right = hm_v3_cross(v.fwd, hm_v3(0, 1, 0));
    if (hm_v3_dot(right, right) < 1.0e-8f)
        right = hm_v3(-1, 0, 0); /* straight down or up: the top of the picture is +z */
    right = hm_v3_unit(right);
    hm_vec3 up = hm_v3_cross(right, v.fwd);
    float c = hm_cosf(cam->roll_rad), s = hm_sinf(cam->roll_rad);
    v.right = hm_v3_mad(hm_v3_mul(right, c), s, up);
    v.up = hm_v3_mad(hm_v3_mul(up, c), -s, right);
    float vfov_rad = cam->vfov_rad > 0.01f ? (cam->vfov_rad < 3.0f ? cam->vfov_rad : 3.0f) : 0.01f;
    float tan_half = (float)hm_tan((double)vfov_rad * 0.5);
    v.f_px = 0.5f * (float)h_px / tan_half;
    v.cx_px = 0.5f * (float)w_px;
    v.cy_px = 0.5f * (float)h_px;
    v.px_frac = 1.0f / v.f_px;
    return v;
}

/* Room for one more triangle. */
static bool reserve(raster_list *l)
{
    if (l->n < l->cap)
        return true;
    int32_t cap = l->cap ? l->cap * 2 : 1 << 15;
    raster_tri *t = HM_PUSH(&l->arena, raster_tri, cap);
    uint32_t *key = HM_PUSH(&l->arena, uint32_t, cap);
    if (!t || !key)
        return false;
    if (l->n > 0) {
        memcpy(t, l->tri, (size_t)l->n * sizeof *t);
        memcpy(key, l->key, (size_t)l->n * sizeof *key);
    }
    l->tri = t;
    l->key = key;
    l->cap = cap;
    return true;
}

typedef struct setup_ctx {
    raster_list *l;
    const raster_view *view;
    int32_t w_px, h_px;
    raster_window window;
    raster_tri proto; /* object, kind */
    bool two_sided;
    bool oom;
} setup_ctx;

/* Plane through three values: value at corner 0, slope right, slope down. det > 0. */
static void plane(float out[3], const float d[4], float inv_det, float a, float b, float c)
{
    float u = (b - a) * inv_det, v = (c - a) * inv_det;
    out[0] = a;
    out[1] = u * d[3] - v * d[1];
    out[2] = v * d[0] - u * d[2];
}

/* Nearest 1/256 pixel. The shift makes all of the guard band positive, where a cast is a floor. */
static int32_t snap(float px)
{
    const int32_t shift = 1 << 24;
    return (int32_t)((double)px * RASTER_SUB + 0.5 + shift) - shift;
}

/* Does the box hold a sample? Only boxes inside one pixel are looked at closely. */
static bool holds_sample(int32_t x0, int32_t x1, int32_t y0, int32_t y1)
{
    static const int32_t at[RASTER_SAMPLE][2] = {{96, 32}, {224, 96}, {32, 160}, {160, 224}};
    if (x0 >> 8 != x1 >> 8 || y0 >> 8 != y1 >> 8)
        return true;
    int32_t px = x0 & ~255, py = y0 & ~255;
    for (int i = 0; i < RASTER_SAMPLE; i++)
        if (px + at[i][0] >= x0 && px + at[i][0] <= x1 && py + at[i][1] >= y0 &&
            py + at[i][1] <= y1)
            return true;
    return false;
}

static int32_t min3(const int32_t v[3])
{
    int32_t m = v[0] < v[1] ? v[0] : v[1];
    return m < v[2] ? m : v[2];
}
static int32_t max3(const int32_t v[3])
{
    int32_t m = v[0] > v[1] ? v[0] : v[1];
    return m > v[2] ? m : v[2];
}

/* Tiles that the box of a triangle touches; false when it sees no sample of the picture. */
static bool find_tiles(const setup_ctx *c, raster_tri *t)
{
    const int32_t k = RASTER_TILE * RASTER_SUB;
    const raster_window *w = &c->window;
    int32_t x0 = min3(t->x), x1 = max3(t->x), y0 = min3(t->y), y1 = max3(t->y);
    if (x1 < 0 || y1 < 0 || x0 >= c->w_px * RASTER_SUB || y0 >= c->h_px * RASTER_SUB ||
        !holds_sample(x0, x1, y0, y1))
        return false;
    x0 = x0 < 0 ? 0 : x0 / k, x1 /= k;
    y0 = y0 < 0 ? 0 : y0 / k, y1 /= k;
    if (x1 < w->x0 || y1 < w->y0 || x0 > w->x1 || y0 > w->y1)
        return false;
    t->tile[0] = (uint8_t)(x0 > w->x0 ? x0 : w->x0);
    t->tile[1] = (uint8_t)(x1 < w->x1 ? x1 : w->x1);
    t->tile[2] = (uint8_t)(y0 > w->y0 ? y0 : w->y0);
    t->tile[3] = (uint8_t)(y1 < w->y1 ? y1 : w->y1);
    return true;
}

/* What is interpolated over the triangle: 1/depth and the weights of the mesh corners 1 and 2. */
static void set_planes(raster_tri *t, float area, const clip_vert *const v[3])
{
    const float s = 1.0f / (float)RASTER_SUB;
    float e[4] = {(float)(t->x[1] - t->x[0]) * s, (float)(t->y[1] - t->y[0]) * s,
                  (float)(t->x[2] - t->x[0]) * s, (float)(t->y[2] - t->y[0]) * s};
    float inv_det = 1.0f / (area * (s * s));
    float iz[3] = {v[0]->iz, v[1]->iz, v[2]->iz};
    plane(t->iz, e, inv_det, iz[0], iz[1], iz[2]);
    plane(t->w1, e, inv_det, v[0]->b1 * iz[0], v[1]->b1 * iz[1], v[2]->b1 * iz[2]);
    plane(t->w2, e, inv_det, v[0]->b2 * iz[0], v[1]->b2 * iz[1], v[2]->b2 * iz[2]);
    t->iz_lo = fminf(iz[0], fminf(iz[1], iz[2]));
    t->iz_hi = fmaxf(iz[0], fmaxf(iz[1], iz[2]));
}

/* One screen triangle, corners inside the guard band, in mesh order. */
static void emit(setup_ctx *c, const clip_vert *a, const clip_vert *b, const clip_vert *d,
                 int32_t i_tri, uint8_t part)
{
    const clip_vert *v[3] = {a, b, d};
    int32_t x[3], y[3];
    for (int i = 0; i < 3; i++)
        x[i] = snap(v[i]->sx), y[i] = snap(v[i]->sy);
    int64_t area = (int64_t)(x[1] - x[0]) * (y[2] - y[0]) - (int64_t)(x[2] - x[0]) * (y[1] - y[0]);
    if (area == 0 || (area > 0 && !c->two_sided))
        return; /* y runs down: what faces us turns the other way round */
    if (!reserve(c->l)) {
        c->oom = true;
        return;
    }
    raster_tri *t = &c->l->tri[c->l->n];
    *t = c->proto;
    if (area < 0) {
        v[1] = d, v[2] = b;
        area = -area;
    } else {
        t->kind = RASTER_BACK;
    }
    bool kept = v[1] == b;
    t->x[0] = x[0], t->x[1] = x[kept ? 1 : 2], t->x[2] = x[kept ? 2 : 1];
    t->y[0] = y[0], t->y[1] = y[kept ? 1 : 2], t->y[2] = y[kept ? 2 : 1];
    if (!find_tiles(c, t))
        return;
    if (t->kind != RASTER_CAST)
        set_planes(t, (float)area, v);
    t->sliver = area < 2 * RASTER_SUB * RASTER_SUB; /* under one square pixel */
    t->i_tri = i_tri;
    t->part = part;
    c->l->key[c->l->n++] = ((uint32_t)(t->i_object + 1) << 8) | part;
}

/* A corner in view space. depth < 0 marks what must not be drawn. */
static void place(clip_vert *o, const raster_view *v, hm_vec3 p)
{
    hm_vec3 q = hm_v3_sub(p, v->eye_m);
    o->vx = hm_v3_dot(q, v->right);
    o->vy = hm_v3_dot(q, v->up);
    o->depth = hm_v3_dot(q, v->fwd);
    bool sane =
        fabsf(o->vx) < SETUP_FAR_M && fabsf(o->vy) < SETUP_FAR_M && fabsf(o->depth) < SETUP_FAR_M;
    o->clip = sane ? 0 : CLIP_INSANE;
    o->iz = 0;
    if (sane && o->depth >= v->near_m)
        clip_project(o, v);
    else
        o->clip |= CLIP_NEAR;
}

static void outcode(clip_vert *o, int32_t w_px, int32_t h_px)
{
    if (o->clip & (CLIP_NEAR | CLIP_INSANE))
        return;
    const float g = (float)RASTER_GUARD_PX;
    unsigned c = 0;
    c |= o->sx < 0 ? CLIP_OFF_LEFT : 0u;
    c |= o->sx > (float)w_px ? CLIP_OFF_RIGHT : 0u;
    c |= o->sy < 0 ? CLIP_OFF_TOP : 0u;
    c |= o->sy > (float)h_px ? CLIP_OFF_BOTTOM : 0u;
    bool in = o->sx > -g && o->sx < (float)w_px + g && o->sy > -g && o->sy < (float)h_px + g;
    o->clip = c | (in ? 0u : (unsigned)CLIP_GUARD);
}

/* One mesh triangle: straight through, or by way of the clipper. */
static void one_tri(setup_ctx *c, const clip_vert *const v[3], int32_t i_tri, uint8_t part)
{
    unsigned any = v[0]->clip | v[1]->clip | v[2]->clip;
    unsigned off = v[0]->clip & v[1]->clip & v[2]->clip & (unsigned)~CLIP_GUARD;
    if (off || (any & CLIP_INSANE))
        return;
    clip_vert k[3] = {*v[0], *v[1], *v[2]};
    for (int i = 0; i < 3; i++) {
        k[i].b1 = i == 1 ? 1.0f : 0.0f;
        k[i].b2 = i == 2 ? 1.0f : 0.0f;
    }
    if (!(any & (CLIP_NEAR | CLIP_GUARD))) {
        emit(c, &k[0], &k[1], &k[2], i_tri, part);
        return;
    }
    clip_vert poly[CLIP_MAX];
    int n = clip_triangle(c->view, c->w_px, c->h_px, k, poly);
    for (int i = 2; i < n; i++)
        emit(c, &poly[0], &poly[i - 1], &poly[i], i_tri, part);
}

static void all_tris(setup_ctx *c, const hm_object *o, const clip_vert *vert)
{
    for (int32_t i = 0; i < o->n_tri && !c->oom; i++) {
        const int32_t *t = o->tri[i];
        if ((t[0] | t[1] | t[2]) < 0 || t[0] >= o->n_vert || t[1] >= o->n_vert || t[2] >= o->n_vert)
            continue;
        const clip_vert *v[3] = {&vert[t[0]], &vert[t[1]], &vert[t[2]]};
        one_tri(c, v, i, o->part ? o->part[i] : 0);
    }
}

/* Both ways of laying a body on the screen: as it is, and along the sun onto the ground. */
static void object_faces(setup_ctx *c, const hm_object *o)
{
    clip_vert *vert = c->l->vert;
    for (int32_t i = 0; i < o->n_vert; i++) {
        place(&vert[i], c->view, o->pos_m[i]);
        outcode(&vert[i], c->w_px, c->h_px);
    }
    c->two_sided = (o->flags & HM_OBJECT_TWO_SIDED) != 0;
    c->proto.kind = RASTER_FACE;
    all_tris(c, o, vert);
}

static void object_cast(setup_ctx *c, const hm_object *o, hm_vec3 to_sun)
{
    clip_vert *vert = c->l->vert;
    float kx = to_sun.x / to_sun.y, kz = to_sun.z / to_sun.y;
    for (int32_t i = 0; i < o->n_vert; i++) {
        hm_vec3 p = o->pos_m[i];
        float y = p.y > 0 ? p.y : 0;
        place(&vert[i], c->view, hm_v3(p.x - kx * y, 0, p.z - kz * y));
        outcode(&vert[i], c->w_px, c->h_px);
    }
    c->two_sided = false;
    c->proto.kind = RASTER_CAST;
    all_tris(c, o, vert);
}

/* Counting sort of triangles into tiles, in triangle order. */
static hm_status fill_bins(raster_list *l, int32_t n_tx, int32_t n_ty)
{
    int32_t n_tile = n_tx * n_ty;
    uint32_t *start = l->bin_start;
    memset(start, 0, ((size_t)n_tile + 2) * sizeof *start);
    int64_t total = 0;
    for (int32_t i = 0; i < l->n; i++) {
        const uint8_t *r = l->tri[i].tile;
        for (int32_t ty = r[2]; ty <= r[3]; ty++)
            for (int32_t tx = r[0]; tx <= r[1]; tx++)
                start[ty * n_tx + tx + 2]++;
        total += (int64_t)(r[1] - r[0] + 1) * (r[3] - r[2] + 1);
    }
    if (total > l->bin_cap) {
        l->bin = HM_PUSH(&l->arena, uint32_t, total + total / 2);
        l->bin_cap = l->bin ? total + total / 2 : 0;
        if (!l->bin)
            return HM_ERR_SYSTEM;
    }
    for (int32_t i = 0; i < n_tile; i++)
        start[i + 2] += start[i + 1]; /* start[i + 1] is where tile i begins, then moves on */
    for (int32_t i = 0; i < l->n; i++) {
        const uint8_t *r = l->tri[i].tile;
        for (int32_t ty = r[2]; ty <= r[3]; ty++)
            for (int32_t tx = r[0]; tx <= r[1]; tx++)
                l->bin[start[ty * n_tx + tx + 1]++] = (uint32_t)i;
    }
    return HM_OK;
}

static bool usable(const hm_object *o)
{
    return o->n_tri > 0 && o->n_vert > 0 && o->pos_m && o->tri && (o->surface || o->colours);
}

/* Number the objects that get lines: 1 .. 255, and round again should there be more. */
static bool number_ink(raster_list *l, const hm_scene *scene)
{
    if (scene->n_object > l->object_cap) {
        l->ink_no = HM_PUSH(&l->arena, uint8_t, scene->n_object);
        l->object_cap = l->ink_no ? scene->n_object : 0;
        if (!l->ink_no)
            return false;
    }
    int32_t n = 0;
    for (int32_t i = 0; i < scene->n_object; i++) {
        bool has = (scene->object[i].flags & HM_OBJECT_INK) != 0;
        l->ink_no[i] = has ? (uint8_t)(n % 255 + 1) : 0;
        n += has;
    }
    return true;
}

hm_status raster_setup(raster_list *l, const hm_scene *scene, const raster_view *v, int32_t w_px,
                       int32_t h_px, int32_t n_tx, int32_t n_ty, const raster_window *window)
{
    l->n = 0;
    if (!number_ink(l, scene))
        return HM_ERR_SYSTEM;
    setup_ctx c = {.l = l, .view = v, .w_px = w_px, .h_px = h_px};
    c.window = window ? *window : (raster_window){0, 0, n_tx - 1, n_ty - 1};
    hm_vec3 sun = hm_v3_unit(scene->light.to_sun);
    for (int32_t i = 0; i < scene->n_object; i++) {
        const hm_object *o = &scene->object[i];
        if (!usable(o))
            continue;
        if (o->n_vert > l->vert_cap) {
            l->vert = HM_PUSH(&l->arena, clip_vert, o->n_vert);
            l->vert_cap = l->vert ? o->n_vert : 0;
            if (!l->vert)
                return HM_ERR_SYSTEM;
        }
        c.proto.i_object = (uint16_t)i;
        object_faces(&c, o);
        if ((o->flags & HM_OBJECT_SHADOW) && sun.y > 0.05f)
            object_cast(&c, o, sun);
        if (c.oom)
            return HM_ERR_SYSTEM;
    }
    return fill_bins(l, n_tx, n_ty);
}
