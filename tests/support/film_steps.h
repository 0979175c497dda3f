/* tests/support/film_steps.h - footfalls for the races of film_race.h: evenly quickening steps. */
#ifndef FILM_STEPS_H
#define FILM_STEPS_H

#include "film_race.h"

enum { FILM_STEPS_MAX = 120 };

/** Steps from block exit to the end of the curve: 4.2 to 4.6 a second, contact 0.18 to 0.10 s. */
static inline void film_steps(hm_arena *a, hm_lane *l)
{
    if (l->curve.n == 0)
        return;
    l->step = HM_PUSH(a, hm_step, FILM_STEPS_MAX);
    double t = l->start.front_off_s + 0.08;
    for (int32_t k = 0; k < FILM_STEPS_MAX && t < l->end_s - 0.3; k++) {
        double grown = k < 12 ? k / 12.0 : 1.0;
        double contact = 0.18 - 0.08 * grown;
        double x = hm_curve_x_m(&l->curve, t) + 0.25;
        if (k > 0 && x < l->step[k - 1].x_m + 0.2)
            break;
        l->step[k] = (hm_step){.foot = k % 2 ? HM_FOOT_LEFT : HM_FOOT_RIGHT,
                               .on_s = t,
                               .off_s = t + contact,
                               .x_m = x,
                               .side_m = k % 2 ? 0.09 : -0.09};
        l->n_step = k + 1;
        t += 1.0 / (4.2 + 0.4 * grown) + 0.0007 * (l->lane % 3);
    }
}

/** As film_race, with steps. */
static inline hm_race film_race_stepping(hm_arena *a, film_race_kind kind)
{
    hm_race r = film_race(a, kind);
    for (int32_t i = 0; i < r.n_lane; i++)
        film_steps(a, &r.lane[i]);
    r.temp_c = 20.0;
    return r;
}

#endif
