/* life/week_priv.h - a week in its two halves: all that befalls him, and where he drifts. */
#ifndef HM_LIFE_WEEK_PRIV_H
#define HM_LIFE_WEEK_PRIV_H

#include "life/quick.h"

/** hm_week_live without the drift. hazards: of these params; NULL = reckon each time. */
void week_but_drift(const hm_life_params *params, const hm_hazards *hazards, const hm_person *p,
                    const hm_week *w, const hm_week_plan *plan, hm_life_state *s,
                    hm_account *account, hm_week_event *event);

#endif
