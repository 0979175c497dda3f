#include "base/clock.h"

#include <time.h>

static double read_clock(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

double hm_clock_wall_s(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double hm_clock_cpu_s(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}
