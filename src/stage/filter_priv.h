/* filter_priv.h - second-order filters, noise by counter, decays: the small parts of every sound.
 *
 * Filters are Bristow-Johnson's (audio EQ cookbook), transposed direct form II, in double. */
#ifndef HM_STAGE_FILTER_PRIV_H
#define HM_STAGE_FILTER_PRIV_H

#include <stdint.h>

#include "stage/encode.h"

typedef struct sound_biquad {
    double b0, b1, b2, a1, a2; /* [1] */
    double z1, z2;
} sound_biquad;

/** Set the kind, keep the state. f_hz below 24 kHz, q [1] > 0. Band-pass has gain 1 at f_hz. */
void sound_lowpass(sound_biquad *s, double f_hz, double q);
void sound_highpass(sound_biquad *s, double f_hz, double q);
void sound_bandpass(sound_biquad *s, double f_hz, double q);

static inline double sound_filter(sound_biquad *s, double x)
{
    double y = s->b0 * x + s->z1;
    s->z1 = s->b1 * x - s->a1 * y + s->z2;
    s->z2 = s->b2 * x - s->a2 * y;
    return y;
}

/** Share of the way to its target that a one-pole filter goes in one sample. */
double sound_pole(double f_hz);

/** Factor of one sample for the decay e^(-rate t). */
double sound_decay(double rate_per_s);

/** White noise, -1 .. 1, as a function of key and sample: no state, any order. */
static inline double sound_noise(uint32_t key, uint32_t sample)
{
    uint32_t x = sample * 0x9E3779B1u + key;
    x ^= x >> 15;
    x *= 0x2C1B3C6Du;
    x ^= x >> 12;
    x *= 0x297A2D39u;
    x ^= x >> 15;
    return (double)(int32_t)x * 0x1p-31;
}

/** Key of a noise from up to three names. */
uint32_t sound_key(uint32_t a, uint32_t b, uint32_t c);

/** Slow random level, smooth, -1 .. 1: cubic steps from one random value to the next, hz a second.
 */
double sound_wander(uint32_t key, double film_s, double hz);

/** Smooth step from 0 at a to 1 at b. */
static inline double sound_ramp(double x, double a, double b)
{
    double u = (x - a) / (b - a);
    u = u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
    return u * u * (3.0 - 2.0 * u);
}

/** Soft limit to (-1.5, 1.5), straight near 0: rational stand-in for tanh. */
static inline double sound_soft(double x)
{
    double u = x < -4.5 ? -4.5 : x > 4.5 ? 4.5 : x;
    u *= 2.0 / 3.0;
    return 1.5 * u * (27.0 + u * u) / (27.0 + 9.0 * u * u);
}

#endif
