#include "region_priv.h"

#include <math.h>

#include "num/dmath.h"

static const double margin = 1.25; /* [1] of the nets' own graph, with these two points */
static const double pi = 3.14159265358979324; /* [1] */

hm_pose_region pose_region_of(double hip_x_px, double hip_y_px, double rim_x_px, double rim_y_px)
{
    double dx = rim_x_px - hip_x_px, dy = rim_y_px - hip_y_px;
    double turn = 0.5 * pi - hm_atan2(-dy, dx);
    if (turn > pi)
        turn -= 2 * pi;
    return (hm_pose_region){hip_x_px, hip_y_px, 2 * margin * sqrt(dx * dx + dy * dy), turn};
}

void pose_region_place(const hm_pose_region *region, double u, double v, double *x_px, double *y_px)
{
    double c = hm_cos(region->rotation_rad), s = hm_sin(region->rotation_rad);
    u -= 0.5;
    v -= 0.5;
    *x_px = region->u_px + region->side_px * (u * c - v * s);
    *y_px = region->v_px + region->side_px * (u * s + v * c);
}

/* A pixel, black outside. */
static const uint8_t *pixel(const hm_pose_image *image, int64_t x, int64_t y)
{
    static const uint8_t black[3];
    if (x < 0 || y < 0 || x >= image->width_px || y >= image->height_px)
        return black;
    return image->rgb + y * image->stride + 3 * x;
}

/* x and y from the centre of the first pixel. */
static void sample(const hm_pose_image *image, double x, double y, float out[3])
{
    double x0 = floor(x), y0 = floor(y);
    float fx = (float)(x - x0), fy = (float)(y - y0);
    int64_t ix = (int64_t)x0, iy = (int64_t)y0;
    const uint8_t *a, *b, *c, *d;
    if (ix >= 0 && iy >= 0 && ix + 1 < image->width_px && iy + 1 < image->height_px) {
        a = image->rgb + iy * image->stride + 3 * ix;
        b = a + 3;
        c = a + image->stride;
        d = c + 3;
    } else {
        a = pixel(image, ix, iy);
        b = pixel(image, ix + 1, iy);
        c = pixel(image, ix, iy + 1);
        d = pixel(image, ix + 1, iy + 1);
    }
    for (int k = 0; k < 3; k++) {
        float top = (float)a[k] + fx * (float)(b[k] - a[k]);
        float bottom = (float)c[k] + fx * (float)(d[k] - c[k]);
        out[k] = top + fy * (bottom - top);
    }
}

void pose_region_sample(const hm_pose_image *image, const hm_pose_region *region, int32_t side,
                        float lo, float hi, float out[])
{
    double step = region->side_px / side;
    double c = hm_cos(region->rotation_rad) * step, s = hm_sin(region->rotation_rad) * step;
    double far = 4.0 * (image->width_px + image->height_px); /* no index overflows */
    float scale = (hi - lo) / 255;
    for (int32_t j = 0; j < side; j++)
        for (int32_t i = 0; i < side; i++) {
            double u = i + 0.5 - 0.5 * side, v = j + 0.5 - 0.5 * side;
            double x = region->u_px + u * c - v * s - 0.5, y = region->v_px + u * s + v * c - 0.5;
            float rgb[3] = {0, 0, 0};
            if (fabs(x) < far && fabs(y) < far)
                sample(image, x, y, rgb);
            for (int k = 0; k < 3; k++)
                *out++ = lo + scale * rgb[k];
        }
}
