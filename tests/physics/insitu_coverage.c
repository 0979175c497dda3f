/* insitu_coverage [RUNNERS] - the table of docs/physics/insitu.md: simulated training of runners
 * whose line is known. 100 runners a row unless told. */
#include "training.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/par.h"
#include "fit/insitu.h"

enum { HOUR_N = 36000 };

typedef struct row {
    const char *name;
    int n_session;
    bool positions, as_published;
    double noise; /* m/s, of positions m */
    double hard_frac;
} row;

static const row table[] = {
    {"as published, 6 h, 0.05 m/s", 6, false, true, 0.05, 0.3},
    {"6 h, 0.05 m/s", 6, false, false, 0.05, 0.3},
    {"1 h", 1, false, false, 0.05, 0.3},
    {"12 h", 12, false, false, 0.05, 0.3},
    {"6 h, 0.02 m/s", 6, false, false, 0.02, 0.3},
    {"6 h, 0.10 m/s", 6, false, false, 0.10, 0.3},
    {"6 h, one acceleration in 10 all out", 6, false, false, 0.05, 0.1},
    {"6 h, 8 in 10 all out", 6, false, false, 0.05, 0.8},
    {"6 h, positions, 0.03 m", 6, true, false, 0.03, 0.3},
    {"6 h, positions, 0.10 m", 6, true, false, 0.10, 0.3},
};

typedef struct found {
    bool fitted, holds[3];
    double off[2], width[2];
} found;

typedef struct job {
    const row *row;
    found *found; /* (runners) */
} job;

static bool holds(hm_estimate e, double truth)
{
    return e.lo90 <= truth && truth <= e.hi90;
}

static void one(void *ctx, int64_t i, int worker)
{
    const job *j = ctx;
    const row *r = j->row;
    found *f = &j->found[i];
    hm_arena a;
    hm_sprinter out;
    hm_insitu_opts o = hm_insitu_opts_default();
    (void)worker;
    o.as_published = r->as_published;
    training t = {.a0_mps2 = 6 + 2 * hm_rng_unit(3, HM_FOR_TEST, (uint64_t)i, 0, 0),
                  .s0_mps = 8 + 2 * hm_rng_unit(3, HM_FOR_TEST, (uint64_t)i, 0, 1),
                  .minutes = 60,
                  .sample_hz = 10,
                  .hard_frac = r->hard_frac,
                  .noise_mps = r->noise,
                  .noise_m = r->noise,
                  .seed = 1000 + (uint64_t)i};
    hm_arena_init(&a, 0);
    hm_trace *traces = HM_PUSH(&a, hm_trace, r->n_session);
    for (int s = 0; traces && s < r->n_session; s++) {
        traces[s] = hm_trace_default();
        traces[s].date = "2026-03-01";
        traces[s].obs = HM_PUSH(&a, hm_obs, HOUR_N);
        if (traces[s].obs)
            traces[s].n_obs = training_session(&t, (uint64_t)s, r->positions, traces[s].obs);
    }
    f->fitted = traces && hm_fit_insitu(traces, r->n_session, &o, &a, &out, NULL) == HM_OK;
    if (f->fitted) {
        const hm_sprinter_run *run = &out.run[0];
        f->holds[0] = holds(run->mss_mps, t.s0_mps);
        f->holds[1] = holds(run->mac_mps2, t.a0_mps2);
        f->holds[2] = holds(run->tau_s, t.s0_mps / t.a0_mps2);
        f->off[0] = run->mss_mps.value / t.s0_mps - 1;
        f->off[1] = run->mac_mps2.value / t.a0_mps2 - 1;
        f->width[0] = run->mss_mps.hi90 - run->mss_mps.lo90;
        f->width[1] = run->mac_mps2.hi90 - run->mac_mps2.lo90;
    }
    hm_arena_free(&a);
}

static void print(const row *r, int n, const found f[])
{
    double held[3] = {0}, off[2] = {0}, square[2] = {0}, width[2] = {0};
    int n_fitted = 0;
    for (int i = 0; i < n; i++) {
        n_fitted += f[i].fitted;
        for (int k = 0; k < 3; k++)
            held[k] += f[i].holds[k];
        for (int k = 0; k < 2; k++) {
            off[k] += f[i].off[k];
            square[k] += f[i].off[k] * f[i].off[k];
            width[k] += f[i].width[k];
        }
    }
    printf("| %s | %.1f, %.1f | %.1f, %.1f | %.2f, %.2f | %.0f, %.0f, %.0f | %d |\n", r->name,
           100 * off[0] / n_fitted, 100 * off[1] / n_fitted, 100 * sqrt(square[0] / n_fitted),
           100 * sqrt(square[1] / n_fitted), width[0] / n_fitted, width[1] / n_fitted,
           100 * held[0] / n_fitted, 100 * held[1] / n_fitted, 100 * held[2] / n_fitted,
           n - n_fitted);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
    found *f = n > 0 ? calloc((size_t)n, sizeof *f) : NULL;
    if (!f)
        return 1;
    printf(
        "| training | mean error of S0, A0, %% | rms error, %% | mean width, m/s, m/s2 | holds S0, "
        "A0, tau, %% | no fit |\n|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        job j = {&table[i], f};
        hm_par_for(hm_par_cpu_count(), n, one, &j);
        print(&table[i], n, f);
    }
    free(f);
    return 0;
}
