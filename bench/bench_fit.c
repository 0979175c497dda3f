/* bench_fit.c - fits a second on one core, by model, correction and size. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "fit/fit.h"
#include "sprint/velocity.h"

enum { N_GATE = 6, N_MARK = 10, N_RADAR = 232, N_ROUND = 5 };

/* Kimberley of the data set split_times of R shorts (tests/data): the fit that is compared */
static const double gate_m[N_GATE] = {5, 10, 15, 20, 30, 40};
static const double gate_s[N_GATE] = {1.158, 1.893, 2.541, 3.149, 4.313, 5.444};

/* Berlin 2009, lane 4: Graubner and Nixdorf 2011 */
static const double mark_s[N_MARK] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74, 9.58};

static hm_obs obs_of(hm_obs_kind kind, double x_m, double t_s, double v_mps)
{
    const double none = (double)NAN;
    return (hm_obs){kind, 0, x_m, t_s, v_mps, none, none, none};
}

static void fill(hm_obs gate[], hm_obs mark[], hm_obs radar[])
{
    const hm_decay runner = {9.2, 1.33, 0};
    for (int i = 0; i < N_GATE; i++)
        gate[i] = obs_of(HM_OBS_GATE, gate_m[i], gate_s[i], (double)NAN);
    for (int i = 0; i < N_MARK; i++)
        mark[i] = obs_of(HM_OBS_GATE, 10 * (i + 1), mark_s[i], (double)NAN);
    for (int i = 0; i < N_RADAR; i++) {
        double t_s = 0.021 * i, ripple = 0.2 * ((i * 7) % 5 - 2);
        radar[i] =
            obs_of(HM_OBS_SPEED, (double)NAN, t_s, hm_decay_v_mps(&runner, t_s + 0.01) + ripple);
    }
}

/* The best of some rounds of many fits. */
static int run(const char *name, int32_t n_obs, hm_obs obs[], const hm_fit_opts *opts, int n_fit)
{
    hm_trace t = hm_trace_default();
    t.n_obs = n_obs;
    t.obs = obs;
    double best_s = 1e9;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    if (!hm_arena_push(&a, 1, 1)) /* so that the block stays */
        return 1;
    for (int round = 0; round < N_ROUND; round++) {
        double from_s = hm_clock_cpu_s();
        for (int i = 0; i < n_fit; i++) {
            hm_arena_mark m = hm_arena_mark_get(&a);
            hm_sprinter_run run;
            hm_err err = {0};
            if (hm_fit_run(&t, opts, &a, &run, &err) != HM_OK) {
                fprintf(stderr, "%s: %s\n", name, err.msg);
                return 1;
            }
            hm_arena_release(&a, m);
        }
        best_s = fmin(best_s, (hm_clock_cpu_s() - from_s) / n_fit);
    }
    printf("fit_%s,us,%.2f\nfit_%s,per_s,%.0f\n", name, best_s * 1e6, name, 1 / best_s);
    hm_arena_free(&a);
    return 0;
}

int main(void)
{
    hm_obs gate[N_GATE], mark[N_MARK], radar[N_RADAR];
    fill(gate, mark, radar);
    static const struct {
        const char *name;
        int32_t model, correct;
        int data, n_fit; /* 0 gates, 1 marks, 2 radar */
        bool report;
    } row[] = {
        {"mono_none_6_gates", HM_MODEL_MONO, HM_CORRECT_NONE, 0, 4000, false},
        {"mono_tc_6_gates", HM_MODEL_MONO, HM_CORRECT_TC, 0, 4000, false},
        {"mono_fd_6_gates", HM_MODEL_MONO, HM_CORRECT_FD, 0, 4000, false},
        {"mono_dc_6_gates", HM_MODEL_MONO, HM_CORRECT_DC, 0, 4000, false},
        {"mono_tc_dc_6_gates", HM_MODEL_MONO, HM_CORRECT_TC_DC, 0, 4000, false},
        {"mono_tc_radar_232", HM_MODEL_MONO, HM_CORRECT_TC, 2, 1000, false},
        {"decay_tc_10_marks", HM_MODEL_DECAY, HM_CORRECT_TC, 1, 2000, false},
        {"drive_10_marks", HM_MODEL_DRIVE, HM_CORRECT_NONE, 1, 500, false},
        {"drive_tc_radar_232", HM_MODEL_DRIVE, HM_CORRECT_TC, 2, 100, false},
        {"mono_tc_6_gates_report", HM_MODEL_MONO, HM_CORRECT_TC, 0, 200, true},
        {"mono_tc_radar_232_report", HM_MODEL_MONO, HM_CORRECT_TC, 2, 100, true},
        {"decay_tc_10_marks_report", HM_MODEL_DECAY, HM_CORRECT_TC, 1, 100, true},
        {"drive_10_marks_report", HM_MODEL_DRIVE, HM_CORRECT_NONE, 1, 100, true},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_fit_opts o = hm_fit_opts_default();
        o.model = row[i].model;
        o.correct = row[i].correct;
        o.report = row[i].report;
        o.reaction_s = row[i].data == 1 ? 0.146 : (double)NAN;
        if (!row[i].report)
            o.interval = HM_INTERVAL_NONE;
        hm_obs *obs[] = {gate, mark, radar};
        static const int32_t n_obs[] = {N_GATE, N_MARK, N_RADAR};
        if (run(row[i].name, n_obs[row[i].data], obs[row[i].data], &o, row[i].n_fit))
            return 1;
    }
    return 0;
}
