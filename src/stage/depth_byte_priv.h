/* depth_byte_priv.h - depth in one byte: sixteen steps an octave from 1/8 m, 255 = the sky. */
#ifndef HM_STAGE_DEPTH_BYTE_PRIV_H
#define HM_STAGE_DEPTH_BYTE_PRIV_H

#include <stdint.h>
#include <string.h>

/* in depth_m  0 or less: the sky */
static inline uint32_t depth_byte_of(float depth_m)
{
    uint32_t bits;
    memcpy(&bits, &depth_m, sizeof bits);
    int32_t code = (int32_t)(bits >> 19) - (124 << 4); /* exponent and four bits of mantissa */
    code = code < 0 ? 0 : code > 254 ? 254 : code;
    return depth_m > 0 ? (uint32_t)code : 255u;
}

#endif
