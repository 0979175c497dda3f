/* ink.c - draws the lines over the shaded picture. Built once for each instruction set. */
#include "hot_priv.h"
#include "ink_priv.h"
#include "noise_priv.h"

#include <math.h>
#include <string.h>

/* Lines wider than those of a picture of 720 rows look further around themselves. */
enum { APRON_FINE = 4, APRON = INK_DISC + 1, SPAN = RASTER_TILE + 2 * APRON };

/* A step in depth inside one body counts as an edge from LO, fully from HI [m], plus so many
 * pixels' worth: a slanted surface seen coarsely is no edge. By eye on arms before chests. */
#define INK_GAP_LO_M 0.018f
#define INK_GAP_HI_M 0.055f
#define INK_GAP_PX   2.5f

/* The outline's middle lies outside the body by this share of its half width: thin limbs stay. */
#define INK_SHIFT_FRAC 0.3f

/* What is known of a tile and the apron around it before lines are drawn: a bit for each pixel. */
typedef struct ink_map {
    int apron, span;           /* pixels around the tile, and with them */
    uint64_t near_label[SPAN]; /* a label changes near this pixel */
    uint64_t near_step[SPAN];  /* the depth of one body steps near it */
    _Alignas(64) float body_m[SPAN * SPAN * RASTER_SAMPLE]; /* depth, RASTER_FAR_M off bodies */
} ink_map;

HOT_INLINE hot_f8 load_f8(const float *p)
{
    hot_f8 v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Lanes whose depth steps too far from a to b for one surface. */
HOT_INLINE hot_i8 is_step(hot_f8 a, hot_f8 b, float gap_frac)
{
    hot_f8 d = (hot_f8)((hot_i8)(a - b) & 0x7fffffff);
    return d > INK_GAP_LO_M + gap_frac * a;
}

/* Which of two pixels of four lanes have any lane set: bits 0 and 1. */
HOT_INLINE uint64_t pixel_bits(hot_i8 e)
{
    typedef int64_t hot_l4 __attribute__((vector_size(32)));
    hot_l4 q = (hot_l4)e;
    return (uint64_t)((q[0] | q[1]) != 0) | (uint64_t)((q[2] | q[3]) != 0) << 1;
}

static bool row_is_empty(const uint16_t *l, size_t below, int span)
{
    uint16_t any = 0;
    for (int i = 0; i < span * RASTER_SAMPLE; i++)
        any |= l[i] | l[(size_t)i + below];
    return any == 0;
}

/* Where labels or depths change inside a pixel, to its right or below, in one row. */
static void survey_row(const raster_job *job, size_t k, ink_map *m, int y)
{
    size_t below = (size_t)job->ink_stride * RASTER_SAMPLE;
    const uint16_t *l = &job->label[k * RASTER_SAMPLE];
    const float *d = &job->depth_m[k * RASTER_SAMPLE];
    float *body = &m->body_m[y * SPAN * RASTER_SAMPLE];
    float gap_frac = INK_GAP_PX * job->view.px_frac;
    const hot_f8 far = (hot_f8){0} + RASTER_FAR_M;
    m->near_label[y] = m->near_step[y] = 0;
    bool empty = row_is_empty(l, below, m->span);
    for (int x = 0; x < m->span; x += 2, l += 8, d += 8, body += 8) {
        if (empty) {
            memcpy(body, &far, sizeof far);
            continue;
        }
        hot_s8 l0, l1, lb;
        memcpy(&l0, l, sizeof l0);
        memcpy(&l1, l + 1, sizeof l1);
        memcpy(&lb, l + below, sizeof lb);
        hot_f8 d0 = load_f8(d);
        hot_i8 on = __builtin_convertvector(l0, hot_i8) > 0;
        hot_f8 z = (hot_f8)(((hot_i8)d0 & on) | ((hot_i8)far & ~on));
        memcpy(body, &z, sizeof z);
        hot_i8 differs = __builtin_convertvector((l0 ^ l1) | (l0 ^ lb), hot_i8);
        /* a step counts inside one body only; beside another one the labels tell */
        hot_i8 step =
            on & (differs < 256) &
            (is_step(d0, load_f8(d + 4), gap_frac) | is_step(d0, load_f8(d + below), gap_frac) |
             is_step(d0, load_f8(d + 1), gap_frac));
        m->near_label[y] |= pixel_bits(differs) << x;
        m->near_step[y] |= pixel_bits(step) << x;
    }
}

/* Grow a map of bits by `reach` pixels every way; one more right and down, since a change to the
 * right or below is marked on this side of it. */
static uint64_t grow(uint64_t row[SPAN], int span, int reach)
{
    uint64_t wide[SPAN], any = 0;
    for (int y = 0; y < span; y++) {
        uint64_t g = row[y];
        any |= g;
        for (int i = 1; i <= reach; i++)
            g |= row[y] << i | row[y] >> i;
        wide[y] = g | row[y] << (reach + 1);
    }
    for (int y = 0; any && y < span; y++) {
        uint64_t g = 0;
        for (int i = -reach - 1; i <= reach; i++)
            g |= y + i >= 0 && y + i < span ? wide[y + i] : 0;
        row[y] = g;
    }
    return any;
}

/* False: nothing to draw. */
static bool survey(const raster_job *job, int32_t px, int32_t py, int reach, ink_map *m)
{
    m->apron = reach < APRON_FINE ? APRON_FINE : APRON;
    m->span = RASTER_TILE + 2 * m->apron;
    for (int y = 0; y < m->span; y++)
        survey_row(job,
                   (size_t)(py + y - m->apron + RASTER_PAD) * (size_t)job->ink_stride +
                       (size_t)(px - m->apron + RASTER_PAD),
                   m, y);
    uint64_t any = grow(m->near_label, m->span, reach);
    return (any | grow(m->near_step, m->span, reach)) != 0;
}

/* Nearest body within r pixels: the one whose line this would be. */
HOT_INLINE float nearest(const ink_map *m, int x, int y, int r)
{
    hot_f8 near_m = (hot_f8){0} + RASTER_FAR_M;
    for (int row = -r; row <= r; row++) {
        const float *z = &m->body_m[((y + row) * SPAN + x - r) * RASTER_SAMPLE];
        for (int v = 0; v <= r; v++) {
            hot_f8 q = load_f8(z + 8 * v);
            hot_i8 less = q < near_m;
            near_m = (hot_f8)(((hot_i8)q & less) | ((hot_i8)near_m & ~less));
        }
    }
    float least = near_m[0];
    for (int i = 1; i < 8; i++)
        least = near_m[i] < least ? near_m[i] : least;
    return least;
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

typedef int16_t hot_h16 __attribute__((vector_size(32)));

HOT_INLINE int32_t sum16(hot_h16 v)
{
    typedef int64_t hot_l4 __attribute__((vector_size(32)));
    hot_i8 pair = ((hot_i8)v >> 16) + ((hot_i8)((hot_i8)v << 16) >> 16);
    hot_l4 q = (hot_l4)pair;
    int64_t a = (int32_t)q[0] + (q[0] >> 32), b = (int32_t)q[1] + (q[1] >> 32);
    int64_t c = (int32_t)q[2] + (q[2] >> 32), d = (int32_t)q[3] + (q[3] >> 32);
    return (int32_t)(a + b + c + d);
}

/* By labels alone: where no body steps in depth nearby. */
HOT_INLINE ink_share label_share(const raster_job *job, size_t k, int r_px)
{
    const ink_disc *disc = &job->ink->disc[r_px - 1];
    const int n = ink_row_len(r_px);
    hot_h16 own = (hot_h16){0} + (int16_t)job->label[k * RASTER_SAMPLE];
    hot_h16 out = {0}, in = {0}, toward = {0};
    for (int row = 0; row <= 2 * r_px; row++) {
        size_t at = (k + (size_t)row * (size_t)job->ink_stride -
                     (size_t)r_px * (size_t)job->ink_stride - (size_t)r_px) *
                    RASTER_SAMPLE;
        for (int i = 0; i < n; i += INK_LANE) {
            hot_h16 l, w, t;
            memcpy(&l, &job->label[at + (size_t)i], sizeof l);
            memcpy(&w, &disc->weight[row * n + i], sizeof w);
            memcpy(&t, &disc->toward[row * n + i], sizeof t);
            hot_h16 diff = l ^ own;
            hot_h16 same_body = (diff & (int16_t)-256) == 0;
            out += w & ~same_body;
            toward += t & ~same_body;
            in += w & same_body & (diff != 0);
        }
    }
    float unit = disc->unit;
    return (ink_share){unit * (float)sum16(out), unit * (float)sum16(in),
                       unit * (float)sum16(toward)};
}

/* By labels and steps in depth. px_m: width of a pixel there. */
HOT_INLINE ink_share depth_share(const raster_job *job, size_t k, int r_px, float px_m)
{
    const ink_disc *disc = &job->ink->disc[r_px - 1];
    const int n = ink_row_len(r_px);
    uint16_t own = job->label[k * RASTER_SAMPLE];
    float lo = INK_GAP_LO_M + INK_GAP_PX * px_m;
    float inv = own ? 1.0f / (INK_GAP_HI_M - INK_GAP_LO_M + INK_GAP_PX * px_m) : 0.0f;
    hot_f8 own_m = (hot_f8){0} + job->depth_m[k * RASTER_SAMPLE];
    hot_f8 out = {0}, in = {0}, toward = {0};
    const hot_f8 zero = {0}, one = zero + 1.0f;
    for (int row = 0; row <= 2 * r_px; row++) {
        size_t at = (k + (size_t)row * (size_t)job->ink_stride -
                     (size_t)r_px * (size_t)job->ink_stride - (size_t)r_px) *
                    RASTER_SAMPLE;
        for (int i = 0; i < 8 * (r_px + 1); i += 8) {
            hot_s8 l16;
            memcpy(&l16, &job->label[at + (size_t)i], sizeof l16);
            hot_i8 diff = __builtin_convertvector(l16 ^ own, hot_i8);
            hot_i8 other = diff > 255; /* another body */
            hot_f8 gap = load_f8(&job->depth_m[at + (size_t)i]) - own_m;
            gap = ((hot_f8)((hot_i8)gap & 0x7fffffff) - lo) * inv;
            gap = (hot_f8)((hot_i8)gap & (gap > zero));
            hot_i8 whole = other | (gap > one);
            gap = (hot_f8)(((hot_i8)one & whole) | ((hot_i8)gap & ~whole));
            hot_f8 w = load_f8(&disc->weight_frac[row * n + i]);
            out += w * gap;
            toward += load_f8(&disc->toward_frac[row * n + i]) * gap;
            in += (hot_f8)((hot_i8)(w * (one - gap)) & (diff != 0));
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

/* How a hand strays at a pixel: aside [px], in width [1], and whether the pen is down [1]. */
typedef struct ink_stray {
    float aside_px, width, down;
} ink_stray;

static ink_stray stray_at(const raster_job *job, float x_px, float y_px)
{
    const hm_paint_params *p = &job->paint;
    float scale = (float)job->pic->h_px * (1.0f / 720.0f);
    float inv = 1.0f / (p->boil_len_px * scale);
    uint32_t seed = p->drawing * 4u;
    float x = x_px * inv, y = y_px * inv;
    float n = noise_at(x, y, seed) + 0.5f * noise_at(2.7f * x, 2.7f * y, seed + 1);
    float w = noise_at(0.8f * x, 0.8f * y, seed + 2);
    /* values of the noise spread about evenly over -0.7 .. 0.7: the share below a bound is known */
    float g = noise_at(0.6f * x, 0.6f * y, seed + 3) + 0.7f - 1.4f * p->gap_frac;
    return (ink_stray){0.8f * p->boil_px * scale * n, 1.0f + p->boil_frac * w,
                       p->gap_frac > 0 ? clamp01(0.5f + 6.0f * g) : 1.0f};
}

typedef struct ink_line {
    float out, in; /* coverage */
} ink_line;

HOT_INLINE ink_line line_at(const raster_job *job, size_t k, int r_px, bool steps, float near_m,
                            float half_px, float inner_px, float aside_px)
{
    const ink_disc *disc = &job->ink->disc[r_px - 1];
    ink_share s =
        steps ? depth_share(job, k, r_px, near_m * job->view.px_frac) : label_share(job, k, r_px);
    ink_line l = {0, 0};
    bool far_side =
        !job->label[k * 4] ||
        job->depth_m[k * 4] - near_m > INK_GAP_LO_M + INK_GAP_PX * near_m * job->view.px_frac;
    if (s.out > 0.004f) {
        float t = distance_of(disc, s.out);
        t = far_side ? t : -t; /* outward from the body */
        /* the other side lies toward the sun, or away from it */
        float sun = s.toward / s.out * (far_side ? -1.5f : 1.5f);
        sun = sun > 1 ? 1 : (sun < -1 ? -1 : sun);
        float h = half_px * (1.0f - job->paint.shade_side_frac * sun);
        l.out = cover(h, t - INK_SHIFT_FRAC * h - aside_px) * clamp01(s.out * 12.0f);
    }
    if (s.in > 0.004f) {
        float t = distance_of(disc, s.in);
        l.in = cover(inner_px, t - aside_px) * clamp01(s.in * 12.0f);
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
 * is needed to see them whole. A runner whose pixels are 7 mm (at 720 rows) gets the plain width.
 */
typedef struct ink_width {
    float out_px, in_px;
    int disc_px;
} ink_width;

static ink_width width_at(const raster_job *job, float near_m)
{
    const hm_paint_params *p = &job->paint;
    float scale = (float)job->pic->h_px * (1.0f / 720.0f);
    float w = p->outline_px * sqrtf(0.007f / (near_m * job->view.px_frac * scale));
    w = w < p->far_px ? p->far_px : (w > p->near_px ? p->near_px : w);
    ink_width o = {0.5f * w * scale, 0.5f * scale * p->inner_px * (w / p->outline_px), 0};
    float need = o.out_px * (1.0f + INK_SHIFT_FRAC + p->shade_side_frac) * (1.0f + p->boil_frac) +
                 p->boil_px * scale + 0.5f;
    int most = job->ink->n_disc;
    o.disc_px = 1;
    while (o.disc_px < most && need >= (float)o.disc_px + 0.3f)
        o.disc_px++;
    return o;
}

/* Coverage of the lines at pixel k, which is (x, y) in the picture. */
static ink_line lines_at(const raster_job *job, size_t k, bool steps, float near_m, float x_px,
                         float y_px)
{
    const hm_paint_params *p = &job->paint;
    ink_width w = width_at(job, near_m);
    ink_stray by = {0, 1, 1};
    if (p->boil_px > 0 || p->gap_frac > 0)
        by = stray_at(job, x_px, y_px);
    float out = w.out_px * by.width, in = w.in_px * by.width, aside = by.aside_px;
    ink_line l = w.disc_px == 1   ? line_at(job, k, 1, steps, near_m, out, in, aside)
                 : w.disc_px == 2 ? line_at(job, k, 2, steps, near_m, out, in, aside)
                 : w.disc_px == 3 ? line_at(job, k, 3, steps, near_m, out, in, aside)
                                  : line_at(job, k, w.disc_px, steps, near_m, out, in, aside);
    return (ink_line){l.out * by.down, l.in * by.down};
}

/* Draw the lines of pixel k on the pixel (x, y) of the picture. */
static void ink_pixel(const raster_job *job, size_t k, bool steps, float near_m, int32_t x_px,
                      int32_t y_px)
{
    const hm_paint_params *p = &job->paint;
    if (near_m >= RASTER_FAR_M)
        return;
    ink_line l = lines_at(job, k, steps, near_m, (float)x_px, (float)y_px);
    if (l.out <= 0 && l.in <= 0)
        return;
    uint8_t *px = job->pic->rgbx + (size_t)y_px * (size_t)job->pic->stride + (size_t)x_px * 4;
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

/* Whole pixels that the lines lie beside their colour. */
HOT_INLINE int32_t shift_px(const raster_job *job, float px)
{
    float v = px * (float)job->pic->h_px * (1.0f / 720.0f) + 0.5f;
    int32_t n = (int32_t)(v + 64.0f) - 64;
    return n < -RASTER_SHIFT ? -RASTER_SHIFT : (n > RASTER_SHIFT ? RASTER_SHIFT : n);
}

void HOT(ink_tile)(const raster_job *job, int32_t i_tile)
{
    int32_t tx = i_tile % job->n_tx, ty = i_tile / job->n_tx;
    float near_m = tile_near_m(job, tx, ty);
    if (near_m <= 0)
        return;
    int reach = width_at(job, near_m).disc_px;
    int32_t px = tx * RASTER_TILE, py = ty * RASTER_TILE;
    int32_t from_x = px - shift_px(job, job->paint.shift_x_px);
    int32_t from_y = py - shift_px(job, job->paint.shift_y_px);
    ink_map map;
    if (!survey(job, from_x, from_y, reach, &map))
        return;
    int32_t nx = job->pic->w_px - px, ny = job->pic->h_px - py;
    nx = nx < RASTER_TILE ? nx : RASTER_TILE;
    ny = ny < RASTER_TILE ? ny : RASTER_TILE;
    for (int32_t y = 0; y < ny; y++) {
        uint64_t step = map.near_step[y + map.apron] >> map.apron;
        uint64_t bits =
            (map.near_label[y + map.apron] >> map.apron | step) & ((UINT64_C(1) << nx) - 1);
        for (; bits; bits &= bits - 1) {
            int32_t x = __builtin_ctzll(bits);
            size_t k = (size_t)(from_y + y + RASTER_PAD) * (size_t)job->ink_stride +
                       (size_t)(from_x + x + RASTER_PAD);
            float near = reach <= 3 ? nearest(&map, x + map.apron, y + map.apron, 2)
                                    : nearest(&map, x + map.apron, y + map.apron, reach);
            ink_pixel(job, k, step >> x & 1, near, px + x, py + y);
        }
    }
}
