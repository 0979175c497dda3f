/* limiter_priv.h - the peaks of a sound, and a gain that keeps them down; for the mix and for the
 * coder. Both take the sound in blocks, in order, and keep nothing of it in memory. */
#ifndef HM_STAGE_LIMITER_PRIV_H
#define HM_STAGE_LIMITER_PRIV_H

#include "spool_priv.h"

#include "base/arena.h"

/** Highest magnitude, between the samples too, of each part (16 samples) of a sound. */
typedef struct sound_peaks sound_peaks;

/** memory in a, 50 KB; the peaks themselves in a spool beside the file */
hm_status sound_peaks_new(const char *beside, hm_arena *a, sound_peaks **out, hm_err *err);
void sound_peaks_close(sound_peaks *p);

/** Forget everything: another sound follows. */
void sound_peaks_clear(sound_peaks *p);

/** The next n samples (n x 2). */
hm_status sound_peaks_add(sound_peaks *p, int64_t n, const float *lr, hm_err *err);

/** No more samples. top: the highest of all [1]. */
hm_status sound_peaks_end(sound_peaks *p, double *top, hm_err *err);

/** What takes a sound down where its peaks, after the gain, pass the ceiling: smoothly, and a
 *  little ahead. */
typedef struct sound_limiter sound_limiter;

/** in peaks of the whole sound, ended; NULL = no memory. memory in a, 0.1 MB */
sound_limiter *sound_limiter_new(const sound_peaks *peaks, hm_arena *a);

/** From the beginning, with this gain [1] and ceiling [1]. */
void sound_limiter_start(sound_limiter *l, double gain, double ceiling);

/** The next n samples (n x 2): SOUND_CHUNK of them, fewer at the end only. */
hm_status sound_limiter_block(sound_limiter *l, int64_t n, float *lr, hm_err *err);

/** [1] */
double sound_ratio_of_db(double db);

#endif
