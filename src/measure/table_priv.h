/* table_priv.h - a CSV table while it is read, in two passes: which run each row belongs to, then
 * the numbers. So each run gets room for exactly its rows, wherever they stand. */
#ifndef HM_MEASURE_TABLE_PRIV_H
#define HM_MEASURE_TABLE_PRIV_H

#include "measure_priv.h"

enum {
    TABLE_KEY_MAX = 4,
    TABLE_SPLIT_MAX = 256,
    TABLE_RUN_CHUNK = 4096,
    TABLE_ROW_CHUNK = 64 * 1024
};

/** A run and the cells that told of it first; cells stay where they are. */
typedef struct table_run {
    measure_run run;
    uint64_t hash;
    measure_cell key[TABLE_KEY_MAX];
    measure_cell *first; /* (n_run_col) of the columns that speak of the run */
    int32_t n_obs;       /* that its rows may hold */
    uint32_t differs;    /* bit of each of these columns whose later cells say something else */
} table_run;

/** A column with the time of a piece of the way. */
typedef struct table_piece {
    double from_m, to_m;
    int32_t at;
} table_piece;

typedef struct table {
    const measure_job *job;
    measure_rows *rows;
    int64_t head_line; /* 0 = not met yet */
    const char *head_text;
    size_t head_n; /* bytes of the header line */
    int32_t n_col;
    measure_meaning *meaning; /* (n_col) */
    int32_t at[COL_COUNT];    /* cell of each column, -1 = absent */
    int32_t n_key, key_at[TABLE_KEY_MAX];
    int32_t n_run_col;
    measure_column run_col[COL_RUN_COUNT]; /* (n_run_col) those that are there */
    int32_t n_split;
    int32_t split_at[TABLE_SPLIT_MAX];
    double split_m[TABLE_SPLIT_MAX];    /* ascending */
    int32_t n_piece;                    /* > 0: the splits are sums of pieces */
    table_piece piece[TABLE_SPLIT_MAX]; /* ascending */
    int32_t n_piece_row;                /* long form: rows whose distance is a piece, 0-10 */
    hm_trace common;                    /* what the head lines say of all runs */
    /* runs and rows in chunks, so that what grows need not be copied */
    int32_t n_run, n_row;
    int64_t n_obs;
    table_run *run_chunk[HM_MEASURE_RUN_MAX / TABLE_RUN_CHUNK + 1];
    int32_t *row_chunk[HM_MEASURE_OBS_MAX / TABLE_ROW_CHUNK + 1]; /* run of each row */
    int32_t n_slot, *slot; /* run by hash, -1 = free; a power of two */
    int32_t n_blank_key;   /* rows that name no run */
    int32_t n_above;       /* lines above the header */
    int32_t n_again;       /* lines that repeat it */
} table;

/** The header: which column means what, is all there that is needed? */
HM_CHECKED hm_status table_read_header(table *t, const measure_row *row);

/** A line above the header: "Athlete;Ann", "Mass: 61 kg" or anything else. */
HM_CHECKED hm_status table_read_above(table *t, const measure_row *row);

/** Put a row to its run; a new one is made when its key is new. wide: each row is a run. */
HM_CHECKED hm_status table_assign(table *t, const measure_row *row);

/** A cell of the line buffer moves to the scratch arena; any other stays in the file. */
HM_CHECKED hm_status table_keep(const table *t, measure_cell *cell);

/** A column of pieces; then, with all columns there, they become the splits if there are none. */
HM_CHECKED hm_status table_add_piece(table *t, const measure_row *row, int32_t i);
HM_CHECKED hm_status table_settle_pieces(table *t, const measure_row *row);

/** Does a cell of distances name a piece, "10-20"? dash: where the second number begins less one */
bool table_is_piece(const measure_cell *cell, size_t *dash);
HM_CHECKED hm_status table_piece_at(const table *t, const measure_row *row, size_t dash,
                                    double *from_m, double *to_m);

/** Rows of pieces in order, each from where the one before ends; their times become sums. */
HM_CHECKED hm_status table_add_up_pieces(table *t, measure_run *run);

static inline table_run *table_run_at(const table *t, int32_t i)
{
    return &t->run_chunk[i / TABLE_RUN_CHUNK][i % TABLE_RUN_CHUNK];
}

static inline int32_t table_run_of_row(const table *t, int32_t i)
{
    return t->row_chunk[i / TABLE_ROW_CHUNK][i % TABLE_ROW_CHUNK];
}

static inline measure_cell table_cell(const measure_row *row, int32_t at)
{
    return at >= 0 && at < row->n_cell ? row->cell[at] : (measure_cell){"", 0, (uint32_t)row->n};
}

static inline measure_place table_place(const table *t, const measure_row *row, measure_cell cell,
                                        const char *field)
{
    return (measure_place){t->job->source, row->line, measure_cell_col(row, &cell), field};
}

#endif
