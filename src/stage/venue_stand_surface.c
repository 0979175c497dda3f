/* Walls, boards, ribbons, roofs and floodlights of the stands. */
#include "venue_priv.h"

/* Boards along the wall of a facet long_m long: words and plain patterns in turn, about eight
 * metres each. */
static hm_rgb board_at(const venue_now *now, float s, float y, float long_m, float px)
{
    static const hm_rgb back[4] = {
        {0.13f, 0.19f, 0.36f}, {0.84f, 0.84f, 0.82f}, {0.10f, 0.36f, 0.38f}, {0.75f, 0.60f, 0.24f}};
    static const hm_rgb front[4] = {
        {0.90f, 0.90f, 0.88f}, {0.16f, 0.20f, 0.34f}, {0.82f, 0.88f, 0.84f}, {0.20f, 0.18f, 0.22f}};
    float count = (float)venue_floor(long_m * (1.0f / 8.0f) + 0.5f);
    float wide_m = long_m / (count > 0.5f ? count : 1.0f);
    float k = s / wide_m;
    int32_t n = venue_floor(k);
    float x = (k - (float)n) * wide_m;
    n += venue_floor(long_m * 7.0f); /* facets do not all begin alike */
    uint32_t kind = venue_hash((uint32_t)n, 77u) & 3u;
    float seam = venue_cover(x, px, 0.0f, 0.06f);
    float ink = 0.0f;
    if ((n & 1) == 0) {
        float tall = 0.8f * VENUE_BOARD_M, wide = 0.75f * tall;
        const venue_text *t = &now->set->slogan[(n >> 1) & 1];
        float left = 0.5f * (wide_m - wide * (float)t->n);
        ink = venue_text_cover(t, (x - left) / wide, (y - 0.1f * VENUE_BOARD_M) / tall, px / tall);
    } else if (kind == 0) {
        ink = 0.8f * venue_stripes((x + y) * 0.8f, px * 0.8f, 0.5f); /* slanted bars */
    } else if (kind == 1) {
        ink = venue_cover(y, px, 0.30f, 0.52f); /* one band */
    } else if (kind == 2) {
        ink = venue_cover(venue_abs(x - 0.5f * wide_m) - y * 2.0f, px, -9.0f, 0.0f); /* a wedge */
    }
    return venue_rgb_mix(venue_rgb_mix(back[kind], front[kind], ink), back[0], seam);
}

/* The front of the upper tier: a dark ribbon with words, each whole. */
static hm_rgb ribbon_at(const venue_now *now, float s, float y, float long_m, float px)
{
    static const hm_rgb night = {0.11f, 0.15f, 0.29f}, word = {0.80f, 0.86f, 0.92f};
    static const hm_rgb edge = {0.70f, 0.72f, 0.75f};
    if (y < 0.45f || y > 1.85f)
        return edge;
    const venue_text *t = &now->set->slogan[0];
    float count = (float)venue_floor(long_m * (1.0f / 16.0f));
    float wide_m = long_m / (count > 0.5f ? count : 1.0f);
    float k = s / wide_m, x = (k - (float)venue_floor(k)) * wide_m - 0.5f * wide_m;
    return venue_rgb_mix(night, word,
                         venue_text_cover(t, x * (1.0f / 0.9f) + 0.5f * (float)t->n,
                                          (y - 0.55f) * (1.0f / 1.2f), px * (1.0f / 1.2f)));
}

void VENUE_HOT(venue_stand_surface)(const void *ctx, const hm_frag *f, hm_surface *out)
{
    static const hm_rgb tone[] = {
        [PART_WALL] = {0.26f, 0.31f, 0.42f},      [PART_REAR] = {0.40f, 0.43f, 0.50f},
        [PART_FASCIA] = {0.72f, 0.74f, 0.77f},    [PART_UNDER] = {0.44f, 0.47f, 0.54f},
        [PART_ROOF] = {0.78f, 0.80f, 0.83f},      [PART_GABLE] = {0.62f, 0.64f, 0.67f},
        [PART_BEAM] = {0.60f, 0.63f, 0.68f},      [PART_RIM] = {0.80f, 0.82f, 0.84f},
        [PART_CONCOURSE] = {0.19f, 0.22f, 0.29f}, [PART_SOFFIT] = {0.32f, 0.35f, 0.42f},
        [PART_BOARD] = {0.5f, 0.5f, 0.5f}};
    const venue_now *now = ctx;
    bool dusk = now->set->hour == HM_HOUR_EVENING;
    float s = f->rest_m.x, y = f->rest_m.y, u = f->rest_m.z, px = f->px_m;
    *out = (hm_surface){.albedo = tone[f->part]};
    switch (f->part) {
    case PART_WALL:
        out->albedo = venue_rgb_mul(tone[PART_WALL],
                                    1.0f - 0.25f * venue_stripes(s * 0.25f, px * 0.25f, 0.012f));
        break;
    case PART_BOARD:
        out->albedo = board_at(now, s, y, u, px);
        out->emit = dusk ? 0.45f : 0.25f;
        break;
    case PART_FASCIA:
        out->albedo = ribbon_at(now, s, y - venue_tiers[1].y_m + 2.0f, u, px);
        out->emit = dusk ? 0.7f : 0.2f;
        break;
    case PART_CONCOURSE: {
        /* glass between posts, lamps behind it */
        float post = venue_stripes(s * 0.4f, px * 0.4f, 0.08f);
        float lamp = venue_cover(y - venue_tiers[1].y_m, px, -2.6f, -2.3f);
        hm_rgb glow = {0.93f, 0.80f, 0.58f};
        out->albedo = venue_rgb_mix(venue_rgb_mix(tone[f->part], glow, (dusk ? 0.8f : 0.3f) * lamp),
                                    tone[PART_SOFFIT], post);
        out->emit = 1.0f;
        break;
    }
    case PART_UNDER: {
        float seam = venue_stripes(u * 0.5f, px * 0.7f, 0.06f);
        float deep = venue_clamp((u - VENUE_ROOF_U_M) * 0.03f, 0.0f, 1.0f);
        out->albedo = venue_rgb_mul(tone[f->part], (dusk ? 0.62f : 1.05f) * (1.0f - 0.35f * deep) *
                                                       (1.0f - 0.18f * seam));
        out->emit = 1.0f;
        break;
    }
    case PART_BEAM:
        out->albedo = venue_rgb_mul(tone[f->part], dusk ? 0.6f : 0.85f);
        out->emit = 1.0f;
        break;
    case PART_RIM:
        if (y > 5.0f) {
            /* the row of floodlights */
            float k = s * (1.0f / 2.4f), x = k - (float)venue_floor(k) - 0.5f;
            float g = px * (1.0f / 2.4f) + 0.01f, v = (y - VENUE_ROOF_Y_M - 0.7f) * (1.0f / 2.4f);
            float lamp = venue_clamp(0.5f + (0.19f - venue_abs(x)) / g, 0.0f, 1.0f) *
                         venue_clamp(0.5f + (0.16f - venue_abs(v)) / g, 0.0f, 1.0f);
            if (px > 1.2f)
                lamp = 0.25f;
            hm_rgb on = dusk ? (hm_rgb){1.0f, 0.99f, 0.94f} : (hm_rgb){0.56f, 0.60f, 0.66f};
            out->albedo =
                venue_rgb_mix(venue_rgb_mul(tone[f->part], dusk ? 0.55f : 1.0f), on, lamp);
            out->emit = dusk ? 1.0f : 0.3f;
        }
        break;
    default:
        break;
    }
}
