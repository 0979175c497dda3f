/* sprint/start.h - where the feet stand before the gun and when they leave.
 *
 * Glossary: push = from the reaction to block exit; block exit = the front foot leaves its block
 * (in a standing start: the front foot leaves the ground). Places are of the ball of the foot. */
#ifndef HM_SPRINT_START_H
#define HM_SPRINT_START_H

#include "data/race.h"

/**
 * in     standing    no blocks
 *        reaction_s  from the gun
 *        stature_m   of the runner
 *        top_mps     top speed of this run: slower runners push a little longer
 *        front_foot  the one that leaves last
 * out    start as data/race.h describes it
 * errors none.  memory none.  threads: pure
 * source docs/physics/start.md
 * test   tests/unit/sprint/test_start.c
 */
hm_start hm_start_of(bool standing, double reaction_s, double stature_m, double top_mps,
                     hm_foot front_foot);

#endif
