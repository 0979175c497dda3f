#include "filter_priv.h"

#include <math.h>

#include "num/dmath.h"

typedef struct corner {
    double c, alpha; /* cos w, sin w / 2q */
} corner;

static corner corner_of(double f_hz, double q)
{
    double w = HM_TAU * f_hz / HM_AUDIO_HZ;
    return (corner){hm_cos(w), hm_sin(w) / (2.0 * q)};
}

static void set(sound_biquad *s, double b0, double b1, double b2, corner k)
{
    double a0 = 1.0 + k.alpha;
    s->b0 = b0 / a0;
    s->b1 = b1 / a0;
    s->b2 = b2 / a0;
    s->a1 = -2.0 * k.c / a0;
    s->a2 = (1.0 - k.alpha) / a0;
}

void sound_lowpass(sound_biquad *s, double f_hz, double q)
{
    corner k = corner_of(f_hz, q);
    set(s, 0.5 * (1.0 - k.c), 1.0 - k.c, 0.5 * (1.0 - k.c), k);
}

void sound_highpass(sound_biquad *s, double f_hz, double q)
{
    corner k = corner_of(f_hz, q);
    set(s, 0.5 * (1.0 + k.c), -1.0 - k.c, 0.5 * (1.0 + k.c), k);
}

void sound_bandpass(sound_biquad *s, double f_hz, double q)
{
    corner k = corner_of(f_hz, q);
    set(s, k.alpha, 0.0, -k.alpha, k);
}

double sound_pole(double f_hz)
{
    return -hm_expm1(-HM_TAU * f_hz / HM_AUDIO_HZ);
}

double sound_decay(double rate_per_s)
{
    return hm_exp(-rate_per_s / HM_AUDIO_HZ);
}

uint32_t sound_key(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t x =
        a * 0x9E3779B1u ^ (b + 0x7F4A7C15u) * 0x85EBCA77u ^ (c + 0x165667B1u) * 0xC2B2AE3Du;
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= x >> 15;
    x *= 0x846CA68Bu;
    return x ^ x >> 16;
}

double sound_wander(uint32_t key, double film_s, double hz)
{
    double x = film_s * hz, k = floor(x);
    double a = sound_noise(key, (uint32_t)(int64_t)k),
           b = sound_noise(key, (uint32_t)(int64_t)k + 1);
    return a + (b - a) * sound_ramp(x - k, 0.0, 1.0);
}
