/* stage/crowd_priv.h - who sits where, and how a spectator is drawn.
 *
 * A spectator is a card: weights of hair, skin and cloth at each texel, so that one drawing serves
 * all colours. Cards are made once, at four sizes; each size is blurred over two of its texels, so
 * the nearest texel is already the right average for a pixel of up to twice the texel. */
#ifndef HM_STAGE_CROWD_PRIV_H
#define HM_STAGE_CROWD_PRIV_H

#include "venue_priv.h"

enum {
    CROWD_LEVELS = 4,
    CROWD_BUILDS = 4,   /* short hair, long hair, hat, child */
    CROWD_ARMS = 4,     /* 0 down .. 3 up */
    CROWD_CARDS = CROWD_BUILDS * CROWD_ARMS + 1,
    CROWD_SHELL = CROWD_CARDS - 1, /* an empty seat */
    CROWD_CLUBS = 4,
    CROWD_PEOPLE = 512
};

/* A card is one seat wide and spans these heights over the step for who sits [m]. */
#define CROWD_LOW_M  (-0.45f)
#define CROWD_TALL_M 2.0f
#define CROWD_TEXEL_M (1.0f / 64.0f) /* of level 0: 32 x 128 texels */

typedef struct crowd_texel {
    uint8_t hair, skin, cloth; /* colour = their weighted sum; light and fold are in the weights */
    uint8_t cover;             /* 255 = nothing behind shows */
} crowd_texel;

typedef struct crowd_person {
    uint8_t hair[3], skin[3], cloth[3];
    uint8_t build;
    uint8_t rise;  /* 0 gets up for anything .. 255 for nothing */
    uint8_t cheer; /* the same for the arms */
    uint8_t size;  /* 0..255 small .. tall */
    uint8_t sway;
} crowd_person;

typedef struct crowd_cast {
    crowd_texel *card[CROWD_LEVELS]; /* (CROWD_CARDS x height x width) */
    crowd_person person[CROWD_CLUBS][CROWD_PEOPLE];
    crowd_person nobody;
    uint32_t taken; /* of 65536 seats */
} crowd_cast;

HM_CHECKED hm_status crowd_cast_of(uint32_t seed, float attendance_frac, hm_arena *arena,
                                   const crowd_cast **cast, hm_err *err);

/** The person of a seat: facet + VENUE_FACET_MAX tier, row, column from the middle of the facet.
 *  NULL on a stair. Pure. */
const crowd_person *crowd_at(const venue_set *set, int32_t part, int32_t row, int32_t col);

#endif
