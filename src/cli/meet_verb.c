/* meet_verb.c - hecto book meet: one call over a folder. */
#include "book_db_verb.h"
#include "meet_run.h"
#include "race_verb.h"

#include <string.h>
#include <time.h>

#include "io/folder.h"

/* One call: what it reads, works out and writes. */
typedef struct call {
    const cli_args *args;
    hm_arena *arena;
    meet_plan plan;
    meet_state was, state;
    meet_results results;
    meet_decisions decisions;
    meet_event *event; /* (plan.n_event) */
    hm_notes problems; /* of files that belong to no event */
    meet_outputs out;
    const char *now, *book;
    bool dry_run, simulate;
} call;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the meet");
}

/* --now, else the clock of the machine: protests run by it. */
static hm_status read_now(call *c, hm_err *err)
{
    char text[32] = "";
    struct tm at;
    time_t t = time(NULL);
    c->now = cli_value(c->args, "now");
    if (c->now && meet_minutes(c->now) < 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--now",
                          "expected a time such as \"2026-06-01 14:20\", found \"%s\"", c->now);
    if (c->now)
        return HM_OK;
    if (localtime_r(&t, &at))
        strftime(text, sizeof text, "%Y-%m-%d %H:%M", &at);
    c->now = hm_arena_text(c->arena, text);
    return c->now ? HM_OK : no_memory(err);
}

static hm_status read_all(call *c, hm_err *err)
{
    cli_print_notes(c->args, &c->plan.notes);
    HM_TRY(meet_state_read(&c->plan, c->arena, &c->was, err));
    c->state = c->was;
    HM_TRY(meet_results_read(&c->plan, c->arena, &c->results, err));
    HM_TRY(meet_decisions_read(&c->plan, c->arena, &c->decisions, err));
    c->event = HM_PUSH(c->arena, meet_event, c->plan.n_event);
    return c->event ? HM_OK : no_memory(err);
}

static meet_event *event_of(const call *c, const char *id)
{
    for (int32_t i = 0; i < c->plan.n_event; i++)
        if (meet_same_id(c->plan.event[i].id, id))
            return &c->event[i];
    return NULL;
}

/* A file that no heat has taken: it came early, or is of none. */
static hm_status say_unused_file(call *c, const meet_result *r, hm_err *err)
{
    meet_event *e = event_of(c, r->event);
    if (e && e->held)
        return HM_OK;
    hm_status s =
        e && r->round > e->rounds.n_round
            ? hm_notes_add(&e->notes, c->arena, "%s lies ready for a later round", r->file)
            : hm_notes_add(&c->problems, c->arena, "%s: no heat %d of round %d of event '%.40s'",
                           r->file, r->heat, r->round, r->event);
    return s == HM_OK ? HM_OK : no_memory(err);
}

/* Files that could not be read and whose name tells no event; files that no heat has taken. */
static hm_status say_unused(call *c, hm_err *err)
{
    for (int32_t i = 0; i < c->results.n_broken; i++)
        if (!event_of(c, c->results.broken[i].event) &&
            hm_notes_add(&c->problems, c->arena, "%s", c->results.broken[i].why) != HM_OK)
            return no_memory(err);
    for (int32_t i = 0; i < c->results.n; i++)
        if (!c->results.result[i].used)
            HM_TRY(say_unused_file(c, &c->results.result[i], err));
    for (int32_t i = 0; i < c->decisions.n; i++) {
        const meet_decision *d = &c->decisions.decision[i];
        if (!d->used && !event_of(c, d->event) &&
            hm_notes_add(&c->problems, c->arena, "decisions.csv:%lld: no event '%.40s'",
                         (long long)d->line, d->event) != HM_OK)
            return no_memory(err);
    }
    return HM_OK;
}

/* Practice of 100 m is run by the model (race/heat.h), everybody at the start and nobody too early;
 * other sprints are drawn from the entered bests. */
static hm_status set_practice(const call *c, meet_source *s, race_event *sim, hm_err *err)
{
    const meet_event *e = s->event;
    hm_err why = {0};
    s->run = hm_heat_draw;
    if (!c->simulate || e->held || e->plan->distance_m < 100 || e->plan->distance_m > 100)
        return HM_OK;
    hm_status status = race_event_load(c->args, &e->entries, &c->plan.rules, sim, &why);
    if (status == HM_OK) {
        sim->heat.dns_frac = sim->heat.false_start_frac = 0;
        s->run = hm_heat_simulate;
        s->run_ctx = &sim->sim;
        return HM_OK;
    }
    if (hm_notes_add(&s->event->notes, c->arena, "practice is drawn from the entered bests: %s",
                     why.msg) != HM_OK)
        return no_memory(err);
    return HM_OK;
}

static hm_status run_events(call *c, hm_err *err)
{
    race_event sim;
    HM_TRY(meet_people_read(&c->plan, c->arena, &c->state, c->event, err));
    for (int32_t i = 0; i < c->plan.n_event; i++) {
        meet_source source = {.event = &c->event[i],
                              .results = &c->results,
                              .decisions = &c->decisions,
                              .simulate = c->simulate,
                              .arena = c->arena};
        HM_TRY(set_practice(c, &source, &sim, err));
        HM_TRY(meet_event_run(&source, err));
        HM_TRY(meet_event_remember(&c->event[i], &c->was, c->now, cli_flag(c->args, "official"),
                                   c->arena, err));
    }
    const char *db = cli_value(c->args, "db");
    if (db)
        HM_TRY(meet_book_records(db, &c->plan, c->arena, c->event, err));
    c->state.memory = HM_PUSH(c->arena, meet_memory, c->plan.n_event);
    if (!c->state.memory)
        return no_memory(err);
    for (c->state.n_memory = 0; c->state.n_memory < c->plan.n_event; c->state.n_memory++)
        c->state.memory[c->state.n_memory] = c->event[c->state.n_memory].memory;
    return say_unused(c, err);
}

static hm_status write_all(call *c, hm_err *err)
{
    const char *db = cli_value(c->args, "db");
    HM_TRY(meet_outputs_write(&c->plan, c->event, &c->was, &c->state, &c->out, c->arena, err));
    if (!db)
        return HM_OK;
    HM_TRY(meet_book_import(db, &c->plan, c->event, c->arena, &c->state.imported, &c->book, err));
    return meet_state_write(&c->plan, &c->state, c->arena, err);
}

static hm_status report(const call *c, hm_err *err)
{
    const char *path = book_json_path(c->args);
    if (path)
        HM_TRY(meet_put_json(path, &c->plan, c->event, &c->problems, &c->out, c->book, err));
    else
        meet_print(&c->plan, c->event, &c->problems, &c->out, c->book, c->dry_run);
    const char *first = NULL;
    int32_t n = c->problems.n;
    for (int32_t i = 0; i < c->plan.n_event; i++) {
        n += c->event[i].problems.n;
        if (!first && c->event[i].problems.n)
            first = c->event[i].problems.text[0];
    }
    if (!first && c->problems.n)
        first = c->problems.text[0];
    if (!first)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, c->plan.folder, 0, 0, NULL, "%d problem%s: %.400s", n,
                      n == 1 ? "" : "s, the first", first);
}

static hm_status work(call *c, hm_err *err)
{
    HM_TRY(read_all(c, err));
    HM_TRY(run_events(c, err));
    HM_TRY(meet_outputs_make(&c->plan, c->event, c->arena, &c->out, err));
    HM_TRY(meet_outputs_compare(&c->plan, &c->was, c->event, cli_flag(c->args, "overwrite"),
                                &c->out, err));
    if (!c->dry_run)
        HM_TRY(write_all(c, err));
    return report(c, err);
}

hm_status book_meet(const cli_args *args, hm_err *err)
{
    call c = {.args = args,
              .arena = args->arena,
              .book = "",
              .dry_run = cli_flag(args, "dry-run"),
              .simulate = cli_flag(args, "simulate")};
    hm_hold hold = {-1};
    HM_TRY(read_now(&c, err));
    HM_TRY(meet_plan_read(args->operand[1], c.arena, &c.plan, err));
    const char *lock = meet_path(&c.plan, c.arena, ".hecto-meet.lock");
    if (!lock)
        return no_memory(err);
    if (!c.dry_run)
        HM_TRY(hm_hold_take(lock, &hold, err));
    hm_status s = work(&c, err);
    hm_hold_drop(&hold);
    return s;
}
