/* life/club.h - clubs: which one somebody belongs to, what it can teach, how its coach leads; and
 * what is planned there for a week. */
#ifndef HM_LIFE_CLUB_H
#define HM_LIFE_CLUB_H

#include "data/story.h"
#include "life/idea.h"
#include "life/week.h"

/** What a club is to those who train there. */
typedef struct hm_club {
    double technique_to; /* [1] what its teachers can bring one to, 0 .. 1 */
    double autonomy;     /* [1] -1: the coach decides all .. 1: the runner does */
} hm_club;

/**
 * Of one club, by its own key.
 * in     club  below 2^56: any number that names it
 * errors none.  memory none.  threads: pure
 * source docs/physics/life.md (spreads assumed)
 * test   tests/unit/life/test_career.c
 */
hm_club hm_club_draw(const hm_life_params *params, uint64_t seed, uint64_t club);

/** School of that age, and what comes after; a new one is a new club. */
hm_stage_of_life hm_stage_of(int32_t school_age);

/** Which of n_club around him he goes to in this stage, 0 .. n_club - 1: at most one, by his key.
 *  in     n_club  1 or more (asserted) */
int32_t hm_club_choice(uint64_t seed, uint64_t person, hm_stage_of_life stage, int32_t n_club);

/**
 * The week that is planned for one who trains in a club: load by age, what support and beliefs add,
 * technique toward what the club can teach, a squad's teachers if that is more.
 * in     squad  with support; with params->support off it adds nothing
 * errors none.  memory none.  threads: pure
 */
hm_week_plan hm_club_plan(const hm_life_params *params, const hm_club *club, bool squad,
                          const hm_idea_effect *ideas, double age_y);

#endif
