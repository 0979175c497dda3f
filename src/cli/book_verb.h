/* cli/book_verb.h - the parts of hecto book. */
#ifndef HM_CLI_BOOK_VERB_H
#define HM_CLI_BOOK_VERB_H

#include "cli.h"

#include "book/points.h"

typedef enum book_table {
    BOOK_SCORING,
    BOOK_COMBINED,
    BOOK_AGE,
    BOOK_RANKING,
    BOOK_N_TABLE
} book_table;

/** What the command line asks. Times and winds are official ones. */
typedef struct book_query {
    hm_points_event event;
    hm_sex sex;
    book_table table;
    hm_points_venue venue;
    hm_points_source source;
    bool hand;
    int32_t hand_ds; /* by hand only */
    int32_t time_cs; /* as the table takes it */
    int32_t worth;   /* points whose slowest time is asked; 0 = a time was given */
    int32_t age_yr;
    hm_points_gauge gauge;
    int32_t wind_dmps;
    bool has_place;
    hm_points_category category;
    int32_t place;
} book_query;

/** What the tables say; of the table that was asked only. */
typedef struct book_answer {
    bool has_points; /* none for those too young for masters */
    int32_t points;
    const char *edition, *title;
    hm_points_score score;
    hm_points_masters masters;
    hm_points_grade grade;
    hm_points_performance performance;
} book_answer;

/** "scoring". */
const char *book_table_text(book_table table);

/**
 * Operands and options of `hecto book points` as a query.
 * out    notes   how the mark was read
 * errors HM_ERR_USAGE the word, what was expected
 */
HM_CHECKED hm_status book_read_query(const cli_args *args, book_query *q, hm_notes *notes,
                                     hm_err *err);

/** hecto book points. */
HM_CHECKED hm_status book_points(const cli_args *args, hm_err *err);

#endif
