/* sprint/steps.h - every footfall of a run whose torso curve is known.
 *
 * Glossary: step = from one toe-off to the next of the other foot, flight first, then contact; step
 * rate = 1 / its duration (a stride is two steps); contact length = how far the body moves in
 * contact. */
#ifndef HM_SPRINT_STEPS_H
#define HM_SPRINT_STEPS_H

#include "data/race.h"

/** What the laws of stepping need to know of a runner. */
typedef struct hm_stepper {
    double stature_m, age_yr;
    hm_sex sex;
    double top_mps; /* of this run */
    bool standing;  /* standing start: trunk less bent */
} hm_stepper;

/** Highest step rate of the run, Hz: from top speed and stature by dynamic similarity. */
double hm_step_rate_hz(const hm_stepper *p, double v_mps);

/** Contact length at speed v_mps, m. */
double hm_contact_length_m(const hm_stepper *p, double v_mps);

/**
 * Rate of step n, from 0 (between steps too), at speed v_mps, Hz: it rises over the first steps and
 * falls when he slows down.
 * in     peak_mps  fastest so far, at least v_mps
 */
double hm_step_rate_of_hz(const hm_stepper *p, double n, double v_mps, double peak_mps);

/** Contact of a running step, s: contact length over speed, at most a share of the step. */
double hm_step_contact_s(const hm_stepper *p, double v_mps, double rate_hz);

typedef struct hm_steps_in {
    const hm_curve *curve;
    hm_stepper who;
    double exit_s;      /* front foot has left: the first flight begins */
    hm_foot first_foot; /* the one that lands first */
    double race_end_s;  /* finish line or pulling up; from here on walking is allowed */
    double end_s;       /* stands still */
    uint64_t seed;      /* of the race */
    uint64_t person;    /* keys the noise, below 2^56 */
} hm_steps_in;

/**
 * Every footfall from block exit to standstill, consistent with the curve: times by the laws of
 * rate and contact, places from where the torso is at touch-down and toe-off.
 *
 * out    step, n_step   feet alternate, times and places rise; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena
 * threads: pure
 * source docs/physics/steps.md
 * test   tests/unit/sprint/test_steps.c (counts, contacts and rates of the published tables)
 */
HM_CHECKED hm_status hm_steps_plan(const hm_steps_in *in, hm_arena *arena, hm_step **step,
                                   int32_t *n_step, hm_err *err);

#endif
