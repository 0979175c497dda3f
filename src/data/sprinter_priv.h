/* sprinter_priv.h - the numbers of a sprinter as tables: from them come file, check and the list of
 * estimates. */
#ifndef HM_DATA_SPRINTER_PRIV_H
#define HM_DATA_SPRINTER_PRIV_H

#include "data/sprinter.h"

enum { DATA_SPRINTER_KEY_MAX = 48 };

/** One number of a struct: its key in the file, where it stands, what is possible. */
typedef struct data_field {
    const char *name;
    size_t offset;
    bool is_estimate; /* hm_estimate: key, key_lo90, key_hi90; else a double */
    bool needed;
    double lo, hi; /* [1] of the value; interval ends may be wide */
} data_field;

typedef struct data_fields {
    int32_t n;
    const data_field *field; /* (n) in the order of the file */
} data_fields;

extern const data_fields data_run_fields, data_row_fields, data_step_fields, data_change_fields;

/** Of hm_fit_point: the keys say in which unit; by hm_fit_observe. */
extern const data_fields data_point_fields[4];

enum { DATA_N_MODEL = 3, DATA_N_CORRECT = 5, DATA_N_OBSERVE = 4 };
extern const char *const data_observe_word[DATA_N_OBSERVE];
extern const char *const data_residual_unit[DATA_N_OBSERVE];

hm_estimate data_estimate_of(const void *at, const data_field *f);
double data_number_of(const void *at, const data_field *f);

#endif
