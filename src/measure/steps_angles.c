/* steps_angles.c - joint angles in the plane of a side view. */
#include "steps_priv.h"

#include <math.h>

#include "num/dmath.h"

static const char *const joint_word[HM_JOINT_COUNT] = {"trunk_lean", "thigh_l", "thigh_r",
                                                       "knee_l",     "knee_r",  "ankle_l",
                                                       "ankle_r",    "elbow_l", "elbow_r"};

const char *hm_joint_word(hm_joint joint)
{
    return (int)joint >= 0 && joint < HM_JOINT_COUNT ? joint_word[joint] : NULL;
}

typedef struct place {
    double x, z;
} place;

/* ---- angles of one frame ---- */

static place place_of(const hm_track_frame *f, hm_body_point p, double direction)
{
    const hm_seen_point *s = &f->point[p];
    bool seen = isfinite(s->sigma_px) && isfinite(s->x_m) && isfinite(s->z_m);
    return seen ? (place){direction * (double)s->x_m, (double)s->z_m} : (place){NAN, NAN};
}

static place middle(place a, place b)
{
    return (place){(a.x + b.x) / 2, (a.z + b.z) / 2};
}

/* Direction from a to b against straight up, + forward. */
static double lean_rad(place a, place b)
{
    return hm_atan2(b.x - a.x, b.z - a.z);
}

static double turned_rad(double angle)
{
    double turn = 2 * HM_PI;
    return angle > HM_PI ? angle - turn : angle < -HM_PI ? angle + turn : angle;
}

/* A limb a - b - c: how far bc is turned against ab, + = c backward of the line (knee). */
static double bend_rad(place a, place b, place c)
{
    return turned_rad(lean_rad(b, a) - lean_rad(c, b));
}

void steps_angles(const hm_track_frame *f, double direction, double angle_rad[HM_JOINT_COUNT])
{
    place point[HM_POINT_COUNT];
    for (int p = 0; p < HM_POINT_COUNT; p++)
        point[p] = place_of(f, (hm_body_point)p, direction);
    place hips = middle(point[HM_POINT_HIP_L], point[HM_POINT_HIP_R]);
    angle_rad[HM_JOINT_TRUNK_LEAN] =
        lean_rad(hips, middle(point[HM_POINT_SHOULDER_L], point[HM_POINT_SHOULDER_R]));
    for (int side = 0; side < HM_SIDE_COUNT; side++) {
        place hip = point[HM_POINT_HIP_L + side], knee = point[HM_POINT_KNEE_L + side];
        place ankle = point[HM_POINT_ANKLE_L + side], heel = point[HM_POINT_HEEL_L + side];
        place toe = point[HM_POINT_TOE_L + side];
        angle_rad[HM_JOINT_THIGH_L + side] = -turned_rad(lean_rad(knee, hip));
        angle_rad[HM_JOINT_KNEE_L + side] = -bend_rad(hip, knee, ankle);
        /* the sole, turned up by a quarter, against the shank */
        double sole = turned_rad(lean_rad(heel, toe) - HM_PI / 2);
        angle_rad[HM_JOINT_ANKLE_L + side] = turned_rad(lean_rad(ankle, knee) - sole);
        angle_rad[HM_JOINT_ELBOW_L + side] =
            bend_rad(point[HM_POINT_SHOULDER_L + side], point[HM_POINT_ELBOW_L + side],
                     point[HM_POINT_WRIST_L + side]);
    }
}
