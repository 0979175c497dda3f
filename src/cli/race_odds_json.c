/* race_odds_json.c - odds as JSON, docs/formats/odds.md. */
#include "race_odds.h"

#include <math.h>

#include "io/file.h"
#include "io/json.h"
#include "io/optab.h"

#define ODDS_FORMAT "hectometre-odds"

/* Counted hundredths from the first that came to the last. */
static void put_count(hm_json_out *o, const char *key, const hm_odds_count *c)
{
    double n[HM_ODDS_CS_MAX];
    int32_t from = 0, to = HM_ODDS_CS_MAX - 1;
    while (from < to && c->n[from] == 0)
        from++;
    while (to > from && c->n[to] == 0)
        to--;
    for (int32_t k = from; k <= to; k++)
        n[k - from] = c->n[k];
    hm_json_put_object(o, key, HM_JSON_LINE);
    hm_json_put_number(o, "from_s", (c->from_cs + from) / 100.0);
    hm_json_put_numbers(o, "n", to - from + 1, n);
    hm_json_put_end(o);
}

static void put_lane(hm_json_out *o, const odds_told *t, int32_t i)
{
    const hm_odds *odds = &t->odds;
    const hm_odds_lane *l = &odds->lane[i];
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_text(o, "name", race_odds_row(t, l->lane)->name);
    hm_json_put_numbers(o, "p_place", odds->n_lane, l->p_place);
    hm_json_put_number(o, "p_win", l->p_win);
    hm_json_put_number(o, "p_win_se", l->p_win_se);
    hm_json_put_number(o, "p_win_best_fit", l->p_win_best_fit);
    hm_json_put_number(o, "p_win_fit_sd", l->p_win_fit_sd);
    hm_json_put_number(o, "p_win_sooner", l->p_win_sooner);
    hm_json_put_number(o, "p_win_later", l->p_win_later);
    if (t->has_wind) {
        hm_json_put_number(o, "p_win_less_wind", t->less_wind.lane[i].p_win);
        hm_json_put_number(o, "p_win_more_wind", t->more_wind.lane[i].p_win);
    }
    hm_json_put_number(o, "time_s_mean", l->time_s_mean);
    hm_json_put_number(o, "time_s_sd", l->time_s_sd);
    hm_json_put_number(o, "time_s_median", l->time_s_median);
    hm_json_put_number(o, "time_s_lo90", l->time_s_lo90);
    hm_json_put_number(o, "time_s_hi90", l->time_s_hi90);
    hm_json_put_number(o, "time_s_luck_sd", l->time_s_luck_sd);
    hm_json_put_number(o, "time_s_fit_sd", l->time_s_fit_sd);
    hm_json_put_optional(o, "p_record", l->p_record);
    hm_json_put_optional(o, "p_time", l->p_time);
    hm_json_put_numbers(o, "p_ahead", odds->n_lane, odds->p_ahead[i]);
    put_count(o, "times", &l->times);
    hm_json_put_end(o);
}

static void put_margin(hm_json_out *o, const hm_odds *odds)
{
    hm_json_put_object(o, "margin", HM_JSON_LINE);
    hm_json_put_optional(o, "s_mean", odds->margin_s_mean);
    hm_json_put_optional(o, "s_lo90", odds->margin_s_lo90);
    hm_json_put_optional(o, "s_hi90", odds->margin_s_hi90);
    hm_json_put_optional(o, "p_below_10ms", odds->p_margin_10ms);
    hm_json_put_end(o);
}

static hm_status put_odds(hm_sink sink, const odds_told *t, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    const hm_odds *odds = &t->odds;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", ODDS_FORMAT);
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "meet", t->field.sheet.meet);
    hm_json_put_integer(o, "runs", odds->n_run);
    hm_json_put_integer(o, "seed", (int64_t)t->field.seed);
    hm_json_put_number(o, "wind_mps", odds->wind_mps);
    hm_json_put_number(o, "p_legal", odds->p_legal);
    hm_optab_put(o, "day", &hm_day_table, &t->field.day);
    hm_json_put_array(o, "odds", HM_JSON_BLOCK);
    for (int32_t i = 0; i < odds->n_lane; i++)
        put_lane(o, t, i);
    hm_json_put_end(o);
    put_margin(o, odds);
    put_count(o, "first", &odds->first);
    hm_json_put_optional(o, "record_s", t->record_s);
    hm_json_put_optional(o, "p_record", odds->p_record_any);
    hm_json_put_optional(o, "p_time", odds->p_time_any);
    hm_json_put_notes(o, "notes", &t->field.notes);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status race_odds_write(const char *path, const odds_told *t, hm_err *err)
{
    hm_file file;
    HM_TRY(hm_file_create(path, &file, err));
    hm_status status = put_odds(hm_sink_file(&file), t, err);
    if (status == HM_OK)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return status;
}
