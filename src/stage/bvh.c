/* bvh.c - one runner's skeleton and its movement as text. */
#include <stdio.h>
#include <string.h>

#include "io/file.h"
#include "num/dmath.h"
#include "stage/cast.h"
#include "stage/mocap.h"
#include "stage/shots.h"

enum { LINE_BYTES = 4096, DEPTH_MAX = 12 };

#define DEG_PER_RAD 57.29577951308232
#define CM_PER_M    100.0

typedef struct bvh {
    hm_file file;
    hm_err *err;
    hm_status status;
    const hm_shape *shape;
    int32_t n_joint;
    int order[HM_BONE_COUNT];          /* (n_joint) bones in the order of the file */
    double last_rad[HM_BONE_COUNT][3]; /* turns about z, x, y an instant before */
} bvh;

/* Bones that turn half of a joint, for the skin alone. */
static bool is_helper(int bone)
{
    if (bone < HM_BONE_LEFT)
        return false;
    switch ((bone - HM_BONE_LEFT) % HM_SIDE_BONE_COUNT) {
    case HM_SIDE_SHOULDER:
    case HM_SIDE_ELBOW:
    case HM_SIDE_WRIST:
    case HM_SIDE_HIP:
    case HM_SIDE_KNEE:
        return true;
    default:
        return false;
    }
}

static void put(bvh *b, const char *text)
{
    if (b->status == HM_OK)
        b->status = hm_file_put(&b->file, text, strlen(text), b->err);
}

/* ---- hierarchy ---- */

static void put_offset(bvh *b, int depth, hm_vec3 m)
{
    char line[128];
    snprintf(line, sizeof line, "%*sOFFSET %.4f %.4f %.4f\n", 2 * depth, "", CM_PER_M * (double)m.x,
             CM_PER_M * (double)m.y, CM_PER_M * (double)m.z);
    put(b, line);
}

/* Where a bone without children ends: fingers and toes by the shape, else half as long as before.
 */
static hm_vec3 end_of(const bvh *b, int bone)
{
    const hm_shape *s = b->shape;
    hm_vec3 at = s->joint_m[bone];
    for (int side = 0; side < 2; side++) {
        if (bone == hm_bone_of(side, HM_SIDE_TIPS))
            return hm_v3_sub(s->finger_end_m[side], at);
        if (bone == hm_bone_of(side, HM_SIDE_TOE))
            return hm_v3_sub(s->toe_end_m[side], at);
    }
    return hm_v3_mul(hm_v3_sub(at, s->joint_m[hm_bone_parent(bone)]), 0.5f);
}

static void put_joint(bvh *b, int bone, int depth)
{
    HM_ASSERT(depth < DEPTH_MAX);
    static const char turns[] = "Zrotation Xrotation Yrotation";
    char line[160];
    int parent = hm_bone_parent(bone);
    hm_vec3 at = b->shape->joint_m[bone];
    b->order[b->n_joint++] = bone;
    snprintf(line, sizeof line, "%*s%s %s\n%*s{\n", 2 * depth, "", parent < 0 ? "ROOT" : "JOINT",
             hm_bone_name(bone), 2 * depth, "");
    put(b, line);
    put_offset(b, depth + 1,
               parent < 0 ? hm_v3(0, 0, 0) : hm_v3_sub(at, b->shape->joint_m[parent]));
    snprintf(line, sizeof line, "%*sCHANNELS %s%s\n", 2 * depth + 2, "",
             parent < 0 ? "6 Xposition Yposition Zposition " : "3 ", turns);
    put(b, line);
    bool leaf = true;
    for (int child = 0; child < HM_BONE_COUNT; child++)
        if (hm_bone_parent(child) == bone && !is_helper(child)) {
            leaf = false;
            put_joint(b, child, depth + 1);
        }
    if (leaf) {
        snprintf(line, sizeof line, "%*sEnd Site\n%*s{\n", 2 * depth + 2, "", 2 * depth + 2, "");
        put(b, line);
        put_offset(b, depth + 2, end_of(b, bone));
        snprintf(line, sizeof line, "%*s}\n", 2 * depth + 2, "");
        put(b, line);
    }
    snprintf(line, sizeof line, "%*s}\n", 2 * depth, "");
    put(b, line);
}

/* ---- motion ---- */

static double dot(hm_vec3 a, hm_vec3 b)
{
    return (double)a.x * (double)b.x + (double)a.y * (double)b.y + (double)a.z * (double)b.z;
}

/* v by whole turns so that it comes next to `to`. */
static double beside(double v, double to)
{
    const double turn = 6.283185307179586;
    return v - turn * floor((v - to) / turn + 0.5);
}

static double apart(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

/* Turns about z, x, y, in that order, of a bone against its parent. Two triples give the same
 * rotation: the one nearer to the instant before, so that curves have no jumps. */
static void turns_of(const hm_frame *f, const hm_frame *up, double rad[3])
{
    const hm_frame whole = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    if (!up)
        up = &whole;
    /* m[i][j]: row i of the rotation = axis i of the parent, column j = axis j of the bone */
    double m01 = dot(up->x, f->y), m11 = dot(up->y, f->y), m21 = dot(up->z, f->y);
    double m20 = dot(up->z, f->x), m22 = dot(up->z, f->z);
    double m00 = dot(up->x, f->x), m10 = dot(up->y, f->x);
    double c = sqrt(m01 * m01 + m11 * m11);
    const double pi = 3.141592653589793;
    double one[3], two[3];
    if (c > 1e-6) {
        one[0] = hm_atan2(-m01, m11);
        one[1] = hm_atan2(m21, c);
        one[2] = hm_atan2(-m20, m22);
    } else { /* z and y turn about one axis: keep z */
        double s = m21 > 0 ? 1.0 : -1.0;
        one[0] = rad[0];
        one[1] = s * 0.5 * pi;
        one[2] = s * (hm_atan2(m10, m00) - rad[0]);
    }
    two[0] = one[0] + pi, two[1] = pi - one[1], two[2] = one[2] + pi;
    for (int i = 0; i < 3; i++)
        one[i] = beside(one[i], rad[i]), two[i] = beside(two[i], rad[i]);
    memcpy(rad, apart(one, rad) <= apart(two, rad) ? one : two, sizeof one);
}

static void put_instant(bvh *b, const hm_pose *pose)
{
    char line[LINE_BYTES];
    size_t at = 0;
    hm_vec3 root = hm_frame_point(&pose->bone[HM_BONE_PELVIS], b->shape->joint_m[HM_BONE_PELVIS]);
    at += (size_t)snprintf(line, sizeof line, "%.4f %.4f %.4f", CM_PER_M * (double)root.x,
                           CM_PER_M * (double)root.y, CM_PER_M * (double)root.z);
    for (int32_t i = 0; i < b->n_joint; i++) {
        int bone = b->order[i], parent = hm_bone_parent(bone);
        double *rad = b->last_rad[bone];
        turns_of(&pose->bone[bone], parent < 0 ? NULL : &pose->bone[parent], rad);
        at += (size_t)snprintf(line + at, sizeof line - at, " %.5f %.5f %.5f", DEG_PER_RAD * rad[0],
                               DEG_PER_RAD * rad[1], DEG_PER_RAD * rad[2]);
        HM_ASSERT(at < sizeof line - 2);
    }
    memcpy(line + at, "\n", 2);
    put(b, line);
}

static void put_all(bvh *b, const hm_mocap *m, const hm_player *pl)
{
    char line[96];
    int64_t n = (int64_t)floor((m->to_s - m->from_s) * HM_MOCAP_PER_S + 1e-6) + 1;
    put(b, "HIERARCHY\n");
    put_joint(b, HM_BONE_PELVIS, 0);
    snprintf(line, sizeof line, "MOTION\nFrames: %lld\nFrame Time: %.8f\n", (long long)n,
             1.0 / HM_MOCAP_PER_S);
    put(b, line);
    for (int64_t k = 0; k < n && b->status == HM_OK; k++) {
        hm_moment now;
        hm_pose pose;
        hm_film_at(m->film, m->race, m->from_s + (double)k / HM_MOCAP_PER_S, &now);
        hm_gait_pose(&pl->gait, now.race_t_s, &pose);
        put_instant(b, &pose);
    }
}

hm_status hm_bvh_write(const hm_mocap *m, int32_t i_player, const char *path, hm_err *err)
{
    HM_ASSERT(i_player >= 0 && i_player < m->cast->n_player);
    const hm_player *pl = &m->cast->player[i_player];
    HM_ASSERT(!pl->absent);
    bvh b = {.err = err, .shape = &pl->shape};
    HM_TRY(hm_file_create(path, &b.file, err));
    put_all(&b, m, pl);
    if (b.status == HM_OK)
        return hm_file_commit(&b.file, err);
    hm_file_abort(&b.file);
    return b.status;
}
