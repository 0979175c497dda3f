/* Meets out of the book: what it believes, and all that was imported. */
#include "ht.h"
#include "ht_meet.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "book/deeds.h"
#include "book/meets.h"
#include "io/sink.h"

typedef struct bench {
    hm_arena arena;
    hm_book *book, *other;
    char path[64], other_path[64];
    hm_err err;
} bench;

static void remove_file(const char *path)
{
    static const char *const end[] = {"", "-wal", "-shm"};
    char name[128];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, end[i]);
        unlink(name);
    }
}

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    hm_arena_init(&b->arena, 0);
    snprintf(b->path, sizeof b->path, "/tmp/hm_meets_%ld.db", (long)getpid());
    snprintf(b->other_path, sizeof b->other_path, "/tmp/hm_meets_%ld_2.db", (long)getpid());
    remove_file(b->path);
    remove_file(b->other_path);
    *state = b;
    return hm_book_open(b->path, HM_BOOK_WRITE, &b->arena, &b->book, &b->err) != HM_OK ||
           hm_book_open(b->other_path, HM_BOOK_WRITE, &b->arena, &b->other, &b->err) != HM_OK;
}

static int tear_down(void **state)
{
    bench *b = *state;
    hm_book_close(b->book);
    hm_book_close(b->other);
    remove_file(b->path);
    remove_file(b->other_path);
    hm_arena_free(&b->arena);
    free(b);
    return 0;
}

static void no_error(const bench *b, hm_status status)
{
    char line[900];
    hm_err_text(&b->err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static hm_book_report import_into(bench *b, hm_book *book, const hm_meet *meet)
{
    hm_book_report r = {0};
    no_error(b, hm_book_import(book, meet, &b->arena, &r, &b->err));
    return r;
}

/* ---- the whole book as text ---- */

static void dump(const char *path, const char *sql, hm_memory *m)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    hm_sink sink = hm_sink_memory(m);
    while (sqlite3_step(st) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count(st); c++) {
            const unsigned char *text = sqlite3_column_text(st, c);
            const char *cell = text ? (const char *)text : "<null>";
            assert_int_equal(sink.put(sink.ctx, cell, strlen(cell), NULL), HM_OK);
            assert_int_equal(sink.put(sink.ctx, "|", 1, NULL), HM_OK);
        }
    sqlite3_finalize(st);
    sqlite3_close(db);
}

/* All but the hour of import and what a hash is made of. */
static char *book_as_text(bench *b, const char *path)
{
    static const char *const sql[] = {
        "SELECT id, source, added, already, conflicts FROM import ORDER BY id",
        "SELECT * FROM person ORDER BY id",
        "SELECT * FROM person_name ORDER BY key, person_id",
        "SELECT * FROM meet ORDER BY id",
        "SELECT * FROM heat ORDER BY id",
        "SELECT * FROM mark ORDER BY id",
        "SELECT * FROM split ORDER BY mark_id, n",
        "SELECT * FROM seen ORDER BY mark_id, import_id",
    };
    hm_memory m = {.arena = &b->arena};
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++)
        dump(path, sql[i], &m);
    return m.bytes;
}

/* ---- meets ---- */

/* Anything, but each name once in a heat (the order of namesakes is nobody's) and each heat once.
 */
static hm_meet any_meet(uint64_t seed, hm_arena *a)
{
    hm_meet m = ht_any_meet(seed, a);
    m.category = seed % 3 ? "" : "GW";
    m.name = *m.name || *m.date ? m.name : "Meet"; /* else its file names it, without folders */
    for (int32_t i = 0; i < m.n_heat; i++) {
        m.heat[i].round = i;
        for (int32_t k = 0; k < m.heat[i].n_mark; k++) {
            hm_person *who = &m.heat[i].mark[k].who;
            who->last_name = ht_hostile[(seed + (uint64_t)i + (uint64_t)k) % HT_N_HOSTILE];
            who->first_name = "";
            if (k % 2 == 0) {
                m.heat[i].mark[k].status = HM_MARK_FINISHED;
                m.heat[i].mark[k].official_cs = 1000 + k;
            }
        }
    }
    for (int32_t i = 0; i < m.n_person; i++)
        m.person[i].last_name = hm_arena_printf(a, "only listed %d", (int)seed * 10 + i);
    return m;
}

/* The same heats again, as another system took them. */
static hm_meet contradicted(const hm_meet *meet, hm_arena *a)
{
    hm_meet m = *meet;
    m.source = "second.lif";
    m.heat = HM_PUSH(a, hm_heat, m.n_heat + 1);
    for (int32_t i = 0; i < m.n_heat; i++) {
        m.heat[i] = meet->heat[i];
        m.heat[i].mark = HM_PUSH(a, hm_mark, m.heat[i].n_mark + 1);
        for (int32_t k = 0; k < m.heat[i].n_mark; k++) {
            m.heat[i].mark[k] = meet->heat[i].mark[k];
            if (k % 2 == 0 && m.heat[i].mark[k].official_cs > 1)
                m.heat[i].mark[k].official_cs--;
        }
    }
    return m;
}

static void a_book_goes_through_its_history_into_another(void **state)
{
    bench *b = *state;
    int64_t conflicts = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        hm_meet meet = any_meet(seed, &b->arena);
        import_into(b, b->book, &meet);
        hm_meet again = contradicted(&meet, &b->arena);
        conflicts += import_into(b, b->book, &again).conflicts;
    }
    assert_true(conflicts > 20);
    int32_t n;
    hm_meet *part;
    no_error(b, hm_book_history(b->book, 0, &b->arena, &n, &part, &b->err));
    for (int32_t i = 0; i < n; i++)
        import_into(b, b->other, &part[i]);
    const char *want = book_as_text(b, b->path), *got = book_as_text(b, b->other_path);
    for (size_t i = 0; want[i] || got[i]; i++)
        if (want[i] != got[i])
            fail_msg("want ...%.200s\ngot  ...%.200s", want + (i > 60 ? i - 60 : 0),
                     got + (i > 60 ? i - 60 : 0));
    for (int32_t i = 0; i < n; i++) { /* and again: nothing twice */
        hm_book_report r = import_into(b, b->book, &part[i]);
        assert_int_equal(r.added + r.conflicts + r.people, 0);
    }
}

/* ---- what is believed ---- */

static hm_mark mark_of(const char *name, hm_mark_status status, int32_t place, int32_t official_cs)
{
    hm_mark m = hm_mark_default();
    m.who.last_name = name;
    m.status = status;
    m.place = place;
    m.official_cs = official_cs;
    return m;
}

static hm_meet one_heat(hm_heat *heat, hm_mark *mark, int32_t n, const char *source)
{
    hm_meet meet = hm_meet_default();
    *heat = hm_heat_default();
    heat->code = "100m";
    heat->mark = mark;
    heat->n_mark = n;
    meet.name = "Club";
    meet.date = "2026-06-01";
    meet.source = source;
    meet.heat = heat;
    meet.n_heat = 1;
    return meet;
}

static void the_believed_meet_has_results_for_entries_and_no_rivals(void **state)
{
    bench *b = *state;
    hm_heat heat;
    hm_mark entry[] = {mark_of("A", HM_MARK_ENTERED, 0, 0), mark_of("B", HM_MARK_ENTERED, 0, 0),
                       mark_of("C", HM_MARK_ENTERED, 0, 0)};
    hm_mark result[] = {mark_of("B", HM_MARK_FINISHED, 2, 1040),
                        mark_of("A", HM_MARK_FINISHED, 1, 1030)};
    hm_mark rival[] = {mark_of("A", HM_MARK_FINISHED, 1, 1029)};
    hm_meet meet = one_heat(&heat, entry, 3, "x.evt");
    import_into(b, b->book, &meet);
    meet = one_heat(&heat, result, 2, "x.lif");
    heat.has_wind = true, heat.wind_cmps = 110;
    import_into(b, b->book, &meet);
    meet = one_heat(&heat, rival, 1, "y.lif");
    assert_int_equal(import_into(b, b->book, &meet).conflicts, 1);
    int32_t n;
    hm_book_meet *list;
    no_error(b, hm_book_meets(b->book, "", 9, &b->arena, &n, &list, &b->err));
    assert_int_equal(n, 1);
    assert_string_equal(list[0].name, "Club");
    hm_meet got;
    no_error(b, hm_book_meet_read(b->book, list[0].id, &b->arena, &got, &b->err));
    assert_int_equal(got.n_heat, 1);
    assert_int_equal(got.heat[0].n_mark, 3);
    static const struct {
        const char *name;
        int32_t place, cs;
    } want[] = {{"A", 1, 1030}, {"B", 2, 1040}, {"C", 0, 0}};
    for (int i = 0; i < 3; i++) {
        const hm_mark *m = &got.heat[0].mark[i];
        assert_string_equal(m->who.last_name, want[i].name);
        assert_int_equal(m->place, want[i].place);
        assert_int_equal(m->official_cs, want[i].cs);
    }
    assert_true(got.heat[0].has_wind && got.heat[0].wind_cmps == 110);
    int32_t n_part;
    hm_meet *part;
    no_error(b, hm_book_history(b->book, list[0].id, &b->arena, &n_part, &part, &b->err));
    assert_int_equal(n_part, 3);
    assert_string_equal(part[2].source, "y.lif");
    assert_int_equal(part[2].heat[0].n_mark, 1);
    hm_book_deed deed;
    no_error(b, hm_book_undo(b->book, 0, &b->arena, &deed, &b->err));
    no_error(b, hm_book_history(b->book, 0, &b->arena, &n_part, &part, &b->err));
    assert_int_equal(n_part, 2);
}

static int64_t count(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

/* Lists of the other book show what those of this one show. */
static void merged_people_and_settled_contests_come_as_lists_show_them(void **state)
{
    bench *b = *state;
    hm_heat heat;
    hm_mark one[] = {mark_of("Ann Example", HM_MARK_FINISHED, 1, 1130)};
    hm_mark two[] = {mark_of("A. Example", HM_MARK_FINISHED, 1, 1120)};
    hm_mark late[] = {mark_of("Ann Example", HM_MARK_FINISHED, 1, 1131)};
    hm_meet meet = one_heat(&heat, one, 1, "one.lif");
    import_into(b, b->book, &meet);
    meet = one_heat(&heat, two, 1, "two.lif");
    meet.date = "2026-06-08";
    import_into(b, b->book, &meet);
    meet = one_heat(&heat, late, 1, "late.lif");
    assert_int_equal(import_into(b, b->book, &meet).conflicts, 1);
    int64_t deed;
    no_error(b, hm_book_merge(b->book, 1, 2, &b->arena, &b->err));
    no_error(b, hm_book_settle(b->book, 3, true, &deed, &b->err)); /* the late one stands */
    int32_t n;
    hm_meet *part;
    no_error(b, hm_book_history(b->book, 0, &b->arena, &n, &part, &b->err));
    for (int32_t i = 0; i < n; i++)
        import_into(b, b->other, &part[i]);
    const char *marks = "SELECT group_concat(official_cs) FROM (SELECT official_cs FROM mark"
                        " WHERE rival_of IS NULL ORDER BY date, official_cs)";
    hm_memory want = {.arena = &b->arena}, got = {.arena = &b->arena};
    dump(b->path, marks, &want);
    dump(b->other_path, marks, &got);
    assert_string_equal(want.bytes, "1131,1120|");
    assert_string_equal(got.bytes, want.bytes);
    assert_int_equal(count(b->other_path, "SELECT count(*) FROM person"), 1);
    assert_int_equal(count(b->other_path, "SELECT count(*) FROM mark WHERE person_id = 1"), 2);
}

static void a_meet_that_is_not_there_is_refused(void **state)
{
    bench *b = *state;
    hm_meet meet = {.n_heat = -7};
    int32_t n = -7;
    hm_meet *part;
    assert_int_equal(hm_book_meet_read(b->book, 1, &b->arena, &meet, &b->err), HM_ERR_INPUT);
    assert_non_null(strstr(b->err.msg, "no meet of number 1"));
    assert_int_equal(hm_book_history(b->book, 1, &b->arena, &n, &part, NULL), HM_ERR_INPUT);
    assert_true(meet.n_heat == -7 && n == -7);
    no_error(b, hm_book_history(b->book, 0, &b->arena, &n, &part, NULL));
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_book_goes_through_its_history_into_another, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_believed_meet_has_results_for_entries_and_no_rivals,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(merged_people_and_settled_contests_come_as_lists_show_them,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_meet_that_is_not_there_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("book/meets", tests, NULL, NULL);
}
