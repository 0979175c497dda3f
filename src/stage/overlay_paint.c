/* overlay_paint.c - a list into a picture, with whole-number blending. */
#include "overlay_priv.h"

#include <math.h>
#include <string.h>

static uint8_t blend(uint8_t under, uint8_t over, uint32_t a)
{
    uint32_t x = (uint32_t)under * (255 - a) + (uint32_t)over * a + 128;
    return (uint8_t)((x + (x >> 8)) >> 8);
}

static void blend_px(uint8_t *p, ov_colour c, uint32_t a)
{
    p[0] = blend(p[0], c.r, a);
    p[1] = blend(p[1], c.g, a);
    p[2] = blend(p[2], c.b, a);
}

/* Share of pixel x that lies between two edges, 0..256, edges in 1/256 px. */
static uint32_t share(int32_t x, int32_t left_256, int32_t right_256)
{
    int32_t lo = x * 256, hi = lo + 256;
    lo = left_256 > lo ? left_256 : lo;
    hi = right_256 < hi ? right_256 : hi;
    return hi > lo ? (uint32_t)(hi - lo) : 0;
}

/* n whole pixels, two at a time with two channels in each quarter of a word: the same result as
 * blend_px, and the unused byte is blended along. A board covers half the picture; a pixel at a
 * time took 8 ms. */
static void blend_span(uint8_t *p, int32_t n, ov_colour c, uint32_t a)
{
    const uint8_t colour[8] = {c.r, c.g, c.b, 0, c.r, c.g, c.b, 0};
    const uint64_t lanes = UINT64_C(0x00ff00ff00ff00ff), half = UINT64_C(0x0080008000800080);
    uint64_t over, keep = 255 - a;
    memcpy(&over, colour, 8);
    uint64_t even = (over & lanes) * a + half, odd = (over >> 8 & lanes) * a + half;
    for (; n > 0; n -= 2, p += 8) {
        size_t bytes = n > 1 ? 8 : 4;
        uint64_t under = 0;
        memcpy(&under, p, bytes);
        uint64_t x = (under & lanes) * keep + even, y = (under >> 8 & lanes) * keep + odd;
        x = (x + (x >> 8 & lanes)) >> 8 & lanes;
        y = (y + (y >> 8 & lanes)) & ~lanes;
        under = x | y;
        memcpy(p, &under, bytes);
    }
}

static void paint_panel(const ov_item *i, hm_picture *p)
{
    int32_t y0 = i->y < 0 ? 0 : i->y, y1 = i->y + i->h < p->h_px ? i->y + i->h : p->h_px;
    for (int32_t y = y0; y < y1; y++) {
        /* the upright edges lean: full slant at the top, none at the bottom */
        int32_t lean =
            (int32_t)((int64_t)i->slant_px * 256 * (2 * (i->y + i->h - y) - 1) / (2 * i->h));
        int32_t left = i->x * 256 + lean, right = (i->x + i->w) * 256 + lean;
        int32_t x0 = left >> 8, x1 = (right + 255) >> 8;
        x0 = x0 < 0 ? 0 : x0;
        x1 = x1 > p->w_px ? p->w_px : x1;
        uint8_t *row = p->rgbx + (ptrdiff_t)y * p->stride;
        int32_t x = x0, whole = right >> 8 < x1 ? right >> 8 : x1; /* end of the whole pixels */
        if (x < x1 && x * 256 < left) {
            blend_px(row + 4 * x, i->colour, share(x, left, right) * i->alpha >> 8);
            x++;
        }
        if (whole > x) {
            blend_span(row + 4 * x, whole - x, i->colour, i->alpha);
            x = whole;
        }
        if (x < x1)
            blend_px(row + 4 * x, i->colour, share(x, left, right) * i->alpha >> 8);
    }
}

static void paint_text(const ov_item *i, hm_picture *p)
{
    int32_t x0 = i->x < 0 ? 0 : i->x, x1 = i->x + i->w < p->w_px ? i->x + i->w : p->w_px;
    int32_t y0 = i->y < 0 ? 0 : i->y, y1 = i->y + i->h < p->h_px ? i->y + i->h : p->h_px;
    for (int32_t y = y0; y < y1; y++) {
        const uint8_t *cover = i->cover + (ptrdiff_t)(y - i->y) * i->w - i->x;
        uint8_t *row = p->rgbx + (ptrdiff_t)y * p->stride;
        for (int32_t x = x0; x < x1; x++)
            if (cover[x])
                blend_px(row + 4 * x, i->colour, ((uint32_t)cover[x] * i->alpha + 127) / 255);
    }
}

/* Lines and discs: coverage falls over one pixel around the edge. */
static void paint_stroke(const ov_item *i, hm_picture *p)
{
    float dx = i->x1 - i->x0, dy = i->y1 - i->y0, len2 = dx * dx + dy * dy;
    int32_t x0 = i->x < 0 ? 0 : i->x, x1 = i->x + i->w < p->w_px ? i->x + i->w : p->w_px;
    int32_t y0 = i->y < 0 ? 0 : i->y, y1 = i->y + i->h < p->h_px ? i->y + i->h : p->h_px;
    for (int32_t y = y0; y < y1; y++) {
        uint8_t *row = p->rgbx + (ptrdiff_t)y * p->stride;
        for (int32_t x = x0; x < x1; x++) {
            float px = (float)x + 0.5f - i->x0, py = (float)y + 0.5f - i->y0;
            float k = len2 > 0 ? (px * dx + py * dy) / len2 : 0;
            k = k < 0 ? 0 : k > 1 ? 1 : k;
            float ex = px - k * dx, ey = py - k * dy;
            float a = i->half_px + 0.5f - sqrtf(ex * ex + ey * ey);
            if (a > 0)
                blend_px(row + 4 * x, i->colour,
                         (uint32_t)((a < 1 ? a : 1) * (float)i->alpha + 0.5f));
        }
    }
}

void overlay_paint(const ov_list *l, hm_picture *picture)
{
    for (int32_t i = 0; i < l->n_item; i++) {
        const ov_item *item = &l->item[i];
        if (item->kind == OV_PANEL)
            paint_panel(item, picture);
        else if (item->kind == OV_TEXT)
            paint_text(item, picture);
        else
            paint_stroke(item, picture);
    }
}
