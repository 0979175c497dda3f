/* ticks_priv.h - where an axis has its numbers and how they are written. */
#ifndef CHART_TICKS_PRIV_H
#define CHART_TICKS_PRIV_H

#include <stdint.h>

enum { CHART_TICK_MAX = 64, CHART_TICK_TEXT_MAX = 32 };

typedef struct chart_ticks {
    int32_t n;
    double at[CHART_TICK_MAX]; /* ascending, inside the range */
    char text[CHART_TICK_MAX][CHART_TICK_TEXT_MAX];
    char under[CHART_TICK_MAX][8]; /* second line: the year where it begins */
} chart_ticks;

/**
 * Multiples of 1, 2 or 5 times a power of ten, in the smallest step that gives no more than at_most
 * of them. A minus is U+2212.
 * in     lo < hi, at_most 1 .. CHART_TICK_MAX - 1
 */
void chart_ticks_linear(double lo, double hi, int32_t at_most, chart_ticks *t);

/** The same for days since 1970-01-01: days, first days of months, or of years. */
void chart_ticks_date(double lo, double hi, int32_t at_most, chart_ticks *t);

/** The civil date of a day since 1970-01-01 (proleptic Gregorian), and back. */
void chart_civil_of_day(int64_t day, int32_t *year, int32_t *month, int32_t *mday);
int64_t chart_day_of_civil(int32_t year, int32_t month, int32_t mday);

#endif
