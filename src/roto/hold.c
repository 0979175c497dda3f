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

hm_status roto_hold_loop(roto_loop *loop, const roto_cells *w, const roto_figure *figure,
                         const roto_figure *was, hm_arena *scratch, roto_boil *boil, hm_err *err)
{
    if (!was || was->n_stroke == 0 || loop->n < 8)
        return HM_OK;
    carried *c = HM_PUSH(scratch, carried, 1);
    roto_xy *move = HM_PUSH(scratch, roto_xy, loop->n);
    ROTO_NEED(c && move ? c : NULL);
    HM_TRY(carry_all(figure, was, &w->grid, scratch, c, err));
    float reach = roto_clamp(0.05f * figure->body.trunk_px, 1, 5 * w->grid.cell_px);
    for (int32_t i = 0; i < loop->n; i++) {
        roto_xy a = loop->p[(i + loop->n - 2) % loop->n], b = loop->p[(i + 2) % loop->n], q;
        float dx = b.x - a.x, dy = b.y - a.y, len = sqrtf(dx * dx + dy * dy) + 1e-6f;
        move[i] = (roto_xy){0, 0};
        if (!nearest(c, loop->p[i], reach, &q))
            continue;
        /* across the line only: along it points are free */
        float nx = dy / len, ny = -dx / len;
        float across = (q.x - loop->p[i].x) * nx + (q.y - loop->p[i].y) * ny;
        float near = 1 - across * across / (reach * reach), hold = 0.5f * near * near;
        move[i] = (roto_xy){hold * across * nx, hold * across * ny};
        if (boil)
            boil->sum_px += (double)fabsf((1 - hold) * across), boil->n++;
    }
    for (int32_t i = 0; i < loop->n; i++) { /* neighbours move together */
        roto_xy a = move[(i + loop->n - 1) % loop->n], b = move[i], d = move[(i + 1) % loop->n];
        loop->p[i].x += 0.25f * a.x + 0.5f * b.x + 0.25f * d.x;
        loop->p[i].y += 0.25f * a.y + 0.5f * b.y + 0.25f * d.y;
    }
    return HM_OK;
}
