#include "stage/raster.h"

#include "hot_priv.h"
#include "ink_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/par.h"

struct hm_raster {
    hm_arena arena; /* of the handle itself and the ink buffers */
    int32_t w_px, h_px, n_tx, n_ty;
    int n_thread;
    bool v3;
    raster_list list;
    raster_scratch *scratch; /* (n_thread) */
    raster_job job;
    ink_table *ink;
    hm_raster_time time;
};

bool hot_has_v3(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

static bool push_buffers(hm_raster *r, hm_arena *a)
{
    raster_job *j = &r->job;
    int32_t n_tile = r->n_tx * r->n_ty;
    j->ink_stride = r->n_tx * RASTER_TILE + 2 * RASTER_PAD;
    size_t n = (size_t)j->ink_stride * (size_t)(r->n_ty * RASTER_TILE + 2 * RASTER_PAD);
    j->depth_m = HM_PUSH(a, float, n *RASTER_SAMPLE);
    j->label = HM_PUSH(a, uint16_t, n * RASTER_SAMPLE);
    r->ink = HM_PUSH(a, ink_table, 1);
    j->tile_near_m = HM_PUSH(a, float, n_tile);
    r->list.bin_start = HM_PUSH(a, uint32_t, n_tile + 2);
    r->scratch = HM_PUSH(a, raster_scratch, r->n_thread);
    return j->depth_m && j->label && r->ink && j->tile_near_m && r->list.bin_start && r->scratch;
}

hm_raster *hm_raster_new(int32_t w_px, int32_t h_px, int n_thread)
{
    if (w_px < 8 || h_px < 8 || w_px > RASTER_MAX_PX || h_px > RASTER_MAX_PX || n_thread < 1)
        return NULL;
    hm_arena a;
    hm_arena_init(&a, 1 << 16);
    hm_raster *r = HM_PUSH(&a, hm_raster, 1);
    if (!r)
        return NULL;
    r->w_px = w_px, r->h_px = h_px;
    r->n_tx = (w_px + RASTER_TILE - 1) / RASTER_TILE;
    r->n_ty = (h_px + RASTER_TILE - 1) / RASTER_TILE;
    r->n_thread = n_thread;
    r->v3 = hot_has_v3();
    hm_arena_init(&r->list.arena, 1 << 20);
    if (!push_buffers(r, &a)) {
        hm_arena_free(&a);
        return NULL;
    }
    ink_table_init(r->ink, h_px);
    r->job.ink = r->ink;
    r->arena = a;
    return r;
}

void hm_raster_destroy(hm_raster *r)
{
    if (!r)
        return;
    hm_arena_free(&r->list.arena);
    hm_arena a = r->arena; /* r lies in it */
    hm_arena_free(&a);
}

void raster_use_base(hm_raster *r)
{
    r->v3 = false;
}

hm_raster_time hm_raster_time_get(const hm_raster *r)
{
    return r->time;
}

typedef struct tile_ctx {
    hm_raster *r;
    raster_window window;
    raster_tile_fn *fn;
    raster_ink_fn *ink;
} tile_ctx;

/* Tile i of the window. */
static int32_t tile_at(const tile_ctx *c, int64_t i)
{
    int32_t n = c->window.x1 - c->window.x0 + 1;
    return (c->window.y0 + (int32_t)i / n) * c->r->n_tx + c->window.x0 + (int32_t)i % n;
}

static void one_tile(void *ctx, int64_t i, int worker)
{
    tile_ctx *c = ctx;
    c->fn(&c->r->job, tile_at(c, i), &c->r->scratch[worker]);
}

static void one_ink(void *ctx, int64_t i, int worker)
{
    (void)worker;
    tile_ctx *c = ctx;
    c->ink(&c->r->job, tile_at(c, i));
}

/* Repeat the outermost pixels outward, so that no line is drawn along the edge of the picture. */
static void pad_ink(hm_raster *r)
{
    enum { N = INK_DISC + 1 + RASTER_SHIFT };
    const raster_job *j = &r->job;
    size_t stride = (size_t)j->ink_stride;
    for (int32_t y = 0; y < r->h_px; y++) {
        size_t row = (size_t)(y + RASTER_PAD) * stride + RASTER_PAD;
        for (size_t k = 1; k <= N; k++) {
            size_t last = row + (size_t)r->w_px - 1;
            memcpy(&j->label[(row - k) * 4], &j->label[row * 4], 4 * sizeof *j->label);
            memcpy(&j->depth_m[(row - k) * 4], &j->depth_m[row * 4], 4 * sizeof *j->depth_m);
            memcpy(&j->label[(last + k) * 4], &j->label[last * 4], 4 * sizeof *j->label);
            memcpy(&j->depth_m[(last + k) * 4], &j->depth_m[last * 4], 4 * sizeof *j->depth_m);
        }
    }
    size_t n = ((size_t)r->w_px + 2 * N) * 4, top = (RASTER_PAD * stride + RASTER_PAD - N) * 4;
    size_t bottom = top + ((size_t)r->h_px - 1) * stride * 4;
    for (size_t k = 1; k <= N; k++) {
        memcpy(&j->label[top - k * stride * 4], &j->label[top], n * sizeof *j->label);
        memcpy(&j->depth_m[top - k * stride * 4], &j->depth_m[top], n * sizeof *j->depth_m);
        memcpy(&j->label[bottom + k * stride * 4], &j->label[bottom], n * sizeof *j->label);
        memcpy(&j->depth_m[bottom + k * stride * 4], &j->depth_m[bottom], n * sizeof *j->depth_m);
    }
}

/* Direction to the sun in the picture: lines grow on the side away from it. */
static void aim_ink(hm_raster *r, const hm_scene *scene)
{
    const raster_view *v = &r->job.view;
    float x = hm_v3_dot(scene->light.to_sun, v->right), y = -hm_v3_dot(scene->light.to_sun, v->up);
    float n = sqrtf(x * x + y * y);
    float k = n > 0 ? 1.0f / n : 0;
    ink_table_aim(r->ink, x * k, y * k);
}

/* The light of runners: the sun, turned some way toward the camera so that faces read. */
static hm_vec3 key_light(const hm_scene *scene, const raster_view *v, float turn_frac)
{
    hm_vec3 sun = hm_v3_unit(scene->light.to_sun);
    hm_vec3 back = hm_v3_unit(hm_v3(-v->fwd.x, 0.35f, -v->fwd.z));
    return hm_v3_unit(hm_v3_mix(sun, back, turn_frac));
}

hm_status hm_raster_draw(hm_raster *r, const hm_scene *scene, const hm_paint *paint,
                         const hm_paint_params *params, hm_picture *pic, hm_err *err)
{
    const raster_window all = {0, 0, r->n_tx - 1, r->n_ty - 1};
    return raster_draw_window(r, scene, paint, params, &all, pic, err);
}

hm_status raster_draw_window(hm_raster *r, const hm_scene *scene, const hm_paint *paint,
                             const hm_paint_params *params, const raster_window *window,
                             hm_picture *pic, hm_err *err)
{
    HM_ASSERT(pic->w_px == r->w_px && pic->h_px == r->h_px && pic->stride >= 4 * pic->w_px);
    double t0_s = hm_clock_wall_s();
    raster_job *j = &r->job;
    j->scene = scene;
    j->paint = params ? *params : paint->params;
    j->view = raster_view_of(&scene->camera, r->w_px, r->h_px);
    j->pic = pic;
    j->n_tx = r->n_tx, j->n_ty = r->n_ty;
    j->sun = hm_v3_unit(scene->light.to_sun);
    j->key = key_light(scene, &j->view, j->paint.key_turn_frac);
    if (raster_setup(&r->list, scene, &j->view, r->w_px, r->h_px, r->n_tx, r->n_ty, window) !=
        HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, "raster", 0, 0, "", "no memory for the triangles");
    j->n_spot = raster_spots(scene, &j->view, j->spot);
    j->tri = r->list.tri;
    j->tri_key = r->list.key;
    j->ink_no = r->list.ink_no;
    j->bin = r->list.bin, j->bin_start = r->list.bin_start;
    double t1_s = hm_clock_wall_s();
    tile_ctx c = {r, *window, r->v3 ? paint->tile_v3 : paint->tile_base,
                  r->v3 ? HOT_WIDE(ink_tile) : ink_tile_base};
    int64_t n_tile = (int64_t)(window->x1 - window->x0 + 1) * (window->y1 - window->y0 + 1);
    hm_par_for(r->n_thread, n_tile, one_tile, &c);
    double t2_s = hm_clock_wall_s();
    pad_ink(r);
    aim_ink(r, scene);
    hm_par_for(r->n_thread, n_tile, one_ink, &c);
    r->time = (hm_raster_time){t1_s - t0_s, t2_s - t1_s, hm_clock_wall_s() - t2_s, r->list.n};
    return HM_OK;
}
