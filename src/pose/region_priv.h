/* region_priv.h - squares of the image, and what the nets see of them. */
#ifndef HM_POSE_REGION_PRIV_H
#define HM_POSE_REGION_PRIV_H

#include "pose/pose.h"

/** The square around a person of whom the middle of the hips and a second point on the circle
 * around the body are known; the second lies upwards. */
hm_pose_region pose_region_of(double hip_x_px, double hip_y_px, double rim_x_px, double rim_y_px);

/**
 * A region as a net sees it: bilinear, black outside the image, rows of R G B.
 * out    out  (side * side * 3) [1] lo for black .. hi for white
 */
void pose_region_sample(const hm_pose_image *image, const hm_pose_region *region, int32_t side,
                        float lo, float hi, float out[]);

/** Place in the image of a place in the region, u and v 0 .. 1 from its corner. */
void pose_region_place(const hm_pose_region *region, double u, double v, double *x_px,
                       double *y_px);

#endif
