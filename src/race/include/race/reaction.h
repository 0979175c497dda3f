/* race/reaction.h - a reaction that nobody read, and what is not known of a run for want of it. */
#ifndef HM_RACE_REACTION_H
#define HM_RACE_REACTION_H

#include "race/simulate.h"

/** Mean and sd of a law before it is held to its ends.
 * source closed form of the lognormal law;  test tests/unit/race/test_reaction.c */
double hm_reaction_mean_s(const hm_reaction_law *law);
double hm_reaction_sd_s(const hm_reaction_law *law);

/**
 * He was fitted as if he had reacted with the mean of his law: what he runs is known less surely,
 * by the law's sd, laid on his first strides.
 *
 * in     runner  from hm_runner_of_run
 * out    runner  its root grown; errors HM_ERR_INPUT he never arrives, untouched
 * memory none.  threads: pure
 */
HM_CHECKED hm_status hm_runner_doubt_reaction(hm_runner *runner, hm_err *err);

#endif
