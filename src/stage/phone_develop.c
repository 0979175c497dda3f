/* phone_develop.c - from the light of an image to its picture: lens and hand, rain, the light's
 * wander and flicker, display values, noise. */
#include "phone_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "num/dmath.h"

#define LIGHT_GAMMA 2.2 /* as phone_expose.c */
enum { TABLE = 2048, RAIN_MOST = 1500 };
#define RAIN_MPS  8.0 /* a large drop falls so fast (recalled: 9 m/s at 5 mm) */
#define RAIN_LO_M 1.5 /* nearest and farthest drop that is seen */
#define RAIN_HI_M 14.0
#define TABLE_TOP 1.3f /* light that the table reaches; display 1 is at 1 */

/* Values of the curve over the square root of light, in which it is nearly straight. */
static void make_table(float table[TABLE + 1])
{
    for (int i = 0; i <= TABLE; i++) {
        double root = (double)i / TABLE, light = (double)TABLE_TOP * root * root;
        table[i] = (float)(255 * hm_pow(light, 1 / LIGHT_GAMMA));
    }
}

static float display(const float table[TABLE + 1], float light)
{
    float x = sqrtf(light * (1 / TABLE_TOP)) * TABLE;
    int32_t i = x < TABLE - 1 ? (int32_t)x : TABLE - 1;
    return table[i] + (x - (float)i) * (table[i + 1] - table[i]);
}

/* Without lens and hand a pixel is a pixel of the drawn picture. */
static const float *straight(const hm_phone *p, const float *light, int32_t x, int32_t y)
{
    int32_t x0 = (p->cam.draw_w - p->cam.w_px) / 2, y0 = (p->cam.draw_h - p->cam.h_px) / 2;
    return light + 3 * ((size_t)(y0 + y) * (size_t)p->cam.draw_w + (size_t)(x0 + x));
}

/* Between the four pixels around a place; x, y from the corner of the drawn picture. */
static void between(const hm_phone *p, const float *light, float x, float y, float out[3])
{
    int32_t w = p->cam.draw_w, h = p->cam.draw_h;
    x = fminf(fmaxf(x - 0.5f, 0), (float)(w - 1)), y = fminf(fmaxf(y - 0.5f, 0), (float)(h - 1));
    int32_t x0 = (int32_t)x, y0 = (int32_t)y;
    int32_t x1 = x0 + 1 < w ? x0 + 1 : x0, y1 = y0 + 1 < h ? y0 + 1 : y0;
    float u = x - (float)x0, v = y - (float)y0;
    const float *a = light + 3 * ((size_t)y0 * (size_t)w),
                *b = light + 3 * ((size_t)y1 * (size_t)w);
    for (int c = 0; c < 3; c++) {
        float top = a[3 * x0 + c] + u * (a[3 * x1 + c] - a[3 * x0 + c]);
        float low = b[3 * x0 + c] + u * (b[3 * x1 + c] - b[3 * x0 + c]);
        out[c] = top + v * (low - top);
    }
}

/* Where a seen place lies in the drawn picture. */
static void unmap(const hm_phone *p, float u, float v, float *x, float *y)
{
    int32_t pad = p->map_pad_px, w = p->cam.w_px + 2 * pad, h = p->cam.h_px + 2 * pad;
    if (!p->map) {
        *x = u + 0.5f * (float)(p->cam.draw_w - p->cam.w_px);
        *y = v + 0.5f * (float)(p->cam.draw_h - p->cam.h_px);
        return;
    }
    u = fminf(fmaxf(u - 0.5f + (float)pad, 0), (float)(w - 1));
    v = fminf(fmaxf(v - 0.5f + (float)pad, 0), (float)(h - 1));
    int32_t i = u < (float)(w - 2) ? (int32_t)u : w - 2,
            k = v < (float)(h - 2) ? (int32_t)v : h - 2;
    const float *a = p->map + 2 * ((size_t)k * (size_t)w + (size_t)i), *b = a + 2 * (size_t)w;
    float fu = u - (float)i, fv = v - (float)k, at[2];
    for (int c = 0; c < 2; c++) {
        float top = a[c] + fu * (a[2 + c] - a[c]), low = b[c] + fu * (b[2 + c] - b[c]);
        at[c] = top + fv * (low - top);
    }
    *x = at[0], *y = at[1];
}

/* Noise of one pixel: brightness and two colours, in display values. Sums of even draws. */
static void add_noise(float sd, hm_draw4 d, float rgb[3])
{
    const float k = 1.0f / 65536.0f;
    float q[8];
    for (int i = 0; i < 4; i++) {
        q[2 * i] = (float)(d.u[i] & 0xffff) * k - 0.5f;
        q[2 * i + 1] = (float)(d.u[i] >> 16) * k - 0.5f;
    }
    float luma = sd * 1.7320508f * (q[0] + q[1] + q[2] + q[3]);
    float red = sd * 0.5f * 2.4494897f * (q[4] + q[5]),
          blue = sd * 0.5f * 2.4494897f * (q[6] + q[7]);
    rgb[0] += luma + red, rgb[1] += luma - 0.3f * (red + blue), rgb[2] += luma + blue;
}

static uint8_t byte_of(float v)
{
    return (uint8_t)(v <= 0 ? 0 : v >= 254.5f ? 255 : v + 0.5f);
}

/* A drop is a short bright dash; how long the shutter was open is how far it fell. */
static void add_rain(const hm_phone *p, int64_t frame, float *light)
{
    int32_t n = (int32_t)(p->o.rain_frac * RAIN_MOST), w = p->cam.draw_w, h = p->cam.draw_h;
    for (int32_t i = 0; i < n; i++) {
        hm_draw4 d =
            hm_rng(p->o.seed, HM_FOR_PHONE, ((uint64_t)1 << 40) + (uint64_t)frame, (uint32_t)i, 0);
        double near_frac = d.u[0] / 4294967296.0;
        double m = RAIN_HI_M / (1 + near_frac * (RAIN_HI_M / RAIN_LO_M - 1));
        double len = fmax(RAIN_MPS * p->o.shutter_s * p->cam.f_px / m, 2);
        int32_t x = (int32_t)(d.u[1] / 4294967296.0 * w);
        int32_t y = (int32_t)(d.u[2] / 4294967296.0 * (h + len) - len);
        float add = (float)fmin(0.18 * 6 / len * (1 + near_frac), 0.2);
        for (int32_t k = y < 0 ? 0 : y; k < y + (int32_t)len && k < h; k++)
            for (int c = 0; c < 3; c++)
                light[3 * ((size_t)k * (size_t)w + (size_t)x) + (size_t)c] += add;
    }
}

/* One row of the picture. Its time is that of its middle where columns are read. */
static void develop_row(const hm_phone *p, const phone_hand *h, int64_t frame, int32_t y,
                        const float table[TABLE + 1])
{
    const phone_camera *c = &p->cam;
    double t_s = p->clock.race_zero_s + p->clock.time_s[frame];
    bool columns = p->o.readout >= HM_READOUT_RIGHT && p->o.readout_s > 0;
    double su = 0, sv = 0, gain = 1;
    uint8_t *out = h->pic.rgbx + (size_t)y * (size_t)h->pic.stride;
    float sd = (float)(255 * p->o.noise_frac);
    for (int32_t x = 0; x < c->w_px; x++, out += 4) {
        if (x == 0 || columns) {
            double at_s = t_s + phone_row_delay_s(&p->o, c, x + 0.5, y + 0.5);
            phone_shake(&p->o, at_s, &su, &sv);
            gain = phone_gain(&p->o, at_s);
        }
        float sx, sy, rgb[3];
        if (p->map || p->o.shake_px > 0) {
            unmap(p, (float)(x + 0.5 - su), (float)(y + 0.5 - sv), &sx, &sy);
            between(p, h->light, sx, sy, rgb);
        } else {
            memcpy(rgb, straight(p, h->light, x, y), sizeof rgb);
        }
        for (int i = 0; i < 3; i++)
            rgb[i] = display(table, fmaxf((float)gain * rgb[i], 0));
        if (sd > 0)
            add_noise(
                sd,
                hm_rng(p->o.seed, HM_FOR_PHONE, (uint64_t)frame, (uint32_t)(y * c->w_px + x), 0),
                rgb);
        for (int i = 0; i < 3; i++)
            out[i] = byte_of(rgb[i]);
    }
}

void phone_develop(const hm_phone *p, phone_hand *h, int64_t frame)
{
    float table[TABLE + 1];
    make_table(table);
    if (p->o.rain_frac > 0) {
        add_rain(p, frame, h->light);
        h->fresh = false;
    }
    for (int32_t y = 0; y < p->cam.h_px; y++)
        develop_row(p, h, frame, y, table);
}
