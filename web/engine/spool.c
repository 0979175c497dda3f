/* spool.c - stage/spool_priv.h where there are no files: the bytes are in memory. The number that
 * elsewhere names a file is the address of what holds them; an address here has 32 bits. */
#include "spool_priv.h"

#include <stdlib.h>
#include <string.h>

typedef struct holder {
    char *bytes;
    size_t n, room;
} holder;

_Static_assert(sizeof(holder *) <= sizeof(int), "an address is a number of a file");

enum { FIRST_BYTES = 1 << 20 };

static holder *held(const stage_spool *s)
{
    return (holder *)s->fd;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

hm_status stage_spool_open(const char *beside, stage_spool *s, hm_err *err)
{
    holder *h = calloc(1, sizeof *h);
    if (!h)
        return no_memory(err);
    *s = (stage_spool){.open = true, .fd = (int)h, .beside = beside};
    return HM_OK;
}

/* Room for n bytes in all. */
static hm_status grow(holder *h, size_t n, hm_err *err)
{
    size_t room = h->room ? h->room : FIRST_BYTES;
    while (room < n)
        room += room / 2;
    if (room == h->room)
        return HM_OK;
    char *bytes = realloc(h->bytes, room);
    if (!bytes)
        return no_memory(err);
    h->bytes = bytes;
    h->room = room;
    return HM_OK;
}

hm_status stage_spool_write(const stage_spool *s, int64_t at, const void *bytes, size_t n,
                            hm_err *err)
{
    holder *h = held(s);
    size_t end = (size_t)at + n;
    HM_TRY(grow(h, end, err));
    if ((size_t)at > h->n)
        memset(h->bytes + h->n, 0, (size_t)at - h->n);
    memcpy(h->bytes + at, bytes, n);
    h->n = end > h->n ? end : h->n;
    return HM_OK;
}

hm_status stage_spool_read(const stage_spool *s, int64_t at, void *bytes, size_t n, hm_err *err)
{
    const holder *h = held(s);
    if ((size_t)at + n > h->n)
        return hm_err_set(err, HM_ERR_BUG, "stage_spool_read", 0, 0, NULL,
                          "read beyond what was written");
    memcpy(bytes, h->bytes + at, n);
    return HM_OK;
}

void stage_spool_close(stage_spool *s)
{
    if (s->open) {
        free(held(s)->bytes);
        free(held(s));
    }
    *s = (stage_spool){0};
}
