/* Records and when they fell; the world ranking. */
#include "ht_book.h"

#include "book/records.h"

typedef struct one {
    const char *name, *date;
    int32_t official_cs, wind_cmps;
    bool no_wind, hand;
    const char *meet;
    int32_t round;
} one;

static void put(bench *b, int n, const one ones[])
{
    for (int i = 0; i < n; i++) {
        hm_mark m = finished(ones[i].name, 1, ones[i].official_cs);
        hm_heat h = heat_of(&m, 1);
        h.has_wind = !ones[i].no_wind;
        h.wind_cmps = ones[i].wind_cmps;
        h.timing = ones[i].hand ? HM_TIMING_HAND : HM_TIMING_FAT;
        h.round = ones[i].round;
        hm_meet meet = meet_of(ones[i].meet ? ones[i].meet : ones[i].name, ones[i].date, &h);
        take(b, &meet);
    }
}
#define PUT(b, ...)                                                                                \
    do {                                                                                           \
        const one ones_[] = {__VA_ARGS__};                                                         \
        put(b, (int)(sizeof ones_ / sizeof ones_[0]), ones_);                                      \
    } while (0)

static hm_book_records lines(bench *b, hm_book_filter f)
{
    hm_book_records r = {0};
    f.code = "100m";
    f.has_sex = true;
    assert_int_equal(hm_book_record_lines(b->book, &f, &b->arena, &r, &b->err), HM_OK);
    return r;
}

static const char *told(const hm_book_line *line)
{
    static char text[256];
    text[0] = '\0';
    for (int32_t i = 0; i < line->n; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s%s%d", i ? "," : "",
                 line->record[i].equalled ? "=" : "", line->record[i].row.name,
                 line->record[i].row.official_cs);
    return text;
}

/* The men's record of the automatic age, as recalled, with others between. */
static void a_record_stands_until_it_is_beaten(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "Bolt", .date = "2009-08-16", .official_cs = 958, .wind_cmps = 90},
        {.name = "Hines", .date = "1968-10-14", .official_cs = 995, .wind_cmps = 30},
        {.name = "Smith", .date = "1983-07-03", .official_cs = 993, .wind_cmps = 140},
        {.name = "Lewis", .date = "1988-09-24", .official_cs = 992, .wind_cmps = 110},
        {.name = "Powell", .date = "2005-06-14", .official_cs = 977, .wind_cmps = 160},
        {.name = "Powell", .date = "2006-06-11", .official_cs = 977, .wind_cmps = 150},
        {.name = "Bolt", .date = "2008-08-16", .official_cs = 969, .wind_cmps = 0},
        {.name = "Gay", .date = "2009-09-20", .official_cs = 969, .wind_cmps = 200},
        {.name = "Late", .date = "2010-01-01", .official_cs = 999, .wind_cmps = 0},
        {.name = "Slow", .date = "1967-01-01", .official_cs = 1010, .wind_cmps = 0});
    hm_book_records r = lines(b, (hm_book_filter){0});
    assert_string_equal(told(&r.legal),
                        "Slow1010,Hines995,Smith993,Lewis992,Powell977,=Powell977,Bolt969,Bolt958");
    const hm_book_record *k = r.legal.record;
    assert_int_equal(k[2].by_cs, 2);
    assert_int_equal(k[2].stood_days, 1910); /* 1983-07-03 to 1988-09-24 */
    assert_int_equal(k[4].stood_days, 1159); /* to 2008-08-16 */
    assert_int_equal(k[5].stood_days, 797);
    assert_int_equal(k[5].by_cs, 0);
    assert_int_equal(k[6].by_cs, 8);
    assert_int_equal(k[7].stood_days, -1);
    assert_int_equal(k[7].day, 14472);   /* 2009-08-16 */
    assert_int_equal(r.last_day, 14610); /* 2010-01-01 */
    assert_int_equal(r.aided.n + r.hand.n, 0);
    r = lines(b, (hm_book_filter){.to = "1988-12-31"});
    assert_string_equal(told(&r.legal), "Slow1010,Hines995,Smith993,Lewis992");
}

static void wind_hands_and_missing_gauges_make_no_record(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "A", .date = "1980-01-01", .official_cs = 1000, .wind_cmps = 0},
        {.name = "w", .date = "1981-01-01", .official_cs = 980, .wind_cmps = 201},
        {.name = "edge", .date = "1982-01-01", .official_cs = 990, .wind_cmps = 200},
        {.name = "w2", .date = "1983-01-01", .official_cs = 985, .wind_cmps = 300},
        {.name = "none", .date = "1984-01-01", .official_cs = 970, .wind_cmps = 0, .no_wind = true},
        {.name = "hand", .date = "1979-01-01", .official_cs = 990, .wind_cmps = 0, .hand = true},
        {.name = "h2", .date = "1985-01-01", .official_cs = 980, .wind_cmps = 0, .hand = true},
        {.name = "C", .date = "1986-01-01", .official_cs = 989, .wind_cmps = 0});
    hm_book_records r = lines(b, (hm_book_filter){0});
    assert_string_equal(told(&r.legal), "A1000,edge990,C989");
    assert_string_equal(told(&r.aided), "w980,none970"); /* w2: slower than w */
    assert_string_equal(told(&r.hand), "hand990,h2980");
}

static void on_one_day_the_rounds_of_one_meet_tell_the_order(void **state)
{
    bench *b = *state;
    PUT(b,
        {.name = "heat",
         .date = "2000-07-01",
         .official_cs = 1000,
         .wind_cmps = 0,
         .meet = "M",
         .round = 1},
        {.name = "final",
         .date = "2000-07-01",
         .official_cs = 990,
         .wind_cmps = 0,
         .meet = "M",
         .round = 2},
        {.name = "elsewhere",
         .date = "2000-07-01",
         .official_cs = 995,
         .wind_cmps = 0,
         .meet = "N",
         .round = 1},
        {.name = "undated", .date = "", .official_cs = 900, .wind_cmps = 0});
    hm_book_records r = lines(b, (hm_book_filter){0});
    assert_string_equal(told(&r.legal), "heat1000,final990");
}

static void records_of_a_meet_and_a_venue(void **state)
{
    bench *b = *state;
    PUT(b, {.name = "A", .date = "2000-07-01", .official_cs = 1000, .wind_cmps = 0, .meet = "M"},
        {.name = "B", .date = "2001-07-01", .official_cs = 990, .wind_cmps = 0, .meet = "N"},
        {.name = "C", .date = "2002-07-01", .official_cs = 995, .wind_cmps = 0, .meet = "M"});
    hm_book_records r = lines(b, (hm_book_filter){.meet = "m"});
    assert_string_equal(told(&r.legal), "A1000,C995");
    r = lines(b, (hm_book_filter){.venue = "nowhere"});
    assert_int_equal(r.legal.n, 0);
}

/* ---- world ranking ---- */

/* Five meets of a season; category and place of a final from the first. */
static void season(bench *b, const char *name, int n, const int32_t cs[], const char *code)
{
    static const char *const date[] = {"2009-05-01", "2009-06-01", "2009-07-01",
                                       "2009-08-01", "2009-09-01", "2009-09-02"};
    for (int i = 0; i < n; i++) {
        hm_mark m = finished(name, i == 0 ? 2 : 1, cs[i]);
        hm_heat h = heat_of(&m, 1);
        h.code = code;
        h.has_wind = code[0] == '1';
        h.wind_cmps = 0;
        h.round_name = i == 0 ? "Final" : "Heats";
        char meet_name[32];
        snprintf(meet_name, sizeof meet_name, "%s %s %d", name, code, i);
        hm_meet meet = meet_of(meet_name, date[i], &h);
        meet.category = i < 2 ? "OW" : "";
        take(b, &meet);
    }
}

static hm_book_ranking rank_on(bench *b, const char *on)
{
    hm_book_ranking r = {0};
    assert_int_equal(hm_book_rank(b->book, "100m", HM_SEX_MEN, on, 100, &b->arena, &r, &b->err),
                     HM_OK);
    return r;
}

/* Points of the tables: 9.58 1356, 10.00 1206, 10.03 1196; 60 m 6.34 1304. OW, second: 310. */
static void the_best_five_of_a_year_count(void **state)
{
    bench *b = *state;
    season(b, "A", 6, (const int32_t[]){1000, 1000, 1000, 1003, 1003, 1003}, "100m");
    season(b, "B", 4, (const int32_t[]){958, 958, 958, 958}, "100m");
    hm_book_ranking r = rank_on(b, "2009-12-31");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.n_few, 1);
    assert_string_equal(r.ranked[0].name, "A");
    assert_int_equal(r.ranked[0].sum, 310 + 3 * 1206 + 2 * 1196); /* the heat scores no place */
    assert_int_equal(r.ranked[0].best[0].points.placing_points, 310);
    assert_string_equal(r.ranked[0].best[0].category, "OW");
    assert_int_equal(r.ranked[0].best[0].place_scored, 2);
    assert_int_equal(rank_on(b, "2010-05-01").n, 1); /* five are left */
    assert_int_equal(rank_on(b, "2010-06-01").n, 0); /* a year later to the day: out */
    assert_int_equal(rank_on(b, "2009-09-01").n, 1);
    assert_int_equal(rank_on(b, "2009-08-31").n, 0);
    assert_string_equal(rank_on(b, NULL).on, "2009-09-02");
}

static void at_most_two_of_the_similar_events_count(void **state)
{
    bench *b = *state;
    season(b, "A", 3, (const int32_t[]){1003, 1003, 1003}, "100m");
    assert_int_equal(rank_on(b, NULL).n, 0);
    season(b, "A", 4, (const int32_t[]){634, 634, 634, 634}, "60m");
    hm_book_ranking r = rank_on(b, NULL);
    assert_int_equal(r.n, 1);
    /* both firsts are finals of OW: +310 */
    assert_int_equal(r.ranked[0].sum, 3 * 1196 + 2 * 1304 + 2 * 310);
    assert_string_equal(r.ranked[0].best[0].code, "60m");
}

static void wind_changes_the_score(void **state)
{
    bench *b = *state;
    static const int32_t cmps[] = {-70, 200, 201, 350, 0};
    for (int i = 0; i < 5; i++) {
        hm_mark m = finished("A", 1, 1000);
        hm_heat h = heat_of(&m, 1);
        char date[16];
        snprintf(date, sizeof date, "2009-05-0%d", i + 1);
        h.wind_cmps = cmps[i];
        h.has_wind = i < 4;
        hm_meet meet = meet_of("M", date, &h);
        take(b, &meet);
    }
    hm_book_ranking r = rank_on(b, "2009-12-31");
    /* docs/points.md: -0.7 is +5, +2.0 0, +2.1 -12, +3.5 -21, no reading -30 */
    assert_int_equal(r.ranked[0].sum, 5 * 1206 + 5 - 12 - 21 - 30);
    assert_int_equal(r.ranked[0].best[0].points.wind_points, 5);
}

static void a_ranking_needs_a_day_and_the_100_m(void **state)
{
    bench *b = *state;
    hm_book_ranking r = {.n = 7};
    assert_int_equal(hm_book_rank(b->book, "100m", HM_SEX_MEN, NULL, 9, &b->arena, &r, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(
        hm_book_rank(b->book, "200m", HM_SEX_MEN, "2009-12-31", 9, &b->arena, &r, NULL),
        HM_ERR_INPUT);
    assert_int_equal(hm_book_rank(b->book, "100m", HM_SEX_MEN, "soon", 9, &b->arena, &r, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(r.n, 7);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_record_stands_until_it_is_beaten),
        T(wind_hands_and_missing_gauges_make_no_record),
        T(on_one_day_the_rounds_of_one_meet_tell_the_order),
        T(records_of_a_meet_and_a_venue),
        T(the_best_five_of_a_year_count),
        T(at_most_two_of_the_similar_events_count),
        T(wind_changes_the_score),
        T(a_ranking_needs_a_day_and_the_100_m),
    };
    return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
