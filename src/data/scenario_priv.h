/* scenario_priv.h - the plain fields of a scenario's parts, and the checks across them. */
#ifndef HM_DATA_SCENARIO_PRIV_H
#define HM_DATA_SCENARIO_PRIV_H

#include "names_priv.h"
#include "record_priv.h"

#include "data/scenario.h"

extern const record_table scenario_head, scenario_world, scenario_person, scenario_point,
    scenario_time, scenario_switch, scenario_future, scenario_chapter, scenario_line;
extern const record_table scenario_event[HM_EVENT_COUNT]; /* by kind, common fields included */

/** What must hold between the parts; root names the place of what does not. */
HM_CHECKED hm_status scenario_check(const hm_scenario *s, const hm_json *root, hm_err *err);

#endif
