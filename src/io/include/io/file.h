/* io/file.h - whole files in, whole files out. A file that is written appears complete or not at
 * all. */
#ifndef HM_IO_FILE_H
#define HM_IO_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { HM_FILE_PATH_MAX = 4096 };

/** A file in the making. Ends with hm_file_commit or hm_file_abort, never neither. Zeroed = ended.
 */
typedef struct hm_file {
    bool open;
    bool direct; /* standard output or a device: written in place */
    int fd;
    char path[HM_FILE_PATH_MAX]; /* where it will appear */
    char temp[HM_FILE_PATH_MAX]; /* where it is now: for libraries that open a path themselves */
    size_t n_held;
    unsigned char held[8192]; /* not yet given to the system */
} hm_file;

/**
 * Begin a file beside its final place. "-" is standard output; devices and pipes are written as
 * they are. An existing file stays as it was until the commit.
 *
 * out    f  open
 * errors HM_ERR_SYSTEM with the path and the system's reason; f is then ended
 * memory none.  threads: one file per thread
 */
HM_CHECKED hm_status hm_file_create(const char *path, hm_file *f, hm_err *err);

/** Add n bytes. On failure the file is still open: abort it. */
HM_CHECKED hm_status hm_file_put(hm_file *f, const void *bytes, size_t n, hm_err *err);

/** Flush to the disk and rename into place. On failure nothing is left. f is ended either way. */
HM_CHECKED hm_status hm_file_commit(hm_file *f, hm_err *err);

/** Remove what was written. Nothing to do for an ended file, so that it may stand in any clean-up.
 */
void hm_file_abort(hm_file *f);

/** hm_file_create, put, commit in one. */
HM_CHECKED hm_status hm_file_write(const char *path, const void *bytes, size_t n, hm_err *err);

/**
 * Read a whole file, no more than max_bytes of it. "-" is standard input.
 *
 * out    bytes, n  terminated by a 0 that n does not count
 * errors HM_ERR_NOFILE it cannot be opened; HM_ERR_INPUT it is larger (told without reading it
 * all); HM_ERR_SYSTEM memory arena
 */
HM_CHECKED hm_status hm_file_read(const char *path, size_t max_bytes, hm_arena *arena, char **bytes,
                                  size_t *n, hm_err *err);

#endif
