#include "motion_priv.h"

#include <math.h>
#include <string.h>

static const int change_least = 12; /* of 255; own: above noise and compression of a still scene */
static const int32_t cells_least = 8;     /* own: about 23 x 23 px */
static const double height_least_px = 40; /* own: smaller people have no joints to see */
static const double window_least_px = 160, window_per_blob = 1.6; /* own; the net sees 224 px */

size_t pose_motion_size(const hm_pose_image *image)
{
    return (size_t)(image->width_px / POSE_MOTION_CELL) *
           (size_t)(image->height_px / POSE_MOTION_CELL);
}

/* Green of every other pixel of every other row stands for brightness. */
void pose_motion_of(const hm_pose_image *image, double time_s, pose_motion *m)
{
    m->w = image->width_px / POSE_MOTION_CELL;
    m->h = image->height_px / POSE_MOTION_CELL;
    m->time_s = time_s;
    for (int32_t y = 0; y < m->h; y++)
        for (int32_t x = 0; x < m->w; x++) {
            unsigned sum = 0;
            for (int32_t k = 0; k < POSE_MOTION_CELL; k += 2) {
                const uint8_t *row = image->rgb + (y * POSE_MOTION_CELL + k) * image->stride +
                                     3 * (ptrdiff_t)x * POSE_MOTION_CELL + 1;
                for (int32_t i = 0; i < POSE_MOTION_CELL; i += 2)
                    sum += row[3 * i];
            }
            m->cell[y * m->w + x] = (uint8_t)(sum / 16);
        }
}

/* 1 = changed, 0 = not, or within somebody known. */
static void mark_changes(const pose_motion *a, const pose_motion *b, int32_t n_box,
                         const double box[][4], uint8_t *mark)
{
    for (int32_t i = 0; i < b->w * b->h; i++)
        mark[i] = (a->cell[i] > b->cell[i] ? a->cell[i] - b->cell[i] : b->cell[i] - a->cell[i]) >=
                  change_least;
    for (int32_t k = 0; k < n_box; k++) {
        int32_t x0 = (int32_t)fmax(0, floor(box[k][0] / POSE_MOTION_CELL));
        int32_t y0 = (int32_t)fmax(0, floor(box[k][1] / POSE_MOTION_CELL));
        int32_t x1 = (int32_t)fmin(b->w, ceil((box[k][0] + box[k][2]) / POSE_MOTION_CELL));
        int32_t y1 = (int32_t)fmin(b->h, ceil((box[k][1] + box[k][3]) / POSE_MOTION_CELL));
        for (int32_t y = y0; y < y1; y++)
            for (int32_t x = x0; x < x1; x++)
                mark[y * b->w + x] = 0;
    }
}

typedef struct blob {
    int32_t n, x0, y0, x1, y1;
} blob;

/* All cells that hang together with one, within two cells of each other; they are unmarked. */
static blob take_blob(const pose_motion *m, int32_t first, uint8_t *mark, int32_t *stack)
{
    blob b = {0, m->w, m->h, 0, 0};
    int32_t n = 0;
    stack[n++] = first;
    mark[first] = 0;
    while (n > 0) {
        int32_t at = stack[--n], x = at % m->w, y = at / m->w;
        b.n++;
        b.x0 = x < b.x0 ? x : b.x0;
        b.x1 = x > b.x1 ? x : b.x1;
        b.y0 = y < b.y0 ? y : b.y0;
        b.y1 = y > b.y1 ? y : b.y1;
        for (int32_t dy = -2; dy <= 2; dy++)
            for (int32_t dx = -2; dx <= 2; dx++) {
                int32_t next = at + dy * m->w + dx;
                if (x + dx < 0 || x + dx >= m->w || y + dy < 0 || y + dy >= m->h || !mark[next])
                    continue;
                mark[next] = 0;
                stack[n++] = next;
            }
    }
    return b;
}

static void window_of(const blob *b, double window[4])
{
    double w = (b->x1 - b->x0 + 1) * POSE_MOTION_CELL, h = (b->y1 - b->y0 + 1) * POSE_MOTION_CELL;
    double side = fmax(window_least_px, window_per_blob * fmax(w, h));
    window[0] = (b->x0 + b->x1 + 1) * 0.5 * POSE_MOTION_CELL - side / 2;
    window[1] = (b->y0 + b->y1 + 1) * 0.5 * POSE_MOTION_CELL - side / 2;
    window[2] = window[3] = side;
}

int32_t pose_motion_windows(const pose_motion *before, const pose_motion *now, int32_t n_box,
                            const double box[][4], uint8_t *mark, int32_t *stack,
                            double window[][4])
{
    blob best[POSE_MOTION_WINDOW_MAX];
    int32_t n = 0;
    mark_changes(before, now, n_box, box, mark);
    for (int32_t i = 0; i < now->w * now->h; i++) {
        if (!mark[i])
            continue;
        blob b = take_blob(now, i, mark, stack);
        if (b.n < cells_least || (b.y1 - b.y0 + 1) * POSE_MOTION_CELL < height_least_px)
            continue;
        int32_t at = n;
        while (at > 0 && best[at - 1].n < b.n)
            at--;
        if (at == POSE_MOTION_WINDOW_MAX)
            continue;
        n = n < POSE_MOTION_WINDOW_MAX ? n + 1 : n;
        memmove(best + at + 1, best + at, (size_t)(n - 1 - at) * sizeof *best);
        best[at] = b;
    }
    for (int32_t k = 0; k < n; k++)
        window_of(&best[k], window[k]);
    return n;
}
