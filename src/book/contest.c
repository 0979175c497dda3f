/* Marks that contradict one another: listed, settled, and which of them stands. */
#include "book_priv.h"

#include <string.h>

#include "book/deeds.h"

/* ---- which stands ---- */

/* The latest settlement that holds for a contest: the mark it chose, the last it weighed. */
static hm_status find_verdict(hm_book *book, int64_t heat, int64_t person, int64_t *chosen,
                              int64_t *up_to, hm_err *err)
{
    *chosen = *up_to = 0;
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(book,
                        "SELECT m.id, d.up_to FROM mark m CROSS JOIN deed d ON d.mark_id = m.id"
                        " WHERE m.heat_id = ?1 AND m.person_id = ?2 AND d.kind = 'settle' AND"
                        " d.undone = 0 ORDER BY d.id DESC LIMIT 1",
                        &st, err));
    hm_status s = book_bind(book, st, err, "ii", heat, person);
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    if (s == HM_OK && row) {
        *chosen = sqlite3_column_int64(st, 0);
        *up_to = sqlite3_column_int64(st, 1);
    }
    sqlite3_finalize(st);
    return s;
}

hm_status book_contest_refresh(hm_book *book, int64_t heat, int64_t person, hm_err *err)
{
    int64_t head, up_to;
    HM_TRY(find_verdict(book, heat, person, &head, &up_to, err));
    if (!head)
        HM_TRY(book_ask(book,
                        "SELECT coalesce(min(id), 0) FROM mark WHERE heat_id = ?1 AND person_id ="
                        " ?2 AND status <> 'entered'",
                        &head, err, "ii", heat, person));
    return book_do(book,
                   "UPDATE mark SET rival_of = nullif(?3, id), settled = id <> ?3 AND id <= ?4"
                   " WHERE heat_id = ?1 AND person_id = ?2 AND status <> 'entered'"
                   " AND (rival_of IS NOT nullif(?3, id) OR settled <> (id <> ?3 AND id <= ?4))",
                   err, "iiii", heat, person, head, up_to);
}

/* ---- the list ---- */

static hm_status read_side(sqlite3_stmt *st, hm_arena *arena, hm_book_side *s, hm_err *err)
{
    *s = (hm_book_side){
        .mark = sqlite3_column_int64(st, 0),
        .stands = sqlite3_column_int(st, 1) != 0,
        .place = sqlite3_column_int(st, 4),
        .official_cs = sqlite3_column_int(st, 5),
        .hand = sqlite3_column_int(st, 6) != 0,
        .has_wind = sqlite3_column_type(st, 7) != SQLITE_NULL,
        .wind_cmps = sqlite3_column_int(st, 7),
        .reaction_us = sqlite3_column_type(st, 8) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, 8),
        .line = sqlite3_column_int64(st, 9),
        .deed = sqlite3_column_int64(st, 12)};
    HM_TRY(book_text(st, 2, arena, &s->status, err));
    HM_TRY(book_text(st, 3, arena, &s->rule, err));
    HM_TRY(book_text(st, 10, arena, &s->file, err));
    return book_text(st, 11, arena, &s->at, err);
}

static hm_status read_sides(hm_book *book, sqlite3_stmt *st, int64_t head, hm_arena *arena,
                            hm_book_conflict *c, hm_err *err)
{
    bool row;
    int64_t n;
    HM_TRY(book_ask(book, "SELECT 1 + count(*) FROM mark WHERE rival_of = ?1", &n, err, "i", head));
    c->side = HM_PUSH(arena, hm_book_side, n);
    if (!c->side)
        return book_no_memory(err);
    HM_TRY(book_bind(book, st, err, "i", head));
    for (c->n_side = 0;; c->n_side++) {
        HM_TRY(book_step(book, st, &row, err));
        if (!row || c->n_side == n)
            return HM_OK;
        HM_TRY(read_side(st, arena, &c->side[c->n_side], err));
    }
}

static hm_status read_conflict(sqlite3_stmt *st, hm_arena *arena, hm_book_conflict *c, hm_err *err)
{
    *c = (hm_book_conflict){.person = sqlite3_column_int64(st, 1),
                            .heat = sqlite3_column_int(st, 7)};
    HM_TRY(book_text(st, 2, arena, &c->name, err));
    HM_TRY(book_text(st, 3, arena, &c->code, err));
    HM_TRY(book_text(st, 4, arena, &c->date, err));
    HM_TRY(book_text(st, 5, arena, &c->meet, err));
    return book_text(st, 6, arena, &c->round, err);
}

static hm_status read_conflicts(hm_book *book, sqlite3_stmt *heads, sqlite3_stmt *sides,
                                int32_t n_max, hm_arena *arena, int32_t *n, hm_book_conflict *out,
                                hm_err *err)
{
    bool row;
    for (*n = 0; *n < n_max; (*n)++) {
        HM_TRY(book_step(book, heads, &row, err));
        if (!row)
            return HM_OK;
        HM_TRY(read_conflict(heads, arena, &out[*n], err));
        HM_TRY(read_sides(book, sides, sqlite3_column_int64(heads, 0), arena, &out[*n], err));
    }
    return HM_OK;
}

hm_status hm_book_conflicts(hm_book *book, int32_t n_max, hm_arena *arena, int32_t *n,
                            hm_book_conflict **conflict, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    sqlite3_stmt *heads = NULL, *sides = NULL;
    int32_t found = 0;
    hm_book_conflict *out = HM_PUSH(arena, hm_book_conflict, n_max);
    if (!out)
        return book_no_memory(err);
    hm_status s = book_prepare(
        book,
        "SELECT m.id, m.person_id, p.name, m.code, e.date, e.name, h.round_name, h.heat FROM mark m"
        " JOIN person p ON p.id = m.person_id JOIN heat h ON h.id = m.heat_id JOIN meet e ON"
        " e.id = h.meet_id WHERE m.id IN (SELECT rival_of FROM mark WHERE rival_of IS NOT NULL"
        " AND settled = 0) ORDER BY m.id",
        &heads, err);
    if (s == HM_OK)
        s = book_prepare(
            book,
            "SELECT m.id, m.rival_of IS NULL, m.status, m.rule, m.place, m.official_cs, m.timing ="
            " 'hand', m.wind_cmps, m.reaction_us, m.line, i.source, i.at, (SELECT d.id FROM deed d"
            " WHERE d.import_id = i.id AND d.kind = 'import') FROM mark m JOIN import i ON i.id ="
            " m.import_id WHERE m.id = ?1 OR m.rival_of = ?1 ORDER BY m.rival_of IS NOT NULL, m.id",
            &sides, err);
    if (s == HM_OK)
        s = read_conflicts(book, heads, sides, n_max, arena, &found, out, err);
    sqlite3_finalize(heads);
    sqlite3_finalize(sides);
    if (s != HM_OK)
        return s;
    *n = found;
    *conflict = out;
    return HM_OK;
}

/* ---- settling ---- */

typedef struct contest {
    int64_t heat, person, head, last, n;
} contest;

static hm_status find_contest(hm_book *book, int64_t mark, contest *c, hm_err *err)
{
    sqlite3_stmt *st;
    bool row = false;
    HM_TRY(book_prepare(
        book,
        "SELECT m.heat_id, m.person_id, coalesce(m.rival_of, m.id), max(o.id), count(*) FROM mark m"
        " JOIN mark o ON o.heat_id = m.heat_id AND o.person_id = m.person_id AND o.status <>"
        " 'entered' WHERE m.id = ?1 AND m.status <> 'entered' GROUP BY m.id",
        &st, err));
    hm_status s = book_bind(book, st, err, "i", mark);
    if (s == HM_OK)
        s = book_step(book, st, &row, err);
    if (s == HM_OK && row)
        *c = (contest){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                       sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3),
                       sqlite3_column_int64(st, 4)};
    sqlite3_finalize(st);
    HM_TRY(s);
    if (row && c->n > 1)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                      row ? "nothing contradicts mark %lld"
                          : "has no mark %lld; see hecto book conflicts",
                      (long long)mark);
}

static hm_status settle(hm_book *book, int64_t mark, bool take, int64_t *deed, hm_err *err)
{
    contest c = {0};
    HM_TRY(find_contest(book, mark, &c, err));
    HM_TRY(book_do(
        book,
        "INSERT INTO deed (kind, mark_id, up_to, what) SELECT 'settle', m.id, ?2, p.name || ', ' ||"
        " m.code || ' ' || m.date || ': mark ' || m.id || ' stands, ' || CASE WHEN m.status = 'ok'"
        " THEN printf('%d.%02d', m.official_cs / 100, m.official_cs % 100) ELSE m.status END"
        " FROM mark m JOIN person p ON p.id = m.person_id WHERE m.id = ?1",
        err, "ii", take ? mark : c.head, c.last));
    *deed = sqlite3_last_insert_rowid(book->db);
    return book_contest_refresh(book, c.heat, c.person, err);
}

hm_status hm_book_settle(hm_book *book, int64_t mark, bool take, int64_t *deed, hm_err *err)
{
    int64_t id = 0;
    HM_TRY(book_begin(book, err));
    HM_TRY(book_end(book, settle(book, mark, take, &id, err), err));
    *deed = id;
    return HM_OK;
}
