/* race/program_priv.h - the tables behind a program of rounds. */
#ifndef HM_RACE_PROGRAM_PRIV_H
#define HM_RACE_PROGRAM_PRIV_H

#include <stdint.h>

/** One round of a field of entries_min .. entries_max; by_place, by_time are 0 in the final. */
typedef struct race_program_row {
    const char *table;
    int32_t lanes, entries_min, entries_max;
    const char *round;
    int32_t heats, by_place, by_time;
} race_program_row;

extern const race_program_row race_program_rows[];
extern const int32_t race_n_program_row;

#endif
