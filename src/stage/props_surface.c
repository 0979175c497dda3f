/* Colours of the furniture. */
#include "props_priv.h"

/* A mock picture on a screen until an overlay covers it: dark, a bar of colour, rows of text. */
static hm_rgb screen_at(const hm_frag *f, bool clock)
{
    const hm_rgb back = {0.05f, 0.08f, 0.16f}, bar = {0.70f, 0.30f, 0.24f};
    const hm_rgb row = {0.50f, 0.58f, 0.70f};
    float x = f->rest_m.x, y = f->rest_m.y;
    if (clock)
        return back;
    if (y > 0.82f)
        return venue_rgb_mix(back, bar, x > 0.04f && x < 0.96f && y < 0.95f ? 1.0f : 0.0f);
    float k = y * 10.0f, in = k - (float)venue_floor(k);
    float name = venue_bits(venue_hash((uint32_t)venue_floor(k), 5u), 8) * 0.25f;
    bool ink =
        in > 0.3f && in < 0.7f && k > 0.6f &&
        ((x > 0.06f && x < 0.09f) || (x > 0.14f && x < 0.42f + name) || (x > 0.8f && x < 0.94f));
    return venue_rgb_mix(back, row, ink ? 0.75f : 0.0f);
}

static hm_rgb number_at(const venue_now *now, const hm_frag *f, int32_t lane)
{
    const hm_rgb face = {0.90f, 0.89f, 0.84f}, ink = {0.12f, 0.12f, 0.16f};
    hm_vec3 n = f->nrm, r = f->rest_m;
    if (n.z < 0.5f && n.z > -0.5f)
        return face;
    float half = 0.14f, right = n.z > 0.0f ? r.x : -r.x;
    float v = (r.y + 0.16f) * (1.0f / 0.32f);
    float u = right * (1.0f / (2.0f * half)) + 0.5f;
    float c;
    if (lane >= 10) {
        float two = u * 2.0f;
        int32_t d = two < 1.0f ? lane / 10 : lane % 10;
        c = venue_text_cover(&now->set->digits, two - (two < 1.0f ? 0.0f : 1.0f) + (float)d, v,
                             f->px_m * 3.0f);
    } else {
        c = venue_text_cover(&now->set->digits, venue_clamp(u, 0.01f, 0.99f) + (float)lane, v,
                             f->px_m * 3.0f);
    }
    return venue_rgb_mix(face, ink, c);
}

void props_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    static const hm_rgb tone[PROP_NUMBER] = {
        [PROP_STEEL] = {0.66f, 0.68f, 0.71f},     [PROP_PEDAL] = {0.80f, 0.22f, 0.20f},
        [PROP_DARK] = {0.17f, 0.18f, 0.22f},      [PROP_MESH] = {0.28f, 0.29f, 0.33f},
        [PROP_WHITE] = {0.92f, 0.92f, 0.90f},     [PROP_MAT] = {0.22f, 0.36f, 0.58f},
        [PROP_CLOCK] = {0.05f, 0.06f, 0.09f},     [PROP_SCREEN] = {0.05f, 0.08f, 0.16f},
        [PROP_SKIN_A] = {0.80f, 0.60f, 0.47f},    [PROP_SKIN_B] = {0.50f, 0.34f, 0.26f},
        [PROP_BLAZER] = {0.20f, 0.25f, 0.40f},    [PROP_TROUSERS] = {0.72f, 0.70f, 0.64f},
        [PROP_VEST] = {0.17f, 0.34f, 0.38f},      [PROP_JEANS] = {0.26f, 0.30f, 0.40f},
        [PROP_RED] = {0.74f, 0.24f, 0.22f},       [PROP_HAT] = {0.88f, 0.86f, 0.80f},
        [PROP_HAIR] = {0.17f, 0.14f, 0.13f},      [PROP_BASKET] = {0.42f, 0.47f, 0.54f},
        [PROP_WOOD] = {0.55f, 0.43f, 0.32f},      [PROP_LEAF] = {0.33f, 0.49f, 0.30f},
        [PROP_LEAF_DARK] = {0.27f, 0.42f, 0.29f}, [PROP_FENCE] = {0.60f, 0.66f, 0.66f},
        [PROP_CHILD_A] = {0.90f, 0.89f, 0.85f},   [PROP_CHILD_B] = {0.30f, 0.40f, 0.62f},
        [PROP_CHILD_C] = {0.80f, 0.62f, 0.30f}};
    const venue_now *now = ctx;
    *out = (hm_surface){.id = f->part};
    if (f->part >= PROP_NUMBER) {
        out->albedo = number_at(now, f, f->part - PROP_NUMBER);
        return;
    }
    out->albedo = tone[f->part];
    if (f->part == PROP_SCREEN || f->part == PROP_CLOCK) {
        out->albedo = screen_at(f, f->part == PROP_CLOCK);
        out->emit = 0.9f;
    }
    if (f->part == PROP_STEEL)
        out->gloss = 0.4f;
}
