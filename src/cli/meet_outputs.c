/* meet_outputs.c - the files that a meet gives: what they hold, and what becomes of those that are
 * there already. */
#include "meet_run.h"

#include <string.h>

#include "base/hash.h"
#include "io/folder.h"
#include "measure/lynx.h"

enum { OUTPUT_BYTES = 256 * 1024 * 1024 };

typedef struct maker {
    const meet_plan *plan;
    const meet_event *event; /* (plan->n_event) */
    hm_arena *arena;
    meet_outputs *out;
    hm_err *err;
} maker;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the files");
}

static hm_status add(meet_outputs *out, const meet_output *output, hm_err *err)
{
    meet_output *grown = HM_GROW(out->arena, out->output, out->n, &out->cap);
    if (!grown)
        return no_memory(err);
    out->output = grown;
    if (!output->path)
        return no_memory(err);
    out->output[out->n++] = *output;
    return HM_OK;
}

/* ---- paper ---- */

static hm_status add_doc(const maker *m, const hm_doc *doc, const char *base, hm_doc_format format)
{
    meet_output o = {.path = hm_arena_printf(m->arena, "%s.%s", base, hm_doc_format_word[format])};
    char *bytes;
    HM_TRY(hm_doc_write(doc, format, m->arena, &bytes, &o.n, m->err));
    o.bytes = bytes;
    return add(m->out, &o, m->err);
}

static hm_status add_all_formats(const maker *m, const hm_doc *doc, const char *base)
{
    if (!base)
        return no_memory(m->err);
    for (int f = 0; f < HM_DOC_FORMAT_COUNT; f++)
        HM_TRY(add_doc(m, doc, base, (hm_doc_format)f));
    return HM_OK;
}

static paper_opts opts_of(const maker *m, const meet_event *e)
{
    return (paper_opts){.lang = m->plan->lang,
                        .paper = m->plan->paper,
                        .official = e->official,
                        .announced = e->announced[0] ? e->announced + 11 : ""};
}

static const char *start_base(const maker *m, const meet_event *e, int32_t i_round)
{
    return hm_arena_printf(m->arena, "start/%s-%s", e->plan->slug,
                           e->rounds.round[i_round].plan.code);
}

static hm_status put_event(const maker *m, const meet_event *e)
{
    paper_event paper;
    paper_opts opts = opts_of(m, e);
    HM_TRY(meet_event_paper(e, m->arena, &paper, m->err));
    for (int32_t i = 0; i < paper.n_round; i++) {
        hm_doc doc = paper_doc_make(&paper, &opts, m->arena);
        doc.stamp = "";
        paper_put_lists_of(&doc, &paper, &opts, i);
        HM_TRY(add_all_formats(m, &doc, start_base(m, e, i)));
    }
    hm_doc doc = paper_doc_make(&paper, &opts, m->arena);
    paper_put_event(&doc, &paper, &opts, false);
    return add_all_formats(m, &doc, hm_arena_printf(m->arena, "publish/%s", e->plan->slug));
}

/* ---- the page of the meet ---- */

static void put_links(const maker *m, hm_doc *doc, const meet_event *e)
{
    hm_lang lang = m->plan->lang;
    static const hm_doc_format format[] = {HM_DOC_HTML, HM_DOC_PDF, HM_DOC_TEXT};
    static const char *const word[] = {"HTML", "PDF", "text"};
    for (int f = 0; f < 3; f++)
        hm_doc_link(doc, hm_doc_keep(doc, "%s (%s)", paper_word(lang, PAPER_RESULT), word[f]),
                    hm_doc_keep(doc, "%s.%s", e->plan->slug, hm_doc_format_word[format[f]]));
    for (int32_t i = e->rounds.n_round - 1; i >= 0; i--)
        hm_doc_link(doc,
                    hm_doc_keep(doc, "%s %s (PDF)", paper_word(lang, PAPER_START_LIST_ONE),
                                e->rounds.round[i].plan.code),
                    hm_doc_keep(doc, "../%s.pdf", start_base(m, e, i)));
}

static const char *state_words(const meet_event *e, hm_lang lang)
{
    if (e->practice)
        return paper_word(lang, PAPER_PRACTICE);
    if (e->complete)
        return paper_word(lang, e->official ? PAPER_OFFICIAL : PAPER_UNOFFICIAL);
    return paper_word(lang, PAPER_STATE_NONE);
}

static hm_status put_index(const maker *m)
{
    hm_doc doc = hm_doc_make(m->arena);
    hm_lang lang = m->plan->lang;
    const char *date = paper_date(&doc, lang, m->plan->date);
    doc.lang = hm_lang_word[lang];
    doc.paper = m->plan->paper;
    doc.title = m->plan->name;
    doc.line = hm_doc_keep(&doc, "%s%s%s", m->plan->venue,
                           m->plan->venue[0] && date[0] ? " · " : "", date);
    for (int32_t i = 0; i < m->plan->n_event; i++) {
        const meet_event *e = &m->event[i];
        hm_doc_section(&doc, e->plan->name, state_words(e, lang), false);
        if (e->plan->start[0])
            hm_doc_note(&doc, paper_say(&doc, lang, PAPER_START_AT, e->plan->start, NULL, NULL));
        put_links(m, &doc, e);
    }
    return add_doc(m, &doc, "publish/index", HM_DOC_HTML);
}

/* ---- for the timing system ---- */

/* All start lists so far, as one meet. */
static hm_status start_lists(const maker *m, hm_meet *meet)
{
    int32_t n = 0, n_person = 0;
    for (int32_t i = 0; i < m->plan->n_event; i++) {
        n_person += m->event[i].entries.n;
        for (int32_t r = 0; r < m->event[i].rounds.n_round; r++)
            n += m->event[i].rounds.round[r].plan.n_heat;
    }
    *meet = hm_meet_default();
    meet->source = "lynx";
    meet->heat = HM_PUSH(m->arena, hm_heat, n + 1);
    meet->person = HM_PUSH(m->arena, hm_person, n_person + 1);
    if (!meet->heat || !meet->person)
        return no_memory(m->err);
    for (int32_t i = 0; i < m->plan->n_event; i++) {
        hm_heat *heat;
        int32_t count;
        HM_TRY(meet_event_heats(&m->event[i], false, m->arena, &count, &heat, m->err));
        for (int32_t h = 0; h < count; h++)
            meet->heat[meet->n_heat++] = heat[h];
    }
    return HM_OK;
}

/* Everybody in a start list, once. */
static void take_people(hm_meet *meet)
{
    for (int32_t h = 0; h < meet->n_heat; h++)
        for (int32_t k = 0; k < meet->heat[h].n_mark; k++) {
            const hm_person *who = &meet->heat[h].mark[k].who;
            bool known = meet->heat[h].round > 1; /* was in the first round */
            for (int32_t i = 0; i < meet->n_person && !known; i++)
                known = strcmp(meet->person[i].id, who->id) == 0;
            if (!known)
                meet->person[meet->n_person++] = *who;
        }
}

static hm_status put_lynx(const maker *m)
{
    hm_meet meet;
    hm_memory evt = {.arena = m->arena}, ppl = {.arena = m->arena}, sch = {.arena = m->arena};
    HM_TRY(start_lists(m, &meet));
    take_people(&meet);
    HM_TRY(hm_lynx_write_evt(hm_sink_memory(&evt), &meet, m->err));
    HM_TRY(hm_lynx_write_ppl(hm_sink_memory(&ppl), &meet, m->err));
    HM_TRY(hm_lynx_write_sch(hm_sink_memory(&sch), &meet, m->err));
    const meet_output file[] = {{.path = "lynx/lynx.evt", .bytes = evt.bytes, .n = evt.n},
                                {.path = "lynx/lynx.ppl", .bytes = ppl.bytes, .n = ppl.n},
                                {.path = "lynx/lynx.sch", .bytes = sch.bytes, .n = sch.n}};
    for (int i = 0; i < 3; i++)
        HM_TRY(add(m->out, &file[i], m->err));
    return HM_OK;
}

/* ---- practice ---- */

static hm_status put_drawn(const maker *m, const meet_event *e)
{
    static const char mark[] = "; simulated by hecto for practice, not a result\r\n";
    hm_heat *heat;
    int32_t n;
    if (!e->n_drawn)
        return HM_OK;
    HM_TRY(meet_event_heats(e, true, m->arena, &n, &heat, m->err));
    for (int32_t i = 0; i < e->n_drawn; i++)
        for (int32_t h = 0; h < n; h++) {
            if (heat[h].round != e->drawn[i].round + 1 || heat[h].heat != e->drawn[i].heat + 1)
                continue;
            hm_memory lif = {.arena = m->arena};
            hm_sink sink = hm_sink_memory(&lif);
            hm_meet meet = hm_meet_default();
            meet.heat = &heat[h];
            meet.n_heat = 1;
            HM_TRY(sink.put(sink.ctx, mark, sizeof mark - 1, m->err));
            for (int32_t k = 0; k < heat[h].n_mark; k++) /* who advances is worked out, not read */
                heat[h].mark[k].qualified = "";
            HM_TRY(hm_lynx_write_lif(sink, &meet, 0, m->err));
            meet_output o = {
                .path = meet_result_name(m->arena, e->plan->id, heat[h].round, heat[h].heat),
                .bytes = lif.bytes,
                .n = lif.n};
            HM_TRY(add(m->out, &o, m->err));
        }
    return HM_OK;
}

hm_status meet_outputs_make(const meet_plan *plan, const meet_event event[], hm_arena *arena,
                            meet_outputs *out, hm_err *err)
{
    maker m = {plan, event, arena, out, err};
    bool held = false;
    *out = (meet_outputs){.arena = arena};
    for (int32_t i = 0; i < plan->n_event; i++) {
        held |= event[i].held;
        if (event[i].held)
            continue;
        HM_TRY(put_drawn(&m, &event[i])); /* first: all else follows from results */
        HM_TRY(put_event(&m, &event[i]));
    }
    if (held) /* what is of all events stays as it was */
        return HM_OK;
    HM_TRY(put_lynx(&m));
    return put_index(&m);
}

/* ---- what is there ---- */

static bool is_result(const char *path)
{
    return strncmp(path, "results/", 8) == 0;
}

/* *there = false: no such file. */
static hm_status hash_of(const meet_plan *plan, const char *name, hm_arena *arena, bool *there,
                         uint64_t *hash, hm_err *err)
{
    char *bytes;
    size_t n;
    hm_arena_mark mark = hm_arena_mark_get(arena);
    const char *path = meet_path(plan, arena, name);
    if (!path)
        return no_memory(err);
    *there = hm_folder_has(path);
    if (*there) {
        HM_TRY(hm_file_read(path, OUTPUT_BYTES, arena, &bytes, &n, err));
        *hash = hm_hash(HM_HASH_START, bytes, n);
    }
    hm_arena_release(arena, mark);
    return HM_OK;
}

static const meet_file *known_file(const meet_state *state, const char *path)
{
    for (int32_t i = 0; i < state->n_file; i++)
        if (strcmp(state->file[i].path, path) == 0)
            return &state->file[i];
    return NULL;
}

static bool is_ours(const meet_file *f, uint64_t hash)
{
    return f && (f->hash == hash || (f->next && f->next == hash));
}

/* Files of an event that is held, and those of all events while one is, are left alone. */
static bool is_held(const meet_plan *plan, const meet_event event[], const char *path)
{
    bool any = false;
    for (int32_t i = 0; i < plan->n_event; i++) {
        const char *slug = event[i].plan->slug, *name = strchr(path, '/');
        size_t n = strlen(slug);
        any |= event[i].held;
        if (event[i].held && name && strncmp(name + 1, slug, n) == 0 &&
            (name[1 + n] == '.' || name[1 + n] == '-'))
            return true;
    }
    return any && (strncmp(path, "lynx/", 5) == 0 || strcmp(path, "publish/index.html") == 0);
}

static bool is_wanted(const meet_outputs *out, const char *path)
{
    for (int32_t i = 0; i < out->n; i++)
        if (strcmp(out->output[i].path, path) == 0)
            return true;
    return false;
}

hm_status meet_outputs_compare(const meet_plan *plan, const meet_state *state,
                               const meet_event event[], bool overwrite, meet_outputs *out,
                               hm_err *err)
{
    bool there;
    uint64_t hash = 0;
    for (int32_t i = 0; i < out->n; i++) {
        meet_output *o = &out->output[i];
        HM_TRY(hash_of(plan, o->path, out->arena, &there, &hash, err));
        o->action = !there                                                   ? MEET_NEW
                    : hash == hm_hash(HM_HASH_START, o->bytes, o->n)         ? MEET_SAME
                    : overwrite || is_ours(known_file(state, o->path), hash) ? MEET_CHANGED
                                                                             : MEET_KEPT;
    }
    for (int32_t i = 0; i < state->n_file; i++) {
        const char *path = state->file[i].path;
        if (is_wanted(out, path) || is_held(plan, event, path))
            continue;
        HM_TRY(hash_of(plan, path, out->arena, &there, &hash, err));
        if (there)
            HM_TRY(add(
                out,
                &(meet_output){.path = path,
                               .action = is_ours(&state->file[i], hash) ? MEET_REMOVED : MEET_KEPT},
                err));
    }
    return HM_OK;
}

/* ---- writing ---- */

/* The record of files: first with what will be written, then with what was. */
static hm_status record(const meet_plan *plan, const meet_event event[], meet_state *state,
                        const meet_outputs *out, bool done, hm_err *err)
{
    meet_file *file = HM_PUSH(out->arena, meet_file, state->n_file + out->n + 1);
    int32_t n = 0;
    if (!file)
        return no_memory(err);
    for (int32_t i = 0; i < state->n_file; i++) /* of events that are held */
        if (!is_wanted(out, state->file[i].path) && is_held(plan, event, state->file[i].path))
            file[n++] = state->file[i];
    for (int32_t i = 0; i < out->n; i++) {
        const meet_output *o = &out->output[i];
        const meet_file *old = known_file(state, o->path);
        if (is_result(o->path) || (o->action == MEET_REMOVED && done) ||
            (o->action == MEET_KEPT && !old))
            continue;
        meet_file f = old ? *old : (meet_file){.path = o->path};
        uint64_t hash = o->bytes ? hm_hash(HM_HASH_START, o->bytes, o->n) : 0;
        if (o->action == MEET_SAME || (done && o->action != MEET_KEPT))
            f = (meet_file){o->path, hash, 0};
        else if (o->action == MEET_NEW || o->action == MEET_CHANGED)
            f.next = hash;
        file[n++] = f;
    }
    state->file = file;
    state->n_file = n;
    return meet_state_write(plan, state, out->arena, err);
}

static hm_status write_one(const meet_plan *plan, const meet_output *o, hm_arena *arena,
                           hm_err *err)
{
    const char *path = meet_path(plan, arena, o->path);
    const char *folder =
        hm_arena_printf(arena, "%s/%.*s", plan->folder, (int)strcspn(o->path, "/"), o->path);
    if (!path || !folder)
        return no_memory(err);
    if (o->action == MEET_REMOVED)
        return hm_folder_remove(path, err);
    HM_TRY(hm_folder_make(folder, err));
    return hm_file_write(path, o->bytes, o->n, err);
}

hm_status meet_outputs_write(const meet_plan *plan, const meet_event event[], const meet_state *was,
                             meet_state *state, meet_outputs *out, hm_arena *arena, hm_err *err)
{
    meet_state before = *state; /* numbers are given from now on; results were not told yet */
    before.memory = was->memory;
    before.n_memory = was->n_memory;
    HM_TRY(record(plan, event, &before, out, false, err));
    for (int32_t i = 0; i < out->n; i++)
        if (out->output[i].action != MEET_SAME && out->output[i].action != MEET_KEPT)
            HM_TRY(write_one(plan, &out->output[i], arena, err));
    return record(plan, event, state, out, true, err);
}
