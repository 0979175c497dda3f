/* stage/mien.h - what a face does: the expression of one runner at one instant. */
#ifndef HM_STAGE_MIEN_H
#define HM_STAGE_MIEN_H

#include "data/race.h"

/** Muscles of the face as pure numbers [1]. Zeroed except lid_up = 1 is a face at rest. */
typedef struct hm_mien {
    float brow_in, brow_out; /* -1 drawn down .. 1 raised */
    float lid_up;            /* 0 shut, 1 at rest, 1.4 wide */
    float lid_low;           /* 0 at rest .. 1 squeezed up */
    float gaze_x, gaze_y;    /* -1 .. 1, + to the runner's left, + up */
    float mouth_open;        /* 0 .. 1 */
    float mouth_wide;        /* -1 pursed .. 1 drawn wide */
    float corner;            /* -1 down .. 1 up */
    float skew;              /* -1 .. 1: lopsided mouth, + up on the runner's left */
    float teeth;             /* 0 none, 0.4 upper row, 1 rows clenched */
    float press;             /* 0 .. 1 lips pressed together */
    float wrinkle;           /* 0 .. 1 nose drawn up */
    float strain;            /* 0 .. 1 lines of brow, cheek and neck */
    float puff;              /* 0 .. 1 cheeks loose or blown */
    float sweat;             /* 0 .. 1 */
} hm_mien;

/** Presets; the order is that of the table in mien.c. */
typedef enum hm_mood {
    HM_MOOD_CALM,
    HM_MOOD_FOCUSED,
    HM_MOOD_WIDE,   /* nervous, before the gun */
    HM_MOOD_TIGHT,  /* set */
    HM_MOOD_SNAP,   /* the gun */
    HM_MOOD_CLENCH, /* drive phase */
    HM_MOOD_LOOSE,  /* top speed */
    HM_MOOD_STRAIN1,
    HM_MOOD_STRAIN2,
    HM_MOOD_STRAIN3,
    HM_MOOD_DIP,
    HM_MOOD_PAIN,
    HM_MOOD_JOY,
    HM_MOOD_DISBELIEF,
    HM_MOOD_BLANK,
    HM_MOOD_FEAR,
    HM_MOOD_CONTEMPT,
    HM_MOOD_COUNT
} hm_mood;

/** The preset. errors none (mood in range asserted).  threads: pure */
hm_mien hm_mien_of(hm_mood mood);

/** (1 - k) a + k b, k in 0 .. 1. */
hm_mien hm_mien_mix(const hm_mien *a, const hm_mien *b, float k);

/**
 * Expression of one runner at one instant: blinks and looks about before the race, holds at set,
 * snaps at the gun, clenches through the drive, hangs loose at top speed, strains with the loss of
 * speed in the last 30 m, dips, and then shows what the place meant.
 *
 * in     race  passes hm_race_check;  lane  one of its lanes
 *        t_s   [s] from the gun, may be negative
 * errors none.  memory none.  threads: pure
 * source what a face shows when is our own staging (estimate), not measured
 * test   tests/unit/stage/test_mien.c
 */
void hm_mien_at(const hm_race *race, const hm_lane *lane, double t_s, hm_mien *out);

#endif
