/* io/csv.h - a table in text: rows of cells that know their place in the file. */
#ifndef HM_IO_CSV_H
#define HM_IO_CSV_H

#include <stdint.h>

#include "io/sink.h"

enum {
    HM_CSV_LINE_MAX = 64 * 1024,        /* bytes */
    HM_CSV_FILE_MAX = 16 * 1024 * 1024, /* bytes */
    HM_CSV_ROW_MAX = 200 * 1000,
    HM_CSV_CELL_MAX = 1024 /* cells in a row */
};

typedef struct hm_csv_cell {
    const char *text; /* UTF-8, blanks around it taken off unless quoted */
    int32_t col;      /* where it begins, in characters from 1 */
} hm_csv_cell;

typedef struct hm_csv_row {
    int64_t line; /* from 1 */
    int32_t n_cell;
    hm_csv_cell *cell; /* (n_cell) as many as the header has; what a row leaves out is "" */
} hm_csv_row;

/** A line that begins with '#', without it; separators that a spreadsheet put behind are cut. */
typedef struct hm_csv_remark {
    int64_t line;
    int32_t col; /* of the text */
    const char *text;
} hm_csv_remark;

typedef struct hm_csv {
    const char *source;
    char sep;     /* , ; or tab, taken from the header */
    char decimal; /* for hm_number_parse: ',' allowed unless it separates */
    int32_t n_remark;
    hm_csv_remark *remark; /* (n_remark) */
    hm_csv_row head;
    int32_t n_row;
    hm_csv_row *row; /* (n_row) below the header; blank rows are left out */
} hm_csv;

/**
 * Cut n bytes into rows and cells. UTF-8 with or without a byte order mark; lines end in LF, CRLF
 * or CR; cells may be quoted ("" for a quote inside, also \" where that cannot be the end of the
 * cell), but not over several lines.
 *
 * in     source  what errors call the file
 * out    csv     untouched on failure
 * errors HM_ERR_INPUT with line and column: not UTF-8, no header, a line or row too long, a stray
 * or open quote, more cells than the header has memory arena test   tests/unit/io/test_csv.c
 */
HM_CHECKED hm_status hm_csv_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                                  hm_csv *csv, hm_err *err);

/** Takes one row; csv has source, head, sep, decimal, and n_row, how many rows came before. The row
 *  and its cells last until the return. */
typedef hm_status hm_csv_row_fn(void *ctx, const hm_csv *csv, const hm_csv_row *row, hm_err *err);

/**
 * As hm_csv_parse for files too long to hold as cells: rows go to fn one after the other, and
 * csv->row stays NULL.
 *
 * in     row_max  refuse more, remarks counted
 * errors as hm_csv_parse without its limit of bytes; those of fn
 * memory arena for header and remarks; fn may push there too
 * test   tests/unit/io/test_csv.c
 */
HM_CHECKED hm_status hm_csv_each(const char *source, const char *bytes, size_t n, int32_t row_max,
                                 hm_csv_row_fn *fn, void *ctx, hm_arena *arena, hm_csv *csv,
                                 hm_err *err);

/**
 * Write one row, separated by commas; quotes only where a cell needs them.
 * errors those of the sink
 * memory none
 * test   tests/unit/io/test_csv.c (what is written is read back)
 */
HM_CHECKED hm_status hm_csv_put_row(hm_sink sink, int32_t n, const char *const cell[], hm_err *err);

#endif
