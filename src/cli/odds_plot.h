/* cli/odds_plot.h - the odds of a race on a page. */
#ifndef HM_CLI_ODDS_PLOT_H
#define HM_CLI_ODDS_PLOT_H

#include "fit_plot.h"

#include "data/sheet.h"
#include "race/odds.h"

/**
 * Draw the odds: times, chances of winning, places, each against each, the winner's time, the
 * margin, and where the spread comes from.
 *
 * in     sheet      the race; each lane of the odds has its row (asserted)
 *        day        that was assumed
 *        record_s   that the odds were asked for; NAN = none
 *        opts       format and px_per_pt; the rest is not looked at
 * out    bytes, n   of a whole file, for hm_file_write; untouched on failure
 * errors those of hm_chart_draw
 * memory arena.  threads: pure
 * test   tests/cli/test_odds_plot.c, tests/cli/test_odds_pictures.py
 */
HM_CHECKED hm_status odds_plot(const hm_sheet *sheet, const hm_day *day, const hm_odds *odds,
                               double record_s, const fit_plot_opts *opts, hm_arena *arena,
                               char **bytes, size_t *n, hm_err *err);

#endif
