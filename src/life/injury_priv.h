/* life/injury_priv.h - injuries of a week. */
#ifndef HM_LIFE_INJURY_PRIV_H
#define HM_LIFE_INJURY_PRIV_H

#include "base/rng.h"
#include "life/quick.h"

enum { HM_INJURY_WEEKS = 4 }; /* to a draw */

void injury_hazards(const hm_life_params *params, hm_hazards *table);

/**
 * Out for another week, or back, or newly injured.
 * in     table  of these params; NULL = reckon each time
 * out    event  zeroed where nothing befell him
 *        returns whether he cannot train this week
 * source docs/physics/life.md
 * test   tests/unit/life/test_injury.c
 */
bool injury_week(const hm_life_params *params, const hm_hazards *table, const hm_person *p,
                 const hm_week *w, const hm_week_plan *plan, hm_life_state *s,
                 hm_week_event *event);

/** Numbers that the injuries of the four weeks around w are drawn with: one each, by the week. */
hm_draw4 injury_month_draw(const hm_person *p, const hm_week *w);

#endif
