/* Statements and what SQLite says when it will not. */
#include "book_priv.h"

#include <math.h>
#include <stdarg.h>

hm_status book_fail(hm_book *book, int rc, hm_err *err)
{
    const char *path = book->path;
    switch (rc & 0xff) {
    case SQLITE_NOTADB:
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "expected a results book of hecto, found a file that is no database");
    case SQLITE_CORRUPT:
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "is damaged; restore it from a backup");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL,
                          "another program has been writing for too long; nothing was changed");
    case SQLITE_READONLY:
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL,
                          "cannot be written: the file, its folder or its disk is read-only");
    case SQLITE_FULL:
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL,
                          "cannot be written: the disk is full; nothing was changed");
    case SQLITE_NOMEM:
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    default:
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "%s",
                          book->db ? sqlite3_errmsg(book->db) : sqlite3_errstr(rc));
    }
}

hm_status book_exec(hm_book *book, const char *sql, hm_err *err)
{
    int rc = sqlite3_exec(book->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? HM_OK : book_fail(book, rc, err);
}

hm_status book_prepare(hm_book *book, const char *sql, sqlite3_stmt **st, hm_err *err)
{
    int rc = sqlite3_prepare_v2(book->db, sql, -1, st, NULL);
    return rc == SQLITE_OK ? HM_OK : book_fail(book, rc, err);
}

static int bind_one(sqlite3_stmt *st, int at, char type, va_list *ap)
{
    if (type == 'i')
        return sqlite3_bind_int64(st, at, va_arg(*ap, int64_t));
    if (type == 't')
        return sqlite3_bind_text(st, at, va_arg(*ap, const char *), -1, SQLITE_STATIC);
    if (type == 'd') {
        double v = va_arg(*ap, double);
        return isnan(v) ? sqlite3_bind_null(st, at) : sqlite3_bind_double(st, at, v);
    }
    HM_ASSERT(type == 'o');
    int has = va_arg(*ap, int);
    int64_t v = va_arg(*ap, int64_t);
    return has ? sqlite3_bind_int64(st, at, v) : sqlite3_bind_null(st, at);
}

static hm_status bind_all(hm_book *book, sqlite3_stmt *st, const char *types, va_list *ap,
                          hm_err *err)
{
    sqlite3_reset(st);
    int rc = SQLITE_OK;
    for (int i = 0; types[i] && rc == SQLITE_OK; i++)
        rc = bind_one(st, i + 1, types[i], ap);
    return rc == SQLITE_OK ? HM_OK : book_fail(book, rc, err);
}

hm_status book_bind(hm_book *book, sqlite3_stmt *st, hm_err *err, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    hm_status s = bind_all(book, st, types, &ap, err);
    va_end(ap);
    return s;
}

hm_status book_step(hm_book *book, sqlite3_stmt *st, bool *row, hm_err *err)
{
    int rc = sqlite3_step(st);
    *row = rc == SQLITE_ROW;
    if (*row)
        return HM_OK;
    hm_status s = rc == SQLITE_DONE ? HM_OK : book_fail(book, rc, err);
    sqlite3_reset(st);
    return s;
}

hm_status book_run(hm_book *book, sqlite3_stmt *st, hm_err *err)
{
    bool row = true;
    while (row)
        HM_TRY(book_step(book, st, &row, err));
    return HM_OK;
}

hm_status book_scalar(hm_book *book, const char *sql, int64_t *value, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book, sql, &st, err));
    hm_status s = book_step(book, st, &row, err);
    if (s == HM_OK)
        *value = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_finalize(st);
    return s;
}

/* Prepare, bind, step to the end; the first column of the first row, 0 = no row. */
static hm_status once(hm_book *book, const char *sql, int64_t *value, const char *types,
                      va_list *ap, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book, sql, &st, err));
    hm_status s = bind_all(book, st, types, ap, err);
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    *value = s == HM_OK && row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_finalize(st);
    return s;
}

hm_status book_do(hm_book *book, const char *sql, hm_err *err, const char *types, ...)
{
    int64_t none;
    va_list ap;
    va_start(ap, types);
    hm_status s = once(book, sql, &none, types, &ap, err);
    va_end(ap);
    return s;
}

hm_status book_ask(hm_book *book, const char *sql, int64_t *value, hm_err *err, const char *types,
                   ...)
{
    va_list ap;
    va_start(ap, types);
    hm_status s = once(book, sql, value, types, &ap, err);
    va_end(ap);
    return s;
}

hm_status book_no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

hm_status book_text(sqlite3_stmt *st, int column, hm_arena *arena, const char **text, hm_err *err)
{
    const unsigned char *found = sqlite3_column_text(st, column);
    *text = found ? hm_arena_text(arena, (const char *)found) : "";
    return *text ? HM_OK : book_no_memory(err);
}

hm_status book_begin(hm_book *book, hm_err *err)
{
    return book_exec(book, "BEGIN IMMEDIATE", err);
}

hm_status book_end(hm_book *book, hm_status status, hm_err *err)
{
    if (status == HM_OK)
        status = book_exec(book, "COMMIT", err);
    if (status != HM_OK && !sqlite3_get_autocommit(book->db))
        sqlite3_exec(book->db, "ROLLBACK", NULL, NULL,
                     NULL); /* the first failure is the one told */
    return status;
}
