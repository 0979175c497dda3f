/* motion_priv.h - where something moves in a picture of a camera that stands still. */
#ifndef HM_POSE_MOTION_PRIV_H
#define HM_POSE_MOTION_PRIV_H

#include "pose/pose.h"

enum { POSE_MOTION_CELL = 8 /* px */, POSE_MOTION_WINDOW_MAX = 6 };

/** Brightness by cells of 8 x 8 pixels. */
typedef struct pose_motion {
    int32_t w, h;
    uint8_t *cell; /* (h * w) */
    double time_s;
} pose_motion;

/** How many cells a picture has. */
size_t pose_motion_size(const hm_pose_image *image);

/** Fill m->cell (pose_motion_size). */
void pose_motion_of(const hm_pose_image *image, double time_s, pose_motion *m);

/**
 * Squares around what has changed between two pictures, outside the boxes of people already known.
 * in     box     (n_box) left, top, width, height, px
 *        scratch (2 * cells) bytes and cells int32 for the search
 * out    window  (POSE_MOTION_WINDOW_MAX) left, top, width, height, px; largest change first
 * return how many
 */
int32_t pose_motion_windows(const pose_motion *before, const pose_motion *now, int32_t n_box,
                            const double box[][4], uint8_t *mark, int32_t *stack,
                            double window[][4]);

#endif
