/* video/still.h - a picture as JPEG: small enough to lie in a page. */
#ifndef HM_VIDEO_STILL_H
#define HM_VIDEO_STILL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

/**
 * in     rgb    (h_px rows of w_px x 3 bytes, stride bytes apart), 1 .. HM_CLIP_SIDE_MAX a side, a
 *               slit picture may be 16000 wide
 * out    bytes  (n) a JPEG file of full colour resolution, quantiser 4 of 2 .. 31
 * errors HM_ERR_SYSTEM no memory, no encoder in this build
 * memory arena
 * test   tests/unit/video/test_clip.c
 */
HM_CHECKED hm_status hm_still_jpeg(int32_t w_px, int32_t h_px, int64_t stride, const uint8_t *rgb,
                                   hm_arena *arena, uint8_t **bytes, size_t *n, hm_err *err);

#endif
