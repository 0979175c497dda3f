/* race/change.h - what if: a race with something about it changed.
 *
 * Nobody races anew: each stays as he ran, but for what the change does to him. His fitted run is
 * computed in the air of the race and in the changed one; the difference moves his splits and his
 * time, and the race is replayed through them. So what was not changed stays to the bit.
 *
 *   t'(x) = t(x) + (reaction' - reaction) + run'(x) - run(x)
 *
 * run: hm_drive_path of the fitted runner, as in odds and simulated races. docs/physics/change.md
 */
#ifndef HM_RACE_CHANGE_H
#define HM_RACE_CHANGE_H

#include "race/simulate.h"

/** A runner of another race who runs here. */
typedef struct hm_guest {
    const hm_race *race;     /* where he ran: its air and its seed are looked at, not its lanes */
    const hm_lane *lane;     /* who he is, his reaction, splits, time; no curve is needed */
    const hm_runner *runner; /* fitted to that run */
} hm_guest;

/** Of one lane. */
typedef struct hm_change_lane {
    double reaction_s;    /* from the gun, NAN = as it was */
    double force_frac;    /* [1] times his F0; 1 = as it was */
    double top_speed_mps; /* added to the highest speed of his run; 0 = as it was */
    bool empty;           /* nobody runs here */
    hm_guest guest;       /* zeroed = the lane's own runner */
} hm_change_lane;

/** NAN = as it was. */
typedef struct hm_change {
    double wind_mps; /* of the gauge, + from behind; every lane's wind moves alike */
    double altitude_m, temp_c;
    hm_change_lane lane[HM_LANE_MAX]; /* (race->n_lane) beside race->lane */
} hm_change;

/** Everything as it was. */
hm_change hm_change_none(void);

/** Bounds of what can be asked for, all inclusive. */
typedef struct hm_change_range {
    double lo, hi; /* [1] in the unit of the field */
} hm_change_range;

typedef struct hm_change_bounds {
    hm_change_range wind_mps, altitude_m, temp_c, reaction_s, force_frac, top_speed_mps;
} hm_change_bounds;

extern const hm_change_bounds hm_change_bound;

/** What came of it for one lane. */
typedef struct hm_change_effect {
    bool changed;       /* false: to the bit as he ran */
    double longer_s;    /* time at the line less that he ran; NAN = never gets there */
    double longer_s_sd; /* what the fit of his run leaves open of that */
    hm_drive drive;     /* the runner as he became; v0_mps = 0: not known */
} hm_change_effect;

/**
 * in     race    passes hm_race_check
 *        runner  (race->n_lane) beside the lanes, fitted to them; drive.v0_mps = 0: not known, the
 *                air then changes nothing for him
 *        change  from hm_change_none
 * out    made    passes hm_race_check; of a change, mode simulate and a note for each thing that
 *                was changed; keeps pointers into race. Nothing asked for: *race itself. Untouched
 *                on failure
 *        effect  (HM_LANE_MAX) beside race->lane
 * errors HM_ERR_USAGE out of bounds, everybody away; HM_ERR_INPUT a runner never arrives, a
 *        reaction that leaves no time to run;  HM_ERR_SYSTEM no memory
 * memory arena.  threads: pure
 * test   tests/unit/race/test_change.c
 */
HM_CHECKED hm_status hm_race_change(const hm_race *race, const hm_runner runner[],
                                    const hm_change *change, hm_arena *arena, hm_race *made,
                                    hm_change_effect effect[], hm_err *err);

#endif
