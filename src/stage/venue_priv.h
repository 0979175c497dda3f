/* stage/venue_priv.h - what the files of the venue share: cheap exact math, meshes, the set.
 *
 * Surfaces run once a pixel: only + - x / sqrt, integer mixing, and table look-ups; a filter width
 * in metres goes along so that each pattern fades to its own mean instead of aliasing. */
#ifndef HM_STAGE_VENUE_PRIV_H
#define HM_STAGE_VENUE_PRIV_H

#include "stage/venue.h"

/* Surfaces run once a pixel and are built once for each instruction set (see hot_priv.h). */
#define VENUE_PASTE2(a, b) a##_##b
#define VENUE_PASTE(a, b)  VENUE_PASTE2(a, b)
#define VENUE_HOT(name)    VENUE_PASTE(name, STAGE_ISA)

/* ---- arithmetic ---- */

static inline float venue_clamp(float x, float lo, float hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}
static inline float venue_abs(float x)
{
    return x < 0.0f ? -x : x;
}
/** Floor of |x| < 1e9, as an integer. */
static inline int32_t venue_floor(float x)
{
    int32_t i = (int32_t)venue_clamp(x, -1e9f, 1e9f);
    return i - (x < (float)i);
}
/** 0 below a, 1 above b, smooth between; a < b. */
static inline float venue_step(float a, float b, float x)
{
    float t = venue_clamp((x - a) / (b - a), 0.0f, 1.0f);
    return t * t * (3.0f - 2.0f * t);
}
static inline float venue_mix(float a, float b, float k)
{
    return a + k * (b - a);
}
static inline hm_rgb venue_rgb_mix(hm_rgb a, hm_rgb b, float k)
{
    return (hm_rgb){venue_mix(a.r, b.r, k), venue_mix(a.g, b.g, k), venue_mix(a.b, b.b, k)};
}
static inline hm_rgb venue_rgb_mul(hm_rgb a, float k)
{
    return (hm_rgb){a.r * k, a.g * k, a.b * k};
}
/** 32 well mixed bits of two words: one multiply-xor round each (stage notes, rule 3). */
static inline uint32_t venue_hash(uint32_t a, uint32_t b)
{
    uint32_t h = a * 0x9E3779B1u + b * 0x85EBCA77u;
    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12;
    h *= 0x297A2D39u;
    return h ^ (h >> 15);
}
/** Eight bits of h from bit k as 0..1. */
static inline float venue_bits(uint32_t h, int k)
{
    return (float)((h >> k) & 255u) * (1.0f / 255.0f);
}
/** How much of [x - f/2, x + f/2] lies in [a, b]; f > 0. */
static inline float venue_cover(float x, float f, float a, float b)
{
    float lo = venue_clamp(x - 0.5f * f, a, b), hi = venue_clamp(x + 0.5f * f, a, b);
    return (hi - lo) / f;
}
/** The same for stripes [0, w] that repeat every 1: x, w and f in periods. Never aliases. */
static inline float venue_stripes(float x, float f, float w)
{
    float a = x - 0.5f * f, b = x + 0.5f * f;
    int32_t ia = venue_floor(a), ib = venue_floor(b);
    float fa = a - (float)ia, fb = b - (float)ib;
    float ca = fa < w ? fa : w, cb = fb < w ? fb : w;
    return ((float)(ib - ia) * w + cb - ca) / f;
}
/** sin(2 pi x) by a parabola with one correction, error below 0.002; |x| < 1e6. */
static inline float venue_wave(float x)
{
    float t = x - (float)venue_floor(x) - 0.5f;
    float p = -8.0f * t * (1.0f - 2.0f * venue_abs(t));
    return p * (0.775f + 0.225f * venue_abs(p));
}

/* ---- meshes ---- */

typedef struct venue_mesh {
    int32_t n_vert, n_tri, vert_max, tri_max;
    hm_vec3 *pos_m, *nrm, *rest_m;
    int32_t (*tri)[3];
    uint8_t *part;
} venue_mesh;

/** Room for n_quad four-cornered faces. HM_ERR_SYSTEM when there is no memory. */
HM_CHECKED hm_status venue_mesh_init(venue_mesh *m, int32_t n_quad, hm_arena *arena, hm_err *err);

/** One flat face, corners counter-clockwise seen from outside; rest NULL = the corners. */
void venue_mesh_quad(venue_mesh *m, const hm_vec3 p[4], const hm_vec3 rest[4], uint8_t part);

/** A box in a frame: half sizes along its axes; rest = own coordinates of the box. */
void venue_mesh_box(venue_mesh *m, const hm_frame *f, hm_vec3 half_m, uint8_t part);

/** Axis-parallel box from its middle and half sizes. */
void venue_mesh_block(venue_mesh *m, hm_vec3 mid_m, hm_vec3 half_m, uint8_t part);

/** Tube from a to b with own radius at each end and rounded ends (a bead when a = b), n sides. */
void venue_mesh_tube(venue_mesh *m, hm_vec3 a, hm_vec3 b, float ra_m, float rb_m, int32_t n,
                     uint8_t part);

/** The mesh as an object. */
hm_object venue_mesh_object(const venue_mesh *m, hm_surface_fn *surface, const void *ctx,
                            uint32_t flags);

/* ---- letters ---- */

typedef struct venue_text {
    int32_t w, h, n; /* texels; letters */
    const uint8_t *dist;
} venue_text;

/** Distance field of a line of capitals, digits, blank, '-' and 'm'; anything else stays blank. */
HM_CHECKED hm_status venue_text_of(const char *s, hm_arena *arena, venue_text *text, hm_err *err);

/** Share of ink at x in letters from the left, y in letter heights from below; a letter's cell is
 *  3/4 as wide as tall, margins included. f = filter width in letter heights. */
float venue_text_cover(const venue_text *t, float x, float y, float f);

/* ---- the ground ---- */

typedef struct venue_track {
    int32_t n_lane;
    float left_m;                                   /* x of the left edge of lane 1 */
    float width_m;                                  /* of all lanes */
    float bend_x_m, bend_lo_m, bend_hi_m, bend_r_m; /* middles of both bends, radius of lane 1 */
    float back_m, out_m;                            /* z of the ends of the straight */
} venue_track;

/* World Athletics TR14: lanes of 1.22 m with the 5 cm line at their right. */
#define VENUE_LANE_M   1.22f
#define VENUE_LINE_M   0.05f
#define VENUE_FINISH_M 100.0f
/* Front of the stands behind the finish and behind the start. The outer bend lies 46.3 m beyond
 * the line (World Athletics: 36.5 m and eight lanes); the fastest come to a stop at 138 m. */
#define VENUE_BOWL_HI_M 160.0f
#define VENUE_BOWL_LO_M (-34.0f)

enum { VENUE_NOISE_SIDE = 128 };

/** Fill an empty track for n_lane lanes. */
venue_track venue_track_of(int32_t n_lane);
/* ctx: venue_now */
hm_colours_fn venue_track_colours_base, venue_track_colours_v3;
HM_CHECKED hm_status venue_ground_mesh(venue_mesh *m, hm_arena *arena, hm_err *err);

/* ---- school ground ---- */

/* ctx: venue_now */
hm_surface_fn venue_yard_surface_base, venue_yard_surface_v3;
hm_surface_fn venue_house_surface_base, venue_house_surface_v3;
HM_CHECKED hm_status venue_house_mesh(venue_mesh *m, hm_arena *arena, hm_err *err);
/** Trees, fence, rope, pennants: nothing that is close enough for an outline. */
HM_CHECKED hm_status venue_yard_trees(const venue_track *t, uint32_t seed, venue_mesh *m,
                                      hm_arena *arena, hm_err *err);
/** Bars, posts of the finish, people, blocks of those who use them. */
HM_CHECKED hm_status venue_yard_props(const hm_race *race, const venue_track *t, venue_mesh *m,
                                      hm_arena *arena, hm_err *err);

enum { HOUSE_WALL, HOUSE_ROOF, HOUSE_END, HOUSE_CLOCK };

#define HOUSE_FLOOR_M 3.6f
#define HOUSE_LONG_M  78.0f

/* ---- stands ---- */

enum { VENUE_FACET_MAX = 24, VENUE_TIER_COUNT = 2 };

typedef struct venue_tier {
    float u_m, y_m; /* floor of the first row: depth behind the front line, height */
    float rise_m;   /* from row to row */
    int32_t n_row;
} venue_tier;

/** One flat piece of stand: s along the front line (to the right as seen from the field), u out. */
typedef struct venue_facet {
    hm_vec3 foot_m;     /* s = 0, on the ground */
    hm_vec3 along, out; /* unit */
    float len_m;
    float flare_lo, flare_hi; /* growth of both ends per metre of depth */
    int32_t n_tier;
} venue_facet;

typedef struct venue_bowl {
    int32_t n_facet;
    venue_facet facet[VENUE_FACET_MAX];
} venue_bowl;

enum {
    PART_WALL,
    PART_REAR,
    PART_FASCIA,
    PART_UNDER,
    PART_ROOF,
    PART_GABLE,
    PART_BEAM,
    PART_RIM,
    PART_CONCOURSE,
    PART_SOFFIT,
    PART_BOARD
};

#define VENUE_BOARD_M 0.9f /* height of the boards around the field */
#define VENUE_TREAD_M 0.8f
#define VENUE_SEAT_M  0.5f
#define VENUE_HEAD_M  2.0f /* clear height over a row that may hold people: arms of who stands */

/** Red, green, blue and a fourth number that rides along: one instruction for all. */
typedef float venue_v4 __attribute__((vector_size(16)));

/** Light on one facet: where the shadow of its roof ends and both tones. */
typedef struct venue_facet_light {
    float roof_y_m, roof_u_m; /* front edge of the roof */
    float lean;               /* how far the shadow goes inward per metre down */
    float fall;               /* loss of light toward the last row, 0..1 */
    venue_v4 lit, shade;
} venue_facet_light;

extern const venue_tier venue_tiers[VENUE_TIER_COUNT];

/** Front edge of the roof over the straights: depth, height. */
#define VENUE_ROOF_U_M 3.0f
#define VENUE_ROOF_Y_M 33.0f

void venue_light_facets(const venue_bowl *bowl, hm_venue_hour hour, hm_vec3 to_sun,
                        venue_facet_light light[]);
void venue_bowl_of(const venue_track *track, venue_bowl *bowl);
/** World place of (s, height, u) of a facet. */
hm_vec3 venue_facet_point(const venue_facet *f, float s_m, float y_m, float u_m);
HM_CHECKED hm_status venue_stand_mesh(const venue_bowl *bowl, venue_mesh *m, hm_arena *arena,
                                      hm_err *err);
HM_CHECKED hm_status venue_crowd_mesh(const venue_bowl *bowl, venue_mesh *m, hm_arena *arena,
                                      hm_err *err);
/* ctx: venue_now */
hm_surface_fn venue_stand_surface_base, venue_stand_surface_v3;
hm_colours_fn venue_crowd_colours_base, venue_crowd_colours_v3;

/* ---- sky ---- */

enum { VENUE_CLOUD_W = 512, VENUE_CLOUD_H = 128, VENUE_LINE_N = 1024 };

typedef struct venue_sky {
    hm_rgb low, mid, high; /* at the horizon, at 12 degrees, overhead */
    hm_rgb cloud_lit, cloud_shade;
    hm_rgb far_land, near_land;
    uint8_t (*cloud)[2]; /* (VENUE_CLOUD_H x VENUE_CLOUD_W) cover, shade; around x up */
    float *land;         /* (2 x VENUE_LINE_N) height over the horizon as a slope, by azimuth */
} venue_sky;

HM_CHECKED hm_status venue_sky_of(hm_venue_kind kind, hm_venue_hour hour, uint32_t seed,
                                  hm_arena *arena, venue_sky *sky, hm_err *err);
hm_sky_fn venue_sky_at_base, venue_sky_at_v3; /* ctx: venue_sky */

/* ---- all of it ---- */

struct crowd_cast;
struct props_flags;

typedef struct venue_set {
    hm_venue_kind kind;
    hm_venue_hour hour;
    uint32_t seed;
    float attendance_frac;
    venue_track track;
    venue_bowl bowl;
    venue_facet_light facet_light[VENUE_FACET_MAX];
    venue_sky sky;
    venue_text digits;               /* "0123456789" */
    venue_text slogan[3];            /* boards and ribbons */
    const struct props_flags *flags; /* NULL = none */
    const struct crowd_cast *cast;
    /* (VENUE_NOISE_SIDE^2) smooth, tiles, 0..255 with mean 128; a texel in the lowest byte, then
     * its neighbours in x, in z, in both */
    const uint32_t *noise;
} venue_set;

/** One instant from one camera: the context of every surface of the venue. */
typedef struct venue_now {
    const venue_set *set;
    hm_vec3 eye_m;
    float per_eye_y;             /* 1 / height of the eye */
    float t_s, leader_z_m, heat; /* heat 0..1: how loud the crowd is */
    float stand_m[256];          /* height that a standing spectator gains, by how he sways */
    hm_vec3 eye_facet_m[VENUE_FACET_MAX]; /* eye in each facet: s, height, u */
} venue_now;

/** Smooth noise at x, z in texels, -1..1; |x|, |z| < 3e4. */
static inline float venue_noise_at(const uint32_t *noise, float x, float z)
{
    /* eight bits of fraction are enough for a tint of a few percent */
    int32_t ix = (int32_t)venue_clamp(x * 256.0f + 8388608.0f, 0.0f, 1.6e7f);
    int32_t iz = (int32_t)venue_clamp(z * 256.0f + 8388608.0f, 0.0f, 1.6e7f);
    int32_t fx = ix & 255, fz = iz & 255;
    int32_t x0 = ix >> 8 & (VENUE_NOISE_SIDE - 1), z0 = iz >> 8 & (VENUE_NOISE_SIDE - 1);
    uint32_t q = noise[z0 * VENUE_NOISE_SIDE + x0];
    int32_t p0 = q & 255, p1 = q >> 8 & 255, p2 = q >> 16 & 255, p3 = (int32_t)(q >> 24);
    int32_t a = p0 * 256 + (p1 - p0) * fx, b = p2 * 256 + (p3 - p2) * fx;
    return (float)(a * 256 + (b - a) * fz) * (1.0f / 8355840.0f) - 1.0f;
}

#endif
