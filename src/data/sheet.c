#include "data/sheet.h"

#include "sheet_priv.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "io/file.h"
#include "io/number.h"
#include "io/utf8.h"

enum { COOKIE = 0x5ee7, SPLIT_MAX = 120, TEXT_MAX = 120, QUOTE = 40 };

static const double slowest_s = 600; /* a longer 100 m is a slip of the pen */

/* What is known while one sheet is read. */
typedef struct reading {
    const hm_csv *csv;
    const hm_sheet_opts *opts;
    hm_arena *arena;
    hm_err *err;
    hm_sheet *sheet;
    double date_day;               /* race date, NAN = not given */
    sheet_meaning *meaning;        /* (csv->head.n_cell) */
    int32_t at[SHEET_FIXED_COUNT]; /* cell of each fixed column, -1 = absent */
    int32_t start_at[HM_START_MAX], watch_at[HM_WATCH_MAX]; /* cells, -1 = absent */
    int32_t split_at[SPLIT_MAX]; /* cell of each split, in the order of sheet->split_m */
} reading;

hm_sheet_opts hm_sheet_opts_default(void)
{
    return (hm_sheet_opts){.cookie = COOKIE};
}

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->csv->source, 0, 0, NULL, "no memory");
}

/* Where a value stands and what it is called. */
typedef struct place {
    int64_t line;
    int32_t col;
    const char *field;
} place;

static hm_status expected(const reading *r, place p, const char *found, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static hm_status expected(const reading *r, place p, const char *found, const char *fmt, ...)
{
    char what[160];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    if (!found[0])
        return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, p.line, p.col, p.field,
                          "expected %s, found an empty cell", what);
    int n = hm_utf8_clip(found, QUOTE);
    return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, p.line, p.col, p.field,
                      "expected %s, found '%.*s'%s", what, n, found, found[n] ? "..." : "");
}

static bool is_printable(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return false;
    return true;
}

static hm_status text_value(const reading *r, place p, const char *text, const char **out)
{
    if (strlen(text) > TEXT_MAX)
        return expected(r, p, text, "at most %d bytes", TEXT_MAX);
    if (!is_printable(text))
        return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, p.line, p.col, p.field,
                          "expected printable text, found a control character");
    *out = text;
    return HM_OK;
}

/* A number within lo .. hi, in the unit of the page. clock: 1:02.34 is one too. */
static hm_status number_value(const reading *r, place p, const char *text, char decimal, bool clock,
                              double scale, double lo, double hi, double *out, int32_t *digits)
{
    double v = 0;
    hm_number_fault fault = clock && strchr(text, ':')
                                ? hm_number_parse_clock(text, decimal, &v, digits)
                                : hm_number_parse(text, decimal, &v);
    if (fault != HM_NUMBER_OK)
        return expected(r, p, text, "a number from %g to %g", lo, hi);
    if (digits) {
        const char *mark = strpbrk(text, ".,");
        *digits = mark ? (int32_t)strspn(mark + 1, "0123456789") : 0;
    }
    v *= scale != 0 ? scale : v > 3 ? 0.01 : 1;
    if (!(v >= lo && v <= hi))
        return expected(r, p, text, "a number from %g to %g", lo, hi);
    *out = v;
    return HM_OK;
}

/* ---- head lines ---- */

/* Length of the number in front of a unit that people write behind it: 0.9 m/s, 24 °C. */
static size_t without_unit(const char *text)
{
    static const char *const unit[] = {"m/s", "m", "°C", "C", "℃", "years"};
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof unit / sizeof *unit; i++) {
        size_t k = strlen(unit[i]);
        if (n <= k || strcmp(text + n - k, unit[i]) != 0)
            continue;
        size_t left = n - k;
        while (left > 0 && text[left - 1] == ' ')
            left--;
        return left > 0 && strchr("0123456789.", text[left - 1]) ? left : n;
    }
    return n;
}

static hm_status head_number(const reading *r, place p, const char *text, double lo, double hi,
                             double *out)
{
    char own[48];
    size_t n = without_unit(text);
    if (n >= sizeof own)
        return expected(r, p, text, "a number from %g to %g", lo, hi);
    memcpy(own, text, n);
    own[n] = '\0';
    return number_value(r, p, own, ',', false, 1, lo, hi, out, NULL);
}

static hm_status head_start(const reading *r, place p, const char *text)
{
    if (strcmp(text, "blocks") != 0 && strcmp(text, "standing") != 0)
        return expected(r, p, text, "blocks or standing");
    r->sheet->standing_start = text[0] == 's';
    return HM_OK;
}

/* 1 or 1,3: starts that were recalled by nobody's fault. */
static hm_status head_green(const reading *r, place p, const char *text)
{
    for (const char *at = text; *at;) {
        size_t n = strspn(at, "0123456789");
        int64_t k = 0;
        char number[8] = "";
        if (n > 0 && n < sizeof number)
            memcpy(number, at, n);
        if (hm_number_parse_int(number, &k) != HM_NUMBER_OK || k < 1 || k >= HM_START_MAX)
            return expected(r, p, text, "numbers of starts like 1,3");
        r->sheet->green |= UINT32_C(1) << (k - 1);
        at += n;
        at += strspn(at, ", ;");
    }
    return HM_OK;
}

static hm_status head_value(reading *r, sheet_key key, place p, const char *text)
{
    hm_sheet *s = r->sheet;
    switch (key) {
    case SHEET_KEY_MEET:
        return text_value(r, p, text, &s->meet);
    case SHEET_KEY_EVENT:
        return text_value(r, p, text, &s->event);
    case SHEET_KEY_ROUND:
        return text_value(r, p, text, &s->round);
    case SHEET_KEY_VENUE:
        return text_value(r, p, text, &s->venue);
    case SHEET_KEY_DATE:
        s->date = text;
        return sheet_date_of(text, &r->date_day) ? HM_OK
                                                 : expected(r, p, text, "a date like 2009-08-16");
    case SHEET_KEY_WIND:
        return head_number(r, p, text, -20, 20, &s->wind_mps);
    case SHEET_KEY_ALTITUDE:
        return head_number(r, p, text, -430, 5500, &s->altitude_m);
    case SHEET_KEY_TEMP:
        return head_number(r, p, text, -40, 55, &s->temp_c);
    case SHEET_KEY_AGE:
        return head_number(r, p, text, 3, 110, &s->age_yr);
    case SHEET_KEY_SEX:
        s->has_sex = sheet_sex_of(text, &s->sex);
        return s->has_sex ? HM_OK : expected(r, p, text, "men or women");
    case SHEET_KEY_START:
        return head_start(r, p, text);
    case SHEET_KEY_GREEN:
        return head_green(r, p, text);
    case SHEET_KEY_RECORD:
        return head_number(r, p, text, 5, slowest_s, &s->record_s);
    case SHEET_KEY_RECORD_NAME:
        return text_value(r, p, text, &s->record_name);
    case SHEET_KEY_SOURCE:
        return hm_notes_add(&s->sources, r->arena, "%s", text);
    default:
        return HM_OK;
    }
}

/* One `# key: value` line; any other remark is for people. */
static hm_status head_line(reading *r, const hm_csv_remark *remark, bool seen[SHEET_KEY_COUNT])
{
    const char *colon = strchr(remark->text, ':');
    size_t n_key = colon ? (size_t)(colon - remark->text) : 0;
    char name[64];
    if (n_key == 0 || n_key >= sizeof name || memchr(remark->text, ' ', n_key))
        return HM_OK;
    memcpy(name, remark->text, n_key);
    name[n_key] = '\0';
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    sheet_key key = sheet_key_of(name);
    if (key == SHEET_KEY_UNKNOWN) {
        const char *near = sheet_key_nearest(name);
        return hm_notes_add(&r->sheet->notes, r->arena, "line %lld: unknown key '%s'%s%s%s",
                            (long long)remark->line, name, near ? ": did you mean '" : "",
                            near ? near : "", near ? "'?" : "");
    }
    place p = {remark->line, remark->col, sheet_key_name(key)};
    p.col += (int32_t)hm_utf8_count(remark->text, (size_t)(value - remark->text));
    if (key != SHEET_KEY_REMARK && key != SHEET_KEY_SOURCE && seen[key])
        return expected(r, p, value, "each key once");
    seen[key] = true;
    return *value ? head_value(r, key, p, value) : HM_OK;
}

/* ---- header ---- */

/* The columns that no sheet may lack. */
static hm_status check_needed(const reading *r)
{
    static const sheet_column needed[] = {SHEET_LANE, SHEET_NAME, SHEET_TIME};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (r->at[needed[i]] < 0)
            return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, r->csv->head.line, 1,
                              sheet_column_name(needed[i]),
                              "expected a column of this name in the header, found none");
    return HM_OK;
}

static hm_status note_unknown(const reading *r, const hm_csv_cell *cell)
{
    if (!cell->text[0])
        return HM_OK;
    const char *near = sheet_column_nearest(cell->text);
    int n = hm_utf8_clip(cell->text, QUOTE);
    return hm_notes_add(&r->sheet->notes, r->arena,
                        "line %lld, column %d: unknown column '%.*s' is not used%s%s%s",
                        (long long)r->csv->head.line, cell->col, n, cell->text,
                        near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* Put a split column in its place by distance. */
static hm_status add_split(reading *r, int32_t i, double split_m)
{
    hm_sheet *s = r->sheet;
    const hm_csv_cell *cell = &r->csv->head.cell[i];
    place p = {r->csv->head.line, cell->col, cell->text};
    if (s->n_split == SPLIT_MAX)
        return expected(r, p, cell->text, "at most %d split columns", SPLIT_MAX);
    int32_t k = s->n_split;
    for (; k > 0 && s->split_m[k - 1] >= split_m; k--)
        if (s->split_m[k - 1] == split_m)
            return expected(r, p, cell->text, "each column once");
    memmove(s->split_m + k + 1, s->split_m + k, (size_t)(s->n_split - k) * sizeof *s->split_m);
    memmove(r->split_at + k + 1, r->split_at + k, (size_t)(s->n_split - k) * sizeof *r->split_at);
    s->split_m[k] = split_m;
    r->split_at[k] = i;
    s->n_split++;
    return HM_OK;
}

static hm_status add_numbered(reading *r, int32_t i, sheet_meaning m)
{
    const hm_csv_cell *cell = &r->csv->head.cell[i];
    int32_t *at = (m.column == SHEET_START ? r->start_at : r->watch_at) + m.nth - 1;
    if (*at >= 0)
        return expected(r, (place){r->csv->head.line, cell->col, cell->text}, cell->text,
                        "each column once");
    *at = i;
    if (m.column == SHEET_START && m.nth > r->sheet->n_start)
        r->sheet->n_start = m.nth;
    return HM_OK;
}

static hm_status read_header(reading *r)
{
    const hm_csv_row *head = &r->csv->head;
    for (int c = 0; c < SHEET_FIXED_COUNT; c++)
        r->at[c] = -1;
    for (int k = 0; k < HM_START_MAX; k++)
        r->start_at[k] = -1;
    for (int k = 0; k < HM_WATCH_MAX; k++)
        r->watch_at[k] = -1;
    r->meaning = HM_PUSH(r->arena, sheet_meaning, head->n_cell);
    r->sheet->split_m = HM_PUSH(r->arena, double, SPLIT_MAX);
    if (!r->meaning || !r->sheet->split_m)
        return no_memory(r);
    for (int32_t i = 0; i < head->n_cell; i++) {
        sheet_meaning m = r->meaning[i] = sheet_column_of(head->cell[i].text);
        place p = {head->line, head->cell[i].col, head->cell[i].text};
        if (m.column == SHEET_UNKNOWN) {
            HM_TRY(note_unknown(r, &head->cell[i]));
        } else if (m.column == SHEET_SPLIT) {
            HM_TRY(add_split(r, i, m.split_m));
        } else if (m.column == SHEET_START || m.column == SHEET_WATCH) {
            HM_TRY(add_numbered(r, i, m));
        } else if (r->at[m.column] >= 0) {
            return expected(r, p, head->cell[i].text, "one column %s", sheet_column_name(m.column));
        } else {
            r->at[m.column] = i;
        }
    }
    return check_needed(r);
}

/* ---- rows ---- */

static hm_status lane_value(const reading *r, place p, const char *text, int32_t *lane)
{
    int64_t v;
    if (hm_number_parse_int(text, &v) != HM_NUMBER_OK || v < 1 || v > HM_LANE_MAX)
        return expected(r, p, text, "a lane from 1 to %d", HM_LANE_MAX);
    for (int32_t i = 0; i < r->sheet->n_row; i++)
        if (r->sheet->row[i].lane == v)
            return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, p.line, p.col, p.field,
                              "expected one runner in each lane, found lane %d again (line %lld)",
                              (int)v, (long long)r->sheet->row[i].line);
    *lane = (int32_t)v;
    return HM_OK;
}

/* The time column may hold a status word instead. */
static hm_status time_value(const reading *r, place p, const char *text, double scale,
                            hm_sheet_row *row)
{
    hm_run_status word;
    if (sheet_status_of(text, &word) && word != HM_RUN_OK) {
        row->status = word;
        row->rule = sheet_rule_of(text, r->arena);
        return row->rule ? HM_OK : no_memory(r);
    }
    return number_value(r, p, text, r->csv->decimal, true, scale, 0.001, slowest_s, &row->time_s,
                        &row->time_digits);
}

static hm_status born_value(const reading *r, place p, const char *text, hm_sheet_row *row)
{
    static const double year_days = 365.2425; /* mean Gregorian year */
    double day;
    if (!sheet_date_of(text, &day))
        return expected(r, p, text, "a date like 1986-08-21");
    if (isnan(r->date_day) || !isnan(row->age_yr))
        return HM_OK;
    double age_yr = (r->date_day - day) / year_days;
    if (!(age_yr >= 3 && age_yr <= 110))
        return expected(r, p, text, "a birth 3 to 110 years before the race");
    row->age_yr = age_yr;
    return HM_OK;
}

static hm_status status_value(const reading *r, place p, const char *text, hm_sheet_row *row)
{
    hm_run_status word;
    if (strcmp(text, "P") == 0 || strcmp(text, "p") == 0) { /* CR25.4 */
        row->protest = true;
        return HM_OK;
    }
    if (!sheet_status_of(text, &word))
        return expected(r, p, text, "ok, DNS, DNF, DQ or P");
    if (row->status != HM_RUN_OK && row->status != word)
        return expected(r, p, text, "the status of the time column");
    row->status = word;
    const char *rule = sheet_rule_of(text, r->arena);
    if (rule && rule[0])
        row->rule = rule;
    return rule ? HM_OK : no_memory(r);
}

/* Result lists put the status, or a dash, where a place would stand. */
static hm_status place_value(const reading *r, place p, const char *text, hm_sheet_row *row)
{
    int64_t v;
    hm_run_status word;
    if (strcmp(text, "-") == 0 || sheet_status_of(text, &word))
        return HM_OK;
    if (hm_number_parse_int(text, &v) != HM_NUMBER_OK || v < 1 || v > HM_LANE_MAX)
        return expected(r, p, text, "a place from 1 to %d", HM_LANE_MAX);
    row->place = (int32_t)v;
    return HM_OK;
}

static hm_status fixed_value(const reading *r, sheet_meaning m, place p, const char *text,
                             hm_sheet_row *row)
{
    char decimal = r->csv->decimal;
    switch (m.column) {
    case SHEET_LANE:
        return lane_value(r, p, text, &row->lane);
    case SHEET_NAME:
        return text_value(r, p, text, &row->name);
    case SHEET_TEAM:
        return text_value(r, p, text, &row->team);
    case SHEET_BIB:
        return text_value(r, p, text, &row->bib);
    case SHEET_FORM:
        return text_value(r, p, text, &row->form);
    case SHEET_SEX:
        row->has_sex = sheet_sex_of(text, &row->sex);
        return row->has_sex ? HM_OK : expected(r, p, text, "men or women");
    case SHEET_AGE:
        return number_value(r, p, text, decimal, false, m.scale, 3, 110, &row->age_yr, NULL);
    case SHEET_BORN:
        return born_value(r, p, text, row);
    case SHEET_STATURE:
        return number_value(r, p, text, decimal, false, m.scale, 0.7, 2.5, &row->stature_m, NULL);
    case SHEET_MASS:
        return number_value(r, p, text, decimal, false, m.scale, 8, 220, &row->mass_kg, NULL);
    case SHEET_REACTION:
        return number_value(r, p, text, decimal, false, m.scale, 0, 60, &row->reaction_s, NULL);
    case SHEET_PB:
        return number_value(r, p, text, decimal, true, m.scale, 5, slowest_s, &row->pb_s, NULL);
    case SHEET_SB:
        return number_value(r, p, text, decimal, true, m.scale, 5, slowest_s, &row->sb_s, NULL);
    case SHEET_TIME:
        return time_value(r, p, text, m.scale, row);
    case SHEET_PLACE:
        return place_value(r, p, text, row);
    default:
        return status_value(r, p, text, row);
    }
}

/* The fixed columns in the order of the enum: age before born, time before status. */
static hm_status fixed_values(const reading *r, const hm_csv_row *cells, hm_sheet_row *row)
{
    for (int c = 0; c < SHEET_FIXED_COUNT; c++) {
        if (r->at[c] < 0)
            continue;
        const hm_csv_cell *cell = &cells->cell[r->at[c]];
        place p = {cells->line, cell->col, sheet_column_name((sheet_column)c)};
        if (cell->text[0])
            HM_TRY(fixed_value(r, r->meaning[r->at[c]], p, cell->text, row));
        else if (c == SHEET_LANE || c == SHEET_NAME)
            return expected(r, p, "", "%s", c == SHEET_LANE ? "a lane from 1 to 10" : "a name");
    }
    return HM_OK;
}

static hm_status split_values(const reading *r, const hm_csv_row *cells, hm_sheet_row *row)
{
    for (int32_t i = 0; i < r->sheet->n_split; i++) {
        const hm_csv_cell *cell = &cells->cell[r->split_at[i]];
        char field[32];
        snprintf(field, sizeof field, "split_%g_s", r->sheet->split_m[i]);
        place p = {cells->line, cell->col, field};
        row->split_s[i] = NAN;
        if (cell->text[0])
            HM_TRY(number_value(r, p, cell->text, r->csv->decimal, true, 1, 0.001, slowest_s,
                                &row->split_s[i], NULL));
    }
    return HM_OK;
}

/* What he did at the recalled starts, and what the watches read. */
static hm_status numbered_values(const reading *r, const hm_csv_row *cells, hm_sheet_row *row)
{
    row->start = HM_PUSH(r->arena, hm_sheet_start, r->sheet->n_start);
    if (!row->start)
        return no_memory(r);
    for (int32_t k = 0; k < r->sheet->n_start; k++) {
        hm_sheet_start *start = &row->start[k];
        start->reaction_s = NAN;
        if (r->start_at[k] < 0)
            continue;
        const hm_csv_cell *cell = &cells->cell[r->start_at[k]];
        place p = {cells->line, cell->col, r->csv->head.cell[r->start_at[k]].text};
        start->fault = sheet_is_fault(cell->text);
        if (cell->text[0] && !start->fault && strcmp(cell->text, "-") != 0)
            HM_TRY(number_value(r, p, cell->text, r->csv->decimal, false, 1, -5, 60,
                                &start->reaction_s, NULL));
    }
    for (int32_t k = 0; k < HM_WATCH_MAX; k++) {
        if (r->watch_at[k] < 0)
            continue;
        const hm_csv_cell *cell = &cells->cell[r->watch_at[k]];
        place p = {cells->line, cell->col, r->csv->head.cell[r->watch_at[k]].text};
        if (cell->text[0])
            HM_TRY(number_value(r, p, cell->text, r->csv->decimal, true, 1, 0.001, slowest_s,
                                &row->watch_s[row->n_watch++], NULL));
    }
    return HM_OK;
}

static hm_status note_early_reaction(const reading *r, const hm_sheet_row *row)
{
    static const double early_s = 0.100; /* World Athletics TR16.6; older races have earlier ones */
    if (!(row->reaction_s < early_s))
        return HM_OK;
    return hm_notes_add(&r->sheet->notes, r->arena,
                        "line %lld: reaction of %.3f s, a false start by today's rule",
                        (long long)row->line, row->reaction_s);
}

static hm_status read_row(reading *r, const hm_csv_row *cells)
{
    hm_sheet *s = r->sheet;
    hm_sheet_row row = {.line = cells->line,
                        .name = "",
                        .team = "",
                        .bib = "",
                        .form = "",
                        .rule = "",
                        .reaction_s = NAN,
                        .time_s = NAN,
                        .pb_s = NAN,
                        .sb_s = NAN,
                        .stature_m = NAN,
                        .mass_kg = NAN,
                        .age_yr = NAN};
    row.split_s = HM_PUSH(r->arena, double, s->n_split);
    if (!row.split_s)
        return no_memory(r);
    HM_TRY(fixed_values(r, cells, &row));
    HM_TRY(split_values(r, cells, &row));
    HM_TRY(numbered_values(r, cells, &row));
    int32_t split_col[SPLIT_MAX];
    sheet_cells where = {.row = &row, .split_col = split_col};
    for (int32_t i = 0; i < s->n_split; i++)
        split_col[i] = cells->cell[r->split_at[i]].col;
    for (int c = 0; c < SHEET_FIXED_COUNT; c++)
        where.fixed_col[c] = r->at[c] < 0 ? 0 : cells->cell[r->at[c]].col;
    HM_TRY(sheet_row_check(s, &where, r->opts, r->err));
    HM_TRY(note_early_reaction(r, &row));
    /* keep the rows by lane; lane_value has seen to it that they differ and so are ten at most */
    int32_t k = s->n_row++;
    for (; k > 0 && s->row[k - 1].lane > row.lane; k--)
        s->row[k] = s->row[k - 1];
    s->row[k] = row;
    return HM_OK;
}

static hm_status read_rows(reading *r)
{
    r->sheet->row = HM_PUSH(r->arena, hm_sheet_row, HM_LANE_MAX);
    if (!r->sheet->row)
        return no_memory(r);
    for (int32_t i = 0; i < r->csv->n_row; i++)
        HM_TRY(read_row(r, &r->csv->row[i]));
    if (r->sheet->n_row == 0)
        return hm_err_set(r->err, HM_ERR_INPUT, r->csv->source, r->csv->head.line + 1, 1, "lane",
                          "expected a row for each lane, found none");
    return HM_OK;
}

static hm_status read_all(reading *r)
{
    bool seen[SHEET_KEY_COUNT] = {false};
    for (int32_t i = 0; i < r->csv->n_remark; i++)
        HM_TRY(head_line(r, &r->csv->remark[i], seen));
    HM_TRY(read_header(r));
    return read_rows(r);
}

hm_status hm_sheet_parse(const char *source, const char *bytes, size_t n, const hm_sheet_opts *opts,
                         hm_arena *arena, hm_sheet *sheet, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE);
    hm_csv csv;
    HM_TRY(hm_csv_parse(source, bytes, n, arena, &csv, err));
    hm_sheet out = {.source = csv.source,
                    .meet = "",
                    .event = "",
                    .date = "",
                    .round = "",
                    .venue = "",
                    .wind_mps = NAN,
                    .altitude_m = NAN,
                    .temp_c = NAN,
                    .record_s = NAN,
                    .record_name = "",
                    .age_yr = NAN};
    reading r = {
        .csv = &csv, .opts = opts, .arena = arena, .err = err, .sheet = &out, .date_day = NAN};
    hm_status status = read_all(&r);
    if (status == HM_ERR_SYSTEM)
        (void)no_memory(&r);
    if (status == HM_OK)
        *sheet = out;
    return status;
}

hm_status hm_sheet_read(const char *path, const hm_sheet_opts *opts, hm_arena *arena,
                        hm_sheet *sheet, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_CSV_FILE_MAX, arena, &bytes, &n, err));
    return hm_sheet_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, opts, arena,
                          sheet, err);
}
