/* What the files of the book share: the connection, statements and their errors. */
#ifndef HM_BOOK_PRIV_H
#define HM_BOOK_PRIV_H

#include <sqlite3.h>

#include "book/book.h"

enum { BOOK_APPLICATION_ID = 0x48454354 /* "HECT" */, BOOK_VERSION = 2 };

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

/** Run one statement with values, as book_bind takes them; a row it gives is dropped. */
HM_CHECKED hm_status book_do(hm_book *book, const char *sql, hm_err *err, const char *types, ...);

/** First column of the first row of a statement with values; 0 = no row. */
HM_CHECKED hm_status book_ask(hm_book *book, const char *sql, int64_t *value, hm_err *err,
                              const char *types, ...);

/** HM_ERR_SYSTEM "no memory". */
hm_status book_no_memory(hm_err *err);

/** Text of a column, never NULL, into the arena. */
HM_CHECKED hm_status book_text(sqlite3_stmt *st, int column, hm_arena *arena, const char **text,
                               hm_err *err);

/** Numbers that were seen; zeroed = none. */
typedef struct book_seen {
    size_t n_slot, n; /* slots: a power of two */
    int64_t *slot;    /* 0 = free */
} book_seen;

bool book_is_seen(const book_seen *s, int64_t id);

/** in id not 0. out is_new  was it not there? memory arena */
HM_CHECKED hm_status book_see(book_seen *s, int64_t id, hm_arena *arena, bool *is_new, hm_err *err);

/** Outdoor sprints and hurdles up to 200 m: without a reading of the wind no record, no list. */
bool book_needs_wind(const char *code);

/* Is heat h a final? By the name of its round (final, finale, the Japanese kesshou; no semi-final,
 * no quarter-final); a round without a name, when it is the last of its event and stands alone. */
#define BOOK_IS_FINAL                                                                              \
    "CASE WHEN h.round_name <> '' THEN (h.round_name LIKE '%final%' OR h.round_name LIKE"          \
    " '%\xe6\xb1\xba\xe5\x8b\x9d%') AND NOT (h.round_name LIKE '%semi%' OR h.round_name LIKE"      \
    " '%halb%' OR h.round_name LIKE '%demi%' OR h.round_name LIKE '%quart%' OR h.round_name LIKE"  \
    " '%viertel%' OR h.round_name LIKE '%1/%' OR h.round_name LIKE '%\xe6\xba\x96%')"              \
    " ELSE NOT EXISTS (SELECT 1 FROM heat o WHERE o.meet_id = h.meet_id AND o.event = h.event"     \
    " AND o.code = h.code AND o.sex = h.sex AND (o.round > h.round OR (o.round = h.round AND"      \
    " o.id <> h.id))) END"

/* Ages of marks from the birth of their people, as hm_book_age gives them; marks of which the age
 * is not known have none. To be followed by a condition on mark m, person p is his. */
#define BOOK_DAY       "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
#define BOOK_BORN_YEAR "CAST(substr(p.born, 1, 4) AS INTEGER)"
#define BOOK_SET_AGES                                                                              \
    "UPDATE mark SET (year_age, age_yr, age_exact) = (SELECT y, max(0, y - 1 + (e AND"             \
    " substr(date, 6, 5) >= substr(born, 6, 5))), e FROM (SELECT mark.year - " BOOK_BORN_YEAR      \
    " AS y, p.born GLOB " BOOK_DAY " AND mark.date GLOB " BOOK_DAY " AS e, p.born AS born FROM"    \
    " person p WHERE p.id = mark.person_id AND p.born GLOB '[0-9][0-9][0-9][0-9]*' AND mark.year"  \
    " > 0 AND mark.year - " BOOK_BORN_YEAR " BETWEEN 0 AND 130) UNION ALL SELECT NULL, NULL, 0"    \
    " LIMIT 1)"

/** Begin to write, waiting for other writers; end it. */
HM_CHECKED hm_status book_begin(hm_book *book, hm_err *err);
/** Commit when status is HM_OK, else take everything back; returns the first failure. */
HM_CHECKED hm_status book_end(hm_book *book, hm_status status, hm_err *err);

/** What is known of a person, and the ages of his marks, from what files told; has_new_marks: some
 *  that were another's. Inside a writer's transaction, as the next two. */
HM_CHECKED hm_status book_person_refresh(hm_book *book, int64_t person, bool has_new_marks,
                                         hm_arena *arena, hm_err *err);

/** Which mark of a person in a heat stands: that of the last settlement, else the first result. */
HM_CHECKED hm_status book_contest_refresh(hm_book *book, int64_t heat, int64_t person, hm_err *err);

/** A person who was merged into another is one again. */
HM_CHECKED hm_status book_unmerge(hm_book *book, int64_t drop, hm_arena *arena, hm_err *err);

/** The category of a meet as the last deed that stands says, on the meet and its marks. */
HM_CHECKED hm_status book_category_refresh(hm_book *book, int64_t meet, hm_err *err);

/** Which of a meet's heats of rounds without a name are finals: others may have come or gone. */
HM_CHECKED hm_status book_final_refresh(hm_book *book, int64_t meet, hm_err *err);

/** Year of an ISO date, 0 = none. */
int32_t book_year_of(const char *date);

/** Tables of this version into an empty file, or those of an older one brought up to it. */
HM_CHECKED hm_status book_schema_bring_up(hm_book *book, hm_err *err);

/** Is it a book of a version that is known? *empty: a file with nothing in it. */
HM_CHECKED hm_status book_schema_check(hm_book *book, bool *empty, int64_t *version, hm_err *err);

#endif
