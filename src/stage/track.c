/* The ground of a stadium: tartan, painted lines, infield, apron. */
#include "venue_priv.h"

/* World Athletics TR14: lanes of 1.22 m with the 5 cm line at their right; standard oval with a
 * straight of 84.39 m and 36.50 m to the inner edge of lane 1. */
#define LANE_M     1.22f
#define LINE_M     0.05f
#define STRAIGHT_M 84.39f
#define BEND_R_M   36.5f
#define FINISH_M   100.0f

static const hm_rgb tartan = {0.73f, 0.33f, 0.25f}, paint = {0.96f, 0.95f, 0.92f};
static const hm_rgb grass_a = {0.35f, 0.54f, 0.30f}, grass_b = {0.29f, 0.48f, 0.27f};
static const hm_rgb apron = {0.45f, 0.52f, 0.58f};

venue_track venue_track_of(int32_t n_lane)
{
    return (venue_track){.n_lane = n_lane,
                         .left_m = 4.0f * LANE_M,
                         .width_m = (float)n_lane * LANE_M,
                         .bend_x_m = 4.0f * LANE_M + BEND_R_M,
                         .bend_lo_m = FINISH_M - STRAIGHT_M,
                         .bend_hi_m = FINISH_M,
                         .bend_r_m = BEND_R_M,
                         .back_m = -18.0f,
                         .out_m = 128.0f};
}

hm_status venue_ground_mesh(venue_mesh *m, hm_arena *arena, hm_err *err)
{
    /* a grid, not one face: keeps interpolated places exact to a fraction of a millimetre */
    enum { NX = 12, NZ = 16 };
    HM_TRY(venue_mesh_init(m, NX * NZ, arena, err));
    for (int i = 0; i < NX; i++) {
        for (int k = 0; k < NZ; k++) {
            float x0 = -80.0f + 20.0f * (float)i, z0 = -110.0f + 20.0f * (float)k;
            const hm_vec3 p[4] = {{x0, 0, z0},
                                  {x0, 0, z0 + 20.0f},
                                  {x0 + 20.0f, 0, z0 + 20.0f},
                                  {x0 + 20.0f, 0, z0}};
            venue_mesh_quad(m, p, NULL, 0);
        }
    }
    return HM_OK;
}

float venue_noise_at(const uint8_t *noise, float x, float z)
{
    int32_t ix = venue_floor(x), iz = venue_floor(z);
    float fx = x - (float)ix, fz = z - (float)iz;
    uint32_t x0 = (uint32_t)ix & 255u, x1 = (x0 + 1u) & 255u;
    uint32_t z0 = ((uint32_t)iz & 255u) * 256u, z1 = (z0 + 256u) & 65535u;
    float a = venue_mix((float)noise[z0 + x0], (float)noise[z0 + x1], fx);
    float b = venue_mix((float)noise[z1 + x0], (float)noise[z1 + x1], fx);
    return venue_mix(a, b, fz) * (1.0f / 127.5f) - 1.0f;
}

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

/* Share of white from the lines of n lanes at q, and the line left of lane 1. */
static float lane_lines(float q, float f, float width_m)
{
    if (q < -LINE_M - f || q > width_m + f)
        return 0.0f;
    float g = f * (1.0f / LANE_M);
    float k = (q + LINE_M) * (1.0f / LANE_M);
    return venue_clamp(venue_stripes(k, g, LINE_M / LANE_M), 0.0f, 1.0f);
}

static hm_rgb infield(const venue_now *now, const hm_frag *f, float q, float fz)
{
    float band = venue_stripes(f->pos_m.z * (1.0f / 12.0f), fz * (1.0f / 12.0f), 0.5f);
    float n = venue_noise_at(now->set->noise, f->pos_m.x * 4.0f, f->pos_m.z * 4.0f);
    float k = venue_clamp(1.0f - fz * 2.0f, 0.0f, 1.0f);
    hm_rgb c = venue_rgb_mix(grass_b, grass_a, q > -1.5f ? 0.5f : band);
    return venue_rgb_mul(c, 1.0f + 0.05f * k * n);
}

/* Rubber: worn a little in the middle of the lanes, mottled. */
static hm_rgb rubber(const venue_now *now, const hm_frag *f, float q, float fq, float fz)
{
    float lane = q * (1.0f / LANE_M), frac = lane - (float)venue_floor(lane);
    float mid = 4.0f * frac * (1.0f - frac);
    float k = venue_clamp(1.0f - fq * 1.2f, 0.0f, 1.0f);
    float fine = venue_clamp(1.0f - fz * 6.0f, 0.0f, 1.0f);
    const uint8_t *noise = now->set->noise;
    float n = 0.025f * venue_noise_at(noise, f->pos_m.x * 1.7f, f->pos_m.z * 0.6f);
    if (fine > 0.0f)
        n += 0.035f * fine * venue_noise_at(noise, f->pos_m.x * 31.0f, f->pos_m.z * 31.0f);
    return venue_rgb_mul(tartan, 1.0f + 0.035f * k * (mid - 0.67f) + n);
}

void venue_track_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const venue_now *now = ctx;
    const venue_track *t = &now->set->track;
    float x = f->pos_m.x, z = f->pos_m.z;
    /* a pixel covers px x px/sin(elevation) of ground, stretched along the view */
    float per_h = f->px_m / (now->eye_m.y > 0.05f ? now->eye_m.y : 0.05f);
    float fx = f->px_m + per_h * venue_abs(x - now->eye_m.x);
    float fz = f->px_m + per_h * venue_abs(z - now->eye_m.z);
    across o = oval(t, x, z, fx, fz);
    float q = t->left_m - x;
    bool straight = z > t->back_m && z < t->out_m && q > -LINE_M && q < t->width_m + LINE_M;
    *out = (hm_surface){0};
    if (!straight && o.q_m < 0.0f) {
        float kerb = venue_cover(o.q_m, o.f_m, -LINE_M, 0.0f);
        out->albedo = venue_rgb_mix(infield(now, f, o.q_m, fz), paint, kerb);
        return;
    }
    if (!straight && o.q_m > t->width_m + 1.2f) {
        float n = venue_noise_at(now->set->noise, x * 1.3f, z * 1.3f);
        out->albedo = venue_rgb_mul(apron, 1.0f + 0.03f * n);
        return;
    }
    float line = straight ? lane_lines(q, fx, t->width_m) : lane_lines(o.q_m, o.f_m, t->width_m);
    if (straight) {
        float cross = venue_cover(z, fz, 0.0f, LINE_M) +
                      venue_cover(z, fz, FINISH_M, FINISH_M + LINE_M);
        line = line > cross ? line : cross;
    }
    out->albedo = venue_rgb_mix(rubber(now, f, straight ? q : o.q_m, fx, fz), paint, line);
}
