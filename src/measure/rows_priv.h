/* rows_priv.h - a large table in text, cut row by row into cells that stay where they are. */
#ifndef HM_MEASURE_ROWS_PRIV_H
#define HM_MEASURE_ROWS_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { MEASURE_CELL_MAX = 1024, MEASURE_LINE_MAX = 64 * 1024 /* bytes */ };

/** Bytes in the text, without end; blanks around and quotes are off. */
typedef struct measure_cell {
    const char *text;
    uint32_t n;
    uint32_t at; /* where it begins, in bytes of its line */
} measure_cell;

/** One line; the cells are those of the reader, good until its next row. */
typedef struct measure_row {
    int64_t line; /* from 1 */
    const char *text;
    size_t n; /* bytes of the line */
    int32_t n_cell;
    const measure_cell *cell;
} measure_row;

typedef struct measure_rows {
    const char *source;
    const char *at, *end;
    int64_t line;
    int64_t head_line; /* lines above are not cut */
    char sep;          /* 0 = whole lines: the separator is not known yet */
    char decimal;      /* for hm_number_parse_n */
    char *unquoted;
    measure_cell cell[MEASURE_CELL_MAX];
} measure_rows;

/** Begin at a text; arena holds a buffer of one line. */
HM_CHECKED hm_status measure_rows_begin(measure_rows *r, const char *source, const char *bytes,
                                        size_t n, hm_arena *arena, hm_err *err);

/** Go back to the first line; the separator stays. */
void measure_rows_rewind(measure_rows *r, const char *bytes);

/**
 * The next line that is not blank. A remark (#...) is one cell, as is each line while sep = 0.
 * out    more  false = there was none
 * errors HM_ERR_INPUT a line or row too long, a stray or open quote
 */
HM_CHECKED hm_status measure_rows_next(measure_rows *r, measure_row *row, bool *more, hm_err *err);

/** Take the separator that stands most often in a line for its header's, the decimal mark with it.
 */
void measure_rows_separate(measure_rows *r, const measure_row *header);

/** Cut a line, as it was given uncut, by the separator of r. */
HM_CHECKED hm_status measure_row_cut(measure_rows *r, measure_row *row, hm_err *err);

/** Column of a cell, in characters from 1. */
int64_t measure_cell_col(const measure_row *row, const measure_cell *cell);

#endif
