/* life/mind.h - what a race does to a runner's head and his head to the race. */
#ifndef HM_LIFE_MIND_H
#define HM_LIFE_MIND_H

#include "life/idea.h"

/** Levels of a meet, lowest first. */
typedef enum hm_meet_level {
    HM_MEET_CLUB,
    HM_MEET_PREFECTURE,
    HM_MEET_BLOCK,
    HM_MEET_NATIONAL,
    HM_MEET_FINAL, /* of the national championships, and beyond */
    HM_MEET_LEVEL_COUNT
} hm_meet_level;

const char *hm_meet_level_word(hm_meet_level level);

/** How hard it presses, 0.1 .. 1.5: level, chance of winning, beliefs. */
double hm_pressure(hm_meet_level level, double p_win, const hm_idea_effect *ideas);

/** What the head does to ln T on the day: [mind, rival], each a part of at most psych_most_ln. */
typedef struct hm_psych {
    double anxiety_z, confidence_z; /* [1] of the day */
    double mind_ln, rival_ln;
} hm_psych;

/**
 * in     noise_z  normal draw of the day
 *        n_rival  rivals in the race
 * errors none.  threads: pure
 */
hm_psych hm_psych_of(const hm_life_params *params, const hm_person *p, const hm_life_state *s,
                     hm_meet_level level, double pressure, const hm_idea_effect *ideas,
                     double noise_z, int32_t n_rival);

/** After a race: how it went against what was expected. */
typedef struct hm_race_tale {
    double gain_ln; /* ln T expected less ln T run: above 0 = better than expected */
    bool won, beaten_by_rival;
} hm_race_tale;
void hm_mind_after_race(const hm_life_params *params, const hm_person *p, hm_life_state *s,
                        const hm_race_tale *tale, const hm_idea_effect *ideas);

/** What a week is like, each -1 .. 1. */
typedef struct hm_week_mood {
    double progress, belonging, autonomy;
    double pressure; /* [1] of the meets at hand */
    double load;     /* [1] */
    bool injured;
} hm_week_mood;
/** Drift of confidence, motivation and burnout over a week. */
void hm_mind_week(const hm_life_params *params, const hm_person *p, hm_life_state *s,
                  const hm_week_mood *mood, const hm_idea_effect *ideas);

#endif
