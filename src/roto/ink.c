#include "ink_priv.h"
#include "parts_priv.h"

#include <math.h>

#include "base/rng.h"
#include "stage/flat.h"

typedef struct point {
    roto_xy p, across; /* across: unit, to the outside of an outline */
    float half_px, along_px;
    uint8_t part;
} point;

static float dist(roto_xy a, roto_xy b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    return sqrtf(dx * dx + dy * dy);
}

/* Points of the stroke about step_px apart, where the look bends them to. */
static int32_t resample(const roto_pen *pen, const roto_figure *f, const roto_stroke *s,
                        float step_px, point out[])
{
    int32_t n = 0, m = s->closed ? s->n + 1 : s->n;
    float along = 0, due = 0;
    roto_xy was = roto_pen_bend(pen, f, s->p[0]);
    for (int32_t i = 0; i < m; i++) {
        roto_xy p = roto_pen_bend(pen, f, s->p[i % s->n]);
        along += dist(was, p);
        was = p;
        if (along >= due || i == m - 1) {
            out[n++] = (point){.p = p, .along_px = along, .part = s->part[i % s->n]};
            due = along + step_px;
        }
    }
    return n;
}

static void aim(point q[], int32_t n, bool closed)
{
    for (int32_t i = 0; i < n; i++) {
        const point *a = &q[i > 0 ? i - 1 : closed ? n - 2 : 0];
        const point *b = &q[i + 1 < n ? i + 1 : closed ? 1 : n - 1];
        float dx = b->p.x - a->p.x, dy = b->p.y - a->p.y, len = sqrtf(dx * dx + dy * dy) + 1e-6f;
        q[i].across = (roto_xy){dy / len, -dx / len};
    }
}

/* Where on its bone a point lies, in px: what belongs to the body is keyed by this. */
static roto_xy on_body(const roto_figure *f, const point *q)
{
    if (q->part == ROTO_NONE)
        return q->p;
    const roto_bone *b = &f->body.bone[q->part];
    float ax = b->b.x - b->a.x, ay = b->b.y - b->a.y, len = sqrtf(ax * ax + ay * ay) + 1e-6f;
    float px = q->p.x - b->a.x, py = q->p.y - b->a.y;
    return (roto_xy){(px * ax + py * ay) / len, (py * ax - px * ay) / len};
}

/* 1 = drawn, 0 = left out; gaps are soft and stay with the body. */
static float unbroken(const roto_pen *pen, const roto_figure *f, const point *q, float more)
{
    float gap = pen->look->ink.gap_frac * more;
    if (gap <= 0)
        return 1;
    float len = fmaxf(pen->look->ink.boil_len_px, 12) * pen->unit_px * 1.2f;
    roto_xy b = on_body(f, q);
    float v =
        hm_flat_noise(b.x / len, b.y / (2 * len) + 7.3f * (float)q->part, (uint32_t)pen->seed);
    return roto_clamp((0.5f + 0.5f * v - gap) * 9 + 0.5f, 0, 1);
}

static void weigh(const roto_pen *pen, const roto_figure *f, const roto_stroke *s, point q[],
                  int32_t n)
{
    const hm_paint_params *ink = &pen->look->ink;
    float base = 0.5f * pen->unit_px * pen->look->line_frac * ink->outline_px * s->width_frac;
    /* thicker for a near figure, thinner for a far one; 170 px of trunk at 720 rows is mid distance
     */
    float near = f->body.trunk_px / (170 * pen->unit_px);
    base *= roto_clamp(0.65f + 0.5f * near, ink->far_px / ink->outline_px,
                       ink->near_px / ink->outline_px);
    float speed = dist((roto_xy){0, 0}, f->drift_px) / f->body.trunk_px;
    float all = q[n - 1].along_px, taper = fminf(14 * pen->unit_px, 0.4f * all);
    for (int32_t i = 0; i < n; i++) {
        const point *a = &q[i > 1 ? i - 2 : 0], *b = &q[i + 2 < n ? i + 2 : n - 1];
        float turn = 1 - (a->across.x * b->across.x + a->across.y * b->across.y);
        float light = q[i].across.x * 0.35f + q[i].across.y * 0.94f; /* from above */
        float w = 1 + ink->shade_side_frac * light + 0.35f * roto_clamp(turn, 0, 1);
        w *= 1 - 0.35f * roto_clamp(2 * speed, 0, 1);
        float end = s->closed ? 1 : fminf(q[i].along_px, all - q[i].along_px) / (taper + 1e-3f);
        w *= roto_clamp(0.25f + end, 0, 1);
        w *= unbroken(pen, f, &q[i], s->width_frac >= 1 ? 0.75f : 1.5f);
        q[i].half_px = base * w;
    }
}

static void stray(const roto_pen *pen, const point *key, int number, point q[], int32_t n,
                  bool closed)
{
    const hm_paint_params *ink = &pen->look->ink;
    float by = ink->boil_px * pen->unit_px, len = fmaxf(ink->boil_len_px, 12) * pen->unit_px;
    hm_draw4 r =
        hm_rng(pen->seed, HM_FOR_ROTO, key->part, (uint32_t)pen->drawing, (uint32_t)number);
    float phase = (float)(r.u[0] & 0xffff) * 0.37f, all = q[n - 1].along_px;
    for (int32_t i = 0; i < n; i++) {
        float v = hm_flat_noise(q[i].along_px / len + phase, 0.5f, r.u[1]);
        float end = fminf(q[i].along_px, all - q[i].along_px) / len;
        v *= closed ? roto_clamp(end, 0, 1) : 1; /* a closed line closes */
        float fine = hm_flat_noise(2.7f * q[i].along_px / len + phase, 1.5f, r.u[2]);
        q[i].p.x += by * v * q[i].across.x, q[i].p.y += by * v * q[i].across.y;
        q[i].half_px *= 1 + 0.5f * ink->boil_frac * fine;
    }
}

hm_status roto_ink_stroke(const roto_pen *pen, const roto_figure *f, const roto_stroke *s,
                          int number, roto_fill *fill, hm_arena *scratch, hm_err *err)
{
    if (s->n < 2)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(scratch);
    point *q = HM_PUSH(scratch, point, s->n + 2);
    ROTO_NEED(q);
    int32_t n = resample(pen, f, s, 1.6f * pen->unit_px, q);
    if (n > 2) {
        aim(q, n, s->closed);
        weigh(pen, f, s, q, n);
        stray(pen, &q[0], number, q, n, s->closed);
    }
    for (int32_t i = 0; n > 2 && i + 1 < n; i++) {
        const point *a = &q[i], *b = &q[i + 1];
        if (a->half_px <= 0.02f && b->half_px <= 0.02f)
            continue;
        roto_xy quad[4] = {{a->p.x + a->half_px * a->across.x, a->p.y + a->half_px * a->across.y},
                           {b->p.x + b->half_px * b->across.x, b->p.y + b->half_px * b->across.y},
                           {b->p.x - b->half_px * b->across.x, b->p.y - b->half_px * b->across.y},
                           {a->p.x - a->half_px * a->across.x, a->p.y - a->half_px * a->across.y}};
        roto_fill_polygon(fill, 4, quad);
    }
    hm_arena_release(scratch, mark);
    return HM_OK;
}
