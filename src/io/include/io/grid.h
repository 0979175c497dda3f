/* io/grid.h - a table of results in memory: named columns of numbers or texts, row by row. What
 * makes one knows nothing of where it goes: CSV, JSON, or a database (book/grid_db.h). */
#ifndef HM_IO_GRID_H
#define HM_IO_GRID_H

#include "io/json.h"

typedef enum hm_grid_kind { HM_GRID_INTEGER, HM_GRID_NUMBER, HM_GRID_TEXT } hm_grid_kind;

typedef struct hm_grid_column {
    const char *name; /* snake_case, ends in its unit */
    hm_grid_kind kind;
} hm_grid_column;

typedef union hm_grid_cell {
    double number; /* also of integers, below 2^53; NAN = empty */
    const char *text;
} hm_grid_cell;

typedef struct hm_grid {
    const char *name, *about; /* snake_case; one sentence */
    int32_t n_column;
    const hm_grid_column *column; /* (n_column) */
    int64_t n_cell;
    size_t cap_cell;
    hm_grid_cell *cell; /* (n_row x n_column) */
    hm_arena *arena;
    bool failed; /* a cell found no memory */
} hm_grid;

hm_grid hm_grid_make(hm_arena *arena, const char *name, const char *about, int32_t n_column,
                     const hm_grid_column *column);

/** Next cell, from left to right, row by row; the kind of its column is asserted. Texts must live
 *  as long as the grid. Without memory the grid is marked as failed. */
void hm_grid_number(hm_grid *g, double v);
void hm_grid_text(hm_grid *g, const char *text);

/** Rows so far; all full (asserted). */
int64_t hm_grid_rows(const hm_grid *g);

/**
 * errors HM_ERR_SYSTEM the grid has failed; those of the sink
 * test   tests/unit/io/test_grid.c, tests/cli/test_cohort.py
 */
HM_CHECKED hm_status hm_grid_write_csv(const hm_grid *g, hm_sink sink, hm_err *err);
/** As a member of an object: an array of objects, one a line. */
HM_CHECKED hm_status hm_grid_put_json(const hm_grid *g, hm_json_out *o, hm_err *err);

#endif
