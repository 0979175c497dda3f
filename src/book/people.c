/* People: found by name, compared. */
#include "book_priv.h"

#include <string.h>

/* ---- by name ---- */

typedef struct search {
    hm_book *book;
    hm_arena *arena;
    sqlite3_stmt *names, *root;
    book_seen seen;
    int32_t n, n_max;
    hm_book_person *person;
} search;

static hm_status read_person(search *f, int64_t named, hm_book_person *p, hm_err *err)
{
    bool row;
    HM_TRY(book_bind(f->book, f->root, err, "i", named));
    HM_TRY(book_step(f->book, f->root, &row, err));
    *p = (hm_book_person){.id = row ? sqlite3_column_int64(f->root, 0) : 0};
    bool is_new = false;
    if (row)
        HM_TRY(book_see(&f->seen, p->id, f->arena, &is_new, err));
    if (!is_new) {
        p->id = 0;
        return HM_OK;
    }
    p->n_mark = sqlite3_column_int64(f->root, 4);
    HM_TRY(book_text(f->root, 1, f->arena, &p->name, err));
    HM_TRY(book_text(f->root, 2, f->arena, &p->sex, err));
    return book_text(f->root, 3, f->arena, &p->born, err);
}

static hm_status read_people(search *f, hm_err *err)
{
    bool row;
    while (f->n < f->n_max) {
        HM_TRY(book_step(f->book, f->names, &row, err));
        if (!row)
            return HM_OK;
        hm_book_person *p = &f->person[f->n];
        HM_TRY(read_person(f, sqlite3_column_int64(f->names, 0), p, err));
        f->n += p->id != 0;
    }
    return HM_OK;
}

static hm_status find_people(search *f, const char *key, hm_err *err)
{
    HM_TRY(book_prepare(f->book,
                        "SELECT person_id FROM person_name WHERE instr(key, ?1) > 0 ORDER BY key,"
                        " person_id",
                        &f->names, err));
    HM_TRY(book_prepare(f->book,
                        "WITH RECURSIVE up (id, into_id) AS (SELECT id, merged_into FROM person"
                        " WHERE id = ?1 UNION ALL SELECT q.id, q.merged_into FROM up JOIN person q"
                        " ON q.id = up.into_id) SELECT p.id, p.name, p.sex, p.born, (SELECT"
                        " count(*) FROM mark m WHERE m.person_id = p.id) FROM up JOIN person p ON"
                        " p.id = up.id WHERE up.into_id IS NULL",
                        &f->root, err));
    HM_TRY(book_bind(f->book, f->names, err, "t", key));
    return read_people(f, err);
}

hm_status hm_book_find(hm_book *book, const char *text, int32_t n_max, hm_arena *arena, int32_t *n,
                       hm_book_person **person, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    size_t room = strlen(text) + 16;
    search f = {.book = book, .arena = arena, .n_max = n_max};
    char *key = HM_PUSH(arena, char, room);
    f.person = HM_PUSH(arena, hm_book_person, n_max);
    if (!key || !f.person)
        return book_no_memory(err);
    hm_status s = find_people(&f, hm_book_fold(text, key, room), err);
    sqlite3_finalize(f.names);
    sqlite3_finalize(f.root);
    if (s != HM_OK)
        return s;
    *n = f.n;
    *person = f.person;
    return HM_OK;
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
    HM_TRY(book_ask(book, "SELECT count(*)" MEETINGS, &n_heat, err, "ii", a, b));
    hm_book_duel *out = HM_PUSH(arena, hm_book_duel, n_heat + 1);
    if (!out)
        return book_no_memory(err);
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
