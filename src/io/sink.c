#include "io/sink.h"

#include <string.h>

static hm_status put_file(void *ctx, const void *bytes, size_t n, hm_err *err)
{
    return hm_file_put(ctx, bytes, n, err);
}

static hm_status put_memory(void *ctx, const void *bytes, size_t n, hm_err *err)
{
    hm_memory *m = ctx;
    char *grown = hm_arena_grow(m->arena, m->bytes, m->n, n + 1, &m->cap, 1);
    if (!grown)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    m->bytes = grown;
    memcpy(m->bytes + m->n, bytes, n);
    m->n += n;
    m->bytes[m->n] = '\0';
    return HM_OK;
}

hm_sink hm_sink_file(hm_file *f)
{
    return (hm_sink){put_file, f};
}

hm_sink hm_sink_memory(hm_memory *m)
{
    return (hm_sink){put_memory, m};
}
