/* tests/support/ht_meet.h - meets by chance, and are two the same? */
#ifndef HT_MEET_H
#define HT_MEET_H

#include <string.h>

#include "data/meet.h"

/* Texts that want harm, and some that are only rare. */
static const char *const ht_hostile[] = {"",
                                         "Ann",
                                         "de Grasse, Andre",
                                         "say \"go\"",
                                         "\"",
                                         "=cmd|' /C calc'!A0",
                                         "'=1+1",
                                         "''@x",
                                         "'t Hart",
                                         "+1",
                                         "-1",
                                         "@SUM(1)",
                                         "|x",
                                         "Robert'); DROP TABLE mark;--",
                                         "a;b",
                                         "; comment",
                                         "# remark",
                                         "\\ back",
                                         "\xef\xbb\xbf mark",
                                         " blanks ",
                                         "\xf0\x9f\x8f\x83\xe2\x80\x8d\xe2\x99\x80\xef\xb8\x8f",
                                         "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                         "\xe2\x80\xaeghost",
                                         "\xe5\xb1\xb1",
                                         "%s%n",
                                         "../../etc/passwd",
                                         "</script><b>",
                                         "{\"a\":1}"};
enum { HT_N_HOSTILE = sizeof ht_hostile / sizeof ht_hostile[0] };

typedef struct ht_dice {
    uint64_t key, n;
} ht_dice;

/* 0 to sides - 1 */
static inline int64_t ht_roll(ht_dice *d, int64_t sides)
{
    uint64_t x = (d->key + ++d->n) * UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (int64_t)((x ^ (x >> 31)) % (uint64_t)sides);
}

static inline const char *ht_any_text(ht_dice *d)
{
    return ht_hostile[ht_roll(d, HT_N_HOSTILE)];
}

static inline hm_person ht_any_person(ht_dice *d, hm_arena *a, int k)
{
    hm_person p = hm_mark_default().who;
    p.id = ht_roll(d, 3) ? hm_arena_printf(a, "%s%d", ht_any_text(d), k) : "";
    p.last_name = ht_any_text(d);
    p.first_name = ht_any_text(d);
    p.team = ht_any_text(d);
    p.license = ht_any_text(d);
    p.born = ht_any_text(d);
    p.has_sex = ht_roll(d, 2);
    p.sex = p.has_sex && ht_roll(d, 2) ? HM_SEX_WOMEN : HM_SEX_MEN;
    p.line = ht_roll(d, 1000);
    return p;
}

static inline hm_mark ht_any_mark(ht_dice *d, hm_arena *a, int k)
{
    hm_mark m = hm_mark_default();
    m.who = ht_any_person(d, a, k);
    m.lane = (int32_t)ht_roll(d, 100);
    m.status = (hm_mark_status)ht_roll(d, 6);
    m.place = m.status == HM_MARK_FINISHED ? (int32_t)ht_roll(d, 100) : 0;
    m.rule = ht_any_text(d);
    m.time_us = ht_roll(d, 2) ? ht_roll(d, INT64_C(360000000000)) : 0;
    m.time_digits = (int32_t)ht_roll(d, 7);
    m.official_cs = ht_roll(d, 2) ? (int32_t)ht_roll(d, 36000000) : 0;
    m.reaction_us = ht_roll(d, 2) ? ht_roll(d, 999999) : -1;
    m.delta_us = ht_roll(d, 2) ? ht_roll(d, 9999999) - 5000000 : -1;
    m.qualified = ht_any_text(d);
    m.note = ht_any_text(d);
    m.n_split = (int32_t)ht_roll(d, 4);
    m.split = HM_PUSH(a, hm_meet_split, m.n_split + 1);
    for (int32_t i = 0; i < m.n_split; i++)
        m.split[i] =
            (hm_meet_split){ht_roll(d, 2) ? (double)(1 + ht_roll(d, 999)) / 7 : (double)NAN,
                            1 + ht_roll(d, 99999999)};
    m.line = ht_roll(d, 1000);
    return m;
}

static inline hm_heat ht_any_heat(ht_dice *d, hm_arena *a)
{
    hm_heat h = hm_heat_default();
    h.event = ht_any_text(d);
    h.round = (int32_t)ht_roll(d, 1000);
    h.heat = (int32_t)ht_roll(d, 1000);
    h.name = ht_any_text(d);
    h.code = ht_any_text(d);
    h.round_name = ht_any_text(d);
    h.distance_m = ht_roll(d, 2) ? (double)(1 + ht_roll(d, 9999)) / 3 : (double)NAN;
    h.has_sex = ht_roll(d, 2);
    h.sex = h.has_sex && ht_roll(d, 2) ? HM_SEX_WOMEN : HM_SEX_MEN;
    h.has_wind = ht_roll(d, 2);
    h.wind_cmps = h.has_wind ? (int32_t)ht_roll(d, 19999) - 9999 : 0;
    h.start_clock = ht_any_text(d);
    h.timing = (hm_timing)ht_roll(d, 3);
    h.n_mark = (int32_t)ht_roll(d, 9);
    h.mark = HM_PUSH(a, hm_mark, h.n_mark + 1);
    for (int32_t i = 0; i < h.n_mark; i++)
        h.mark[i] = ht_any_mark(d, a, i);
    h.line = ht_roll(d, 1000);
    return h;
}

/* A meet that hm_meet_check takes, else anything. */
static inline hm_meet ht_any_meet(uint64_t seed, hm_arena *a)
{
    ht_dice dice = {seed * 1000003, 0}, *d = &dice;
    hm_meet m = hm_meet_default();
    m.source = ht_any_text(d);
    m.name = ht_any_text(d);
    m.venue = ht_any_text(d);
    m.date = ht_any_text(d);
    m.category = ht_any_text(d);
    m.altitude_m = ht_roll(d, 2) ? (double)ht_roll(d, 5000) - 400 : (double)NAN;
    m.n_heat = (int32_t)ht_roll(d, 4);
    m.n_person = (int32_t)ht_roll(d, 3);
    m.n_order = (int32_t)ht_roll(d, 3);
    m.heat = HM_PUSH(a, hm_heat, m.n_heat + 1);
    m.person = HM_PUSH(a, hm_person, m.n_person + 1);
    m.order = HM_PUSH(a, hm_heat, m.n_order + 1);
    for (int32_t i = 0; i < m.n_heat; i++)
        m.heat[i] = ht_any_heat(d, a);
    for (int32_t i = 0; i < m.n_person; i++)
        m.person[i] = ht_any_person(d, a, i);
    for (int32_t i = 0; i < m.n_order; i++) {
        m.order[i] = hm_heat_default();
        m.order[i].event = ht_any_text(d);
        m.order[i].round = (int32_t)ht_roll(d, 1000);
    }
    if (ht_roll(d, 2))
        (void)!hm_notes_add(&m.notes, a, "%s", ht_any_text(d));
    return m;
}

/* ---- are two the same? ---- */

static inline bool ht_same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static inline bool ht_same_person(const hm_person *a, const hm_person *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->last_name, b->last_name) == 0 &&
           strcmp(a->first_name, b->first_name) == 0 && strcmp(a->team, b->team) == 0 &&
           strcmp(a->license, b->license) == 0 && strcmp(a->born, b->born) == 0 &&
           a->has_sex == b->has_sex && a->sex == b->sex && a->line == b->line;
}

static inline bool ht_same_mark(const hm_mark *a, const hm_mark *b)
{
    bool same = ht_same_person(&a->who, &b->who) && a->lane == b->lane && a->place == b->place &&
                a->status == b->status && strcmp(a->rule, b->rule) == 0 &&
                a->time_us == b->time_us && a->time_digits == b->time_digits &&
                a->official_cs == b->official_cs && a->reaction_us == b->reaction_us &&
                a->delta_us == b->delta_us && strcmp(a->qualified, b->qualified) == 0 &&
                strcmp(a->note, b->note) == 0 && a->n_split == b->n_split && a->line == b->line;
    for (int32_t i = 0; same && i < a->n_split; i++)
        same = a->split[i].time_us == b->split[i].time_us &&
               ht_same_number(a->split[i].distance_m, b->split[i].distance_m);
    return same;
}

static inline bool ht_same_heat(const hm_heat *a, const hm_heat *b)
{
    bool same = strcmp(a->event, b->event) == 0 && a->round == b->round && a->heat == b->heat &&
                strcmp(a->name, b->name) == 0 && strcmp(a->code, b->code) == 0 &&
                strcmp(a->round_name, b->round_name) == 0 &&
                ht_same_number(a->distance_m, b->distance_m) && a->has_sex == b->has_sex &&
                a->sex == b->sex && a->has_wind == b->has_wind && a->wind_cmps == b->wind_cmps &&
                strcmp(a->start_clock, b->start_clock) == 0 && a->timing == b->timing &&
                a->n_mark == b->n_mark && a->line == b->line;
    for (int32_t i = 0; same && i < a->n_mark; i++)
        same = ht_same_mark(&a->mark[i], &b->mark[i]);
    return same;
}

static inline bool ht_same_meet(const hm_meet *a, const hm_meet *b)
{
    bool same = strcmp(a->source, b->source) == 0 && strcmp(a->name, b->name) == 0 &&
                strcmp(a->venue, b->venue) == 0 && strcmp(a->date, b->date) == 0 &&
                strcmp(a->category, b->category) == 0 &&
                ht_same_number(a->altitude_m, b->altitude_m) && a->n_heat == b->n_heat &&
                a->n_person == b->n_person && a->n_order == b->n_order && a->notes.n == b->notes.n;
    for (int32_t i = 0; same && i < a->n_heat; i++)
        same = ht_same_heat(&a->heat[i], &b->heat[i]);
    for (int32_t i = 0; same && i < a->n_person; i++)
        same = ht_same_person(&a->person[i], &b->person[i]);
    for (int32_t i = 0; same && i < a->n_order; i++)
        same = ht_same_heat(&a->order[i], &b->order[i]);
    for (int32_t i = 0; same && i < a->notes.n; i++)
        same = strcmp(a->notes.text[i], b->notes.text[i]) == 0;
    return same;
}

#endif
