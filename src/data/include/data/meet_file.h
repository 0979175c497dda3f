/* data/meet_file.h - meets as files of our own: JSON (docs/formats/meet.md), in which books are
 * exchanged, and CSV with the same content for spreadsheets. Both hold any number of meets, and
 * what is written is read back as the same meets. */
#ifndef HM_DATA_MEET_FILE_H
#define HM_DATA_MEET_FILE_H

#include "data/meet.h"
#include "io/sink.h"

#define HM_MEET_FORMAT "hectometre-meet"

enum {
    HM_MEET_VERSION = 1,
    HM_MEET_FILE_MAX = 32 * 1024 * 1024, /* bytes of JSON */
    HM_MEETS_MAX = 10000                 /* in a file */
};

/** Meets of one file, in its order. */
typedef struct hm_meets {
    int32_t n;
    hm_meet *meet;  /* (n) each passes hm_meet_check */
    hm_notes notes; /* on the file: what was not understood */
} hm_meets;

/**
 * Write n meets as JSON.
 *
 * errors HM_ERR_INPUT a meet does not pass hm_meet_check, there are more than HM_MEETS_MAX, or the
 *        text would be longer than a reader takes (HM_MEET_FILE_MAX); those of the sink
 * memory none.  threads: pure
 * test   tests/unit/data/test_meet_file.c
 */
HM_CHECKED hm_status hm_meets_write_json(hm_sink sink, int32_t n, const hm_meet meet[],
                                         hm_err *err);

/**
 * Read them. Members that a file leaves out are not told; unknown ones become notes.
 *
 * in     source  what errors call the file, and meets that name no source
 * out    meets   untouched on failure
 * errors HM_ERR_INPUT with line and column, or with the path of the value
 *        (meets[0].heats[2].marks[4].time_s)
 * memory arena
 */
HM_CHECKED hm_status hm_meets_parse_json(const char *source, const char *bytes, size_t n,
                                         hm_arena *arena, hm_meets *meets, hm_err *err);

/**
 * Write n meets as CSV: a row for each mark, for a heat or meet without any, for people, schedule
 * and notes beside the heats. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it, which the reader takes off.
 *
 * errors HM_ERR_INPUT as hm_meets_write_json, a row would be longer than HM_CSV_LINE_MAX, the text
 * longer than HM_CSV_FILE_MAX or HM_CSV_ROW_MAX rows; those of the sink memory none.  threads: pure
 */
HM_CHECKED hm_status hm_meets_write_csv(hm_sink sink, int32_t n, const hm_meet meet[], hm_err *err);

/** Has the file the header of such a CSV? */
bool hm_meets_is_csv(const char *bytes, size_t n);

/**
 * Read them. Columns stand in any order; those that a file leaves out are not told, unknown ones
 * become notes. Rows that agree in the columns of the meet, or of the heat, are one.
 *
 * out    meets   untouched on failure
 * errors HM_ERR_INPUT with line and column
 * memory arena
 */
HM_CHECKED hm_status hm_meets_parse_csv(const char *source, const char *bytes, size_t n,
                                        hm_arena *arena, hm_meets *meets, hm_err *err);

#endif
