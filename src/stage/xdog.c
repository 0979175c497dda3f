#include "stage/xdog.h"

#include <math.h>
#include <stdbool.h>

#include "base/par.h"
#include "num/dmath.h"

enum {
    TAP_MAX = 64, /* weights of one side of a mean */
    BAND = 16,    /* rows that a thread takes at once */
    BLOCK = 16    /* side of the squares of which the least u is known [px] */
};

#define REACH     3.0  /* a Gaussian ends at so many standard deviations */
#define NO_EDGE   1e-9 /* sum of squared slopes, of full luma a pixel, without a direction */
#define ACROSS_PX 1.0  /* longest step of the means across the line */

hm_xdog_opts hm_xdog_opts_default(void)
{
    return (hm_xdog_opts){.flow_px = 2.5,
                          .narrow_px = 1,
                          .wide_frac = 1.6,
                          .along_px = 3,
                          .sharp = 40,
                          .dark_frac = -0.15,
                          .soft_frac = 0.5};
}

/* ---- weights ---- */

/* One side of a Gaussian sampled each step_px, the middle first; all with their mirror sum to 1. */
typedef struct taps {
    int32_t n;
    float w[TAP_MAX];
} taps;

/* With as many taps as a Gaussian of reach_px needs. */
static taps gauss(double sigma_px, double reach_px, double step_px)
{
    taps t = {.n = 1 + (int32_t)(REACH * reach_px / step_px + 0.5), .w = {1}};
    HM_ASSERT(t.n <= TAP_MAX);
    double sum = 1;
    for (int32_t i = 1; i < t.n; i++) {
        double x = i * step_px / sigma_px, w = hm_exp(-0.5 * x * x);
        t.w[i] = (float)w;
        sum += 2 * w;
    }
    for (int32_t i = 0; i < t.n; i++)
        t.w[i] = (float)((double)t.w[i] / sum);
    return t;
}

/* ---- a plane of numbers ---- */

typedef struct plane {
    int32_t w, h;
    float *v; /* (h x w) */
} plane;

static int32_t within(int32_t i, int32_t n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

static inline float between(const float *a, const float *b, int32_t right, float u, float v)
{
    float top = a[0] + u * (a[right] - a[0]), low = b[0] + u * (b[right] - b[0]);
    return top + v * (low - top);
}

/* Between its pixels, 0 <= x < w - 1, 0 <= y < h - 1. */
static inline float sample_inside(const plane *p, float x, float y)
{
    int32_t x0 = (int32_t)x, y0 = (int32_t)y;
    const float *a = &p->v[(int64_t)y0 * p->w + x0];
    return between(a, a + p->w, 1, x - (float)x0, y - (float)y0);
}

/* Beyond its border as at it. */
static float sample(const plane *p, float x, float y)
{
    float most_x = (float)(p->w - 1), most_y = (float)(p->h - 1);
    x = x < 0 ? 0 : x > most_x ? most_x : x;
    y = y < 0 ? 0 : y > most_y ? most_y : y;
    int32_t x0 = (int32_t)x, y0 = (int32_t)y;
    const float *a = &p->v[(int64_t)y0 * p->w + x0];
    return between(a, y0 + 1 < p->h ? a + p->w : a, x0 + 1 < p->w, x - (float)x0, y - (float)y0);
}

/* ---- work that is shared by bands of rows ---- */

typedef struct job {
    plane luma, u, least, tensor[3], blurred[3];
    float step_px; /* across the line */
    float *flow;
    const float *along_flow;
    taps flow_taps, narrow, wide, along;
    const hm_xdog_opts *opts;
    uint8_t *ink;
    void (*row)(const struct job *j, int32_t y);
} job;

static void do_band(void *ctx, int64_t i, int worker)
{
    (void)worker;
    const job *j = ctx;
    for (int64_t y = i * BAND; y < (i + 1) * BAND && y < j->luma.h; y++)
        j->row(j, (int32_t)y);
}

static void all_rows(job *j, void (*row)(const job *, int32_t), int n_thread)
{
    j->row = row;
    hm_par_for(n_thread, (j->luma.h + BAND - 1) / BAND, do_band, j);
}

static bool plane_room(plane *p, int32_t w, int32_t h, hm_arena *arena)
{
    *p = (plane){w, h, hm_arena_push(arena, (size_t)w * (size_t)h, sizeof(float))};
    return p->v != NULL;
}

static bool plane_of_luma(plane *p, const uint8_t *luma, int32_t w, int32_t h, int32_t stride,
                          hm_arena *arena)
{
    if (!plane_room(p, w, h, arena))
        return false;
    for (int32_t y = 0; y < h; y++)
        for (int32_t x = 0; x < w; x++)
            p->v[(int64_t)y * w + x] = (float)luma[(int64_t)y * stride + x] * (1.0f / 255.0f);
    return true;
}

static hm_status no_memory(hm_arena *arena, hm_arena_mark mark, hm_err *err)
{
    hm_arena_release(arena, mark);
    return hm_err_set(err, HM_ERR_SYSTEM, "xdog", 0, 0, NULL, "no memory for the lines");
}

/* ---- which way edges run ---- */

/* Products of the slopes, by Sobel's weights. */
static void tensor_row(const job *j, int32_t y)
{
    const plane *p = &j->luma;
    const float *a = &p->v[(int64_t)within(y - 1, p->h) * p->w], *b = &p->v[(int64_t)y * p->w];
    const float *c = &p->v[(int64_t)within(y + 1, p->h) * p->w];
    for (int32_t x = 0; x < p->w; x++) {
        int32_t l = within(x - 1, p->w), r = within(x + 1, p->w);
        float dx = (a[r] - a[l]) + 2 * (b[r] - b[l]) + (c[r] - c[l]);
        float dy = (c[l] - a[l]) + 2 * (c[x] - a[x]) + (c[r] - a[r]);
        int64_t k = (int64_t)y * p->w + x;
        j->tensor[0].v[k] = dx * dx * (1.0f / 64);
        j->tensor[1].v[k] = dx * dy * (1.0f / 64);
        j->tensor[2].v[k] = dy * dy * (1.0f / 64);
    }
}

static void blur_across_row(const job *j, int32_t y)
{
    int32_t w = j->luma.w;
    const taps *t = &j->flow_taps;
    for (int k = 0; k < 3; k++) {
        const float *from = &j->tensor[k].v[(int64_t)y * w];
        float *to = &j->blurred[k].v[(int64_t)y * w];
        for (int32_t x = 0; x < w; x++)
            to[x] = t->w[0] * from[x];
        for (int32_t i = 1; i < t->n; i++) {
            int32_t end = w - i;
            for (int32_t x = 0; x < i && x < w; x++)
                to[x] += t->w[i] * (from[0] + from[within(x + i, w)]);
            for (int32_t x = i; x < end; x++)
                to[x] += t->w[i] * (from[x - i] + from[x + i]);
            for (int32_t x = end > i ? end : i; x < w; x++)
                to[x] += t->w[i] * (from[x - i] + from[w - 1]);
        }
    }
}

/* Down the columns, back into tensor. */
static void blur_down_row(const job *j, int32_t y)
{
    int32_t w = j->luma.w, h = j->luma.h;
    const taps *t = &j->flow_taps;
    for (int k = 0; k < 3; k++) {
        float *to = &j->tensor[k].v[(int64_t)y * w];
        const float *from = j->blurred[k].v;
        for (int32_t x = 0; x < w; x++)
            to[x] = t->w[0] * from[(int64_t)y * w + x];
        for (int32_t i = 1; i < t->n; i++) {
            const float *up = &from[(int64_t)within(y - i, h) * w];
            const float *down = &from[(int64_t)within(y + i, h) * w];
            for (int32_t x = 0; x < w; x++)
                to[x] += t->w[i] * (up[x] + down[x]);
        }
    }
}

/* The direction of least change: of the two forms of the eigenvector the longer one. */
static void flow_row(const job *j, int32_t y)
{
    for (int32_t x = 0; x < j->luma.w; x++) {
        int64_t k = (int64_t)y * j->luma.w + x;
        float e = j->tensor[0].v[k], f = j->tensor[1].v[k], g = j->tensor[2].v[k];
        float apart = sqrtf((e - g) * (e - g) + 4 * f * f);
        float most = 0.5f * (e + g + apart);
        float tx = e > g ? -f : most - e, ty = e > g ? most - g : -f;
        float len = sqrtf(tx * tx + ty * ty);
        bool none = apart < (float)NO_EDGE || len <= 0;
        j->flow[2 * k] = none ? 1 : tx / len;
        j->flow[2 * k + 1] = none ? 0 : ty / len;
    }
}

hm_status hm_xdog_flow(const uint8_t *luma, int32_t w_px, int32_t h_px, int32_t stride,
                       double flow_px, int n_thread, hm_arena *scratch, float *flow, hm_err *err)
{
    HM_ASSERT(w_px > 0 && h_px > 0 && stride >= w_px && flow_px >= 0 && flow_px <= 16);
    hm_arena_mark mark = hm_arena_mark_get(scratch);
    job j = {.flow = flow, .flow_taps = gauss(flow_px > 0 ? flow_px : 1, flow_px, 1)};
    bool room = plane_of_luma(&j.luma, luma, w_px, h_px, stride, scratch);
    for (int k = 0; k < 3; k++)
        room = room && plane_room(&j.tensor[k], w_px, h_px, scratch) &&
               plane_room(&j.blurred[k], w_px, h_px, scratch);
    if (!room)
        return no_memory(scratch, mark, err);
    all_rows(&j, tensor_row, n_thread);
    all_rows(&j, blur_across_row, n_thread);
    all_rows(&j, blur_down_row, n_thread);
    all_rows(&j, flow_row, n_thread);
    hm_arena_release(scratch, mark);
    return HM_OK;
}

/* ---- ink ---- */

/* u of a pixel: both means across the flow, from the same samples. */
static inline float across(const job *j, int32_t x, int32_t y, bool inside)
{
    int64_t k = (int64_t)y * j->luma.w + x;
    float gx = -j->step_px * j->along_flow[2 * k + 1], gy = j->step_px * j->along_flow[2 * k];
    float here = j->luma.v[k], narrow = j->narrow.w[0] * here, wide = j->wide.w[0] * here;
    for (int32_t i = 1; i < j->wide.n; i++) {
        float ax = (float)x + (float)i * gx, ay = (float)y + (float)i * gy;
        float bx = (float)x - (float)i * gx, by = (float)y - (float)i * gy;
        float pair = inside ? sample_inside(&j->luma, ax, ay) + sample_inside(&j->luma, bx, by)
                            : sample(&j->luma, ax, ay) + sample(&j->luma, bx, by);
        narrow += j->narrow.w[i] * pair;
        wide += j->wide.w[i] * pair;
    }
    return narrow + (float)j->opts->sharp * (narrow - wide);
}

static void across_row(const job *j, int32_t y)
{
    int32_t reach = j->wide.n + 1, w = j->luma.w;
    bool row_inside = y >= reach && y < j->luma.h - reach;
    float *u = &j->u.v[(int64_t)y * w];
    for (int32_t x = 0; x < w; x++) {
        bool inside = row_inside && x >= reach && x < w - reach;
        u[x] = inside ? across(j, x, y, true) : across(j, x, y, false);
    }
}

/* ---- where ink can be ---- */

/* Least u of each square, for a row of squares. */
static void least_band(void *ctx, int64_t by, int worker)
{
    (void)worker;
    const job *j = ctx;
    for (int32_t bx = 0; bx < j->least.w; bx++) {
        float least = j->u.v[by * BLOCK * j->u.w + bx * BLOCK];
        for (int64_t y = by * BLOCK; y < (by + 1) * BLOCK && y < j->u.h; y++)
            for (int64_t x = bx * BLOCK; x < (bx + 1) * BLOCK && x < j->u.w; x++)
                least = j->u.v[y * j->u.w + x] < least ? j->u.v[y * j->u.w + x] : least;
        j->least.v[by * j->least.w + bx] = least;
    }
}

/* Is any pixel that the mean along a line may meet from this square dark? */
static bool may_be_inked(const job *j, int32_t bx, int32_t by)
{
    int32_t reach = (j->along.n + BLOCK) / BLOCK;
    for (int32_t y = by - reach; y <= by + reach; y++)
        for (int32_t x = bx - reach; x <= bx + reach; x++) {
            int64_t k = (int64_t)within(y, j->least.h) * j->least.w + within(x, j->least.w);
            if (j->least.v[k] < (float)j->opts->dark_frac)
                return true;
        }
    return false;
}

/* ---- along the line ---- */

/* Follow the flow from a pixel to one side, pixel by pixel. inside: it cannot come to a border */
static inline float one_way(const job *j, int32_t x, int32_t y, float way, bool inside)
{
    float px = (float)x, py = (float)y, sum = 0, tx = 0, ty = 0;
    for (int32_t i = 1; i < j->along.n; i++) {
        int32_t nx = (int32_t)(px + 0.5f), ny = (int32_t)(py + 0.5f);
        nx = inside ? nx : within(nx, j->luma.w), ny = inside ? ny : within(ny, j->luma.h);
        const float *f = &j->along_flow[2 * ((int64_t)ny * j->luma.w + nx)];
        float sign = i == 1 ? way : f[0] * tx + f[1] * ty < 0 ? -1.0f : 1.0f;
        tx = sign * f[0], ty = sign * f[1];
        px += tx, py += ty;
        if (!inside)
            px = px < 0 ? 0 : px, py = py < 0 ? 0 : py;
        sum += j->along.w[i] * (inside ? sample_inside(&j->u, px, py) : sample(&j->u, px, py));
    }
    return sum;
}

static float along(const job *j, int32_t x, int32_t y)
{
    float u = j->along.w[0] * j->u.v[(int64_t)y * j->luma.w + x];
    int32_t reach = j->along.n + 1;
    if (reach == 2)
        return u;
    bool inside = x >= reach && y >= reach && x < j->luma.w - reach && y < j->luma.h - reach;
    return inside ? u + one_way(j, x, y, 1, true) + one_way(j, x, y, -1, true)
                  : u + one_way(j, x, y, 1, false) + one_way(j, x, y, -1, false);
}

/* 0 at dark and above, full at soft below it and more, by the hyperbolic tangent. */
static uint8_t ink_of(const hm_xdog_opts *o, float u)
{
    double below = (o->dark_frac - (double)u) / o->soft_frac;
    if (below <= 0)
        return 0;
    if (below >= 1)
        return 255;
    return (uint8_t)(255 * hm_tanh(2.65 * below) / 0.990098 + 0.5); /* tanh 2.65 = 0.990098 */
}

static void along_row(const job *j, int32_t y)
{
    bool may = false;
    for (int32_t x = 0; x < j->luma.w; x++) {
        int64_t k = (int64_t)y * j->luma.w + x;
        may = x % BLOCK == 0 ? may_be_inked(j, x / BLOCK, y / BLOCK) : may;
        j->ink[k] = may ? ink_of(j->opts, along(j, x, y)) : 0;
    }
}

hm_status hm_xdog(const uint8_t *luma, const float *flow, int32_t w_px, int32_t h_px,
                  int32_t stride, const hm_xdog_opts *o, int n_thread, hm_arena *scratch,
                  uint8_t *ink, hm_err *err)
{
    HM_ASSERT(w_px > 0 && h_px > 0 && stride >= w_px && o->narrow_px >= 0.3);
    HM_ASSERT(o->wide_frac > 1 && o->narrow_px * o->wide_frac <= 10);
    HM_ASSERT(o->along_px >= 0 && o->along_px <= 16 && o->soft_frac > 0);
    hm_arena_mark mark = hm_arena_mark_get(scratch);
    double wide_px = o->narrow_px * o->wide_frac, step_px = fmin(o->narrow_px, ACROSS_PX);
    job j = {.along_flow = flow,
             .step_px = (float)step_px,
             .narrow = gauss(o->narrow_px, wide_px, step_px),
             .wide = gauss(wide_px, wide_px, step_px),
             .along = gauss(o->along_px > 0 ? o->along_px : 1, o->along_px, 1),
             .opts = o,
             .ink = ink};
    if (!plane_of_luma(&j.luma, luma, w_px, h_px, stride, scratch) ||
        !plane_room(&j.u, w_px, h_px, scratch) ||
        !plane_room(&j.least, (w_px + BLOCK - 1) / BLOCK, (h_px + BLOCK - 1) / BLOCK, scratch))
        return no_memory(scratch, mark, err);
    all_rows(&j, across_row, n_thread);
    hm_par_for(n_thread, j.least.h, least_band, &j);
    all_rows(&j, along_row, n_thread);
    hm_arena_release(scratch, mark);
    return HM_OK;
}
