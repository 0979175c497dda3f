#include "settle_priv.h"

#include <math.h>

/* Shifts of one part by least squares (Lucas and Kanade 1981). */
typedef struct normal {
    double n, xx, xy, yy, x, y;
} normal;

static const float alpha_unit = 90; /* luma that a border of the matte counts as; own choice */
static const float most_diff = 40;  /* a larger difference is another thing, not a shift */
enum { ROUND = 3, STEP = 2 };       /* cells of every STEPth row and column are asked */

static bool has_room(roto_xy p)
{
    return p.x >= 2 && p.y >= 2 && p.x < ROTO_SIDE - 4 && p.y < ROTO_SIDE - 4;
}

/* What one channel at a cell says about the shift of its part. */
static void ask(const float *was, float now, roto_xy p, float unit, normal *n)
{
    float gx =
        0.5f * unit *
        (roto_between(was, ROTO_SIDE, p.x + 1, p.y) - roto_between(was, ROTO_SIDE, p.x - 1, p.y));
    float gy =
        0.5f * unit *
        (roto_between(was, ROTO_SIDE, p.x, p.y + 1) - roto_between(was, ROTO_SIDE, p.x, p.y - 1));
    float d =
        roto_clamp(unit * (now - roto_between(was, ROTO_SIDE, p.x, p.y)), -most_diff, most_diff);
    n->n++;
    n->xx += (double)(gx * gx), n->xy += (double)(gx * gy), n->yy += (double)(gy * gy);
    n->x += (double)(gx * d), n->y += (double)(gy * d);
}

static void sum_up(const roto_cells *w, const roto_cells *was, const roto_xy back[],
                   const roto_xy shift[], normal part[])
{
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        part[k] = (normal){0};
    for (int32_t y = w->win.y0; y < w->win.y1; y += STEP)
        for (int32_t x = w->win.x0; x < w->win.x1; x += STEP) {
            int32_t i = y * ROTO_SIDE + x;
            int k = w->part[i];
            if (k == ROTO_NONE)
                continue;
            roto_xy p = {back[i].x + shift[k].x, back[i].y + shift[k].y};
            if (back[i].x < 0 || !has_room(p))
                continue;
            ask(was->alpha, w->alpha[i], p, alpha_unit, &part[k]);
            if (w->alpha[i] > 0.9f &&
                roto_between(was->alpha, ROTO_SIDE, p.x, p.y) > 0.9f) /* cloth, not the place */
                ask(was->luma, w->luma[i], p, 1, &part[k]);
        }
}

void roto_settle(const roto_cells *w, const roto_cells *was, roto_xy back[])
{
    roto_xy shift[ROTO_PART_COUNT] = {{0, 0}};
    normal part[ROTO_PART_COUNT];
    float most = 0.06f * w->body.trunk_px / w->grid.cell_px;
    for (int round = 0; round < ROUND; round++) {
        sum_up(w, was, back, shift, part);
        for (int k = 0; k < ROTO_PART_COUNT; k++) {
            const normal *n = &part[k];
            double rest = 0.02 * (n->xx + n->yy) + 2 * n->n + 1;
            double xx = n->xx + rest, yy = n->yy + rest, det = xx * yy - n->xy * n->xy;
            shift[k].x += (float)((yy * n->x - n->xy * n->y) / det);
            shift[k].y += (float)((xx * n->y - n->xy * n->x) / det);
            shift[k].x = roto_clamp(shift[k].x, -most, most);
            shift[k].y = roto_clamp(shift[k].y, -most, most);
        }
    }
    ROTO_EACH (i, &w->win)
        if (back[i].x >= 0 && w->part[i] != ROTO_NONE)
            back[i].x += shift[w->part[i]].x, back[i].y += shift[w->part[i]].y;
}
