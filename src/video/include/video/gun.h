/* video/gun.h - the start in the sound of a clip: when the gun is heard, and when it was fired.
 *
 * Glossary: a bang is a rise of the sound by 20 dB or more within 5 ms; its onset is the first
 * sample that belongs to it. An echo is a later and weaker bang. */
#ifndef HM_VIDEO_GUN_H
#define HM_VIDEO_GUN_H

#include "video/clip.h"

#include <stdbool.h>
#include <stdint.h>

#include "data/marks.h"

enum { HM_BANG_MAX = 64 };

typedef struct hm_bang {
    double time_s, sigma_s; /* onset on the clip's time line */
    double rise_db;         /* over the noise of the second before */
    double peak_frac;       /* [1] of full scale, within 20 ms */
    bool echo;              /* within half a second of one that was at least 6 dB louder */
} hm_bang;

typedef struct hm_bangs {
    int32_t n;
    hm_bang bang[HM_BANG_MAX]; /* (n) by time */
    int32_t loudest;           /* index, -1 = none */
    bool clear;                /* no other but echoes is within 6 dB of the loudest */
} hm_bangs;

/**
 * Bangs in a sound.
 * out    bangs  the loudest HM_BANG_MAX
 * errors HM_ERR_SYSTEM no memory
 * memory arena, temporary
 * source own design: hops of 1 ms, noise = median of the last second, onset = first sample that
 *        stands out of the noise
 * test   tests/unit/video/test_gun.c
 */
HM_CHECKED hm_status hm_bangs_find(const hm_clip_sound *sound, hm_arena *arena, hm_bangs *bangs,
                                   hm_err *err);

/** Speed of sound in dry air [m/s]. in temp_c -80 .. 60. source 331.3 sqrt(1 + T / 273.15) */
double hm_sound_mps(double temp_c);

/** When the gun was fired, and what that rests on [s, standard deviations]. */
typedef struct hm_gun_start {
    double time_s, sigma_s; /* on the clip's time line */
    double onset_sigma_s, distance_sigma_s, temp_sigma_s, offset_sigma_s;
    bool relative_only; /* the way of the sound is not known: time_s is when it was heard */
    bool temp_assumed, offset_assumed;
} hm_gun_start;

/**
 * Start = onset - offset of the sound - distance / speed of sound. What the marks do not tell is
 * assumed and widens sigma_s: 15 +- 10 deg C, offset 0 +- 20 ms. Without a distance nothing can be
 * said: relative_only.
 */
hm_gun_start hm_gun_start_of(const hm_bang *bang, const hm_marks *marks);

#endif
