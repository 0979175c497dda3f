/* sprint/drive.h - a run as propulsion against air.
 *
 *   dv/ds = F0 (1 - v / V0) - c s + q (v - u)|v - u| - d (v - w)|v - w|
 *   x(s)  = integral of v + burst_m (1 - (1 + s/T) e^(-s/T)),  T as in sprint/dash.h
 *
 * s counts from the model's start (the reaction, shifted by a time correction). q = 0: the force
 * itself was fitted (`drive`). q > 0: F0, V0, c describe a curve that was run in air with the drag
 * q and the wind u already inside (mono, decay: "drag difference"), so with d = q and w = u that
 * very curve comes back. */
#ifndef HM_SPRINT_DRIVE_H
#define HM_SPRINT_DRIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/sprinter.h"
#include "sprint/velocity.h"

typedef struct hm_drive {
    double f0_n_per_kg;       /* force per mass at rest > 0 */
    double v0_mps;            /* speed at which the force is gone > 0 */
    double fade_mps3;         /* c >= 0 [m/s3], force per mass lost each second */
    double burst_m;           /* >= 0 */
    double drag_inside_per_m; /* q >= 0 */
    double wind_inside_mps;   /* u */
} hm_drive;

/** The same run as a drive whose force already holds drag and wind of the air it was run in. */
hm_drive hm_drive_of_decay(const hm_decay *d, double drag_per_m, double wind_mps);

/**
 * The runner of a fitted run, whatever its model, from its parameters.
 * errors HM_ERR_INPUT a parameter that the model needs is not there, or nobody can run so
 * memory none.  threads: pure
 */
HM_CHECKED hm_status hm_drive_of_run(const hm_sprinter_run *run, hm_drive *drive, hm_err *err);

/** A run sampled in equal steps of time; between them cubic Hermite. */
typedef struct hm_drive_curve {
    double step_s;
    int32_t n;     /* samples */
    double *x_m;   /* (n) */
    double *v_mps; /* (n) speed of the torso, burst included */
} hm_drive_curve;

enum { HM_DRIVE_SAMPLE_MAX = 512 };

/**
 * Run until distance to_m.
 *
 * in     drag_per_m  d of the air (sprint/air.h), wind_mps  w
 *        to_m        0 < to_m <= 400
 *        curve       x_m and v_mps point to HM_DRIVE_SAMPLE_MAX doubles each
 * out    returns false when the runner never gets there (curve then holds what was run)
 * errors none.  memory none.  threads: pure; hm_exp, no libm
 * test   tests/unit/sprint/test_drive.c (closed forms of velocity.h; a fine twin)
 */
bool hm_drive_run(const hm_drive *drive, double drag_per_m, double wind_mps, double to_m,
                  hm_drive_curve *curve);

/** Time at a distance of the curve, s; NAN beyond it. */
double hm_drive_time_s(const hm_drive_curve *curve, double x_m);

/** Speed and distance at a time of the curve; clamped to its ends. */
double hm_drive_v_mps(const hm_drive_curve *curve, double s_s);
double hm_drive_x_m(const hm_drive_curve *curve, double s_s);

#endif
