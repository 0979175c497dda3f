/* sprint/steps_priv.h - the parts of the law of stepping, for steps.c and its quick twin. */
#ifndef HM_SPRINT_STEPS_PRIV_H
#define HM_SPRINT_STEPS_PRIV_H

#include "sprint/steps.h"

/** [1] Part of the top rate at step n, from 0. */
double steps_rise(double n);

/** [1] Part of a contact's length that the foot stays behind the centre of mass, at step n. */
double steps_behind_frac(double n);

/** [1] How bent the trunk still is at x_m: 1 at the start, falling. */
double steps_bow(double x_m);

/** Contact length at v: rest_m + more_m min(1, v per_mps); at most most_share of a step's time. */
typedef struct steps_contact {
    double rest_m, more_m;
    double per_mps;    /* [1] s/m */
    double most_share; /* [1] */
} steps_contact;
steps_contact steps_contact_of(const hm_stepper *p);

/** Torso front ahead of the centre of mass: front_m + front_bent_m bow; the farthest that a foot is
 * left behind it: behind_m + behind_bent_m bow. */
typedef struct steps_lean {
    double front_m, front_bent_m, behind_m, behind_bent_m;
} steps_lean;
steps_lean steps_lean_of(const hm_stepper *p);

/** What is his own at step n: noise keyed by seed, person and step. */
typedef struct steps_habit {
    double stretch;             /* [1] of the duration */
    double place_m;             /* along */
    double side_m, side_fast_m; /* across: side_m + side_fast_m v / top speed */
} steps_habit;
steps_habit steps_habit_of(uint64_t seed, uint64_t person, double stature_m, int32_t n,
                           hm_foot foot);

#endif
