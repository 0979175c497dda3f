/* A body that stands upright and faces the right of the picture, for tests. */
#ifndef ROTO_BODY_H
#define ROTO_BODY_H

#include "data/track.h"

/* x right and y down of each point from between the hips, in lengths of the trunk; d = how far the
 * left side is from the right one. swing = of the legs, rad about */
static inline void body_point(int k, float swing, float *x, float *y)
{
    int left = k >= 7 ? k % 2 : 0;
    float s = left ? swing : -swing;
    static const float up[HM_POINT_COUNT] = {
        [HM_POINT_SHOULDER_L] = -1,  [HM_POINT_SHOULDER_R] = -1, [HM_POINT_ELBOW_L] = -0.45f,
        [HM_POINT_ELBOW_R] = -0.45f, [HM_POINT_WRIST_L] = 0,     [HM_POINT_WRIST_R] = 0,
        [HM_POINT_KNEE_L] = 0.85f,   [HM_POINT_KNEE_R] = 0.85f,  [HM_POINT_ANKLE_L] = 1.6f,
        [HM_POINT_ANKLE_R] = 1.6f,   [HM_POINT_HEEL_L] = 1.7f,   [HM_POINT_HEEL_R] = 1.7f,
        [HM_POINT_TOE_L] = 1.72f,    [HM_POINT_TOE_R] = 1.72f};
    *y = k <= HM_POINT_MOUTH_R                                    ? -1.4f
         : k >= HM_POINT_LITTLE_FINGER_L && k <= HM_POINT_THUMB_R ? 0.15f
                                                                  : up[k];
    *x = *y > 0 ? s * *y : *y > -0.9f ? -s * (*y + 1) : 0;
    *x += k == HM_POINT_NOSE ? 0.2f : k == HM_POINT_TOE_L || k == HM_POINT_TOE_R ? 0.4f : 0;
}

#endif
