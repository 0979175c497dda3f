/* cli/book_records.h - what hecto book records draws. */
#ifndef HM_CLI_BOOK_RECORDS_H
#define HM_CLI_BOOK_RECORDS_H

#include "book/records.h"
#include "chart/draw.h"

/**
 * The record over the years: a step where it fell; aided marks and times by hand beside it.
 *
 * in     title  "100 m men, U20"
 * out    bytes, n  of a whole file
 * errors HM_ERR_INPUT no record has a day; those of hm_chart_draw
 * memory arena
 */
HM_CHECKED hm_status book_records_plot(const hm_book_records *records, const char *title,
                                       hm_chart_format format, hm_arena *arena, char **bytes,
                                       size_t *n, hm_err *err);

#endif
