#include "sprinter_priv.h"

#include "io/json.h"

static void put_points(hm_json_out *o, const hm_sprinter_run *run)
{
    if (!run->point)
        return;
    hm_json_put_array(o, "points", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_point; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        record_put(o, &data_point_fields[run->observe], &run->point[i]);
        hm_json_put_bool(o, "outlier", run->point[i].outlier);
        hm_json_put_bool(o, "used", run->point[i].used);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_lists(hm_json_out *o, const hm_sprinter_run *run)
{
    hm_json_put_array(o, "rows", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_row; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        record_put(o, &data_row_fields, &run->row[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "steps", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_step; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        record_put(o, &data_step_fields, &run->step[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "changes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < run->n_change; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", run->change[i].name);
        record_put(o, &data_change_fields, &run->change[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
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
    hm_json_put_text(o, "date", run->date);
    hm_json_put_text(o, "model", hm_fit_model_word[run->model]);
    hm_json_put_text(o, "correct", hm_fit_correct_word[run->correct]);
    hm_json_put_text(o, "observe", data_observe_word[run->observe]);
    hm_json_put_text(o, "residual_unit", data_residual_unit[run->observe]);
    hm_json_put_text(o, "interval", hm_interval_method_word[run->interval]);
    hm_json_put_text(o, "altitude_law", hm_altitude_law_word[run->altitude_law]);
    hm_json_put_bool(o, "converged", run->converged);
    hm_json_put_integer(o, "n_points", run->n_point);
    record_put(o, &data_run_fields, run);
    put_points(o, run);
    put_lists(o, run);
    put_covariance(o, run);
    hm_json_put_notes(o, "notes", &run->notes);
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
