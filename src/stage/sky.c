/* The sky: colours, drawn clouds that stand still, land beyond the stands.
 *
 * Clouds are a map of cover over the upper half of the sky, made once: azimuth (as the angle of a
 * diamond, not of a circle: no arc tangent) by height. Land is a line of heights by azimuth. */
#include "venue_priv.h"

static float lattice(uint32_t seed, int32_t x, int32_t y, int32_t wrap)
{
    uint32_t xx = (uint32_t)((x % wrap + wrap) % wrap);
    return venue_bits(venue_hash(xx, seed + (uint32_t)y * 0x632BE5u), 8);
}

/* Smooth noise 0..1 that closes after wrap cells in x. */
static float smooth(uint32_t seed, float x, float y, int32_t wrap)
{
    int32_t ix = venue_floor(x), iy = venue_floor(y);
    float fx = x - (float)ix, fy = y - (float)iy;
    fx = fx * fx * (3.0f - 2.0f * fx);
    fy = fy * fy * (3.0f - 2.0f * fy);
    float a = venue_mix(lattice(seed, ix, iy, wrap), lattice(seed, ix + 1, iy, wrap), fx);
    float b = venue_mix(lattice(seed, ix, iy + 1, wrap), lattice(seed, ix + 1, iy + 1, wrap), fx);
    return venue_mix(a, b, fy);
}

/* Long flat clouds: much wider than tall, denser toward the horizon. */
static void make_clouds(uint32_t seed, float gain, uint8_t (*cloud)[2])
{
    for (int32_t i = 0; i < VENUE_CLOUD_W * VENUE_CLOUD_H; i++) {
        float x = (float)(i % VENUE_CLOUD_W) / VENUE_CLOUD_W;
        float y = (float)(i / VENUE_CLOUD_W) / VENUE_CLOUD_H;
        float v = 0.0f, size = 0.5f;
        for (int o = 0; o < 4; o++) {
            int32_t wrap = 9 << o;
            v += size *
                 smooth(seed + (uint32_t)o, x * (float)wrap, y * 7.0f * (float)(1 << o), wrap);
            size *= 0.5f;
        }
        float c = (v - 0.47f - 0.10f * y) * gain;
        cloud[i][0] = (uint8_t)(255.0f * venue_step(0.0f, 0.16f, c));
        /* lit from above: the lower edge of a cloud has nothing under it */
        int32_t below = i >= 2 * VENUE_CLOUD_W ? cloud[i - 2 * VENUE_CLOUD_W][0] : 255;
        cloud[i][1] = (uint8_t)(cloud[i][0] * (255 - below) / 255);
    }
}

/* Trees in front, roofs behind them; heights as slopes over the horizon. */
static void make_land(uint32_t seed, hm_venue_kind kind, float *land)
{
    float k = kind == HM_VENUE_SCHOOL ? 0.055f : 0.035f;
    for (int32_t i = 0; i < VENUE_LINE_N; i++) {
        float x = (float)i / VENUE_LINE_N;
        float far_line = 0.6f * smooth(seed + 11u, x * 14.0f, 0.5f, 14) +
                         0.4f * smooth(seed + 12u, x * 53.0f, 0.5f, 53);
        uint32_t house = venue_hash((uint32_t)i / 7u, seed + 13u);
        float city =
            kind == HM_VENUE_STADIUM && (house & 3u) == 0u ? 0.6f * venue_bits(house, 8) : 0.0f;
        float near_line = 0.55f * smooth(seed + 14u, x * 23.0f, 0.5f, 23) +
                          0.45f * smooth(seed + 15u, x * 120.0f, 0.5f, 120);
        land[i] = k * (0.6f + 0.8f * far_line + city);
        land[VENUE_LINE_N + i] = k * (0.15f + 0.9f * near_line);
    }
}

hm_status venue_sky_of(hm_venue_kind kind, hm_venue_hour hour, uint32_t seed, hm_arena *arena,
                       venue_sky *sky, hm_err *err)
{
    static const venue_sky day = {.low = {0.88f, 0.93f, 0.95f},
                                  .mid = {0.64f, 0.80f, 0.92f},
                                  .high = {0.27f, 0.52f, 0.80f},
                                  .cloud_lit = {0.97f, 0.97f, 0.96f},
                                  .cloud_shade = {0.80f, 0.85f, 0.90f},
                                  .far_land = {0.62f, 0.71f, 0.76f},
                                  .near_land = {0.38f, 0.50f, 0.46f}};
    static const venue_sky evening = {.low = {0.93f, 0.62f, 0.42f},
                                      .mid = {0.34f, 0.36f, 0.54f},
                                      .high = {0.06f, 0.10f, 0.24f},
                                      .cloud_lit = {0.72f, 0.46f, 0.46f},
                                      .cloud_shade = {0.38f, 0.31f, 0.44f},
                                      .far_land = {0.26f, 0.24f, 0.36f},
                                      .near_land = {0.11f, 0.12f, 0.19f}};
    venue_sky r = hour == HM_HOUR_EVENING ? evening : day;
    r.cloud = hm_arena_push(arena, VENUE_CLOUD_W * VENUE_CLOUD_H, sizeof *r.cloud);
    r.land = HM_PUSH(arena, float, 2 * VENUE_LINE_N);
    if (!r.cloud || !r.land)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for the sky");
    make_clouds(seed, hour == HM_HOUR_EVENING ? 0.9f : 1.0f, r.cloud);
    make_land(seed, kind, r.land);
    *sky = r;
    return HM_OK;
}
