#include "turn_priv.h"

#include <string.h>

void turn_picture(const uint8_t *from, int64_t stride, int32_t w, int32_t h, int32_t n,
                  int32_t turn_deg, uint8_t *to)
{
    int64_t to_w = turn_deg == 180 ? w : h;
    for (int32_t y = 0; y < h; y++)
        for (int32_t x = 0; x < w; x++) {
            int64_t u = turn_deg == 90 ? h - 1 - y : turn_deg == 180 ? w - 1 - x : y;
            int64_t v = turn_deg == 90 ? x : turn_deg == 180 ? h - 1 - y : w - 1 - x;
            memcpy(to + (v * to_w + u) * n, from + y * stride + (int64_t)x * n, (size_t)n);
        }
}
