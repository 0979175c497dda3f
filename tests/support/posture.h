/* posture.h - what a coach would read off one stride of a runner: angles and places of joints,
 * measured on poses, not taken from what made them. */
#ifndef POSTURE_H
#define POSTURE_H

#include <math.h>

#include "body/gait.h"

enum { POSTURE_SAMPLES = 48 };

typedef struct posture {
    double lean_deg;      /* pelvis to neck against the vertical, + forward, mean */
    double sway_deg;      /* the same aside, half of its range */
    double hip_frac;      /* height of the hips over stature, mean [1] */
    double hip_drop_deg;  /* tilt of the line through both hips, largest */
    double thigh_deg;     /* highest thigh, from the downward vertical, mean of both */
    double trail_deg;     /* thigh of the free leg when the other foot lands, + behind */
    double knee_deg;      /* bend of the bearing knee in the middle of its stance */
    double elbow_deg;     /* bend, mean */
    double elbow_out_deg; /* upper arm away from the trunk seen from ahead, mean */
    double arm_range_deg; /* swing of the upper arm seen from the side, mean of both */
    double arm_odd_deg;   /* how far that differs between left and right */
    double hand_in_m;     /* how near the hands come to the midline, the nearest; - = across it */
    double shoulder_m;    /* shoulder joints over their place at rest on the chest, mean */
    double head_deg;      /* face against the trunk, + up, mean */
    double curl_deg;      /* bend from palm to finger ends, mean */
    double toes_out_deg;  /* of the feet that bear */
} posture;

static inline double posture_deg(double y, double x)
{
    return atan2(y, x) * 57.29577951308232;
}

static inline hm_vec3 posture_joint(const hm_shape *s, const hm_pose *p, int bone)
{
    return hm_frame_point(&p->bone[bone], s->joint_m[bone]);
}

/* Angle between two directions. */
static inline double posture_between(hm_vec3 a, hm_vec3 b)
{
    double c = (double)hm_v3_dot(hm_v3_unit(a), hm_v3_unit(b));
    return acos(c > 1 ? 1 : c < -1 ? -1 : c) * 57.29577951308232;
}

/* Least and most of something over the stride. */
typedef struct posture_span {
    double lo, hi;
} posture_span;

static inline void posture_take(posture_span *s, double v)
{
    s->lo = fmin(s->lo, v), s->hi = fmax(s->hi, v);
}

typedef struct posture_work {
    posture_span sway, thigh[2], arm[2];
} posture_work;

static inline void posture_arm(const hm_shape *s, const hm_pose *p, int side, posture_work *w,
                               posture *o)
{
    double sx = side == 0 ? 1 : -1, part = 0.5 / POSTURE_SAMPLES;
    const hm_frame *chest = &p->bone[HM_BONE_CHEST];
    hm_vec3 sh = posture_joint(s, p, hm_bone_of(side, HM_SIDE_UPPER_ARM));
    hm_vec3 el = posture_joint(s, p, hm_bone_of(side, HM_SIDE_FOREARM));
    hm_vec3 wr = posture_joint(s, p, hm_bone_of(side, HM_SIDE_HAND));
    hm_vec3 upper = hm_v3_sub(el, sh);
    o->elbow_deg += part * posture_between(upper, hm_v3_sub(wr, el));
    o->elbow_out_deg +=
        part * posture_deg(sx * (double)upper.x, hypot((double)upper.y, (double)upper.z));
    posture_take(&w->arm[side], posture_deg((double)upper.z, -(double)upper.y));
    hm_vec3 neck = posture_joint(s, p, HM_BONE_NECK);
    o->hand_in_m = fmin(o->hand_in_m, sx * (double)(wr.x - neck.x));
    hm_vec3 still = hm_frame_point(chest, s->joint_m[hm_bone_of(side, HM_SIDE_UPPER_ARM)]);
    o->shoulder_m += part * (double)hm_v3_dot(hm_v3_sub(sh, still), chest->y);
    hm_vec3 rest = hm_v3_unit(hm_v3_sub(s->joint_m[hm_bone_of(side, HM_SIDE_FINGERS)],
                                        s->joint_m[hm_bone_of(side, HM_SIDE_HAND)]));
    o->curl_deg +=
        part * posture_between(hm_frame_turn(&p->bone[hm_bone_of(side, HM_SIDE_HAND)], rest),
                               hm_frame_turn(&p->bone[hm_bone_of(side, HM_SIDE_TIPS)], rest));
}

static inline void posture_trunk(const hm_shape *s, const hm_pose *p, posture_work *w, posture *o)
{
    double part = 1.0 / POSTURE_SAMPLES;
    hm_vec3 up = hm_v3_sub(posture_joint(s, p, HM_BONE_NECK), p->bone[HM_BONE_PELVIS].o);
    hm_vec3 hip[2], root;
    for (int side = 0; side < 2; side++)
        hip[side] = posture_joint(s, p, hm_bone_of(side, HM_SIDE_THIGH));
    root = hm_v3_mix(hip[0], hip[1], 0.5f);
    up = hm_v3_sub(posture_joint(s, p, HM_BONE_NECK), root);
    double lean = posture_deg((double)up.z, (double)up.y);
    o->lean_deg += part * lean;
    posture_take(&w->sway, posture_deg((double)up.x, (double)up.y));
    o->hip_frac += part * (double)root.y / s->stature_m;
    hm_vec3 line = hm_v3_sub(hip[0], hip[1]);
    o->hip_drop_deg = fmax(o->hip_drop_deg, fabs(posture_deg((double)line.y, (double)line.x)));
    hm_vec3 face = p->bone[HM_BONE_HEAD].z;
    o->head_deg += part * (posture_deg((double)face.y, (double)face.z) + lean);
}

/* Thigh from the downward vertical, + forward. */
static inline double posture_thigh(const hm_shape *s, const hm_pose *p, int side)
{
    hm_vec3 d = hm_v3_sub(posture_joint(s, p, hm_bone_of(side, HM_SIDE_SHANK)),
                          posture_joint(s, p, hm_bone_of(side, HM_SIDE_THIGH)));
    return posture_deg((double)d.z, -(double)d.y);
}

static inline double posture_knee(const hm_shape *s, const hm_pose *p, int side)
{
    hm_vec3 k = posture_joint(s, p, hm_bone_of(side, HM_SIDE_SHANK));
    return posture_between(hm_v3_sub(k, posture_joint(s, p, hm_bone_of(side, HM_SIDE_THIGH))),
                           hm_v3_sub(posture_joint(s, p, hm_bone_of(side, HM_SIDE_FOOT)), k));
}

/* The stride of two steps that begins with footfall k. */
static inline posture posture_of(const hm_lane *l, const hm_shape *s, const hm_gait *g, int32_t k)
{
    const posture_span none = {1e9, -1e9};
    posture_work w = {none, {none, none}, {none, none}};
    posture o = {.hand_in_m = 1e9};
    double from_s = l->step[k].on_s, to_s = l->step[k + 2].on_s;
    hm_pose p;
    for (int i = 0; i < POSTURE_SAMPLES; i++) {
        hm_gait_pose(g, from_s + (to_s - from_s) * i / POSTURE_SAMPLES, &p);
        posture_trunk(s, &p, &w, &o);
        for (int side = 0; side < 2; side++) {
            posture_arm(s, &p, side, &w, &o);
            posture_take(&w.thigh[side], posture_thigh(s, &p, side));
        }
    }
    o.sway_deg = 0.5 * (w.sway.hi - w.sway.lo);
    o.thigh_deg = 0.5 * (w.thigh[0].hi + w.thigh[1].hi);
    double arm[2] = {w.arm[0].hi - w.arm[0].lo, w.arm[1].hi - w.arm[1].lo};
    o.arm_range_deg = 0.5 * (arm[0] + arm[1]), o.arm_odd_deg = fabs(arm[0] - arm[1]);
    for (int32_t i = k; i < k + 2; i++) {
        int side = (int)l->step[i].foot;
        hm_gait_pose(g, l->step[i].on_s, &p);
        o.trail_deg -= 0.5 * posture_thigh(s, &p, 1 - side);
        hm_gait_pose(g, 0.5 * (l->step[i].on_s + l->step[i].off_s), &p);
        o.knee_deg += 0.5 * posture_knee(s, &p, side);
        hm_vec3 toe = p.bone[hm_bone_of(side, HM_SIDE_FOOT)].z;
        o.toes_out_deg += 0.5 * (side == 0 ? 1 : -1) * posture_deg((double)toe.x, (double)toe.z);
    }
    return o;
}

#endif
