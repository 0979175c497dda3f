#include "names_priv.h"

#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    const data_name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : x->i - y->i;
}

const char *names_sort(data_names *names)
{
    if (names->n == 0)
        return NULL;
    qsort(names->name, (size_t)names->n, sizeof *names->name, by_text);
    for (int32_t i = 1; i < names->n; i++)
        if (strcmp(names->name[i].text, names->name[i - 1].text) == 0)
            return names->name[i].text;
    return NULL;
}

static int against(const void *key, const void *item)
{
    return strcmp(key, ((const data_name *)item)->text);
}

int32_t names_find(const data_names *names, const char *text)
{
    if (names->n == 0)
        return -1;
    const data_name *found =
        bsearch(text, names->name, (size_t)names->n, sizeof *names->name, against);
    return found ? found->i : -1;
}
