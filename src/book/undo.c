/* What was done, and how a deed is taken back. Nothing but an import destroys rows when it goes;
 * what followed from deeds is found again from those that stand. */
#include "book_priv.h"

#include <string.h>

#include "book/deeds.h"

static const char *const kind_word[HM_BOOK_N_DEED] = {"import", "merge", "settle", "category"};

const char *hm_book_deed_text(hm_book_deed_kind kind)
{
    return kind_word[kind];
}

/* ---- the log ---- */

/* A category that came with a file belongs to that import. */
#define DEED                                                                                       \
    "SELECT d.id, d.kind, d.at, d.what, d.undone, i.added, i.already, i.conflicts, d.import_id,"   \
    " d.drop_id, d.meet_id, d.mark_id FROM deed d LEFT JOIN import i ON i.id = d.import_id WHERE"  \
    " NOT (d.kind = 'category' AND d.import_id IS NOT NULL)"

static hm_status read_deed(sqlite3_stmt *st, hm_arena *arena, hm_book_deed *d, hm_err *err)
{
    const char *kind;
    *d = (hm_book_deed){.id = sqlite3_column_int64(st, 0),
                        .undone = sqlite3_column_int(st, 4) != 0,
                        .added = sqlite3_column_int64(st, 5),
                        .already = sqlite3_column_int64(st, 6),
                        .conflicts = sqlite3_column_int64(st, 7)};
    HM_TRY(book_text(st, 1, arena, &kind, err));
    for (int k = 0; k < HM_BOOK_N_DEED; k++)
        if (strcmp(kind, kind_word[k]) == 0)
            d->kind = (hm_book_deed_kind)k;
    HM_TRY(book_text(st, 2, arena, &d->at, err));
    return book_text(st, 3, arena, &d->what, err);
}

static hm_status read_log(hm_book *book, sqlite3_stmt *st, int32_t n_max, hm_arena *arena,
                          int32_t *n, hm_book_deed *out, hm_err *err)
{
    bool row;
    for (*n = 0; *n < n_max; (*n)++) {
        HM_TRY(book_step(book, st, &row, err));
        if (!row)
            return HM_OK;
        HM_TRY(read_deed(st, arena, &out[*n], err));
    }
    return HM_OK;
}

hm_status hm_book_log(hm_book *book, int32_t n_max, hm_arena *arena, int32_t *n,
                      hm_book_deed **deed, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    sqlite3_stmt *st;
    int32_t found = 0;
    hm_book_deed *out = HM_PUSH(arena, hm_book_deed, n_max);
    if (!out)
        return book_no_memory(err);
    HM_TRY(book_prepare(book, DEED " ORDER BY d.id DESC", &st, err));
    hm_status s = read_log(book, st, n_max, arena, &found, out, err);
    sqlite3_finalize(st);
    if (s != HM_OK)
        return s;
    *n = found;
    *deed = out;
    return HM_OK;
}

/* ---- an import is taken back ---- */

/* Marks that another file told as well go to the first such file. */
static hm_status hand_over(hm_book *book, int64_t import, hm_err *err)
{
    HM_TRY(book_do(book, "DELETE FROM seen WHERE import_id = ?1", err, "i", import));
    return book_do(book,
                   "UPDATE mark SET (import_id, line) = (SELECT s.import_id, s.line FROM seen s"
                   " WHERE s.mark_id = mark.id ORDER BY s.import_id LIMIT 1) WHERE import_id = ?1"
                   " AND EXISTS (SELECT 1 FROM seen s WHERE s.mark_id = mark.id)",
                   err, "i", import);
}

typedef struct pair {
    int64_t a, b;
} pair;

/* Rows of two numbers, or of one, that a statement gives for ?1. */
static hm_status collect(hm_book *book, const char *count_sql, const char *sql, int64_t id,
                         hm_arena *arena, int64_t *n, pair **out, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = true;
    int64_t room;
    HM_TRY(book_ask(book, count_sql, &room, err, "i", id));
    *out = HM_PUSH(arena, pair, room + 1);
    if (!*out)
        return book_no_memory(err);
    HM_TRY(book_prepare(book, sql, &st, err));
    hm_status s = book_bind(book, st, err, "i", id);
    for (*n = 0; s == HM_OK && *n < room; (*n)++) {
        s = book_step(book, st, &row, err);
        if (s != HM_OK || !row)
            break;
        (*out)[*n] = (pair){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1)};
    }
    sqlite3_finalize(st);
    return s;
}

/* Contests in which the import has a say. */
#define CONTESTS                                                                                   \
    "(SELECT DISTINCT heat_id, person_id FROM mark WHERE import_id = ?1 AND (rival_of IS NOT NULL" \
    " OR id IN (SELECT rival_of FROM mark WHERE rival_of IS NOT NULL)))"
/* People of whom the import tells, as they are known by now. */
#define PEOPLE                                                                                     \
    "(WITH RECURSIVE up (id, into_id) AS (SELECT p.id, p.merged_into FROM person p WHERE p.id IN"  \
    " (SELECT person_id FROM told WHERE import_id = ?1) UNION SELECT q.id, q.merged_into FROM up"  \
    " JOIN person q ON q.id = up.into_id) SELECT id, 0 FROM up WHERE into_id IS NULL)"
#define GONE "(SELECT id FROM import WHERE undone = 1)"
/* Of this import, or of one that went before while others still held them. */
#define UNUSED_PEOPLE                                                                              \
    "(SELECT p.id FROM person p WHERE p.import_id IN " GONE " AND p.merged_into IS NULL"           \
    " AND NOT EXISTS (SELECT 1 FROM mark WHERE person_id = p.id)"                                  \
    " AND NOT EXISTS (SELECT 1 FROM mark WHERE named_id = p.id)"                                   \
    " AND NOT EXISTS (SELECT 1 FROM told WHERE person_id = p.id)"                                  \
    " AND NOT EXISTS (SELECT 1 FROM person WHERE merged_into = p.id)"                              \
    " AND NOT EXISTS (SELECT 1 FROM deed WHERE keep_id = p.id)"                                    \
    " AND NOT EXISTS (SELECT 1 FROM deed WHERE drop_id = p.id))"

static hm_status remove_rows(hm_book *book, int64_t import, int64_t n_contest, const pair *contest,
                             hm_err *err)
{
    /* in this order: what refers to a thing goes before it */
    static const struct {
        const char *types, *sql;
    } step[] = {
        {"i", "UPDATE import SET undone = 1 WHERE id = ?1"},
        {"i", "DELETE FROM mark WHERE import_id = ?1"},
        {"", "DELETE FROM heat WHERE import_id IN " GONE " AND NOT EXISTS"
             " (SELECT 1 FROM mark WHERE heat_id = heat.id)"},
        {"i", "UPDATE deed SET undone = 1 WHERE import_id = ?1"},
        {"", "DELETE FROM meet WHERE import_id IN " GONE " AND NOT EXISTS"
             " (SELECT 1 FROM heat WHERE meet_id = meet.id)"},
        {"i", "DELETE FROM told WHERE import_id = ?1"},
        {"", "DELETE FROM person_name WHERE person_id IN " UNUSED_PEOPLE},
        {"", "DELETE FROM person WHERE id IN " UNUSED_PEOPLE},
    };
    for (int64_t i = 0; i < n_contest; i++)
        HM_TRY(book_do(book,
                       "UPDATE mark SET rival_of = NULL, settled = 0 WHERE heat_id = ?1 AND"
                       " person_id = ?2",
                       err, "ii", contest[i].a, contest[i].b));
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++)
        HM_TRY(book_do(book, step[i].sql, err, step[i].types, import));
    for (int64_t i = 0; i < n_contest; i++)
        HM_TRY(book_contest_refresh(book, contest[i].a, contest[i].b, err));
    return HM_OK;
}

static hm_status undo_import(hm_book *book, int64_t import, int64_t meet, hm_arena *arena,
                             hm_err *err)
{
    int64_t n_contest = 0, n_person = 0;
    pair *contest = NULL, *person = NULL;
    HM_TRY(hand_over(book, import, err));
    HM_TRY(collect(book, "SELECT count(*) FROM " CONTESTS, "SELECT * FROM " CONTESTS, import, arena,
                   &n_contest, &contest, err));
    HM_TRY(collect(book, "SELECT count(*) FROM " PEOPLE, "SELECT * FROM " PEOPLE, import, arena,
                   &n_person, &person, err));
    HM_TRY(remove_rows(book, import, n_contest, contest, err));
    HM_TRY(book_category_refresh(book, meet, err));
    HM_TRY(book_final_refresh(book, meet, err));
    for (int64_t i = 0; i < n_person; i++)
        HM_TRY(book_person_refresh(book, person[i].a, false, arena, err));
    return HM_OK;
}

/* ---- a deed is taken back ---- */

typedef struct target {
    hm_book_deed deed;
    int64_t import, drop, meet, mark;
} target;

static hm_status find_deed(hm_book *book, int64_t which, hm_arena *arena, target *t, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book,
                        DEED " AND (d.id = ?1 OR (?1 = 0 AND d.undone = 0)) ORDER BY d.id DESC"
                             " LIMIT 1",
                        &st, err));
    hm_status s = book_bind(book, st, err, "i", which);
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    if (s == HM_OK && row) {
        t->import = sqlite3_column_int64(st, 8);
        t->drop = sqlite3_column_int64(st, 9);
        t->meet = sqlite3_column_int64(st, 10);
        t->mark = sqlite3_column_int64(st, 11);
        s = read_deed(st, arena, &t->deed, err);
    }
    sqlite3_finalize(st);
    HM_TRY(s);
    if (which && (!row || t->deed.undone))
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          row ? "deed %lld is taken back already"
                              : "has no deed %lld; see hecto book log",
                          (long long)which);
    return HM_OK;
}

static hm_status undo_settlement(hm_book *book, int64_t mark, hm_err *err)
{
    int64_t heat, person;
    HM_TRY(book_ask(book, "SELECT heat_id FROM mark WHERE id = ?1", &heat, err, "i", mark));
    HM_TRY(book_ask(book, "SELECT person_id FROM mark WHERE id = ?1", &person, err, "i", mark));
    return book_contest_refresh(book, heat, person, err);
}

static hm_status undo(hm_book *book, int64_t which, hm_arena *arena, target *t, hm_err *err)
{
    HM_TRY(find_deed(book, which, arena, t, err));
    if (!t->deed.id)
        return HM_OK;
    HM_TRY(book_do(book, "UPDATE deed SET undone = 1 WHERE id = ?1", err, "i", t->deed.id));
    t->deed.undone = true;
    switch (t->deed.kind) {
    case HM_BOOK_IMPORTED:
        return undo_import(book, t->import, t->meet, arena, err);
    case HM_BOOK_MERGED:
        return book_unmerge(book, t->drop, arena, err);
    case HM_BOOK_SETTLED:
        return t->mark ? undo_settlement(book, t->mark, err) : HM_OK;
    default:
        return book_category_refresh(book, t->meet, err);
    }
}

hm_status hm_book_undo(hm_book *book, int64_t which, hm_arena *arena, hm_book_deed *deed,
                       hm_err *err)
{
    target t = {0};
    HM_TRY(book_begin(book, err));
    HM_TRY(book_end(book, undo(book, which, arena, &t, err), err));
    *deed = t.deed;
    return HM_OK;
}
