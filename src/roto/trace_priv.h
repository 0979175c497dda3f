/* trace_priv.h - from the cells of a person to what is drawn of him: areas and lines. */
#ifndef HM_ROTO_TRACE_PRIV_H
#define HM_ROTO_TRACE_PRIV_H

#include "matte_priv.h"
#include "tone_priv.h"

/* What a line does from drawing to drawing beyond the body's own motion, film px. */
typedef struct roto_boil {
    double sum_px;
    int64_t n;
} roto_boil;

/**
 * The matte's outline, as an area and as strokes.
 * in     was   figure of the drawing before, NULL = none: its outline, carried by the bones, holds
 *              the new one
 * out    figure  in arena
 */
hm_status roto_trace_outline(const roto_cells *cells, const roto_figure *was, hm_arena *arena,
                             roto_bench *bench, roto_figure *figure, roto_boil *boil, hm_err *err);

/** Areas far to near, base before shade, and the lines between them, added to the figure. */
hm_status roto_trace_inside(const roto_cells *cells, const roto_tones *tones, hm_arena *arena,
                            roto_bench *bench, roto_figure *figure, hm_err *err);

#endif
