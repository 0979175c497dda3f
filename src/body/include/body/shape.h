/* body/shape.h - one runner's build: every length of the rest pose, and where the parts of the
 * body lie in it. Rest pose: standing on y = 0, facing +z, left side +x, arms about 35 deg out,
 * palms toward the thighs. All lengths in metres, all places in rest coordinates. */
#ifndef HM_BODY_SHAPE_H
#define HM_BODY_SHAPE_H

#include <stdint.h>

#include "body/skeleton.h"
#include "data/race.h"
#include "num/vec.h"

/** How the hair is worn; the colour is the costume's affair. */
typedef enum hm_hair {
    HM_HAIR_SHAVED, /* no volume: painted stubble at most */
    HM_HAIR_CROP,
    HM_HAIR_AFRO,
    HM_HAIR_PARTED,
    HM_HAIR_PONYTAIL,
    HM_HAIR_BUN,
    HM_HAIR_BRAIDS, /* cornrows, gathered behind */
    HM_HAIR_BOB,
    HM_HAIR_COUNT
} hm_hair;

/** Places on the head, for the painter of the face. The face looks along +z. */
typedef struct hm_head_box {
    hm_vec3 centre_m; /* of the skull's box */
    float half_width_m, half_height_m, half_depth_m;
    float crown_y_m, hairline_y_m, brow_y_m, eye_y_m, nose_y_m, mouth_y_m, chin_y_m;
    float eye_x_m;      /* half distance between the pupils */
    float eye_z_m;      /* front of the eyeball */
    float mouth_half_m; /* half width of the mouth */
    hm_vec3 nose_tip_m;
    float ear_y_m, ear_z_m; /* centre of the ear */
} hm_head_box;

/** Heights and half widths of the trunk and limbs, for the painter of the kit. */
typedef struct hm_landmarks {
    float neck_y_m;     /* base of the neck, front: pit between the collar bones */
    float shoulder_y_m; /* top of the shoulder */
    float shoulder_x_m; /* shoulder joint */
    float armpit_y_m, chest_y_m, waist_y_m, hip_y_m, crotch_y_m;
    float waistband_y_m;                               /* upper edge of the shorts */
    float hem_y_m;                                     /* lower edge of the shorts */
    float knee_y_m, ankle_y_m, shoe_top_y_m, sole_y_m; /* sole: top of the sole */
    float chest_half_m, waist_half_m, hip_half_m;      /* half widths */
    float chest_front_z_m, back_z_m;                   /* at chest height */
} hm_landmarks;

typedef struct hm_shape {
    double stature_m, mass_kg, age_yr;
    hm_sex sex;
    uint64_t seed;

    float girth;  /* limb thickness against an average body of this stature [1] */
    float muscle; /* 0 slight .. 1 sprinter [1] */
    float child;  /* 0 adult .. 1 six years old [1] */
    float female; /* 0 .. 1: breadth of hip against shoulder, waist [1] */
    hm_hair hair;

    hm_vec3 joint_m[HM_BONE_COUNT]; /* where each bone begins */
    hm_vec3 finger_end_m[2];        /* left, right */
    hm_vec3 toe_end_m[2];
    hm_vec3 heel_m[2];                              /* back lower edge of the shoe */
    float thigh_m, shank_m, upper_arm_m, forearm_m; /* lengths between joints */
    float sole_m;                                   /* thickness of the sole */
    hm_head_box head;
    hm_landmarks mark;
} hm_shape;

/**
 * Build of the runner in a lane: adult segments after Drillis and Contini, children by age.
 *
 * in     lane  age_yr, stature_m, mass_kg, sex and the lane number are read
 *        seed  race seed; with the lane number it chooses what the sheet leaves open
 * errors none: values outside 3..100 yr, 0.8..2.3 m, 10..200 kg are clamped.  threads: pure
 * source data/sprint tables of segments (Drillis and Contini 1966, recalled; Winter 2009)
 * test   tests/unit/body/test_shape.c
 */
hm_shape hm_shape_of(const hm_lane *lane, uint64_t seed);

#endif
