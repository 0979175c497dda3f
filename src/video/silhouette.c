#include "video/silhouette.h"

#include "vectors_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- constants, all own ---- */
enum {
    SAMPLE = 7,     /* every so many points tell light and noise */
    SAMPLE_ROW = 7, /* and every so many rows light */
    LEARN_FAST = 2, /* 2^-n of the difference is learnt an image, at first */
    LEARN_SLOW = 5,
    N_FAST = 12,
    EDGE_EVERY = 200, /* images */
    COLOUR_EVERY = 4, /* images */
    NOISE_EVERY = 8,  /* images */
    FAR = 8,          /* levels: light that wanders changes less from image to image */
    BIN = 256         /* of |diff|, a unit wide */
};
static const double noise_sigmas = 4.5; /* a change stands out so far */
static const double least_change = 7;   /* levels */
static const double absorb_level_s = 4; /* a thing that stays becomes background so fast */
static const double least_colour = 5;   /* levels of colour */
static const double light_jump = 0.08;  /* colour is left out while the light differs so much */
static const double same_light = 0.003; /* half a level */
static const double gain_most = 1.3;    /* light that changes more than this is not light */

hm_status hm_silhouette_init(hm_silhouette *s, int32_t picture_w_px, int32_t picture_h_px,
                             int32_t u0_px, int32_t v0_px, int32_t u1_px, int32_t v1_px,
                             hm_arena *arena, hm_err *err)
{
    hm_silhouette n = {.u0_px = u0_px > 0 ? u0_px & ~1 : 0,
                       .v0_px = v0_px > 0 ? v0_px & ~1 : 0,
                       .gain = 1,
                       .noise = 2,
                       .half_noise = 1};
    n.w_px = (u1_px < picture_w_px ? u1_px : picture_w_px) - n.u0_px;
    n.h_px = (v1_px < picture_h_px ? v1_px : picture_h_px) - n.v0_px;
    if (n.w_px < 4 || n.h_px < 4)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, NULL,
                          "a plane to be timed lies outside of the picture");
    n.half_w_px = (n.w_px + 1) / 2;
    n.half_h_px = (n.h_px + 1) / 2;
    size_t all = (size_t)n.w_px * (size_t)n.h_px, half = (size_t)n.half_w_px * (size_t)n.half_h_px;
    n.half_edge = HM_PUSH(arena, int16_t, half);
    n.half_mask = HM_PUSH(arena, uint8_t, 2 * n.half_w_px);
    bool ok = n.half_mask && n.half_edge;
    for (int k = 0; k < 2; k++) {
        n.half_back[k] = HM_PUSH(arena, int16_t, half);
        n.half_diff[k] = HM_PUSH(arena, int16_t, half);
        ok = ok && n.half_back[k] && n.half_diff[k];
    }
    n.back = HM_PUSH(arena, int16_t, all);
    n.diff = HM_PUSH(arena, int16_t, all);
    n.mask = HM_PUSH(arena, uint8_t, all);
    n.run = HM_PUSH(arena, uint16_t, all);
    n.none = HM_PUSH(arena, uint16_t, n.w_px);
    n.from_px = HM_PUSH(arena, int32_t, n.h_px);
    n.to_px = HM_PUSH(arena, int32_t, n.h_px);
    n.busy = HM_PUSH(arena, bool, n.h_px);
    n.busy_run = HM_PUSH(arena, bool, n.h_px);
    if (!ok || !n.from_px || !n.to_px || !n.busy || !n.busy_run || !n.back || !n.diff || !n.mask ||
        !n.run || !n.none)
        return hm_err_set(err, HM_ERR_SYSTEM, "silhouette", 0, 0, NULL, "no memory");
    for (int32_t v = 0; v < n.h_px; v++)
        n.to_px[v] = n.w_px;
    *s = n;
    return HM_OK;
}

void hm_silhouette_narrow(hm_silhouette *s, const int32_t from_px[], const int32_t to_px[])
{
    for (int32_t v = 0; v < s->h_px; v++) {
        /* two rows share a row of colour, two columns a point of it */
        int32_t other = v ^ 1;
        other = other < s->h_px ? other : v;
        int32_t from = from_px[v] < from_px[other] ? from_px[v] : from_px[other],
                to = to_px[v] > to_px[other] ? to_px[v] : to_px[other];
        from = from < 0 ? 0 : from & ~1;
        to = to + 1 < s->w_px ? (to + 1) & ~1 : s->w_px;
        s->from_px[v] = from < to ? from : 0;
        s->to_px[v] = from < to ? to : 0;
    }
}

/* Row v of the part in this image, clamped to the picture. */
static const uint8_t *row_of(const hm_silhouette *s, const hm_clip_image *im, int32_t v, int32_t du,
                             int32_t dv)
{
    int32_t row = s->v0_px + v + dv, col = s->u0_px + du;
    row = row < 0 ? 0 : row >= im->height_px ? im->height_px - 1 : row;
    col = col < 0 ? 0 : col + s->w_px > im->width_px ? im->width_px - s->w_px : col;
    return im->bytes + (int64_t)row * im->stride + col;
}

static void learn_first(hm_silhouette *s, const hm_clip_image *im)
{
    for (int32_t v = 0; v < s->h_px; v++) {
        const uint8_t *from = row_of(s, im, v, 0, 0);
        int16_t *to = s->back + (size_t)v * (size_t)s->w_px;
        for (int32_t u = 0; u < s->w_px; u++)
            to[u] = (int16_t)(from[u] << 7);
    }
}

/* The same of colour. */
static const uint8_t *half_row_of(const hm_silhouette *s, const hm_clip_image *im, int k, int32_t v,
                                  int32_t du, int32_t dv)
{
    int32_t w = (im->width_px + 1) / 2, h = (im->height_px + 1) / 2;
    int32_t row = s->v0_px / 2 + v + dv, col = s->u0_px / 2 + du;
    row = row < 0 ? 0 : row >= h ? h - 1 : row;
    col = col < 0 ? 0 : col + s->half_w_px > w ? w - s->half_w_px : col;
    return im->chroma[k] + (int64_t)row * im->chroma_stride + col;
}

static void learn_first_colour(hm_silhouette *s, const hm_clip_image *im)
{
    for (int k = 0; k < 2; k++)
        for (int32_t v = 0; v < s->half_h_px; v++) {
            const uint8_t *from = half_row_of(s, im, k, v, 0, 0);
            int16_t *to = s->half_back[k] + (size_t)v * (size_t)s->half_w_px;
            for (int32_t u = 0; u < s->half_w_px; u++)
                to[u] = (int16_t)(from[u] << 7);
        }
}

/* Light against the background's, from points that did not move in the last image and are not far
 * from what the last light would show; from all of them when most are: the light has jumped. */
static double gain_of(const hm_silhouette *s, const hm_clip_image *im, int32_t du, int32_t dv)
{
    int64_t now[2] = {0}, then[2] = {0}, n[2] = {0};
    int32_t gain = (int32_t)lround(4096 * s->gain);
    for (int32_t v = 0; v < s->h_px; v += SAMPLE_ROW) {
        const uint8_t *from = row_of(s, im, v, du, dv);
        size_t at = (size_t)v * (size_t)s->w_px;
        for (int32_t u = s->from_px[v] + v % SAMPLE; u < s->to_px[v]; u += SAMPLE)
            if (!s->mask[at + (size_t)u]) {
                int32_t a = from[u] - im->black,
                        b = ((s->back[at + (size_t)u] + 64) >> 7) - im->black,
                        off = a - ((b * gain >> 12)), far = off > FAR || off < -FAR;
                now[far] += a;
                then[far] += b;
                n[far]++;
            }
    }
    bool jump = n[1] > n[0];
    double lit = (double)(now[0] + (jump ? now[1] : 0)),
           was = (double)(then[0] + (jump ? then[1] : 0));
    double found = was > 0 && lit > 0 ? lit / was : 1;
    return found < gain_most && found > 1 / gain_most ? found : 1;
}

/* Noise of the still part: middle of |diff| over points that were not changed; of colour when half,
 * where coding makes more of it than its mask tells. */
static void learn_noise(const hm_silhouette *s, bool of_colour, double *noise)
{
    int32_t bin[BIN] = {0}, by = of_colour ? 2 : 1, w = of_colour ? s->half_w_px : s->w_px;
    int64_t n = 0, sum = 0;
    for (int32_t v = 0; v < s->h_px; v += SAMPLE_ROW + 1) {
        const int16_t *diff =
            (of_colour ? s->half_diff[0] : s->diff) + (size_t)(v / by) * (size_t)w;
        const uint8_t *mask = s->mask + (size_t)v * (size_t)s->w_px;
        for (int32_t u = s->from_px[v] + v % SAMPLE; u < s->to_px[v]; u += 2)
            if (of_colour || !mask[u]) {
                int32_t d = diff[u / by] < 0 ? -diff[u / by] : diff[u / by];
                bin[d < BIN ? d : BIN - 1]++;
                n++;
            }
    }
    int32_t k = 0;
    for (; k < BIN - 1 && 2 * (sum + bin[k]) < n; k++)
        sum += bin[k];
    if (n == 0)
        return;
    double inside = bin[k] ? ((double)n / 2 - (double)sum) / bin[k] : 0.5;
    double found = 1.4826 * (k + inside - 0.5) / HM_SILHOUETTE_UNIT;
    *noise += (fmax(found, 0.3) - *noise) / 16;
}

/* All in 1/128 of a level, which 16 bits hold. */
typedef struct levels {
    uint16_t gain; /* 1/32768: background is seen as back * gain + base */
    int16_t base, change, absorb, learn;
} levels;

enum { WHITE = 255 << 7 };

/* The light is the background's, as nearly always. Returns whether anything has changed. */
VECTORS static bool step_row(const levels *l, int32_t n, const uint8_t *restrict from,
                             int16_t *restrict back, int16_t *restrict diff, uint8_t *restrict mask)
{
    const int16_t change = l->change, absorb = l->absorb, learn = l->learn,
                  half = (int16_t)(1 << (l->learn - 1));
    uint8_t any = 0;
    for (int32_t u = 0; u < n; u++) {
        int16_t d = (int16_t)((from[u] << 7) - back[u]), size = (int16_t)(d < 0 ? -d : d);
        int16_t pull = (int16_t)(d < 0 ? -absorb : absorb), step = (int16_t)((d + half) >> learn);
        back[u] = (int16_t)(back[u] + (size > change ? pull : step));
        diff[u] = (int16_t)(d >> 3);
        mask[u] = (uint8_t)(size > change);
        any |= mask[u];
    }
    return any;
}

/* The light has changed. */
VECTORS static bool step_row_lit(const levels *l, int32_t n, const uint8_t *restrict from,
                                 int16_t *restrict back, int16_t *restrict diff,
                                 uint8_t *restrict mask)
{
    const int16_t change = l->change, absorb = l->absorb, learn = l->learn, base = l->base,
                  half = (int16_t)(1 << (l->learn - 1));
    uint8_t any = 0;
    for (int32_t u = 0; u < n; u++) {
        uint16_t twice = (uint16_t)(2 * back[u]), lit = (uint16_t)((uint32_t)twice * l->gain >> 16);
        int16_t seen = (int16_t)((int16_t)(lit < WHITE ? lit : WHITE) + base),
                d = (int16_t)((from[u] << 7) - seen), size = (int16_t)(d < 0 ? -d : d),
                pull = (int16_t)(d < 0 ? -absorb : absorb), step = (int16_t)((d + half) >> learn),
                up = (int16_t)(WHITE - back[u]), down = (int16_t)-back[u];
        step = size > change ? pull : step;
        step = step < up ? step : up;
        back[u] = (int16_t)(back[u] + (step > down ? step : down));
        diff[u] = (int16_t)(d >> 3);
        mask[u] = (uint8_t)(size > change);
        any |= mask[u];
    }
    return any;
}

/* One row down the count of upright runs, and the longest so far. */
VECTORS static uint16_t count_down(int32_t n, const uint8_t *restrict mask,
                                   const uint8_t *restrict under, const uint8_t *restrict next,
                                   const uint16_t *restrict above, uint16_t *restrict here)
{
    uint16_t most = 0;
    for (int32_t u = 0; u < n; u++) {
        /* the run begins here, or comes from above and goes on within two points */
        uint16_t up = above[u],
                 on = (uint16_t)(mask[u] | ((up > 0) & (under[u] | next[u]))), /* 0 or 1 */
            run = (uint16_t)((up + 1) & -on);
        here[u] = run;
        most = run > most ? run : most;
    }
    return most;
}

VECTORS static void carry_up(int32_t n, const uint16_t *restrict below, uint16_t *restrict here)
{
    for (int32_t u = 0; u < n; u++) {
        uint16_t h = here[u], b = below[u], both = (uint16_t) - ((h > 0) & (b > 0));
        here[u] = (uint16_t)((b & both) | (h & ~both));
    }
}

/* Upright runs: lengths counted down the columns, then carried up. Gaps of one and two points are
 * closed: kit and skin may have the track's own luma here and there. Where nothing has changed in a
 * row and the two below there are no runs. */
static void find_runs(hm_silhouette *s)
{
    size_t w = (size_t)s->w_px;
    uint16_t most = 0;
    for (int32_t v = 0; v < s->h_px; v++) {
        int32_t from = s->from_px[v];
        uint16_t *here = s->run + (size_t)v * w + from;
        const uint16_t *above = v ? here - w : s->none;
        const uint8_t *mask = s->mask + (size_t)v * w + from;
        int32_t under = v + 1 < s->h_px ? 1 : 0, next = v + 2 < s->h_px ? 2 : under;
        uint16_t longest = 0;
        if (s->busy[v] || (v && s->busy_run[v - 1] && (s->busy[v + under] || s->busy[v + next])))
            longest = count_down(s->to_px[v] - from, mask, mask + (size_t)under * w,
                                 mask + (size_t)next * w, above, here);
        else if (s->busy_run[v])
            memset(here, 0, (size_t)(s->to_px[v] - from) * sizeof *here);
        s->busy_run[v] = longest > 0;
        most = longest > most ? longest : most;
    }
    s->moving = most >= 3;
    for (int32_t v = s->h_px - 2; v >= 0 && s->moving; v--)
        if (s->busy_run[v] && s->busy_run[v + 1]) {
            uint16_t *here = s->run + (size_t)v * w + s->from_px[v];
            carry_up(s->to_px[v] - s->from_px[v], here + w, here);
        }
}

/* Largest step of one plane of colour around a point, up to 2 points away. */
static int32_t slope_at(const int16_t *back, int32_t w, int32_t h, int32_t u, int32_t v)
{
    int32_t most = 0, here = back[v * w + u];
    for (int32_t j = v > 1 ? -2 : -v; j <= 2 && v + j < h; j++)
        for (int32_t i = u > 1 ? -2 : -u; i <= 2 && u + i < w; i++) {
            int32_t d = abs(back[(v + j) * w + u + i] - here);
            most = d > most ? d : most;
        }
    return most;
}

static void learn_edges(hm_silhouette *s)
{
    for (int32_t v = 0; v < s->half_h_px; v++)
        for (int32_t u = s->from_px[2 * v] / 2; u < s->to_px[2 * v] / 2; u++) {
            int32_t a = slope_at(s->half_back[0], s->half_w_px, s->half_h_px, u, v),
                    b = slope_at(s->half_back[1], s->half_w_px, s->half_h_px, u, v);
            s->half_edge[v * s->half_w_px + u] = (int16_t)(a > b ? a : b);
        }
}

/* As step_row, where the background is steep only what changes more. */
VECTORS static bool step_colour_row(const levels *l, int32_t n, const uint8_t *restrict from,
                                    const int16_t *restrict edge, int16_t *restrict back,
                                    int16_t *restrict diff, uint8_t *restrict mask)
{
    const int16_t change = l->change, absorb = l->absorb, learn = l->learn,
                  half = (int16_t)(1 << (l->learn - 1));
    uint8_t any = 0;
    for (int32_t u = 0; u < n; u++) {
        int16_t d = (int16_t)((from[u] << 7) - back[u]), size = (int16_t)(d < 0 ? -d : d),
                pull = (int16_t)(d < 0 ? -absorb : absorb), step = (int16_t)((d + half) >> learn);
        back[u] = (int16_t)(back[u] + (size > change ? pull : step));
        diff[u] = (int16_t)(d >> 3);
        mask[u] = (uint8_t)((int16_t)(size - change) > edge[u]);
        any |= mask[u];
    }
    return any;
}

/* A row of colour: what changed in one of the two. Returns whether anything has. */
static bool step_colour(hm_silhouette *s, const levels *l, const hm_clip_image *image, int32_t v,
                        int32_t du, int32_t dv)
{
    bool any = false;
    int32_t from = s->from_px[2 * v] / 2, n = (s->to_px[2 * v] + 1) / 2 - from;
    size_t at = (size_t)v * (size_t)s->half_w_px + (size_t)from;
    for (int k = 0; k < 2; k++)
        any |= step_colour_row(l, n, half_row_of(s, image, k, v, du, dv) + from, s->half_edge + at,
                               s->half_back[k] + at, s->half_diff[k] + at,
                               s->half_mask + (size_t)k * (size_t)s->half_w_px);
    return any;
}

/* Points whose colour has changed are changed: two of the row for one of colour. */
VECTORS static void add_colour(int32_t n, const uint8_t *restrict a, const uint8_t *restrict b,
                               uint8_t *restrict mask)
{
    for (int32_t u = 0; u < n / 2; u++) {
        uint16_t two, on = (uint16_t)((a[u] | b[u]) * 257);
        memcpy(&two, mask + (ptrdiff_t)2 * u, sizeof two);
        two |= on;
        memcpy(mask + (ptrdiff_t)2 * u, &two, sizeof two);
    }
    if (n % 2)
        mask[n - 1] |= a[n / 2] | b[n / 2];
}

static void colour_rows(hm_silhouette *s, int32_t v)
{
    for (int32_t k = v; k < v + 2 && k < s->h_px; k++) {
        size_t at = (size_t)k * (size_t)s->w_px + (size_t)s->from_px[k];
        add_colour(s->to_px[k] - s->from_px[k], s->half_mask, s->half_mask + s->half_w_px,
                   s->mask + at);
        s->busy[k] = true;
    }
}

void hm_silhouette_step(hm_silhouette *s, const hm_clip_image *image, double shift_u_px,
                        double shift_v_px, double still_s)
{
    int32_t du = (int32_t)lround(shift_u_px), dv = (int32_t)lround(shift_v_px);
    if (s->n_image == 0)
        learn_first(s, image);
    if (!s->has_colour && image->chroma[0])
        learn_first_colour(s, image);
    s->has_colour = image->chroma[0] != NULL;
    s->gain = gain_of(s, image, du, dv);
    double change = fmax(least_change, noise_sigmas * s->noise);
    levels l = {.gain = (uint16_t)lround(32768 * s->gain),
                .base = (int16_t)lround(128 * image->black * (1 - s->gain)),
                .change = (int16_t)lround(128 * fmin(change, 250)),
                .absorb = (int16_t)lround(128 * absorb_level_s * fmin(still_s, 0.1)),
                .learn = s->n_image < N_FAST ? LEARN_FAST : LEARN_SLOW};
    if (s->has_colour && s->n_image % EDGE_EVERY == 0)
        learn_edges(s);
    levels half = l;
    half.change =
        (int16_t)lround(128 * fmin(250, fmax(least_colour, noise_sigmas * s->half_noise)));
    bool same = fabs(s->gain - 1) < same_light, coloured = false;
    for (int32_t v = 0; v < s->h_px; v += 2) {
        for (int32_t k = v; k < v + 2 && k < s->h_px; k++) {
            size_t at = (size_t)k * (size_t)s->w_px + (size_t)s->from_px[k];
            s->busy[k] = (same ? step_row : step_row_lit)(
                &l, s->to_px[k] - s->from_px[k], row_of(s, image, k, du, dv) + s->from_px[k],
                s->back + at, s->diff + at, s->mask + at);
        }
        /* a body begins and ends somewhere in luma; elsewhere colour is only learnt, now and then
         */
        bool body = s->busy[v] || (v + 1 < s->h_px && s->busy[v + 1]) || coloured,
             learn = s->n_image < N_FAST || (s->n_image + v / 2) % COLOUR_EVERY == 0;
        coloured =
            s->has_colour && (body || learn) && step_colour(s, &half, image, v / 2, du / 2, dv / 2);
        if (coloured && fabs(s->gain - 1) < light_jump)
            colour_rows(s, v);
    }
    if (s->n_image % NOISE_EVERY == 0 || s->n_image < N_FAST) {
        learn_noise(s, false, &s->noise);
        if (s->has_colour)
            learn_noise(s, true, &s->half_noise);
    }
    find_runs(s);
    s->n_image++;
}
