#include "ghost_priv.h"
#include "raster_priv.h"
#include "rival_priv.h"

#include <math.h>
#include <string.h>

enum { MARGIN_PX = RASTER_PAD }; /* how far lines reach beyond bodies */

void rival_ghosts_of(const hm_rivals *rivals, rival_ghosts *out)
{
    *out = (rival_ghosts){{.meet = "", .event = "", .date = "", .round = "", .venue = ""}, {{0}}};
    int32_t n = rivals ? rivals->n_ghost : 0;
    for (int32_t i = 0; i < n; i++) {
        const hm_ghost *g = &rivals->ghost[i];
        out->lane[i] = g->race->lane[g->i_lane];
        out->lane[i].lane = g->lane;
        out->race.seed = g->race->seed;
    }
    out->race.n_lane = n;
    out->race.lane = out->lane;
}

/* A figure bled of most of its colour, with some light of its own. */
static void pale_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    static const hm_rgb cold = {0.80f, 0.95f, 1.08f};
    hm_figure_surface(ctx, f, out);
    float luma = 0.3f * out->albedo.r + 0.5f * out->albedo.g + 0.2f * out->albedo.b;
    float light = 0.50f + 0.50f * luma;
    out->albedo.r = 0.25f * out->albedo.r + 0.75f * light * cold.r;
    out->albedo.g = 0.25f * out->albedo.g + 0.75f * light * cold.g;
    out->albedo.b = 0.25f * out->albedo.b + 0.75f * light * cold.b;
    out->gloss = 0;
    out->emit = 0.55f;
}

/* Box of corners in the picture; false when one of them lies behind the camera. */
static bool grow_box(const hm_camera *c, int32_t w_px, int32_t h_px, const hm_object *o,
                     double box[4])
{
    for (int32_t i = 0; i < o->n_vert; i++) {
        double x, y, d;
        if (!hm_camera_project(c, w_px, h_px, o->pos_m[i], &x, &y, &d))
            return false;
        box[0] = fmin(box[0], x), box[1] = fmin(box[1], y);
        box[2] = fmax(box[2], x), box[3] = fmax(box[3], y);
    }
    return true;
}

static int32_t tile_of(double px, int32_t n)
{
    double t = floor(px / RASTER_TILE);
    return t < 0 ? 0 : t > n - 1 ? n - 1 : (int32_t)t;
}

/* Tiles that hold the ghosts and their lines; false when none is in the picture. */
static bool window_of(const hm_picture *pic, const hm_camera *c, const hm_object object[],
                      int32_t n_object, raster_window *w)
{
    int32_t n_tx = (pic->w_px + RASTER_TILE - 1) / RASTER_TILE;
    int32_t n_ty = (pic->h_px + RASTER_TILE - 1) / RASTER_TILE;
    double box[4] = {1e9, 1e9, -1e9, -1e9};
    bool whole = false;
    for (int32_t i = 0; i < n_object && !whole; i++)
        whole = !grow_box(c, pic->w_px, pic->h_px, &object[i], box);
    *w = (raster_window){0, 0, n_tx - 1, n_ty - 1};
    if (whole)
        return true;
    if (box[2] < -MARGIN_PX || box[3] < -MARGIN_PX || box[0] > pic->w_px + MARGIN_PX ||
        box[1] > pic->h_px + MARGIN_PX)
        return false;
    *w = (raster_window){tile_of(box[0] - MARGIN_PX, n_tx), tile_of(box[1] - MARGIN_PX, n_ty),
                         tile_of(box[2] + MARGIN_PX, n_tx), tile_of(box[3] + MARGIN_PX, n_ty)};
    return true;
}

/* The window's pixels, row by row. */
typedef struct patch {
    int32_t x_px, y_px, w_px, h_px;
    uint8_t *rgbx;
} patch;

static hm_status keep(const hm_picture *pic, const raster_window *w, hm_arena *scratch, patch *p,
                      hm_err *err)
{
    p->x_px = w->x0 * RASTER_TILE, p->y_px = w->y0 * RASTER_TILE;
    int32_t x1 = (w->x1 + 1) * RASTER_TILE, y1 = (w->y1 + 1) * RASTER_TILE;
    p->w_px = (x1 < pic->w_px ? x1 : pic->w_px) - p->x_px;
    p->h_px = (y1 < pic->h_px ? y1 : pic->h_px) - p->y_px;
    size_t row = 4 * (size_t)p->w_px;
    p->rgbx = hm_arena_push(scratch, row, (size_t)p->h_px);
    if (!p->rgbx)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for ghosts");
    for (int32_t y = 0; y < p->h_px; y++)
        memcpy(&p->rgbx[(size_t)y * row],
               pic->rgbx + (size_t)(p->y_px + y) * (size_t)pic->stride + 4 * (size_t)p->x_px, row);
    return HM_OK;
}

/* Of the drawing with ghosts so much as is seen of them; where there are none both are the same. */
static void mix(const patch *p, hm_picture *pic)
{
    for (int32_t y = 0; y < p->h_px; y++) {
        const uint8_t *was = &p->rgbx[4 * (size_t)p->w_px * (size_t)y];
        uint8_t *now =
            pic->rgbx + (size_t)(p->y_px + y) * (size_t)pic->stride + 4 * (size_t)p->x_px;
        for (int32_t x = 0; x < 4 * p->w_px; x++) {
            int32_t a = was[x], b = now[x];
            now[x] = (uint8_t)((a * (256 - GHOST_ALPHA_256) + b * GHOST_ALPHA_256 + 128) >> 8);
        }
    }
}

hm_status ghost_draw(const drawing_set *set, const drawing_look *use, drawing_hand *hand,
                     const drawing_job *job, const hm_moment *m, hm_err *err)
{
    const hm_scene *s = &job->scene;
    int32_t n = s->n_object, n_ghost = 0;
    if (use->ghosts.n_player == 0)
        return HM_OK;
    hm_object *object = HM_PUSH(&hand->scratch, hm_object, n + use->ghosts.n_player);
    if (!object)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for ghosts");
    memcpy(object, s->object, (size_t)n * sizeof *object);
    for (int32_t i = 0; i < use->ghosts.n_player; i++) {
        hm_object *o = &object[n + n_ghost];
        const hm_player *pl = &use->ghosts.player[i];
        bool seen = false;
        if (!pl->absent)
            HM_TRY(drawing_figure(set, &set->ghosts->race, pl, m, &hand->scratch, o, &seen, err));
        if (!seen)
            continue;
        o->surface = pale_surface;
        o->flags = HM_OBJECT_INK;
        o->actor = (uint16_t)(set->race->n_lane + i + 1);
        n_ghost++;
    }
    raster_window w;
    patch before;
    if (!n_ghost || !window_of(&hand->pic, &s->camera, &object[n], n_ghost, &w))
        return HM_OK;
    hm_scene with = *s;
    with.object = object;
    with.n_object = n + n_ghost;
    HM_TRY(keep(&hand->pic, &w, &hand->scratch, &before, err));
    HM_TRY(raster_draw_window(hand->raster, &with, job->paint, &job->params, &w, &hand->pic, err));
    mix(&before, &hand->pic);
    return HM_OK;
}
