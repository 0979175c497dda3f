/* body/errand.h - what a runner does before and after the race: walks, jogs, turns, stands and
 * shakes out, runs a stride down the lane, undresses, shakes hands. Feet are planted: a foot that
 * bears weight stays where it is. */
#ifndef HM_BODY_ERRAND_H
#define HM_BODY_ERRAND_H

#include "body/gait.h"

typedef enum hm_deed {
    HM_DEED_GO,    /* to a place, straight on; one that follows without a wait rounds the corner */
    HM_DEED_STAY,  /* stand there, perhaps doing something */
    HM_DEED_STRIDE /* run along +z from where he stands (which must be on his lane) and stop */
} hm_deed;

/** What is done while standing or walking. */
typedef enum hm_act {
    HM_ACT_NONE,
    HM_ACT_SHAKE_ARMS,
    HM_ACT_SHAKE_LEGS, /* one after the other; standing only */
    HM_ACT_HOP,        /* on both feet; standing only */
    HM_ACT_REACH,      /* arms up, up on the toes */
    HM_ACT_POCKETS,    /* hands in the pockets of the jacket, shoulders up */
    HM_ACT_UNDRESS,    /* a jacket: opened, off the shoulders, down the arms, let fall */
    HM_ACT_KNEES,      /* hands on the knees */
    HM_ACT_HIPS,       /* hands on the hips */
    HM_ACT_ARMS_UP,
    HM_ACT_HEAD,       /* hands behind the head */
    HM_ACT_SKY,        /* face up into the rain */
    HM_ACT_SHAKE_HAND, /* right hand to a place: at_m */
    HM_ACT_FOLD,       /* looks down, a hand over the face */
    HM_ACT_COUNT
} hm_act;

/** One thing after the other. */
typedef struct hm_errand {
    hm_deed deed;
    hm_act act;
    double from_s;    /* not before; he waits */
    double for_s;     /* STAY: how long, at least */
    double x_m, z_m;  /* GO: where to */
    double face_rad;  /* GO, STAY: where he looks in the end, 0 = along +z, + to his left */
    bool turns;       /* GO, STAY: face_rad counts */
    double speed_mps; /* GO: 0.3 .. 4; STRIDE: top, 4 .. 9 */
    double reach_m;   /* STRIDE: how far, 12 .. 60 */
    double hand_m[3]; /* HM_ACT_SHAKE_HAND */
} hm_errand;

/** One stay of a foot on the ground. */
typedef struct hm_errand_step {
    double on_s, off_s;
    hm_foot foot;
    float x_m, z_m; /* ball, in the world */
    float yaw_rad;
    float force; /* against a landing at top speed [1] */
} hm_errand_step;

typedef struct hm_errands_data hm_errands_data;

typedef struct hm_errands {
    double from_s, to_s; /* poses are for these times */
    int32_t n_step;
    const hm_errand_step *step; /* (n_step) by on_s */
    const hm_errands_data *data;
} hm_errands;

/**
 * Lay out where he is and where each foot stands.
 *
 * in     gait   of the runner; must outlive errands
 *        from_s, x_m, z_m, face_rad  when and where he begins (middle of the pelvis)
 *        as     where his feet stand then; NULL = side by side
 *        n, list  in order
 *        to_s   he stands from the last errand on until then
 * out    errands  untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena, about 1.5 kB a second
 * test   tests/unit/body/test_errand.c
 */
HM_CHECKED hm_status hm_errands_plan(const hm_gait *gait, double from_s, double x_m, double z_m,
                                     double face_rad, const hm_pose *as, int32_t n,
                                     const hm_errand *list, double to_s, hm_arena *arena,
                                     hm_errands *errands, hm_err *err);

/** When errand i begins to be carried out; of n: when the last is over. */
double hm_errand_begin_s(const hm_errands *errands, int32_t i);

/** Where the pelvis is over the ground, and which way he looks. */
void hm_errands_at(const hm_errands *errands, double t_s, double *x_m, double *z_m,
                   double *face_rad);

/** The runner at an instant of from_s .. to_s, any order. threads: safe. cost about 20 us */
void hm_errands_pose(const hm_errands *errands, double t_s, hm_pose *pose);

/** Where along the lane the pelvis must be for him to stand as hm_gait_pose has him before "on your
 *  marks". */
double hm_gait_wait_z_m(const hm_gait *gait);

/** How far a jacket is off under HM_ACT_UNDRESS, 0 on .. 1 off, u_frac of the act gone by. */
float hm_undress_frac(double u_frac);

/** One pose into another, bone by bone: for instants at which both are nearly the same. k 0 .. 1 */
void hm_pose_mix(hm_pose *a, const hm_pose *b, float k);

#endif
