#include "life/idea.h"

#include <math.h>

#include "life/practice.h"
#include "num/dmath.h"

static void add_practices(const hm_life_state *s, hm_idea_effect *e)
{
    for (int i = 0; i < HM_PRACTICE_COUNT; i++) {
        if (!hm_practice_kept(s, (hm_practice)i))
            continue;
        hm_practice_effect p = hm_practice_effect_of((hm_practice)i);
        e->load_ratio *= p.load_ratio;
        e->technique_ratio *= p.technique_ratio;
        e->motivation_z += p.motivation_z;
        e->return_frac *= p.return_frac;
    }
}

hm_idea_effect hm_idea_effect_of(const hm_life_params *params, const hm_life_state *s)
{
    hm_idea_effect e = {.pressure_ratio = 1,
                        .load_ratio = 1,
                        .technique_ratio = 1,
                        .exit_ratio = 1,
                        .return_frac = 1,
                        .anxiety_ratio = 1};
    if (!params->ideas)
        return e;
    double joy = hm_belief_of(s, HM_BELIEF_JOY), fastest = hm_belief_of(s, HM_BELIEF_FASTEST);
    double effort = hm_belief_of(s, HM_BELIEF_EFFORT), order = hm_belief_of(s, HM_BELIEF_ORDER);
    double form = hm_belief_of(s, HM_BELIEF_FORM), fear = hm_belief_of(s, HM_BELIEF_FEAR);
    /* sizes are assumptions: docs/physics/life.md */
    e.pressure_ratio = (1 - 0.3 * joy) * (1 + 0.3 * fastest) * (1 - 0.15 * order);
    e.load_ratio =
        (1 + 0.05 * fastest) * (1 + 0.08 * effort) * (1 - 0.05 * order) * (1 - 0.03 * form);
    e.technique_ratio = 1 + 0.5 * form;
    e.exit_ratio = (1 - 0.2 * effort) * (1 + 0.2 * order);
    e.motivation_z = 0.5 * joy + 0.5 * fastest + 0.4 * effort - 0.4 * order;
    e.win_frac = 0.3 * fastest;
    e.return_frac = 1 - 0.2 * effort;
    e.anxiety_ratio = 1 - fear;
    e.joy_frac = joy;
    if (s->practice)
        add_practices(s, &e);
    return e;
}

const char *hm_relation_word(hm_relation relation)
{
    static const char *const word[] = {"coach", "rival", "clubmate", "next lane", "broadcast"};
    return word[relation];
}

double hm_idea_prestige_ln(double from_s, double to_s)
{
    static const double steep = 20; /* assumed */
    return steep * (to_s - from_s) / to_s;
}

double hm_idea_weight_of(hm_relation relation, double prestige, double salience)
{
    static const double closeness[] = {3, 2, 1, 0.3, 0.05}; /* assumed */
    static const double least = 0.2, most = 5;
    return closeness[relation] * fmin(fmax(prestige, least), most) * salience;
}

double hm_idea_weight(hm_relation relation, double from_s, double to_s, double salience)
{
    return hm_idea_weight_of(relation, hm_exp(hm_idea_prestige_ln(from_s, to_s)), salience);
}

double hm_idea_share(const hm_life_params *params, const hm_person *to, double weight)
{
    return fmin(params->idea_rate * weight, 1) * (1 - to->stubborn_frac);
}

double hm_idea_heard(const hm_life_params *params, const hm_person *to, double frac,
                     double from_frac, double weight)
{
    return hm_idea_between(frac, from_frac, hm_idea_share(params, to, weight));
}
