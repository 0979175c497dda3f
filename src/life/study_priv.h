/* life/study_priv.h - what the files of a study share. */
#ifndef HM_LIFE_STUDY_PRIV_H
#define HM_LIFE_STUDY_PRIV_H

#include <math.h>

#include "life/study.h"

enum { STUDY_SENIOR_AGE = 23 };

/** A grid of the study. */
typedef enum study_grid {
#define STUDY_INDEX(name, text) STUDY_##name,
    HM_STUDY_LIST(STUDY_INDEX)
#undef STUDY_INDEX
} study_grid;

/** What it holds. */
const char *study_about(study_grid grid);

/** a of b; NAN of nothing. */
static inline double study_per(double a, double b)
{
    return b > 0 ? a / b : (double)NAN;
}

/** Fill value, earners and the coefficients. */
HM_CHECKED hm_status study_value(int32_t n, const hm_class c[], hm_sex sex, hm_points_of *points,
                                 void *ctx, hm_arena *arena, hm_study *out, hm_err *err);

#endif
