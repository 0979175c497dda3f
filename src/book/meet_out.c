/* Meets out of the book: as it believes them, or import by import. */
#include "book_priv.h"

#include <math.h>
#include <string.h>

#include "book/meets.h"

/* Heats of a meet: ?1 meet, ?2 import (0 = all). */
#define HEATS                                                                                      \
    "SELECT h.id, h.event, h.code, h.name, h.sex, h.round, h.round_name, h.heat, h.distance_m,"    \
    " h.start_clock FROM heat h WHERE h.meet_id = ?1 AND (?2 = 0 OR h.import_id = ?2 OR EXISTS"    \
    " (SELECT 1 FROM mark m WHERE m.heat_id = h.id AND m.import_id = ?2) OR EXISTS"                \
    " (SELECT 1 FROM seen s JOIN mark m ON m.id = s.mark_id WHERE s.import_id = ?2"                \
    " AND m.heat_id = h.id)) ORDER BY h.id"
/* What a file told of a person, else all that is known: births and licences tell namesakes apart.
 */
#define TOLD(what)                                                                                 \
    "coalesce((SELECT t." what " FROM told t WHERE t.person_id = p.id AND t.import_id = ?2"        \
    " ORDER BY t." what " DESC LIMIT 1), p." what ")"
#define MARKS                                                                                      \
    "SELECT m.id, m.person_id, m.status, m.rule, m.sex, m.team, m.lane, m.place, m.official_cs,"   \
    " m.time_us, m.time_digits, m.timing, m.wind_cmps, m.reaction_us, m.qualified, m.note,"        \
    " coalesce(s.line, m.line), p.name, p.sex, " TOLD("born") ", " TOLD(                           \
        "license") " FROM mark m"                                                                  \
                   " JOIN person p ON p.id = m.person_id LEFT JOIN seen s ON s.mark_id = m.id"     \
                   " AND s.import_id = ?2 WHERE m.heat_id = ?1"
/* Of one import: ?2. All stand as they came, but for the losers of settled contests. */
#define MARKS_CAME                                                                                 \
    MARKS " AND (m.import_id = ?2 OR s.mark_id IS NOT NULL)"                                       \
          " AND (m.settled = 0 OR m.rival_of IS NULL) ORDER BY m.id"
/* What is believed: no rivals, no entry of somebody who has a result. */
#define MARKS_BELIEVED                                                                             \
    MARKS " AND m.rival_of IS NULL AND (m.status <> 'entered' OR NOT EXISTS"                       \
          " (SELECT 1 FROM mark r WHERE r.heat_id = m.heat_id AND r.person_id = m.person_id"       \
          " AND r.status <> 'entered')) ORDER BY m.place = 0, m.place, m.id"
#define SPLITS "SELECT distance_m, time_us FROM split WHERE mark_id = ?1 ORDER BY n"
/* People of whom an import tells, but no mark. */
#define PEOPLE                                                                                     \
    "SELECT p.id, p.name, t.sex, t.born, t.license FROM told t JOIN person p ON p.id = "           \
    "t.person_id"                                                                                  \
    " WHERE t.import_id = ?1 AND p.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM mark m"       \
    " LEFT JOIN seen s ON s.mark_id = m.id AND s.import_id = ?1 WHERE m.person_id = p.id"          \
    " AND (m.import_id = ?1 OR s.mark_id IS NOT NULL)) ORDER BY p.id, t.sex, t.born, t.license"

typedef struct reading {
    hm_book *book;
    hm_arena *arena;
    hm_err *err;
    int64_t import; /* 0 = what is believed */
    sqlite3_stmt *heats, *marks, *splits, *people;
} reading;

/* Text of a column; a book of older days may hold what a meet does not take. */
static hm_status text(const reading *r, sqlite3_stmt *st, int col, const char **out)
{
    const char *raw;
    HM_TRY(book_text(st, col, r->arena, &raw, r->err));
    *out = hm_meet_text(r->arena, raw);
    return *out ? HM_OK : book_no_memory(r->err);
}

static bool is_null(sqlite3_stmt *st, int col)
{
    return sqlite3_column_type(st, col) == SQLITE_NULL;
}

/* A growing array: room for one more. */
static hm_status grow(const reading *r, void **array, int32_t n, int32_t *cap, size_t size)
{
    if (n < *cap)
        return HM_OK;
    int32_t more = *cap ? 2 * *cap : 8;
    void *grown = hm_arena_push(r->arena, (size_t)more, size);
    if (!grown)
        return book_no_memory(r->err);
    if (n)
        memcpy(grown, *array, (size_t)n * size);
    *array = grown;
    *cap = more;
    return HM_OK;
}

static bool sex_of(sqlite3_stmt *st, int col, hm_sex *sex)
{
    const unsigned char *word = sqlite3_column_text(st, col);
    bool women = word && word[0] == 'w';
    *sex = women ? HM_SEX_WOMEN : HM_SEX_MEN;
    return word && word[0] != '\0';
}

/* ---- marks ---- */

static hm_status read_splits(const reading *r, int64_t mark, hm_mark *m)
{
    int32_t cap = 0;
    bool row;
    HM_TRY(book_bind(r->book, r->splits, r->err, "i", mark));
    for (;;) {
        HM_TRY(book_step(r->book, r->splits, &row, r->err));
        if (!row)
            return HM_OK;
        HM_TRY(grow(r, (void **)&m->split, m->n_split, &cap, sizeof *m->split));
        m->split[m->n_split++] = (hm_meet_split){
            .distance_m = is_null(r->splits, 0) ? (double)NAN : sqlite3_column_double(r->splits, 0),
            .time_us = sqlite3_column_int64(r->splits, 1)};
    }
}

static hm_mark_status status_of(sqlite3_stmt *st, int col)
{
    static const char *const word[] = {[HM_MARK_ENTERED] = "entered",
                                       [HM_MARK_FINISHED] = "ok",
                                       [HM_MARK_DNS] = "dns",
                                       [HM_MARK_DNF] = "dnf",
                                       [HM_MARK_DQ] = "dq"};
    const unsigned char *found = sqlite3_column_text(st, col);
    for (size_t i = 0; found && i < sizeof word / sizeof word[0]; i++)
        if (strcmp((const char *)found, word[i]) == 0)
            return (hm_mark_status)i;
    return HM_MARK_UNKNOWN;
}

/* Columns of MARKS from p.name on, and the person's own number as id. */
static hm_status read_who(const reading *r, const hm_heat *h, hm_mark *m)
{
    sqlite3_stmt *st = r->marks;
    m->who.id = hm_arena_printf(r->arena, "%lld", (long long)sqlite3_column_int64(st, 1));
    if (!m->who.id)
        return book_no_memory(r->err);
    HM_TRY(text(r, st, 17, &m->who.last_name));
    HM_TRY(text(r, st, 5, &m->who.team));
    HM_TRY(text(r, st, 19, &m->who.born));
    HM_TRY(text(r, st, 20, &m->who.license));
    m->who.has_sex = sex_of(st, 4, &m->who.sex);
    if (!m->who.has_sex && !r->import && !h->has_sex)
        m->who.has_sex = sex_of(st, 18, &m->who.sex);
    if (m->who.has_sex && h->has_sex && m->who.sex == h->sex)
        m->who.has_sex = false; /* told by the heat */
    return HM_OK;
}

static hm_status read_mark(const reading *r, const hm_heat *h, hm_mark *m)
{
    sqlite3_stmt *st = r->marks;
    *m = hm_mark_default();
    HM_TRY(read_who(r, h, m));
    m->status = status_of(st, 2);
    HM_TRY(text(r, st, 3, &m->rule));
    m->lane = sqlite3_column_int(st, 6);
    m->place = sqlite3_column_int(st, 7);
    m->official_cs = sqlite3_column_int(st, 8);
    m->time_us = sqlite3_column_int64(st, 9);
    m->time_digits = sqlite3_column_int(st, 10);
    m->reaction_us = is_null(st, 13) ? -1 : sqlite3_column_int64(st, 13);
    HM_TRY(text(r, st, 14, &m->qualified));
    HM_TRY(text(r, st, 15, &m->note));
    m->line = m->who.line = sqlite3_column_int64(st, 16);
    return read_splits(r, sqlite3_column_int64(st, 0), m);
}

/* Wind and timing stand with the marks: the first that tells them speaks for the heat. */
static hm_status read_air(const reading *r, hm_heat *h, hm_meet *meet, bool *told)
{
    sqlite3_stmt *st = r->marks;
    const unsigned char *timing = sqlite3_column_text(st, 11);
    if (timing && timing[0] && h->timing == HM_TIMING_UNKNOWN)
        h->timing = timing[0] == 'f' ? HM_TIMING_FAT : HM_TIMING_HAND;
    if (is_null(st, 12))
        return HM_OK;
    int32_t wind_cmps = sqlite3_column_int(st, 12);
    if (!h->has_wind) {
        h->has_wind = true;
        h->wind_cmps = wind_cmps;
    } else if (h->wind_cmps != wind_cmps && !*told) {
        *told = true;
        if (hm_notes_add(&meet->notes, r->arena,
                         "event %s, round %d, heat %d: the book holds two winds, %d and %d cm/s; "
                         "the first is told",
                         h->event, h->round, h->heat, h->wind_cmps, wind_cmps) != HM_OK)
            return book_no_memory(r->err);
    }
    return HM_OK;
}

static hm_status read_marks(const reading *r, int64_t heat, hm_heat *h, hm_meet *meet)
{
    int32_t cap = 0;
    bool row, told = false;
    HM_TRY(book_bind(r->book, r->marks, r->err, "ii", heat, r->import));
    for (;;) {
        HM_TRY(book_step(r->book, r->marks, &row, r->err));
        if (!row)
            return HM_OK;
        HM_TRY(grow(r, (void **)&h->mark, h->n_mark, &cap, sizeof *h->mark));
        HM_TRY(read_mark(r, h, &h->mark[h->n_mark++]));
        HM_TRY(read_air(r, h, meet, &told));
    }
}

/* ---- heats and people ---- */

static hm_status read_heat(const reading *r, hm_heat *h)
{
    sqlite3_stmt *st = r->heats;
    *h = hm_heat_default();
    HM_TRY(text(r, st, 1, &h->event));
    HM_TRY(text(r, st, 2, &h->code));
    HM_TRY(text(r, st, 3, &h->name));
    h->has_sex = sex_of(st, 4, &h->sex);
    h->round = sqlite3_column_int(st, 5);
    HM_TRY(text(r, st, 6, &h->round_name));
    h->heat = sqlite3_column_int(st, 7);
    h->distance_m = is_null(st, 8) ? (double)NAN : sqlite3_column_double(st, 8);
    return text(r, st, 9, &h->start_clock);
}

static hm_status read_heats(const reading *r, int64_t id, hm_meet *meet)
{
    int32_t cap = 0;
    bool row;
    HM_TRY(book_bind(r->book, r->heats, r->err, "ii", id, r->import));
    for (;;) {
        HM_TRY(book_step(r->book, r->heats, &row, r->err));
        if (!row)
            return HM_OK;
        HM_TRY(grow(r, (void **)&meet->heat, meet->n_heat, &cap, sizeof *meet->heat));
        hm_heat *h = &meet->heat[meet->n_heat++];
        HM_TRY(read_heat(r, h));
        HM_TRY(read_marks(r, sqlite3_column_int64(r->heats, 0), h, meet));
    }
}

static hm_status read_people(const reading *r, hm_meet *meet)
{
    sqlite3_stmt *st = r->people;
    int32_t cap = 0;
    bool row;
    HM_TRY(book_bind(r->book, st, r->err, "i", r->import));
    for (;;) {
        HM_TRY(book_step(r->book, st, &row, r->err));
        if (!row)
            return HM_OK;
        HM_TRY(grow(r, (void **)&meet->person, meet->n_person, &cap, sizeof *meet->person));
        hm_person *p = &meet->person[meet->n_person++];
        *p = hm_mark_default().who;
        p->id = hm_arena_printf(r->arena, "%lld", (long long)sqlite3_column_int64(st, 0));
        if (!p->id)
            return book_no_memory(r->err);
        HM_TRY(text(r, st, 1, &p->last_name));
        p->has_sex = sex_of(st, 2, &p->sex);
        HM_TRY(text(r, st, 3, &p->born));
        HM_TRY(text(r, st, 4, &p->license));
    }
}

/* ---- meets ---- */

/* What stands in the row of the meet. */
static hm_status read_head(const reading *r, int64_t id, hm_meet *meet)
{
    sqlite3_stmt *st;
    bool row;
    HM_TRY(book_prepare(
        r->book, "SELECT name, date, venue, file, altitude_m, category FROM meet WHERE id = ?1",
        &st, r->err));
    hm_status s = book_bind(r->book, st, r->err, "i", id);
    if (s == HM_OK)
        s = book_step(r->book, st, &row, r->err);
    if (s == HM_OK && !row)
        s = hm_err_set(r->err, HM_ERR_INPUT, r->book->path, 0, 0, NULL,
                       "the book has no meet of number %lld", (long long)id);
    if (s == HM_OK)
        s = text(r, st, 0, &meet->name);
    if (s == HM_OK)
        s = text(r, st, 1, &meet->date);
    if (s == HM_OK)
        s = text(r, st, 2, &meet->venue);
    if (s == HM_OK)
        s = text(r, st, 3, &meet->source);
    if (s == HM_OK)
        s = text(r, st, 5, &meet->category);
    if (s == HM_OK)
        meet->altitude_m = is_null(st, 4) ? (double)NAN : sqlite3_column_double(st, 4);
    sqlite3_finalize(st);
    return s;
}

static hm_status read_meet(const reading *r, int64_t id, hm_meet *meet)
{
    *meet = hm_meet_default();
    HM_TRY(read_head(r, id, meet));
    HM_TRY(read_heats(r, id, meet));
    if (r->import)
        HM_TRY(read_people(r, meet));
    return hm_meet_check(meet, r->err);
}

static hm_status open_reading(reading *r)
{
    HM_TRY(book_prepare(r->book, HEATS, &r->heats, r->err));
    HM_TRY(book_prepare(r->book, r->import ? MARKS_CAME : MARKS_BELIEVED, &r->marks, r->err));
    HM_TRY(book_prepare(r->book, SPLITS, &r->splits, r->err));
    return book_prepare(r->book, PEOPLE, &r->people, r->err);
}

static void close_reading(reading *r)
{
    sqlite3_finalize(r->heats);
    sqlite3_finalize(r->marks);
    sqlite3_finalize(r->splits);
    sqlite3_finalize(r->people);
}

hm_status hm_book_meet_read(hm_book *book, int64_t id, hm_arena *arena, hm_meet *meet, hm_err *err)
{
    reading r = {.book = book, .arena = arena, .err = err};
    hm_meet out;
    HM_TRY(book_exec(book, "BEGIN", err)); /* one state of the book, whoever writes meanwhile */
    hm_status s = open_reading(&r);
    if (s == HM_OK)
        s = read_meet(&r, id, &out);
    close_reading(&r);
    HM_TRY(book_end(book, s, err));
    *meet = out;
    return HM_OK;
}

/* ---- import by import ---- */

/* Imports that stand, of meet ?1, 0 = of all. */
#define IMPORTS                                                                                    \
    "SELECT i.id, d.meet_id, i.source FROM import i JOIN deed d ON d.import_id = i.id"             \
    " AND d.kind = 'import' WHERE i.undone = 0 AND d.meet_id IS NOT NULL"                          \
    " AND (?1 = 0 OR d.meet_id = ?1) ORDER BY i.id"

static hm_status read_import(reading *r, sqlite3_stmt *st, hm_meet *meet)
{
    const char *source;
    r->import = sqlite3_column_int64(st, 0);
    HM_TRY(read_meet(r, sqlite3_column_int64(st, 1), meet));
    HM_TRY(text(r, st, 2, &source));
    if (!meet->source[0]) /* a file by which the meet is known stays */
        meet->source = source;
    return HM_OK;
}

static hm_status read_imports(reading *r, int64_t id, int32_t *n, hm_meet **meet)
{
    sqlite3_stmt *st;
    int32_t cap = 0;
    bool row = true;
    *n = 0;
    HM_TRY(book_prepare(r->book, IMPORTS, &st, r->err));
    hm_status s = book_bind(r->book, st, r->err, "i", id);
    while (s == HM_OK && row) {
        s = book_step(r->book, st, &row, r->err);
        if (s == HM_OK && row)
            s = grow(r, (void **)meet, *n, &cap, sizeof **meet);
        if (s == HM_OK && row)
            s = read_import(r, st, &(*meet)[(*n)++]);
    }
    sqlite3_finalize(st);
    return s;
}

/* Is there such a meet at all? */
static hm_status must_be(const reading *r, int64_t id)
{
    hm_meet head;
    return id ? read_head(r, id, &head) : HM_OK;
}

hm_status hm_book_history(hm_book *book, int64_t id, hm_arena *arena, int32_t *n, hm_meet **meet,
                          hm_err *err)
{
    reading r = {.book = book, .arena = arena, .err = err, .import = -1};
    int32_t count = 0;
    hm_meet *out = NULL;
    HM_TRY(book_exec(book, "BEGIN", err));
    hm_status s = must_be(&r, id);
    if (s == HM_OK)
        s = open_reading(&r);
    if (s == HM_OK)
        s = read_imports(&r, id, &count, &out);
    close_reading(&r);
    HM_TRY(book_end(book, s, err));
    *n = count;
    *meet = out;
    return HM_OK;
}
