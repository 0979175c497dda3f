#include "place_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "stage/flat.h"
#include "stage/xdog.h"

void roto_place_scale(const roto_image *im, int32_t w_px, int32_t h_px, uint8_t *rgb)
{
    for (int32_t y = 0; y < h_px; y++) {
        int32_t y0 = (int32_t)((int64_t)y * im->h_px / h_px);
        int32_t y1 = (int32_t)((int64_t)(y + 1) * im->h_px / h_px);
        y1 = y1 > y0 ? y1 : y0 + 1;
        for (int32_t x = 0; x < w_px; x++) {
            int32_t x0 = (int32_t)((int64_t)x * im->w_px / w_px);
            int32_t x1 = (int32_t)((int64_t)(x + 1) * im->w_px / w_px);
            x1 = x1 > x0 ? x1 : x0 + 1;
            int32_t sum[3] = {0}, n = (x1 - x0) * (y1 - y0);
            for (int32_t v = y0; v < y1; v++)
                for (int32_t u = x0; u < x1; u++)
                    for (int c = 0; c < 3; c++)
                        sum[c] += im->rgb[v * im->stride + 3 * u + c];
            for (int c = 0; c < 3; c++)
                rgb[3 * ((int64_t)y * w_px + x) + c] = (uint8_t)((sum[c] + n / 2) / n);
        }
    }
}

/* ---- the empty place ---- */

/* Colours where somebody stood all the time: means of what is known around, near before far. Each
 * level halves the picture; a pixel without a colour takes that of the level above. */
static hm_status fill_unknown(int32_t w, int32_t h, uint8_t *rgb, const uint8_t *known,
                              hm_arena *scratch, hm_err *err)
{
    int32_t lw[16], lh[16], n = 0;
    float *level[16];
    lw[0] = w, lh[0] = h;
    for (; n < 16; n++) {
        ROTO_NEED(level[n] = HM_PUSH(scratch, float, 4 * (int64_t)lw[n] * lh[n]));
        for (int64_t i = 0; i < (int64_t)lw[n] * lh[n]; i++) {
            float *q = level[n] + 4 * i;
            for (int k = 0; k < 4; k++) {
                int32_t x = 2 * (int32_t)(i % lw[n]) + k % 2, y = 2 * (int32_t)(i / lw[n]) + k / 2;
                if (n > 0 && x < lw[n - 1] && y < lh[n - 1]) {
                    const float *p = level[n - 1] + 4 * ((int64_t)y * lw[n - 1] + x);
                    for (int c = 0; c < 3; c++)
                        q[c] += p[3] * p[c];
                    q[3] += p[3];
                }
            }
            for (int c = 0; c < 3 && n > 0 && q[3] > 0; c++)
                q[c] /= q[3];
            q[3] = q[3] > 0 ? 1 : 0;
            if (n == 0)
                q[0] = rgb[3 * i], q[1] = rgb[3 * i + 1], q[2] = rgb[3 * i + 2], q[3] = known[i];
        }
        if (n + 1 < 16)
            lw[n + 1] = (lw[n] + 1) / 2, lh[n + 1] = (lh[n] + 1) / 2;
    }
    for (int32_t k = n - 2; k >= 0; k--)
        for (int64_t i = 0; i < (int64_t)lw[k] * lh[k]; i++) {
            float *q = level[k] + 4 * i;
            int64_t up = i / lw[k] / 2 * lw[k + 1] + i % lw[k] / 2;
            if (q[3] <= 0)
                memcpy(q, level[k + 1] + 4 * up, 4 * sizeof *q);
        }
    for (int64_t i = 0; i < (int64_t)w * h; i++)
        for (int c = 0; c < 3 && !known[i]; c++)
            rgb[3 * i + c] = (uint8_t)roto_clamp(level[0][4 * i + c] + 0.5f, 0, 255);
    return HM_OK;
}

/* Filled pixels are squares of all sizes: smooth them among themselves. */
static void smooth_unknown(int32_t w, int32_t h, uint8_t *rgb, const uint8_t *known)
{
    for (int round = 0; round < 12; round++) {
        int32_t r = 12 - round;
        for (int32_t y = r; y < h - r; y++)
            for (int32_t x = r; x < w - r; x++) {
                int64_t i = (int64_t)y * w + x, side = r, down = (int64_t)r * w;
                for (int c = 0; c < 3 && !known[i]; c++)
                    rgb[3 * i + c] =
                        (uint8_t)((rgb[3 * (i - side) + c] + rgb[3 * (i + side) + c] +
                                   rgb[3 * (i - down) + c] + rgb[3 * (i + down) + c] + 2) /
                                  4);
            }
    }
}

typedef struct median_job {
    const roto_samples *s;
    uint8_t *rgb, *known;
} median_job;

static uint8_t middle(const roto_samples *s, int64_t i, bool free_only)
{
    uint8_t v[ROTO_SAMPLE_MAX] = {0};
    int32_t n = 0;
    for (int32_t k = 0; k < s->n; k++) {
        uint8_t now = s->rgb[k][i];
        if (free_only && s->person[k][i / 3])
            continue;
        int32_t at = n++;
        for (; at > 0 && v[at - 1] > now; at--)
            v[at] = v[at - 1];
        v[at] = now;
    }
    return v[n / 2];
}

static void median_row(void *ctx, int64_t y, int worker)
{
    const median_job *job = ctx;
    (void)worker;
    int64_t from = 3 * y * job->s->w_px, to = from + 3 * (int64_t)job->s->w_px;
    for (int64_t i = from; i < to; i++) {
        int32_t n_free = 0;
        for (int32_t k = 0; k < job->s->n; k++)
            n_free += !job->s->person[k][i / 3];
        job->rgb[i] = middle(job->s, i, n_free >= 1);
        job->known[i / 3] = n_free >= 1;
    }
}

static float changed(const uint8_t *a, const uint8_t *b, int64_t n)
{
    int64_t many = 0;
    for (int64_t i = 0; i < n; i++)
        many += abs(a[3 * i + 1] - b[3 * i + 1]) > 18;
    return (float)many / (float)n;
}

hm_status roto_place_median(const roto_samples *s, int n_thread, hm_arena *scratch, uint8_t *rgb,
                            float *moving, hm_err *err)
{
    median_job job = {s, rgb, HM_PUSH(scratch, uint8_t, (int64_t)s->w_px * s->h_px)};
    ROTO_NEED(job.known);
    hm_par_for(n_thread, s->h_px, median_row, &job);
    HM_TRY(fill_unknown(s->w_px, s->h_px, rgb, job.known, scratch, err));
    smooth_unknown(s->w_px, s->h_px, rgb, job.known);
    float share[ROTO_SAMPLE_MAX];
    for (int32_t k = 0; k < s->n; k++) {
        float now = changed(s->rgb[k], rgb, (int64_t)s->w_px * s->h_px);
        int32_t at = k;
        for (; at > 0 && share[at - 1] > now; at--)
            share[at] = share[at - 1];
        share[at] = now;
    }
    *moving = s->n > 0 ? share[s->n / 2] : 0;
    return HM_OK;
}

/* ---- drawn flat ---- */

typedef struct plane {
    int32_t w, h;
    float *a, *b, *c;
} plane;

/* Mean over 2 r + 1 rows and columns. */
static void box(const plane *p, const float *in, int32_t r, float *out)
{
    float unit = 1.0f / (float)(2 * r + 1), *rows = p->c;
    for (int32_t y = 0; y < p->h; y++) {
        const float *q = in + (int64_t)y * p->w;
        double sum = (double)q[0] * r;
        for (int32_t x = 0; x <= r; x++)
            sum += (double)q[x < p->w ? x : p->w - 1];
        for (int32_t x = 0; x < p->w; x++) {
            rows[(int64_t)y * p->w + x] = (float)sum * unit;
            sum += (double)q[x + r + 1 < p->w ? x + r + 1 : p->w - 1] -
                   (double)q[x - r > 0 ? x - r : 0];
        }
    }
    for (int32_t x0 = 0; x0 < p->w; x0 += 64) {
        int32_t n = p->w - x0 < 64 ? p->w - x0 : 64;
        double sum[64];
        for (int32_t x = 0; x < n; x++) {
            sum[x] = (double)rows[x0 + x] * r;
            for (int32_t y = 0; y <= r; y++)
                sum[x] += (double)rows[(int64_t)(y < p->h ? y : p->h - 1) * p->w + x0 + x];
        }
        for (int32_t y = 0; y < p->h; y++) {
            int64_t in_y = y + r + 1 < p->h ? y + r + 1 : p->h - 1, out_y = y - r > 0 ? y - r : 0;
            for (int32_t x = 0; x < n; x++) {
                out[(int64_t)y * p->w + x0 + x] = (float)sum[x] * unit;
                sum[x] += (double)rows[in_y * p->w + x0 + x] - (double)rows[out_y * p->w + x0 + x];
            }
        }
    }
}

/* Guided by itself: where a window varies by less than eps it becomes its mean; borders stay. */
static void flatten(const plane *p, float *v, int32_t r, float eps)
{
    int64_t n = (int64_t)p->w * p->h;
    for (int64_t i = 0; i < n; i++)
        p->b[i] = v[i] * v[i];
    box(p, v, r, p->a);
    box(p, p->b, r, p->b);
    for (int64_t i = 0; i < n; i++) {
        float var = p->b[i] - p->a[i] * p->a[i];
        float k = var / (var + eps);
        p->b[i] = k, p->a[i] *= 1 - k;
    }
    box(p, p->b, r, p->b);
    box(p, p->a, r, p->a);
    for (int64_t i = 0; i < n; i++)
        v[i] = p->b[i] * v[i] + p->a[i];
}

/* A few levels of light, the step between two of them short but not hard. */
static float step_level(float y, float levels)
{
    float v = y * levels, base = floorf(v), f = v - base;
    float s = roto_clamp((f - 0.5f) * 5 + 0.5f, 0, 1);
    return (base + s * s * (3 - 2 * s)) / levels;
}

static hm_status flatten_all(int32_t w_px, int32_t h_px, hm_arena *scratch, uint8_t *rgb,
                             uint8_t *luma, hm_err *err)
{
    int64_t n = (int64_t)w_px * h_px;
    plane p = {w_px, h_px, HM_PUSH(scratch, float, n), HM_PUSH(scratch, float, n),
               HM_PUSH(scratch, float, n)};
    float *v[3];
    ROTO_NEED(p.a && p.b && p.c ? p.a : NULL);
    int32_t r = h_px / 160 > 2 ? h_px / 160 : 2;
    for (int c = 0; c < 3; c++) {
        ROTO_NEED(v[c] = HM_PUSH(scratch, float, n));
        for (int64_t i = 0; i < n; i++)
            v[c][i] = rgb[3 * i + c] * (1 / 255.0f);
        flatten(&p, v[c], r, 0.004f);
        flatten(&p, v[c], 2 * r, 0.004f);
    }
    for (int64_t i = 0; i < n; i++) {
        float y = 0.299f * v[0][i] + 0.587f * v[1][i] + 0.114f * v[2][i];
        float to = 0.55f * step_level(y, 7) + 0.45f * y, k = to / (y + 1e-3f);
        k = roto_clamp(k, 0.5f, 1.6f);
        for (int c = 0; c < 3; c++)
            rgb[3 * i + c] = (uint8_t)(255 * roto_clamp(v[c][i] * k, 0, 1) + 0.5f);
        luma[i] = (uint8_t)(255 * roto_clamp(y, 0, 1) + 0.5f);
    }
    return HM_OK;
}

static hm_status lines_of(const uint8_t *luma, int32_t w_px, int32_t h_px, int n_thread,
                          hm_arena *scratch, uint8_t *ink, hm_err *err)
{
    hm_xdog_opts o = hm_xdog_opts_default();
    float *flow = HM_PUSH(scratch, float, 2 * (int64_t)w_px * h_px);
    ROTO_NEED(flow);
    HM_TRY(hm_xdog_flow(luma, w_px, h_px, w_px, o.flow_px, n_thread, scratch, flow, err));
    return hm_xdog(luma, flow, w_px, h_px, w_px, &o, n_thread, scratch, ink, err);
}

hm_status roto_place_draw(const roto_look *look, int32_t w_px, int32_t h_px, int n_thread,
                          hm_arena *scratch, uint8_t *rgb, hm_err *err)
{
    const float strength = 0.55f; /* of the place's lines: it stays behind */
    int64_t n = (int64_t)w_px * h_px;
    hm_arena_mark mark = hm_arena_mark_get(scratch);
    uint8_t *luma = HM_PUSH(scratch, uint8_t, n), *ink = HM_PUSH(scratch, uint8_t, n);
    ROTO_NEED(luma && ink ? luma : NULL);
    HM_TRY(flatten_all(w_px, h_px, scratch, rgb, luma, err));
    HM_TRY(lines_of(luma, w_px, h_px, n_thread, scratch, ink, err));
    hm_rgb pen = look->ink.ink;
    for (int64_t i = 0; i < n; i++) {
        uint8_t *q = rgb + 3 * i;
        hm_rgb c = {q[0] * (1 / 255.0f), q[1] * (1 / 255.0f), q[2] * (1 / 255.0f)};
        c = hm_flat_place(look->paint, c, (float)(i % w_px), (float)(i / w_px), w_px, h_px);
        float k = strength * (float)ink[i] * (1 / 255.0f);
        float v[3] = {c.r + k * (pen.r - c.r), c.g + k * (pen.g - c.g), c.b + k * (pen.b - c.b)};
        for (int j = 0; j < 3; j++)
            q[j] = (uint8_t)(255 * roto_clamp(v[j], 0, 1) + 0.5f);
    }
    hm_arena_release(scratch, mark);
    return HM_OK;
}

void roto_place_paper(const roto_look *look, int32_t w_px, int32_t h_px, uint8_t *rgb)
{
    hm_rgb c = hm_flat_paper(look->paint);
    for (int64_t i = 0; i < (int64_t)w_px * h_px; i++) {
        float x = (float)(i % w_px), y = (float)(i / w_px), h = (float)h_px;
        float grain = 1 + 0.012f * hm_flat_noise(260 * x / h, 260 * y / h, 5) +
                      0.010f * hm_flat_noise(40 * x / h, 40 * y / h, 6);
        float v[3] = {c.r * grain, c.g * grain, c.b * grain};
        for (int j = 0; j < 3; j++)
            rgb[3 * i + j] = (uint8_t)(255 * roto_clamp(v[j], 0, 1) + 0.5f);
    }
}
