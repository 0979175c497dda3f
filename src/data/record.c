#include "record_priv.h"

#include <math.h>
#include <string.h>

#include "data/date.h"
#include "io/nearest.h"

enum { NAME_MAX_N = 48, KEY_MAX = 48 };

static const void *field(const void *at, const record_row *r)
{
    return (const unsigned char *)at + r->offset;
}

double record_number(const void *at, const record_row *r)
{
    double v;
    memcpy(&v, field(at, r), sizeof v);
    return v;
}

hm_estimate record_estimate(const void *at, const record_row *r)
{
    hm_estimate e;
    memcpy(&e, field(at, r), sizeof e);
    return e;
}

static int32_t int_of(const void *at, const record_row *r)
{
    int32_t v;
    memcpy(&v, field(at, r), sizeof v);
    return v;
}

static bool bool_of(const void *at, const record_row *r)
{
    bool v;
    memcpy(&v, field(at, r), sizeof v);
    return v;
}

static const char *text_of(const void *at, const record_row *r)
{
    const char *v;
    memcpy(&v, field(at, r), sizeof v);
    return v;
}

static void set(void *at, const record_row *r, const void *value, size_t n)
{
    memcpy((unsigned char *)at + r->offset, value, n);
}

static bool is_date(const char *text)
{
    hm_date date;
    return hm_date_parse(text, &date);
}

/* ---- reading ---- */

static hm_status get_estimate(const hm_json *v, const record_row *r, void *at, hm_err *err)
{
    static const double endless = 1e300; /* intervals may be wide */
    hm_estimate e;
    char key[KEY_MAX];
    HM_TRY(hm_json_get_optional(v, r->name, r->lo, r->hi, &e.value, err));
    snprintf(key, sizeof key, "%s_lo90", r->name);
    HM_TRY(hm_json_get_optional(v, key, -endless, endless, &e.lo90, err));
    snprintf(key, sizeof key, "%s_hi90", r->name);
    HM_TRY(hm_json_get_optional(v, key, -endless, endless, &e.hi90, err));
    set(at, r, &e, sizeof e);
    return HM_OK;
}

static hm_status get_int(const hm_json *v, const record_row *r, void *at, hm_err *err)
{
    int64_t whole;
    HM_TRY(hm_json_get_integer(v, r->name, (int64_t)r->lo, (int64_t)r->hi, &whole, err));
    int32_t small = (int32_t)whole;
    set(at, r, &small, sizeof small);
    return HM_OK;
}

static hm_status get_bool(const hm_json *v, const record_row *r, void *at, hm_err *err)
{
    bool truth = false;
    if (hm_json_find(v, r->name))
        HM_TRY(hm_json_get_bool(v, r->name, &truth, err));
    set(at, r, &truth, sizeof truth);
    return HM_OK;
}

static hm_status get_text(const hm_json *v, const record_row *r, void *at, hm_err *err)
{
    const char *text = "";
    bool must = r->kind != RECORD_TEXT && r->kind != RECORD_DAY;
    if (must || hm_json_find(v, r->name))
        HM_TRY(hm_json_get_text(v, r->name, &text, err));
    if (r->kind == RECORD_NAME && !text[0])
        return hm_json_refuse(hm_json_find(v, r->name), err, "a text that is not empty");
    if ((r->kind == RECORD_DATE || (r->kind == RECORD_DAY && text[0])) && !is_date(text))
        return hm_json_refuse(hm_json_find(v, r->name), err, "a date as YYYY-MM-DD");
    set(at, r, &text, sizeof text);
    return HM_OK;
}

static hm_status get_row(const hm_json *v, const record_row *r, void *at, hm_err *err)
{
    double number;
    int32_t which;
    switch (r->kind) {
    case RECORD_NUMBER:
        HM_TRY(hm_json_get_number(v, r->name, r->lo, r->hi, &number, err));
        set(at, r, &number, sizeof number);
        return HM_OK;
    case RECORD_MAYBE:
        HM_TRY(hm_json_get_optional(v, r->name, r->lo, r->hi, &number, err));
        set(at, r, &number, sizeof number);
        return HM_OK;
    case RECORD_ESTIMATE:
        return get_estimate(v, r, at, err);
    case RECORD_INT:
    case RECORD_COUNT:
        return r->kind == RECORD_INT || hm_json_find(v, r->name) ? get_int(v, r, at, err) : HM_OK;
    case RECORD_BOOL:
        return get_bool(v, r, at, err);
    case RECORD_WORD:
    case RECORD_CHOICE:
        if (r->kind == RECORD_CHOICE && !hm_json_find(v, r->name))
            return HM_OK;
        HM_TRY(hm_json_get_word(v, r->name, r->n_word, r->word, &which, err));
        set(at, r, &which, sizeof which);
        return HM_OK;
    default:
        return get_text(v, r, at, err);
    }
}

hm_status record_get(const hm_json *v, const record_table *t, void *at, hm_err *err)
{
    if (v->kind != HM_JSON_OBJECT)
        return hm_json_refuse(v, err, "an object");
    for (int32_t i = 0; i < t->n; i++)
        HM_TRY(get_row(v, &t->row[i], at, err));
    return HM_OK;
}

/* ---- writing ---- */

static void put_estimate(hm_json_out *o, const record_row *r, const hm_estimate *e)
{
    char key[KEY_MAX];
    hm_json_put_optional(o, r->name, e->value);
    snprintf(key, sizeof key, "%s_lo90", r->name);
    hm_json_put_optional(o, key, e->lo90);
    snprintf(key, sizeof key, "%s_hi90", r->name);
    hm_json_put_optional(o, key, e->hi90);
}

void record_put(hm_json_out *o, const record_table *t, const void *at)
{
    for (int32_t i = 0; i < t->n; i++) {
        const record_row *r = &t->row[i];
        hm_estimate e;
        switch (r->kind) {
        case RECORD_NUMBER:
            hm_json_put_number(o, r->name, record_number(at, r));
            break;
        case RECORD_MAYBE:
            hm_json_put_optional(o, r->name, record_number(at, r));
            break;
        case RECORD_ESTIMATE:
            e = record_estimate(at, r);
            put_estimate(o, r, &e);
            break;
        case RECORD_INT:
        case RECORD_COUNT:
            hm_json_put_integer(o, r->name, int_of(at, r));
            break;
        case RECORD_BOOL:
            if (bool_of(at, r))
                hm_json_put_bool(o, r->name, true);
            break;
        case RECORD_WORD:
        case RECORD_CHOICE:
            if (int_of(at, r) >= 0)
                hm_json_put_text(o, r->name, r->word[int_of(at, r)]);
            break;
        default:
            if (text_of(at, r)[0])
                hm_json_put_text(o, r->name, text_of(at, r));
        }
    }
}

/* ---- checking ---- */

static bool holds(const record_row *r, const void *at)
{
    switch (r->kind) {
    case RECORD_NUMBER:
        return record_number(at, r) >= r->lo && record_number(at, r) <= r->hi;
    case RECORD_MAYBE:
    case RECORD_ESTIMATE:
        return isnan(record_number(at, r)) ||
               (record_number(at, r) >= r->lo && record_number(at, r) <= r->hi);
    case RECORD_INT:
    case RECORD_COUNT:
        return int_of(at, r) >= r->lo && int_of(at, r) <= r->hi;
    case RECORD_BOOL:
        return true;
    case RECORD_CHOICE:
        return int_of(at, r) >= -1 && int_of(at, r) < r->n_word;
    case RECORD_WORD:
        return int_of(at, r) >= 0 && int_of(at, r) < r->n_word;
    case RECORD_TEXT:
        return text_of(at, r) != NULL;
    case RECORD_NAME:
        return text_of(at, r) && text_of(at, r)[0];
    case RECORD_DAY:
        return text_of(at, r) && (!text_of(at, r)[0] || is_date(text_of(at, r)));
    default:
        return text_of(at, r) && is_date(text_of(at, r));
    }
}

static hm_status check_interval(const record_row *r, const void *at, const char *where, hm_err *err)
{
    hm_estimate e = record_estimate(at, r);
    bool is_endless = isinf(e.lo90) || isinf(e.hi90);
    bool inside = !(e.lo90 > e.value) && !(e.hi90 < e.value);
    bool of_nothing = isnan(e.value) && !(isnan(e.lo90) && isnan(e.hi90));
    if (!is_endless && inside && !of_nothing)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, r->name,
                      "expected a value inside its interval, found %g in %g to %g", e.value, e.lo90,
                      e.hi90);
}

hm_status record_check(const record_table *t, const void *at, const char *where, hm_err *err)
{
    for (int32_t i = 0; i < t->n; i++) {
        const record_row *r = &t->row[i];
        if (holds(r, at)) {
            HM_TRY(r->kind == RECORD_ESTIMATE ? check_interval(r, at, where, err) : HM_OK);
            continue;
        }
        bool is_number =
            r->kind == RECORD_NUMBER || r->kind == RECORD_MAYBE || r->kind == RECORD_ESTIMATE;
        if (is_number || r->kind == RECORD_INT || r->kind == RECORD_COUNT)
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, r->name,
                              "expected a number from %.15g to %.15g, found %.15g", r->lo, r->hi,
                              is_number ? record_number(at, r) : (double)int_of(at, r));
        const char *what = r->kind == RECORD_WORD   ? "one of its words"
                           : r->kind == RECORD_DATE ? "a date as YYYY-MM-DD"
                                                    : "a text";
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, r->name, "expected %s, found none", what);
    }
    return HM_OK;
}

/* ---- unknown members ---- */

static int32_t names_of(const record_table *t, int32_t n_more, const char *const more[],
                        const char *name[NAME_MAX_N])
{
    HM_ASSERT(t->n + n_more <= NAME_MAX_N);
    for (int32_t i = 0; i < t->n; i++) {
        HM_ASSERT(t->row[i].kind != RECORD_ESTIMATE);
        name[i] = t->row[i].name;
    }
    for (int32_t i = 0; i < n_more; i++)
        name[t->n + i] = more[i];
    return t->n + n_more;
}

hm_status record_known(const hm_json *v, const record_table *t, int32_t n_more,
                       const char *const more[], hm_err *err)
{
    const char *name[NAME_MAX_N];
    int32_t n = names_of(t, n_more, more, name);
    for (int32_t i = 0; v->kind == HM_JSON_OBJECT && i < v->n; i++) {
        const char *key = v->as.item[i].key;
        bool known = false;
        for (int32_t k = 0; k < n; k++)
            known |= strcmp(key, name[k]) == 0;
        if (known)
            continue;
        int32_t near = hm_nearest(key, n, name);
        return near < 0
                   ? hm_json_refuse(&v->as.item[i], err, "a known key")
                   : hm_json_refuse(&v->as.item[i], err, "a known key, such as \"%s\"", name[near]);
    }
    return HM_OK;
}

hm_status record_note_unknown(const hm_json *v, const record_table *t, int32_t n_more,
                              const char *const more[], hm_arena *arena, hm_notes *notes)
{
    const char *name[NAME_MAX_N];
    int32_t n = names_of(t, n_more, more, name);
    return hm_json_note_unknown(v, n, name, arena, notes);
}
