/* paper_of_meet.c - a meet as files and the book keep it (data/meet.h) as it stands on paper: its
 * heats gathered by event and round. */
#include "paper.h"

#include <math.h>
#include <string.h>

#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sheet");
}

static bool same_event(const hm_heat *a, const hm_heat *b)
{
    return strcmp(a->event, b->event) == 0 && strcmp(a->code, b->code) == 0 &&
           (a->event[0] || strcmp(a->name, b->name) == 0) && a->has_sex == b->has_sex &&
           (!a->has_sex || a->sex == b->sex);
}

static bool same_round(const hm_heat *a, const hm_heat *b)
{
    return same_event(a, b) && a->round == b->round && strcmp(a->round_name, b->round_name) == 0;
}

/* ---- rows ---- */

static const char *full_name(const hm_person *p, hm_arena *arena)
{
    if (!p->first_name[0])
        return p->last_name;
    const char *name =
        hm_arena_printf(arena, "%s%s%s", p->first_name, p->last_name[0] ? " " : "", p->last_name);
    return name ? name : p->last_name;
}

static paper_row row_of(const hm_mark *m, int32_t heat, hm_arena *arena)
{
    bool timed = m->status == HM_MARK_FINISHED;
    return (paper_row){.id = m->who.id,
                       .name = full_name(&m->who, arena),
                       .team = m->who.team,
                       .born = m->who.born,
                       .rule = m->rule,
                       .qualified = m->qualified,
                       .status = m->status,
                       .heat = heat,
                       .lane = m->lane,
                       .lane_drawn = m->lane,
                       .place = m->place,
                       .official_cs = timed ? m->official_cs : 0,
                       .time_ms = timed && m->time_digits > 2 ? hm_time_ms(m->time_us) : 0,
                       .reaction_ms = m->reaction_us < 0 ? -1 : (int32_t)(m->reaction_us / 1000),
                       .protest = strcmp(m->note, "under protest") == 0};
}

/* Thousandths decided between two of one official time and different places. */
static void mark_thousandths(int32_t n, paper_row row[])
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = 0; k < n; k++)
            row[i].thousandths |= row[i].time_ms && row[k].time_ms && row[i].place &&
                                  row[k].place && row[i].place != row[k].place &&
                                  row[i].official_cs == row[k].official_cs;
}

static hm_status take_heat(const hm_heat *in, hm_arena *arena, paper_heat *out, hm_err *err)
{
    paper_row *row = HM_PUSH(arena, paper_row, in->n_mark + 1);
    if (!row)
        return no_memory(err);
    int32_t number = in->heat > 0 ? in->heat : 1;
    bool run = false;
    for (int32_t i = 0; i < in->n_mark; i++) {
        row[i] = row_of(&in->mark[i], number, arena);
        run |= in->mark[i].status != HM_MARK_ENTERED && in->mark[i].status != HM_MARK_DNS;
    }
    for (int32_t i = 0; i < in->n_mark && !run; i++)
        row[i].absent = row[i].status == HM_MARK_DNS;
    mark_thousandths(in->n_mark, row);
    *out = (paper_heat){.number = number,
                        .run = run,
                        .hand = in->timing == HM_TIMING_HAND,
                        .has_wind = in->has_wind,
                        .wind_dmps = in->has_wind ? hm_wind_dmps(in->wind_cmps) : 0,
                        .no_gauge = !in->has_wind && in->distance_m > 200,
                        .clock = in->start_clock,
                        .n_row = in->n_mark,
                        .row = row};
    return HM_OK;
}

/* ---- rounds ---- */

static hm_status take_round(const hm_meet *meet, int32_t first, int32_t n_round, hm_arena *arena,
                            paper_round *out, hm_err *err)
{
    const hm_heat *like = &meet->heat[first];
    int32_t n = 0;
    for (int32_t i = first; i < meet->n_heat; i++)
        n += same_round(&meet->heat[i], like);
    paper_heat *heat = HM_PUSH(arena, paper_heat, n + 1);
    const char *name = like->round_name;
    const char *code = paper_round_code(name);
    if (!name[0] && like->round > 0 && n_round > 1) /* a number is all that is known */
        code = hm_arena_printf(arena, "R%d", like->round);
    if (!heat || !code)
        return no_memory(err);
    n = 0;
    for (int32_t i = first; i < meet->n_heat; i++)
        if (same_round(&meet->heat[i], like))
            HM_TRY(take_heat(&meet->heat[i], arena, &heat[n++], err));
    *out = (paper_round){.code = code, .name = name, .n_heat = n, .heat = heat};
    return HM_OK;
}

static bool is_first(const hm_meet *meet, int32_t i, bool (*same)(const hm_heat *, const hm_heat *))
{
    for (int32_t k = 0; k < i; k++)
        if (same(&meet->heat[k], &meet->heat[i]))
            return false;
    return true;
}

/* Rounds as they were run: by number, else as the file has them. */
static void sort_rounds(int32_t n, paper_round round[], int32_t number[])
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t k = i; k > 0 && number[k - 1] > number[k]; k--) {
            paper_round r = round[k];
            int32_t at = number[k];
            round[k] = round[k - 1];
            number[k] = number[k - 1];
            round[k - 1] = r;
            number[k - 1] = at;
        }
}

static hm_status take_event(const hm_meet *meet, int32_t first, hm_arena *arena, paper_event *out,
                            hm_err *err)
{
    const hm_heat *like = &meet->heat[first];
    int32_t n = 0;
    for (int32_t i = first; i < meet->n_heat; i++)
        n += same_event(&meet->heat[i], like) && is_first(meet, i, same_round);
    paper_round *round = HM_PUSH(arena, paper_round, n + 1);
    int32_t *number = HM_PUSH(arena, int32_t, n + 1);
    if (!round || !number)
        return no_memory(err);
    int32_t n_round = n;
    n = 0;
    for (int32_t i = first; i < meet->n_heat; i++)
        if (same_event(&meet->heat[i], like) && is_first(meet, i, same_round)) {
            number[n] = meet->heat[i].round;
            HM_TRY(take_round(meet, i, n_round, arena, &round[n++], err));
        }
    sort_rounds(n, round, number);
    *out = (paper_event){.meet = meet->name,
                         .venue = meet->venue,
                         .date = meet->date,
                         .name = like->name[0] ? like->name : like->code,
                         .has_sex = like->has_sex,
                         .sex = like->sex,
                         .edition = "",
                         .table = "",
                         .timing = like->timing,
                         .n_round = n,
                         .round = round,
                         .notes = &meet->notes};
    return HM_OK;
}

hm_status paper_of_meet(const hm_meet *meet, hm_arena *arena, int32_t *n_event, paper_event **event,
                        hm_err *err)
{
    int32_t n = 0;
    for (int32_t i = 0; i < meet->n_heat; i++)
        n += is_first(meet, i, same_event);
    paper_event *out = HM_PUSH(arena, paper_event, n + 1);
    if (!out)
        return no_memory(err);
    n = 0;
    for (int32_t i = 0; i < meet->n_heat; i++)
        if (is_first(meet, i, same_event))
            HM_TRY(take_event(meet, i, arena, &out[n++], err));
    *n_event = n;
    *event = out;
    return HM_OK;
}
