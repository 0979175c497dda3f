/* Lists by year, day, team, meet, age group and age grade. */
#include "ht_book.h"

/* One mark in a meet of its own. */
typedef struct one {
    const char *name, *date, *born, *team, *venue;
    int32_t official_cs;
    hm_timing timing;
    bool women;
} one;

static void put(bench *b, int n, const one ones[])
{
    for (int i = 0; i < n; i++) {
        const one *o = &ones[i];
        hm_mark m = finished(o->name, 1, o->official_cs);
        m.who.born = o->born ? o->born : "";
        m.who.team = o->team ? o->team : "";
        hm_heat h = heat_of(&m, 1);
        h.timing = o->timing;
        h.sex = o->women ? HM_SEX_WOMEN : HM_SEX_MEN;
        hm_meet meet = meet_of("Games", o->date, &h);
        meet.venue = o->venue ? o->venue : o->name;
        take(b, &meet);
    }
}
#define PUT(b, ...)                                                                                \
    do {                                                                                           \
        const one ones_[] = {__VA_ARGS__};                                                         \
        put(b, (int)(sizeof ones_ / sizeof ones_[0]), ones_);                                      \
    } while (0)

/* Names of a list with commas between. */
static const char *names(bench *b, hm_book_filter f)
{
    static char text[256];
    hm_book_rows rows = list(b, f);
    text[0] = '\0';
    for (int32_t i = 0; i < rows.n; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "," : "",
                 rows.row[i].name);
    return text;
}

static void lists_keep_to_days_years_teams_and_places(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "a", .date = "2019-12-31", .official_cs = 1000, .team = "Red"},
        {.name = "b", .date = "2020-01-01", .official_cs = 1001, .team = "red"},
        {.name = "c", .date = "2020-12-31", .official_cs = 1002, .team = "Blue"},
        {.name = "d", .date = "2021-01-01", .official_cs = 1003, .team = "Blue", .venue = "B"},
        {.name = "e", .date = "2020", .official_cs = 1004});
    assert_string_equal(names(b, (hm_book_filter){.year = 2020}), "b,c,e");
    assert_string_equal(names(b, (hm_book_filter){.from = "2020-01-01"}), "b,c,d");
    assert_string_equal(names(b, (hm_book_filter){.from = "2020-01-01", .to = "2020-12-31"}),
                        "b,c");
    assert_string_equal(names(b, (hm_book_filter){.year = 2020, .to = "2020-06-01"}), "b,e");
    assert_string_equal(names(b, (hm_book_filter){.team = "RED"}), "a,b");
    assert_string_equal(names(b, (hm_book_filter){.team = "blue", .year = 2021}), "d");
    assert_string_equal(names(b, (hm_book_filter){.venue = "C"}), "c");
    assert_string_equal(names(b, (hm_book_filter){.meet = "games", .venue = "b"}), "b,d");
    assert_string_equal(names(b, (hm_book_filter){.meet = "games", .team = "blue"}), "c,d");
    assert_string_equal(names(b, (hm_book_filter){.meet = "other"}), "");
}

static void times_by_hand_are_apart(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "auto", .date = "2020-01-01", .official_cs = 1000, .timing = HM_TIMING_FAT},
        {.name = "hand", .date = "2020-01-01", .official_cs = 990, .timing = HM_TIMING_HAND},
        {.name = "untold", .date = "2020-01-01", .official_cs = 1010});
    assert_string_equal(names(b, (hm_book_filter){.timing = HM_BOOK_AUTOMATIC}), "auto,untold");
    assert_string_equal(names(b, (hm_book_filter){.timing = HM_BOOK_BY_HAND}), "hand");
    assert_string_equal(names(b, (hm_book_filter){0}), "hand,auto,untold");
}

static void who_shares_the_last_place_comes_too(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "a", .date = "2020", .official_cs = 1000},
        {.name = "b", .date = "2020", .official_cs = 1001},
        {.name = "c", .date = "2020", .official_cs = 1001},
        {.name = "d", .date = "2020", .official_cs = 1001},
        {.name = "e", .date = "2020", .official_cs = 1002});
    assert_string_equal(names(b, (hm_book_filter){.n_max = 2}), "a,b");
    assert_string_equal(names(b, (hm_book_filter){.n_max = 2, .ties = true}), "a,b,c,d");
    assert_string_equal(names(b, (hm_book_filter){.n_max = 1, .ties = true}), "a");
    assert_int_equal(list(b, (hm_book_filter){.n_max = 5}).row[4].place, 5);
}

/* Rule TR3.1: 16 or 17, 18 or 19 on 31 December of the year. */
static void age_groups_of_the_young_go_by_the_last_day_of_the_year(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "15", .date = "2020-05-01", .born = "2005-01-01", .official_cs = 1100},
        {.name = "16", .date = "2020-05-01", .born = "2004-12-31", .official_cs = 1101},
        {.name = "17", .date = "2020-05-01", .born = "2003", .official_cs = 1102},
        {.name = "18", .date = "2020-05-01", .born = "2002-12-31", .official_cs = 1103},
        {.name = "19", .date = "2020-05-01", .born = "2001-01-01", .official_cs = 1104},
        {.name = "20", .date = "2020-05-01", .born = "2000-12-31", .official_cs = 1105},
        {.name = "untold", .date = "2020-05-01", .official_cs = 1090});
    assert_string_equal(names(b, (hm_book_filter){.group = HM_BOOK_U18}), "16,17");
    assert_string_equal(names(b, (hm_book_filter){.group = HM_BOOK_U20}), "18,19");
    assert_string_equal(names(b, (hm_book_filter){.group = HM_BOOK_U20, .younger = true}),
                        "15,16,17,18,19");
    assert_string_equal(
        names(b, (hm_book_filter){.group = HM_BOOK_U20, .meet = "Games", .has_sex = true}),
        "18,19");
}

/* Masters: from the day of the 35th birthday. */
static void masters_go_by_the_day(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "eve", .date = "2020-05-01", .born = "1985-05-02", .official_cs = 1100},
        {.name = "day", .date = "2020-05-01", .born = "1985-05-01", .official_cs = 1101},
        {.name = "39", .date = "2020-05-01", .born = "1980-05-02", .official_cs = 1102},
        {.name = "40", .date = "2020-05-01", .born = "1980-05-01", .official_cs = 1103},
        {.name = "year 35", .date = "2020-05-01", .born = "1985", .official_cs = 1104},
        {.name = "year 36", .date = "2020-05-01", .born = "1984", .official_cs = 1105},
        {.name = "year 40", .date = "2020-05-01", .born = "1980", .official_cs = 1106});
    hm_book_filter f = {.group = HM_BOOK_MASTERS, .group_yr = 35};
    assert_string_equal(names(b, f), "day,39,year 36"); /* those whose day would matter: in none */
    f.meet = "Games";
    assert_string_equal(names(b, f), "day,39,year 36");
    f = (hm_book_filter){.group = HM_BOOK_MASTERS, .group_yr = 40};
    assert_string_equal(names(b, f), "40");
}

/* The book's own example: a man of 50, 13.12 s, grade 80.85 %. */
static void age_grades_order_by_factor_and_age_on_the_day(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "fifty", .date = "2020-05-01", .born = "1970-05-01", .official_cs = 1312},
        {.name = "eve", .date = "2020-05-01", .born = "1970-05-02", .official_cs = 1312},
        {.name = "thirty", .date = "2020-05-01", .born = "1990-01-01", .official_cs = 1150},
        {.name = "29", .date = "2020-05-01", .born = "1990-06-01", .official_cs = 1000},
        {.name = "year", .date = "2020-05-01", .born = "1970", .official_cs = 1312},
        {.name = "she",
         .date = "2020-05-01",
         .born = "1970-05-01",
         .official_cs = 1312,
         .women = true});
    hm_book_rows r = list(b, (hm_book_filter){.graded = true});
    assert_int_equal(r.n, 5);
    assert_string_equal(r.row[0].name, "she");
    assert_int_equal(r.row[0].grade.percent_x100, 8847); /* 10.54 / (13.12 * 0.9080) */
    assert_string_equal(r.row[1].name, "thirty");        /* 9.58 / 11.50 = 83.30 % */
    assert_int_equal(r.row[1].grade.percent_x100, 8330);
    assert_string_equal(r.row[2].name, "fifty");
    assert_int_equal(r.row[2].grade.percent_x100, 8085);
    assert_int_equal(r.row[2].age_yr, 50);
    assert_true(r.row[2].age_exact);
    assert_int_equal(r.row[3].age_yr, 49);
    assert_int_equal(r.row[4].age_yr, 49); /* the younger of the two that it can be */
    assert_false(r.row[4].age_exact);
    assert_int_equal(r.row[4].place, 4);
    assert_int_equal(r.row[3].place, 4);
    hm_book_filter other = {.graded = true, .code = "110mH", .n_max = 3};
    hm_book_rows none = {.n = 7};
    assert_int_equal(hm_book_list(b->book, &other, &b->arena, &none, NULL), HM_ERR_INPUT);
    assert_int_equal(none.n, 7);
}

static void an_age_is_whole_years_on_the_day(void **state)
{
    (void)state;
    bool exact;
    assert_int_equal(hm_book_age("1986-08-21", "2009-08-20", &exact), 22);
    assert_int_equal(hm_book_age("1986-08-21", "2009-08-21", &exact), 23);
    assert_true(exact);
    assert_int_equal(hm_book_age("1986", "2009-08-21", &exact), 22);
    assert_false(exact);
    assert_int_equal(hm_book_age("1986-08-21", "2009", &exact), 22);
    assert_int_equal(hm_book_age("2009", "2009-08-16", &exact), 0);
    assert_int_equal(hm_book_age("", "2009-08-16", &exact), -1);
    assert_int_equal(hm_book_age("2010-01-01", "2009-08-16", &exact), -1);
    assert_int_equal(hm_book_age("1700-01-01", "2009-08-16", &exact), -1);
}

/* Ages that an import writes and those that are found again from what files told are the same. */
static void ages_follow_a_birth_that_is_learned_later(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "ada", .date = "2020-05-01", .official_cs = 1100});
    hm_book_filter f = {.group = HM_BOOK_MASTERS, .group_yr = 35};
    assert_string_equal(names(b, f), "");
    PUT(b, {.name = "ada", .date = "2021-05-01", .born = "1985-05-01", .official_cs = 1200});
    hm_book_rows r = list(b, f);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.row[0].official_cs, 1100);
    hm_book_deed d;
    assert_int_equal(hm_book_undo(b->book, 0, &b->arena, &d, &b->err), HM_OK);
    assert_string_equal(names(b, f), "");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(lists_keep_to_days_years_teams_and_places),
        T(times_by_hand_are_apart),
        T(who_shares_the_last_place_comes_too),
        T(age_groups_of_the_young_go_by_the_last_day_of_the_year),
        T(masters_go_by_the_day),
        T(age_grades_order_by_factor_and_age_on_the_day),
        cmocka_unit_test(an_age_is_whole_years_on_the_day),
        T(ages_follow_a_birth_that_is_learned_later),
    };
    return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
