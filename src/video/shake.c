#include "video/shake.h"

#include "vectors_priv.h"

#include <math.h>
#include <string.h>

enum { SIDE = 2 * HM_SHAKE_HALF + 1, N_PATCH = SIDE * SIDE, GRID_U = 8, GRID_V = 4, STEP_MAX = 40 };
static const double high_m = 2.4;   /* what a runner may hide, hands up */
static const double strong = 5 * 5; /* [1] of gradients squared a pixel, the weaker direction */

/* How far a picture may lie off: corners are this far from its border. */
static int32_t reach_px(const hm_clip_image *im)
{
    return im->width_px > 600 ? im->width_px / 50 : 12;
}

/* Could a runner in a lane stand before this pixel? */
static bool may_hide(const hm_view *view, const hm_marks *m, double u_px, double v_px)
{
    for (int32_t i = 0; i < m->n_lane; i++)
        for (int k = 0; k < 2; k++) {
            double y = k ? m->lane[i].to_y_m : m->lane[i].from_y_m, x, z;
            if (hm_view_lane_plane(view, u_px, v_px, y, &x, &z) && z > -0.5 && z < high_m)
                return true;
        }
    return false;
}

static const uint8_t *pixel(const hm_clip_image *im, int32_t u, int32_t v)
{
    return im->bytes + (int64_t)v * im->stride + u;
}

/* Products of one row's gradients, doubled, to sums. */
VECTORS static void add_gradients(const uint8_t *row, int64_t stride, int32_t sum[3])
{
    const uint8_t *above = row - stride, *below = row + stride;
    int32_t xx = 0, xy = 0, yy = 0;
    for (int32_t i = 0; i < SIDE; i++) {
        int16_t gu = (int16_t)(row[i + 1] - row[i - 1]), gv = (int16_t)(below[i] - above[i]);
        xx += gu * gu;
        xy += gu * gv;
        yy += gv * gv;
    }
    sum[0] += xx;
    sum[1] += xy;
    sum[2] += yy;
}

/* Smaller eigenvalue of the gradients' products: how well both directions are held. */
static double hold(const hm_clip_image *im, int32_t u0, int32_t v0)
{
    int32_t sum[3] = {0};
    for (int32_t v = v0 - HM_SHAKE_HALF; v <= v0 + HM_SHAKE_HALF; v++)
        add_gradients(pixel(im, u0 - HM_SHAKE_HALF, v), im->stride, sum);
    double xx = 0.25 * sum[0], xy = 0.25 * sum[1], yy = 0.25 * sum[2];
    double half = 0.5 * (xx + yy), apart = sqrt(0.25 * (xx - yy) * (xx - yy) + xy * xy);
    return (half - apart) / N_PATCH;
}

/* Best corner of one cell of the grid. */
static void add_corner(hm_shake *s, const hm_clip_image *im, const hm_view *view,
                       const hm_marks *marks, int cell)
{
    int32_t u0 = im->width_px * (cell % GRID_U) / GRID_U,
            v0 = im->height_px * (cell / GRID_U) / GRID_V,
            u1 = im->width_px * (cell % GRID_U + 1) / GRID_U,
            v1 = im->height_px * (cell / GRID_U + 1) / GRID_V, best_u = 0, best_v = 0;
    int32_t by = im->width_px > 1000 ? 6 : 3, margin = HM_SHAKE_HALF + reach_px(im) + 2;
    double best = strong;
    for (int32_t v = v0; v < v1; v += by)
        for (int32_t u = u0; u < u1; u += by) {
            if (u < margin || v < margin || u >= im->width_px - margin ||
                v >= im->height_px - margin)
                continue;
            double h = hold(im, u, v);
            if (h > best && !may_hide(view, marks, u, v)) {
                best = h;
                best_u = u;
                best_v = v;
            }
        }
    if (best > strong && s->n < HM_SHAKE_CORNER_MAX) {
        s->u_px[s->n] = best_u;
        s->v_px[s->n++] = best_v;
    }
}

/* Luma of a patch less its mean, so that light does not count; 4 parts a level. */
static void take_patch(const hm_clip_image *im, int32_t u0, int32_t v0, int16_t out[])
{
    int32_t sum = 0, n = 0;
    for (int32_t v = v0 - HM_SHAKE_HALF; v <= v0 + HM_SHAKE_HALF; v++)
        for (int32_t u = u0 - HM_SHAKE_HALF; u <= u0 + HM_SHAKE_HALF; u++)
            sum += out[n++] = (int16_t)(4 * *pixel(im, u, v));
    for (int32_t i = 0; i < n; i++)
        out[i] = (int16_t)(out[i] - sum / n);
}

void hm_shake_init(hm_shake *s, const hm_clip_image *image, const hm_view *view,
                   const hm_marks *marks)
{
    *s = (hm_shake){0};
    /* every second cell first, so that corners spread when there are too many */
    for (int half = 0; half < 2; half++)
        for (int cell = half; cell < GRID_U * GRID_V; cell += 2)
            add_corner(s, image, view, marks, cell);
    for (int32_t i = 0; i < s->n; i++)
        take_patch(image, s->u_px[i], s->v_px[i], s->patch[i]);
}

/* Difference of all patches from the first image's at one shift; a patch that something covers
 * counts no more than a bad one. */
static double misfit(const hm_shake *s, const hm_clip_image *im, int32_t du, int32_t dv)
{
    const double cap = 4.0 * 4 * 30 * 30 * N_PATCH;
    double sum = 0;
    for (int32_t i = 0; i < s->n; i++) {
        int16_t now[N_PATCH];
        int32_t u = s->u_px[i] + du, v = s->v_px[i] + dv;
        if (u < HM_SHAKE_HALF || v < HM_SHAKE_HALF || u >= im->width_px - HM_SHAKE_HALF ||
            v >= im->height_px - HM_SHAKE_HALF) {
            sum += cap;
            continue;
        }
        take_patch(im, u, v, now);
        int64_t d2 = 0;
        for (int32_t k = 0; k < N_PATCH; k++) {
            int32_t d = now[k] - s->patch[i][k];
            d2 += d * d;
        }
        sum += fmin((double)d2, cap);
    }
    return sum;
}

/* Top of the parabola through three values around the least. */
static double between(double before, double here, double after)
{
    double bend = before - 2 * here + after;
    return bend > 0 ? fmax(-0.5, fmin(0.5, 0.5 * (before - after) / bend)) : 0;
}

bool hm_shake_step(hm_shake *s, const hm_clip_image *image)
{
    s->n_image++;
    if (s->n == 0)
        return true;
    int32_t u = s->whole_u, v = s->whole_v;
    double here = misfit(s, image, u, v), side[4] = {0};
    int step = 0;
    for (; step < STEP_MAX; step++) {
        static const int32_t du[4] = {-1, 1, 0, 0}, dv[4] = {0, 0, -1, 1};
        int best = -1;
        for (int k = 0; k < 4; k++) {
            side[k] = misfit(s, image, u + du[k], v + dv[k]);
            if (side[k] < here && (best < 0 || side[k] < side[best]))
                best = k;
        }
        if (best < 0)
            break;
        u += du[best];
        v += dv[best];
        here = side[best];
    }
    s->whole_u = u;
    s->whole_v = v;
    s->at_u_px = u + between(side[0], here, side[1]);
    s->at_v_px = v + between(side[2], here, side[3]);
    double far = s->at_u_px * s->at_u_px + s->at_v_px * s->at_v_px;
    s->sum_px2 += far;
    s->most_px = fmax(s->most_px, sqrt(far));
    return step < STEP_MAX && s->most_px < reach_px(image);
}
