/* People: found by name, made one, compared. */
#include "book_priv.h"

#include <string.h>

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- by name ---- */

static hm_status read_people(hm_book *book, sqlite3_stmt *st, int32_t n_max, hm_arena *arena,
                             int32_t *n, hm_book_person *out, hm_err *err)
{
    bool row;
    for (*n = 0; *n < n_max; (*n)++) {
        hm_book_person *p = &out[*n];
        HM_TRY(book_step(book, st, &row, err));
        if (!row)
            return HM_OK;
        p->id = sqlite3_column_int64(st, 0);
        p->n_mark = sqlite3_column_int64(st, 4);
        HM_TRY(book_text(st, 1, arena, &p->name, err));
        HM_TRY(book_text(st, 2, arena, &p->sex, err));
        HM_TRY(book_text(st, 3, arena, &p->born, err));
    }
    return HM_OK;
}

hm_status hm_book_find(hm_book *book, const char *text, int32_t n_max, hm_arena *arena, int32_t *n,
                       hm_book_person **person, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    sqlite3_stmt *st;
    size_t room = strlen(text) + 16;
    char *key = HM_PUSH(arena, char, room);
    hm_book_person *out = HM_PUSH(arena, hm_book_person, n_max);
    int32_t found = 0;
    if (!key || !out)
        return no_memory(err);
    hm_book_fold(text, key, room);
    HM_TRY(book_prepare(book,
                        "SELECT p.id, p.name, p.sex, p.born,"
                        " (SELECT count(*) FROM mark m WHERE m.person_id = p.id)"
                        " FROM person p WHERE p.id IN"
                        " (SELECT person_id FROM person_name WHERE instr(key, ?1) > 0)"
                        " ORDER BY p.name, p.id",
                        &st, err));
    hm_status s = book_bind(book, st, err, "t", key);
    if (s == HM_OK)
        s = read_people(book, st, n_max, arena, &found, out, err);
    sqlite3_finalize(st);
    if (s != HM_OK)
        return s;
    *n = found;
    *person = out;
    return HM_OK;
}

/* ---- two are one ---- */

/* A number asked of the two ids. */
static hm_status ask(hm_book *book, const char *sql, int64_t a, int64_t b, int64_t *value,
                     hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book, sql, &st, err));
    hm_status s = book_bind(book, st, err, "ii", a, b);
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    *value = s == HM_OK && row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_finalize(st);
    return s;
}

static hm_status merge(hm_book *book, int64_t keep, int64_t drop, hm_err *err)
{
    static const char *const step[] = {
        "UPDATE mark SET person_id = ?1 WHERE person_id = ?2",
        "INSERT OR IGNORE INTO person_name (key, person_id)"
        " SELECT key, ?1 FROM person_name WHERE person_id = ?2",
        "DELETE FROM person_name WHERE person_id = ?2 AND ?1",
        "UPDATE person SET sex = CASE WHEN sex = '' THEN (SELECT sex FROM person WHERE id = ?2)"
        " ELSE sex END, born = CASE WHEN born = '' THEN (SELECT born FROM person WHERE id = ?2)"
        " ELSE born END WHERE id = ?1",
        "DELETE FROM person WHERE id = ?2 AND ?1"};
    int64_t n;
    HM_TRY(ask(book, "SELECT count(*) FROM person WHERE id IN (?1, ?2)", keep, drop, &n, err));
    if (n != 2)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "expected the numbers of two people, found %lld and %lld",
                          (long long)keep, (long long)drop);
    HM_TRY(ask(book,
               "SELECT count(*) FROM mark a JOIN mark b ON a.heat_id = b.heat_id"
               " WHERE a.person_id = ?1 AND b.person_id = ?2",
               keep, drop, &n, err));
    if (n != 0)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "%lld and %lld are two people: both stand in one heat", (long long)keep,
                          (long long)drop);
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++)
        HM_TRY(ask(book, step[i], keep, drop, &n, err));
    return HM_OK;
}

hm_status hm_book_merge(hm_book *book, int64_t keep, int64_t drop, hm_err *err)
{
    HM_TRY(book_begin(book, err));
    return book_end(book, merge(book, keep, drop, err), err);
}

/* ---- against each other ---- */

static int winner(const hm_book_duel *d)
{
    if (d->place_a && d->place_b && d->place_a != d->place_b)
        return d->place_a < d->place_b ? -1 : 1;
    if (d->place_a && d->place_b)
        return 0;
    if (!d->official_a_cs || !d->official_b_cs)
        return d->official_a_cs ? -1 : d->official_b_cs ? 1 : 0;
    return (d->official_a_cs > d->official_b_cs) - (d->official_a_cs < d->official_b_cs);
}

static hm_status read_duel(sqlite3_stmt *st, hm_arena *arena, hm_book_duel *d, hm_err *err)
{
    HM_TRY(book_text(st, 0, arena, &d->date, err));
    HM_TRY(book_text(st, 1, arena, &d->meet, err));
    HM_TRY(book_text(st, 2, arena, &d->code, err));
    HM_TRY(book_text(st, 3, arena, &d->round, err));
    d->place_a = sqlite3_column_int(st, 4);
    d->place_b = sqlite3_column_int(st, 5);
    d->official_a_cs = sqlite3_column_int(st, 6);
    d->official_b_cs = sqlite3_column_int(st, 7);
    return HM_OK;
}

#define MEETINGS                                                                                   \
    " FROM mark a JOIN mark b ON a.heat_id = b.heat_id JOIN heat h ON h.id = a.heat_id"            \
    " JOIN meet e ON e.id = h.meet_id WHERE a.person_id = ?1 AND b.person_id = ?2"                 \
    " AND a.rival_of IS NULL AND b.rival_of IS NULL"                                               \
    " AND a.status IN ('ok', 'dnf', 'dq') AND b.status IN ('ok', 'dnf', 'dq')"

hm_status hm_book_duels(hm_book *book, int64_t a, int64_t b, hm_arena *arena, int32_t *n,
                        hm_book_duel **duel, int32_t *wins_a, int32_t *wins_b, hm_err *err)
{
    sqlite3_stmt *st;
    int64_t n_heat;
    int32_t won_a = 0, won_b = 0, k = 0;
    HM_TRY(ask(book, "SELECT count(*)" MEETINGS, a, b, &n_heat, err));
    hm_book_duel *out = HM_PUSH(arena, hm_book_duel, n_heat + 1);
    if (!out)
        return no_memory(err);
    HM_TRY(book_prepare(book,
                        "SELECT e.date, e.name, h.code, h.round_name, a.place, b.place,"
                        " a.official_cs, b.official_cs" MEETINGS " ORDER BY e.date, h.id",
                        &st, err));
    hm_status s = book_bind(book, st, err, "ii", a, b);
    bool row = s == HM_OK;
    while (s == HM_OK && k < n_heat && (s = book_step(book, st, &row, err)) == HM_OK && row &&
           (s = read_duel(st, arena, &out[k], err)) == HM_OK) {
        int who = winner(&out[k++]);
        won_a += who < 0;
        won_b += who > 0;
    }
    sqlite3_finalize(st);
    if (s != HM_OK)
        return s;
    *n = k;
    *duel = out;
    if (wins_a)
        *wins_a = won_a;
    if (wins_b)
        *wins_b = won_b;
    return HM_OK;
}
