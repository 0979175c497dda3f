#include "ht.h"

#include <string.h>

#include "data/sheet.h"

typedef struct opened {
    hm_arena arena;
    hm_sheet sheet;
} opened;

static void open_text(opened *o, const char *text)
{
    hm_arena_init(&o->arena, 0);
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_status status =
        hm_sheet_parse("s.csv", text, strlen(text), &opts, &o->arena, &o->sheet, &err);
    if (status != HM_OK) {
        char line[900];
        hm_err_text(&err, line, sizeof line);
        fail_msg("%s", line);
    }
}

static void three_columns_are_enough(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "lane,name,time_s\n5,B,10.71\n4,A,10.5\n");
    assert_int_equal(o.sheet.n_row, 2);
    assert_int_equal(o.sheet.n_split, 0);
    const hm_sheet_row *a = &o.sheet.row[0], *b = &o.sheet.row[1];
    assert_int_equal(a->lane, 4);
    assert_int_equal(a->line, 3);
    assert_string_equal(a->name, "A");
    assert_string_equal(a->team, "");
    ht_near(a->time_s, 10.5, 0, 0);
    assert_int_equal(a->time_digits, 1);
    assert_int_equal(b->lane, 5);
    assert_int_equal(b->time_digits, 2);
    assert_true(isnan(a->reaction_s) && isnan(a->mass_kg) && isnan(a->stature_m));
    assert_true(isnan(o.sheet.wind_mps) && isnan(o.sheet.temp_c) && !o.sheet.has_sex);
    assert_int_equal(o.sheet.notes.n, 0);
    hm_arena_free(&o.arena);
}

static void a_spreadsheet_from_elsewhere_reads_the_same(void **state)
{
    (void)state;
    opened o;
    /* mark, semicolons, decimal commas, CRLF, any order, trailing separators, a blank row */
    open_text(&o, "\xef\xbb\xbf# wind_mps: +0,9;;;;;\r\n# meet: Berlin;;;;;\r\n"
                  "Zeit;50 m;Name;10m;Bahn;Reaktion (s);Größe (cm);Gewicht\r\n"
                  ";;;;;;;\r\n"
                  "9,58;5.47;富樫;1,88;4;0,146;196;94\r\n");
    const hm_sheet_row *r = &o.sheet.row[0];
    assert_int_equal(o.sheet.n_row, 1);
    assert_string_equal(o.sheet.meet, "Berlin");
    ht_near(o.sheet.wind_mps, 0.9, 0, 0);
    assert_int_equal(r->lane, 4);
    assert_string_equal(r->name, "富樫");
    ht_near(r->time_s, 9.58, 0, 0);
    assert_int_equal(r->time_digits, 2);
    ht_near(r->reaction_s, 0.146, 0, 0);
    ht_near(r->stature_m, 1.96, 1e-12, 0);
    ht_near(r->mass_kg, 94, 0, 0);
    assert_int_equal(o.sheet.n_split, 2);
    ht_near(o.sheet.split_m[0], 10, 0, 0);
    ht_near(r->split_s[0], 1.88, 0, 0);
    ht_near(o.sheet.split_m[1], 50, 0, 0);
    ht_near(r->split_s[1], 5.47, 0, 0);
    hm_arena_free(&o.arena);
}

static void japanese_headers_are_known(void **state)
{
    (void)state;
    opened o;
    open_text(&o,
              "# 大会: 全国小学生\n# 風速: -0.3\n# start: standing\n"
              "レーン\t名前\t所属\t記録\t身長（cm）\t性別\n2\t小宮\t第三小\t15.02\t139.1\t男\n");
    const hm_sheet_row *r = &o.sheet.row[0];
    assert_string_equal(o.sheet.meet, "全国小学生");
    ht_near(o.sheet.wind_mps, -0.3, 0, 0);
    assert_true(o.sheet.standing_start);
    assert_string_equal(r->team, "第三小");
    ht_near(r->time_s, 15.02, 0, 0);
    ht_near(r->stature_m, 1.391, 1e-12, 0);
    assert_true(r->has_sex && r->sex == HM_SEX_MEN);
    hm_arena_free(&o.arena);
}

static void every_way_to_name_a_split_is_known(void **state)
{
    (void)state;
    static const char *const name[] = {
        "split_50_s", "split_50",     "50m",     "50 m",    "t50",     "t_50_s",  "50",      "50_s",
        "Split 50m",  "split_50_m_s", "50m (s)", "50m通過", "zeit_50", "split50", "Time 50m"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char text[160];
        snprintf(text, sizeof text, "lane,name,%s,time_s\n3,A,5.9,10.5\n", name[i]);
        opened o;
        open_text(&o, text);
        if (o.sheet.n_split != 1 || o.sheet.split_m[0] != 50)
            fail_msg("%s is not taken for the split at 50 m", name[i]);
        hm_arena_free(&o.arena);
    }
}

static void words_in_the_time_column_are_statuses(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "lane,name,time_s,status\n1,A,DNS,\n2,B,dnf,DNF\n3,C,,DQ 162.7\n"
                  "4,D,10.50,dsq\n5,E,10.6,ok\n6,F,1:02.34,\n");
    static const hm_run_status want[] = {HM_RUN_DNS, HM_RUN_DNF, HM_RUN_DQ,
                                         HM_RUN_DQ,  HM_RUN_OK,  HM_RUN_OK};
    for (int i = 0; i < 6; i++)
        assert_int_equal(o.sheet.row[i].status, want[i]);
    assert_true(isnan(o.sheet.row[2].time_s));
    ht_near(o.sheet.row[3].time_s, 10.5, 0, 0);
    ht_near(o.sheet.row[5].time_s, 62.34, 1e-12, 0);
    assert_int_equal(o.sheet.row[5].time_digits, 2);
    hm_arena_free(&o.arena);
}

static void a_place_may_be_given(void **state)
{
    (void)state;
    opened o;
    open_text(&o,
              "Platz,lane,name,time_s\n5,3,A,9.93\n4,8,B,9.93\nDNF,2,C,DNF\n-,1,D,DNS\n,4,E,10\n");
    static const int want[] = {0, 0, 5, 0, 4}; /* lanes 1 2 3 4 8 */
    for (int i = 0; i < 5; i++)
        assert_int_equal(o.sheet.row[i].place, want[i]);
    hm_arena_free(&o.arena);
}

static void birth_gives_the_age_on_the_day(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "# date: 2009-08-16\nlane,name,time_s,born,age\n4,A,9.58,1986-08-21,\n"
                  "5,B,9.71,9.8.1982,\n6,C,9.84,1982,\n7,D,9.9,1982,30\n");
    /* 8396 days; 9869 days; 2 July 1982 to the race 9907 days; counted on a calendar */
    ht_near(o.sheet.row[0].age_yr, 8396 / 365.2425, 1e-9, 0);
    ht_near(o.sheet.row[1].age_yr, 9869 / 365.2425, 1e-9, 0);
    ht_near(o.sheet.row[2].age_yr, 9907 / 365.2425, 1e-9, 0);
    ht_near(o.sheet.row[3].age_yr, 30, 0, 0);
    hm_arena_free(&o.arena);
}

static void what_is_not_known_is_noted_not_refused(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "# a plain remark: with a colon\n# source: a book\n# widn: 1.0\n"
                  "lane,name,time_s,shoes,reacton_s,\n3,A,10.5,red,0.1,\n");
    assert_int_equal(o.sheet.notes.n, 3);
    assert_non_null(strstr(o.sheet.notes.text[0], "'widn'"));
    assert_non_null(strstr(o.sheet.notes.text[1], "'shoes'"));
    assert_non_null(strstr(o.sheet.notes.text[2], "did you mean 'reaction_s'?"));
    assert_true(isnan(o.sheet.wind_mps) && isnan(o.sheet.row[0].reaction_s));
    hm_arena_free(&o.arena);
}

static void an_early_reaction_of_old_is_noted(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "lane,name,reaction_s,time_s\n3,A,0.099,10.5\n4,B,0.100,10.6\n");
    assert_int_equal(o.sheet.notes.n, 1);
    assert_non_null(strstr(o.sheet.notes.text[0], "line 2"));
    ht_near(o.sheet.row[0].reaction_s, 0.099, 0, 0);
    hm_arena_free(&o.arena);
}

static void quoted_cells_keep_what_is_inside(void **state)
{
    (void)state;
    opened o;
    open_text(&o, "lane,name,time_s\n3,\"Robert'); DROP TABLE people;--\",10.5\n"
                  "4,\"A \"\"B\"\", C\",10.6\n");
    assert_string_equal(o.sheet.row[0].name, "Robert'); DROP TABLE people;--");
    assert_string_equal(o.sheet.row[1].name, "A \"B\", C");
    hm_arena_free(&o.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_columns_are_enough),
        cmocka_unit_test(a_spreadsheet_from_elsewhere_reads_the_same),
        cmocka_unit_test(japanese_headers_are_known),
        cmocka_unit_test(every_way_to_name_a_split_is_known),
        cmocka_unit_test(words_in_the_time_column_are_statuses),
        cmocka_unit_test(a_place_may_be_given),
        cmocka_unit_test(birth_gives_the_age_on_the_day),
        cmocka_unit_test(what_is_not_known_is_noted_not_refused),
        cmocka_unit_test(an_early_reaction_of_old_is_noted),
        cmocka_unit_test(quoted_cells_keep_what_is_inside),
    };
    return cmocka_run_group_tests_name("data/sheet", tests, NULL, NULL);
}
