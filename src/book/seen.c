/* Who has been seen: a set of numbers that are not 0. */
#include "book_priv.h"

static int64_t *slot_of(const book_seen *s, int64_t id)
{
    size_t i = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (s->n_slot - 1);
    while (s->slot[i] && s->slot[i] != id)
        i = (i + 1) & (s->n_slot - 1);
    return &s->slot[i];
}

static hm_status grow(book_seen *s, hm_arena *arena, hm_err *err)
{
    size_t n_slot = s->n_slot ? 4 * s->n_slot : 256;
    book_seen more = {.n_slot = n_slot, .n = s->n, .slot = HM_PUSH(arena, int64_t, n_slot)};
    if (!more.slot)
        return book_no_memory(err);
    for (size_t i = 0; i < s->n_slot; i++)
        if (s->slot[i])
            *slot_of(&more, s->slot[i]) = s->slot[i];
    *s = more;
    return HM_OK;
}

bool book_is_seen(const book_seen *s, int64_t id)
{
    return s->n_slot && *slot_of(s, id);
}

hm_status book_see(book_seen *s, int64_t id, hm_arena *arena, bool *is_new, hm_err *err)
{
    if (2 * s->n >= s->n_slot)
        HM_TRY(grow(s, arena, err));
    int64_t *slot = slot_of(s, id);
    *is_new = *slot == 0;
    s->n += *is_new;
    *slot = id;
    return HM_OK;
}
