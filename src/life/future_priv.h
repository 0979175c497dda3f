/* life/future_priv.h - futures of a world: searched for one in which pinned races happen, and
 * counted. */
#ifndef HM_LIFE_FUTURE_PRIV_H
#define HM_LIFE_FUTURE_PRIV_H

#include "world_priv.h"

/**
 * Number of the first future, from 0, in which all pinned races happen with all their people by
 * themselves.
 * out    found  it; tried = how many were lived; found = -1: none of world.search
 */
HM_CHECKED hm_status future_search(const hm_scenario *s, const hm_live_opts *o,
                                   const hm_life_params *params, hm_arena *arena, int32_t *found,
                                   int32_t *tried, hm_err *err);

/** Where the story's own future begins: a week of w. */
int32_t future_branch(const world *w);

/** The futures that the scenario asks for, opts->n_future times each, into the story. */
HM_CHECKED hm_status future_count(const hm_scenario *s, const hm_live_opts *o,
                                  const hm_life_params *params, int32_t own_future, hm_arena *arena,
                                  hm_story *story, hm_err *err);

/** Switches of `name` (n) as bits of a list. errors HM_ERR_USAGE not declared */
HM_CHECKED hm_status future_off(const hm_scenario *s, int32_t n, const char *const *name, bool *off,
                                hm_err *err);

#endif
