/* What a meet holds, as one number: an import is known again by it. */
#include "import_priv.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

static uint64_t hash_text(uint64_t h, const char *s)
{
    return hm_hash(h, s, strlen(s) + 1);
}

static uint64_t hash_number(uint64_t h, double v)
{
    return isnan(v) ? hash_text(h, "none") : hm_hash(h, &v, sizeof v);
}

static uint64_t hash_person(uint64_t h, const hm_person *p)
{
    const char *const text[] = {p->id, p->last_name, p->first_name, p->team, p->license, p->born};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        h = hash_text(h, text[i]);
    return hm_hash_u64(h, p->has_sex ? 1 + (uint64_t)p->sex : 0);
}

static uint64_t hash_mark(uint64_t h, const hm_mark *m)
{
    const int64_t number[] = {m->lane,        m->place,       m->status,      m->time_us,
                              m->time_digits, m->official_cs, m->reaction_us, m->n_split};
    h = hash_person(h, &m->who);
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
        h = hm_hash_u64(h, (uint64_t)number[i]);
    h = hash_text(hash_text(hash_text(h, m->rule), m->qualified), m->note);
    for (int32_t i = 0; i < m->n_split; i++)
        h = hm_hash_u64(hash_number(h, m->split[i].distance_m), (uint64_t)m->split[i].time_us);
    return h;
}

static uint64_t hash_heat(uint64_t h, const hm_heat *t)
{
    const char *const text[] = {t->event, t->name, t->code, t->round_name, t->start_clock};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        h = hash_text(h, text[i]);
    const int64_t number[] = {t->round,    t->heat,      t->has_sex ? 1 + (int)t->sex : 0,
                              t->has_wind, t->wind_cmps, t->timing,
                              t->n_mark};
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++)
        h = hm_hash_u64(h, (uint64_t)number[i]);
    h = hash_number(h, t->distance_m);
    for (int32_t i = 0; i < t->n_mark; i++)
        h = hash_mark(h, &t->mark[i]);
    return h;
}

int64_t book_content(const hm_meet *meet)
{
    uint64_t h =
        hash_text(hash_text(hash_text(HM_HASH_START, meet->name), meet->venue), meet->date);
    h = hash_number(h, meet->altitude_m);
    if (meet->category[0])
        h = hash_text(h, meet->category);
    for (int32_t i = 0; i < meet->n_heat; i++)
        h = hash_heat(h, &meet->heat[i]);
    for (int32_t i = 0; i < meet->n_person; i++)
        h = hash_person(h, &meet->person[i]);
    return (int64_t)h;
}
