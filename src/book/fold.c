/* Names as they are compared, disciplines as they are written. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "book/book.h"

/* ---- letters ---- */

/* One character of checked UTF-8; a stray byte stands for itself. Returns its bytes. */
static size_t decode(const char *s, uint32_t *c)
{
    const unsigned char *u = (const unsigned char *)s;
    int more = u[0] < 0xc0 ? 0 : u[0] < 0xe0 ? 1 : u[0] < 0xf0 ? 2 : 3;
    *c = more ? u[0] & (0x3fu >> more) : u[0];
    for (int i = 1; i <= more; i++) {
        if ((u[i] & 0xc0) != 0x80) {
            *c = u[0];
            return 1;
        }
        *c = *c << 6 | (u[i] & 0x3fu);
    }
    return (size_t)more + 1;
}

static size_t encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    static const unsigned char head[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(head[n] | c);
    return n;
}

/* Letters U+00C0 .. U+017F without their marks (Unicode charts Latin-1 and Latin Extended-A);
 * '*' = not a letter, '2' = two letters. */
static const char latin[] = "aaaaaa2ceeeeiiiidnooooo*ouuuuy22"
                            "aaaaaa2ceeeeiiiidnooooo*ouuuuy2y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii22jjkkklllllllllln"
                            "nnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof latin == 0x180 - 0xc0 + 1, "a letter each");

static const char *two_letters(uint32_t c)
{
    switch (c) {
    case 0xc6:
    case 0xe6:
        return "ae";
    case 0xde:
    case 0xfe:
        return "th";
    case 0xdf:
        return "ss";
    case 0x132:
    case 0x133:
        return "ij";
    default:
        return "oe"; /* U+0152, U+0153 */
    }
}

/* Marks above and below letters, vowel points, directions, joiners, and the Arabic stretch. */
static bool is_silent(uint32_t c)
{
    static const uint32_t span[][2] = {
        {0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x0591, 0x05bd}, {0x05bf, 0x05c7}, {0x0610, 0x061a},
        {0x061c, 0x061c}, {0x0640, 0x0640}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x200b, 0x200f},
        {0x202a, 0x202e}, {0x2060, 0x2069}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < sizeof span / sizeof span[0]; i++)
        if (c >= span[i][0] && c <= span[i][1])
            return true;
    return false;
}

static uint32_t fold_greek(uint32_t c)
{
    static const uint32_t accented[][2] = {
        {0x386, 0x3b1}, {0x388, 0x3b5}, {0x389, 0x3b7}, {0x38a, 0x3b9}, {0x38c, 0x3bf},
        {0x38e, 0x3c5}, {0x38f, 0x3c9}, {0x390, 0x3b9}, {0x3ac, 0x3b1}, {0x3ad, 0x3b5},
        {0x3ae, 0x3b7}, {0x3af, 0x3b9}, {0x3b0, 0x3c5}, {0x3c2, 0x3c3}, {0x3aa, 0x3b9},
        {0x3ab, 0x3c5}, {0x3ca, 0x3b9}, {0x3cb, 0x3c5}, {0x3cc, 0x3bf}, {0x3cd, 0x3c5},
        {0x3ce, 0x3c9}};
    for (size_t i = 0; i < sizeof accented / sizeof accented[0]; i++)
        if (accented[i][0] == c)
            return accented[i][1];
    return c >= 0x391 && c <= 0x3a9 ? c + 0x20 : c;
}

static uint32_t fold_cyrillic(uint32_t c)
{
    if (c >= 0x410 && c <= 0x42f)
        c += 0x20;
    else if (c >= 0x400 && c <= 0x40f)
        c += 0x50;
    return c == 0x451 ? 0x435 : c == 0x439 ? 0x438 : c; /* yo as ye, short i as i */
}

static uint32_t fold_char(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0; /* full width */
    if (c >= 'A' && c <= 'Z')
        return c + 0x20;
    if (c >= 0x386 && c <= 0x3ce)
        return fold_greek(c);
    if (c >= 0x400 && c <= 0x45f)
        return fold_cyrillic(c);
    if (c >= 0x531 && c <= 0x556)
        return c + 0x30; /* Armenian */
    if (c >= 0x30a1 && c <= 0x30f6)
        return c - 0x60; /* katakana as hiragana */
    return c;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x3000;
}

/* What one character becomes; up to 4 bytes. */
static size_t fold_one(uint32_t c, char out[4])
{
    if (is_silent(c))
        return 0;
    if (c >= 0xc0 && c < 0x180 && latin[c - 0xc0] != '*') {
        if (latin[c - 0xc0] != '2') {
            out[0] = latin[c - 0xc0];
            return 1;
        }
        memcpy(out, two_letters(c), 2);
        return 2;
    }
    return encode(fold_char(c), out);
}

const char *hm_book_fold(const char *name, char *buf, size_t n)
{
    HM_ASSERT(n > 0);
    size_t used = 0;
    bool gap = false;
    for (uint32_t c; *name;) {
        char out[5] = " ";
        name += decode(name, &c);
        if (is_blank(c)) {
            gap = used > 0;
            continue;
        }
        size_t len = fold_one(c, out + 1);
        if (len == 0)
            continue;
        if (used + len + (gap ? 1 : 0) >= n)
            break;
        memcpy(buf + used, gap ? out : out + 1, len + (gap ? 1 : 0));
        used += len + (gap ? 1 : 0);
        gap = false;
    }
    buf[used] = '\0';
    return buf;
}

/* ---- disciplines ---- */

static bool begins(const char **at, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*at, word, n) != 0)
        return false;
    *at += n;
    return true;
}

static void skip_blank(const char **at)
{
    while (**at == ' ')
        (*at)++;
}

/* "metres", "m", also "m." and "mh"; false = another unit or none. */
static bool take_metres(const char **at)
{
    return begins(at, "metres") || begins(at, "meters") || begins(at, "metre") ||
           begins(at, "meter") || begins(at, "m");
}

const char *hm_book_code(const char *text, char code[HM_BOOK_CODE_MAX])
{
    char folded[HM_BOOK_CODE_MAX];
    const char *at = hm_book_fold(text, folded, sizeof folded);
    char *end;
    long metres = isdigit((unsigned char)*at) ? strtol(at, &end, 10) : 0;
    if (metres > 0 && metres < 1000000) {
        at = end;
        skip_blank(&at);
        if (take_metres(&at) && !(isalpha((unsigned char)*at) && *at != 'h')) {
            skip_blank(&at);
            bool hurdles = begins(&at, "hurdles") || strcmp(at, "h") == 0 || begins(&at, "h ");
            snprintf(code, HM_BOOK_CODE_MAX, "%ldm%s", metres, hurdles ? "H" : "");
            return code;
        }
    }
    memcpy(code, folded, sizeof folded);
    return code;
}
