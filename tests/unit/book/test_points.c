#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "book/points.h"
#include "io/csv.h"
#include "io/file.h"

static hm_csv csv_table(hm_arena *a, const char *env, const char *name)
{
    hm_err err = {0};
    hm_csv csv = {0};
    char *bytes, *path = hm_arena_printf(a, "%s/%s", getenv(env), name);
    size_t n;
    if (hm_file_read(path, 1 << 20, a, &bytes, &n, &err) != HM_OK ||
        hm_csv_parse(path, bytes, n, a, &csv, &err) != HM_OK)
        fail_msg("%s: %s", path, err.msg);
    return csv;
}

static hm_points_event event_of(const char *word)
{
    for (int e = 0; e < HM_POINTS_N_EVENT; e++)
        if (strcmp(word, hm_points_event_text((hm_points_event)e)) == 0)
            return (hm_points_event)e;
    fail_msg("no event %s", word);
    return HM_POINTS_100M;
}

static hm_sex sex_of(const char *word)
{
    return word[0] == 'M' ? HM_SEX_MEN : HM_SEX_WOMEN;
}

static hm_points_venue venue_of(const char *word)
{
    return strcmp(word, "indoor") == 0 ? HM_POINTS_INDOOR : HM_POINTS_OUTDOOR;
}

static int32_t whole(const char *text, double scale)
{
    return (int32_t)floor(atof(text) * scale + 0.5);
}

static hm_points_score scored(hm_points_event event, hm_sex sex, hm_points_source source,
                              int32_t time_cs)
{
    hm_points_score s;
    hm_points_venue venue = hm_points_usual_venue(event);
    assert_int_equal(hm_points_scoring(event, sex, venue, source, time_cs, &s, NULL), HM_OK);
    return s;
}

static int32_t printed(hm_points_event event, hm_sex sex, int32_t time_cs)
{
    return scored(event, sex, HM_POINTS_TABLE, time_cs).points;
}

static int32_t combined(hm_points_event event, hm_sex sex, int32_t time_cs)
{
    int32_t points;
    assert_int_equal(hm_points_combined(event, sex, time_cs, &points, NULL), HM_OK);
    return points;
}

/* ---- scoring tables ---- */

static void every_printed_row_of_the_scoring_tables_is_given(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_TEST_DATA_DIR", "scoring_rows_sample.csv");
    int n_wrong = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        hm_points_score s;
        assert_int_equal(hm_points_scoring(event_of(c[2].text), sex_of(c[0].text),
                                           venue_of(c[1].text), HM_POINTS_TABLE,
                                           whole(c[3].text, 100), &s, NULL),
                         HM_OK);
        n_wrong += s.points != atoi(c[4].text);
    }
    assert_int_equal(n_wrong, 0);
    assert_int_equal(csv.n_row, 3564);
    hm_arena_free(&a);
}

static void well_known_marks_have_the_points_of_the_book(void **state)
{
    (void)state;
    static const struct {
        hm_points_event event;
        hm_sex sex;
        int32_t time_cs, points;
    } mark[] = {
        {HM_POINTS_100M, HM_SEX_MEN, 946, 1400},    {HM_POINTS_100M, HM_SEX_MEN, 958, 1356},
        {HM_POINTS_100M, HM_SEX_MEN, 1000, 1206},   {HM_POINTS_100M, HM_SEX_MEN, 1003, 1196},
        {HM_POINTS_100M, HM_SEX_MEN, 1071, 974},    {HM_POINTS_100M, HM_SEX_MEN, 1679, 1},
        {HM_POINTS_100M, HM_SEX_WOMEN, 1012, 1400}, {HM_POINTS_100M, HM_SEX_WOMEN, 1025, 1369},
        {HM_POINTS_100M, HM_SEX_WOMEN, 1049, 1314}, {HM_POINTS_100M, HM_SEX_WOMEN, 1061, 1286},
        {HM_POINTS_100M, HM_SEX_WOMEN, 1100, 1200}, {HM_POINTS_200M, HM_SEX_MEN, 1919, 1351},
        {HM_POINTS_200M, HM_SEX_WOMEN, 2134, 1308}, {HM_POINTS_60M, HM_SEX_MEN, 634, 1304},
        {HM_POINTS_60M, HM_SEX_WOMEN, 692, 1248},
    };
    for (size_t i = 0; i < sizeof mark / sizeof *mark; i++)
        assert_int_equal(printed(mark[i].event, mark[i].sex, mark[i].time_cs), mark[i].points);
}

static void where_the_book_errs_it_is_followed_and_the_formula_told(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_DATA_DIR", "rules/scoring_errata.csv");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        hm_points_event event = event_of(c[3].text);
        hm_sex sex = sex_of(c[1].text);
        int32_t t_cs = whole(c[4].text, 100), formula = atoi(c[5].text);
        hm_points_score s = scored(event, sex, HM_POINTS_TABLE, t_cs);
        assert_int_equal(s.points, atoi(c[7].text));
        assert_int_equal(s.formula_points, formula);
        assert_int_equal(scored(event, sex, HM_POINTS_FORMULA, t_cs).points, formula);
    }
    assert_int_equal(csv.n_row, 4);
    hm_arena_free(&a);
}

static void the_coefficients_are_those_of_the_table(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_DATA_DIR", "rules/scoring_coefficients.csv");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        int64_t factor = atoll(c[5].text), b_cs = atoll(c[6].text);
        assert_int_equal(venue_of(c[1].text), hm_points_usual_venue(event_of(c[2].text)));
        for (int32_t t_cs = 1; t_cs < b_cs; t_cs++)
            assert_int_equal(
                scored(event_of(c[2].text), sex_of(c[0].text), HM_POINTS_FORMULA, t_cs).points,
                factor * (b_cs - t_cs) * (b_cs - t_cs) / 10000000);
    }
    assert_int_equal(csv.n_row, 10);
    hm_arena_free(&a);
}

static void slow_times_have_no_points_however_slow(void **state)
{
    (void)state; /* the parabola would rise again */
    for (int32_t t_cs = 1680; t_cs < 60000; t_cs += 7)
        assert_int_equal(printed(HM_POINTS_100M, HM_SEX_MEN, t_cs), 0);
    assert_int_equal(printed(HM_POINTS_100M, HM_SEX_MEN, 1700), 0);
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, 1800), 0);
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, 60000), 0);
}

static void beyond_the_end_of_the_book_points_are_marked(void **state)
{
    (void)state;
    assert_false(scored(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_TABLE, 946).extrapolated);
    hm_points_score s = scored(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_TABLE, 945);
    assert_true(s.extrapolated);
    assert_int_equal(s.points, 1403); /* 24.63 * 7.55^2 = 1403.97 */
}

static void a_time_that_is_worth_points_is_the_slowest_such(void **state)
{
    (void)state;
    for (int e = 0; e < HM_POINTS_N_EVENT; e++)
        for (int sex = 0; sex < 2; sex++)
            for (int32_t points = 1; points <= 1500; points++) {
                hm_points_event event = (hm_points_event)e;
                int32_t t_cs = 0;
                assert_int_equal(hm_points_scoring_worth(event, (hm_sex)sex,
                                                         hm_points_usual_venue(event),
                                                         HM_POINTS_TABLE, points, &t_cs, NULL),
                                 HM_OK);
                assert_true(printed(event, (hm_sex)sex, t_cs) >= points);
                assert_true(printed(event, (hm_sex)sex, t_cs + 1) < points);
            }
}

static void the_inverse_knows_where_the_book_errs(void **state)
{
    (void)state;
    int32_t by_table = 0, by_formula = 0;
    assert_int_equal(hm_points_scoring_worth(HM_POINTS_100M, HM_SEX_WOMEN, HM_POINTS_OUTDOOR,
                                             HM_POINTS_TABLE, 992, &by_table, NULL),
                     HM_OK);
    assert_int_equal(hm_points_scoring_worth(HM_POINTS_100M, HM_SEX_WOMEN, HM_POINTS_OUTDOOR,
                                             HM_POINTS_FORMULA, 992, &by_formula, NULL),
                     HM_OK);
    assert_int_equal(by_table, 1199);
    assert_int_equal(by_formula, 1200);
}

static void what_no_table_has_is_refused(void **state)
{
    (void)state;
    hm_err err = {0};
    hm_points_score s = {.points = -7};
    int32_t t_cs = -7;
    assert_int_equal(hm_points_scoring(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_INDOOR,
                                       HM_POINTS_TABLE, 1000, &s, &err),
                     HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "only outdoor"));
    assert_int_equal(s.points, -7);
    assert_int_equal(hm_points_scoring_worth(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR,
                                             HM_POINTS_TABLE, 0, &t_cs, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(hm_points_scoring_worth(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR,
                                             HM_POINTS_TABLE, 8000, &t_cs, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(hm_points_combined(HM_POINTS_55M, HM_SEX_MEN, 700, &t_cs, NULL), HM_ERR_INPUT);
    assert_int_equal(t_cs, -7);
}

/* ---- combined events ---- */

static void every_printed_row_of_the_combined_tables_is_given(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_TEST_DATA_DIR", "combined_rows_sample.csv");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        assert_int_equal(combined(event_of(c[1].text), sex_of(c[0].text), whole(c[2].text, 100)),
                         atoi(c[3].text));
    }
    assert_int_equal(csv.n_row, 785);
    hm_arena_free(&a);
}

static void combined_points_agree_with_the_power_of_the_system(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_DATA_DIR", "rules/combined_coefficients.csv");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        double factor = atof(c[2].text), power = atof(c[4].text);
        int32_t b_cs = whole(c[3].text, 100);
        for (int32_t t_cs = 500; t_cs < b_cs; t_cs++)
            assert_int_equal(combined(event_of(c[1].text), sex_of(c[0].text), t_cs),
                             (int32_t)floor(factor * pow((b_cs - t_cs) / 100.0, power)));
    }
    assert_int_equal(csv.n_row, 6);
    hm_arena_free(&a);
}

static void combined_points_of_hand_times_take_a_quarter_second(void **state)
{
    (void)state;
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, 1040), 999);
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, hm_points_hand_cs(104)), 942);
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, 1200), 651);
    assert_int_equal(combined(HM_POINTS_100M, HM_SEX_MEN, 1450), 245);
    for (int32_t ds = 90; ds < 200; ds++) { /* there and back, and no tenth more fits */
        assert_int_equal(hm_points_hand_from_cs(hm_points_hand_cs(ds)), ds);
        assert_int_equal(hm_points_hand_from_cs(hm_points_hand_cs(ds) + 9), ds);
    }
}

static void a_combined_time_that_is_worth_points_is_the_slowest_such(void **state)
{
    (void)state;
    static const hm_points_event event[] = {HM_POINTS_60M, HM_POINTS_100M, HM_POINTS_200M};
    for (int e = 0; e < 3; e++)
        for (int sex = 0; sex < 2; sex++)
            for (int32_t points = 1; points <= 1300; points++) {
                int32_t t_cs = 0;
                assert_int_equal(
                    hm_points_combined_worth(event[e], (hm_sex)sex, points, &t_cs, NULL), HM_OK);
                assert_true(combined(event[e], (hm_sex)sex, t_cs) >= points);
                assert_true(combined(event[e], (hm_sex)sex, t_cs + 1) < points);
            }
}

/* ---- masters ---- */

static void a_man_of_fifty_has_the_points_of_the_books_example(void **state)
{
    (void)state;
    hm_points_masters m;
    hm_points_grade g;
    assert_int_equal(hm_points_masters_score(HM_POINTS_100M, HM_SEX_MEN, 50, 1312, &m, NULL),
                     HM_OK);
    assert_int_equal(m.factor_x10000, 9031);
    assert_int_equal(m.factored_cs, 1185); /* 11.848672, rounded up */
    assert_int_equal(m.points, 681);
    assert_int_equal(hm_points_age_grade(HM_POINTS_100M, HM_SEX_MEN, 50, 1312, &g, NULL), HM_OK);
    assert_int_equal(g.percent_x100, 8085); /* 9.58 / 11.848672 */
}

static void an_exact_factored_time_is_not_rounded_up(void **state)
{
    (void)state;
    hm_points_masters m;
    assert_int_equal(hm_points_masters_score(HM_POINTS_100M, HM_SEX_MEN, 50, 10000, &m, NULL),
                     HM_OK);
    assert_int_equal(m.factored_cs, 9031);
}

static void factors_of_age_are_those_of_the_table(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_DATA_DIR", "rules/wma_2023_age_factors.csv");
    int n_seen = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        hm_points_event event = event_of(c[1].text);
        hm_points_grade g;
        hm_points_masters m;
        hm_sex sex = sex_of(c[0].text);
        int32_t age_yr = atoi(c[3].text), factor = whole(c[4].text, 10000);
        if (age_yr < HM_POINTS_GRADE_AGE_MIN)
            continue;
        n_seen++;
        assert_int_equal(hm_points_age_grade(event, sex, age_yr, 1312, &g, NULL), HM_OK);
        assert_int_equal(g.factor_x10000, factor);
        assert_int_equal(g.open_standard_cs, whole(c[2].text, 100));
        for (int32_t year = age_yr; age_yr % 5 == 0 && age_yr > 30 && year < age_yr + 5; year++) {
            if (year > HM_POINTS_AGE_MAX)
                break;
            assert_int_equal(hm_points_masters_score(event, sex, year, 1312, &m, NULL), HM_OK);
            assert_int_equal(m.factor_x10000, factor);
            assert_int_equal(m.group_yr, age_yr);
        }
    }
    assert_int_equal(n_seen, 486);
    hm_arena_free(&a);
}

static void a_masters_time_that_is_worth_points_is_the_slowest_such(void **state)
{
    (void)state;
    hm_points_masters at, after;
    for (int32_t age_yr = 35; age_yr <= 110; age_yr += 15)
        for (int32_t points = 1; points <= 1200; points++) {
            int32_t t_cs = 0;
            assert_int_equal(
                hm_points_masters_worth(HM_POINTS_100M, HM_SEX_WOMEN, age_yr, points, &t_cs, NULL),
                HM_OK);
            assert_int_equal(
                hm_points_masters_score(HM_POINTS_100M, HM_SEX_WOMEN, age_yr, t_cs, &at, NULL),
                HM_OK);
            assert_int_equal(hm_points_masters_score(HM_POINTS_100M, HM_SEX_WOMEN, age_yr, t_cs + 1,
                                                     &after, NULL),
                             HM_OK);
            assert_true(at.points >= points && after.points < points);
        }
}

static void ages_without_factors_are_refused(void **state)
{
    (void)state;
    hm_points_masters m;
    hm_points_grade g;
    assert_int_equal(hm_points_masters_score(HM_POINTS_100M, HM_SEX_MEN, 34, 1312, &m, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(hm_points_masters_score(HM_POINTS_100M, HM_SEX_MEN, 111, 1312, &m, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(hm_points_age_grade(HM_POINTS_100M, HM_SEX_MEN, 29, 1312, &g, NULL),
                     HM_ERR_INPUT);
    assert_int_equal(hm_points_age_grade(HM_POINTS_50M, HM_SEX_MEN, 50, 700, &g, NULL),
                     HM_ERR_INPUT);
}

/* ---- world rankings ---- */

static void wind_changes_the_result_in_the_athletes_favour(void **state)
{
    (void)state;
    static const struct {
        int32_t wind_dmps, points;
    } wind[] = {{-7, 5}, {-5, 3},   {-10, 6},  {0, 0},   {1, 0},
                {20, 0}, {21, -12}, {30, -18}, {35, -21}};
    for (size_t i = 0; i < sizeof wind / sizeof *wind; i++)
        assert_int_equal(hm_points_wind(HM_POINTS_WIND, wind[i].wind_dmps), wind[i].points);
    assert_int_equal(hm_points_wind(HM_POINTS_NO_READING, 0), -30);
    assert_int_equal(hm_points_wind(HM_POINTS_NO_WIND, 0), 0);
}

static void placing_points_are_those_of_the_table(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_DATA_DIR", "rules/placing_points.csv");
    int32_t n_place = 0;
    for (int k = 0; k < HM_POINTS_N_CATEGORY; k++) {
        hm_points_category category = (hm_points_category)k;
        for (int32_t i = 0; i < csv.n_row; i++)
            if (strcmp(csv.row[i].cell[0].text, hm_points_category_text(category)) == 0)
                assert_int_equal(hm_points_placing(category, atoi(csv.row[i].cell[1].text)),
                                 atoi(csv.row[i].cell[2].text));
        n_place += hm_points_n_place(category);
        assert_int_equal(hm_points_placing(category, hm_points_n_place(category) + 1), 0);
    }
    assert_int_equal(n_place, csv.n_row);
    hm_arena_free(&a);
}

static int32_t ranked(int32_t time_cs, int32_t wind_points, int32_t placing_points)
{
    hm_points_performance p;
    assert_int_equal(hm_points_ranking(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR, time_cs,
                                       wind_points, placing_points, &p, NULL),
                     HM_OK);
    return p.points;
}

static void a_performance_is_result_and_wind_and_place(void **state)
{
    (void)state;
    assert_int_equal(ranked(1000, 5, 310), 1206 + 5 + 310);
    assert_int_equal(ranked(1000, -30, 0), 1176);
    assert_int_equal(ranked(1679, -30, 15), 15); /* wind takes no points of the place */
    hm_points_performance p;
    assert_int_equal(
        hm_points_ranking(HM_POINTS_200M, HM_SEX_MEN, HM_POINTS_OUTDOOR, 2000, 0, 0, &p, NULL),
        HM_ERR_INPUT);
}

static void a_performance_that_is_worth_points_is_the_slowest_such(void **state)
{
    (void)state;
    static const int32_t wind_points[] = {5, 0, -21, -30};
    for (int w = 0; w < 4; w++)
        for (int32_t points = 101; points <= 1500; points++) {
            int32_t t_cs = 0;
            assert_int_equal(hm_points_ranking_worth(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR,
                                                     wind_points[w], 100, points, &t_cs, NULL),
                             HM_OK);
            assert_true(ranked(t_cs, wind_points[w], 100) >= points);
            assert_true(ranked(t_cs + 1, wind_points[w], 100) < points);
        }
    int32_t t_cs = 0;
    assert_int_equal(hm_points_ranking_worth(HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR, 0, 100,
                                             100, &t_cs, NULL),
                     HM_ERR_INPUT);
}

/* ---- the worked cases of all tables ---- */

static void the_worked_cases_come_out(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = csv_table(&a, "HM_TEST_DATA_DIR", "rules_worked_cases.csv");
    int n_seen = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const char *kind = csv.row[i].cell[0].text, *input = csv.row[i].cell[1].text;
        char sex[8], place[16], event[8], time[16];
        int32_t want = atoi(csv.row[i].cell[2].text);
        if (strcmp(kind, "points_scoring") == 0) {
            assert_int_equal(sscanf(input, "%7s %15s %7s %15s", sex, place, event, time), 4);
            assert_int_equal(printed(event_of(event), sex_of(sex), whole(time, 100)), want);
        } else if (strcmp(kind, "points_combined") == 0) {
            assert_int_equal(sscanf(input, "%7s %7s %15s", sex, event, time), 3);
            int32_t t_cs =
                strchr(time, 'h') ? hm_points_hand_cs(whole(time, 10)) : whole(time, 100);
            assert_int_equal(combined(event_of(event), sex_of(sex), t_cs), want);
        } else {
            continue;
        }
        n_seen++;
    }
    assert_int_equal(n_seen, 12);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_printed_row_of_the_scoring_tables_is_given),
        cmocka_unit_test(well_known_marks_have_the_points_of_the_book),
        cmocka_unit_test(where_the_book_errs_it_is_followed_and_the_formula_told),
        cmocka_unit_test(the_coefficients_are_those_of_the_table),
        cmocka_unit_test(slow_times_have_no_points_however_slow),
        cmocka_unit_test(beyond_the_end_of_the_book_points_are_marked),
        cmocka_unit_test(a_time_that_is_worth_points_is_the_slowest_such),
        cmocka_unit_test(the_inverse_knows_where_the_book_errs),
        cmocka_unit_test(what_no_table_has_is_refused),
        cmocka_unit_test(every_printed_row_of_the_combined_tables_is_given),
        cmocka_unit_test(combined_points_agree_with_the_power_of_the_system),
        cmocka_unit_test(combined_points_of_hand_times_take_a_quarter_second),
        cmocka_unit_test(a_combined_time_that_is_worth_points_is_the_slowest_such),
        cmocka_unit_test(a_man_of_fifty_has_the_points_of_the_books_example),
        cmocka_unit_test(an_exact_factored_time_is_not_rounded_up),
        cmocka_unit_test(factors_of_age_are_those_of_the_table),
        cmocka_unit_test(a_masters_time_that_is_worth_points_is_the_slowest_such),
        cmocka_unit_test(ages_without_factors_are_refused),
        cmocka_unit_test(wind_changes_the_result_in_the_athletes_favour),
        cmocka_unit_test(placing_points_are_those_of_the_table),
        cmocka_unit_test(a_performance_is_result_and_wind_and_place),
        cmocka_unit_test(a_performance_that_is_worth_points_is_the_slowest_such),
        cmocka_unit_test(the_worked_cases_come_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
