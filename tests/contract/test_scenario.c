#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/race_file.h"
#include "data/scenario.h"
#include "io/file.h"
#include "life/mind.h"

static char *content(hm_arena *a, const char *dir, const char *name, size_t *n)
{
    char *text, *path = hm_arena_printf(a, "%s/%s", getenv(dir), name);
    hm_err err = {0};
    if (hm_file_read(path, 1 << 20, a, &text, n, &err) != HM_OK)
        fail_msg("no %s", path);
    return text;
}

static void what_was_read_is_printed_and_read_the_same(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_scenario one, two;
    size_t n;
    char *text = content(&a, "HM_DATA_DIR", "scenarios/rivals.json", &n), *printed, *again;
    if (hm_scenario_parse("rivals.json", text, n, &a, &one, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    assert_int_equal(hm_data_kind_of(text, n), HM_DATA_SCENARIO);
    assert_int_equal(hm_scenario_print(&one, &a, &printed, &n, &err), HM_OK);
    assert_int_equal(hm_scenario_parse("again", printed, n, &a, &two, &err), HM_OK);
    assert_int_equal(hm_scenario_print(&two, &a, &again, NULL, &err), HM_OK);
    assert_string_equal(printed, again);
    assert_int_equal(two.n_event, one.n_event);
    assert_int_equal(two.event[0].who, one.event[0].who);
    hm_arena_free(&a);
}

#define PERSON "{\"name\": \"A\", \"born\": \"1988-04-20\"}"
#define OTHER  "{\"name\": \"B\", \"born\": \"1988-06-01\"}"
#define OF(people, rest)                                                                           \
    "{\"format\": \"hectometre-scenario\", \"version\": 1, \"people\": [" people "]" rest "}"
#define COACH(who, from)                                                                           \
    "{\"kind\": \"coach\", \"who\": \"" who "\", \"from\": \"" from "\", \"date\": "               \
    "\"2005-04-10\"}"

static const struct {
    const char *text, *field, *said;
} bad[] = {
    {"{ \"people\": ", "", "JSON"},
    {"[]", "", "an object"},
    {OF(PERSON, ", \"world\": {\"search\": 5, \"future\": 2}"), "world.future", "not both"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"spare\", \"who\": \"A\", \"date\": \"2005-04-10\", "
                "\"until\": \"2005-04-09\"}]"),
     "events[0].until", "not before 2005-04-10"},
    {OF(PERSON, ", \"evnets\": []"), "evnets", "\"events\""},
    {OF("{\"name\": \"A\", \"born\": \"3021-01-01\"}", ""), "people[0].born", "1800 to 2150"},
    {OF("{\"name\": \"A\", \"born\": \"1988-02-30\"}", ""), "people[0].born", "YYYY-MM-DD"},
    {OF("{\"name\": \"A\"}", ""), "people[0].born", "found nothing"},
    {OF("", ""), "people", "at least one"},
    {OF("{\"name\": \"A\", \"born\": \"1988-04-20\", \"talent_z\": 99}", ""), "people[0].talent_z",
     "-8 to 8"},
    {OF("{\"name\": \"A\", \"born\": \"1988-04-20\", \"times\": [{\"age_yr\": -3, \"time_s\": "
        "12}]}",
        ""),
     "people[0].times[0].age_yr", "from 6"},
    {OF("{\"name\": \"A\", \"born\": \"1988-04-20\", \"kind\": \"genius\"}", ""), "people[0].kind",
     "prodigy"},
    {OF(PERSON ", {\"id\": \"b\", \"name\": \"A\", \"born\": \"1988-04-20\"}", ""),
     "people[1].name", "each name once"},
    {OF(PERSON ", " PERSON, ""), "people", "'A' stands twice"},
    {OF(PERSON, ", \"world\": {\"others\": 1000000000}"), "world.others", "0 to"},
    {OF(PERSON, ", \"world\": {\"cut_off\": \"13-01\"}"), "world.cut_off", "MM-DD"},
    {OF(PERSON ", " OTHER, ", \"events\": [" COACH("A", "B") ", " COACH("B", "A") "]"),
     "events[0].from", "does not coach himself"},
    {OF(PERSON ", " OTHER, ", \"events\": [" COACH("A", "A") "]"), "events[0].from",
     "somebody else"},
    {OF(PERSON, ", \"events\": [" COACH("A", "C") "]"), "events[0].from", "one of the people"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"race\", \"id\": \"r\", \"name\": \"R\", \"date\": "
                "\"1980-01-01\", \"people\": [\"A\"]}]"),
     "events[0].date", "born 1988-04-20"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"race\", \"id\": \"r\", \"name\": \"R\", \"date\": "
                "\"2000-01-01\", \"people\": [\"A\", \"A\"]}]"),
     "events[0].people", "once"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"move\", \"who\": \"A\", \"date\": \"2000-01-01\", "
                "\"sessions\": 3}]"),
     "events[0].sessions", "a known key"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"injury\", \"who\": \"A\", \"date\": \"2000-01-01\", "
                "\"site\": \"knee\", \"days_out\": 10}]"),
     "events[0].site", "hamstring or other"},
    {OF(PERSON, ", \"events\": [{\"kind\": \"move\", \"who\": \"A\", \"date\": \"2000-01-01\", "
                "\"without\": \"luck\"}]"),
     "events[0].without", "one of the switches"},
    {OF(PERSON, ", \"chapters\": [{\"race\": \"x\"}]"), "chapters[0].race", "race of the events"},
    {OF(PERSON, ", \"set\": {\"injury\": \"no\"}"), "set.injury", "a number, true or false"},
    {OF(PERSON, ", \"world\": {\"last_year\": 1990}"), "people[0].born", "seven years before"},
};

static void what_cannot_be_lived_is_refused_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_scenario s;
        memset(&s, 0x5a, sizeof s);
        hm_scenario before = s;
        assert_int_equal(
            hm_scenario_parse("s.json", bad[i].text, strlen(bad[i].text), &a, &s, &err),
            HM_ERR_INPUT);
        if (strcmp(err.field, bad[i].field) != 0 || !strstr(err.msg, bad[i].said))
            fail_msg("%s: %s: %s", bad[i].text, err.field, err.msg);
        assert_string_equal(err.source, "s.json");
        assert_memory_equal(&s, &before, sizeof s);
        hm_arena_free(&a);
    }
}

static void what_is_left_out_is_left_open(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_scenario s;
    const char *text = OF(PERSON, "");
    assert_int_equal(hm_scenario_parse("s", text, strlen(text), &a, &s, &err), HM_OK);
    assert_string_equal(s.person[0].id, "A");
    assert_true(isnan(s.person[0].talent_z) && isnan(s.person[0].belief[3]));
    assert_int_equal(s.person[0].sex, -1);
    assert_string_equal(s.world.cut_off, "04-02");
    assert_int_equal(s.world.per_year, 600000);
    hm_arena_free(&a);
}

static void words_are_those_of_life(void **state)
{
    (void)state;
    assert_int_equal(HM_SCENARIO_LEVEL_COUNT, HM_MEET_LEVEL_COUNT);
    for (int32_t i = 0; i < HM_MEET_LEVEL_COUNT; i++)
        assert_string_equal(hm_scenario_level_word(i), hm_meet_level_word((hm_meet_level)i));
    assert_null(hm_scenario_level_word(HM_MEET_LEVEL_COUNT));
    assert_null(hm_event_kind_word(HM_EVENT_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_is_printed_and_read_the_same),
        cmocka_unit_test(what_cannot_be_lived_is_refused_with_its_place),
        cmocka_unit_test(what_is_left_out_is_left_open),
        cmocka_unit_test(words_are_those_of_life),
    };
    return cmocka_run_group_tests_name("contract/scenario", tests, NULL, NULL);
}
