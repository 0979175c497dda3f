/* rain_lens.c - a few drops on the lens, where there is a reason for them: out from under the roof,
 * looking up into the rain, in the spray of the run. Each shows the picture upside down in small.
 */
#include "noise_priv.h"
#include "rain_priv.h"

enum { MOST = 7 };

/* When drops may come [s from the gun], how many at most. */
static const struct {
    float from_s, to_s;
    int n;
} wet[] = {{-112, -96, 4}, {-62, -50, 6}, {2.5f, 9, 5}};

enum { N_WET = sizeof wet / sizeof wet[0] };

#define LIVES_S 5.5f

static uint32_t at(const hm_picture *pic, float x, float y)
{
    int32_t px = (int32_t)x, py = (int32_t)y;
    px = px < 0 ? 0 : px >= pic->w_px ? pic->w_px - 1 : px;
    py = py < 0 ? 0 : py >= pic->h_px ? pic->h_px - 1 : py;
    const uint8_t *c = pic->rgbx + (size_t)py * (size_t)pic->stride + (size_t)px * 4;
    return (uint32_t)c[0] | (uint32_t)c[1] << 8 | (uint32_t)c[2] << 16;
}

/* A round drop: what lies behind it, turned over and drawn together; a bright rim below. Reads the
 * picture outside of itself but for its middle, so rows that are done change little. */
static void drop(hm_picture *pic, float x, float y, float r, float k)
{
    for (int32_t py = (int32_t)(y - r); py <= (int32_t)(y + r); py++)
        for (int32_t px = (int32_t)(x - r); px <= (int32_t)(x + r); px++) {
            if (px < 0 || py < 0 || px >= pic->w_px || py >= pic->h_px)
                continue;
            float dx = ((float)px + 0.5f - x) / r, dy = ((float)py + 0.5f - y) / (1.12f * r);
            float q = dx * dx + dy * dy;
            if (q >= 1)
                continue;
            float bend = 5.0f + 5.0f * q;
            uint32_t c = at(pic, x - dx * r * bend, y - dy * r * bend);
            float soft = (1 - q) * 4, a = k * (soft < 1 ? soft : 1);
            float light = 6.0f + 46.0f * q * q * (dy > 0 ? dy : 0.25f * -dy);
            uint8_t *o = pic->rgbx + (size_t)py * (size_t)pic->stride + (size_t)px * 4;
            for (int i = 0; i < 3; i++) {
                float v = 0.92f * (float)(c >> 8 * i & 255u) + light;
                v = (float)o[i] + a * ((v < 255 ? v : 255) - (float)o[i]);
                o[i] = (uint8_t)(int32_t)(v + 0.5f);
            }
        }
}

void rain_lens(const look_drawing *d, hm_picture *pic)
{
    float t_s = (float)d->moment->race_t_s;
    for (int w = 0; w < N_WET; w++)
        for (int i = 0; i < wet[w].n; i++) {
            uint32_t key = (uint32_t)(w * 16 + i);
            float born = wet[w].from_s + (wet[w].to_s - wet[w].from_s) *
                                             ((float)i + noise_chance(key, 1, 81)) /
                                             (float)wet[w].n;
            float age = t_s - born;
            if (age < 0 || age > LIVES_S)
                continue;
            float h = (float)pic->h_px, r = h * (0.008f + 0.014f * noise_chance(key, 2, 82));
            float x = (float)pic->w_px * (0.08f + 0.84f * noise_chance(key, 3, 83));
            float slide = age > 1.5f ? (age - 1.5f) * (age - 1.5f) : 0;
            float y = h * (0.12f + 0.55f * noise_chance(key, 4, 84) + 0.016f * slide);
            float in = age < 0.08f ? age / 0.08f : 1, out = (LIVES_S - age) / 1.2f;
            drop(pic, x, y, r * (1 - 0.04f * age), in < out ? in : (out < 1 ? out : 1));
        }
}
