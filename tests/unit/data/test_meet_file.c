#include "ht.h"
#include "ht_meet.h"

#include "data/meet_file.h"
#include "io/csv.h"
#include "io/number.h"

typedef hm_status write_fn(hm_sink sink, int32_t n, const hm_meet meet[], hm_err *err);
typedef hm_status parse_fn(const char *source, const char *bytes, size_t n, hm_arena *arena,
                           hm_meets *meets, hm_err *err);

static const struct format {
    const char *name;
    write_fn *write;
    parse_fn *parse;
} formats[] = {{"json", hm_meets_write_json, hm_meets_parse_json},
               {"csv", hm_meets_write_csv, hm_meets_parse_csv}};
enum { N_FORMAT = sizeof formats / sizeof formats[0] };

static void no_error(hm_status status, const hm_err *err)
{
    char line[900];
    hm_err_text(err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static hm_memory written(const struct format *f, int32_t n, const hm_meet meet[], hm_arena *a)
{
    hm_memory m = {.arena = a};
    hm_err err = {0};
    no_error(f->write(hm_sink_memory(&m), n, meet, &err), &err);
    return m;
}

static hm_meets parsed(const struct format *f, const char *text, hm_arena *a)
{
    hm_meets meets = {0};
    hm_err err = {0};
    no_error(f->parse("x", text, strlen(text), a, &meets, &err), &err);
    return meets;
}

/* 400 meets of anything, four in a file: hostile texts, all statuses, gaps, splits, notes. */
static void whatever_is_written_is_read_back_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++)
        for (int f = 0; f < N_FORMAT; f++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_meet meet[4];
            for (uint64_t k = 0; k < 4; k++)
                meet[k] = ht_any_meet(4 * seed + k, &a);
            hm_memory text = written(&formats[f], 4, meet, &a);
            hm_meets again = parsed(&formats[f], text.bytes, &a);
            assert_int_equal(again.n, 4);
            assert_int_equal(again.notes.n, 0);
            for (int k = 0; k < 4; k++)
                if (!ht_same_meet(&meet[k], &again.meet[k]))
                    fail_msg("%s: meet %d of seed %d is another", formats[f].name, k, (int)seed);
            hm_memory twice = written(&formats[f], 4, again.meet, &a);
            assert_string_equal(twice.bytes, text.bytes);
            hm_arena_free(&a);
        }
}

static void both_hold_no_meet_at_all(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    for (int f = 0; f < N_FORMAT; f++)
        assert_int_equal(parsed(&formats[f], written(&formats[f], 0, NULL, &a).bytes, &a).n, 0);
    hm_arena_free(&a);
}

/* 10,000 characters of four bytes, commas or quotes. */
static void names_of_ten_thousand_characters_go_through(void **state)
{
    (void)state;
    static const char *const piece[] = {"\xf0\x9f\x8f\x83", ",", "\"", "\xd7\xa9", "="};
    for (size_t p = 0; p < sizeof piece / sizeof piece[0]; p++)
        for (int f = 0; f < N_FORMAT; f++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            char *name = HM_PUSH(&a, char, 4 * HM_MEET_TEXT_MAX + 8), *end = name;
            for (int i = 0; i < HM_MEET_TEXT_MAX; i++)
                end = strcpy(end, piece[p]) + strlen(piece[p]);
            hm_mark mark = hm_mark_default();
            hm_heat heat = hm_heat_default();
            hm_meet meet = hm_meet_default();
            mark.who.last_name = name;
            heat.n_mark = 1, heat.mark = &mark;
            meet.n_heat = 1, meet.heat = &heat;
            hm_meets again = parsed(&formats[f], written(&formats[f], 1, &meet, &a).bytes, &a);
            assert_string_equal(again.meet[0].heat[0].mark[0].who.last_name, name);
            strcpy(end, piece[p]);
            hm_memory m = {.arena = &a};
            hm_err err = {0};
            assert_int_equal(formats[f].write(hm_sink_memory(&m), 1, &meet, &err), HM_ERR_INPUT);
            assert_string_equal(err.field, "last_name");
            hm_arena_free(&a);
        }
}

static void a_row_that_csv_cannot_hold_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char *name = HM_PUSH(&a, char, 4 * HM_MEET_TEXT_MAX + 1);
    for (int i = 0; i < HM_MEET_TEXT_MAX; i++)
        memcpy(name + 4 * i, "\xf0\x9f\x8f\x83", 4);
    hm_mark mark = hm_mark_default();
    hm_heat heat = hm_heat_default();
    hm_meet meet = hm_meet_default();
    mark.who.last_name = mark.who.first_name = name;
    heat.n_mark = 1, heat.mark = &mark, meet.n_heat = 1, meet.heat = &heat;
    hm_memory m = {.arena = &a};
    hm_err err = {0};
    assert_int_equal(hm_meets_write_csv(hm_sink_memory(&m), 1, &meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.source, "meet 1, heat 1, row 1");
    hm_arena_free(&a);
}

static void no_cell_begins_like_a_formula(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        hm_meet meet = ht_any_meet(seed, &a);
        hm_memory text = written(&formats[1], 1, &meet, &a);
        hm_csv csv;
        hm_err err = {0};
        double number;
        no_error(hm_csv_parse("x", text.bytes, text.n, &a, &csv, &err), &err);
        for (int32_t i = 0; i < csv.n_row; i++)
            for (int32_t c = 0; c < csv.row[i].n_cell; c++) {
                const char *cell = csv.row[i].cell[c].text;
                if (*cell && strchr("=+-@|", *cell) &&
                    hm_number_parse(cell, '.', &number) != HM_NUMBER_OK)
                    fail_msg("seed %d: %s", (int)seed, cell);
            }
    }
    hm_arena_free(&a);
}

/* Anybody's own table: other order, other separator, decimal comma, columns left out. */
static void a_table_by_hand_is_read(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_meets m = parsed(&formats[1],
                        "\xef\xbb\xbfLast_Name;heat;Status;official_s;wind_mps;meet\r\n"
                        "Ng;1;ok;10,25;-0,4;Club\r\nEk;1;dnf;;-0,4;Club\r\nOz;2;ok;10,31;;Club\r\n",
                        &a);
    assert_int_equal(m.n, 1);
    assert_int_equal(m.meet[0].n_heat, 2);
    assert_int_equal(m.meet[0].heat[0].n_mark, 2);
    assert_int_equal(m.meet[0].heat[0].wind_cmps, -40);
    assert_int_equal(m.meet[0].heat[0].mark[0].official_cs, 1025);
    assert_int_equal(m.meet[0].heat[0].mark[1].status, HM_MARK_DNF);
    assert_false(m.meet[0].heat[1].has_wind);
    assert_string_equal(m.meet[0].source, "x");
    hm_arena_free(&a);
}

/* The file is refused at this line and column, or path. */
static void errors_name_the_place(void **state)
{
    (void)state;
#define HEAD "heat,status,official_s,time_s,splits,place\n"
    static const struct {
        int format;
        const char *text;
        int64_t line, col;
        const char *field;
    } row[] = {
        {1, HEAD "1,ok,10.25,,,\n1,ok,x,,,\n", 3, 6, "official_s"},
        {1, HEAD "1,ok,10.25,-1,,\n", 2, 12, "time_s"},
        {1, HEAD "1,fast,,,,\n", 2, 3, "status"},
        {1, HEAD "1000,ok,,,,\n", 2, 1, "heat"},
        {1, HEAD "1,ok,,,50:5.4 x,\n", 2, 8, "splits"},
        {1, HEAD "1,ok,,,50:,\n", 2, 8, "splits"},
        {1, HEAD "1,ok,,400000,,\n", 2, 7, "time_s"},
        {1, HEAD "1,dnf,,,,2\n", 2, 10, "place"},
        {1, "heat,status,official_s,id\n1,ok,,a\n2,ok,,a\n2,dns,,a\n", 4, 8, "id"},
        {1, "heat,status,official_s,heat\n", 1, 24, "heat"},
        {1, "heat,official_s\n", 1, 1, ""},
        {1, HEAD "1,\"ok\n", 2, 6, ""},
        {0, "{\"format\": \"hectometre-meet\", \"version\": 2, \"meets\": []}", 0, 0, "version"},
        {0, "{\"format\": \"hectometre-meet\", \"version\": 1}", 0, 0, "meets"},
        {0, "{\"format\": \"hectometre-meet\", \"version\": 1, \"meets\": [1]}", 0, 0, "meets[0]"},
#define MEET(heats)                                                                                \
    "{\"format\":\"hectometre-meet\",\"version\":1,\"meets\":[{\"heats\":" heats "}]}"
        {0, MEET("[{\"round\": 1000}]"), 0, 0, "meets[0].heats[0].round"},
        {0, MEET("[{\"marks\": [{}, {\"time_s\": -1}]}]"), 0, 0,
         "meets[0].heats[0].marks[1].time_s"},
        {0, MEET("[{\"name\": \"a\\u001b[2J\"}]"), 0, 0, "meets[0].heats[0].name"},
        {0, MEET("[{\"name\": \"a\\nb\"}]"), 0, 0, "meets[0].heats[0].name"},
        {0, MEET("[{\"name\": \"a\\u0085b\"}]"), 0, 0, "meets[0].heats[0].name"},
        {0, MEET("[{\"wind_mps\": 100}]"), 0, 0, "meets[0].heats[0].wind_mps"},
        {0, MEET("[{\"marks\": [{\"place\": 1}]}]"), 0, 0, "meets[0].heats[0].marks[0].place"},
        {0, MEET("[{\"marks\": [{\"id\": \"1\"}, {\"id\": \"1\"}]}]"), 0, 0,
         "meets[0].heats[0].marks[1].id"},
        {0, MEET("[{\"marks\": [{\"splits\": [{\"distance_m\": 0, \"time_s\": 1}]}]}]"), 0, 0,
         "meets[0].heats[0].marks[0].splits[0].distance_m"},
        {0, MEET("[,]"), 1, 0, ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_meets meets = {.n = -7};
        hm_err err = {0};
        hm_status s =
            formats[row[i].format].parse("f", row[i].text, strlen(row[i].text), &a, &meets, &err);
        if (s != HM_ERR_INPUT || err.line != row[i].line || (row[i].col && err.col != row[i].col) ||
            strcmp(err.field, row[i].field) != 0 || meets.n != -7)
            fail_msg("%s: got %d, %s:%lld:%lld %s: %s", row[i].text, (int)s, err.source,
                     (long long)err.line, (long long)err.col, err.field, err.msg);
        hm_arena_free(&a);
    }
}

static void what_is_not_known_is_a_note(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_meets m = parsed(&formats[0], MEET("[{\"colour\": 1}]"), &a);
    assert_int_equal(m.notes.n, 1);
    assert_non_null(strstr(m.notes.text[0], "colour"));
    m = parsed(&formats[1], "heat,status,official_s,offical_s\n1,ok,10.25,\n", &a);
    assert_int_equal(m.notes.n, 1);
    assert_non_null(strstr(m.notes.text[0], "is it official_s?"));
    hm_arena_free(&a);
}

static void our_csv_is_told_from_a_sheet(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } row[] = {{"heat,status,official_s", true},
               {"\xef\xbb\xbfstatus;official_s;\"heat\"\r\nx", true},
               {"lane,name,time_s,status", false},
               {"heats,status,official_s", false},
               {"# heat,status,official_s\nlane,name,time_s\n", false},
               {"", false}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        if (hm_meets_is_csv(row[i].text, strlen(row[i].text)) != row[i].is)
            fail_msg("%s", row[i].text);
}

static void what_steers_a_terminal_becomes_a_blank(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_string_equal(hm_meet_text(&a, "a\x1b[2J\r\n\tb\x7f\xc2\x9b"
                                         "c"),
                        "a [2J   b  c");
    assert_string_equal(hm_meet_text(&a, "\xc2\xa0\xd7\xa9"), "\xc2\xa0\xd7\xa9");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_written_is_read_back_the_same),
        cmocka_unit_test(both_hold_no_meet_at_all),
        cmocka_unit_test(names_of_ten_thousand_characters_go_through),
        cmocka_unit_test(a_row_that_csv_cannot_hold_is_refused),
        cmocka_unit_test(no_cell_begins_like_a_formula),
        cmocka_unit_test(a_table_by_hand_is_read),
        cmocka_unit_test(errors_name_the_place),
        cmocka_unit_test(what_is_not_known_is_a_note),
        cmocka_unit_test(our_csv_is_told_from_a_sheet),
        cmocka_unit_test(what_steers_a_terminal_becomes_a_blank),
    };
    return cmocka_run_group_tests_name("data/meet_file", tests, NULL, NULL);
}
