#include "video/silhouette.h"

#include <math.h>
#include <string.h>

/* ---- constants, all own ---- */
enum {
    SAMPLE = 7,     /* every so many points tell light and noise */
    SAMPLE_ROW = 3, /* and every so many rows light */
    LEARN_FAST = 2, /* 2^-n of the difference is learnt an image, at first */
    LEARN_SLOW = 5,
    N_FAST = 12,
    FAR = 8,  /* levels: light that wanders changes less from image to image */
    BIN = 256 /* of |diff|, a unit wide */
};
static const double noise_sigmas = 4.5; /* a change stands out so far */
static const double least_change = 7;   /* levels */
static const double absorb_level_s = 4; /* a thing that stays becomes background so fast */
static const double same_light = 0.003; /* half a level */
static const double gain_most = 1.3;    /* light that changes more than this is not light */

hm_status hm_silhouette_init(hm_silhouette *s, int32_t picture_w_px, int32_t picture_h_px,
                             int32_t u0_px, int32_t v0_px, int32_t u1_px, int32_t v1_px,
                             hm_arena *arena, hm_err *err)
{
    hm_silhouette n = {
        .u0_px = u0_px > 0 ? u0_px : 0, .v0_px = v0_px > 0 ? v0_px : 0, .gain = 1, .noise = 2};
    n.w_px = (u1_px < picture_w_px ? u1_px : picture_w_px) - n.u0_px;
    n.h_px = (v1_px < picture_h_px ? v1_px : picture_h_px) - n.v0_px;
    if (n.w_px < 4 || n.h_px < 4)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, NULL,
                          "a plane to be timed lies outside of the picture");
    size_t all = (size_t)n.w_px * (size_t)n.h_px;
    n.back = HM_PUSH(arena, int16_t, all);
    n.diff = HM_PUSH(arena, int16_t, all);
    n.mask = HM_PUSH(arena, uint8_t, all);
    n.run = HM_PUSH(arena, uint16_t, all);
    n.none = HM_PUSH(arena, uint16_t, n.w_px);
    n.busy = HM_PUSH(arena, bool, n.h_px);
    n.busy_run = HM_PUSH(arena, bool, n.h_px);
    if (!n.busy || !n.busy_run || !n.back || !n.diff || !n.mask || !n.run || !n.none)
        return hm_err_set(err, HM_ERR_SYSTEM, "silhouette", 0, 0, NULL, "no memory");
    *s = n;
    return HM_OK;
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

/* Light against the background's, from points that did not move in the last image and are not far
 * from what the last light would show; from all of them when most are: the light has jumped. */
static double gain_of(const hm_silhouette *s, const hm_clip_image *im, int32_t du, int32_t dv)
{
    int64_t now[2] = {0}, then[2] = {0}, n[2] = {0};
    int32_t gain = (int32_t)lround(4096 * s->gain);
    for (int32_t v = 0; v < s->h_px; v += SAMPLE_ROW) {
        const uint8_t *from = row_of(s, im, v, du, dv);
        size_t at = (size_t)v * (size_t)s->w_px;
        for (int32_t u = v % SAMPLE; u < s->w_px; u += SAMPLE)
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

/* Noise of the still part: middle of |diff| over points that were not changed. */
static void learn_noise(hm_silhouette *s)
{
    int32_t bin[BIN] = {0};
    int64_t n = 0, sum = 0;
    size_t all = (size_t)s->w_px * (size_t)s->h_px;
    for (size_t i = 0; i < all; i += SAMPLE)
        if (!s->mask[i]) {
            int32_t d = s->diff[i] < 0 ? -s->diff[i] : s->diff[i];
            bin[d < BIN ? d : BIN - 1]++;
            n++;
        }
    int32_t k = 0;
    for (; k < BIN - 1 && 2 * (sum + bin[k]) < n; k++)
        sum += bin[k];
    if (n == 0)
        return;
    double inside = bin[k] ? ((double)n / 2 - (double)sum) / bin[k] : 0.5;
    double found = 1.4826 * (k + inside - 0.5) / HM_SILHOUETTE_UNIT;
    s->noise += (fmax(found, 0.3) - s->noise) / 16;
}

/* gcc lays loops out for vectors only when asked; clang does by itself. */
#if defined(__GNUC__) && !defined(__clang__)
#define VECTORS __attribute__((optimize("O3")))
#else
#define VECTORS
#endif

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
        uint16_t on = (uint16_t)(mask[u] | ((above[u] > 0) & (under[u] | next[u])));
        uint16_t run = (uint16_t)(on ? above[u] + 1 : 0);
        here[u] = run;
        most = run > most ? run : most;
    }
    return most;
}

VECTORS static void carry_up(int32_t n, const uint16_t *restrict below, uint16_t *restrict here)
{
    for (int32_t u = 0; u < n; u++)
        here[u] = here[u] && below[u] ? below[u] : here[u];
}

/* Upright runs: lengths counted down the columns, then carried up. Gaps of one and two points are
 * closed: kit and skin may have the track's own luma here and there. Where nothing has changed in a
 * row and the two below there are no runs. */
static void find_runs(hm_silhouette *s)
{
    size_t w = (size_t)s->w_px;
    uint16_t most = 0;
    for (int32_t v = 0; v < s->h_px; v++) {
        uint16_t *here = s->run + (size_t)v * w;
        const uint16_t *above = v ? here - w : s->none;
        const uint8_t *mask = s->mask + (size_t)v * w;
        int32_t under = v + 1 < s->h_px ? 1 : 0, next = v + 2 < s->h_px ? 2 : under;
        uint16_t longest = 0;
        if (s->busy[v] || (v && s->busy_run[v - 1] && (s->busy[v + under] || s->busy[v + next])))
            longest = count_down(s->w_px, mask, mask + (size_t)under * w, mask + (size_t)next * w,
                                 above, here);
        else if (s->busy_run[v])
            memset(here, 0, w * sizeof *here);
        s->busy_run[v] = longest > 0;
        most = longest > most ? longest : most;
    }
    s->moving = most >= 3;
    for (int32_t v = s->h_px - 2; v >= 0 && s->moving; v--)
        if (s->busy_run[v] && s->busy_run[v + 1])
            carry_up(s->w_px, s->run + (size_t)(v + 1) * w, s->run + (size_t)v * w);
}

void hm_silhouette_step(hm_silhouette *s, const hm_clip_image *image, double shift_u_px,
                        double shift_v_px, double still_s)
{
    int32_t du = (int32_t)lround(shift_u_px), dv = (int32_t)lround(shift_v_px);
    if (s->n_image == 0)
        learn_first(s, image);
    s->gain = gain_of(s, image, du, dv);
    double change = fmax(least_change, noise_sigmas * s->noise);
    levels l = {.gain = (uint16_t)lround(32768 * s->gain),
                .base = (int16_t)lround(128 * image->black * (1 - s->gain)),
                .change = (int16_t)lround(128 * fmin(change, 250)),
                .absorb = (int16_t)lround(128 * absorb_level_s * fmin(still_s, 0.1)),
                .learn = s->n_image < N_FAST ? LEARN_FAST : LEARN_SLOW};
    bool same = fabs(s->gain - 1) < same_light;
    for (int32_t v = 0; v < s->h_px; v++) {
        size_t at = (size_t)v * (size_t)s->w_px;
        const uint8_t *from = row_of(s, image, v, du, dv);
        s->busy[v] = (same ? step_row : step_row_lit)(&l, s->w_px, from, s->back + at, s->diff + at,
                                                      s->mask + at);
    }
    learn_noise(s);
    find_runs(s);
    s->n_image++;
}
