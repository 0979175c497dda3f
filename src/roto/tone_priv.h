/* tone_priv.h - the few flat colours of a person, and where each lies.
 *
 * A tone is a colour of his clothes, skin or hair, with its shade. Tones belong to the person, not
 * to a drawing: they are found once and follow the light slowly, so colours do not flicker. Which
 * tones a part may have (a thigh: shorts and skin) is counted over time, so regions do not swim. */
#ifndef HM_ROTO_TONE_PRIV_H
#define HM_ROTO_TONE_PRIV_H

#include "matte_priv.h"
#include "tone_map_priv.h"

typedef struct roto_tone {
    float y, cb, cr;                   /* mean of its lit side */
    float shade_y, shade_cb, shade_cr; /* of its dark side */
    float border_y;                    /* luma between the two; below 0: no shade */
    float share;                       /* of the person */
} roto_tone;

typedef struct roto_tones {
    int32_t n; /* 0 = not found yet */
    roto_tone tone[ROTO_TONE_MAX];
    float of_kind[ROTO_KIND_COUNT][ROTO_TONE_MAX]; /* share of a kind of part that has the tone */
    roto_tone_map map;                             /* of which each tone has its places */
    float alike;                                   /* tones nearer than this are one */
    float miss, usual_miss; /* mean distance of the colours from their tones: now, as a rule */
} roto_tones;

/* Find the tones when there are none yet, or when they fit no more; then lay tone and shade of each
 * cell, and let the tones follow. ROTO_NONE where the matte is not.
 * in  was    the drawing before, NULL = none
 *     bench  its `back` as roto_matte_hold left it */
void roto_tone_lay(roto_tones *tones, roto_cells *cells, const roto_cells *was,
                   const roto_bench *bench);

hm_rgb roto_tone_rgb(const roto_tone *tone, bool shade);

/* How unlike two tones look, 0 .. about 300. */
float roto_tone_distance(const roto_tone *a, const roto_tone *b);

#endif
