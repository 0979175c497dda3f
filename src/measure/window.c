#include "measure/window.h"

#include <math.h>
#include <stdbool.h>

static const double top_over_s = 0.3;
static const double idle_mps = 0.5, idle_frac = 0.05;
static const double brake_over_s = 0.5, brake_mps2 = 1, come_back_frac = 0.9;

enum { SERIES_MIN = 5 };

static bool is_series(const hm_trace *t)
{
    for (int32_t i = 0; i < t->n_obs; i++)
        if (t->obs[i].kind != t->obs[0].kind)
            return false;
    return t->n_obs >= SERIES_MIN &&
           (t->obs[0].kind == HM_OBS_SPEED || t->obs[0].kind == HM_OBS_POSITION);
}

/* Last sample that is no more than `over` behind sample i, but one further at least. */
static int32_t reach(const hm_trace *t, int32_t i, double over_s)
{
    int32_t k = i + 1;
    while (k + 1 < t->n_obs && t->obs[k + 1].time_s <= t->obs[i].time_s + over_s + 1e-9)
        k++;
    return k < t->n_obs ? k : t->n_obs - 1;
}

/* How far to go on from a window of samples i to k: fine enough, and work in proportion to n. */
static int32_t stride(int32_t i, int32_t k)
{
    return k - i > 16 ? (k - i) / 16 : 1;
}

/* Mean speed of samples i to k, i < k. */
static double mean_mps(const hm_trace *t, int32_t i, int32_t k)
{
    const hm_obs *o = t->obs;
    if (o[0].kind == HM_OBS_POSITION) {
        double took_s = o[k].time_s - o[i].time_s;
        return took_s > 0 ? (o[k].distance_m - o[i].distance_m) / took_s : 0;
    }
    double sum_mps = 0;
    for (int32_t j = i; j <= k; j++)
        sum_mps += o[j].speed_mps;
    return sum_mps / (k - i + 1);
}

/* Speed at sample i: its own, or over the next step. */
static double speed_at(const hm_trace *t, int32_t i)
{
    if (t->obs[0].kind == HM_OBS_SPEED)
        return t->obs[i].speed_mps;
    int32_t k = i + 1 < t->n_obs ? i + 1 : i;
    for (int n = 0; n < 200 && k + 1 < t->n_obs && t->obs[k].time_s < t->obs[i].time_s + 0.1; n++)
        k++;
    return k > i ? mean_mps(t, i, k) : 0;
}

static int32_t top_of(const hm_trace *t, double *top_mps)
{
    int32_t at = 0;
    *top_mps = -INFINITY;
    for (int32_t i = 0, k; i + 1 < t->n_obs; i += stride(i, k)) {
        k = reach(t, i, top_over_s);
        double v = mean_mps(t, i, k);
        if (v > *top_mps) {
            *top_mps = v;
            at = i;
        }
    }
    return at;
}

static int32_t begin_of(const hm_trace *t, int32_t top, double top_mps)
{
    double idle = fmax(idle_mps, idle_frac * top_mps);
    int32_t i = top;
    while (i > 0 && speed_at(t, i) >= idle)
        i--;
    while (i > 0 && speed_at(t, i - 1) < speed_at(t, i))
        i--;
    return i;
}

static int32_t end_of(const hm_trace *t, int32_t top, double top_mps)
{
    double best_behind = -INFINITY; /* fastest window behind sample k */
    int32_t end = t->n_obs - 1;
    for (int32_t i = t->n_obs - 2, k; i >= top; i -= stride(i, k)) {
        k = reach(t, i, brake_over_s);
        double took_s = t->obs[k].time_s - t->obs[i].time_s;
        if (took_s < 0.8 * brake_over_s)
            continue;
        int32_t half = i + (k - i) / 2;
        double loss_mps2 = 2 * (mean_mps(t, i, half) - mean_mps(t, half, k)) / took_s;
        if (k + 1 < t->n_obs)
            best_behind = fmax(best_behind, mean_mps(t, k, reach(t, k, top_over_s)));
        if (loss_mps2 > brake_mps2 && best_behind < come_back_frac * top_mps)
            end = i;
    }
    return end;
}

void hm_measure_run_window(const hm_trace *trace, int32_t *first, int32_t *last)
{
    *first = 0;
    *last = trace->n_obs - 1;
    double top_mps;
    if (!is_series(trace))
        return;
    int32_t top = top_of(trace, &top_mps);
    if (!(top_mps > idle_mps))
        return;
    *first = begin_of(trace, top, top_mps);
    *last = end_of(trace, top, top_mps);
}
