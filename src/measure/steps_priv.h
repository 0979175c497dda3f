/* steps_priv.h - what the parts of finding steps hand to one another. */
#ifndef HM_MEASURE_STEPS_PRIV_H
#define HM_MEASURE_STEPS_PRIV_H

#include "measure/steps.h"

/* s; standard deviations of what the ends of all contacts of one runner have in common when a net
 * sees them, touch-down and toe-off: no other contact of his can tell. tools/fit_contact_speed.py
 */
#define STEPS_ON_SHARED_S  0.0017
#define STEPS_OFF_SHARED_S 0.0044

/** One toe through the clip. */
typedef struct steps_toe {
    double *x_m, *z_m;         /* (n) x along the direction of running; NAN = not seen */
    double *v_mps;             /* (n) of x, from a line through the nearest frames; NAN */
    double sigma_m;            /* of one place, from the track */
    double ground_m;           /* height of the toe while it stands */
    double noise_m, noise_mps; /* of z and v from image to image */
    bool by_net;               /* seen by a net: a foot that leaves the ground comes out too flat */
    double *foot_m;            /* (n) along: mean of toe, heel and ankle; NAN = not all are seen */
} steps_toe;

/** The clip as the search sees it. */
typedef struct steps_scene {
    const hm_track_person *person;
    int32_t n;
    double *time_s; /* (n) */
    double dt_s;    /* median interval */
    double direction;
    double *hip_m; /* (n) middle of the hips along the direction; NAN */
    steps_toe toe[HM_SIDE_COUNT];
} steps_scene;

/** A run of frames in one state. */
typedef struct steps_span {
    int32_t state; /* 0 left stands, 1 flight, 2 right stands, 3 flight */
    int32_t first, last;
} steps_span;

/** Signals of a person. errors HM_ERR_INPUT, HM_ERR_SYSTEM */
HM_CHECKED hm_status steps_scene_make(const hm_track_person *person, hm_arena *arena,
                                      steps_scene *scene, hm_err *err);

/** Best sequence of states. out  span (n_span) in time */
HM_CHECKED hm_status steps_segment(const steps_scene *scene, hm_arena *arena, steps_span **span,
                                   int32_t *n_span, hm_err *err);

/** Touch-down and toe-off between frames, and where the toe stands. */
void steps_refine(const steps_scene *scene, hm_contact *contact);

/** Touch-down or toe-off by the speed of the whole foot, where a net says where it is. middle: a
 * frame of the contact. event untouched when the foot is not seen there; returns whether it was. */
bool steps_event_by_speed(const steps_scene *scene, const steps_toe *toe, bool is_on,
                          int32_t middle, hm_measured *event);

/** Slope of the line through the seen frames within so long of frame i, at least one to each side.
 */
double steps_speed_at(const steps_scene *scene, const double x_m[], int32_t i, double within_s);

/** Ends of each contact that a net saw by what the runner's other contacts say of how long it
 * lasts, where three or more of them are known and no hand has moved the toe. false = no memory */
HM_CHECKED bool steps_along(const steps_scene *scene, hm_arena *arena, hm_contact contact[],
                            int32_t n);

/** Joint angles of one frame; direction as in hm_steps. */
void steps_angles(const hm_track_frame *frame, double direction, double angle_rad[HM_JOINT_COUNT]);

#endif
