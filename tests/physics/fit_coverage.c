/* fit_coverage [RUNS [CASE]] - the table of docs/physics/intervals.md: how often 90 % intervals
 * hold the truth, %. 2,000 runs a case unless told; the standard error of 90 % is then 0.7. With a
 * case, from 0: also on which side the truth lies, and how wide the intervals are. */
#include "coverage.h"

#include <stdio.h>

static void print_head(void)
{
    printf("| case |");
    for (int k = 0; k < COVER_N; k++)
        printf(" %s |", cover_of[k].name);
    printf("\n|---|");
    for (int k = 0; k < COVER_N; k++)
        printf("---|");
    printf("\n");
}

static void print_row(const cover_case *c, int32_t n_run, const cover_hit hit[])
{
    int32_t n_failed = cover_add(n_run, hit, COVER_MSS).n_failed;
    printf("| %s |", c->name);
    for (int k = 0; k < COVER_N; k++) {
        cover_sum s = cover_add(n_run, hit, (cover_value)k);
        if (s.n > 0)
            printf(" %.1f |", 100.0 * s.n_in / s.n);
        else
            printf(" |");
    }
    printf(n_failed ? " %d without a fit\n" : "\n", n_failed);
}

static void print_values(int32_t n_run, const cover_hit hit[])
{
    printf("\n| value | holds | truth below | truth above | mean width |\n|---|---|---|---|---|\n");
    for (int k = 0; k < COVER_N; k++) {
        cover_sum s = cover_add(n_run, hit, (cover_value)k);
        if (s.n > 0)
            printf("| %s | %.1f | %.1f | %.1f | %.4g |\n", cover_of[k].name, 100.0 * s.n_in / s.n,
                   100.0 * s.n_below / s.n, 100.0 * s.n_above / s.n, s.mean_width);
    }
}

int main(int argc, char **argv)
{
    int32_t n_run = argc > 1 ? (int32_t)strtol(argv[1], NULL, 10) : 2000;
    int only = argc > 2 ? (int)strtol(argv[2], NULL, 10) : -1;
    cover_hit *hit = n_run > 0 ? calloc((size_t)n_run, sizeof *hit) : NULL;
    if (!hit)
        return 1;
    print_head();
    for (int i = 0; i < COVER_TABLE_N; i++) {
        if (only >= 0 && i != only)
            continue;
        if (!cover_simulate(i, n_run, hm_par_cpu_count(), hit))
            return 1;
        print_row(&cover_table[i], n_run, hit);
    }
    if (only >= 0)
        print_values(n_run, hit);
    free(hit);
    return 0;
}
