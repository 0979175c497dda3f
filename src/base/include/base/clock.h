/* base/clock.h - how long something took. For progress and benches; never in a result. */
#ifndef HM_BASE_CLOCK_H
#define HM_BASE_CLOCK_H

/** Seconds of a monotonic clock, from an arbitrary zero. */
double hm_clock_wall_s(void);

/** Processor seconds of this process, all threads. */
double hm_clock_cpu_s(void);

#endif
