#include "life/kind.h"

#include <string.h>

/* data/life/career_types.csv; beliefs in the order of HM_BELIEF_LIST: joy, fastest, effort, order,
 * form, fear. The 0.8 at 11.4 in the transfer's path there is the other boy: here he is taught in
 * sessions and by his clubs, so that a world without the other boy can be asked for. */
/* clang-format off */
static const hm_kind kind[] = {
    {"prodigy",  4.6, -0.7, 0.65, 8, 1.0, 0.6, 1.0, 0, 0.8, 1.0, 0.5, 0.3, 0.7, 0.6,
     {0.5, 0.9, 0.2, 0.3, 0.9, 0}, 2, {{0, 0.6}, {7, 1.0}}},
    {"transfer", 4.7, 0, 0.9, 11.4, 1.15, 0.05, 1.4, 1.5, 0, -0.8, 2.0, 0.8, 0.2, 0.3,
     {0.3, 0.1, 0.7, 0.1, 0.1, 0.5}, 3, {{0, 0.05}, {13, 0.85}, {16, 0.95}}},
    {"veteran",  3.6, 0.1, 1.1, 12.2, 1.2, 0.3, 1.2, 1.0, -0.3, 0.3, 1.5, 0.95, 0.6, 0.1,
     {0.5, 0.3, 1.0, 0, 0.5, 0.3}, 3, {{0, 0.3}, {12, 0.6}, {18, 0.9}}},
    {"champion", 4.8, -0.1, 0.9, 10, 1.0, 0.5, 0.8, -1.0, 1.0, 1.2, 0.3, 0.5, 0.4, 1.0,
     {0.1, 0.9, 0.1, 0.6, 0.6, 0}, 3, {{0, 0.5}, {10, 0.8}, {15, 0.95}}},
};
/* clang-format on */

enum { N_KIND = sizeof kind / sizeof *kind };

const hm_kind *hm_kind_named(const char *name)
{
    for (int32_t i = 0; i < N_KIND; i++)
        if (strcmp(kind[i].name, name) == 0)
            return &kind[i];
    return NULL;
}

const char *hm_kind_name(int32_t i)
{
    return i >= 0 && i < N_KIND ? kind[i].name : NULL;
}
