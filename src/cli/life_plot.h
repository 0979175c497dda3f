/* cli/life_plot.h - pictures of lives: one life with its account, two of them beside one another,
 * the fan of futures, an idea on its way through people. */
#ifndef HM_CLI_LIFE_PLOT_H
#define HM_CLI_LIFE_PLOT_H

#include "cli.h"
#include "fit_plot.h"

#include "data/story.h"

/** Rows for the table of the verb. */
#define LIFE_PLOT_OPTS                                                                             \
    {"plot", 0, "FILE",                                                                            \
     "Draw it, as SVG, PNG or PDF: with --why one life and its account, with --futures the fan "   \
     "of them, with --cohort what came of it."},                                                   \
        {"beside", 0, "ID", "With --why and --plot: this life beside the other."},                 \
    {                                                                                              \
        "idea", 0, "NAME",                                                                         \
            "With --plot: how an idea spread: joy, fastest, effort, order, form or fear."          \
    }

/**
 * Draw what --plot and the options beside it ask for; nothing without --plot.
 *
 * in     person  of --why or --follow, -1 = neither: the first of the story
 * errors HM_ERR_USAGE a wrong ending, an unknown --beside or --idea, --futures in a story without;
 *        HM_ERR_SYSTEM
 */
HM_CHECKED hm_status life_plot(const cli_args *args, const hm_story *story, int32_t person,
                               hm_err *err);

/**
 * One function a picture: bytes of a whole file, in the arena; untouched on failure. Level and
 * season's bests over age, with injuries, meetings and ideas; what each year's change is made of,
 * under the named terms of life/account.h; beliefs; the account of the whole life as numbers.
 * in     person  with seasons, else HM_ERR_INPUT
 * test   tests/cli/test_life_plot.c
 */
HM_CHECKED hm_status life_plot_person(const hm_story *story, int32_t person,
                                      const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                                      size_t *n, hm_err *err);

/** Two lives over the same years, the races they ran against one another, both accounts. */
HM_CHECKED hm_status life_plot_pair(const hm_story *story, int32_t a, int32_t b,
                                    const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                                    size_t *n, hm_err *err);

/** Season's bests in each named future, and what came of them. errors HM_ERR_INPUT there is none */
HM_CHECKED hm_status life_plot_futures(const hm_story *story, int32_t person,
                                       const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                                       size_t *n, hm_err *err);

/** Who held a belief how firmly in which year, and who had it from whom. */
HM_CHECKED hm_status life_plot_idea(const hm_story *story, int32_t belief,
                                    const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                                    size_t *n, hm_err *err);

#endif
