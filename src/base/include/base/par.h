/* base/par.h - the only place that starts a thread. */
#ifndef HM_BASE_PAR_H
#define HM_BASE_PAR_H

#include <stdint.h>

/** One item of work. worker is 0 .. n_thread - 1: index for scratch memory of one's own. */
typedef void hm_par_fn(void *ctx, int64_t i, int worker);

/**
 * Call fn(ctx, i, worker) once for each i in 0 .. n - 1, lowest first, on up to n_thread threads.
 * Returns when all are done. Each i must write its own results: then the outcome does not depend on
 * n_thread. With one thread, or when the system gives no thread, it is a plain loop.
 *
 * in     n_thread  1 or more (asserted)
 * errors none
 * threads: safe; may not be nested from fn
 */
void hm_par_for(int n_thread, int64_t n, hm_par_fn *fn, void *ctx);

/** Processors this process may use, at least 1. */
int hm_par_cpu_count(void);

#endif
