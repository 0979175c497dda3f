/* fit/points_priv.h - observations on their way to points. */
#ifndef HM_FIT_POINTS_PRIV_H
#define HM_FIT_POINTS_PRIV_H

#include "model_priv.h"

/** One observation, in the quantity that is fitted. */
typedef struct fit_entry {
    double at, observed, sigma; /* [1] as in fit_points; sigma NAN = not told */
    int32_t of;                 /* index in the trace */
} fit_entry;

/** The reaction that the times contain: told by hand, or by a trace that counts from the gun. */
double fit_reaction_s(const hm_trace *trace, const hm_fit_opts *opts);

/** Where on the tape the clock begins: at the first gate, m; 0 = at the start line or earlier. */
double fit_gate0_m(const hm_trace *trace);

/** Entries from .. to - 1 are the run; idle_s of standing before it. */
typedef struct fit_span {
    int32_t from, to;
    double idle_s;
} fit_span;

/**
 * Which part of a series of speeds or distances at times is the run: without standing still before
 * the start and slowing down after the finish. Series without either keep every entry.
 *
 * in     entry   (n) ascending at
 *        speed   scratch (n)
 * errors none.  memory none
 * test   tests/unit/fit/test_points.c
 */
fit_span fit_span_of(hm_fit_observe observe, int32_t n, const fit_entry entry[], double speed[]);

#endif
