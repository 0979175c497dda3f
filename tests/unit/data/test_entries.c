#include "ht.h"

#include <string.h>

#include "data/entries.h"
#include "io/sink.h"

static hm_arena arena;
static int open_arena(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}
static int close_arena(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static void entries_are_read_in_any_form(void **state)
{
    (void)state;
    const char *text = "\xef\xbb\xbf# meet: Vereinsabend\n# sex: Frauen\n"
                       "Name;Verein;Bestzeit;dns;sprinter;Jahrgang\r\n"
                       "\"O'Neil, \"\"Ace\"\"\";TV;10,52;;a/b.json;2011-03-04\r\n"
                       "走る 太郎;;;ja\r\n\xf0\x9f\x90\x8e;=cmd();1:02,5;SF\r\n";
    hm_entries e;
    hm_err err = {0};
    assert_int_equal(hm_entries_parse("e.csv", text, strlen(text), &arena, &e, &err), HM_OK);
    assert_int_equal(e.n, 3);
    assert_string_equal(e.meet, "Vereinsabend");
    assert_string_equal(e.entry[0].name, "O'Neil, \"Ace\"");
    assert_true(e.entry[0].best_us == 10520000 && e.entry[1].best_us == 0);
    assert_int_equal(e.entry[2].best_us, 62500000);
    assert_string_equal(e.entry[1].dns, "R1");
    assert_string_equal(e.entry[2].dns, "SF");
    assert_string_equal(e.entry[2].team, "=cmd()");
    assert_true(e.has_sex && e.sex == HM_SEX_WOMEN);
    assert_string_equal(e.entry[0].sprinter, "a/b.json");
    assert_string_equal(e.entry[1].sprinter, "");
    assert_string_equal(e.entry[0].born, "2011-03-04");
    assert_string_equal(e.entry[1].born, "");
}

static void refusals_name_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, col;
        const char *field;
    } bad[] = {
        {"name,team\nA,X\n", 1, 1, "best_s"},
        {"name,best_s\n", 2, 1, "name"},
        {"name,best_s\nA,10.1\n,10.2\n", 3, 1, "name"},
        {"name,best_s\nA,fast\n", 2, 3, "best_s"},
        {"name,best_s\nA,nan\n", 2, 3, "best_s"},
        {"name,best_s\nA,1e400\n", 2, 3, "best_s"},
        {"name,best_s\nA,-10.1\n", 2, 3, "best_s"},
        {"name,best_s\nA,10.1\nB,10.2\nA,10.3\n", 4, 0, "name"},
        {"id,name,best_s\n7,A,10.1\n7,B,10.2\n", 3, 0, "id"},
        {"name,best_s,dns\nA,10.1,maybe\n", 2, 8, "dns"},
        {"name,name,best_s\nA,B,10.1\n", 1, 6, "name"},
        {"name,best_s,born\nA,10.1,4.3.2011\n", 2, 8, "born"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_entries e;
        hm_err err = {0};
        assert_int_equal(
            hm_entries_parse("e.csv", bad[i].text, strlen(bad[i].text), &arena, &e, &err),
            HM_ERR_INPUT);
        if (err.line != bad[i].line || err.col != bad[i].col ||
            strcmp(err.field, bad[i].field) != 0)
            fail_msg("case %d: %d:%d: %s: %s", (int)i, (int)err.line, (int)err.col, err.field,
                     err.msg);
    }
}

static void a_crowd_is_refused(void **state)
{
    (void)state;
    hm_memory m = {.arena = &arena};
    hm_sink sink = hm_sink_memory(&m);
    assert_int_equal(sink.put(sink.ctx, "name,best_s\n", 12, NULL), HM_OK);
    for (int i = 0; i <= HM_ENTRY_MAX; i++) {
        char row[32];
        int n = snprintf(row, sizeof row, "N%d,11.5\n", i);
        assert_int_equal(sink.put(sink.ctx, row, (size_t)n, NULL), HM_OK);
    }
    hm_entries e;
    assert_int_equal(hm_entries_parse("e.csv", m.bytes, m.n, &arena, &e, NULL), HM_ERR_INPUT);
}

static void who_a_person_is_does_not_hang_on_the_row(void **state)
{
    (void)state;
    const char *one = "name,team,best_s\nA,X,10.1\nA,Y,10.2\n";
    const char *two = "best_s,team,name\n10.2,Y,A\n10.1,X,A\n";
    hm_entries a, b;
    assert_int_equal(hm_entries_parse("a", one, strlen(one), &arena, &a, NULL), HM_OK);
    assert_int_equal(hm_entries_parse("b", two, strlen(two), &arena, &b, NULL), HM_OK);
    assert_true(a.entry[0].key == b.entry[1].key && a.entry[1].key == b.entry[0].key);
    assert_true(a.entry[0].key != a.entry[1].key);
}

static void results_find_their_athlete(void **state)
{
    (void)state;
    const char *list = "id,name,team,best_s\n1,A,X,10.1\n2,A,Y,10.2\n3,B,Y,10.3\n";
    const char *good = "round,id,name,time_s,status,advance\nr1,2,,10.35,,\nR1,,B,10.4,,qR\n"
                       "SF,1,,,DQ (TR16.8),\n";
    hm_entries e;
    hm_readings r;
    hm_err err = {0};
    assert_int_equal(hm_entries_parse("e", list, strlen(list), &arena, &e, NULL), HM_OK);
    if (hm_readings_parse("r", good, strlen(good), &e, &arena, &r, &err) != HM_OK)
        fail_msg("%s", err.msg);
    assert_true(r.reading[0].entry == 1 && r.reading[1].entry == 2 && r.reading[2].entry == 0);
    assert_true(!r.reading[0].hand && r.reading[1].hand);
    assert_string_equal(r.reading[2].rule, "TR16.8");
    static const char *const bad[] = {
        "round,name,time_s\nR1,A,10.1\n",             /* two bear it */
        "round,name,time_s\nR1,C,10.1\n",             /* did not enter */
        "round,name,time_s\nR1,B,10.1\nR1,B,10.2\n",  /* twice */
        "round,name,time_s\nheat,B,10.1\n",           /* no round */
        "round,name,time_s\nR1,B,\n",                 /* neither time nor status */
        "round,name,time_s,advance\nR1,B,10.1,Q\n",   /* not given by hand */
        "round,name,time_s,status\nR1,B,10.1,DNS\n"}; /* both */
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(hm_readings_parse("r", bad[i], strlen(bad[i]), &e, &arena, &r, NULL),
                         HM_ERR_INPUT);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(entries_are_read_in_any_form), CASE(refusals_name_the_place),
        CASE(a_crowd_is_refused),           CASE(who_a_person_is_does_not_hang_on_the_row),
        CASE(results_find_their_athlete),
    };
    return cmocka_run_group_tests_name("data/entries", tests, NULL, NULL);
}
