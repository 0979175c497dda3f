#include "lynx_priv.h"

#include <string.h>

#include "io/utf8.h"

enum { REPLACEMENT = 0xfffd, REPLACEMENT_BYTES = 3 };

static size_t put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* Bytes of the character at s, 0 = it is none (RFC 3629). */
static size_t character(const unsigned char *s, size_t n)
{
    unsigned char c = s[0];
    if (c < 0x80)
        return 1;
    size_t len = c >= 0xc2 && c <= 0xdf   ? 2
                 : (c & 0xf0) == 0xe0     ? 3
                 : c >= 0xf0 && c <= 0xf4 ? 4
                                          : 0;
    if (!len || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((c == 0xe0 && s[1] < 0xa0) || (c == 0xed && s[1] > 0x9f) || (c == 0xf0 && s[1] < 0x90) ||
        (c == 0xf4 && s[1] > 0x8f))
        return 0;
    return len;
}

static bool is_utf8(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t len = character((const unsigned char *)bytes + i, n - i);
        if (!len)
            return false;
        i += len;
    }
    return true;
}

/* Windows-1252 from 0x80 to 0x9f (unicode.org, CP1252.TXT); five bytes mean nothing. */
static uint32_t of_cp1252(unsigned char c)
{
    static const uint16_t high[32] = {
        0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
    };
    return c >= 0x80 && c <= 0x9f ? high[c - 0x80] : c;
}

static void from_cp1252(const unsigned char *s, size_t n, char *out, lynx_text *t)
{
    t->guessed = true;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = of_cp1252(s[i]);
        bool none = c == 0 && s[i];
        t->replaced |= none;
        t->n += put(out + t->n, none ? REPLACEMENT : c);
    }
}

/* The mark said UTF-8: bytes that are not are replaced one by one. */
static void from_utf8(const unsigned char *s, size_t n, char *out, lynx_text *t)
{
    for (size_t i = 0; i < n;) {
        size_t len = character(s + i, n - i);
        t->replaced |= !len;
        if (len)
            memcpy(out + t->n, s + i, len);
        t->n += len ? len : put(out + t->n, REPLACEMENT);
        i += len ? len : 1;
    }
}

static void from_utf16(const unsigned char *s, size_t n, bool little, char *out, lynx_text *t)
{
    uint32_t lead = 0;
    for (size_t i = 0; i < n; i += 2) {
        uint32_t u = little ? s[i] | (uint32_t)s[i + 1] << 8 : s[i + 1] | (uint32_t)s[i] << 8;
        bool trail = u >= 0xdc00 && u <= 0xdfff;
        if (lead && trail)
            u = 0x10000 + ((lead - 0xd800) << 10) + (u - 0xdc00);
        else if (lead)
            t->n += put(out + t->n, REPLACEMENT);
        t->replaced |= (lead != 0) != trail;
        lead = u >= 0xd800 && u <= 0xdbff ? u : 0;
        if (!lead)
            t->n += put(out + t->n, u >= 0xdc00 && u <= 0xdfff ? REPLACEMENT : u);
    }
    t->replaced |= lead != 0;
    if (lead)
        t->n += put(out + t->n, REPLACEMENT);
}

static void find_nul(lynx_text *t)
{
    const char *nul = t->n ? memchr(t->bytes, '\0', t->n) : NULL;
    if (!nul)
        return;
    t->nul_line = 1;
    for (const char *p = t->bytes; p < nul; p++)
        t->nul_line += *p == '\n' || (*p == '\r' && p[1] != '\n');
}

hm_status lynx_decode(const char *bytes, size_t n, hm_arena *arena, lynx_text *text)
{
    const unsigned char *s = (const unsigned char *)bytes;
    lynx_text t = {0};
    bool little = n >= 2 && s[0] == 0xff && s[1] == 0xfe;
    bool wide = little || (n >= 2 && s[0] == 0xfe && s[1] == 0xff);
    size_t bom = wide ? 2 : hm_utf8_bom(bytes, n);
    t.odd = wide && n % 2;
    if (!wide && is_utf8(bytes, n)) {
        t.bytes = bytes + bom;
        t.n = n - bom;
    } else if (!t.odd) {
        char *out = HM_PUSH(arena, char, REPLACEMENT_BYTES *(n - bom) + 1);
        if (!out)
            return HM_ERR_SYSTEM;
        t.bytes = out;
        if (wide)
            from_utf16(s + bom, n - bom, little, out, &t);
        else if (bom)
            from_utf8(s + bom, n - bom, out, &t);
        else
            from_cp1252(s, n, out, &t);
    }
    find_nul(&t);
    *text = t;
    return HM_OK;
}
