/* life/embedded_priv.h - tables of data/life that the program carries; made by
 * tools/embed_text.py. */
#ifndef HM_LIFE_EMBEDDED_PRIV_H
#define HM_LIFE_EMBEDDED_PRIV_H

#include <stddef.h>

/* data/life/validation_targets.csv, terminated by a 0 that n does not count */
extern const char life_targets_csv[];
extern const size_t life_targets_csv_n;

#endif
