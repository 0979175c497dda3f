/* vec8_priv.h - eight numbers at once, in the files that are built once for each instruction set.
 */
#ifndef HM_STAGE_VEC8_PRIV_H
#define HM_STAGE_VEC8_PRIV_H

#include "hot_priv.h"

#include <math.h>
#include <string.h>

HOT_INLINE hot_f8 load8(const float *p)
{
    hot_f8 v;
    memcpy(&v, p, sizeof v);
    return v;
}
HOT_INLINE void store8(float *p, hot_f8 v)
{
    memcpy(p, &v, sizeof v);
}
HOT_INLINE hot_f8 all8(float v)
{
    return (hot_f8){v, v, v, v, v, v, v, v};
}
HOT_INLINE hot_f8 pick8(hot_i8 m, hot_f8 a, hot_f8 b)
{
    return (hot_f8)(((hot_i8)a & m) | ((hot_i8)b & ~m));
}
HOT_INLINE hot_f8 within8(hot_f8 v, float lo, float hi)
{
    hot_f8 l = all8(lo), h = all8(hi);
    v = pick8(v < h, v, h);
    return pick8(v > l, v, l);
}
HOT_INLINE hot_f8 clampv8(hot_f8 v, hot_f8 lo, hot_f8 hi)
{
    return pick8(v < lo, lo, pick8(v > hi, hi, v));
}
HOT_INLINE hot_f8 clamp8(hot_f8 v, float lo, float hi)
{
    return clampv8(v, all8(lo), all8(hi));
}
HOT_INLINE hot_f8 to_f8(hot_i8 v)
{
    return __builtin_convertvector(v, hot_f8);
}
HOT_INLINE hot_i8 to_i8(hot_f8 v)
{
    return __builtin_convertvector(v, hot_i8);
}
HOT_INLINE hot_f8 abs8(hot_f8 x)
{
    return pick8(x < 0.0f, -x, x);
}
HOT_INLINE hot_f8 sqrt8(hot_f8 x)
{
    hot_f8 r;
    for (int i = 0; i < 8; i++)
        r[i] = sqrtf(x[i]);
    return r;
}
/** Is the mask set for any point? */
HOT_INLINE bool any8(hot_i8 m)
{
    typedef int64_t hot_l4 __attribute__((vector_size(32)));
    hot_l4 q = (hot_l4)m;
    return ((q[0] | q[1]) | (q[2] | q[3])) != 0;
}

#endif
