/* data/date.h - days of the Gregorian calendar: as text, as a number, and back. */
#ifndef HM_DATA_DATE_H
#define HM_DATA_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hm_date {
    int32_t year, month, day; /* from 1 */
} hm_date;

/** YYYY-MM-DD of a day that exists; false = not one. date untouched then. */
bool hm_date_parse(const char *text, hm_date *date);

/** MM-DD of a day of every year. */
bool hm_date_parse_day(const char *text, int32_t *month, int32_t *day);

/** Days since 1 March of year 0: differences count days. range years 1 .. 9999 */
int32_t hm_date_number(hm_date date);
/** The day of a number; hm_date_of(hm_date_number(d)) = d. test tests/unit/data/test_date.c */
hm_date hm_date_of(int32_t number);

#endif
