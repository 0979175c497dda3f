/* life/quick.h - the same life by months of four weeks, for the millions: the equations of
 * life/week.h, life/mind.h and life/day.h, solved over weeks in which nothing befalls him. Keeps no
 * account. The slow ones are its twins (test_quick). */
#ifndef HM_LIFE_QUICK_H
#define HM_LIFE_QUICK_H

#include "life/day.h"

enum { HM_MONTH_WEEKS = 4, HM_YEAR_MONTHS = HM_YEAR_WEEKS / HM_MONTH_WEEKS };

/** Hazard a week of an injury that he had before, by weeks since the return. */
typedef struct hm_hazards {
    double again[HM_SITE_COUNT][HM_NEVER_WEEKS + 1];
} hm_hazards;

/** What params come to, worked out once. */
typedef struct hm_quick {
    hm_life_params params, calm;  /* calm: in weeks without an injury */
    double talent_ln, drift_ln;   /* for z0 and x each */
    double drift_kept, drift_new; /* [1] over a month */
    hm_hazards hazard;
    double return_ln[HM_NEVER_WEEKS + 1];
} hm_quick;

/** memory none. threads: pure */
void hm_quick_init(const hm_life_params *params, hm_quick *k);

/** Injuries of a month. */
typedef struct hm_quick_event {
    int32_t n_injury, n_hamstring, n_long; /* long: more than 21 days */
    double days_out;
} hm_quick_event;

/**
 * Live four weeks.
 * in     w      the first of them: week 0, 4, .. 48
 *        plan   of all four
 * out    event  added to
 * errors none.  memory none.  threads: pure
 * test   tests/unit/life/test_quick.c (week by week: stock and level within 1e-5)
 */
void hm_quick_month(const hm_quick *k, const hm_person *p, const hm_week *w,
                    const hm_week_plan *plan, hm_life_state *s, hm_quick_event *event);

/** Four weeks of hm_mind_week under one mood, away from the bounds. */
void hm_quick_mind(const hm_quick *k, const hm_person *p, hm_life_state *s,
                   const hm_week_mood *mood, const hm_idea_effect *ideas);

/** T0, s: hm_level_s. */
double hm_quick_level_s(const hm_quick *k, const hm_person *p, const hm_life_state *s,
                        double age_y);

/** Its parts, for many at a time (hm_exp_all): T0 = (floor + e^distance) e^ageing body. */
typedef struct hm_quick_parts {
    double distance_ln, ageing_ln, body_ratio; /* [1] */
} hm_quick_parts;
hm_quick_parts hm_quick_parts_of(const hm_quick *k, const hm_person *p, const hm_life_state *s,
                                 double age_y);

/**
 * Run: hm_day_run less the level.
 * in     ideas    hm_idea_effect_of the state
 * out    returns ln of the time over the level's; -ln is how much faster than expected, but for
 *        what the conditions make
 */
double hm_quick_race_ln(const hm_quick *k, const hm_person *p, const hm_life_state *s,
                        const hm_week *w, const hm_day_in *in, const hm_idea_effect *ideas);

#endif
