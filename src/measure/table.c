#include "table_priv.h"

#include <math.h>
#include <string.h>

#include "io/column.h"
#include "io/number.h"
#include "io/utf8.h"

enum { QUOTE = 40 };

/* ---- header ---- */

/* A header cell, terminated; what does not fit is cut between characters. */
static void header_text(const measure_cell *cell, char out[HM_COLUMN_KEY])
{
    size_t n = cell->n < HM_COLUMN_KEY - 1 ? cell->n : HM_COLUMN_KEY - 1;
    memcpy(out, cell->text, n);
    while (n < cell->n && n > 0 && ((unsigned char)cell->text[n] & 0xc0) == 0x80)
        n--;
    out[n] = '\0';
}

static hm_status note_unused(const table *t, const measure_row *row, const measure_cell *cell,
                             bool known)
{
    char text[HM_COLUMN_KEY];
    header_text(cell, text);
    const char *near = known ? NULL : measure_column_nearest(text);
    return hm_notes_add(&t->job->out->notes, t->job->arena,
                        "line %lld, column %lld: %scolumn '%.*s' is not used%s%s%s",
                        (long long)row->line, (long long)measure_cell_col(row, cell),
                        known ? "" : "unknown ", hm_utf8_clip(text, QUOTE), text,
                        near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* Put a split column in its place by distance. */
static hm_status add_split(table *t, const measure_row *row, int32_t i)
{
    double split_m = t->meaning[i].distance_m;
    measure_place p = table_place(t, row, row->cell[i], "split");
    if (t->n_split == TABLE_SPLIT_MAX)
        return measure_expected(t->job->err, p, row->cell[i].text, row->cell[i].n,
                                "at most %d columns of splits", TABLE_SPLIT_MAX);
    int32_t k = t->n_split;
    for (; k > 0 && t->split_m[k - 1] >= split_m; k--)
        if (t->split_m[k - 1] == split_m)
            return measure_expected(t->job->err, p, row->cell[i].text, row->cell[i].n,
                                    "each distance once");
    memmove(t->split_m + k + 1, t->split_m + k, (size_t)(t->n_split - k) * sizeof *t->split_m);
    memmove(t->split_at + k + 1, t->split_at + k, (size_t)(t->n_split - k) * sizeof *t->split_at);
    t->split_m[k] = split_m;
    t->split_at[k] = i;
    t->n_split++;
    return HM_OK;
}

static hm_status add_column(table *t, const measure_row *row, int32_t i)
{
    const measure_cell *cell = &row->cell[i];
    measure_column c = t->meaning[i].column;
    if (c == COL_SPLIT)
        return add_split(t, row, i);
    if (c == COL_UNKNOWN || c == COL_UNUSED)
        return cell->n ? note_unused(t, row, cell, c == COL_UNUSED) : HM_OK;
    if (t->at[c] >= 0)
        return measure_expected(t->job->err, table_place(t, row, *cell, measure_column_name(c)),
                                cell->text, cell->n, "one column %s", measure_column_name(c));
    t->at[c] = i;
    return HM_OK;
}

/* The columns that tell runs apart; one that the caller names may be any column at all. */
static hm_status find_keys(table *t, const measure_row *row)
{
    char want[HM_COLUMN_KEY], key[HM_COLUMN_KEY], text[HM_COLUMN_KEY];
    for (int c = COL_ATHLETE; c <= COL_DATE; c++)
        if (t->at[c] >= 0)
            t->key_at[t->n_key++] = t->at[c];
    hm_column_fold(t->job->opts->runs_by, want);
    if (!want[0] || strcmp(want, "athlete") == 0)
        return HM_OK;
    for (int32_t i = 0; i < t->n_col; i++) {
        header_text(&row->cell[i], text);
        hm_column_fold(text, key);
        if (strcmp(key, want) == 0) {
            t->key_at[t->n_key++] = i;
            return HM_OK;
        }
    }
    return hm_err_set(t->job->err, HM_ERR_USAGE, t->job->source, row->line, 1, "runs_by",
                      "expected a column '%s' in the header, found none", t->job->opts->runs_by);
}

static hm_status check_needed(const table *t)
{
    const measure_job *job = t->job;
    bool series = t->at[COL_DISTANCE] >= 0 || t->at[COL_SPEED] >= 0;
    if (t->n_split && t->at[COL_TIME] >= 0 && series)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, t->head_line, 1, NULL,
                          "expected a column time and one of distance or speed, or columns of "
                          "splits, found both");
    int32_t n_bare = 0;
    for (int32_t i = 0; i < t->n_col; i++)
        n_bare += t->meaning[i].column == COL_SPLIT && t->meaning[i].bare;
    if (n_bare == t->n_col)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, t->head_line, 1, NULL,
                          "expected a header row that names the columns, found numbers");
    if (t->n_split)
        return HM_OK;
    if (t->at[COL_TIME] < 0 || !(series || t->at[COL_KIND] >= 0))
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, t->head_line, 1,
                          t->at[COL_TIME] < 0 ? "time_s" : "distance_m",
                          "expected columns time_s and distance_m or speed_mps, or one for each "
                          "split (t_10m_s), found no such header");
    int32_t kind = job->opts->kind;
    if (kind == HM_MEASURE_SPEED && t->at[COL_SPEED] < 0)
        return hm_err_set(job->err, HM_ERR_USAGE, job->source, t->head_line, 1, "speed_mps",
                          "expected a column of speeds for the kind speed, found none");
    if ((kind == HM_MEASURE_GATE || kind == HM_MEASURE_POSITION) && t->at[COL_DISTANCE] < 0)
        return hm_err_set(job->err, HM_ERR_USAGE, job->source, t->head_line, 1, "distance_m",
                          "expected a column of distances for this kind, found none");
    return HM_OK;
}

static hm_status read_header(table *t, const measure_row *row)
{
    t->head_line = row->line;
    t->n_col = row->n_cell;
    t->meaning = HM_PUSH(t->job->scratch, measure_meaning, row->n_cell);
    if (!t->meaning)
        return HM_ERR_SYSTEM;
    for (int c = 0; c < COL_COUNT; c++)
        t->at[c] = -1;
    for (int32_t i = 0; i < row->n_cell; i++) {
        char text[HM_COLUMN_KEY];
        header_text(&row->cell[i], text);
        t->meaning[i] = measure_column_of(text);
        HM_TRY(add_column(t, row, i));
    }
    HM_TRY(check_needed(t));
    for (int c = 0; c < COL_RUN_COUNT; c++)
        if (t->at[c] >= 0)
            t->run_col[t->n_run_col++] = (measure_column)c;
    int32_t speed = t->at[COL_SPEED];
    if (speed >= 0 && t->meaning[speed].scale == 0 && t->job->opts->speed_unit == HM_SPEED_AUTO)
        HM_TRY(hm_notes_add(&t->job->out->notes, t->job->arena,
                            "the column of speeds names no unit: taken as m/s"));
    return find_keys(t, row);
}

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

static hm_status first_pass(table *t)
{
    measure_row row;
    for (bool more;;) {
        HM_TRY(measure_rows_next(t->rows, &row, &more, t->job->err));
        if (!more)
            break;
        if (row.text[0] == '#') {
            HM_TRY(measure_head_line(t->job, &row, &t->common));
        } else if (!t->head_line) {
            HM_TRY(read_header(t, &row));
        } else {
            HM_TRY(check_width(t, &row));
            HM_TRY(table_assign(t, &row));
        }
    }
    if (t->n_row == 0)
        return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, t->head_line + 1, 1, NULL,
                          "expected rows below the header, found none");
    if (t->n_blank_key)
        return hm_notes_add(&t->job->out->notes, t->job->arena,
                            "%d rows name no run: counted to the run of the row above",
                            t->n_blank_key);
    return HM_OK;
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
        if (!run->trace.obs || !run->line || (t->at[COL_SIGMA] >= 0 && !run->sigma))
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

static hm_status long_row(const table *t, const measure_row *row, measure_run *run)
{
    hm_obs o = {.kind = HM_OBS_KIND_COUNT};
    double sigma;
    HM_TRY(number_at(t, row, COL_TIME, &o.time_s));
    HM_TRY(number_at(t, row, COL_DISTANCE, &o.distance_m));
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
    double sigma;
    if (t->at[COL_LANE] >= 0)
        HM_TRY(lane_and_kind(t, row, &o));
    o.kind = HM_OBS_GATE;
    HM_TRY(number_at(t, row, COL_SIGMA_S, &o.sigma_s));
    HM_TRY(number_at(t, row, COL_SIGMA, &sigma));
    for (int32_t i = 0; i < t->n_split; i++) {
        measure_cell cell = table_cell(row, t->split_at[i]);
        HM_TRY(split_at(t, row, i, cell, &o.time_s));
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
        if (row.text[0] == '#' || row.line == t->head_line)
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

static hm_status finish_run(table *t, table_run *run)
{
    HM_TRY(note_differences(t, run));
    hm_status status = measure_run_finish(t->job, &run->run);
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

/* The first line that is no remark tells the separator. */
static hm_status find_separator(table *t)
{
    measure_row row;
    for (bool more;;) {
        HM_TRY(measure_rows_next(t->rows, &row, &more, t->job->err));
        if (!more)
            return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, 1, 1, NULL,
                              "expected a header row, found none: the file is empty");
        if (row.text[0] == '#')
            continue;
        measure_rows_separate(t->rows, &row);
        measure_rows_rewind(t->rows, t->job->bytes);
        return HM_OK;
    }
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
    HM_TRY(find_separator(t));
    HM_TRY(first_pass(t));
    HM_TRY(make_room(t));
    measure_rows_rewind(rows, job->bytes);
    HM_TRY(second_pass(t));
    return finish_runs(t);
}
