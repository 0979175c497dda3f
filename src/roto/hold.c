#include "hold_priv.h"
#include "parts_priv.h"

#include <math.h>

#include "num/dmath.h"

enum { BIN_SIDE = 64, BIN = BIN_SIDE * BIN_SIDE };

/* The outline of the drawing before where the bones have carried it, in bins. */
typedef struct carried {
    int32_t n;
    roto_xy *p;
    int32_t *next; /* of the same bin, -1 = last */
    int32_t first[BIN];
    const roto_grid *grid;
} carried;

static int32_t bin_of(const carried *c, roto_xy p)
{
    float k = (float)BIN_SIDE / ROTO_SIDE;
    int32_t x = (int32_t)roto_clamp(roto_cell_x(c->grid, p.x) * k, 0, BIN_SIDE - 1);
    int32_t y = (int32_t)roto_clamp(roto_cell_y(c->grid, p.y) * k, 0, BIN_SIDE - 1);
    return y * BIN_SIDE + x;
}

static hm_status carry_all(const roto_figure *figure, const roto_figure *was, const roto_grid *grid,
                           hm_arena *scratch, carried *c, hm_err *err)
{
    int32_t n = 0;
    for (int32_t k = 0; k < was->n_stroke; k++)
        n += was->stroke[k].width_frac >= 1 ? was->stroke[k].n : 0;
    c->n = 0, c->grid = grid;
    c->p = HM_PUSH(scratch, roto_xy, n + 1);
    c->next = HM_PUSH(scratch, int32_t, n + 1);
    ROTO_NEED(c->p && c->next ? c->p : NULL);
    for (int32_t k = 0; k < BIN; k++)
        c->first[k] = -1;
    for (int32_t k = 0; k < was->n_stroke; k++) {
        const roto_stroke *s = &was->stroke[k];
        for (int32_t i = 0; i < s->n && s->width_frac >= 1; i++) {
            if (s->part[i] == ROTO_NONE)
                continue;
            int32_t at = c->n++;
            c->p[at] =
                roto_carry(&was->body.bone[s->part[i]], &figure->body.bone[s->part[i]], s->p[i]);
            int32_t bin = bin_of(c, c->p[at]);
            c->next[at] = c->first[bin], c->first[bin] = at;
        }
    }
    return HM_OK;
}

/* Nearest carried point within reach_px; false = none. */
static bool nearest(const carried *c, roto_xy p, float reach_px, roto_xy *found)
{
    int32_t bin = bin_of(c, p), bx = bin % BIN_SIDE, by = bin / BIN_SIDE;
    float best = reach_px * reach_px;
    bool any = false;
    for (int32_t y = by - 1; y <= by + 1; y++)
        for (int32_t x = bx - 1; x <= bx + 1; x++) {
            if (x < 0 || y < 0 || x >= BIN_SIDE || y >= BIN_SIDE)
                continue;
            for (int32_t i = c->first[y * BIN_SIDE + x]; i >= 0; i = c->next[i]) {
                float dx = c->p[i].x - p.x, dy = c->p[i].y - p.y, d2 = dx * dx + dy * dy;
                if (d2 < best)
                    best = d2, *found = c->p[i], any = true;
            }
        }
    return any;
}

/* ---- what of the way across is the body's own ---- */

/* Of a stretch of outline: how far it lies from the carried one, along which normals. */
typedef struct pull {
    double n, xx, xy, yy, x, y;
} pull;

/* A point of the loop and its way to the carried outline. */
typedef struct pair {
    float nx, ny, across; /* unit normal; along it */
    bool found;
} pair;

static pull pull_of(const pair *q)
{
    double nx = (double)q->nx, ny = (double)q->ny, a = (double)q->across;
    return q->found ? (pull){1, nx * nx, nx * ny, ny * ny, a * nx, a * ny} : (pull){0};
}

static pull pull_add(pull a, pull b, double k)
{
    return (pull){a.n + k * b.n,   a.xx + k * b.xx, a.xy + k * b.xy,
                  a.yy + k * b.yy, a.x + k * b.x,   a.y + k * b.y};
}

/* The shift of a stretch as a whole that explains its way across best, least squares. A straight
 * stretch tells only what is across it: the other direction is kept at rest. */
static roto_xy shift_of(const pull *s)
{
    double rest = 0.05 * s->n + 1, xx = s->xx + rest, yy = s->yy + rest;
    double det = xx * yy - s->xy * s->xy;
    return (roto_xy){(float)((yy * s->x - s->xy * s->y) / det),
                     (float)((xx * s->y - s->xy * s->x) / det)};
}

/* Points of the loop within half_px of way to either side. */
static int32_t stretch(const roto_loop *loop, float half_px)
{
    float all = 0;
    for (int32_t i = 0; i < loop->n; i++) {
        roto_xy a = loop->p[i], b = loop->p[(i + 1) % loop->n];
        all += sqrtf((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
    }
    float n = half_px * (float)loop->n / (all + 1e-3f);
    return (int32_t)roto_clamp(n, 2, 0.5f * (float)(loop->n - 2));
}

/* What the bones missed of the body's motion: the limb's shift around each point, across it. */
static void find_drift(int32_t n, const pair q[], int32_t half, float drift[])
{
    pull sum = {0};
    for (int32_t k = -half; k <= half; k++)
        sum = pull_add(sum, pull_of(&q[(k + n) % n]), 1);
    for (int32_t i = 0; i < n; i++) {
        roto_xy t = shift_of(&sum);
        drift[i] = t.x * q[i].nx + t.y * q[i].ny;
        sum = pull_add(sum, pull_of(&q[(i + half + 1) % n]), 1);
        sum = pull_add(sum, pull_of(&q[(i - half + n) % n]), -1);
    }
}

static void find_pairs(const carried *c, const roto_loop *loop, float reach_px, pair q[])
{
    for (int32_t i = 0; i < loop->n; i++) {
        roto_xy a = loop->p[(i + loop->n - 2) % loop->n], b = loop->p[(i + 2) % loop->n], at;
        float dx = b.x - a.x, dy = b.y - a.y, len = sqrtf(dx * dx + dy * dy) + 1e-6f;
        q[i] = (pair){.nx = dy / len, .ny = -dx / len};
        q[i].found = nearest(c, loop->p[i], reach_px, &at);
        if (q[i].found)
            q[i].across = (at.x - loop->p[i].x) * q[i].nx + (at.y - loop->p[i].y) * q[i].ny;
    }
}

hm_status roto_hold_loop(roto_loop *loop, const roto_cells *w, const roto_figure *figure,
                         const roto_figure *was, hm_arena *scratch, roto_boil *boil, hm_err *err)
{
    const float hold_frac = 0.8f; /* of what is no motion of the limb */
    if (!was || was->n_stroke == 0 || loop->n < 8)
        return HM_OK;
    carried *c = HM_PUSH(scratch, carried, 1);
    pair *q = HM_PUSH(scratch, pair, loop->n);
    float *drift = HM_PUSH(scratch, float, loop->n);
    ROTO_NEED(c && q && drift ? c : NULL);
    HM_TRY(carry_all(figure, was, &w->grid, scratch, c, err));
    float trunk = figure->body.trunk_px, cell = w->grid.cell_px;
    float reach = roto_clamp(0.05f * trunk, 1, 5 * cell);
    float noise = roto_clamp(0.03f * trunk, 1, 3.5f * cell); /* more is a new shape */
    find_pairs(c, loop, reach, q);
    find_drift(loop->n, q, stretch(loop, 0.18f * trunk), drift);
    for (int32_t i = 0; i < loop->n; i++) { /* what is held, in place of the way */
        float rest = q[i].across - drift[i], near = 1 - rest * rest / (noise * noise);
        float hold = q[i].found && near > 0 ? hold_frac * near : 0;
        if (boil && q[i].found)
            boil->sum_px += (double)fabsf((1 - hold) * rest), boil->n++;
        q[i].across = hold * rest;
    }
    for (int32_t i = 0; i < loop->n; i++) { /* across the line only; neighbours move together */
        float before = q[(i + loop->n - 1) % loop->n].across, after = q[(i + 1) % loop->n].across;
        float move = 0.25f * before + 0.5f * q[i].across + 0.25f * after;
        loop->p[i].x += move * q[i].nx, loop->p[i].y += move * q[i].ny;
    }
    return HM_OK;
}
