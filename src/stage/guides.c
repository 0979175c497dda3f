/* guides.c - the same triangles in the same places as the picture, one sample a pixel, and plain
 * numbers instead of paint. */
#include "guides_priv.h"
#include "hot_priv.h"
#include "raster_priv.h"

#include <string.h>

#include "stage/raster.h"

/* The sample that speaks for a pixel lies here [px]; the picture is moved so that it sees what lies
 * in the middle. */
#define SAMPLE_X 0.375f
#define SAMPLE_Y 0.125f

/* The sky turns with the camera and does not move: so far away [m]. */
#define SKY_M 1.0e5f

typedef struct pass {
    const hm_scene *scene;
    const guides_next *next;
    raster_view view, view_moved, view_next;
    raster_job job;
    guides *g;
} pass;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for guide layers");
}

hm_status guides_make(int32_t w_px, int32_t h_px, hm_arena *arena, guides *g, hm_err *err)
{
    size_t n = (size_t)w_px * (size_t)h_px;
    guides v = {.w_px = w_px, .h_px = h_px};
    v.colour = HM_PUSH(arena, uint8_t, 3 * n);
    v.id = HM_PUSH(arena, uint8_t, n);
    v.part = HM_PUSH(arena, uint8_t, n);
    v.normal = HM_PUSH(arena, uint8_t, 3 * n);
    v.rest = HM_PUSH(arena, uint8_t, 3 * n);
    v.depth = HM_PUSH(arena, uint16_t, n);
    v.velocity = HM_PUSH(arena, uint16_t, 3 * n);
    if (!v.colour || !v.id || !v.part || !v.normal || !v.rest || !v.depth || !v.velocity)
        return no_memory(err);
    *g = v;
    return HM_OK;
}

/* ---- numbers ---- */

static uint8_t byte_of(float v)
{
    return (uint8_t)(v > 0 ? (v < 255 ? v + 0.5f : 255.0f) : 0.0f); /* NaN becomes 0 */
}

static uint16_t word_of(float v)
{
    return (uint16_t)(v > 0 ? (v < 65535 ? v + 0.5f : 65535.0f) : 0.0f);
}

static void put_colour(guides *g, size_t k, hm_rgb c)
{
    g->colour[3 * k] = byte_of(255.0f * c.r);
    g->colour[3 * k + 1] = byte_of(255.0f * c.g);
    g->colour[3 * k + 2] = byte_of(255.0f * c.b);
}

static void put_normal(guides *g, size_t k, hm_vec3 n)
{
    g->normal[3 * k] = byte_of(128.0f + 127.0f * n.x);
    g->normal[3 * k + 1] = byte_of(128.0f + 127.0f * n.y);
    g->normal[3 * k + 2] = byte_of(128.0f + 127.0f * n.z);
}

static void put_rest(guides *g, size_t k, hm_vec3 m)
{
    const float step = (float)(1.0 / GUIDES_REST_M);
    g->rest[3 * k] = byte_of(step * m.x + GUIDES_REST_ZERO);
    g->rest[3 * k + 1] = byte_of(step * m.y);
    g->rest[3 * k + 2] = byte_of(step * m.z + GUIDES_REST_ZERO);
}

/* Where the point that is seen at the middle of pixel (x, y) goes, in the picture. */
static void put_velocity(const pass *p, size_t k, int32_t x, int32_t y, hm_vec3 to_m)
{
    uint16_t *v = &p->g->velocity[3 * k];
    v[0] = v[1] = GUIDES_VELOCITY_ZERO;
    v[2] = 0;
    if (!p->next->known)
        return;
    const raster_view *n = &p->view_next;
    hm_vec3 d = hm_v3_sub(to_m, n->eye_m);
    float depth_m = hm_v3_dot(d, n->fwd);
    if (depth_m < n->near_m)
        return; /* behind the camera by then */
    float dx = n->cx_px + n->f_px * hm_v3_dot(d, n->right) / depth_m - ((float)x + 0.5f);
    float dy = n->cy_px - n->f_px * hm_v3_dot(d, n->up) / depth_m - ((float)y + 0.5f);
    v[0] = word_of(GUIDES_VELOCITY_ZERO + dx * (float)(1.0 / GUIDES_VELOCITY_PX));
    v[1] = word_of(GUIDES_VELOCITY_ZERO + dy * (float)(1.0 / GUIDES_VELOCITY_PX));
    v[2] = 65535;
}

/* Where the camera looks through the middle of a pixel, at depth 1. */
static hm_vec3 ray(const raster_view *v, int32_t x, int32_t y)
{
    float sx = ((float)x + 0.5f - v->cx_px) * v->px_frac;
    float sy = (v->cy_px - (float)y - 0.5f) * v->px_frac;
    return hm_v3_mad(hm_v3_mad(v->fwd, sx, v->right), sy, v->up);
}

static void sky_pixel(const pass *p, size_t k, int32_t x, int32_t y)
{
    hm_vec3 dir = ray(&p->view, x, y);
    hm_rgb c = {0, 0, 0};
    if (p->scene->sky)
        c = p->scene->sky(p->scene->sky_ctx, hm_v3_unit(dir));
    put_colour(p->g, k, c);
    p->g->id[k] = p->g->part[k] = 0;
    p->g->depth[k] = 0;
    put_normal(p->g, k, hm_v3(0, 0, 0));
    memset(&p->g->rest[3 * k], 0, 3);
    put_velocity(p, k, x, y, hm_v3_mad(p->view.eye_m, SKY_M, dir));
}

/* ---- surfaces ---- */

static hm_vec3 blend(const hm_vec3 *at, const int32_t v[3], float a, float b)
{
    hm_vec3 o = at[v[0]];
    return hm_v3_mad(hm_v3_mad(o, a, hm_v3_sub(at[v[1]], o)), b, hm_v3_sub(at[v[2]], o));
}

static hm_vec3 normal_at(const hm_object *o, const raster_tri *t, const int32_t v[3], float a,
                         float b)
{
    hm_vec3 n = o->nrm ? blend(o->nrm, v, a, b)
                       : hm_v3_cross(hm_v3_sub(o->pos_m[v[1]], o->pos_m[v[0]]),
                                     hm_v3_sub(o->pos_m[v[2]], o->pos_m[v[0]]));
    return hm_v3_mul(hm_v3_unit(n), t->kind == RASTER_BACK ? -1.0f : 1.0f);
}

/* Colour of a point by whichever function the object has. */
static hm_rgb colour_at(const hm_object *o, const hm_frag *f, float px_frac)
{
    if (!o->colours) {
        hm_surface q = {.albedo = {0.5f, 0.5f, 0.5f}};
        o->surface(o->surface_ctx, f, &q);
        return q.albedo;
    }
    _Alignas(64) float depth_m[8], rest[3][8], out[3][8];
    for (int i = 0; i < 8; i++) {
        depth_m[i] = f->depth_m;
        rest[0][i] = f->rest_m.x, rest[1][i] = f->rest_m.y, rest[2][i] = f->rest_m.z;
    }
    const hm_frags many = {1, f->part, px_frac, depth_m, {rest[0], rest[1], rest[2]}};
    o->colours(o->surface_ctx, &many, (float *const[3]){out[0], out[1], out[2]});
    return (hm_rgb){out[0][0], out[1][0], out[2][0]};
}

static float within(float v, float lo, float hi)
{
    return v > lo ? (v < hi ? v : hi) : lo;
}

static void face_pixel(const pass *p, uint32_t id, float iz, size_t k, int32_t x, int32_t y)
{
    const raster_tri *t = &p->job.tri[id - 1];
    const hm_object *o = &p->scene->object[t->i_object];
    const int32_t *v = o->tri[t->i_tri];
    float dx = (float)x + SAMPLE_X - (float)t->x[0] * (1.0f / RASTER_SUB);
    float dy = (float)y + SAMPLE_Y - (float)t->y[0] * (1.0f / RASTER_SUB);
    float depth_m = 1.0f / iz;
    float a = within((t->w1[0] + t->w1[1] * dx + t->w1[2] * dy) * depth_m, 0.0f, 1.0f);
    float b = within((t->w2[0] + t->w2[1] * dx + t->w2[2] * dy) * depth_m, 0.0f, 1.0f - a);
    hm_vec3 pos = hm_v3_mad(p->view.eye_m, depth_m, ray(&p->view, x, y));
    hm_frag f = {.pos_m = pos,
                 .nrm = normal_at(o, t, v, a, b),
                 .rest_m = o->rest_m ? blend(o->rest_m, v, a, b) : pos,
                 .px_m = depth_m * p->view.px_frac,
                 .depth_m = depth_m,
                 .part = t->part};
    guides *g = p->g;
    put_colour(g, k, colour_at(o, &f, p->view.px_frac));
    g->id[k] = (uint8_t)o->actor;
    g->part[k] = o->actor ? (uint8_t)(t->part + 1) : 0;
    g->depth[k] = word_of(depth_m * (float)(1.0 / GUIDES_DEPTH_M));
    g->depth[k] = g->depth[k] ? g->depth[k] : 1;
    put_normal(g, k, f.nrm);
    memset(&g->rest[3 * k], 0, 3);
    if (o->actor)
        put_rest(g, k, f.rest_m);
    const hm_vec3 *to = p->next->known ? p->next->pos_m[t->i_object] : NULL;
    if (to)
        pos = hm_v3_add(pos, hm_v3_sub(blend(to, v, a, b), blend(o->pos_m, v, a, b)));
    put_velocity(p, k, x, y, pos);
}

static void tile(const pass *p, int32_t i_tile, raster_scratch *s)
{
    visible_tile_base(&p->job, i_tile, s);
    int32_t px = (i_tile % p->job.n_tx) * RASTER_TILE, py = (i_tile / p->job.n_tx) * RASTER_TILE;
    for (int32_t y = 0; y < RASTER_TILE && py + y < p->g->h_px; y++)
        for (int32_t x = 0; x < RASTER_TILE && px + x < p->g->w_px; x++) {
            int32_t at = (y * RASTER_TILE + x) * RASTER_SAMPLE;
            size_t k = (size_t)(py + y) * (size_t)p->g->w_px + (size_t)(px + x);
            if (s->id[at])
                face_pixel(p, s->id[at], s->iz[at], k, px + x, py + y);
            else
                sky_pixel(p, k, px + x, py + y);
        }
}

hm_status guides_draw(const hm_scene *scene, const guides_next *next, hm_arena *scratch, guides *g,
                      hm_err *err)
{
    int32_t n_tx = (g->w_px + RASTER_TILE - 1) / RASTER_TILE;
    int32_t n_ty = (g->h_px + RASTER_TILE - 1) / RASTER_TILE;
    pass p = {.scene = scene, .next = next, .g = g};
    raster_list list = {.bin_start = HM_PUSH(scratch, uint32_t, n_tx * n_ty + 2)};
    raster_scratch *s = HM_PUSH(scratch, raster_scratch, 1);
    if (!list.bin_start || !s)
        return no_memory(err);
    p.view = p.view_moved = raster_view_of(&scene->camera, g->w_px, g->h_px);
    p.view_moved.cx_px += SAMPLE_X - 0.5f;
    p.view_moved.cy_px += SAMPLE_Y - 0.5f;
    if (next->known)
        p.view_next = raster_view_of(&next->camera, g->w_px, g->h_px);
    hm_arena_init(&list.arena, 1 << 20);
    hm_status status =
        raster_setup(&list, scene, &p.view_moved, g->w_px, g->h_px, n_tx, n_ty, NULL);
    if (status == HM_OK) {
        p.job = (raster_job){.scene = scene,
                             .n_tx = n_tx,
                             .n_ty = n_ty,
                             .tri = list.tri,
                             .tri_key = list.key,
                             .bin = list.bin,
                             .bin_start = list.bin_start,
                             .ink_no = list.ink_no};
        for (int32_t i = 0; i < n_tx * n_ty; i++)
            tile(&p, i, s);
    }
    hm_arena_free(&list.arena);
    return status == HM_OK ? HM_OK : no_memory(err);
}
