/* Two people are one, and two again. */
#include "book_priv.h"

#include "book/deeds.h"

/* Those who are merged into ?1, and itself. */
#define UNDER                                                                                      \
    "WITH RECURSIVE sub (id) AS (VALUES (?1) UNION SELECT p.id FROM person p JOIN sub ON"          \
    " p.merged_into = sub.id) "

/* Contests of a person, after marks came or went. */
static hm_status refresh_contests(hm_book *book, int64_t person, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = true;
    HM_TRY(book_prepare(book,
                        "SELECT heat_id FROM mark WHERE person_id = ?1 AND status <> 'entered'"
                        " GROUP BY heat_id HAVING count(*) > 1 OR max(rival_of) IS NOT NULL",
                        &st, err));
    hm_status s = book_bind(book, st, err, "i", person);
    while (s == HM_OK && (s = book_step(book, st, &row, err)) == HM_OK && row)
        s = book_contest_refresh(book, sqlite3_column_int64(st, 0), person, err);
    sqlite3_finalize(st);
    return s;
}

static hm_status check(hm_book *book, int64_t keep, int64_t drop, hm_err *err)
{
    int64_t n;
    HM_TRY(book_ask(book,
                    "SELECT count(*) FROM person WHERE id IN (?1, ?2) AND merged_into IS NULL", &n,
                    err, "ii", keep, drop));
    if (n != 2)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "expected the numbers of two people, found %lld and %lld",
                          (long long)keep, (long long)drop);
    HM_TRY(book_ask(book,
                    "SELECT count(*) FROM mark a JOIN mark b ON a.heat_id = b.heat_id"
                    " WHERE a.person_id = ?1 AND b.person_id = ?2",
                    &n, err, "ii", keep, drop));
    if (n != 0)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "%lld and %lld are two people: both stand in one heat", (long long)keep,
                          (long long)drop);
    return HM_OK;
}

static hm_status merge(hm_book *book, int64_t keep, int64_t drop, hm_arena *arena, hm_err *err)
{
    HM_TRY(check(book, keep, drop, err));
    HM_TRY(book_do(book,
                   "INSERT INTO deed (kind, keep_id, drop_id, what) SELECT 'merge', k.id, d.id,"
                   " d.name || ' (' || d.id || ') is ' || k.name || ' (' || k.id || ')'"
                   " FROM person k JOIN person d WHERE k.id = ?1 AND d.id = ?2",
                   err, "ii", keep, drop));
    HM_TRY(
        book_do(book, "UPDATE person SET merged_into = ?1 WHERE id = ?2", err, "ii", keep, drop));
    HM_TRY(book_do(book,
                   "UPDATE mark SET person_id = ?1, named_id = coalesce(named_id, person_id)"
                   " WHERE person_id = ?2",
                   err, "ii", keep, drop));
    return book_person_refresh(book, keep, true, arena, err);
}

hm_status hm_book_merge(hm_book *book, int64_t keep, int64_t drop, hm_arena *arena, hm_err *err)
{
    HM_TRY(book_begin(book, err));
    return book_end(book, merge(book, keep, drop, arena, err), err);
}

hm_status book_unmerge(hm_book *book, int64_t drop, hm_arena *arena, hm_err *err)
{
    int64_t root;
    HM_TRY(book_ask(book,
                    "WITH RECURSIVE up (id, into_id) AS (SELECT id, merged_into FROM person WHERE"
                    " id = ?1 UNION ALL SELECT q.id, q.merged_into FROM up JOIN person q ON q.id ="
                    " up.into_id) SELECT id FROM up WHERE into_id IS NULL",
                    &root, err, "i", drop));
    HM_TRY(book_do(book, "UPDATE person SET merged_into = NULL WHERE id = ?1", err, "i", drop));
    HM_TRY(book_do(book,
                   UNDER "UPDATE mark SET person_id = ?1, named_id = nullif(named_id, ?1)"
                         " WHERE named_id IN (SELECT id FROM sub)",
                   err, "i", drop));
    HM_TRY(book_person_refresh(book, root, true, arena, err));
    HM_TRY(book_person_refresh(book, drop, true, arena, err));
    HM_TRY(refresh_contests(book, root, err));
    return refresh_contests(book, drop, err);
}
