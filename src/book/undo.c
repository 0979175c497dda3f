/* The last import is taken back. */
#include "book_priv.h"

/* In this order: what refers to a thing goes before it. ?1 = the import. */
static const char *const step[] = {
    "DELETE FROM mark WHERE import_id = ?1 AND rival_of IS NOT NULL",
    "DELETE FROM mark WHERE import_id = ?1",
    "DELETE FROM heat WHERE import_id = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM mark WHERE heat_id = heat.id)",
    "DELETE FROM meet WHERE import_id = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM heat WHERE meet_id = meet.id)",
    "DELETE FROM person_name WHERE person_id IN (SELECT id FROM person WHERE import_id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM mark WHERE person_id = person.id))",
    "DELETE FROM person WHERE import_id = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM mark WHERE person_id = person.id)",
    "UPDATE import SET undone = 1 WHERE id = ?1"};

static hm_status last_import(hm_book *book, hm_arena *arena, int64_t *id, const char **source,
                             hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    *id = 0;
    *source = "";
    HM_TRY(book_prepare(
        book, "SELECT id, source FROM import WHERE undone = 0 ORDER BY id DESC LIMIT 1", &st, err));
    hm_status s = book_step(book, st, &row, err);
    if (s == HM_OK && row) {
        *id = sqlite3_column_int64(st, 0);
        s = book_text(st, 1, arena, source, err);
    }
    sqlite3_finalize(st);
    return s;
}

static hm_status take_back(hm_book *book, int64_t id, hm_err *err)
{
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++) {
        sqlite3_stmt *st;
        HM_TRY(book_prepare(book, step[i], &st, err));
        hm_status s = book_bind(book, st, err, "i", id);
        if (s == HM_OK)
            s = book_run(book, st, err);
        sqlite3_finalize(st);
        HM_TRY(s);
    }
    return HM_OK;
}

hm_status hm_book_undo(hm_book *book, hm_arena *arena, int64_t *id, const char **source,
                       hm_err *err)
{
    int64_t last = 0;
    const char *file = "";
    HM_TRY(book_begin(book, err));
    hm_status s = last_import(book, arena, &last, &file, err);
    if (s == HM_OK && last)
        s = take_back(book, last, err);
    HM_TRY(book_end(book, s, err));
    *id = last;
    if (source)
        *source = file;
    return HM_OK;
}
