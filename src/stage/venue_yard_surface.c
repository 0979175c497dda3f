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

/* Rings and crosses of games, half gone, beside the lanes: 0 .. 1. */
static float old_chalk(float x, float z, float fz, float thin)
{
    const float at[3][3] = {{-8.6f, 22.0f, 1.9f}, {-9.4f, 71.0f, 2.4f}, {9.6f, 44.0f, 2.2f}};
    float best = 0.0f, soft = 0.05f + fz;
    for (int i = 0; i < 3; i++) {
        float dx = x - at[i][0], dz = z - at[i][1], r2 = dx * dx + dz * dz, r = at[i][2];
        float off = venue_abs(r2 - r * r) / (2.0f * r);
        float bar = venue_abs(dx) < r ? venue_abs(dz) : 9.0f;
        off = off < bar ? off : bar;
        float k = venue_clamp(1.0f - off / soft, 0.0f, 1.0f);
        best = k > best ? k : best;
    }
    return best * venue_clamp(0.75f * thin, 0.0f, 1.0f) *
           venue_clamp(0.12f / (0.05f + fz), 0.0f, 1.0f);
}

/* Earth: worn pale where many run, damp and dark in hollows, smudged with chalk at the lines. */
static hm_rgb earth_at(const uint32_t *noise, const venue_track *t, float x, float z, float q,
                       float fine)
{
    const hm_rgb damp = {0.63f, 0.51f, 0.37f}, worn = {0.84f, 0.75f, 0.60f};
    float hollow = venue_noise_at(noise, x * 0.16f + 31.0f, z * 0.11f);
    float patch = venue_clamp((hollow - 0.18f) * 4.0f, 0.0f, 1.0f);
    hm_rgb c = venue_rgb_mix(earth, damp, 0.55f * patch);
    bool on_track = q > 0.0f && q < t->width_m && z > -1.0f && z < 108.0f;
    float lane = venue_abs(venue_stripes(q * (1.0f / VENUE_LANE_M), 0.3f, 0.5f));
    float run = on_track ? lane : 0.0f;
    float near = z < 50.0f ? venue_abs(z) : venue_abs(z - VENUE_FINISH_M);
    float scuff = venue_clamp(1.0f - near * 0.7f, 0.0f, 1.0f) * (on_track ? 1.0f : 0.0f);
    float smear = fine * (0.5f + 0.5f * venue_noise_at(noise, x * 2.7f, z * 1.1f));
    c = venue_rgb_mix(c, worn,
                      0.22f * run * (0.5f + 0.5f * venue_noise_at(noise, x * 0.9f, z * 0.13f)));
    return venue_rgb_mix(c, chalk, 0.5f * scuff * smear);
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
    hm_rgb ground = earth_at(noise, t, x, z, q, fine);
    hm_rgb base = venue_rgb_mix(ground, grass, venue_clamp(0.5f + out_m / (0.3f + fz), 0.0f, 1.0f));
    base = venue_rgb_mul(base, tint);
    float line = chalk_at(t, q, z, fx, fz);
    if (line > 0.0f) {
        /* chalk lies thin here and there */
        float thin = 0.5f + 0.5f * venue_noise_at(noise, x * 9.0f, z * 2.3f);
        line *= 0.95f - 0.35f * fine * thin * thin;
    }
    if (fine > 0.0f) {
        float old = old_chalk(x, z, fz, 0.6f + 0.6f * venue_noise_at(noise, x * 1.7f, z * 1.9f));
        line = old > line ? old : line;
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
