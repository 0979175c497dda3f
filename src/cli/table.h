/* cli/table.h - a table on a terminal: columns as wide as what stands in them, Japanese too. */
#ifndef HM_CLI_TABLE_H
#define HM_CLI_TABLE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/status.h"

enum { CLI_COLUMN_MAX = 24 };

/** Cells by row; row 0 is the head. A column is set right when its head begins with '>'. */
typedef struct cli_table {
    hm_arena *arena;
    int n_row, n_column;
    size_t cap_row;
    const char *(*cell)[CLI_COLUMN_MAX]; /* (n_row) */
} cli_table;

/** Start an empty table; cells are kept in the arena. */
void cli_table_init(cli_table *t, hm_arena *arena);

/** A table in the arena with the head (n) as its first row. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status cli_table_begin(hm_arena *arena, int n, const char *const head[],
                                     cli_table **table, hm_err *err);

/** Next row; the cells that follow stand in it. Without memory they stand in the row before. */
void cli_table_row(cli_table *t);

/** Next cell of the row, made as by printf. */
void cli_table_cell(cli_table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** Print with two spaces between columns; no blanks at the ends of lines. */
void cli_table_print(const cli_table *t, FILE *out);

#endif
