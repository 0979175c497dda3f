/* num/vec.h - vectors, quaternions and affine frames of pictures and bodies, in float.
 *
 * Space: metres, right-handed, +Y up, +Z the running direction, +X to the runners' left. Start line
 * z = 0, finish z = 100. Only + - x / and sqrt are used here, so results are equal everywhere. */
#ifndef HM_NUM_VEC_H
#define HM_NUM_VEC_H

#include <math.h>

typedef struct hm_vec3 {
    float x, y, z;
} hm_vec3;

/** Rotation as a unit quaternion, w the real part. */
typedef struct hm_quat {
    float w, x, y, z;
} hm_quat;

/** Rotation columns and a translation: p -> x * p.x + y * p.y + z * p.z + o. */
typedef struct hm_frame {
    hm_vec3 x, y, z, o;
} hm_frame;

static inline hm_vec3 hm_v3(float x, float y, float z)
{
    return (hm_vec3){x, y, z};
}
static inline hm_vec3 hm_v3_add(hm_vec3 a, hm_vec3 b)
{
    return hm_v3(a.x + b.x, a.y + b.y, a.z + b.z);
}
static inline hm_vec3 hm_v3_sub(hm_vec3 a, hm_vec3 b)
{
    return hm_v3(a.x - b.x, a.y - b.y, a.z - b.z);
}
static inline hm_vec3 hm_v3_mul(hm_vec3 a, float k)
{
    return hm_v3(a.x * k, a.y * k, a.z * k);
}
/** a + k b */
static inline hm_vec3 hm_v3_mad(hm_vec3 a, float k, hm_vec3 b)
{
    return hm_v3(a.x + k * b.x, a.y + k * b.y, a.z + k * b.z);
}
static inline float hm_v3_dot(hm_vec3 a, hm_vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline hm_vec3 hm_v3_cross(hm_vec3 a, hm_vec3 b)
{
    return hm_v3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}
static inline float hm_v3_len(hm_vec3 a)
{
    return sqrtf(hm_v3_dot(a, a));
}
/** Unit vector; the zero vector stays zero. */
static inline hm_vec3 hm_v3_unit(hm_vec3 a)
{
    float n = hm_v3_len(a);
    return n > 0.0f ? hm_v3_mul(a, 1.0f / n) : a;
}
/** (1 - k) a + k b */
static inline hm_vec3 hm_v3_mix(hm_vec3 a, hm_vec3 b, float k)
{
    return hm_v3(a.x + k * (b.x - a.x), a.y + k * (b.y - a.y), a.z + k * (b.z - a.z));
}

/** a after b: rotating by the product is rotating by b, then by a. */
static inline hm_quat hm_quat_mul(hm_quat a, hm_quat b)
{
    return (hm_quat){a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
                     a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
                     a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
                     a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}
static inline hm_quat hm_quat_unit(hm_quat q)
{
    float n = sqrtf(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
    float k = n > 0.0f ? 1.0f / n : 0.0f;
    return n > 0.0f ? (hm_quat){q.w * k, q.x * k, q.y * k, q.z * k} : (hm_quat){1, 0, 0, 0};
}
static inline hm_vec3 hm_quat_turn(hm_quat q, hm_vec3 v)
{
    hm_vec3 u = hm_v3(q.x, q.y, q.z);
    hm_vec3 t = hm_v3_mul(hm_v3_cross(u, v), 2.0f);
    return hm_v3_add(hm_v3_mad(v, q.w, t), hm_v3_cross(u, t));
}
/** Columns of the rotation q, origin o. */
static inline hm_frame hm_frame_of(hm_quat q, hm_vec3 o)
{
    return (hm_frame){hm_quat_turn(q, hm_v3(1, 0, 0)), hm_quat_turn(q, hm_v3(0, 1, 0)),
                      hm_quat_turn(q, hm_v3(0, 0, 1)), o};
}
/** Direction through a frame (no translation). */
static inline hm_vec3 hm_frame_turn(const hm_frame *f, hm_vec3 v)
{
    return hm_v3_mad(hm_v3_mad(hm_v3_mul(f->x, v.x), v.y, f->y), v.z, f->z);
}
/** Point through a frame. */
static inline hm_vec3 hm_frame_point(const hm_frame *f, hm_vec3 p)
{
    return hm_v3_add(hm_frame_turn(f, p), f->o);
}

#endif
