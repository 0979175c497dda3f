#include "io/number.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"

enum { LONGEST = 100 }; /* characters; nobody types more */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *s)
{
    while (is_digit(*s))
        s++;
    return s;
}

static bool is_mark(char c, char decimal)
{
    return c == '.' || (decimal == ',' && c == ',');
}

/* Does s have the form of a number? *mark = where the decimal mark stands, NULL = none. */
static bool has_form(const char *s, char decimal, const char **mark)
{
    *mark = NULL;
    s += *s == '+' || *s == '-';
    const char *e = skip_digits(s);
    int64_t n_digit = e - s;
    if (is_mark(*e, decimal)) {
        *mark = e;
        s = e + 1;
        e = skip_digits(s);
        n_digit += e - s;
    }
    if (n_digit == 0)
        return false;
    if (*e == 'e' || *e == 'E') {
        s = e + 1;
        s += *s == '+' || *s == '-';
        e = skip_digits(s);
        if (e == s)
            return false;
    }
    return *e == '\0';
}

/* Decimal mark of the current locale, as strtod wants it. */
static size_t locale_mark(char buf[16])
{
    char half[24];
    int n = snprintf(half, sizeof half, "%.1f", 0.5);
    size_t len = n > 2 ? (size_t)n - 2 : 0; /* between "0" and "5" */
    if (len == 0 || len > 15)
        return 0;
    memcpy(buf, half + 1, len);
    return len;
}

/* Most numbers are a few digits with a mark: both the digits and the power of ten are then exact
 * doubles, and their quotient is rounded once, as strtod would (Clinger 1990). */
static bool is_short(const char *s, size_t n, char decimal, double *value)
{
    enum { DIGIT_MAX = 15 }; /* 10^15 < 2^53 */
    static const double power[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *end = s + n;
    bool negative = n > 0 && *s == '-';
    s += n > 0 && (*s == '-' || *s == '+');
    int64_t digits = 0;
    int n_digit = 0, n_after = -1;
    for (; s < end; s++) {
        if (is_digit(*s) && n_digit < DIGIT_MAX) {
            digits = 10 * digits + (*s - '0');
            n_digit++;
            n_after += n_after >= 0;
        } else if (n_after < 0 && is_mark(*s, decimal)) {
            n_after = 0;
        } else {
            return false;
        }
    }
    if (n_digit == 0)
        return false;
    double v = (double)digits / power[n_after > 0 ? n_after : 0];
    *value = negative ? -v : v;
    return true;
}

hm_number_fault hm_number_parse_n(const char *text, size_t n, char decimal, double *value)
{
    if (is_short(text, n, decimal, value))
        return HM_NUMBER_OK;
    char own[LONGEST + 1];
    if (n > LONGEST || memchr(text, '\0', n))
        return HM_NUMBER_TEXT;
    memcpy(own, text, n);
    own[n] = '\0';
    return hm_number_parse(own, decimal, value);
}

hm_number_fault hm_number_parse(const char *text, char decimal, double *value)
{
    if (!*text)
        return HM_NUMBER_EMPTY;
    if (is_short(text, strlen(text), decimal, value))
        return HM_NUMBER_OK;
    const char *mark;
    if (strlen(text) > LONGEST || !has_form(text, decimal, &mark))
        return HM_NUMBER_TEXT;
    char own[LONGEST + 17];
    if (mark) {
        size_t before = (size_t)(mark - text);
        memcpy(own, text, before);
        size_t n = locale_mark(own + before);
        memcpy(own + before + n, mark + 1, strlen(mark));
    } else {
        memcpy(own, text, strlen(text) + 1);
    }
    double v = strtod(own, NULL);
    if (!isfinite(v))
        return HM_NUMBER_RANGE;
    *value = v;
    return HM_NUMBER_OK;
}

hm_number_fault hm_number_parse_int(const char *text, int64_t *value)
{
    if (!*text)
        return HM_NUMBER_EMPTY;
    const char *s = text + (*text == '+' || *text == '-');
    if (!is_digit(*s) || *skip_digits(s))
        return HM_NUMBER_TEXT;
    errno = 0;
    long long v = strtoll(text, NULL, 10);
    if (errno == ERANGE)
        return HM_NUMBER_RANGE;
    *value = v;
    return HM_NUMBER_OK;
}

hm_number_fault hm_number_parse_clock(const char *text, char decimal, double *value_s,
                                      int32_t *digits)
{
    if (!*text)
        return HM_NUMBER_EMPTY;
    bool negative = *text == '-';
    const char *s = text + negative;
    double whole_s = 0;
    /* leading parts that end in a colon: hours, minutes */
    for (int part = 0; strchr(s, ':'); part++) {
        const char *colon = strchr(s, ':');
        bool two = colon - s == 2 && s[0] < '6';
        if (part == 2 || colon == s || colon - s > 3 || skip_digits(s) != colon || (part && !two))
            return HM_NUMBER_TEXT;
        double count = 0;
        for (; s < colon; s++)
            count = 10 * count + (*s - '0');
        whole_s = (whole_s + count) * 60;
        s = colon + 1;
        if (!is_digit(s[0]) || s[0] > '5' || !is_digit(s[1]) || is_digit(s[2]))
            return HM_NUMBER_TEXT;
    }
    double rest_s;
    if (!is_digit(*s) && !is_mark(*s, decimal))
        return HM_NUMBER_TEXT;
    if (strpbrk(s, "eE"))
        return HM_NUMBER_TEXT;
    hm_number_fault fault = hm_number_parse(s, decimal, &rest_s);
    if (fault != HM_NUMBER_OK)
        return fault == HM_NUMBER_EMPTY ? HM_NUMBER_TEXT : fault;
    const char *mark = strpbrk(s, ".,");
    if (digits)
        *digits = mark ? (int32_t)strlen(mark + 1) : 0;
    *value_s = negative ? -(whole_s + rest_s) : whole_s + rest_s;
    return HM_NUMBER_OK;
}

int hm_number_print(double v, char buf[HM_NUMBER_BUF])
{
    HM_ASSERT(isfinite(v));
    if (v == 0) /* "-0" would be read as a whole number, which has no sign of zero */
        return snprintf(buf, HM_NUMBER_BUF, "%s", signbit(v) ? "-0.0" : "0");
    for (int digits = 15; digits <= 17; digits++) {
        int n = snprintf(buf, HM_NUMBER_BUF, "%.*g", digits, v);
        HM_ASSERT(n > 0 && n < HM_NUMBER_BUF);
        if (digits == 17 || strtod(buf, NULL) == v)
            break;
    }
    /* the locale's mark, of any length, becomes a point */
    char *to = buf;
    bool in_mark = false;
    for (const char *from = buf; *from; from++) {
        bool part = is_digit(*from) || strchr("+-e", *from);
        if (part || !in_mark)
            *to++ = part ? *from : '.';
        in_mark = !part;
    }
    *to = '\0';
    return (int)(to - buf);
}
