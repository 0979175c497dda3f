/* ink.c - draws the lines over the shaded picture. Built once for each instruction set. */
#include <math.h>
#include <string.h>

#include "hot_priv.h"
#include "ink_priv.h"

enum { APRON = 4, SPAN = RASTER_TILE + 2 * APRON };

/* A step in depth inside one body counts as an edge from LO, fully from HI [m], plus so many
 * pixels' worth: a slanted surface seen coarsely is no edge. By eye on arms before chests. */
#define INK_GAP_LO_M 0.018f
#define INK_GAP_HI_M 0.055f
#define INK_GAP_PX 2.5f

/* The outline's middle lies outside the body by this share of its half width: thin limbs stay. */
#define INK_SHIFT_FRAC 0.3f

/* Where lines may be: a bit for each pixel of the tile and the apron around it. */
typedef struct ink_map {
    uint64_t row[SPAN];
} ink_map;

/* Lanes whose depth steps too far from a to b for one surface. */
HOT_INLINE hot_i8 is_step(hot_f8 a, hot_f8 b, float gap_frac)
{
    hot_f8 d = (hot_f8)((hot_i8)(a - b) & 0x7fffffff);
    return d > INK_GAP_LO_M + gap_frac * a;
}

/* Bits of the pixels that change inside, to the right or below: other labels, or a step. */
static uint64_t survey_row(const raster_job *job, size_t k)
{
    typedef int64_t hot_l4 __attribute__((vector_size(32)));
    size_t below = (size_t)job->ink_stride * RASTER_SAMPLE;
    const uint16_t *l = &job->label[k * RASTER_SAMPLE];
    const float *d = &job->depth_m[k * RASTER_SAMPLE];
    float gap_frac = INK_GAP_PX * job->view.px_frac;
    uint64_t bits = 0;
    for (int x = 0; x < SPAN; x += 2, l += 8, d += 8) {
        hot_s8 l0, l1, lb;
        memcpy(&l0, l, sizeof l0);
        memcpy(&l1, l + 1, sizeof l1);
        memcpy(&lb, l + below, sizeof lb);
        hot_f8 d0, d4, db;
        memcpy(&d0, d, sizeof d0);
        memcpy(&d4, d + 4, sizeof d4);
        memcpy(&db, d + below, sizeof db);
        hot_i8 on = __builtin_convertvector(l0, hot_i8) > 0;
        hot_i8 e = __builtin_convertvector((l0 ^ l1) | (l0 ^ lb), hot_i8) |
                   (on & (is_step(d0, d4, gap_frac) | is_step(d0, db, gap_frac)));
        hot_l4 q = (hot_l4)e;
        bits |= (uint64_t)((q[0] | q[1]) != 0) << x | (uint64_t)((q[2] | q[3]) != 0) << (x + 1);
    }
    return bits;
}

/* Map of the tile, grown by `reach` pixels every way. False: nothing to draw. */
static bool survey(const raster_job *job, int32_t px, int32_t py, int reach, ink_map *m)
{
    uint64_t wide[SPAN], any = 0;
    for (int y = 0; y < SPAN; y++) {
        size_t k = (size_t)(py + y - APRON + RASTER_PAD) * (size_t)job->ink_stride +
                   (size_t)(px - APRON + RASTER_PAD);
        uint64_t b = survey_row(job, k), g = b;
        for (int i = 1; i <= reach; i++)
            g |= b << i | b >> i;
        wide[y] = g | b << (reach + 1); /* a change to the right concerns that pixel too */
        any |= b;
    }
    if (!any)
        return false;
    for (int y = 0; y < SPAN; y++) {
        uint64_t g = 0;
        for (int i = -reach - 1; i <= reach; i++)
            g |= y + i >= 0 && y + i < SPAN ? wide[y + i] : 0;
        m->row[y] = g;
    }
    return true;
}

/* Nearest body within 2 pixels: the one whose line this would be. */
HOT_INLINE float nearest(const raster_job *job, size_t k)
{
    hot_f8 m = (hot_f8){0} + RASTER_FAR_M;
    const hot_f8 far = m;
    for (int row = 0; row < 5; row++) {
        size_t at = (k + (size_t)row * (size_t)job->ink_stride - 2 * (size_t)job->ink_stride - 2) *
                    RASTER_SAMPLE;
        for (int v = 0; v < 3; v++, at += 8) {
            hot_s8 l16;
            hot_f8 z;
            memcpy(&l16, &job->label[at], sizeof l16);
            memcpy(&z, &job->depth_m[at], sizeof z);
            hot_i8 is = __builtin_convertvector(l16, hot_i8) != 0;
            z = (hot_f8)(((hot_i8)z & is) | ((hot_i8)far & ~is));
            hot_i8 less = z < m;
            m = (hot_f8)(((hot_i8)z & less) | ((hot_i8)m & ~less));
        }
    }
    float r = RASTER_FAR_M;
    for (int i = 0; i < 8; i++)
        r = m[i] < r ? m[i] : r;
    return r;
}

/* Shares of a disc that are other bodies or steps in depth, and other surfaces of the same body;
 * and how far the first lie toward the sun. */
typedef struct ink_share {
    float out, in, toward;
} ink_share;

HOT_INLINE float sum8(hot_f8 v)
{
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

HOT_INLINE ink_share disc_share(const raster_job *job, size_t k, int r_px, float px_m)
{
    const ink_disc *disc = &job->ink->disc[r_px - 1];
    const int n_vec = r_px + 1;
    uint16_t own = job->label[k * 4];
    float lo = INK_GAP_LO_M + INK_GAP_PX * px_m;
    float inv = 1.0f / (INK_GAP_HI_M - INK_GAP_LO_M + INK_GAP_PX * px_m);
    if (!own)
        inv = 0;
    hot_f8 own_m = (hot_f8){0} + job->depth_m[k * 4];
    hot_f8 out = {0}, in = {0}, toward = {0};
    for (int row = 0; row <= 2 * r_px; row++) {
        size_t at = (k + (size_t)row * (size_t)job->ink_stride -
                     (size_t)r_px * (size_t)job->ink_stride - (size_t)r_px) * 4;
        for (int v = 0; v < n_vec; v++, at += 8) {
            hot_s8 l16;
            hot_f8 z;
            memcpy(&l16, &job->label[at], sizeof l16);
            memcpy(&z, &job->depth_m[at], sizeof z);
            hot_i8 diff = __builtin_convertvector(l16 ^ own, hot_i8);
            hot_i8 other = diff > 255; /* another body */
            hot_i8 skin = diff != 0;   /* another surface */
            hot_f8 gap = z - own_m;
            gap = (hot_f8)((hot_i8)gap & 0x7fffffff);
            gap = (gap - lo) * inv;
            hot_f8 zero = {0}, one = zero + 1.0f;
            gap = (hot_f8)((hot_i8)gap & (gap > zero));
            gap = (hot_f8)(((hot_i8)gap & (gap < one)) | ((hot_i8)one & ~(gap < one)));
            gap = (hot_f8)(((hot_i8)one & other) | ((hot_i8)gap & ~other));
            hot_f8 wt, to;
            memcpy(&wt, &disc->weight[(row * n_vec + v) * 8], sizeof wt);
            memcpy(&to, &disc->toward[(row * n_vec + v) * 8], sizeof to);
            out += wt * gap;
            toward += to * gap;
            in += (hot_f8)((hot_i8)(wt * (one - gap)) & skin);
        }
    }
    return (ink_share){sum8(out), sum8(in), sum8(toward)};
}

HOT_INLINE float distance_of(const ink_disc *d, float share)
{
    float u = share * (float)INK_LUT;
    u = u > 0 ? (u < (float)INK_LUT ? u : (float)INK_LUT) : 0;
    int i = (int)u;
    return d->distance_px[i] + (u - (float)i) * (d->distance_px[i + 1] - d->distance_px[i]);
}

HOT_INLINE float clamp01(float v)
{
    return v > 0 ? (v < 1 ? v : 1) : 0;
}

/* Share of a pixel under a line of half width h whose middle passes at distance d. */
HOT_INLINE float cover(float h, float d)
{
    float c = h + 0.5f - fabsf(d);
    return clamp01(c < 2.0f * h ? c : 2.0f * h);
}

typedef struct ink_line {
    float out, in; /* coverage */
} ink_line;

HOT_INLINE ink_line line_at(const raster_job *job, size_t k, int r_px, float near_m, float half_px,
                            float inner_px)
{
    const ink_disc *disc = &job->ink->disc[r_px - 1];
    ink_share s = disc_share(job, k, r_px, near_m * job->view.px_frac);
    ink_line l = {0, 0};
    bool far_side = !job->label[k * 4] ||
                    job->depth_m[k * 4] - near_m > INK_GAP_LO_M + INK_GAP_PX * near_m * job->view.px_frac;
    if (s.out > 0.004f) {
        float t = distance_of(disc, s.out);
        t = far_side ? t : -t; /* outward from the body */
        /* the other side lies toward the sun, or away from it */
        float sun = s.toward / s.out * (far_side ? -1.5f : 1.5f);
        sun = sun > 1 ? 1 : (sun < -1 ? -1 : sun);
        float h = half_px * (1.0f - job->look.shade_side_frac * sun);
        l.out = cover(h, t - INK_SHIFT_FRAC * h) * clamp01(s.out * 12.0f);
    }
    if (s.in > 0.004f) {
        float t = distance_of(disc, s.in);
        l.in = cover(inner_px, t) * clamp01(s.in * 12.0f);
    }
    return l;
}

static void blend(uint8_t *px, const hm_rgb *ink, float k)
{
    const float c[3] = {ink->r, ink->g, ink->b};
    for (int i = 0; i < 3; i++) {
        float v = (float)px[i];
        v += k * (c[i] * 255.0f - v);
        px[i] = (uint8_t)(clamp01(v * (1.0f / 255.0f)) * 255.0f + 0.5f);
    }
}

/* Half widths of the lines of a body at that distance, in pixels of this picture, and the disc that
 * is needed to see them whole. A runner whose pixels are 7 mm (at 720 rows) gets the plain width. */
typedef struct ink_width {
    float out_px, in_px;
    int disc_px;
} ink_width;

static ink_width width_at(const raster_job *job, float near_m)
{
    const hm_look_params *p = &job->look;
    float scale = (float)job->pic->h_px * (1.0f / 720.0f);
    float w = p->outline_px * sqrtf(0.007f / (near_m * job->view.px_frac * scale));
    w = w < p->far_px ? p->far_px : (w > p->near_px ? p->near_px : w);
    ink_width o = {0.5f * w * scale, 0.5f * scale * p->inner_px * (w / p->outline_px), 0};
    float need = o.out_px * (1.0f + INK_SHIFT_FRAC + p->shade_side_frac) + 0.5f;
    o.disc_px = need < 1.3f ? 1 : (need < 2.3f ? 2 : 3);
    return o;
}

static void ink_pixel(const raster_job *job, size_t k, uint8_t *px)
{
    const hm_look_params *p = &job->look;
    float near_m = nearest(job, k);
    if (near_m >= RASTER_FAR_M)
        return;
    ink_width w = width_at(job, near_m);
    ink_line l = w.disc_px == 1   ? line_at(job, k, 1, near_m, w.out_px, w.in_px)
                 : w.disc_px == 2 ? line_at(job, k, 2, near_m, w.out_px, w.in_px)
                                  : line_at(job, k, 3, near_m, w.out_px, w.in_px);
    if (l.out <= 0 && l.in <= 0)
        return;
    float x = job->scene->haze_per_m * near_m;
    float air = 1.0f / (1.0f + x * (1.0f + x * 0.5f));
    hm_rgb h = job->scene->haze, c = p->ink;
    hm_rgb ink = {h.r + air * (c.r - h.r), h.g + air * (c.g - h.g), h.b + air * (c.b - h.b)};
    /* inner lines keep some of the colour they are drawn on */
    const float q = 0.3f / 255.0f;
    hm_rgb own = {0.5f * ink.r + q * (float)px[0], 0.5f * ink.g + q * (float)px[1],
                  0.5f * ink.b + q * (float)px[2]};
    blend(px, &own, l.in * (1.0f - l.out));
    blend(px, &ink, l.out);
}

/* Distance of the nearest thing with lines in the tile and those beside it, 0 = none. */
static float tile_near_m(const raster_job *job, int32_t tx, int32_t ty)
{
    float near_m = 0;
    for (int32_t y = ty - 1; y <= ty + 1; y++)
        for (int32_t x = tx - 1; x <= tx + 1; x++) {
            if (x < 0 || y < 0 || x >= job->n_tx || y >= job->n_ty)
                continue;
            float m = job->tile_near_m[y * job->n_tx + x];
            near_m = m > 0 && (near_m <= 0 || m < near_m) ? m : near_m;
        }
    return near_m;
}

void HOT(ink_tile)(const raster_job *job, int32_t i_tile)
{
    int32_t tx = i_tile % job->n_tx, ty = i_tile / job->n_tx;
    float near_m = tile_near_m(job, tx, ty);
    if (near_m <= 0)
        return;
    int reach = width_at(job, near_m).disc_px;
    int32_t px = tx * RASTER_TILE, py = ty * RASTER_TILE;
    ink_map map;
    if (!survey(job, px, py, reach, &map))
        return;
    int32_t nx = job->pic->w_px - px, ny = job->pic->h_px - py;
    nx = nx < RASTER_TILE ? nx : RASTER_TILE;
    ny = ny < RASTER_TILE ? ny : RASTER_TILE;
    for (int32_t y = 0; y < ny; y++) {
        uint64_t bits = (map.row[y + APRON] >> APRON) & ((UINT64_C(1) << nx) - 1);
        for (; bits; bits &= bits - 1) {
            int32_t x = __builtin_ctzll(bits);
            size_t k = (size_t)(py + y + RASTER_PAD) * (size_t)job->ink_stride +
                       (size_t)(px + x + RASTER_PAD);
            ink_pixel(job, k,
                      job->pic->rgbx + (size_t)(py + y) * (size_t)job->pic->stride +
                          (size_t)(px + x) * 4);
        }
    }
}
