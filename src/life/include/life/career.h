/* life/career.h - joining the sport, staying, leaving, coming back: how likely each is, for one
 * person at one moment. Who draws and what follows is the caller's: a cohort of millions and a
 * story of five use the same functions.
 *
 * Glossary: school age A = whole years of the class (life/week.h); a standing is how much faster
 * one is than a reference of the same age, in ln T. All pure, none errs, none allocates.
 * source docs/physics/life.md; constants: rows join_ and leave_ of hm_life_params_table */
#ifndef HM_LIFE_CAREER_H
#define HM_LIFE_CAREER_H

#include "life/growth.h"

/** One person at the moment of a decision. */
typedef struct hm_career_case {
    hm_sex sex;
    int32_t school_age; /* of the year that the decision is about */
    double class_age_y; /* exact age of the middle of his class when he ran or could run t_s */
    double t_s;         /* 100 m time that he is judged by: his level, or his season's best */
    double motivation_z, burnout_frac;
    double join_logit; /* joining: hm_join_logit of these params */
    double exit_ratio; /* [1] what he believes makes of the hazard of leaving; 1 = nothing */
    bool injured;      /* this year */
    bool squad;        /* has support */
    bool was_in;       /* a club before, and left */
} hm_career_case;

/** Exact age of the middle of a class in a week of its school year, y. */
static inline double hm_class_age_y(int32_t school_age, int32_t week)
{
    return school_age - 0.5 + week / 52.0;
}

/** Time of an untrained median person of that age, s; of a runner who is good for his age, s. */
double hm_time_median_s(const hm_life_params *params, hm_sex sex, double age_y);
double hm_time_good_s(const hm_life_params *params, hm_sex sex, double age_y);

/** Can one join at that school age at all? 11, 13 and each year from 16 to 22. */
bool hm_can_join(int32_t school_age);

/**
 * Logit of joining at 13 for one at the median whom nothing moves: what makes club_13_frac of a
 * class members by then, whatever the slopes. Once for many cases: it integrates over a class.
 * test   tests/unit/life/test_career.c (people drawn one by one join as often)
 */
double hm_join_logit(const hm_life_params *params, hm_sex sex);

/**
 * Chance that one outside the sport joins a club at the beginning of this school year.
 * out    0 .. 1; 0 where one cannot join
 * test   tests/unit/life/test_career.c (closed form at the reference, signs)
 */
double hm_join_chance(const hm_life_params *params, const hm_career_case *c);

/** Is the end of this school year the end of a school (12, 15, 18, 22)? Then leaving is decided
 *  there; else it is a hazard that runs all year. */
bool hm_is_school_end(int32_t school_age);

/**
 * Chance that one in a club leaves in this school year.
 * test   tests/unit/life/test_career.c
 */
double hm_leave_chance(const hm_life_params *params, const hm_career_case *c);

/** Of a chance a year, what falls on some of its weeks under an even hazard:
 *  1 - (1 - p)^(weeks / 52). test test_career.c (52 weeks give the year) */
double hm_chance_in_weeks(double chance_per_y, double weeks);

/* name, word: why one left */
#define HM_EXIT_LIST(X)                                                                            \
    X(NONE, "still running")                                                                       \
    X(SCHOOL, "school ended")                                                                      \
    X(LEVEL, "too slow to stay")                                                                   \
    X(MOTIVATION, "lost the wish")                                                                 \
    X(BURNOUT, "burnt out")                                                                        \
    X(INJURY, "injured")                                                                           \
    X(AGE, "past the years")                                                                       \
    X(LIFE, "other things in life")

typedef enum hm_exit {
#define HM_EXIT_ENUM(name, word) HM_EXIT_##name,
    HM_EXIT_LIST(HM_EXIT_ENUM)
#undef HM_EXIT_ENUM
        HM_EXIT_COUNT
} hm_exit;

const char *hm_exit_word(hm_exit exit);

/** What weighed most in the chance of hm_leave_chance, of one who has left. */
hm_exit hm_leave_cause(const hm_life_params *params, const hm_career_case *c);

#endif
