/* doc_plain.c - what people type, made fit for paper. */
#include "doc_priv.h"

#include <string.h>

#include "base/width.h"

enum { MARKS_MOST = 4, RUNE_BYTES = 5 };

/* Bytes of the character at p, 0 = broken: overlong, a surrogate, beyond Unicode, cut. */
static size_t rune_at(const unsigned char *p, uint32_t *c)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 0;
    if (n <= 1) {
        *c = p[0];
        return n;
    }
    *c = p[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        *c = *c << 6 | (p[i] & 0x3fu);
    }
    return *c < least[n] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000) ? 0 : n;
}

/* Control characters, ends of lines and paragraphs. */
static bool is_blank(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* Embeddings, overrides and isolates (Unicode Standard Annex 9), byte order marks, what interlinear
 * notes are made of, tags, and what is no character. */
static bool is_left_out(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c < 0xe0080) || (c & 0xfffe) == 0xfffe;
}

static bool is_mark(const unsigned char *p, size_t n, uint32_t c)
{
    char one[RUNE_BYTES] = "";
    if (c < 0x300 || c == 0x200d)
        return false;
    memcpy(one, p, n);
    return hm_text_width(one) == 0;
}

const char *doc_plain(doc_bytes *b, const char *text)
{
    if (!text || !*text)
        return "";
    const unsigned char *p = (const unsigned char *)text;
    char *out = HM_PUSH(b->arena, char, 3 * strlen(text) + 1);
    size_t n = 0;
    int marks = 0;
    if (!out) {
        b->failed = true;
        return "";
    }
    while (*p) {
        uint32_t c;
        size_t len = rune_at(p, &c);
        if (len && !is_blank(c) && !is_left_out(c)) {
            marks = is_mark(p, len, c) ? marks + 1 : 0;
            if (marks <= MARKS_MOST) {
                memcpy(out + n, p, len);
                n += len;
            }
        } else if (!len || is_blank(c)) {
            memcpy(out + n, len ? " " : "\xef\xbf\xbd", len ? 1 : 3);
            n += len ? 1 : 3;
        }
        p += len ? len : 1;
    }
    return out;
}

bool doc_runs_left(const char *utf8)
{
    uint32_t c;
    for (const unsigned char *p = (const unsigned char *)utf8; *p;) {
        size_t n = rune_at(p, &c);
        if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
            (c >= 0xfe70 && c < 0xfeff) || (c >= 0x10800 && c < 0x11000) ||
            (c >= 0x1e800 && c < 0x1f000))
            return true;
        p += n ? n : 1;
    }
    return false;
}
