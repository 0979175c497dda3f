#include "lynx_priv.h"

#include <string.h>

#include "io/utf8.h"

/* ---- cutting ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* One field from *at on: its text without quotes into out. False = its quote does not end. */
static bool take(const char **at, const char *end, char *out, size_t *n)
{
    const char *p = *at;
    size_t used = 0;
    while (p < end && is_blank(*p))
        p++;
    bool quoted = p < end && *p == '"';
    for (p += quoted; quoted;) {
        if (p == end)
            return false;
        if (*p != '"')
            out[used++] = *p++;
        else if (p + 1 < end && p[1] == '"')
            out[used++] = '"', p += 2;
        else
            quoted = false, p++;
    }
    while (p < end && *p != ',')
        out[used++] = *p++;
    *at = p;
    *n = used;
    return true;
}

/* Control characters are blanks, and blanks around it go; returns where it begins. */
static char *trim(char *s, size_t n)
{
    s[n] = '\0';
    hm_meet_clean(s);
    for (n = strlen(s); n && is_blank(s[n - 1]); n--)
        s[n - 1] = '\0';
    while (is_blank(*s))
        s++;
    return s;
}

lynx_split lynx_split_line(const char *line, size_t n, lynx_fields *out)
{
    HM_ASSERT(n <= HM_LYNX_LINE_MAX);
    const char *p = line, *end = line + n, *counted = line;
    int32_t col = 1;
    char *to = out->held;
    out->n = 0;
    for (;; p++) {
        size_t len;
        if (out->n == HM_LYNX_FIELD_MAX)
            return LYNX_SPLIT_MANY;
        col += (int32_t)hm_utf8_count(counted, (size_t)(p - counted));
        counted = p;
        out->col[out->n] = col;
        if (!take(&p, end, to, &len))
            return LYNX_SPLIT_OPEN;
        out->f[out->n++] = trim(to, len);
        to += len + 1;
        if (p == end)
            break;
    }
    for (int32_t i = out->n; i < HM_LYNX_FIELD_MAX; i++)
        out->f[i] = "";
    return LYNX_SPLIT_OK;
}

/* ---- values ---- */

/* Digits at *s, at least 1 and at most max_digits of them. */
static bool digits_at(const char **s, int max_digits, int64_t *v, int32_t *n)
{
    *v = 0;
    *n = 0;
    for (; **s >= '0' && **s <= '9'; (*s)++) {
        if (++*n > max_digits)
            return false;
        *v = 10 * *v + (**s - '0');
    }
    return *n > 0;
}

bool lynx_whole(const char *s, int32_t max, int32_t *v)
{
    int64_t wide;
    int32_t n;
    if (!digits_at(&s, 9, &wide, &n) || *s || wide > max)
        return false;
    *v = (int32_t)wide;
    return true;
}

/* Decimals behind a point, as a whole number of 10^-max; none is 0. */
static bool decimals_at(const char **s, int32_t max, int64_t *v, int32_t *n)
{
    *v = 0;
    *n = 0;
    if (**s != '.')
        return true;
    (*s)++;
    if (!digits_at(s, max, v, n))
        return false;
    for (int32_t i = *n; i < max; i++)
        *v *= 10;
    return true;
}

bool lynx_time(const char *s, int64_t *time_us, int32_t *digits)
{
    const int64_t max_s = INT64_C(100) * 3600;
    int64_t whole_s, part, frac;
    int32_t n;
    if (!digits_at(&s, 6, &whole_s, &n))
        return false;
    for (int colons = 0; *s == ':'; colons++) {
        s++;
        if (colons == 2 || !digits_at(&s, 2, &part, &n) || n != 2 || part >= 60)
            return false;
        whole_s = 60 * whole_s + part;
    }
    if (!decimals_at(&s, 4, &frac, &n) || *s || whole_s >= max_s)
        return false;
    *time_us = whole_s * 1000000 + frac * 100;
    if (digits)
        *digits = n;
    return true;
}

bool lynx_signed_time(const char *s, int64_t *time_us)
{
    int64_t v;
    if (!lynx_time(s + (*s == '-' || *s == '+'), &v, NULL))
        return false;
    *time_us = *s == '-' ? -v : v;
    return true;
}

bool lynx_wind(const char *s, int32_t *wind_cmps)
{
    int64_t whole = 0, frac;
    int32_t n = 0, n_frac;
    bool minus = *s == '-';
    s += minus || *s == '+';
    if (*s != '.' && !digits_at(&s, 2, &whole, &n))
        return false;
    if (!decimals_at(&s, 2, &frac, &n_frac) || *s)
        return false;
    int32_t v = (int32_t)(100 * whole + frac);
    *wind_cmps = minus ? -v : v;
    return true;
}

bool lynx_same_word(const char *s, const char *word)
{
    for (; *s && *word; s++, word++)
        if ((*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s) != *word)
            return false;
    return *s == *word;
}
