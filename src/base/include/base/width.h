/* base/width.h - how wide a text stands on a terminal or in a plain text file. */
#ifndef HM_BASE_WIDTH_H
#define HM_BASE_WIDTH_H

#include <stddef.h>

/**
 * Columns that a text takes: 2 for East Asian wide characters and emoji, 0 for combining marks and
 * what is not seen; a sequence of emoji that makes one picture takes 2.
 *
 * in     utf8  valid; a broken byte takes 1
 * errors none.  memory none.  threads: pure
 * source Unicode Standard Annex 11 (East_Asian_Width W, F) and general categories Mn, Me, Cf
 * test   tests/unit/base/test_width.c
 */
int hm_text_width(const char *utf8);

/** Bytes of the longest beginning that takes at most so many columns; never parts a letter from its
 *  marks. */
size_t hm_text_fit(const char *utf8, int columns);

#endif
