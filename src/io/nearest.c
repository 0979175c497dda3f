#include "io/nearest.h"

#include <string.h>

enum { LONGEST = 63 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau 1964, each pair edited once), by three rows. */
static int distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    int row[3][LONGEST + 1];
    for (size_t k = 0; k <= n_b; k++)
        row[0][k] = (int)k;
    for (size_t i = 1; i <= n_a; i++) {
        int *now = row[i % 3], *last = row[(i - 1) % 3], *older = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t k = 1; k <= n_b; k++) {
            int replaced = last[k - 1] + (a[i - 1] != b[k - 1]);
            now[k] = least(replaced, least(last[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                now[k] = least(now[k], older[k - 2] + 1);
        }
    }
    return row[n_a % 3][n_b];
}

int32_t hm_nearest(const char *typed, int32_t n, const char *const name[])
{
    size_t n_typed = strlen(typed);
    if (n_typed == 0 || n_typed > LONGEST)
        return -1;
    int best = n_typed / 3 > 2 ? (int)(n_typed / 3) : 2;
    int32_t found = -1;
    for (int32_t i = 0; i < n; i++) {
        size_t n_name = strlen(name[i]);
        if (n_name > LONGEST)
            continue;
        int d = distance(typed, n_typed, name[i], n_name);
        /* a short name that shares nothing is no guess */
        if ((size_t)d < n_name && (d < best || (d == best && found < 0))) {
            best = d;
            found = i;
        }
    }
    return found;
}
