#include "base/notes.h"

#include <stdarg.h>
#include <string.h>

hm_status hm_notes_add(hm_notes *notes, hm_arena *a, const char *fmt, ...)
{
    if (!notes)
        return HM_OK;
    if (notes->n == notes->cap) {
        int32_t cap = notes->cap ? 2 * notes->cap : 8;
        const char **grown = HM_PUSH(a, const char *, cap);
        if (!grown)
            return HM_ERR_SYSTEM;
        if (notes->n)
            memcpy(grown, notes->text, (size_t)notes->n * sizeof *grown);
        notes->text = grown;
        notes->cap = cap;
    }
    char line[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    const char *kept = hm_arena_text(a, line);
    if (!kept)
        return HM_ERR_SYSTEM;
    notes->text[notes->n++] = kept;
    return HM_OK;
}
