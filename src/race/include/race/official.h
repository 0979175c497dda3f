/* race/official.h - every rounding of a time, a wind and a reaction, in integers. TR = World
 * Athletics Technical Rules (C2.1, Sep 2025). Nothing that decides a place is a floating number
 * beyond here.
 *
 * A watch or a camera gives a decimal; its nearest whole unit takes away what binary fractions add
 * (9.530000000001). Whatever follows goes up, to the next longer unit unless exact. */
#ifndef HM_RACE_OFFICIAL_H
#define HM_RACE_OFFICIAL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    HM_OFFICIAL_TEXT = 24,     /* bytes that the printers below need */
    HM_REACTION_LEAST_MS = 100 /* TR16.6: an alarm below it */
};

/** a / b towards plus infinity, b > 0 (asserted). */
int64_t hm_ceil_div(int64_t a, int64_t b);

/** Seconds to integer microseconds, to nearest. */
int64_t hm_time_us(double time_s);

/**
 * Number of the first image line in which the torso is at the plane; equal lines cannot be told
 * apart (TR21.1; that the line is the first one is our convention).
 * in     rate_hz  lines a second, at least 100 (TR19.13.1)
 */
int64_t hm_photo_line(int64_t time_us, int32_t rate_hz);

/** Thousandths, upward: what decides between races (TR21.2, TR21.5; upward is ours). */
int32_t hm_time_ms(int64_t time_us);

/**
 * Official time in 0.01 s: the next longer hundredth unless exact (TR19.23.1).
 * in     time_us  > 0
 * test   tests/unit/race/test_official.c (the rule's own cases)
 */
int32_t hm_official_cs(int64_t time_us);

/** One watch in 0.1 s: the next longer tenth unless exact (TR19.10.1). */
int32_t hm_hand_ds(int64_t watch_us);

/**
 * Official hand time of one to three watches, each converted first (TR19.11): three of which two
 * agree - that; three that differ - the middle one; two - the longer.
 */
int32_t hm_hand_combine_ds(int32_t n, const int32_t watch_ds[]);

/** Reaction in whole ms, cut off, so that "below 100" is "less than 0.100 s" (TR16.6; ours). */
int32_t hm_reaction_ms(double reaction_s);

/** Mean wind to the nearest cm/s, halves upward (ours; gauges do it inside). */
int32_t hm_wind_cmps(double wind_mps);

/** Official wind in 0.1 m/s: towards plus infinity unless the second decimal is zero (TR17.13). */
int32_t hm_wind_dmps(int32_t wind_cmps);

/** "9.58", "1:00.00" and, of 0.1 s, "9.6": written into text, which is returned. */
const char *hm_time_text(int32_t official_cs, bool hand, char text[HM_OFFICIAL_TEXT]);

/** "+2.1", "-0.3", "0.0". */
const char *hm_wind_text(int32_t wind_dmps, char text[HM_OFFICIAL_TEXT]);

#endif
