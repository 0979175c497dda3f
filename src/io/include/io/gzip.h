/* io/gzip.h - bytes packed as a gzip file (RFC 1952), by zlib. */
#ifndef HM_IO_GZIP_H
#define HM_IO_GZIP_H

#include "base/arena.h"
#include "base/status.h"

/**
 * Pack n bytes at the densest level, without a name and without a time: the same bytes in give the
 * same bytes out from the same zlib.
 *
 * out    packed, n_packed  untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena; zlib's own is given back.  threads: pure
 * test   tests/unit/io/test_gzip.c
 */
HM_CHECKED hm_status hm_gzip(const void *bytes, size_t n, hm_arena *arena, unsigned char **packed,
                             size_t *n_packed, hm_err *err);

#endif
