/* cli/meet_run.h - hecto book meet: a folder of a club becomes a meet, from entries to published
 * results. docs/meet.md tells a user of it.
 *
 * Each call works everything out anew from what people and timing systems put into the folder
 * (plan, entries, results, decisions) and writes what is not there yet. So a call that was stopped
 * is made good by the next one, and a corrected file changes all that follows from it. */
#ifndef HM_CLI_MEET_RUN_H
#define HM_CLI_MEET_RUN_H

#include "cli.h"
#include "paper.h"

#include "data/entries.h"
#include "data/meet.h"
#include "data/sheet.h"
#include "race/rounds.h"

enum { MEET_EVENT_MAX = 200, MEET_ID_MAX = 16 };

/* ---- the plan: meet.json or meet.csv ---- */

typedef struct meet_plan_event {
    const char *id;      /* number in the program: letters, digits, - and _ */
    const char *name;    /* "100 m women" */
    const char *code;    /* "100m" */
    const char *entries; /* file in the folder */
    const char *start;   /* time of day, "" = not told */
    const char *slug;    /* begins the names of its files: "1-100m-women" */
    bool has_sex;
    hm_sex sex;
    double distance_m;
} meet_plan_event;

typedef struct meet_plan {
    const char *source, *folder;
    const char *name, *venue, *date;
    hm_rules rules;
    uint64_t seed;
    hm_lang lang;
    hm_doc_paper paper;
    int32_t n_event;
    meet_plan_event *event; /* (n_event) */
    hm_notes notes;
} meet_plan;

/**
 * in     path  the folder, or its plan
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with the place: what is missing, an event twice, no sprint on
 *        the straight
 */
HM_CHECKED hm_status meet_plan_read(const char *path, hm_arena *arena, meet_plan *plan,
                                    hm_err *err);

/** folder/name, in the arena. errors NULL without memory */
const char *meet_path(const meet_plan *plan, hm_arena *arena, const char *name);

/* ---- what was read: results/ ---- */

typedef struct meet_reading {
    int64_t line;
    const char *id, *name; /* "" = not told */
    int32_t lane;          /* 0 = none */
    hm_run_status status;
    bool open; /* a row without time and status: not read yet */
    const char *rule;
    int64_t time_us;
    bool hand;           /* read to 0.1 s */
    int32_t reaction_ms; /* -1 = none */
    bool protest;
    hm_sheet_start *start; /* (n_start) at each recalled start */
} meet_reading;

/** Results of one heat: a .lif file or a sheet. */
typedef struct meet_result {
    const char *file; /* "results/1-1-2.lif" */
    const char *event;
    int32_t round, heat; /* from 1 */
    bool simulated, has_wind;
    int32_t wind_cmps;
    const char *clock;
    int32_t n_start;
    uint32_t green;
    int32_t n;
    meet_reading *reading; /* (n) */
    bool used;
} meet_result;

/** A file that could not be read: half written, or spoilt. */
typedef struct meet_broken {
    const char *event; /* by its name; "" = that does not tell */
    const char *why;
} meet_broken;

typedef struct meet_results {
    int32_t n, n_broken;
    meet_result *result; /* (n) by file name */
    meet_broken *broken; /* (n_broken) */
} meet_results;

/**
 * Read all of results/. A file that cannot be read holds up its event and no other.
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status meet_results_read(const meet_plan *plan, hm_arena *arena,
                                       meet_results *results, hm_err *err);

/* ---- what people decided: decisions.csv ---- */

typedef enum meet_verdict {
    MEET_PROTEST, /* P: a protest is open */
    MEET_DNS,
    MEET_DNF,
    MEET_DQ,
    MEET_VALID,   /* OK: the time stands whatever the starts or the file say */
    MEET_REFEREE, /* qR */
    MEET_JURY     /* qJ */
} meet_verdict;

typedef struct meet_decision {
    int64_t line;
    const char *event, *round, *id; /* id "" = the whole round */
    meet_verdict verdict;
    const char *rule, *note;
    bool used;
} meet_decision;

typedef struct meet_decisions {
    const char *source;
    int32_t n;
    meet_decision *decision; /* (n) */
} meet_decisions;

/** None when there is no such file. errors HM_ERR_INPUT with file:line:column */
HM_CHECKED hm_status meet_decisions_read(const meet_plan *plan, hm_arena *arena,
                                         meet_decisions *decisions, hm_err *err);

/* ---- what is remembered from call to call: .hecto-meet.json ---- */

typedef struct meet_number {
    const char *name, *team, *id;
} meet_number;

/** A file that was written: content now, and content that was about to be written. 0 = none. */
typedef struct meet_file {
    const char *path; /* in the folder */
    uint64_t hash, next;
} meet_file;

/** Of one event: its results as lines "R1/1/17 2 11.92 Q", and when they were announced. */
typedef struct meet_memory {
    const char *event;
    const char *announced; /* "2026-06-01 14:20", "" = not */
    int32_t n_line;
    const char **line; /* (n_line) */
} meet_memory;

typedef struct meet_state {
    int32_t n_number, n_file, n_memory;
    meet_number *number;
    meet_file *file;
    meet_memory *memory;
    uint64_t imported; /* hash of what went into the book */
} meet_state;

/** Empty when there is none. errors HM_ERR_INPUT it is not one */
HM_CHECKED hm_status meet_state_read(const meet_plan *plan, hm_arena *arena, meet_state *state,
                                     hm_err *err);
/** Written only where it says something new. */
HM_CHECKED hm_status meet_state_write(const meet_plan *plan, const meet_state *state,
                                      hm_arena *arena, hm_err *err);

/* ---- an event ---- */

/** A heat that this call has run for practice: it becomes a file in results/. */
typedef struct meet_drawn {
    int32_t round, heat; /* from 0 */
} meet_drawn;

/** Beside the rounds: what they do not hold of an athlete in a heat. */
typedef struct meet_flag {
    int32_t round, heat, lane; /* from 0, from 0, number as drawn */
    int32_t ran;               /* lane in which it was run; 0 = as drawn */
    bool protest, warned;
} meet_flag;

typedef struct meet_event {
    const meet_plan *meet;
    const meet_plan_event *plan;
    hm_entries entries; /* everybody has a number in id */
    hm_rounds rounds;
    bool held;     /* cannot go on: nothing of it is written */
    bool practice; /* some of it is simulated */
    bool complete; /* every round is run */
    bool protest_open;
    bool official;
    const char *announced; /* "2026-06-01 14:20", "" = not */
    int32_t n_flag;
    size_t cap_flag;
    meet_flag *flag;
    int32_t n_drawn;
    size_t cap_drawn;
    meet_drawn *drawn;
    hm_notes waits, problems, changes, notes;
    meet_memory memory;
    int32_t n_record;
    paper_record *record; /* (n_record) */
} meet_event;

/** Where a heat's results come from: ctx of meet_heat. */
typedef struct meet_source {
    meet_event *event;
    meet_results *results;
    meet_decisions *decisions;
    bool simulate;   /* heats without results are run for practice */
    hm_heat_fn *run; /* by this */
    void *run_ctx;
    hm_arena *arena;
} meet_source;

/** A hm_heat_fn. What does not fit is a problem of the event; the heat is then not run. */
hm_status meet_heat(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err);

/**
 * Entries of all events; who brought no number gets one, and keeps it from call to call.
 * out    event  (plan->n_event) held, with the problem, where the file cannot be read
 *        state  numbers
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status meet_people_read(const meet_plan *plan, hm_arena *arena, meet_state *state,
                                      meet_event event[], hm_err *err);

/** Run an event as far as its results go. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status meet_event_run(meet_source *source, hm_err *err);

/**
 * What changed against the last call, and whether the time for protests is over.
 * in     now       "2026-06-01 14:20"
 *        official  declared so
 */
HM_CHECKED hm_status meet_event_remember(meet_event *event, const meet_state *state,
                                         const char *now, bool official, hm_arena *arena,
                                         hm_err *err);

/** Minutes of "2026-06-01 14:20" from some zero; -1 = it is no such text. */
int64_t meet_minutes(const char *when);

/** The view of an event for paper. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status meet_event_paper(const meet_event *event, hm_arena *arena, paper_event *paper,
                                      hm_err *err);

/** Its heats in the contract of meets: start lists, or with results where they were run. errors
 *  HM_ERR_SYSTEM */
HM_CHECKED hm_status meet_event_heats(const meet_event *event, bool results, hm_arena *arena,
                                      int32_t *n, hm_heat **heat, hm_err *err);

/** Is it the id of one event? "001" and "1" are. */
bool meet_same_id(const char *a, const char *b);

/** "results/1-2-1.lif". */
const char *meet_result_name(hm_arena *arena, const char *event, int32_t round, int32_t heat);

/* ---- files ---- */

typedef enum meet_action {
    MEET_SAME,
    MEET_NEW,
    MEET_CHANGED,
    MEET_KEPT,   /* edited by hand: left as it is */
    MEET_REMOVED /* ours, and no longer true */
} meet_action;

typedef struct meet_output {
    const char *path; /* in the folder */
    const char *bytes;
    size_t n;
    meet_action action;
} meet_output;

typedef struct meet_outputs {
    hm_arena *arena;
    int32_t n;
    size_t cap;
    meet_output *output;
} meet_outputs;

/** What all events together give: lynx/, start/, publish/ and, for practice, results/. */
HM_CHECKED hm_status meet_outputs_make(const meet_plan *plan, const meet_event event[],
                                       hm_arena *arena, meet_outputs *out, hm_err *err);

/** What will become of each; files of events that are held are left alone. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status meet_outputs_compare(const meet_plan *plan, const meet_state *state,
                                          const meet_event event[], bool overwrite,
                                          meet_outputs *out, hm_err *err);

/**
 * Write them, so that the next call can tell its own files from edited ones whenever this one is
 * stopped.
 * in     was    what the last call remembered
 * out    state  with the files that are there now
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status meet_outputs_write(const meet_plan *plan, const meet_event event[],
                                        const meet_state *was, meet_state *state, meet_outputs *out,
                                        hm_arena *arena, hm_err *err);

/* ---- the book ---- */

/**
 * Which marks are the best that the book has: its list before this meet, legal winds only.
 * out    event  record; nothing where the book does not exist yet
 */
HM_CHECKED hm_status meet_book_records(const char *db, const meet_plan *plan, hm_arena *arena,
                                       meet_event event[], hm_err *err);

/**
 * Take the events into the book whose result is official or which are practice (under a name of
 * its own).
 * in     imported  hash of what went in at an earlier call
 * out    imported, *report (n = 0 events: nothing was to be done)
 */
HM_CHECKED hm_status meet_book_import(const char *db, const meet_plan *plan,
                                      const meet_event event[], hm_arena *arena, uint64_t *imported,
                                      const char **report, hm_err *err);

/* ---- what the user reads ---- */

void meet_print(const meet_plan *plan, const meet_event event[], const hm_notes *problems,
                const meet_outputs *out, const char *book, bool dry_run);
HM_CHECKED hm_status meet_put_json(const char *path, const meet_plan *plan,
                                   const meet_event event[], const hm_notes *problems,
                                   const meet_outputs *out, const char *book, hm_err *err);

#endif
