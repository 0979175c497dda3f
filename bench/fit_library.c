/* fit_library.c - fits through libhecto, as another program calls it, on data from stdin: blocks
 * "name kind correct n", then n lines "at observed". Prints "name correct us mss mac" for each:
 * median over rounds of the processor time of one fit, options read and profile freed in it.
 * Driven by tools/bench_fit.py, which gives R the same. */
#include "hecto/hecto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N_MAX = 4096, N_ROUND = 15, N_NAME = 32 };

typedef struct block {
    char name[N_NAME], kind[N_NAME], correct[N_NAME], options[128];
    int n;
    double at[N_MAX], observed[N_MAX];
} block;

static hm_profile *fitted(const block *b)
{
    hm_profile *p;
    char message[256];
    size_t n = (size_t)b->n;
    int code = strcmp(b->kind, "radar") == 0
                   ? hm_fit_speeds(b->at, b->observed, NULL, n, b->options, &p, message, 256)
                   : hm_fit_times(b->at, b->observed, NULL, n, b->options, &p, message, 256);
    if (code != HM_CODE_OK) {
        fprintf(stderr, "%s: %s\n", b->name, message);
        exit(1);
    }
    return p;
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double one_fit_us(const block *b)
{
    double round_s[N_ROUND];
    int n_fit = b->n > 50 ? 50 : 500;
    for (int r = 0; r < N_ROUND; r++) {
        double from_s = cpu_s();
        for (int i = 0; i < n_fit; i++)
            hm_profile_free(fitted(b));
        round_s[r] = (cpu_s() - from_s) / n_fit;
    }
    qsort(round_s, N_ROUND, sizeof *round_s, by_size);
    return 1e6 * round_s[N_ROUND / 2];
}

int main(void)
{
    static block b;
    while (scanf("%31s %31s %31s %d", b.name, b.kind, b.correct, &b.n) == 4) {
        if (b.n < 1 || b.n > N_MAX)
            return 1;
        for (int i = 0; i < b.n; i++)
            if (scanf("%lf %lf", &b.at[i], &b.observed[i]) != 2)
                return 1;
        snprintf(b.options, sizeof b.options,
                 "model=mono\ncorrect=%s\nreport=false\ninterval=none\n"
                 "outlier_sd=100",
                 b.correct);
        double mss_mps, mac_mps2;
        hm_profile *p = fitted(&b);
        (void)hm_profile_number(p, 0, "mss_mps", &mss_mps);
        (void)hm_profile_number(p, 0, "mac_mps2", &mac_mps2);
        hm_profile_free(p);
        printf("%s %s %.2f %.9f %.9f\n", b.name, b.correct, one_fit_us(&b), mss_mps, mac_mps2);
    }
    return 0;
}
