/* walker.h - a runner whose points are known: legs and arms swing in opposite phase, hips go along.
 */
#ifndef WALKER_H
#define WALKER_H

#include "ht.h"
#include "people_priv.h"

static const double walker_side_px = 420; /* 200 px a metre */

/** Truth at t; who walks lifts the swinging foot by 0.1 m, who runs by 0.35 m: knees, ankles,
 * heels, toes, elbows, wrists; the rest near the hips. */
static inline people_frame walker_at(double t_s, double speed_mps, double stride_hz)
{
    people_frame f = {.time_s = t_s, .score = 0.99, .region = {500, 500, walker_side_px, 0}};
    double px = people_px_per_m(&f), x = 300 + px * speed_mps * t_s, y = 500;
    f.region.u_px = x;
    for (int k = 0; k < HM_POINT_COUNT; k++)
        f.point[k] = (hm_pose_point){(float)x, (float)(y - 0.5 * px), 0, 1, 1};
    for (int side = 0; side < 2; side++) {
        double phase = 2 * 3.14159265358979 * stride_hz * t_s + side * 3.14159265358979;
        double ahead = speed_mps < 0 ? -1 : 1, high = fabs(speed_mps) > 3 ? 0.35 : 0.1;
        double leg = 0.35 * ahead * sin(phase), arm = -0.25 * ahead * sin(phase);
        double lift = high * fmax(0, cos(phase));
        const struct {
            int point;
            double dx_m, dy_m;
        } at[] = {{HM_POINT_HIP_L, 0, 0},
                  {HM_POINT_KNEE_L, 0.6 * leg, 0.42 - lift},
                  {HM_POINT_ANKLE_L, leg, 0.82 - lift},
                  {HM_POINT_HEEL_L, leg - 0.05, 0.86 - lift},
                  {HM_POINT_TOE_L, leg + 0.15, 0.88 - lift},
                  {HM_POINT_ELBOW_L, 0.6 * arm, -0.25},
                  {HM_POINT_WRIST_L, arm + 0.1, -0.05}};
        for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
            f.point[at[k].point + side].x_px = (float)(x + px * at[k].dx_m);
            f.point[at[k].point + side].y_px = (float)(y + px * at[k].dy_m);
        }
    }
    return f;
}

/** What the net does wrong: the points from .. to (a left and a right one) exchanged. */
static inline void walker_exchange(people_frame *f, int from, int to)
{
    for (int k = from; k <= to; k += 2) {
        hm_pose_point keep = f->point[k];
        f->point[k] = f->point[k + 1];
        f->point[k + 1] = keep;
    }
}

/** Noise of -1 .. 1, the same in every run. */
static inline double walker_noise(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)*seed / 2147483648.0 - 1;
}

#endif
