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
 * Areas far to near, base before shade; outline and inner lines.
 * in     was   figure of the drawing before, NULL = none: its outline, carried by the bones, holds
 *              the new one
 * out    figure  all in arena; boil may be NULL
 */
hm_status roto_trace(const roto_work *work, const roto_tones *tones, const roto_figure *was,
                     hm_arena *arena, hm_arena *scratch, roto_figure *figure, roto_boil *boil,
                     hm_err *err);

#endif
