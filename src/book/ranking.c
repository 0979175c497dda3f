/* World ranking of the group of the 100 m. One pass over the index by year finds the best
 * performances of each person; only those who are told are read in full. */
#include "walk_priv.h"

#include <stdlib.h>
#include <string.h>

#include "book/records.h"

enum { LIKE_MAX = HM_BOOK_RANKED_OF - HM_BOOK_RANKED_MAIN, DATE_MAX = 64 };

/* The main event and those that are similar to it. */
static const struct {
    const char *code;
    hm_points_event event;
} events[] = {{"100m", HM_POINTS_100M},
              {"60m", HM_POINTS_60M},
              {"55m", HM_POINTS_55M},
              {"50m", HM_POINTS_50M}};
enum { N_EVENT = sizeof events / sizeof events[0] };

/* ---- what one performance is worth ---- */

typedef struct score {
    int64_t mark;
    int32_t event; /* of events */
    hm_points_performance points;
} score;

static int32_t up_to_tenth(int32_t wind_cmps) /* TR17.13 */
{
    return wind_cmps / 10 + (wind_cmps % 10 > 0);
}

static int32_t placing_points(const char *category, int32_t place)
{
    for (int c = 0; category && category[0] && c < HM_POINTS_N_CATEGORY; c++)
        if (strcmp(category, hm_points_category_text((hm_points_category)c)) == 0)
            return hm_points_placing((hm_points_category)c, place);
    return 0;
}

static hm_status weigh(sqlite3_stmt *st, int32_t event, hm_sex sex, score *s, hm_err *err)
{
    hm_points_event e = events[event].event;
    hm_points_venue venue = hm_points_usual_venue(e);
    bool has_wind = sqlite3_column_type(st, 3) != SQLITE_NULL;
    hm_points_gauge gauge = venue == HM_POINTS_INDOOR ? HM_POINTS_NO_WIND
                            : has_wind                ? HM_POINTS_WIND
                                                      : HM_POINTS_NO_READING;
    int32_t place = sqlite3_column_int(st, 4);
    s->mark = sqlite3_column_int64(st, 0);
    s->event = event;
    return hm_points_ranking(e, sex, venue, sqlite3_column_int(st, 2),
                             hm_points_wind(gauge, up_to_tenth(sqlite3_column_int(st, 3))),
                             place ? placing_points((const char *)sqlite3_column_text(st, 5), place)
                                   : 0,
                             &s->points, err);
}

/* ---- what a person has ---- */

/* The best, the highest first; no more of the similar events than may count. */
typedef struct tally {
    int64_t person;
    int32_t n_main, n_like;
    score main[HM_BOOK_RANKED_OF], like[LIKE_MAX];
} tally;

typedef struct ranking {
    hm_book *book;
    hm_arena *arena;
    hm_sex sex;
    char after[DATE_MAX]; /* the day of a year before */
    const char *on;
    tally *tally; /* (n) */
    int32_t n, cap;
    int32_t *slot; /* (n_slot, a power of two) of tally, 1 more; 0 = free */
    size_t n_slot;
} ranking;

static void keep(score best[], int32_t *n, int32_t n_max, const score *s)
{
    int32_t i = *n;
    if (i == n_max && best[i - 1].points.points >= s->points.points)
        return;
    i = i == n_max ? i - 1 : i;
    for (; i > 0 && best[i - 1].points.points < s->points.points; i--)
        best[i] = best[i - 1];
    best[i] = *s;
    *n += *n < n_max;
}

static size_t place_of(const ranking *r, int64_t person)
{
    size_t i = ((uint64_t)person * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (r->n_slot - 1);
    while (r->slot[i] && r->tally[r->slot[i] - 1].person != person)
        i = (i + 1) & (r->n_slot - 1);
    return i;
}

static hm_status make_room(ranking *r, hm_err *err)
{
    int32_t cap = r->cap ? 2 * r->cap : 1024;
    tally *more = HM_PUSH(r->arena, tally, cap);
    int32_t *slot = HM_PUSH(r->arena, int32_t, 4 * cap);
    if (!more || !slot)
        return book_no_memory(err);
    if (r->n)
        memcpy(more, r->tally, (size_t)r->n * sizeof *more);
    r->tally = more;
    r->slot = slot;
    r->cap = cap;
    r->n_slot = 4 * (size_t)cap;
    for (int32_t i = 0; i < r->n; i++)
        r->slot[place_of(r, r->tally[i].person)] = i + 1;
    return HM_OK;
}

static hm_status tally_of(ranking *r, int64_t person, tally **t, hm_err *err)
{
    if (r->n == r->cap)
        HM_TRY(make_room(r, err));
    size_t i = place_of(r, person);
    if (!r->slot[i]) {
        r->tally[r->n] = (tally){.person = person};
        r->slot[i] = ++r->n;
    }
    *t = &r->tally[r->slot[i] - 1];
    return HM_OK;
}

/* ---- the pass ---- */

static hm_status read_year(ranking *r, sqlite3_stmt *st, int32_t event, int32_t year, hm_err *err)
{
    bool row;
    HM_TRY(book_bind(r->book, st, err, "ttitt", events[event].code,
                     r->sex == HM_SEX_MEN ? "men" : "women", (int64_t)year, r->after, r->on));
    for (;;) {
        score s;
        tally *t;
        HM_TRY(book_step(r->book, st, &row, err));
        if (!row)
            return HM_OK;
        HM_TRY(weigh(st, event, r->sex, &s, err));
        HM_TRY(tally_of(r, sqlite3_column_int64(st, 1), &t, err));
        if (event == 0)
            keep(t->main, &t->n_main, HM_BOOK_RANKED_OF, &s);
        else
            keep(t->like, &t->n_like, LIKE_MAX, &s);
    }
}

static hm_status read_all(ranking *r, hm_err *err)
{
    sqlite3_stmt *st;
    int32_t year = book_year_of(r->on);
    HM_TRY(book_prepare(r->book,
                        "SELECT m.id, m.person_id, m.official_cs, m.wind_cmps, m.place * m.final,"
                        " m.category FROM mark m WHERE m.rival_of IS NULL AND m.status = 'ok' AND"
                        " m.official_cs > 0 AND m.code = ?1 AND m.sex = ?2 AND m.year = ?3 AND"
                        " m.date > ?4 AND m.date <= ?5 AND m.timing <> 'hand'",
                        &st, err));
    hm_status s = HM_OK;
    for (int32_t e = 0; e < N_EVENT && s == HM_OK; e++)
        for (int32_t y = year - 1; y <= year && s == HM_OK; y++)
            s = read_year(r, st, e, y, err);
    sqlite3_finalize(st);
    return s;
}

/* ---- the order ---- */

typedef struct candidate {
    int64_t person;
    int32_t sum;
    score best[HM_BOOK_RANKED_OF];
} candidate;

static int by_sum(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->sum != y->sum)
        return x->sum > y->sum ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/* The best five of both; false = there are fewer. */
static bool choose(const tally *t, candidate *c)
{
    int32_t i = 0, k = 0;
    *c = (candidate){.person = t->person};
    if (t->n_main + t->n_like < HM_BOOK_RANKED_OF)
        return false;
    for (int32_t n = 0; n < HM_BOOK_RANKED_OF; n++) {
        bool main = k == t->n_like ||
                    (i < t->n_main && t->main[i].points.points >= t->like[k].points.points);
        c->best[n] = main ? t->main[i++] : t->like[k++];
        c->sum += c->best[n].points.points;
    }
    return true;
}

static hm_status read_best(ranking *r, sqlite3_stmt *row, sqlite3_stmt *place, const score *s,
                           hm_book_performance *p, hm_err *err)
{
    bool found;
    *p = (hm_book_performance){.code = events[s->event].code, .points = s->points};
    HM_TRY(book_row_read(r->book, row, s->mark, r->arena, &p->row, err));
    HM_TRY(book_bind(r->book, place, err, "i", s->mark));
    HM_TRY(book_step(r->book, place, &found, err));
    p->place_scored = found ? sqlite3_column_int(place, 0) : 0;
    HM_TRY(book_text(place, 1, r->arena, &p->category, err));
    return HM_OK;
}

static hm_status read_ranked(ranking *r, sqlite3_stmt *row, sqlite3_stmt *place, const candidate *c,
                             hm_book_ranked *out, hm_err *err)
{
    out->person = c->person;
    out->sum = c->sum;
    for (int i = 0; i < HM_BOOK_RANKED_OF; i++)
        HM_TRY(read_best(r, row, place, &c->best[i], &out->best[i], err));
    out->name = out->best[0].row.name;
    out->team = out->best[0].row.team;
    return HM_OK;
}

static hm_status tell(ranking *r, int32_t n_max, hm_book_ranking *out, hm_err *err)
{
    int32_t n = 0, n_told;
    candidate *c = HM_PUSH(r->arena, candidate, r->n + 1);
    if (!c)
        return book_no_memory(err);
    for (int32_t i = 0; i < r->n; i++)
        n += choose(&r->tally[i], &c[n]);
    qsort(c, (size_t)n, sizeof *c, by_sum);
    for (n_told = n < n_max ? n : n_max; n_told < n && c[n_told].sum == c[n_told - 1].sum;)
        n_told++;
    hm_book_ranked *ranked = HM_PUSH(r->arena, hm_book_ranked, n_told + 1);
    if (!ranked)
        return book_no_memory(err);
    sqlite3_stmt *row = NULL, *place = NULL;
    hm_status s = book_row_prepare(r->book, &row, err);
    if (s == HM_OK)
        s = book_prepare(r->book, "SELECT place * final, category FROM mark WHERE id = ?1", &place,
                         err);
    for (int32_t i = 0; i < n_told && s == HM_OK; i++) {
        s = read_ranked(r, row, place, &c[i], &ranked[i], err);
        ranked[i].place = i > 0 && c[i].sum == c[i - 1].sum ? ranked[i - 1].place : i + 1;
    }
    sqlite3_finalize(row);
    sqlite3_finalize(place);
    out->n = n_told;
    out->n_few = r->n - n;
    out->ranked = ranked;
    return s;
}

/* ---- the window ---- */

static hm_status newest(ranking *r, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(
        r->book,
        "SELECT max(date) FROM mark WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0"
        " AND code = ?1 AND sex = ?2 AND year = (SELECT year FROM mark WHERE rival_of IS NULL AND"
        " status = 'ok' AND official_cs > 0 AND code = ?1 AND sex = ?2 ORDER BY year DESC LIMIT 1)",
        &st, err));
    hm_status s =
        book_bind(r->book, st, err, "tt", events[0].code, r->sex == HM_SEX_MEN ? "men" : "women");
    if (s == HM_OK)
        s = book_step(r->book, st, &row, err);
    if (s == HM_OK && row)
        s = book_text(st, 0, r->arena, &r->on, err);
    sqlite3_finalize(st);
    return s;
}

static hm_status find_window(ranking *r, const char *on, hm_err *err)
{
    r->on = on;
    if (!on)
        HM_TRY(newest(r, err));
    int32_t year = r->on ? book_year_of(r->on) : 0;
    if (!year || strlen(r->on) != 10)
        return hm_err_set(err, HM_ERR_INPUT, r->book->path, 0, 0, "on",
                          on ? "expected a day such as 2009-08-16, found \"%.20s\""
                             : "no mark of 100m has a day to go by",
                          on);
    snprintf(r->after, sizeof r->after, "%04d%.10s", year - 1, r->on + 4);
    return HM_OK;
}

hm_status hm_book_rank(hm_book *book, const char *code, hm_sex sex, const char *on, int32_t n_max,
                       hm_arena *arena, hm_book_ranking *out, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    hm_book_ranking made = {.edition = hm_points_ranking_edition};
    ranking *r = HM_PUSH(arena, ranking, 1);
    if (!r)
        return book_no_memory(err);
    *r = (ranking){.book = book, .arena = arena, .sex = sex};
    if (strcmp(code, events[0].code) != 0)
        return hm_err_set(err, HM_ERR_INPUT, "world rankings", 0, 0, code,
                          "only the group of the 100 m is known: say 100m");
    HM_TRY(find_window(r, on, err));
    HM_TRY(read_all(r, err));
    HM_TRY(tell(r, n_max, &made, err));
    made.on = hm_arena_text(arena, r->on);
    made.after = r->after;
    if (!made.on)
        return book_no_memory(err);
    *out = made;
    return HM_OK;
}
