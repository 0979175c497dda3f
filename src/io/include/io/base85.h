/* io/base85.h - bytes as text with three quarters of base64's overhead: four bytes, the highest
 * first, are five digits, the highest first. */
#ifndef HM_IO_BASE85_H
#define HM_IO_BASE85_H

#include "base/arena.h"
#include "base/status.h"

/**
 * Digits are those of RFC 1924, but a comma for "<", so that the text may stand in a script
 * element. A last group of 1 to 3 bytes is filled with zero bytes and cut to 2 to 4 digits.
 *
 * out    text    terminated; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena.  threads: pure
 * source R. Elz, RFC 1924 (1996)
 * test   tests/unit/io/test_base85.c
 */
HM_CHECKED hm_status hm_base85(const void *bytes, size_t n, hm_arena *arena, const char **text,
                               hm_err *err);

#endif
