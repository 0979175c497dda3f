/* meet_book.c - a meet and the results book: records before it, its results into it. */
#include "meet_run.h"

#include <string.h>

#include "base/hash.h"
#include "book/book.h"
#include "io/folder.h"
#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the book");
}

/* ---- records ---- */

/* The best of the book that was not run at this meet; NULL = none. */
static hm_status old_best(hm_book *book, const meet_plan *plan, const meet_plan_event *e,
                          hm_arena *arena, const hm_book_row **best, hm_err *err)
{
    const hm_book_filter filter = {.code = e->code,
                                   .has_sex = e->has_sex,
                                   .sex = e->sex,
                                   .legal = true,
                                   .every = true,
                                   .n_max = 1000};
    hm_book_rows rows;
    *best = NULL;
    HM_TRY(hm_book_list(book, &filter, arena, &rows, err));
    for (int32_t i = 0; i < rows.n && !*best; i++)
        if (strcmp(rows.row[i].meet, plan->name) != 0 || strcmp(rows.row[i].date, plan->date) != 0)
            *best = &rows.row[i];
    return HM_OK;
}

static bool is_legal(const hm_rounds_heat *heat)
{
    return heat->has_wind && heat->wind_cmps <= HM_BOOK_LEGAL_CMPS;
}

/* Fastest legal time of the event; 0 = none. */
static int32_t new_best_cs(const meet_event *e)
{
    int32_t best_cs = 0;
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        for (int32_t h = 0; h < e->rounds.round[i].plan.n_heat; h++) {
            const hm_rounds_heat *heat = &e->rounds.round[i].heat[h];
            for (int32_t k = 0; k < heat->n_lane && heat->run && is_legal(heat) && !heat->hand; k++)
                if (heat->lane[k].official_cs && (!best_cs || heat->lane[k].official_cs < best_cs))
                    best_cs = heat->lane[k].official_cs;
        }
    return best_cs;
}

static hm_status take_records(const meet_plan *plan, meet_event *e, const hm_book_row *old,
                              hm_arena *arena, hm_err *err)
{
    char text[HM_OFFICIAL_TEXT];
    int32_t best_cs = new_best_cs(e);
    if (!best_cs || best_cs > old->official_cs)
        return HM_OK;
    e->record = HM_PUSH(arena, paper_record, e->entries.n + 1);
    const char *was = hm_arena_printf(
        arena, "%s, %s, %s", hm_time_text(old->official_cs, old->hand, text), old->name, old->date);
    if (!e->record || !was)
        return no_memory(err);
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        for (int32_t h = 0; h < e->rounds.round[i].plan.n_heat; h++) {
            const hm_rounds_heat *heat = &e->rounds.round[i].heat[h];
            for (int32_t k = 0; k < heat->n_lane && heat->run && is_legal(heat); k++)
                if (heat->lane[k].official_cs == best_cs && e->n_record < e->entries.n)
                    e->record[e->n_record++] =
                        (paper_record){.what = paper_word(plan->lang, PAPER_RECORD_BOOK),
                                       .name = e->entries.entry[heat->lane[k].entry].name,
                                       .old = was,
                                       .official_cs = best_cs,
                                       .equal = best_cs == old->official_cs};
        }
    return HM_OK;
}

hm_status meet_book_records(const char *db, const meet_plan *plan, hm_arena *arena,
                            meet_event event[], hm_err *err)
{
    hm_book *book;
    hm_status s = HM_OK;
    if (!hm_folder_has(db))
        return HM_OK;
    HM_TRY(hm_book_open(db, HM_BOOK_READ, arena, &book, err));
    for (int32_t i = 0; i < plan->n_event && s == HM_OK; i++) {
        const hm_book_row *old;
        if (event[i].held || event[i].practice)
            continue;
        s = old_best(book, plan, event[i].plan, arena, &old, err);
        if (s == HM_OK && old)
            s = take_records(plan, &event[i], old, arena, err);
    }
    hm_book_close(book);
    return s;
}

/* ---- import ---- */

static bool is_ready(const meet_event *e)
{
    return !e->held && e->complete && (e->practice || e->official);
}

/* Events that are done, real ones or practice, as one meet. */
static hm_status gather(const meet_plan *plan, const meet_event event[], bool practice,
                        hm_arena *arena, hm_meet *meet, hm_err *err)
{
    int32_t n = 0;
    *meet = hm_meet_default();
    meet->source = plan->source;
    meet->name = practice ? hm_arena_printf(arena, "%s (practice)", plan->name) : plan->name;
    meet->venue = plan->venue;
    meet->date = plan->date;
    for (int32_t i = 0; i < plan->n_event; i++)
        for (int32_t r = 0; r < event[i].rounds.n_round; r++)
            n += event[i].rounds.round[r].plan.n_heat;
    meet->heat = HM_PUSH(arena, hm_heat, n + 1);
    if (!meet->heat || !meet->name)
        return no_memory(err);
    for (int32_t i = 0; i < plan->n_event; i++) {
        hm_heat *heat;
        int32_t count;
        if (!is_ready(&event[i]) || event[i].practice != practice)
            continue;
        HM_TRY(meet_event_heats(&event[i], true, arena, &count, &heat, err));
        for (int32_t h = 0; h < count; h++)
            meet->heat[meet->n_heat++] = heat[h];
    }
    return HM_OK;
}

static uint64_t hash_of(const meet_event event[], int32_t n)
{
    uint64_t h = HM_HASH_START;
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = 0; k < event[i].memory.n_line && is_ready(&event[i]); k++) {
            const char *line = event[i].memory.line[k];
            h = hm_hash(h, event[i].plan->id, strlen(event[i].plan->id) + 1);
            h = hm_hash(h, line, strlen(line) + 1);
        }
    return h;
}

static hm_status import_one(hm_book *book, const hm_meet *meet, hm_arena *arena,
                            const char **report, hm_err *err)
{
    hm_book_report r;
    HM_TRY(hm_book_import(book, meet, arena, &r, err));
    *report =
        hm_arena_printf(arena,
                        "%s%s%lld marks added, %lld already there, %lld in conflict; %lld new "
                        "people",
                        *report, **report ? "; " : "", (long long)r.added, (long long)r.already,
                        (long long)r.conflicts, (long long)r.people);
    return *report ? HM_OK : no_memory(err);
}

hm_status meet_book_import(const char *db, const meet_plan *plan, const meet_event event[],
                           hm_arena *arena, uint64_t *imported, const char **report, hm_err *err)
{
    uint64_t hash = hash_of(event, plan->n_event);
    hm_book *book;
    hm_status s = HM_OK;
    *report = "";
    if (hash == HM_HASH_START || (hash == *imported && hm_folder_has(db)))
        return HM_OK;
    HM_TRY(hm_book_open(db, HM_BOOK_WRITE, arena, &book, err));
    for (int practice = 0; practice < 2 && s == HM_OK; practice++) {
        hm_meet meet;
        s = gather(plan, event, practice != 0, arena, &meet, err);
        if (s == HM_OK && meet.n_heat)
            s = import_one(book, &meet, arena, report, err);
    }
    hm_book_close(book);
    if (s == HM_OK)
        *imported = hash;
    return s;
}
