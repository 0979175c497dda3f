#include "stage/look.h"

#include "hot_priv.h"

#include <string.h>

/* Colours and cosines of the day look: reference values that worked in the first sketch, then
 * tuned by eye on the film. Widths: pixels at 720 rows. */
#define LOOK_DAY                                                                                   \
    {                                                                                              \
        .outline_px = 1.7f, .inner_px = 1.0f, .far_px = 0.7f, .near_px = 2.8f,                     \
        .shade_side_frac = 0.35f, .ink = {0.10f, 0.06f, 0.10f}, .lit_cos = 0.30f,                  \
        .half_cos = -0.05f, .half_mix_frac = 0.55f, .shade = {0.62f, 0.58f, 0.78f},                \
        .key_turn_frac = 0.35f, .gloss_frac = 0.35f, .rim_frac = 0.18f, .cast_frac = 0.85f,        \
        .contact_frac = 0.5f, .vignette_frac = 0.10f                                               \
    }

#define HM_LOOK_LIST(X)                                                                            \
    X(broadcast, "the honest picture by day or floodlight: everything readable", LOOK_DAY)

static const hm_look look_table[] = {
#define LOOK_ROW(id, text, values) {#id, text, values, id##_tile_base, id##_tile_v3},
    HM_LOOK_LIST(LOOK_ROW)
#undef LOOK_ROW
};

enum { LOOK_COUNT = sizeof look_table / sizeof look_table[0] };

const hm_look *hm_look_at(int32_t i)
{
    return i >= 0 && i < LOOK_COUNT ? &look_table[i] : NULL;
}

const hm_look *hm_look_find(const char *name)
{
    for (int32_t i = 0; i < LOOK_COUNT; i++)
        if (name && strcmp(look_table[i].name, name) == 0)
            return &look_table[i];
    return NULL;
}

const char *hm_look_name(const hm_look *look)
{
    return look->name;
}

const char *hm_look_sentence(const hm_look *look)
{
    return look->sentence;
}

hm_look_params hm_look_params_of(const hm_look *look)
{
    return look->params;
}
