#include "sprinter_priv.h"

#include <math.h>
#include <string.h>

#include "io/csv.h"
#include "io/number.h"

/* One row in the making: as many cells as the fields ask for. */
enum { KEY_MAX = 48, CELL_MAX = 128 };

typedef struct row_out {
    int32_t n;
    const char *cell[CELL_MAX];
    char text[CELL_MAX][KEY_MAX];
} row_out;

static void put_text(row_out *r, const char *text)
{
    HM_ASSERT(r->n < CELL_MAX);
    r->cell[r->n++] = text;
}

static void put_number(row_out *r, double v)
{
    char *text = r->text[r->n];
    if (isfinite(v))
        hm_number_print(v, text);
    else
        text[0] = '\0';
    put_text(r, text);
}

static void put_key(row_out *r, const char *name, const char *end)
{
    char *text = r->text[r->n];
    snprintf(text, KEY_MAX, "%s%s", name, end);
    put_text(r, text);
}

static hm_status put_head(hm_sink sink, row_out *r, hm_err *err)
{
    static const char *const word[] = {"athlete", "run",      "date",      "model",   "correct",
                                       "observe", "interval", "converged", "n_points"};
    r->n = 0;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        put_text(r, word[i]);
    for (int32_t i = 0; i < data_run_fields.n; i++) {
        const record_row *f = &data_run_fields.row[i];
        put_key(r, f->name, "");
        if (f->kind == RECORD_ESTIMATE) {
            put_key(r, f->name, "_lo90");
            put_key(r, f->name, "_hi90");
        }
    }
    return hm_csv_put_row(sink, r->n, r->cell, err);
}

static hm_status put_run(hm_sink sink, row_out *r, const hm_sprinter_run *run, hm_err *err)
{
    const char *const word[] = {run->athlete,
                                run->run,
                                run->date,
                                hm_fit_model_word[run->model],
                                hm_fit_correct_word[run->correct],
                                data_observe_word[run->observe],
                                hm_interval_method_word[run->interval],
                                run->converged ? "true" : "false"};
    r->n = 0;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        put_text(r, word[i]);
    put_number(r, run->n_point);
    for (int32_t i = 0; i < data_run_fields.n; i++) {
        const record_row *f = &data_run_fields.row[i];
        put_number(r, record_number(run, f));
        if (f->kind == RECORD_ESTIMATE) {
            hm_estimate e = record_estimate(run, f);
            put_number(r, e.lo90);
            put_number(r, e.hi90);
        }
    }
    return hm_csv_put_row(sink, r->n, r->cell, err);
}

hm_status hm_sprinter_write_csv(const char *path, const hm_sprinter *s, hm_err *err)
{
    hm_file f;
    row_out r;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_head(hm_sink_file(&f), &r, err);
    for (int32_t i = 0; i < s->n_run && status == HM_OK; i++)
        status = put_run(hm_sink_file(&f), &r, &s->run[i], err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}
