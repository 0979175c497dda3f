#include "hands_priv.h"
#include "matte_priv.h"
#include "parts_priv.h"
#include "settle_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum { GUIDE_CELL = 6 }; /* radius of the guided filter */

/* Smallest variance of luma [1 of full range, squared] across which a border may lie; video trials
 */
static const float guide_eps = 2e-3f;

hm_status roto_cells_init(hm_arena *arena, roto_cells *c, hm_err *err)
{
    float **f[] = {&c->luma, &c->cb, &c->cr, &c->alpha};
    uint8_t **b[] = {&c->part, &c->tone, &c->shade, &c->light, &c->detail};
    *c = (roto_cells){0};
    for (size_t k = 0; k < sizeof f / sizeof f[0]; k++)
        ROTO_NEED(*f[k] = HM_PUSH(arena, float, ROTO_CELL));
    for (size_t k = 0; k < sizeof b / sizeof b[0]; k++)
        ROTO_NEED(*b[k] = HM_PUSH(arena, uint8_t, ROTO_CELL));
    return HM_OK;
}

hm_status roto_bench_init(hm_arena *arena, roto_bench *b, hm_err *err)
{
    *b = (roto_bench){0};
    for (size_t k = 0; k < sizeof b->spare / sizeof b->spare[0]; k++)
        ROTO_NEED(b->spare[k] = HM_PUSH(arena, float, ROTO_CELL));
    ROTO_NEED(b->back = HM_PUSH(arena, roto_xy, ROTO_CELL));
    ROTO_NEED(b->part = HM_PUSH(arena, uint8_t, ROTO_CELL));
    ROTO_NEED(b->pose = HM_PUSH(arena, hm_pose, 1));
    hm_arena_init(&b->scratch, 1 << 20);
    return HM_OK;
}

/* ---- the image on the grid ---- */

void roto_sample(const roto_image *im, float x, float y, float rgb[3])
{
    x = roto_clamp(x - 0.5f, 0, (float)(im->w_px - 1));
    y = roto_clamp(y - 0.5f, 0, (float)(im->h_px - 1));
    int32_t ix = (int32_t)x, iy = (int32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const uint8_t *p = im->rgb + iy * im->stride + 3 * ix;
    const uint8_t *right = ix + 1 < im->w_px ? p + 3 : p;
    int64_t down = iy + 1 < im->h_px ? im->stride : 0;
    for (int c = 0; c < 3; c++) {
        float a = (float)p[c] + fx * (float)(right[c] - p[c]);
        float b = (float)p[c + down] + fx * (float)(right[c + down] - p[c + down]);
        rgb[c] = a + fy * (b - a);
    }
}

static bool within(const roto_image *im, float x, float y)
{
    return x >= 0 && y >= 0 && x <= (float)im->w_px && y <= (float)im->h_px;
}

/* Colours of the clip's image, and how far from the empty place: 0 .. 255, below 0 not known. */
static void see(roto_cells *w, const roto_image *image, float px_frac, const roto_image *empty,
                float change[])
{
    ROTO_EACH (i, &w->win) {
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        float c[3], e[3];
        roto_sample(image, p.x * px_frac, p.y * px_frac, c);
        w->luma[i] = 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2];
        w->cb[i] = 0.564f * (c[2] - w->luma[i]);
        w->cr[i] = 0.713f * (c[0] - w->luma[i]);
        change[i] = -1;
        if (!within(image, p.x * px_frac, p.y * px_frac)) {
            change[i] = 0;
        } else if (empty) {
            roto_sample(empty, p.x, p.y, e);
            float d = 0;
            for (int k = 0; k < 3; k++)
                d = fmaxf(d, fabsf(c[k] - e[k]));
            change[i] = d;
        }
    }
}

/* ---- filters ---- */

/* Beyond the window's ends as at them. */
static void box_row(const float *a, int32_t n, int32_t r, float *out)
{
    float unit = 1.0f / (float)(2 * r + 1), sum = a[0] * (float)r;
    for (int32_t x = 0; x <= r; x++)
        sum += a[x < n ? x : n - 1];
    for (int32_t x = 0; x < n; x++) {
        int32_t in = x + r + 1 < n ? x + r + 1 : n - 1, gone = x - r > 0 ? x - r : 0;
        out[x] = sum * unit;
        sum += a[in] - a[gone];
    }
}

static void box_columns(const float *in, const roto_window *w, int32_t r, float *out)
{
    float unit = 1.0f / (float)(2 * r + 1), sum[ROTO_SIDE];
    int32_t n = w->x1 - w->x0;
    const float *top = in + w->y0 * ROTO_SIDE + w->x0;
    for (int32_t x = 0; x < n; x++)
        sum[x] = top[x] * (float)r;
    for (int32_t y = w->y0; y <= w->y0 + r; y++) {
        const float *a = in + (y < w->y1 ? y : w->y1 - 1) * ROTO_SIDE + w->x0;
        for (int32_t x = 0; x < n; x++)
            sum[x] += a[x];
    }
    for (int32_t y = w->y0; y < w->y1; y++) {
        const float *add = in + (y + r + 1 < w->y1 ? y + r + 1 : w->y1 - 1) * ROTO_SIDE + w->x0;
        const float *drop = in + (y - r > w->y0 ? y - r : w->y0) * ROTO_SIDE + w->x0;
        float *to = out + y * ROTO_SIDE + w->x0;
        for (int32_t x = 0; x < n; x++) {
            to[x] = sum[x] * unit;
            sum[x] += add[x] - drop[x];
        }
    }
}

void roto_box(const roto_window *win, const float *in, int32_t r, float *scratch, float *out)
{
    if (roto_window_is_empty(win))
        return;
    for (int32_t y = win->y0; y < win->y1; y++) {
        int32_t from = y * ROTO_SIDE + win->x0;
        box_row(in + from, win->x1 - win->x0, r, scratch + from);
    }
    box_columns(scratch, win, r, out);
}

/* Guided filter in its form with box means (He, Sun, Tang 2010): p becomes a + b guide, locally. */
static void guided(const roto_cells *w, roto_bench *bench, float *p)
{
    const roto_window *win = &w->win;
    float *mi = bench->spare[0], *mp = bench->spare[1], *ip = bench->spare[2];
    float *ii = bench->spare[3], *s = bench->spare[4];
    ROTO_EACH (i, win) {
        float g = w->luma[i] * (1 / 255.0f);
        ip[i] = g * p[i], ii[i] = g * g, mi[i] = g;
    }
    roto_box(win, mi, GUIDE_CELL, s, mi);
    roto_box(win, p, GUIDE_CELL, s, mp);
    roto_box(win, ip, GUIDE_CELL, s, ip);
    roto_box(win, ii, GUIDE_CELL, s, ii);
    ROTO_EACH (i, win) {
        float a = (ip[i] - mi[i] * mp[i]) / (ii[i] - mi[i] * mi[i] + guide_eps);
        ip[i] = a, ii[i] = mp[i] - a * mi[i];
    }
    roto_box(win, ip, GUIDE_CELL, s, ip);
    roto_box(win, ii, GUIDE_CELL, s, ii);
    ROTO_EACH (i, win)
        p[i] = roto_clamp(ip[i] * w->luma[i] * (1 / 255.0f) + ii[i], 0, 1);
}

/* ---- the matte ---- */

/* Logit of the net's mask at a film point; outside its region there is nobody. */
static float mask_at(const hm_pose *pose, roto_xy p, float px_frac, float co, float si)
{
    const hm_pose_region *r = &pose->region;
    float dx = p.x * px_frac - (float)r->u_px, dy = p.y * px_frac - (float)r->v_px;
    float unit = HM_POSE_MASK_SIDE / (float)r->side_px;
    float u = (co * dx + si * dy) * unit + 0.5f * HM_POSE_MASK_SIDE - 0.5f;
    float v = (co * dy - si * dx) * unit + 0.5f * HM_POSE_MASK_SIDE - 0.5f;
    if (!(u >= 0 && v >= 0 && u < HM_POSE_MASK_SIDE - 1 && v < HM_POSE_MASK_SIDE - 1))
        return -8;
    return roto_clamp(roto_between(pose->mask, HM_POSE_MASK_SIDE, u, v), -8, 8);
}

/* What speaks for a cell being the person, as a logit: the net, the change against the empty
 * place, the bones. Weights are own choice, by eye on the test clips. */
static float evidence(float distance_frac, float other_frac, float change, float mask, bool net)
{
    float d = distance_frac;
    float others = -roto_clamp(30 * (fmaxf(d, 0) - fmaxf(other_frac, 0)), 0, 6);
    float bones = d < 0 ? roto_clamp(-12 * d, 0, 1.2f) : -roto_clamp(20 * (d - 0.12f), 0, 9);
    float moved = change < 0 ? 0 : roto_clamp(0.09f * (change - 26), -2.6f, 2.2f);
    if (net) { /* change decides where it is not sure, and where a limb is that it lost in a crowd
                */
        float lost = d < 0 && moved > 0 && mask < 0 ? roto_clamp(-60 * d, 0, 1) * moved / 2.2f : 0;
        return 1.2f * fmaxf(mask, -8 + 6.5f * lost) + moved + bones + 1.2f * lost + others;
    }
    float shape = roto_clamp(-25 * (d - 0.01f), -2, 2.5f);
    return (change < 0 ? 2 * shape : 1.6f * moved + shape) + bones + others;
}

/* Distance from the skin of the nearest of the others; far where there is none. */
static void find_others(const roto_cells *w, int32_t n, const roto_body *const other[],
                        roto_bench *bench, float others_px[])
{
    float *one = bench->spare[4];
    for (int32_t i = 0; i < ROTO_CELL; i++)
        others_px[i] = 1e6f;
    for (int32_t k = 0; k < n; k++) {
        roto_window win;
        roto_parts_label(other[k], &w->grid, bench->part, one, &win);
        ROTO_EACH (i, &win)
            others_px[i] = fminf(others_px[i], one[i]);
    }
}

void roto_matte_make(roto_cells *w, const roto_image *image, float px_frac, const roto_image *empty,
                     const hm_pose *pose, int32_t n_other, const roto_body *const other[],
                     roto_bench *bench)
{
    float *change = bench->spare[5], *distance_px = bench->spare[6], *others_px = bench->spare[7];
    float co = 1, si = 0;
    if (pose)
        co = (float)hm_cos(pose->region.rotation_rad),
        si = (float)hm_sin(pose->region.rotation_rad);
    memset(w->alpha, 0, ROTO_CELL * sizeof *w->alpha);
    roto_parts_label(&w->body, &w->grid, w->part, distance_px, &w->win);
    find_others(w, n_other, other, bench, others_px);
    see(w, image, px_frac, empty, change);
    roto_box(&w->win, change, 2, bench->spare[0], change);
    ROTO_EACH (i, &w->win) {
        float mask = 0;
        if (w->part[i] == ROTO_NONE)
            continue;
        if (pose)
            mask = mask_at(pose,
                           roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE)),
                           px_frac, co, si);
        float unit = 1 / w->body.trunk_px;
        float e =
            evidence(unit * distance_px[i], unit * others_px[i], change[i], mask, pose != NULL);
        w->alpha[i] = (float)(1 / (1 + hm_exp(-(double)e)));
    }
    guided(w, bench, w->alpha);
    if (empty)
        roto_hands_find(w, empty, distance_px, change);
}

/* ---- holding it ---- */

/* Where each cell was in the drawing before: it moves with the bone of its part. */
static void look_back(const roto_cells *w, const roto_cells *was, roto_xy back[])
{
    ROTO_EACH (i, &w->win) {
        int part = w->part[i];
        back[i] = (roto_xy){-1, -1};
        if (!was || part == ROTO_NONE)
            continue;
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        p = roto_carry(&w->body.bone[part], &was->body.bone[part], p);
        back[i] = (roto_xy){roto_cell_x(&was->grid, p.x), roto_cell_y(&was->grid, p.y)};
    }
}

void roto_matte_hold(roto_cells *w, const roto_cells *was, roto_bench *bench)
{
    const float hold_frac = 0.2f; /* of the drawing before */
    look_back(w, was, bench->back);
    if (was)
        roto_settle(w, was, bench->back);
    ROTO_EACH (i, &w->win) {
        float x = bench->back[i].x, y = bench->back[i].y;
        if (x >= 0 && y >= 0 && x < ROTO_SIDE - 1 && y < ROTO_SIDE - 1)
            w->alpha[i] += hold_frac * (roto_between(was->alpha, ROTO_SIDE, x, y) - w->alpha[i]);
    }
    float *sharp = bench->spare[1];
    ROTO_EACH (i, &w->win)
        sharp[i] = w->alpha[i];
    for (int k = 0; k < 2; k++) { /* the blades of grass behind are no outline */
        roto_box(&w->win, w->alpha, 1, bench->spare[0], w->alpha);
        if (k == 0)
            roto_hands_keep(w, sharp, w->alpha);
    }
}
