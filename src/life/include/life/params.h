/* life/params.h - every constant of the model of lives, with its source, so that a study can turn
 * it.
 *
 * Words used here: ln T is the logarithm of a 100 m time; z counts standard deviations of the
 * population, above 0 = fast; the distance from the floor is what parts a runner's time from the
 * floor F, and its logarithm is where talent and training act; a load of 1 is the week of a
 * full-time senior. docs/physics/life.md */
#ifndef HM_LIFE_PARAMS_H
#define HM_LIFE_PARAMS_H

#include "base/option.h"
#include "data/race.h"

/** Laid out by hm_life_params_table, one row a field. */
typedef struct hm_life_params {
    uint32_t cookie;

    /* what is switched on; off = its terms of the account are exactly 0 */
    bool injury, mind, rivals, ideas, support;

    /* what a time is made of */
    double floor_s, distance_ln, talent_ln; /* F, M, s */
    double heritable_frac;                  /* of the variance of talent */
    double timing_sd_y, timing_weight;      /* [1] weight: of timing on speed */
    double drift_weight, drift_kept_per_y;  /* [1] slow ups and downs that nobody explains */
    double trainable_ln, trainable_log_sd;  /* Emax: mean, spread of its logarithm */
    double peak_age_y;

    /* training */
    double train_rate_per_y, stock_frac;     /* stock: share of Emax that is physical */
    double load_youth_frac, load_child_frac; /* child: of the youth's */
    double detrain_y;                        /* time constant of the stock without training */
    double technique_rate_per_y;
    double technique_alone, technique_club, technique_teacher; /* [1] what each can bring one to */
    double teach_frac; /* of the gap, that one session with a better one closes */
    double squad_load_frac, squad_trainable_frac; /* what support adds */
    double form_ln;                               /* what form 1 is worth */

    /* a day */
    double day_sd_ln;

    /* injury: hazards a week of a full-time senior */
    double hamstring_per_week, other_per_week;
    double history_ln, recent_ln, age_ln_per_y, load_ln, spike_ln;
    double early_season_ratio, late_season_ratio, child_hazard_ratio; /* [1] */
    double hamstring_days, other_days;                                /* medians */
    double hamstring_days_log_sd, other_days_log_sd;
    double tendon_frac,
        tendon_ratio; /* share of hamstring injuries that last longer, by how much */
    double return_ln; /* slower in the week of return */

    /* mind */
    double anxiety_ln, confidence_ln, rival_ln;
    double psych_most_ln;
    double confidence_sd;

    /* rivals */
    double rival_gap_s, rival_age_y, rival_kept_frac, rival_from; /* [1] from: strength */

    /* ideas */
    double idea_rate; /* [1] eta */
    double practice_chance,
        practice_pull; /* [1] a week: alone, for each adopter beyond the threshold */

    /* joining, leaving, coming back: logits a year (life/career.h) */
    double club_13_frac; /* [1] of a class, who have joined by 13 */
    double join_slope;   /* a standing of 1 sd of all */
    double join_early_logit, join_high_logit, join_late_logit, rejoin_logit; /* against 13 */
    double join_motivation_logit;                                            /* per z */
    double leave_child_logit, leave_15_logit, leave_youth_logit, leave_slope;
    double leave_18_logit, leave_18_slope;
    double leave_univ_logit, leave_22_logit, leave_senior_logit, leave_senior_slope;
    double leave_age_logit_per_y, leave_age_y; /* beyond that age */
    double leave_motivation_logit, leave_injury_logit, leave_burnout_logit;
    double squad_stay_logit;                    /* what support takes off */
    double senior_s;                            /* a senior of this time may as well stay as go */
    double club_technique_sd, club_autonomy_sd; /* [1] between clubs */
} hm_life_params;

/** Of men or women. */
hm_life_params hm_life_params_default(hm_sex sex);

extern const hm_option_table hm_life_params_table;

#endif
