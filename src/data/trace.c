#include "data/trace.h"

#include "file_error_priv.h"

#include <math.h>
#include <string.h>

#include "io/json.h"

static const char *const kind_word[HM_OBS_KIND_COUNT] = {"gate",    "finish",   "position", "speed",
                                                         "step_on", "step_off", "gun"};
static const char *const zero_word[HM_ZERO_COUNT] = {"gun", "first_movement", "first_gate",
                                                     "unknown"};

/* The optional numbers of a trace and of an observation, with what is possible. */
typedef struct number_row {
    const char *name;
    size_t offset;
    double lo, hi;
} number_row;

static const number_row trace_row[] = {
    {"gate0_m", offsetof(hm_trace, gate0_m), -10, 200},
    {"reaction_s", offsetof(hm_trace, reaction_s), 0, 10},
    {"rounded_up_s", offsetof(hm_trace, rounded_up_s), 1e-6, 1},
    {"mass_kg", offsetof(hm_trace, mass_kg), 8, 220},
    {"stature_m", offsetof(hm_trace, stature_m), 0.7, 2.5},
    {"age_yr", offsetof(hm_trace, age_yr), 3, 110},
    {"wind_mps", offsetof(hm_trace, wind_mps), -20, 20},
    {"altitude_m", offsetof(hm_trace, altitude_m), -430, 5500},
    {"temp_c", offsetof(hm_trace, temp_c), -40, 55},
    {"pressure_pa", offsetof(hm_trace, pressure_pa), 40000, 110000},
};

static const number_row obs_row[] = {
    {"distance_m", offsetof(hm_obs, distance_m), -10, 500},
    {"time_s", offsetof(hm_obs, time_s), -3600, 36000},
    {"speed_mps", offsetof(hm_obs, speed_mps), -5, 20},
    {"sigma_m", offsetof(hm_obs, sigma_m), 1e-9, 100},
    {"sigma_s", offsetof(hm_obs, sigma_s), 1e-9, 100},
    {"sigma_mps", offsetof(hm_obs, sigma_mps), 1e-9, 100},
};

enum {
    N_TRACE_ROW = sizeof trace_row / sizeof *trace_row,
    N_OBS_ROW = sizeof obs_row / sizeof *obs_row
};

static double number_of(const void *at, const number_row *row)
{
    double v;
    memcpy(&v, (const unsigned char *)at + row->offset, sizeof v);
    return v;
}

hm_trace hm_trace_default(void)
{
    return (hm_trace){.athlete = "",
                      .run = "",
                      .date = "",
                      .device = "",
                      .time_zero = HM_ZERO_UNKNOWN,
                      .gate0_m = NAN,
                      .reaction_s = NAN,
                      .rounded_up_s = NAN,
                      .mass_kg = NAN,
                      .stature_m = NAN,
                      .age_yr = NAN,
                      .wind_mps = NAN,
                      .altitude_m = NAN,
                      .temp_c = NAN,
                      .pressure_pa = NAN};
}

/* ---- check ---- */

static hm_status check_numbers(const void *at, const number_row *row, int n, const char *where,
                               hm_err *err)
{
    for (int i = 0; i < n; i++) {
        double v = number_of(at, &row[i]);
        if (!isnan(v) && !(v >= row[i].lo && v <= row[i].hi))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, row[i].name,
                              "expected a number from %g to %g, found %g", row[i].lo, row[i].hi, v);
    }
    return HM_OK;
}

static hm_status check_obs(const hm_obs *o, const char *where, hm_err *err)
{
    bool has_distance = !isnan(o->distance_m), has_speed = !isnan(o->speed_mps);
    bool needs_distance = o->kind <= HM_OBS_POSITION, needs_speed = o->kind == HM_OBS_SPEED;
    if ((int)o->kind < 0 || o->kind >= HM_OBS_KIND_COUNT)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "kind", "expected a known kind");
    if (o->lane < 0 || o->lane > 10)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "lane", "expected 0 to 10, found %d",
                          o->lane);
    if (isnan(o->time_s))
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "time_s", "expected a time, found none");
    if (needs_distance && !has_distance)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "distance_m",
                          "expected a distance with the kind %s, found none", kind_word[o->kind]);
    if (needs_speed && !has_speed)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "speed_mps",
                          "expected a speed with the kind speed, found none");
    return check_numbers(o, obs_row, N_OBS_ROW, where, err);
}

hm_status hm_trace_check(const hm_trace *t, hm_err *err)
{
    if (!t->athlete || !t->run || !t->date || !t->device)
        return hm_err_set(err, HM_ERR_INPUT, "trace", 0, 0, "athlete",
                          "expected texts, found none");
    if ((int)t->time_zero < 0 || t->time_zero >= HM_ZERO_COUNT)
        return hm_err_set(err, HM_ERR_INPUT, "trace", 0, 0, "time_zero", "expected a known zero");
    if (t->n_obs < 1 || t->n_obs > HM_TRACE_OBS_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "trace", 0, 0, "observations",
                          "expected 1 to %d, found %d", HM_TRACE_OBS_MAX, t->n_obs);
    HM_TRY(check_numbers(t, trace_row, N_TRACE_ROW, "trace", err));
    for (int32_t i = 0; i < t->n_obs; i++) {
        if (check_obs(&t->obs[i], "", NULL) == HM_OK)
            continue;
        char where[32];
        snprintf(where, sizeof where, "observation %d", i + 1);
        return check_obs(&t->obs[i], where, err);
    }
    return HM_OK;
}

/* ---- write ---- */

static void put_numbers(hm_json_out *o, const void *at, const number_row *row, int n)
{
    for (int i = 0; i < n; i++)
        hm_json_put_optional(o, row[i].name, number_of(at, &row[i]));
}

static hm_status put_trace(hm_sink sink, const hm_trace *t, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_TRACE_FORMAT);
    hm_json_put_integer(o, "version", HM_TRACE_VERSION);
    hm_json_put_text(o, "athlete", t->athlete);
    hm_json_put_text(o, "run", t->run);
    hm_json_put_text(o, "date", t->date);
    hm_json_put_text(o, "device", t->device);
    hm_json_put_text(o, "time_zero", zero_word[t->time_zero]);
    put_numbers(o, t, trace_row, N_TRACE_ROW);
    hm_json_put_array(o, "observations", HM_JSON_BLOCK);
    for (int32_t i = 0; i < t->n_obs; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "kind", kind_word[t->obs[i].kind]);
        if (t->obs[i].lane)
            hm_json_put_integer(o, "lane", t->obs[i].lane);
        put_numbers(o, &t->obs[i], obs_row, N_OBS_ROW);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_notes(o, "notes", &t->notes);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status hm_trace_write(const char *path, const hm_trace *trace, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_trace(hm_sink_file(&f), trace, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_trace_print(const hm_trace *trace, hm_arena *arena, char **text, size_t *n,
                         hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_trace(hm_sink_memory(&m), trace, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}

/* ---- read ---- */

static hm_status get_numbers(const hm_json *v, void *at, const number_row *row, int n, hm_err *err)
{
    for (int i = 0; i < n; i++) {
        double number;
        HM_TRY(hm_json_get_optional(v, row[i].name, row[i].lo, row[i].hi, &number, err));
        memcpy((unsigned char *)at + row[i].offset, &number, sizeof number);
    }
    return HM_OK;
}

static hm_status read_obs(const hm_json *v, hm_obs *o, hm_err *err)
{
    int32_t kind;
    int64_t lane = 0;
    HM_TRY(hm_json_get_word(v, "kind", HM_OBS_KIND_COUNT, kind_word, &kind, err));
    o->kind = (hm_obs_kind)kind;
    if (hm_json_find(v, "lane"))
        HM_TRY(hm_json_get_integer(v, "lane", 1, 10, &lane, err));
    o->lane = (int32_t)lane;
    return get_numbers(v, o, obs_row, N_OBS_ROW, err);
}

static hm_status read_head(const hm_json *root, hm_trace *t, hm_err *err)
{
    int32_t zero;
    HM_TRY(hm_json_check_format(root, HM_TRACE_FORMAT, HM_TRACE_VERSION, err));
    HM_TRY(hm_json_get_text(root, "athlete", &t->athlete, err));
    HM_TRY(hm_json_get_text(root, "run", &t->run, err));
    HM_TRY(hm_json_get_text(root, "date", &t->date, err));
    HM_TRY(hm_json_get_text(root, "device", &t->device, err));
    HM_TRY(hm_json_get_word(root, "time_zero", HM_ZERO_COUNT, zero_word, &zero, err));
    t->time_zero = (hm_time_zero)zero;
    return get_numbers(root, t, trace_row, N_TRACE_ROW, err);
}

static hm_status read_trace(const hm_json *root, hm_arena *arena, hm_trace *t, hm_err *err)
{
    static const char *const known[] = {"format",      "version",      "athlete",     "run",
                                        "date",        "device",       "gate0_m",     "time_zero",
                                        "reaction_s",  "mass_kg",      "age_yr",      "stature_m",
                                        "notes",       "wind_mps",     "altitude_m",  "temp_c",
                                        "pressure_pa", "observations", "rounded_up_s"};
    const hm_json *list;
    HM_TRY(read_head(root, t, err));
    HM_TRY(hm_json_get_array(root, "observations", &list, err));
    t->n_obs = list->n;
    t->obs = HM_PUSH(arena, hm_obs, list->n);
    if (!t->obs)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_obs(&list->as.item[i], &t->obs[i], err));
    HM_TRY(hm_json_get_notes(root, "notes", arena, &t->notes, err));
    HM_TRY(hm_json_note_unknown(root, sizeof known / sizeof *known, known, arena, &t->notes));
    hm_err found = {0};
    return hm_trace_check(t, &found) == HM_OK ? HM_OK : data_refuse_file(root->key, &found, err);
}

hm_status hm_trace_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         hm_trace *trace, hm_err *err)
{
    const hm_json *root;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    hm_trace out = hm_trace_default();
    hm_status status = read_trace(root, arena, &out, err);
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(err, status, source, 0, 0, NULL, "no memory");
    if (status == HM_OK)
        *trace = out;
    return status;
}

hm_status hm_trace_read(const char *path, hm_arena *arena, hm_trace *trace, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_TRACE_FILE_MAX, arena, &bytes, &n, err));
    return hm_trace_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, trace,
                          err);
}
