#include "data/sprinter.h"

#include "file_error_priv.h"

#include <math.h>
#include <string.h>

#include "io/json.h"

enum { N_MODEL = 3, N_CORRECT = 5, N_OBSERVE = 3, KEY_MAX = 48 };

const char *const hm_fit_model_word[] = {"mono", "decay", "drive", NULL};
const char *const hm_fit_correct_word[] = {"none", "tc", "fd", "dc", "tc+dc", NULL};
const char *const hm_altitude_law_word[] = {"observed", "density", "mureika", NULL};
const char *const hm_interval_method_word[] = {"none", "wald", "profile", "posterior", NULL};
static const char *const observe_word[N_OBSERVE] = {"time", "distance", "speed"};

/* The estimates, in the order of the file. */
typedef struct estimate_row {
    const char *name;
    size_t offset;
    double lo, hi; /* what is possible */
} estimate_row;

#define ROW(name, lo, hi)                                                                          \
    {                                                                                              \
#name, offsetof(hm_sprinter_run, name), lo, hi                                             \
    }
static const estimate_row estimate[] = {
    ROW(mss_mps, 0, 40),
    ROW(mac_mps2, 0, 100),
    ROW(tau_s, 0, 100),
    ROW(pmax_w_per_kg, 0, 500),
    ROW(correction_tc_s, -10, 10),
    ROW(correction_fd_m, -10, 10),
    ROW(correction_dc_m, -10, 10),
    ROW(top_speed_mps, 0, 40),
    ROW(top_speed_at_m, 0, 400),
    ROW(decay_mps2, -10, 10),
    ROW(predicted_100m_s, 0, 600),
    ROW(still_100m_s, 0, 600),
    ROW(f0_n_per_kg, 0, 100),
    ROW(v0_mps, 0, 60),
    ROW(slope_n_s_per_m_kg, -100, 1),
    ROW(fv_pmax_w_per_kg, 0, 500),
    ROW(rf_max_frac, 0, 1),
    ROW(drf_per_mps, -1, 1),
};
static const estimate_row plain[] = {
    ROW(mass_kg, 8, 220), ROW(stature_m, 0.7, 2.5), ROW(reaction_s, 0, 10), ROW(rse, 0, 1e6),
    ROW(rmse, 0, 1e6),    ROW(max_abs, 0, 1e6),     ROW(chi2, 0, 1e12),
};
#undef ROW

enum { N_ESTIMATE = sizeof estimate / sizeof *estimate, N_PLAIN = sizeof plain / sizeof *plain };

static const double endless = 1e12; /* [1] interval ends and covariances may be wide */

static hm_estimate estimate_of(const hm_sprinter_run *run, const estimate_row *row)
{
    hm_estimate e;
    memcpy(&e, (const unsigned char *)run + row->offset, sizeof e);
    return e;
}

static double number_of(const hm_sprinter_run *run, const estimate_row *row)
{
    double v;
    memcpy(&v, (const unsigned char *)run + row->offset, sizeof v);
    return v;
}

hm_sprinter_run hm_sprinter_run_default(void)
{
    hm_sprinter_run run = {.athlete = "", .run = "", .date = ""};
    const hm_estimate none = {NAN, NAN, NAN};
    const double unknown = NAN;
    for (int i = 0; i < N_ESTIMATE; i++)
        memcpy((unsigned char *)&run + estimate[i].offset, &none, sizeof none);
    for (int i = 0; i < N_PLAIN; i++)
        memcpy((unsigned char *)&run + plain[i].offset, &unknown, sizeof unknown);
    return run;
}

/* ---- check ---- */

static hm_status check_estimates(const hm_sprinter_run *run, const char *where, hm_err *err)
{
    for (int i = 0; i < N_ESTIMATE; i++) {
        hm_estimate e = estimate_of(run, &estimate[i]);
        if (!isnan(e.value) && !(e.value >= estimate[i].lo && e.value <= estimate[i].hi))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, estimate[i].name,
                              "expected %g to %g, found %g", estimate[i].lo, estimate[i].hi,
                              e.value);
        bool inside =
            !(e.lo90 > e.value) && !(e.hi90 < e.value) && !isinf(e.lo90) && !isinf(e.hi90);
        if (!inside || (isnan(e.value) && !(isnan(e.lo90) && isnan(e.hi90))))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, estimate[i].name,
                              "expected a value inside its interval, found %g in %g to %g", e.value,
                              e.lo90, e.hi90);
    }
    for (int i = 0; i < N_PLAIN; i++) {
        double v = number_of(run, &plain[i]);
        if (!isnan(v) && !(v >= plain[i].lo && v <= plain[i].hi))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, plain[i].name,
                              "expected %g to %g, found %g", plain[i].lo, plain[i].hi, v);
    }
    return HM_OK;
}

static hm_status check_covariance(const hm_sprinter_run *run, const char *where, hm_err *err)
{
    if (run->n_param < 0 || run->n_param > HM_SPRINTER_PARAM_MAX)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "parameters",
                          "expected 0 to %d, found %d", HM_SPRINTER_PARAM_MAX, run->n_param);
    for (int32_t i = 0; i < run->n_param; i++) {
        if (!run->param_name[i] || !run->param_name[i][0] || !isfinite(run->param[i]))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "parameters",
                              "expected a name and a number, parameter %d lacks one", i + 1);
        for (int32_t k = 0; k < run->n_param; k++) {
            double c = run->covariance[i][k];
            if (!isfinite(c) || c != run->covariance[k][i] || (i == k && c < 0))
                return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "covariance",
                                  "expected symmetric, no variance below 0, found %g at %d, %d", c,
                                  i + 1, k + 1);
        }
    }
    return HM_OK;
}

static hm_status check_run(const hm_sprinter_run *run, const char *where, hm_err *err)
{
    if (!run->athlete || !run->run)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "athlete", "expected texts, found none");
    if ((unsigned)run->model >= N_MODEL || (unsigned)run->correct >= N_CORRECT ||
        (unsigned)run->observe >= N_OBSERVE)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "model", "expected a known model");
    if (run->n_point < 1)
        return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "n_points",
                          "expected 1 or more, found %d", run->n_point);
    HM_TRY(check_estimates(run, where, err));
    return check_covariance(run, where, err);
}

hm_status hm_sprinter_check(const hm_sprinter *s, hm_err *err)
{
    if (s->n_run < 1 || s->n_run > HM_SPRINTER_RUN_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "sprinter", 0, 0, "runs", "expected 1 to %d, found %d",
                          HM_SPRINTER_RUN_MAX, s->n_run);
    for (int32_t i = 0; i < s->n_run; i++) {
        char where[32];
        snprintf(where, sizeof where, "run %d", i + 1);
        HM_TRY(check_run(&s->run[i], where, err));
    }
    return HM_OK;
}

/* ---- write ---- */

static void put_estimate(hm_json_out *o, const hm_sprinter_run *run, const estimate_row *row)
{
    hm_estimate e = estimate_of(run, row);
    char key[KEY_MAX];
    hm_json_put_optional(o, row->name, e.value);
    snprintf(key, sizeof key, "%s_lo90", row->name);
    hm_json_put_optional(o, key, e.lo90);
    snprintf(key, sizeof key, "%s_hi90", row->name);
    hm_json_put_optional(o, key, e.hi90);
}

static void put_covariance(hm_json_out *o, const hm_sprinter_run *run)
{
    hm_json_put_array(o, "parameters", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_param; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", run->param_name[i]);
        hm_json_put_number(o, "value", run->param[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "covariance", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_param; i++)
        hm_json_put_numbers(o, NULL, run->n_param, run->covariance[i]);
    hm_json_put_end(o);
}

static void put_run(hm_json_out *o, const hm_sprinter_run *run)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "athlete", run->athlete);
    hm_json_put_text(o, "run", run->run);
    hm_json_put_text(o, "model", hm_fit_model_word[run->model]);
    hm_json_put_text(o, "correct", hm_fit_correct_word[run->correct]);
    hm_json_put_text(o, "observe", observe_word[run->observe]);
    hm_json_put_bool(o, "converged", run->converged);
    hm_json_put_integer(o, "n_points", run->n_point);
    for (int i = 0; i < N_ESTIMATE; i++)
        put_estimate(o, run, &estimate[i]);
    for (int i = 0; i < N_PLAIN; i++)
        hm_json_put_optional(o, plain[i].name, number_of(run, &plain[i]));
    put_covariance(o, run);
    hm_json_put_end(o);
}

static hm_status put_sprinter(hm_sink sink, const hm_sprinter *s, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_SPRINTER_FORMAT);
    hm_json_put_integer(o, "version", HM_SPRINTER_VERSION);
    hm_json_put_array(o, "runs", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_run; i++)
        put_run(o, &s->run[i]);
    hm_json_put_end(o);
    hm_json_put_notes(o, "notes", &s->notes);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status hm_sprinter_write(const char *path, const hm_sprinter *s, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_sprinter(hm_sink_file(&f), s, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_sprinter_print(const hm_sprinter *s, hm_arena *arena, char **text, size_t *n,
                            hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_sprinter(hm_sink_memory(&m), s, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}

/* ---- read ---- */

static hm_status read_estimate(const hm_json *v, const estimate_row *row, hm_sprinter_run *run,
                               hm_err *err)
{
    hm_estimate e;
    char key[KEY_MAX];
    HM_TRY(hm_json_get_optional(v, row->name, row->lo, row->hi, &e.value, err));
    snprintf(key, sizeof key, "%s_lo90", row->name);
    HM_TRY(hm_json_get_optional(v, key, -endless, endless, &e.lo90, err));
    snprintf(key, sizeof key, "%s_hi90", row->name);
    HM_TRY(hm_json_get_optional(v, key, -endless, endless, &e.hi90, err));
    memcpy((unsigned char *)run + row->offset, &e, sizeof e);
    return HM_OK;
}

static hm_status read_covariance(const hm_json *v, hm_sprinter_run *run, hm_err *err)
{
    const hm_json *names, *rows;
    HM_TRY(hm_json_get_array(v, "parameters", &names, err));
    HM_TRY(hm_json_get_array(v, "covariance", &rows, err));
    if (names->n > HM_SPRINTER_PARAM_MAX)
        return hm_json_refuse(names, err, "at most %d parameters", HM_SPRINTER_PARAM_MAX);
    if (rows->n != names->n)
        return hm_json_refuse(rows, err, "a row for each of the %d parameters", names->n);
    run->n_param = names->n;
    for (int32_t i = 0; i < names->n; i++) {
        const hm_json *row = &rows->as.item[i];
        HM_TRY(hm_json_get_text(&names->as.item[i], "name", &run->param_name[i], err));
        HM_TRY(hm_json_get_number(&names->as.item[i], "value", -endless, endless, &run->param[i],
                                  err));
        if (row->kind != HM_JSON_ARRAY || row->n != names->n)
            return hm_json_refuse(row, err, "an array of %d", names->n);
        for (int32_t k = 0; k < row->n; k++)
            HM_TRY(hm_json_element(row, k, -endless, endless, &run->covariance[i][k], err));
    }
    return HM_OK;
}

static hm_status read_run(const hm_json *v, hm_sprinter_run *run, hm_err *err)
{
    int32_t model, correct, observe;
    int64_t n_point;
    *run = hm_sprinter_run_default();
    HM_TRY(hm_json_get_text(v, "athlete", &run->athlete, err));
    HM_TRY(hm_json_get_text(v, "run", &run->run, err));
    HM_TRY(hm_json_get_word(v, "model", N_MODEL, hm_fit_model_word, &model, err));
    HM_TRY(hm_json_get_word(v, "correct", N_CORRECT, hm_fit_correct_word, &correct, err));
    HM_TRY(hm_json_get_word(v, "observe", N_OBSERVE, observe_word, &observe, err));
    run->model = (hm_fit_model)model;
    run->correct = (hm_fit_correct)correct;
    run->observe = (hm_fit_observe)observe;
    HM_TRY(hm_json_get_bool(v, "converged", &run->converged, err));
    HM_TRY(hm_json_get_integer(v, "n_points", 1, INT32_MAX, &n_point, err));
    run->n_point = (int32_t)n_point;
    for (int i = 0; i < N_ESTIMATE; i++)
        HM_TRY(read_estimate(v, &estimate[i], run, err));
    for (int i = 0; i < N_PLAIN; i++) {
        double number;
        HM_TRY(hm_json_get_optional(v, plain[i].name, plain[i].lo, plain[i].hi, &number, err));
        memcpy((unsigned char *)run + plain[i].offset, &number, sizeof number);
    }
    return read_covariance(v, run, err);
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
    if (!s->run)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_run(&list->as.item[i], &s->run[i], err));
    HM_TRY(hm_json_get_notes(root, "notes", arena, &s->notes, err));
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
