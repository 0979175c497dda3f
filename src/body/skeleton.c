#include "body/skeleton.h"

#include <stddef.h>

static const char *const NAMES[HM_BONE_COUNT] = {
    "pelvis",     "abdomen",     "chest",      "neck",        "head",    "tail",      "clavicle_l",
    "shoulder_l", "upper_arm_l", "elbow_l",    "forearm_l",   "wrist_l", "hand_l",    "fingers_l",
    "tips_l",     "thumb_l",     "hip_l",      "thigh_l",     "knee_l",  "shank_l",   "foot_l",
    "toe_l",      "clavicle_r",  "shoulder_r", "upper_arm_r", "elbow_r", "forearm_r", "wrist_r",
    "hand_r",     "fingers_r",   "tips_r",     "thumb_r",     "hip_r",   "thigh_r",   "knee_r",
    "shank_r",    "foot_r",      "toe_r"};

static const int TRUNK_PARENT[HM_BONE_LEFT] = {
    -1, HM_BONE_PELVIS, HM_BONE_ABDOMEN, HM_BONE_CHEST, HM_BONE_NECK, HM_BONE_HEAD};
/* Of each bone of a side: the one before it on the same side, or -1 - b for trunk bone b. */
static const int SIDE_PARENT[HM_SIDE_BONE_COUNT] = {
    [HM_SIDE_CLAVICLE] = -1 - HM_BONE_CHEST, [HM_SIDE_SHOULDER] = HM_SIDE_CLAVICLE,
    [HM_SIDE_UPPER_ARM] = HM_SIDE_CLAVICLE,  [HM_SIDE_ELBOW] = HM_SIDE_UPPER_ARM,
    [HM_SIDE_FOREARM] = HM_SIDE_UPPER_ARM,   [HM_SIDE_WRIST] = HM_SIDE_FOREARM,
    [HM_SIDE_HAND] = HM_SIDE_FOREARM,        [HM_SIDE_FINGERS] = HM_SIDE_HAND,
    [HM_SIDE_TIPS] = HM_SIDE_FINGERS,        [HM_SIDE_THUMB] = HM_SIDE_HAND,
    [HM_SIDE_HIP] = -1 - HM_BONE_PELVIS,     [HM_SIDE_THIGH] = -1 - HM_BONE_PELVIS,
    [HM_SIDE_KNEE] = HM_SIDE_THIGH,          [HM_SIDE_SHANK] = HM_SIDE_THIGH,
    [HM_SIDE_FOOT] = HM_SIDE_SHANK,          [HM_SIDE_TOE] = HM_SIDE_FOOT};

const char *hm_bone_name(int bone)
{
    return bone >= 0 && bone < HM_BONE_COUNT ? NAMES[bone] : NULL;
}

int hm_bone_parent(int bone)
{
    if (bone < 0 || bone >= HM_BONE_COUNT)
        return -1;
    if (bone < HM_BONE_LEFT)
        return TRUNK_PARENT[bone];
    int start = bone < HM_BONE_RIGHT ? HM_BONE_LEFT : HM_BONE_RIGHT;
    int up = SIDE_PARENT[bone - start];
    return up < 0 ? -1 - up : start + up;
}
