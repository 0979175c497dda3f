/* Text of a bib as a pyramid of coverage maps. */
#include "costume_priv.h"
#include "text_make_priv.h"

enum { BIB_W_PX = 256 };

/* Next level: mean of 2 x 2. Sizes are even by construction. */
static void halve(const uint8_t *from, int32_t w, int32_t h, uint8_t *to)
{
    for (int32_t y = 0; y < h / 2; y++)
        for (int32_t x = 0; x < w / 2; x++) {
            const uint8_t *p = from + 2 * y * w + 2 * x;
            to[y * (w / 2) + x] = (uint8_t)((p[0] + p[1] + p[w] + p[w + 1] + 2) / 4);
        }
}

hm_status costume_bib(void *maker, const char *text, const char *small, float width_m,
                      float height_m, hm_arena *arena, hm_bib *out, hm_err *err)
{
    hm_bib bib = {.width_m = width_m, .height_m = height_m};
    int32_t w = BIB_W_PX, h = (int32_t)((float)w * height_m / width_m) & ~15;
    uint8_t *above = NULL;
    for (int k = 0; k < HM_BIB_LEVEL_COUNT; k++, w /= 2, h /= 2) {
        uint8_t *map = HM_PUSH(arena, uint8_t, w * h);
        if (!map)
            return hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "no memory for a bib");
        if (k == 0)
            HM_TRY(text_make_bib(maker, text, small, w, h, map, err));
        else
            halve(above, w * 2, h * 2, map);
        bib.cover[k] = above = map;
        bib.w_px[k] = w;
        bib.h_px[k] = h;
    }
    *out = bib;
    return HM_OK;
}
