#include "matte_priv.h"
#include "parts_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum { GUIDE_CELL = 6 }; /* radius of the guided filter */

/* Smallest variance of luma [1 of full range, squared] across which a border may lie; video trials
 */
static const float guide_eps = 2e-3f;

hm_status roto_work_init(hm_arena *arena, roto_work *w, hm_err *err)
{
    float **f[] = {&w->luma,     &w->cb,        &w->cr,       &w->change,   &w->distance_px,
                   &w->alpha,    &w->was_alpha, &w->spare[0], &w->spare[1], &w->spare[2],
                   &w->spare[3], &w->spare[4],  &w->spare[5]};
    uint8_t **b[] = {&w->part,      &w->tone,   &w->was_tone,  &w->shade,
                     &w->was_shade, &w->detail, &w->was_detail};
    *w = (roto_work){0};
    for (size_t k = 0; k < sizeof f / sizeof f[0]; k++)
        ROTO_NEED(*f[k] = HM_PUSH(arena, float, ROTO_CELL));
    for (size_t k = 0; k < sizeof b / sizeof b[0]; k++)
        ROTO_NEED(*b[k] = HM_PUSH(arena, uint8_t, ROTO_CELL));
    ROTO_NEED(w->back = HM_PUSH(arena, roto_xy, ROTO_CELL));
    return HM_OK;
}

void roto_work_turn(roto_work *w, const roto_body *body)
{
    float *alpha = w->alpha;
    uint8_t *tone = w->tone, *shade = w->shade, *detail = w->detail;
    w->alpha = w->was_alpha, w->was_alpha = alpha;
    w->tone = w->was_tone, w->was_tone = tone;
    w->shade = w->was_shade, w->was_shade = shade;
    w->detail = w->was_detail, w->was_detail = detail;
    w->was_grid = w->grid;
    w->was = *body;
    w->has_was = true;
}

/* ---- the image on the grid ---- */

/* Colour at (x, y) [px from the outer corner], between the four pixels around it. */
static void sample(const roto_image *im, float x, float y, float rgb[3])
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

void roto_matte_see(roto_work *w, const roto_image *image, float px_frac, const roto_image *empty,
                    float empty_frac)
{
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        float c[3], e[3];
        sample(image, p.x * px_frac, p.y * px_frac, c);
        w->luma[i] = 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2];
        w->cb[i] = 0.564f * (c[2] - w->luma[i]);
        w->cr[i] = 0.713f * (c[0] - w->luma[i]);
        w->change[i] = -1;
        if (!within(image, p.x * px_frac, p.y * px_frac)) {
            w->change[i] = 0;
        } else if (empty) {
            sample(empty, p.x * empty_frac, p.y * empty_frac, e);
            float d = 0;
            for (int k = 0; k < 3; k++)
                d = fmaxf(d, fabsf(c[k] - e[k]));
            w->change[i] = d;
        }
    }
}

/* ---- filters ---- */

static void box_rows(const float *in, int32_t r, float *out)
{
    float unit = 1.0f / (float)(2 * r + 1);
    for (int32_t y = 0; y < ROTO_SIDE; y++) {
        const float *a = in + y * ROTO_SIDE;
        double sum = (double)a[0] * r;
        for (int32_t x = 0; x <= r; x++)
            sum += (double)a[x];
        for (int32_t x = 0; x < ROTO_SIDE; x++) {
            out[y * ROTO_SIDE + x] = (float)sum * unit;
            int32_t in_x = x + r + 1 < ROTO_SIDE ? x + r + 1 : ROTO_SIDE - 1;
            sum += (double)a[in_x] - (double)a[x - r > 0 ? x - r : 0];
        }
    }
}

static void box_columns(const float *in, int32_t r, float *out)
{
    float unit = 1.0f / (float)(2 * r + 1);
    double sum[ROTO_SIDE];
    for (int32_t x = 0; x < ROTO_SIDE; x++) {
        sum[x] = (double)in[x] * r;
        for (int32_t y = 0; y <= r; y++)
            sum[x] += (double)in[y * ROTO_SIDE + x];
    }
    for (int32_t y = 0; y < ROTO_SIDE; y++) {
        const float *add = in + (y + r + 1 < ROTO_SIDE ? y + r + 1 : ROTO_SIDE - 1) * ROTO_SIDE;
        const float *drop = in + (y - r > 0 ? y - r : 0) * ROTO_SIDE;
        for (int32_t x = 0; x < ROTO_SIDE; x++) {
            out[y * ROTO_SIDE + x] = (float)sum[x] * unit;
            sum[x] += (double)add[x] - (double)drop[x];
        }
    }
}

void roto_box(const float *in, int32_t r, float *scratch, float *out)
{
    box_rows(in, r, scratch);
    box_columns(scratch, r, out);
}

/* Guided filter in its form with box means (He, Sun, Tang 2010): p becomes a + b guide, locally. */
static void guided(roto_work *w, float *p)
{
    float *mi = w->spare[0], *mp = w->spare[1], *ip = w->spare[2], *ii = w->spare[3];
    float *s = w->spare[4];
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        float g = w->luma[i] * (1 / 255.0f);
        ip[i] = g * p[i], ii[i] = g * g, mi[i] = g;
    }
    roto_box(mi, GUIDE_CELL, s, mi);
    roto_box(p, GUIDE_CELL, s, mp);
    roto_box(ip, GUIDE_CELL, s, ip);
    roto_box(ii, GUIDE_CELL, s, ii);
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        float a = (ip[i] - mi[i] * mp[i]) / (ii[i] - mi[i] * mi[i] + guide_eps);
        ip[i] = a, ii[i] = mp[i] - a * mi[i];
    }
    roto_box(ip, GUIDE_CELL, s, ip);
    roto_box(ii, GUIDE_CELL, s, ii);
    for (int32_t i = 0; i < ROTO_CELL; i++)
        p[i] = roto_clamp(ip[i] * w->luma[i] * (1 / 255.0f) + ii[i], 0, 1);
}

/* ---- the matte ---- */

/* Of a square of values, between the four around x, y. in  0 <= x, y < side - 1 */
static float between(const float *value, int32_t side, float x, float y)
{
    int32_t ix = (int32_t)x, iy = (int32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const float *v = value + iy * side + ix;
    float top = v[0] + fx * (v[1] - v[0]);
    float low = v[side] + fx * (v[side + 1] - v[side]);
    return top + fy * (low - top);
}

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
    return roto_clamp(between(pose->mask, HM_POSE_MASK_SIDE, u, v), -8, 8);
}

/* What speaks for a cell being the person, as a logit: the net, the change against the empty
 * place, the bones. Weights are own choice, by eye on the test clips. */
static float evidence(const roto_work *w, const roto_body *body, int32_t i, float mask, bool net)
{
    float d = w->distance_px[i] / body->trunk_px, change = w->change[i];
    float bones = d < 0 ? roto_clamp(-12 * d, 0, 1.2f) : -roto_clamp(20 * (d - 0.12f), 0, 9);
    float moved = change < 0 ? 0 : roto_clamp(0.09f * (change - 26), -2.6f, 2.2f);
    if (net) /* sure of itself: change only decides where it is not */
        return 1.2f * mask + moved + bones;
    float shape = roto_clamp(-25 * (d - 0.01f), -2, 2.5f);
    return change < 0 ? 2 * shape + bones : 1.6f * moved + shape + bones;
}

/* Alpha of the drawing before, at where the cell was then; < 0 = not known. */
static float was_alpha(const roto_work *w, int32_t i)
{
    float x = w->back[i].x, y = w->back[i].y;
    if (!(x >= 0 && y >= 0 && x < ROTO_SIDE - 1 && y < ROTO_SIDE - 1))
        return -1;
    return between(w->was_alpha, ROTO_SIDE, x, y);
}

/* Where each cell was in the drawing before: it moves with the bone of its part. */
static void look_back(roto_work *w, const roto_body *body)
{
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        int part = w->part[i];
        w->back[i] = (roto_xy){-1, -1};
        if (!w->has_was || part == ROTO_NONE)
            continue;
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        p = roto_carry(&body->bone[part], &w->was.bone[part], p);
        w->back[i] = (roto_xy){roto_cell_x(&w->was_grid, p.x), roto_cell_y(&w->was_grid, p.y)};
    }
}

void roto_matte_make(roto_work *w, const roto_body *body, const hm_pose *pose, float px_frac)
{
    const float hold_frac = 0.35f; /* of the drawing before */
    float co = 1, si = 0;
    if (pose)
        co = (float)hm_cos(pose->region.rotation_rad),
        si = (float)hm_sin(pose->region.rotation_rad);
    roto_parts_label(body, &w->grid, w->part, w->distance_px);
    look_back(w, body);
    roto_box(w->change, 2, w->spare[0], w->change);
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        float mask = 0;
        if (w->part[i] == ROTO_NONE) {
            w->alpha[i] = 0;
            continue;
        }
        if (pose)
            mask = mask_at(pose,
                           roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE)),
                           px_frac, co, si);
        float e = evidence(w, body, i, mask, pose != NULL);
        w->alpha[i] = (float)(1 / (1 + hm_exp(-(double)e)));
    }
    guided(w, w->alpha);
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        float was = was_alpha(w, i);
        if (was >= 0)
            w->alpha[i] += hold_frac * (was - w->alpha[i]);
    }
    roto_box(w->alpha, 1, w->spare[0], w->alpha); /* the blades of grass behind are no outline */
    roto_box(w->alpha, 1, w->spare[0], w->alpha);
}
