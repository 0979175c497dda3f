/* tests/unit/fit/training.h - sessions of training of a runner whose line is known: walking,
 * jogging and accelerations from any speed, as a satellite receiver on the back sees them. */
#ifndef FIT_TRAINING_H
#define FIT_TRAINING_H

#include <math.h>
#include <stdbool.h>

#include "base/rng.h"
#include "data/trace.h"
#include "num/dmath.h"
#include "num/stat.h"

typedef struct training {
    double a0_mps2, s0_mps; /* of a maximal effort */
    double minutes, sample_hz;
    double hard_frac; /* of the accelerations that are maximal */
    double noise_mps; /* sd of the speed, independent from sample to sample */
    double noise_m;   /* sd of positions, where those are asked for */
    uint64_t seed;
} training;

/** What the runner is at: he aims at a speed with an effort, then holds it. */
typedef struct training_task {
    double aim_mps, effort, left_s;
} training_task;

static inline double training_unit(const training *t, uint64_t who, uint32_t what, uint32_t draw)
{
    return hm_rng_unit(t->seed, HM_FOR_TEST, who, what, draw);
}

static inline training_task training_next(const training *t, uint64_t who, uint32_t k)
{
    double what = training_unit(t, who, k, 0), u = training_unit(t, who, k, 1);
    double hard = training_unit(t, who, k, 2), last = training_unit(t, who, k, 3);
    if (what < 0.5) /* walk */
        return (training_task){0.5 + 1.5 * u, 0.2, 5 + 10 * last};
    if (what < 0.8) /* jog */
        return (training_task){2 + 2.5 * u, 0.15 + 0.4 * hard, 3 + 10 * last};
    /* accelerate: all out, or somewhat less; the top is rarely reached */
    double effort = hard < t->hard_frac ? 1 : 0.4 + 0.55 * training_unit(t, who, k, 4);
    return (training_task){t->s0_mps * (0.6 + 0.4 * u), effort, 1 + 5 * last * last};
}

static inline double training_step(const training *t, const training_task *k, double v_mps,
                                   double step_s)
{
    if (v_mps >= k->aim_mps) /* brake softly */
        return fmax(v_mps - 2.0 * step_s, k->aim_mps);
    double a_mps2 = k->effort * t->a0_mps2 * (1 - v_mps / t->s0_mps);
    return fmin(v_mps + a_mps2 * step_s, k->aim_mps);
}

/** One session. obs (minutes 60 sample_hz). positions: cumulative distances instead of speeds. */
static inline int32_t training_session(const training *t, uint64_t who, bool positions,
                                       hm_obs obs[])
{
    enum { FINE = 20 };
    const double none = (double)NAN;
    int32_t n = (int32_t)(t->minutes * 60 * t->sample_hz);
    double v_mps = 0, x_m = 0, step_s = 1 / (t->sample_hz * FINE);
    uint32_t k = 0;
    training_task task = training_next(t, who, k);
    for (int32_t i = 0; i < n; i++) {
        double z = hm_normal_of(training_unit(t, who, (uint32_t)i, 9));
        obs[i] =
            (hm_obs){HM_OBS_SPEED, 0,    none, i / t->sample_hz, fmax(v_mps + t->noise_mps * z, 0),
                     none,         none, none};
        if (positions) {
            obs[i].kind = HM_OBS_POSITION;
            obs[i].speed_mps = none;
            obs[i].distance_m = x_m + t->noise_m * z;
        }
        for (int j = 0; j < FINE; j++) {
            v_mps = training_step(t, &task, v_mps, step_s);
            x_m += v_mps * step_s;
        }
        task.left_s -= FINE * step_s;
        if (task.left_s < 0)
            task = training_next(t, who, ++k);
    }
    return n;
}

#endif
