/* A book is opened, closed, copied. */
#include "book/book.h"

#include "book_priv.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- open ---- */

/* A file that is there must be a regular one; one to be read must be there. */
static hm_status look(const char *path, hm_book_mode mode, hm_err *err)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        if (errno == ENOENT && mode == HM_BOOK_WRITE)
            return HM_OK;
        return hm_err_set(err, errno == ENOENT ? HM_ERR_NOFILE : HM_ERR_SYSTEM, path, 0, 0, NULL,
                          "cannot be opened: %s", strerror(errno));
    }
    if (!S_ISREG(st.st_mode))
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "expected a results book, found a folder or a device");
    return HM_OK;
}

static hm_status settle_in(hm_book *book, hm_err *err)
{
    sqlite3_extended_result_codes(book->db, 1);
    sqlite3_busy_timeout(book->db, HM_BOOK_BUSY_MS);
    sqlite3_db_config(book->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(book->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* pages in memory: 256 MB, so that an import into a book of a million marks keeps its indexes
     */
    return book_exec(book,
                     "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                     "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 16384;",
                     err);
}

/* SQLite does not wait for others when it changes to WAL. */
static hm_status use_wal(hm_book *book, hm_err *err)
{
    int rc = SQLITE_BUSY;
    for (int i = 0; i < HM_BOOK_BUSY_MS / 10; i++) {
        rc = sqlite3_exec(book->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((rc & 0xff) != SQLITE_BUSY)
            break;
        sqlite3_sleep(10);
    }
    return rc == SQLITE_OK ? HM_OK : book_fail(book, rc, err);
}

static hm_status prepare_book(hm_book *book, hm_book_mode mode, hm_err *err)
{
    bool empty;
    int64_t version;
    HM_TRY(settle_in(book, err));
    /* at once: another program may be making the tables */
    HM_TRY(book_exec(book, "BEGIN", err));
    HM_TRY(book_end(book, book_schema_check(book, &empty, &version, err), err));
    if (empty && mode != HM_BOOK_WRITE)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "expected a results book, found an empty file");
    if (mode != HM_BOOK_READ) {
        HM_TRY(use_wal(book, err));
        return version < BOOK_VERSION ? book_schema_bring_up(book, err) : HM_OK;
    }
    if (version < BOOK_VERSION)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "was made by an older hecto: the next import brings it up to date");
    return HM_OK;
}

/* ---- where nothing can be written ---- */

/* Can SQLite keep its own files beside this one? */
static bool has_writable_folder(const char *path, hm_arena *arena)
{
    const char *slash = strrchr(path, '/');
    char *folder = hm_arena_text(arena, slash ? path : ".");
    if (!folder)
        return true;
    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    return access(folder, W_OK) == 0;
}

/* "file:" and the path with all but plain letters escaped, as SQLite reads it. */
static char *uri_of(const char *path, hm_arena *arena)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
    char *uri = HM_PUSH(arena, char, 3 * strlen(path) + 32), *at = uri;
    if (!uri)
        return NULL;
    at += sprintf(at, path[0] == '/' ? "file://" : "file:");
    for (; *path; path++)
        at += sprintf(at, strchr(plain, *path) ? "%c" : "%%%02x", (unsigned char)*path);
    strcpy(at, "?immutable=1");
    return uri;
}

/* On read-only media SQLite cannot keep the files that a journal in WAL mode wants; a book that
 * nobody writes can be read without them. */
static hm_status open_fixed(hm_book *b, hm_arena *arena, hm_err *err)
{
    struct stat st;
    char *beside = hm_arena_printf(arena, "%s-wal", b->path), *uri = uri_of(b->path, arena);
    if (!beside || !uri)
        return book_no_memory(err);
    if (stat(beside, &st) == 0 && st.st_size > 0)
        return hm_err_set(err, HM_ERR_SYSTEM, b->path, 0, 0, NULL,
                          "has a journal beside it (-wal) that cannot be taken in from a read-only "
                          "folder; copy both to where you may write");
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(uri, &b->db, flags, NULL);
    return rc == SQLITE_OK ? HM_OK : book_fail(b, rc, err);
}

static hm_status open_file(hm_book *b, hm_book_mode mode, hm_arena *arena, hm_err *err)
{
    HM_TRY(look(b->path, mode, err));
    if (mode == HM_BOOK_READ && !has_writable_folder(b->path, arena))
        return open_fixed(b, arena, err);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (mode == HM_BOOK_WRITE ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(b->path, &b->db, flags, NULL);
    return rc == SQLITE_OK ? HM_OK : book_fail(b, rc, err);
}

hm_status hm_book_open(const char *path, hm_book_mode mode, hm_arena *arena, hm_book **book,
                       hm_err *err)
{
    hm_book *b = HM_PUSH(arena, hm_book, 1);
    const char *kept = hm_arena_text(arena, path);
    if (!b || !kept)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    b->path = kept;
    hm_status s = open_file(b, mode, arena, err);
    if (s == HM_OK)
        s = prepare_book(b, mode, err);
    if (s == HM_OK)
        *book = b;
    else
        hm_book_close(b);
    return s;
}

void hm_book_close(hm_book *book)
{
    if (book)
        sqlite3_close(book->db);
}

/* ---- backup ---- */

static hm_status copy(hm_book *from, hm_book *to, hm_err *err)
{
    sqlite3_backup *b = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!b)
        return book_fail(to, sqlite3_errcode(to->db), err);
    int rc;
    do {
        rc = sqlite3_backup_step(b, 1000);
        if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
            sqlite3_sleep(10);
    } while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
    sqlite3_backup_finish(b);
    return rc == SQLITE_DONE ? HM_OK : book_fail(to, rc, err);
}

hm_status hm_book_backup(hm_book *book, const char *path, hm_err *err)
{
    struct stat st;
    if (stat(path, &st) == 0)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "is there already: a backup replaces nothing");
    hm_book to = {.path = path};
    int rc = sqlite3_open_v2(path, &to.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    hm_status s = rc == SQLITE_OK ? copy(book, &to, err) : book_fail(&to, rc, err);
    sqlite3_close(to.db);
    if (s != HM_OK)
        remove(path);
    return s;
}
