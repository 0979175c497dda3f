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
    CROWD_BUILDS = 4, /* short hair, long hair, hat, child */
    CROWD_ARMS = 4,   /* 0 down .. 3 up */
    CROWD_CARDS = CROWD_BUILDS * CROWD_ARMS + 1,
    CROWD_SHELL = CROWD_CARDS - 1, /* an empty seat */
    CROWD_CLUBS = 4,
    CROWD_PEOPLE = 512
};

/* A card is one seat wide and spans these heights over the step for who sits [m]. */
#define CROWD_LOW_M   (-0.45f)
#define CROWD_TALL_M  2.0f
#define CROWD_TEXEL_M (1.0f / 64.0f) /* of level 0: 32 x 128 texels */

typedef struct crowd_texel {
    uint8_t hair, skin, cloth; /* colour = their weighted sum; light and fold are in the weights */
    uint8_t cover;             /* 255 = nothing behind shows */
} crowd_texel;

typedef struct crowd_person {
    venue_v4 hair, skin, cloth; /* the fourth of each: see below; colours / 255 */
    int32_t card;               /* first of his cards, arms down */
    int32_t card_max;           /* how many more he has, arms up */
    int32_t sway;               /* 0..255 when he bobs */
} crowd_person;

/* In the fourth places: how loud it must be for him to get up, to raise the arms; how tall [m]. */
#define CROWD_RISE(p)  ((p)->hair[3])
#define CROWD_CHEER(p) ((p)->skin[3])
#define CROWD_SIZE(p)  ((p)->cloth[3])

/** Numbers in the plan of seats: below CROWD_CLUBS * CROWD_PEOPLE a person, then these. */
enum {
    CROWD_NOBODY = CROWD_CLUBS * CROWD_PEOPLE, /* an empty seat */
    CROWD_STAIR,
    CROWD_MOUTH /* of a stair well */
};

/** Seats of one tier of one facet. */
typedef struct crowd_block {
    int32_t first;  /* in seat: row 0, column 0 */
    int32_t width;  /* columns from row to row */
    int32_t lo, hi; /* first and last column; they count from the middle of the facet */
} crowd_block;

typedef struct crowd_cast {
    crowd_texel *card[CROWD_LEVELS];                       /* (CROWD_CARDS x height x width) */
    crowd_person person[CROWD_NOBODY + 1];                 /* the last is an empty seat */
    crowd_block block[VENUE_TIER_COUNT * VENUE_FACET_MAX]; /* by facet + VENUE_FACET_MAX tier */
    uint16_t *seat;                                        /* who or what is there */
} crowd_cast;

/** Who sits where: a hash of part, row and column decides. */
HM_CHECKED hm_status crowd_cast_of(const venue_bowl *bowl, uint32_t seed, float attendance_frac,
                                   hm_arena *arena, const crowd_cast **cast, hm_err *err);

/** Number in the plan at a row and column of a part, the column cut to those that are. */
static inline uint32_t crowd_seat_at(const crowd_cast *cast, int32_t part, int32_t row, int32_t col)
{
    const crowd_block *b = &cast->block[part];
    col = col < b->lo ? b->lo : col > b->hi ? b->hi : col;
    return cast->seat[b->first + row * b->width + col];
}

#endif
