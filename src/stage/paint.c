#include "stage/paint.h"

#include "hot_priv.h"

#include <string.h>

/* Colours and cosines of the day paint: reference values that worked in the first sketch, then
 * tuned by eye on the film. Widths: pixels at 720 rows. */
#define PAINT_DAY                                                                                  \
    {                                                                                              \
        .outline_px = 1.7f, .inner_px = 1.0f, .far_px = 0.7f, .near_px = 2.8f,                     \
        .shade_side_frac = 0.35f, .ink = {0.10f, 0.06f, 0.10f}, .lit_cos = 0.30f,                  \
        .half_cos = -0.05f, .half_mix_frac = 0.55f, .shade = {0.62f, 0.58f, 0.78f},                \
        .key_turn_frac = 0.35f, .gloss_frac = 0.35f, .rim_frac = 0.18f, .cast_frac = 0.85f,        \
        .contact_frac = 0.5f, .vignette_frac = 0.10f                                               \
    }

/* Washes: one soft border between light and a cool shade; a thick brown line that boils. */
#define PAINT_WASH                                                                                 \
    {                                                                                              \
        .outline_px = 2.5f, .inner_px = 1.5f, .far_px = 1.2f, .near_px = 3.2f,                     \
        .shade_side_frac = 0.25f, .ink = {0.20f, 0.13f, 0.12f}, .boil_px = 0.8f,                   \
        .boil_frac = 0.45f, .boil_len_px = 22.0f, .gap_frac = 0.04f, .half_cos = 0.05f,            \
        .half_mix_frac = 1.0f, .shade = {0.66f, 0.66f, 0.86f}, .key_turn_frac = 0.25f,             \
        .cast_frac = 0.8f, .contact_frac = 0.3f                                                    \
    }

/* Cels: tones cut hard, a thin dark line. */
#define PAINT_CEL                                                                                  \
    {                                                                                              \
        .outline_px = 1.1f, .inner_px = 0.8f, .far_px = 0.6f, .near_px = 1.7f,                     \
        .shade_side_frac = 0.45f, .ink = {0.13f, 0.11f, 0.12f}, .boil_px = 0.5f,                   \
        .boil_frac = 0.6f, .boil_len_px = 30.0f, .gap_frac = 0.16f, .lit_cos = 0.42f,              \
        .half_cos = 0.02f, .shade = {0.70f, 0.76f, 0.92f}, .key_turn_frac = 0.15f,                 \
        .gloss_frac = 0.3f, .cast_frac = 0.7f, .contact_frac = 0.5f, .vignette_frac = 0.12f,       \
        .grain_frac = 0.02f                                                                        \
    }

/* Night: thresholds of the first sketch in rain. */
#define PAINT_NIGHT                                                                                \
    {                                                                                              \
        .outline_px = 1.5f, .inner_px = 1.0f, .far_px = 0.6f, .near_px = 2.4f,                     \
        .shade_side_frac = 0.1f, .ink = {0.004f, 0.005f, 0.010f}, .lit_cos = 0.25f,                \
        .half_cos = 0.0f, .shade = {0.10f, 0.13f, 0.19f}, .cast_frac = 0.8f, .contact_frac = 0.4f, \
        .vignette_frac = 0.30f                                                                     \
    }

/* Dark: no lines, they would give away what no light reaches. */
#define PAINT_DARK                                                                                 \
    {                                                                                              \
        .outline_px = 0.01f, .inner_px = 0.01f, .far_px = 0.0f, .near_px = 0.01f, .cast_frac = 0   \
    }

static const hm_paint paint_table[] = {
#define PAINT_ROW(id, text, values) {#id, text, values, id##_tile_base, HOT_WIDE(id##_tile)},
    HM_PAINT_LIST(PAINT_ROW)
#undef PAINT_ROW
};

enum { PAINT_COUNT = sizeof paint_table / sizeof paint_table[0] };

const hm_paint *hm_paint_at(int32_t i)
{
    return i >= 0 && i < PAINT_COUNT ? &paint_table[i] : NULL;
}

const hm_paint *hm_paint_find(const char *name)
{
    for (int32_t i = 0; i < PAINT_COUNT; i++)
        if (name && strcmp(paint_table[i].name, name) == 0)
            return &paint_table[i];
    return NULL;
}

const char *hm_paint_name(const hm_paint *paint)
{
    return paint->name;
}

const char *hm_paint_sentence(const hm_paint *paint)
{
    return paint->sentence;
}

hm_paint_params hm_paint_params_of(const hm_paint *paint)
{
    return paint->params;
}
