/* base/option.h - one table per struct of options: from it come defaults, range checks, and, in
 * io/optab.h, `--set key=value`, help and JSON. A room lays its table beside its struct, with a
 * static assertion on the struct's size, so that a field without a row does not compile. */
#ifndef HM_BASE_OPTION_H
#define HM_BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef enum hm_option_type {
    HM_OPTION_DOUBLE, /* double */
    HM_OPTION_INT,    /* int32_t */
    HM_OPTION_SEED,   /* uint64_t below 2^63 */
    HM_OPTION_BOOL,   /* bool */
    HM_OPTION_WORD,   /* int32_t or enum: index into word[] */
    HM_OPTION_TEXT    /* const char * */
} hm_option_type;

/** One field. */
typedef struct hm_option {
    const char *name; /* as in --set and JSON: ends in its unit */
    size_t offset;
    hm_option_type type;
    const char *unit; /* "" = a pure number or none */
    double standard, min,
        max;                 /* [1] in the unit; WORD: standard is the index, bounds not used;
                              * DOUBLE: standard NAN = not known unless told, NAN is then allowed */
    const char *const *word; /* WORD: NULL at the end; TEXT: one entry, the default */
    const char *sentence;    /* what it does */
    const char *source;      /* where the default comes from, "" = own choice */
} hm_option;

typedef struct hm_option_table {
    const char *name; /* of the group: "replay" */
    size_t size;      /* of the struct */
    int32_t n;
    const hm_option *row; /* (n) */
} hm_option_table;

/** Set each field of opts to its default. */
void hm_option_defaults(const hm_option_table *table, void *opts);

/**
 * Is each field within its bounds?
 * errors HM_ERR_USAGE with the group as source and the option as field
 * memory none.  threads: pure
 */
HM_CHECKED hm_status hm_option_check(const hm_option_table *table, const void *opts, hm_err *err);

/** Row by name, NULL = no such option. */
const hm_option *hm_option_find(const hm_option_table *table, const char *name);

/** Words of a WORD row. */
int32_t hm_option_n_word(const hm_option *row);

#endif
