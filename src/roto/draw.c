#include "draw_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "stage/flat.h"

enum { PIECE_MAX = 64 }; /* of a segment of a curve */

hm_status roto_easel_init(int32_t w_px, int32_t h_px, bool layers, hm_arena *arena, roto_easel *e,
                          hm_err *err)
{
    int64_t n = (int64_t)w_px * h_px;
    *e = (roto_easel){.w_px = w_px, .h_px = h_px};
    hm_arena_init(&e->scratch, 1 << 20);
    HM_TRY(roto_fill_init(w_px, h_px, arena, &e->fill, err));
    e->cover = HM_PUSH(arena, float, w_px + 2);
    e->colour = HM_PUSH(arena, float, 3 * n);
    e->matte = HM_PUSH(arena, float, n);
    e->rgbx = HM_PUSH(arena, uint8_t, 4 * n);
    e->layer = layers ? HM_PUSH(arena, uint8_t, 4 * n) : NULL;
    ROTO_NEED(e->cover && e->colour && e->matte && e->rgbx && (!layers || e->layer) ? e->rgbx
                                                                                    : NULL);
    return HM_OK;
}

void roto_easel_free(roto_easel *e)
{
    hm_arena_free(&e->scratch);
}

/* ---- colour ---- */

/* A curve as short straight pieces: what bends them may be finer than the curve. */
static hm_status fill_pieces(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                             const roto_curve *c, hm_err *err)
{
    const float piece_px = 1.5f * pen->unit_px;
    roto_xy *p = HM_PUSH(&e->scratch, roto_xy, 1 + (int64_t)PIECE_MAX * c->n);
    int32_t n = 0;
    ROTO_NEED(p);
    for (int32_t s = 0; s < c->n; s++) {
        const roto_xy *q = c->p + 3 * (ptrdiff_t)s;
        float len = 0;
        for (int k = 0; k < 3; k++)
            len += fabsf(q[k + 1].x - q[k].x) + fabsf(q[k + 1].y - q[k].y);
        int steps = (int)roto_clamp(len / piece_px, 2, PIECE_MAX);
        for (int k = 0; k < steps; k++)
            p[n++] = roto_pen_bend(pen, f, roto_bezier_at(q, (float)k / (float)steps));
    }
    roto_fill_polygon(&e->fill, n, p);
    return HM_OK;
}

static hm_status fill_bent(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                           const roto_curve *curve, float dx, float dy, hm_err *err)
{
    roto_curve c = *curve;
    int32_t n = c.n > 0 ? 3 * c.n + 1 : 0;
    ROTO_NEED(c.p = HM_PUSH(&e->scratch, roto_xy, n + 1));
    for (int32_t i = 0; i < n; i++)
        c.p[i] = (roto_xy){curve->p[i].x + dx, curve->p[i].y + dy};
    if (pen->drag && pen->drag->n > 0)
        return fill_pieces(e, pen, f, &c, err);
    for (int32_t i = 0; i < n; i++)
        c.p[i] = roto_pen_bend(pen, f, c.p[i]);
    roto_fill_curve(&e->fill, &c);
    return HM_OK;
}

/* Curves of an area, moved by (dx, dy) and bent. */
static hm_status fill_area(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                           const roto_area *a, float dx, float dy, hm_err *err)
{
    for (int32_t k = 0; k < a->n_curve; k++) {
        hm_arena_mark mark = hm_arena_mark_get(&e->scratch);
        HM_TRY(fill_bent(e, pen, f, &a->curve[k], dx, dy, err));
        hm_arena_release(&e->scratch, mark);
    }
    return HM_OK;
}

static void lay_colour(roto_easel *e, hm_rgb c)
{
    roto_fill *f = &e->fill;
    for (int32_t y = f->y0; y < f->y1; y++) {
        roto_fill_row(f, y, e->cover);
        int32_t end = f->x1 < e->w_px ? f->x1 : e->w_px;
        for (int32_t x = f->x0; x < end; x++) {
            float k = e->cover[x - f->x0], *q = e->colour + 3 * ((int64_t)y * e->w_px + x);
            q[0] += k * (c.r - q[0]), q[1] += k * (c.g - q[1]), q[2] += k * (c.b - q[2]);
        }
    }
    roto_fill_reset(f);
}

typedef struct span {
    int32_t x0, y0, x1, y1;
} span;

static span lay_matte(roto_easel *e)
{
    roto_fill *f = &e->fill;
    span s = {f->x0, f->y0, f->x1 < e->w_px ? f->x1 : e->w_px, f->y1};
    for (int32_t y = f->y0; y < f->y1; y++) {
        roto_fill_row(f, y, e->cover);
        if (s.x1 > s.x0)
            memcpy(e->matte + (int64_t)y * e->w_px + s.x0, e->cover,
                   (size_t)(s.x1 - s.x0) * sizeof(float));
    }
    roto_fill_reset(f);
    return s;
}

/* Seen colours of the area's own tone and its shade's. */
static hm_rgb paint_of(const roto_look *look, const roto_figure *f, const roto_area *a)
{
    hm_rgb lit = a->colour;
    for (int32_t k = 0; k < f->n_area && a->shade; k++)
        if (f->area[k].tone == a->tone && !f->area[k].shade)
            lit = f->area[k].colour;
    return hm_flat_figure(look->paint, a->shade ? lit : a->colour, a->colour, !a->shade);
}

/* Ink of the thin lines found in the image, where a film point was before it was bent. */
static float detail_at(const roto_look *look, const roto_figure *f, roto_xy p)
{
    if (!f->detail)
        return 0;
    roto_xy q = p;
    for (int k = 0; k < 2 && look->head_frac > 0; k++) {
        roto_xy b = roto_look_bend(look, f, q);
        q.x += p.x - b.x, q.y += p.y - b.y;
    }
    float x = roto_cell_x(&f->grid, q.x), y = roto_cell_y(&f->grid, q.y);
    if (!(x >= 0 && y >= 0 && x < ROTO_SIDE - 1 && y < ROTO_SIDE - 1))
        return 0;
    int32_t ix = (int32_t)x, iy = (int32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const uint8_t *d = f->detail + iy * ROTO_SIDE + ix;
    float a = (float)d[0] + fx * (float)(d[1] - d[0]);
    float b = (float)d[ROTO_SIDE] + fx * (float)(d[ROTO_SIDE + 1] - d[ROTO_SIDE]);
    return (a + fy * (b - a)) * (1 / 255.0f);
}

/* Paint the figure's colours inside its matte into easel->colour and easel->matte. */
static hm_status paint_figure(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                              int64_t drawing, span *s, hm_err *err)
{
    const roto_look *look = pen->look;
    hm_draw4 r = hm_rng(pen->seed, HM_FOR_ROTO, 1000, (uint32_t)drawing, 0);
    float by = look->shift_px * pen->unit_px * (1 / 65536.0f);
    float dx = by * (float)((int32_t)(r.u[0] & 0x1ffff) - 65536);
    float dy = by * (float)((int32_t)(r.u[1] & 0x1ffff) - 65536);
    HM_TRY(fill_area(e, pen, f, &f->matte, 0, 0, err));
    *s = lay_matte(e);
    hm_rgb base = {0.5f, 0.5f, 0.5f}; /* under everything: the trunk's */
    for (int32_t k = 0; k < f->n_area; k++)
        if (k == 0 || (f->area[k].part <= ROTO_HIPS && !f->area[k].shade))
            base = paint_of(look, f, &f->area[k]);
    for (int32_t y = s->y0; y < s->y1; y++)
        for (int32_t x = s->x0; x < s->x1; x++) {
            float *q = e->colour + 3 * ((int64_t)y * e->w_px + x);
            q[0] = base.r, q[1] = base.g, q[2] = base.b;
        }
    for (int32_t k = 0; k < f->n_area; k++) {
        const roto_area *a = &f->area[k];
        /* light and shade lie a little beside their lines; clothes keep to theirs */
        HM_TRY(fill_area(e, pen, f, a, a->shade ? dx : 0, a->shade ? dy : 0, err));
        lay_colour(e, paint_of(look, f, a));
    }
    return HM_OK;
}

static uint8_t byte_of(float v)
{
    return (uint8_t)(255 * roto_clamp(v, 0, 1) + 0.5f);
}

static void put_colour(roto_easel *e, const roto_pen *pen, const roto_figure *f, span s,
                       float share)
{
    const roto_look *look = pen->look;
    hm_rgb ink = look->ink.ink;
    float grain = look->grain_frac / pen->unit_px;
    for (int32_t y = s.y0; y < s.y1; y++)
        for (int32_t x = s.x0; x < s.x1; x++) {
            int64_t i = (int64_t)y * e->w_px + x;
            float k = share * e->matte[i];
            if (k <= 0)
                continue;
            float d = e->matte[i] > 0.95f && share >= 1
                          ? look->detail_frac *
                                detail_at(look, f, (roto_xy){(float)x + 0.5f, (float)y + 0.5f})
                          : 0;
            float g = 1 + grain * hm_flat_noise((float)x, (float)y, (uint32_t)pen->drawing + 23);
            const float *c = e->colour + 3 * i;
            float v[3] = {g * (c[0] + d * (ink.r - c[0])), g * (c[1] + d * (ink.g - c[1])),
                          g * (c[2] + d * (ink.b - c[2]))};
            uint8_t *q = e->rgbx + 4 * i;
            for (int j = 0; j < 3; j++)
                q[j] = byte_of(q[j] * (1 / 255.0f) * (1 - k) + k * v[j]);
        }
}

/* ---- ink ---- */

static hm_status fill_ink(roto_easel *e, const roto_pen *pen, const roto_figure *f, hm_err *err)
{
    for (int32_t k = 0; k < f->n_stroke; k++)
        HM_TRY(roto_ink_stroke(pen, f, &f->stroke[k], k, &e->fill, &e->scratch, err));
    return HM_OK;
}

static void put_ink(roto_easel *e, hm_rgb ink, float share, uint8_t *rgbx)
{
    roto_fill *f = &e->fill;
    for (int32_t y = f->y0; y < f->y1; y++) {
        roto_fill_row(f, y, e->cover);
        int32_t end = f->x1 < e->w_px ? f->x1 : e->w_px;
        for (int32_t x = f->x0; x < end; x++) {
            float k = share * e->cover[x - f->x0];
            uint8_t *q = rgbx + 4 * ((int64_t)y * e->w_px + x);
            if (k <= 0)
                continue;
            q[0] = byte_of(q[0] * (1 / 255.0f) * (1 - k) + k * ink.r);
            q[1] = byte_of(q[1] * (1 / 255.0f) * (1 - k) + k * ink.g);
            q[2] = byte_of(q[2] * (1 / 255.0f) * (1 - k) + k * ink.b);
        }
    }
    roto_fill_reset(f);
}

/* The pen for one figure: its way is known. */
static roto_pen pen_for(const roto_pen *pen, const roto_figure *f, roto_drag *drag)
{
    roto_pen own = *pen;
    roto_drag_of(pen->look, f, &pen->past, pen->seed, drag);
    own.drag = drag->n > 0 ? drag : NULL;
    return own;
}

hm_status roto_draw_figure_area(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                                const roto_area *area, hm_err *err)
{
    roto_drag drag;
    roto_pen own = pen_for(pen, f, &drag);
    return fill_area(e, &own, f, area, 0, 0, err);
}

hm_status roto_draw_figure_ink(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                               hm_err *err)
{
    roto_drag drag;
    roto_pen own = pen_for(pen, f, &drag);
    return fill_ink(e, &own, f, err);
}

hm_status roto_draw_figure_colour(roto_easel *e, const roto_pen *pen, const roto_figure *f,
                                  int64_t drawing, hm_err *err)
{
    span s;
    roto_drag drag;
    roto_pen own = pen_for(pen, f, &drag);
    HM_TRY(paint_figure(e, &own, f, drawing, &s, err));
    for (int32_t y = s.y0; y < s.y1; y++)
        for (int32_t x = s.x0; x < s.x1; x++) {
            int64_t i = (int64_t)y * e->w_px + x;
            float k = e->matte[i], was = (float)e->layer[4 * i + 3] * (1 / 255.0f);
            float now = k + was * (1 - k);
            for (int j = 0; j < 3 && k > 0; j++) {
                float old = (float)e->layer[4 * i + j] * (1 / 255.0f);
                e->layer[4 * i + j] =
                    byte_of((k * e->colour[3 * i + j] + was * (1 - k) * old) / now);
            }
            e->layer[4 * i + 3] = byte_of(now);
        }
    return HM_OK;
}

/* ---- trails ---- */

/* Earlier drawings of the same figure behind it, fading; what stands still leaves none. */
static hm_status trails(roto_easel *e, const roto_pen *pen, const roto_figure *f, hm_err *err)
{
    const roto_past *past = &pen->past;
    float still = sqrtf(f->drift_px.x * f->drift_px.x + f->drift_px.y * f->drift_px.y);
    float fast = roto_clamp(8 * still / f->body.trunk_px - 0.3f, 0, 1) * pen->look->copies_frac;
    for (int32_t k = past->n - 1; k >= 0 && fast > 0.02f; k--) {
        const roto_figure *was = roto_figure_of(past->drawing[k], f->id);
        span s;
        if (!was)
            continue;
        HM_TRY(paint_figure(e, pen, was, past->drawing[k]->number, &s, err));
        put_colour(e, pen, was, s, fast * 0.55f / (float)(k + 2));
        HM_TRY(fill_ink(e, pen, was, err));
        put_ink(e, pen->look->ink.ink, fast * 0.5f / (float)(k + 2), e->rgbx);
    }
    return HM_OK;
}

hm_status roto_draw(roto_easel *e, const roto_pen *pen, const roto_drawing *d, const uint8_t *place,
                    hm_err *err)
{
    for (int64_t i = 0; i < (int64_t)e->w_px * e->h_px; i++) {
        for (int c = 0; c < 3; c++)
            e->rgbx[4 * i + c] = place[3 * i + c];
        e->rgbx[4 * i + 3] = 255;
    }
    for (int32_t k = 0; k < d->n_figure; k++) {
        const roto_figure *f = &d->figure[k];
        span s;
        roto_drag drag;
        roto_pen own = pen_for(pen, f, &drag);
        HM_TRY(trails(e, pen, f, err));
        HM_TRY(paint_figure(e, &own, f, d->number, &s, err));
        put_colour(e, pen, f, s, 1);
        HM_TRY(fill_ink(e, &own, f, err));
        put_ink(e, pen->look->ink.ink, 0.95f, e->rgbx);
    }
    return HM_OK;
}
