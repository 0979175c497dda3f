/* io/utf8.h - is it text? */
#ifndef HM_IO_UTF8_H
#define HM_IO_UTF8_H

#include <stdint.h>

#include "base/status.h"

/**
 * Refuse what is not UTF-8 text: UTF-16 (with or without its mark), a NUL byte, overlong or broken
 * sequences, surrogates.
 *
 * in     source  what errors call the file
 *        bytes   (n) a leading byte order mark is fine
 * errors HM_ERR_INPUT with line and column (columns count characters)
 * memory none.  threads: pure
 */
HM_CHECKED hm_status hm_utf8_check(const char *source, const char *bytes, size_t n, hm_err *err);

/** Bytes of a leading byte order mark: 3 or 0. */
size_t hm_utf8_bom(const char *bytes, size_t n);

/** Characters in n bytes of checked text. */
int64_t hm_utf8_count(const char *bytes, size_t n);

/**
 * Lower case for comparing keys: A-Z and the accented capitals of Latin-1 (U+00C0 - U+00DE).
 * in     text  checked UTF-8
 * out    buf   (n) terminated; what does not fit is cut
 */
void hm_utf8_fold(const char *text, char *buf, size_t n);

/** Length in bytes, at most max, that does not cut a character: to quote found text in a message.
 */
int hm_utf8_clip(const char *text, int max);

#endif
