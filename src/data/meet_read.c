/* Meets from JSON. */
#include "meet_priv.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "data/meet_file.h"
#include "io/json.h"
#include "io/utf8.h"

typedef struct reading {
    hm_arena *arena;
    hm_notes *notes;
    hm_err *err;
} reading;

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- members that may be left out ---- */

static hm_status get_text(const reading *r, const hm_json *v, const char *key, const char **out)
{
    const hm_json *member = hm_json_find(v, key);
    if (!member)
        return HM_OK;
    HM_TRY(hm_json_get_text(v, key, out, r->err));
    if (hm_utf8_count(*out, strlen(*out)) > HM_MEET_TEXT_MAX)
        return hm_json_refuse(member, r->err, "a text of at most %d characters", HM_MEET_TEXT_MAX);
    for (const char *s = *out; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f ||
            ((unsigned char)*s == 0xc2 && (unsigned char)s[1] < 0xa0))
            return hm_json_refuse(member, r->err, "a text of one line without control characters");
    return HM_OK;
}

typedef struct text_member {
    const char *key;
    const char **out;
} text_member;

static hm_status get_texts(const reading *r, const hm_json *v, int32_t n, const text_member m[])
{
    for (int32_t i = 0; i < n; i++)
        HM_TRY(get_text(r, v, m[i].key, m[i].out));
    return HM_OK;
}
#define GET_TEXTS(r, v, ...)                                                                       \
    get_texts(r, v, sizeof((const text_member[]){__VA_ARGS__}) / sizeof(text_member),              \
              (const text_member[]){__VA_ARGS__})

static hm_status get_whole(const reading *r, const hm_json *v, const char *key, int64_t max,
                           int32_t *out)
{
    int64_t wide;
    if (!hm_json_find(v, key))
        return HM_OK;
    HM_TRY(hm_json_get_integer(v, key, 0, max, &wide, r->err));
    *out = (int32_t)wide;
    return HM_OK;
}

static hm_status get_line(const reading *r, const hm_json *v, const char *key, int64_t *out)
{
    return hm_json_find(v, key) ? hm_json_get_integer(v, key, 0, DATA_LINE_MAX, out, r->err)
                                : HM_OK;
}

static hm_status get_time(const reading *r, const hm_json *v, const char *key, double lo_s,
                          int64_t *time_us)
{
    double time_s;
    HM_TRY(hm_json_get_optional(v, key, lo_s, DATA_TIME_MAX_S, &time_s, r->err));
    if (!isnan(time_s))
        *time_us = data_us(time_s);
    return HM_OK;
}

static hm_status get_sex(const reading *r, const hm_json *v, bool *has, hm_sex *sex)
{
    int32_t which;
    if (!hm_json_find(v, "sex"))
        return HM_OK;
    HM_TRY(hm_json_get_word(v, "sex", 2, data_class_word, &which, r->err));
    *has = true;
    *sex = (hm_sex)which;
    return HM_OK;
}

static hm_status get_word(const reading *r, const hm_json *v, const char *key, int32_t n,
                          const char *const word[], int32_t *which)
{
    return hm_json_find(v, key) ? hm_json_get_word(v, key, n, word, which, r->err) : HM_OK;
}

/* An array that may be missing; *n = 0 then. */
static hm_status get_list(const reading *r, const hm_json *v, const char *key, int32_t max,
                          const hm_json **list, int32_t *n)
{
    *n = 0;
    if (!hm_json_find(v, key))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, key, list, r->err));
    if ((*list)->n > max)
        return hm_json_refuse(*list, r->err, "at most %d", max);
    *n = (*list)->n;
    for (int32_t i = 0; i < *n; i++)
        if ((*list)->as.item[i].kind != HM_JSON_OBJECT)
            return hm_json_refuse(&(*list)->as.item[i], r->err, "an object");
    return HM_OK;
}

static hm_status note_unknown(const reading *r, const hm_json *v, int32_t n,
                              const char *const name[])
{
    return hm_json_note_unknown(v, n, name, r->arena, r->notes) == HM_OK ? HM_OK : no_memory(r);
}
#define NOTE_UNKNOWN(r, v, ...)                                                                    \
    note_unknown(r, v, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),                \
                 (const char *const[]){__VA_ARGS__})

/* ---- parts of a meet ---- */

#define PERSON_KEYS "id", "last_name", "first_name", "team", "license", "born", "sex", "person_line"

static hm_status read_person(const reading *r, const hm_json *v, hm_person *p)
{
    HM_TRY(GET_TEXTS(r, v, {"id", &p->id}, {"last_name", &p->last_name},
                     {"first_name", &p->first_name}, {"team", &p->team}, {"license", &p->license},
                     {"born", &p->born}));
    HM_TRY(get_line(r, v, "person_line", &p->line));
    return get_sex(r, v, &p->has_sex, &p->sex);
}

static hm_status read_splits(const reading *r, const hm_json *v, hm_mark *m)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(get_list(r, v, "splits", HM_MEET_SPLIT_MAX, &list, &n));
    if (!n)
        return HM_OK;
    m->split = HM_PUSH(r->arena, hm_meet_split, n);
    if (!m->split)
        return no_memory(r);
    for (m->n_split = 0; m->n_split < n; m->n_split++) {
        const hm_json *at = &list->as.item[m->n_split];
        hm_meet_split *s = &m->split[m->n_split];
        double time_s;
        HM_TRY(
            hm_json_get_optional(at, "distance_m", DBL_TRUE_MIN, DBL_MAX, &s->distance_m, r->err));
        HM_TRY(hm_json_get_number(at, "time_s", 1e-6, DATA_TIME_MAX_S, &time_s, r->err));
        s->time_us = data_us(time_s);
        HM_TRY(NOTE_UNKNOWN(r, at, "distance_m", "time_s"));
    }
    return HM_OK;
}

static hm_status read_mark(const reading *r, const hm_json *v, hm_mark *m)
{
    int32_t status = HM_MARK_ENTERED;
    double official_s;
    *m = hm_mark_default();
    HM_TRY(read_person(r, v, &m->who));
    HM_TRY(GET_TEXTS(r, v, {"rule", &m->rule}, {"qualified", &m->qualified}, {"note", &m->note}));
    HM_TRY(get_whole(r, v, "place", INT32_MAX, &m->place));
    HM_TRY(get_whole(r, v, "lane", DATA_LANE_MAX, &m->lane));
    HM_TRY(get_whole(r, v, "time_digits", DATA_DIGITS_MAX, &m->time_digits));
    HM_TRY(get_word(r, v, "status", DATA_N_MARK_STATUS, data_mark_status_word, &status));
    m->status = (hm_mark_status)status;
    if (m->place && m->status != HM_MARK_FINISHED)
        return hm_json_refuse(hm_json_find(v, "place"), r->err,
                              "a place for those who finished and none else");
    HM_TRY(get_time(r, v, "time_s", 0, &m->time_us));
    HM_TRY(hm_json_get_optional(v, "official_s", 0, DATA_TIME_MAX_S, &official_s, r->err));
    m->official_cs = isnan(official_s) ? 0 : (int32_t)lround(official_s * 100);
    HM_TRY(get_time(r, v, "reaction_s", 0, &m->reaction_us));
    HM_TRY(get_time(r, v, "delta_s", -DATA_TIME_MAX_S, &m->delta_us));
    HM_TRY(read_splits(r, v, m));
    HM_TRY(get_line(r, v, "line", &m->line));
    return NOTE_UNKNOWN(r, v, PERSON_KEYS, "rule", "qualified", "note", "place", "lane",
                        "time_digits", "status", "time_s", "official_s", "reaction_s", "delta_s",
                        "splits", "line");
}

static hm_status read_heat_key(const reading *r, const hm_json *v, hm_heat *h)
{
    *h = hm_heat_default();
    HM_TRY(get_text(r, v, "event", &h->event));
    HM_TRY(get_whole(r, v, "round", DATA_ROUND_MAX, &h->round));
    HM_TRY(get_whole(r, v, "heat", DATA_ROUND_MAX, &h->heat));
    return get_line(r, v, "line", &h->line);
}

/* The mark behind those of the heat: is its id new there? */
static hm_status check_id(const reading *r, const hm_json *v, const hm_heat *h)
{
    const char *id = h->mark[h->n_mark].who.id;
    for (int32_t i = 0; i < h->n_mark && *id; i++)
        if (strcmp(h->mark[i].who.id, id) == 0)
            return hm_json_refuse(hm_json_find(v, "id"), r->err, "an id once in a heat");
    return HM_OK;
}

static hm_status read_marks(const reading *r, const hm_json *v, hm_heat *h)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(get_list(r, v, "marks", HM_MEET_IN_HEAT_MAX, &list, &n));
    h->mark = HM_PUSH(r->arena, hm_mark, n + 1);
    if (!h->mark)
        return no_memory(r);
    for (; h->n_mark < n; h->n_mark++) {
        const hm_json *at = &list->as.item[h->n_mark];
        HM_TRY(read_mark(r, at, &h->mark[h->n_mark]));
        HM_TRY(check_id(r, at, h));
    }
    return HM_OK;
}

static hm_status read_heat(const reading *r, const hm_json *v, hm_heat *h)
{
    int32_t timing = HM_TIMING_UNKNOWN;
    double wind_mps;
    HM_TRY(read_heat_key(r, v, h));
    HM_TRY(GET_TEXTS(r, v, {"name", &h->name}, {"code", &h->code}, {"round_name", &h->round_name},
                     {"start_clock", &h->start_clock}));
    HM_TRY(hm_json_get_optional(v, "distance_m", DBL_TRUE_MIN, DBL_MAX, &h->distance_m, r->err));
    HM_TRY(get_sex(r, v, &h->has_sex, &h->sex));
    HM_TRY(hm_json_get_optional(v, "wind_mps", -99.99, 99.99, &wind_mps, r->err));
    h->has_wind = !isnan(wind_mps);
    h->wind_cmps = h->has_wind ? (int32_t)lround(wind_mps * 100) : 0;
    HM_TRY(get_word(r, v, "timing", DATA_N_TIMING, data_timing_word, &timing));
    h->timing = (hm_timing)timing;
    HM_TRY(read_marks(r, v, h));
    return NOTE_UNKNOWN(r, v, "event", "round", "heat", "line", "name", "code", "round_name",
                        "distance_m", "sex", "wind_mps", "start_clock", "timing", "marks");
}

static hm_status read_heats(const reading *r, const hm_json *v, hm_meet *meet)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(get_list(r, v, "heats", HM_MEET_HEAT_MAX, &list, &n));
    meet->heat = HM_PUSH(r->arena, hm_heat, n + 1);
    if (!meet->heat)
        return no_memory(r);
    for (; meet->n_heat < n; meet->n_heat++)
        HM_TRY(read_heat(r, &list->as.item[meet->n_heat], &meet->heat[meet->n_heat]));
    return HM_OK;
}

static hm_status read_people(const reading *r, const hm_json *v, hm_meet *meet)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(get_list(r, v, "people", HM_MEET_MARK_MAX, &list, &n));
    meet->person = HM_PUSH(r->arena, hm_person, n + 1);
    if (!meet->person)
        return no_memory(r);
    for (; meet->n_person < n; meet->n_person++) {
        const hm_json *at = &list->as.item[meet->n_person];
        meet->person[meet->n_person] = hm_mark_default().who;
        HM_TRY(read_person(r, at, &meet->person[meet->n_person]));
        HM_TRY(NOTE_UNKNOWN(r, at, PERSON_KEYS));
    }
    return HM_OK;
}

static hm_status read_order(const reading *r, const hm_json *v, hm_meet *meet)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(get_list(r, v, "order", HM_MEET_HEAT_MAX, &list, &n));
    meet->order = HM_PUSH(r->arena, hm_heat, n + 1);
    if (!meet->order)
        return no_memory(r);
    for (; meet->n_order < n; meet->n_order++) {
        const hm_json *at = &list->as.item[meet->n_order];
        HM_TRY(read_heat_key(r, at, &meet->order[meet->n_order]));
        HM_TRY(NOTE_UNKNOWN(r, at, "event", "round", "heat", "line"));
    }
    return HM_OK;
}

static hm_status read_notes(const reading *r, const hm_json *v, hm_meet *meet)
{
    const hm_json *list;
    if (!hm_json_find(v, "notes"))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, "notes", &list, r->err));
    for (int32_t i = 0; i < list->n; i++) {
        if (list->as.item[i].kind != HM_JSON_TEXT)
            return hm_json_refuse(&list->as.item[i], r->err, "a text");
        const char *text = hm_meet_text(r->arena, list->as.item[i].as.text);
        if (!text || hm_notes_add(&meet->notes, r->arena, "%s", text) != HM_OK)
            return no_memory(r);
    }
    return HM_OK;
}

static hm_status read_meet(const reading *r, const hm_json *v, const char *source, hm_meet *meet)
{
    *meet = hm_meet_default();
    meet->source = source;
    HM_TRY(GET_TEXTS(r, v, {"name", &meet->name}, {"date", &meet->date}, {"venue", &meet->venue},
                     {"category", &meet->category}, {"source", &meet->source}));
    HM_TRY(hm_json_get_optional(v, "altitude_m", DATA_ALTITUDE_MIN_M, DATA_ALTITUDE_MAX_M,
                                &meet->altitude_m, r->err));
    HM_TRY(read_heats(r, v, meet));
    HM_TRY(read_people(r, v, meet));
    HM_TRY(read_order(r, v, meet));
    HM_TRY(read_notes(r, v, meet));
    return NOTE_UNKNOWN(r, v, "name", "date", "venue", "category", "source", "altitude_m", "heats",
                        "people", "order", "notes");
}

static hm_status read_meets(const reading *r, const hm_json *root, hm_meets *out)
{
    const hm_json *list;
    int32_t n;
    const char *source = hm_meet_text(r->arena, root->key);
    HM_TRY(hm_json_check_format(root, HM_MEET_FORMAT, HM_MEET_VERSION, r->err));
    HM_TRY(hm_json_get_array(root, "meets", &list, r->err));
    HM_TRY(get_list(r, root, "meets", HM_MEETS_MAX, &list, &n));
    out->meet = HM_PUSH(r->arena, hm_meet, n + 1);
    if (!out->meet || !source)
        return no_memory(r);
    for (; out->n < n; out->n++) {
        HM_TRY(read_meet(r, &list->as.item[out->n], source, &out->meet[out->n]));
        HM_TRY(hm_meet_check(&out->meet[out->n], r->err));
    }
    return NOTE_UNKNOWN(r, root, "format", "version", "meets");
}

hm_status hm_meets_parse_json(const char *source, const char *bytes, size_t n, hm_arena *arena,
                              hm_meets *meets, hm_err *err)
{
    const hm_json *root;
    hm_meets out = {0};
    if (n > HM_MEET_FILE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                          "expected at most %d bytes, found %zu", HM_MEET_FILE_MAX, n);
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    reading r = {arena, &out.notes, err};
    HM_TRY(read_meets(&r, root, &out));
    *meets = out;
    return HM_OK;
}
