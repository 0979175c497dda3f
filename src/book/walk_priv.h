/* Marks in order: one statement for each run of an index, merged. */
#ifndef HM_BOOK_WALK_PRIV_H
#define HM_BOOK_WALK_PRIV_H

#include "book_priv.h"

#include "book/points.h"

enum { BOOK_STREAM_MAX = 200 };

typedef struct book_stream {
    sqlite3_stmt *st;
    hm_sex sex;
    int32_t age_yr; /* > 0: graded by this age */
    bool at_end;
    int64_t rank; /* of its row: the lower comes first */
} book_stream;

/** Marks by official time, or by age grade the best first; equal ones by date, then number. */
typedef struct book_walk {
    hm_book *book;
    hm_arena *arena;
    const hm_book_filter *filter;
    hm_points_event event; /* of a walk by grade */
    char year[2][8];
    book_stream *stream;
    int32_t n_stream, current; /* current = stream of the row, -1 = none yet */
} book_walk;

/** What an index tells of a mark. */
typedef struct book_step_row {
    int64_t mark, person;
    int32_t official_cs;
    const char *date; /* until the next step */
    int32_t age_yr;   /* of a walk by grade; 0 = none */
    int64_t rank;
} book_step_row;

/**
 * Begin. filter must outlive the walk.
 * errors HM_ERR_INPUT an event without grades; to be closed in any case
 */
HM_CHECKED hm_status book_walk_open(book_walk *w, hm_book *book, const hm_book_filter *filter,
                                    hm_arena *arena, hm_err *err);
void book_walk_close(book_walk *w);

HM_CHECKED hm_status book_walk_next(book_walk *w, bool *row, book_step_row *out, hm_err *err);

/** Go on with the first mark that is no faster and no later. */
HM_CHECKED hm_status book_walk_jump(book_walk *w, int32_t from_cs, const char *to, hm_err *err);

/** All that lists tell of a mark, by number. */
HM_CHECKED hm_status book_row_prepare(hm_book *book, sqlite3_stmt **st, hm_err *err);
HM_CHECKED hm_status book_row_read(hm_book *book, sqlite3_stmt *st, int64_t mark, hm_arena *arena,
                                   hm_book_row *row, hm_err *err);

/** Does the mark fit what a walk does not ask everywhere: meet, venue, age group? */
bool book_row_fits(const hm_book_filter *filter, const hm_book_row *row);

#endif
