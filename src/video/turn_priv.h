/* turn_priv.h - a picture turned upright by quarters. */
#ifndef HM_VIDEO_TURN_PRIV_H
#define HM_VIDEO_TURN_PRIV_H

#include <stdint.h>

/**
 * in     from, stride  w x h pixels of n bytes;  turn_deg  90, 180 or 270, clockwise
 * out    to            the turned picture, rows without gaps
 */
void turn_picture(const uint8_t *from, int64_t stride, int32_t w, int32_t h, int32_t n,
                  int32_t turn_deg, uint8_t *to);

#endif
