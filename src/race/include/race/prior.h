/* race/prior.h - what is taken where a sheet says nothing, so that a name and a time are enough.
 *
 * Bodies are drawn for a person, reactions and the shape of a run for a person on a day: whoever
 * runs in two sheets is as tall in both. Sources and status of each number: docs/physics/prior.md.
 */
#ifndef HM_RACE_PRIOR_H
#define HM_RACE_PRIOR_H

#include "data/race.h"

/** Known about the one to be filled in. */
typedef struct hm_prior_key {
    uint64_t seed;
    uint64_t person; /* hm_prior_person */
    uint32_t day;    /* hm_prior_day */
    hm_sex sex;
    double age_yr;
    double time_s; /* for 100 m, official or guessed: the level */
    bool standing;
} hm_prior_key;

/** Number that stands for a person: from the name, or from the lane where there is none. */
uint64_t hm_prior_person(const char *name, int32_t lane);

/** Number that stands for one race: from its meet, date and round. */
uint32_t hm_prior_day(const char *meet, const char *date, const char *round);

/** Age of a runner of whom nothing is known: young adult. */
double hm_prior_age_yr(uint64_t seed, uint64_t person);

/** Stature by sex and age. */
double hm_prior_stature_m(const hm_prior_key *k);

/** Mass by sex, age and stature. */
double hm_prior_mass_kg(const hm_prior_key *k, double stature_m);

/** Reaction = base + lognormal(median, spread), held between least and most. */
typedef struct hm_reaction_law {
    double base_s, median_s, spread; /* spread [1]: sd of the logarithm */
    double least_s, most_s;
} hm_reaction_law;

/** The law by level and kind of start. */
hm_reaction_law hm_prior_reaction_law(const hm_prior_key *k);

/** Reaction time by that law, above 0.100 s. */
double hm_prior_reaction_s(const hm_prior_key *k);

/** Shape of the speed curve of a runner of this level, with the sds that a fit to splits may use.
 * The means hold a draw, so that runners without splits do not run one race, scaled. */
typedef struct hm_prior_shape {
    double tau_s, tau_s_sd;
    double decay_mps2, decay_mps2_sd;
    double burst_per_rate_s2; /* burst_m = this * V / tau */
} hm_prior_shape;

hm_prior_shape hm_prior_shape_of(const hm_prior_key *k);

#endif
