/* life/state.h - what a life has come to by now: 64 bytes that a week changes. */
#ifndef HM_LIFE_STATE_H
#define HM_LIFE_STATE_H

#include "life/account.h"
#include "life/person.h"

/* name, word, what one who holds it says of running */
#define HM_BELIEF_LIST(X)                                                                          \
    X(JOY, "joy", "running is its own reward")                                                     \
    X(FASTEST, "fastest", "being fastest solves everything")                                       \
    X(EFFORT, "effort", "effort rewrites the order")                                               \
    X(ORDER, "order", "the order is fixed")                                                        \
    X(FORM, "form", "form comes first")                                                            \
    X(FEAR, "fear", "fear is fuel")

typedef enum hm_belief {
#define HM_BELIEF_ENUM(name, word, text) HM_BELIEF_##name,
    HM_BELIEF_LIST(HM_BELIEF_ENUM)
#undef HM_BELIEF_ENUM
        HM_BELIEF_COUNT
} hm_belief;

const char *hm_belief_word(hm_belief belief);
const char *hm_belief_text(hm_belief belief);

typedef enum hm_site { HM_SITE_HAMSTRING, HM_SITE_OTHER, HM_SITE_COUNT } hm_site;

const char *hm_site_word(hm_site site);

/** Where a life stands in the sport. */
typedef enum hm_standing {
    HM_STANDING_OUTSIDE, /* never joined, or not yet */
    HM_STANDING_CLUB,
    HM_STANDING_SQUAD, /* with the support of a squad, university or company */
    HM_STANDING_LEFT
} hm_standing;

enum { HM_NEVER_WEEKS = 255 };

/** Bits of history. */
enum { HM_HAD_HAMSTRING = 1, HM_HAD_OTHER = 2 };

typedef struct hm_life_state {
    float stock_ln;                     /* Ep: what training has built */
    float technique;                    /* [1] q, 0 as if chased .. 1 immaculate */
    float drift;                        /* [1] x */
    float fit, fat, chronic;            /* [1] loads remembered for 6 weeks, 1 week, 4 weeks */
    float confidence_z;                 /* [1] k */
    float motivation_z;                 /* [1] m */
    float burnout_frac;                 /* u */
    float pb_s, sb_s;                   /* best ever, best of the season; 0 = none */
    uint16_t belief[HM_BELIEF_COUNT];   /* [1] of HM_BELIEF_ONE */
    uint8_t out_weeks;                  /* injured for so long yet */
    uint8_t since_weeks[HM_SITE_COUNT]; /* since the return, HM_NEVER_WEEKS = none */
    uint8_t history;                    /* bits HM_HAD_ */
    uint8_t standing;                   /* hm_standing */
    uint8_t practice;                   /* bits of hm_practice kept: life/practice.h */
    uint8_t site;                       /* hm_site of the injury he is out with */
    uint8_t spare;
} hm_life_state;

_Static_assert(sizeof(hm_life_state) == 64, "a state is one line of the cache");

enum { HM_BELIEF_ONE = 65535 };

/** How strongly he believes it, 0 .. 1. */
static inline double hm_belief_of(const hm_life_state *s, hm_belief b)
{
    return (double)s->belief[b] / (double)HM_BELIEF_ONE;
}
/** Set it; clamped to 0 .. 1. */
void hm_belief_set(hm_life_state *s, hm_belief b, double frac);

/** A child of six: nothing trained, technique of his own, no beliefs but what he was drawn with. */
hm_life_state hm_life_state_first(uint64_t seed, const hm_person *p, const hm_life_params *params);

/** ln T0 of a rested, calm, untroubled runner, s; with its parts. */
typedef struct hm_level {
    double growth_ln, timing_ln, core_ln, ageing_ln;
} hm_level;

/** ln of the adult's time: ln(F + exp(M - s z - E)). */
double hm_core_ln(const hm_life_params *params, const hm_person *p, const hm_life_state *s);
hm_level hm_level_of(const hm_life_params *params, const hm_person *p, const hm_life_state *s,
                     double age_y);
double hm_level_ln(const hm_level *level);
/** T0, s. test tests/unit/life/test_week.c (published lives of docs/physics/life.md) */
double hm_level_s(const hm_level *level);

#endif
