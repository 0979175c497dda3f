/* Meets in the formats of others: byte for byte as their guides say, shape by shape as their
 * schemas say. */
#include "ht.h"
#include "ht_meet.h"

#include <regex.h>
#include <stdlib.h>

#include "data/meet_file.h"
#include "io/json.h"
#include "measure/lynx.h"
#include "measure/meet_format.h"

static void no_error(hm_status status, const hm_err *err)
{
    char line[900];
    hm_err_text(err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static char *written(hm_meet_format format, const hm_meet *meet, int32_t i, hm_arena *a,
                     hm_notes *notes)
{
    hm_memory m = {.arena = a};
    hm_err err = {0};
    no_error(hm_meet_put(format, hm_sink_memory(&m), 1, meet, i, a, notes, &err), &err);
    return m.bytes;
}

/* ---- a meet by hand: two heats, a final, a hand-timed 60 m ---- */

static hm_mark ran(const char *id, const char *last, const char *first, int32_t place,
                   int64_t time_us, int32_t official_cs)
{
    hm_mark m = hm_mark_default();
    m.who.id = id, m.who.last_name = last, m.who.first_name = first, m.who.team = "JAM";
    m.status = HM_MARK_FINISHED;
    m.place = place, m.lane = place + 2;
    m.time_us = time_us, m.time_digits = 3, m.official_cs = official_cs;
    return m;
}

static hm_mark out_of(const char *id, const char *last, hm_mark_status status)
{
    hm_mark m = hm_mark_default();
    m.who.id = id, m.who.last_name = last, m.status = status;
    return m;
}

typedef struct by_hand {
    hm_meet meet;
    hm_heat heat[4];
    hm_mark first[3], second[3], final[2], hand[2];
} by_hand;

static hm_heat heat_of(int32_t round, int32_t heat, const char *name, hm_mark *mark, int32_t n)
{
    hm_heat h = hm_heat_default();
    h.event = "1", h.round = round, h.heat = heat, h.round_name = name;
    h.name = "100 m Women", h.code = "100m", h.distance_m = 100;
    h.has_sex = true, h.sex = HM_SEX_WOMEN, h.timing = HM_TIMING_FAT;
    h.mark = mark, h.n_mark = n;
    return h;
}

static void make(by_hand *b)
{
    b->first[0] = ran("1", "Ng", "Bo", 1, 11312000, 1132);
    b->first[0].reaction_us = 142900, b->first[0].qualified = "Q";
    b->first[0].who.born = "1999-02-28";
    b->first[1] = ran("2", "Ek", "Al", 2, 11319000, 1132);
    b->first[2] = out_of("3", "Oz", HM_MARK_DQ);
    b->first[2].rule = "TR16.8";
    b->second[0] = ran("4", "Um", "Di", 1, 11315000, 1132);
    b->second[1] = out_of("5", "Xi", HM_MARK_DNF);
    b->second[2] = out_of("6", "Yu", HM_MARK_DNS);
    b->final[0] = ran("4", "Um", "Di", 1, 61204000, 6121);
    b->final[1] = out_of("1", "Ng", HM_MARK_ENTERED);
    b->hand[0] =
        ran("7", "=cmd|' /C calc'!A0;x", "A name of more than twenty characters", 1, 7400000, 740);
    b->hand[0].who.team = "Club North-West";
    b->hand[1] = ran("8", "Zu", "", 2, 7500000, 750);
    b->heat[0] = heat_of(1, 1, "", b->first, 3);
    b->heat[0].has_wind = true, b->heat[0].wind_cmps = 90;
    b->heat[0].start_clock = "14:05:03.217";
    b->heat[1] = heat_of(1, 2, "", b->second, 3);
    b->heat[1].has_wind = true, b->heat[1].wind_cmps = -120;
    b->heat[2] = heat_of(2, 1, "", b->final, 2);
    b->heat[3] = heat_of(1, 1, "Semi-final", b->hand, 2);
    b->heat[3].event = "12345", b->heat[3].code = "60m", b->heat[3].name = "";
    b->heat[3].has_sex = false, b->heat[3].timing = HM_TIMING_HAND;
    b->meet = hm_meet_default();
    b->meet.name = "Club evening", b->meet.date = "2026-06-01", b->meet.venue = "Nordheim";
    b->meet.heat = b->heat, b->meet.n_heat = 4;
}

/* Fields and their order: the guide of TFMM 6; those from 21 on are recalled (hytek.md). */
static void hytek_text_is_as_its_guide_says(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    by_hand b;
    make(&b);
    hm_notes notes = {0};
    static const char want[] =
        "H;Club evening;06/01/2026;06/01/2026;Hectometre\r\n"
        /* overall places by thousandths over both heats: .312, .315, .319 */
        "E;T;1;;100;F;;;;P;11.32;M;0.9;1;1;1;;;;;Ng;Bo;;F;02/28/1999;JAM;JAM\r\n"
        "E;T;1;;100;F;;;;P;11.32;M;0.9;3;2;1;;;;;Ek;Al;;F;;JAM;JAM\r\n"
        "E;T;1;;100;F;;;;P;DQ;M;0.9;;;1;;;;;Oz;;;F\r\n"
        "E;T;1;;100;F;;;;P;11.32;M;-1.2;2;1;2;;;;;Um;Di;;F;;JAM;JAM\r\n"
        "E;T;1;;100;F;;;;P;DNF;M;-1.2;;;2;;;;;Xi;;;F\r\n"
        "E;T;1;;100;F;;;;P;DNS;M;-1.2;;;2;;;;;Yu;;;F\r\n"
        "E;T;1;;100;F;;;;F;1:01.21;M;;1;1;1;;;;;Um;Di;;F;;JAM;JAM\r\n"
        "E;T;1234;;60;;;;;S;7.4h;M;;1;1;1;;;;;'=cmd|' /C calc'!A0,;A name of more than ;;;;;Club "
        "North-West\r\n"
        "E;T;1234;;60;;;;;S;7.5h;M;;2;2;1;;;;;Zu;;;;;JAM;JAM\r\n";
    assert_string_equal(written(HM_MEET_HYTEK, &b.meet, 0, &a, &notes), want);
    assert_int_equal(notes.n, 3);
    assert_string_equal(notes.text[0], "4 texts were cut to the width of their field");
    assert_string_equal(notes.text[1],
                        "1 texts with a semicolon or the beginning of a formula were changed");
    assert_string_equal(notes.text[2], "1 athletes without a result were left out");
    hm_arena_free(&a);
}

static void no_text_adds_a_field_or_a_line_to_hytek(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_meet meet = ht_any_meet(seed, &a);
        int64_t n_result = 0;
        for (int32_t i = 0; i < meet.n_heat; i++)
            for (int32_t k = 0; k < meet.heat[i].n_mark; k++) {
                hm_mark *m = &meet.heat[i].mark[k];
                if (m->status == HM_MARK_FINISHED && !m->official_cs)
                    m->official_cs = 1000;
                n_result += m->status != HM_MARK_ENTERED && m->status != HM_MARK_UNKNOWN;
            }
        hm_notes notes = {0};
        char *text = written(HM_MEET_HYTEK, &meet, 0, &a, &notes);
        int64_t n_line = 0;
        for (char *line = text, *end; (end = strstr(line, "\r\n")); line = end + 2, n_line++) {
            int n_field = 1;
            assert_true(line[0] == (n_line ? 'E' : 'H') && line[1] == ';');
            for (char *c = line; c < end; c++) {
                assert_true((unsigned char)*c >= 0x20);
                n_field += *c == ';';
            }
            assert_true(n_field <= (n_line ? 27 : 7));
        }
        assert_int_equal(n_line, 1 + n_result);
        hm_arena_free(&a);
    }
}

/* ---- shapes ---- */

/* One member of an object as a schema has it. */
typedef struct member {
    const char *name;
    hm_json_kind kind;
    bool required;
    const char *pattern; /* of a text: extended regular expression; NULL = any */
} member;

static void check_object(const hm_json *v, const char *what, int n, const member row[])
{
    if (v->kind != HM_JSON_OBJECT)
        fail_msg("%s is no object", what);
    for (int i = 0; i < n; i++) {
        const hm_json *at = hm_json_find(v, row[i].name);
        if (!at && row[i].required)
            fail_msg("%s lacks %s", what, row[i].name);
        if (!at)
            continue;
        if (at->kind != row[i].kind)
            fail_msg("%s: %s is of another kind", what, row[i].name);
        regex_t re;
        if (!row[i].pattern)
            continue;
        assert_int_equal(regcomp(&re, row[i].pattern, REG_EXTENDED | REG_NOSUB), 0);
        if (regexec(&re, at->as.text, 0, NULL, 0) != 0)
            fail_msg("%s: %s is %s", what, row[i].name, at->as.text);
        regfree(&re);
    }
    for (int32_t k = 0; k < v->n; k++) { /* and nothing that the page does not name */
        bool known = false;
        for (int i = 0; i < n; i++)
            known |= strcmp(v->as.item[k].key, row[i].name) == 0;
        if (!known)
            fail_msg("%s has %s", what, v->as.item[k].key);
    }
}
#define CHECK(v, what, row) check_object(v, what, sizeof(row) / sizeof(row)[0], row)

#define DATE "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

/* json/race.json of athlib, draft-04: its types, lengths, words and what is required. */
static void check_athlib(const char *text, hm_arena *a)
{
    static const member race[] = {{"fullName", HM_JSON_TEXT, false, NULL},
                                  {"discipline", HM_JSON_TEXT, false, "^.+$"},
                                  {"venue", HM_JSON_TEXT, false, "^.+$"},
                                  {"startDate", HM_JSON_TEXT, false, DATE},
                                  {"wind", HM_JSON_TEXT, false, "^[+-]?[0-9]+\\.[0-9]+$"},
                                  {"athletes", HM_JSON_ARRAY, false, NULL},
                                  {"results", HM_JSON_ARRAY, false, NULL}};
    static const member athlete[] = {
        {"givenName", HM_JSON_TEXT, false, "^.+$"},     {"familyName", HM_JSON_TEXT, false, "^.+$"},
        {"birthDate", HM_JSON_TEXT, false, "^.{10}$"},  {"gender", HM_JSON_TEXT, false, "^(M|F)$"},
        {"nationality", HM_JSON_TEXT, false, "^.{3}$"}, {"club", HM_JSON_TEXT, false, "^.+$"},
        {"tags", HM_JSON_ARRAY, false, NULL},           {"athleteId", HM_JSON_TEXT, false, "^.+$"},
        {"rank", HM_JSON_NUMBER, false, NULL},          {"perf", HM_JSON_TEXT, false, NULL}};
    const hm_json *root, *list;
    hm_err err = {0};
    double rank;
    no_error(hm_json_parse("athlib", text, strlen(text), a, &root, &err), &err);
    CHECK(root, "race", race);
    no_error(hm_json_get_array(root, "athletes", &list, &err), &err);
    for (int32_t i = 0; i < list->n; i++)
        CHECK(&list->as.item[i], "athlete", athlete);
    no_error(hm_json_get_array(root, "results", &list, &err), &err);
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *v = &list->as.item[i], *tags;
        CHECK(v, "result", athlete);
        assert_non_null(hm_json_find(v, "perf")); /* required */
        no_error(hm_json_get_optional(v, "rank", 1, 1e9, &rank, &err), &err);
        assert_true(isnan(rank) || rank == floor(rank));
        no_error(hm_json_get_array(v, "tags", &tags, &err), &err);
        for (int32_t k = 0; k < tags->n; k++)
            assert_int_equal(tags->as.item[k].kind, HM_JSON_TEXT);
    }
}

static const hm_json *path_of(const char *text, hm_arena *a, const char *key, int32_t i)
{
    const hm_json *root, *list;
    hm_err err = {0};
    no_error(hm_json_parse("x", text, strlen(text), a, &root, &err), &err);
    no_error(hm_json_get_array(root, key, &list, &err), &err);
    assert_true(i < list->n);
    return &list->as.item[i];
}

static const char *text_of(const hm_json *v, const char *key)
{
    const hm_json *at = hm_json_find(v, key);
    return at && at->kind == HM_JSON_TEXT ? at->as.text : "(none)";
}

static void athlib_json_has_the_shape_of_its_schema(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    by_hand b;
    make(&b);
    for (int32_t i = 0; i < 4; i++)
        check_athlib(written(HM_MEET_ATHLIB, &b.meet, i, &a, NULL), &a);
    char *text = written(HM_MEET_ATHLIB, &b.meet, 0, &a, NULL);
    const hm_json *ng = path_of(text, &a, "results", 0), *oz = path_of(text, &a, "results", 2);
    assert_string_equal(text_of(ng, "perf"), "11.32");
    assert_string_equal(text_of(ng, "familyName"), "Ng");
    assert_string_equal(text_of(ng, "nationality"), "JAM");
    assert_string_equal(text_of(oz, "perf"), "DQ");
    assert_non_null(strstr(text, "\"tags\": [\"lane=3\", \"reaction_s=0.142\", \"Q\"]"));
    assert_non_null(strstr(text, "\"tags\": [\"TR16.8\"]"));
    assert_non_null(strstr(text, "\"wind\": \"+0.9\""));
    text = written(HM_MEET_ATHLIB, &b.meet, 2, &a, NULL);
    assert_string_equal(text_of(path_of(text, &a, "athletes", 0), "familyName"), "Ng");
    assert_null(strstr(text, "\"wind\""));
    text = written(HM_MEET_ATHLIB, &b.meet, 3, &a, NULL);
    assert_string_equal(text_of(path_of(text, &a, "results", 0), "perf"), "7.4");
    hm_arena_free(&a);
}

/* The draft "World Athletics Competition Model Proposal": types, patterns and what is required, but
 * for what opentrack.md says is not known. */
static void check_race(const hm_json *race, double n_athlete)
{
    static const member shape[] = {
        {"number", HM_JSON_NUMBER, true, NULL},
        {"wind", HM_JSON_TEXT, false, "^([+-]?[1-9]?[0-9]\\.[0-9]|NWI)$"},
        {"date", HM_JSON_TEXT, false, DATE},
        {"startTime", HM_JSON_TEXT, false, "^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$"},
        {"results", HM_JSON_ARRAY, true, NULL}};
    static const member result[] = {
        {"athleteId", HM_JSON_NUMBER, true, NULL},
        {"result", HM_JSON_TEXT, false,
         "^(DNF|DNS|DQ|(((0|[1-9][0-9]{0,2})\\.[0-9][0-9h])|((0|[1-9][0-9]{0,2}):[0-5][0-9]"
         "(\\.[0-9][0-9h])?)|((0|[1-9][0-9]{0,2})(:[0-5][0-9]){2}(\\.[0-9][0-9h])?)))$"},
        {"placeInRace", HM_JSON_NUMBER, false, NULL},
        {"qualified", HM_JSON_TEXT, false, "^[qQ]$"}};
    const hm_json *list;
    hm_err err = {0};
    CHECK(race, "race", shape);
    no_error(hm_json_get_array(race, "results", &list, &err), &err);
    for (int32_t i = 0; i < list->n; i++) {
        double id;
        CHECK(&list->as.item[i], "result", result);
        no_error(hm_json_get_number(&list->as.item[i], "athleteId", 1, n_athlete, &id, &err), &err);
    }
}

static void check_opentrack(const char *text, hm_arena *a)
{
    static const member competition[] = {{"name", HM_JSON_TEXT, false, NULL},
                                         {"athletes", HM_JSON_ARRAY, true, NULL},
                                         {"relayTeams", HM_JSON_ARRAY, true, NULL},
                                         {"venues", HM_JSON_ARRAY, true, NULL},
                                         {"units", HM_JSON_ARRAY, true, NULL}};
    static const member athlete[] = {{"id", HM_JSON_NUMBER, true, NULL},
                                     {"firstName", HM_JSON_TEXT, true, NULL},
                                     {"lastName", HM_JSON_TEXT, true, NULL},
                                     {"birthdate", HM_JSON_TEXT, false, DATE},
                                     {"country", HM_JSON_TEXT, false, "^[A-Z]{3}$"},
                                     {"sex", HM_JSON_TEXT, false, "^(male|female)$"}};
    static const member venue[] = {{"id", HM_JSON_NUMBER, true, NULL},
                                   {"name", HM_JSON_TEXT, true, NULL}};
    static const member unit[] = {{"title", HM_JSON_TEXT, false, NULL},
                                  {"rounds", HM_JSON_ARRAY, true, NULL}};
    static const member round[] = {
        {"type", HM_JSON_TEXT, false, "^(Final|Semifinal|Quarterfinal|Round 1)$"},
        {"races", HM_JSON_ARRAY, false, NULL}};
    const hm_json *root, *athletes, *units, *rounds, *races, *venues;
    hm_err err = {0};
    no_error(hm_json_parse("opentrack", text, strlen(text), a, &root, &err), &err);
    CHECK(root, "competition", competition);
    no_error(hm_json_get_array(root, "athletes", &athletes, &err), &err);
    for (int32_t i = 0; i < athletes->n; i++) {
        CHECK(&athletes->as.item[i], "athlete", athlete);
        assert_int_equal(hm_json_find(&athletes->as.item[i], "id")->integer, i + 1);
    }
    no_error(hm_json_get_array(root, "venues", &venues, &err), &err);
    for (int32_t i = 0; i < venues->n; i++)
        CHECK(&venues->as.item[i], "venue", venue);
    no_error(hm_json_get_array(root, "units", &units, &err), &err);
    for (int32_t u = 0; u < units->n; u++) {
        CHECK(&units->as.item[u], "unit", unit);
        no_error(hm_json_get_array(&units->as.item[u], "rounds", &rounds, &err), &err);
        for (int32_t i = 0; i < rounds->n; i++) {
            CHECK(&rounds->as.item[i], "round", round);
            no_error(hm_json_get_array(&rounds->as.item[i], "races", &races, &err), &err);
            for (int32_t k = 0; k < races->n; k++)
                check_race(&races->as.item[k], athletes->n);
        }
    }
}

static void opentrack_json_has_the_shape_of_the_draft(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    by_hand b;
    make(&b);
    hm_notes notes = {0};
    char *text = written(HM_MEET_OPENTRACK, &b.meet, 0, &a, &notes);
    check_opentrack(text, &a);
    assert_string_equal(text_of(path_of(text, &a, "athletes", 3), "lastName"), "Um");
    const hm_json *women = path_of(text, &a, "units", 0), *rounds;
    hm_err err = {0};
    no_error(hm_json_get_array(women, "rounds", &rounds, &err), &err);
    assert_int_equal(rounds->n, 2); /* two heats are one round, the final another */
    assert_string_equal(text_of(&rounds->as.item[0], "type"), "Round 1");
    assert_string_equal(text_of(&rounds->as.item[1], "type"), "Final");
    /* Um is number 4 in her heat and in the final */
    const char *um = strstr(text, "{\"athleteId\": 4, \"result\": \"11.32\", \"placeInRace\": 1}");
    assert_non_null(um);
    assert_non_null(strstr(um, "{\"athleteId\": 4, \"result\": \"1:01.21\", \"placeInRace\": 1}"));
    assert_non_null(strstr(text, "\"result\": \"7.4h\""));
    assert_int_equal(notes.n, 2);
    assert_string_equal(notes.text[0], "the draft wants a date of birth: 7 athletes have none");
    assert_string_equal(notes.text[1], "the draft wants a country: the team of 4 athletes is none");
    hm_arena_free(&a);
}

/* Hostile texts in every place, all statuses: valid JSON of the same shapes. */
static void any_meet_has_those_shapes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_meet meet = ht_any_meet(seed, &a);
        for (int32_t i = 0; i < meet.n_heat; i++) {
            meet.heat[i].wind_cmps -= meet.heat[i].wind_cmps % 10; /* official winds */
            for (int32_t k = 0; k < meet.heat[i].n_mark; k++)
                if (meet.heat[i].mark[k].status == HM_MARK_FINISHED &&
                    !meet.heat[i].mark[k].official_cs)
                    meet.heat[i].mark[k].official_cs = 1000;
        }
        check_opentrack(written(HM_MEET_OPENTRACK, &meet, 0, &a, NULL), &a);
        for (int32_t i = 0; i < meet.n_heat; i++)
            check_athlib(written(HM_MEET_ATHLIB, &meet, i, &a, NULL), &a);
        hm_arena_free(&a);
    }
}

static void a_reading_without_an_official_time_is_refused(void **state)
{
    (void)state;
    static const hm_meet_format results[] = {HM_MEET_HYTEK, HM_MEET_OPENTRACK, HM_MEET_ATHLIB};
    hm_arena a;
    hm_arena_init(&a, 0);
    by_hand b;
    make(&b);
    b.second[0].official_cs = 0;
    for (int i = 0; i < 3; i++) {
        hm_memory m = {.arena = &a};
        hm_err err = {0};
        assert_int_equal(hm_meet_put(results[i], hm_sink_memory(&m), 1, &b.meet, 0, &a, NULL, &err),
                         HM_ERR_INPUT);
        assert_string_equal(err.source, "heat 2, row 1");
        assert_string_equal(err.field, "official");
    }
    hm_arena_free(&a);
}

static void formats_are_found_by_name_and_ending(void **state)
{
    (void)state;
    hm_meet_format f;
    for (int i = 0; i < HM_MEET_N_FORMAT; i++) {
        assert_true(hm_meet_format_find(hm_meet_format_name((hm_meet_format)i), &f));
        assert_int_equal(f, i);
    }
    assert_false(hm_meet_format_find("xml", &f));
    static const struct {
        const char *path;
        int format; /* -1 = none */
    } row[] = {{"a.lif", HM_MEET_LIF},
               {"A.LIF", HM_MEET_LIF},
               {"x/y.json", HM_MEET_JSON},
               {"a.csv", HM_MEET_CSV},
               {"a.sch", HM_MEET_SCH},
               {"a.txt", -1},
               {".lif", -1},
               {"lif", -1},
               {"", -1}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        bool found = hm_meet_format_of(row[i].path, &f);
        if (found != (row[i].format >= 0) || (found && (int)f != row[i].format))
            fail_msg("%s", row[i].path);
    }
}

/* What Lynx files hold of any meet comes back: names with quotes, commas, emoji, from right to
 * left. */
static void hostile_texts_go_through_lynx_files(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    for (int i = 1; i < HT_N_HOSTILE; i++) {
        by_hand b;
        make(&b);
        b.first[0].who.last_name = b.first[0].who.team = ht_hostile[i];
        char *text = written(HM_MEET_LIF, &b.meet, 0, &a, NULL);
        const hm_lynx_opts strict = {HM_LYNX_LIF, false};
        hm_meet again;
        hm_err err = {0};
        no_error(hm_lynx_parse("x.lif", text, strlen(text), &strict, &a, &again, &err), &err);
        const char *got = again.heat[0].mark[0].who.last_name, *want = ht_hostile[i];
        size_t n = strlen(want);
        while (*want == ' ') /* blanks around a field mean nothing there */
            want++, n--;
        while (n && want[n - 1] == ' ')
            n--;
        if (strlen(got) != n || memcmp(got, want, n) != 0)
            fail_msg("want \"%s\", got \"%s\"", want, got);
        assert_int_equal(again.heat[0].n_mark, 3);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hytek_text_is_as_its_guide_says),
        cmocka_unit_test(no_text_adds_a_field_or_a_line_to_hytek),
        cmocka_unit_test(athlib_json_has_the_shape_of_its_schema),
        cmocka_unit_test(opentrack_json_has_the_shape_of_the_draft),
        cmocka_unit_test(any_meet_has_those_shapes),
        cmocka_unit_test(a_reading_without_an_official_time_is_refused),
        cmocka_unit_test(formats_are_found_by_name_and_ending),
        cmocka_unit_test(hostile_texts_go_through_lynx_files),
    };
    return cmocka_run_group_tests_name("measure/meet_format", tests, NULL, NULL);
}
