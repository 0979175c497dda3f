/* A sheet that a person typed, as a meet for the book. */
#include "book_files.h"

#include <math.h>

#include "data/sheet.h"
#include "race/official.h"
#include "race/referee.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- a sheet ---- */

static hm_mark_status status_of(const hm_sheet_row *row)
{
    switch (row->status) {
    case HM_RUN_DNS:
        return HM_MARK_DNS;
    case HM_RUN_DNF:
        return HM_MARK_DNF;
    case HM_RUN_DQ:
        return HM_MARK_DQ;
    case HM_RUN_OK:
        break;
    }
    return isnan(row->time_s) ? HM_MARK_ENTERED : HM_MARK_FINISHED;
}

static hm_status take_splits(const hm_sheet *sheet, const hm_sheet_row *row, hm_arena *arena,
                             hm_mark *m, hm_err *err)
{
    m->split = HM_PUSH(arena, hm_meet_split, sheet->n_split + 1);
    if (!m->split)
        return no_memory(err);
    for (int32_t i = 0; i < sheet->n_split; i++)
        if (row->split_s[i] > 0)
            m->split[m->n_split++] = (hm_meet_split){.distance_m = sheet->split_m[i],
                                                     .time_us = hm_time_us(row->split_s[i])};
    return HM_OK;
}

static hm_status take_row(const hm_sheet *sheet, const hm_sheet_row *row, hm_arena *arena,
                          hm_mark *m, hm_err *err)
{
    *m = hm_mark_default();
    m->who.last_name = row->name;
    m->who.team = row->team;
    m->who.has_sex = row->has_sex || sheet->has_sex;
    m->who.sex = row->has_sex ? row->sex : sheet->sex;
    m->who.line = m->line = row->line;
    m->lane = row->lane;
    m->status = status_of(row);
    m->rule = row->rule;
    m->note = row->protest ? "under protest" : "";
    if (m->status == HM_MARK_FINISHED) {
        m->place = row->place;
        m->time_us = hm_time_us(row->time_s);
        m->time_digits = row->time_digits;
        m->official_cs = sheet->by_hand ? 10 * hm_hand_ds(m->time_us) : hm_official_cs(m->time_us);
    }
    if (row->reaction_s >= 0)
        m->reaction_us = hm_time_us(row->reaction_s);
    return take_splits(sheet, row, arena, m, err);
}

static hm_status meet_of_sheet(const hm_sheet *sheet, hm_arena *arena, hm_meet *meet, hm_err *err)
{
    hm_heat *h = HM_PUSH(arena, hm_heat, 1);
    hm_mark *mark = HM_PUSH(arena, hm_mark, sheet->n_row + 1);
    if (!h || !mark)
        return no_memory(err);
    *h = hm_heat_default();
    h->name = sheet->event;
    h->code = sheet->event[0] ? sheet->event : "100m"; /* a sheet is of 100 m */
    h->round_name = sheet->round;
    h->distance_m = 100;
    h->has_sex = sheet->has_sex;
    h->sex = sheet->sex;
    h->has_wind = !isnan(sheet->wind_mps);
    h->wind_cmps = h->has_wind ? hm_wind_cmps(sheet->wind_mps) : 0;
    h->timing = sheet->by_hand ? HM_TIMING_HAND : HM_TIMING_UNKNOWN;
    h->mark = mark;
    h->n_mark = sheet->n_row;
    for (int32_t i = 0; i < sheet->n_row; i++)
        HM_TRY(take_row(sheet, &sheet->row[i], arena, &mark[i], err));
    *meet = hm_meet_default();
    meet->source = sheet->source;
    meet->name = sheet->meet;
    meet->venue = sheet->venue;
    meet->date = sheet->date;
    meet->altitude_m = sheet->altitude_m;
    meet->heat = h;
    meet->n_heat = 1;
    meet->notes = sheet->notes;
    return HM_OK;
}

/* Texts of a meet are of one line. */
static hm_status clean(hm_arena *arena, hm_meet *meet, hm_err *err)
{
    hm_heat *h = meet->heat;
    const char **const text[] = {&meet->source, &meet->name, &meet->venue,  &meet->date,
                                 &h->name,      &h->code,    &h->round_name};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        if (!(*text[i] = hm_meet_text(arena, *text[i])))
            return no_memory(err);
    for (int32_t k = 0; k < h->n_mark; k++) {
        hm_mark *m = &h->mark[k];
        m->who.last_name = hm_meet_text(arena, m->who.last_name);
        m->who.team = hm_meet_text(arena, m->who.team);
        m->rule = hm_meet_text(arena, m->rule);
        if (!m->who.last_name || !m->who.team || !m->rule)
            return no_memory(err);
    }
    return HM_OK;
}

hm_status book_meet_of_sheet(const char *path, const char *bytes, size_t n, hm_arena *arena,
                             hm_meet *meet, hm_err *err)
{
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_rules rules = hm_rules_default();
    HM_TRY(hm_sheet_parse(path, bytes, n, &opts, arena, &sheet, err));
    HM_TRY(hm_referee_times(&sheet, &rules, arena, &sheet, err)); /* watches as one time */
    HM_TRY(meet_of_sheet(&sheet, arena, meet, err));
    return clean(arena, meet, err);
}
