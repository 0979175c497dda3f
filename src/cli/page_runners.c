/* page_runners.c - the runners of the shipped races as a table that a page carries: enough of each
 * to let him run again in another race (web/engine/lab.h). */
#include "page.h"
#include "page_assets.h"

#include <math.h>
#include <string.h>

#include "data/sheet.h"
#include "io/json.h"
#include "race/referee.h"
#include "race/replay.h"

static const double finish_m = 100;

static void put_splits(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_array(o, "splits", HM_JSON_LINE);
    for (int32_t i = 0; i < l->n_split && l->split[i].distance_m < finish_m; i++) {
        hm_json_put_array(o, NULL, HM_JSON_LINE);
        hm_json_put_number(o, NULL, l->split[i].distance_m);
        hm_json_put_number(o, NULL, floor(l->split[i].time_s * 1e4 + 0.5) / 1e4);
        hm_json_put_integer(o, NULL, l->split[i].measured);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_runner(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_text(o, "name", l->name);
    hm_json_put_text(o, "team", l->team);
    hm_json_put_text(o, "sex", l->sex == HM_SEX_MEN ? "men" : "women");
    hm_json_put_number(o, "age_yr", floor(l->age_yr * 100 + 0.5) / 100);
    hm_json_put_number(o, "stature_m", floor(l->stature_m * 1000 + 0.5) / 1000);
    hm_json_put_number(o, "mass_kg", floor(l->mass_kg * 10 + 0.5) / 10);
    hm_json_put_integer(o, "filled", l->filled);
    hm_json_put_number(o, "reaction_s", l->reaction_s);
    hm_json_put_integer(o, "time_us", l->time_us);
    put_splits(o, l);
    hm_json_put_end(o);
}

static bool standing(const hm_race *race)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n > 0)
            return race->lane[i].start.standing;
    return false;
}

static void put_race(hm_json_out *o, const char *id, const hm_race *race)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "id", id);
    hm_json_put_text(o, "meet", race->meet);
    hm_json_put_text(o, "event", race->event);
    hm_json_put_text(o, "date", race->date);
    hm_json_put_text(o, "round", race->round);
    hm_json_put_number(o, "wind_mps", race->wind_mps);
    hm_json_put_bool(o, "wind_known", race->has_wind);
    hm_json_put_number(o, "altitude_m", race->altitude_m);
    hm_json_put_number(o, "temp_c", race->temp_c);
    hm_json_put_bool(o, "standing", standing(race));
    hm_json_put_array(o, "runners", HM_JSON_BLOCK);
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].time_us > 0 && race->lane[i].curve.n > 0)
            put_runner(o, &race->lane[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

/* One sheet of the joined text, from its name to the next form feed. */
static hm_status put_sheet(hm_json_out *o, const char *text, size_t n, hm_arena *arena, hm_err *err)
{
    const char *line = memchr(text, '\n', n);
    char id[64] = "";
    if (!line || (size_t)(line - text) >= sizeof id)
        return hm_err_set(err, HM_ERR_BUG, "runners", 0, 0, NULL, "expected the name of a sheet");
    memcpy(id, text, (size_t)(line - text));
    hm_sheet typed, timed;
    hm_race race;
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_rules rules = hm_rules_default();
    HM_TRY(hm_sheet_parse(id, line + 1, n - (size_t)(line + 1 - text), &opts, arena, &typed, err));
    HM_TRY(hm_referee_times(&typed, &rules, arena, &timed, err));
    HM_TRY(hm_race_replay(&timed, NULL, arena, &race, err));
    put_race(o, id, &race);
    return HM_OK;
}

hm_status page_runners(hm_arena *arena, page_block *block, hm_err *err)
{
    hm_memory m = {.arena = arena};
    hm_json_out o = hm_json_out_make(hm_sink_memory(&m), err);
    const char *text = page_asset_runners_txt, *end = text + page_asset_runners_txt_n;
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_array(&o, "races", HM_JSON_BLOCK);
    while (text < end && *text == '\f') {
        const char *next = memchr(text + 1, '\f', (size_t)(end - text - 1));
        size_t n = (size_t)((next ? next : end) - text - 1);
        HM_TRY(put_sheet(&o, text + 1, n, arena, err));
        text = next ? next : end;
    }
    hm_json_put_end(&o);
    hm_json_put_end(&o);
    HM_TRY(hm_json_finish(&o));
    *block = (page_block){.name = "runners", .bytes = m.bytes, .n = m.n};
    return HM_OK;
}
