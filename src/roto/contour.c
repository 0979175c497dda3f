#include "contour_priv.h"

#include <math.h>

/* Sides of cells that the border crosses: 2 cell + 0 to the right of a cell's middle, + 1 below
 * it, counted in the window and a rim of one cell around it that is below 0. Each is left once, by
 * `next`. */
typedef struct map {
    const float *field;
    const roto_grid *grid;
    roto_window win;
    int32_t w; /* cells of a row, rim and all */
    int32_t *next;
} map;

static float value(const map *m, int32_t x, int32_t y)
{
    x += m->win.x0 - 1, y += m->win.y0 - 1;
    if (x < m->win.x0 || y < m->win.y0 || x >= m->win.x1 || y >= m->win.y1)
        return -1;
    return m->field[y * ROTO_SIDE + x];
}

/* Sides around the square with corners (x, y) .. (x + 1, y + 1): top, right, bottom, left. */
static int32_t side_of(const map *m, int32_t x, int32_t y, int which)
{
    switch (which) {
    case 0:
        return 2 * (y * m->w + x);
    case 1:
        return 2 * (y * m->w + x + 1) + 1;
    case 2:
        return 2 * ((y + 1) * m->w + x);
    default:
        return 2 * (y * m->w + x) + 1;
    }
}

/* From which side to which the border goes, above 0 on its right; corners clockwise from the top
 * left one are bits 1 2 4 8. */
static const int8_t ways[16][4] = {
    {-1},       {0, 3, -1}, {1, 0, -1}, {1, 3, -1}, {2, 1, -1},   {0, 3, 2, 1},
    {2, 0, -1}, {2, 3, -1}, {3, 2, -1}, {0, 2, -1}, {1, 0, 3, 2}, {1, 2, -1},
    {3, 1, -1}, {0, 1, -1}, {3, 0, -1}, {-1},
};

static void link_square(const map *m, int32_t x, int32_t y)
{
    int kind = (value(m, x, y) > 0) | (value(m, x + 1, y) > 0) << 1 |
               (value(m, x + 1, y + 1) > 0) << 2 | (value(m, x, y + 1) > 0) << 3;
    const int8_t *w = ways[kind];
    for (int k = 0; k < 4 && w[k] >= 0; k += 2)
        m->next[side_of(m, x, y, w[k])] = side_of(m, x, y, w[k + 1]) + 1;
}

static roto_xy crossing(const map *m, int32_t side)
{
    int32_t x = side / 2 % m->w, y = side / 2 / m->w;
    float a = value(m, x, y);
    float b = side % 2 ? value(m, x, y + 1) : value(m, x + 1, y);
    float t = roto_clamp(a / (a - b), 0.02f, 0.98f);
    float cx = (float)(x - 1 + m->win.x0) + (side % 2 ? 0 : t);
    float cy = (float)(y - 1 + m->win.y0) + (side % 2 ? t : 0);
    return roto_cell_at(m->grid, cx, cy);
}

static float area_of(int32_t n, const roto_xy *p)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++) {
        const roto_xy *q = &p[i + 1 < n ? i + 1 : 0];
        sum += (double)p[i].x * (double)q->y - (double)q->x * (double)p[i].y;
    }
    return (float)(0.5 * sum);
}

static hm_status follow(const map *m, int32_t start, hm_arena *arena, roto_loop *loop, hm_err *err)
{
    size_t cap = 0;
    *loop = (roto_loop){0};
    for (int32_t side = start; m->next[side] != 0;) {
        roto_xy *room = HM_GROW(arena, loop->p, loop->n, &cap);
        ROTO_NEED(room);
        loop->p = room;
        loop->p[loop->n++] = crossing(m, side);
        int32_t to = m->next[side] - 1;
        m->next[side] = 0;
        side = to;
    }
    loop->area_px = area_of(loop->n, loop->p);
    return HM_OK;
}

hm_status roto_contour(const float *field, const roto_window *win, const roto_grid *grid,
                       float least_px, hm_arena *arena, hm_arena *scratch, int32_t *n,
                       roto_loop **loop, hm_err *err)
{
    *n = 0, *loop = NULL;
    if (roto_window_is_empty(win))
        return HM_OK;
    map m = {field, grid, *win, win->x1 - win->x0 + 2, NULL};
    int32_t h = win->y1 - win->y0 + 2;
    ROTO_NEED(m.next = HM_PUSH(scratch, int32_t, 2 * m.w * h));
    for (int32_t y = 0; y < h - 1; y++)
        for (int32_t x = 0; x < m.w - 1; x++)
            link_square(&m, x, y);
    size_t cap = 0;
    for (int32_t side = 0; side < 2 * m.w * h; side++) {
        if (m.next[side] == 0)
            continue;
        roto_loop found;
        hm_arena_mark mark = hm_arena_mark_get(arena);
        HM_TRY(follow(&m, side, arena, &found, err));
        if (found.n < 4 || fabsf(found.area_px) < least_px) {
            hm_arena_release(arena, mark);
            continue;
        }
        roto_loop *room = HM_GROW(arena, *loop, *n, &cap);
        ROTO_NEED(room);
        *loop = room;
        (*loop)[(*n)++] = found;
    }
    return HM_OK;
}

hm_status roto_smooth(roto_loop *loop, int times, hm_arena *arena, hm_err *err)
{
    for (int k = 0; k < times; k++) {
        roto_xy *q = HM_PUSH(arena, roto_xy, 2 * (int64_t)loop->n);
        ROTO_NEED(q);
        for (int32_t i = 0; i < loop->n; i++) {
            roto_xy a = loop->p[i], b = loop->p[i + 1 < loop->n ? i + 1 : 0];
            q[2 * i] = (roto_xy){0.75f * a.x + 0.25f * b.x, 0.75f * a.y + 0.25f * b.y};
            q[2 * i + 1] = (roto_xy){0.25f * a.x + 0.75f * b.x, 0.25f * a.y + 0.75f * b.y};
        }
        loop->p = q;
        loop->n *= 2;
    }
    return HM_OK;
}
