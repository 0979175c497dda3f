/* base/arena.h - memory by lifetime: push in order, give back all at once. */
#ifndef HM_BASE_ARENA_H
#define HM_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct hm_arena_block hm_arena_block;

/** Grows by blocks; addresses stay valid until release or free. Not shared between threads. */
typedef struct hm_arena {
    hm_arena_block *top;
    size_t block_bytes;
    size_t total_bytes; /* asked from the system, all blocks */
} hm_arena;

typedef struct hm_arena_mark {
    hm_arena_block *top;
    size_t used;
} hm_arena_mark;

/** Empty arena; the first push asks the system. block_bytes = 0: 64 KiB. */
void hm_arena_init(hm_arena *a, size_t block_bytes);

/** Give everything back to the system; the arena is empty again and may be used on. */
void hm_arena_free(hm_arena *a);

/**
 * n * size zeroed bytes, aligned to 16 (64 for 64 bytes and more).
 * out    NULL when the product overflows or the system has no memory; the arena is then unchanged
 * memory owned by the arena
 */
void *hm_arena_push(hm_arena *a, size_t n, size_t size);

/** Copy of a text, NULL as push. */
char *hm_arena_text(hm_arena *a, const char *s);

/** Text made as by printf, NULL as push. */
char *hm_arena_printf(hm_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

hm_arena_mark hm_arena_mark_get(const hm_arena *a);

/** Drop all that was pushed since the mark. Under AddressSanitizer a later use of it stops. */
void hm_arena_release(hm_arena *a, hm_arena_mark m);

/**
 * Room for `more` items behind the n of an array that was pushed from a (NULL while n is 0).
 *
 * in     size  bytes of an item;  cap  items there is room for, 0 at first
 * out    the array, moved with its items when it had to grow (at least to twice); *cap then the new
 *        room; NULL without memory: array and *cap are as they were
 * memory the array left behind goes with the arena
 * test   tests/unit/base/test_arena.c
 */
void *hm_arena_grow(hm_arena *a, void *array, size_t n, size_t more, size_t *cap, size_t size);

/** Room for one more: items = HM_GROW(arena, items, n, &cap). */
#define HM_GROW(arena, array, n, cap)                                                              \
    hm_arena_grow((arena), (void *)(array), (size_t)(n), 1, (cap), sizeof *(array))

/** Typed push: HM_PUSH(arena, double, n). */
#define HM_PUSH(arena, type, n) ((type *)hm_arena_push((arena), (size_t)(n), sizeof(type)))

#endif
