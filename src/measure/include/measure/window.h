/* measure/window.h - where in a series of samples the run is. */
#ifndef HM_MEASURE_WINDOW_H
#define HM_MEASURE_WINDOW_H

#include "data/trace.h"

/**
 * The samples from the last one at rest to the last one before the runner brakes.
 *
 * The top is the fastest 0.3 s. Going back from it, the run begins where the speed last was idle
 * (below 0.5 m/s or a twentieth of the top, whichever is more) and further back as long as it keeps
 * falling. Going on from it, the run ends before the first 0.5 s that lose more than 1 m/s a
 * second after which the speed never comes back to nine tenths of the top: fatigue takes 0.1 to 0.5
 * m/s2 (docs/physics), braking 1 and more. The end may come up to 0.4 s early, seldom late.
 *
 * in     trace  passes hm_trace_check; positions or speeds throughout, else all of it is the run
 * out    first, last  index of the first and last observation of the run
 * memory none.  threads: pure
 * source thresholds: own
 * test   tests/unit/measure/test_window.c
 */
void hm_measure_run_window(const hm_trace *trace, int32_t *first, int32_t *last);

#endif
