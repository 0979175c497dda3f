/* base/rng.h - counter-based randomness: the draw is a function of who, when and what for.
 *
 * Philox 4x32-10 (Salmon et al. 2011, Random123). key = seed; counter = {draw, when, entity low 32,
 * purpose (8 bits) and entity high 24}. No state: any draw can be made again, in any order, on any
 * thread, and two worlds that differ in one thing share all other draws. */
#ifndef HM_BASE_RNG_H
#define HM_BASE_RNG_H

#include <stdint.h>

/** What a draw is for. Only grows: a number never changes its meaning. */
typedef enum hm_purpose {
    HM_FOR_TEST = 0,
    HM_FOR_PRIOR = 1,    /* values filled in from a prior */
    HM_FOR_STEP = 2,     /* step noise */
    HM_FOR_BODY = 3,     /* looks of a runner */
    HM_FOR_CROWD = 4,    /* seats */
    HM_FOR_VENUE = 5,    /* everything else that stands around */
    HM_FOR_CAMERA = 6,   /* hand-held drift, choice of shots */
    HM_FOR_SOUND = 7,    /* noise of a stem */
    HM_FOR_GAIT = 8,     /* habits of movement */
    HM_FOR_RACE_DAY = 9, /* form, reaction, start of a simulated race */
    HM_FOR_COSTUME = 10, /* face, skin, hair, kit, habits of expression */
    HM_FOR_LOT = 11,     /* lots of a meet: lanes, order of heats, ties */
    HM_FOR_GUST = 12,    /* wind of a simulated race */
    HM_FOR_FIT = 13,     /* a runner drawn from the covariance of his fit */
    HM_FOR_FORM = 14,    /* form of a day, the same in all its rounds */
    HM_FOR_START = 15,   /* who comes to the start of a simulated heat, and who jumps it */
    HM_FOR_SCORE = 16,   /* motifs and the hand that plays them */
    HM_FOR_PERSON = 17,  /* constants of a life */
    HM_FOR_CHILD = 18,   /* where a life stands at six */
    HM_FOR_WEEK = 19,    /* what befalls a life in a week: injury, drift */
    HM_FOR_MEET = 20,    /* a life's race: luck, nerves */
    HM_FOR_CAREER = 21,  /* joining and leaving a sport */
    HM_FOR_CLUB = 22,    /* which club, who teaches there, who meets whom */
    HM_FOR_IDEA = 23,    /* who hears whom, practices taken up */
    HM_FOR_PHONE = 24,   /* a synthetic camera: times, hand, light, noise */
    HM_FOR_WEATHER = 25, /* wind and warmth of a life\'s race */
    HM_FOR_ROTO = 26     /* how lines of a drawing after a clip stray */
} hm_purpose;

typedef struct hm_draw4 {
    uint32_t u[4];
} hm_draw4;

/**
 * 128 random bits.
 * in     seed    below 2^63, so that it fits a JSON integer
 *        entity  who: below 2^56
 *        when    week, step, frame or sample
 *        draw    0, 1, ... where one `when` needs several
 * errors none.  threads: pure
 * test   tests/unit/base/test_rng.c (published vectors of Random123)
 */
hm_draw4 hm_rng(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when, uint32_t draw);

/** First word of hm_rng as a uniform number in (0, 1): (u + 0.5) / 2^32. */
double hm_rng_unit(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when,
                   uint32_t draw);

/** The bare generator, for known-answer tests. */
hm_draw4 hm_philox(const uint32_t counter[4], const uint32_t key[2]);

#endif
