#include "io/optab.h"

#include <math.h>
#include <string.h>

#include "io/nearest.h"
#include "io/number.h"

enum { ROW_MAX = 128, NAME_MAX_N = 64 };

static void *field_of(const hm_option *row, void *opts)
{
    return (unsigned char *)opts + row->offset;
}

static const void *const_field_of(const hm_option *row, const void *opts)
{
    return (const unsigned char *)opts + row->offset;
}

/* ---- set ---- */

static const char *nearest_name(const hm_option_table *table, const char *typed)
{
    const char *name[ROW_MAX];
    HM_ASSERT(table->n <= ROW_MAX);
    for (int32_t i = 0; i < table->n; i++)
        name[i] = table->row[i].name;
    int32_t i = hm_nearest(typed, table->n, name);
    return i < 0 ? NULL : name[i];
}

static hm_status refuse_value(const hm_option_table *table, const hm_option *row, const char *value,
                              hm_err *err)
{
    char words[160] = "";
    for (int32_t i = 0; i < hm_option_n_word(row); i++) {
        size_t at = strlen(words);
        snprintf(words + at, sizeof words - at, "%s%s", i ? ", " : "", row->word[i]);
    }
    if (row->type == HM_OPTION_WORD)
        return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                          "expected one of %s, found '%s'", words, value);
    if (row->type == HM_OPTION_BOOL)
        return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                          "expected true or false, found '%s'", value);
    return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                      "expected a %snumber from %.15g to %.15g, found '%s'",
                      row->type == HM_OPTION_DOUBLE ? "" : "whole ", row->min, row->max, value);
}

static bool parse_bool(const char *text, bool *v)
{
    static const char *const word[] = {"false", "true", "no", "yes", "0", "1", "off", "on"};
    for (int i = 0; i < 8; i++)
        if (strcmp(text, word[i]) == 0) {
            *v = i % 2;
            return true;
        }
    return false;
}

/* The value as a double, or a whole number; false = it is neither or out of range. */
static bool parse_number(const hm_option *row, const char *text, double *v, int64_t *whole)
{
    if (row->type == HM_OPTION_DOUBLE)
        return hm_number_parse(text, '.', v) == HM_NUMBER_OK && *v >= row->min && *v <= row->max;
    if (hm_number_parse_int(text, whole) != HM_NUMBER_OK)
        return false;
    if (row->type == HM_OPTION_SEED)
        return *whole >= 0;
    return (double)*whole >= row->min && (double)*whole <= row->max;
}

static hm_status set_row(const hm_option_table *table, const hm_option *row, void *opts,
                         const char *value, hm_arena *arena, hm_err *err)
{
    void *field = field_of(row, opts);
    double v;
    int64_t whole;
    switch (row->type) {
    case HM_OPTION_BOOL:
        return parse_bool(value, field) ? HM_OK : refuse_value(table, row, value, err);
    case HM_OPTION_WORD:
        for (int32_t i = 0; i < hm_option_n_word(row); i++)
            if (strcmp(value, row->word[i]) == 0) {
                *(int32_t *)field = i;
                return HM_OK;
            }
        return refuse_value(table, row, value, err);
    case HM_OPTION_TEXT: {
        const char *kept = hm_arena_text(arena, value);
        if (!kept)
            return hm_err_set(err, HM_ERR_SYSTEM, table->name, 0, 0, row->name, "no memory");
        *(const char **)field = kept;
        return HM_OK;
    }
    default:
        if (!parse_number(row, value, &v, &whole))
            return refuse_value(table, row, value, err);
        if (row->type == HM_OPTION_DOUBLE)
            *(double *)field = v;
        else if (row->type == HM_OPTION_INT)
            *(int32_t *)field = (int32_t)whole;
        else
            *(uint64_t *)field = (uint64_t)whole;
        return HM_OK;
    }
}

hm_status hm_optab_set(const hm_option_table *table, void *opts, const char *pair, hm_arena *arena,
                       hm_err *err)
{
    const char *equal = strchr(pair, '=');
    char name[NAME_MAX_N];
    size_t n = equal ? (size_t)(equal - pair) : 0;
    if (n == 0 || n >= sizeof name)
        return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, NULL,
                          "expected key=value, found '%.60s'", pair);
    memcpy(name, pair, n);
    name[n] = '\0';
    const hm_option *row = hm_option_find(table, name);
    if (row)
        return set_row(table, row, opts, equal + 1, arena, err);
    const char *near = nearest_name(table, name);
    return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, name, "no such option%s%s%s",
                      near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* ---- help ---- */

static void print_default(const hm_option *row, char *buf, size_t n)
{
    if (row->type == HM_OPTION_WORD)
        snprintf(buf, n, "%s", row->word[(int32_t)row->standard]);
    else if (row->type == HM_OPTION_BOOL)
        snprintf(buf, n, "%s", row->standard != 0 ? "true" : "false");
    else if (row->type == HM_OPTION_TEXT)
        snprintf(buf, n, "'%s'", row->word ? row->word[0] : "");
    else if (isnan(row->standard))
        snprintf(buf, n, "(not known)");
    else
        snprintf(buf, n, "%.15g", row->standard);
}

static void print_range(const hm_option *row, char *buf, size_t n)
{
    buf[0] = '\0';
    if (row->type == HM_OPTION_DOUBLE || row->type == HM_OPTION_INT)
        snprintf(buf, n, ", %.15g to %.15g", row->min, row->max);
    for (int32_t i = 0; row->type == HM_OPTION_WORD && i < hm_option_n_word(row); i++) {
        size_t at = strlen(buf);
        snprintf(buf + at, n - at, "%s%s", i ? "|" : ", ", row->word[i]);
    }
}

hm_status hm_optab_help(const hm_option_table *table, const char *prefix, hm_arena *arena,
                        char **text, hm_err *err)
{
    hm_memory m = {.arena = arena};
    hm_sink sink = hm_sink_memory(&m);
    for (int32_t i = 0; i < table->n; i++) {
        const hm_option *row = &table->row[i];
        char usual[64], range[160];
        print_default(row, usual, sizeof usual);
        print_range(row, range, sizeof range);
        char *line =
            hm_arena_printf(arena, "  %s%s=%s%s%s%s\n      %s%s%s%s\n", prefix, row->name, usual,
                            row->unit[0] ? " " : "", row->unit, range, row->sentence,
                            row->source[0] ? " (" : "", row->source, row->source[0] ? ")" : "");
        if (!line)
            return hm_err_set(err, HM_ERR_SYSTEM, table->name, 0, 0, NULL, "no memory");
        HM_TRY(sink.put(sink.ctx, line, strlen(line), err));
    }
    if (!m.bytes)
        HM_TRY(sink.put(sink.ctx, "", 0, err));
    *text = m.bytes;
    return HM_OK;
}

/* ---- JSON ---- */

void hm_optab_put(hm_json_out *o, const char *key, const hm_option_table *table, const void *opts)
{
    hm_json_put_object(o, key, HM_JSON_BLOCK);
    for (int32_t i = 0; i < table->n; i++) {
        const hm_option *row = &table->row[i];
        const void *field = const_field_of(row, opts);
        switch (row->type) {
        case HM_OPTION_DOUBLE:
            hm_json_put_optional(o, row->name, *(const double *)field);
            break;
        case HM_OPTION_INT:
            hm_json_put_integer(o, row->name, *(const int32_t *)field);
            break;
        case HM_OPTION_SEED:
            hm_json_put_integer(o, row->name, (int64_t) * (const uint64_t *)field);
            break;
        case HM_OPTION_BOOL:
            hm_json_put_bool(o, row->name, *(const bool *)field);
            break;
        case HM_OPTION_WORD:
            hm_json_put_text(o, row->name, row->word[*(const int32_t *)field]);
            break;
        case HM_OPTION_TEXT:
            hm_json_put_text(o, row->name, *(const char *const *)field);
            break;
        }
    }
    hm_json_put_end(o);
}

static hm_status get_row(const hm_json *v, const hm_option *row, void *opts, hm_err *err)
{
    void *field = field_of(row, opts);
    int64_t whole;
    int32_t word;
    switch (row->type) {
    case HM_OPTION_DOUBLE:
        return hm_json_get_number(v, row->name, row->min, row->max, field, err);
    case HM_OPTION_BOOL:
        return hm_json_get_bool(v, row->name, field, err);
    case HM_OPTION_TEXT:
        return hm_json_get_text(v, row->name, field, err);
    case HM_OPTION_INT:
        HM_TRY(
            hm_json_get_integer(v, row->name, (int64_t)row->min, (int64_t)row->max, &whole, err));
        *(int32_t *)field = (int32_t)whole;
        return HM_OK;
    case HM_OPTION_SEED:
        HM_TRY(hm_json_get_integer(v, row->name, 0, INT64_MAX, &whole, err));
        *(uint64_t *)field = (uint64_t)whole;
        return HM_OK;
    case HM_OPTION_WORD:
        HM_TRY(hm_json_get_word(v, row->name, hm_option_n_word(row), row->word, &word, err));
        *(int32_t *)field = word;
        return HM_OK;
    }
    return HM_OK;
}

hm_status hm_optab_get(const hm_json *v, const hm_option_table *table, void *opts, hm_err *err)
{
    if (v->kind != HM_JSON_OBJECT)
        return hm_json_refuse(v, err, "an object");
    for (int32_t i = 0; i < v->n; i++) {
        const hm_json *item = &v->as.item[i];
        const hm_option *row = hm_option_find(table, item->key);
        if (!row) {
            const char *near = nearest_name(table, item->key);
            return hm_json_refuse(item, err, "an option of %s%s%s%s", table->name,
                                  near ? " (did you mean '" : "", near ? near : "",
                                  near ? "'?)" : "");
        }
        HM_TRY(get_row(v, row, opts, err));
    }
    return HM_OK;
}
