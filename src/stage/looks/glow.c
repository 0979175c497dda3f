#include "depth_byte_priv.h"
#include "glow_priv.h"

glow glow_on(hm_picture *pic, const hm_camera *camera)
{
    return (glow){pic, raster_view_of(camera, pic->w_px, pic->h_px)};
}

bool glow_project(const glow *g, hm_vec3 p_m, float *x_px, float *y_px, float *depth_m)
{
    const raster_view *v = &g->view;
    hm_vec3 d = hm_v3_sub(p_m, v->eye_m);
    float z = hm_v3_dot(d, v->fwd);
    if (!(z > 0.15f))
        return false;
    float k = v->f_px / z;
    *x_px = v->cx_px + k * hm_v3_dot(d, v->right);
    *y_px = v->cy_px - k * hm_v3_dot(d, v->up);
    *depth_m = z;
    return true;
}

/* Screen: never brighter than white. in c 0 .. 255 */
static void put(uint8_t *px, float k, const float c[3])
{
    for (int i = 0; i < 3; i++) {
        float v = (float)px[i], a = k * c[i];
        a = a < 255.0f ? a : 255.0f;
        v += a * (255.0f - v) * (1.0f / 255.0f);
        px[i] = (uint8_t)(int32_t)(v + 0.5f);
    }
}

typedef struct span {
    float x, y, z;
    hm_rgb c;
} span;

/* One pixel column or row of the line at a time, along its longer direction. */
static void walk(const glow *g, span a, span b, float wide_px, bool soft)
{
    float dx = b.x - a.x, dy = b.y - a.y, ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy;
    bool steep = ay > ax;
    float len = steep ? ay : ax;
    int32_t w = g->pic->w_px, h = g->pic->h_px, n = (int32_t)(len + 0.5f);
    float share = wide_px < 1 ? wide_px : 1, half = wide_px < 1 ? 0.5f : 0.5f * wide_px;
    if (n > 4 * (w + h))
        return;
    for (int32_t i = 0; i < (n > 0 ? n : 1); i++) {
        float t = ((float)i + 0.5f) / (float)(n > 0 ? n : 1);
        float x = a.x + t * dx, y = a.y + t * dy, inv = a.z + t * (b.z - a.z);
        /* free ends come in softly */
        float end = soft ? (t < 0.5f ? t : 1 - t) * len * 1.5f + 0.15f : 1;
        float k = share * (end < 1 ? end : 1);
        float c[3] = {255.0f * (a.c.r + t * (b.c.r - a.c.r)),
                      255.0f * (a.c.g + t * (b.c.g - a.c.g)),
                      255.0f * (a.c.b + t * (b.c.b - a.c.b))};
        uint32_t deep = depth_byte_of(1.0f / inv);
        float mid = steep ? x : y;
        int32_t lo = (int32_t)(mid - half + 1024.0f) - 1024;
        int32_t hi = (int32_t)(mid + half + 1024.0f) - 1024;
        int32_t along = (int32_t)((steep ? y : x) + 1024.0f) - 1024;
        for (int32_t q = lo; q <= hi; q++) {
            int32_t px = steep ? q : along, py = steep ? along : q;
            if (px < 0 || py < 0 || px >= w || py >= h)
                continue;
            float l = (float)q > mid - half ? (float)q : mid - half;
            float r = (float)(q + 1) < mid + half ? (float)(q + 1) : mid + half;
            uint8_t *at = g->pic->rgbx + (size_t)py * (size_t)g->pic->stride + (size_t)px * 4;
            if (r > l && at[3] + 1u >= deep)
                put(at, k * (r - l), c);
        }
    }
}

static void line(const glow *g, hm_vec3 a_m, hm_vec3 b_m, float wide_m, hm_rgb at_a, hm_rgb at_b,
                 bool soft)
{
    span a = {.c = at_a}, b = {.c = at_b};
    float za, zb, w = (float)g->pic->w_px, h = (float)g->pic->h_px;
    if (!glow_project(g, a_m, &a.x, &a.y, &za) || !glow_project(g, b_m, &b.x, &b.y, &zb))
        return;
    bool out = (a.x < 0 && b.x < 0) || (a.y < 0 && b.y < 0) || (a.x > w && b.x > w) ||
               (a.y > h && b.y > h);
    if (out)
        return;
    a.z = 1.0f / za, b.z = 1.0f / zb;
    float wide_px = wide_m * g->view.f_px * 0.5f * (a.z + b.z);
    walk(g, a, b, wide_px < 24.0f ? wide_px : 24.0f, soft);
}

void glow_line(const glow *g, hm_vec3 a_m, hm_vec3 b_m, float wide_m, hm_rgb at_a, hm_rgb at_b)
{
    line(g, a_m, b_m, wide_m, at_a, at_b, true);
}

void glow_piece(const glow *g, hm_vec3 a_m, hm_vec3 b_m, float wide_m, hm_rgb at_a, hm_rgb at_b)
{
    line(g, a_m, b_m, wide_m, at_a, at_b, false);
}

void glow_disc(const glow *g, hm_vec3 at_m, float r_m, hm_rgb c)
{
    float x, y, z;
    if (!glow_project(g, at_m, &x, &y, &z))
        return;
    float r_px = r_m * g->view.f_px / z;
    float w = (float)g->pic->w_px, h = (float)g->pic->h_px;
    if (r_px < 0.4f || r_px > 4.0f * w || x + r_px < 0 || y + r_px < 0 || x - r_px > w ||
        y - r_px > h)
        return;
    float lo_x = x - r_px, hi_x = x + r_px, lo_y = y - r_px, hi_y = y + r_px;
    int32_t x0 = lo_x > 0 ? (int32_t)lo_x : 0, x1 = hi_x < w - 1 ? (int32_t)hi_x : g->pic->w_px - 1;
    int32_t y0 = lo_y > 0 ? (int32_t)lo_y : 0, y1 = hi_y < h - 1 ? (int32_t)hi_y : g->pic->h_px - 1;
    float inv = 1.0f / (r_px * r_px), k3[3] = {255.0f * c.r, 255.0f * c.g, 255.0f * c.b};
    int32_t deep = (int32_t)depth_byte_of(z);
    int32_t thick = (int32_t)depth_byte_of(z + r_m) - deep + 1; /* fades into what it touches */
    float per = 1.0f / (float)thick;
    for (int32_t py = y0; py <= y1; py++)
        for (int32_t px = x0; px <= x1; px++) {
            float dx = (float)px + 0.5f - x, dy = (float)py + 0.5f - y;
            float q = 1.0f - (dx * dx + dy * dy) * inv;
            uint8_t *at = g->pic->rgbx + (size_t)py * (size_t)g->pic->stride + (size_t)px * 4;
            float before = (float)((int32_t)at[3] - deep + 1) * per;
            if (q <= 0 || before <= 0)
                continue;
            put(at, q * q * (before < 1 ? before : 1), k3);
        }
}
