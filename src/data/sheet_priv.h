/* sheet_priv.h - the parts of the sheet reader. */
#ifndef HM_DATA_SHEET_PRIV_H
#define HM_DATA_SHEET_PRIV_H

#include "data/sheet.h"
#include "io/csv.h"

typedef enum sheet_column {
    SHEET_LANE,
    SHEET_NAME,
    SHEET_TEAM,
    SHEET_BIB,
    SHEET_FORM,
    SHEET_SEX,
    SHEET_AGE,
    SHEET_BORN,
    SHEET_STATURE,
    SHEET_MASS,
    SHEET_REACTION,
    SHEET_PB,
    SHEET_SB,
    SHEET_TIME,
    SHEET_STATUS,
    SHEET_PLACE,
    SHEET_FIXED_COUNT,
    SHEET_SPLIT = SHEET_FIXED_COUNT,
    SHEET_START, /* at a recalled start */
    SHEET_WATCH, /* by hand */
    SHEET_UNKNOWN
} sheet_column;

/** What a header cell means. */
typedef struct sheet_meaning {
    sheet_column column;
    double scale;   /* [1] to SI; 0 = a length without a unit: above 3 it is centimetres */
    double split_m; /* SHEET_SPLIT only */
    int32_t nth;    /* SHEET_START, SHEET_WATCH: from 1 */
} sheet_meaning;

/** Keys of the `# key: value` lines. */
typedef enum sheet_key {
    SHEET_KEY_MEET,
    SHEET_KEY_EVENT,
    SHEET_KEY_DATE,
    SHEET_KEY_ROUND,
    SHEET_KEY_VENUE,
    SHEET_KEY_WIND,
    SHEET_KEY_ALTITUDE,
    SHEET_KEY_TEMP,
    SHEET_KEY_START,
    SHEET_KEY_GREEN,
    SHEET_KEY_SEX,
    SHEET_KEY_AGE,
    SHEET_KEY_RECORD,
    SHEET_KEY_RECORD_NAME,
    SHEET_KEY_SOURCE,
    SHEET_KEY_REMARK, /* note and the like: for people */
    SHEET_KEY_COUNT,
    SHEET_KEY_UNKNOWN = SHEET_KEY_COUNT
} sheet_key;

/** Name of a fixed column as the format page has it. */
const char *sheet_column_name(sheet_column c);

sheet_meaning sheet_column_of(const char *header);
sheet_key sheet_key_of(const char *key);
const char *sheet_key_name(sheet_key k);

/** The known name nearest to an unknown one, NULL = none is near. */
const char *sheet_column_nearest(const char *header);
const char *sheet_key_nearest(const char *key);

/** Words in any of the languages of the alias tables; false = not known. */
bool sheet_sex_of(const char *word, hm_sex *sex);
bool sheet_status_of(const char *word, hm_run_status *status);
/** A false start that the Starter saw: FS. */
bool sheet_is_fault(const char *word);
/** The rule behind a disqualification: "TR16.8" of "DQ (TR16.8)"; "" = none. */
const char *sheet_rule_of(const char *text, hm_arena *arena);

/** Days since 1970-01-01 of 1986-08-21, 1986/8/21, 21.08.1986 or 1986 (its middle). */
bool sheet_date_of(const char *text, double *day);

/** One row as it is read: the values and where their cells stand. */
typedef struct sheet_cells {
    hm_sheet_row *row;
    int32_t fixed_col[SHEET_FIXED_COUNT]; /* 0 = no such column */
    const int32_t *split_col;             /* (n_split) in the order of sheet->split_m */
} sheet_cells;

/** Do the values of a row go together: status and time, order of splits, reaction, speed? */
hm_status sheet_row_check(const hm_sheet *sheet, const sheet_cells *cells,
                          const hm_sheet_opts *opts, hm_err *err);

#endif
