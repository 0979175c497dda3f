/* measure/steps.h - from a track of points to contacts, steps, joint angles, and what stands out
 * in them; every number with its standard deviation.
 *
 * Needs places in metres (a track of a clip with marks), a side view, images often enough to see a
 * contact: 50 a second and more. */
#ifndef HM_MEASURE_STEPS_H
#define HM_MEASURE_STEPS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/notes.h"
#include "data/track.h"

typedef enum hm_side { HM_SIDE_LEFT, HM_SIDE_RIGHT, HM_SIDE_COUNT } hm_side;

typedef struct hm_steps_opts {
    double scale_sigma; /* [1] of the marks' scale: 0.005 */
    double toe_sigma_m; /* what counts as the toe, from step to step: 0.015 */
} hm_steps_opts;

hm_steps_opts hm_steps_opts_default(void);

/** A value and its standard deviation. NAN = not known. */
typedef struct hm_measured {
    double is, sigma;
} hm_measured;

/** One contact of a foot with the ground. */
typedef struct hm_contact {
    hm_side side;
    int32_t first, last;   /* frames of the person in which the foot stands */
    hm_measured on_s;      /* touch-down; NAN = before the clip */
    hm_measured off_s;     /* toe-off; NAN = after the clip */
    hm_measured toe_x_m;   /* where the toe stood */
    hm_measured contact_s; /* off - on */
    bool ambiguous;        /* rests on frames in which left and right could not be told apart */
} hm_contact;

/** From the touch-down of one foot to that of the other. */
typedef struct hm_stride_step {
    hm_side from;
    hm_measured contact_s, flight_s; /* of the first foot; from its toe-off to the touch-down */
    hm_measured length_m, time_s, rate_hz, speed_mps;
    bool ambiguous;
} hm_stride_step;

typedef enum hm_joint {
    HM_JOINT_TRUNK_LEAN, /* from vertical, + forward */
    HM_JOINT_THIGH_L,    /* from the downward vertical, + forward */
    HM_JOINT_THIGH_R,
    HM_JOINT_KNEE_L, /* 0 = straight */
    HM_JOINT_KNEE_R,
    HM_JOINT_ANKLE_L, /* 0 = foot square to the shank, + toes up */
    HM_JOINT_ANKLE_R,
    HM_JOINT_ELBOW_L, /* 0 = straight */
    HM_JOINT_ELBOW_R,
    HM_JOINT_COUNT
} hm_joint;

const char *hm_joint_word(hm_joint joint);

typedef struct hm_steps {
    int32_t n_contact, n_step, n_frame;
    hm_contact *contact;                 /* (n_contact) in time, feet alternate */
    hm_stride_step *step;                /* (n_step) whole ones */
    hm_stride_step mean;                 /* of all steps; sigma = of the mean */
    double (*angle_rad)[HM_JOINT_COUNT]; /* (n_frame) NAN = not seen */
    double *hip_x_m; /* (n_frame) middle of the hips along the run; NAN = not seen */
    double hip_sigma_m;
    double direction;   /* [1] +1 or -1: runs towards larger or smaller x */
    double toe_sigma_m; /* scatter of a toe that stands, as found */
    hm_notes notes;
} hm_steps;

/**
 * Contacts by dynamic programming over the whole clip: the sequence left, flight, right, flight
 * with durations like those of runners that explains best how fast and how high each toe is; then
 * each touch-down and toe-off between the frames, where a curve of the flying toe meets the ground.
 * Where a net saw the foot, its speed over the ground and the runner's other contacts say when.
 *
 * in     opts   NULL = defaults
 * out    steps  untouched on failure
 * errors HM_ERR_INPUT no metres, too few frames, fewer than 40 images a second;
 *        HM_ERR_NUMERIC no alternating contacts to be found
 * memory arena.  threads: pure
 * source semi-Markov segmentation (own, after Rabiner 1989); contact and flight durations
 *        docs/clips/steps.md
 * test   tests/unit/measure/test_steps.c
 */
HM_CHECKED hm_status hm_steps_find(const hm_track_person *person, const hm_steps_opts *opts,
                                   hm_arena *arena, hm_steps *steps, hm_err *err);

/** Something that a coach would look at: an observation, never a verdict. */
typedef struct hm_observation {
    const char *what;      /* "knee at touch-down" */
    hm_measured value;     /* mean over the contacts, degrees, m or s as unit says */
    const char *unit;      /* "deg", "m", "s", "" */
    double lo, hi;         /* reference range */
    const char *reference; /* whose range, and how sure it is */
    int32_t n;             /* contacts it rests on */
} hm_observation;

enum { HM_OBSERVATION_MAX = 16 };

/**
 * Technique in numbers beside reference ranges.
 * out    found  (HM_OBSERVATION_MAX)
 * return how many
 */
int32_t hm_steps_observe(const hm_track_person *person, const hm_steps *steps,
                         hm_observation found[]);

/** Frames of a contact for a kinogram: touch-down, mid-stance, toe-off. Returns how many (0-3). */
int32_t hm_contact_moments(const hm_contact *contact, int32_t frame[3]);

#endif
