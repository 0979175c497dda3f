/* Meets from CSV. */
#include "meet_csv_priv.h"
#include "meet_priv.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "data/meet_file.h"
#include "io/column.h"
#include "io/csv.h"
#include "io/nearest.h"
#include "io/number.h"
#include "io/utf8.h"

/* The rows so far as meets; each array has room for as many as the file has rows. */
typedef struct reading {
    const char *source;
    const char *own_source; /* of meets that name none */
    hm_arena *arena;
    hm_err *err;
    const hm_csv *csv;
    int32_t at[DATA_N_COL]; /* cell of a column, -1 = the file has none */
    const hm_csv_row *row;
    hm_meets out;
    hm_heat *heat, *order;
    hm_mark *mark;
    hm_person *person;
    int32_t n_heat, n_order, n_mark, n_person; /* of all meets */
    const hm_csv_row *meet_row, *heat_row;     /* from which the last was made; NULL = none */
} reading;

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

/* ---- cells ---- */

static const char *cell(const reading *r, const hm_csv_row *row, data_meet_column col)
{
    return r->at[col] < 0 ? "" : row->cell[r->at[col]].text;
}

static hm_status refuse(const reading *r, data_meet_column col, const char *expected)
{
    const char *found = cell(r, r->row, col);
    return hm_err_set(r->err, HM_ERR_INPUT, r->source, r->row->line,
                      r->at[col] < 0 ? 1 : r->row->cell[r->at[col]].col, data_meet_column_name[col],
                      "expected %s, found \"%.*s\"", expected, hm_utf8_clip(found, 40), found);
}

/* An apostrophe keeps spreadsheets from taking a text for a formula. */
static hm_status get_text(const reading *r, data_meet_column col, const char **out)
{
    const char *s = cell(r, r->row, col);
    if (*s == '\'' && data_is_formula(s))
        s++;
    if (hm_utf8_count(s, strlen(s)) > HM_MEET_TEXT_MAX)
        return refuse(r, col, "a text of at most 10000 characters");
    *out = hm_meet_text(r->arena, s);
    return *out ? HM_OK : no_memory(r);
}

/* *v stays as it is where the cell is empty. */
static hm_status get_whole(const reading *r, data_meet_column col, int64_t max, int64_t *v)
{
    const char *s = cell(r, r->row, col);
    int64_t got;
    if (!*s)
        return HM_OK;
    if (hm_number_parse_int(s, &got) != HM_NUMBER_OK || got < 0 || got > max)
        return refuse(r, col, "a whole number of 0 or more");
    *v = got;
    return HM_OK;
}

static hm_status get_small(const reading *r, data_meet_column col, int32_t max, int32_t *v)
{
    int64_t wide = *v;
    HM_TRY(get_whole(r, col, max, &wide));
    *v = (int32_t)wide;
    return HM_OK;
}

static hm_status get_number(const reading *r, data_meet_column col, double lo, double hi,
                            const char *expected, double *v)
{
    const char *s = cell(r, r->row, col);
    double got;
    *v = NAN;
    if (!*s)
        return HM_OK;
    if (hm_number_parse(s, r->csv->decimal, &got) != HM_NUMBER_OK || !(got >= lo && got <= hi))
        return refuse(r, col, expected);
    *v = got;
    return HM_OK;
}

static hm_status get_time(const reading *r, data_meet_column col, double lo_s, int64_t *time_us)
{
    double time_s;
    HM_TRY(get_number(r, col, lo_s, DATA_TIME_MAX_S, "seconds, at most 100 hours", &time_s));
    if (!isnan(time_s))
        *time_us = data_us(time_s);
    return HM_OK;
}

static hm_status get_word(const reading *r, data_meet_column col, int32_t n,
                          const char *const word[], const char *expected, int32_t *which)
{
    const char *s = cell(r, r->row, col);
    for (int32_t i = 0; i < n && *s; i++)
        if (strcmp(s, word[i]) == 0) {
            *which = i;
            return HM_OK;
        }
    return *s ? refuse(r, col, expected) : HM_OK;
}

static hm_status get_sex(const reading *r, data_meet_column col, bool *has, hm_sex *sex)
{
    int32_t which = -1;
    HM_TRY(get_word(r, col, 2, data_class_word, "men or women", &which));
    *has = which >= 0;
    *sex = *has ? (hm_sex)which : HM_SEX_MEN;
    return HM_OK;
}

/* ---- splits ---- */

/* "50:5.47" or "5.47", n bytes. */
static bool read_split(const reading *r, const char *s, size_t n, hm_meet_split *split)
{
    const char *colon = memchr(s, ':', n);
    const char *time = colon ? colon + 1 : s;
    double time_s;
    split->distance_m = NAN;
    if (colon && (hm_number_parse_n(s, (size_t)(colon - s), r->csv->decimal, &split->distance_m) !=
                      HM_NUMBER_OK ||
                  !(split->distance_m > 0)))
        return false;
    if (hm_number_parse_n(time, (size_t)(s + n - time), r->csv->decimal, &time_s) != HM_NUMBER_OK ||
        !(time_s >= 1e-6 && time_s <= DATA_TIME_MAX_S))
        return false;
    split->time_us = data_us(time_s);
    return true;
}

static hm_status get_splits(const reading *r, hm_mark *m)
{
    const char *s = cell(r, r->row, DATA_COL_SPLITS);
    int32_t n = 0;
    for (const char *p = s + strspn(s, " "); *p; n++) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    if (!n)
        return HM_OK;
    if (n > HM_MEET_SPLIT_MAX)
        return refuse(r, DATA_COL_SPLITS, "at most 1000 splits");
    m->split = HM_PUSH(r->arena, hm_meet_split, n);
    if (!m->split)
        return no_memory(r);
    for (const char *p = s + strspn(s, " "); *p; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        if (!read_split(r, p, len, &m->split[m->n_split++]))
            return refuse(r, DATA_COL_SPLITS, "splits as 50:5.47 100:9.58");
        p += len;
    }
    return HM_OK;
}

/* ---- rows ---- */

/* Do two rows agree in the columns first to last? */
static bool agree(const reading *r, const hm_csv_row *a, const hm_csv_row *b,
                  data_meet_column first, data_meet_column last)
{
    for (data_meet_column c = first; c <= last; c++)
        if (strcmp(cell(r, a, c), cell(r, b, c)) != 0)
            return false;
    return true;
}

static hm_status begin_meet(reading *r)
{
    if (r->out.n == HM_MEETS_MAX)
        return hm_err_set(r->err, HM_ERR_INPUT, r->source, r->row->line, 1, "meet",
                          "expected at most %d meets in a file", HM_MEETS_MAX);
    hm_meet *m = &r->out.meet[r->out.n];
    *m = hm_meet_default();
    HM_TRY(get_text(r, DATA_COL_MEET, &m->name));
    HM_TRY(get_text(r, DATA_COL_DATE, &m->date));
    HM_TRY(get_text(r, DATA_COL_VENUE, &m->venue));
    HM_TRY(get_text(r, DATA_COL_CATEGORY, &m->category));
    HM_TRY(get_text(r, DATA_COL_SOURCE, &m->source));
    if (r->at[DATA_COL_SOURCE] < 0)
        m->source = r->own_source;
    HM_TRY(get_number(r, DATA_COL_ALTITUDE, DATA_ALTITUDE_MIN_M, DATA_ALTITUDE_MAX_M,
                      "metres above the sea", &m->altitude_m));
    m->heat = r->heat + r->n_heat;
    m->order = r->order + r->n_order;
    m->person = r->person + r->n_person;
    r->out.n++;
    r->meet_row = r->row;
    r->heat_row = NULL;
    return HM_OK;
}

static hm_status read_heat_key(const reading *r, hm_heat *h)
{
    *h = hm_heat_default();
    HM_TRY(get_text(r, DATA_COL_EVENT, &h->event));
    HM_TRY(get_small(r, DATA_COL_ROUND, DATA_ROUND_MAX, &h->round));
    HM_TRY(get_small(r, DATA_COL_HEAT, DATA_ROUND_MAX, &h->heat));
    return get_whole(r, DATA_COL_HEAT_LINE, DATA_LINE_MAX, &h->line);
}

static hm_status read_heat(const reading *r, hm_heat *h)
{
    int32_t timing = HM_TIMING_UNKNOWN;
    double wind_mps;
    HM_TRY(read_heat_key(r, h));
    HM_TRY(get_text(r, DATA_COL_EVENT_NAME, &h->name));
    HM_TRY(get_text(r, DATA_COL_CODE, &h->code));
    HM_TRY(get_text(r, DATA_COL_ROUND_NAME, &h->round_name));
    HM_TRY(get_number(r, DATA_COL_DISTANCE, DBL_TRUE_MIN, DBL_MAX, "metres", &h->distance_m));
    HM_TRY(get_sex(r, DATA_COL_CLASS, &h->has_sex, &h->sex));
    HM_TRY(get_number(r, DATA_COL_WIND, -99.99, 99.99, "a wind of -99.99 to 99.99", &wind_mps));
    h->has_wind = !isnan(wind_mps);
    h->wind_cmps = h->has_wind ? (int32_t)lround(wind_mps * 100) : 0;
    HM_TRY(get_text(r, DATA_COL_CLOCK, &h->start_clock));
    HM_TRY(get_word(r, DATA_COL_TIMING, DATA_N_TIMING, data_timing_word, "fat or hand", &timing));
    h->timing = (hm_timing)timing;
    return HM_OK;
}

static hm_status begin_heat(reading *r)
{
    hm_heat *h = &r->heat[r->n_heat];
    HM_TRY(read_heat(r, h));
    h->mark = r->mark + r->n_mark;
    r->n_heat++;
    r->out.meet[r->out.n - 1].n_heat++;
    r->heat_row = r->row;
    return HM_OK;
}

static hm_status read_person(const reading *r, hm_person *p)
{
    *p = hm_mark_default().who;
    HM_TRY(get_text(r, DATA_COL_ID, &p->id));
    HM_TRY(get_text(r, DATA_COL_LAST, &p->last_name));
    HM_TRY(get_text(r, DATA_COL_FIRST, &p->first_name));
    HM_TRY(get_text(r, DATA_COL_TEAM, &p->team));
    HM_TRY(get_text(r, DATA_COL_LICENSE, &p->license));
    HM_TRY(get_text(r, DATA_COL_BORN, &p->born));
    HM_TRY(get_sex(r, DATA_COL_SEX, &p->has_sex, &p->sex));
    return get_whole(r, DATA_COL_PERSON_LINE, DATA_LINE_MAX, &p->line);
}

static hm_status read_mark(const reading *r, hm_mark *m)
{
    int32_t status = HM_MARK_ENTERED;
    int64_t official_us = 0;
    *m = hm_mark_default();
    HM_TRY(read_person(r, &m->who));
    HM_TRY(get_small(r, DATA_COL_PLACE, INT32_MAX, &m->place));
    HM_TRY(get_small(r, DATA_COL_LANE, DATA_LANE_MAX, &m->lane));
    HM_TRY(get_word(r, DATA_COL_STATUS, DATA_N_MARK_STATUS, data_mark_status_word,
                    "entered, ok, dns, dnf, dq or unknown", &status));
    m->status = (hm_mark_status)status;
    if (m->place && m->status != HM_MARK_FINISHED)
        return refuse(r, DATA_COL_PLACE, "a place for those who finished and none else");
    HM_TRY(get_text(r, DATA_COL_RULE, &m->rule));
    HM_TRY(get_time(r, DATA_COL_TIME, 0, &m->time_us));
    HM_TRY(get_small(r, DATA_COL_DIGITS, DATA_DIGITS_MAX, &m->time_digits));
    HM_TRY(get_time(r, DATA_COL_OFFICIAL, 0, &official_us));
    m->official_cs = (int32_t)(official_us / 10000);
    HM_TRY(get_time(r, DATA_COL_REACTION, 0, &m->reaction_us));
    HM_TRY(get_time(r, DATA_COL_DELTA, -DATA_TIME_MAX_S, &m->delta_us));
    HM_TRY(get_text(r, DATA_COL_QUALIFIED, &m->qualified));
    HM_TRY(get_splits(r, m));
    HM_TRY(get_text(r, DATA_COL_NOTE, &m->note));
    return get_whole(r, DATA_COL_LINE, DATA_LINE_MAX, &m->line);
}

static hm_status take_mark(reading *r)
{
    if (!r->heat_row || !agree(r, r->row, r->heat_row, DATA_COL_HEAT_NO, DATA_COL_HEAT_LINE))
        HM_TRY(begin_heat(r));
    hm_heat *h = &r->heat[r->n_heat - 1];
    if (h->n_mark == HM_MEET_IN_HEAT_MAX)
        return refuse(r, DATA_COL_HEAT, "at most 1000 in a heat");
    const hm_mark *m = &r->mark[r->n_mark];
    HM_TRY(read_mark(r, &r->mark[r->n_mark]));
    for (int32_t i = 0; i < h->n_mark && *m->who.id; i++)
        if (strcmp(h->mark[i].who.id, m->who.id) == 0)
            return refuse(r, DATA_COL_ID, "an id once in a heat");
    r->n_mark++;
    h->n_mark++;
    return HM_OK;
}

static hm_status take_row(reading *r)
{
    int32_t what = DATA_ROW_MARK;
    const char *note;
    HM_TRY(get_word(r, DATA_COL_ROW, DATA_N_ROW, data_meet_row_word,
                    "mark, heat, person, order, note or meet", &what));
    if (!r->meet_row || !agree(r, r->row, r->meet_row, DATA_COL_MEET_NO, DATA_COL_SOURCE))
        HM_TRY(begin_meet(r));
    hm_meet *m = &r->out.meet[r->out.n - 1];
    if (what == DATA_ROW_MARK)
        return take_mark(r);
    r->heat_row = NULL;
    switch ((data_meet_row)what) {
    case DATA_ROW_HEAT:
        HM_TRY(begin_heat(r));
        r->heat_row = NULL;
        return HM_OK;
    case DATA_ROW_PERSON:
        HM_TRY(read_person(r, &r->person[r->n_person++]));
        m->n_person++;
        return HM_OK;
    case DATA_ROW_ORDER:
        HM_TRY(read_heat_key(r, &r->order[r->n_order++]));
        m->n_order++;
        return HM_OK;
    case DATA_ROW_NOTE:
        HM_TRY(get_text(r, DATA_COL_NOTE, &note));
        return hm_notes_add(&m->notes, r->arena, "%s", note) == HM_OK ? HM_OK : no_memory(r);
    default:
        return HM_OK;
    }
}

/* ---- columns ---- */

static int32_t column_of(const char *head)
{
    char key[HM_COLUMN_KEY];
    hm_column_fold(head, key);
    for (int32_t c = 0; c < DATA_N_COL; c++)
        if (strcmp(key, data_meet_column_name[c]) == 0)
            return c;
    return -1;
}

static hm_status note_unknown(reading *r, const hm_csv_cell *head)
{
    int32_t near = hm_nearest(head->text, DATA_N_COL, data_meet_column_name);
    const char *clean = hm_meet_text(r->arena, head->text);
    if (!clean ||
        hm_notes_add(&r->out.notes, r->arena, "column \"%.*s\" is not known%s%s%s",
                     hm_utf8_clip(clean, 40), clean, near < 0 ? "" : ": is it ",
                     near < 0 ? "" : data_meet_column_name[near], near < 0 ? "" : "?") != HM_OK)
        return no_memory(r);
    return HM_OK;
}

static hm_status find_columns(reading *r)
{
    const hm_csv_row *head = &r->csv->head;
    for (int c = 0; c < DATA_N_COL; c++)
        r->at[c] = -1;
    for (int32_t i = 0; i < head->n_cell; i++) {
        int32_t c = column_of(head->cell[i].text);
        if (c < 0 && head->cell[i].text[0])
            HM_TRY(note_unknown(r, &head->cell[i]));
        if (c < 0)
            continue;
        if (r->at[c] >= 0)
            return hm_err_set(r->err, HM_ERR_INPUT, r->source, head->line, head->cell[i].col,
                              data_meet_column_name[c],
                              "expected each column once, found it again");
        r->at[c] = i;
    }
    if (r->at[DATA_COL_STATUS] < 0 || r->at[DATA_COL_HEAT] < 0)
        return hm_err_set(r->err, HM_ERR_INPUT, r->source, head->line, 1, NULL,
                          "expected the columns of a meet, among them heat and status");
    return HM_OK;
}

/* Does a header of n bytes hold the name as a whole cell? */
static bool has_name(const char *line, size_t n, const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(line + i, name, len) == 0 && (i == 0 || strchr(",;\t\"", line[i - 1])) &&
            (i + len == n || strchr(",;\t\"", line[i + len])))
            return true;
    return false;
}

bool hm_meets_is_csv(const char *bytes, size_t n)
{
    size_t from = hm_utf8_bom(bytes, n), to = from;
    while (to < n && bytes[to] && bytes[to] != '\n' && bytes[to] != '\r')
        to++;
    const char *line = bytes + from;
    return has_name(line, to - from, "official_s") && has_name(line, to - from, "heat") &&
           has_name(line, to - from, "status");
}

/* ---- doors ---- */

static hm_status read_rows(reading *r)
{
    size_t n = (size_t)r->csv->n_row + 1;
    r->out.meet = HM_PUSH(r->arena, hm_meet, n < HM_MEETS_MAX ? n : HM_MEETS_MAX);
    r->heat = HM_PUSH(r->arena, hm_heat, n);
    r->order = HM_PUSH(r->arena, hm_heat, n);
    r->mark = HM_PUSH(r->arena, hm_mark, n);
    r->person = HM_PUSH(r->arena, hm_person, n);
    r->own_source = hm_meet_text(r->arena, r->source);
    if (!r->out.meet || !r->heat || !r->order || !r->mark || !r->person || !r->own_source)
        return no_memory(r);
    for (int32_t i = 0; i < r->csv->n_row; i++) {
        r->row = &r->csv->row[i];
        HM_TRY(take_row(r));
    }
    for (int32_t i = 0; i < r->out.n; i++)
        HM_TRY(hm_meet_check(&r->out.meet[i], r->err));
    return HM_OK;
}

hm_status hm_meets_parse_csv(const char *source, const char *bytes, size_t n, hm_arena *arena,
                             hm_meets *meets, hm_err *err)
{
    hm_csv csv;
    HM_TRY(hm_csv_parse(source, bytes, n, arena, &csv, err));
    reading r = {.source = source, .arena = arena, .err = err, .csv = &csv};
    HM_TRY(find_columns(&r));
    HM_TRY(read_rows(&r));
    *meets = r.out;
    return HM_OK;
}
