#include "ht.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life/story.h"
#include "life/story_race.h"

/* A small country and two friends: lived in milliseconds. */
#define HEAD                                                                                       \
    "{\"format\": \"hectometre-scenario\", \"version\": 1, \"title\": \"T\","                      \
    " \"world\": {\"last_year\": 2010, \"per_year\": 600000, \"others\": 12},"                     \
    " \"people\": ["                                                                               \
    "  {\"id\": \"a\", \"name\": \"A\", \"born\": \"1988-04-20\", \"kind\": \"prodigy\","          \
    "   \"club\": \"c\", \"region\": 5, \"active_until_yr\": 30},"                                 \
    "  {\"id\": \"b\", \"name\": \"B\", \"born\": \"1988-06-01\", \"kind\": \"transfer\","         \
    "   \"club\": \"c\", \"region\": 5, \"active_until_yr\": 30},"                                 \
    "  {\"id\": \"far\", \"name\": \"Far\", \"born\": \"1984-07-01\", \"talent_z\": -2,"           \
    "   \"start_age_yr\": 50}],"                                                                   \
    " \"switches\": [{\"name\": \"lesson\"}, {\"name\": \"injury\"}, {\"name\": \"stays\"}],"
#define EVENTS                                                                                     \
    " \"events\": ["                                                                               \
    "  {\"kind\": \"teach\", \"who\": \"b\", \"from\": \"a\", \"date\": \"2000-06-10\","           \
    "   \"until\": \"2000-09-16\", \"sessions\": 28, \"salience\": 3, \"without\": \"lesson\"},"   \
    "  {\"kind\": \"race\", \"id\": \"river\", \"name\": \"River\", \"date\": \"2000-09-23\","     \
    "   \"level\": \"club\", \"standing_start\": true, \"people\": [\"a\", \"b\"]},"               \
    "  {\"kind\": \"injury\", \"who\": \"a\", \"date\": \"2005-06-10\", \"site\": \"hamstring\","  \
    "   \"days_out\": 190, \"without\": \"injury\"},"                                              \
    "  {\"kind\": \"leave\", \"who\": \"a\", \"date\": \"2006-04-10\", \"unless\": \"stays\"},"    \
    "  {\"kind\": \"return\", \"who\": \"a\", \"date\": \"2008-04-10\", \"unless\": \"stays\"}],"  \
    " \"futures\": ["                                                                              \
    "  {\"name\": \"as it was\", \"date\": \"2005-06-03\", \"person\": \"a\"},"                    \
    "  {\"name\": \"healthy\", \"date\": \"2005-06-03\", \"person\": \"a\","                       \
    "   \"without\": [\"injury\"]}]}"

typedef struct lived {
    hm_arena a;
    hm_scenario scenario;
    hm_live_opts o;
    hm_story story;
} lived;

static void read_one(lived *l, const char *text)
{
    hm_err err = {0};
    hm_arena_init(&l->a, 0);
    l->o = hm_live_opts_default();
    if (hm_scenario_parse("s", text, strlen(text), &l->a, &l->scenario, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
}

static void live(lived *l)
{
    hm_err err = {0};
    if (hm_story_live(&l->scenario, &l->o, &l->a, &l->story, &err) != HM_OK)
        fail_msg("%s: %s: %s", err.source, err.field, err.msg);
}

static char *printed(lived *l)
{
    char *text;
    assert_int_equal(hm_story_print(&l->story, &l->a, &text, NULL, NULL), HM_OK);
    return text;
}

static void accounts_sum_to_the_change_of_level(void **state)
{
    (void)state;
    lived l;
    read_one(&l, HEAD EVENTS);
    live(&l);
    for (int32_t i = 0; i < 3; i++) {
        const hm_story_person *p = &l.story.person[i];
        assert_int_equal(p->n_season, 2010 - p->season[0].year + 1);
        for (int32_t y = 0; y < p->n_season; y++) {
            const hm_story_season *s = &p->season[y];
            double sum = 0;
            for (int t = 0; t < HM_STORY_TERM_COUNT; t++)
                sum += s->term_ln[t];
            ht_near(sum, log(s->end_s) - log(s->start_s), 1e-9, 0);
            /* one season ends where the next begins */
            if (y + 1 < p->n_season)
                ht_near(p->season[y + 1].start_s, s->end_s, 1e-9, 0);
            assert_true(s->technique >= 0 && s->technique <= 1 && s->burnout_frac >= 0);
        }
    }
    hm_arena_free(&l.a);
}

static void a_race_is_its_level_and_its_account(void **state)
{
    (void)state;
    lived l;
    read_one(&l, HEAD EVENTS);
    live(&l);
    assert_true(l.story.n_race > 10);
    for (int32_t i = 0; i < l.story.n_race; i++)
        for (int32_t k = 0; k < l.story.race[i].n_run; k++) {
            const hm_story_run *r = &l.story.race[i].run[k];
            double sum = 0;
            for (int t = 0; t < HM_STORY_TERM_COUNT; t++)
                sum += t == HM_TERM_CONDITIONS ? 0 : r->term_ln[t];
            ht_near(log((double)r->time_us / 1e6), log(r->expected_s) + sum, 1e-6, 0);
        }
    hm_arena_free(&l.a);
}

static void a_life_lived_again_alone_is_the_same(void **state)
{
    (void)state;
    lived l;
    read_one(&l, HEAD EVENTS);
    for (int32_t person = 0; person < 3; person++) {
        hm_encounters met;
        hm_one with, alone;
        hm_err err = {0};
        assert_int_equal(hm_story_meet(&l.scenario, &l.o, person, &l.a, &met, &with, &err), HM_OK);
        assert_int_equal(hm_story_relive(&l.scenario, &l.o, person, &met, &l.a, &alone, &err),
                         HM_OK);
        assert_memory_equal(&with.state, &alone.state, sizeof with.state);
        assert_memory_equal(&with.season, &alone.season, sizeof with.season);
        assert_true(with.pb_us == alone.pb_us && with.exit == alone.exit);
        assert_true(person == 2 || (met.n > 100 && with.pb_us > 0));
    }
    hm_arena_free(&l.a);
}

/* Text of a person's seasons up to a year. */
static int32_t seasons_before(const hm_story_person *p, int32_t year)
{
    int32_t n = 0;
    while (n < p->n_season && p->season[n].year < year)
        n++;
    return n;
}

static void same_seasons(const hm_story_person *a, const hm_story_person *b, int32_t n)
{
    for (int32_t y = 0; y < n; y++) {
        assert_memory_equal(a->season[y].term_ln, b->season[y].term_ln,
                            sizeof a->season[y].term_ln);
        assert_memory_equal(a->season[y].belief, b->season[y].belief, sizeof a->season[y].belief);
        assert_true(a->season[y].end_s == b->season[y].end_s &&
                    a->season[y].confidence_z == b->season[y].confidence_z);
    }
}

static void a_fact_taken_away_changes_nothing_before_it_nor_the_unreached(void **state)
{
    (void)state;
    static const char *const without[] = {"injury"};
    lived as_is, other;
    read_one(&as_is, HEAD EVENTS);
    live(&as_is);
    read_one(&other, HEAD EVENTS);
    other.o.without = without;
    other.o.n_without = 1;
    live(&other);
    for (int32_t i = 0; i < 2; i++) {
        const hm_story_person *a = &as_is.story.person[i], *b = &other.story.person[i];
        same_seasons(a, b, seasons_before(a, 2005));
    }
    /* he never raced, never heard anybody: his whole life is the same */
    const hm_story_person *far = &as_is.story.person[2];
    same_seasons(far, &other.story.person[2], far->n_season);
    /* and the year of the injury is not */
    int32_t y = seasons_before(as_is.story.person, 2005);
    assert_true(as_is.story.person[0].season[y].weeks_out >
                other.story.person[0].season[y].weeks_out);
    assert_true(as_is.story.person[0].season[y].term_ln[HM_TERM_INJURY] > 0.001);
    hm_arena_free(&as_is.a);
    hm_arena_free(&other.a);
}

/* The story with one event more behind the others: what is drawn goes by their order. */
static void live_with(lived *l, const char *more)
{
    static const char whole[] = HEAD EVENTS;
    char text[8192];
    const char *end = strstr(whole, "], \"futures\"");
    snprintf(text, sizeof text, "%.*s%s%s%s", (int)(end - whole), whole, more[0] ? ", " : "", more,
             end);
    read_one(l, text);
    live(l);
}

/* The first injury of a person that nobody pinned, from a year on. */
static const hm_story_injury *drawn_injury(const hm_story *s, int32_t person, const char *after)
{
    for (int32_t i = 0; i < s->n_injury; i++)
        if (s->injury[i].person == person && strcmp(s->injury[i].date, after) > 0 &&
            strncmp(s->injury[i].date, "2005-06", 7) != 0)
            return &s->injury[i];
    return NULL;
}

static void who_is_spared_has_no_injury_then_and_the_same_life_before(void **state)
{
    (void)state;
    lived a, b;
    char more[256];
    live_with(&a, "");
    const hm_story_injury *injury = drawn_injury(&a.story, 0, "2001");
    assert_non_null(injury);
    snprintf(more, sizeof more, "{\"kind\": \"spare\", \"who\": \"a\", \"date\": \"%s\"}",
             injury->date);
    live_with(&b, more);
    for (int32_t i = 0; i < b.story.n_injury; i++)
        assert_false(b.story.injury[i].person == 0 && b.story.injury[i].week == injury->week);
    int32_t n = 0;
    while (n < a.story.n_race && a.story.race[n].week < injury->week)
        n++;
    assert_true(n > 0 && b.story.n_race >= n);
    for (int32_t i = 0; i < n; i++)
        assert_int_equal(a.story.race[i].run[0].time_us, b.story.race[i].run[0].time_us);
    assert_true(a.story.person[0].season[a.story.person[0].n_season - 1].end_s !=
                b.story.person[0].season[b.story.person[0].n_season - 1].end_s);
    /* what is pinned befalls him all the same */
    lived c;
    live_with(&c, "{\"kind\": \"spare\", \"who\": \"a\", \"date\": \"2005-06-10\"}");
    bool hurt = false;
    for (int32_t i = 0; i < c.story.n_injury; i++)
        hurt |= c.story.injury[i].person == 0 && strncmp(c.story.injury[i].date, "2005-06", 7) == 0;
    assert_true(hurt);
    hm_arena_free(&a.a);
    hm_arena_free(&b.a);
    hm_arena_free(&c.a);
}

/* Ideas of one that passed to another in the weeks of the lesson. */
static int32_t passed(const hm_story *s, int32_t from, int32_t to, int32_t belief)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_idea; i++)
        n += s->idea[i].from == from && s->idea[i].to == to && s->idea[i].belief == belief &&
             strcmp(s->idea[i].date, "2000-06-01") > 0 && strcmp(s->idea[i].date, "2000-09-20") < 0;
    return n;
}

static void what_is_unheard_passes_not_and_other_ideas_do(void **state)
{
    (void)state;
    lived a, b;
    live_with(&a, "");
    live_with(&b, "{\"kind\": \"unheard\", \"who\": \"b\", \"from\": \"a\", \"date\": "
                  "\"2000-06-01\", \"until\": \"2000-09-20\", \"ideas\": [\"fastest\"]}");
    enum { FASTEST = 1, FORM = 4 };
    assert_string_equal(hm_story_belief_word(FASTEST), "fastest");
    assert_true(passed(&a.story, 0, 1, FASTEST) > 5);
    assert_int_equal(passed(&b.story, 0, 1, FASTEST), 0);
    assert_true(passed(&b.story, 0, 1, FORM) > 5);
    hm_arena_free(&a.a);
    hm_arena_free(&b.a);
}

static void the_told_future_pinned_is_the_same_story_without_a_search(void **state)
{
    (void)state;
    lived a, b;
    int32_t future = -9;
    hm_err err = {0};
    char *first, *second;
    read_one(&a, HEAD EVENTS);
    a.scenario.world.search = 50;
    live(&a);
    assert_int_equal(hm_story_told_future(&a.scenario, &a.o, &a.a, &future, &err), HM_OK);
    assert_true(future >= 0 && future < 50);
    read_one(&b, HEAD EVENTS);
    b.scenario.world.future = future;
    live(&b);
    a.story.notes.n = b.story.notes.n = 0; /* they say how many were searched */
    assert_int_equal(hm_story_print(&a.story, &a.a, &first, NULL, &err), HM_OK);
    assert_int_equal(hm_story_print(&b.story, &b.a, &second, NULL, &err), HM_OK);
    assert_string_equal(first, second);
    hm_arena_free(&a.a);
    hm_arena_free(&b.a);
}

static void practices_spread_where_they_are_likely_and_never_without_ideas(void **state)
{
    (void)state;
    static const char *const often[] = {"practice_chance=0.002", "ideas=false"};
    lived with, none;
    read_one(&with, HEAD EVENTS);
    with.o.set = often;
    with.o.n_set = 1;
    live(&with);
    assert_true(with.story.n_practice > 0);
    for (int32_t i = 0; i < with.story.n_practice; i++) {
        const hm_story_practice *p = &with.story.practice[i];
        assert_true(p->person < 3 && (p->around > 0) == (p->from >= 0));
        for (int32_t k = 0; k < i; k++) /* nobody takes up what he keeps */
            assert_true(with.story.practice[k].person != p->person ||
                        strcmp(with.story.practice[k].practice, p->practice) != 0);
    }
    read_one(&none, HEAD EVENTS);
    none.o.set = often;
    none.o.n_set = 2;
    live(&none);
    assert_int_equal(none.story.n_practice, 0);
    hm_arena_free(&with.a);
    hm_arena_free(&none.a);
}

static void a_lesson_is_booked_to_the_idea_and_only_with_it(void **state)
{
    (void)state;
    static const char *const without[] = {"lesson"};
    lived with, none;
    read_one(&with, HEAD EVENTS);
    live(&with);
    read_one(&none, HEAD EVENTS);
    none.o.without = without;
    none.o.n_without = 1;
    live(&none);
    int32_t y = seasons_before(&with.story.person[1], 2000);
    double taught = with.story.person[1].season[y].term_ln[HM_TERM_IDEA];
    double alone = none.story.person[1].season[y].term_ln[HM_TERM_IDEA];
    /* 28 sessions close 1 - 0.94^28 of the gap between 0.05 and 1, a quarter of Emax 0.9 */
    assert_true(taught < alone - 0.005);
    double q = with.story.person[1].season[y].technique;
    ht_near(q, 1 - 0.95 * pow(0.94, 28), 0.03, 0);
    bool told = false;
    for (int32_t i = 0; i < with.story.n_idea; i++)
        told |= with.story.idea[i].from == 0 && with.story.idea[i].to == 1 &&
                strcmp(with.story.idea[i].how, "teach") == 0;
    assert_true(told);
    hm_arena_free(&with.a);
    hm_arena_free(&none.a);
}

static void who_leaves_loses_strength_and_may_come_back(void **state)
{
    (void)state;
    static const char *const without[] = {"stays"};
    lived stays, goes;
    read_one(&stays, HEAD EVENTS);
    live(&stays);
    read_one(&goes, HEAD EVENTS);
    goes.o.without = without;
    goes.o.n_without = 1;
    live(&goes);
    const hm_story_person *a = &stays.story.person[0], *b = &goes.story.person[0];
    int32_t y = seasons_before(a, 2006);
    same_seasons(a, b, y);
    assert_string_equal(b->season[y].standing, "left");
    assert_true(b->season[y].weeks_trained <= 2 && a->season[y].weeks_trained > 10);
    assert_true(b->season[y + 1].term_ln[HM_TERM_DETRAINING] > 0 && isnan(b->season[y + 1].best_s));
    assert_true(b->season[y + 2].weeks_trained > 0 && a->season[y].end_s < b->season[y].end_s);
    hm_arena_free(&stays.a);
    hm_arena_free(&goes.a);
}

static void what_is_switched_off_has_no_entry(void **state)
{
    (void)state;
    static const char *const off[] = {"injury=false", "mind=false", "rivals=false", "ideas=false"};
    static const hm_term term[] = {HM_TERM_INJURY, HM_TERM_MIND, HM_TERM_RIVAL, HM_TERM_IDEA};
    lived l;
    read_one(&l, HEAD EVENTS);
    l.o.set = off;
    l.o.n_set = 4;
    live(&l);
    for (int t = 0; t < 4; t++) {
        for (int32_t i = 0; i < 3; i++)
            for (int32_t y = 0; y < l.story.person[i].n_season; y++)
                assert_true(l.story.person[i].season[y].term_ln[term[t]] == 0);
        for (int32_t i = 0; i < l.story.n_race; i++)
            for (int32_t k = 0; k < l.story.race[i].n_run; k++)
                assert_true(l.story.race[i].run[k].term_ln[term[t]] == 0);
    }
    assert_int_equal(l.story.n_idea + l.story.n_injury, 0);
    hm_arena_free(&l.a);
}

static void futures_do_not_depend_on_threads_and_share_their_luck(void **state)
{
    (void)state;
    lived one, three;
    read_one(&one, HEAD EVENTS);
    one.o.n_future = 12;
    live(&one);
    read_one(&three, HEAD EVENTS);
    three.o.n_future = 12;
    three.o.n_thread = 3;
    live(&three);
    assert_string_equal(printed(&one), printed(&three));
    assert_int_equal(one.story.n_future, 2);
    const hm_story_future *hurt = &one.story.future[0], *healthy = &one.story.future[1];
    assert_int_equal(hurt->n, 12);
    assert_int_equal(hurt->from_week, healthy->from_week);
    /* the same past: his best year before the branch is in no fan, the first year is */
    assert_int_equal(hurt->first_year, 2005);
    assert_true(!isnan(hurt->best_s_median[0]) && hurt->pb_s_lo90 <= hurt->pb_s_hi90);
    /* with common luck an injury can only cost: the median of his bests */
    assert_true(healthy->pb_s_median <= hurt->pb_s_median);
    hm_arena_free(&one.a);
    hm_arena_free(&three.a);
}

static void another_seed_is_another_story(void **state)
{
    (void)state;
    lived a, b;
    read_one(&a, HEAD EVENTS);
    live(&a);
    read_one(&b, HEAD EVENTS);
    b.o.seed = 2;
    live(&b);
    assert_true(strcmp(printed(&a), printed(&b)) != 0);
    hm_arena_free(&a.a);
    hm_arena_free(&b.a);
}

static void the_pinned_race_is_run_by_those_pinned_to_it(void **state)
{
    (void)state;
    lived l;
    read_one(&l, HEAD EVENTS);
    live(&l);
    const hm_story_race *river = NULL;
    for (int32_t i = 0; i < l.story.n_race; i++)
        if (strcmp(l.story.race[i].id, "river") == 0)
            river = &l.story.race[i];
    assert_non_null(river);
    assert_string_equal(river->date, "2000-09-23");
    assert_int_equal(river->n_run, 2);
    assert_true(river->standing_start && river->run[0].person + river->run[1].person == 1);
    hm_arena_free(&l.a);
}

static void the_footfalls_of_a_race_take_the_time_that_was_booked(void **state)
{
    (void)state;
    lived l;
    read_one(&l, HEAD EVENTS);
    live(&l);
    for (int32_t i = 0; i < l.story.n_race; i += 1 + l.story.n_race / 12) {
        hm_err err = {0};
        hm_race race;
        const hm_story_race *told = &l.story.race[i];
        if (hm_story_race_of(&l.story, i, &l.a, &race, &err) != HM_OK)
            fail_msg("%s: %s: %s", told->id, err.field, err.msg);
        assert_int_equal(race.n_lane, told->n_run);
        for (int32_t k = 0; k < told->n_run; k++)
            for (int32_t lane = 0; lane < race.n_lane; lane++)
                if (race.lane[lane].lane == told->run[k].lane) {
                    assert_true(race.lane[lane].time_us == told->run[k].time_us);
                    assert_int_equal(race.lane[lane].place, told->run[k].place);
                    assert_true(race.lane[lane].n_step > 40);
                    ht_near(race.lane[lane].stature_m, told->run[k].height_cm / 100, 1e-12, 0);
                }
    }
    hm_arena_free(&l.a);
}

static void switches_and_settings_that_there_are_not_are_refused(void **state)
{
    (void)state;
    static const char *const without[] = {"lessen"}, *const set[] = {"flor_s=9"};
    lived l;
    hm_err err = {0};
    read_one(&l, HEAD EVENTS);
    l.o.without = without;
    l.o.n_without = 1;
    assert_int_equal(hm_story_live(&l.scenario, &l.o, &l.a, &l.story, &err), HM_ERR_USAGE);
    assert_non_null(strstr(err.msg, "lesson"));
    l.o.n_without = 0;
    l.o.set = set;
    l.o.n_set = 1;
    err = (hm_err){0};
    assert_int_equal(hm_story_live(&l.scenario, &l.o, &l.a, &l.story, &err), HM_ERR_USAGE);
    hm_arena_free(&l.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_sum_to_the_change_of_level),
        cmocka_unit_test(a_race_is_its_level_and_its_account),
        cmocka_unit_test(a_life_lived_again_alone_is_the_same),
        cmocka_unit_test(a_fact_taken_away_changes_nothing_before_it_nor_the_unreached),
        cmocka_unit_test(who_is_spared_has_no_injury_then_and_the_same_life_before),
        cmocka_unit_test(what_is_unheard_passes_not_and_other_ideas_do),
        cmocka_unit_test(the_told_future_pinned_is_the_same_story_without_a_search),
        cmocka_unit_test(practices_spread_where_they_are_likely_and_never_without_ideas),
        cmocka_unit_test(a_lesson_is_booked_to_the_idea_and_only_with_it),
        cmocka_unit_test(who_leaves_loses_strength_and_may_come_back),
        cmocka_unit_test(what_is_switched_off_has_no_entry),
        cmocka_unit_test(futures_do_not_depend_on_threads_and_share_their_luck),
        cmocka_unit_test(another_seed_is_another_story),
        cmocka_unit_test(the_pinned_race_is_run_by_those_pinned_to_it),
        cmocka_unit_test(the_footfalls_of_a_race_take_the_time_that_was_booked),
        cmocka_unit_test(switches_and_settings_that_there_are_not_are_refused),
    };
    return cmocka_run_group_tests_name("life/story", tests, NULL, NULL);
}
