/* base/notes.h - remarks that belong to a result: written into its file, not only to a terminal. */
#ifndef HM_BASE_NOTES_H
#define HM_BASE_NOTES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

/** Remarks in the order in which they were made. Zeroed = none. */
typedef struct hm_notes {
    int32_t n;
    size_t cap;
    const char **text; /* UTF-8 (n) */
} hm_notes;

/**
 * Add one remark, made as by printf.
 * in     notes   may be NULL: then nothing happens
 * errors HM_ERR_SYSTEM no memory
 * memory text lives in the arena
 */
hm_status hm_notes_add(hm_notes *notes, hm_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
