/* One import on its way into the book. */
#ifndef HM_BOOK_IMPORT_PRIV_H
#define HM_BOOK_IMPORT_PRIV_H

#include "book_priv.h"

typedef enum book_sql {
    BOOK_SQL_HEAT_FIND,
    BOOK_SQL_HEAT_ADD,
    BOOK_SQL_HEAT_FINAL,
    BOOK_SQL_PERSON_HERE,
    BOOK_SQL_PERSON_FIND,
    BOOK_SQL_PERSON_ROOT,
    BOOK_SQL_PERSON_ADD,
    BOOK_SQL_NAME_ADD,
    BOOK_SQL_TOLD_ADD,
    BOOK_SQL_MARK_FIND,
    BOOK_SQL_MARK_ADD,
    BOOK_SQL_SPLIT_ADD,
    BOOK_SQL_SEEN_ADD,
    BOOK_SQL_COUNT
} book_sql;

typedef struct book_import {
    hm_book *book;
    const hm_meet *meet;
    hm_arena *arena;
    hm_book_report report;
    int64_t id, meet_id;
    int32_t year;         /* of the meet, 0 = not known */
    const char *category; /* of the meet */

    /* of the heat that is being taken */
    const hm_heat *heat;
    int64_t heat_id;
    bool is_new, is_final; /* new: nobody has a mark in it yet */
    char code[HM_BOOK_CODE_MAX];
    int32_t n_used;
    int64_t used[HM_MEET_IN_HEAT_MAX]; /* (n_used) people who have a row in it */

    char name[2 * 4 * HM_MEET_TEXT_MAX + 2], key[2 * 4 * HM_MEET_TEXT_MAX + 2];
    sqlite3_stmt *st[BOOK_SQL_COUNT];
} book_import;

/** Content of a meet as one number. The name of its file does not count: a copy is the same. */
int64_t book_content(const hm_meet *meet);

/** "men", "women", "" = not known. */
const char *book_sex_text(bool has_sex, hm_sex sex);

/** Who a row is about. */
typedef struct book_who {
    int64_t id;    /* the person */
    int64_t named; /* under whose name, since merged into him; the same where there is none */
    char born[11]; /* an ISO date or its beginning */
} book_who;

/**
 * Who that is, of those in the book or a new one. A namesake is the same person unless sex, year of
 * birth or licence speak against it, or he already has a row in this heat.
 */
HM_CHECKED hm_status book_import_person(book_import *im, const hm_person *who, bool has_sex,
                                        hm_sex sex, book_who *out, hm_err *err);

#endif
