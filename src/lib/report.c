/* Statuses of the house as codes and messages of the library. */
#include "lib_priv.h"

#include <string.h>

size_t lib_copy(const char *from, size_t n, char *text, size_t text_size)
{
    if (text && text_size > 0) {
        size_t kept = n < text_size ? n : text_size - 1;
        memcpy(text, from, kept);
        text[kept] = '\0';
    }
    return n;
}

int lib_report(hm_status status, const hm_err *err, char *message, size_t message_size)
{
    char line[1024] = "";
    if (status != HM_OK)
        hm_err_text(err, line, sizeof line);
    lib_copy(line, strlen(line), message, message_size);
    return lib_code(status);
}
