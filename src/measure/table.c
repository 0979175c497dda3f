#include "table_priv.h"

#include <math.h>
#include <string.h>

#include "io/column.h"
#include "io/number.h"
#include "io/utf8.h"

/* ---- first pass: rows to runs ---- */

static hm_status check_width(const table *t, const measure_row *row)
{
    for (int32_t i = t->n_col; i < row->n_cell; i++)
        if (row->cell[i].n)
            return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, row->line,
                              measure_cell_col(row, &row->cell[i]), NULL,
                              "expected %d cells as in the header, found %d%s", t->n_col,
                              row->n_cell,
                              t->rows->sep == ',' ? " (with decimal commas, separate by ;)" : "");
    return HM_OK;
}

/* What was done with rows that are not simply rows. */
static hm_status note_rows(const table *t)
{
    hm_notes *notes = &t->job->out->notes;
    if (t->n_above)
        HM_TRY(hm_notes_add(notes, t->job->arena,
                            "the header is line %lld: of the %d lines above only what names an "
                            "athlete, a mass and the like is read",
                            (long long)t->head_line, t->n_above));
    if (t->n_again)
        HM_TRY(
            hm_notes_add(notes, t->job->arena, "%d rows repeat the header: left out", t->n_again));
    if (t->n_blank_key)
        HM_TRY(hm_notes_add(notes, t->job->arena,
                            "%d rows name no run: counted to the run of the row above",
                            t->n_blank_key));
    return HM_OK;
}

static hm_status first_pass(table *t)
{
    measure_row row;
    for (bool more;;) {
        HM_TRY(measure_rows_next(t->rows, &row, &more, t->job->err));
        if (!more)
            break;
        if (row.text[0] == '#') {
            HM_TRY(measure_head_line(t->job, &row, &t->common));
        } else if (row.line < t->rows->head_line) {
            HM_TRY(table_read_above(t, &row));
        } else if (!t->head_line) {
            HM_TRY(table_read_header(t, &row));
        } else if (row.n == t->head_n && memcmp(row.text, t->head_text, row.n) == 0) {
            t->n_again++; /* files put together */
        } else {
            HM_TRY(check_width(t, &row));
            HM_TRY(table_assign(t, &row));
        }
    }
    if (t->n_row == 0)
        return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, t->head_line + 1, 1, NULL,
                          "expected rows below the header, found none");
    return note_rows(t);
}

/* Each run begins as the head lines say, with room for its rows. */
static hm_status make_room(table *t)
{
    for (int32_t r = 0; r < t->n_run; r++) {
        measure_run *run = &table_run_at(t, r)->run;
        int32_t n = table_run_at(t, r)->n_obs;
        run->trace = t->common;
        run->trace.obs = HM_PUSH(t->job->arena, hm_obs, n);
        run->line = HM_PUSH(t->job->scratch, uint32_t, n);
        if (t->at[COL_SIGMA] >= 0)
            run->sigma = HM_PUSH(t->job->scratch, double, n);
        if (t->n_piece_row)
            run->from_m = HM_PUSH(t->job->scratch, double, n);
        if (!run->trace.obs || !run->line || (t->at[COL_SIGMA] >= 0 && !run->sigma) ||
            (t->n_piece_row && !run->from_m))
            return HM_ERR_SYSTEM;
        run->has_speed = t->at[COL_SPEED] >= 0;
        run->has_distance = t->n_split || t->at[COL_DISTANCE] >= 0;
    }
    return HM_OK;
}

/* ---- second pass: numbers ---- */

static hm_status number_at(const table *t, const measure_row *row, measure_column c, double *out)
{
    int32_t at = t->at[c];
    *out = NAN;
    if (at < 0 || at >= row->n_cell || row->cell[at].n == 0)
        return HM_OK;
    const measure_cell *cell = &row->cell[at];
    /* the place costs more than the number: it is made for errors alone */
    measure_place p = {t->job->source, row->line, 0, measure_column_name(c)};
    hm_status status = measure_number(t->job, p, c, t->meaning[at].scale, t->rows->decimal,
                                      cell->text, cell->n, out);
    if (status == HM_ERR_INPUT && t->job->err)
        t->job->err->col = measure_cell_col(row, cell);
    return status;
}

/* The first cell that tells something of a run counts; a later one may only agree. */
static hm_status run_values(const table *t, const measure_row *row, table_run *run)
{
    for (int32_t i = 0; i < t->n_run_col; i++) {
        measure_column c = t->run_col[i];
        measure_cell *first = &run->first[i], cell = table_cell(row, t->at[c]);
        if (cell.n == first->n && (cell.n == 0 || memcmp(cell.text, first->text, cell.n) == 0))
            continue;
        if (measure_is_missing(cell.text, cell.n))
            continue;
        if (first->n) {
            run->differs |= 1u << i;
            continue;
        }
        HM_TRY(measure_set_run(t->job, table_place(t, row, cell, measure_column_name(c)), c,
                               t->meaning[t->at[c]].scale, t->rows->decimal, cell.text, cell.n,
                               &run->run.trace));
        *first = cell;
        HM_TRY(table_keep(t, first));
    }
    return HM_OK;
}

static hm_status lane_and_kind(const table *t, const measure_row *row, hm_obs *o)
{
    measure_cell kind = table_cell(row, t->at[COL_KIND]), lane = table_cell(row, t->at[COL_LANE]);
    o->kind = HM_OBS_KIND_COUNT;
    if (kind.n && !measure_kind_of(kind.text, kind.n, &o->kind))
        return measure_expected(t->job->err, table_place(t, row, kind, "kind"), kind.text, kind.n,
                                "gate, finish, position, speed, step_on, step_off or gun");
    if (measure_is_missing(lane.text, lane.n))
        return HM_OK;
    double v = 0;
    bool whole = hm_number_parse_n(lane.text, lane.n, '.', &v) == HM_NUMBER_OK && v == floor(v);
    if (!whole || v < 1 || v > 10)
        return measure_expected(t->job->err, table_place(t, row, lane, "lane"), lane.text, lane.n,
                                "a lane from 1 to 10");
    o->lane = (int32_t)v;
    return HM_OK;
}

/* Does a row hold what its kind, or the kind of the file, needs? */
static bool is_complete(const table *t, const hm_obs *o)
{
    if (isnan(o->time_s))
        return false;
    if (o->kind != HM_OBS_KIND_COUNT)
        return o->kind > HM_OBS_SPEED ||
               !isnan(o->kind == HM_OBS_SPEED ? o->speed_mps : o->distance_m);
    int32_t kind = t->job->opts->kind;
    bool speed = kind == HM_MEASURE_SPEED || (kind == HM_MEASURE_AUTO && t->at[COL_SPEED] >= 0);
    return !isnan(speed ? o->speed_mps : o->distance_m);
}

static void count_missing(measure_run *run, int64_t line)
{
    if (run->n_missing++ == 0)
        run->missing_line = line;
}

/* A distance, or a piece of the way and where it begins. */
static hm_status distance_at(const table *t, const measure_row *row, double *from_m, double *to_m)
{
    measure_cell cell = table_cell(row, t->at[COL_DISTANCE]);
    size_t dash;
    *from_m = NAN;
    if (t->n_piece_row && table_is_piece(&cell, &dash))
        return table_piece_at(t, row, dash, from_m, to_m);
    return number_at(t, row, COL_DISTANCE, to_m);
}

static hm_status long_row(const table *t, const measure_row *row, measure_run *run)
{
    hm_obs o = {.kind = HM_OBS_KIND_COUNT};
    double sigma, from_m;
    HM_TRY(number_at(t, row, COL_TIME, &o.time_s));
    HM_TRY(distance_at(t, row, &from_m, &o.distance_m));
    HM_TRY(number_at(t, row, COL_SPEED, &o.speed_mps));
    HM_TRY(number_at(t, row, COL_SIGMA_S, &o.sigma_s));
    HM_TRY(number_at(t, row, COL_SIGMA_M, &o.sigma_m));
    HM_TRY(number_at(t, row, COL_SIGMA_MPS, &o.sigma_mps));
    HM_TRY(number_at(t, row, COL_SIGMA, &sigma));
    if (t->at[COL_LANE] >= 0 || t->at[COL_KIND] >= 0)
        HM_TRY(lane_and_kind(t, row, &o));
    if (!is_complete(t, &o)) {
        count_missing(run, row->line);
        return HM_OK;
    }
    int32_t k = run->trace.n_obs++;
    run->trace.obs[k] = o;
    run->line[k] = (uint32_t)row->line;
    if (run->sigma)
        run->sigma[k] = sigma;
    if (run->from_m)
        run->from_m[k] = from_m;
    return HM_OK;
}

static hm_status split_at(const table *t, const measure_row *row, int32_t i, measure_cell cell,
                          double *time_s)
{
    measure_place p = {t->job->source, row->line, 0, "split"};
    hm_status status =
        measure_number(t->job, p, COL_TIME, 1, t->rows->decimal, cell.text, cell.n, time_s);
    if (status == HM_ERR_INPUT && t->job->err) {
        t->job->err->col = measure_cell_col(row, &cell);
        snprintf(t->job->err->field, sizeof t->job->err->field, "t_%gm_s", t->split_m[i]);
    }
    return status;
}

static hm_status wide_row(const table *t, const measure_row *row, measure_run *run)
{
    hm_obs o = {.kind = HM_OBS_KIND_COUNT, .speed_mps = NAN, .sigma_m = NAN, .sigma_mps = NAN};
    double sigma, sum_s = 0;
    if (t->at[COL_LANE] >= 0)
        HM_TRY(lane_and_kind(t, row, &o));
    o.kind = HM_OBS_GATE;
    HM_TRY(number_at(t, row, COL_SIGMA_S, &o.sigma_s));
    HM_TRY(number_at(t, row, COL_SIGMA, &sigma));
    for (int32_t i = 0; i < t->n_split; i++) {
        measure_cell cell = table_cell(row, t->split_at[i]);
        HM_TRY(split_at(t, row, i, cell, &o.time_s));
        if (t->n_piece) /* one that is missing leaves those behind it without a start */
            o.time_s = sum_s += o.time_s;
        if (isnan(o.time_s)) {
            count_missing(run, row->line);
            continue;
        }
        int32_t k = run->trace.n_obs++;
        o.distance_m = t->split_m[i];
        run->line[k] = (uint32_t)row->line;
        run->trace.obs[k] = o;
        if (run->sigma)
            run->sigma[k] = sigma;
    }
    return HM_OK;
}

static hm_status second_pass(table *t)
{
    measure_row row;
    int32_t i = 0;
    for (bool more;;) {
        HM_TRY(measure_rows_next(t->rows, &row, &more, t->job->err));
        if (!more)
            return HM_OK;
        bool again = row.n == t->head_n && memcmp(row.text, t->head_text, row.n) == 0;
        if (row.text[0] == '#' || row.line < t->head_line || again)
            continue;
        table_run *run = table_run_at(t, table_run_of_row(t, i++));
        HM_TRY(run_values(t, &row, run));
        HM_TRY(t->n_split ? wide_row(t, &row, &run->run) : long_row(t, &row, &run->run));
    }
}

/* ---- runs to traces ---- */

static hm_status note_differences(const table *t, table_run *run)
{
    for (int32_t i = 0; run->differs && i < t->n_run_col; i++)
        if (run->differs & 1u << i)
            HM_TRY(hm_notes_add(&run->run.trace.notes, t->job->arena,
                                "%s: the rows of the run differ, the first counts",
                                measure_column_name(t->run_col[i])));
    return HM_OK;
}

/* An error of a run names a line; this finds the column of the cell at fault. */
static void place_fault(table *t, const measure_run *run)
{
    hm_err *err = t->job->err, none = {0};
    measure_row row = {0};
    bool more = true;
    if (!err || err->line == 0)
        return;
    measure_rows_rewind(t->rows, t->job->bytes);
    while (more && row.line < err->line)
        if (measure_rows_next(t->rows, &row, &more, &none) != HM_OK)
            return;
    int32_t at = t->n_split ? -1 : t->at[run->fault_column];
    for (int32_t i = 0; i < t->n_split; i++)
        if (t->split_m[i] == run->trace.obs[run->fault].distance_m)
            at = t->split_at[i];
    if (at >= 0 && at < row.n_cell)
        err->col = measure_cell_col(&row, &row.cell[at]);
}

static bool holds_pieces(const measure_run *run)
{
    for (int32_t i = 0; run->from_m && i < run->trace.n_obs; i++)
        if (!isnan(run->from_m[i]))
            return true;
    return false;
}

static hm_status finish_run(table *t, table_run *run)
{
    HM_TRY(note_differences(t, run));
    hm_status status = holds_pieces(&run->run) ? table_add_up_pieces(t, &run->run) : HM_OK;
    if (status == HM_OK)
        status = measure_run_finish(t->job, &run->run);
    if (status == HM_ERR_INPUT)
        place_fault(t, &run->run);
    return status;
}

static hm_status finish_runs(table *t)
{
    hm_traces *out = t->job->out;
    out->trace = HM_PUSH(t->job->arena, hm_trace, t->n_run);
    if (!out->trace)
        return HM_ERR_SYSTEM;
    int32_t n_empty = 0;
    for (int32_t r = 0; r < t->n_run; r++) {
        table_run *run = table_run_at(t, r);
        if (run->run.trace.n_obs == 0) {
            n_empty++;
            continue;
        }
        HM_TRY(finish_run(t, run));
        out->trace[out->n++] = run->run.trace;
    }
    if (out->n == 0)
        return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, t->head_line + 1, 1, NULL,
                          "expected numbers below the header, found empty cells");
    if (n_empty)
        return hm_notes_add(&out->notes, t->job->arena, "%d runs hold no numbers: left out",
                            n_empty);
    return HM_OK;
}

hm_status measure_read_table(const measure_job *job)
{
    table *t = HM_PUSH(job->scratch, table, 1);
    measure_rows *rows = HM_PUSH(job->scratch, measure_rows, 1);
    if (!t || !rows)
        return HM_ERR_SYSTEM;
    t->job = job;
    t->rows = rows;
    t->common = hm_trace_default();
    HM_TRY(measure_rows_begin(rows, job->source, job->bytes, job->n, job->scratch, job->err));
    HM_TRY(measure_find_header(rows, job->err));
    measure_rows_rewind(rows, job->bytes);
    HM_TRY(first_pass(t));
    HM_TRY(make_room(t));
    measure_rows_rewind(rows, job->bytes);
    HM_TRY(second_pass(t));
    return finish_runs(t);
}
