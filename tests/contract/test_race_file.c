#include "gen_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/race_file.h"

static void same_bits(const double *a, const double *b, int32_t n)
{
    assert_memory_equal(a, b, (size_t)n * sizeof *a);
}

static void same_lane(const hm_lane *a, const hm_lane *b)
{
    assert_int_equal(a->lane, b->lane);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->team, b->team);
    assert_string_equal(a->bib, b->bib);
    assert_string_equal(a->form, b->form);
    assert_int_equal(a->sex, b->sex);
    assert_int_equal(a->filled, b->filled);
    assert_true(a->has_wind == b->has_wind && a->wind_mps == b->wind_mps);
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->place, b->place);
    assert_true(a->time_us == b->time_us);
    assert_int_equal(a->official_cs, b->official_cs);
    const double va[] = {a->age_yr,
                         a->stature_m,
                         a->mass_kg,
                         a->reaction_s,
                         a->top_speed_mps,
                         a->top_speed_at_m,
                         a->end_s,
                         a->start.front_x_m,
                         a->start.rear_x_m,
                         a->start.rear_off_s,
                         a->start.front_off_s,
                         a->curve.dt_s};
    const double vb[] = {b->age_yr,
                         b->stature_m,
                         b->mass_kg,
                         b->reaction_s,
                         b->top_speed_mps,
                         b->top_speed_at_m,
                         b->end_s,
                         b->start.front_x_m,
                         b->start.rear_x_m,
                         b->start.rear_off_s,
                         b->start.front_off_s,
                         b->curve.dt_s};
    same_bits(va, vb, sizeof va / sizeof *va);
    assert_int_equal(a->start.standing, b->start.standing);
    assert_int_equal(a->start.front_foot, b->start.front_foot);
    assert_int_equal(a->curve.n, b->curve.n);
    if (a->curve.n) {
        same_bits(a->curve.x_m, b->curve.x_m, a->curve.n);
        same_bits(a->curve.v_mps, b->curve.v_mps, a->curve.n);
    }
    assert_int_equal(a->n_split, b->n_split);
    for (int32_t i = 0; i < a->n_split; i++) {
        same_bits(&a->split[i].distance_m, &b->split[i].distance_m, 2);
        assert_int_equal(a->split[i].measured, b->split[i].measured);
    }
    assert_int_equal(a->n_step, b->n_step);
    for (int32_t i = 0; i < a->n_step; i++) {
        same_bits(&a->step[i].on_s, &b->step[i].on_s, 4);
        assert_int_equal(a->step[i].foot, b->step[i].foot);
    }
}

static void same_race(const hm_race *a, const hm_race *b)
{
    assert_string_equal(a->meet, b->meet);
    assert_string_equal(a->event, b->event);
    assert_string_equal(a->date, b->date);
    assert_string_equal(a->round, b->round);
    assert_string_equal(a->venue, b->venue);
    assert_int_equal(a->mode, b->mode);
    assert_int_equal(a->has_wind, b->has_wind);
    same_bits(&a->wind_mps, &b->wind_mps, 3);
    assert_true(a->seed == b->seed);
    assert_int_equal(a->sources.n, b->sources.n);
    for (int32_t i = 0; i < a->sources.n; i++)
        assert_string_equal(a->sources.text[i], b->sources.text[i]);
    assert_int_equal(a->notes.n, b->notes.n);
    for (int32_t i = 0; i < a->notes.n; i++)
        assert_string_equal(a->notes.text[i], b->notes.text[i]);
    assert_int_equal(a->n_lane, b->n_lane);
    for (int32_t i = 0; i < a->n_lane; i++)
        same_lane(&a->lane[i], &b->lane[i]);
}

static void no_error(const hm_err *err, hm_status status)
{
    char line[900];
    hm_err_text(err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static void random_races_come_back_bit_for_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        hm_arena a;
        hm_arena_init(&a, 1 << 20);
        hm_err err = {0};
        hm_race race = gen_race(seed, &a), back;
        no_error(&err, hm_race_check(&race, &err));
        char *text, *again;
        size_t n;
        no_error(&err, hm_race_print(&race, &a, &text, &n, &err));
        assert_int_equal(hm_data_kind_of(text, n), HM_DATA_RACE);
        no_error(&err, hm_race_parse("r.json", text, n, &a, &back, &err));
        same_race(&race, &back);
        no_error(&err, hm_race_print(&back, &a, &again, NULL, &err));
        assert_string_equal(text, again);
        hm_arena_free(&a);
    }
}

static void a_file_is_the_same_text(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "/tmp/hm-test-race-%ld.json", (long)getpid());
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_err err = {0};
    hm_race race = gen_race(99, &a), back;
    no_error(&err, hm_race_write(path, &race, &err));
    no_error(&err, hm_race_read(path, &a, &back, &err));
    same_race(&race, &back);
    unlink(path);
    hm_arena_free(&a);
}

/* The text of a valid race with the first `from` put as `to`, and where that must be found. */
static void changed_text_is_refused_at_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *field, *found;
    } change[] = {
        {"hectometre-race", "hectometre-rice", "format", "'hectometre-rice'"},
        {"\"version\": 1", "\"version\": 2", "version", "found 2"},
        {"\"meet\"", "\"neet\"", "meet", "nothing"},
        {"\"lane\": ", "\"lane\": -", "lanes[0].lane", "-"},
        {"\"sex\": \"", "\"sex\": \"x", "lanes[0].sex", "men or women"},
        {"\"n\": 1", "\"n\": 2", "lanes[0].steps[0].n", "found 2"},
        {"\"time_us\": ", "\"time_us\": 0.", "lanes[0].time_us", "whole number"},
        {"\"dt_s\": 0.01", "\"dt_s\": null", "lanes[0].curve.dt_s", "nothing"},
        {"\"x_m\": [0", "\"x_m\": [true", "lanes[0].curve.x_m[0]", "true"},
        {"\"x_m\": [0, ", "\"x_m\": [", "lanes[0].curve.v_mps", "an array"},
        {"\"mass_kg\": ", "\"mass_kg\": -", "lane 4: mass_kg", "5 to 250"},
    };
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race = gen_race(5, &a), out;
    race.lane[0] = gen_race(5, &a).lane[0];
    race.n_lane = 1;
    for (uint64_t seed = 5; race.lane[0].status != HM_RUN_OK || race.lane[0].n_step == 0; seed++)
        race.lane[0] = gen_race(seed, &a).lane[0];
    race.lane[0].lane = 4;
    race.lane[0].place = 1;
    char *text;
    hm_err none = {0};
    no_error(&none, hm_race_print(&race, &a, &text, NULL, &none));
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        const char *at = strstr(text, change[i].from);
        if (!at)
            fail_msg("%s is not in the file", change[i].from);
        char *bad = hm_arena_printf(&a, "%.*s%s%s", (int)(at - text), text, change[i].to,
                                    at + strlen(change[i].from));
        hm_err err = {0};
        hm_status status = hm_race_parse("r.json", bad, strlen(bad), &a, &out, &err);
        char line[900];
        hm_err_text(&err, line, sizeof line);
        if (status != HM_ERR_INPUT || strcmp(err.field, change[i].field) != 0 ||
            !strstr(line, change[i].found))
            fail_msg("%s -> %s: %s", change[i].from, change[i].to, line);
    }
    hm_arena_free(&a);
}

static void broken_json_has_line_and_column(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race race;
    hm_err err = {0};
    static const char text[] = "{\n  \"format\": \"hectometre-race\",\n  \"version\": 1e400\n}\n";
    assert_int_equal(hm_race_parse("r.json", text, strlen(text), &a, &race, &err), HM_ERR_INPUT);
    assert_int_equal(err.line, 3);
    assert_true(err.col > 10);
    hm_err twice = {0};
    static const char keys[] = "{\"format\": 1, \"format\": 2}";
    assert_int_equal(hm_race_parse("r.json", keys, strlen(keys), &a, &race, &twice), HM_ERR_INPUT);
    assert_non_null(strstr(twice.msg, "duplicate"));
    hm_arena_free(&a);
}

static void kinds_are_told_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        hm_data_kind kind;
    } file[] = {{"", HM_DATA_SHEET},
                {"lane,name,time_s\n", HM_DATA_SHEET},
                {"\xef\xbb\xbf \n{ \"format\": \"hectometre-trace\"", HM_DATA_TRACE},
                {"{\"format\":\"hectometre-sprinter\"}", HM_DATA_SPRINTER},
                {"{\"format\":\"hectometre-race\"}", HM_DATA_RACE},
                {"[1]", HM_DATA_OTHER}};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        assert_int_equal(hm_data_kind_of(file[i].text, strlen(file[i].text)), file[i].kind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_races_come_back_bit_for_bit),
        cmocka_unit_test(a_file_is_the_same_text),
        cmocka_unit_test(changed_text_is_refused_at_its_path),
        cmocka_unit_test(broken_json_has_line_and_column),
        cmocka_unit_test(kinds_are_told_by_content),
    };
    return cmocka_run_group_tests_name("contract/race file", tests, NULL, NULL);
}
