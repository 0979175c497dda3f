/* meet_csv_priv.h - the columns of meets as CSV (docs/formats/meet.md). */
#ifndef HM_DATA_MEET_CSV_PRIV_H
#define HM_DATA_MEET_CSV_PRIV_H

#include <stdbool.h>

/* Column, name in the file. The first group tells the meet, the second the heat. */
#define DATA_MEET_COLUMNS(X)                                                                       \
    X(ROW, "row")                                                                                  \
    X(MEET_NO, "meet_no")                                                                          \
    X(MEET, "meet")                                                                                \
    X(DATE, "date")                                                                                \
    X(VENUE, "venue")                                                                              \
    X(ALTITUDE, "altitude_m")                                                                      \
    X(CATEGORY, "category")                                                                        \
    X(SOURCE, "source")                                                                            \
    X(HEAT_NO, "heat_no")                                                                          \
    X(EVENT, "event")                                                                              \
    X(ROUND, "round")                                                                              \
    X(HEAT, "heat")                                                                                \
    X(EVENT_NAME, "event_name")                                                                    \
    X(CODE, "code")                                                                                \
    X(ROUND_NAME, "round_name")                                                                    \
    X(DISTANCE, "distance_m")                                                                      \
    X(CLASS, "class")                                                                              \
    X(WIND, "wind_mps")                                                                            \
    X(CLOCK, "start_clock")                                                                        \
    X(TIMING, "timing")                                                                            \
    X(HEAT_LINE, "heat_line")                                                                      \
    X(PLACE, "place")                                                                              \
    X(LANE, "lane")                                                                                \
    X(ID, "id")                                                                                    \
    X(LAST, "last_name")                                                                           \
    X(FIRST, "first_name")                                                                         \
    X(TEAM, "team")                                                                                \
    X(LICENSE, "license")                                                                          \
    X(BORN, "born")                                                                                \
    X(SEX, "sex")                                                                                  \
    X(PERSON_LINE, "person_line")                                                                  \
    X(STATUS, "status")                                                                            \
    X(RULE, "rule")                                                                                \
    X(TIME, "time_s")                                                                              \
    X(DIGITS, "time_digits")                                                                       \
    X(OFFICIAL, "official_s")                                                                      \
    X(REACTION, "reaction_s")                                                                      \
    X(DELTA, "delta_s")                                                                            \
    X(QUALIFIED, "qualified")                                                                      \
    X(SPLITS, "splits")                                                                            \
    X(NOTE, "note")                                                                                \
    X(LINE, "line")

typedef enum data_meet_column {
#define DATA_MEET_ENUM(column, name) DATA_COL_##column,
    DATA_MEET_COLUMNS(DATA_MEET_ENUM)
#undef DATA_MEET_ENUM
        DATA_N_COL
} data_meet_column;

extern const char *const data_meet_column_name[DATA_N_COL];

/** What a row is. */
typedef enum data_meet_row {
    DATA_ROW_MARK,
    DATA_ROW_HEAT,   /* one without marks */
    DATA_ROW_PERSON, /* of the list of people */
    DATA_ROW_ORDER,  /* of the schedule */
    DATA_ROW_NOTE,   /* on the meet */
    DATA_ROW_MEET,   /* one with nothing in it */
    DATA_N_ROW
} data_meet_row;

extern const char *const data_meet_row_word[DATA_N_ROW];

/** Would a spreadsheet take the text, apostrophes before it aside, for a formula? */
bool data_is_formula(const char *text);

#endif
