/* Meets: found by name, their category in the world rankings, which of their heats are finals. */
#include "book_priv.h"

#include <math.h>
#include <string.h>

#include "book/deeds.h"
#include "book/points.h"

hm_status book_category_refresh(hm_book *book, int64_t meet, hm_err *err)
{
    HM_TRY(book_do(book,
                   "UPDATE meet SET category = coalesce((SELECT d.category FROM deed d WHERE"
                   " d.meet_id = ?1 AND d.kind = 'category' AND d.undone = 0 ORDER BY d.id DESC"
                   " LIMIT 1), '') WHERE id = ?1",
                   err, "i", meet));
    return book_do(book,
                   "UPDATE mark SET category = (SELECT category FROM meet WHERE id = ?1)"
                   " WHERE heat_id IN (SELECT id FROM heat WHERE meet_id = ?1)"
                   " AND category <> (SELECT category FROM meet WHERE id = ?1)",
                   err, "i", meet);
}

hm_status book_final_refresh(hm_book *book, int64_t meet, hm_err *err)
{
    return book_do(book,
                   "UPDATE mark SET final = 1 - final WHERE id IN (SELECT m.id FROM heat h JOIN"
                   " mark m ON m.heat_id = h.id WHERE h.meet_id = ?1 AND"
                   " h.round_name = '' AND m.final <> " BOOK_IS_FINAL ")",
                   err, "i", meet);
}

bool hm_book_is_category(const char *text)
{
    for (int c = 0; c < HM_POINTS_N_CATEGORY; c++)
        if (strcmp(text, hm_points_category_text((hm_points_category)c)) == 0)
            return true;
    return text[0] == '\0';
}

static hm_status categorise(hm_book *book, int64_t meet, const char *category, int64_t *deed,
                            hm_err *err)
{
    int64_t n;
    HM_TRY(book_ask(book, "SELECT count(*) FROM meet WHERE id = ?1", &n, err, "i", meet));
    if (n == 0)
        return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL,
                          "has no meet %lld; see hecto book meets", (long long)meet);
    HM_TRY(book_do(book,
                   "INSERT INTO deed (kind, meet_id, category, what) SELECT 'category', id, ?2,"
                   " name || ' ' || date || ': ' || CASE WHEN ?2 = '' THEN 'none' ELSE ?2 END"
                   " FROM meet WHERE id = ?1",
                   err, "it", meet, category));
    *deed = sqlite3_last_insert_rowid(book->db);
    return book_category_refresh(book, meet, err);
}

hm_status hm_book_categorise(hm_book *book, int64_t meet, const char *category, int64_t *deed,
                             hm_err *err)
{
    int64_t id = 0;
    if (!hm_book_is_category(category))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, category,
                          "expected OW, DF, GW, GL, A, B, C, D, E, F or none");
    HM_TRY(book_begin(book, err));
    HM_TRY(book_end(book, categorise(book, meet, category, &id, err), err));
    *deed = id;
    return HM_OK;
}

/* ---- meets ---- */

static hm_status read_meets(hm_book *book, sqlite3_stmt *st, int32_t n_max, hm_arena *arena,
                            int32_t *n, hm_book_meet *out, hm_err *err)
{
    bool row;
    for (*n = 0; *n < n_max; (*n)++) {
        hm_book_meet *m = &out[*n];
        HM_TRY(book_step(book, st, &row, err));
        if (!row)
            return HM_OK;
        m->id = sqlite3_column_int64(st, 0);
        m->n_mark = sqlite3_column_int64(st, 6);
        m->altitude_m =
            sqlite3_column_type(st, 5) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(st, 5);
        HM_TRY(book_text(st, 1, arena, &m->name, err));
        HM_TRY(book_text(st, 2, arena, &m->date, err));
        HM_TRY(book_text(st, 3, arena, &m->venue, err));
        HM_TRY(book_text(st, 4, arena, &m->category, err));
    }
    return HM_OK;
}

hm_status hm_book_meets(hm_book *book, const char *text, int32_t n_max, hm_arena *arena, int32_t *n,
                        hm_book_meet **meet, hm_err *err)
{
    HM_ASSERT(n_max >= 1 && n_max <= HM_BOOK_LIST_MAX);
    sqlite3_stmt *st;
    int32_t found = 0;
    hm_book_meet *out = HM_PUSH(arena, hm_book_meet, n_max);
    if (!out)
        return book_no_memory(err);
    HM_TRY(book_prepare(book,
                        "SELECT e.id, e.name, e.date, e.venue, e.category, e.altitude_m, (SELECT"
                        " count(*) FROM heat h JOIN mark m ON m.heat_id = h.id WHERE h.meet_id ="
                        " e.id AND m.rival_of IS NULL) FROM meet e WHERE instr(lower(e.name),"
                        " lower(?1)) > 0 OR instr(lower(e.venue), lower(?1)) > 0 OR ?1 = ''"
                        " ORDER BY e.date DESC, e.id DESC LIMIT ?2",
                        &st, err));
    hm_status s = book_bind(book, st, err, "ti", text, (int64_t)n_max);
    if (s == HM_OK)
        s = read_meets(book, st, n_max, arena, &found, out, err);
    sqlite3_finalize(st);
    if (s != HM_OK)
        return s;
    *n = found;
    *meet = out;
    return HM_OK;
}
