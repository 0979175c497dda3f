/* A meet goes into the book: one transaction, nothing twice, contradictions side by side. */
#include "import_priv.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { TOLD_MAX = 100 /* conflicts that are told one by one */ };

static const char *const sql[BOOK_SQL_COUNT] = {
    [BOOK_SQL_HEAT_FIND] =
        "SELECT id FROM heat WHERE meet_id = ?1 AND event = ?2 AND code = ?3 AND sex = ?4"
        " AND round = ?5 AND round_name = ?6 AND heat = ?7",
    [BOOK_SQL_HEAT_ADD] =
        "INSERT INTO heat (meet_id, event, code, sex, round, round_name, heat, name, distance_m,"
        " start_clock, import_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    /* of a round without a name the end of the import knows more */
    [BOOK_SQL_HEAT_FINAL] =
        "SELECT h.round_name <> '' AND " BOOK_IS_FINAL " FROM heat h WHERE h.id = ?1",
    [BOOK_SQL_PERSON_HERE] =
        "SELECT DISTINCT p.id, p.sex, p.born, p.license, n.person_id FROM mark m"
        " JOIN person p ON p.id = m.person_id"
        " JOIN person_name n ON n.person_id = coalesce(m.named_id, m.person_id)"
        " WHERE m.heat_id = ?1 AND n.key = ?2 ORDER BY p.id",
    [BOOK_SQL_PERSON_FIND] =
        "SELECT coalesce(p.merged_into, p.id), p.sex, p.born, p.license, p.id FROM person_name n"
        " JOIN person p ON p.id = n.person_id WHERE n.key = ?1 ORDER BY n.person_id",
    [BOOK_SQL_PERSON_ROOT] =
        "WITH RECURSIVE up (id, into_id) AS (SELECT id, merged_into FROM person WHERE id = ?1"
        " UNION ALL SELECT q.id, q.merged_into FROM up JOIN person q ON q.id = up.into_id)"
        " SELECT p.id, p.sex, p.born, p.license FROM up JOIN person p ON p.id = up.id"
        " WHERE up.into_id IS NULL",
    [BOOK_SQL_PERSON_ADD] = "INSERT INTO person (name, sex, born, license, import_id)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)",
    [BOOK_SQL_NAME_ADD] = "INSERT INTO person_name (key, person_id) VALUES (?1, ?2)",
    [BOOK_SQL_TOLD_ADD] = "INSERT OR IGNORE INTO told (person_id, import_id, sex, born, license)"
                          " VALUES (?1, ?2, ?3, ?4, ?5)",
    [BOOK_SQL_MARK_FIND] =
        "SELECT id, status, official_cs, timing, wind_cmps, reaction_us, time_us, time_digits,"
        " rival_of FROM mark WHERE heat_id = ?1 AND person_id = ?2 ORDER BY id",
    [BOOK_SQL_MARK_ADD] =
        "INSERT INTO mark (heat_id, person_id, rival_of, status, rule, code, sex, date, year, team,"
        " lane, place, official_cs, time_us, time_digits, timing, wind_cmps, reaction_us,"
        " qualified, note, import_id, line, named_id, year_age, category, age_yr, age_exact, "
        "final) "
        "VALUES (?1, ?2, ?3, ?4,"
        " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,"
        " ?24, ?25, ?26, ?27, ?28)",
    [BOOK_SQL_SPLIT_ADD] =
        "INSERT INTO split (mark_id, n, distance_m, time_us) VALUES (?1, ?2, ?3, ?4)",
    [BOOK_SQL_SEEN_ADD] =
        "INSERT OR IGNORE INTO seen (mark_id, import_id, line) VALUES (?1, ?2, ?3)",
};

/* ---- a heat ---- */

static hm_status find_final(book_import *im, hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_HEAT_FINAL];
    bool row;
    HM_TRY(book_bind(im->book, st, err, "i", im->heat_id));
    HM_TRY(book_step(im->book, st, &row, err));
    im->is_final = row && sqlite3_column_int(st, 0);
    sqlite3_reset(st);
    return HM_OK;
}

static hm_status find_heat(book_import *im, hm_err *err)
{
    const hm_heat *h = im->heat;
    sqlite3_stmt *st = im->st[BOOK_SQL_HEAT_FIND];
    const char *sex = book_sex_text(h->has_sex, h->sex);
    bool row;
    HM_TRY(book_bind(im->book, st, err, "itttiti", im->meet_id, h->event, im->code, sex,
                     (int64_t)h->round, h->round_name, (int64_t)h->heat));
    HM_TRY(book_step(im->book, st, &row, err));
    im->is_new = !row;
    if (row) {
        im->heat_id = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
        return find_final(im, err);
    }
    st = im->st[BOOK_SQL_HEAT_ADD];
    HM_TRY(book_bind(im->book, st, err, "itttititdti", im->meet_id, h->event, im->code, sex,
                     (int64_t)h->round, h->round_name, (int64_t)h->heat, h->name,
                     h->distance_m > 0 ? h->distance_m : (double)NAN, h->start_clock, im->id));
    HM_TRY(book_run(im->book, st, err));
    im->heat_id = sqlite3_last_insert_rowid(im->book->db);
    return find_final(im, err);
}

/* The discipline: as told, else by the distance, else the event's name. */
static void find_code(book_import *im)
{
    const hm_heat *h = im->heat;
    if (h->code[0])
        hm_book_code(h->code, im->code);
    else if (h->name[0] && isdigit((unsigned char)hm_book_code(h->name, im->code)[0]))
        return;
    else if (h->distance_m > 0 && h->distance_m < 1e6)
        snprintf(im->code, sizeof im->code, "%gm", h->distance_m);
    else
        hm_book_code(h->name, im->code);
}

/* ---- marks ---- */

static const char *status_text(hm_mark_status s)
{
    static const char *const word[] = {
        [HM_MARK_ENTERED] = "entered", [HM_MARK_FINISHED] = "ok", [HM_MARK_DNS] = "dns",
        [HM_MARK_DNF] = "dnf",         [HM_MARK_DQ] = "dq",       [HM_MARK_UNKNOWN] = "unknown"};
    return word[s];
}

static const char *timing_text(hm_timing t)
{
    return t == HM_TIMING_FAT ? "fat" : t == HM_TIMING_HAND ? "hand" : "";
}

/* Official time of those who finished and of no one else. */
static int32_t official_of(const hm_mark *m)
{
    return m->status == HM_MARK_FINISHED ? m->official_cs : 0;
}

static bool differs(sqlite3_stmt *st, int column, bool has, int64_t value)
{
    return has && sqlite3_column_type(st, column) != SQLITE_NULL &&
           sqlite3_column_int64(st, column) != value;
}

/* Does the row say otherwise than this mark, where both say something? */
static bool contradicts(const book_import *im, sqlite3_stmt *st, const hm_mark *m)
{
    const char *status = (const char *)sqlite3_column_text(st, 1);
    const char *timing = (const char *)sqlite3_column_text(st, 3);
    const char *told = timing_text(im->heat->timing);
    int64_t official = sqlite3_column_int64(st, 2);
    if (strcmp(status, status_text(m->status)) != 0)
        return true;
    if (official && official_of(m) && official != official_of(m))
        return true;
    if (timing[0] && told[0] && strcmp(timing, told) != 0)
        return true;
    if (differs(st, 4, im->heat->has_wind, im->heat->wind_cmps) ||
        differs(st, 5, m->reaction_us >= 0, m->reaction_us))
        return true;
    bool as_fine = sqlite3_column_int64(st, 7) == m->time_digits;
    return as_fine && differs(st, 6, m->time_us > 0, m->time_us);
}

typedef struct standing {
    bool any;         /* he has a row in this heat */
    int64_t same;     /* one that says the same; 0 = none */
    int64_t believed; /* the result that stands; 0 = none */
    int32_t believed_cs;
} standing;

static hm_status find_standing(book_import *im, int64_t person, const hm_mark *m, standing *at,
                               hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_MARK_FIND];
    bool row;
    *at = (standing){0};
    if (im->is_new)
        return HM_OK;
    HM_TRY(book_bind(im->book, st, err, "ii", im->heat_id, person));
    for (;;) {
        HM_TRY(book_step(im->book, st, &row, err));
        if (!row)
            return HM_OK;
        at->any = true;
        if (!at->same && !contradicts(im, st, m))
            at->same = sqlite3_column_int64(st, 0);
        bool result = strcmp((const char *)sqlite3_column_text(st, 1), "entered") != 0;
        if (result && sqlite3_column_type(st, 8) == SQLITE_NULL) {
            at->believed = sqlite3_column_int64(st, 0);
            at->believed_cs = sqlite3_column_int(st, 2);
        }
    }
}

static hm_status add_splits(book_import *im, int64_t mark, const hm_mark *m, hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_SPLIT_ADD];
    for (int32_t i = 0; i < m->n_split; i++) {
        HM_TRY(book_bind(im->book, st, err, "iidi", mark, (int64_t)(i + 1), m->split[i].distance_m,
                         m->split[i].time_us));
        HM_TRY(book_run(im->book, st, err));
    }
    return HM_OK;
}

static hm_status add_mark(book_import *im, const book_who *who, int64_t rival_of, const hm_mark *m,
                          hm_err *err)
{
    bool exact;
    int64_t age = hm_book_age(who->born, im->meet->date, &exact);
    int64_t year_age = im->year - book_year_of(who->born);
    const hm_heat *h = im->heat;
    sqlite3_stmt *st = im->st[BOOK_SQL_MARK_ADD];
    const char *sex =
        m->who.has_sex ? book_sex_text(true, m->who.sex) : book_sex_text(h->has_sex, h->sex);
    HM_TRY(book_bind(im->book, st, err, "iiotttttitiiioitoottiiootoii", im->heat_id, who->id,
                     rival_of != 0, rival_of, status_text(m->status), m->rule, im->code, sex,
                     im->meet->date, (int64_t)im->year, m->who.team, (int64_t)m->lane,
                     (int64_t)m->place, (int64_t)official_of(m), m->time_us > 0, m->time_us,
                     (int64_t)m->time_digits, timing_text(h->timing), (int)h->has_wind,
                     (int64_t)h->wind_cmps, m->reaction_us >= 0, m->reaction_us, m->qualified,
                     m->note, im->id, m->line, who->named != who->id, who->named, age >= 0,
                     year_age, im->category, age >= 0, age, (int64_t)exact, (int64_t)im->is_final));
    HM_TRY(book_run(im->book, st, err));
    return add_splits(im, sqlite3_last_insert_rowid(im->book->db), m, err);
}

static hm_status tell_conflict(book_import *im, const standing *at, const hm_mark *m, hm_err *err)
{
    if (im->report.conflicts++ >= TOLD_MAX)
        return HM_OK;
    const char *file = im->meet->source;
    int was = at->believed_cs, is = official_of(m);
    hm_status s = hm_notes_add(&im->report.notes, im->arena,
                               "%s:%lld: %.80s: %s %d.%02d contradicts %d.%02d in the book (mark "
                               "%lld); both are kept",
                               file, (long long)m->line, im->name, status_text(m->status), is / 100,
                               is % 100, was / 100, was % 100, (long long)at->believed);
    return s == HM_OK ? s : book_no_memory(err);
}

/* Another file tells it too. */
static hm_status add_seen(book_import *im, int64_t mark, int64_t line, hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_SEEN_ADD];
    im->report.already++;
    if (!mark)
        return HM_OK;
    HM_TRY(book_bind(im->book, st, err, "iii", mark, im->id, line));
    return book_run(im->book, st, err);
}

static hm_status take_mark(book_import *im, const hm_mark *m, hm_err *err)
{
    book_who who;
    standing at;
    bool has_sex = m->who.has_sex || im->heat->has_sex;
    HM_TRY(book_import_person(im, &m->who, has_sex, m->who.has_sex ? m->who.sex : im->heat->sex,
                              &who, err));
    HM_TRY(find_standing(im, who.id, m, &at, err));
    if (at.same || (at.any && m->status == HM_MARK_ENTERED))
        return add_seen(im, at.same, m->line, err);
    if (at.believed)
        HM_TRY(tell_conflict(im, &at, m, err));
    else
        im->report.added++;
    return add_mark(im, &who, at.believed, m, err);
}

static hm_status take_heat(book_import *im, const hm_heat *h, hm_err *err)
{
    im->heat = h;
    im->n_used = 0;
    find_code(im);
    HM_TRY(find_heat(im, err));
    for (int32_t i = 0; i < h->n_mark; i++)
        HM_TRY(take_mark(im, &h->mark[i], err));
    return HM_OK;
}

/* ---- the meet ---- */

/* Runs a statement once; its first column, 0 = no row. */
static hm_status one(hm_book *book, sqlite3_stmt *st, int64_t *value, hm_err *err)
{
    bool row;
    HM_TRY(book_step(book, st, &row, err));
    *value = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return HM_OK;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static hm_status find_meet_with(book_import *im, sqlite3_stmt *find, sqlite3_stmt *add, hm_err *err)
{
    const hm_meet *m = im->meet;
    const char *file = m->name[0] || m->date[0] ? "" : base_name(m->source);
    HM_TRY(book_bind(im->book, find, err, "tttt", m->name, m->date, m->venue, file));
    HM_TRY(one(im->book, find, &im->meet_id, err));
    if (im->meet_id)
        return HM_OK;
    HM_TRY(book_bind(im->book, add, err, "ttttdi", m->name, m->date, m->venue, file, m->altitude_m,
                     im->id));
    HM_TRY(book_run(im->book, add, err));
    im->meet_id = sqlite3_last_insert_rowid(im->book->db);
    return HM_OK;
}

static hm_status find_meet(book_import *im, hm_err *err)
{
    sqlite3_stmt *find = NULL, *add = NULL;
    hm_status s = book_prepare(im->book,
                               "SELECT id FROM meet WHERE name = ?1 AND date = ?2 AND venue = ?3"
                               " AND file = ?4",
                               &find, err);
    if (s == HM_OK)
        s = book_prepare(im->book,
                         "INSERT INTO meet (name, date, venue, file, altitude_m, import_id)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                         &add, err);
    if (s == HM_OK)
        s = find_meet_with(im, find, add, err);
    sqlite3_finalize(find);
    sqlite3_finalize(add);
    return s;
}

/* The category that the file tells, else that of the meet. */
static hm_status find_category(book_import *im, hm_err *err)
{
    im->category = im->meet->category;
    if (im->category[0])
        return HM_OK;
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(im->book, "SELECT category FROM meet WHERE id = ?1", &st, err));
    hm_status s = book_bind(im->book, st, err, "i", im->meet_id);
    if (s == HM_OK)
        s = book_step(im->book, st, &row, err);
    if (s == HM_OK && row)
        s = book_text(st, 0, im->arena, &im->category, err);
    sqlite3_finalize(st);
    return s;
}

/* ---- the import ---- */

static int64_t count_marks(const hm_meet *meet)
{
    int64_t n = 0;
    for (int32_t i = 0; i < meet->n_heat; i++)
        n += meet->heat[i].n_mark;
    return n;
}

/* Has a meet of this content been imported, and stands it? */
static hm_status is_known(book_import *im, int64_t content, bool *known, hm_err *err)
{
    sqlite3_stmt *st;
    int64_t id = 0;
    HM_TRY(book_prepare(im->book, "SELECT id FROM import WHERE content = ?1 AND undone = 0", &st,
                        err));
    hm_status s = book_bind(im->book, st, err, "i", content);
    if (s == HM_OK)
        s = one(im->book, st, &id, err);
    sqlite3_finalize(st);
    *known = id != 0;
    if (*known) {
        im->report.import_id = id;
        im->report.already = count_marks(im->meet);
    }
    return s;
}

static hm_status begin_import(book_import *im, int64_t content, hm_err *err)
{
    sqlite3_stmt *st;
    HM_TRY(
        book_prepare(im->book, "INSERT INTO import (source, content) VALUES (?1, ?2)", &st, err));
    hm_status s = book_bind(im->book, st, err, "ti", base_name(im->meet->source), content);
    if (s == HM_OK)
        s = book_run(im->book, st, err);
    sqlite3_finalize(st);
    im->id = im->report.import_id = sqlite3_last_insert_rowid(im->book->db);
    return s;
}

static hm_status end_import(book_import *im, hm_err *err)
{
    HM_TRY(book_do(
        im->book, "INSERT INTO deed (kind, what, import_id, meet_id) VALUES ('import', ?1, ?2, ?3)",
        err, "tii", base_name(im->meet->source), im->id, im->meet_id));
    if (im->meet->category[0]) {
        HM_TRY(book_do(im->book,
                       "INSERT INTO deed (kind, meet_id, import_id, category, what) VALUES"
                       " ('category', ?1, ?2, ?3, ?3)",
                       err, "iit", im->meet_id, im->id, im->category));
        HM_TRY(book_category_refresh(im->book, im->meet_id, err));
    }
    HM_TRY(book_final_refresh(im->book, im->meet_id, err));
    return book_do(im->book,
                   "UPDATE import SET added = ?2, already = ?3, conflicts = ?4 WHERE id = ?1", err,
                   "iiii", im->id, im->report.added, im->report.already, im->report.conflicts);
}

/* People on a list of their own, not in a heat. */
static hm_status take_people(book_import *im, hm_err *err)
{
    book_who who;
    im->heat_id = 0;
    for (int32_t i = 0; i < im->meet->n_person; i++) {
        const hm_person *p = &im->meet->person[i];
        im->n_used = 0;
        HM_TRY(book_import_person(im, p, p->has_sex, p->sex, &who, err));
    }
    return HM_OK;
}

static hm_status take_all(book_import *im, hm_err *err)
{
    bool known;
    int64_t content = book_content(im->meet);
    HM_TRY(is_known(im, content, &known, err));
    if (known)
        return HM_OK;
    HM_TRY(begin_import(im, content, err));
    HM_TRY(find_meet(im, err));
    HM_TRY(find_category(im, err));
    for (int32_t i = 0; i < im->meet->n_heat; i++)
        HM_TRY(take_heat(im, &im->meet->heat[i], err));
    HM_TRY(take_people(im, err));
    return end_import(im, err);
}

static hm_status in_transaction(book_import *im, hm_err *err)
{
    hm_status s = HM_OK;
    HM_TRY(book_begin(im->book, err));
    for (int i = 0; i < BOOK_SQL_COUNT && s == HM_OK; i++)
        s = book_prepare(im->book, sql[i], &im->st[i], err);
    if (s == HM_OK)
        s = take_all(im, err);
    for (int i = 0; i < BOOK_SQL_COUNT; i++)
        sqlite3_finalize(im->st[i]);
    return book_end(im->book, s, err);
}

hm_status hm_book_import(hm_book *book, const hm_meet *meet, hm_arena *arena,
                         hm_book_report *report, hm_err *err)
{
    HM_TRY(hm_meet_check(meet, err));
    if (!hm_book_is_category(meet->category))
        return hm_err_set(err, HM_ERR_INPUT, meet->source, 0, 0, "category",
                          "expected OW, DF, GW, GL, A, B, C, D, E or F, found \"%s\"",
                          meet->category);
    book_import *im = HM_PUSH(arena, book_import, 1);
    if (!im)
        return book_no_memory(err);
    im->book = book;
    im->meet = meet;
    im->arena = arena;
    im->year = book_year_of(meet->date);
    HM_TRY(in_transaction(im, err));
    *report = im->report;
    return HM_OK;
}
