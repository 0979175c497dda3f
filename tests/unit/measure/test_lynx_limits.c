#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "measure/lynx.h"

/* Reads leniently; the codes that were said stand in `said`, the first 200 bytes of them. */
static hm_meet read_bytes(hm_arena *a, const char *source, const char *bytes, size_t n, char *said)
{
    const hm_lynx_opts opts = {HM_LYNX_AUTO, true};
    hm_meet meet;
    hm_err err = {0};
    /* a copy of its own size, so that a sanitizer sees one byte too far */
    char *own = malloc(n ? n : 1);
    assert_non_null(own);
    memcpy(own, bytes, n);
    if (hm_lynx_parse(source, own, n, &opts, a, &meet, &err) != HM_OK)
        fail_msg("%s: %s", source, err.msg);
    free(own);
    assert_int_equal(hm_meet_check(&meet, NULL), HM_OK);
    said[0] = '\0';
    for (int32_t i = 0; i < meet.notes.n && strlen(said) < 160; i++)
        snprintf(said + strlen(said), 40, "%s%.*s", i ? " " : "",
                 (int)strcspn(meet.notes.text[i], " "), meet.notes.text[i]);
    return meet;
}

static void says(const char *source, const char *text, const char *want)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    char said[200];
    read_bytes(&a, source, text, strlen(text), said);
    if (strcmp(said, want) != 0)
        fail_msg("%s: want \"%s\", got \"%s\"", text, want, said);
    hm_arena_free(&a);
}

static void times_follow_the_grammar_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t time_us; /* -1 = refused */
        int32_t digits;
    } row[] = {
        {"9.58", 9580000, 2},
        {"10", 10000000, 0},
        {"10.2", 10200000, 1},
        {"10.2413", 10241300, 4},
        {"75.2", 75200000, 1},
        {"0:09.58", 9580000, 2},
        {"75:20.2", 4520200000, 1},
        {"0:00:10.241", 10241000, 3},
        {"99:59:59.9999", 359999999900, 4},
        {"359999.9999", 359999999900, 4},
        {"0.0001", 100, 4},
        {"360000", -1, 0},
        {"100:00:00", -1, 0},
        {"9999999", -1, 0},
        {"99999999999999999999", -1, 0},
        {"1:60.0", -1, 0},
        {"1:60:00", -1, 0},
        {"1:5.2", -1, 0},
        {"1:005.2", -1, 0},
        {"1:2:3:4", -1, 0},
        {"1:", -1, 0},
        {":10.2", -1, 0},
        {"10.", -1, 0},
        {".5", -1, 0},
        {"10.24135", -1, 0},
        {"+10.2", -1, 0},
        {"-10.2", -1, 0},
        {"10.2h", -1, 0},
        {"1e1", -1, 0},
        {"nan", -1, 0},
        {"0x10", -1, 0},
        {"10 .2", -1, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        char text[128], said[200];
        snprintf(text, sizeof text, "1\n1,2,3,A,B,C,%s\n", row[i].text);
        hm_meet meet = read_bytes(&a, "t.lif", text, strlen(text), said);
        const hm_mark *m = meet.heat[0].mark;
        bool good = row[i].time_us >= 0;
        if (strcmp(said, good ? "" : "2:E-TIME") != 0)
            fail_msg("%s: %s", row[i].text, said);
        assert_int_equal(m->time_us, good ? row[i].time_us : 0);
        assert_int_equal(m->time_digits, row[i].digits);
        /* hundredths in the file are official, thousandths are a reading */
        assert_int_equal(m->official_cs, row[i].digits == 2 && good ? row[i].time_us / 10000 : 0);
        assert_int_equal(m->status, HM_MARK_FINISHED);
        hm_arena_free(&a);
    }
}

static void winds_are_metres_a_second_or_not_measured(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
        bool has;
        int32_t cmps;
    } row[] = {
        {"+0.8,m/s", "", true, 80},
        {"-1.25,", "", true, -125},
        {".5,M/S", "", true, 50},
        {"2,mps", "", true, 200},
        {"nwi,", "", false, 0},
        {",m/s", "", false, 0},
        {"-0.0,", "", true, 0},
        {"99.99,", "", true, 9999},
        {"100.0,", "1:W-WIND", false, 0},
        {"1.234,", "1:W-WIND", false, 0},
        {"+,", "1:W-WIND", false, 0},
        {".,", "1:W-WIND", false, 0},
        {"--1,", "1:W-WIND", false, 0},
        {"2.1 m/s,", "1:W-WIND", false, 0},
        {"4.0,mph", "1:W-WIND", false, 0},
        {"calm,", "1:W-WIND", false, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        char text[128], said[200];
        snprintf(text, sizeof text, "1,1,1,100 m,%s\n", row[i].text);
        hm_meet meet = read_bytes(&a, "w.evt", text, strlen(text), said);
        assert_string_equal(said, row[i].said);
        assert_int_equal(meet.heat[0].has_wind, row[i].has);
        assert_int_equal(meet.heat[0].wind_cmps, row[i].cmps);
        hm_arena_free(&a);
    }
}

static void what_is_not_understood_is_said(void **state)
{
    (void)state;
    says("a.evt", "1,1,1,x,,,,,,far\n", "1:W-DIST");
    says("a.evt", "1,1,1,x,,,,,,100 m,noon\n", "1:W-CLOCK");
    says("a.evt", "1,1,1,x,,,,,,,,,,more\n", "1:W-EXTRA");
    says("a.evt", "1\n,,,,\n", "2:E-SHORT");
    says("a.evt", "1\n,0,0\n", "2:E-SHORT");
    says("a.evt", "1\n,1,100\n", "2:E-LANE");
    says("a.evt", "123456789012345678901234567890123\n,1,1\n", "1:E-EVENT");
    says("a.evt", "1,1000\n", "1:E-NUM");
    says("a.evt", "1,1,1,\"x\n,1,1\n2\n,1,1\n", "1:E-QUOTE");
    says("a.evt", "\\", "1:E-ORPHAN");
    says("a.evt", "1\n\\", "2:E-SHORT");
    says("a.lif", "1\n1,2,3,A,B,C\n", "2:W-NOTIME");
    says("a.lif", "1\n1,2,3,A,B,C,0.00\n", "2:W-NOTIME");
    says("a.lif", "1\n1,2,3,A,B,C,10.1,,x,y,z\n", "2:W-DELTA 2:W-REAC 2:W-SPLIT");
    says("a.lif", "1\n1,2,3,A,B,C,10.1,,0.0,,\"5 (5) 6\"\n", "2:W-SPLIT");
    says("a.lif", "1\n1,2,3,A,B,C,10.1,,10.1,-0.1\n", "2:W-REAC");
    says("a.lif", "1\n2,2,3,A,B,C,10.1\n1,3,4,D,E,F,10.2\n", "3:W-ORDER");
    says("a.lif", "1\n1,2,3,A,B,C,10.1\n1,2,4,D,E,F,10.2\n", "3:E-DUPID");
    says("a.lif", "DQ,2,3\n1,2,3\n", "1:E-NOEVENT");
    says("a.ppl", "1,A,B,C,D,E\n", "1:W-EXTRA");
    says("a.ppl", "0,A\n", "1:E-NOID");
    says("a.ppl", "", "0:E-EMPTY");
    says("a.sch", "1,1,1,1\n", "1:W-EXTRA");
}

static void lines_end_in_any_way_and_numbers_of_lines_hold(void **state)
{
    (void)state;
    says("a.lif", "1\r\n1,2,x\r\n", "2:E-LANE");
    says("a.lif", "1\r1,2,x\r", "2:E-LANE");
    says("a.lif", "1\n\n;\n \t\n1,2,x", "5:E-LANE");
}

static void encodings_are_told_apart_by_mark_then_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *name, *said;
    } row[] = {
        {"1,\xe4", 3, "ä", "0:W-ENC"},
        {"1,\x80\x9f", 4, "\u20ac\u0178", "0:W-ENC"},
        {"1,\x81", 3, "\ufffd", "0:W-ENC 0:W-BYTE"},
        {"\xef\xbb\xbf"
         "1,\xe4",
         6, "\ufffd", "0:W-BYTE"},
        {"1,\xc0\xaf", 4, "À¯", "0:W-ENC"},           /* overlong */
        {"1,\xed\xa0\x80", 5, "í\u00a0€", "0:W-ENC"}, /* a surrogate */
        {"\xff\xfe"
         "1\0,\0\xe4\0",
         8, "ä", ""},
        {"\xfe\xff"
         "\0001\0,\0\xe4",
         8, "ä", ""},
        {"\xff\xfe"
         "1\0,\0\x3d\xd8\x00\xde",
         10, "\U0001f600", ""},
        {"\xff\xfe"
         "1\0,\0\x3d\xd8",
         8, "\ufffd", "0:W-BYTE"},
        {"\xff\xfe"
         "1\0,\0\x00\xde\x3d\xd8x\0",
         12, "\ufffd\ufffdx", "0:W-BYTE"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        char said[200];
        hm_meet meet = read_bytes(&a, "e.ppl", row[i].bytes, row[i].n, said);
        assert_string_equal(said, row[i].said);
        assert_int_equal(meet.n_person, 1);
        assert_string_equal(meet.person[0].last_name, row[i].name);
        hm_arena_free(&a);
    }
}

static void bytes_that_are_no_text_stop_the_file(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char said[200];
    hm_meet meet = read_bytes(&a, "z.ppl", "1,A\r\n2,B\0\n", 10, said);
    assert_string_equal(said, "2:E-NUL");
    assert_int_equal(meet.n_person, 0);
    meet = read_bytes(&a, "z.ppl",
                      "\xff\xfe"
                      "1\0,\0\0\0",
                      8, said);
    assert_string_equal(said, "1:E-NUL");
    meet = read_bytes(&a, "z.ppl",
                      "\xff\xfe"
                      "1\0,",
                      5, said);
    assert_string_equal(said, "0:E-ENC");
    assert_int_equal(meet.n_person, 0);
    hm_arena_free(&a);
}

/* "1,xxx": n bytes in all. */
static char *long_line(hm_arena *a, size_t n)
{
    char *s = HM_PUSH(a, char, n + 1);
    assert_non_null(s);
    memset(s, ' ', n);
    memcpy(s, "1,x", 3);
    s[n - 1] = 'y';
    return s;
}

static void lines_fields_and_texts_have_bounds(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char said[200];
    read_bytes(&a, "l.ppl", long_line(&a, HM_LYNX_LINE_MAX + 1), HM_LYNX_LINE_MAX + 1, said);
    assert_string_equal(said, "1:E-LONG");
    /* a line may be as long, but no name in it: then that line alone is left out */
    read_bytes(&a, "l.ppl", long_line(&a, HM_LYNX_LINE_MAX), HM_LYNX_LINE_MAX, said);
    assert_string_equal(said, "1:E-FIELDS");
    read_bytes(&a, "l.ppl", long_line(&a, HM_MEET_TEXT_MAX + 3), HM_MEET_TEXT_MAX + 3, said);
    assert_string_equal(said, "1:E-FIELDS");
    hm_meet meet =
        read_bytes(&a, "l.ppl", long_line(&a, HM_MEET_TEXT_MAX + 2), HM_MEET_TEXT_MAX + 2, said);
    assert_string_equal(said, "");
    assert_int_equal(strlen(meet.person[0].last_name), HM_MEET_TEXT_MAX);
    char commas[HM_LYNX_FIELD_MAX + 2];
    memset(commas, ',', sizeof commas);
    memcpy(commas, "1,A", 3);
    read_bytes(&a, "l.ppl", commas, HM_LYNX_FIELD_MAX + 1, said); /* 64 fields */
    assert_string_equal(said, "1:W-EXTRA");
    read_bytes(&a, "l.ppl", commas, HM_LYNX_FIELD_MAX + 2, said);
    assert_string_equal(said, "1:E-FIELDS");
    hm_arena_free(&a);
}

static void a_file_has_a_hundred_thousand_rows_of_which_a_thousand_in_a_heat(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_memory m = {.arena = &a};
    hm_sink sink = hm_sink_memory(&m);
    for (int i = 1; i <= HM_LYNX_ROW_MAX + 1; i++) {
        char row[32];
        int n = snprintf(row, sizeof row, "%d,A\n", i);
        assert_int_equal(sink.put(sink.ctx, row, (size_t)n, NULL), HM_OK);
    }
    char said[200];
    hm_meet meet = read_bytes(&a, "r.ppl", m.bytes, m.n - strlen("100001,A\n"), said);
    assert_string_equal(said, "");
    assert_int_equal(meet.n_person, HM_LYNX_ROW_MAX);
    assert_string_equal(meet.person[HM_LYNX_ROW_MAX - 1].id, "100000");
    meet = read_bytes(&a, "r.ppl", m.bytes, m.n, said);
    assert_string_equal(said, "100001:E-ROWS");
    assert_int_equal(meet.n_person, HM_LYNX_ROW_MAX);
    meet = read_bytes(&a, "r.evt", "1\n,1,1\n2\n,1,1\n", 14, said);
    assert_string_equal(said, ""); /* another heat: the id and the lane are free again */
    m.n = 0;
    assert_int_equal(sink.put(sink.ctx, "1\n", 2, NULL), HM_OK);
    for (int i = 1; i <= HM_MEET_IN_HEAT_MAX + 5; i++) {
        char row[32];
        int n = snprintf(row, sizeof row, ",%d,,A\n", i);
        assert_int_equal(sink.put(sink.ctx, row, (size_t)n, NULL), HM_OK);
    }
    assert_int_equal(sink.put(sink.ctx, "2\n,1,,A\n", 8, NULL), HM_OK);
    meet = read_bytes(&a, "r.evt", m.bytes, m.n, said);
    assert_string_equal(said, "1002:E-ROWS");
    assert_int_equal(meet.n_heat, 2);
    assert_int_equal(meet.heat[0].n_mark, HM_MEET_IN_HEAT_MAX);
    assert_int_equal(meet.heat[1].n_mark, 1);
    hm_arena_free(&a);
}

static void a_file_of_more_than_sixteen_megabytes_or_of_no_known_kind_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const hm_lynx_opts lenient = {HM_LYNX_EVT, true};
    hm_meet meet;
    hm_err err = {0};
    char *zeros = HM_PUSH(&a, char, HM_LYNX_FILE_MAX + 1);
    assert_non_null(zeros);
    memset(zeros, '\n', HM_LYNX_FILE_MAX + 1);
    assert_int_equal(hm_lynx_parse("b", zeros, HM_LYNX_FILE_MAX + 1, &lenient, &a, &meet, &err),
                     HM_ERR_INPUT);
    err = (hm_err){0};
    assert_int_equal(hm_lynx_parse("b", zeros, HM_LYNX_FILE_MAX, &lenient, &a, &meet, &err), HM_OK);
    assert_int_equal(hm_lynx_parse("b.txt", "1", 1, NULL, &a, &meet, &err), HM_ERR_USAGE);
    err = (hm_err){0};
    assert_int_equal(hm_lynx_parse("b.LIF", "1", 1, NULL, &a, &meet, &err), HM_OK);
    assert_int_equal(hm_lynx_read("/no/such.lif", NULL, &a, &meet, &err), HM_ERR_NOFILE);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_follow_the_grammar_and_nothing_else),
        cmocka_unit_test(winds_are_metres_a_second_or_not_measured),
        cmocka_unit_test(what_is_not_understood_is_said),
        cmocka_unit_test(lines_end_in_any_way_and_numbers_of_lines_hold),
        cmocka_unit_test(encodings_are_told_apart_by_mark_then_by_content),
        cmocka_unit_test(bytes_that_are_no_text_stop_the_file),
        cmocka_unit_test(lines_fields_and_texts_have_bounds),
        cmocka_unit_test(a_file_has_a_hundred_thousand_rows_of_which_a_thousand_in_a_heat),
        cmocka_unit_test(a_file_of_more_than_sixteen_megabytes_or_of_no_known_kind_is_refused),
    };
    return cmocka_run_group_tests_name("measure/lynx_limits", tests, NULL, NULL);
}
