/* stage/nv12.h - the picture as the encoder takes it, and its hash.
 *
 * NV12: h rows of w luma bytes, then h / 2 rows of w / 2 pairs of chroma bytes U V. BT.709, limited
 * range (16 .. 235, 16 .. 240). */
#ifndef HM_STAGE_NV12_H
#define HM_STAGE_NV12_H

#include <stddef.h>
#include <stdint.h>

#include "stage/scene.h"

/** Bytes of one NV12 picture: 3/2 w h. */
size_t hm_nv12_bytes(int32_t w_px, int32_t h_px);

/**
 * Convert a picture. Integers only: Y = (47 R + 157 G + 16 B + 4224) >> 8; chroma from the sum of
 * 2 x 2 pixels, U = (-26 R - 86 G + 112 B + 131584) >> 10, V = (112 R - 102 G - 10 B + 131584)
 * >> 10. (The green weight of U is 86.67; 86 rather than 87 keeps every grey at exactly 128.)
 *
 * in     pic   w_px and h_px even (asserted)
 * out    nv12  (hm_nv12_bytes)
 * errors none.  memory caller owns all.  threads: pure
 * test   tests/unit/stage/test_nv12.c
 */
void hm_nv12_from_rgbx(const hm_picture *pic, uint8_t *nv12);

/** 64-bit hash of an NV12 picture and its size, the same on every machine. For golden results. */
uint64_t hm_frame_hash(const uint8_t *nv12, int32_t w_px, int32_t h_px);

#endif
