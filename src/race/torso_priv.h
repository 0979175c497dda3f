/* race/torso_priv.h - the torso curve of one runner through his marks. */
#ifndef HM_RACE_TORSO_PRIV_H
#define HM_RACE_TORSO_PRIV_H

#include "luck_priv.h"

#include "data/race.h"
#include "race/prior.h"
#include "sprint/dash.h"

/** What one curve has to obey. Times from the gun. */
typedef struct race_marks {
    double reaction_s; /* >= 0 */
    int32_t n;         /* >= 1; the last is the finish, or where the run was broken off */
    const double *x_m; /* (n) ascending, > 0 */
    const double *t_s; /* (n) ascending, > reaction_s */
    bool
        finishes; /* the last mark is the finish: run-out. Else: pulls up at stop_m at the latest */
    double stop_m;     /* only if not finishes: where he begins to pull up, <= last mark */
    double walk_mps;   /* of the run-out */
    race_gusty *exact; /* the run itself, which passes the marks; NULL = a curve through them */
} race_marks;

typedef struct race_torso {
    hm_curve curve;
    double run_end_s;           /* finish, or where he begins to pull up */
    double end_s;               /* stands still */
    double low_mps2, high_mps2; /* least and greatest acceleration before run_end_s */
    bool bent;                  /* the splits forced it beyond the bounds */
} race_torso;

typedef struct race_motion {
    double x_m, v_mps, a_mps2;
} race_motion;

/** Speed as a cubic in time from (v0, a0) to (v1, 0). */
typedef struct race_phase {
    double t_s, x_m;
    double v0_mps, a0_mps2, v1_mps;
    double length_s;
} race_phase;

/** The dash that fits the marks best and hits the last of them, or the last before he slowed down
 * for good. dash_fit.c */
hm_dash race_dash_fit(const race_marks *m, const hm_prior_shape *shape);

/** What follows the last mark from motion k at end_s: brake, walk, halt; or pull up at once.
 * Returns how many phases. run_out.c */
int race_run_out(const race_marks *m, double end_s, race_motion k, race_phase out[3]);

/** Place and speed in a row of phases; a_mps2 is 0. */
race_motion race_phases_at(int n, const race_phase p[], double t_s);

/** Bounds that a curve keeps before the finish where the marks allow it. */
extern const double race_least_mps2, race_most_mps2;

/**
 * out    torso   curve in the arena; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 */
hm_status race_torso_make(const race_marks *m, const hm_prior_shape *shape, hm_arena *arena,
                          race_torso *torso, hm_err *err);

#endif
