#include "base/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

hm_status hm_notes_add(hm_notes *notes, hm_arena *a, const char *fmt, ...)
{
    if (!notes)
        return HM_OK;
    const char **grown = HM_GROW(a, notes->text, notes->n, &notes->cap);
    if (!grown)
        return HM_ERR_SYSTEM;
    notes->text = grown;
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *kept = n < 0 ? NULL : HM_PUSH(a, char, n + 1);
    if (kept)
        vsnprintf(kept, (size_t)n + 1, fmt, again);
    va_end(again);
    if (!kept)
        return HM_ERR_SYSTEM;
    notes->text[notes->n++] = kept;
    return HM_OK;
}
