#include "walk_priv.h"

#include <math.h>
#include <string.h>

/* ?1 code ?2 sex ?3 year, age or person that leads ?4 text that leads ?5 from ?6 to ?7 legal wind
 * ?8 where none was measured is no fault ?9 1 = automatic, 2 = by hand ?10 ?11 ages on the last day
 * of the year ?12 team ?13 person ?14 venue ?15 no faster than this. The index is named, since what
 * SQLite would choose hangs on statistics. */
#define COLUMNS "SELECT m.id, m.person_id, m.official_cs, m.date FROM "
#define LIVE                                                                                       \
    " m.rival_of IS NULL AND m.status = 'ok' AND m.official_cs > 0 AND m.code = ?1 AND m.sex = ?2" \
    " AND m.official_cs >= ?15"
/* The cheap ones first: what stands in the index is asked before the row is fetched. */
#define REST                                                                                       \
    " AND (?5 = '' OR m.date >= ?5) AND (?6 = '' OR m.date <= ?6)"                                 \
    " AND (?7 = 0 OR m.wind_cmps <= 200 OR (?8 AND m.wind_cmps IS NULL))"                          \
    " AND (?9 = 0 OR (?9 = 2) = (m.timing = 'hand')) AND (?11 < 0 OR m.year_age BETWEEN ?10 AND"   \
    " ?11) AND (?13 = 0 OR m.person_id = ?13) AND (?12 = '' OR m.team = ?12 COLLATE NOCASE)"       \
    " ORDER BY m.official_cs, m.date, m.id"
_Static_assert(HM_BOOK_LEGAL_CMPS == 200, "as in REST");

typedef enum lead { BY_TIME, BY_HAND, BY_YEAR, BY_AGE, BY_TEAM, BY_PERSON, BY_MEET, BY_VENUE } lead;

static const char *const text_of[] = {
    [BY_TIME] = COLUMNS "mark m INDEXED BY mark_by_time WHERE" LIVE REST,
    [BY_HAND] = COLUMNS "mark m INDEXED BY mark_by_hand WHERE" LIVE " AND m.timing = 'hand'" REST,
    [BY_YEAR] = COLUMNS "mark m INDEXED BY mark_by_year WHERE" LIVE " AND m.year = ?3" REST,
    [BY_AGE] = COLUMNS "mark m INDEXED BY mark_by_age WHERE" LIVE " AND m.age_yr = ?3" REST,
    [BY_TEAM] = COLUMNS "mark m INDEXED BY mark_by_team WHERE" LIVE
                        " AND m.team = ?4 COLLATE NOCASE AND m.team <> ''" REST,
    [BY_PERSON] =
        COLUMNS "mark m INDEXED BY mark_by_person WHERE" LIVE " AND m.person_id = ?3" REST,
    [BY_MEET] = COLUMNS "meet e CROSS JOIN heat h ON h.meet_id = e.id CROSS JOIN mark m INDEXED BY"
                        " mark_by_heat ON m.heat_id = h.id WHERE e.name = ?4 COLLATE NOCASE AND"
                        " (?14 = '' OR e.venue = ?14 COLLATE NOCASE) AND h.code = ?1 AND" LIVE REST,
    [BY_VENUE] = COLUMNS "meet e CROSS JOIN heat h ON h.meet_id = e.id CROSS JOIN mark m INDEXED BY"
                         " mark_by_heat ON m.heat_id = h.id WHERE e.venue = ?4 COLLATE NOCASE AND"
                         " h.code = ?1 AND" LIVE REST,
};

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* ---- ages ---- */

typedef struct ages {
    int32_t lo, hi; /* hi < 0 = all */
    bool on_day;    /* masters; else on the last day of the year */
} ages;

static ages ages_of(const hm_book_filter *f)
{
    switch (f->group) {
    case HM_BOOK_U18:
        return (ages){f->younger ? 0 : 16, 17, false}; /* TR3.1 */
    case HM_BOOK_U20:
        return (ages){f->younger ? 0 : 18, 19, false};
    case HM_BOOK_MASTERS:
        return (ages){f->group_yr, f->group_yr + 4, true};
    case HM_BOOK_OPEN:
        break;
    }
    return (ages){0, -1, false};
}

/* ---- streams ---- */

typedef struct plan {
    lead lead;
    const char *sex;
    int64_t number;
    const char *text;
} plan;

/* First and last day that the filter lets in: of a year, and of the dates. */
static void days_of(const hm_book_filter *f, char year[2][8], const char **from, const char **to)
{
    *from = or_empty(f->from);
    *to = or_empty(f->to);
    if (!f->year)
        return;
    snprintf(year[0], sizeof year[0], "%04d", f->year % 10000);
    snprintf(year[1], sizeof year[1], "%04d~", f->year % 10000); /* after its last day */
    if (strcmp(*from, year[0]) < 0)
        *from = year[0];
    if (!**to || strcmp(*to, year[1]) > 0)
        *to = year[1];
}

static hm_status bind(book_walk *w, sqlite3_stmt *st, const plan *p, hm_err *err)
{
    const hm_book_filter *f = w->filter;
    ages a = ages_of(f);
    const char *from, *to;
    days_of(f, w->year, &from, &to);
    return book_bind(w->book, st, err,
                     "ttittt"
                     "iii"
                     "iitit"
                     "i",
                     f->code, p->sex, p->number, or_empty(p->text), from, to, (int64_t)f->legal,
                     (int64_t)!book_needs_wind(f->code), (int64_t)f->timing, (int64_t)a.lo,
                     a.on_day ? INT64_C(-1) : (int64_t)a.hi, or_empty(f->team), f->person,
                     or_empty(f->venue), INT64_C(0));
}

/* The next row of a stream, and where it ranks. */
static hm_status advance(book_walk *w, book_stream *s, hm_err *err)
{
    bool row;
    HM_TRY(book_step(w->book, s->st, &row, err));
    s->at_end = !row;
    if (!row)
        return HM_OK;
    s->rank = sqlite3_column_int(s->st, 2);
    if (s->age_yr) {
        hm_points_grade g;
        HM_TRY(hm_points_age_grade(w->event, s->sex, s->age_yr, (int32_t)s->rank, &g, err));
        s->rank = -g.percent_x100;
    }
    return HM_OK;
}

static hm_status add(book_walk *w, const plan *p, hm_sex sex, int32_t age_yr, hm_err *err)
{
    HM_ASSERT(w->n_stream < BOOK_STREAM_MAX);
    book_stream *s = &w->stream[w->n_stream];
    *s = (book_stream){.sex = sex, .age_yr = age_yr};
    HM_TRY(book_prepare(w->book, text_of[p->lead], &s->st, err));
    w->n_stream++;
    HM_TRY(bind(w, s->st, p, err));
    return advance(w, s, err);
}

static hm_status add_ages(book_walk *w, const char *word, hm_sex sex, int32_t lo, int32_t hi,
                          hm_err *err)
{
    for (int32_t age = lo; age <= hi; age++) {
        plan p = {.lead = BY_AGE, .sex = word, .number = age};
        HM_TRY(add(w, &p, sex, w->filter->graded ? age : 0, err));
    }
    return HM_OK;
}

static hm_status add_sex(book_walk *w, const char *word, hm_sex sex, hm_err *err)
{
    const hm_book_filter *f = w->filter;
    plan p = {.sex = word};
    ages a = ages_of(f);
    if (f->graded)
        return add_ages(w, word, sex, HM_POINTS_GRADE_AGE_MIN, HM_POINTS_AGE_MAX, err);
    p.lead = f->person  ? BY_PERSON
             : f->meet  ? BY_MEET
             : f->venue ? BY_VENUE
             : f->team  ? BY_TEAM
                        : BY_TIME;
    if (p.lead == BY_TIME && f->timing == HM_BOOK_BY_HAND)
        p.lead = BY_HAND;
    if (p.lead == BY_TIME && f->group != HM_BOOK_OPEN)
        return add_ages(w, word, sex, a.on_day || a.lo == 0 ? a.lo : a.lo - 1, a.hi, err);
    if (p.lead == BY_TIME && f->year)
        p.lead = BY_YEAR;
    p.number = f->person ? f->person : f->year;
    p.text = f->meet ? f->meet : f->venue ? f->venue : f->team;
    return add(w, &p, sex, 0, err);
}

static hm_status graded_event(const char *code, hm_points_event *event, hm_err *err)
{
    static const hm_points_event known[] = {HM_POINTS_60M, HM_POINTS_100M, HM_POINTS_200M};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(code, hm_points_event_text(known[i])) == 0) {
            *event = known[i];
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_INPUT, "age factors", 0, 0, code,
                      "there are none for %.*s, only for 60m, 100m, 200m", HM_BOOK_CODE_MAX, code);
}

hm_status book_walk_open(book_walk *w, hm_book *book, const hm_book_filter *filter, hm_arena *arena,
                         hm_err *err)
{
    *w = (book_walk){.book = book, .arena = arena, .filter = filter, .current = -1};
    if (filter->graded)
        HM_TRY(graded_event(filter->code, &w->event, err));
    w->stream = HM_PUSH(arena, book_stream, BOOK_STREAM_MAX);
    if (!w->stream)
        return book_no_memory(err);
    if (!filter->has_sex && !filter->graded)
        HM_TRY(add_sex(w, "", HM_SEX_MEN, err));
    if (!filter->has_sex || filter->sex == HM_SEX_MEN)
        HM_TRY(add_sex(w, "men", HM_SEX_MEN, err));
    if (!filter->has_sex || filter->sex == HM_SEX_WOMEN)
        HM_TRY(add_sex(w, "women", HM_SEX_WOMEN, err));
    return HM_OK;
}

void book_walk_close(book_walk *w)
{
    for (int32_t i = 0; i < w->n_stream; i++)
        sqlite3_finalize(w->stream[i].st);
}

/* ---- merged ---- */

static bool before(const book_stream *a, const book_stream *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    const char *da = (const char *)sqlite3_column_text(a->st, 3);
    const char *db = (const char *)sqlite3_column_text(b->st, 3);
    int order = da && db ? strcmp(da, db) : 0;
    return order ? order < 0 : sqlite3_column_int64(a->st, 0) < sqlite3_column_int64(b->st, 0);
}

hm_status book_walk_next(book_walk *w, bool *row, book_step_row *out, hm_err *err)
{
    if (w->current >= 0)
        HM_TRY(advance(w, &w->stream[w->current], err));
    int32_t best = -1;
    for (int32_t i = 0; i < w->n_stream; i++)
        if (!w->stream[i].at_end && (best < 0 || before(&w->stream[i], &w->stream[best])))
            best = i;
    w->current = best;
    *row = best >= 0;
    if (!*row)
        return HM_OK;
    const book_stream *s = &w->stream[best];
    *out = (book_step_row){.mark = sqlite3_column_int64(s->st, 0),
                           .person = sqlite3_column_int64(s->st, 1),
                           .official_cs = sqlite3_column_int(s->st, 2),
                           .date = (const char *)sqlite3_column_text(s->st, 3),
                           .age_yr = s->age_yr,
                           .rank = s->rank};
    return out->date ? HM_OK : book_no_memory(err);
}

hm_status book_walk_jump(book_walk *w, int32_t from_cs, const char *to, hm_err *err)
{
    w->current = -1;
    for (int32_t i = 0; i < w->n_stream; i++) {
        book_stream *s = &w->stream[i];
        if (s->at_end)
            continue;
        sqlite3_reset(s->st);
        int rc = sqlite3_bind_int64(s->st, 15, from_cs);
        if (rc == SQLITE_OK)
            rc = sqlite3_bind_text(s->st, 6, to, -1, SQLITE_TRANSIENT);
        if (rc != SQLITE_OK)
            return book_fail(w->book, rc, err);
        HM_TRY(advance(w, s, err));
    }
    return HM_OK;
}

/* ---- one mark ---- */

static bool in_group(const hm_book_filter *f, const hm_book_row *r)
{
    ages a = ages_of(f);
    int32_t born = book_year_of(r->born), year = book_year_of(r->date);
    if (a.hi < 0)
        return true;
    if (!born || !year)
        return false;
    if (!a.on_day)
        return year - born >= a.lo && year - born <= a.hi;
    int32_t oldest = r->age_exact ? r->age_yr : r->age_yr + 1;
    return r->age_yr >= a.lo && oldest <= a.hi;
}

static bool is_called(const char *asked, const char *name)
{
    return !asked || sqlite3_stricmp(asked, name) == 0;
}

bool book_row_fits(const hm_book_filter *f, const hm_book_row *r)
{
    return is_called(f->meet, r->meet) && is_called(f->venue, r->venue) && in_group(f, r);
}

hm_status book_row_prepare(hm_book *book, sqlite3_stmt **st, hm_err *err)
{
    return book_prepare(
        book,
        "SELECT m.id, m.person_id, m.official_cs, m.timing = 'hand', m.wind_cmps, m.reaction_us,"
        " m.date, m.team, m.sex, p.name, e.name, e.venue, h.round_name, EXISTS (SELECT 1 FROM mark"
        " r WHERE r.rival_of = m.id AND r.settled = 0), p.born, e.altitude_m, e.id, h.round FROM"
        " mark m JOIN person p ON p.id = m.person_id JOIN heat h ON h.id = m.heat_id JOIN meet e"
        " ON e.id = h.meet_id WHERE m.id = ?1",
        st, err);
}

hm_status book_row_read(hm_book *book, sqlite3_stmt *st, int64_t mark, hm_arena *arena,
                        hm_book_row *r, hm_err *err)
{
    bool row;
    HM_TRY(book_bind(book, st, err, "i", mark));
    HM_TRY(book_step(book, st, &row, err));
    if (!row)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "is damaged: an index names a mark that is not there");
    bool has_altitude = sqlite3_column_type(st, 15) != SQLITE_NULL;
    *r = (hm_book_row){.mark = mark,
                       .person = sqlite3_column_int64(st, 1),
                       .official_cs = sqlite3_column_int(st, 2),
                       .hand = sqlite3_column_int(st, 3) != 0,
                       .has_wind = sqlite3_column_type(st, 4) != SQLITE_NULL,
                       .wind_cmps = sqlite3_column_int(st, 4),
                       .reaction_us = -1,
                       .disputed = sqlite3_column_int(st, 13) != 0,
                       .altitude_m = has_altitude ? sqlite3_column_double(st, 15) : (double)NAN,
                       .meet_id = sqlite3_column_int64(st, 16),
                       .round_number = sqlite3_column_int(st, 17)};
    if (sqlite3_column_type(st, 5) != SQLITE_NULL)
        r->reaction_us = sqlite3_column_int64(st, 5);
    const char **const text[] = {&r->date, &r->team,  &r->sex,  &r->name,
                                 &r->meet, &r->venue, &r->round};
    for (int i = 0; i < 7; i++)
        HM_TRY(book_text(st, 6 + i, arena, text[i], err));
    HM_TRY(book_text(st, 14, arena, &r->born, err));
    r->age_yr = hm_book_age(r->born, r->date, &r->age_exact);
    return HM_OK;
}
