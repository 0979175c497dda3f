#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "io/json.h"
#include "io/nearest.h"
#include "io/utf8.h"

/* jansson reads; its tree is copied into the arena at once, with the path that jansson lacks. */

enum { DEPTH_MAX = 32, QUOTE = 40, NAME_MAX_N = 64 };

typedef struct copying {
    hm_arena *arena;
    const char *source;
    hm_err *err;
} copying;

static hm_status no_memory(const copying *c)
{
    return hm_err_set(c->err, HM_ERR_SYSTEM, c->source, 0, 0, NULL, "no memory");
}

static hm_status copy_value(const copying *c, const json_t *from, hm_json *to, int depth);

static hm_status copy_array(const copying *c, const json_t *from, hm_json *to, int depth)
{
    size_t n = json_array_size(from);
    to->kind = HM_JSON_ARRAY;
    to->as.item = HM_PUSH(c->arena, hm_json, n);
    if (!to->as.item)
        return no_memory(c);
    to->n = (int32_t)n;
    for (size_t i = 0; i < n; i++) {
        to->as.item[i].parent = to;
        HM_TRY(copy_value(c, json_array_get(from, i), &to->as.item[i], depth));
    }
    return HM_OK;
}

/* jansson's iterators want a tree that may be changed; none is. */
static hm_status copy_object(const copying *c, const json_t *from, hm_json *to, int depth)
{
    union {
        const json_t *is;
        json_t *may;
    } object = {.is = from};
    to->kind = HM_JSON_OBJECT;
    to->as.item = HM_PUSH(c->arena, hm_json, json_object_size(from));
    if (!to->as.item)
        return no_memory(c);
    for (void *at = json_object_iter(object.may); at; at = json_object_iter_next(object.may, at)) {
        hm_json *item = &to->as.item[to->n++];
        item->parent = to;
        item->key = hm_arena_text(c->arena, json_object_iter_key(at));
        if (!item->key)
            return no_memory(c);
        HM_TRY(copy_value(c, json_object_iter_value(at), item, depth));
    }
    return HM_OK;
}

static hm_status copy_value(const copying *c, const json_t *from, hm_json *to, int depth)
{
    if (depth > DEPTH_MAX)
        return hm_err_set(c->err, HM_ERR_INPUT, c->source, 0, 0, NULL,
                          "expected at most %d values within one another, found more", DEPTH_MAX);
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        return copy_object(c, from, to, depth + 1);
    case JSON_ARRAY:
        return copy_array(c, from, to, depth + 1);
    case JSON_STRING:
        to->kind = HM_JSON_TEXT;
        to->as.text = hm_arena_text(c->arena, json_string_value(from));
        return to->as.text ? HM_OK : no_memory(c);
    case JSON_INTEGER:
        to->is_integer = true;
        to->integer = json_integer_value(from);
        to->kind = HM_JSON_NUMBER;
        to->as.number = (double)to->integer;
        return HM_OK;
    case JSON_REAL:
        to->kind = HM_JSON_NUMBER;
        to->as.number = json_real_value(from);
        return HM_OK;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = HM_JSON_BOOL;
        to->truth = json_is_true(from);
        return HM_OK;
    default:
        to->kind = HM_JSON_NULL;
        return HM_OK;
    }
}

hm_status hm_json_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                        const hm_json **root, hm_err *err)
{
    HM_TRY(hm_utf8_check(source, bytes, n, err));
    size_t bom = hm_utf8_bom(bytes, n);
    json_error_t said;
    json_t *tree = json_loadb(bytes + bom, n - bom, JSON_REJECT_DUPLICATES, &said);
    /* short of memory jansson mostly says nothing at all */
    if (!tree && (!said.text[0] || json_error_code(&said) == json_error_out_of_memory))
        return hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL, "no memory");
    if (!tree)
        return hm_err_set(err, HM_ERR_INPUT, source, said.line, said.column > 0 ? said.column : 1,
                          NULL, "expected JSON, found: %s", said.text);
    copying c = {arena, source, err};
    hm_json *out = HM_PUSH(arena, hm_json, 1);
    hm_status status = HM_OK;
    if (!out || !(out->key = hm_arena_text(arena, source)))
        status = no_memory(&c);
    if (status == HM_OK)
        status = copy_value(&c, tree, out, 0);
    json_decref(tree);
    if (status == HM_OK)
        *root = out;
    return status;
}

const hm_json *hm_json_find(const hm_json *v, const char *key)
{
    if (v->kind != HM_JSON_OBJECT)
        return NULL;
    for (int32_t i = 0; i < v->n; i++)
        if (strcmp(v->as.item[i].key, key) == 0)
            return v->as.item[i].kind == HM_JSON_NULL ? NULL : &v->as.item[i];
    return NULL;
}

/* ---- errors ---- */

/* Path of v below the root: lanes[2].time_s. Returns the root. */
static const hm_json *path_of(const hm_json *v, char *buf, size_t n)
{
    if (!v->parent) {
        buf[0] = '\0';
        return v;
    }
    const hm_json *root = path_of(v->parent, buf, n);
    size_t at = strlen(buf);
    if (v->parent->kind == HM_JSON_ARRAY)
        snprintf(buf + at, n - at, "[%lld]", (long long)(v - v->parent->as.item));
    else
        snprintf(buf + at, n - at, "%s%s", at ? "." : "", v->key);
    return root;
}

static void describe(const hm_json *v, char *buf, size_t n)
{
    switch (v->kind) {
    case HM_JSON_NULL:
        snprintf(buf, n, "null");
        return;
    case HM_JSON_BOOL:
        snprintf(buf, n, "%s", v->truth ? "true" : "false");
        return;
    case HM_JSON_NUMBER:
        snprintf(buf, n, "%.15g", v->as.number);
        return;
    case HM_JSON_TEXT: {
        int len = hm_utf8_clip(v->as.text, QUOTE);
        snprintf(buf, n, "'%.*s'%s", len, v->as.text, v->as.text[len] ? "..." : "");
        return;
    }
    case HM_JSON_ARRAY:
        snprintf(buf, n, "an array of %d", v->n);
        return;
    default:
        snprintf(buf, n, "an object");
    }
}

hm_status hm_json_refuse(const hm_json *v, hm_err *err, const char *fmt, ...)
{
    char path[256], expected[160], found[80];
    const hm_json *root = path_of(v, path, sizeof path);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(expected, sizeof expected, fmt, ap);
    va_end(ap);
    describe(v, found, sizeof found);
    return hm_err_set(err, HM_ERR_INPUT, root->key, 0, 0, path, "expected %s, found %s", expected,
                      found);
}

static hm_status refuse_missing(const hm_json *v, const char *key, const char *expected,
                                hm_err *err)
{
    char path[256];
    const hm_json *root = path_of(v, path, sizeof path);
    size_t at = strlen(path);
    snprintf(path + at, sizeof path - at, "%s%s", at ? "." : "", key);
    return hm_err_set(err, HM_ERR_INPUT, root->key, 0, 0, path, "expected %s, found nothing",
                      expected);
}

static hm_status get(const hm_json *v, const char *key, hm_json_kind kind, const hm_json **out,
                     hm_err *err)
{
    static const char *const name[] = {"null",   "true or false", "a number",
                                       "a text", "an array",      "an object"};
    if (v->kind != HM_JSON_OBJECT)
        return hm_json_refuse(v, err, "an object");
    const hm_json *m = hm_json_find(v, key);
    if (!m)
        return refuse_missing(v, key, name[kind], err);
    if (m->kind != kind)
        return hm_json_refuse(m, err, "%s", name[kind]);
    *out = m;
    return HM_OK;
}

/* ---- members ---- */

static hm_status number_within(const hm_json *v, double lo, double hi, double *out, hm_err *err)
{
    if (v->kind != HM_JSON_NUMBER || !(v->as.number >= lo && v->as.number <= hi))
        return hm_json_refuse(v, err, "a number from %.15g to %.15g", lo, hi);
    *out = v->as.number;
    return HM_OK;
}

hm_status hm_json_get_number(const hm_json *v, const char *key, double lo, double hi, double *out,
                             hm_err *err)
{
    const hm_json *m;
    HM_TRY(get(v, key, HM_JSON_NUMBER, &m, err));
    return number_within(m, lo, hi, out, err);
}

hm_status hm_json_get_optional(const hm_json *v, const char *key, double lo, double hi, double *out,
                               hm_err *err)
{
    if (hm_json_find(v, key))
        return hm_json_get_number(v, key, lo, hi, out, err);
    if (v->kind != HM_JSON_OBJECT)
        return hm_json_refuse(v, err, "an object");
    *out = NAN;
    return HM_OK;
}

hm_status hm_json_element(const hm_json *array, int32_t i, double lo, double hi, double *out,
                          hm_err *err)
{
    HM_ASSERT(array->kind == HM_JSON_ARRAY && i >= 0 && i < array->n);
    return number_within(&array->as.item[i], lo, hi, out, err);
}

hm_status hm_json_get_integer(const hm_json *v, const char *key, int64_t lo, int64_t hi,
                              int64_t *out, hm_err *err)
{
    const hm_json *m;
    HM_TRY(get(v, key, HM_JSON_NUMBER, &m, err));
    bool good = m->is_integer && m->integer >= lo && m->integer <= hi;
    if (!good && lo == hi)
        return hm_json_refuse(m, err, "%lld", (long long)lo);
    if (!good)
        return hm_json_refuse(m, err, "a whole number from %lld to %lld", (long long)lo,
                              (long long)hi);
    *out = m->integer;
    return HM_OK;
}

hm_status hm_json_get_bool(const hm_json *v, const char *key, bool *out, hm_err *err)
{
    const hm_json *m;
    HM_TRY(get(v, key, HM_JSON_BOOL, &m, err));
    *out = m->truth;
    return HM_OK;
}

hm_status hm_json_get_text(const hm_json *v, const char *key, const char **out, hm_err *err)
{
    const hm_json *m;
    HM_TRY(get(v, key, HM_JSON_TEXT, &m, err));
    *out = m->as.text;
    return HM_OK;
}

hm_status hm_json_get_array(const hm_json *v, const char *key, const hm_json **out, hm_err *err)
{
    return get(v, key, HM_JSON_ARRAY, out, err);
}

hm_status hm_json_get_object(const hm_json *v, const char *key, const hm_json **out, hm_err *err)
{
    return get(v, key, HM_JSON_OBJECT, out, err);
}

hm_status hm_json_get_notes(const hm_json *v, const char *key, hm_arena *arena, hm_notes *notes,
                            hm_err *err)
{
    const hm_json *list;
    HM_TRY(get(v, key, HM_JSON_ARRAY, &list, err));
    for (int32_t i = 0; i < list->n; i++) {
        if (list->as.item[i].kind != HM_JSON_TEXT)
            return hm_json_refuse(&list->as.item[i], err, "a text");
        HM_TRY(hm_notes_add(notes, arena, "%s", list->as.item[i].as.text));
    }
    return HM_OK;
}

hm_status hm_json_get_word(const hm_json *v, const char *key, int32_t n, const char *const word[],
                           int32_t *out, hm_err *err)
{
    const hm_json *m;
    HM_TRY(get(v, key, HM_JSON_TEXT, &m, err));
    char all[128] = "";
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(m->as.text, word[i]) == 0) {
            *out = i;
            return HM_OK;
        }
        size_t at = strlen(all);
        snprintf(all + at, sizeof all - at, "%s%s", i ? " or " : "", word[i]);
    }
    return hm_json_refuse(m, err, "%s", all);
}

hm_status hm_json_check_format(const hm_json *root, const char *format, int64_t version,
                               hm_err *err)
{
    int64_t v;
    int32_t which;
    HM_TRY(hm_json_get_word(root, "format", 1, &format, &which, err));
    return hm_json_get_integer(root, "version", 1, version, &v, err);
}

hm_status hm_json_note_unknown(const hm_json *v, int32_t n, const char *const name[],
                               hm_arena *arena, hm_notes *notes)
{
    for (int32_t i = 0; i < v->n; i++) {
        const char *key = v->as.item[i].key;
        bool known = false;
        for (int32_t k = 0; k < n; k++)
            known |= strcmp(key, name[k]) == 0;
        if (known)
            continue;
        int32_t near = hm_nearest(key, n, name);
        char path[NAME_MAX_N];
        (void)path_of(&v->as.item[i], path, sizeof path);
        HM_TRY(hm_notes_add(notes, arena, "unknown key '%s' is not used%s%s%s", path,
                            near < 0 ? "" : ": did you mean '", near < 0 ? "" : name[near],
                            near < 0 ? "" : "'?"));
    }
    return HM_OK;
}
