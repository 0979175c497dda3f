/* binaural_priv.h - two ears on a head, for headphones: what the way around a rigid sphere does to
 * a sound. The same bits on every machine.
 *
 * Time: the way from the source to each ear, straight where the ear is in view and along the sphere
 * where it is not; far away the difference of the two is Woodworth's a (theta + sin theta). Level:
 * the sphere's shadow as one pole and one zero for each ear, which is nothing for long waves and
 * grows from about c / (4 pi a) = 310 Hz on (Brown & Duda 1998 after Rayleigh). Behind: the ears'
 * own flaps point forward and take high notes off what comes from behind; this is a mean over
 * people, not the listener's own ear. Up and down: nothing but what the sphere gives, for that lies
 * in the shape of one's own ear. */
#ifndef HM_STAGE_BINAURAL_PRIV_H
#define HM_STAGE_BINAURAL_PRIV_H

#include <stdint.h>

#include "num/vec.h"

/** Mean radius of a head [m]; Woodworth 1938, Brown & Duda 1998; recalled. */
#define HEAD_RADIUS_M 0.0875

/** What a place around the head gives to the ears: left, right. */
typedef struct head_ears {
    double way_m[2]; /* longer than to the middle of the head; < 0 = nearer */
    double high[2];  /* [1] gain of the shadow for short waves; for long ones it is 1 */
    double rear;     /* 0 in front or beside .. 1 straight behind */
} head_ears;

/** in to_m from the middle of the head; right unit. threads: pure */
head_ears head_hear(hm_vec3 to_m, hm_vec3 right);

/** The shadow of one ear as a filter: (1 + high tau s) / (1 + tau s), tau = a / 2c. */
typedef struct head_shadow {
    double b0, b1, a1;
    double x, y;
} head_shadow;

/** Set the gain for short waves, keep the state. */
void head_shadow_set(head_shadow *s, double high, double c_mps);

static inline double head_shadow_next(head_shadow *s, double x)
{
    s->y = s->b0 * x + s->b1 * s->x - s->a1 * s->y;
    s->x = x;
    return s->y;
}

/** Dull what comes from behind, in place: a shelf above HEAD_REAR_HZ. */
void head_rear(double rear, int64_t n, double *mono);

#endif
