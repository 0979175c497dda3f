#include "plausible_priv.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/hash.h"

/* The highest mean over 10 m in a published analysis is 12.35 m/s (Berlin 2009; docs/physics). */
static const double fastest_mps = 12.5;
static const double sample_fastest_mps = 12.8; /* mean of 0.3 s of a radar: noise on top */
/* Published analyses of one race differ by up to 0.02 s: an sd of 0.008 s, and some for the model.
 * On the solid series that ship with the tests z reaches 3.4, with 0.1 s of error 4.0 and more. */
static const double mark_sigma_s = 0.010;
static const double trend_z = 3.6;
static const double start_slack_s = 0.05;     /* faster than the best ever by more is no start */
static const double fastest_reaction_s = 0.1; /* TR16.6, when none is told */
static const double smooth_s = 0.0012; /* a stride alone moves the torso against the mean by more */
static const double rounding_sd = 0.288675; /* [1] of a resolution: 1 / sqrt(12) */

enum { TREND_MIN = 5, SMOOTH_MIN = 8, TREND_DOUBT_MAX = 3, TWIN_MIN = 5, TWIN_SAMPLES_MIN = 30 };

hm_status plausible_add(hm_doubts *doubts, hm_arena *arena, hm_doubt_kind kind, int32_t obs,
                        const char *fmt, ...)
{
    char text[256];
    if (doubts->n == HM_DOUBT_MAX)
        return HM_OK;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    char *own = hm_arena_text(arena, text);
    if (!own)
        return HM_ERR_SYSTEM;
    doubts->doubt[doubts->n++] = (hm_doubt){kind, obs, own};
    return HM_OK;
}

/* What is looked at: the marks of a trace, and which observation each is. */
typedef struct looking {
    const hm_trace *trace;
    hm_arena *arena;
    hm_doubts *doubts;
    trend_marks m;
    int32_t obs[TREND_MARK_MAX];
    double resolution_s; /* the times are multiples of this */
} looking;

/* The coarsest of 0.1, 0.01, 0.001 s that n times are multiples of; 0 = finer. */
static double resolution_of(const double time_s[], int32_t n)
{
    for (double per_s = 10; per_s <= 1000; per_s *= 10) {
        bool all = true;
        for (int32_t k = 0; k < n; k++)
            all &= fabs(time_s[k] * per_s - round(time_s[k] * per_s)) < 1e-6 * per_s;
        if (all)
            return 1 / per_s;
    }
    return 0;
}

static void gather(looking *l)
{
    trend_marks *m = &l->m;
    double told_s = 0;
    for (int32_t i = 0; i < l->trace->n_obs && m->n < TREND_MARK_MAX; i++) {
        const hm_obs *o = &l->trace->obs[i];
        bool mark = o->kind == HM_OBS_GATE || o->kind == HM_OBS_FINISH;
        bool rises = m->n == 0 ||
                     (o->distance_m > m->distance_m[m->n - 1] && o->time_s > m->time_s[m->n - 1]);
        if (!mark || !rises || o->distance_m <= 0)
            continue;
        l->obs[m->n] = i;
        m->distance_m[m->n] = o->distance_m;
        m->time_s[m->n++] = o->time_s;
        told_s = fmax(told_s, isnan(o->sigma_s) ? 0 : o->sigma_s);
    }
    l->resolution_s = resolution_of(m->time_s, m->n);
    m->sigma_s = fmax(mark_sigma_s, fmax(told_s, 0.5 * l->resolution_s));
}

/* ---- faster than anybody ---- */

static hm_status look_at_speed(looking *l)
{
    const trend_marks *m = &l->m;
    for (int32_t k = 1; k < m->n; k++) {
        double over_m = m->distance_m[k] - m->distance_m[k - 1];
        double took_s = m->time_s[k] - m->time_s[k - 1];
        if (over_m <= fastest_mps * (took_s + fmax(l->resolution_s, 0.005)))
            continue;
        HM_TRY(plausible_add(l->doubts, l->arena, HM_DOUBT_SPEED, l->obs[k],
                             "%g m to %g m in %.3g s is %.2f m/s: nobody was measured above 12.4",
                             m->distance_m[k - 1], m->distance_m[k], took_s, over_m / took_s));
    }
    return HM_OK;
}

static hm_status look_at_start(looking *l)
{
    const trend_marks *m = &l->m;
    bool gun = l->trace->time_zero == HM_ZERO_GUN;
    if (!gun && l->trace->time_zero != HM_ZERO_FIRST_MOVEMENT)
        return HM_OK;
    double reaction_s = !gun                          ? 0
                        : isnan(l->trace->reaction_s) ? fastest_reaction_s
                                                      : l->trace->reaction_s;
    for (int32_t k = 0; k < m->n; k++) {
        double best_s = plausible_best_net_s(m->distance_m[k]), net_s = m->time_s[k] - reaction_s;
        if (!(net_s < best_s - start_slack_s)) /* false for NAN */
            continue;
        bool left_out = gun && m->time_s[k] >= best_s - start_slack_s;
        return plausible_add(l->doubts, l->arena, HM_DOUBT_START, l->obs[k],
                             "%g m is reached %.3f s after the reaction, the best measured took "
                             "%.2f s%s",
                             m->distance_m[k], net_s, best_s,
                             left_out ? ": do the times leave the reaction out?" : "");
    }
    return HM_OK;
}

/* Speeds of a radar or a satellite receiver: any third of a second too fast. */
static hm_status look_at_samples(looking *l)
{
    const hm_obs *o = l->trace->obs;
    int32_t n = l->trace->n_obs, from = 0;
    double sum_mps = 0;
    for (int32_t i = 0; i < n; i++) {
        if (o[i].kind != HM_OBS_SPEED)
            return HM_OK;
        sum_mps += o[i].speed_mps;
        for (; o[i].time_s - o[from].time_s > 0.3; from++)
            sum_mps -= o[from].speed_mps;
        double mean_mps = sum_mps / (i - from + 1);
        if (i - from >= 2 && mean_mps > sample_fastest_mps)
            return plausible_add(l->doubts, l->arena, HM_DOUBT_SPEED, i,
                                 "%.2f m/s about %.2f s: nobody was measured above 12.4 (is it "
                                 "another unit?)",
                                 mean_mps, o[i].time_s);
    }
    return HM_OK;
}

/* ---- equal to the last digit ---- */

static hm_status look_at_stretches(looking *l)
{
    const trend_marks *m = &l->m;
    int32_t streak = 1, longest = 1, end = 0;
    for (int32_t k = 2; k < m->n; k++) {
        double over_m = m->distance_m[k] - m->distance_m[k - 1];
        double before_m = m->distance_m[k - 1] - m->distance_m[k - 2];
        double took_s = m->time_s[k] - m->time_s[k - 1];
        double before_s = m->time_s[k - 1] - m->time_s[k - 2];
        bool same = fabs(over_m - before_m) < 1e-9 && fabs(took_s - before_s) < 1e-6;
        streak = same ? streak + 1 : 1;
        if (streak > longest) {
            longest = streak;
            end = k;
        }
    }
    /* in hundredths four in a row happen at top speed, in thousandths two hardly do */
    int32_t most = l->resolution_s >= 0.01 ? 4 : 2;
    if (l->resolution_s > 0.05 || longest <= most)
        return HM_OK;
    return plausible_add(l->doubts, l->arena, HM_DOUBT_EVEN, l->obs[end],
                         "%d stretches up to %g m take exactly %.4g s each: were the marks "
                         "interpolated?",
                         longest, m->distance_m[end], m->time_s[end] - m->time_s[end - 1]);
}

/* Every second mark halfway between its neighbours in time. */
static hm_status look_at_halves(looking *l)
{
    const trend_marks *m = &l->m;
    for (int32_t from = 1; from <= 2; from++) {
        int32_t n_pair = 0, n_half = 0;
        for (int32_t k = from; k + 1 < m->n; k += 2) {
            double middle_m = 0.5 * (m->distance_m[k - 1] + m->distance_m[k + 1]);
            double middle_s = 0.5 * (m->time_s[k - 1] + m->time_s[k + 1]);
            n_pair++;
            n_half +=
                fabs(m->distance_m[k] - middle_m) < 1e-9 && fabs(m->time_s[k] - middle_s) < 1e-6;
        }
        if (n_half >= 3 && n_half >= n_pair - 1)
            return plausible_add(l->doubts, l->arena, HM_DOUBT_EVEN, l->obs[from],
                                 "every second mark from %g m on lies exactly between its "
                                 "neighbours: were they interpolated?",
                                 m->distance_m[from]);
    }
    return HM_OK;
}

/* ---- the trend ---- */

static void remove_mark(looking *l, int32_t k)
{
    size_t behind = (size_t)(l->m.n - k - 1);
    memmove(l->m.distance_m + k, l->m.distance_m + k + 1, behind * sizeof(double));
    memmove(l->m.time_s + k, l->m.time_s + k + 1, behind * sizeof(double));
    memmove(l->obs + k, l->obs + k + 1, behind * sizeof *l->obs);
    l->m.n--;
}

static hm_status look_at_smoothness(looking *l, const trend *t)
{
    double rounding_s = l->resolution_s * rounding_sd;
    double least_s = fmax(smooth_s, 0.8 * rounding_s);
    if (l->m.n < SMOOTH_MIN || l->resolution_s > 0.05 || !(t->rse_s < least_s))
        return HM_OK;
    return plausible_add(l->doubts, l->arena, HM_DOUBT_SMOOTH, -1,
                         "the marks are within %.4f s of a formula, closer than measured ones are: "
                         "were they computed?",
                         t->rse_s);
}

static hm_status doubt_mark(looking *l, const trend *t, int32_t k)
{
    const hm_obs *o = &l->trace->obs[l->obs[k]];
    return plausible_add(l->doubts, l->arena, HM_DOUBT_TREND, l->obs[k],
                         "%g m: %.3f s does not go with the other marks, which say %.2f s%s",
                         o->distance_m, o->time_s, o->time_s - t->off_s[k],
                         o->kind == HM_OBS_FINISH ? " (is the official time of this race?)" : "");
}

/* The worst mark goes, and the rest is looked at again. Who is slower than the trend at the end
 * eases up or is hurt: that mark goes without a doubt. */
static hm_status look_at_trend(looking *l)
{
    looking left = *l;
    int32_t n_doubt = 0;
    for (bool first = true; left.m.n >= TREND_MIN; first = false) {
        trend t;
        trend_fit(&left.m, &t);
        if (first)
            HM_TRY(look_at_smoothness(&left, &t));
        int32_t worst = 0;
        for (int32_t k = 1; k < left.m.n; k++)
            if (fabs(t.z[k]) > fabs(t.z[worst]))
                worst = k;
        if (!(fabs(t.z[worst]) > trend_z))
            return HM_OK;
        bool eases = worst == left.m.n - 1 && t.z[worst] > 0;
        if (!eases && n_doubt++ == TREND_DOUBT_MAX)
            return HM_OK;
        if (!eases)
            HM_TRY(doubt_mark(&left, &t, worst));
        remove_mark(&left, worst);
    }
    return HM_OK;
}

static hm_status look(looking *l)
{
    gather(l);
    HM_TRY(look_at_samples(l));
    HM_TRY(look_at_speed(l));
    HM_TRY(look_at_start(l));
    HM_TRY(look_at_stretches(l));
    HM_TRY(look_at_halves(l));
    HM_TRY(plausible_known(l->trace, &l->m, l->arena, l->doubts));
    return look_at_trend(l);
}

hm_status hm_measure_doubt(const hm_trace *trace, hm_arena *arena, hm_doubts *doubts, hm_err *err)
{
    hm_doubts out = {0};
    looking l = {.trace = trace, .arena = arena, .doubts = &out};
    if (look(&l) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, "plausibility", 0, 0, NULL, "no memory");
    *doubts = out;
    return HM_OK;
}

/* ---- twins ---- */

static uint64_t hash_of(const hm_trace *t)
{
    uint64_t h = hm_hash_u64(HM_HASH_START, (uint64_t)t->n_obs);
    for (int32_t i = 0; i < t->n_obs; i++) {
        const double v[] = {t->obs[i].time_s, t->obs[i].distance_m, t->obs[i].speed_mps};
        for (int k = 0; k < 3; k++) {
            uint64_t bits = 0;
            if (!isnan(v[k]))
                memcpy(&bits, &v[k], sizeof bits);
            h = hm_hash_u64(h, bits);
        }
    }
    return h;
}

static bool same_obs(const hm_trace *a, const hm_trace *b)
{
    if (a->n_obs != b->n_obs)
        return false;
    for (int32_t i = 0; i < a->n_obs; i++) {
        const hm_obs *x = &a->obs[i], *y = &b->obs[i];
        if (x->time_s != y->time_s ||
            (x->distance_m != y->distance_m && !(isnan(x->distance_m) && isnan(y->distance_m))) ||
            (x->speed_mps != y->speed_mps && !(isnan(x->speed_mps) && isnan(y->speed_mps))))
            return false;
    }
    return true;
}

/* How many marks in hundredths two of n runs do not share by chance: of runners of one squad about
 * one pair in a hundred has the same first mark, and from there on three in ten the next one. */
static int32_t least_marks(int32_t n_run)
{
    double n_pair = 0.5 * n_run * n_run;
    int32_t n = 1;
    for (; n_pair > 1; n++)
        n_pair *= 0.3;
    return n > TWIN_MIN ? n : TWIN_MIN;
}

/* Thousandths, or many samples, are not shared by chance. */
static bool may_be_twin(const hm_trace *t, int32_t least)
{
    double time_s[64];
    bool marks = t->obs[0].kind == HM_OBS_GATE || t->obs[0].kind == HM_OBS_FINISH;
    if (!marks)
        return t->n_obs >= TWIN_SAMPLES_MIN;
    if (t->n_obs >= least || t->n_obs < TWIN_MIN)
        return t->n_obs >= least;
    for (int32_t i = 0; i < t->n_obs && i < 64; i++)
        time_s[i] = t->obs[i].time_s;
    return resolution_of(time_s, t->n_obs < 64 ? t->n_obs : 64) < 0.005;
}

static hm_status note_twin(hm_trace *t, const hm_trace *of, hm_arena *arena)
{
    return hm_notes_add(&t->notes, arena,
                        "doubtful: the same observations as those of '%s%s%s%s%s'", of->athlete,
                        of->date[0] ? ", " : "", of->date, of->run[0] ? ", run " : "", of->run);
}

hm_status hm_measure_note_twins(hm_traces *traces, hm_arena *arena, hm_err *err)
{
    int32_t n_slot = 16;
    while (n_slot < 2 * traces->n)
        n_slot *= 2;
    int32_t least = least_marks(traces->n);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    int32_t *slot = HM_PUSH(&scratch, int32_t, n_slot); /* run + 1, 0 = free */
    hm_status status = slot ? HM_OK : HM_ERR_SYSTEM;
    for (int32_t i = 0; status == HM_OK && i < traces->n; i++) {
        hm_trace *t = &traces->trace[i];
        if (!may_be_twin(t, least))
            continue;
        uint64_t mask = (uint64_t)(n_slot - 1), s = hash_of(t) & mask;
        while (slot[s] && !same_obs(t, &traces->trace[slot[s] - 1]))
            s = (s + 1) & mask;
        if (slot[s])
            status = note_twin(t, &traces->trace[slot[s] - 1], arena);
        else
            slot[s] = i + 1;
    }
    hm_arena_free(&scratch);
    return status == HM_OK ? HM_OK
                           : hm_err_set(err, status, "plausibility", 0, 0, NULL, "no memory");
}
