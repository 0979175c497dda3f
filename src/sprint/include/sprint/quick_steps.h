/* sprint/quick_steps.h - footfalls of a run that differs little from a known one, in a microsecond.
 *
 * The known run is a table by time s since the reaction. A run near it is at the same place at
 *   t = reaction + s + delay(s),
 * delay a cubic between knots (a change of pace). Steps follow the law of sprint/steps.h, read from
 * tables. docs/physics/simulate.md */
#ifndef HM_SPRINT_QUICK_STEPS_H
#define HM_SPRINT_QUICK_STEPS_H

#include "sprint/drive.h"
#include "sprint/steps.h"

enum {
    HM_QUICK_KNOT = 21,     /* of the delay, evenly from the reaction to the finish */
    HM_QUICK_SAMPLE = 288,  /* of the known run */
    HM_QUICK_RATE = 256,    /* of the rate by speed */
    HM_QUICK_STEP_MAX = 192 /* footfalls before the line */
};

typedef struct hm_quick_sample {
    double x_m, v_mps;
    double bow; /* [1] how bent he is there */
} hm_quick_sample;

/** Step n, from 0. */
typedef struct hm_quick_habit {
    double slow;   /* [1] the top rate over that of this step */
    double behind; /* [1] part of the contact's length that the foot is left behind */
    double stretch, place_m, side_m, side_fast_m; /* [1] noise, as steps.h has it */
} hm_quick_habit;

/** One runner and his known run. */
typedef struct hm_quick_run {
    double run_s;               /* from the reaction to the finish */
    double sample_hz, sample_s; /* samples a second, and between two */
    double rate_per_mps;        /* [1] entries of rate_hz a m/s */
    double contact_m[2];        /* contact length at rest, and what speed adds */
    double contact_share;       /* [1] of a step, at most */
    double contact_full;        /* [1] of the top speed, from which contacts are no longer */
    double lean_m[4];           /* front, front bent, behind, behind bent: steps.h */
    double knot_mps[HM_QUICK_KNOT];
    hm_stepper who;
    hm_foot front_foot;
    hm_quick_sample sample[HM_QUICK_SAMPLE];
    double rate_hz[HM_QUICK_RATE];
    hm_quick_habit habit[HM_QUICK_STEP_MAX];
} hm_quick_run;

/**
 * in     drive, drag_per_m, wind_mps  the known run
 *        run_s   its time to the finish
 *        who     top_mps is set here
 *        seed, person, front_foot  as hm_steps_in has them
 * out    run     false where he needs more than HM_QUICK_STEP_MAX steps, or never arrives
 * memory none.  threads: pure
 */
bool hm_quick_run_make(const hm_drive *drive, double drag_per_m, double wind_mps, double run_s,
                       const hm_stepper *who, uint64_t seed, uint64_t person, hm_foot front_foot,
                       hm_quick_run *run);

/** The delay between knots. */
typedef struct hm_quick_pace {
    double reaction_s, run_s;
    double knot_hz;             /* knots a second */
    double c[HM_QUICK_KNOT][4]; /* [1] cubic in parts of a knot; the last one goes on */
} hm_quick_pace;

/** Smooth through the knots: slopes by central differences. delay_s (HM_QUICK_KNOT), first 0. */
hm_quick_pace hm_quick_pace_of(const hm_quick_run *run, double reaction_s, const double delay_s[]);

/**
 * Every footfall of n runners that touches down before they finish; n at once, as the steps of one
 * wait for each other.
 *
 * in     n      1 .. HM_LANE_MAX
 *        run    (n);  pace (n) of them
 * out    step   (n x HM_QUICK_STEP_MAX);  n_step (n)
 * range  delays of a few per cent, as days differ
 * errors none.  memory none.  threads: pure; no libm
 * test   tests/unit/sprint/test_quick_steps.c (against hm_steps_plan),
 *        tests/unit/race/test_fast.c (against races in full)
 */
void hm_quick_steps(int32_t n, const hm_quick_run *const run[], const hm_quick_pace pace[],
                    hm_step step[][HM_QUICK_STEP_MAX], int32_t n_step[]);

/** Torso front at t_s from the gun, up to half a second after the finish, m. */
double hm_quick_x_m(const hm_quick_run *run, const hm_quick_pace *pace, double t_s);

#endif
