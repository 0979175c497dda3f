#include "measure_priv.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "io/column.h"
#include "io/number.h"
#include "io/utf8.h"

enum { TEXT_MAX = 120, QUOTE = 40 };

hm_status measure_expected(hm_err *err, measure_place p, const char *found, size_t n,
                           const char *fmt, ...)
{
    char what[200], quoted[QUOTE + 1];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    if (n == 0)
        return hm_err_set(err, HM_ERR_INPUT, p.source, p.line, p.col, p.field,
                          "expected %s, found an empty cell", what);
    size_t kept = n < QUOTE ? n : QUOTE;
    memcpy(quoted, found, kept);
    quoted[kept] = '\0';
    while (kept < n && kept > 0 && ((unsigned char)found[kept] & 0xc0) == 0x80)
        quoted[--kept] = '\0';
    return hm_err_set(err, HM_ERR_INPUT, p.source, p.line, p.col, p.field,
                      "expected %s, found '%s'%s", what, quoted, kept < n ? "..." : "");
}

/* A short text, terminated and folded; false = too long to be a word. */
static bool word_of(const char *text, size_t n, char word[32])
{
    char own[32];
    if (n >= sizeof own)
        return false;
    memcpy(own, text, n);
    own[n] = '\0';
    hm_utf8_fold(own, word, 32);
    return true;
}

bool measure_is_missing(const char *text, size_t n)
{
    static const char *const none[] = {"na", "nan", "n/a", "null", "none", "-", "--", "."};
    char word[32];
    if (n == 0)
        return true;
    if (n > 4 || (text[0] >= '0' && text[0] <= '9') || !word_of(text, n, word))
        return false;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strcmp(word, none[i]) == 0)
            return true;
    return false;
}

/* 12:00:01.5, 2026-05-01T12:00:01.5Z, 2026-05-01 12:00:01: the time of the day. */
static hm_number_fault clock_of(const char *text, size_t n, char decimal, double *value_s)
{
    char own[48];
    if (n > 11 && text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ')) {
        text += 11;
        n -= 11;
    }
    n -= n > 0 && text[n - 1] == 'Z';
    if (n >= sizeof own)
        return HM_NUMBER_TEXT;
    memcpy(own, text, n);
    own[n] = '\0';
    return hm_number_parse_clock(own, decimal, value_s, NULL);
}

static hm_status scaled(const measure_job *job, measure_place p, measure_column c, double scale,
                        const char *text, size_t n, double *v)
{
    static const double of_unit[] = {1, 1 / 3.6, 1609.344 / 3600, 1};
    if (scale != 0)
        *v *= scale;
    else if (c == COL_SPEED)
        *v *= of_unit[job->opts->speed_unit];
    else if (c == COL_STATURE)
        *v *= *v > 3 ? 0.01 : 1;
    else if (c == COL_PRESSURE && *v < 2000)
        return measure_expected(job->err, p, text, n,
                                "a pressure in Pa, or its unit in the column's name "
                                "(pressure_hpa, pressure_torr)");
    return HM_OK;
}

/* "75 kg": the number, and what its unit is worth. */
static bool split_unit(measure_column c, const char *text, size_t *n, double *scale)
{
    size_t number = 0, from;
    while (number < *n && strchr("+-0123456789.,", text[number]))
        number++;
    for (from = number; from < *n && text[from] == ' '; from++) {
    }
    if (*n - from > 2 && memcmp(text + from, "\xc2\xa0", 2) == 0) /* a blank that does not break */
        from += 2;
    char unit[32], key[HM_COLUMN_KEY];
    if (number == 0 || from == *n || *n - from >= sizeof unit)
        return false;
    memcpy(unit, text + from, *n - from);
    unit[*n - from] = '\0';
    hm_column_fold(unit, key);
    double worth = measure_unit_of(c, key);
    if (worth == 0)
        return false;
    *scale = worth;
    *n = number;
    return true;
}

hm_status measure_number(const measure_job *job, measure_place p, measure_column c, double scale,
                         char decimal, const char *text, size_t n, double *out)
{
    if (measure_is_missing(text, n)) {
        *out = NAN;
        return HM_OK;
    }
    measure_bounds b = measure_column_bounds(c);
    double v = 0;
    hm_number_fault fault = c == COL_TIME && memchr(text, ':', n)
                                ? clock_of(text, n, decimal, &v)
                                : hm_number_parse_n(text, n, decimal, &v);
    size_t n_number = n;
    if (fault == HM_NUMBER_TEXT && split_unit(c, text, &n_number, &scale))
        fault = hm_number_parse_n(text, n_number, decimal, &v);
    if (fault != HM_NUMBER_OK && c == COL_TIME)
        return measure_expected(job->err, p, text, n, "a time");
    if (fault == HM_NUMBER_OK)
        HM_TRY(scaled(job, p, c, scale, text, n, &v));
    if (fault == HM_NUMBER_OK && c == COL_SPEED && v > b.hi)
        return measure_expected(job->err, p, text, n,
                                "a speed up to %g m/s (another unit: name it in the header, "
                                "speed_kmh, or by the option speed_unit)",
                                b.hi);
    if (fault != HM_NUMBER_OK || !(v >= b.lo && v <= b.hi))
        return measure_expected(job->err, p, text, n, "a number from %g to %g", b.lo, b.hi);
    *out = v;
    return HM_OK;
}

static hm_status text_value(const measure_job *job, measure_place p, const char *text, size_t n,
                            const char **out)
{
    if (n > TEXT_MAX)
        return measure_expected(job->err, p, text, n, "at most %d bytes", TEXT_MAX);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return hm_err_set(job->err, HM_ERR_INPUT, p.source, p.line, p.col, p.field,
                              "expected printable text, found a control character");
    char *own = HM_PUSH(job->arena, char, n + 1);
    if (!own)
        return HM_ERR_SYSTEM;
    if (n)
        memcpy(own, text, n);
    *out = own;
    return HM_OK;
}

static bool is_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

/* 01.05.2026 becomes 2026-05-01; any other form stays as it was typed. */
static hm_status date_value(const measure_job *job, measure_place p, const char *text, size_t n,
                            const char **out)
{
    char iso[10];
    if (n == 10 && text[2] == '.' && text[5] == '.' && is_digits(text, 2) &&
        is_digits(text + 3, 2) && is_digits(text + 6, 4)) {
        memcpy(iso, text + 6, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, text + 3, 2);
        memcpy(iso + 8, text, 2);
        text = iso;
    }
    return text_value(job, p, text, n, out);
}

static hm_status zero_value(const measure_job *job, measure_place p, const char *text, size_t n,
                            hm_time_zero *zero)
{
    static const char *const word[HM_ZERO_COUNT] = {"gun", "first_movement", "first_gate",
                                                    "unknown"};
    char own[32], key[HM_COLUMN_KEY];
    if (word_of(text, n, own)) {
        hm_column_fold(own, key);
        for (int i = 0; i < HM_ZERO_COUNT; i++)
            if (strcmp(key, word[i]) == 0) {
                *zero = (hm_time_zero)i;
                return HM_OK;
            }
    }
    return measure_expected(job->err, p, text, n, "gun, first_movement, first_gate or unknown");
}

hm_status measure_set_run(const measure_job *job, measure_place p, measure_column c, double scale,
                          char decimal, const char *text, size_t n, hm_trace *trace)
{
    double v;
    switch (c) {
    case COL_ATHLETE:
        return text_value(job, p, text, n, &trace->athlete);
    case COL_RUN:
        return text_value(job, p, text, n, &trace->run);
    case COL_DATE:
        return date_value(job, p, text, n, &trace->date);
    case COL_DEVICE:
        return text_value(job, p, text, n, &trace->device);
    case COL_ZERO:
        return zero_value(job, p, text, n, &trace->time_zero);
    default:
        HM_TRY(measure_number(job, p, c, scale, decimal, text, n, &v));
        memcpy((unsigned char *)trace + measure_column_bounds(c).offset, &v, sizeof v);
        return HM_OK;
    }
}

bool measure_kind_of(const char *text, size_t n, hm_obs_kind *kind)
{
    static const char *const kind_word[HM_OBS_KIND_COUNT] = {
        "gate", "finish", "position", "speed", "step_on", "step_off", "gun"};
    char word[32];
    if (!word_of(text, n, word))
        return false;
    for (int i = 0; i < HM_OBS_KIND_COUNT; i++)
        if (strcmp(word, kind_word[i]) == 0) {
            *kind = (hm_obs_kind)i;
            return true;
        }
    return false;
}

/* ---- head lines ---- */

static hm_status note_unknown(const measure_job *job, const measure_row *row, const char *name)
{
    const char *near = measure_column_nearest(name);
    return hm_notes_add(&job->out->notes, job->arena, "line %lld: unknown key '%s'%s%s%s",
                        (long long)row->line, name, near ? ": did you mean '" : "",
                        near ? near : "", near ? "'?" : "");
}

hm_status measure_head_value(const measure_job *job, measure_place p, measure_meaning m,
                             measure_cell value, hm_trace *common)
{
    size_t n = value.n;
    while (n > 0 && (value.text[n - 1] == ' ' || value.text[n - 1] == '\t'))
        n--;
    return measure_set_run(job, p, m.column, m.scale, ',', value.text, n, common);
}

hm_status measure_head_line(const measure_job *job, const measure_row *row, hm_trace *common)
{
    const char *s = row->text, *end = row->text + row->n;
    while (s < end && strchr("# \t", *s))
        s++;
    while (end > s && strchr(" \t;,", end[-1])) /* a spreadsheet's empty cells */
        end--;
    const char *colon = memchr(s, ':', (size_t)(end - s));
    size_t n_key = colon ? (size_t)(colon - s) : 0;
    char name[64];
    if (n_key == 0 || n_key >= sizeof name || memchr(s, ' ', n_key))
        return HM_OK;
    memcpy(name, s, n_key);
    name[n_key] = '\0';
    for (s = colon + 1; s < end && (*s == ' ' || *s == '\t'); s++) {
    }
    if (measure_key_is_remark(name) || s == end)
        return HM_OK;
    measure_meaning m = measure_column_of(name);
    if (m.column >= COL_RUN_COUNT)
        return note_unknown(job, row, name);
    measure_cell value = {s, (uint32_t)(end - s), (uint32_t)(s - row->text)};
    measure_place p = {job->source, row->line, measure_cell_col(row, &value),
                       measure_column_name(m.column)};
    return measure_head_value(job, p, m, value, common);
}
