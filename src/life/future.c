#include "future_priv.h"
#include "tale_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "data/date.h"
#include "num/stat.h"

/* Futures that are counted have numbers of their own, above any that is searched. */
enum { COUNTED_FROM = 1 << 20, AT_AGE = 30 };

/* ---- what one future came to ---- */

typedef struct tally {
    int32_t person;
    int32_t first_year, n_year;
    double *best_s; /* (n_year) NAN = did not race */
    double pb_s;    /* NAN = never raced */
    bool active_30, reached_30;
    bool *met, *won, *ahead; /* (n_event) pinned races: all in it; he won; he beat the others */
} tally;

static hm_status tally_season(void *ctx, const world *w, int32_t one)
{
    tally *t = ctx;
    if (one != t->person)
        return HM_OK;
    const hm_one *o = &w->one[one];
    int32_t at = w->year - t->first_year;
    if (at >= 0 && at < t->n_year && o->sb_us > 0)
        t->best_s[at] = (double)o->sb_us / 1e6;
    if (w->year - o->class_year == AT_AGE) {
        t->reached_30 = true;
        t->active_30 = hm_one_is_active(o);
    }
    return HM_OK;
}

static hm_status tally_race(void *ctx, const world *w, const world_race *r)
{
    tally *t = ctx;
    int32_t absent;
    if (!r->event || !tale_all_in(r->event, r, &absent))
        return HM_OK;
    ptrdiff_t event = r->event - w->scenario->event;
    t->met[event] = true;
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t k = 0; k < r->event->n_person; k++)
            if (r->run[i].one == r->event->person[k]) {
                t->ahead[event] = r->run[i].one == t->person; /* the first of them */
                t->won[event] = t->ahead[event] && r->run[i].place == 1;
                return HM_OK;
            }
    return HM_OK;
}

static hm_status tally_make(tally *t, const world *w, int32_t person, hm_arena *arena)
{
    int32_t n_event = w->scenario->n_event + 1;
    *t = (tally){.person = person, .first_year = w->year, .n_year = w->last_year - w->year + 1};
    t->best_s = HM_PUSH(arena, double, t->n_year);
    t->met = HM_PUSH(arena, bool, n_event);
    t->won = HM_PUSH(arena, bool, n_event);
    t->ahead = HM_PUSH(arena, bool, n_event);
    if (!t->best_s || !t->met || !t->won || !t->ahead)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < t->n_year; i++)
        t->best_s[i] = NAN;
    return HM_OK;
}

/* From a world at its branch to the end. */
static hm_status live_on(const world *from, uint32_t future, tally *t, hm_arena *scratch)
{
    hm_arena_mark mark = hm_arena_mark_get(scratch);
    world w;
    hm_status status = world_copy(from, scratch, &w);
    if (status == HM_OK) {
        w.branch_2 = world_now(&w);
        w.future_2 = future;
        w.witness = (world_witness){.ctx = t, .race = tally_race, .season = tally_season};
        status = world_live(&w, world_weeks(&w));
        const hm_one *o = &w.one[t->person];
        t->pb_s = o->pb_us ? (double)o->pb_us / 1e6 : (double)NAN;
    }
    hm_arena_release(scratch, mark);
    return status;
}

/* ---- the first in which all pinned races happen ---- */

int32_t future_branch(const world *w)
{
    const hm_scenario *s = w->scenario;
    if (s->world.search == 0 && s->world.future < 0)
        return INT32_MAX;
    if (s->world.search_from[0])
        return world_week_of(w, s->world.search_from);
    int32_t first = INT32_MAX;
    for (int32_t i = 0; i < s->n_event; i++)
        if (s->event[i].kind == HM_EVENT_RACE && world_week_of(w, s->event[i].date) < first)
            first = world_week_of(w, s->event[i].date);
    return first;
}

static bool all_met(const hm_scenario *s, const tally *t)
{
    for (int32_t i = 0; i < s->n_event; i++)
        if (s->event[i].kind == HM_EVENT_RACE && !s->event[i].unless[0] && !t->met[i])
            return false;
    return true;
}

static hm_status search(const world *at_branch, const hm_live_opts *o, hm_arena *scratch,
                        int32_t *found, int32_t *tried)
{
    const hm_scenario *s = at_branch->scenario;
    *found = -1;
    for (*tried = 0; *tried < s->world.search && *found < 0; ++*tried) {
        hm_arena_mark mark = hm_arena_mark_get(scratch);
        tally t;
        HM_TRY(tally_make(&t, at_branch, 0, scratch));
        HM_TRY(live_on(at_branch, (uint32_t)*tried, &t, scratch));
        /* races before the branch are the same in all of them */
        for (int32_t i = 0; i < s->n_event; i++)
            t.met[i] |= s->event[i].kind == HM_EVENT_RACE &&
                        world_week_of(at_branch, s->event[i].date) < world_now(at_branch);
        if (all_met(s, &t))
            *found = *tried;
        hm_arena_release(scratch, mark);
        if (o->tell && !o->tell(o->tell_ctx, *tried, s->world.search))
            return HM_ERR_STOPPED;
    }
    return HM_OK;
}

static hm_status say(hm_status status, const hm_scenario *s, hm_err *err)
{
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(err, status, s->source, 0, 0, NULL, "no memory");
    if (status == HM_ERR_STOPPED)
        return hm_err_set(err, status, NULL, 0, 0, NULL, "stopped; nothing is written");
    return status;
}

hm_status future_search(const hm_scenario *s, const hm_live_opts *o, const hm_life_params *params,
                        hm_arena *arena, int32_t *found, int32_t *tried, hm_err *err)
{
    world w;
    hm_arena scratch;
    (void)arena;
    hm_arena_init(&scratch, 0);
    hm_status status = world_make(s, params, o->seed, NULL, &scratch, &w, err);
    if (status == HM_OK)
        status = world_live(&w, future_branch(&w));
    if (status == HM_OK)
        status = search(&w, o, &scratch, found, tried);
    hm_arena_free(&scratch);
    return say(status, s, err);
}

/* ---- many futures, counted ---- */

typedef struct counting {
    const world *from;  /* at the branch */
    const tally *first; /* all alike */
    tally *tally;       /* (n) */
    hm_arena *scratch;  /* (n_thread) */
    hm_status *status;  /* (n) */
    int64_t begin;
} counting;

static void count_one(void *ctx, int64_t i, int worker)
{
    counting *c = ctx;
    int64_t k = c->begin + i;
    c->status[k] =
        live_on(c->from, (uint32_t)(COUNTED_FROM + k), &c->tally[k], &c->scratch[worker]);
}

/* ---- from tallies to a fan ---- */

static double quantile(int32_t n, double v[], double q)
{
    double at = q * (n - 1);
    int32_t i = (int32_t)at;
    double lo = hm_nth_of(n, v, i);
    double hi = i + 1 < n ? hm_nth_of(n, v, i + 1) : lo;
    return lo + (at - i) * (hi - lo);
}

static const double rare = 0.1; /* fewer than this race: no figure */

static void three(int32_t n, int32_t all, double v[], double *lo, double *mid, double *hi)
{
    *lo = *mid = *hi = NAN;
    if (n == 0 || n < rare * all)
        return;
    *lo = quantile(n, v, 0.05);
    *mid = quantile(n, v, 0.5);
    *hi = quantile(n, v, 0.95);
}

static void fan(hm_story_future *f, const tally t[], double scratch[])
{
    for (int32_t y = 0; y < f->n_year; y++) {
        int32_t n = 0;
        for (int32_t k = 0; k < f->n; k++)
            if (!isnan(t[k].best_s[y]))
                scratch[n++] = t[k].best_s[y];
        three(n, f->n, scratch, &f->best_s_lo90[y], &f->best_s_median[y], &f->best_s_hi90[y]);
    }
    int32_t n = 0, active = 0, reached = 0;
    for (int32_t k = 0; k < f->n; k++) {
        if (!isnan(t[k].pb_s))
            scratch[n++] = t[k].pb_s;
        active += t[k].active_30;
        reached += t[k].reached_30;
    }
    three(n, f->n, scratch, &f->pb_s_lo90, &f->pb_s_median, &f->pb_s_hi90);
    f->p_active_30 = reached ? (double)active / reached : (double)NAN;
}

static bool is_person_in(const hm_scenario_event *e, int32_t person)
{
    for (int32_t i = 0; i < e->n_person; i++)
        if (e->person[i] == person)
            return true;
    return false;
}

/* Pinned races of his after the branch. */
static hm_status odds(hm_story_future *f, const world *from, const tally t[], hm_arena *arena)
{
    const hm_scenario *s = from->scenario;
    f->odds = HM_PUSH(arena, hm_story_odds, s->n_event + 1);
    for (int32_t i = 0; f->odds && i < s->n_event; i++) {
        const hm_scenario_event *e = &s->event[i];
        if (e->kind != HM_EVENT_RACE || !is_person_in(e, f->person) ||
            world_week_of(from, e->date) < world_now(from))
            continue;
        int32_t met = 0, won = 0, ahead = 0;
        for (int32_t k = 0; k < f->n; k++) {
            met += t[k].met[i];
            won += t[k].won[i];
            ahead += t[k].ahead[i];
        }
        hm_story_odds *o = &f->odds[f->n_odds++];
        *o = (hm_story_odds){e->id, (double)met / f->n, NAN, NAN};
        if (met) {
            o->p_wins = (double)won / met;
            o->p_ahead = (double)ahead / met;
        }
    }
    if (f->n_odds) {
        f->p_meets = f->odds[0].p_meets;
        f->p_wins = f->odds[0].p_wins;
    }
    return f->odds ? HM_OK : HM_ERR_SYSTEM;
}

static hm_status sum_up(hm_story_future *f, const world *from, const tally t[], hm_arena *arena)
{
    f->n_year = t[0].n_year;
    f->first_year = t[0].first_year;
    f->best_s_lo90 = HM_PUSH(arena, double, f->n_year);
    f->best_s_median = HM_PUSH(arena, double, f->n_year);
    f->best_s_hi90 = HM_PUSH(arena, double, f->n_year);
    double *scratch = HM_PUSH(arena, double, f->n);
    if (!f->best_s_lo90 || !f->best_s_median || !f->best_s_hi90 || !scratch)
        return HM_ERR_SYSTEM;
    fan(f, t, scratch);
    return odds(f, from, t, arena);
}

/* One kind of future, n times, from a world at its branch. */
typedef struct batch {
    const hm_live_opts *o;
    const world *from;
    hm_arena *arena;  /* of the results */
    hm_arena *worker; /* (n_thread) */
    int64_t done, total;
} batch;

static hm_status run_batch(const batch *b, tally *t, hm_status *status)
{
    enum { CHUNK = 16 };
    counting c = {.from = b->from, .tally = t, .scratch = b->worker, .status = status};
    for (c.begin = 0; c.begin < b->o->n_future; c.begin += CHUNK) {
        int64_t left = b->o->n_future - c.begin;
        hm_par_for(b->o->n_thread, left < CHUNK ? left : CHUNK, count_one, &c);
        if (b->o->tell && !b->o->tell(b->o->tell_ctx, b->done + c.begin, b->total))
            return HM_ERR_STOPPED;
    }
    for (int32_t k = 0; k < b->o->n_future; k++)
        HM_TRY(status[k]);
    return HM_OK;
}

static hm_status count_kind(const batch *b, hm_story_future *f, hm_arena *scratch)
{
    tally *t = HM_PUSH(scratch, tally, b->o->n_future);
    hm_status *status = HM_PUSH(scratch, hm_status, b->o->n_future);
    if (!t || !status)
        return HM_ERR_SYSTEM;
    for (int32_t k = 0; k < b->o->n_future; k++)
        HM_TRY(tally_make(&t[k], b->from, f->person, scratch));
    HM_TRY(run_batch(b, t, status));
    return sum_up(f, b->from, t, b->arena);
}

/* ---- all that a scenario asks for ---- */

static int32_t story_week(const world *w, int32_t at)
{
    int32_t week = at - (w->story_year - w->first_year) * HM_YEAR_WEEKS;
    return week < 0 ? 0 : week;
}

typedef struct asked {
    const hm_scenario *s;
    const hm_live_opts *o;
    const hm_life_params *params;
    int32_t own_future;
    hm_arena *arena, *worker;
    hm_err *err;
} asked;

/* The switches of a future, and those of the whole story. */
static hm_status switches_of(const asked *a, const hm_scenario_future *of, bool *off)
{
    const char *name[2 * HM_SCENARIO_LIST_MAX];
    int32_t n = 0;
    for (int32_t i = 0; i < of->n_without; i++)
        name[n++] = of->without[i];
    for (int32_t i = 0; i < a->o->n_without && n < 2 * HM_SCENARIO_LIST_MAX; i++)
        name[n++] = a->o->without[i];
    return future_off(a->s, n, name, off, a->err);
}

static hm_status change_of(const asked *a, const bool *off, const char **change)
{
    const char *text = "";
    for (int32_t i = 0; i < a->s->n_switch && text; i++)
        if (off[i])
            text = hm_arena_printf(a->arena, "%s%s%s", text, text[0] ? "; " : "",
                                   a->s->change[i].change[0] ? a->s->change[i].change
                                                             : a->s->change[i].name);
    *change = text;
    return text ? HM_OK : HM_ERR_SYSTEM;
}

static hm_status count_asked(const asked *a, int32_t i, int32_t n, hm_story_future *f,
                             hm_arena *scratch)
{
    const hm_scenario_future *of = &a->s->future[i];
    bool off[HM_SCENARIO_LIST_MAX + 1];
    world w;
    HM_TRY(switches_of(a, of, off));
    HM_TRY(world_make(a->s, a->params, a->o->seed, off, scratch, &w, a->err));
    w.branch = future_branch(&w);
    w.future = a->own_future < 0 ? 0 : (uint32_t)a->own_future;
    HM_TRY(world_live(&w, world_week_of(&w, a->o->from ? a->o->from : of->date)));
    *f = (hm_story_future){.name = of->name,
                           .name_ja = of->name_ja,
                           .n = a->o->n_future,
                           .person = a->o->follow >= 0 ? a->o->follow : of->person,
                           .from_week = story_week(&w, world_now(&w)),
                           .p_meets = NAN,
                           .p_wins = NAN};
    HM_TRY(change_of(a, off, &f->change));
    const batch b = {
        a->o, &w, a->arena, a->worker, (int64_t)i * a->o->n_future, (int64_t)n * a->o->n_future};
    return count_kind(&b, f, scratch);
}

static hm_status count_all(const asked *a, hm_story *story)
{
    int32_t n = a->s->n_future;
    story->future = HM_PUSH(a->arena, hm_story_future, n + 1);
    if (!story->future)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < n; i++) {
        hm_arena scratch;
        hm_arena_init(&scratch, 1 << 20);
        hm_status status = count_asked(a, i, n, &story->future[i], &scratch);
        hm_arena_free(&scratch);
        HM_TRY(status);
        story->n_future = i + 1;
    }
    return HM_OK;
}

/* A scenario that asks for none: the first of its people, as it was, from his birth class on. */
static hm_status ask_plainly(const hm_scenario *s, const hm_live_opts *o, hm_arena *arena,
                             hm_scenario *out)
{
    *out = *s;
    if (s->n_future)
        return HM_OK;
    int32_t person = o->follow >= 0 ? o->follow : 0;
    hm_date born = {1, 1, 1};
    (void)hm_date_parse(s->person[person].born, &born);
    const char *date = hm_arena_printf(arena, "%04d-%02d-%02d", born.year + 12, born.month, 28);
    out->future = HM_PUSH(arena, hm_scenario_future, 1);
    if (!out->future || !date)
        return HM_ERR_SYSTEM;
    *out->future = (hm_scenario_future){"as it was", "そのまま", date, person, 0, NULL};
    out->n_future = 1;
    return HM_OK;
}

hm_status future_count(const hm_scenario *s, const hm_live_opts *o, const hm_life_params *params,
                       int32_t own_future, hm_arena *arena, hm_story *story, hm_err *err)
{
    hm_scenario all;
    if (ask_plainly(s, o, arena, &all) != HM_OK)
        return say(HM_ERR_SYSTEM, s, err);
    hm_arena *worker = HM_PUSH(arena, hm_arena, o->n_thread);
    if (!worker)
        return say(HM_ERR_SYSTEM, s, err);
    for (int i = 0; i < o->n_thread; i++)
        hm_arena_init(&worker[i], 1 << 20);
    const asked a = {&all, o, params, own_future, arena, worker, err};
    hm_status status = count_all(&a, story);
    for (int i = 0; i < o->n_thread; i++)
        hm_arena_free(&worker[i]);
    return say(status, s, err);
}
