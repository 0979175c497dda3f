/* book/deeds.h - what was done to a results book, and how it is taken back.
 *
 * Whatever changes a book is a deed with a number: an import, a merge of two people, a contest that
 * was settled, the category of a meet. Any deed can be taken back, in any order, since none
 * destroys what was told: people, contests and categories follow from the deeds that stand. */
#ifndef HM_BOOK_DEEDS_H
#define HM_BOOK_DEEDS_H

#include "book/book.h"

typedef enum hm_book_deed_kind {
    HM_BOOK_IMPORTED,
    HM_BOOK_MERGED,
    HM_BOOK_SETTLED,
    HM_BOOK_CATEGORISED,
    HM_BOOK_N_DEED
} hm_book_deed_kind;

/** "import", "merge", "settle", "category". */
const char *hm_book_deed_text(hm_book_deed_kind kind);

typedef struct hm_book_deed {
    int64_t id;
    hm_book_deed_kind kind;
    bool undone;
    const char *at;                    /* UTC, ISO 8601 */
    const char *what;                  /* the file, or the deed in words */
    int64_t added, already, conflicts; /* of an import */
} hm_book_deed;

/** Deeds, the newest first, those taken back too. memory arena */
HM_CHECKED hm_status hm_book_log(hm_book *book, int32_t n_max, hm_arena *arena, int32_t *n,
                                 hm_book_deed **deed, hm_err *err);

/**
 * Take a deed back. An import: its marks, and the people, heats and meets that nothing else holds;
 * a mark that another file told as well stays and is that file's from then on. A merge: each mark
 * goes to the person whom its file named. A settlement: both marks are in contest again.
 *
 * in     which   0 = the last that stands
 * out    deed    id = 0: there was none
 * errors HM_ERR_INPUT no such deed, or it is taken back already
 */
HM_CHECKED hm_status hm_book_undo(hm_book *book, int64_t which, hm_arena *arena, hm_book_deed *deed,
                                  hm_err *err);

/** One version of a mark in contest. */
typedef struct hm_book_side {
    int64_t mark;
    bool stands; /* the one that lists show */
    const char *status, *rule;
    int32_t place, official_cs, wind_cmps;
    bool hand, has_wind;
    int64_t reaction_us;   /* -1 = none */
    const char *file, *at; /* where it comes from, when it came */
    int64_t line, deed;    /* line 0 = not known */
} hm_book_side;

typedef struct hm_book_conflict {
    int64_t person;
    const char *name, *code, *date, *meet, *round;
    int32_t heat;
    int32_t n_side;     /* at least 2 */
    hm_book_side *side; /* (n_side) the one that stands first */
} hm_book_conflict;

/** Contests that are not settled, by the first mark in them; at most n_max. memory arena */
HM_CHECKED hm_status hm_book_conflicts(hm_book *book, int32_t n_max, hm_arena *arena, int32_t *n,
                                       hm_book_conflict **conflict, hm_err *err);

/**
 * Settle the contest in which a mark is.
 * in     mark   any version of it
 *        take   this one stands from now on; false: the one that stands now goes on
 * out    deed   its number
 * errors HM_ERR_INPUT no such mark, or nothing contradicts it
 */
HM_CHECKED hm_status hm_book_settle(hm_book *book, int64_t mark, bool take, int64_t *deed,
                                    hm_err *err);

typedef struct hm_book_meet {
    int64_t id, n_mark;
    const char *name, *date, *venue, *category;
    double altitude_m; /* NAN = not told */
} hm_book_meet;

/** Meets whose name or venue holds the text, by date, the newest first. memory arena */
HM_CHECKED hm_status hm_book_meets(hm_book *book, const char *text, int32_t n_max, hm_arena *arena,
                                   int32_t *n, hm_book_meet **meet, hm_err *err);

/**
 * Category of a meet in the world rankings.
 * in     category  OW DF GW GL A B C D E F, "" = none
 * errors HM_ERR_INPUT no such meet, no such category
 */
HM_CHECKED hm_status hm_book_categorise(hm_book *book, int64_t meet, const char *category,
                                        int64_t *deed, hm_err *err);

#endif
