#include "io/column.h"

#include <string.h>

#include "base/status.h"
#include "io/nearest.h"
#include "io/number.h"
#include "io/utf8.h"

enum { TABLE_MAX = 64, GUESS_MIN = 4 /* shorter words are like anything */ };

void hm_column_fold(const char *header, char key[HM_COLUMN_KEY])
{
    char folded[HM_COLUMN_KEY];
    hm_utf8_fold(header, folded, sizeof folded);
    size_t at = 0;
    for (const char *s = folded; *s; s++) {
        bool wide = !strncmp(s, "（", 3) || !strncmp(s, "）", 3) || !strncmp(s, "　", 3);
        if (wide)
            s += 2;
        char c = wide || strchr(" \t-()[]", *s) ? '_' : *s;
        if (c != '_' || (at > 0 && key[at - 1] != '_'))
            key[at++] = c;
    }
    while (at > 0 && key[at - 1] == '_')
        at--;
    key[at] = '\0';
}

double hm_unit_find(const char *key, const hm_unit *list)
{
    for (; list && list->name; list++)
        if (strcmp(key, list->name) == 0)
            return list->scale;
    return 0;
}

/* Is key one of the aliases, alone or with a unit behind? */
static bool matches(const char *key, const hm_column *row, double *scale)
{
    for (int i = 0; i < HM_COLUMN_ALIAS_MAX && row->alias[i]; i++) {
        size_t n = strlen(row->alias[i]);
        if (strncmp(key, row->alias[i], n) != 0)
            continue;
        double worth = !key[n]         ? row->bare_scale
                       : key[n] == '_' ? hm_unit_find(key + n + 1, row->unit)
                                       : 0;
        if (key[n] && worth == 0)
            continue;
        *scale = worth;
        return true;
    }
    return false;
}

int32_t hm_column_find(const char *key, int32_t n, const hm_column *table, double *scale)
{
    for (int32_t i = 0; i < n; i++)
        if (matches(key, &table[i], scale))
            return i;
    return -1;
}

const char *hm_column_nearest(const char *header, int32_t n, const hm_column *table)
{
    HM_ASSERT(n <= TABLE_MAX);
    const char *name[TABLE_MAX * (HM_COLUMN_ALIAS_MAX + 1)];
    int32_t row[TABLE_MAX * (HM_COLUMN_ALIAS_MAX + 1)], n_name = 0;
    for (int32_t i = 0; i < n; i++, n_name++) {
        name[n_name] = table[i].name;
        row[n_name] = i;
    }
    /* what is likest to a whole name comes first, then the other words for it */
    for (int32_t i = 0; i < n; i++)
        for (int k = 0; k < HM_COLUMN_ALIAS_MAX && table[i].alias[k]; k++)
            if (strlen(table[i].alias[k]) >= GUESS_MIN) {
                name[n_name] = table[i].alias[k];
                row[n_name++] = i;
            }
    char key[HM_COLUMN_KEY];
    hm_column_fold(header, key);
    int32_t i = hm_nearest(key, n_name, name);
    return i < 0 ? NULL : table[row[i]].name;
}

bool hm_column_number(const char *key, const char *const before[], const char *const after[],
                      double *value)
{
    for (; *before; before++)
        if (strncmp(key, *before, strlen(*before)) == 0) {
            key += strlen(*before);
            break;
        }
    char number[16];
    size_t n = strspn(key, "0123456789.");
    if (n == 0 || n >= sizeof number)
        return false;
    memcpy(number, key, n);
    number[n] = '\0';
    for (; *after; after++)
        if (strcmp(key + n, *after) == 0)
            return hm_number_parse(number, '.', value) == HM_NUMBER_OK;
    return false;
}
