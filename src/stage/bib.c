/* Text of a bib as a pyramid of coverage maps. */
#include "costume_priv.h"
#include "letters_priv.h"

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

void bib_maker_close(bib_maker *maker)
{
    text_maker_close(maker->fonts);
    maker->fonts = NULL;
}

static hm_status make(bib_maker *maker, const letters_ask *ask, hm_arena *arena, letters_told *told,
                      hm_err *err)
{
    int32_t w = ask->max_px, h = ask->max_line;
    uint8_t *cover = HM_PUSH(arena, uint8_t, w * h);
    if (!cover)
        return hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "no memory for a bib");
    void *fonts;
    HM_TRY(letters_fonts(maker->letters, &maker->fonts, &fonts, err));
    HM_TRY(text_make_bib(fonts, ask->text, ask->small, w, h, cover, err));
    *told = (letters_told){.n = 1, .run = {{.w_px = w, .h_px = h, .cover = cover}}};
    return maker->letters ? letters_keep(maker->letters, ask, told, err) : HM_OK;
}

/* The cloth at its full size, (h x w). */
static hm_status cloth(bib_maker *maker, const char *text, const char *small, int32_t w, int32_t h,
                       hm_arena *arena, const uint8_t **cover, hm_err *err)
{
    const letters_ask ask = {.kind = LETTERS_BIB,
                             .text = text,
                             .small = small,
                             .spec = {.family = ""},
                             .scale = 1,
                             .max_px = w,
                             .max_line = h};
    letters_told told;
    bool found = false;
    if (maker->letters)
        HM_TRY(letters_find(maker->letters, &ask, arena, &told, &found, err));
    if (!found)
        HM_TRY(make(maker, &ask, arena, &told, err));
    *cover = told.run[0].cover;
    return HM_OK;
}

hm_status costume_bib(bib_maker *maker, const char *text, const char *small, float width_m,
                      float height_m, hm_arena *arena, hm_bib *out, hm_err *err)
{
    hm_bib bib = {.width_m = width_m, .height_m = height_m};
    int32_t w = BIB_W_PX, h = (int32_t)((float)w * height_m / width_m) & ~15;
    HM_TRY(cloth(maker, text, small, w, h, arena, &bib.cover[0], err));
    bib.w_px[0] = w, bib.h_px[0] = h;
    for (int k = 1; k < HM_BIB_LEVEL_COUNT; k++) {
        bib.w_px[k] = w >> k, bib.h_px[k] = h >> k;
        uint8_t *map = HM_PUSH(arena, uint8_t, bib.w_px[k] * bib.h_px[k]);
        if (!map)
            return hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "no memory for a bib");
        halve(bib.cover[k - 1], bib.w_px[k - 1], bib.h_px[k - 1], map);
        bib.cover[k] = map;
    }
    *out = bib;
    return HM_OK;
}
