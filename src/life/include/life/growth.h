/* life/growth.h - a body by age: height, mass, legs, how much of adult speed it has, and what a
 * coach would say of its maturity.
 *
 * Glossary: bio-age = age moved by the timing of growth; PHV = peak height velocity; sitting height
 * = crown to seat. Ages are exact, years since birth. All pure, none errs, none allocates. */
#ifndef HM_LIFE_GROWTH_H
#define HM_LIFE_GROWTH_H

#include "life/person.h"

/**
 * Standing height, cm.
 * range  6 .. 40 y; fitted 6.6 .. 17.6 y (mean within 0.27 cm, sd within 0.22 cm)
 * source Preece & Baines 1978, model 1, with size and timing of a person; docs/physics/life.md
 * test   tests/unit/life/test_growth.c
 */
double hm_height_cm(const hm_person *p, double age_y);
/** Growing this fast, cm a year. */
double hm_height_velocity_cm_per_y(const hm_person *p, double age_y);
/** Age of peak height velocity, y. */
double hm_phv_age_y(const hm_person *p);
/** Leg length (standing less sitting height), cm. */
double hm_leg_length_cm(const hm_person *p, double age_y);
/** Body mass, kg. range 6 .. 40; from 17 on that of 17 with 4 kg more for men by 22 (recalled) */
double hm_mass_kg(const hm_person *p, double age_y);

/** Years from PHV as coaches reckon them; only to report: they regress to the mean. */
double hm_maturity_mirwald_y(hm_sex sex, double age_y, double height_cm, double leg_cm,
                             double mass_kg);
double hm_maturity_moore_y(hm_sex sex, double age_y, double height_cm, double leg_cm);

/** Bio-age for speed, y. */
double hm_bio_age_y(const hm_life_params *params, const hm_person *p, double age_y);
/** Time at this bio-age over the adult's, 1 from 17.5 (men), 15.5 (women) on. */
double hm_growth_ratio(hm_sex sex, double bio_age_y);
/** Its logarithm. */
double hm_growth_ln(hm_sex sex, double bio_age_y);
/** ln of what ageing makes the time longer by: 0 up to the peak. */
double hm_ageing_ln(const hm_life_params *params, double age_y);

#endif
