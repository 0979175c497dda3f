/* book/grid_db.h - tables of results (io/grid.h) as a database of their own. */
#ifndef HM_BOOK_GRID_DB_H
#define HM_BOOK_GRID_DB_H

#include "io/grid.h"

/**
 * Write a new SQLite file with a table for each grid, and a table `about` with what each holds. An
 * old file of that name is replaced when the new one is whole.
 *
 * in     grid  (n) names of grids and columns: letters, digits and _ (asserted)
 * errors HM_ERR_SYSTEM disk, memory
 * memory that of SQLite.  threads: safe
 * test   tests/cli/test_cohort.py (the same cells as in CSV)
 */
HM_CHECKED hm_status hm_grid_db_write(const char *path, int32_t n, const hm_grid *const grid[],
                                      hm_arena *arena, hm_err *err);

#endif
