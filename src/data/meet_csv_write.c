/* Meets as CSV. */
#include "meet_csv_priv.h"
#include "meet_priv.h"

#include <math.h>
#include <string.h>

#include "data/meet_file.h"
#include "io/csv.h"
#include "io/number.h"

const char *const data_meet_column_name[DATA_N_COL] = {
#define DATA_MEET_NAME(column, name) [DATA_COL_##column] = name,
    DATA_MEET_COLUMNS(DATA_MEET_NAME)
#undef DATA_MEET_NAME
};

const char *const data_meet_row_word[DATA_N_ROW] = {
    [DATA_ROW_MARK] = "mark",   [DATA_ROW_HEAT] = "heat", [DATA_ROW_PERSON] = "person",
    [DATA_ROW_ORDER] = "order", [DATA_ROW_NOTE] = "note", [DATA_ROW_MEET] = "meet"};

bool data_is_formula(const char *text)
{
    text += strspn(text, "'");
    return *text && strchr("=+-@\t\r|", *text);
}

/* A row in the making: cells are texts of the meet or made in scratch. */
typedef struct writing {
    hm_sink sink;
    hm_arena *scratch;
    int32_t n_row;
    bool no_memory;
    const char *cell[DATA_N_COL];
    char where[64]; /* "meet 1, heat 3, row 2" */
    hm_err *err;
} writing;

/* ---- cells ---- */

static void put_text(writing *w, data_meet_column col, const char *text)
{
    w->cell[col] = text;
    if (data_is_formula(text))
        w->cell[col] = hm_arena_printf(w->scratch, "'%s", text);
    w->no_memory |= !w->cell[col];
}

static void put_word(writing *w, data_meet_column col, const char *word)
{
    w->cell[col] = word;
}

static void put_whole(writing *w, data_meet_column col, int64_t v)
{
    w->cell[col] = hm_arena_printf(w->scratch, "%lld", (long long)v);
    w->no_memory |= !w->cell[col];
}

static void put_number(writing *w, data_meet_column col, double v)
{
    char buf[HM_NUMBER_BUF];
    if (isnan(v))
        return;
    hm_number_print(v, buf);
    w->cell[col] = hm_arena_text(w->scratch, buf);
    w->no_memory |= !w->cell[col];
}

enum { TIME_TEXT = 40 };

/* Seconds with at least `digits` decimals, more where the value needs them. */
static const char *print_time(int64_t time_us, int32_t digits, char buf[TIME_TEXT])
{
    int64_t us = time_us < 0 ? -time_us : time_us, frac = us % 1000000;
    int n = 6;
    for (; n > digits && frac % 10 == 0; n--)
        frac /= 10;
    int len = snprintf(buf, TIME_TEXT, "%s%lld", time_us < 0 ? "-" : "", (long long)(us / 1000000));
    if (n > 0)
        snprintf(buf + len, TIME_TEXT - (size_t)len, ".%0*lld", n, (long long)frac);
    return buf;
}

static void put_time(writing *w, data_meet_column col, bool has, int64_t time_us, int32_t digits)
{
    char buf[TIME_TEXT];
    if (!has)
        return;
    w->cell[col] = hm_arena_text(w->scratch, print_time(time_us, digits, buf));
    w->no_memory |= !w->cell[col];
}

/* "50:5.47 100:9.58": distance, time from the gun; only the time where no distance was told. */
static void put_splits(writing *w, const hm_mark *m)
{
    char *text = HM_PUSH(w->scratch, char, (HM_NUMBER_BUF + TIME_TEXT + 2) * m->n_split + 1);
    if (!text) {
        w->no_memory = true;
        return;
    }
    char *at = text;
    for (int32_t i = 0; i < m->n_split; i++) {
        char time[TIME_TEXT];
        if (i)
            *at++ = ' ';
        if (!isnan(m->split[i].distance_m)) {
            at += hm_number_print(m->split[i].distance_m, at);
            *at++ = ':';
        }
        at = stpcpy(at, print_time(m->split[i].time_us, 0, time));
    }
    *at = '\0';
    w->cell[DATA_COL_SPLITS] = text;
}

/* ---- rows ---- */

static size_t row_bytes(const writing *w)
{
    size_t n = 0;
    for (int c = 0; c < DATA_N_COL; c++) {
        n += strlen(w->cell[c]) + 3; /* quotes and a comma */
        for (const char *q = w->cell[c]; (q = strchr(q, '"')); q++)
            n++;
    }
    return n;
}

static hm_status end_row(writing *w)
{
    if (w->no_memory)
        return hm_err_set(w->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (++w->n_row > HM_CSV_ROW_MAX)
        return hm_err_set(w->err, HM_ERR_INPUT, w->where, 0, 0, NULL,
                          "expected at most %d rows in a file: write fewer meets into one",
                          HM_CSV_ROW_MAX);
    if (row_bytes(w) > HM_CSV_LINE_MAX)
        return hm_err_set(w->err, HM_ERR_INPUT, w->where, 0, 0, NULL,
                          "expected texts that fit in a row of %d bytes; JSON takes longer ones",
                          HM_CSV_LINE_MAX);
    return hm_csv_put_row(w->sink, DATA_N_COL, w->cell, w->err);
}

static void begin_row(writing *w, data_meet_row row, const hm_meet *meet, int32_t meet_no)
{
    for (int c = 0; c < DATA_N_COL; c++)
        w->cell[c] = "";
    put_word(w, DATA_COL_ROW, data_meet_row_word[row]);
    put_whole(w, DATA_COL_MEET_NO, meet_no);
    put_text(w, DATA_COL_MEET, meet->name);
    put_text(w, DATA_COL_DATE, meet->date);
    put_text(w, DATA_COL_VENUE, meet->venue);
    put_number(w, DATA_COL_ALTITUDE, meet->altitude_m);
    put_text(w, DATA_COL_CATEGORY, meet->category);
    put_text(w, DATA_COL_SOURCE, meet->source);
}

static void put_heat_key(writing *w, const hm_heat *h, int32_t heat_no)
{
    put_whole(w, DATA_COL_HEAT_NO, heat_no);
    put_text(w, DATA_COL_EVENT, h->event);
    put_whole(w, DATA_COL_ROUND, h->round);
    put_whole(w, DATA_COL_HEAT, h->heat);
    put_whole(w, DATA_COL_HEAT_LINE, h->line);
}

static void put_heat(writing *w, const hm_heat *h, int32_t heat_no)
{
    put_heat_key(w, h, heat_no);
    put_text(w, DATA_COL_EVENT_NAME, h->name);
    put_text(w, DATA_COL_CODE, h->code);
    put_text(w, DATA_COL_ROUND_NAME, h->round_name);
    put_number(w, DATA_COL_DISTANCE, h->distance_m);
    put_word(w, DATA_COL_CLASS, h->has_sex ? data_class_word[h->sex] : "");
    put_number(w, DATA_COL_WIND, h->has_wind ? h->wind_cmps / 100.0 : (double)NAN);
    put_text(w, DATA_COL_CLOCK, h->start_clock);
    put_word(w, DATA_COL_TIMING, data_timing_word[h->timing]);
}

static void put_person(writing *w, const hm_person *p)
{
    put_text(w, DATA_COL_ID, p->id);
    put_text(w, DATA_COL_LAST, p->last_name);
    put_text(w, DATA_COL_FIRST, p->first_name);
    put_text(w, DATA_COL_TEAM, p->team);
    put_text(w, DATA_COL_LICENSE, p->license);
    put_text(w, DATA_COL_BORN, p->born);
    put_word(w, DATA_COL_SEX, p->has_sex ? data_class_word[p->sex] : "");
    put_whole(w, DATA_COL_PERSON_LINE, p->line);
}

static void put_mark(writing *w, const hm_mark *m)
{
    put_person(w, &m->who);
    put_whole(w, DATA_COL_PLACE, m->place);
    put_whole(w, DATA_COL_LANE, m->lane);
    put_word(w, DATA_COL_STATUS, data_mark_status_word[m->status]);
    put_text(w, DATA_COL_RULE, m->rule);
    put_time(w, DATA_COL_TIME, m->time_us > 0, m->time_us, m->time_digits);
    put_whole(w, DATA_COL_DIGITS, m->time_digits);
    put_time(w, DATA_COL_OFFICIAL, m->official_cs > 0, INT64_C(10000) * m->official_cs, 2);
    put_time(w, DATA_COL_REACTION, m->reaction_us >= 0, m->reaction_us, 3);
    put_time(w, DATA_COL_DELTA, m->delta_us != -1, m->delta_us, m->time_digits);
    put_text(w, DATA_COL_QUALIFIED, m->qualified);
    put_splits(w, m);
    put_text(w, DATA_COL_NOTE, m->note);
    put_whole(w, DATA_COL_LINE, m->line);
}

/* One row of a meet: what it tells is given back afterwards. */
typedef struct part {
    data_meet_row row;
    const hm_heat *heat; /* NULL = none */
    int32_t heat_no;
    const hm_mark *mark;
    const hm_person *person;
    const char *note;
} part;

static hm_status put_row(writing *w, const hm_meet *meet, int32_t meet_no, const part *p)
{
    hm_arena_mark mark = hm_arena_mark_get(w->scratch);
    begin_row(w, p->row, meet, meet_no);
    if (p->heat && p->row == DATA_ROW_ORDER)
        put_heat_key(w, p->heat, p->heat_no);
    else if (p->heat)
        put_heat(w, p->heat, p->heat_no);
    if (p->mark)
        put_mark(w, p->mark);
    if (p->person)
        put_person(w, p->person);
    if (p->note) {
        const char *clean = hm_meet_text(w->scratch, p->note); /* notes are not checked */
        put_text(w, DATA_COL_NOTE, clean ? clean : "");
        w->no_memory |= !clean;
    }
    hm_status status = end_row(w);
    hm_arena_release(w->scratch, mark);
    return status;
}

static hm_status put_heat_rows(writing *w, const hm_meet *meet, int32_t meet_no, int32_t i)
{
    part p = {.row = DATA_ROW_HEAT, .heat = &meet->heat[i], .heat_no = i + 1};
    if (!p.heat->n_mark)
        return put_row(w, meet, meet_no, &p);
    p.row = DATA_ROW_MARK;
    for (int32_t k = 0; k < p.heat->n_mark; k++) {
        snprintf(w->where, sizeof w->where, "meet %d, heat %d, row %d", meet_no, i + 1, k + 1);
        p.mark = &p.heat->mark[k];
        HM_TRY(put_row(w, meet, meet_no, &p));
    }
    return HM_OK;
}

static hm_status put_meet(writing *w, const hm_meet *meet, int32_t meet_no)
{
    snprintf(w->where, sizeof w->where, "meet %d", meet_no);
    if (!meet->n_heat && !meet->n_person && !meet->n_order && !meet->notes.n)
        return put_row(w, meet, meet_no, &(part){.row = DATA_ROW_MEET});
    for (int32_t i = 0; i < meet->n_heat; i++)
        HM_TRY(put_heat_rows(w, meet, meet_no, i));
    for (int32_t i = 0; i < meet->n_person; i++)
        HM_TRY(
            put_row(w, meet, meet_no, &(part){.row = DATA_ROW_PERSON, .person = &meet->person[i]}));
    for (int32_t i = 0; i < meet->n_order; i++)
        HM_TRY(put_row(w, meet, meet_no,
                       &(part){.row = DATA_ROW_ORDER, .heat = &meet->order[i], .heat_no = i + 1}));
    for (int32_t i = 0; i < meet->notes.n; i++)
        HM_TRY(
            put_row(w, meet, meet_no, &(part){.row = DATA_ROW_NOTE, .note = meet->notes.text[i]}));
    return HM_OK;
}

hm_status hm_meets_write_csv(hm_sink sink, int32_t n, const hm_meet meet[], hm_err *err)
{
    HM_TRY(data_check_meets(n, meet, err));
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    data_limit limit = {.sink = sink, .max = HM_CSV_FILE_MAX, .what = "CSV of meets"};
    writing w = {.sink = data_limited(&limit), .scratch = &scratch, .err = err};
    hm_status status = hm_csv_put_row(w.sink, DATA_N_COL, data_meet_column_name, err);
    for (int32_t i = 0; i < n && status == HM_OK; i++)
        status = put_meet(&w, &meet[i], i + 1);
    hm_arena_free(&scratch);
    return status;
}
