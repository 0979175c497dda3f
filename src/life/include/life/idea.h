/* life/idea.h - what beliefs do to one who holds them, and how they pass from one to another. */
#ifndef HM_LIFE_IDEA_H
#define HM_LIFE_IDEA_H

#include "life/state.h"

/** Sizes are assumptions; docs/physics/life.md. */
typedef struct hm_idea_effect {
    double pressure_ratio, load_ratio, technique_ratio, exit_ratio; /* [1] */
    double motivation_z;  /* [1] added to what he comes back to */
    double win_frac;      /* added */
    double return_frac;   /* of the days out */
    double anxiety_ratio; /* [1] of its cost: below 0 = it makes him faster */
    double joy_frac;      /* resource against burnout */
} hm_idea_effect;

/** Of the beliefs as they are now and the practices kept; with ideas off: of none. */
hm_idea_effect hm_idea_effect_of(const hm_life_params *params, const hm_life_state *s);

/** How two stand to each other when one hears the other. */
typedef enum hm_relation {
    HM_RELATION_COACH,
    HM_RELATION_RIVAL,
    HM_RELATION_CLUBMATE,
    HM_RELATION_NEXT_LANE,
    HM_RELATION_BROADCAST,
    HM_RELATION_COUNT
} hm_relation;

const char *hm_relation_word(hm_relation relation);

/**
 * Weight of one who speaks for one who hears.
 * in     from_s, to_s  their times; salience 1 .. 5: a defeat, an injury, a last race
 */
double hm_idea_weight(hm_relation relation, double from_s, double to_s, double salience);

/** The same in two steps, for many at a time (hm_exp_all): ln of the prestige, [1]; the weight. */
double hm_idea_prestige_ln(double from_s, double to_s);
double hm_idea_weight_of(hm_relation relation, double prestige, double salience);

/** Share of the way to the other's belief that one goes, and where that is. */
double hm_idea_share(const hm_life_params *params, const hm_person *to, double weight);
static inline double hm_idea_between(double frac, double from_frac, double share)
{
    return frac + share * (from_frac - frac);
}

/** What belief of `frac` becomes beside one of from_frac. */
double hm_idea_heard(const hm_life_params *params, const hm_person *to, double frac,
                     double from_frac, double weight);

#endif
