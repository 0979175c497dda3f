/* race/recall.h - a start that was recalled, as a race of its own that can be filmed. */
#ifndef HM_RACE_RECALL_H
#define HM_RACE_RECALL_H

#include "data/ruling.h"
#include "race/replay.h"

/**
 * Replay start k of a sheet: everybody who was on the marks leaves at the reaction read there, the
 * recall gun calls them back after a few strides, nobody finishes (all DNF). A reaction below 0 is
 * drawn as 0: nobody moves before the gun in a race.
 *
 * in     timed  of hm_referee_times: its times are the level of each
 *        ruling of hm_referee_judge: who was out by then stands by
 *        k      1 .. sheet->n_start
 * out    race   passes hm_race_check; round says "start k, recalled"
 * errors HM_ERR_USAGE no such start; those of hm_race_replay
 * memory arena
 * test   tests/unit/race/test_referee.c
 */
HM_CHECKED hm_status hm_recall_replay(const hm_sheet *timed, const hm_ruling *ruling, int32_t k,
                                      const hm_replay_opts *opts, hm_arena *arena, hm_race *race,
                                      hm_err *err);

#endif
