/* io/column.h - what a header cell means: names in any language, folded, with a unit behind. */
#ifndef HM_IO_COLUMN_H
#define HM_IO_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HM_COLUMN_ALIAS_MAX = 24, HM_COLUMN_KEY = 96 };

/** A unit that may stand behind a name; a list ends with name NULL. */
typedef struct hm_unit {
    const char *name; /* folded */
    double scale;     /* [1] to SI */
} hm_unit;

/** One thing that a column or a key may hold. */
typedef struct hm_column {
    const char *name;                       /* as the page of the format has it */
    const hm_unit *unit;                    /* NULL = none */
    double bare_scale;                      /* [1] without a unit; 0 = the reader must see */
    const char *alias[HM_COLUMN_ALIAS_MAX]; /* folded, without a unit; NULL behind the last */
} hm_column;

/** Lower case, and one '_' for blanks, brackets, hyphens: "Time (s)" and "time_s" are the same. */
void hm_column_fold(const char *header, char key[HM_COLUMN_KEY]);

/**
 * in     key    folded
 *        table  (n)
 * out    scale  what the unit is worth, bare_scale without one; untouched when nothing is found
 * returns the row, -1 = none
 */
int32_t hm_column_find(const char *key, int32_t n, const hm_column *table, double *scale);

/** Scale of a unit by its folded name, 0 = not in the list; list may be NULL. */
double hm_unit_find(const char *key, const hm_unit *list);

/** Name of the row nearest to a header that is unknown, NULL = none is near. n up to 64. */
const char *hm_column_nearest(const char *header, int32_t n, const hm_column *table);

/**
 * A number between one of the beginnings and one of the ends (lists end in NULL): split_50_s, 50m.
 * The first beginning that fits is taken off. out: value, >= 0; untouched when false.
 */
bool hm_column_number(const char *key, const char *const before[], const char *const after[],
                      double *value);

#endif
