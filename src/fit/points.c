/* From a trace to points: which observations the fit uses, in order, checked. */
#include "points_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OBSERVE_AUTO = HM_OBSERVE_SPEED + 1, WHERE_MAX = 32 };

/* Two distances closer than this are one gate, m. */
static const double same_gate_m = 1e-6;

/* A run is at least this long and this fast. Own: less than one step. */
static const double least_m = 1, least_mps = 1;

static const char *const quantity[] = {"times at distances", "distances at times",
                                       "speeds at times"};
static const char *const field_of[] = {"time_s", "distance_m", "speed_mps"};
static const char *const at_field_of[] = {"distance_m", "time_s", "time_s"};
static const char *const sigma_field_of[] = {"sigma_s", "sigma_m", "sigma_mps"};

static const char *where(int32_t of, char buf[WHERE_MAX])
{
    snprintf(buf, WHERE_MAX, "observation %d", of + 1);
    return buf;
}

/* ---- what is observed ---- */

double fit_gate0_m(const hm_trace *t)
{
    return t->time_zero == HM_ZERO_FIRST_GATE && t->gate0_m > same_gate_m ? t->gate0_m : 0;
}

/* What an observation is made for. -1: nothing that is fitted. */
static int32_t made_for(hm_obs_kind kind)
{
    switch (kind) {
    case HM_OBS_GATE:
    case HM_OBS_FINISH:
        return HM_OBSERVE_TIME;
    case HM_OBS_POSITION:
        return HM_OBSERVE_DISTANCE;
    case HM_OBS_SPEED:
        return HM_OBSERVE_SPEED;
    default:
        return -1;
    }
}

/* Times and distances are two sides of one observation; speeds stand alone. */
static bool serves(hm_obs_kind kind, hm_fit_observe observe, bool told)
{
    int32_t is = made_for(kind);
    if (is < 0)
        return false;
    return told ? (is == HM_OBSERVE_SPEED) == (observe == HM_OBSERVE_SPEED)
                : is == (int32_t)observe;
}

/* The quantity with the most observations; of equals, the one that is measured best. */
static hm_fit_observe most_of(const int32_t count[])
{
    hm_fit_observe best = HM_OBSERVE_TIME;
    for (int32_t k = HM_OBSERVE_DISTANCE; k <= HM_OBSERVE_SPEED; k++)
        if (count[k] > count[best])
            best = (hm_fit_observe)k;
    return best;
}

static hm_status choose(const hm_trace *t, const hm_fit_opts *opts, hm_arena *arena,
                        hm_fit_observe *observe, hm_notes *notes, hm_err *err)
{
    int32_t count[3] = {0};
    for (int32_t i = 0; i < t->n_obs; i++)
        if (made_for(t->obs[i].kind) >= 0)
            count[made_for(t->obs[i].kind)]++;
    bool told = opts->observe != OBSERVE_AUTO;
    *observe = told ? (hm_fit_observe)opts->observe : most_of(count);
    for (int32_t k = 0; k <= HM_OBSERVE_SPEED; k++) {
        bool used = k == (int32_t)*observe ||
                    (told && k != HM_OBSERVE_SPEED && *observe != HM_OBSERVE_SPEED);
        if (count[k] > 0 && !used &&
            hm_notes_add(notes, arena, "%d %s are not used: the fit is of %s", count[k],
                         quantity[k], quantity[*observe]) != HM_OK)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    }
    return HM_OK;
}

/* ---- entries ---- */

static fit_entry entry_of(const hm_obs *o, hm_fit_observe observe, double reaction_s, int32_t of)
{
    double t_s = o->time_s - reaction_s;
    switch (observe) {
    case HM_OBSERVE_TIME:
        return (fit_entry){o->distance_m, t_s, o->sigma_s, of};
    case HM_OBSERVE_DISTANCE:
        return (fit_entry){t_s, o->distance_m, o->sigma_m, of};
    default:
        return (fit_entry){t_s, o->speed_mps, o->sigma_mps, of};
    }
}

/* A reading of exactly 0 at the first gate is where the clock begins, and observes nothing. */
static bool is_zero_of_clock(const hm_trace *t, const hm_obs *o)
{
    return made_for(o->kind) == HM_OBSERVE_TIME && o->time_s == 0 &&
           fabs(o->distance_m - fit_gate0_m(t)) <= same_gate_m;
}

static int by_at(const void *a, const void *b)
{
    const fit_entry *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return p->of < q->of ? -1 : p->of > q->of;
}

static bool in_order(int32_t n, const fit_entry e[])
{
    for (int32_t i = 1; i < n; i++)
        if (e[i].at < e[i - 1].at)
            return false;
    return true;
}

/* Times that were rounded up are late by half a step on average: those of finishes, where there are
 * none those of all gates. -1: none. */
static int32_t rounded_kind(const hm_trace *t, double step_s)
{
    if (!(step_s > 0))
        return -1;
    for (int32_t i = 0; i < t->n_obs; i++)
        if (t->obs[i].kind == HM_OBS_FINISH)
            return HM_OBS_FINISH;
    return HM_OBS_GATE;
}

static hm_status gather(const hm_trace *t, const hm_fit_opts *opts, double reaction_s,
                        hm_fit_observe observe, fit_entry entry[], int32_t *n, hm_err *err)
{
    bool told = opts->observe != OBSERVE_AUTO;
    int32_t rounded = rounded_kind(t, opts->rounded_up_s);
    char buf[WHERE_MAX];
    *n = 0;
    for (int32_t i = 0; i < t->n_obs; i++) {
        const hm_obs *o = &t->obs[i];
        if (!serves(o->kind, observe, told) ||
            (observe == HM_OBSERVE_TIME && is_zero_of_clock(t, o)))
            continue;
        double late_s = (int32_t)o->kind == rounded ? 0.5 * opts->rounded_up_s : 0;
        fit_entry e = entry_of(o, observe, reaction_s + late_s, i);
        if (!isfinite(e.at) || !isfinite(e.observed))
            return hm_err_set(err, HM_ERR_INPUT, where(i, buf), 0, 0,
                              isfinite(e.at) ? field_of[observe] : at_field_of[observe],
                              "expected a number, found none");
        if (!isnan(e.sigma) && !(e.sigma > 0 && e.sigma < 1e6))
            return hm_err_set(err, HM_ERR_INPUT, where(i, buf), 0, 0, sigma_field_of[observe],
                              "expected a standard deviation above 0, found %g", e.sigma);
        entry[(*n)++] = e;
    }
    if (*n == 0)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, field_of[observe],
                          "expected %s, found none", quantity[observe]);
    if (!in_order(*n, entry))
        qsort(entry, (size_t)*n, sizeof *entry, by_at);
    return HM_OK;
}

/* ---- checks ---- */

static hm_status check_times(const hm_fit_opts *opts, double reaction_s, double gate0_m, int32_t n,
                             const fit_entry e[], hm_err *err)
{
    char buf[WHERE_MAX];
    bool shifted = opts->correct == HM_CORRECT_TC || opts->correct == HM_CORRECT_TC_DC;
    if (e[0].at < gate0_m)
        return hm_err_set(err, HM_ERR_INPUT, where(e[0].of, buf), 0, 0, "distance_m",
                          "expected a distance from %s, found %g m",
                          gate0_m > 0 ? "where the clock begins" : "the start", e[0].at);
    for (int32_t i = 0; i < n; i++) {
        double was = i > 0 ? e[i - 1].observed : 0;
        if (i > 0 && e[i].at - e[i - 1].at <= same_gate_m)
            return hm_err_set(err, HM_ERR_INPUT, where(e[i].of, buf), 0, 0, "distance_m",
                              "one gate twice: observation %d stands at %g m too", e[i - 1].of + 1,
                              e[i].at);
        if (i > 0 && !(e[i].observed > was))
            return hm_err_set(err, HM_ERR_INPUT, where(e[i].of, buf), 0, 0, "time_s",
                              "times fall: %g s at %g m comes after %g s at %g m",
                              e[i].observed + reaction_s, e[i].at, was + reaction_s, e[i - 1].at);
        if (!shifted && e[i].at > gate0_m && !(e[i].observed > 0))
            return hm_err_set(err, HM_ERR_INPUT, where(e[i].of, buf), 0, 0, "time_s",
                              "expected a time after the start%s, found %g s",
                              reaction_s > 0 ? " and the reaction" : "",
                              e[i].observed + reaction_s);
    }
    return HM_OK;
}

static hm_status check_series(hm_fit_observe observe, int32_t n, const fit_entry e[], hm_err *err)
{
    if (n > 1 && !(e[n - 1].at > e[0].at))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "time_s",
                          "all %d observations stand at one time, %g s", n, e[0].at);
    double least = e[0].observed, most = e[0].observed;
    for (int32_t i = 1; i < n; i++) {
        least = e[i].observed < least ? e[i].observed : least;
        most = e[i].observed > most ? e[i].observed : most;
    }
    if (observe == HM_OBSERVE_SPEED && !(most > least_mps))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "speed_mps",
                          "a run that never starts: the highest speed is %g m/s", most);
    if (observe == HM_OBSERVE_DISTANCE && !(most - least > least_m))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "distance_m",
                          "a run that never starts: all distances within %g m", most - least);
    if (observe == HM_OBSERVE_DISTANCE && !(e[n - 1].observed > e[0].observed))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "distance_m",
                          "a run that goes backwards: from %g m to %g m", e[0].observed,
                          e[n - 1].observed);
    return HM_OK;
}

/* ---- sigmas ---- */

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* Told ones as they are; the others by the option, or as the middle of the told ones. */
static hm_status fill_sigmas(const hm_fit_opts *opts, hm_arena *arena, hm_fit_observe observe,
                             int32_t n, fit_entry e[], double scratch[], bool *weighted,
                             hm_notes *notes)
{
    double given = observe == HM_OBSERVE_TIME       ? opts->sigma_s
                   : observe == HM_OBSERVE_DISTANCE ? opts->sigma_m
                                                    : opts->sigma_mps;
    int32_t n_told = 0;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(e[i].sigma))
            scratch[n_told++] = e[i].sigma;
    *weighted = n_told > 0 || !isnan(given);
    if (!*weighted || n_told == n)
        return HM_OK;
    bool guess = isnan(given);
    if (guess) {
        qsort(scratch, (size_t)n_told, sizeof *scratch, by_value);
        given = scratch[n_told / 2];
    }
    for (int32_t i = 0; i < n; i++)
        e[i].sigma = isnan(e[i].sigma) ? given : e[i].sigma;
    return guess ? hm_notes_add(notes, arena,
                                "%d observations tell no sd: the middle of the others, %g, is used",
                                n - n_told, given)
                 : HM_OK;
}

/* ---- all together ---- */

double fit_reaction_s(const hm_trace *trace, const hm_fit_opts *opts)
{
    if (!isnan(opts->reaction_s))
        return opts->reaction_s;
    return trace->time_zero == HM_ZERO_GUN && trace->reaction_s > 0 ? trace->reaction_s : 0;
}

static hm_status note_span(const fit_span *s, int32_t n, const fit_entry e[], double reaction_s,
                           hm_arena *arena, hm_notes *notes)
{
    if (s->from > 0)
        HM_TRY(hm_notes_add(notes, arena,
                            "%d observations of standing still before %g s are left out; the run's "
                            "clock and its time correction count from there",
                            s->from, s->idle_s + reaction_s));
    if (s->to < n)
        HM_TRY(hm_notes_add(notes, arena, "%d observations of slowing down after %g s are left out",
                            n - s->to, e[s->to - 1].at + reaction_s));
    return HM_OK;
}

static hm_status note_rounding(const hm_trace *t, const hm_fit_opts *opts, hm_fit_observe observe,
                               hm_arena *arena, hm_notes *notes)
{
    int32_t kind = rounded_kind(t, opts->rounded_up_s);
    if (kind < 0 || observe == HM_OBSERVE_SPEED)
        return HM_OK;
    return hm_notes_add(notes, arena,
                        "%s rounded up to %g s: %g s taken off, which is their mean excess",
                        kind == HM_OBS_FINISH ? "official times are" : "times are",
                        opts->rounded_up_s, 0.5 * opts->rounded_up_s);
}

static hm_status lay_out(const fit_span *s, const fit_entry e[], bool weighted, hm_arena *arena,
                         fit_points *points, hm_err *err)
{
    int32_t n = s->to - s->from;
    double *d = HM_PUSH(arena, double, 3 * (size_t)n);
    int32_t *of = HM_PUSH(arena, int32_t, n);
    if (!d || !of)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < n; i++) {
        const fit_entry *p = &e[s->from + i];
        d[i] = points->observe == HM_OBSERVE_TIME ? p->at : p->at - s->idle_s;
        d[n + i] = p->observed;
        d[2 * n + i] = p->sigma;
        of[i] = p->of;
    }
    points->n = n;
    points->at = d;
    points->observed = d + n;
    points->sigma = weighted ? d + 2 * n : NULL;
    points->of = of;
    points->idle_s = s->idle_s;
    return HM_OK;
}

hm_status fit_points_of(const hm_trace *trace, const hm_fit_opts *opts, hm_arena *scratch,
                        fit_points *points, hm_arena *arena, hm_notes *notes, hm_err *err)
{
    fit_points out = {.gate0_m = fit_gate0_m(trace)};
    double reaction_s = fit_reaction_s(trace, opts);
    int32_t n;
    bool weighted;
    fit_entry *e = HM_PUSH(scratch, fit_entry, trace->n_obs);
    double *spare = HM_PUSH(scratch, double, trace->n_obs);
    if (!e || !spare)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(choose(trace, opts, arena, &out.observe, notes, err));
    HM_TRY(gather(trace, opts, reaction_s, out.observe, e, &n, err));
    if (out.observe == HM_OBSERVE_TIME)
        HM_TRY(check_times(opts, reaction_s, out.gate0_m, n, e, err));
    else
        HM_TRY(check_series(out.observe, n, e, err));
    fit_span span = fit_span_of(out.observe, n, e, spare);
    if (note_rounding(trace, opts, out.observe, arena, notes) != HM_OK ||
        note_span(&span, n, e, reaction_s, arena, notes) != HM_OK ||
        fill_sigmas(opts, arena, out.observe, n, e, spare, &weighted, notes) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(lay_out(&span, e, weighted, scratch, &out, err));
    *points = out;
    return HM_OK;
}
