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

/* What a tile knows before it draws. */
typedef struct ink_work {
    float near_m[SPAN * SPAN];  /* nearest body in and around the pixel; RASTER_FAR_M none */
    uint8_t edge[SPAN * SPAN]; /* something changes in or beside this pixel */
    uint8_t row_edge[SPAN * SPAN];
} ink_work;

/* Nearest depth and whether anything changes, of one pixel against itself, right and below. */
HOT_INLINE void look_around(const raster_job *job, size_t k, float *near_m, uint8_t *edge)
{
    uint64_t here, right, below;
    memcpy(&here, &job->label[k * 4], 8);
    memcpy(&right, &job->label[(k + 1) * 4], 8);
    memcpy(&below, &job->label[(k + (size_t)job->ink_stride) * 4], 8);
    uint64_t all = (here & 0xffff) * UINT64_C(0x0001000100010001);
    *edge = (uint8_t)((here ^ all) || (here ^ right) || (here ^ below));
    *near_m = RASTER_FAR_M;
    if (!here)
        return;
    const float *d = &job->depth_m[k * 4];
    float lo = RASTER_FAR_M, hi = 0;
    for (int i = 0; i < 4; i++)
        if (job->label[k * 4 + (size_t)i]) {
            lo = d[i] < lo ? d[i] : lo;
            hi = d[i] > hi ? d[i] : hi;
        }
    *near_m = lo;
    float gap = INK_GAP_LO_M + INK_GAP_PX * lo * job->view.px_frac;
    float r = d[4] - d[0], b = d[(size_t)job->ink_stride * 4] - d[0];
    *edge |= (uint8_t)((hi - lo > gap) | (fabsf(r) > gap) | (fabsf(b) > gap));
}

static void survey(const raster_job *job, int32_t px, int32_t py, ink_work *w)
{
    for (int y = 0; y < SPAN; y++)
        for (int x = 0; x < SPAN; x++) {
            size_t k = (size_t)(py + y - APRON + RASTER_PAD) * (size_t)job->ink_stride +
                       (size_t)(px + x - APRON + RASTER_PAD);
            look_around(job, k, &w->near_m[y * SPAN + x], &w->edge[y * SPAN + x]);
        }
}

/* Edge flags grown by 3 pixels, first along rows, then along columns. */
static void grow(ink_work *w)
{
    enum { N = SPAN * SPAN, G = 3 };
    memcpy(w->row_edge, w->edge, N);
    for (int i = G; i < N - G; i++) {
        uint8_t e = 0;
        for (int d = -G; d <= G; d++)
            e |= w->edge[i + d];
        w->row_edge[i] = e;
    }
    for (int i = G * SPAN; i < N - G * SPAN; i++) {
        uint8_t e = 0;
        for (int d = -G; d <= G; d++)
            e |= w->row_edge[i + d * SPAN];
        w->edge[i] = e;
    }
}

/* Nearest body within 2 pixels: the one whose line this would be. */
HOT_INLINE float nearest(const ink_work *w, int at)
{
    float m = RASTER_FAR_M;
    for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) {
            float v = w->near_m[at + y * SPAN + x];
            m = v < m ? v : m;
        }
    return m;
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
    typedef uint16_t hot_s8 __attribute__((vector_size(16)));
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
        l.out = clamp01(h + 0.5f - fabsf(t - 0.3f * h)) * clamp01(s.out * 12.0f);
    }
    if (s.in > 0.004f) {
        float t = distance_of(disc, s.in);
        l.in = clamp01(inner_px + 0.5f - fabsf(t)) * clamp01(s.in * 12.0f);
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

/* Lines in one pixel. Width follows distance: a runner whose pixels are 7 mm gets the plain one. */
static void ink_pixel(const raster_job *job, const ink_work *w, int at, size_t k, uint8_t *px)
{
    const hm_look_params *p = &job->look;
    float near_m = nearest(w, at);
    if (near_m >= RASTER_FAR_M)
        return;
    float scale = (float)job->pic->h_px * (1.0f / 720.0f);
    float size = sqrtf(0.007f / (near_m * job->view.px_frac * scale));
    float width = p->outline_px * size;
    width = width < p->far_px ? p->far_px : (width > p->near_px ? p->near_px : width);
    float inner = p->inner_px * (width / p->outline_px);
    float half = 0.5f * width * scale, half_in = 0.5f * inner * scale;
    float need = half * (1.3f + p->shade_side_frac) + 0.5f;
    ink_line l = need < 1.3f   ? line_at(job, k, 1, near_m, half, half_in)
                 : need < 2.3f ? line_at(job, k, 2, near_m, half, half_in)
                               : line_at(job, k, 3, near_m, half, half_in);
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

/* Does a tile or one beside it hold something with lines? */
static bool tile_needed(const raster_job *job, int32_t tx, int32_t ty)
{
    for (int32_t y = ty - 1; y <= ty + 1; y++)
        for (int32_t x = tx - 1; x <= tx + 1; x++)
            if (x >= 0 && y >= 0 && x < job->n_tx && y < job->n_ty &&
                job->tile_ink[y * job->n_tx + x])
                return true;
    return false;
}

void HOT(ink_tile)(const raster_job *job, int32_t i_tile)
{
    int32_t tx = i_tile % job->n_tx, ty = i_tile / job->n_tx;
    if (!tile_needed(job, tx, ty))
        return;
    int32_t px = tx * RASTER_TILE, py = ty * RASTER_TILE;
    ink_work w;
    survey(job, px, py, &w);
    grow(&w);
    int32_t nx = job->pic->w_px - px, ny = job->pic->h_px - py;
    nx = nx < RASTER_TILE ? nx : RASTER_TILE;
    ny = ny < RASTER_TILE ? ny : RASTER_TILE;
    for (int32_t y = 0; y < ny; y++)
        for (int32_t x = 0; x < nx; x++) {
            int at = (y + APRON) * SPAN + x + APRON;
            if (!w.edge[at])
                continue;
            size_t k = (size_t)(py + y + RASTER_PAD) * (size_t)job->ink_stride +
                       (size_t)(px + x + RASTER_PAD);
            ink_pixel(job, &w, at, k,
                      job->pic->rgbx + (size_t)(py + y) * (size_t)job->pic->stride +
                          (size_t)(px + x) * 4);
        }
}
