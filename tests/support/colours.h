/* colours.h - ask a surface of many points about one. */
#ifndef HM_TESTS_SUPPORT_COLOURS_H
#define HM_TESTS_SUPPORT_COLOURS_H

#include "stage/scene.h"

static inline hm_rgb colour_of(hm_colours_fn *fn, const void *ctx, uint8_t part, hm_vec3 rest_m,
                               float px_m)
{
    float rest[3][8], depth_m[8], out[3][8];
    for (int i = 0; i < 8; i++) {
        rest[0][i] = rest_m.x, rest[1][i] = rest_m.y, rest[2][i] = rest_m.z;
        depth_m[i] = px_m;
    }
    const hm_frags f = {1, part, 1.0f, depth_m, {rest[0], rest[1], rest[2]}};
    fn(ctx, &f, (float *const[3]){out[0], out[1], out[2]});
    return (hm_rgb){out[0][0], out[1][0], out[2][0]};
}

#endif
