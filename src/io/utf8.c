#include "io/utf8.h"

#include <string.h>

size_t hm_utf8_bom(const char *bytes, size_t n)
{
    return n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

int64_t hm_utf8_count(const char *bytes, size_t n)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)bytes[i] & 0xc0) != 0x80;
    return count;
}

/* Length of the valid sequence at p, 0 = broken. Unicode 15, table 3-7. */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

static int is_utf16(const unsigned char *p, size_t n)
{
    if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff)))
        return 1;
    return n >= 4 && ((!p[0] && p[1] && !p[2] && p[3]) || (p[0] && !p[1] && p[2] && !p[3]));
}

/* Are the next eight bytes plain letters: no control, nothing beyond ASCII? Most of a table is, and
 * needs no closer look. A byte below 0x20 borrows and shows in a high bit, its own or the next
 * one's. */
static int is_plain_8(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return ((v | (v - UINT64_C(0x2020202020202020))) & UINT64_C(0x8080808080808080)) == 0;
}

hm_status hm_utf8_check(const char *source, const char *bytes, size_t n, hm_err *err)
{
    const unsigned char *p = (const unsigned char *)bytes;
    if (is_utf16(p, n))
        return hm_err_set(err, HM_ERR_INPUT, source, 1, 1, NULL,
                          "expected UTF-8 text, found UTF-16: save it as UTF-8");
    int64_t line = 1, col = 1;
    for (size_t i = hm_utf8_bom(bytes, n); i < n;) {
        if (n - i >= 8 && is_plain_8(p + i)) {
            i += 8;
            col += 8;
            continue;
        }
        size_t len = sequence(p + i, n - i);
        if (p[i] == 0)
            return hm_err_set(err, HM_ERR_INPUT, source, line, col, NULL,
                              "expected text, found a NUL byte");
        if (len == 0)
            return hm_err_set(err, HM_ERR_INPUT, source, line, col, NULL,
                              "expected UTF-8 text, found the byte 0x%02x", p[i]);
        if (p[i] == '\n' || (p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n'))) {
            line++;
            col = 1;
        } else {
            col++;
        }
        i += len;
    }
    return HM_OK;
}

void hm_utf8_fold(const char *text, char *buf, size_t n)
{
    HM_ASSERT(n > 0);
    size_t i = 0;
    unsigned char before = 0;
    for (; text[i] && i + 1 < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + 0x20);
        else if (before == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97)
            c = (unsigned char)(c + 0x20);
        before = (unsigned char)text[i];
        buf[i] = (char)c;
    }
    buf[i] = '\0';
}

int hm_utf8_clip(const char *text, int max)
{
    int n = (int)strnlen(text, (size_t)max + 1);
    if (n <= max)
        return n;
    n = max;
    while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return n;
}
