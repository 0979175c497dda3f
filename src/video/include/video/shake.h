/* video/shake.h - how far the picture of a camera lies from where it lay at first: small shifts of
 * a stand in the wind. A camera that is turned or zoomed is none of ours; then the shift grows. */
#ifndef HM_VIDEO_SHAKE_H
#define HM_VIDEO_SHAKE_H

#include "video/clip.h"
#include "video/view.h"

#include <stdbool.h>
#include <stdint.h>

enum { HM_SHAKE_CORNER_MAX = 16, HM_SHAKE_HALF = 4 }; /* a corner is 9 x 9 px */

typedef struct hm_shake {
    int32_t n; /* corners that are watched; 0 = nothing to hold on to */
    int32_t u_px[HM_SHAKE_CORNER_MAX], v_px[HM_SHAKE_CORNER_MAX];
    int16_t patch[HM_SHAKE_CORNER_MAX][(2 * HM_SHAKE_HALF + 1) * (2 * HM_SHAKE_HALF + 1)];
    double at_u_px, at_v_px; /* now */
    double most_px;          /* the largest so far */
    double sum_px2;          /* of squares */
    int64_t n_image;
    int32_t whole_u, whole_v; /* where the search begins */
} hm_shake;

/** Choose corners of the first image that stand outside of what runners in the lanes can hide. */
void hm_shake_init(hm_shake *s, const hm_clip_image *image, const hm_view *view,
                   const hm_marks *marks);

/** Shift of the next image: at_u_px, at_v_px. Returns false when it is out of reach (40 px in one
 *  step, or 2 % of the width in all): the camera was moved. */
bool hm_shake_step(hm_shake *s, const hm_clip_image *image);

#endif
