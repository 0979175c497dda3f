#include <math.h>
#include <string.h>

#include "io/json.h"
#include "io/number.h"

hm_json_out hm_json_out_make(hm_sink sink, hm_err *err)
{
    return (hm_json_out){.sink = sink, .err = err};
}

static void put(hm_json_out *o, const char *bytes, size_t n)
{
    if (o->status == HM_OK)
        o->status = o->sink.put(o->sink.ctx, bytes, n, o->err);
}

static void put_line(hm_json_out *o)
{
    static const char blanks[] = "\n                                ";
    put(o, blanks, 1 + 2 * (size_t)o->depth);
}

/* Text in quotes. Runs that need no escape go out whole. */
static void put_quoted(hm_json_out *o, const char *s)
{
    put(o, "\"", 1);
    while (*s) {
        size_t run = 0;
        while ((unsigned char)s[run] >= 0x20 && s[run] != '"' && s[run] != '\\')
            run++;
        if (run)
            put(o, s, run);
        s += run;
        if (!*s)
            break;
        char escape[8];
        if (*s == '"' || *s == '\\')
            snprintf(escape, sizeof escape, "\\%c", *s);
        else if (*s == '\n')
            snprintf(escape, sizeof escape, "\\n");
        else
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)*s);
        put(o, escape, strlen(escape));
        s++;
    }
    put(o, "\"", 1);
}

/* What stands before a value: comma, line, name. */
static void begin(hm_json_out *o, const char *key)
{
    if (o->depth == 0) {
        HM_ASSERT(!key);
        return;
    }
    bool in_object = o->level[o->depth - 1].close == '}';
    HM_ASSERT(in_object == (key != NULL));
    bool line = o->level[o->depth - 1].layout == HM_JSON_LINE;
    if (o->level[o->depth - 1].any)
        put(o, line ? ", " : ",", line ? 2 : 1);
    if (!line)
        put_line(o);
    o->level[o->depth - 1].any = true;
    if (key) {
        put_quoted(o, key);
        put(o, ": ", 2);
    }
}

static void open_level(hm_json_out *o, const char *key, const char *brackets, hm_json_layout layout)
{
    HM_ASSERT(o->depth < HM_JSON_DEPTH);
    begin(o, key);
    put(o, brackets, 1);
    /* within one line all is one line */
    if (o->depth > 0 && o->level[o->depth - 1].layout == HM_JSON_LINE)
        layout = HM_JSON_LINE;
    o->level[o->depth].close = brackets[1];
    o->level[o->depth].layout = layout;
    o->level[o->depth].any = false;
    o->depth++;
}

void hm_json_put_object(hm_json_out *o, const char *key, hm_json_layout layout)
{
    open_level(o, key, "{}", layout);
}

void hm_json_put_array(hm_json_out *o, const char *key, hm_json_layout layout)
{
    open_level(o, key, "[]", layout);
}

void hm_json_put_end(hm_json_out *o)
{
    HM_ASSERT(o->depth > 0);
    o->depth--;
    if (o->level[o->depth].any && o->level[o->depth].layout == HM_JSON_BLOCK)
        put_line(o);
    put(o, &o->level[o->depth].close, 1);
}

void hm_json_put_number(hm_json_out *o, const char *key, double v)
{
    if (!isfinite(v)) {
        hm_json_put_null(o, key);
        return;
    }
    begin(o, key);
    char buf[HM_NUMBER_BUF];
    if (v == 0 && signbit(v)) /* "-0" would be read as the whole number 0 */
        put(o, "-0.0", 4);
    else
        put(o, buf, (size_t)hm_number_print(v, buf));
}

void hm_json_put_optional(hm_json_out *o, const char *key, double v)
{
    if (!isnan(v))
        hm_json_put_number(o, key, v);
}

void hm_json_put_numbers(hm_json_out *o, const char *key, int64_t n, const double v[])
{
    hm_json_put_array(o, key, HM_JSON_LINE);
    for (int64_t i = 0; i < n; i++)
        hm_json_put_number(o, NULL, v[i]);
    hm_json_put_end(o);
}

void hm_json_put_integer(hm_json_out *o, const char *key, int64_t v)
{
    begin(o, key);
    char buf[HM_NUMBER_BUF];
    int n = snprintf(buf, sizeof buf, "%lld", (long long)v);
    put(o, buf, (size_t)n);
}

void hm_json_put_bool(hm_json_out *o, const char *key, bool v)
{
    begin(o, key);
    put(o, v ? "true" : "false", v ? 4 : 5);
}

void hm_json_put_text(hm_json_out *o, const char *key, const char *utf8)
{
    begin(o, key);
    put_quoted(o, utf8);
}

void hm_json_put_null(hm_json_out *o, const char *key)
{
    begin(o, key);
    put(o, "null", 4);
}

void hm_json_put_notes(hm_json_out *o, const char *key, const hm_notes *notes)
{
    hm_json_put_array(o, key, HM_JSON_BLOCK);
    for (int32_t i = 0; i < notes->n; i++)
        hm_json_put_text(o, NULL, notes->text[i]);
    hm_json_put_end(o);
}

hm_status hm_json_finish(hm_json_out *o)
{
    HM_ASSERT(o->depth == 0);
    put(o, "\n", 1);
    return o->status;
}
