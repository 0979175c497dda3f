/* Personal and season bests. */
#include "book_priv.h"

enum { BEST_MAX = 4096 };

static hm_status read_who(hm_book *book, sqlite3_stmt *st, int64_t person, hm_arena *arena,
                          hm_book_person *who, hm_err *err)
{
    bool row;
    HM_TRY(book_bind(book, st, err, "i", person));
    HM_TRY(book_step(book, st, &row, err));
    if (!row)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "nobody in it has the number %lld; see hecto book find",
                          (long long)person);
    who->id = person;
    HM_TRY(book_text(st, 0, arena, &who->name, err));
    HM_TRY(book_text(st, 1, arena, &who->sex, err));
    HM_TRY(book_text(st, 2, arena, &who->born, err));
    who->n_mark = sqlite3_column_int64(st, 3);
    return HM_OK;
}

static hm_status find_who(hm_book *book, int64_t person, hm_arena *arena, hm_book_person *who,
                          hm_err *err)
{
    sqlite3_stmt *st;
    HM_TRY(book_prepare(book,
                        "SELECT name, sex, born, (SELECT count(*) FROM mark WHERE person_id = ?1)"
                        " FROM person WHERE id = ?1 AND merged_into IS NULL",
                        &st, err));
    hm_status s = read_who(book, st, person, arena, who, err);
    sqlite3_finalize(st);
    return s;
}

/* Marks come by discipline and time; the first of a discipline and year is the best of it. */
static const char by_time[] =
    "SELECT m.code, m.year, m.official_cs, m.wind_cmps, m.date, e.name FROM mark m"
    " JOIN heat h ON h.id = m.heat_id JOIN meet e ON e.id = h.meet_id"
    " WHERE m.person_id = ?1 AND m.rival_of IS NULL AND m.status = 'ok' AND m.official_cs > 0"
    " ORDER BY m.code, m.official_cs, m.date, m.id";

static bool has_best(int32_t n, const hm_book_best *best, const char *code, int32_t year)
{
    for (int32_t i = n - 1; i >= 0; i--)
        if (best[i].year == year && sqlite3_stricmp(best[i].code, code) == 0)
            return true;
    return false;
}

static hm_status add_best(sqlite3_stmt *st, int32_t year, hm_arena *arena, int32_t *n,
                          hm_book_best *best, hm_err *err)
{
    const char *code = (const char *)sqlite3_column_text(st, 0);
    if (*n == BEST_MAX || has_best(*n, best, code, year))
        return HM_OK;
    hm_book_best *b = &best[(*n)++];
    *b = (hm_book_best){.year = year,
                        .official_cs = sqlite3_column_int(st, 2),
                        .has_wind = sqlite3_column_type(st, 3) != SQLITE_NULL,
                        .wind_cmps = sqlite3_column_int(st, 3)};
    HM_TRY(book_text(st, 0, arena, &b->code, err));
    HM_TRY(book_text(st, 4, arena, &b->date, err));
    return book_text(st, 5, arena, &b->meet, err);
}

static bool is_legal(sqlite3_stmt *st)
{
    if (sqlite3_column_type(st, 3) == SQLITE_NULL)
        return !book_needs_wind((const char *)sqlite3_column_text(st, 0));
    return sqlite3_column_int(st, 3) <= HM_BOOK_LEGAL_CMPS;
}

static hm_status read_bests(hm_book *book, sqlite3_stmt *st, bool legal, hm_arena *arena,
                            int32_t *n, hm_book_best *best, hm_err *err)
{
    bool row;
    for (;;) {
        HM_TRY(book_step(book, st, &row, err));
        if (!row)
            return HM_OK;
        if (legal && !is_legal(st))
            continue;
        int32_t year = sqlite3_column_int(st, 1);
        HM_TRY(add_best(st, 0, arena, n, best, err));
        if (year)
            HM_TRY(add_best(st, year, arena, n, best, err));
    }
}

hm_status hm_book_bests(hm_book *book, int64_t person, bool legal, hm_arena *arena,
                        hm_book_person *who, int32_t *n, hm_book_best **best, hm_err *err)
{
    sqlite3_stmt *st;
    hm_book_person found;
    int32_t count = 0;
    HM_TRY(find_who(book, person, arena, &found, err));
    hm_book_best *out = HM_PUSH(arena, hm_book_best, BEST_MAX);
    if (!out)
        return book_no_memory(err);
    HM_TRY(book_prepare(book, by_time, &st, err));
    hm_status s = book_bind(book, st, err, "i", person);
    if (s == HM_OK)
        s = read_bests(book, st, legal, arena, &count, out, err);
    sqlite3_finalize(st);
    if (s != HM_OK)
        return s;
    *who = found;
    *n = count;
    *best = out;
    return HM_OK;
}
