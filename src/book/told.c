/* What files told of a person, summed up: sex, birth and licence of all under whose names he ran.
 */
#include "book_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX = 4 * HM_MEET_TEXT_MAX + 1 };

typedef struct summary {
    char sex[8], born[FIELD_MAX], license[FIELD_MAX];
} summary;

/* The first that is told; "1986" grows to "1986-08-21", nothing else replaces it. */
static void learn(char *known, size_t size, const char *told)
{
    size_t n = strlen(known), n_told = strlen(told);
    if (n_told > n && n_told < size && strncmp(known, told, n) == 0)
        memcpy(known, told, n_told + 1);
}

static const char *column(sqlite3_stmt *st, int i)
{
    return (const char *)sqlite3_column_text(st, i); /* columns of told are not null */
}

static hm_status sum_up(hm_book *book, sqlite3_stmt *st, summary *s, hm_err *err)
{
    bool row;
    for (;;) {
        HM_TRY(book_step(book, st, &row, err));
        if (!row)
            return HM_OK;
        const char *sex = column(st, 0), *born = column(st, 1), *license = column(st, 2);
        if (!sex || !born || !license)
            return book_no_memory(err);
        learn(s->sex, sizeof s->sex, sex);
        learn(s->born, sizeof s->born, born);
        if (!s->license[0])
            learn(s->license, sizeof s->license, license);
    }
}

int32_t book_year_of(const char *date)
{
    for (int i = 0; i < 4; i++)
        if (!isdigit((unsigned char)date[i]))
            return 0;
    return (int32_t)strtol((char[]){date[0], date[1], date[2], date[3], 0}, NULL, 10);
}

hm_status book_person_refresh(hm_book *book, int64_t person, bool has_new_marks, hm_arena *arena,
                              hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(arena);
    summary *s = HM_PUSH(arena, summary, 1);
    if (!s)
        return book_no_memory(err);
    sqlite3_stmt *st = NULL;
    hm_status status = book_prepare(
        book,
        "WITH RECURSIVE sub (id) AS (VALUES (?1) UNION SELECT p.id FROM person p JOIN sub"
        " ON p.merged_into = sub.id) SELECT t.sex, t.born, t.license FROM sub CROSS JOIN told t"
        " ON t.person_id = sub.id ORDER BY t.person_id <> ?1, t.import_id",
        &st, err);
    if (status == HM_OK)
        status = book_bind(book, st, err, "i", person);
    if (status == HM_OK)
        status = sum_up(book, st, s, err);
    sqlite3_finalize(st);
    int64_t is_new = 0;
    if (status == HM_OK)
        status = book_ask(book, "SELECT born <> ?2 FROM person WHERE id = ?1", &is_new, err, "it",
                          person, s->born);
    if (status == HM_OK)
        status = book_do(book,
                         "UPDATE person SET sex = ?2, born = ?3, license = ?4 WHERE id = ?1 AND"
                         " (sex <> ?2 OR born <> ?3 OR license <> ?4)",
                         err, "ittt", person, s->sex, s->born, s->license);
    if (status == HM_OK && (is_new || has_new_marks))
        status = book_do(book, BOOK_SET_AGES " WHERE person_id = ?1", err, "i", person);
    hm_arena_release(arena, mark);
    return status;
}
