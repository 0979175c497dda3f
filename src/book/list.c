/* Marks by time: all-time and yearly lists, bests of a person. */
#include "book_priv.h"

#include <string.h>

/* Columns of a row, in the order of read_row. What lists hold is what their indexes hold. */
#define ROWS                                                                                       \
    "SELECT m.id, m.person_id, m.official_cs, m.timing, m.wind_cmps, m.reaction_us, m.date,"       \
    " m.team, m.sex, p.name, e.name, e.venue, h.round_name,"                                       \
    " EXISTS (SELECT 1 FROM mark r WHERE r.rival_of = m.id AND r.settled = 0) FROM mark m"         \
    " JOIN person p ON p.id = m.person_id JOIN heat h ON h.id = m.heat_id"                         \
    " JOIN meet e ON e.id = h.meet_id WHERE m.rival_of IS NULL AND m.status = 'ok'"                \
    " AND m.official_cs > 0 AND m.code = ?1"
/* ?2 sex, ?3 year, ?4 person, ?5 1 = legal wind alone, ?6 1 = where none was measured is no fault
 */
#define WIND   " AND (?5 = 0 OR m.wind_cmps <= 200 OR (?6 AND m.wind_cmps IS NULL))"
#define UNUSED " AND ?2 IS NOT NULL AND ?3 IS NOT NULL AND ?4 IS NOT NULL"
#define ORDER  " ORDER BY m.official_cs, m.date, m.id"
_Static_assert(HM_BOOK_LEGAL_CMPS == 200, "as in WIND");

static const char *text_of(const hm_book_filter *f)
{
    if (f->person)
        return ROWS " AND m.person_id = ?4 AND (?2 = '' OR m.sex = ?2)"
                    " AND (?3 = 0 OR m.year = ?3)" WIND ORDER;
    if (f->has_sex)
        return f->year ? ROWS " AND m.sex = ?2 AND m.year = ?3" WIND UNUSED ORDER
                       : ROWS " AND m.sex = ?2" WIND UNUSED ORDER;
    return f->year ? ROWS " AND m.year = ?3" WIND UNUSED ORDER : ROWS WIND UNUSED ORDER;
}

/* Outdoor sprints and hurdles up to 200 m: without a reading no record, no list (TR17.8, TR17.10
 * name the races whose wind is measured). */
bool book_needs_wind(const char *code)
{
    static const char *const measured[] = {"100m", "200m", "100mH", "110mH", "80mH", "150m"};
    for (size_t i = 0; i < sizeof measured / sizeof measured[0]; i++)
        if (strcmp(code, measured[i]) == 0)
            return true;
    return false;
}

/* ---- rows ---- */

typedef struct listing {
    hm_book *book;
    const hm_book_filter *filter;
    sqlite3_stmt *st;
    hm_arena *arena;
    hm_book_rows rows;
    book_seen seen;
} listing;

static hm_status read_row(listing *l, hm_book_row *r, hm_err *err)
{
    sqlite3_stmt *st = l->st;
    *r = (hm_book_row){.mark = sqlite3_column_int64(st, 0),
                       .person = sqlite3_column_int64(st, 1),
                       .official_cs = sqlite3_column_int(st, 2),
                       .has_wind = sqlite3_column_type(st, 4) != SQLITE_NULL,
                       .wind_cmps = sqlite3_column_int(st, 4),
                       .reaction_us = -1,
                       .disputed = sqlite3_column_int(st, 13) != 0};
    if (sqlite3_column_type(st, 5) != SQLITE_NULL)
        r->reaction_us = sqlite3_column_int64(st, 5);
    const char *timing;
    HM_TRY(book_text(st, 3, l->arena, &timing, err));
    r->hand = strcmp(timing, "hand") == 0;
    HM_TRY(book_text(st, 6, l->arena, &r->date, err));
    HM_TRY(book_text(st, 7, l->arena, &r->team, err));
    HM_TRY(book_text(st, 8, l->arena, &r->sex, err));
    HM_TRY(book_text(st, 9, l->arena, &r->name, err));
    HM_TRY(book_text(st, 10, l->arena, &r->meet, err));
    HM_TRY(book_text(st, 11, l->arena, &r->venue, err));
    return book_text(st, 12, l->arena, &r->round, err);
}

static void set_place(hm_book_rows *rows)
{
    int32_t i = rows->n - 1;
    bool tied = i > 0 && rows->row[i].official_cs == rows->row[i - 1].official_cs;
    rows->row[i].place = tied ? rows->row[i - 1].place : i + 1;
}

static hm_status read_rows(listing *l, hm_err *err)
{
    bool row;
    while (l->rows.n < l->filter->n_max) {
        HM_TRY(book_step(l->book, l->st, &row, err));
        if (!row)
            break;
        if (!l->filter->every && !book_see(&l->seen, sqlite3_column_int64(l->st, 1)))
            continue;
        HM_TRY(read_row(l, &l->rows.row[l->rows.n], err));
        l->rows.n++;
        set_place(&l->rows);
    }
    return HM_OK;
}

static hm_status make_room(listing *l, hm_err *err)
{
    int32_t n = l->filter->n_max;
    HM_TRY(book_seen_make(&l->seen, n, l->arena, err));
    l->rows.row = HM_PUSH(l->arena, hm_book_row, n);
    return l->rows.row ? HM_OK : book_no_memory(err);
}

hm_status hm_book_list(hm_book *book, const hm_book_filter *filter, hm_arena *arena,
                       hm_book_rows *rows, hm_err *err)
{
    HM_ASSERT(filter->n_max >= 1 && filter->n_max <= HM_BOOK_LIST_MAX);
    listing l = {.book = book, .filter = filter, .arena = arena};
    HM_TRY(make_room(&l, err));
    HM_TRY(book_prepare(book, text_of(filter), &l.st, err));
    hm_status s = book_bind(book, l.st, err, "ttiiii", filter->code,
                            filter->has_sex ? filter->sex == HM_SEX_MEN ? "men" : "women" : "",
                            (int64_t)filter->year, filter->person, (int64_t)filter->legal,
                            (int64_t)!book_needs_wind(filter->code));
    if (s == HM_OK)
        s = read_rows(&l, err);
    sqlite3_finalize(l.st);
    if (s == HM_OK)
        *rows = l.rows;
    return s;
}
