/* The bowl: flat facets of rows around the oval, walls, the upper tier and the roof. */
#include "venue_priv.h"

/* Lower tier all around, upper tier and roof along both straights. */
const venue_tier venue_tiers[VENUE_TIER_COUNT] = {{0.0f, 1.5f, 0.45f, 24},
                                                  {16.0f, 16.8f, 0.52f, 18}};

#define CORNER_R_M 36.0f
#define APRON_M    8.1f /* from the outer lane to the front of the stand */

#define BOARD_GAP_M 1.6f
#define PIECE_M     9.0f /* faces are cut to this, and each has a beam of the roof */

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
                  k == 0   ? in
                  : k == 3 ? leave
                           : 1);
    }
}

void venue_bowl_of(const venue_track *t, venue_bowl *b)
{
    const float r = CORNER_R_M;
    float x0 = t->left_m - t->width_m - APRON_M, x1 = 2.0f * t->bend_x_m - x0;
    float z0 = VENUE_BOWL_LO_M, z1 = VENUE_BOWL_HI_M;
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

void venue_light_facets(const venue_bowl *b, hm_venue_hour hour, hm_vec3 sun,
                        venue_facet_light light[])
{
    for (int32_t k = 0; k < b->n_facet; k++) {
        const venue_facet *f = &b->facet[k];
        venue_facet_light *l = &light[k];
        *l = (venue_facet_light){.roof_y_m = VENUE_ROOF_Y_M, .roof_u_m = VENUE_ROOF_U_M};
        if (hour == HM_HOUR_EVENING) {
            l->lean = 0.0f;
            l->roof_u_m = -1e3f;
            l->fall = 0.45f;
            l->shade = (venue_v4){0.44f, 0.47f, 0.62f};
            l->lit = l->shade;
            continue;
        }
        float toward = -hm_v3_dot(sun, f->out) / sun.y; /* > 0: the sun shines into the rows */
        l->lean = toward;
        l->shade = (venue_v4){0.60f, 0.64f, 0.78f};
        l->lit = (venue_v4){0.88f, 0.86f, 0.81f};
        l->fall = 0.25f;
        if (f->n_tier == 1)
            l->roof_u_m = toward > 0.1f ? 1e3f : -1e3f;
        else if (toward < 0.1f)
            l->roof_u_m = -1e3f;
    }
}

/* Pieces that a facet is cut into along the front. */
static int32_t pieces(const venue_facet *f)
{
    return (int32_t)(f->len_m * (1.0f / PIECE_M)) + 1;
}

static int32_t pieces_of_all(const venue_bowl *b)
{
    int32_t n = 0;
    for (int32_t k = 0; k < b->n_facet; k++)
        n += pieces(&b->facet[k]);
    return n;
}

typedef enum band_kind {
    BAND_FRONT, /* seen from the field; rest = (s, y, u) */
    BAND_UNDER, /* the same, seen from the other side */
    BAND_WORDS  /* rest = (from the left end, y, length): words are set whole into a facet */
} band_kind;

/* A face between two lines along the facet, (y, u) each. Cut into pieces: the rasteriser keeps a
 * shared pixel inside one triangle, and in a very long one a little to the side is metres along. */
static void add_band(venue_mesh *m, const venue_facet *f, float y0, float u0, float y1, float u1,
                     band_kind kind, uint8_t part)
{
    int32_t n = pieces(f);
    const float y[4] = {y0, y0, y1, y1}, u[4] = {u0, u0, u1, u1};
    for (int32_t i = 0; i < n; i++) {
        float lo = (float)i / (float)n, hi = (float)(i + 1) / (float)n;
        const float k[4] = {hi, lo, lo, hi};
        hm_vec3 p[4], r[4];
        for (int c = 0; c < 4; c++) {
            int from = kind == BAND_UNDER ? c : 3 - c;
            float s0 = -f->flare_lo * u[from], s1 = f->len_m + f->flare_hi * u[from];
            float s = venue_mix(s0, s1, k[from]);
            p[c] = venue_facet_point(f, s, y[from], u[from]);
            r[c] =
                kind == BAND_WORDS ? hm_v3(s - s0, y[from], s1 - s0) : hm_v3(s, y[from], u[from]);
        }
        venue_mesh_quad(m, p, r, part);
    }
}

static void tier_end(const venue_tier *t, float *y, float *u)
{
    *y = t->y_m + t->rise_m * (float)t->n_row;
    *u = t->u_m + VENUE_TREAD_M * (float)t->n_row;
}

hm_status venue_crowd_mesh(const venue_bowl *b, venue_mesh *m, hm_arena *arena, hm_err *err)
{
    HM_TRY(venue_mesh_init(m, pieces_of_all(b) * VENUE_TIER_COUNT * 2, arena, err));
    for (int32_t k = 0; k < b->n_facet; k++) {
        const venue_facet *f = &b->facet[k];
        for (int32_t i = 0; i < f->n_tier; i++) {
            const venue_tier *t = &venue_tiers[i];
            uint8_t part = (uint8_t)(k + i * VENUE_FACET_MAX);
            float y, u;
            tier_end(t, &y, &u);
            add_band(m, f, t->y_m, t->u_m, t->y_m + VENUE_HEAD_M, t->u_m, BAND_FRONT, part);
            add_band(m, f, t->y_m + VENUE_HEAD_M, t->u_m, y + VENUE_HEAD_M, u, BAND_FRONT, part);
        }
    }
    return HM_OK;
}

/* A beam under the roof, deep at the back and thin at the front. */
static void add_beam(venue_mesh *m, const venue_facet *f, float s, float y1, float u1)
{
    const float half = 0.22f;
    hm_vec3 p[8];
    for (int k = 0; k < 8; k++) {
        bool deep = k & 2, rear = k & 4;
        float y =
            rear ? y1 + 4.9f - (deep ? 2.4f : 0.0f) : VENUE_ROOF_Y_M - 0.05f - (deep ? 0.5f : 0.0f);
        p[k] = venue_facet_point(f, s + (k & 1 ? half : -half), y,
                                 rear ? u1 + 1.0f : VENUE_ROOF_U_M + 0.3f);
    }
    const int face[4][4] = {{0, 1, 3, 2}, {2, 3, 7, 6}, {0, 2, 6, 4}, {1, 5, 7, 3}};
    for (int k = 0; k < 4; k++) {
        const hm_vec3 q[4] = {p[face[k][3]], p[face[k][2]], p[face[k][1]], p[face[k][0]]};
        venue_mesh_quad(m, q, NULL, PART_BEAM);
    }
}

/* Closing wall where the upper tier and the roof end; at_end = at the facet's far end. */
static void add_gable(venue_mesh *m, const venue_facet *f, bool at_end)
{
    float y1, u1;
    tier_end(&venue_tiers[1], &y1, &u1);
    float u0 = venue_tiers[1].u_m, y0 = venue_tiers[1].y_m;
    const float side[2][4][2] = {
        {{u0, y0 - 2.0f}, {u1 + 2.0f, y0 - 2.0f}, {u1 + 2.0f, y1 + VENUE_HEAD_M}, {u0, y0 + 1.2f}},
        {{VENUE_ROOF_U_M, VENUE_ROOF_Y_M},
         {u1 + 2.0f, y1 + 5.0f},
         {u1 + 2.0f, y1 + 6.2f},
         {VENUE_ROOF_U_M, VENUE_ROOF_Y_M + 1.4f}}};
    for (int k = 0; k < 2; k++) {
        hm_vec3 p[4], r[4];
        for (int i = 0; i < 4; i++) {
            int from = at_end ? i : 3 - i;
            float u = side[k][from][0], y = side[k][from][1];
            float s = at_end ? f->len_m + f->flare_hi * u : -f->flare_lo * u;
            p[i] = venue_facet_point(f, s, y, u);
            r[i] = hm_v3(u, y, s);
        }
        venue_mesh_quad(m, p, r, k ? PART_ROOF : PART_GABLE);
    }
}

/* Upper tier: wall under it, front, back, roof and what carries it. */
static void add_upper(venue_mesh *m, const venue_facet *f)
{
    float y0, u0, y1, u1;
    tier_end(&venue_tiers[0], &y0, &u0);
    tier_end(&venue_tiers[1], &y1, &u1);
    float yf = venue_tiers[1].y_m, uf = venue_tiers[1].u_m;
    add_band(m, f, y0, u0, yf, u0, BAND_FRONT, PART_CONCOURSE);
    add_band(m, f, yf - 2.0f, u0, yf - 2.0f, uf, BAND_FRONT, PART_SOFFIT);
    add_band(m, f, yf - 2.0f, uf, yf, uf, BAND_WORDS, PART_FASCIA);
    add_band(m, f, y1, u1, y1 + 5.0f, u1, BAND_FRONT, PART_REAR);
    add_band(m, f, VENUE_ROOF_Y_M, VENUE_ROOF_U_M, y1 + 5.0f, u1 + 2.0f, BAND_UNDER, PART_UNDER);
    add_band(m, f, VENUE_ROOF_Y_M, VENUE_ROOF_U_M, VENUE_ROOF_Y_M + 1.4f, VENUE_ROOF_U_M,
             BAND_FRONT, PART_RIM);
    add_band(m, f, VENUE_ROOF_Y_M + 1.4f, VENUE_ROOF_U_M, y1 + 6.2f, u1 + 2.0f, BAND_FRONT,
             PART_ROOF);
    int32_t n = pieces(f);
    for (int32_t k = 0; k < n; k++)
        add_beam(m, f, f->len_m * ((float)k + 0.5f) / (float)n, y1, u1);
}

hm_status venue_stand_mesh(const venue_bowl *b, venue_mesh *m, hm_arena *arena, hm_err *err)
{
    /* ten bands and a beam of four faces a piece, gables */
    HM_TRY(venue_mesh_init(m, pieces_of_all(b) * 14 + b->n_facet * 4, arena, err));
    float y0, u0;
    tier_end(&venue_tiers[0], &y0, &u0);
    for (int32_t k = 0; k < b->n_facet; k++) {
        const venue_facet *f = &b->facet[k];
        add_band(m, f, 0.0f, -0.15f, venue_tiers[0].y_m + 0.35f, -0.15f, BAND_FRONT, PART_WALL);
        add_band(m, f, 0.0f, -BOARD_GAP_M, VENUE_BOARD_M, -BOARD_GAP_M, BAND_WORDS, PART_BOARD);
        add_band(m, f, VENUE_BOARD_M, -BOARD_GAP_M, VENUE_BOARD_M, 0.15f - BOARD_GAP_M, BAND_FRONT,
                 PART_RIM);
        if (f->n_tier > 1)
            add_upper(m, f);
        else
            add_band(m, f, y0, u0, y0 + VENUE_HEAD_M + 0.5f, u0, BAND_FRONT, PART_REAR);
        int32_t next = (k + 1) % b->n_facet, last = (k + b->n_facet - 1) % b->n_facet;
        if (f->n_tier > 1 && b->facet[next].n_tier == 1)
            add_gable(m, f, true);
        if (f->n_tier > 1 && b->facet[last].n_tier == 1)
            add_gable(m, f, false);
    }
    return HM_OK;
}
