#include "base/width.h"

#include "width_priv.h"

#include <stdbool.h>

enum { JOINER = 0x200d };

/* Code point at p, and how many bytes it takes; a broken byte stands for itself. */
static uint32_t code_at(const unsigned char *p, size_t *n)
{
    uint32_t c = p[0];
    size_t len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    *n = 1;
    if (len == 1)
        return c;
    c &= 0x7fu >> len;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return p[0];
        c = c << 6 | (p[i] & 0x3fu);
    }
    *n = len;
    return c;
}

static bool holds(const uint32_t range[][2], size_t n, uint32_t c)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (range[mid][1] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && range[lo][0] <= c;
}

static int code_width(uint32_t c)
{
    if (c < 0x300)
        return 1;
    if (holds(none, sizeof none / sizeof none[0], c))
        return 0;
    return holds(wide, sizeof wide / sizeof wide[0], c) ? 2 : 1;
}

static bool is_skin_tone(uint32_t c)
{
    return c >= 0x1f3fb && c <= 0x1f3ff;
}

/* One step over the text: the width that is added, and the bytes it takes. before: the code point
 * that stood before; its own picture may take this one in. */
static int step(const unsigned char *p, uint32_t *before, size_t *n)
{
    uint32_t c = code_at(p, n);
    int w = code_width(c);
    if (w == 2 && (*before == JOINER || (is_skin_tone(c) && *before >= 0x2600)))
        w = 0;
    *before = c;
    return w;
}

int hm_text_width(const char *utf8)
{
    const unsigned char *p = (const unsigned char *)utf8;
    uint32_t before = 0;
    int width = 0;
    for (size_t n; *p; p += n)
        width += step(p, &before, &n);
    return width;
}

size_t hm_text_fit(const char *utf8, int columns)
{
    const unsigned char *p = (const unsigned char *)utf8;
    uint32_t before = 0;
    int width = 0;
    size_t n, at = 0;
    for (; p[at]; at += n) {
        width += step(p + at, &before, &n);
        if (width > columns)
            break;
    }
    return at;
}
