#include "race/referee.h"

#include <math.h>
#include <string.h>

#include "race/rank.h"

static const int32_t wind_most_dmps = 20; /* CR31.14.3 */
static const int32_t fine_digits = 3;     /* decimals of a reading of the image */

/* One race before the referee. */
typedef struct hearing {
    const hm_sheet *sheet;
    const hm_rules *rules;
    hm_arena *arena;
    hm_race *race;
    hm_lane *lane; /* (n_lane) the race's, rewritten */
    hm_ruling *ruling;
    hm_start_state state;
    hm_err *err;
} hearing;

static hm_status no_memory(const hearing *h)
{
    return hm_err_set(h->err, HM_ERR_SYSTEM, h->sheet->source, 0, 0, NULL, "no memory");
}

#define NOTE(h, ...)                                                                               \
    do {                                                                                           \
        if (hm_notes_add(&(h)->race->notes, (h)->arena, __VA_ARGS__) != HM_OK)                     \
            return no_memory(h);                                                                   \
    } while (0)

/* ---- times ---- */

static bool by_hand(const hm_rules *rules, const hm_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_row; i++)
        if (sheet->row[i].n_watch > 0 && isnan(sheet->row[i].time_s))
            return true;
    return rules->timing == HM_TIMING_RULE_HAND;
}

static double hand_time_s(const hm_sheet_row *row)
{
    int32_t ds[HM_WATCH_MAX];
    if (row->n_watch == 0)
        return hm_hand_ds(hm_time_us(row->time_s)) / 10.0;
    for (int32_t k = 0; k < row->n_watch; k++) /* TR19.11: convert first, then combine */
        ds[k] = hm_hand_ds(hm_time_us(row->watch_s[k]));
    return hm_hand_combine_ds(row->n_watch, ds) / 10.0;
}

hm_status hm_referee_times(const hm_sheet *sheet, const hm_rules *rules, hm_arena *arena,
                           hm_sheet *timed, hm_err *err)
{
    hm_sheet out = *sheet;
    out.row = HM_PUSH(arena, hm_sheet_row, sheet->n_row);
    if (!out.row)
        return hm_err_set(err, HM_ERR_SYSTEM, sheet->source, 0, 0, NULL, "no memory");
    bool hand = by_hand(rules, sheet);
    for (int32_t i = 0; i < sheet->n_row; i++) {
        hm_sheet_row *row = &out.row[i];
        *row = sheet->row[i];
        if (!hand || (isnan(row->time_s) && row->n_watch == 0))
            continue;
        if (row->n_watch == 0 && rules->timing != HM_TIMING_RULE_HAND)
            return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line, 0, "time_s",
                              "expected watches as in the other rows: one system of timing in a "
                              "race (TR20.8), found %g s",
                              row->time_s);
        row->time_s = hand_time_s(row);
    }
    out.by_hand = hand;
    *timed = out;
    return HM_OK;
}

/* ---- starts ---- */

/* Start k of the sheet; k = n_start is the one that was run. */
static int32_t calls_of(const hearing *h, int32_t k, hm_start_call call[])
{
    const hm_sheet *s = h->sheet;
    for (int32_t i = 0; i < s->n_row; i++) {
        const hm_sheet_row *row = &s->row[i];
        bool ran = k == s->n_start;
        double reaction_s = ran ? row->reaction_s : row->start[k].reaction_s;
        call[i] = (hm_start_call){.lane = row->lane,
                                  .on_marks = row->status != HM_RUN_DNS || !ran,
                                  .has_reaction = !isnan(reaction_s),
                                  .reaction_ms = isnan(reaction_s) ? 0 : hm_reaction_ms(reaction_s),
                                  .seen = !ran && row->start[k].fault,
                                  .protest = row->protest};
    }
    return s->n_row;
}

static hm_status note_start(const hearing *h, int32_t k, const hm_start_ruling *r)
{
    if (!r->ran && r->verdict == HM_START_FAIR)
        NOTE(h, "start %d was recalled but nobody is charged: taken as nobody's fault (TR16.8)",
             k + 1);
    for (int32_t i = 0; i < r->n_charge && r->ran; i++)
        NOTE(h,
             "lane %d: false start (reaction %.3f s, TR16.6) in the start that was run; it should "
             "have been recalled, the times are those of the sheet",
             r->charge[i].lane, r->charge[i].reaction_ms / 1000.0);
    return HM_OK;
}

static hm_status judge_starts(hearing *h)
{
    hm_ruling *r = h->ruling;
    r->n_start = h->sheet->n_start + 1;
    r->start = HM_PUSH(h->arena, hm_start_ruling, r->n_start);
    if (!r->start)
        return no_memory(h);
    for (int32_t k = 0; k < r->n_start; k++) {
        hm_start_call call[HM_LANE_MAX];
        int32_t n = calls_of(h, k, call);
        hm_charge *charge = HM_PUSH(h->arena, hm_charge, n);
        if (!charge)
            return no_memory(h);
        bool green = k < h->sheet->n_start && (h->sheet->green >> k & 1);
        hm_start_judge(h->rules, n, call, green, &h->state, charge, &r->start[k]);
        r->start[k].ran = k + 1 == r->n_start;
        HM_TRY(note_start(h, k, &r->start[k]));
        if (r->start[k].verdict == HM_START_FAIR && !r->start[k].ran)
            r->start[k].verdict = HM_START_GREEN;
    }
    return HM_OK;
}

/* ---- lanes ---- */

/* One who was sent away before the race was run has no run to show. */
static void take_run_away(hm_lane *l)
{
    l->curve = (hm_curve){0};
    l->n_split = l->n_step = 0;
    l->split = NULL;
    l->step = NULL;
    l->start = (hm_start){0};
    l->top_speed_mps = l->top_speed_at_m = l->end_s = 0;
    l->filled &= ~(uint32_t)(HM_FILLED_REACTION | HM_FILLED_SPLITS);
    l->reaction_s = 0;
}

static hm_status judge_lane(hearing *h, const hm_sheet_row *row, hm_lane *l, hm_lane_ruling *r)
{
    bool out = h->state.out[l->lane];
    r->lane = l->lane;
    r->rule = row->status == HM_RUN_DQ ? row->rule : "";
    r->protest = h->state.protest[l->lane] || (row->protest && !out);
    r->card = out || h->state.protest[l->lane] ? HM_CARD_RC
              : h->state.warned[l->lane]       ? HM_CARD_YC
                                               : HM_CARD_NONE;
    if (row->status == HM_RUN_DQ && !row->rule[0] && !out)
        NOTE(h, "lane %d: a disqualification names its rule (CR25.4), the sheet does not", l->lane);
    if (out) {
        const hm_start_ruling *last = &h->ruling->start[h->ruling->n_start - 1];
        bool in_last = false;
        for (int32_t i = 0; i < last->n_charge; i++)
            in_last |= last->charge[i].lane == l->lane;
        if (row->protest)
            NOTE(h, "lane %d: may not run under protest (TR8.4.1, WMA8.4.1)", l->lane);
        else if (!in_last && !isnan(row->time_s))
            NOTE(h, "lane %d: ran after his disqualification; the time does not count", l->lane);
        l->status = HM_RUN_DQ;
        r->rule = hm_false_start_rule(h->rules);
        if (isnan(row->time_s))
            take_run_away(l);
    }
    if (l->status != HM_RUN_OK)
        l->official_cs = 0;
    else if (!h->ruling->hand)
        r->photo_line = hm_photo_line(l->time_us, h->rules->rate_hz);
    return HM_OK;
}

/* Places from the image line (TR19.15, TR21.1); by hand from the times, equal ones as the Judges
 * saw them. */
static hm_status judge_places(const hearing *h)
{
    int32_t n = h->race->n_lane, given[HM_LANE_MAX], place[HM_LANE_MAX];
    int64_t key[HM_LANE_MAX];
    bool coarse = false;
    for (int32_t i = 0; i < n; i++) {
        const hm_sheet_row *row = &h->sheet->row[i];
        const hm_lane *l = &h->lane[i];
        given[i] = row->place;
        key[i] = l->status != HM_RUN_OK ? -1
                 : h->ruling->hand      ? l->time_us
                                        : h->ruling->lane[i].photo_line;
        coarse |= l->status == HM_RUN_OK && !h->ruling->hand && row->time_digits < fine_digits;
    }
    /* a reading of 0.001 s is the image itself; of less, the Judges have seen more than it says */
    hm_rank_keys(n, key, coarse || h->ruling->hand ? given : NULL, place);
    if (coarse)
        NOTE(h, "times of less than three decimals are no readings of the image; equal ones are "
                "parted by the places of the sheet, if it has any");
    for (int32_t i = 0; i < n; i++) {
        h->lane[i].place = place[i];
        for (int32_t k = 0; k < n; k++) /* CR25.4: thousandths are shown where they decided */
            h->ruling->lane[i].thousandths |= !h->ruling->hand && place[i] && place[k] &&
                                              place[i] != place[k] &&
                                              h->lane[i].official_cs == h->lane[k].official_cs;
        if (given[i] && place[i] && given[i] != place[i])
            NOTE(h, "lane %d: placed %d by the readings, %d on the sheet", h->lane[i].lane,
                 place[i], given[i]);
    }
    return HM_OK;
}

static hm_status judge_wind(const hearing *h)
{
    hm_ruling *r = h->ruling;
    char text[HM_OFFICIAL_TEXT];
    r->has_wind = !isnan(h->sheet->wind_mps);
    r->wind_legal = HM_UNKNOWN;
    if (!r->has_wind)
        return HM_OK;
    r->wind_cmps = hm_wind_cmps(h->sheet->wind_mps);
    r->wind_dmps = hm_wind_dmps(r->wind_cmps); /* TR17.13 */
    r->wind_legal = r->wind_dmps <= wind_most_dmps ? HM_YES : HM_NO;
    h->race->wind_mps = r->wind_dmps / 10.0;
    if (r->wind_legal == HM_NO)
        NOTE(h, "wind %s m/s is above +2.0: the marks are wind-aided (CR31.14.3)",
             hm_wind_text(r->wind_dmps, text));
    return HM_OK;
}

static hm_status open_hearing(hearing *h)
{
    HM_ASSERT(h->sheet->n_row == h->race->n_lane);
    h->lane = HM_PUSH(h->arena, hm_lane, h->race->n_lane);
    h->ruling = HM_PUSH(h->arena, hm_ruling, 1);
    hm_lane_ruling *lane = HM_PUSH(h->arena, hm_lane_ruling, h->race->n_lane);
    if (!h->lane || !h->ruling || !lane)
        return no_memory(h);
    memcpy(h->lane, h->race->lane, (size_t)h->race->n_lane * sizeof *h->lane);
    *h->ruling = (hm_ruling){.edition = hm_edition_text(h->rules),
                             .false_start = hm_false_start_text(h->rules),
                             .record = "",
                             .rate_hz = h->rules->rate_hz,
                             .hand = h->sheet->by_hand,
                             .n_lane = h->race->n_lane,
                             .lane = lane};
    return HM_OK;
}

static hm_status note_position(const hearing *h)
{
    if (h->sheet->standing_start && (h->rules->blocks || h->rules->crouch))
        NOTE(h, "a standing start, but %s required (TR15.1, TR16.3)",
             h->rules->blocks && h->rules->crouch ? "blocks and a crouch start are"
             : h->rules->blocks                   ? "blocks are"
                                                  : "a crouch start is");
    return HM_OK;
}

static hm_status hear(hearing *h)
{
    HM_TRY(open_hearing(h));
    HM_TRY(note_position(h));
    HM_TRY(judge_starts(h));
    for (int32_t i = 0; i < h->race->n_lane; i++)
        HM_TRY(judge_lane(h, &h->sheet->row[i], &h->lane[i], &h->ruling->lane[i]));
    HM_TRY(judge_places(h));
    return judge_wind(h);
}

hm_status hm_referee_judge(const hm_sheet *timed, const hm_rules *rules, hm_arena *arena,
                           hm_race *race, hm_err *err)
{
    hm_race judged = *race;
    hearing h = {.sheet = timed, .rules = rules, .arena = arena, .race = &judged, .err = err};
    HM_TRY(hear(&h));
    judged.lane = h.lane;
    judged.ruling = h.ruling;
    *race = judged;
    return HM_OK;
}

/* ---- a race that is believed ---- */

hm_status hm_referee_remark(const hm_sheet *timed, const hm_rules *rules, hm_arena *arena,
                            hm_race *race, hm_err *err)
{
    hm_race judged = *race;
    judged.notes = (hm_notes){0};
    hearing by_rule = {.sheet = timed, .rules = rules, .arena = arena, .race = &judged, .err = err};
    HM_TRY(hear(&by_rule));
    hearing h = by_rule;
    h.race = race;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *is = &race->lane[i], *by = &by_rule.lane[i];
        if (by->status != is->status)
            NOTE(&h, "lane %d: believed; by the rules DQ (%s)", is->lane,
                 by_rule.ruling->lane[i].rule);
        else if (is->time_us && timed->row[i].time_digits > 2 && is->time_us % 10000 != 0)
            NOTE(&h, "lane %d: %d.%03d s is a reading; the official time is %d.%02d (TR19.23.1)",
                 is->lane, (int)(is->time_us / 1000000), (int)(is->time_us / 1000 % 1000),
                 is->official_cs / 100, is->official_cs % 100);
    }
    if (by_rule.ruling->has_wind && by_rule.ruling->wind_cmps % 10 != 0)
        NOTE(&h, "wind of %.2f m/s is a reading; the official wind has one decimal (TR17.13)",
             by_rule.ruling->wind_cmps / 100.0);
    if (by_rule.ruling->wind_legal == HM_NO)
        NOTE(&h, "wind above +2.0 m/s: the marks are wind-aided (CR31.14.3)");
    return HM_OK;
}
