/* life/fit_times.h - a person whose times are known: the talent and trainability that give them. */
#ifndef HM_LIFE_FIT_TIMES_H
#define HM_LIFE_FIT_TIMES_H

#include "life/one.h"

/**
 * The most likely talent (and, from two times two years apart on, what training can bring), given
 * the times, and that most people are near the middle. Drift, injury, form and mind are left out:
 * what they did to a time is taken for luck.
 *
 * in     i      one of the people, with times
 * out    fitted the person with talent_z and trainable_ln pinned, those that were not
 *        notes  how well it fits
 * errors HM_ERR_SYSTEM
 * memory arena
 * test   tests/unit/life/test_fit_times.c (a life's own times give its talent back)
 */
HM_CHECKED hm_status hm_fit_times(const hm_scenario *s, int32_t i, const hm_life_params *params,
                                  hm_arena *arena, hm_scenario_person *fitted, hm_notes *notes,
                                  hm_err *err);

/** Level at an age with nothing but growth, training and technique: s. For tests and the fit. */
void hm_plain_life(const hm_scenario *s, const hm_scenario_person *as, const hm_life_params *params,
                   int32_t n, const double age_yr[], double level_s[]);

#endif
