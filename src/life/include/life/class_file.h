/* life/class_file.h - a class that was lived, kept for a run that goes on later. */
#ifndef HM_LIFE_CLASS_FILE_H
#define HM_LIFE_CLASS_FILE_H

#include "life/cohort.h"

/** Number of a setup: whatever can change a class changes it. errors HM_ERR_SYSTEM memory */
HM_CHECKED hm_status hm_setup_number(const hm_cohort_opts *opts, const hm_policy *policy,
                                     const hm_life_params *params, hm_arena *arena,
                                     uint64_t *number, hm_err *err);

/** The file appears whole or not at all. errors HM_ERR_SYSTEM with the path */
HM_CHECKED hm_status hm_class_write(const char *path, uint64_t setup, const hm_class *c,
                                    hm_err *err);

/**
 * in     setup, index  which it must be
 * out    c     untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT of another setup, of another program version, or damaged
 * memory arena, may be released behind it
 * test   tests/unit/life/test_study.c, tests/cli/test_cohort.py
 */
HM_CHECKED hm_status hm_class_read(const char *path, uint64_t setup, int64_t index, hm_arena *arena,
                                   hm_class *c, hm_err *err);

#endif
