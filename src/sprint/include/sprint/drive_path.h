/* sprint/drive_path.h - a run followed piece by piece, with what each parameter would change.
 *
 * In a piece the force is a polynomial in v and s, so v(s) and x(s) are power series whose terms
 * follow from one another: ten of them over less than a time constant leave an error below 1e-9 m.
 * A piece ends where the runner overtakes the wind, as the drag turns there. Wind and drag hold for
 * one piece: a gust is a change of them between two pieces, and a shorter longest_s. */
#ifndef HM_SPRINT_DRIVE_PATH_H
#define HM_SPRINT_DRIVE_PATH_H

#include <stdbool.h>

#include "sprint/drive.h"

/** The parameters that partial derivatives are taken by. */
typedef enum hm_drive_by {
    HM_DRIVE_BY_F0,
    HM_DRIVE_BY_V0,
    HM_DRIVE_BY_FADE,
    HM_DRIVE_BY_BURST,
    HM_DRIVE_BY_COUNT
} hm_drive_by;

enum { HM_DRIVE_TERMS = 11 };

typedef struct hm_drive_path {
    hm_drive drive;
    double drag_per_m, wind_mps; /* of the pieces to come */
    double longest_s;            /* of a piece */
    bool partials;
    double s_s, length_s;           /* where the piece begins, how long it is */
    double drag_side, inside_side;  /* [1] 1 = faster than that wind, -1 = slower */
    double end_x_m;                 /* distance at the end of the piece, burst included */
    double end_rest_x_m, end_v_mps; /* distance and speed there, burst not included */
    double start_x_m;               /* distance at its beginning, burst not included */
    double v[HM_DRIVE_TERMS];       /* [1] series of the speed without burst, m/s^(1 + k) */
    double x[HM_DRIVE_TERMS];       /* [1] x = start_x_m + h sum x_k h^k */
    double start_dx[3];             /* [1] (F0, V0, fade) partials of start_x_m */
    double dv[3][HM_DRIVE_TERMS];   /* [1] the same series of partials */
    double dx[3][HM_DRIVE_TERMS];   /* [1] */
} hm_drive_path;

/** Where the runner is; partials at this s only where they are wanted, else 0. */
typedef struct hm_drive_point {
    double s_s, x_m, v_mps, a_mps2;                      /* burst included */
    double dx[HM_DRIVE_BY_COUNT], dv[HM_DRIVE_BY_COUNT]; /* [1] */
} hm_drive_point;

/** Stand at s = 0. memory none. threads: pure, as are all of these */
void hm_drive_path_begin(hm_drive_path *path, const hm_drive *drive, double drag_per_m,
                         double wind_mps, bool partials);

/** On to the next piece; false (and nothing changed) where the runner has come to a stand. */
bool hm_drive_path_next(hm_drive_path *path);

/** The point at s_s of the present piece. */
void hm_drive_path_at(const hm_drive_path *path, double s_s, hm_drive_point *point);

/**
 * On to a time or a distance; not before the present piece. False where he never gets there.
 * test   tests/unit/sprint/test_drive.c (a fine Runge-Kutta twin; differences)
 */
bool hm_drive_path_to_s(hm_drive_path *path, double s_s, hm_drive_point *point);
bool hm_drive_path_to_x(hm_drive_path *path, double x_m, hm_drive_point *point);

#endif
