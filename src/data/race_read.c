#include "file_error_priv.h"
#include "race_words_priv.h"
#include "ruling_priv.h"

#include <math.h>
#include <string.h>

#include "data/race_file.h"
#include "io/json.h"

typedef struct reading {
    hm_arena *arena;
    const char *source;
    hm_err *err;
} reading;

static const double endless = 1e9; /* [1] bound of numbers that hm_race_check bounds better */

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

static hm_status number(const reading *r, const hm_json *v, const char *key, double *out)
{
    return hm_json_get_number(v, key, -endless, endless, out, r->err);
}

static hm_status read_start(const reading *r, const hm_json *lane, hm_start *s)
{
    const hm_json *v;
    int32_t foot;
    HM_TRY(hm_json_get_object(lane, "start", &v, r->err));
    HM_TRY(hm_json_get_bool(v, "standing", &s->standing, r->err));
    HM_TRY(hm_json_get_word(v, "front_foot", DATA_N_FOOT, data_foot_word, &foot, r->err));
    s->front_foot = (hm_foot)foot;
    HM_TRY(number(r, v, "front_x_m", &s->front_x_m));
    HM_TRY(number(r, v, "rear_x_m", &s->rear_x_m));
    HM_TRY(number(r, v, "rear_off_s", &s->rear_off_s));
    return number(r, v, "front_off_s", &s->front_off_s);
}

static hm_status read_splits(const reading *r, const hm_json *lane, hm_lane *l)
{
    const hm_json *v;
    HM_TRY(hm_json_get_array(lane, "splits", &v, r->err));
    l->n_split = v->n;
    l->split = HM_PUSH(r->arena, hm_split, v->n);
    if (!l->split)
        return no_memory(r);
    for (int32_t i = 0; i < v->n; i++) {
        HM_TRY(number(r, &v->as.item[i], "distance_m", &l->split[i].distance_m));
        HM_TRY(number(r, &v->as.item[i], "time_s", &l->split[i].time_s));
        HM_TRY(hm_json_get_bool(&v->as.item[i], "measured", &l->split[i].measured, r->err));
    }
    return HM_OK;
}

static hm_status read_step(const reading *r, const hm_json *v, int32_t i, hm_step *s)
{
    int64_t n;
    int32_t foot;
    HM_TRY(hm_json_get_integer(v, "n", i + 1, i + 1, &n, r->err));
    HM_TRY(hm_json_get_word(v, "foot", DATA_N_FOOT, data_foot_word, &foot, r->err));
    s->foot = (hm_foot)foot;
    HM_TRY(number(r, v, "on_s", &s->on_s));
    HM_TRY(number(r, v, "off_s", &s->off_s));
    HM_TRY(number(r, v, "x_m", &s->x_m));
    return number(r, v, "side_m", &s->side_m);
}

static hm_status read_steps(const reading *r, const hm_json *lane, hm_lane *l)
{
    const hm_json *v;
    HM_TRY(hm_json_get_array(lane, "steps", &v, r->err));
    l->n_step = v->n;
    l->step = HM_PUSH(r->arena, hm_step, v->n);
    if (!l->step)
        return no_memory(r);
    for (int32_t i = 0; i < v->n; i++)
        HM_TRY(read_step(r, &v->as.item[i], i, &l->step[i]));
    return HM_OK;
}

static hm_status read_curve(const reading *r, const hm_json *lane, hm_curve *c)
{
    const hm_json *v, *x, *speed;
    HM_TRY(hm_json_get_object(lane, "curve", &v, r->err));
    HM_TRY(number(r, v, "dt_s", &c->dt_s));
    HM_TRY(hm_json_get_array(v, "x_m", &x, r->err));
    HM_TRY(hm_json_get_array(v, "v_mps", &speed, r->err));
    if (x->n != speed->n)
        return hm_json_refuse(speed, r->err, "as many speeds as places, %d", x->n);
    c->n = x->n;
    c->x_m = HM_PUSH(r->arena, double, c->n);
    c->v_mps = HM_PUSH(r->arena, double, c->n);
    if (!c->x_m || !c->v_mps)
        return no_memory(r);
    for (int32_t i = 0; i < c->n; i++) {
        HM_TRY(hm_json_element(x, i, -endless, endless, &c->x_m[i], r->err));
        HM_TRY(hm_json_element(speed, i, -endless, endless, &c->v_mps[i], r->err));
    }
    return HM_OK;
}

static hm_status read_filled(const reading *r, const hm_json *lane, uint32_t *filled)
{
    const hm_json *v;
    HM_TRY(hm_json_get_array(lane, "filled", &v, r->err));
    for (int32_t i = 0; i < v->n; i++) {
        const hm_json *word = &v->as.item[i];
        uint32_t bit = 0;
        for (uint32_t k = 0; k < DATA_N_FILLED; k++)
            if (word->kind == HM_JSON_TEXT && strcmp(word->as.text, data_filled_word[k]) == 0)
                bit = UINT32_C(1) << k;
        if (!bit)
            return hm_json_refuse(word, r->err, "the name of a value");
        *filled |= bit;
    }
    return HM_OK;
}

/* Place and times, null = none. */
static hm_status read_result(const reading *r, const hm_json *v, hm_lane *l)
{
    int32_t status;
    int64_t place = 0;
    double time_s = 0;
    HM_TRY(hm_json_get_word(v, "status", DATA_N_STATUS, data_status_word, &status, r->err));
    l->status = (hm_run_status)status;
    if (hm_json_find(v, "place"))
        HM_TRY(hm_json_get_integer(v, "place", 1, HM_LANE_MAX, &place, r->err));
    l->place = (int32_t)place;
    HM_TRY(number(r, v, "reaction_s", &l->reaction_s));
    const hm_json *official = hm_json_find(v, "time_s");
    if (official)
        HM_TRY(hm_json_get_number(v, "time_s", 0.01, 3600, &time_s, r->err));
    l->official_cs = (int32_t)lround(100 * time_s);
    if (fabs(100 * time_s - l->official_cs) > 1e-6)
        return hm_json_refuse(official, r->err, "a time of two decimals");
    if (hm_json_find(v, "time_us"))
        HM_TRY(hm_json_get_integer(v, "time_us", 1, INT64_C(3600000000), &l->time_us, r->err));
    return HM_OK;
}

/* A time that may be missing: 0 then. */
static hm_status best(const reading *r, const hm_json *v, const char *key, double *out)
{
    *out = 0;
    return hm_json_find(v, key) ? hm_json_get_number(v, key, 5, 6000, out, r->err) : HM_OK;
}

static hm_status read_person(const reading *r, const hm_json *v, hm_lane *l)
{
    int64_t lane;
    int32_t sex;
    HM_TRY(hm_json_get_integer(v, "lane", 1, HM_LANE_MAX, &lane, r->err));
    l->lane = (int32_t)lane;
    HM_TRY(hm_json_get_text(v, "name", &l->name, r->err));
    HM_TRY(hm_json_get_text(v, "team", &l->team, r->err));
    HM_TRY(hm_json_get_text(v, "bib", &l->bib, r->err));
    HM_TRY(hm_json_get_text(v, "form", &l->form, r->err));
    HM_TRY(hm_json_get_word(v, "sex", DATA_N_SEX, data_sex_word, &sex, r->err));
    l->sex = (hm_sex)sex;
    HM_TRY(number(r, v, "age_yr", &l->age_yr));
    HM_TRY(number(r, v, "stature_m", &l->stature_m));
    HM_TRY(number(r, v, "mass_kg", &l->mass_kg));
    HM_TRY(best(r, v, "pb_s", &l->pb_s));
    return best(r, v, "sb_s", &l->sb_s);
}

static hm_status read_lane(const reading *r, const hm_json *v, hm_lane *l, hm_notes *notes)
{
    static const char *const known[] = {
        "lane",    "name",     "team",      "bib",    "form",  "sex",           "age_yr",
        "mass_kg", "filled",   "stature_m", "status", "place", "reaction_s",    "time_s",
        "time_us", "end_s",    "start",     "splits", "steps", "top_speed_mps", "top_speed_at_m",
        "curve",   "wind_mps", "pb_s",      "sb_s"};
    HM_TRY(read_person(r, v, l));
    HM_TRY(read_filled(r, v, &l->filled));
    HM_TRY(read_result(r, v, l));
    HM_TRY(number(r, v, "top_speed_mps", &l->top_speed_mps));
    HM_TRY(number(r, v, "top_speed_at_m", &l->top_speed_at_m));
    HM_TRY(number(r, v, "end_s", &l->end_s));
    l->has_wind = hm_json_find(v, "wind_mps") != NULL;
    if (l->has_wind)
        HM_TRY(hm_json_get_number(v, "wind_mps", -30, 30, &l->wind_mps, r->err));
    HM_TRY(read_start(r, v, &l->start));
    HM_TRY(read_splits(r, v, l));
    HM_TRY(read_steps(r, v, l));
    HM_TRY(read_curve(r, v, &l->curve));
    return hm_json_note_unknown(v, sizeof known / sizeof *known, known, r->arena, notes);
}

static hm_status read_conditions(const reading *r, const hm_json *v, hm_race *race)
{
    int32_t mode;
    int64_t seed;
    HM_TRY(hm_json_get_text(v, "meet", &race->meet, r->err));
    HM_TRY(hm_json_get_text(v, "event", &race->event, r->err));
    HM_TRY(hm_json_get_text(v, "date", &race->date, r->err));
    HM_TRY(hm_json_get_text(v, "round", &race->round, r->err));
    HM_TRY(hm_json_get_text(v, "venue", &race->venue, r->err));
    HM_TRY(hm_json_get_word(v, "mode", DATA_N_MODE, data_mode_word, &mode, r->err));
    race->mode = (hm_race_mode)mode;
    HM_TRY(number(r, v, "wind_mps", &race->wind_mps));
    HM_TRY(hm_json_get_bool(v, "wind_known", &race->has_wind, r->err));
    HM_TRY(number(r, v, "altitude_m", &race->altitude_m));
    HM_TRY(number(r, v, "temp_c", &race->temp_c));
    HM_TRY(hm_json_get_integer(v, "seed", 0, INT64_MAX, &seed, r->err));
    race->seed = (uint64_t)seed;
    HM_TRY(best(r, v, "record_s", &race->record_s));
    race->record_name = "";
    if (hm_json_find(v, "record_name"))
        HM_TRY(hm_json_get_text(v, "record_name", &race->record_name, r->err));
    return HM_OK;
}

static hm_status read_race(const reading *r, const hm_json *root, hm_race *race)
{
    static const char *const known[] = {
        "format",     "version", "meet",    "event",      "date",       "round", "venue",
        "mode",       "notes",   "lanes",   "wind_known", "wind_mps",   "seed",  "temp_c",
        "altitude_m", "referee", "sources", "record_s",   "record_name"};
    const hm_json *lanes;
    HM_TRY(hm_json_check_format(root, HM_RACE_FORMAT, HM_RACE_VERSION, r->err));
    HM_TRY(read_conditions(r, root, race));
    HM_TRY(hm_json_get_array(root, "lanes", &lanes, r->err));
    if (lanes->n < 1 || lanes->n > HM_LANE_MAX)
        return hm_json_refuse(lanes, r->err, "1 to %d lanes", HM_LANE_MAX);
    race->n_lane = lanes->n;
    race->lane = HM_PUSH(r->arena, hm_lane, lanes->n);
    if (!race->lane)
        return no_memory(r);
    const hm_json *referee = hm_json_find(root, "referee");
    if (referee)
        HM_TRY(data_read_ruling(referee, r->arena, &race->ruling, r->err));
    if (hm_json_find(root, "sources"))
        HM_TRY(hm_json_get_notes(root, "sources", r->arena, &race->sources, r->err));
    HM_TRY(hm_json_get_notes(root, "notes", r->arena, &race->notes, r->err));
    for (int32_t i = 0; i < lanes->n; i++)
        HM_TRY(read_lane(r, &lanes->as.item[i], &race->lane[i], &race->notes));
    HM_TRY(hm_json_note_unknown(root, sizeof known / sizeof *known, known, r->arena, &race->notes));
    hm_err found = {0};
    return hm_race_check(race, &found) == HM_OK ? HM_OK
                                                : data_refuse_file(r->source, &found, r->err);
}

hm_status hm_race_get(const hm_json *v, const char *source, hm_arena *arena, hm_race *race,
                      hm_err *err)
{
    hm_race out = {0};
    reading r = {arena, source, err};
    hm_status status = read_race(&r, v, &out);
    if (status == HM_ERR_SYSTEM)
        (void)no_memory(&r);
    if (status == HM_OK)
        *race = out;
    return status;
}

hm_status hm_race_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                        hm_race *race, hm_err *err)
{
    const hm_json *root;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    return hm_race_get(root, root->key, arena, race, err);
}

hm_status hm_race_read(const char *path, hm_arena *arena, hm_race *race, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_RACE_FILE_MAX, arena, &bytes, &n, err));
    return hm_race_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, race,
                         err);
}
