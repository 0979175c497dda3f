#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/sheet.h"

/* Each malformed sheet, and the one place that is to blame. */
#define HEAD   "# wind_mps: 0.0\nlane,name,reaction_s,split_50_s,time_s\n"
#define SPLITS "lane,name,reaction_s,split_30_s,split_50_s,time_s\n"

typedef struct bad_sheet {
    const char *what, *text;
    size_t n; /* 0 = up to the terminating zero */
    int line, col;
    const char *field, *found; /* a part of the message */
} bad_sheet;

static const bad_sheet bad[] = {
    {"empty file", "", 0, 1, 1, "", "empty"},
    {"only blank lines", "\n \n\t\n", 0, 1, 1, "", "empty"},
    {"no lanes", HEAD, 0, 3, 1, "lane", "none"},
    {"no time column", "lane,name\n3,A\n", 0, 1, 1, "time_s", "column"},
    {"no lane column", "name,time_s\nA,10.5\n", 0, 1, 1, "lane", "column"},
    {"no name column", "\nlane,time_s\n3,10.5\n", 0, 2, 1, "name", "column"},
    {"two in a lane", HEAD "3,A,0.15,5.9,10.5\n3,B,0.15,5.9,10.6\n", 0, 4, 1, "lane", "lane 3"},
    {"lane eleven", HEAD "11,A,0.15,5.9,10.5\n", 0, 3, 1, "lane", "'11'"},
    {"lane zero", HEAD "0,A,0.15,5.9,10.5\n", 0, 3, 1, "lane", "'0'"},
    {"lane with a fraction", HEAD "3.5,A,0.15,5.9,10.5\n", 0, 3, 1, "lane", "'3.5'"},
    {"no lane number", HEAD ",A,0.15,5.9,10.5\n", 0, 3, 1, "lane", "empty"},
    {"no name", HEAD "3,,0.15,5.9,10.5\n", 0, 3, 3, "name", "empty"},
    {"no time", HEAD "3,A,0.15,5.9,\n", 0, 3, 14, "time_s", "empty"},
    {"a row that stops early", HEAD "3,A\n", 0, 3, 4, "time_s", "empty"},
    {"text for a number", HEAD "3,A,0.15,fast,10.5\n", 0, 3, 10, "split_50_s", "'fast'"},
    {"two decimal commas", "lane;name;time_s\n3;A;9,58,2\n", 0, 2, 5, "time_s", "'9,58,2'"},
    {"decimal comma between commas", "lane,name,time_s\n3,A,9,58\n", 0, 2, 7, "", "found 4"},
    {"decimal commas between commas", "lane,name,time_s\n3,A,9,58,2\n", 0, 2, 7, "", "found 5"},
    {"quoted decimal comma between commas", "lane,name,time_s\n3,A,\"9,58\"\n", 0, 2, 5, "time_s",
     "'9,58'"},
    {"negative", HEAD "3,A,0.15,5.9,-10.5\n", 0, 3, 14, "time_s", "'-10.5'"},
    {"zero", HEAD "3,A,0.15,5.9,0\n", 0, 3, 14, "time_s", "'0'"},
    {"negative reaction", HEAD "3,A,-0.15,5.9,10.5\n", 0, 3, 5, "reaction_s", "'-0.15'"},
    {"NaN", HEAD "3,A,0.15,nan,10.5\n", 0, 3, 10, "split_50_s", "'nan'"},
    {"infinity", HEAD "3,A,0.15,5.9,inf\n", 0, 3, 14, "time_s", "'inf'"},
    {"1e400", HEAD "3,A,0.15,5.9,1e400\n", 0, 3, 14, "time_s", "'1e400'"},
    {"hexadecimal", HEAD "3,A,0.15,5.9,0x1p3\n", 0, 3, 14, "time_s", "'0x1p3'"},
    {"a unit in the cell", HEAD "3,A,0.15,5.9,10.5s\n", 0, 3, 14, "time_s", "'10.5s'"},
    {"seconds above sixty", "lane,name,time_s\n3,A,1:62.3\n", 0, 2, 5, "time_s", "'1:62.3'"},
    {"splits out of order", SPLITS "3,A,0.15,5.9,5.8,10.5\n", 0, 2, 14, "split_50_s", "5.8"},
    {"splits at one time", SPLITS "3,A,0.15,5.9,5.9,10.5\n", 0, 2, 14, "split_50_s", "5.9"},
    {"split after the finish", HEAD "3,A,0.15,10.9,10.5\n", 0, 3, 10, "split_50_s", "10.9"},
    {"late reaction", HEAD "3,A,6.15,5.9,10.5\n", 0, 3, 5, "reaction_s", "6.15"},
    {"reaction after the finish", "lane,name,reaction_s,time_s\n3,A,11,10.5\n", 0, 2, 5,
     "reaction_s", "11"},
    {"too fast to the first split", HEAD "3,A,0.15,2.0,5.9\n", 0, 3, 10, "split_50_s", "27.0 m/s"},
    {"too fast at the end", HEAD "3,A,0.15,5.9,9.7\n", 0, 3, 14, "time_s", "13.2 m/s"},
    {"too fast in all", "lane,name,time_s\n3,A,7.5\n", 0, 2, 5, "time_s", "13.3 m/s"},
    {"a leap between near marks", "lane,name,50m,51m,time_s\n3,A,6.0,6.01,10.5\n", 0, 2, 9,
     "split_51_s", "100.0 m/s over the 1 m"},
    {"a time with DNS", HEAD "3,A,,,10.5\n4,B,,DNS,10.5\n", 0, 4, 6, "split_50_s", "'DNS'"},
    {"status and time", "lane,name,time_s,status\n3,A,10.5,DNS\n", 0, 2, 5, "time_s", "10.5"},
    {"two statuses", "lane,name,time_s,status\n3,A,DNF,DNS\n", 0, 2, 9, "status", "'DNS'"},
    {"unknown status", "lane,name,time_s,status\n3,A,10.5,late\n", 0, 2, 10, "status", "'late'"},
    {"DNS with a split", "lane,name,split_50_s,time_s,status\n3,A,5.9,,DNS\n", 0, 2, 10, "status",
     "found 1"},
    {"place eleven", "lane,name,time_s,place\n3,A,10.5,11\n", 0, 2, 10, "place", "'11'"},
    {"unknown sex", "lane,name,time_s,sex\n3,A,10.5,x\n", 0, 2, 10, "sex", "'x'"},
    {"giant", "lane,name,time_s,stature_m\n3,A,10.5,2.9\n", 0, 2, 10, "stature_m", "'2.9'"},
    {"born tomorrow", "# date: 2009-08-16\nlane,name,time_s,born\n3,A,10.5,2009-08-17\n", 0, 3, 10,
     "born", "'2009-08-17'"},
    {"no such day", "lane,name,time_s,born\n3,A,10.5,1986-02-30\n", 0, 2, 10, "born",
     "'1986-02-30'"},
    {"column twice", "lane,name,time_s,Zeit\n3,A,10.5,10.5\n", 0, 1, 18, "Zeit", "'Zeit'"},
    {"split twice", "lane,name,split_50_s,50m,time_s\n3,A,5.9,5.9,10.5\n", 0, 1, 22, "50m",
     "'50m'"},
    {"wind in words", "# wind_mps: calm\nlane,name,time_s\n3,A,10.5\n", 0, 1, 13, "wind_mps",
     "'calm'"},
    {"wind twice", "# wind_mps: 1\n# wind: 1\nlane,name,time_s\n3,A,10.5\n", 0, 2, 9, "wind_mps",
     "'1'"},
    {"hurricane", "# wind_mps: 40\nlane,name,time_s\n3,A,10.5\n", 0, 1, 13, "wind_mps", "'40'"},
    {"no date", "# date: yesterday\nlane,name,time_s\n3,A,10.5\n", 0, 1, 9, "date", "'yesterday'"},
    {"no such start", "# start: flying\nlane,name,time_s\n3,A,10.5\n", 0, 1, 10, "start",
     "'flying'"},
    {"stray quote", "lane,name,time_s\n3,A\"B,10.5\n", 0, 2, 4, "", "quote"},
    {"open quote", "lane,name,time_s\n3,\"A,10.5\n", 0, 2, 10, "", "end of the line"},
    {"columns count characters", "lane,name,time_s\n3,小宮,x\n", 0, 2, 6, "time_s", "'x'"},
    {"control character", "lane,name,time_s\n3,A\033[2J,10.5\n", 0, 2, 3, "name", "control"},
    {"UTF-16 with mark", "\xff\xfel\0a\0n\0e\0", 10, 1, 1, "", "UTF-16"},
    {"UTF-16, highest byte first", "\xfe\xff\0l\0a\0n\0e", 10, 1, 1, "", "UTF-16"},
    {"UTF-16 without mark", "l\0a\0n\0e\0", 8, 1, 1, "", "UTF-16"},
    {"NUL byte", "lane,name,time_s\n3,A\0B,10.5\n", 28, 2, 4, "", "NUL"},
    {"not UTF-8", "lane,name,time_s\n3,M\xfcller,10.5\n", 0, 2, 4, "", "0xfc"},
};

static void each_bad_sheet_is_refused_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const bad_sheet *b = &bad[i];
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_sheet_opts opts = hm_sheet_opts_default();
        hm_sheet sheet, before;
        memset(&sheet, 0x5a, sizeof sheet);
        before = sheet;
        size_t n = b->n ? b->n : strlen(b->text);
        hm_status status = hm_sheet_parse("bad.csv", b->text, n, &opts, &a, &sheet, &err);
        if (status != HM_ERR_INPUT || err.line != b->line || err.col != b->col ||
            strcmp(err.field, b->field) != 0 || !strstr(err.msg, b->found) ||
            strcmp(err.source, "bad.csv") != 0) {
            char line[900];
            hm_err_text(&err, line, sizeof line);
            fail_msg("%s: status %d, want %d:%d: %s: ...%s..., got %s", b->what, status, b->line,
                     b->col, b->field, b->found, line);
        }
        assert_memory_equal(&sheet, &before, sizeof sheet);
        hm_arena_free(&a);
    }
}

static void an_endless_line_is_refused_at_its_limit(void **state)
{
    (void)state;
    enum { N = 200000 };
    char *text = malloc(N);
    assert_non_null(text);
    memset(text, '7', N);
    memcpy(text, "lane,name,time_s\n", 17);
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    assert_int_equal(hm_sheet_parse("long.csv", text, N, &opts, &a, &sheet, &err), HM_ERR_INPUT);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.col, 65537);
    assert_true(a.total_bytes < 256 * 1024);
    hm_arena_free(&a);
    free(text);
}

static void a_missing_file_is_its_own_error(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    assert_int_equal(hm_sheet_read("/nowhere/none.csv", &opts, &a, &sheet, &err), HM_ERR_NOFILE);
    assert_string_equal(err.source, "/nowhere/none.csv");
    hm_arena_free(&a);
}

static hm_status parse_allowing(const char *text, hm_arena *a, hm_sheet *sheet, hm_err *err)
{
    hm_sheet_opts opts = hm_sheet_opts_default();
    opts.allow_implausible = true;
    return hm_sheet_parse("fast.csv", text, strlen(text), &opts, a, sheet, err);
}

static void implausible_speed_passes_when_allowed_within_reason(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sheet sheet;
    assert_int_equal(parse_allowing(HEAD "3,A,0.15,4.0,7.0\n", &a, &sheet, &err), HM_OK);
    ht_near(sheet.row[0].split_s[0], 4.0, 0, 0);
    assert_int_equal(parse_allowing(HEAD "3,A,0.15,1.7,7.0\n", &a, &sheet, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "at most 30 m/s"));
    hm_arena_free(&a);
}

static void marks_of_two_decimals_may_lie_near(void **state)
{
    (void)state;
    /* 12.5 m/s, rounded: 0.04 s for half a metre may show as 0.03 */
    static const char text[] = "lane,name,60m,60.5m,time_s\n3,A,6.29,6.32,9.6\n";
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    assert_int_equal(hm_sheet_parse("near.csv", text, strlen(text), &opts, &a, &sheet, &err),
                     HM_OK);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_sheet_is_refused_at_its_place),
        cmocka_unit_test(an_endless_line_is_refused_at_its_limit),
        cmocka_unit_test(a_missing_file_is_its_own_error),
        cmocka_unit_test(implausible_speed_passes_when_allowed_within_reason),
        cmocka_unit_test(marks_of_two_decimals_may_lie_near),
    };
    return cmocka_run_group_tests_name("data/sheet errors", tests, NULL, NULL);
}
