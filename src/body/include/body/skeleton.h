/* body/skeleton.h - the bones of a runner, and a pose: where each bone is at one instant. */
#ifndef HM_BODY_SKELETON_H
#define HM_BODY_SKELETON_H

#include <stdint.h>

#include "num/vec.h"

/** Bones of one side, in the order of enum hm_bone. Helpers turn half of their joint: they keep
 *  the skin full where a joint bends far. */
typedef enum hm_side_bone {
    HM_SIDE_CLAVICLE,
    HM_SIDE_SHOULDER, /* helper */
    HM_SIDE_UPPER_ARM,
    HM_SIDE_ELBOW, /* helper */
    HM_SIDE_FOREARM,
    HM_SIDE_WRIST, /* helper: far half of the forearm, turned with the hand */
    HM_SIDE_HAND,
    HM_SIDE_FINGERS, /* knuckles to middle joints, four fingers as one */
    HM_SIDE_TIPS,    /* middle joints to finger ends */
    HM_SIDE_THUMB,
    HM_SIDE_HIP, /* helper */
    HM_SIDE_THIGH,
    HM_SIDE_KNEE, /* helper */
    HM_SIDE_SHANK,
    HM_SIDE_FOOT,
    HM_SIDE_TOE,
    HM_SIDE_BONE_COUNT
} hm_side_bone;

typedef enum hm_bone {
    HM_BONE_PELVIS,
    HM_BONE_ABDOMEN,
    HM_BONE_CHEST,
    HM_BONE_NECK,
    HM_BONE_HEAD,
    HM_BONE_TAIL,                                      /* hair that hangs: swings behind the head */
    HM_BONE_LEFT,                                      /* left side: + hm_side_bone */
    HM_BONE_RIGHT = HM_BONE_LEFT + HM_SIDE_BONE_COUNT, /* right side: + hm_side_bone */
    HM_BONE_COUNT = HM_BONE_RIGHT + HM_SIDE_BONE_COUNT
} hm_bone;

/** Bone b of a side, 0 = left, 1 = right (as hm_foot). */
static inline int hm_bone_of(int side, hm_side_bone b)
{
    return (side == 0 ? (int)HM_BONE_LEFT : (int)HM_BONE_RIGHT) + (int)b;
}

/** One instant of one runner, in the world (lane centre included). */
typedef struct hm_pose {
    hm_frame bone[HM_BONE_COUNT]; /* rest coordinates -> world */
    hm_vec3 com_m;                /* centre of mass */
    double torso_front_m;         /* foremost z of the torso: what a photo finish reads */
    hm_vec3 ball_m[2];            /* ball of the foot, left and right */
    uint8_t on_ground[2];         /* 1 = this foot bears weight */
} hm_pose;

/** Name of a bone, static: "pelvis", "thigh_l" .. */
const char *hm_bone_name(int bone);

/** Parent of a bone, -1 for the pelvis. */
int hm_bone_parent(int bone);

#endif
