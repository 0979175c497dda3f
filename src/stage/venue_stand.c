/* The bowl: flat facets of rows around the oval, walls, the upper tier and the roof. */
#include "venue_priv.h"

/* Lower tier all around, upper tier and roof along both straights. */
const venue_tier venue_tiers[VENUE_TIER_COUNT] = {{0.0f, 1.5f, 0.45f, 24}, {16.0f, 16.8f, 0.52f, 18}};

#define CORNER_R_M 36.0f
#define APRON_M    8.1f /* from the outer lane to the front of the stand */

enum { PART_WALL, PART_REAR, PART_FASCIA, PART_UNDER, PART_ROOF, PART_GABLE };

/* cos of 0, 22.5 .. 90 degrees; tan of 5.625 and 11.25 degrees: half the angles between facets */
static const float quarter[5] = {1.0f, 0.92387953f, 0.70710678f, 0.38268343f, 0.0f};
#define TAN_SIDE   0.09849140f
#define TAN_CORNER 0.19891237f

hm_vec3 venue_facet_point(const venue_facet *f, float s_m, float y_m, float u_m)
{
    hm_vec3 p = hm_v3_mad(hm_v3_mad(f->foot_m, s_m, f->along), u_m, f->out);
    return hm_v3(p.x, y_m, p.z);
}

static void add_facet(venue_bowl *b, hm_vec3 from, hm_vec3 to, float lo, float hi, int32_t n_tier)
{
    hm_vec3 d = hm_v3_sub(to, from), a = hm_v3_unit(d);
    HM_ASSERT(b->n_facet < VENUE_FACET_MAX);
    b->facet[b->n_facet++] = (venue_facet){.foot_m = from,
                                           .along = a,
                                           .out = hm_v3(a.z, 0.0f, -a.x),
                                           .len_m = hm_v3_len(d),
                                           .flare_lo = lo,
                                           .flare_hi = hi,
                                           .n_tier = n_tier};
}

/* One corner: four facets from the direction `out` turning toward `along`. */
static void add_corner(venue_bowl *b, hm_vec3 mid, hm_vec3 out, hm_vec3 along, int32_t in,
                       int32_t leave)
{
    for (int k = 0; k < 4; k++) {
        hm_vec3 p[2];
        for (int e = 0; e < 2; e++)
            p[e] = hm_v3_mad(hm_v3_mad(mid, CORNER_R_M * quarter[k + e], out),
                             CORNER_R_M * quarter[4 - k - e], along);
        add_facet(b, p[0], p[1], k == 0 ? TAN_SIDE : TAN_CORNER, k == 3 ? TAN_SIDE : TAN_CORNER,
                  k == 0 ? in : k == 3 ? leave : 1);
    }
}

void venue_bowl_of(const venue_track *t, venue_bowl *b)
{
    const float r = CORNER_R_M;
    float x0 = t->left_m - t->width_m - APRON_M, x1 = 2.0f * t->bend_x_m - x0;
    float z0 = -34.0f, z1 = 146.0f;
    const hm_vec3 px = {1, 0, 0}, nx = {-1, 0, 0}, pz = {0, 0, 1}, nz = {0, 0, -1};
    b->n_facet = 0;
    add_facet(b, hm_v3(x0, 0, z1 - r), hm_v3(x0, 0, z0 + r), TAN_SIDE, TAN_SIDE, 2);
    add_corner(b, hm_v3(x0 + r, 0, z0 + r), nx, nz, 2, 1);
    add_facet(b, hm_v3(x0 + r, 0, z0), hm_v3(x1 - r, 0, z0), TAN_SIDE, TAN_SIDE, 1);
    add_corner(b, hm_v3(x1 - r, 0, z0 + r), nz, px, 1, 2);
    add_facet(b, hm_v3(x1, 0, z0 + r), hm_v3(x1, 0, z1 - r), TAN_SIDE, TAN_SIDE, 2);
    add_corner(b, hm_v3(x1 - r, 0, z1 - r), px, pz, 2, 1);
    add_facet(b, hm_v3(x1 - r, 0, z1), hm_v3(x0 + r, 0, z1), TAN_SIDE, TAN_SIDE, 1);
    add_corner(b, hm_v3(x0 + r, 0, z1 - r), pz, nx, 1, 2);
}

/* A face between two lines along the facet, (y, u) each; turned = seen from above or behind. */
static void add_band(venue_mesh *m, const venue_facet *f, float y0, float u0, float y1, float u1,
                     bool turned, uint8_t part)
{
    float s[4] = {f->len_m + f->flare_hi * u0, -f->flare_lo * u0, -f->flare_lo * u1,
                  f->len_m + f->flare_hi * u1};
    float y[4] = {y0, y0, y1, y1}, u[4] = {u0, u0, u1, u1};
    hm_vec3 p[4], r[4];
    for (int k = 0; k < 4; k++) {
        int i = turned ? k : 3 - k;
        p[k] = venue_facet_point(f, s[i], y[i], u[i]);
        r[k] = hm_v3(s[i], y[i], u[i]);
    }
    venue_mesh_quad(m, p, r, part);
}

static void tier_end(const venue_tier *t, float *y, float *u)
{
    *y = t->y_m + t->rise_m * (float)t->n_row;
    *u = t->u_m + VENUE_TREAD_M * (float)t->n_row;
}

hm_status venue_crowd_mesh(const venue_bowl *b, venue_mesh *m, hm_arena *arena, hm_err *err)
{
    HM_TRY(venue_mesh_init(m, b->n_facet * VENUE_TIER_COUNT * 2, arena, err));
    for (int32_t k = 0; k < b->n_facet; k++) {
        const venue_facet *f = &b->facet[k];
        for (int32_t i = 0; i < f->n_tier; i++) {
            const venue_tier *t = &venue_tiers[i];
            uint8_t part = (uint8_t)(k + i * VENUE_FACET_MAX);
            float y, u;
            tier_end(t, &y, &u);
            add_band(m, f, t->y_m, t->u_m, t->y_m + VENUE_HEAD_M, t->u_m, false, part);
            add_band(m, f, t->y_m + VENUE_HEAD_M, t->u_m, y + VENUE_HEAD_M, u, false, part);
        }
    }
    return HM_OK;
}

hm_status venue_stand_mesh(const venue_bowl *b, venue_mesh *m, hm_arena *arena, hm_err *err)
{
    HM_TRY(venue_mesh_init(m, b->n_facet * 8, arena, err));
    float y0, u0, y1, u1;
    tier_end(&venue_tiers[0], &y0, &u0);
    tier_end(&venue_tiers[1], &y1, &u1);
    for (int32_t k = 0; k < b->n_facet; k++) {
        const venue_facet *f = &b->facet[k];
        add_band(m, f, 0.0f, 0.0f, venue_tiers[0].y_m, 0.0f, false, PART_WALL);
        if (f->n_tier == 1) {
            add_band(m, f, y0, u0, y0 + VENUE_HEAD_M + 0.4f, u0, false, PART_REAR);
            continue;
        }
        float yf = venue_tiers[1].y_m, uf = venue_tiers[1].u_m;
        add_band(m, f, y0, u0, yf, u0, false, PART_REAR);
        add_band(m, f, yf - 2.0f, uf, yf, uf, false, PART_FASCIA);
        add_band(m, f, y1, u1, y1 + 5.0f, u1, false, PART_REAR);
        add_band(m, f, y1 + 6.6f, 3.0f, y1 + 5.0f, u1 + 2.0f, true, PART_UNDER);
        add_band(m, f, y1 + 6.6f, 3.0f, y1 + 8.0f, 3.0f, false, PART_ROOF);
        add_band(m, f, y1 + 8.0f, 3.0f, y1 + 6.2f, u1 + 2.0f, false, PART_ROOF);
    }
    return HM_OK;
}

void venue_stand_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    static const hm_rgb tone[] = {[PART_WALL] = {0.30f, 0.36f, 0.46f},
                                  [PART_REAR] = {0.34f, 0.37f, 0.44f},
                                  [PART_FASCIA] = {0.72f, 0.74f, 0.77f},
                                  [PART_UNDER] = {0.42f, 0.45f, 0.52f},
                                  [PART_ROOF] = {0.82f, 0.84f, 0.86f},
                                  [PART_GABLE] = {0.6f, 0.6f, 0.62f}};
    (void)ctx;
    *out = (hm_surface){.albedo = tone[f->part], .emit = f->part == PART_UNDER ? 1.0f : 0.0f};
}
