/* view_priv.h - a pinhole with radial distortion, and its derivatives. */
#ifndef HM_VIDEO_VIEW_PRIV_H
#define HM_VIDEO_VIEW_PRIV_H

#include "video/view.h"

/** Derivatives of (u, v) by the pose of hm_view.cov and by the place; rows u and v. */
typedef struct view_slope {
    double pose[2 * HM_VIEW_PARAM];
    double at[2 * 3]; /* px/m */
} view_slope;

/** Pixel of a place; slope may be NULL. False behind the camera and where the lens folds over. */
bool view_project(const hm_view *view, const double at_m[3], double uv_px[2], view_slope *slope);

/** Seen pixel to the pixel of a lens without distortion. False where the lens folds over. */
bool view_undo(const hm_view *view, double u_px, double v_px, double *u_true_px, double *v_true_px);

/** The other way. */
bool view_bend(const hm_view *view, double u_true_px, double v_true_px, double *u_px, double *v_px);

/** Rotation by a vector (axis times angle), row by row; jac: its left Jacobian, may be NULL. */
void view_turn(const double w_rad[3], double r[9], double jac[9]);

void view_product(const double a[9], const double b[9], double out[9]);
void view_times(const double a[9], const double v[3], double out[3]);

/** Inverse of 3 x 3; false when it has none. */
bool view_inverse(const double a[9], double out[9]);

/** A homography applied; false where it goes to infinity or behind. */
bool view_through(const double h[9], double a, double b, double *u, double *v);

/** What a homography is fitted to: places (a, b) in a plane, undistorted pixels. */
typedef struct view_plane_points {
    int32_t n;
    double *a_m, *b_m, *u_px, *v_px, *sigma_px; /* (n) */
} view_plane_points;

/**
 * Homography of a plane: linear start, then least reprojection error.
 * out    h          (a, b, 1) -> pixel
 *        condition  of the normalised linear system
 * errors HM_ERR_INPUT degenerate points; HM_ERR_SYSTEM
 */
HM_CHECKED hm_status view_plane_fit(const view_plane_points *points, hm_arena *arena, double h[9],
                                    double *condition, hm_err *err);

#endif
