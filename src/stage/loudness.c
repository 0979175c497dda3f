/* loudness.c - to a given loudness without passing a given true peak.
 *
 * Measured with libebur128, then gain, then a limiter that sees the peaks between the samples (four
 * times oversampled) a little ahead; measured again and corrected until both hold. The gain is
 * rounded to 0.01 dB: the last bits of the measuring library do not reach the sound. */
#include "limiter_priv.h"
#include "sound_priv.h"

#include <ebur128.h>
#include <math.h>

#include "num/dmath.h"

#define GAIN_MAX_DB    30.0
#define NEAR_ENOUGH_LU 0.05
#define MARGIN_DB      0.1 /* the moving gain and the short interpolator miss a little */

enum { TRIES = 5 };

/* ---- measuring ---- */

typedef struct meter {
    ebur128_state *s; /* NULL = no memory */
    bool ok;
} meter;

static meter meter_start(int mode)
{
    ebur128_state *s = ebur128_init(2, HM_AUDIO_HZ, mode);
    return (meter){s, s != NULL};
}

static void meter_add(meter *m, int64_t n, const float *lr)
{
    m->ok = m->ok && ebur128_add_frames_float(m->s, lr, (size_t)n) == EBUR128_SUCCESS;
}

static hm_status meter_end(meter *m, double *lufs, hm_err *err)
{
    m->ok = m->ok && ebur128_loudness_global(m->s, lufs) == EBUR128_SUCCESS;
    if (m->s)
        ebur128_destroy(&m->s);
    return m->ok ? HM_OK
                 : hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left to measure");
}

hm_status hm_loudness_of(const hm_audio *audio, hm_loudness *out, hm_err *err)
{
    meter m = meter_start(EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    meter_add(&m, audio->n_sample, audio->lr);
    double peak = 0.0;
    for (unsigned c = 0; m.ok && c < 2; c++) {
        double p = 0.0;
        m.ok = ebur128_true_peak(m.s, c, &p) == EBUR128_SUCCESS;
        peak = p > peak ? p : peak;
    }
    hm_loudness l = {.peak_dbtp = -(double)INFINITY};
    HM_TRY(meter_end(&m, &l.integrated_lufs, err));
    if (peak > 0.0)
        l.peak_dbtp = 20.0 * hm_log(peak) / hm_log(10.0);
    *out = l;
    return HM_OK;
}

/* ---- bringing it there ---- */

typedef struct level {
    int64_t n_sample;
    const stage_spool *in, *out;
    sound_peaks *peaks;
    sound_limiter *limiter;
    float *lr; /* (SOUND_CHUNK x 2) */
} level;

/** Go through the sound: look at its peaks, or limit it; measure what comes out. */
static hm_status pass(level *v, bool limit, meter *m, hm_err *err)
{
    for (int64_t i = 0; i < v->n_sample; i += SOUND_CHUNK) {
        int64_t left = v->n_sample - i, n = left < SOUND_CHUNK ? left : SOUND_CHUNK;
        HM_TRY(stage_spool_read_lr(v->in, i, n, v->lr, err));
        if (limit) {
            HM_TRY(sound_limiter_block(v->limiter, n, v->lr, err));
            HM_TRY(stage_spool_write_lr(v->out, i, n, v->lr, err));
        } else {
            HM_TRY(sound_peaks_add(v->peaks, n, v->lr, err));
        }
        meter_add(m, n, v->lr);
    }
    double top;
    return limit ? HM_OK : sound_peaks_end(v->peaks, &top, err);
}

static hm_status measured_pass(level *v, bool limit, double *lufs, hm_err *err)
{
    meter m = meter_start(EBUR128_MODE_I);
    hm_status st = pass(v, limit, &m, err);
    hm_status end = meter_end(&m, lufs, err);
    return st != HM_OK ? st : end;
}

static double round_db(double db)
{
    return floor(db * 100.0 + 0.5) / 100.0;
}

static hm_status find_level(level *v, const hm_sound_opts *o, hm_err *err)
{
    double now_lufs, db = 0.0, ceiling = sound_ratio_of_db(o->peak_dbtp - MARGIN_DB);
    HM_TRY(measured_pass(v, false, &now_lufs, err));
    bool heard = isfinite(now_lufs); /* else leave the level alone, hold the peak */
    if (heard)
        db = round_db(fmin(o->loud_lufs - now_lufs, GAIN_MAX_DB));
    for (int k = 0; k < TRIES; k++) {
        sound_limiter_start(v->limiter, sound_ratio_of_db(db), ceiling);
        HM_TRY(measured_pass(v, true, &now_lufs, err));
        double miss = o->loud_lufs - now_lufs;
        if (!heard || db >= GAIN_MAX_DB || fabs(miss) < NEAR_ENOUGH_LU)
            return HM_OK;
        db = round_db(fmin(db + miss * (k > 0 ? 1.5 : 1.0), GAIN_MAX_DB));
    }
    return HM_OK;
}

hm_status sound_level(int64_t n_sample, const hm_sound_opts *o, const stage_spool *in,
                      const stage_spool *out, hm_arena *scratch, hm_err *err)
{
    level v = {.n_sample = n_sample, .in = in, .out = out};
    HM_TRY(sound_peaks_new(in->beside, scratch, &v.peaks, err));
    v.limiter = sound_limiter_new(v.peaks, scratch);
    v.lr = HM_PUSH(scratch, float, 2 * SOUND_CHUNK);
    hm_status st = v.limiter && v.lr
                       ? find_level(&v, o, err)
                       : hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    sound_peaks_close(v.peaks);
    return st;
}
