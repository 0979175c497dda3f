/* spool_priv.h - what is too long for memory: bytes in a file without a name, which goes with its
 * last user. */
#ifndef HM_STAGE_SPOOL_PRIV_H
#define HM_STAGE_SPOOL_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/** Zeroed = closed. */
typedef struct stage_spool {
    bool open;
    int fd;
    const char *beside; /* as given; kept, not copied */
} stage_spool;

/** In the folder where the file at beside is or will be; NULL = the system's for such files. */
hm_status stage_spool_open(const char *beside, stage_spool *s, hm_err *err);

/** n bytes to or from the place at. Reading beyond what was written is an error. */
hm_status stage_spool_write(const stage_spool *s, int64_t at, const void *bytes, size_t n,
                            hm_err *err);
hm_status stage_spool_read(const stage_spool *s, int64_t at, void *bytes, size_t n, hm_err *err);

/** The same for n samples of sound, both channels, from sample i on. */
static inline hm_status stage_spool_write_lr(const stage_spool *s, int64_t i, int64_t n,
                                             const float *lr, hm_err *err)
{
    const int64_t size = 2 * (int64_t)sizeof *lr;
    return stage_spool_write(s, i * size, lr, (size_t)(n * size), err);
}

static inline hm_status stage_spool_read_lr(const stage_spool *s, int64_t i, int64_t n, float *lr,
                                            hm_err *err)
{
    const int64_t size = 2 * (int64_t)sizeof *lr;
    return stage_spool_read(s, i * size, lr, (size_t)(n * size), err);
}

void stage_spool_close(stage_spool *s);

#endif
