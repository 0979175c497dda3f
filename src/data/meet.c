#include "data/meet.h"

#include <math.h>
#include <string.h>

#include "io/utf8.h"

static const int64_t time_max_us = INT64_C(100) * 3600 * 1000000; /* far beyond any race */
enum {
    WIND_MAX_CMPS = 9999,
    LANE_MAX = 99,
    ROUND_MAX = 999,
    TEXT_BYTES_MAX = 4 * HM_MEET_TEXT_MAX
};

hm_mark hm_mark_default(void)
{
    return (hm_mark){
        .who = {.id = "", .last_name = "", .first_name = "", .team = "", .license = "", .born = ""},
        .rule = "",
        .reaction_us = -1,
        .delta_us = -1,
        .qualified = "",
        .note = ""};
}

hm_heat hm_heat_default(void)
{
    return (hm_heat){.event = "",
                     .round = 1,
                     .heat = 1,
                     .name = "",
                     .code = "",
                     .round_name = "",
                     .distance_m = NAN,
                     .start_clock = ""};
}

hm_meet hm_meet_default(void)
{
    return (hm_meet){
        .source = "", .name = "", .venue = "", .date = "", .category = "", .altitude_m = NAN};
}

/* ---- texts ---- */

/* Bytes of the control character at s: C0 and DEL have one, C1 (C2 80 - C2 9F) two; 0 = none. */
static size_t control_at(const char *s)
{
    unsigned char a = (unsigned char)s[0];
    if ((a && a < 0x20) || a == 0x7f)
        return 1;
    return a == 0xc2 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0xa0 ? 2 : 0;
}

void hm_meet_clean(char *text)
{
    char *to = text;
    for (const char *at = text; *at;) {
        size_t n = control_at(at);
        *to++ = n ? ' ' : *at;
        at += n ? n : 1;
    }
    *to = '\0';
}

const char *hm_meet_text(hm_arena *arena, const char *raw)
{
    char *text = hm_arena_text(arena, raw);
    if (text)
        hm_meet_clean(text);
    return text;
}

/* ---- check ---- */

/* What is looked at: errors name the heat and the lane or the row. */
typedef struct place {
    char where[64];
    hm_err *err;
} place;

#define BAD(at, field, ...)                                                                        \
    hm_err_set((at)->err, HM_ERR_INPUT, (at)->where, 0, 0, field, __VA_ARGS__)

static hm_status check_text(const place *at, const char *field, const char *text)
{
    if (!text)
        return BAD(at, field, "expected a text, found none");
    size_t n = strlen(text);
    if (n > TEXT_BYTES_MAX)
        return BAD(at, field, "expected at most %d characters", HM_MEET_TEXT_MAX);
    if (hm_utf8_check(at->where, text, n, NULL) != HM_OK)
        return BAD(at, field, "expected UTF-8 text, found other bytes");
    if (hm_utf8_count(text, n) > HM_MEET_TEXT_MAX)
        return BAD(at, field, "expected at most %d characters", HM_MEET_TEXT_MAX);
    for (const char *s = text; *s; s++)
        if (control_at(s))
            return BAD(at, field, "expected a text of one line, found a control character");
    return HM_OK;
}

static hm_status check_texts(const place *at, int n, const char *const pair[][2])
{
    for (int i = 0; i < n; i++)
        HM_TRY(check_text(at, pair[i][0], pair[i][1]));
    return HM_OK;
}
#define CHECK_TEXTS(at, ...)                                                                       \
    check_texts(at, sizeof((const char *const[][2]){__VA_ARGS__}) / sizeof(const char *[2]),       \
                (const char *const[][2]){__VA_ARGS__})

static hm_status check_person(const place *at, const hm_person *p)
{
    HM_TRY(CHECK_TEXTS(at, {"id", p->id}, {"last_name", p->last_name},
                       {"first_name", p->first_name}, {"team", p->team}, {"license", p->license},
                       {"born", p->born}));
    if (p->has_sex && (int)p->sex != HM_SEX_MEN && (int)p->sex != HM_SEX_WOMEN)
        return BAD(at, "sex", "expected men or women");
    return HM_OK;
}

static hm_status check_times(const place *at, const hm_mark *m)
{
    if (m->time_us < 0 || m->time_us > time_max_us)
        return BAD(at, "time", "expected 0 to 100 hours, found %lld us", (long long)m->time_us);
    if (m->official_cs < 0 || (int64_t)m->official_cs * 10000 > time_max_us)
        return BAD(at, "official", "expected 0 to 100 hours, found %d", m->official_cs);
    if (m->reaction_us < -1 || m->reaction_us > time_max_us)
        return BAD(at, "reaction", "expected a reaction of 0 or more, or none");
    if (m->delta_us < -time_max_us || m->delta_us > time_max_us)
        return BAD(at, "delta", "expected a gap within 100 hours");
    if (m->n_split < 0 || m->n_split > HM_MEET_SPLIT_MAX)
        return BAD(at, "split", "expected at most %d splits, found %d", HM_MEET_SPLIT_MAX,
                   m->n_split);
    for (int32_t i = 0; i < m->n_split; i++)
        if (m->split[i].time_us <= 0 || m->split[i].time_us > time_max_us ||
            m->split[i].distance_m <= 0)
            return BAD(at, "split", "expected a time and a distance above 0");
    return HM_OK;
}

static hm_status check_mark(const place *at, const hm_mark *m)
{
    HM_TRY(check_person(at, &m->who));
    HM_TRY(CHECK_TEXTS(at, {"rule", m->rule}, {"qualified", m->qualified}, {"note", m->note}));
    if (m->lane < 0 || m->lane > LANE_MAX)
        return BAD(at, "lane", "expected 0 to %d, found %d", LANE_MAX, m->lane);
    if (m->place < 0 || (m->place > 0 && m->status != HM_MARK_FINISHED))
        return BAD(at, "place", "expected a place for those who finished and none else, found %d",
                   m->place);
    return check_times(at, m);
}

static hm_status check_once(const place *at, const hm_heat *h)
{
    for (int32_t i = 0; i < h->n_mark; i++)
        for (int32_t k = 0; k < i; k++) {
            const hm_mark *a = &h->mark[i], *b = &h->mark[k];
            if (a->who.id[0] && strcmp(a->who.id, b->who.id) == 0)
                return BAD(at, "id", "\"%.40s\" stands twice in the heat", a->who.id);
        }
    return HM_OK;
}

static hm_status check_heat(place *at, const hm_heat *h)
{
    HM_TRY(CHECK_TEXTS(at, {"event", h->event}, {"name", h->name}, {"code", h->code},
                       {"round_name", h->round_name}, {"start_clock", h->start_clock}));
    if (h->round < 0 || h->round > ROUND_MAX || h->heat < 0 || h->heat > ROUND_MAX)
        return BAD(at, "round", "expected round and heat of 0 to %d, found %d and %d", ROUND_MAX,
                   h->round, h->heat);
    if (h->has_wind && (h->wind_cmps < -WIND_MAX_CMPS || h->wind_cmps > WIND_MAX_CMPS))
        return BAD(at, "wind", "expected -99.99 to 99.99 m/s, found %d cm/s", h->wind_cmps);
    if (h->n_mark < 0 || h->n_mark > HM_MEET_IN_HEAT_MAX)
        return BAD(at, "mark", "expected at most %d in a heat, found %d", HM_MEET_IN_HEAT_MAX,
                   h->n_mark);
    HM_TRY(check_once(at, h));
    size_t n = strlen(at->where);
    for (int32_t i = 0; i < h->n_mark; i++) {
        snprintf(at->where + n, sizeof at->where - n, ", row %d", i + 1);
        HM_TRY(check_mark(at, &h->mark[i]));
    }
    return HM_OK;
}

hm_status hm_meet_check(const hm_meet *meet, hm_err *err)
{
    place at = {.where = "meet", .err = err};
    HM_TRY(CHECK_TEXTS(&at, {"source", meet->source}, {"name", meet->name}, {"venue", meet->venue},
                       {"date", meet->date}, {"category", meet->category}));
    if (meet->n_heat < 0 || meet->n_heat > HM_MEET_HEAT_MAX)
        return BAD(&at, "heats", "expected at most %d, found %d", HM_MEET_HEAT_MAX, meet->n_heat);
    for (int32_t i = 0; i < meet->n_heat; i++) {
        snprintf(at.where, sizeof at.where, "heat %d", i + 1);
        HM_TRY(check_heat(&at, &meet->heat[i]));
    }
    for (int32_t i = 0; i < meet->n_person; i++) {
        snprintf(at.where, sizeof at.where, "person %d", i + 1);
        HM_TRY(check_person(&at, &meet->person[i]));
    }
    for (int32_t i = 0; i < meet->n_order; i++) {
        snprintf(at.where, sizeof at.where, "order %d", i + 1);
        HM_TRY(check_heat(&at, &meet->order[i]));
    }
    return HM_OK;
}
