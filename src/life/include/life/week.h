/* life/week.h - one week of one life alone: age, injury, load, stock, technique, drift.
 *
 * What others do to him (races, ideas, teachers) is not here: life/day.h, life/idea.h. The order of
 * what a week changes is fixed, so that accounts telescope. */
#ifndef HM_LIFE_WEEK_H
#define HM_LIFE_WEEK_H

#include "life/state.h"

enum { HM_YEAR_WEEKS = 52, HM_SEASON_EARLY_WEEKS = 13, HM_DRIFT_WEEKS = 4 };

/** When: of the person's own clock, so that one life can be lived alone. */
typedef struct hm_week {
    uint64_t seed;
    uint32_t future;    /* 0 before the branch; below 2^24 */
    int32_t school_age; /* A: whole years, of the class */
    int32_t week;       /* 0 .. 51 of the school year */
} hm_week;

/** Weeks since the class began school age 0: `when` of all draws of a life. */
static inline uint32_t hm_week_when(const hm_week *w)
{
    return (uint32_t)(w->school_age * HM_YEAR_WEEKS + w->week);
}
/** Exact age of one of the class in that week, y. */
static inline double hm_week_age_y(const hm_week *w, const hm_person *p)
{
    return w->school_age - p->birth_frac + (double)w->week / (double)HM_YEAR_WEEKS;
}

/** Number of a draw within a week: the future keeps worlds apart from the branch on. */
static inline uint32_t hm_week_draw(const hm_week *w, uint32_t k)
{
    return w->future << 8 | k;
}

/** What is planned for him. */
typedef struct hm_week_plan {
    double load;            /* [1] of the week, before what he believes; 0 = does not train */
    double load_idea;       /* [1] what his beliefs add, may be below 0 */
    double train_ratio;     /* [1] how well his age takes training */
    double trainable_ratio; /* [1] of his Emax: support */
    bool taught;            /* technique moves toward the target */
    double technique_to;    /* [1] target */
    double technique_idea;  /* [1] how much faster he learns for what he believes */
    double return_frac;     /* of the days out after which he trains again: 1 = all of them */
    bool spared;            /* of injuries that are drawn */
} hm_week_plan;

/** What befell him. */
typedef struct hm_week_event {
    bool injured; /* this week */
    hm_site site;
    double days_out;
    bool recurrence; /* of the same site */
} hm_week_event;

/**
 * The load by exact age that training of this kind asks for, 1 = full-time senior.
 * source load by age: docs/physics/life.md
 */
double hm_load_of_age(const hm_life_params *params, double age_y);

/** Age at which that changes next. */
double hm_load_to_y(double age_y);

/** A plan of training at load by age, nobody's support, technique toward `technique_to`. */
hm_week_plan hm_week_plan_of(const hm_life_params *params, double age_y, double technique_to);

/**
 * Live the week before w's end: age terms of this week, then injury, load, stock, technique, drift.
 *
 * in     state    as of the end of the week before
 *        account  NULL = no books; else the changes of ln T0 are added
 * out    state    at the end of this week
 *        event    may be NULL
 * errors none.  memory none.  threads: pure
 * source docs/physics/life.md
 * test   tests/unit/life/test_week.c, test_injury.c
 */
void hm_week_live(const hm_life_params *params, const hm_person *p, const hm_week *w,
                  const hm_week_plan *plan, hm_life_state *state, hm_account *account,
                  hm_week_event *event);

#endif
