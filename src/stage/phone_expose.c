/* phone_expose.c - one image: sharp pictures at instants of the exposure, their mean in light.
 *
 * Rows (or columns) have times of their own. Rather than drawing a picture for each, every corner
 * of a skin is put where it is when its own row is read: bodies are made of small triangles, so
 * that this differs from true rows by far less than their size. The place does not move and is
 * drawn once; only tiles that bodies or their shadows touch are drawn again. Shadows are cast from
 * where corners are drawn, not from where they were when the shadow's row is read: a shadow may lie
 * off by some pixels, a body does not. */
#include "phone_priv.h"
#include "raster_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

#define REACH_M     1.5 /* no part of a body is farther from its middle */
#define SHADOW_M    4.5 /* a body and the shadow at its feet */
#define LIGHT_GAMMA 2.2 /* display values to light, near sRGB and BT.709 */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory for the pictures");
}

/* ---- the place ---- */

static void to_light(const hm_phone *p, const hm_picture *pic, const raster_window *px, float k,
                     bool add, float *light)
{
    float table[256];
    for (int i = 0; i < 256; i++)
        table[i] = k * (float)hm_pow(i / 255.0, LIGHT_GAMMA);
    for (int32_t y = px->y0; y <= px->y1; y++) {
        const uint8_t *in = pic->rgbx + (size_t)y * (size_t)pic->stride + 4 * (size_t)px->x0;
        float *out = light + 3 * ((size_t)y * (size_t)p->cam.draw_w + (size_t)px->x0);
        for (int32_t x = px->x0; x <= px->x1; x++, in += 4, out += 3)
            for (int c = 0; c < 3; c++)
                out[c] = add ? out[c] + table[in[c]] : table[in[c]];
    }
}

static hm_scene scene_of(const hm_phone *p, const hm_object *object, int32_t n)
{
    return (hm_scene){.n_object = n,
                      .object = object,
                      .sky = p->venue.sky,
                      .sky_ctx = p->venue.sky_ctx,
                      .light = p->venue.light,
                      .camera = p->cam.drawn,
                      .haze = p->venue.haze,
                      .haze_per_m = p->venue.haze_per_m};
}

static const hm_paint *paint_of(hm_paint_params *params)
{
    const hm_paint *paint = hm_paint_find("broadcast");
    *params = hm_paint_params_of(paint);
    params->vignette_frac = 0; /* the lens is our own */
    params->rim_frac = 0;
    return paint;
}

static hm_status draw_plate(hm_phone *p, hm_err *err)
{
    phone_hand *h = &p->hand[0];
    hm_scene scene = scene_of(p, p->object, p->n_object);
    hm_paint_params params;
    const hm_paint *paint = paint_of(&params);
    const raster_window all = {0, 0, p->cam.draw_w - 1, p->cam.draw_h - 1};
    p->plate_light =
        hm_arena_push(&p->arena, (size_t)p->cam.draw_w * (size_t)p->cam.draw_h, 3 * sizeof(float));
    if (!p->plate_light)
        return no_memory(err);
    HM_TRY(hm_raster_draw(h->raster, &scene, paint, &params, &h->drawn, err));
    to_light(p, &h->drawn, &all, 1, false, p->plate_light);
    return HM_OK;
}

/* ---- buffers ---- */

static hm_status begin_hand(hm_phone *p, phone_hand *h, hm_err *err)
{
    const phone_camera *c = &p->cam;
    int32_t stride = (4 * c->draw_w + 63) & ~63, out = (4 * c->w_px + 63) & ~63;
    hm_arena_init(&h->scratch, 4 << 20);
    h->raster = hm_raster_new(c->draw_w, c->draw_h, 1);
    h->drawn = (hm_picture){c->draw_w, c->draw_h, stride,
                            hm_arena_push(&p->arena, (size_t)stride, (size_t)c->draw_h)};
    h->pic =
        (hm_picture){c->w_px, c->h_px, out, hm_arena_push(&p->arena, (size_t)out, (size_t)c->h_px)};
    h->light = hm_arena_push(&p->arena, (size_t)c->draw_w * (size_t)c->draw_h, 3 * sizeof(float));
    return h->raster && h->drawn.rgbx && h->pic.rgbx && h->light ? HM_OK : no_memory(err);
}

/* Where each seen pixel lies in the drawn picture; needed with distortion only. */
static hm_status make_map(hm_phone *p, hm_err *err)
{
    const phone_camera *c = &p->cam;
    int32_t pad = p->map_pad_px, w = c->w_px + 2 * pad, h = c->h_px + 2 * pad;
    if (c->k1 == 0 && c->k2 == 0)
        return HM_OK;
    p->map = hm_arena_push(&p->arena, (size_t)w * (size_t)h, 2 * sizeof(float));
    if (!p->map)
        return no_memory(err);
    for (int32_t y = 0; y < h; y++)
        for (int32_t x = 0; x < w; x++) {
            double u, v;
            float *at = p->map + 2 * ((size_t)y * (size_t)w + (size_t)x);
            phone_straighten(c, x - pad + 0.5, y - pad + 0.5, &u, &v);
            at[0] = (float)(u + 0.5 * (c->draw_w - c->w_px));
            at[1] = (float)(v + 0.5 * (c->draw_h - c->h_px));
        }
    return HM_OK;
}

hm_status phone_expose_begin(hm_phone *p, hm_err *err)
{
    p->hand = HM_PUSH(&p->arena, phone_hand, p->n_worker);
    if (!p->hand)
        return no_memory(err);
    for (int i = 0; i < p->n_worker; i++)
        HM_TRY(begin_hand(p, &p->hand[i], err));
    HM_TRY(make_map(p, err));
    return draw_plate(p, err);
}

/* ---- bodies ---- */

/* One runner in one image. */
typedef struct actor {
    int32_t i_player;
    phone_reel reel;
    hm_figure figure;
    double mid_delay_s;
    double *delay_s; /* (n_vert) */
} actor;

static void to_double(hm_vec3 a, double out[3])
{
    out[0] = (double)a.x, out[1] = (double)a.y, out[2] = (double)a.z;
}

/* Earliest and latest delay of what a body's ball sees, and whether it, or its shadow, is seen. */
static bool ball_delays(const hm_phone *p, hm_vec3 mid, double *lo, double *hi)
{
    bool seen = false;
    *lo = 1, *hi = -1;
    for (int k = 0; k < 8; k++) {
        double at[3], u, v, r = REACH_M;
        to_double(mid, at);
        at[0] += k & 1 ? r : -r, at[1] += k & 2 ? r : -r, at[2] += k & 4 ? r : -r;
        if (!phone_pixel(&p->cam, at, &u, &v))
            continue;
        double pad = SHADOW_M * p->cam.f_px / 5;
        seen |= u > -pad && u < p->cam.w_px + pad && v > -pad && v < p->cam.h_px + pad;
        double d = phone_row_delay_s(&p->o, &p->cam, u, v);
        *lo = fmin(*lo, d), *hi = fmax(*hi, d);
    }
    double most = 0.55 * p->o.readout_s;
    *lo = fmax(*lo, -most), *hi = fmin(*hi, most);
    return seen && *lo <= *hi;
}

static hm_status add_actor(const hm_phone *p, phone_hand *h, int32_t i, double t_s, actor *out,
                           int32_t *n, hm_err *err)
{
    const hm_player *pl = &p->cast.player[i];
    hm_pose pose;
    hm_mien mien;
    double lo, hi, half = 0.5 * p->o.shutter_s;
    if (pl->absent)
        return HM_OK;
    hm_gait_pose(&pl->gait, t_s, &pose);
    if (!ball_delays(p, pose.com_m, &lo, &hi))
        return HM_OK;
    actor *a = &out[*n];
    HM_TRY(phone_reel_make(pl, p->detail, t_s + lo - half, t_s + hi + half, &h->scratch, &a->reel,
                           err));
    hm_mien_at(p->race, pl->lane, t_s, &mien);
    hm_figure_of(&pl->costume, &pl->shape, &mien, &a->reel.pose, &a->figure);
    a->i_player = i;
    a->mid_delay_s = 0.5 * (lo + hi);
    a->delay_s = HM_PUSH(&h->scratch, double, a->reel.mesh->n_vert);
    if (!a->delay_s)
        return no_memory(err);
    (*n)++;
    return HM_OK;
}

/* Grow a window by a place, and by where its shadow falls. */
static void cover(const hm_phone *p, hm_vec3 a, double box[4])
{
    hm_vec3 sun = p->venue.light.to_sun;
    for (int k = 0; k < 2; k++) {
        const phone_camera *c = &p->cam;
        double q[3], x = 0, y = 0, z = 0;
        to_double(a, q);
        for (int i = 0; i < 3; i++) {
            x += (q[i] - c->eye_m[i]) * c->right[i];
            y -= (q[i] - c->eye_m[i]) * c->up[i];
            z += (q[i] - c->eye_m[i]) * c->fwd[i];
        }
        if (z > 0.25) {
            x = 0.5 * c->draw_w + c->f_px * x / z, y = 0.5 * c->draw_h + c->f_px * y / z;
            box[0] = fmin(box[0], x), box[1] = fmin(box[1], y);
            box[2] = fmax(box[2], x), box[3] = fmax(box[3], y);
        }
        a = hm_v3_mad(a, -a.y / fmaxf(sun.y, 0.05f), sun);
    }
}

/* How much later than the picture's middle each corner is seen: at its own row. A corner goes so
 * little way between sub-exposures that one delay does for all of them (rows per second of a foot x
 * shutter x read-out: some microseconds). Grows box by where corners and their shadows are drawn.
 */
static void set_delays(const hm_phone *p, actor *a, double t_s, double box[4])
{
    for (int32_t i = 0; i < a->reel.mesh->n_vert; i++) {
        double delay = a->mid_delay_s, at[3], u, v, su, sv;
        for (int k = 0; k < 2 && p->o.readout_s > 0; k++) {
            to_double(phone_reel_at(&a->reel, i, t_s + delay), at);
            if (!phone_pixel(&p->cam, at, &u, &v))
                break;
            phone_shake(&p->o, t_s + delay, &su, &sv);
            delay = phone_row_delay_s(&p->o, &p->cam, u + su, v + sv);
        }
        a->delay_s[i] = p->o.readout_s > 0 ? delay : 0;
        cover(p, phone_reel_at(&a->reel, i, t_s + a->delay_s[i]), box);
    }
}

/* One sharp picture of a body. */
static hm_status pose_actor(phone_hand *h, const actor *a, double t_s, hm_object *out, hm_err *err)
{
    const hm_mesh *m = a->reel.mesh;
    hm_vec3 *pos_m = HM_PUSH(&h->scratch, hm_vec3, m->n_vert);
    if (!pos_m)
        return no_memory(err);
    for (int32_t i = 0; i < m->n_vert; i++)
        pos_m[i] = phone_reel_at(&a->reel, i, t_s + a->delay_s[i]);
    *out = (hm_object){.n_vert = m->n_vert,
                       .n_tri = m->n_tri,
                       .pos_m = pos_m,
                       .nrm = a->reel.nrm,
                       .rest_m = m->rest_m,
                       .tri = (const int32_t(*)[3])m->tri,
                       .part = m->part,
                       .surface = hm_figure_surface,
                       .surface_ctx = &a->figure,
                       .flags = HM_OBJECT_SHADOW,
                       .actor = (uint16_t)(a->i_player + 1)};
    return HM_OK;
}

/* Tiles that hold a box of pixels, and dark spots under feet around it; false = none. */
static bool tiles_of(const hm_phone *p, const double box[4], raster_window *w)
{
    const phone_camera *c = &p->cam;
    double pad = 24 + 0.5 * p->speed_pxps * p->o.shutter_s;
    double x0 = fmax(box[0] - pad, 0), y0 = fmax(box[1] - pad, 0);
    double x1 = fmin(box[2] + pad, c->draw_w - 1), y1 = fmin(box[3] + pad, c->draw_h - 1);
    if (!(x0 <= x1 && y0 <= y1))
        return false;
    *w = (raster_window){(int32_t)x0 / RASTER_TILE, (int32_t)y0 / RASTER_TILE,
                         (int32_t)x1 / RASTER_TILE, (int32_t)y1 / RASTER_TILE};
    return true;
}

static raster_window pixels_of(const phone_camera *c, const raster_window *w)
{
    raster_window px = {w->x0 * RASTER_TILE, w->y0 * RASTER_TILE, (w->x1 + 1) * RASTER_TILE - 1,
                        (w->y1 + 1) * RASTER_TILE - 1};
    px.x1 = px.x1 < c->draw_w ? px.x1 : c->draw_w - 1;
    px.y1 = px.y1 < c->draw_h ? px.y1 : c->draw_h - 1;
    return px;
}

static void clear(float *light, const phone_camera *c, const raster_window *px)
{
    for (int32_t y = px->y0; y <= px->y1; y++)
        memset(light + 3 * ((size_t)y * (size_t)c->draw_w + (size_t)px->x0), 0,
               3 * sizeof(float) * (size_t)(px->x1 - px->x0 + 1));
}

/* The mean of all sub-exposures over the tiles that bodies touch in any of them. */
static hm_status expose_actors(const hm_phone *p, phone_hand *h, actor *a, int32_t n, double t_s,
                               hm_err *err)
{
    double box[4] = {1e9, 1e9, -1e9, -1e9};
    hm_object *skins = HM_PUSH(&h->scratch, hm_object, n * p->n_sub);
    hm_object *objects = HM_PUSH(&h->scratch, hm_object, p->n_object + n);
    hm_paint_params params;
    const hm_paint *paint = paint_of(&params);
    raster_window tiles, px;
    if (!skins || !objects)
        return no_memory(err);
    for (int32_t i = 0; i < n; i++)
        set_delays(p, &a[i], t_s, box);
    for (int32_t k = 0; k < p->n_sub; k++) {
        double at_s = t_s + ((k + 0.5) / p->n_sub - 0.5) * p->o.shutter_s;
        for (int32_t i = 0; i < n; i++)
            HM_TRY(pose_actor(h, &a[i], at_s, &skins[k * n + i], err));
    }
    if (!tiles_of(p, box, &tiles))
        return HM_OK;
    px = pixels_of(&p->cam, &tiles);
    clear(h->light, &p->cam, &px);
    h->fresh = false;
    memcpy(objects, p->object, (size_t)p->n_object * sizeof *objects);
    for (int32_t k = 0; k < p->n_sub; k++) {
        memcpy(objects + p->n_object, skins + k * n, (size_t)n * sizeof *objects);
        hm_scene scene = scene_of(p, objects, p->n_object + n);
        HM_TRY(raster_draw_window(h->raster, &scene, paint, &params, &tiles, &h->drawn, err));
        to_light(p, &h->drawn, &px, 1.0f / (float)p->n_sub, true, h->light);
    }
    return HM_OK;
}

hm_status phone_expose(hm_phone *p, phone_hand *h, int64_t frame, hm_err *err)
{
    double t_s = p->clock.race_zero_s + p->clock.time_s[frame];
    int32_t n = 0;
    actor *a = HM_PUSH(&h->scratch, actor, HM_LANE_MAX);
    if (!a)
        return no_memory(err);
    if (!h->fresh)
        memcpy(h->light, p->plate_light,
               3 * sizeof(float) * (size_t)p->cam.draw_w * (size_t)p->cam.draw_h);
    h->fresh = true;
    for (int32_t i = 0; i < p->cast.n_player; i++)
        HM_TRY(add_actor(p, h, i, t_s, a, &n, err));
    return n > 0 ? expose_actors(p, h, a, n, t_s, err) : HM_OK;
}
