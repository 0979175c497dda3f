#include "ht.h"

#include <string.h>

#include "io/csv.h"
#include "io/utf8.h"

static hm_status read_text(const char *text, hm_arena *a, hm_csv *csv, hm_err *err)
{
    hm_arena_init(a, 0);
    return hm_csv_parse("t.csv", text, strlen(text), a, csv, err);
}

static void cells_know_their_place(void **state)
{
    (void)state;
    hm_arena a;
    hm_csv csv;
    hm_err err = {0};
    assert_int_equal(
        read_text("# one\n\na, b ,\"c\"\n  1 ,小宮,\"x, \"\"y\"\"\"\n\n2\n", &a, &csv, &err),
        HM_OK);
    assert_int_equal(csv.sep, ',');
    assert_int_equal(csv.decimal, '.');
    assert_int_equal(csv.n_remark, 1);
    assert_string_equal(csv.remark[0].text, "one");
    assert_int_equal(csv.remark[0].col, 3);
    assert_int_equal(csv.head.line, 3);
    assert_int_equal(csv.head.n_cell, 3);
    assert_string_equal(csv.head.cell[1].text, "b");
    assert_int_equal(csv.head.cell[1].col, 4);
    assert_int_equal(csv.n_row, 2);
    assert_int_equal(csv.row[0].line, 4);
    assert_string_equal(csv.row[0].cell[0].text, "1");
    assert_int_equal(csv.row[0].cell[0].col, 3);
    assert_string_equal(csv.row[0].cell[2].text, "x, \"y\"");
    assert_int_equal(csv.row[0].cell[2].col, 9); /* characters, not bytes */
    assert_int_equal(csv.row[1].line, 6);
    assert_int_equal(csv.row[1].n_cell, 3);
    assert_string_equal(csv.row[1].cell[2].text, "");
    hm_arena_free(&a);
}

static void the_header_tells_the_separator(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char sep, decimal;
    } file[] = {{"a,b\n", ',', '.'},      {"a;b\n", ';', ','}, {"a\tb\n", '\t', ','},
                {"a;b,c;d\n", ';', ','},  {"a\n", ',', '.'},   {"\"x;y\",b\n", ',', '.'},
                {"a b\tc d\n", '\t', ','}};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        hm_arena a;
        hm_csv csv;
        hm_err err = {0};
        assert_int_equal(read_text(file[i].text, &a, &csv, &err), HM_OK);
        assert_int_equal(csv.sep, file[i].sep);
        assert_int_equal(csv.decimal, file[i].decimal);
        hm_arena_free(&a);
    }
}

static void every_line_ending_counts_once(void **state)
{
    (void)state;
    static const char *const text[] = {"a,b\n1,2\n\n3,4\n", "a,b\r\n1,2\r\n\r\n3,4\r\n",
                                       "a,b\r1,2\r\r3,4\r", "a,b\n1,2\n\n3,4"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        hm_arena a;
        hm_csv csv;
        hm_err err = {0};
        assert_int_equal(read_text(text[i], &a, &csv, &err), HM_OK);
        assert_int_equal(csv.n_row, 2);
        assert_int_equal(csv.row[1].line, 4);
        assert_string_equal(csv.row[1].cell[1].text, "4");
        hm_arena_free(&a);
    }
}

static void tabs_may_stand_around_nothing(void **state)
{
    (void)state;
    hm_arena a;
    hm_csv csv;
    hm_err err = {0};
    assert_int_equal(read_text("a\tb\tc\n\t\tx\n\t\t\n", &a, &csv, &err), HM_OK);
    assert_int_equal(csv.n_row, 1);
    assert_string_equal(csv.row[0].cell[0].text, "");
    assert_string_equal(csv.row[0].cell[2].text, "x");
    assert_int_equal(csv.row[0].cell[2].col, 3);
    hm_arena_free(&a);
}

static void too_many_cells_are_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_csv csv;
    hm_err err = {0};
    assert_int_equal(read_text("a,b\n1,2,\n1,2,,4\n", &a, &csv, &err), HM_ERR_INPUT);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.col, 6);
    hm_arena_free(&a);
}

static void a_backslash_may_stand_before_a_quote_that_ends_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *cell[2]; /* NULL = refused */
    } t[] = {
        {"a,b\n\"A & B \\\" onload=x\",1\n", {"A & B \" onload=x", "1"}},
        {"a,b\n\"say \\\"hi\\\"\",\"\\\"x\\\"\"\n", {"say \"hi\"", "\"x\""}},
        /* as RFC 4180 has it: the end of a cell, a doubled quote, no quoted cell at all */
        {"a,b\n\"C:\\\",\"D:\\\" \n", {"C:\\", "D:\\"}},
        {"a,b\n\"x\\\"\"y\",2\n", {"x\\\"y", "2"}},
        {"a,b\nx\\y,\"\\\"\n", {"x\\y", "\\"}},
        {"a,b\nx\\\"y,2\n", {NULL, NULL}},
        {"a,b\n\"x\" y\",2\n", {NULL, NULL}},
        {"a,b\n\"x\\\"y,2\n", {NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
        hm_arena a;
        hm_csv csv;
        hm_err err = {0};
        hm_status status = read_text(t[i].text, &a, &csv, &err);
        assert_int_equal(status, t[i].cell[0] ? HM_OK : HM_ERR_INPUT);
        for (int c = 0; c < 2 && t[i].cell[0]; c++)
            assert_string_equal(csv.row[0].cell[c].text, t[i].cell[c]);
        hm_arena_free(&a);
    }
}

static void broken_utf8_is_refused_where_it_breaks(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int line, col; /* 0 = fine */
    } text[] = {{"plain", 0, 0},        {"\xe5\xb0\x8f", 0, 0},     {"\xf0\x9f\x8f\x83", 0, 0},
                {"a\n\xc3", 2, 1},      {"ab\xc0\xaf", 1, 3},       {"\xe0\x80\x80", 1, 1},
                {"\xed\xa0\x80", 1, 1}, {"\xf4\x90\x80\x80", 1, 1}, {"\xf5\x80\x80\x80", 1, 1},
                {"x\r\ny\xff", 2, 2},   {"\xef\xbb\xbf\x80", 1, 1}, {"\xc3\xa9\xa9", 1, 2}};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        hm_err err = {0};
        hm_status status = hm_utf8_check("t", text[i].bytes, strlen(text[i].bytes), &err);
        assert_int_equal(status, text[i].line ? HM_ERR_INPUT : HM_OK);
        assert_int_equal(err.line, text[i].line);
        assert_int_equal(err.col, text[i].col);
    }
}

static void folding_knows_the_letters_of_latin(void **state)
{
    (void)state;
    char buf[32];
    hm_utf8_fold("GRÖSSE Ø × 小 Time", buf, sizeof buf);
    assert_string_equal(buf, "grösse ø × 小 time");
    assert_int_equal(hm_utf8_clip("小宮", 4), 3);
    assert_int_equal(hm_utf8_clip("小宮", 6), 6);
    assert_int_equal(hm_utf8_clip("小宮", 2), 0);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char *const row[2][5] = {
        {"name", "a;b", "tab\there", "# note", "plain"},
        {"de Grasse, Andre", "say \"go\"", " blank ", "小宮", ""},
    };
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_memory m = {.arena = &a};
    hm_err err = {0};
    for (int i = 0; i < 2; i++)
        assert_int_equal(hm_csv_put_row(hm_sink_memory(&m), 5, row[i], &err), HM_OK);
    assert_non_null(strstr(m.bytes, ",plain\n"));
    hm_csv csv;
    assert_int_equal(hm_csv_parse("t", m.bytes, m.n, &a, &csv, &err), HM_OK);
    for (int k = 0; k < 5; k++) {
        assert_string_equal(csv.head.cell[k].text, row[0][k]);
        assert_string_equal(csv.row[0].cell[k].text, row[1][k]);
    }
    enum { LONG = 60 * 1000 };
    char *big = hm_arena_push(&a, LONG + 1, 1);
    memset(big, ',', LONG);
    const char *cells[] = {big};
    hm_memory wide = {.arena = &a};
    assert_int_equal(hm_csv_put_row(hm_sink_memory(&wide), 1, cells, &err), HM_OK);
    assert_int_equal(hm_csv_parse("t", wide.bytes, wide.n, &a, &csv, &err), HM_OK);
    assert_string_equal(csv.head.cell[0].text, big);
    hm_arena_free(&a);
}

typedef struct seen {
    int64_t line;
    int32_t n;
    char last[8];
    int32_t stop_at;
} seen;

static hm_status see_row(void *ctx, const hm_csv *csv, const hm_csv_row *row, hm_err *err)
{
    seen *s = ctx;
    assert_int_equal(csv->n_row, s->n);
    assert_int_equal(row->n_cell, csv->head.n_cell);
    s->line = row->line;
    snprintf(s->last, sizeof s->last, "%s", row->cell[1].text);
    s->n++;
    return s->n == s->stop_at ? hm_err_set(err, HM_ERR_INPUT, "me", row->line, 0, NULL, "enough")
                              : HM_OK;
}

static void rows_come_one_after_the_other(void **state)
{
    (void)state;
    const char *text = "a;b\n1;x\n# told\n\n2;\"y\"\n3;z\n";
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv;
    hm_err err = {0};
    seen s = {0};
    assert_int_equal(hm_csv_each("t", text, strlen(text), 4, see_row, &s, &a, &csv, &err), HM_OK);
    assert_true(s.n == 3 && csv.n_row == 3 && s.line == 6 && csv.row == NULL);
    assert_string_equal(s.last, "z");
    assert_string_equal(csv.remark[0].text, "told");
    s = (seen){.stop_at = 2};
    assert_int_equal(hm_csv_each("t", text, strlen(text), 4, see_row, &s, &a, &csv, &err),
                     HM_ERR_INPUT);
    assert_true(s.n == 2 && err.line == 5);
    s = (seen){0};
    assert_int_equal(hm_csv_each("t", text, strlen(text), 3, see_row, &s, &a, &csv, NULL),
                     HM_ERR_INPUT); /* remarks count */
    assert_int_equal(s.n, 0);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_know_their_place),
        cmocka_unit_test(the_header_tells_the_separator),
        cmocka_unit_test(every_line_ending_counts_once),
        cmocka_unit_test(tabs_may_stand_around_nothing),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(a_backslash_may_stand_before_a_quote_that_ends_nothing),
        cmocka_unit_test(broken_utf8_is_refused_where_it_breaks),
        cmocka_unit_test(folding_knows_the_letters_of_latin),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(rows_come_one_after_the_other),
    };
    return cmocka_run_group_tests_name("io/csv", tests, NULL, NULL);
}
