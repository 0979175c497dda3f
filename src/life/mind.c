#include "life/mind.h"

#include <math.h>

static const struct {
    const char *word;
    double presses, counts; /* [1] how hard a meet presses; how much the head counts there */
} level_of[] = {
    /* assumed; counts: Woodman and Hardy 2003 find more at a high standard */
    {"club", 0.1, 0.4},     {"prefecture", 0.3, 0.6}, {"block", 0.5, 0.8},
    {"national", 0.6, 1.0}, {"final", 1.0, 1.0},
};

_Static_assert(sizeof level_of / sizeof *level_of == HM_MEET_LEVEL_COUNT, "a row for each level");

const char *hm_meet_level_word(hm_meet_level level)
{
    return level_of[level].word;
}

double hm_pressure(hm_meet_level level, double p_win, const hm_idea_effect *ideas)
{
    return level_of[level].presses * (1 + 0.5 * p_win) * ideas->pressure_ratio;
}

hm_psych hm_psych_of(const hm_life_params *q, const hm_person *p, const hm_life_state *s,
                     hm_meet_level level, double pressure, const hm_idea_effect *ideas,
                     double noise_z, int32_t n_rival)
{
    static const double trait = 0.7, noise = 0.6, usual_pressure = 0.4; /* assumed */
    hm_psych y = {.anxiety_z = trait * p->anxiety_z + (pressure - usual_pressure) + noise * noise_z,
                  .confidence_z = (double)s->confidence_z};
    double counts = level_of[level].counts;
    if (q->mind)
        y.mind_ln = counts * (q->anxiety_ln * ideas->anxiety_ratio * y.anxiety_z -
                              q->confidence_ln * y.confidence_z);
    if (q->rivals && n_rival > 0)
        y.rival_ln = -q->rival_ln * (0.5 + p->competitive_z);
    double size = fabs(y.mind_ln + y.rival_ln);
    if (size > q->psych_most_ln) {
        y.mind_ln *= q->psych_most_ln / size;
        y.rival_ln *= q->psych_most_ln / size;
    }
    return y;
}

/* ---- after a race, and from week to week; all constants assumed ---- */

static float bounded(double v, double most)
{
    return (float)fmin(fmax(v, -most), most);
}

static const double most_z = 4;

void hm_mind_after_race(const hm_life_params *q, const hm_person *p, hm_life_state *s,
                        const hm_race_tale *tale, const hm_idea_effect *ideas)
{
    if (!q->mind)
        return;
    double sd = fmax(q->day_sd_ln, 1e-4);
    s->confidence_z = bounded((double)s->confidence_z + 0.3 * tale->gain_ln / sd, most_z);
    double stake = fmin(p->win_frac + ideas->win_frac, 1);
    double felt = tale->won ? 0.3 : tale->beaten_by_rival ? -1 : -0.3;
    s->motivation_z = bounded((double)s->motivation_z + 0.10 * stake * felt, most_z);
}

void hm_mind_week(const hm_life_params *q, const hm_person *p, hm_life_state *s,
                  const hm_week_mood *mood, const hm_idea_effect *ideas)
{
    if (!q->mind)
        return;
    double k = (double)s->confidence_z, m = (double)s->motivation_z, u = (double)s->burnout_frac;
    double pain = mood->injured ? 1 : 0;
    double pull = (p->motivation_z + ideas->motivation_z - m) / 40;
    double felt = mood->progress + mood->belonging + mood->autonomy - pain -
                  mood->pressure * (1 - ideas->joy_frac);
    double demand = 0.4 * mood->load + 0.4 * mood->pressure + 0.2 * pain;
    double resource = 0.25 + 0.15 * (mood->autonomy + mood->belonging + ideas->joy_frac);
    s->confidence_z = (float)(k + (p->confidence_z - k) / 26);
    s->motivation_z = bounded(m + pull + 0.02 * felt, most_z);
    s->burnout_frac = (float)fmin(fmax(u + 0.05 * (demand - resource) - u / 30, 0), 1);
}
