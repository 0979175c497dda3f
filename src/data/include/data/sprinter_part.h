/* data/sprinter_part.h - the numbers of a fitted run by name, as tables: what its file holds, for
 * those who ask by name (other languages, tables). */
#ifndef HM_DATA_SPRINTER_PART_H
#define HM_DATA_SPRINTER_PART_H

#include "data/sprinter.h"

typedef enum hm_sprinter_part {
    HM_PART_RUN,    /* one row: the run's own numbers */
    HM_PART_POINTS, /* observed and fitted */
    HM_PART_ROWS,   /* splits */
    HM_PART_STEPS,
    HM_PART_CHANGES,
    HM_PART_PARAMETERS, /* what was fitted: value, sd */
    HM_PART_COUNT
} hm_sprinter_part;

/** Names of the parts, in the order of the enum; NULL at the end. */
extern const char *const hm_sprinter_part_word[];

/** Rows of a part. */
int32_t hm_sprinter_part_rows(const hm_sprinter_run *run, hm_sprinter_part part);

/** Name of column i, as in the file; NULL behind the last. Of an estimate name_lo90 and name_hi90
 *  can be asked for too. Columns of points depend on what was observed. */
const char *hm_sprinter_part_column(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i);

/**
 * One number. true and false are 1 and 0.
 * in     i_row  0 .. rows - 1 (asserted)
 * out    value  NAN = not part of this run; untouched on failure
 *        returns false when there is no such column
 * errors none else.  memory none.  threads: pure
 * test   tests/contract/test_sprinter_part.c
 */
bool hm_sprinter_part_cell(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i_row,
                           const char *column, double *value);

#endif
