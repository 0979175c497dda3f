#include "binaural_priv.h"
#include "filter_priv.h"

#include <math.h>

#include "num/dmath.h"

/* Gain for short waves, right opposite: the two numbers of Brown & Duda's 1 + m/2 + (1 - m/2)
 * cos(180 angle / angle_min) that follow Rayleigh's sphere best from 300 Hz to 8 kHz, 0 to 150
 * degrees: m 0.35 at 180 degrees, 0.7 dB rms, 2.4 dB at most. Theirs (0.1 at 150, recalled) darken
 * 120 degrees by 6 dB too much. The bright spot right opposite is left out: heads are not round. */
#define SHADOW_MIN 0.35
#define NEAR_M     0.5 /* nearer than this nothing is told apart from either side */

/* What is right behind loses 7 dB above 3.5 kHz: the middle of what measured ears show between 4
 * and 9 kHz (front against back 5-10 dB); recalled. */
#define HEAD_REAR_HZ   3500.0
#define HEAD_REAR_LOSS 0.55

/** Way from a source at d_m to an ear whose axis lies at angle_rad from it. */
static double way_m(double d_m, double angle_rad)
{
    double a = HEAD_RADIUS_M, c = hm_cos(angle_rad);
    if (c * d_m >= a)
        return sqrt(d_m * d_m + a * a - 2.0 * d_m * a * c);
    return sqrt(d_m * d_m - a * a) + a * (angle_rad - hm_acos(a / d_m));
}

static double shadow(double angle_rad)
{
    return (1.0 + 0.5 * SHADOW_MIN) + (1.0 - 0.5 * SHADOW_MIN) * hm_cos(angle_rad);
}

head_ears head_hear(hm_vec3 to_m, hm_vec3 right)
{
    double d = sqrt((double)hm_v3_dot(to_m, to_m));
    double side = d > 1e-6 ? (double)hm_v3_dot(to_m, right) / d : 0.0;
    side = side < -1.0 ? -1.0 : side > 1.0 ? 1.0 : side;
    /* The face looks along up x right: level, as the camera. */
    hm_vec3 ahead = hm_v3_unit(hm_v3_cross(hm_v3(0.0f, 1.0f, 0.0f), right));
    double front = d > 1e-6 ? (double)hm_v3_dot(to_m, ahead) / d : 1.0;
    double apart = sound_ramp(d, 0.0, NEAR_M); /* no jump when something passes through the head */
    side *= apart;
    d = d < NEAR_M ? NEAR_M : d;
    head_ears e = {.rear = front < 0.0 ? front * front * apart : 0.0};
    for (int k = 0; k < 2; k++) {
        double angle = hm_acos(k ? side : -side);
        e.way_m[k] = way_m(d, angle) - d;
        e.high[k] = shadow(angle);
    }
    return e;
}

void head_shadow_set(head_shadow *s, double high, double c_mps)
{
    double k = (double)HM_AUDIO_HZ * HEAD_RADIUS_M / c_mps; /* 2 tau / sample */
    s->b0 = (1.0 + high * k) / (1.0 + k);
    s->b1 = (1.0 - high * k) / (1.0 + k);
    s->a1 = (1.0 - k) / (1.0 + k);
}

void head_rear(double rear, int64_t n, double *mono)
{
    if (!(rear > 0.0))
        return;
    double k = sound_pole(HEAD_REAR_HZ), keep = 1.0 - HEAD_REAR_LOSS * rear, low = 0.0;
    for (int64_t i = 0; i < n; i++) {
        low += k * (mono[i] - low);
        mono[i] = low + keep * (mono[i] - low);
    }
}
