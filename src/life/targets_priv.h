/* life/targets_priv.h - what the files of the targets share: a mean with its error, and what each
 * file measures. */
#ifndef HM_LIFE_TARGETS_PRIV_H
#define HM_LIFE_TARGETS_PRIV_H

#include <string.h>

#include "life/targets.h"

/** Of values that come one by one. */
typedef struct target_mean {
    double n, sum, sum2;
} target_mean;

void target_take(target_mean *m, double v);
double target_mean_of(const target_mean *m);
double target_sd_of(const target_mean *m);
/** Mean and its standard error, times scale. */
void target_tell(hm_target *t, const target_mean *m, double scale);

static inline hm_sex target_sex(const hm_target *t)
{
    return strncmp(t->group, "girls", 5) == 0 || strcmp(t->group, "women") == 0 ? HM_SEX_WOMEN
                                                                                : HM_SEX_MEN;
}

/* ---- what only bodies decide: targets_body.c ---- */

void target_survey(const hm_target_worlds *w, hm_target *t);
void target_age_cost(const hm_target_worlds *w, hm_target *t);
void target_maturity(const hm_target_worlds *w, hm_target *t);
void target_ageing(const hm_target_worlds *w, hm_target *t);

/* ---- what is counted in classes: targets_count.c ---- */

void target_speed_spread(const hm_target_worlds *w, hm_target *t);
void target_club_mean(const hm_target_worlds *w, hm_target *t);
void target_stage_kept(const hm_target_worlds *w, hm_target *t);
void target_members(const hm_target_worlds *w, hm_target *t);
void target_early_late(const hm_target_worlds *w, hm_target *t);
void target_race_spread(const hm_target_worlds *w, hm_target *t);
void target_injured(const hm_target_worlds *w, hm_target *t);
void target_hamstring(const hm_target_worlds *w, hm_target *t);
void target_rivals(const hm_target_worlds *w, hm_target *t);

/* ---- what lists say: targets_list.c ---- */

void target_first_of_high_school(const hm_target_worlds *w, hm_target *t);
HM_CHECKED hm_status target_list_kept(const hm_target_worlds *w, hm_target *t, hm_arena *arena,
                                      hm_err *err);
HM_CHECKED hm_status target_best_age(const hm_target_worlds *w, hm_target *t, hm_arena *arena,
                                     hm_err *err);
HM_CHECKED hm_status target_relative_age(const hm_target_worlds *w, hm_target *t, hm_arena *arena,
                                         hm_err *err);

#endif
