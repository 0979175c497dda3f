/* rig_priv.h - from joint angles and foot places to the frames of all bones. */
#ifndef HM_BODY_RIG_PRIV_H
#define HM_BODY_RIG_PRIV_H

#include <stdbool.h>

#include "body/shape.h"
#include "body/skeleton.h"

/* Angles in rad. pitch + leans forward, yaw + turns to the left, roll + lifts the left side. */

typedef struct body_arm {
    float flex;       /* upper arm forward of the trunk's line */
    float abd;        /* away from the trunk */
    float twist;      /* turned inward about its own axis: brings the forearm before the body */
    float elbow;      /* bend */
    float prone;      /* palm turned from facing the thigh (0) to facing back/down */
    float wrist;      /* + back of the hand toward the forearm */
    float curl;       /* fingers at the knuckles; the tips bend 1.1 times as far */
    float thumb;      /* thumb laid across */
    float up, fore;   /* shoulder girdle raised, brought forward */
    float reach;      /* 0 angles .. 1 the hand is put at `hand` */
    hm_vec3 hand;     /* place of the wrist in the world, or */
    bool on_body;     /* against the pelvis */
    hm_vec3 elbow_to; /* world direction toward which the elbow points when reaching */
} body_arm;

typedef struct body_leg {
    bool planted;         /* ankle given by the foot on the ground, else by hip_to_ankle */
    hm_vec3 ball;         /* planted: place of the ball joint with a flat toe */
    hm_vec3 hip_to_ankle; /* not planted */
    float pitch;          /* foot: + toe down, heel up */
    float toe;            /* world pitch of the toes */
    float yaw;            /* foot turned out: + to the left for both */
    float knee_out;       /* plane of the knee, + outward */
    bool give_heel;       /* planted: the heel may rise when the leg is too short */
    float least_sole_m;   /* not planted: the sole stays above this */
} body_leg;

typedef struct body_control {
    float pelvis_pitch, pelvis_yaw, pelvis_roll;
    float chest_pitch, chest_yaw, chest_roll;
    float head_pitch, head_yaw, head_roll;
    float tail_pitch, tail_roll; /* hanging hair against the head */
    body_arm arm[2];
    body_leg leg[2];
} body_control;

/** Rest lengths and directions that posing needs over and over. */
typedef struct body_rig {
    hm_shape s;
    float l1, l2;               /* thigh, shank */
    float a1, a2;               /* upper arm, forearm */
    float hand_m;               /* wrist to knuckles */
    hm_vec3 ankle_from_ball[2]; /* rest */
    float ball_y;               /* height of the ball joint when the shoe is flat */
    float toe_m;                /* ball to the tip of the toes, along the ground */
    float heel_m;               /* ball to heel */
    int n_front;
    hm_vec3 front_m[40]; /* rest places on the front of the torso */
    uint8_t front_bone[40];
} body_rig;

void body_rig_make(const hm_shape *shape, body_rig *rig);

/** Everything above the legs, with the pelvis at the origin. */
typedef struct body_upper {
    hm_frame bone[HM_BONE_COUNT];
    float front_z;   /* foremost place of the torso */
    float sternum_z; /* front of the breast bone */
    hm_vec3 mass_m;  /* mass-weighted sum of places [share of body mass x m], arms, head, trunk */
    float mass;
    hm_vec3 hip[2]; /* hip joints */
} body_upper;

/** Trunk and head, then arms; root is where the pelvis will be (for hands that reach). */
void body_pose_trunk(const body_rig *rig, const body_control *c, body_upper *up);
void body_pose_arms(const body_rig *rig, const body_control *c, hm_vec3 root, body_upper *up);

/** Where the legs' joints come to lie. */
typedef struct body_leg_pose {
    hm_vec3 hip, knee, ankle, ball;
    float pitch, toe;
    float short_m; /* by how much the leg was too short for its plant */
} body_leg_pose;

/** One leg with the hip joint at its final place. */
void body_pose_leg(const body_rig *rig, const body_leg *c, int side, hm_vec3 hip,
                   body_leg_pose *out);

/** Mass-weighted places of one leg added to sum; returns its mass [share of the body]. */
float body_leg_mass(const body_rig *rig, const body_leg_pose *leg, hm_vec3 *sum);

/** All frames. */
void body_pose_finish(const body_rig *rig, const body_control *c, const body_upper *up,
                      hm_vec3 root, const body_leg_pose leg[2], hm_pose *pose);

/** Ankle below a hip for joint angles in the sagittal plane. */
hm_vec3 body_ankle_of(const body_rig *rig, float thigh, float knee);

/** Ankle of a foot that stands on its ball at `ball` with this pitch. */
hm_vec3 body_ankle_on(const body_rig *rig, int side, hm_vec3 ball, float pitch, float yaw);

/** The same; a steep foot rolls over the tip of its toes. */
hm_vec3 body_ankle_tiptoe(const body_rig *rig, int side, hm_vec3 ball, float pitch, float yaw);

/** v eased so that it never exceeds top; unchanged below top - width. */
float body_soft_max(float v, float top, float width);

#endif
