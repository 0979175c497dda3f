/* Records and when they fell: those marks that nothing before them equals or beats. They are found
 * from the fastest backwards in one pass: after each only what is older is of interest. */
#include "book/records.h"

#include "walk_priv.h"

#include <stdio.h>
#include <string.h>

/* ---- days ---- */

/* Days since 1970-01-01 of a civil date; HM_BOOK_NO_DAY = none. */
static int64_t day_of(const char *date)
{
    int y, m, d;
    if (strlen(date) < 10 || sscanf(date, "%4d-%2d-%2d", &y, &m, &d) != 3 || m < 1 || m > 12)
        return HM_BOOK_NO_DAY;
    int64_t year = y - (m <= 2), era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t days_between(const char *from, const char *to)
{
    int64_t a = day_of(from), b = day_of(to);
    return a == HM_BOOK_NO_DAY || b == HM_BOOK_NO_DAY ? -1 : b - a;
}

/* ---- one line ---- */

typedef struct chase {
    hm_book *book;
    const hm_book_filter *filter;
    book_walk walk;
    sqlite3_stmt *row;
    hm_arena *arena;
    const char *first;      /* nothing is older */
    hm_book_record *record; /* (n) the fastest group first, in each the oldest */
    int32_t n;
    size_t cap;
} chase;

/* Was a before b? On one day only rounds of one meet tell. */
static bool is_before(const hm_book_row *a, const hm_book_row *b)
{
    int order = strcmp(a->date, b->date);
    if (order)
        return order < 0;
    return a->meet_id == b->meet_id && a->round_number && b->round_number &&
           a->round_number < b->round_number;
}

static hm_status push(chase *c, const hm_book_row *row, bool equalled, hm_err *err)
{
    hm_book_record *more = HM_GROW(c->arena, c->record, c->n, &c->cap);
    if (!more)
        return book_no_memory(err);
    c->record = more;
    c->record[c->n++] = (hm_book_record){.row = *row, .equalled = equalled, .stood_days = -1};
    return HM_OK;
}

/* Undated marks have no place in a line; one that is not older than what beats it neither. */
static hm_status consider(chase *c, int64_t mark, const hm_book_row *beaten_by, bool equalled,
                          hm_err *err)
{
    hm_book_row row;
    HM_TRY(book_row_read(c->book, c->row, mark, c->arena, &row, err));
    if (!book_row_fits(c->filter, &row) || (beaten_by && !is_before(&row, beaten_by)))
        return HM_OK;
    return push(c, &row, equalled, err);
}

/* Groups of equal times, the fastest first. Once one is complete, only what is older than its first
 * mark can have been a record. */
static hm_status follow(chase *c, hm_err *err)
{
    hm_book_row beaten_by;
    bool is_beaten = false, row;
    int32_t from = 0; /* the group begins here */
    for (;;) {
        book_step_row step;
        HM_TRY(book_walk_next(&c->walk, &row, &step, err));
        if (!row)
            return HM_OK;
        bool has_group = c->n > from;
        if (has_group && step.official_cs > c->record[from].row.official_cs) {
            beaten_by = c->record[from].row;
            is_beaten = true;
            from = c->n;
            if (strcmp(beaten_by.date, c->first) <= 0 && beaten_by.round_number <= 1)
                return HM_OK;
            HM_TRY(book_walk_jump(&c->walk, step.official_cs, beaten_by.date, err));
        } else if (step.date[0]) {
            HM_TRY(consider(c, step.mark, is_beaten ? &beaten_by : NULL, has_group, err));
        }
    }
}

/* The oldest first; how long each stood, by how much the one before was beaten. */
static hm_status turn_round(chase *c, hm_book_line *line, hm_err *err)
{
    hm_book_record *out = HM_PUSH(c->arena, hm_book_record, c->n + 1);
    if (!out)
        return book_no_memory(err);
    int32_t n = 0, end = c->n, older_cs = 0;
    while (end > 0) {
        int32_t from = end - 1;
        while (c->record[from].equalled)
            from--;
        const hm_book_row *next = NULL; /* the first of the group that beat it */
        for (int32_t k = from - 1; k >= 0 && !next; k--)
            next = c->record[k].equalled ? NULL : &c->record[k].row;
        for (int32_t k = from; k < end; k++) {
            hm_book_record r = c->record[k];
            r.day = day_of(r.row.date);
            r.by_cs = k == from && older_cs ? older_cs - r.row.official_cs : 0;
            r.stood_days = next ? days_between(r.row.date, next->date) : -1;
            out[n++] = r;
        }
        older_cs = c->record[from].row.official_cs;
        end = from;
    }
    *line = (hm_book_line){n, out};
    return HM_OK;
}

static hm_status find_line(hm_book *book, const hm_book_filter *filter, const char *first,
                           hm_arena *arena, hm_book_line *line, hm_err *err)
{
    chase c = {.book = book, .filter = filter, .arena = arena, .first = first};
    hm_status s = book_row_prepare(book, &c.row, err);
    if (s == HM_OK)
        s = book_walk_open(&c.walk, book, filter, arena, err);
    if (s == HM_OK)
        s = follow(&c, err);
    book_walk_close(&c.walk);
    sqlite3_finalize(c.row);
    return s == HM_OK ? turn_round(&c, line, err) : s;
}

/* ---- all lines ---- */

#define OF_EVENT                                                                                   \
    " FROM mark INDEXED BY mark_by_year WHERE rival_of IS NULL AND status = 'ok' AND"              \
    " official_cs > 0 AND code = ?1 AND sex = ?2"

/* Days of the oldest and the newest mark, "" = not known; of both sexes nobody asks. */
static hm_status find_days(hm_book *book, const hm_book_filter *f, hm_arena *arena,
                           const char **first, const char **last, hm_err *err)
{
    static const char sql[] =
        "SELECT (SELECT min(date)" OF_EVENT " AND year = (SELECT min(year)" OF_EVENT " AND year >"
        " 0)), (SELECT max(date)" OF_EVENT " AND year = (SELECT max(year)" OF_EVENT "))";
    *first = *last = "";
    if (!f->has_sex)
        return HM_OK;
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book, sql, &st, err));
    hm_status s = book_bind(book, st, err, "tt", f->code, f->sex == HM_SEX_MEN ? "men" : "women");
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    if (s == HM_OK && row)
        s = book_text(st, 0, arena, first, err);
    if (s == HM_OK && row)
        s = book_text(st, 1, arena, last, err);
    sqlite3_finalize(st);
    return s;
}

static void drop_legal(const char *code, hm_book_line *line)
{
    int32_t n = 0;
    for (int32_t i = 0; i < line->n; i++) {
        const hm_book_row *r = &line->record[i].row;
        bool legal = r->has_wind ? r->wind_cmps <= HM_BOOK_LEGAL_CMPS : !book_needs_wind(code);
        if (!legal)
            line->record[n++] = line->record[i];
    }
    line->n = n;
}

hm_status hm_book_record_lines(hm_book *book, const hm_book_filter *filter, hm_arena *arena,
                               hm_book_records *records, hm_err *err)
{
    HM_ASSERT(!filter->graded);
    hm_book_filter f = *filter;
    hm_book_records out;
    const char *first, *last;
    HM_TRY(find_days(book, &f, arena, &first, &last, err));
    out.last_day = day_of(last);
    f.legal = true;
    f.timing = HM_BOOK_AUTOMATIC;
    HM_TRY(find_line(book, &f, first, arena, &out.legal, err));
    f.timing = HM_BOOK_BY_HAND;
    HM_TRY(find_line(book, &f, first, arena, &out.hand, err));
    f.timing = HM_BOOK_AUTOMATIC;
    f.legal = false;
    HM_TRY(find_line(book, &f, first, arena, &out.aided, err));
    drop_legal(f.code, &out.aided);
    *records = out;
    return HM_OK;
}
