/* io/nearest.h - "did you mean": the known name that a mistyped one is nearest to. */
#ifndef HM_IO_NEAREST_H
#define HM_IO_NEAREST_H

#include <stdint.h>

/**
 * in     typed  what was written
 *        name   (n) known names
 * out    index of the nearest by edit distance (insert, delete, replace, swap of neighbours; first
 *        wins a tie), -1 when none is near: more than a third of the letters differ, at least 2
 * memory none.  threads: pure
 */
int32_t hm_nearest(const char *typed, int32_t n, const char *const name[]);

#endif
