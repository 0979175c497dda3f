/* io/lang.h - texts in the languages that the program speaks. A room keeps its words in one list of
 * rows X(NAME, "English", "日本語"); {0} {1} ... in a row are filled in. */
#ifndef HM_IO_LANG_H
#define HM_IO_LANG_H

#include "base/arena.h"

typedef enum hm_lang { HM_LANG_EN, HM_LANG_JA, HM_LANG_COUNT } hm_lang;

/** "en", "ja" (BCP 47), as after --lang. */
extern const char *const hm_lang_word[];

/**
 * A pattern with its {0} {1} ... {9} filled in; marks beyond n stay as they are.
 * in     part    (n) NULL = ""
 * out    NULL without memory
 * memory arena.  threads: pure but for the arena
 * test   tests/unit/io/test_lang.c
 */
const char *hm_lang_fill(hm_arena *arena, const char *pattern, int n, const char *const part[]);

/** "2026-06-01" as people write it: "1 June 2026", "2026年6月1日"; anything else as it is. As
 *  hm_lang_fill. */
const char *hm_lang_date(hm_arena *arena, hm_lang lang, const char *iso);

#endif
