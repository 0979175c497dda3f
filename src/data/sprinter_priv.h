/* sprinter_priv.h - the numbers of a sprinter as tables: from them come file, check and the list of
 * estimates. */
#ifndef HM_DATA_SPRINTER_PRIV_H
#define HM_DATA_SPRINTER_PRIV_H

#include "record_priv.h"

#include "data/sprinter.h"

extern const record_table data_run_fields, data_row_fields, data_step_fields, data_change_fields;

/** Of hm_fit_point: the keys say in which unit; by hm_fit_observe. */
extern const record_table data_point_fields[4];

enum { DATA_N_MODEL = 3, DATA_N_CORRECT = 5, DATA_N_OBSERVE = 4 };
extern const char *const data_observe_word[DATA_N_OBSERVE];
extern const char *const data_residual_unit[DATA_N_OBSERVE];

#endif
