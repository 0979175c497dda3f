#include "cohort_priv.h"

#include <string.h>

void cohort_list_clear(cohort_list *l, int32_t most)
{
    l->n = 0;
    l->most = most < HM_LIST_MAX ? most : HM_LIST_MAX;
}

static bool before(const cohort_list *l, int32_t k, int32_t key_us, uint32_t person)
{
    return l->row[k].key_us < key_us || (l->row[k].key_us == key_us && l->row[k].person < person);
}

void cohort_list_add(cohort_list *l, int32_t key_us, uint32_t person)
{
    if (l->most == 0 || (l->n == l->most && before(l, l->n - 1, key_us, person)))
        return;
    int32_t lo = 0, hi = l->n;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (before(l, mid, key_us, person))
            lo = mid + 1;
        else
            hi = mid;
    }
    int32_t last = l->n < l->most ? l->n++ : l->n - 1;
    memmove(&l->row[lo + 1], &l->row[lo], (size_t)(last - lo) * sizeof *l->row);
    l->row[lo].key_us = key_us;
    l->row[lo].person = person;
}
