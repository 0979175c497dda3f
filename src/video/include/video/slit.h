/* video/slit.h - the slit picture of a clip: what passed a plane across the track, on a uniform
 * time axis, as a photo-finish camera would have recorded it.
 *
 * Each image gives the columns of the time it stands for: what is on the line at another instant
 * lies beside the line by the runners' speed. Columns are laid out by the images' times, so dropped
 * and uneven images leave no trace but blur. Time runs to the right. */
#ifndef HM_VIDEO_SLIT_H
#define HM_VIDEO_SLIT_H

#include "video/clip.h"
#include "video/view.h"

#include <stdint.h>

enum { HM_SLIT_W_MAX = 16000, HM_SLIT_H_MIN = 720 };

typedef struct hm_slit {
    int32_t w_px, h_px;
    double from_s;               /* at the left edge, on the clip's time line */
    double line_hz;              /* columns a second: runners keep their proportions at 10.5 m/s */
    double top_v_px, row_per_px; /* row i shows v = top_v_px + (i + 0.5) / row_per_px of the clip */
    uint8_t *rgb;                /* (h_px x w_px x 3) row 0 is the top, column 0 the earliest */
} hm_slit;

/**
 * Record a span of a clip at a plane.
 * in     opts          capture_fps is used, span and pixels are not
 *        from_s, to_s  of the picture; cut where the clip ends and after HM_SLIT_W_MAX columns
 * out    slit          untouched on failure
 * errors HM_ERR_INPUT no camera, no lanes, the plane not in the picture, no image in the span;
 * those of the clip memory arena test   tests/unit/video/test_crossing.c
 */
HM_CHECKED hm_status hm_slit_record(const char *path, const hm_clip_opts *opts,
                                    const hm_marks *marks, const hm_view *view, double x_m,
                                    double from_s, double to_s, hm_arena *arena, hm_slit *slit,
                                    hm_err *err);

#endif
