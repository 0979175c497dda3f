/* stage/flash.h - does a film flash in a way that can harm a viewer with photosensitive epilepsy?
 *
 * Words used here: relative luminance is 0 black to 1 white, linear in light; a transition is a
 * change of it by a tenth or more, the darker side below 0.8, against the direction of the one
 * before (red: of saturated red); a flash is a pair of transitions. More than three flashes within
 * a second, over more than a quarter of any ten degrees of view, are too many. */
#ifndef HM_STAGE_FLASH_H
#define HM_STAGE_FLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum {
    HM_FLASH_W = 32, /* blocks across */
    HM_FLASH_H = 18,
    HM_FLASH_BYTES = 2 * HM_FLASH_W * HM_FLASH_H, /* of a frame: luminance, then saturated red */
    HM_FLASH_MAX = 16
};

/** Frames that flash too often. */
typedef struct hm_flash {
    int64_t from, to; /* first and last frame */
    int32_t n_half;   /* most transitions within a second, over 6 */
    bool red;
} hm_flash;

typedef struct hm_flash_report {
    int32_t n; /* at most HM_FLASH_MAX are named */
    hm_flash flash[HM_FLASH_MAX];
} hm_flash_report;

/**
 * A frame on a grid of blocks, 0 .. 255 for 0 .. 1.
 * in     nv12   BT.709, limited range, w_px and h_px at least 64
 * threads: pure
 */
void hm_flash_grid(const uint8_t *nv12, int32_t w_px, int32_t h_px, uint8_t grid[HM_FLASH_BYTES]);

/**
 * Find what flashes too often.
 * in     grid   (n_frame x HM_FLASH_BYTES)
 * errors HM_ERR_SYSTEM no memory
 * memory scratch in the arena, released again
 * source WCAG 2.2, success criterion 2.3.1 and its definition of general and red flash: a third of
 *        a 1024 x 768 screen seen from a usual distance is 10 degrees
 * test   tests/unit/stage/test_flash.c
 */
HM_CHECKED hm_status hm_flash_find(const uint8_t *grid, int64_t n_frame, int32_t fps,
                                   hm_arena *arena, hm_flash_report *report, hm_err *err);

#endif
