/* io/sink.h - where bytes go: a file in the making, or memory. */
#ifndef HM_IO_SINK_H
#define HM_IO_SINK_H

#include "io/file.h"

/** Takes n bytes; ctx is what it was made with. */
typedef hm_status hm_sink_fn(void *ctx, const void *bytes, size_t n, hm_err *err);

typedef struct hm_sink {
    hm_sink_fn *put;
    void *ctx;
} hm_sink;

/** Bytes in an arena, one after the other, terminated by a 0 that n does not count. */
typedef struct hm_memory {
    hm_arena *arena;
    char *bytes; /* "" when nothing came */
    size_t n, cap;
} hm_memory;

/** Into an open file; the caller commits or aborts it. */
hm_sink hm_sink_file(hm_file *f);

/** Into memory: m->arena is set by the caller, the rest zeroed. */
hm_sink hm_sink_memory(hm_memory *m);

#endif
