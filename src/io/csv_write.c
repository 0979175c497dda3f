#include <stdbool.h>
#include <string.h>

#include "io/csv.h"

/* Does a reader need quotes to take the cell as it is? */
static bool needs_quotes(const char *s)
{
    size_t n = strlen(s);
    return strpbrk(s, ",;\t\"\r\n") || (n && (s[0] == ' ' || s[0] == '#' || s[n - 1] == ' '));
}

static hm_status put_cell(hm_sink sink, const char *cell, hm_err *err)
{
    if (!needs_quotes(cell))
        return sink.put(sink.ctx, cell, strlen(cell), err);
    HM_TRY(sink.put(sink.ctx, "\"", 1, err));
    for (const char *q; (q = strchr(cell, '"')); cell = q + 1) {
        HM_TRY(sink.put(sink.ctx, cell, (size_t)(q + 1 - cell), err));
        HM_TRY(sink.put(sink.ctx, "\"", 1, err));
    }
    HM_TRY(sink.put(sink.ctx, cell, strlen(cell), err));
    return sink.put(sink.ctx, "\"", 1, err);
}

hm_status hm_csv_put_row(hm_sink sink, int32_t n, const char *const cell[], hm_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        if (i)
            HM_TRY(sink.put(sink.ctx, ",", 1, err));
        HM_TRY(put_cell(sink, cell[i], err));
    }
    return sink.put(sink.ctx, "\n", 1, err);
}
