/* names_priv.h - the index of a text among many: what a file names, a struct means by number. */
#ifndef HM_DATA_NAMES_PRIV_H
#define HM_DATA_NAMES_PRIV_H

#include <stdint.h>

#include "base/arena.h"

typedef struct data_name {
    const char *text;
    int32_t i;
} data_name;

/** Sorted by text. */
typedef struct data_names {
    int32_t n;
    data_name *name; /* (n) */
} data_names;

/** Sort; the texts are the caller's. Returns the first text that stands twice, NULL = none. */
const char *names_sort(data_names *names);

/** Index, -1 = not there. */
int32_t names_find(const data_names *names, const char *text);

#endif
