/* steps_segment.c - which foot stands when: the sequence of states that explains the clip best. */
#include "steps_priv.h"

#include <math.h>

#include "num/dmath.h"

enum { N_STATE = 4, IS_FLIGHT = 1 };

/* Durations: median, spread of the logarithm, least and most. Runners from children to sprinters:
 * contacts 0.08-0.20 s, block starts to 0.25; flights 0.04-0.16 s (docs/clips/steps.md). */
static const struct {
    double median_s, spread, least_s, most_s;
} lasts[2] = {{0.125, 0.40, 0.05, 0.40}, {0.110, 0.60, 0.004, 0.35}};

#define STAND_MPS 0.6  /* sd of a standing toe's speed besides noise: it rolls; own choice */
#define STAND_M   0.02 /* and of its height */
#define FLY_M     0.12 /* mean height of a flying toe: exponential; own choice */
#define FLY_MPS   25.0 /* a flying toe moves somewhere between -5 and 20 m/s */

typedef struct searching {
    const steps_scene *s;
    double *sum[N_STATE];     /* (n + 1) log-likelihood of the state over the frames before */
    double *best[N_STATE];    /* (n + 1) of all that ends before this frame in this state */
    int32_t *length[N_STATE]; /* (n + 1) frames of the last span */
    bool *first[N_STATE];     /* (n + 1) nothing comes before that span */
} searching;

static double normal_ln(double v, double sd)
{
    return -0.5 * (v / sd) * (v / sd) - hm_log(sd) - 0.91893853320467274; /* ln sqrt(2 pi) */
}

/* How much better "stands" explains the toe in this frame than "flies". */
static double stands_ln(const steps_toe *t, int32_t i)
{
    if (isnan(t->z_m[i]) || isnan(t->v_mps[i]))
        return 0;
    double above_m = t->z_m[i] - t->ground_m;
    double stand = normal_ln(t->v_mps[i], hypot(STAND_MPS, t->noise_mps)) +
                   normal_ln(above_m, hypot(t->noise_m, STAND_M));
    double fly = -hm_log(FLY_MPS) - hm_log(FLY_M) - fmax(above_m, 0) / FLY_M;
    return stand - fly;
}

static void add_up(const searching *d)
{
    const steps_scene *s = d->s;
    for (int32_t i = 0; i < s->n; i++) {
        double left = stands_ln(&s->toe[HM_SIDE_LEFT], i);
        double right = stands_ln(&s->toe[HM_SIDE_RIGHT], i);
        double state[N_STATE] = {left, 0, right, 0};
        for (int k = 0; k < N_STATE; k++)
            d->sum[k][i + 1] = d->sum[k][i] + state[k];
    }
}

static double lasts_ln(int state, double time_s)
{
    int kind = state & IS_FLIGHT;
    if (time_s < lasts[kind].least_s || time_s > lasts[kind].most_s)
        return -INFINITY;
    return normal_ln(hm_log(time_s / lasts[kind].median_s), lasts[kind].spread);
}

/* Best way to end with `frames` frames of this state before frame `end`. */
static double ends_so(const searching *d, int state, int32_t end, int32_t frames, bool *first)
{
    int32_t begin = end - frames;
    int before = (state + N_STATE - 1) % N_STATE;
    double seen = d->sum[state][end] - d->sum[state][begin];
    *first = begin == 0;
    if (*first) /* cut by the beginning of the clip: its length says nothing */
        return seen;
    /* the last span may be cut by the end: then only too long a length counts against it */
    double time_s = frames * d->s->dt_s;
    double length = lasts_ln(state, time_s);
    if (end == d->s->n && time_s < lasts[state & IS_FLIGHT].median_s)
        length = 0;
    return d->best[before][begin] + seen + length;
}

static void search(const searching *d)
{
    const steps_scene *s = d->s;
    for (int32_t end = 1; end <= s->n; end++)
        for (int state = 0; state < N_STATE; state++) {
            int32_t most = (int32_t)(lasts[state & IS_FLIGHT].most_s / s->dt_s) + 1;
            double best = -INFINITY;
            for (int32_t frames = 1; frames <= end; frames++) {
                bool first;
                if (frames > most)
                    frames = end; /* only the first span may be longer: waiting for the gun */
                double value = ends_so(d, state, end, frames, &first);
                if (!(value > best))
                    continue;
                best = value;
                d->length[state][end] = frames;
                d->first[state][end] = first;
            }
            d->best[state][end] = best;
        }
}

static int32_t trace_back(const searching *d, steps_span span[])
{
    int state = 0;
    int32_t n = 0, end = d->s->n;
    for (int k = 1; k < N_STATE; k++)
        state = d->best[k][end] > d->best[state][end] ? k : state;
    if (!isfinite(d->best[state][end]))
        return 0;
    for (;;) {
        int32_t begin = end - d->length[state][end];
        span[n++] = (steps_span){state, begin, end - 1};
        if (d->first[state][end])
            break;
        end = begin;
        state = (state + N_STATE - 1) % N_STATE;
    }
    for (int32_t i = 0; i < n / 2; i++) {
        steps_span swap = span[i];
        span[i] = span[n - 1 - i];
        span[n - 1 - i] = swap;
    }
    return n;
}

hm_status steps_segment(const steps_scene *scene, hm_arena *arena, steps_span **span,
                        int32_t *n_span, hm_err *err)
{
    searching d = {.s = scene};
    size_t n = (size_t)scene->n + 1;
    bool ok = true;
    for (int k = 0; k < N_STATE && ok; k++) {
        d.sum[k] = HM_PUSH(arena, double, n);
        d.best[k] = HM_PUSH(arena, double, n);
        d.length[k] = HM_PUSH(arena, int32_t, n);
        d.first[k] = HM_PUSH(arena, bool, n);
        ok = d.sum[k] && d.best[k] && d.length[k] && d.first[k];
    }
    *span = HM_PUSH(arena, steps_span, n);
    if (!ok || !*span)
        return hm_err_set(err, HM_ERR_SYSTEM, "steps", 0, 0, NULL, "no memory");
    add_up(&d);
    search(&d);
    *n_span = trace_back(&d, *span);
    return HM_OK;
}
