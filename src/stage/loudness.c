/* loudness.c - to a given loudness without passing a given true peak.
 *
 * Measured with libebur128, then gain, then a limiter that sees the peaks between the samples (four
 * times oversampled) a little ahead; measured again and corrected until both hold. The gain is
 * rounded to 0.01 dB: the last bits of the measuring library do not reach the sound. */
#include "loudness_priv.h"
#include "sound_priv.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum { PHASES = 4, TAPS = 12, PART = 16 /* samples of one limiter step */, AHEAD = 6 /* parts */ };

#define GAIN_MAX_DB    30.0
#define NEAR_ENOUGH_LU 0.05
#define MARGIN_DB      0.1 /* the moving gain and the short interpolator miss a little */
#define RELEASE_S      0.09

/* ---- measuring ---- */

static hm_status measure(const float *lr, int64_t n, int mode, hm_loudness *out, hm_err *err)
{
    ebur128_state *s = ebur128_init(2, HM_AUDIO_HZ, mode);
    bool ok = s != NULL;
    for (int64_t i = 0; ok && i < n; i += SOUND_CHUNK) {
        int64_t k = n - i < SOUND_CHUNK ? n - i : SOUND_CHUNK;
        ok = ebur128_add_frames_float(s, lr + 2 * i, (size_t)k) == EBUR128_SUCCESS;
    }
    const double none = -(double)INFINITY;
    hm_loudness l = {none, none};
    double peak = 0.0;
    if (ok)
        ok = ebur128_loudness_global(s, &l.integrated_lufs) == EBUR128_SUCCESS;
    for (unsigned c = 0; ok && (mode & EBUR128_MODE_TRUE_PEAK) == EBUR128_MODE_TRUE_PEAK && c < 2;
         c++) {
        double p = 0.0;
        ok = ebur128_true_peak(s, c, &p) == EBUR128_SUCCESS;
        peak = p > peak ? p : peak;
    }
    if (s)
        ebur128_destroy(&s);
    if (!ok)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left to measure");
    if (peak > 0.0)
        l.peak_dbtp = 20.0 * hm_log(peak) / hm_log(10.0);
    *out = l;
    return HM_OK;
}

hm_status hm_loudness_of(const hm_audio *audio, hm_loudness *out, hm_err *err)
{
    return measure(audio->lr, audio->n_sample, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK, out, err);
}

/* ---- limiting ---- */

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

/** Highest magnitude, between the samples too, of each part of the sound. */
static void part_peaks(const float *lr, int64_t n, float *peak)
{
    double tap[PHASES][TAPS];
    build_taps(tap);
    for (int64_t i = 0; i < n; i++) {
        double top = 0.0;
        for (int c = 0; c < 2; c++) {
            double near = 0.0;
            for (int64_t j = i - 1; j <= i + 2; j++)
                if (j >= 0 && j < n)
                    near = fmax(near, fabs((double)lr[2 * j + c]));
            top = fmax(top, fabs((double)lr[2 * i + c]));
            if (near * 2.0 <= (double)peak[i / PART])
                continue; /* cannot reach what is there already */
            for (int p = 1; p < PHASES; p++) {
                double y = 0.0;
                for (int k = 0; k < TAPS; k++) {
                    int64_t j = i + k - (TAPS / 2 - 1);
                    if (j >= 0 && j < n)
                        y += tap[p][k] * (double)lr[2 * j + c];
                }
                top = fmax(top, fabs(y));
            }
        }
        if (top > (double)peak[i / PART])
            peak[i / PART] = (float)top;
    }
}

/** Gain at the borders of parts: never more than either side allows, early down, slowly up. */
static void limiter_gains(const float *peak, int64_t n_part, double gain, double ceiling,
                          float *node, float *low)
{
    double up = 1.0 - sound_decay(PART / RELEASE_S), g = 1.0;
    for (int64_t k = 0; k <= n_part; k++) {
        double top = k < n_part ? (double)peak[k] : 0.0;
        if (k > 0)
            top = fmax(top, (double)peak[k - 1]);
        double may = top * gain > ceiling ? ceiling / (top * gain) : 1.0;
        g += up * (1.0 - g);
        g = may < g ? may : g;
        node[k] = (float)g;
    }
    /* The lowest within reach, then the mean over the same reach: smooth, and nowhere too high. */
    for (int64_t k = 0; k <= n_part; k++) {
        float m = node[k];
        for (int64_t j = k - AHEAD; j <= k + AHEAD; j++)
            if (j >= 0 && j <= n_part && node[j] < m)
                m = node[j];
        low[k] = m;
    }
    for (int64_t k = 0; k <= n_part; k++) {
        double sum = 0.0;
        for (int64_t j = k - AHEAD; j <= k + AHEAD; j++)
            sum += (double)low[j < 0 ? 0 : j > n_part ? n_part : j];
        node[k] = (float)(sum / (2 * AHEAD + 1));
    }
}

static void apply(const float *in, int64_t n, double gain, const float *node, float *out)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t k = i / PART;
        double u = (double)(i % PART) / PART;
        double g = gain * ((1.0 - u) * (double)node[k] + u * (double)node[k + 1]);
        out[2 * i] = (float)(g * (double)in[2 * i]);
        out[2 * i + 1] = (float)(g * (double)in[2 * i + 1]);
    }
}

static double ratio_of_db(double db)
{
    return hm_exp(db * hm_log(10.0) / 20.0);
}

static double round_db(double db)
{
    return floor(db * 100.0 + 0.5) / 100.0;
}

bool sound_hold(const float *heard, double peak_dbtp, int64_t n, float *lr)
{
    int64_t n_part = (n + PART - 1) / PART;
    hm_arena a;
    hm_arena_init(&a, 0);
    float *peak = HM_PUSH(&a, float, n_part + 1), *node = HM_PUSH(&a, float, n_part + 2),
          *low = HM_PUSH(&a, float, n_part + 2);
    bool over = false;
    if (peak && node && low) {
        part_peaks(heard, n, peak);
        double ceiling = ratio_of_db(peak_dbtp);
        for (int64_t k = 0; k < n_part; k++)
            over = over || (double)peak[k] > ceiling;
        if (over) {
            /* A little more than asked for: the coder's noise comes out anew each time. */
            limiter_gains(peak, n_part, 1.0, ratio_of_db(peak_dbtp - 0.3), node, low);
            apply(lr, n, 1.0, node, lr);
        }
    }
    hm_arena_free(&a);
    return over;
}

hm_status sound_level(const sound_film *f, const float *in, float *out, hm_arena *scratch,
                      hm_err *err)
{
    int64_t n = f->n_sample, n_part = (n + PART - 1) / PART;
    float *peak = HM_PUSH(scratch, float, n_part + 1), *node = HM_PUSH(scratch, float, n_part + 2),
          *low = HM_PUSH(scratch, float, n_part + 2);
    if (!peak || !node || !low)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    part_peaks(in, n, peak);
    hm_loudness now;
    HM_TRY(measure(in, n, EBUR128_MODE_I, &now, err));
    double ceiling = ratio_of_db(f->o.peak_dbtp - MARGIN_DB), db = 0.0;
    bool heard = isfinite(now.integrated_lufs); /* else leave the level alone, hold the peak */
    if (heard)
        db = round_db(fmin(f->o.loud_lufs - now.integrated_lufs, GAIN_MAX_DB));
    for (int k = 0; k < 5; k++) {
        limiter_gains(peak, n_part, ratio_of_db(db), ceiling, node, low);
        apply(in, n, ratio_of_db(db), node, out);
        if (!heard || db >= GAIN_MAX_DB)
            return HM_OK;
        HM_TRY(measure(out, n, EBUR128_MODE_I, &now, err));
        double miss = f->o.loud_lufs - now.integrated_lufs;
        if (fabs(miss) < NEAR_ENOUGH_LU)
            return HM_OK;
        db = round_db(fmin(db + miss * (k > 0 ? 1.5 : 1.0), GAIN_MAX_DB));
    }
    return HM_OK;
}
