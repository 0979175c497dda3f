/* camera_priv.h - where a runner is for the camera, and what a camera path is made from. */
#ifndef STAGE_CAMERA_PRIV_H
#define STAGE_CAMERA_PRIV_H

#include "base/arena.h"
#include "data/film.h"

/* Until "on your marks" runners stand behind their blocks. Own choice, as in the bodies. */
#define CAM_MARKS_S (-8.5)

typedef struct cam_vec {
    double x, y, z;
} cam_vec;

/** A camera at one instant, in double. */
typedef struct cam_view {
    cam_vec eye_m, aim_m;
    double vfov_rad;
} cam_view;

/** A body as the camera's box: what must be in the picture. */
typedef struct cam_body {
    double x_m;                 /* lane centre */
    double back_z_m, front_z_m; /* of the whole body */
    double head_z_m, top_y_m;   /* top of the head */
    double height_m;            /* of a head: chin to crown */
} cam_body;

/** Estimate of where the body of a lane is at t_s, good to about 0.2 m: the camera does not know
 *  poses, only the race. */
cam_body camera_body(const hm_lane *lane, double t_s);

/** Torso front low-passed at about 1 Hz: a Hann window of 1 s. */
double camera_smooth_x_m(const hm_lane *lane, double t_s);

/** View of one rig at film time t_s (which may lie a little outside the shot). */
cam_view camera_rig(const hm_film *film, const hm_shot *shot, const hm_race *race, double t_s);

/** Where a runner stands before "on your marks". */
double camera_wait_z_m(const hm_lane *lane);

/** Can this lane be seen running: has a curve. */
static inline bool camera_is_running(const hm_lane *lane)
{
    return lane->status != HM_RUN_DNS && lane->curve.n > 1;
}

/** Second derivatives of the natural cubic spline through n evenly spaced values, stride apart. */
void camera_bend(int32_t n, int32_t stride, double dt_s, const double value[], double bend[],
                 double scratch[]);

/** Path of a shot; the shot's other bound fields are set. */
HM_CHECKED hm_status camera_track(const hm_film *film, const hm_race *race, hm_shot *shot,
                                  hm_arena *arena, hm_err *err);

/** View of a path at film time t_s. */
cam_view camera_at(const hm_camera_path *track, double t_s);

#endif
