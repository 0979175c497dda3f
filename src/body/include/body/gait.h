/* body/gait.h - from a race to poses: any instant of one runner, from behind the blocks to the
 * run-out, feet on the race's own footfalls. */
#ifndef HM_BODY_GAIT_H
#define HM_BODY_GAIT_H

#include "base/arena.h"
#include "base/status.h"
#include "body/form.h"
#include "body/shape.h"
#include "body/skeleton.h"
#include "data/race.h"

/** Everything a pose needs that does not depend on the instant. Opaque; lives in the arena. */
typedef struct hm_gait_plan_data hm_gait_plan_data;

typedef struct hm_gait {
    const hm_gait_plan_data *plan;
    double first_s,
        last_s; /* between these something happens; outside he only stands and breathes */
} hm_gait;

/**
 * Prepare the movement of one runner.
 *
 * in     lane   valid (hm_race_check); must outlive the gait
 *        shape  of the same runner, copied
 *        form   NULL = the preset that the lane names
 * out    gait   untouched on failure
 * errors HM_ERR_INPUT unknown form preset; HM_ERR_SYSTEM no memory
 * memory arena
 * test   tests/unit/body/test_gait.c
 */
HM_CHECKED hm_status hm_gait_plan(const hm_lane *lane, const hm_shape *shape, const hm_form *form,
                                  hm_arena *arena, hm_gait *gait, hm_err *err);

/**
 * The runner at one instant. Any instant may be asked for in any order.
 *
 * in     t_s   s from the gun; about -20 on: behind the blocks, marks, set, gun, run, dip, run-out
 * out    pose  world coordinates, lane centre included
 * errors none.  threads: safe.  cost about 20 us
 */
void hm_gait_pose(const hm_gait *gait, double t_s, hm_pose *pose);

#endif
