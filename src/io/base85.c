#include "io/base85.h"

static const char digit[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";

enum { GROUP_BYTES = 4, GROUP_DIGITS = 5, BASE = 85 };

hm_status hm_base85(const void *bytes, size_t n, hm_arena *arena, const char **text, hm_err *err)
{
    const uint8_t *b = bytes;
    char *out = HM_PUSH(arena, char, n / GROUP_BYTES * GROUP_DIGITS + GROUP_DIGITS + 1), *at = out;
    if (!out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (size_t i = 0; i < n; i += GROUP_BYTES) {
        size_t here = n - i < GROUP_BYTES ? n - i : GROUP_BYTES;
        char group[GROUP_DIGITS];
        uint32_t v = 0;
        for (size_t k = 0; k < GROUP_BYTES; k++)
            v = v << 8 | (k < here ? b[i + k] : 0);
        for (int k = GROUP_DIGITS - 1; k >= 0; k--, v /= BASE)
            group[k] = digit[v % BASE];
        for (size_t k = 0; k <= here; k++)
            *at++ = group[k];
    }
    *at = '\0';
    *text = out;
    return HM_OK;
}
