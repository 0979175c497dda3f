/* Who has been seen: a set of numbers that are not 0. */
#include "book_priv.h"

hm_status book_seen_make(book_seen *s, int64_t n_most, hm_arena *arena, hm_err *err)
{
    size_t n_slot = 16;
    while (n_slot < 2 * (size_t)n_most)
        n_slot *= 2;
    *s = (book_seen){n_slot, HM_PUSH(arena, int64_t, n_slot)};
    return s->slot ? HM_OK : book_no_memory(err);
}

bool book_see(book_seen *s, int64_t id)
{
    size_t i = ((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (s->n_slot - 1);
    for (; s->slot[i]; i = (i + 1) & (s->n_slot - 1))
        if (s->slot[i] == id)
            return false;
    s->slot[i] = id;
    return true;
}
