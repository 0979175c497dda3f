/* The colour of the sky in one direction. */
#include "venue_priv.h"

/* Cover and shade at column x, row y of the map, between texels. False = clear. */
static bool cloud_at(uint8_t (*map)[2], float x, float y, float *cover, float *shade)
{
    int32_t ix = (int32_t)x, iy = (int32_t)y;
    int32_t x0 = ix & (VENUE_CLOUD_W - 1), x1 = (ix + 1) & (VENUE_CLOUD_W - 1);
    uint8_t(*a)[2] = map + iy * VENUE_CLOUD_W, (*b)[2] = a + VENUE_CLOUD_W;
    if (!(a[x0][0] | a[x1][0] | b[x0][0] | b[x1][0]))
        return false;
    float fx = x - (float)ix, fy = y - (float)iy;
    float lo = venue_mix((float)a[x0][0], (float)a[x1][0], fx);
    float hi = venue_mix((float)b[x0][0], (float)b[x1][0], fx);
    *cover = venue_mix(lo, hi, fy) * (1.0f / 255.0f);
    lo = venue_mix((float)a[x0][1], (float)a[x1][1], fx);
    hi = venue_mix((float)b[x0][1], (float)b[x1][1], fx);
    *shade = venue_mix(lo, hi, fy) * (1.0f / 255.0f);
    return true;
}

/* Azimuth 0..1 around the diamond |x| + |z| = 1; slope = height over the ground distance. */
static float diamond(hm_vec3 d, float *slope)
{
    float inv = 1.0f / (venue_abs(d.x) + venue_abs(d.z) + 1e-6f);
    float p = 0.25f * d.z * inv;
    *slope = d.y * inv;
    return d.x >= 0.0f ? 0.25f + p : 0.75f - p;
}

hm_rgb VENUE_HOT(venue_sky_at)(const void *ctx, hm_vec3 dir)
{
    const venue_sky *s = ctx;
    float slope, around = diamond(dir, &slope);
    float y = venue_clamp(dir.y, 0.0f, 1.0f);
    if (slope < 0.15f) {
        float x = venue_clamp(around * VENUE_LINE_N, 0.0f, VENUE_LINE_N - 1.01f);
        int32_t i = (int32_t)x;
        float k = x - (float)i;
        float near_y = venue_mix(s->land[VENUE_LINE_N + i], s->land[VENUE_LINE_N + i + 1], k);
        if (slope < near_y)
            return s->near_land;
        if (slope < s->land[i])
            return venue_rgb_mix(s->far_land, s->low, 0.25f);
    }
    hm_rgb c = y < 0.18f
                   ? venue_rgb_mix(s->low, s->mid, y * (1.0f / 0.18f))
                   : venue_rgb_mix(s->mid, s->high, venue_clamp((y - 0.18f) * 1.7f, 0.0f, 1.0f));
    float v = venue_clamp(y * 1.6f, 0.0f, 0.99f) * (VENUE_CLOUD_H - 2);
    float cover, shade;
    if (!cloud_at(s->cloud, around * VENUE_CLOUD_W, v, &cover, &shade))
        return c;
    return venue_rgb_mix(c, venue_rgb_mix(s->cloud_lit, s->cloud_shade, shade), 0.85f * cover);
}
