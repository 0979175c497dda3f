/* breath_priv.h - when each runner breathes, for those who make it heard and those who make it
 * seen. */
#ifndef HM_STAGE_BREATH_PRIV_H
#define HM_STAGE_BREATH_PRIV_H

#include "data/race.h"

enum { BREATH_MAX = 256 };

typedef struct breath {
    double at_s, len_s;   /* race time */
    double level, effort; /* [1] how much air; 0 calm .. 1 the lungs tear */
    bool in;
} breath;

typedef struct breath_plan {
    int n;
    breath b[BREATH_MAX];
} breath_plan;

/** All breaths of a lane: calm, drawn at "set" and held, burst out of the blocks, on the run,
 *  panting after it. threads: pure */
void breath_plan_of(const hm_race *race, const hm_lane *l, double set_s, breath_plan *out);

#endif
