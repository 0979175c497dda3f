/* life/person.h - who somebody is: what does not change from birth on, and how it is drawn. */
#ifndef HM_LIFE_PERSON_H
#define HM_LIFE_PERSON_H

#include "life/params.h"

/** Constants of one life. z: standard deviations, mean 0. */
typedef struct hm_person {
    uint64_t id; /* below 2^56: whose luck it is */
    hm_sex sex;
    double birth_frac;    /* of the school year, cut-off to birth: 0 = the oldest of the class */
    double height_ratio;  /* [1] adult height against the mean */
    double mass_z, leg_z; /* [1] among people of his age */
    double timing_y;      /* d: below 0 = matures early */
    double talent_z;      /* [1] inborn and first surroundings together, above 0 = fast */
    double trainable_ln;  /* Emax */
    double slope_z;       /* [1] above 0: runs by top speed more than by the start */
    double fragility;     /* [1] multiplies the hazard of injury, mean 1 */
    double competitive_z; /* [1] what a rival in the race does to him */
    double anxiety_z;     /* [1] as a trait */
    double confidence_z;  /* [1] that he comes back to */
    double motivation_z;  /* [1] that he comes back to */
    double stubborn_frac; /* 1 = his beliefs do not move */
    double sociable_frac; /* weight of clubmates */
    double win_frac;      /* how much of him hangs on being first */
} hm_person;

/**
 * Draw a person: each constant from its own number of the key, so that one that is pinned
 * afterwards moves no other.
 *
 * in     seed  below 2^63;  id  below 2^56
 * errors none.  memory none.  threads: pure
 * source docs/physics/life.md
 * test   tests/unit/life/test_person.c
 */
hm_person hm_person_draw(uint64_t seed, uint64_t id, hm_sex sex, const hm_life_params *params);

#endif
