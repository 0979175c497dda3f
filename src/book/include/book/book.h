/* book/book.h - the results book: people, meets, heats and marks of many years in one SQLite file.
 *
 * An import is one transaction: the file holds all of it or nothing, whenever the program is
 * stopped. Any number of programs may read and write the same file. docs/formats/book.md tells the
 * tables. Official times are taken as they are given: the book rounds nothing. */
#ifndef HM_BOOK_BOOK_H
#define HM_BOOK_BOOK_H

#include "book/points.h"
#include "data/meet.h"

enum {
    HM_BOOK_CODE_MAX = 32,       /* bytes of a discipline: "100m" */
    HM_BOOK_LIST_MAX = 100000,   /* rows of a list */
    HM_BOOK_BUSY_MS = 30 * 1000, /* how long a writer waits for another */
    HM_BOOK_LEGAL_CMPS = 200     /* most wind of a record (World Athletics CR31.14.3) */
};

typedef struct hm_book hm_book;

typedef enum hm_book_mode {
    HM_BOOK_READ,   /* must be there; is not changed */
    HM_BOOK_CHANGE, /* must be there */
    HM_BOOK_WRITE   /* made when it is not there */
} hm_book_mode;

/**
 * Open a book; bring one of an older version up to this one unless it is only read.
 *
 * out    book   to be closed; untouched on failure
 * errors HM_ERR_NOFILE nothing to read there; HM_ERR_INPUT by name: not a database, a database of
 *        another program, damaged, or made by a newer version; HM_ERR_SYSTEM it cannot be written
 * memory arena, and what SQLite takes until the close
 * threads: one book a thread
 * test   tests/unit/book/test_book.c
 */
HM_CHECKED hm_status hm_book_open(const char *path, hm_book_mode mode, hm_arena *arena,
                                  hm_book **book, hm_err *err);

/** Close; NULL is fine. What was not committed is gone. */
void hm_book_close(hm_book *book);

typedef struct hm_book_report {
    int64_t import_id;
    int64_t added;     /* marks that are new */
    int64_t already;   /* marks that stood there */
    int64_t conflicts; /* marks that contradict one of the same athlete and heat: kept beside it */
    int64_t people;    /* people that are new */
    hm_notes notes;    /* one for each conflict, the first hundred */
} hm_book_report;

/**
 * Take a meet into the book, whole or not at all. A mark is the same as one that is there when
 * nothing that both tell differs; then it adds nothing. One that differs is kept as its rival and
 * not listed. A meet without a name and a date is known by the name of its file.
 *
 * in     meet    passes hm_meet_check
 * out    report  untouched on failure
 * errors HM_ERR_INPUT the meet; HM_ERR_SYSTEM the disk, or another writer for HM_BOOK_BUSY_MS
 * memory notes in arena
 */
HM_CHECKED hm_status hm_book_import(hm_book *book, const hm_meet *meet, hm_arena *arena,
                                    hm_book_report *report, hm_err *err);

/** Age groups of World Athletics TR3.1; whose birth is not known is in none but the first. */
typedef enum hm_book_group {
    HM_BOOK_OPEN,   /* everybody */
    HM_BOOK_U18,    /* 16 or 17 on the last day of the year */
    HM_BOOK_U20,    /* 18 or 19 */
    HM_BOOK_MASTERS /* group_yr to group_yr + 4 on the day; the day must be known where it matters
                     */
} hm_book_group;

typedef enum hm_book_timing {
    HM_BOOK_ANY_TIMING,
    HM_BOOK_AUTOMATIC,
    HM_BOOK_BY_HAND
} hm_book_timing;

/** Which marks; zeroed but for n_max = all by anybody, the best of each person. */
typedef struct hm_book_filter {
    const char *code; /* discipline as hm_book_code writes it */
    bool has_sex;
    hm_sex sex;
    bool legal;            /* wind of at most 2.0 m/s; where it must be measured, measured */
    bool every;            /* all marks of a person, not the best alone */
    bool ties;             /* those who share the last place come too, beyond n_max */
    bool graded;           /* by age grade: 60m, 100m, 200m; people whose birth is known */
    bool younger;          /* U18, U20: who is younger than the group too */
    int32_t year;          /* 0 = all */
    int64_t person;        /* 0 = all */
    int32_t n_max;         /* 1 .. HM_BOOK_LIST_MAX */
    hm_book_timing timing; /* not told by hand counts as automatic */
    hm_book_group group;
    int32_t group_yr;         /* of masters: 35, 40 ... */
    const char *team;         /* NULL = all; upper and lower case are the same */
    const char *meet, *venue; /* the same */
    const char *from, *to;    /* ISO dates, both in; NULL = all */
} hm_book_filter;

typedef struct hm_book_row {
    int64_t mark, person;
    int32_t place; /* equal times or grades share it, the next is skipped */
    const char *name, *team, *sex;
    int32_t official_cs;
    bool hand, has_wind, disputed; /* disputed: it has rivals that are not settled */
    int32_t wind_cmps;
    int64_t reaction_us; /* -1 = none */
    const char *date, *meet, *venue, *round;
    const char *born;
    int32_t age_yr;    /* on the day, -1 = not known */
    bool age_exact;    /* both days are known; else the younger of the two that it can be */
    double altitude_m; /* NAN = not told */
    int64_t meet_id;
    int32_t round_number;  /* 0 = not told */
    hm_points_grade grade; /* of a graded list */
} hm_book_row;

typedef struct hm_book_rows {
    int32_t n;
    hm_book_row *row; /* (n) */
} hm_book_rows;

/** Age on a day in whole years, -1 = not known; without both days the younger of the two that it
 *  can be. in ISO dates, or years alone. out exact. threads: pure */
int32_t hm_book_age(const char *born, const char *date, bool *exact);

/** Finished marks by official time, or by age grade; equal ones by date. Rivals are left out.
 *  errors HM_ERR_INPUT an event without age factors. memory arena */
HM_CHECKED hm_status hm_book_list(hm_book *book, const hm_book_filter *filter, hm_arena *arena,
                                  hm_book_rows *rows, hm_err *err);

typedef struct hm_book_person {
    int64_t id, n_mark;
    const char *name, *sex, *born;
} hm_book_person;

/** People whose name holds the text: case, accents, width and kana do not count. At most n_max. */
HM_CHECKED hm_status hm_book_find(hm_book *book, const char *text, int32_t n_max, hm_arena *arena,
                                  int32_t *n, hm_book_person **person, hm_err *err);

/**
 * Two people are one: all marks of drop go to keep, whose name stays; later imports that name drop
 * find keep.
 * errors HM_ERR_INPUT no such person, or both ran in one heat
 * memory scratch in arena, given back
 */
HM_CHECKED hm_status hm_book_merge(hm_book *book, int64_t keep, int64_t drop, hm_arena *arena,
                                   hm_err *err);

typedef struct hm_book_best {
    const char *code;
    int32_t year; /* 0 = of all years */
    int32_t official_cs, wind_cmps;
    bool has_wind;
    const char *date, *meet;
} hm_book_best;

/**
 * Best mark of a person in each discipline, of all years and of each year, the faster first.
 * in     legal  as in hm_book_filter
 * errors HM_ERR_INPUT no such person
 */
HM_CHECKED hm_status hm_book_bests(hm_book *book, int64_t person, bool legal, hm_arena *arena,
                                   hm_book_person *who, int32_t *n, hm_book_best **best,
                                   hm_err *err);

typedef struct hm_book_duel {
    const char *date, *meet, *code, *round;
    int32_t place_a, place_b;             /* 0 = none */
    int32_t official_a_cs, official_b_cs; /* 0 = none */
} hm_book_duel;

/** Every heat in which both ran, by date; who is before whom goes by place, else by time.
 *  out wins_a, wins_b  may be NULL */
HM_CHECKED hm_status hm_book_duels(hm_book *book, int64_t a, int64_t b, hm_arena *arena, int32_t *n,
                                   hm_book_duel **duel, int32_t *wins_a, int32_t *wins_b,
                                   hm_err *err);

/** A whole copy by SQLite's own backup, while others read and write. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status hm_book_backup(hm_book *book, const char *path, hm_err *err);

/** OW DF GW GL A B C D E F, or "" = none. threads: pure */
bool hm_book_is_category(const char *text);

/** Discipline as the book writes it: "100 m Men" and "100 metres" are "100m", "110 m hurdles" is
 *  "110mH", "Marathon" stays as it is, folded. Returns code, terminated. threads: pure */
const char *hm_book_code(const char *text, char code[HM_BOOK_CODE_MAX]);

/** Name as it is compared: no case, accents, width, marks of direction; blanks single. Returns buf,
 *  cut at a character when it is full. in name UTF-8. threads: pure */
const char *hm_book_fold(const char *name, char *buf, size_t n);

#endif
