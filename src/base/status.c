#include "base/status.h"

#include <stdarg.h>
#include <string.h>

static const struct {
    const char *text;
    int exit_code;
} status_row[HM_STATUS_COUNT] = {
#define STATUS_ROW(name, text, code) {text, code},
    HM_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

/* What was found may hold anything: an error stays one line and steers no terminal. */
static void tame(char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            *s = '?';
}

hm_status hm_err_set(hm_err *err, hm_status status, const char *source, int64_t line, int64_t col,
                     const char *field, const char *fmt, ...)
{
    HM_ASSERT(status != HM_OK);
    if (!err || err->status != HM_OK)
        return status;
    err->status = status;
    err->line = line;
    err->col = col;
    snprintf(err->source, sizeof err->source, "%s", source ? source : "");
    snprintf(err->field, sizeof err->field, "%s", field ? field : "");
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    va_end(ap);
    tame(err->source);
    tame(err->field);
    tame(err->msg);
    return status;
}

const char *hm_status_text(hm_status s)
{
    HM_ASSERT((int)s >= 0 && s < HM_STATUS_COUNT);
    return status_row[s].text;
}

int hm_status_exit_code(hm_status s)
{
    HM_ASSERT((int)s >= 0 && s < HM_STATUS_COUNT);
    return status_row[s].exit_code;
}

/* Append to buf at *at, never past n - 1. */
static void append(char *buf, size_t n, size_t *at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void append(char *buf, size_t n, size_t *at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int k = vsnprintf(buf + *at, n - *at, fmt, ap);
    va_end(ap);
    if (k > 0)
        *at = *at + (size_t)k < n ? *at + (size_t)k : n - 1;
}

void hm_err_text(const hm_err *err, char *buf, size_t n)
{
    HM_ASSERT(n > 0);
    size_t at = 0;
    buf[0] = '\0';
    if (err->source[0]) {
        append(buf, n, &at, "%s:", err->source);
        if (err->line > 0)
            append(buf, n, &at, "%lld:", (long long)err->line);
        if (err->line > 0 && err->col > 0)
            append(buf, n, &at, "%lld:", (long long)err->col);
        append(buf, n, &at, " ");
    }
    if (err->field[0])
        append(buf, n, &at, "%s: ", err->field);
    append(buf, n, &at, "%s", err->msg[0] ? err->msg : hm_status_text(err->status));
}
