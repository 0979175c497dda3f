/* chart/draw.h - a figure becomes the bytes of a picture. */
#ifndef HM_CHART_DRAW_H
#define HM_CHART_DRAW_H

#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "chart/figure.h"

typedef enum hm_chart_format {
    HM_CHART_SVG,
    HM_CHART_PNG,
    HM_CHART_PDF,
    HM_CHART_FORMAT_COUNT
} hm_chart_format;

/** Names as they end a file, in the order of the enum; NULL at the end. */
extern const char *const hm_chart_format_word[];

enum { HM_CHART_SIDE_MAX_PT = 14400, HM_CHART_SIDE_MAX_PX = 32000 };

/**
 * Draw a figure.
 *
 * in     fig         cells inside the grid, arrays as their kind wants (asserted)
 *        px_per_pt   PNG only, 0.25 .. 16; 2 = 144 dots an inch
 * out    bytes, n    terminated by a 0 that n does not count; untouched on failure
 * range  a panel of which no value is finite says "no data"; values beyond 1e15 are gaps
 * errors HM_ERR_INPUT   no panel; the page or the picture would be larger than it may be
 *        HM_ERR_SYSTEM  no memory, no fonts
 * memory bytes in arena; scratch given back.  threads: pure (Fontconfig's own tables apart)
 * range  the same figure gives the same bytes with the same fonts and libraries: no time, no name
 *        of the machine, no counter of the process is written
 * test   tests/unit/chart/
 */
HM_CHECKED hm_status hm_chart_draw(const hm_chart_figure *fig, hm_chart_format format,
                                   double px_per_pt, hm_arena *arena, char **bytes, size_t *n,
                                   hm_err *err);

#endif
