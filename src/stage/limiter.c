#include "limiter_priv.h"
#include "sound_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum {
    PHASES = 4, /* four times oversampled */
    TAPS = 12,
    LATER = TAPS / 2, /* samples that a point needs after it */
    PART = 16,        /* samples of one step */
    HELD_PART = 64,   /* parts that are looked at together */
    AHEAD = 6,        /* parts */
    REACH = 2 * AHEAD,
    BLOCK_PART = SOUND_CHUNK / PART
};

#define RELEASE_S 0.09

double sound_ratio_of_db(double db)
{
    return hm_exp(db * hm_log(10.0) / 20.0);
}

/* ---- peaks ---- */

struct sound_peaks {
    double tap[PHASES][TAPS];
    stage_spool spool; /* (n_part) float */
    int64_t n_part;
    float top;
    /* The part before, the parts that are looked at, and what the last of them needs after it. */
    float held[2 * (PART + HELD_PART * PART + LATER)];
    int32_t n_held; /* samples after the part before */
};

/** Interpolator: a sinc of 48 points under a Hann window, one row for each quarter sample. */
static void build_taps(double tap[PHASES][TAPS])
{
    for (int p = 0; p < PHASES; p++) {
        double sum = 0.0;
        for (int k = 0; k < TAPS; k++) {
            double x = k - (TAPS / 2 - 1) - (double)p / PHASES;
            double w = 0.5 + 0.5 * hm_cos(HM_PI * x / (TAPS / 2));
            tap[p][k] = x == 0.0 ? 1.0 : hm_sin(HM_PI * x) / (HM_PI * x) * (w > 0.0 ? w : 0.0);
            sum += tap[p][k];
        }
        for (int k = 0; k < TAPS; k++)
            tap[p][k] /= sum;
    }
}

hm_status sound_peaks_new(const char *beside, hm_arena *a, sound_peaks **out, hm_err *err)
{
    sound_peaks *p = HM_PUSH(a, sound_peaks, 1);
    if (!p)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    build_taps(p->tap);
    HM_TRY(stage_spool_open(beside, &p->spool, err));
    *out = p;
    return HM_OK;
}

void sound_peaks_close(sound_peaks *p)
{
    if (p)
        stage_spool_close(&p->spool);
}

void sound_peaks_clear(sound_peaks *p)
{
    p->n_part = 0;
    p->top = 0.0f;
    memset(p->held, 0, sizeof p->held);
    p->n_held = 0;
}

/** Between sample i and the next. */
static double between(const sound_peaks *p, const float *x, int i)
{
    double top = 0.0;
    for (int q = 1; q < PHASES; q++) {
        double y = 0.0;
        for (int k = 0; k < TAPS; k++)
            y += p->tap[q][k] * (double)x[2 * (i + k - (TAPS / 2 - 1))];
        top = fmax(top, fabs(y));
    }
    return top;
}

/** Peak of a part of n samples, from lr on; there are samples before and behind it. */
static float part_peak(const sound_peaks *p, const float *lr, int n)
{
    float peak = 0.0f;
    for (int i = 0; i < n; i++) {
        double top = 0.0;
        for (int c = 0; c < 2; c++) {
            const float *x = lr + c;
            double near = 0.0;
            for (int j = i - 1; j <= i + 2; j++)
                near = fmax(near, fabs((double)x[2 * j]));
            top = fmax(top, fabs((double)x[2 * i]));
            if (near * 2.0 > (double)peak) /* else it cannot reach what is there already */
                top = fmax(top, between(p, x, i));
        }
        peak = top > (double)peak ? (float)top : peak;
    }
    return peak;
}

/** Look at the first n samples held, whole parts but for the sound's end, and drop them. */
static hm_status look(sound_peaks *p, int32_t n, hm_err *err)
{
    float peak[HELD_PART];
    int32_t n_part = (n + PART - 1) / PART;
    for (int32_t k = 0; k < n_part; k++) {
        int32_t left = n - k * PART;
        peak[k] = part_peak(p, p->held + 2 * PART * (k + 1), left < PART ? (int)left : (int)PART);
        p->top = peak[k] > p->top ? peak[k] : p->top;
    }
    HM_TRY(stage_spool_write(&p->spool, p->n_part * (int64_t)sizeof *peak, peak,
                             (size_t)n_part * sizeof *peak, err));
    p->n_part += n_part;
    p->n_held -= n;
    memmove(p->held, p->held + 2 * n, (size_t)(PART + p->n_held) * 2 * sizeof *p->held);
    return HM_OK;
}

hm_status sound_peaks_add(sound_peaks *p, int64_t n, const float *lr, hm_err *err)
{
    enum { FULL = HELD_PART * PART + LATER };
    while (n > 0) {
        int32_t take = FULL - p->n_held;
        take = n < take ? (int32_t)n : take;
        memcpy(p->held + 2 * (PART + p->n_held), lr, (size_t)take * 2 * sizeof *lr);
        p->n_held += take;
        lr += 2 * take;
        n -= take;
        if (p->n_held == FULL)
            HM_TRY(look(p, FULL - LATER, err));
    }
    return HM_OK;
}

hm_status sound_peaks_end(sound_peaks *p, double *top, hm_err *err)
{
    while (p->n_held > 0) {
        size_t n_used = (size_t)(PART + p->n_held) * 2;
        memset(p->held + n_used, 0, sizeof p->held - n_used * sizeof *p->held);
        HM_TRY(look(p, p->n_held < HELD_PART * PART ? p->n_held : HELD_PART * PART, err));
    }
    *top = (double)p->top;
    return HM_OK;
}

/* ---- limiter ---- */

struct sound_limiter {
    const sound_peaks *peaks;
    double gain, ceiling;
    int64_t first; /* border of parts where the block begins */
    int64_t next;  /* border whose gain comes next */
    double g;
    float before; /* peak of the part before that border */
    float peak[BLOCK_PART + 2 * REACH + 1];
    /* Gains at borders, from first - REACH on: what each side allows, early down and slowly up; the
     * lowest of it within reach; the mean of that over the same reach. */
    float own[BLOCK_PART + 2 * REACH + 1], low[BLOCK_PART + 2 * REACH + 1],
        node[BLOCK_PART + 2 * REACH + 1];
};

sound_limiter *sound_limiter_new(const sound_peaks *peaks, hm_arena *a)
{
    sound_limiter *l = HM_PUSH(a, sound_limiter, 1);
    if (l)
        l->peaks = peaks;
    return l;
}

void sound_limiter_start(sound_limiter *l, double gain, double ceiling)
{
    l->gain = gain;
    l->ceiling = ceiling;
    l->first = l->next = 0;
    l->g = 1.0;
    l->before = 0.0f;
}

/** Own gains up to a border. */
static hm_status own_gains(sound_limiter *l, int64_t to, hm_err *err)
{
    double up = 1.0 - sound_decay(PART / RELEASE_S);
    int64_t from = l->next, n_part = l->peaks->n_part;
    int64_t n = (to < n_part ? to + 1 : n_part) - from;
    if (n > 0)
        HM_TRY(stage_spool_read(&l->peaks->spool, from * (int64_t)sizeof *l->peak, l->peak,
                                (size_t)n * sizeof *l->peak, err));
    for (; l->next <= to; l->next++) {
        float behind = l->next < n_part ? l->peak[l->next - from] : 0.0f;
        double top = fmax((double)behind, (double)l->before);
        double may = top * l->gain > l->ceiling ? l->ceiling / (top * l->gain) : 1.0;
        l->g += up * (1.0 - l->g);
        l->g = may < l->g ? may : l->g;
        l->own[l->next - l->first + REACH] = (float)l->g;
        l->before = behind;
    }
    return HM_OK;
}

/** Gains of the borders from l->first to last. */
static hm_status block_gains(sound_limiter *l, int64_t last, hm_err *err)
{
    int64_t n_part = l->peaks->n_part, at = l->first - REACH; /* of the arrays' first */
    HM_TRY(own_gains(l, last + REACH < n_part ? last + REACH : n_part, err));
    int64_t from = l->first - AHEAD > 0 ? l->first - AHEAD : 0,
            to = last + AHEAD < n_part ? last + AHEAD : n_part;
    for (int64_t k = from; k <= to; k++) {
        float m = l->own[k - at];
        for (int64_t j = k - AHEAD; j <= k + AHEAD; j++)
            if (j >= 0 && j <= n_part && l->own[j - at] < m)
                m = l->own[j - at];
        l->low[k - at] = m;
    }
    for (int64_t k = l->first; k <= last; k++) {
        double sum = 0.0;
        for (int64_t j = k - AHEAD; j <= k + AHEAD; j++)
            sum += (double)l->low[(j < 0 ? 0 : j > n_part ? n_part : j) - at];
        l->node[k - l->first] = (float)(sum / (2 * AHEAD + 1));
    }
    return HM_OK;
}

hm_status sound_limiter_block(sound_limiter *l, int64_t n, float *lr, hm_err *err)
{
    HM_ASSERT(n <= SOUND_CHUNK && l->first % BLOCK_PART == 0);
    int64_t n_part = (n + PART - 1) / PART;
    HM_TRY(block_gains(l, l->first + n_part, err));
    for (int64_t i = 0; i < n; i++) {
        int64_t k = i / PART;
        double u = (double)(i % PART) / PART;
        double g = l->gain * ((1.0 - u) * (double)l->node[k] + u * (double)l->node[k + 1]);
        lr[2 * i] = (float)(g * (double)lr[2 * i]);
        lr[2 * i + 1] = (float)(g * (double)lr[2 * i + 1]);
    }
    l->first += n_part;
    int64_t kept = l->next - l->first + REACH;
    memmove(l->own, l->own + n_part, (size_t)(kept > 0 ? kept : 0) * sizeof *l->own);
    return HM_OK;
}
