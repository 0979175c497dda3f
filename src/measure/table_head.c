#include "table_priv.h"

#include <string.h>

#include "io/column.h"
#include "io/utf8.h"

enum { QUOTE = 40 };

static hm_status note_unused(const table *t, const measure_row *row, const measure_cell *cell,
                             bool known)
{
    char text[HM_COLUMN_KEY];
    measure_header_text(cell, text);
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

static bool same_name(const measure_cell *a, const measure_cell *b)
{
    char text[HM_COLUMN_KEY], key_a[HM_COLUMN_KEY], key_b[HM_COLUMN_KEY];
    measure_header_text(a, text);
    hm_column_fold(text, key_a);
    measure_header_text(b, text);
    hm_column_fold(text, key_b);
    return strcmp(key_a, key_b) == 0;
}

static hm_status add_column(table *t, const measure_row *row, int32_t i)
{
    const measure_cell *cell = &row->cell[i];
    measure_column c = t->meaning[i].column;
    if (c == COL_SPLIT)
        return add_split(t, row, i);
    if (c == COL_PIECE)
        return table_add_piece(t, row, i);
    if (c == COL_UNKNOWN || c == COL_UNUSED)
        return cell->n ? note_unused(t, row, cell, c == COL_UNUSED) : HM_OK;
    if (t->at[c] >= 0 && same_name(&row->cell[t->at[c]], cell))
        return measure_expected(t->job->err, table_place(t, row, *cell, measure_column_name(c)),
                                cell->text, cell->n, "one column of this name");
    if (t->at[c] >= 0)
        return note_unused(t, row, cell, true);
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
        measure_header_text(&row->cell[i], text);
        hm_column_fold(text, key);
        if (strcmp(key, want) == 0) {
            t->key_at[t->n_key++] = i;
            return HM_OK;
        }
    }
    return hm_err_set(t->job->err, HM_ERR_USAGE, t->job->source, row->line, 1, "runs_by",
                      "expected a column '%s' in the header, found none", t->job->opts->runs_by);
}

static hm_status refuse_header(const table *t, hm_status status, const char *field,
                               const char *expected)
{
    return hm_err_set(t->job->err, status, t->job->source, t->head_line, 1, field, "expected %s",
                      expected);
}

/* Beside columns of splits there is no use for those of another form. */
static hm_status check_wide(table *t, const measure_row *row)
{
    static const measure_column other[] = {COL_TIME,    COL_DISTANCE,  COL_SPEED,
                                           COL_SIGMA_M, COL_SIGMA_MPS, COL_KIND};
    int32_t kind = t->job->opts->kind, n_bare = 0;
    for (int32_t i = 0; i < t->n_col; i++)
        n_bare += t->meaning[i].column == COL_SPLIT && t->meaning[i].bare;
    if (n_bare == t->n_col)
        return refuse_header(t, HM_ERR_INPUT, NULL,
                             "a header row that names the columns, found numbers");
    if (t->at[COL_TIME] >= 0 && (t->at[COL_DISTANCE] >= 0 || t->at[COL_SPEED] >= 0))
        return refuse_header(t, HM_ERR_INPUT, NULL,
                             "a column time and one of distance or speed, or columns of splits, "
                             "found both");
    if (kind == HM_MEASURE_SPEED || kind == HM_MEASURE_POSITION)
        return refuse_header(t, HM_ERR_USAGE, "kind",
                             "the kind gate with columns of splits, found another");
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (t->at[other[i]] >= 0) {
            HM_TRY(note_unused(t, row, &row->cell[t->at[other[i]]], true));
            t->at[other[i]] = -1;
        }
    return HM_OK;
}

static hm_status check_long(const table *t)
{
    int32_t kind = t->job->opts->kind;
    bool distance = t->at[COL_DISTANCE] >= 0, speed = t->at[COL_SPEED] >= 0;
    if (t->at[COL_TIME] < 0 || !(distance || speed || t->at[COL_KIND] >= 0))
        return refuse_header(t, HM_ERR_INPUT, t->at[COL_TIME] < 0 ? "time_s" : "distance_m",
                             "columns time_s and distance_m or speed_mps, or one for each split "
                             "(t_10m_s), found no such header");
    if (kind == HM_MEASURE_SPEED && !speed)
        return refuse_header(t, HM_ERR_USAGE, "speed_mps",
                             "a column of speeds for the kind speed, found none");
    if ((kind == HM_MEASURE_GATE || kind == HM_MEASURE_POSITION) && !distance)
        return refuse_header(t, HM_ERR_USAGE, "distance_m",
                             "a column of distances for this kind, found none");
    return HM_OK;
}

hm_status table_read_header(table *t, const measure_row *row)
{
    t->head_line = row->line;
    t->head_text = row->text;
    t->head_n = row->n;
    t->n_col = row->n_cell;
    t->meaning = HM_PUSH(t->job->scratch, measure_meaning, row->n_cell);
    if (!t->meaning)
        return HM_ERR_SYSTEM;
    for (int c = 0; c < COL_COUNT; c++)
        t->at[c] = -1;
    for (int32_t i = 0; i < row->n_cell; i++) {
        char text[HM_COLUMN_KEY];
        measure_header_text(&row->cell[i], text);
        t->meaning[i] = measure_column_of(text);
        HM_TRY(add_column(t, row, i));
    }
    HM_TRY(table_settle_pieces(t, row));
    HM_TRY(t->n_split ? check_wide(t, row) : check_long(t));
    for (int c = 0; c < COL_RUN_COUNT; c++)
        if (t->at[c] >= 0)
            t->run_col[t->n_run_col++] = (measure_column)c;
    int32_t speed = t->at[COL_SPEED];
    if (speed >= 0 && t->meaning[speed].scale == 0 && t->job->opts->speed_unit == HM_SPEED_AUTO)
        HM_TRY(hm_notes_add(&t->job->out->notes, t->job->arena,
                            "the column of speeds names no unit: taken as m/s"));
    return find_keys(t, row);
}

/* ---- above the header ---- */

hm_status table_read_above(table *t, const measure_row *row)
{
    const char *end = row->text + row->n, *s = row->text;
    while (s < end && *s != ':' && *s != t->rows->sep)
        s++;
    measure_cell key = {row->text, (uint32_t)(s - row->text), 0};
    char name[HM_COLUMN_KEY];
    measure_header_text(&key, name);
    t->n_above++;
    for (s += s < end; s < end && (*s == ' ' || *s == t->rows->sep || *s == '\t'); s++) {
    }
    const char *stop = memchr(s, t->rows->sep, (size_t)(end - s));
    stop = stop ? stop : end;
    if (stop - s >= 2 && s[0] == '"' && stop[-1] == '"') {
        s++;
        stop--;
    }
    measure_meaning m = measure_column_of(name);
    if (m.column >= COL_RUN_COUNT || s == stop)
        return HM_OK;
    measure_cell value = {s, (uint32_t)(stop - s), (uint32_t)(s - row->text)};
    return measure_head_value(t->job, table_place(t, row, value, measure_column_name(m.column)), m,
                              value, &t->common);
}
