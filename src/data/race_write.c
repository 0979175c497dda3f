#include "race_words_priv.h"
#include "ruling_priv.h"

#include <math.h>

#include "data/race_file.h"
#include "io/json.h"

static void put_start(hm_json_out *o, const hm_start *s)
{
    hm_json_put_object(o, "start", HM_JSON_LINE);
    hm_json_put_bool(o, "standing", s->standing);
    hm_json_put_text(o, "front_foot", data_foot_word[s->front_foot]);
    hm_json_put_number(o, "front_x_m", s->front_x_m);
    hm_json_put_number(o, "rear_x_m", s->rear_x_m);
    hm_json_put_number(o, "rear_off_s", s->rear_off_s);
    hm_json_put_number(o, "front_off_s", s->front_off_s);
    hm_json_put_end(o);
}

static void put_filled(hm_json_out *o, uint32_t filled)
{
    hm_json_put_array(o, "filled", HM_JSON_LINE);
    for (int k = 0; k < DATA_N_FILLED; k++)
        if (filled >> k & 1)
            hm_json_put_text(o, NULL, data_filled_word[k]);
    hm_json_put_end(o);
}

static void put_splits(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_array(o, "splits", HM_JSON_BLOCK);
    for (int32_t i = 0; i < l->n_split; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_number(o, "distance_m", l->split[i].distance_m);
        hm_json_put_number(o, "time_s", l->split[i].time_s);
        hm_json_put_bool(o, "measured", l->split[i].measured);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_steps(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_array(o, "steps", HM_JSON_BLOCK);
    for (int32_t i = 0; i < l->n_step; i++) {
        const hm_step *s = &l->step[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "n", i + 1);
        hm_json_put_text(o, "foot", data_foot_word[s->foot]);
        hm_json_put_number(o, "on_s", s->on_s);
        hm_json_put_number(o, "off_s", s->off_s);
        hm_json_put_number(o, "x_m", s->x_m);
        hm_json_put_number(o, "side_m", s->side_m);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_curve(hm_json_out *o, const hm_curve *c)
{
    hm_json_put_object(o, "curve", HM_JSON_BLOCK);
    hm_json_put_number(o, "dt_s", c->dt_s);
    hm_json_put_numbers(o, "x_m", c->n, c->x_m);
    hm_json_put_numbers(o, "v_mps", c->n, c->v_mps);
    hm_json_put_end(o);
}

static void put_result(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_text(o, "status", data_status_word[l->status]);
    if (l->place)
        hm_json_put_integer(o, "place", l->place);
    else
        hm_json_put_null(o, "place");
    hm_json_put_number(o, "reaction_s", l->reaction_s);
    hm_json_put_number(o, "time_s", l->official_cs ? l->official_cs / 100.0 : (double)NAN);
    if (l->time_us)
        hm_json_put_integer(o, "time_us", l->time_us);
    else
        hm_json_put_null(o, "time_us");
}

static void put_lane(hm_json_out *o, const hm_lane *l)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_text(o, "name", l->name);
    hm_json_put_text(o, "team", l->team);
    hm_json_put_text(o, "bib", l->bib);
    hm_json_put_text(o, "form", l->form);
    hm_json_put_text(o, "sex", data_sex_word[l->sex]);
    hm_json_put_number(o, "age_yr", l->age_yr);
    hm_json_put_number(o, "stature_m", l->stature_m);
    hm_json_put_number(o, "mass_kg", l->mass_kg);
    if (l->pb_s > 0)
        hm_json_put_number(o, "pb_s", l->pb_s);
    if (l->sb_s > 0)
        hm_json_put_number(o, "sb_s", l->sb_s);
    put_filled(o, l->filled);
    put_result(o, l);
    hm_json_put_number(o, "top_speed_mps", l->top_speed_mps);
    hm_json_put_number(o, "top_speed_at_m", l->top_speed_at_m);
    if (l->has_wind)
        hm_json_put_number(o, "wind_mps", l->wind_mps);
    hm_json_put_number(o, "end_s", l->end_s);
    put_start(o, &l->start);
    put_splits(o, l);
    put_steps(o, l);
    put_curve(o, &l->curve);
    hm_json_put_end(o);
}

void hm_race_put(hm_json_out *o, const char *key, const hm_race *race)
{
    hm_json_put_object(o, key, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_RACE_FORMAT);
    hm_json_put_integer(o, "version", HM_RACE_VERSION);
    hm_json_put_text(o, "meet", race->meet);
    hm_json_put_text(o, "event", race->event);
    hm_json_put_text(o, "date", race->date);
    hm_json_put_text(o, "round", race->round);
    hm_json_put_text(o, "venue", race->venue);
    hm_json_put_text(o, "mode", data_mode_word[race->mode]);
    hm_json_put_number(o, "wind_mps", race->wind_mps);
    hm_json_put_bool(o, "wind_known", race->has_wind);
    hm_json_put_number(o, "altitude_m", race->altitude_m);
    hm_json_put_number(o, "temp_c", race->temp_c);
    if (race->record_s > 0)
        hm_json_put_number(o, "record_s", race->record_s);
    if (race->record_name && race->record_name[0])
        hm_json_put_text(o, "record_name", race->record_name);
    hm_json_put_integer(o, "seed", (int64_t)race->seed);
    hm_json_put_array(o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < race->n_lane; i++)
        put_lane(o, &race->lane[i]);
    hm_json_put_end(o);
    if (race->ruling)
        data_put_ruling(o, race->ruling);
    if (race->sources.n > 0)
        hm_json_put_notes(o, "sources", &race->sources);
    hm_json_put_notes(o, "notes", &race->notes);
    hm_json_put_end(o);
}

static hm_status put_race(hm_sink sink, const hm_race *race, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err);
    hm_race_put(&out, NULL, race);
    return hm_json_finish(&out);
}

hm_status hm_race_write(const char *path, const hm_race *race, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_race(hm_sink_file(&f), race, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_race_print(const hm_race *race, hm_arena *arena, char **text, size_t *n, hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_race(hm_sink_memory(&m), race, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}
