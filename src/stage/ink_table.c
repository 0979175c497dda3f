#include "ink_priv.h"
#include "raster_priv.h"

#include <math.h>

#include "num/dmath.h"

static const float sample_x[RASTER_SAMPLE] = {-0.125f, 0.375f, -0.375f, 0.125f};
static const float sample_y[RASTER_SAMPLE] = {-0.375f, -0.125f, 0.125f, 0.375f};

/* Place of sample k of row `row` of the disc of radius R pixels, from its middle. */
static void sample_at(int r_px, int row, int k, float *x, float *y)
{
    *x = (float)(k / RASTER_SAMPLE - r_px) + sample_x[k % RASTER_SAMPLE];
    *y = (float)(row - r_px) + sample_y[k % RASTER_SAMPLE];
}

static void disc_weights(ink_disc *d, int r_px)
{
    int rows = 2 * r_px + 1, n = ink_row_len(r_px), sum = 0;
    float w[INK_MAX], total = 0;
    for (int i = 0; i < rows * n; i++) {
        float x, y;
        sample_at(r_px, i / n, i % n, &x, &y);
        float v = 1.0f - (x * x + y * y) / (d->reach_px * d->reach_px);
        w[i] = v > 0 ? v : 0;
        total += w[i];
    }
    for (int i = 0; i < rows * n; i++) {
        d->weight[i] = (int16_t)(w[i] / total * (float)INK_WHOLE + 0.5f);
        sum += d->weight[i];
    }
    d->unit = 1.0f / (float)sum;
    for (int i = 0; i < rows * n; i++)
        d->weight_frac[i] = (float)d->weight[i] * d->unit;
}

/* Share of the disc beyond a straight edge at distance x (negative: the middle lies beyond it),
 * the mean over directions. */
static float share_at(const ink_disc *d, int r_px, float x)
{
    enum { N_DIR = 24 };
    int rows = 2 * r_px + 1, n = ink_row_len(r_px);
    float sum = 0;
    for (int i = 0; i < N_DIR; i++) {
        float c = hm_cosf((float)i * (6.2831853f / N_DIR) + 0.1f);
        float s = hm_sinf((float)i * (6.2831853f / N_DIR) + 0.1f);
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < n; k++) {
                float px, py;
                sample_at(r_px, row, k, &px, &py);
                sum += px * c + py * s > x ? d->weight_frac[row * n + k] : 0.0f;
            }
    }
    return sum / (float)N_DIR;
}

/* The share falls as the distance grows: walk along it once and turn it round. */
static void disc_distances(ink_disc *d, int r_px)
{
    const float step = 1.0f / 32.0f;
    float x = d->reach_px, at = 0.0f, next = share_at(d, r_px, x - step);
    for (int i = 0; i <= INK_LUT; i++) {
        float want = (float)i / (float)INK_LUT;
        while (next < want && x > -d->reach_px) {
            x -= step;
            at = next;
            next = share_at(d, r_px, x - step);
        }
        float t = next > at ? (want - at) / (next - at) : 0.0f;
        d->distance_px[i] = x - step * (t < 1.0f ? t : 1.0f);
    }
    d->distance_px[INK_LUT + 1] = d->distance_px[INK_LUT];
}

void ink_table_init(ink_table *t, int32_t h_px)
{
    t->n_disc = ink_disc_most(h_px);
    for (int i = 0; i < t->n_disc; i++) {
        ink_disc *d = &t->disc[i];
        d->reach_px = (float)(i + 1) + 0.35f;
        disc_weights(d, i + 1);
        disc_distances(d, i + 1);
    }
}

void ink_table_aim(ink_table *t, float sun_x, float sun_y)
{
    for (int r = 1; r <= t->n_disc; r++) {
        ink_disc *d = &t->disc[r - 1];
        int rows = 2 * r + 1, n = ink_row_len(r);
        for (int i = 0; i < rows * n; i++) {
            float x, y;
            sample_at(r, i / n, i % n, &x, &y);
            float v = (float)d->weight[i] * (x * sun_x + y * sun_y) / d->reach_px;
            v = v > -32000.0f ? (v < 32000.0f ? v : 32000.0f) : -32000.0f;
            d->toward[i] = (int16_t)(int32_t)v;
            d->toward_frac[i] = (float)d->toward[i] * d->unit;
        }
    }
}
