/* nv12_rows.c - the loops of nv12.c. Built once for each instruction set. */
#include "hot_priv.h"

static void luma_row(const uint8_t *restrict px, uint8_t *restrict out, int32_t w)
{
    for (int32_t x = 0; x < w; x++) {
        int32_t r = px[4 * x], g = px[4 * x + 1], b = px[4 * x + 2];
        out[x] = (uint8_t)((47 * r + 157 * g + 16 * b + 4224) >> 8);
    }
}

static void chroma_row(const uint8_t *restrict a, const uint8_t *restrict b, uint8_t *restrict out,
                       int32_t n)
{
    for (int32_t x = 0; x < n; x++) {
        const uint8_t *p = a + 8 * x, *q = b + 8 * x;
        int32_t red = p[0] + p[4] + q[0] + q[4];
        int32_t green = p[1] + p[5] + q[1] + q[5];
        int32_t blue = p[2] + p[6] + q[2] + q[6];
        out[2 * x] = (uint8_t)((-26 * red - 86 * green + 112 * blue + 131584) >> 10);
        out[2 * x + 1] = (uint8_t)((112 * red - 102 * green - 10 * blue + 131584) >> 10);
    }
}

void HOT(nv12_rows)(const hm_picture *p, uint8_t *luma, uint8_t *chroma)
{
    for (int32_t y = 0; y < p->h_px; y += 2) {
        const uint8_t *a = p->rgbx + (size_t)y * (size_t)p->stride;
        const uint8_t *b = a + p->stride;
        luma_row(a, luma + (size_t)y * (size_t)p->w_px, p->w_px);
        luma_row(b, luma + (size_t)(y + 1) * (size_t)p->w_px, p->w_px);
        chroma_row(a, b, chroma + (size_t)(y / 2) * (size_t)p->w_px, p->w_px / 2);
    }
}
