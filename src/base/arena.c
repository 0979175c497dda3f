#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define ARENA_UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define ARENA_POISON(p, n)   ((void)(p), (void)(n))
#define ARENA_UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { ARENA_ALIGN = 64, ARENA_DEFAULT_BLOCK = 64 * 1024 };

struct hm_arena_block {
    hm_arena_block *below;
    size_t size, used; /* of the bytes that follow the header */
};

static unsigned char *block_bytes(hm_arena_block *b)
{
    uintptr_t p = (uintptr_t)(b + 1);
    return (unsigned char *)((p + ARENA_ALIGN - 1) & ~(uintptr_t)(ARENA_ALIGN - 1));
}

void hm_arena_init(hm_arena *a, size_t size)
{
    *a = (hm_arena){.block_bytes = size ? size : ARENA_DEFAULT_BLOCK};
}

static void drop_top(hm_arena *a)
{
    hm_arena_block *b = a->top;
    a->top = b->below;
    a->total_bytes -= b->size;
    ARENA_UNPOISON(block_bytes(b), b->size);
    free(b);
}

void hm_arena_free(hm_arena *a)
{
    while (a->top)
        drop_top(a);
}

/* A new block that holds at least `need` bytes, put on top. */
static hm_arena_block *push_block(hm_arena *a, size_t need)
{
    size_t size = need > a->block_bytes ? need : a->block_bytes;
    if (size > SIZE_MAX - sizeof(hm_arena_block) - ARENA_ALIGN)
        return NULL;
    hm_arena_block *b = malloc(sizeof *b + ARENA_ALIGN + size); /* a push clears what it gives */
    if (!b)
        return NULL;
    *b = (hm_arena_block){.below = a->top, .size = size};
    a->top = b;
    a->total_bytes += size;
    ARENA_POISON(block_bytes(b), size);
    return b;
}

void *hm_arena_push(hm_arena *a, size_t n, size_t size)
{
    HM_ASSERT(a->block_bytes > 0); /* hm_arena_init was called */
    if (size && n > (SIZE_MAX / 2) / size)
        return NULL;
    size_t bytes = n * size;
    size_t align = bytes >= 64 ? 64 : 16;
    hm_arena_block *b = a->top;
    size_t at = b ? (b->used + align - 1) & ~(align - 1) : 0;
    if (!b || at > b->size || b->size - at < bytes) {
        b = push_block(a, bytes);
        if (!b)
            return NULL;
        at = 0;
    }
    unsigned char *p = block_bytes(b) + at;
    b->used = at + bytes;
    ARENA_UNPOISON(p, bytes);
    if (bytes)
        memset(p, 0, bytes);
    return p;
}

void *hm_arena_grow(hm_arena *a, void *array, size_t n, size_t more, size_t *cap, size_t size)
{
    enum { LEAST = 16 };
    HM_ASSERT(n <= *cap);
    if (array && more <= *cap - n)
        return array;
    if (more > SIZE_MAX / 4 - n)
        return NULL;
    size_t want = n + more > LEAST ? n + more : LEAST;
    want = want > 2 * *cap ? want : 2 * *cap;
    void *grown = hm_arena_push(a, want, size);
    if (!grown)
        return NULL;
    if (n)
        memcpy(grown, array, n * size);
    *cap = want;
    return grown;
}

char *hm_arena_text(hm_arena *a, const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = hm_arena_push(a, n, 1);
    return p ? memcpy(p, s, n) : NULL;
}

char *hm_arena_printf(hm_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = n < 0 ? NULL : hm_arena_push(a, (size_t)n + 1, 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

hm_arena_mark hm_arena_mark_get(const hm_arena *a)
{
    return (hm_arena_mark){a->top, a->top ? a->top->used : 0};
}

void hm_arena_release(hm_arena *a, hm_arena_mark m)
{
    while (a->top && a->top != m.top)
        drop_top(a);
    if (!a->top)
        return;
    HM_ASSERT(a->top->used >= m.used);
    ARENA_POISON(block_bytes(a->top) + m.used, a->top->size - m.used);
    a->top->used = m.used;
}
