#include "file_error_priv.h"
#include "sprinter_priv.h"

#include <math.h>
#include <string.h>

#include "io/json.h"

enum { NAME_MAX_N = 128 };

/* What a struct may hold in the file, made once for a file. */
typedef struct names {
    int32_t n;
    const char *name[NAME_MAX_N];
} names;

typedef struct reading {
    hm_arena *arena;
    hm_err *err;
    hm_notes *notes;
    names run, point[DATA_N_OBSERVE], row, step, change;
} reading;

static const double endless = 1e12; /* [1] interval ends and covariances may be wide */

static hm_status add_names(reading *r, names *to, const record_table *t)
{
    for (int i = 0; i < t->n; i++) {
        const char *name = t->row[i].name;
        HM_ASSERT(to->n + 3 <= NAME_MAX_N);
        to->name[to->n++] = name;
        if (t->row[i].kind != RECORD_ESTIMATE)
            continue;
        const char *lo = hm_arena_printf(r->arena, "%s_lo90", name);
        const char *hi = hm_arena_printf(r->arena, "%s_hi90", name);
        if (!lo || !hi)
            return HM_ERR_SYSTEM;
        to->name[to->n++] = lo;
        to->name[to->n++] = hi;
    }
    return HM_OK;
}

static hm_status make_names(reading *r)
{
    static const names run = {18,
                              {"athlete", "run", "date", "model", "correct", "observe", "interval",
                               "residual_unit", "altitude_law", "converged", "n_points", "points",
                               "rows", "steps", "changes", "parameters", "covariance", "notes"}};
    r->run = run;
    r->change = (names){1, {"name"}};
    HM_TRY(add_names(r, &r->run, &data_run_fields));
    for (int k = 0; k < DATA_N_OBSERVE; k++) {
        r->point[k] = (names){2, {"outlier", "used"}};
        HM_TRY(add_names(r, &r->point[k], &data_point_fields[k]));
    }
    HM_TRY(add_names(r, &r->row, &data_row_fields));
    HM_TRY(add_names(r, &r->step, &data_step_fields));
    return add_names(r, &r->change, &data_change_fields);
}

static hm_status note_unknown(const reading *r, const hm_json *v, const names *known)
{
    return hm_json_note_unknown(v, known->n, known->name, r->arena, r->notes);
}

/* A list that may be left out; its elements are objects. *n = 0 without. */
static hm_status find_list(const reading *r, const hm_json *v, const char *key,
                           const hm_json **list, int32_t *n)
{
    *list = NULL;
    *n = 0;
    if (!hm_json_find(v, key))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, key, list, r->err));
    for (int32_t i = 0; i < (*list)->n; i++)
        if ((*list)->as.item[i].kind != HM_JSON_OBJECT)
            return hm_json_refuse(&(*list)->as.item[i], r->err, "an object");
    *n = (*list)->n;
    return HM_OK;
}

static hm_status read_points(const reading *r, const hm_json *v, hm_sprinter_run *run)
{
    const hm_json *list;
    int32_t n;
    HM_TRY(find_list(r, v, "points", &list, &n));
    if (!list)
        return HM_OK;
    if (n != run->n_point)
        return hm_json_refuse(list, r->err, "n_points of them, %d", run->n_point);
    run->point = HM_PUSH(r->arena, hm_fit_point, n);
    if (!run->point)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < n; i++) {
        const hm_json *item = &list->as.item[i];
        HM_TRY(record_get(item, &data_point_fields[run->observe], &run->point[i], r->err));
        HM_TRY(hm_json_get_bool(item, "outlier", &run->point[i].outlier, r->err));
        HM_TRY(hm_json_get_bool(item, "used", &run->point[i].used, r->err));
        HM_TRY(note_unknown(r, item, &r->point[run->observe]));
    }
    return HM_OK;
}

/* A list of structs of one size, each its fields; *out = NULL without. */
static hm_status read_list(const reading *r, const hm_json *v, const char *key, size_t size,
                           const record_table *t, const names *known, int32_t *n, void **out)
{
    const hm_json *list;
    HM_TRY(find_list(r, v, key, &list, n));
    if (!*n)
        return HM_OK;
    unsigned char *at = hm_arena_push(r->arena, (size_t)*n, size);
    if (!at)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < *n; i++) {
        HM_TRY(record_get(&list->as.item[i], t, at + (size_t)i * size, r->err));
        HM_TRY(note_unknown(r, &list->as.item[i], known));
    }
    *out = at;
    return HM_OK;
}

static hm_status read_lists(const reading *r, const hm_json *v, hm_sprinter_run *run)
{
    void *row = NULL, *step = NULL, *change = NULL;
    HM_TRY(read_list(r, v, "rows", sizeof *run->row, &data_row_fields, &r->row, &run->n_row, &row));
    HM_TRY(read_list(r, v, "steps", sizeof *run->step, &data_step_fields, &r->step, &run->n_step,
                     &step));
    HM_TRY(read_list(r, v, "changes", sizeof *run->change, &data_change_fields, &r->change,
                     &run->n_change, &change));
    run->row = row;
    run->step = step;
    run->change = change;
    const hm_json *names_of = hm_json_find(v, "changes");
    for (int32_t i = 0; i < run->n_change; i++)
        HM_TRY(hm_json_get_text(&names_of->as.item[i], "name", &run->change[i].name, r->err));
    return HM_OK;
}

static hm_status read_covariance(const reading *r, const hm_json *v, hm_sprinter_run *run)
{
    const hm_json *param, *rows;
    HM_TRY(hm_json_get_array(v, "parameters", &param, r->err));
    HM_TRY(hm_json_get_array(v, "covariance", &rows, r->err));
    if (param->n > HM_SPRINTER_PARAM_MAX)
        return hm_json_refuse(param, r->err, "at most %d parameters", HM_SPRINTER_PARAM_MAX);
    if (rows->n != param->n)
        return hm_json_refuse(rows, r->err, "a row for each of the %d parameters", param->n);
    run->n_param = param->n;
    for (int32_t i = 0; i < param->n; i++) {
        const hm_json *row = &rows->as.item[i];
        HM_TRY(hm_json_get_text(&param->as.item[i], "name", &run->param_name[i], r->err));
        HM_TRY(hm_json_get_number(&param->as.item[i], "value", -endless, endless, &run->param[i],
                                  r->err));
        if (row->kind != HM_JSON_ARRAY || row->n != param->n)
            return hm_json_refuse(row, r->err, "an array of %d", param->n);
        for (int32_t k = 0; k < row->n; k++)
            HM_TRY(hm_json_element(row, k, -endless, endless, &run->covariance[i][k], r->err));
    }
    return HM_OK;
}

/* A word that may be left out: *which is then as it was. */
static hm_status optional_word(const reading *r, const hm_json *v, const char *key, int32_t n,
                               const char *const word[], int32_t *which)
{
    return hm_json_find(v, key) ? hm_json_get_word(v, key, n, word, which, r->err) : HM_OK;
}

static hm_status read_kind(const reading *r, const hm_json *v, hm_sprinter_run *run)
{
    int32_t model, correct, observe, interval = HM_INTERVAL_NONE, law = HM_ALTITUDE_OBSERVED;
    HM_TRY(hm_json_get_word(v, "model", DATA_N_MODEL, hm_fit_model_word, &model, r->err));
    HM_TRY(hm_json_get_word(v, "correct", DATA_N_CORRECT, hm_fit_correct_word, &correct, r->err));
    HM_TRY(hm_json_get_word(v, "observe", DATA_N_OBSERVE, data_observe_word, &observe, r->err));
    HM_TRY(optional_word(r, v, "interval", HM_INTERVAL_COUNT, hm_interval_method_word, &interval));
    HM_TRY(optional_word(r, v, "altitude_law", HM_ALTITUDE_COUNT, hm_altitude_law_word, &law));
    run->model = (hm_fit_model)model;
    run->correct = (hm_fit_correct)correct;
    run->observe = (hm_fit_observe)observe;
    run->interval = (hm_interval_method)interval;
    run->altitude_law = (hm_altitude_law)law;
    return HM_OK;
}

static hm_status read_run(const reading *r, const hm_json *v, hm_sprinter_run *run)
{
    int64_t n_point;
    *run = hm_sprinter_run_default();
    HM_TRY(hm_json_get_text(v, "athlete", &run->athlete, r->err));
    HM_TRY(hm_json_get_text(v, "run", &run->run, r->err));
    if (hm_json_find(v, "date"))
        HM_TRY(hm_json_get_text(v, "date", &run->date, r->err));
    HM_TRY(read_kind(r, v, run));
    HM_TRY(hm_json_get_bool(v, "converged", &run->converged, r->err));
    HM_TRY(hm_json_get_integer(v, "n_points", 1, HM_SPRINTER_POINT_MAX, &n_point, r->err));
    run->n_point = (int32_t)n_point;
    HM_TRY(record_get(v, &data_run_fields, run, r->err));
    HM_TRY(read_points(r, v, run));
    HM_TRY(read_lists(r, v, run));
    HM_TRY(read_covariance(r, v, run));
    if (hm_json_find(v, "notes"))
        HM_TRY(hm_json_get_notes(v, "notes", r->arena, &run->notes, r->err));
    return note_unknown(r, v, &r->run);
}

static hm_status read_sprinter(const hm_json *root, hm_arena *arena, hm_sprinter *s, hm_err *err)
{
    static const char *const known[] = {"format", "version", "runs", "notes"};
    const hm_json *list;
    HM_TRY(hm_json_check_format(root, HM_SPRINTER_FORMAT, HM_SPRINTER_VERSION, err));
    HM_TRY(hm_json_get_array(root, "runs", &list, err));
    if (list->n < 1 || list->n > HM_SPRINTER_RUN_MAX)
        return hm_json_refuse(list, err, "1 to %d runs", HM_SPRINTER_RUN_MAX);
    s->n_run = list->n;
    s->run = HM_PUSH(arena, hm_sprinter_run, list->n);
    reading *r = HM_PUSH(arena, reading, 1);
    if (!s->run || !r)
        return HM_ERR_SYSTEM;
    r->arena = arena;
    r->err = err;
    r->notes = &s->notes;
    HM_TRY(make_names(r));
    HM_TRY(hm_json_get_notes(root, "notes", arena, &s->notes, err));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_run(r, &list->as.item[i], &s->run[i]));
    HM_TRY(hm_json_note_unknown(root, sizeof known / sizeof *known, known, arena, &s->notes));
    hm_err found = {0};
    return hm_sprinter_check(s, &found) == HM_OK ? HM_OK : data_refuse_file(root->key, &found, err);
}

hm_status hm_sprinter_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                            hm_sprinter *s, hm_err *err)
{
    const hm_json *root;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    hm_sprinter out = {0};
    hm_status status = read_sprinter(root, arena, &out, err);
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(err, status, source, 0, 0, NULL, "no memory");
    if (status == HM_OK)
        *s = out;
    return status;
}

hm_status hm_sprinter_read(const char *path, hm_arena *arena, hm_sprinter *s, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_SPRINTER_FILE_MAX, arena, &bytes, &n, err));
    return hm_sprinter_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, s,
                             err);
}
