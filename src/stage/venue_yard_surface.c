/* A school's ground of earth with lanes of chalk, and the front of the school. */
#include "venue_priv.h"

static const hm_rgb earth = {0.77f, 0.66f, 0.50f}, chalk = {0.97f, 0.96f, 0.93f};
static const hm_rgb grass = {0.47f, 0.58f, 0.34f};

/* Share of chalk at (x, z): a line at each side of each lane, start and finish. */
static float chalk_at(const venue_track *t, float q, float z, float fx, float fz)
{
    if (z < -3.0f - fz || z > 106.0f + fz || q < -0.1f - fx || q > t->width_m + fx)
        return 0.0f;
    float k = (q + VENUE_LINE_M) * (1.0f / VENUE_LANE_M), g = fx * (1.0f / VENUE_LANE_M);
    float line = venue_clamp(venue_stripes(k, g + 1e-4f, VENUE_LINE_M / VENUE_LANE_M), 0.0f, 1.0f);
    float at = z < 50.0f ? 0.0f : VENUE_FINISH_M;
    float across = venue_cover(z, fz, at, at + VENUE_LINE_M);
    return line > across ? line : across;
}

void VENUE_HOT(venue_yard_surface)(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const venue_now *now = ctx;
    const venue_track *t = &now->set->track;
    const uint32_t *noise = now->set->noise;
    float x = f->pos_m.x, z = f->pos_m.z, q = t->left_m - x;
    float per_h = f->px_m * now->per_eye_y;
    float fx = f->px_m + per_h * venue_abs(x - now->eye_m.x);
    float fz = f->px_m + per_h * venue_abs(z - now->eye_m.z);
    float fine = venue_clamp(1.0f - fz * 2.5f, 0.0f, 1.0f);
    float broad = venue_noise_at(noise, x * 0.37f, z * 0.21f);
    float tint = 1.0f + 0.045f * broad;
    if (fine > 0.0f)
        tint += 0.04f * fine * venue_noise_at(noise, x * 17.0f, z * 13.0f);
    *out = (hm_surface){0};
    float edge = venue_abs(x - 6.0f) - 19.0f + 0.8f * broad;
    float end = venue_abs(z - 52.0f) - 66.0f + 0.8f * broad;
    float out_m = edge > end ? edge : end;
    hm_rgb base = venue_rgb_mix(earth, grass, venue_clamp(0.5f + out_m / (0.3f + fz), 0.0f, 1.0f));
    base = venue_rgb_mul(base, tint);
    float line = chalk_at(t, q, z, fx, fz);
    if (line > 0.0f) {
        /* chalk lies thin here and there */
        float thin = 0.5f + 0.5f * venue_noise_at(noise, x * 9.0f, z * 2.3f);
        line *= 0.95f - 0.35f * fine * thin * thin;
    }
    out->albedo = venue_rgb_mix(base, chalk, line);
}

/* rest = (along, height, face): windows in rows, bands at the floors. */
static hm_rgb wall_at(float s, float y, float px)
{
    const hm_rgb wall = {0.90f, 0.86f, 0.77f}, band = {0.76f, 0.71f, 0.62f};
    const hm_rgb glass = {0.42f, 0.54f, 0.64f}, frame = {0.95f, 0.95f, 0.94f};
    const hm_rgb blind = {0.86f, 0.85f, 0.78f};
    float floor_no = y * (1.0f / HOUSE_FLOOR_M);
    int32_t n = venue_floor(floor_no);
    float v = (floor_no - (float)n) * HOUSE_FLOOR_M;
    float k = s * (1.0f / 2.6f);
    int32_t col = venue_floor(k);
    float u = (k - (float)col) * 2.6f;
    hm_rgb c = venue_rgb_mix(wall, band, venue_cover(v, px, 0.0f, 0.22f));
    float in = venue_cover(u, px, 0.35f, 2.25f) * venue_cover(v, px, 1.0f, 2.85f);
    if (in <= 0.0f)
        return c;
    float bar = venue_cover(u, px, 1.25f, 1.35f) + venue_cover(v, px, 2.2f, 2.28f);
    uint32_t h = venue_hash((uint32_t)(col * 8 + n), 9u);
    float down = (h & 3u) == 0u ? 0.9f : 0.25f; /* how far the blind is drawn */
    hm_rgb pane =
        venue_rgb_mix(glass, blind, venue_cover(v, px, 2.85f - 1.85f * down, 2.85f) * 0.8f);
    pane = venue_rgb_mix(pane, frame, venue_clamp(bar, 0.0f, 1.0f));
    return venue_rgb_mix(c, pane, in);
}

void VENUE_HOT(venue_house_surface)(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx;
    float s = f->rest_m.x, y = f->rest_m.y, px = f->px_m;
    *out = (hm_surface){0};
    switch (f->part) {
    case HOUSE_WALL:
        out->albedo = wall_at(s, y, px);
        break;
    case HOUSE_CLOCK: {
        /* rest: -1..1 on the face; ten past nine */
        float r2 = s * s + y * y, g = px * 1.2f;
        float face = venue_clamp(0.5f + (0.92f - r2) / (2.0f * g), 0.0f, 1.0f);
        bool hand = (venue_abs(y) < 0.06f && s < 0.0f && s > -0.5f) ||
                    (venue_abs(s * 0.5f - y * 0.866f) < 0.05f && s > 0.0f && r2 < 0.6f);
        out->albedo =
            venue_rgb_mix((hm_rgb){0.82f, 0.77f, 0.68f}, (hm_rgb){0.97f, 0.97f, 0.95f}, face);
        if (hand || (r2 > 0.8f && r2 < 0.95f))
            out->albedo = (hm_rgb){0.25f, 0.27f, 0.33f};
        break;
    }
    case HOUSE_ROOF:
        out->albedo = (hm_rgb){0.58f, 0.60f, 0.63f};
        break;
    default:
        out->albedo = (hm_rgb){0.86f, 0.81f, 0.72f};
        break;
    }
}
