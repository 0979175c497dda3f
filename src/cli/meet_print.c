/* meet_print.c - what a call did and what it waits for. */
#include "meet_run.h"

#include <string.h>

#include "io/json.h"

static const char *const action_word[] = {[MEET_SAME] = "same",
                                          [MEET_NEW] = "new",
                                          [MEET_CHANGED] = "changed",
                                          [MEET_KEPT] = "kept, edited by hand",
                                          [MEET_REMOVED] = "removed"};

static const char *state_of(const meet_event *e)
{
    return e->held                 ? "held up"
           : e->memory.n_line == 0 ? "start list"
           : e->practice           ? "practice"
           : e->official           ? "official"
                                   : "unofficial";
}

static void print_rounds(const meet_event *e)
{
    for (int32_t i = 0; i < e->rounds.n_round; i++) {
        const hm_rounds_round *r = &e->rounds.round[i];
        int32_t n = 0;
        for (int32_t h = 0; h < r->plan.n_heat; h++)
            n += r->heat[h].run;
        printf("%s %s: %d of %d run", i ? "," : ":", r->name, n, r->plan.n_heat);
    }
}

static void print_notes(const char *what, const hm_notes *notes)
{
    enum { SHOWN = 12 };
    for (int32_t i = 0; i < notes->n && i < SHOWN; i++)
        printf("   %s%s\n", what, notes->text[i]);
    if (notes->n > SHOWN)
        printf("   ... and %d more\n", notes->n - SHOWN);
}

static void print_event(const meet_event *e)
{
    printf("%s %s (%s)", e->plan->id, e->plan->name, state_of(e));
    print_rounds(e);
    puts("");
    print_notes("changed: ", &e->changes);
    print_notes("note: ", &e->notes);
    print_notes("problem: ", &e->problems);
    print_notes("waits for ", &e->waits);
}

void meet_print(const meet_plan *plan, const meet_event event[], const hm_notes *problems,
                const meet_outputs *out, const char *book, bool dry_run)
{
    int32_t same = 0;
    printf("%s%s%s%s%s\n", plan->name, plan->venue[0] ? ", " : "", plan->venue,
           plan->date[0] ? ", " : "", plan->date);
    for (int32_t i = 0; i < plan->n_event; i++)
        print_event(&event[i]);
    print_notes("problem: ", problems);
    for (int32_t i = 0; i < out->n; i++) {
        same += out->output[i].action == MEET_SAME;
        if (out->output[i].action != MEET_SAME)
            printf("%s%s: %s\n", dry_run ? "would be " : "", action_word[out->output[i].action],
                   out->output[i].path);
    }
    if (same)
        printf("%d files as they were\n", same);
    if (book[0])
        printf("book: %s\n", book);
}

/* ---- JSON ---- */

static void put_event(hm_json_out *o, const meet_event *e)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "id", e->plan->id);
    hm_json_put_text(o, "name", e->plan->name);
    hm_json_put_text(o, "state", state_of(e));
    hm_json_put_bool(o, "complete", e->complete);
    hm_json_put_text(o, "announced", e->announced);
    hm_json_put_notes(o, "changes", &e->changes);
    hm_json_put_notes(o, "notes", &e->notes);
    hm_json_put_notes(o, "problems", &e->problems);
    hm_json_put_notes(o, "waits", &e->waits);
    hm_json_put_array(o, "results", HM_JSON_BLOCK);
    for (int32_t i = 0; i < e->memory.n_line; i++)
        hm_json_put_text(o, NULL, e->memory.line[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static hm_status put_all(hm_sink sink, const meet_plan *plan, const meet_event event[],
                         const hm_notes *problems, const meet_outputs *out, const char *book,
                         hm_err *err)
{
    hm_json_out json = hm_json_out_make(sink, err), *o = &json;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", "hectometre-meet-call");
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "meet", plan->name);
    hm_json_put_array(o, "events", HM_JSON_BLOCK);
    for (int32_t i = 0; i < plan->n_event; i++)
        put_event(o, &event[i]);
    hm_json_put_end(o);
    hm_json_put_notes(o, "problems", problems);
    hm_json_put_array(o, "files", HM_JSON_BLOCK);
    for (int32_t i = 0; i < out->n; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "path", out->output[i].path);
        hm_json_put_text(o, "action",
                         out->output[i].action == MEET_KEPT ? "kept"
                                                            : action_word[out->output[i].action]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_text(o, "book", book);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status meet_put_json(const char *path, const meet_plan *plan, const meet_event event[],
                        const hm_notes *problems, const meet_outputs *out, const char *book,
                        hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status s = put_all(hm_sink_file(&f), plan, event, problems, out, book, err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}
