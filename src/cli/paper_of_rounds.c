/* paper_of_rounds.c - an event run in rounds as it stands on paper, as far as it has come. */
#include "paper.h"

#include <string.h>

#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sheet");
}

static hm_mark_status status_of(const hm_rounds_heat *heat, const hm_rounds_lane *l)
{
    static const hm_mark_status of[] = {[HM_RUN_OK] = HM_MARK_FINISHED,
                                        [HM_RUN_DNS] = HM_MARK_DNS,
                                        [HM_RUN_DNF] = HM_MARK_DNF,
                                        [HM_RUN_DQ] = HM_MARK_DQ};
    return heat->run || l->status == HM_RUN_DNS ? of[l->status] : HM_MARK_ENTERED;
}

/* Withdrawn when the start list was made, as race/rounds.h takes it. */
static bool is_absent(const hm_rounds *r, const hm_rounds_round *round, const hm_entry *who)
{
    return strcmp(who->dns, round->plan.code) == 0 ||
           (round == &r->round[0] && strcmp(who->dns, "R1") == 0);
}

static paper_row row_of(const hm_rounds *r, const hm_rounds_round *round,
                        const hm_rounds_heat *heat, int32_t number, const hm_rounds_lane *l)
{
    const hm_entry *who = &r->entries->entry[l->entry];
    bool timed = l->status == HM_RUN_OK && l->time_us > 0;
    return (paper_row){.id = who->id,
                       .name = who->name,
                       .team = who->team,
                       .born = who->born,
                       .rule = l->rule ? l->rule : "",
                       .qualified = hm_advance_text(l->advance),
                       .status = status_of(heat, l),
                       .heat = number,
                       .lane = l->lane,
                       .lane_drawn = l->lane,
                       .place = l->place,
                       .seed = l->seed,
                       .official_cs = timed ? l->official_cs : 0,
                       .best_cs = who->best_us ? hm_official_cs(who->best_us) : 0,
                       .time_ms = timed && !heat->hand ? hm_time_ms(l->time_us) : 0,
                       .reaction_ms = l->reaction_ms,
                       .thousandths = l->thousandths,
                       .absent = is_absent(r, round, who)};
}

static hm_status take_heat(const hm_rounds *r, const hm_rounds_round *round,
                           const hm_rounds_heat *in, int32_t number, hm_arena *arena,
                           paper_heat *out, hm_err *err)
{
    paper_row *row = HM_PUSH(arena, paper_row, in->n_lane + 1);
    if (!row)
        return no_memory(err);
    for (int32_t i = 0; i < in->n_lane; i++)
        row[i] = row_of(r, round, in, number, &in->lane[i]);
    *out = (paper_heat){.number = number,
                        .run = in->run,
                        .hand = in->hand,
                        .has_wind = in->has_wind,
                        .wind_dmps = in->has_wind ? hm_wind_dmps(in->wind_cmps) : 0,
                        .clock = "",
                        .n_row = in->n_lane,
                        .row = row};
    return HM_OK;
}

static hm_status take_round(const hm_rounds *r, const hm_rounds_round *in, hm_arena *arena,
                            paper_round *out, hm_err *err)
{
    paper_heat *heat = HM_PUSH(arena, paper_heat, in->plan.n_heat + 1);
    if (!heat)
        return no_memory(err);
    for (int32_t h = 0; h < in->plan.n_heat; h++)
        HM_TRY(take_heat(r, in, &in->heat[h], h + 1, arena, &heat[h], err));
    *out = (paper_round){.code = in->plan.code,
                         .name = in->name,
                         .by_place = in->plan.by_place,
                         .by_time = in->plan.by_time,
                         .n_heat = in->plan.n_heat,
                         .heat = heat,
                         .log = &in->log};
    return HM_OK;
}

static bool any_by_hand(const hm_rounds *r)
{
    for (int32_t i = 0; i < r->n_round; i++)
        for (int32_t h = 0; h < r->round[i].plan.n_heat; h++)
            if (r->round[i].heat[h].hand)
                return true;
    return false;
}

hm_status paper_of_rounds(const hm_rounds *r, const hm_rules *rules, hm_arena *arena,
                          paper_event *event, hm_err *err)
{
    const hm_entries *e = r->entries;
    paper_round *round = HM_PUSH(arena, paper_round, r->n_round + 1);
    if (!round)
        return no_memory(err);
    for (int32_t i = 0; i < r->n_round; i++)
        HM_TRY(take_round(r, &r->round[i], arena, &round[i], err));
    bool hand = any_by_hand(r) || rules->timing == HM_TIMING_RULE_HAND;
    *event = (paper_event){.meet = e->meet,
                           .venue = e->venue,
                           .date = e->date,
                           .name = e->event[0] ? e->event : "100 m",
                           .edition = hm_edition_text(rules),
                           .table = r->program.table,
                           .n_entry = e->n,
                           .n_lane_of_track = rules->track_lanes,
                           .rate_hz = hand ? 0 : rules->rate_hz,
                           .timing = hand ? HM_TIMING_HAND : HM_TIMING_FAT,
                           .n_round = r->n_round,
                           .round = round,
                           .notes = &r->notes};
    return HM_OK;
}
