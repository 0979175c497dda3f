/* cli/fit_print.h - fitted runs for reading. */
#ifndef HM_CLI_FIT_PRINT_H
#define HM_CLI_FIT_PRINT_H

#include <stdio.h>

#include "data/sprinter.h"

/**
 * Print for a reader: one run in full, many runs as a table.
 * errors HM_ERR_SYSTEM no memory
 * memory arena for scratch
 */
HM_CHECKED hm_status fit_print(const hm_sprinter *s, hm_arena *arena, FILE *out, hm_err *err);

#endif
