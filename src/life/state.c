#include "life/state.h"

#include <math.h>

#include "base/rng.h"
#include "life/growth.h"
#include "num/dmath.h"
#include "num/stat.h"

static const char *const belief_word[] = {
#define HM_BELIEF_WORD(name, word, text) word,
    HM_BELIEF_LIST(HM_BELIEF_WORD)
#undef HM_BELIEF_WORD
};

static const char *const belief_text[] = {
#define HM_BELIEF_TEXT(name, word, text) text,
    HM_BELIEF_LIST(HM_BELIEF_TEXT)
#undef HM_BELIEF_TEXT
};

const char *hm_belief_word(hm_belief belief)
{
    return belief_word[belief];
}

const char *hm_belief_text(hm_belief belief)
{
    return belief_text[belief];
}

const char *hm_site_word(hm_site site)
{
    static const char *const site_word[] = {"hamstring", "other"};
    return site_word[site];
}

void hm_belief_set(hm_life_state *s, hm_belief b, double frac)
{
    s->belief[b] = (uint16_t)floor(fmin(fmax(frac, 0), 1) * HM_BELIEF_ONE + 0.5);
}

/* Numbers of the key HM_FOR_CHILD; only grows. */
enum { DRIFT, TECHNIQUE, BELIEF };

static double unit(uint64_t seed, uint64_t id, uint32_t what)
{
    return hm_rng_unit(seed, HM_FOR_CHILD, id, 0, what);
}

hm_life_state hm_life_state_first(uint64_t seed, const hm_person *p, const hm_life_params *params)
{
    hm_life_state s = {.since_weeks = {HM_NEVER_WEEKS, HM_NEVER_WEEKS}};
    s.drift = (float)hm_normal_near(unit(seed, p->id, DRIFT));
    /* what children come to alone, each his own; assumed */
    double own = params->technique_alone * (0.5 + unit(seed, p->id, TECHNIQUE));
    s.technique = (float)fmin(own, 1);
    s.confidence_z = (float)p->confidence_z;
    s.motivation_z = (float)p->motivation_z;
    for (int b = 0; b < HM_BELIEF_COUNT; b++) {
        double u = unit(seed, p->id, BELIEF + (uint32_t)b);
        /* children run for joy; the rest they hear: assumed */
        hm_belief_set(&s, (hm_belief)b, b == HM_BELIEF_JOY ? 0.4 + 0.4 * u : 0.3 * u);
    }
    return s;
}

double hm_core_ln(const hm_life_params *params, const hm_person *p, const hm_life_state *s)
{
    double r = params->drift_weight;
    double z = sqrt(1 - r * r) * p->talent_z + r * (double)s->drift;
    double skill = (1 - params->stock_frac) * p->trainable_ln * (double)s->technique;
    double over = params->distance_ln - params->talent_ln * z - (double)s->stock_ln - skill;
    return hm_log(params->floor_s + hm_exp(over));
}

hm_level hm_level_of(const hm_life_params *params, const hm_person *p, const hm_life_state *s,
                     double age_y)
{
    double plain = hm_growth_ln(p->sex, age_y);
    double own = hm_growth_ln(p->sex, hm_bio_age_y(params, p, age_y));
    return (hm_level){plain, own - plain, hm_core_ln(params, p, s), hm_ageing_ln(params, age_y)};
}

double hm_level_ln(const hm_level *l)
{
    return l->growth_ln + l->timing_ln + l->core_ln + l->ageing_ln;
}

double hm_level_s(const hm_level *l)
{
    return hm_exp(hm_level_ln(l));
}
