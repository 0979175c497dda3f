/* video/view.h - how one fixed camera sees the track: from marks to a calibrated view, and through
 * it from places to pixels and back.
 *
 * World and image as in data/marks.h. A view holds a pinhole camera with radial distortion when the
 * marks give one (points off the ground, or a known focal length); else only the ground's
 * homography, and a gate's plane cannot be laid upright: has_camera tells. */
#ifndef HM_VIDEO_VIEW_H
#define HM_VIDEO_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "data/marks.h"

enum { HM_VIEW_PARAM = 7 };

typedef struct hm_view {
    int32_t width_px, height_px;
    bool has_camera;
    const char *no_camera; /* why there is none, and what would make one; "" = there is */
    double focal_px, centre_u_px, centre_v_px, k1, k2;
    double r[9]; /* [1] world to camera, rows; camera looks along +z, x right, y down. Its
                  * determinant is -1 on a track: x, y (from lane 1 outwards), z are left-handed */
    double t_m[3];
    double ground[9]; /* [1] homography (x_m, y_m, 1) -> image without distortion, row by row */
    double cov[HM_VIEW_PARAM * HM_VIEW_PARAM]; /* of the rotation in the camera's axes (3, rad), of
                                                * t_m (3) and of the logarithm of the focal length
                                                * (1); has_camera only */
    double focal_sigma_px;
    double depth_m; /* of the middle of the marks; NAN without a camera */
    int32_t n_point;
    double *residual_px,
        *residual_mm;     /* (n_point) of each mark; mm at its own depth; NAN = not used
                           */
    double *leave_out_px; /* (n_point) residual of a mark when it is left out; NAN = not possible */
    double rms_px;        /* over marks */
    double condition;     /* [1] of the normalised system: large = degenerate */
} hm_view;

/**
 * Calibrate.
 * out    view   untouched on failure
 * errors HM_ERR_INPUT fewer than four points on the ground (or on another plane along an axis),
 *        three of four in line, repeated points, points that contradict each other, distortion
 *        without a focal length to go with it
 * memory arena
 * source normalised DLT (Hartley 1997), camera of a plane (Zhang 2000), Levenberg-Marquardt on
 *        reprojection weighted by sigma_px
 * test   tests/unit/video/test_view.c
 */
HM_CHECKED hm_status hm_view_fit(const hm_marks *marks, hm_arena *arena, hm_view *view,
                                 hm_err *err);

/** Where a camera stands and looks, with standard deviations from the marks' own. */
typedef struct hm_view_pose {
    double eye_m[3], eye_sigma_m[3];
    double yaw_rad, yaw_sigma_rad;     /* from straight across the track, > 0 towards rising x */
    double pitch_rad, pitch_sigma_rad; /* > 0 upward */
    double focal_px, focal_sigma_px;   /* sigma 0 = the marks told it */
} hm_view_pose;

/**
 * In words that can be held against a tape.
 * out    pose   untouched without a camera, and false
 * errors none; allocates nothing
 * test   tests/unit/video/test_view_pose.c (coverage over many noisy sets of marks)
 */
bool hm_view_pose_of(const hm_view *view, hm_view_pose *pose);

/** Pixel of a place, distortion included. Returns false behind the camera or without a camera and
 *  off the ground. */
bool hm_view_pixel(const hm_view *view, const double at_m[3], double *u_px, double *v_px);

/** Place on the ground (z_m = 0) that a pixel shows. Returns false at and above the horizon. */
bool hm_view_ground(const hm_view *view, double u_px, double v_px, double *x_m, double *y_m);

/** Place in the upright plane y = y_m (a runner's lane). Needs a camera; false when it misses. */
bool hm_view_lane_plane(const hm_view *view, double u_px, double v_px, double y_m, double *x_m,
                        double *z_m);

/** Place in the upright plane x = x_m (a gate). Needs a camera; false when it misses. */
bool hm_view_gate_plane(const hm_view *view, double u_px, double v_px, double x_m, double *y_m,
                        double *z_m);

/**
 * How errors of the calibration move the reading of x in a lane's plane.
 * in     a_m, b_m  places
 * out    [m2] covariance of the x that the pixels of the two places give (a = b: variance); NAN
 *        without a camera
 */
double hm_view_x_covariance_m2(const hm_view *view, const double a_m[3], const double b_m[3]);

/** When the sensor saw this pixel, relative to the middle of its image [s]; 0 without a read-out.
 */
double hm_view_row_delay_s(const hm_view *view, const hm_marks *marks, double u_px, double v_px);

#endif
