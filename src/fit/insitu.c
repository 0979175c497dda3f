/* Sessions in order, windows over them, a run for each. */
#include "fit/insitu.h"

#include "insitu_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/stat.h"

static const uint32_t insitu_cookie = 0x68696e73;

enum { WINDOW_MAX = HM_SPRINTER_RUN_MAX, SESSION_NOTE_MAX = 20 };

#define AT(field) #field, offsetof(hm_insitu_opts, field)
static const hm_option row[] = {
    {AT(window_session), HM_OPTION_INT, "", 0, 0, 1000, NULL,
     "sessions in a window; 0 = windows count days", ""},
    {AT(step_session), HM_OPTION_INT, "", 1, 1, 1000, NULL, "sessions from one window to the next",
     ""},
    {AT(best_n), HM_OPTION_INT, "", 2, 1, 8, NULL, "hardest accelerations kept in each bin",
     "Morin et al. 2021"},
    {AT(window_day), HM_OPTION_DOUBLE, "d", 28, 1, 4000, NULL, "days in a window", "own"},
    {AT(step_day), HM_OPTION_DOUBLE, "d", 7, 1, 4000, NULL, "days from one window to the next",
     "own"},
    {AT(threshold_mps), HM_OPTION_DOUBLE, "m/s", 3, 0.5, 8, NULL, "slower samples do not count",
     "Morin et al. 2021"},
    {AT(bin_mps), HM_OPTION_DOUBLE, "m/s", 0.2, 0.1, 1, NULL, "width of a bin of speed",
     "Morin et al. 2021"},
    {AT(half_speed_s), HM_OPTION_DOUBLE, "s", 0.2, 0.05, 2, NULL,
     "half width of the filter of speeds", "own"},
    {AT(half_position_s), HM_OPTION_DOUBLE, "s", 0.6, 0.05, 2, NULL,
     "half width of the filter of positions", "own"},
    {AT(band_frac), HM_OPTION_DOUBLE, "", 0.95, 0.5, 1, NULL,
     "points beyond this band about the first line are left out; 1 = none", "Morin et al. 2021"},
    {AT(as_published), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "no correction for choosing the best of noisy values", "docs/physics/insitu.md"},
};
#undef AT

_Static_assert(sizeof(hm_insitu_opts) == 80, "a field of hm_insitu_opts lacks its row");

const hm_option_table hm_insitu_table = {"insitu", sizeof(hm_insitu_opts), sizeof row / sizeof *row,
                                         row};

hm_insitu_opts hm_insitu_opts_default(void)
{
    hm_insitu_opts o = {.cookie = insitu_cookie};
    hm_option_defaults(&hm_insitu_table, &o);
    return o;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "in situ", 0, 0, NULL, "no memory");
}

/* ---- sessions in order ---- */

/* Days since 1970 of an ISO 8601 date, INT64_MIN where it is none. source days_from_civil, Hinnant
 * 2013, public domain */
static int64_t day_of(const char *date)
{
    int y, m, d;
    if (strlen(date) < 10 || date[4] != '-' || date[7] != '-')
        return INT64_MIN;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (date[i] < '0' || date[i] > '9'))
            return INT64_MIN;
    y = (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + (date[3] - '0');
    m = (date[5] - '0') * 10 + (date[6] - '0');
    d = (date[8] - '0') * 10 + (date[9] - '0');
    if (m < 1 || m > 12 || d < 1 || d > 31)
        return INT64_MIN;
    y -= m <= 2;
    int64_t era = y / 400, yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* One trace in the order of work. */
typedef struct entry {
    int32_t i_athlete, i_trace;
    int64_t day;
} entry;

static int by_athlete_and_day(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->i_athlete != y->i_athlete)
        return x->i_athlete < y->i_athlete ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->i_trace > y->i_trace) - (x->i_trace < y->i_trace);
}

/* Athletes are numbered as they first appear. */
static void sort_entries(const hm_trace *traces, int32_t n, entry e[])
{
    for (int32_t i = 0; i < n; i++) {
        int32_t first = 0;
        while (strcmp(traces[first].athlete, traces[i].athlete) != 0)
            first++;
        e[i] = (entry){first, i, day_of(traces[i].date)};
    }
    qsort(e, (size_t)n, sizeof *e, by_athlete_and_day);
}

/* ---- windows ---- */

typedef struct job {
    const hm_trace *traces;
    const hm_insitu_opts *o;
    hm_arena *arena;
    insitu_session *session; /* (n) sorted */
    const entry *entry;      /* (n) sorted */
    int32_t n_run;
    size_t cap;
    hm_sprinter_run *run;
    hm_notes notes;
    int32_t n_thin; /* windows without enough */
} job;

static hm_status push_run(job *j, const hm_sprinter_run *run, hm_err *err)
{
    if (j->n_run == WINDOW_MAX)
        return hm_err_set(err, HM_ERR_USAGE, "in situ", 0, 0, "step_day",
                          "more than %d windows: take longer steps", WINDOW_MAX);
    hm_sprinter_run *more = HM_GROW(j->arena, j->run, j->n_run, &j->cap);
    if (!more)
        return no_memory(err);
    j->run = more;
    j->run[j->n_run++] = *run;
    return HM_OK;
}

static hm_estimate about(double value, double var, double t, double least)
{
    double half = t * sqrt(var);
    return (hm_estimate){value, fmax(value - half, least), value + half};
}

static void put_estimates(const insitu_line *l, hm_sprinter_run *run)
{
    double t = hm_student_t_of(0.95, l->dof), s0 = l->s0_mps, a0 = l->a0_mps2;
    double ss = l->covariance[0][0], sa = l->covariance[0][1], aa = l->covariance[1][1];
    double by_s = 1 / a0, by_a = -s0 / (a0 * a0); /* tau = S0 / A0 */
    run->mss_mps = about(s0, ss, t, 0);
    run->mac_mps2 = about(a0, aa, t, 0);
    run->tau_s = about(s0 / a0, by_s * by_s * ss + 2 * by_s * by_a * sa + by_a * by_a * aa, t, 0);
    run->pmax_w_per_kg =
        about(0.25 * s0 * a0, (a0 * a0 * ss + 2 * a0 * s0 * sa + s0 * s0 * aa) / 16, t, 0);
    run->n_param = 2;
    run->param_name[0] = "mss_mps";
    run->param_name[1] = "mac_mps2";
    run->param[0] = s0;
    run->param[1] = a0;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            run->covariance[i][k] = l->covariance[i][k];
}

static hm_status put_notes(const job *j, const insitu_line *l, double top_mps, hm_sprinter_run *run,
                           hm_err *err)
{
    double slope = l->a0_mps2 / l->s0_mps; /* 1 / tau: its ends are those of tau, turned */
    if (hm_notes_add(&run->notes, j->arena,
                     "in situ: a = A0 - v A0 / S0 through %d of %d points of %d bins of speed; "
                     "slope %.4f /s (%.4f to %.4f), R2 %.3f, highest speed %.2f m/s",
                     l->n_used, l->n_point, l->n_bin, -slope, -1 / run->tau_s.lo90,
                     -1 / run->tau_s.hi90, l->r2, top_mps) != HM_OK)
        return no_memory(err);
    if (l->excess_mps2 > 0 &&
        hm_notes_add(&run->notes, j->arena,
                     "%.2f m/s2 taken off on average: the best of noisy values lies above the "
                     "best true one",
                     l->excess_mps2) != HM_OK)
        return no_memory(err);
    return HM_OK;
}

/* How many sessions of the window say this, counted at the first that does; 0 = an earlier one
 * said it. */
static int32_t says(const job *j, int32_t from, int32_t to, int32_t i, const char *text)
{
    int32_t count = 0;
    for (int32_t k = from; k < to; k++) {
        const hm_notes *notes = &j->traces[j->entry[k].i_trace].notes;
        bool here = false;
        for (int32_t l = 0; l < notes->n && !here; l++)
            here = strcmp(notes->text[l], text) == 0;
        if (here && k < i)
            return 0;
        count += here;
    }
    return count;
}

/* What a session is called: its date and run, as far as they are told. */
static const char *name_of(const job *j, int32_t i)
{
    const hm_trace *t = &j->traces[j->entry[i].i_trace];
    if (!*t->date && !*t->run)
        return hm_arena_printf(j->arena, "%d", i + 1);
    return hm_arena_printf(j->arena, "%s%s%s", t->date, *t->date && *t->run ? ", run " : "",
                           t->run);
}

/* One note of session i, with how many others say the same. */
static hm_status keep_note(const job *j, int32_t count, int32_t i, const char *text,
                           hm_notes *notes)
{
    const char *name = name_of(j, i);
    if (!name)
        return HM_ERR_SYSTEM;
    return count > 1 ? hm_notes_add(notes, j->arena, "%d sessions, first %s: %s", count, name, text)
                     : hm_notes_add(notes, j->arena, "session %s: %s", name, text);
}

/* What was assumed or looked wrong when the sessions were read. What many say is said once. */
static hm_status keep_notes(const job *j, int32_t from, int32_t to, hm_sprinter_run *run)
{
    int32_t told = 0;
    for (int32_t i = from; i < to; i++) {
        const hm_notes *notes = &j->traces[j->entry[i].i_trace].notes;
        for (int32_t k = 0; k < notes->n; k++) {
            int32_t count = says(j, from, to, i, notes->text[k]);
            if (count == 0)
                continue;
            if (told++ == SESSION_NOTE_MAX)
                return hm_notes_add(&run->notes, j->arena, "more notes of sessions are left out");
            HM_TRY(keep_note(j, count, i, notes->text[k], &run->notes));
        }
    }
    return HM_OK;
}

/* Sessions from .. to - 1 as one run. */
static hm_status one_window(job *j, int32_t from, int32_t to, hm_err *err)
{
    insitu_line l;
    hm_sprinter_run run = hm_sprinter_run_default();
    const hm_trace *first = &j->traces[j->entry[from].i_trace];
    const insitu_session *s = j->session;
    if (to <= from || !insitu_line_fit(to - from, s + from, j->o, j->arena, &l)) {
        j->n_thin++;
        return HM_OK;
    }
    double top_mps = 0;
    for (int32_t i = from; i < to; i++)
        top_mps = fmax(top_mps, s[i].top_mps);
    run.athlete = hm_arena_text(j->arena, first->athlete);
    run.date = hm_arena_text(j->arena, s[to - 1].date);
    bool one_day = strcmp(s[from].date, s[to - 1].date) == 0; /* which run.date tells */
    run.run = one_day ? hm_arena_printf(j->arena, "%d sessions", to - from)
                      : hm_arena_printf(j->arena, "%s to %s, %d sessions", s[from].date,
                                        s[to - 1].date, to - from);
    if (!run.athlete || !run.date || !run.run)
        return no_memory(err);
    run.model = HM_MODEL_MONO;
    run.correct = HM_CORRECT_NONE;
    run.observe = HM_OBSERVE_ACCELERATION;
    run.interval = HM_INTERVAL_WALD;
    run.converged = true;
    run.mass_kg = first->mass_kg;
    run.stature_m = first->stature_m;
    run.n_point = l.n_point;
    run.point = l.point;
    run.rse = l.rse;
    run.rmse = l.rmse;
    run.max_abs = l.max_abs;
    put_estimates(&l, &run);
    HM_TRY(put_notes(j, &l, top_mps, &run, err));
    if (keep_notes(j, from, to, &run) != HM_OK)
        return no_memory(err);
    return push_run(j, &run, err);
}

/* Windows by count: each begins step_session after the last; the last sessions are always in one.
 */
static hm_status by_count(job *j, int32_t from, int32_t to, int32_t size, hm_err *err)
{
    int32_t step = j->o->step_session;
    for (int32_t i = from;; i += step) {
        bool last = i + size >= to;
        HM_TRY(one_window(j, last ? (to - size > from ? to - size : from) : i, last ? to : i + size,
                          err));
        if (last)
            return HM_OK;
    }
}

/* Windows by days: the first begins on the first day, the last holds the last. */
static hm_status by_days(job *j, int32_t from, int32_t to, hm_err *err)
{
    const insitu_session *s = j->session;
    int64_t size = (int64_t)j->o->window_day, step = (int64_t)j->o->step_day;
    int64_t first = s[from].day, last = s[to - 1].day;
    for (int64_t begin = first;; begin += step) {
        int32_t a = from, b;
        while (a < to && s[a].day < begin)
            a++;
        for (b = a; b < to && s[b].day < begin + size; b++) {
        }
        HM_TRY(one_window(j, a, b, err));
        if (begin + size > last)
            return HM_OK;
    }
}

static hm_status one_athlete(job *j, int32_t from, int32_t to, hm_err *err)
{
    bool dated = true;
    for (int32_t i = from; i < to; i++)
        dated = dated && j->session[i].day != INT64_MIN;
    if (j->o->window_session > 0)
        return by_count(j, from, to, j->o->window_session, err);
    if (dated)
        return by_days(j, from, to, err);
    if (hm_notes_add(&j->notes, j->arena,
                     "sessions of %s without dates: taken together, window_session splits them",
                     j->traces[j->entry[from].i_trace].athlete) != HM_OK)
        return no_memory(err);
    return one_window(j, from, to, err);
}

/* ---- all ---- */

static hm_status all(job *j, int32_t n, hm_arena *scratch, hm_err *err)
{
    entry *e = HM_PUSH(scratch, entry, n);
    j->session = HM_PUSH(scratch, insitu_session, n);
    if (!e || !j->session)
        return no_memory(err);
    sort_entries(j->traces, n, e);
    j->entry = e;
    for (int32_t i = 0; i < n; i++) {
        const hm_trace *t = &j->traces[e[i].i_trace];
        j->session[i] = (insitu_session){.day = e[i].day, .date = t->date};
        HM_TRY(insitu_smooth(t, j->o, scratch, &j->session[i], err));
    }
    for (int32_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && e[to].i_athlete == e[from].i_athlete; to++) {
        }
        HM_TRY(one_athlete(j, from, to, err));
    }
    if (j->n_run == 0)
        return hm_err_set(err, HM_ERR_NUMERIC, "in situ", 0, 0, NULL,
                          "no window holds enough accelerations from enough speeds above %g m/s",
                          j->o->threshold_mps);
    if (j->n_thin > 0 && hm_notes_add(&j->notes, j->arena,
                                      "%d windows left out: too few hard accelerations, or none "
                                      "that falls with speed",
                                      j->n_thin) != HM_OK)
        return no_memory(err);
    return HM_OK;
}

hm_status hm_fit_insitu(const hm_trace *traces, int32_t n, const hm_insitu_opts *opts,
                        hm_arena *arena, hm_sprinter *out, hm_err *err)
{
    hm_insitu_opts o = opts ? *opts : hm_insitu_opts_default();
    HM_ASSERT(o.cookie == insitu_cookie);
    HM_TRY(hm_option_check(&hm_insitu_table, &o, err));
    if (n < 1)
        return hm_err_set(err, HM_ERR_INPUT, "in situ", 0, 0, NULL,
                          "expected at least one session, found none");
    job j = {.traces = traces, .o = &o, .arena = arena};
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_status status = all(&j, n, &scratch, err);
    hm_arena_free(&scratch);
    if (status != HM_OK) {
        hm_arena_release(arena, mark);
        return status;
    }
    *out = (hm_sprinter){.n_run = j.n_run, .run = j.run, .notes = j.notes};
    return HM_OK;
}
