/* Meets as JSON. */
#include "meet_priv.h"

#include <math.h>

#include "data/meet_file.h"
#include "io/json.h"

const char *const data_mark_status_word[DATA_N_MARK_STATUS] = {
    [HM_MARK_ENTERED] = "entered", [HM_MARK_FINISHED] = "ok", [HM_MARK_DNS] = "dns",
    [HM_MARK_DNF] = "dnf",         [HM_MARK_DQ] = "dq",       [HM_MARK_UNKNOWN] = "unknown"};
const char *const data_timing_word[DATA_N_TIMING] = {
    [HM_TIMING_UNKNOWN] = "", [HM_TIMING_FAT] = "fat", [HM_TIMING_HAND] = "hand"};
const char *const data_class_word[2] = {[HM_SEX_MEN] = "men", [HM_SEX_WOMEN] = "women"};

/* ---- a limit ---- */

static hm_status put_limited(void *ctx, const void *bytes, size_t n, hm_err *err)
{
    data_limit *l = ctx;
    l->n += n;
    if (l->n > l->max)
        return hm_err_set(err, HM_ERR_INPUT, l->what, 0, 0, NULL,
                          "expected at most %zu bytes in a file: write fewer meets into one",
                          l->max);
    return l->sink.put(l->sink.ctx, bytes, n, err);
}

hm_sink data_limited(data_limit *limit)
{
    return (hm_sink){put_limited, limit};
}

int64_t data_us(double time_s)
{
    return llround(time_s * 1e6);
}

hm_status data_check_meets(int32_t n, const hm_meet meet[], hm_err *err)
{
    if (n > HM_MEETS_MAX)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "meets",
                          "expected at most %d in a file, found %d", HM_MEETS_MAX, n);
    for (int32_t i = 0; i < n; i++)
        HM_TRY(hm_meet_check(&meet[i], err));
    return HM_OK;
}

/* ---- values ---- */

/* Of a mark or a person what is not told stays out: most of a big file would say nothing. */
static void put_told(hm_json_out *o, const char *key, const char *text)
{
    if (*text)
        hm_json_put_text(o, key, text);
}

static void put_count(hm_json_out *o, const char *key, int64_t v)
{
    if (v)
        hm_json_put_integer(o, key, v);
}

static void put_seconds(hm_json_out *o, const char *key, bool has, int64_t time_us)
{
    if (has)
        hm_json_put_number(o, key, (double)time_us / 1e6);
}

static void put_person(hm_json_out *o, const hm_person *p)
{
    put_told(o, "id", p->id);
    hm_json_put_text(o, "last_name", p->last_name);
    hm_json_put_text(o, "first_name", p->first_name);
    hm_json_put_text(o, "team", p->team);
    put_told(o, "license", p->license);
    put_told(o, "born", p->born);
    if (p->has_sex)
        hm_json_put_text(o, "sex", data_class_word[p->sex]);
    put_count(o, "person_line", p->line);
}

static void put_splits(hm_json_out *o, const hm_mark *m)
{
    if (!m->n_split)
        return;
    hm_json_put_array(o, "splits", HM_JSON_LINE);
    for (int32_t i = 0; i < m->n_split; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_optional(o, "distance_m", m->split[i].distance_m);
        put_seconds(o, "time_s", true, m->split[i].time_us);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_mark(hm_json_out *o, const hm_mark *m)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    put_count(o, "place", m->place);
    put_count(o, "lane", m->lane);
    put_person(o, &m->who);
    hm_json_put_text(o, "status", data_mark_status_word[m->status]);
    put_told(o, "rule", m->rule);
    put_seconds(o, "time_s", m->time_us > 0, m->time_us);
    put_count(o, "time_digits", m->time_digits);
    if (m->official_cs > 0)
        hm_json_put_number(o, "official_s", m->official_cs / 100.0);
    put_seconds(o, "reaction_s", m->reaction_us >= 0, m->reaction_us);
    put_seconds(o, "delta_s", m->delta_us != -1, m->delta_us);
    put_told(o, "qualified", m->qualified);
    put_told(o, "note", m->note);
    put_splits(o, m);
    put_count(o, "line", m->line);
    hm_json_put_end(o);
}

static void put_heat_key(hm_json_out *o, const hm_heat *h)
{
    hm_json_put_text(o, "event", h->event);
    hm_json_put_integer(o, "round", h->round);
    hm_json_put_integer(o, "heat", h->heat);
    hm_json_put_integer(o, "line", h->line);
}

static void put_heat(hm_json_out *o, const hm_heat *h)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    put_heat_key(o, h);
    hm_json_put_text(o, "name", h->name);
    hm_json_put_text(o, "code", h->code);
    hm_json_put_text(o, "round_name", h->round_name);
    hm_json_put_number(o, "distance_m", h->distance_m);
    if (h->has_sex)
        hm_json_put_text(o, "sex", data_class_word[h->sex]);
    else
        hm_json_put_null(o, "sex");
    hm_json_put_number(o, "wind_mps", h->has_wind ? h->wind_cmps / 100.0 : (double)NAN);
    hm_json_put_text(o, "start_clock", h->start_clock);
    hm_json_put_text(o, "timing", data_timing_word[h->timing]);
    hm_json_put_array(o, "marks", HM_JSON_BLOCK);
    for (int32_t i = 0; i < h->n_mark; i++)
        put_mark(o, &h->mark[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_meet(hm_json_out *o, const hm_meet *meet)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "name", meet->name);
    hm_json_put_text(o, "date", meet->date);
    hm_json_put_text(o, "venue", meet->venue);
    hm_json_put_number(o, "altitude_m", meet->altitude_m);
    hm_json_put_text(o, "category", meet->category);
    hm_json_put_text(o, "source", meet->source);
    hm_json_put_array(o, "heats", HM_JSON_BLOCK);
    for (int32_t i = 0; i < meet->n_heat; i++)
        put_heat(o, &meet->heat[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "people", HM_JSON_BLOCK);
    for (int32_t i = 0; i < meet->n_person; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        put_person(o, &meet->person[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "order", HM_JSON_BLOCK);
    for (int32_t i = 0; i < meet->n_order; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        put_heat_key(o, &meet->order[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_notes(o, "notes", &meet->notes);
    hm_json_put_end(o);
}

hm_status hm_meets_write_json(hm_sink sink, int32_t n, const hm_meet meet[], hm_err *err)
{
    HM_TRY(data_check_meets(n, meet, err));
    data_limit limit = {.sink = sink, .max = HM_MEET_FILE_MAX, .what = "JSON of meets"};
    hm_json_out out = hm_json_out_make(data_limited(&limit), err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_MEET_FORMAT);
    hm_json_put_integer(o, "version", HM_MEET_VERSION);
    hm_json_put_array(o, "meets", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_meet(o, &meet[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
    return hm_json_finish(o);
}
