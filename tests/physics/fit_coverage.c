/* fit_coverage [RUNS [CASE]] - the table of docs/physics/intervals.md: how often 90 % intervals
 * hold the truth. 2,000 runs a case unless told; standard error of a share of 0.9 is then 0.7
 * points. */
#include "coverage.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    int32_t n_run = argc > 1 ? (int32_t)strtol(argv[1], NULL, 10) : 2000;
    int only = argc > 2 ? (int)strtol(argv[2], NULL, 10) : -1;
    cover_hit *hit = calloc((size_t)n_run, sizeof *hit);
    if (!hit || n_run < 1)
        return 1;
    printf("| case | value | holds %% | truth below %% | truth above %% | mean width | no fit |\n"
           "|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < COVER_TABLE_N; i++) {
        if (only >= 0 && i != only)
            continue;
        if (!cover_simulate(i, n_run, hm_par_cpu_count(), hit))
            return 1;
        for (int k = 0; k < COVER_N; k++) {
            cover_sum s = cover_add(n_run, hit, (cover_value)k);
            if (s.n == 0)
                continue;
            printf("| %s | %s | %.1f | %.1f | %.1f | %.4g | %d |\n", cover_table[i].name,
                   cover_of[k].name, 100.0 * s.n_in / s.n, 100.0 * s.n_below / s.n,
                   100.0 * s.n_above / s.n, s.mean_width, s.n_failed);
        }
    }
    free(hit);
    return 0;
}
