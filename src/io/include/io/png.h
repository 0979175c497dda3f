/* io/png.h - pictures to files and back, 8 bits a channel; to files 16 as well. */
#ifndef HM_IO_PNG_H
#define HM_IO_PNG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { HM_PNG_SIDE_MAX = 65535 }; /* px */

/** How the bytes of one pixel lie. */
typedef enum hm_png_kind {
    HM_PNG_GRAY,   /* 1 byte */
    HM_PNG_RGB,    /* 3 bytes */
    HM_PNG_RGBA,   /* 4 bytes, alpha not multiplied in */
    HM_PNG_RGBX,   /* 4 bytes, the last is not used; written as RGB */
    HM_PNG_GRAY16, /* uint16_t */
    HM_PNG_RGB16   /* 3 x uint16_t */
} hm_png_kind;

/** Rows top down. */
typedef struct hm_png {
    hm_png_kind kind;
    int32_t w_px, h_px;
    int32_t stride; /* bytes from row to row */
    const uint8_t *pixel;
} hm_png;

/**
 * Write a picture, whole or not at all. "-" is standard output. The same pixels give the same
 * bytes. in     png  sides 1 .. HM_PNG_SIDE_MAX, stride no shorter than a row (asserted) errors
 * HM_ERR_SYSTEM disk or memory memory returns all that libpng takes.  threads: safe
 */
HM_CHECKED hm_status hm_png_write(const char *path, const hm_png *png, hm_err *err);

/**
 * Read n bytes of a PNG file; palettes, 16 bits and the like are brought to GRAY, RGB or RGBA.
 * in     max_pixel  larger pictures are refused before their memory is taken
 * out    png        pixels in the arena; untouched on failure
 * errors HM_ERR_INPUT not a PNG, broken, too large; HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_png_parse(const char *source, const void *bytes, size_t n,
                                  int64_t max_pixel, hm_arena *arena, hm_png *png, hm_err *err);

#endif
