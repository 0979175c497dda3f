/* book/records.h - records of a book and when they fell; the world rankings. */
#ifndef HM_BOOK_RECORDS_H
#define HM_BOOK_RECORDS_H

#include "book/book.h"

/** One record on its day. */
typedef struct hm_book_record {
    hm_book_row row;
    bool equalled;      /* the same time again while it stood: the same standing (CR31.5) */
    int32_t by_cs;      /* by how much the one before was beaten; 0 = the first, or equalled */
    int64_t day;        /* since 1970-01-01, HM_BOOK_NO_DAY = not known */
    int64_t stood_days; /* until it was beaten; -1 = it stands, or the days are not known */
} hm_book_record;

#define HM_BOOK_NO_DAY INT64_MIN

typedef struct hm_book_line {
    int32_t n;
    hm_book_record *record; /* (n) the oldest first */
} hm_book_line;

typedef struct hm_book_records {
    hm_book_line legal; /* automatic times, wind of at most 2.0 m/s */
    hm_book_line aided; /* faster than all before under any conditions, but with more wind, or none
                         * measured where it must be */
    hm_book_line hand;  /* by hand, legal wind: a line of its own */
    int64_t last_day;   /* of the newest mark of the event, as in hm_book_record */
} hm_book_records;

/**
 * The record and all before it, of the book's marks. Altitude refuses none. Of two marks on one day
 * the slower counts only in an earlier round of the same meet; marks without a date do not count.
 *
 * in     filter  who and where; legal, timing, every, n_max are not asked; graded is not allowed
 *                (asserted)
 * errors none of its own.  memory arena
 * test   tests/unit/book/test_records.c
 */
HM_CHECKED hm_status hm_book_record_lines(hm_book *book, const hm_book_filter *filter,
                                          hm_arena *arena, hm_book_records *records, hm_err *err);

/* ---- world rankings ---- */

enum { HM_BOOK_RANKED_OF = 5, HM_BOOK_RANKED_MAIN = 3 };

/** One performance that counts. */
typedef struct hm_book_performance {
    hm_book_row row;
    const char *code; /* 100m, or 50m, 55m, 60m */
    const char *category;
    int32_t place_scored; /* in a final, 0 = none */
    hm_points_performance points;
} hm_book_performance;

typedef struct hm_book_ranked {
    int32_t place; /* equal sums share it */
    int64_t person;
    const char *name, *team;
    int32_t sum; /* of the best five: a fifth of it is the ranking score */
    hm_book_performance best[HM_BOOK_RANKED_OF];
} hm_book_ranked;

typedef struct hm_book_ranking {
    const char *after, *on; /* the day of a year before, which is out; the last day */
    const char *edition;
    int32_t n, n_few;       /* n_few: people with too few performances */
    hm_book_ranked *ranked; /* (n) */
} hm_book_ranking;

/**
 * World ranking of the group of the 100 m: the mean of the best five performances of twelve months,
 * at least three of them at 100 m, the rest at 50, 55, 60 m. Automatic times; places in finals of
 * meets that have a category.
 *
 * in     on    ISO date; NULL = day of the newest mark
 *        n_max people; who shares the last place comes too
 * errors HM_ERR_INPUT another event than 100m; no date to go by
 * memory arena
 * source docs/points.md: numbers of 2023, secondary
 * test   tests/unit/book/test_records.c
 */
HM_CHECKED hm_status hm_book_rank(hm_book *book, const char *code, hm_sex sex, const char *on,
                                  int32_t n_max, hm_arena *arena, hm_book_ranking *ranking,
                                  hm_err *err);

#endif
