/* life/day.h - one race of one life: the time he runs today, and what each reason was worth. */
#ifndef HM_LIFE_DAY_H
#define HM_LIFE_DAY_H

#include "life/mind.h"
#include "life/week.h"

typedef struct hm_day_in {
    hm_meet_level level;
    double p_win;         /* what he would give himself */
    int32_t n_rival;      /* in this race */
    double conditions_ln; /* wind and air, above 0 = slower */
    uint32_t race;        /* number of the race in this week: 0, 1, ... */
} hm_day_in;

typedef struct hm_day_out {
    double ln_t;        /* ln of the time in s */
    double expected_ln; /* of a rested, calm runner in the same air */
    hm_account account; /* of this day alone: form, injury, mind, rival, conditions, luck;
                         * ln_t = level + its sum */
    hm_psych psych;
} hm_day_out;

/**
 * Run.
 * errors none.  memory none.  threads: pure
 * test   tests/unit/life/test_day.c
 */
hm_day_out hm_day_run(const hm_life_params *params, const hm_person *p, const hm_life_state *s,
                      const hm_week *w, const hm_day_in *in);

/** Form by the loads remembered, -1 .. 1: 0 in steady training. */
double hm_form_of(const hm_life_state *s);
/** What a past injury costs today. */
double hm_injury_ln(const hm_life_params *params, const hm_life_state *s);

#endif
