/* The crowd: seats of the stands, looked up by the ray that sees them. */
#include "venue_priv.h"

void venue_crowd_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const venue_now *now = ctx;
    (void)now;
    *out = (hm_surface){.albedo = {0.36f, 0.39f, 0.47f}, .emit = 1.0f};
    if (f->px_m < 0.4f)
        out->albedo.g += 0.02f * venue_wave(f->rest_m.z * (1.0f / VENUE_TREAD_M));
}
