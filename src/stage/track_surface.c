/* The ground of a stadium: tartan, painted lines, infield, apron. */
#include "venue_priv.h"

#define NUMBER_M 1.3f /* height of a lane number with its margin */

static const hm_rgb tartan = {0.73f, 0.33f, 0.25f}, paint = {0.96f, 0.95f, 0.92f};
static const hm_rgb grass_a = {0.35f, 0.54f, 0.30f}, grass_b = {0.29f, 0.48f, 0.27f};
static const hm_rgb apron = {0.45f, 0.52f, 0.58f};

/* Where a point lies across the oval: 0 at the inner edge of lane 1, growing outward, and the
 * width of the filter in that direction. */
typedef struct across {
    float q_m, f_m;
} across;

static across oval(const venue_track *t, float x, float z, float fx, float fz)
{
    float xx = x > t->bend_x_m ? 2.0f * t->bend_x_m - x : x;
    if (z >= t->bend_lo_m && z <= t->bend_hi_m)
        return (across){t->left_m - xx, fx};
    float dx = t->bend_x_m - xx, dz = z < t->bend_lo_m ? t->bend_lo_m - z : z - t->bend_hi_m;
    float r = sqrtf(dx * dx + dz * dz) + 1e-6f;
    return (across){r - t->bend_r_m, (fx * dx + fz * dz) / r};
}

/* Share of white from the lines at q: one at the right of each lane, one left of lane 1. worn gets
 * the place between the lines, -1..1 as a parabola: 1 in the middle of a lane. */
static float lane_lines(float q, float f, float width_m, float *worn)
{
    const float w = VENUE_LINE_M / VENUE_LANE_M;
    float g = 0.5f * f * (1.0f / VENUE_LANE_M), k = (q + VENUE_LINE_M) * (1.0f / VENUE_LANE_M);
    float in = k - (float)venue_floor(k);
    *worn = 4.0f * in * (1.0f - in);
    if ((in - g > w && in + g < 1.0f) || q > width_m + f)
        return 0.0f;
    return venue_clamp(venue_stripes(k, 2.0f * g, w), 0.0f, 1.0f);
}

static hm_rgb infield(const venue_now *now, const hm_frag *f, float q, float fz)
{
    float k = venue_clamp(1.0f - fz * 1.5f, 0.0f, 1.0f);
    float z = f->pos_m.z * (1.0f / 12.0f), band = 0.5f;
    if (q < -1.5f)
        band = venue_stripes(z, fz * (1.0f / 12.0f) + 0.002f, 0.5f);
    hm_rgb c = venue_rgb_mix(grass_b, grass_a, band);
    if (k == 0.0f)
        return c;
    return venue_rgb_mul(
        c,
        1.0f + 0.06f * k * venue_noise_at(now->set->noise, f->pos_m.x * 5.0f, f->pos_m.z * 5.0f));
}

/* Rubber: worn a little in the middle of the lanes, mottled. */
static hm_rgb rubber(const venue_now *now, const hm_frag *f, float worn, float fq, float fz)
{
    float k = venue_clamp(1.0f - fq * 1.2f, 0.0f, 1.0f);
    float fine = venue_clamp(1.0f - fz * 3.0f, 0.0f, 1.0f);
    float tint = 1.0f + 0.05f * k * (worn - 0.67f);
    if (fine > 0.0f)
        tint +=
            0.035f * fine * venue_noise_at(now->set->noise, f->pos_m.x * 16.0f, f->pos_m.z * 11.0f);
    return venue_rgb_mul(tartan, tint);
}

/* Lane numbers: after the start line to be read from behind, after the finish line to be read
 * from beyond. */
static float lane_number(const venue_now *now, float x, float z, float f)
{
    const venue_track *t = &now->set->track;
    bool finish = z > 50.0f;
    float y = finish ? VENUE_FINISH_M + 0.8f + NUMBER_M - z : z - 2.0f;
    float k = (t->left_m - x) * (1.0f / VENUE_LANE_M);
    int32_t lane = venue_floor(k) + 1;
    float off = ((float)lane - 0.5f - k) * VENUE_LANE_M -
                0.5f * VENUE_LINE_M; /* to the left of the middle */
    float right = (finish ? off : -off) * (1.0f / (0.75f * NUMBER_M));
    float v = y * (1.0f / NUMBER_M);
    if (lane >= 10) {
        float two = right + 1.0f;
        int32_t digit = two < 1.0f ? lane / 10 : lane % 10;
        two -= two < 1.0f ? 0.0f : 1.0f;
        return two < 0.0f || two > 1.0f
                   ? 0.0f
                   : venue_text_cover(&now->set->digits, two + (float)digit, v, f);
    }
    right += 0.5f;
    if (right < 0.0f || right > 1.0f)
        return 0.0f;
    return venue_text_cover(&now->set->digits, right + (float)lane, v, f);
}

/* Short ticks on the lane lines every ten metres. */
static float ten_metres(float q, float z, float fq, float fz)
{
    float k = z * 0.1f, g = fz * 0.1f;
    int32_t n = venue_floor(k + 0.5f);
    if (n <= 0 || n >= 10 || venue_abs(k - (float)n) > 0.5f * g + 0.01f)
        return 0.0f;
    float lane = q * (1.0f / VENUE_LANE_M), side = lane - (float)venue_floor(lane + 0.5f);
    return venue_cover(k - (float)n, g + 1e-4f, -0.004f, 0.004f) *
           venue_cover(side, fq * (1.0f / VENUE_LANE_M) + 1e-4f, -0.15f, 0.11f);
}

/* What is painted across the lanes. dark gets the black corners that help to read the photo finish
 * (lane line and finish line cross). */
static float track_marks(const venue_now *now, float x, float z, float fx, float fz, float line,
                         float *dark)
{
    float at = z < 50.0f ? 0.0f : VENUE_FINISH_M, q = now->set->track.left_m - x;
    *dark = 0.0f;
    if (z > at - fz && z < at + VENUE_LINE_M + fz) {
        float c = venue_cover(z, fz, at, at + VENUE_LINE_M);
        if (at > 0.0f)
            *dark = c * line;
        return c > line ? c : line;
    }
    float f = (fx > fz ? fx : fz) * (1.0f / NUMBER_M), more = 0.0f;
    if ((z > 2.0f && z < 2.0f + NUMBER_M) ||
        (z > VENUE_FINISH_M + 0.8f && z < VENUE_FINISH_M + 0.8f + NUMBER_M))
        more = lane_number(now, x, z, f);
    else
        more = 0.8f * ten_metres(q, z, fx, fz);
    return more > line ? more : line;
}

void VENUE_HOT(venue_track_surface)(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const venue_now *now = ctx;
    const venue_track *t = &now->set->track;
    float x = f->pos_m.x, z = f->pos_m.z;
    /* a pixel covers px x px/sin(elevation) of ground, stretched along the view */
    float per_h = f->px_m * now->per_eye_y;
    float fx = f->px_m + per_h * venue_abs(x - now->eye_m.x);
    float fz = f->px_m + per_h * venue_abs(z - now->eye_m.z);
    float q = t->left_m - x;
    bool straight =
        z > t->back_m && z < t->out_m && q > -VENUE_LINE_M && q < t->width_m + VENUE_LINE_M;
    across o = straight ? (across){q, fx} : oval(t, x, z, fx, fz);
    *out = (hm_surface){0};
    if (o.q_m < -VENUE_LINE_M - o.f_m) {
        out->albedo = infield(now, f, o.q_m, fz);
        return;
    }
    if (o.q_m > t->width_m + 1.2f) {
        float n = venue_noise_at(now->set->noise, x * 1.3f, z * 1.3f);
        out->albedo = venue_rgb_mul(apron, 1.0f + 0.03f * n);
        return;
    }
    float worn, dark = 0.0f, line = lane_lines(o.q_m, o.f_m, t->width_m, &worn);
    hm_rgb base = rubber(now, f, worn, o.f_m, fz);
    if (o.q_m < 0.0f) {
        float grass = venue_cover(o.q_m, o.f_m, -1e3f, -VENUE_LINE_M);
        base = venue_rgb_mix(base, infield(now, f, o.q_m, fz), grass);
        line = venue_cover(o.q_m, o.f_m, -VENUE_LINE_M, 0.0f);
    }
    if (straight)
        line = track_marks(now, x, z, fx, fz, line, &dark);
    out->albedo = venue_rgb_mul(venue_rgb_mix(base, paint, line), 1.0f - 0.8f * dark);
}
