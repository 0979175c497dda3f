/* What the files of the book share: the connection, statements and their errors. */
#ifndef HM_BOOK_PRIV_H
#define HM_BOOK_PRIV_H

#include <sqlite3.h>

#include "book/book.h"

enum { BOOK_APPLICATION_ID = 0x48454354 /* "HECT" */, BOOK_VERSION = 1 };

struct hm_book {
    sqlite3 *db;
    const char *path;
};

/** SQLite's refusal as a status: damage is bad input, the rest is the system. */
hm_status book_fail(hm_book *book, int rc, hm_err *err);

/** One or more statements without values, from the program's own text. */
HM_CHECKED hm_status book_exec(hm_book *book, const char *sql, hm_err *err);

/** Prepare one statement; to be finalised. sql is a text of the program, never made from data. */
HM_CHECKED hm_status book_prepare(hm_book *book, const char *sql, sqlite3_stmt **st, hm_err *err);

/**
 * Reset, and bind values in order. types, a letter a value: i int64_t, t text that outlives the
 * step, o an optional number (two arguments: int has, int64_t value), d double (NAN = null).
 */
HM_CHECKED hm_status book_bind(hm_book *book, sqlite3_stmt *st, hm_err *err, const char *types,
                               ...);

/** Next row; *row = false after the last, the statement is then reset. */
HM_CHECKED hm_status book_step(hm_book *book, sqlite3_stmt *st, bool *row, hm_err *err);

/** Step to the end and reset. */
HM_CHECKED hm_status book_run(hm_book *book, sqlite3_stmt *st, hm_err *err);

/** First column of the only row of a statement without values. */
HM_CHECKED hm_status book_scalar(hm_book *book, const char *sql, int64_t *value, hm_err *err);

/** Text of a column, never NULL, into the arena. */
HM_CHECKED hm_status book_text(sqlite3_stmt *st, int column, hm_arena *arena, const char **text,
                               hm_err *err);

/** Outdoor sprints and hurdles up to 200 m: without a reading of the wind no record, no list. */
bool book_needs_wind(const char *code);

/** Begin to write, waiting for other writers; end it. */
HM_CHECKED hm_status book_begin(hm_book *book, hm_err *err);
/** Commit when status is HM_OK, else take everything back; returns the first failure. */
HM_CHECKED hm_status book_end(hm_book *book, hm_status status, hm_err *err);

/** Tables of this version into an empty file, or those of an older one brought up to it. */
HM_CHECKED hm_status book_schema_bring_up(hm_book *book, hm_err *err);

/** Is it a book of a version that is known? *empty: a file with nothing in it. */
HM_CHECKED hm_status book_schema_check(hm_book *book, bool *empty, int64_t *version, hm_err *err);

#endif
