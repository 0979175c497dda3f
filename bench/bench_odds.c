/* bench_odds.c - microseconds a race of eight: for odds, on one thread and on two.
 * The bar: a million in 10 s on two. */
#include "field.h"

#include <stdio.h>

#include "base/clock.h"
#include "race/odds.h"

enum { N_RUN = 1000 * 1000 };

static int odds(const bench_field *f, int n_thread, hm_arena *a)
{
    hm_day day = hm_day_default();
    hm_odds_opts opts = {.n_run = N_RUN, .seed = 1, .n_thread = n_thread, .record_s = 9.58};
    hm_odds out;
    double from_s = hm_clock_wall_s();
    if (hm_odds_run(&f->sheet, f->runner, &day, &opts, a, &out, NULL) != HM_OK)
        return 1;
    printf("odds_%d_thread,us_per_race,%.3f\n", n_thread,
           (hm_clock_wall_s() - from_s) * 1e6 / N_RUN);
    return 0;
}

int main(void)
{
    bench_field f;
    bench_field_init(&f);
    hm_arena a;
    hm_arena_init(&a, 4 << 20);
    int failed = odds(&f, 1, &a) || odds(&f, 2, &a);
    hm_arena_free(&a);
    return failed;
}
