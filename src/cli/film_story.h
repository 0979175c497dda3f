/* cli/film_story.h - `hecto film` of a story: one film of many races. */
#ifndef HM_CLI_FILM_STORY_H
#define HM_CLI_FILM_STORY_H

#include "cli.h"

/**
 * Film it, or what of it is asked for instead: a still, a sheet, a hash, the stagings.
 * errors HM_ERR_USAGE an option that goes with one race only; those of reading and filming
 */
HM_CHECKED hm_status film_story(const cli_args *args, hm_err *err);

#endif
