/* cli/fit_plot.h - what `hecto fit` draws: one run on a page, a season of one athlete, a squad. */
#ifndef HM_CLI_FIT_PLOT_H
#define HM_CLI_FIT_PLOT_H

#include "chart/draw.h"
#include "data/sprinter.h"

typedef enum fit_plot_kind {
    FIT_PLOT_AUTO,   /* one run: RUN; several of one athlete: SEASON; else SQUAD */
    FIT_PLOT_RUN,    /* speed, residuals, force, steps, what would change the time, numbers */
    FIT_PLOT_SEASON, /* estimates over dates, curves over one another */
    FIT_PLOT_SQUAD   /* athletes sorted by top speed */
} fit_plot_kind;

typedef struct fit_plot_opts {
    fit_plot_kind kind;
    int32_t i_run; /* of FIT_PLOT_RUN */
    hm_chart_format format;
    double px_per_pt; /* PNG: 2 = 1190 x 1684 for a page of A4 */
} fit_plot_opts;

fit_plot_opts fit_plot_opts_default(void);

/**
 * The format that a path asks for by its ending, in small or capital letters.
 * errors HM_ERR_USAGE another ending
 */
HM_CHECKED hm_status fit_plot_format_of(const char *path, hm_chart_format *format, hm_err *err);

/**
 * Draw fitted runs. What a run does not know is left out and the page closes up.
 *
 * in     sprinter  checked
 * out    bytes, n  of a whole file, for hm_file_write; untouched on failure
 * errors HM_ERR_INPUT no run, or none that could be drawn; those of hm_chart_draw
 * memory arena.  threads: pure
 * test   tests/cli/test_fit_plot.c, test_fit_pictures.py
 */
HM_CHECKED hm_status fit_plot(const hm_sprinter *sprinter, const fit_plot_opts *opts,
                              hm_arena *arena, char **bytes, size_t *n, hm_err *err);

#endif
