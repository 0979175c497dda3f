/* stage/venue_row_priv.h - the arithmetic of venue_priv.h, eight points at once. */
#ifndef HM_STAGE_VENUE_ROW_PRIV_H
#define HM_STAGE_VENUE_ROW_PRIV_H

#include "vec8_priv.h"
#include "venue_priv.h"

typedef struct rgb8 {
    hot_f8 r, g, b;
} rgb8;

HOT_INLINE rgb8 rgb_all8(hm_rgb c)
{
    return (rgb8){all8(c.r), all8(c.g), all8(c.b)};
}
HOT_INLINE rgb8 rgb_pick8(hot_i8 m, rgb8 a, rgb8 b)
{
    return (rgb8){pick8(m, a.r, b.r), pick8(m, a.g, b.g), pick8(m, a.b, b.b)};
}
HOT_INLINE rgb8 mix8(rgb8 a, rgb8 b, hot_f8 k)
{
    return (rgb8){a.r + k * (b.r - a.r), a.g + k * (b.g - a.g), a.b + k * (b.b - a.b)};
}
HOT_INLINE rgb8 mul8(rgb8 a, hot_f8 k)
{
    return (rgb8){a.r * k, a.g * k, a.b * k};
}
/** venue_floor, venue_cover, venue_stripes, venue_noise_at */
HOT_INLINE hot_i8 floor8(hot_f8 x)
{
    hot_i8 i = to_i8(clamp8(x, -1e9f, 1e9f));
    return i + (x < to_f8(i)); /* a true mask is -1 */
}
HOT_INLINE hot_f8 cover8(hot_f8 x, hot_f8 f, hot_f8 a, hot_f8 b)
{
    return (clampv8(x + 0.5f * f, a, b) - clampv8(x - 0.5f * f, a, b)) / f;
}
HOT_INLINE hot_f8 stripes8(hot_f8 x, hot_f8 f, float w)
{
    hot_f8 a = x - 0.5f * f, b = x + 0.5f * f, wide = all8(w);
    hot_i8 ia = floor8(a), ib = floor8(b);
    hot_f8 fa = a - to_f8(ia), fb = b - to_f8(ib);
    return (to_f8(ib - ia) * w + pick8(fb < wide, fb, wide) - pick8(fa < wide, fa, wide)) / f;
}
HOT_INLINE hot_f8 noise8(const uint32_t *noise, hot_f8 x, hot_f8 z)
{
    hot_i8 ix = to_i8(clamp8(x * 256.0f + 8388608.0f, 0.0f, 1.6e7f));
    hot_i8 iz = to_i8(clamp8(z * 256.0f + 8388608.0f, 0.0f, 1.6e7f));
    hot_i8 at =
        (iz >> 8 & (VENUE_NOISE_SIDE - 1)) * VENUE_NOISE_SIDE + (ix >> 8 & (VENUE_NOISE_SIDE - 1));
    hot_u8 q;
    for (int i = 0; i < 8; i++)
        q[i] = noise[at[i]];
    hot_i8 fx = ix & 255, fz = iz & 255;
    hot_i8 p0 = (hot_i8)(q & 255), p1 = (hot_i8)(q >> 8 & 255), p2 = (hot_i8)(q >> 16 & 255);
    hot_i8 a = p0 * 256 + (p1 - p0) * fx, b = p2 * 256 + ((hot_i8)(q >> 24) - p2) * fx;
    return to_f8(a * 256 + (b - a) * fz) * (1.0f / 8355840.0f) - 1.0f;
}

#endif
