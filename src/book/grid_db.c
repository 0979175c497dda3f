#include "book/grid_db.h"

#include "book_priv.h"

#include <string.h>

static bool is_plain(const char *name)
{
    return name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen(name);
}

static const char *type_of(hm_grid_kind kind)
{
    static const char *const word[] = {"INTEGER", "REAL", "TEXT"};
    return word[kind];
}

/* CREATE TABLE and INSERT from names that are the program's own. */
static hm_status statements(const hm_grid *g, hm_arena *arena, char **create, char **insert,
                            hm_err *err)
{
    HM_ASSERT(is_plain(g->name));
    *create = hm_arena_printf(arena, "CREATE TABLE %s (", g->name);
    *insert = hm_arena_printf(arena, "INSERT INTO %s VALUES (", g->name);
    for (int32_t c = 0; c < g->n_column && *create && *insert; c++) {
        const char *end = c + 1 < g->n_column ? ", " : ")";
        HM_ASSERT(is_plain(g->column[c].name));
        *create = hm_arena_printf(arena, "%s%s %s%s", *create, g->column[c].name,
                                  type_of(g->column[c].kind), end);
        *insert = hm_arena_printf(arena, "%s?%s", *insert, end);
    }
    return *create && *insert ? HM_OK : book_no_memory(err);
}

static int bind(sqlite3_stmt *st, int at, hm_grid_kind kind, const hm_grid_cell *v)
{
    if (kind == HM_GRID_TEXT)
        return sqlite3_bind_text(st, at, v->text, -1, SQLITE_STATIC);
    if (!(v->number - v->number == 0))
        return sqlite3_bind_null(st, at);
    return kind == HM_GRID_INTEGER ? sqlite3_bind_int64(st, at, (int64_t)v->number)
                                   : sqlite3_bind_double(st, at, v->number);
}

static hm_status insert_rows(hm_book *book, sqlite3_stmt *st, const hm_grid *g, hm_err *err)
{
    for (int64_t r = 0; r < hm_grid_rows(g); r++) {
        for (int32_t c = 0; c < g->n_column; c++) {
            int rc = bind(st, c + 1, g->column[c].kind, &g->cell[r * g->n_column + c]);
            if (rc != SQLITE_OK)
                return book_fail(book, rc, err);
        }
        HM_TRY(book_run(book, st, err));
    }
    return HM_OK;
}

static hm_status write_grid(hm_book *book, const hm_grid *g, hm_arena *arena, hm_err *err)
{
    char *create, *insert;
    sqlite3_stmt *st;
    if (g->failed)
        return book_no_memory(err);
    HM_TRY(statements(g, arena, &create, &insert, err));
    HM_TRY(book_exec(book, create, err));
    HM_TRY(book_do(book, "INSERT INTO about VALUES (?, ?)", err, "tt", g->name, g->about));
    HM_TRY(book_prepare(book, insert, &st, err));
    hm_status s = insert_rows(book, st, g, err);
    sqlite3_finalize(st);
    return s;
}

static hm_status write_all(hm_book *book, int32_t n, const hm_grid *const grid[], hm_arena *arena,
                           hm_err *err)
{
    /* a file in the making: nothing to protect but the time it takes */
    HM_TRY(book_exec(book,
                     "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
                     "CREATE TABLE about (name TEXT, what TEXT)",
                     err));
    for (int32_t i = 0; i < n; i++)
        HM_TRY(write_grid(book, grid[i], arena, err));
    return book_exec(book, "COMMIT", err);
}

hm_status hm_grid_db_write(const char *path, int32_t n, const hm_grid *const grid[],
                           hm_arena *arena, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_book book = {.path = path};
    int rc = sqlite3_open_v2(f.temp, &book.db, SQLITE_OPEN_READWRITE, NULL);
    hm_status s =
        rc == SQLITE_OK ? write_all(&book, n, grid, arena, err) : book_fail(&book, rc, err);
    sqlite3_close(book.db);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}
