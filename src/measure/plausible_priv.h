/* plausible_priv.h - the parts of the look for what is wrong. */
#ifndef HM_MEASURE_PLAUSIBLE_PRIV_H
#define HM_MEASURE_PLAUSIBLE_PRIV_H

#include "trend_priv.h"

#include <stdbool.h>

#include "measure/plausible.h"

/** One more finding, made as by printf; HM_ERR_SYSTEM = no memory. */
hm_status plausible_add(hm_doubts *doubts, hm_arena *arena, hm_doubt_kind kind, int32_t obs,
                        const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/** Are these the marks of a race that everybody copies? */
HM_CHECKED hm_status plausible_known(const hm_trace *trace, const trend_marks *m, hm_arena *arena,
                                     hm_doubts *doubts);

/** Least time less reaction that was measured at a distance from 10 to 100 m, NAN elsewhere. */
double plausible_best_net_s(double distance_m);

#endif
