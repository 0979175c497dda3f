#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "data/race_file.h"
#include "data/story.h"
#include "life/account.h"
#include "life/state.h"

typedef struct luck {
    uint64_t seed;
    uint32_t at;
} luck;

static double between(luck *k, double lo, double hi)
{
    return lo + (hi - lo) * hm_rng_unit(k->seed, HM_FOR_TEST, 1, 0, k->at++);
}

static int32_t below(luck *k, int32_t n)
{
    return (int32_t)between(k, 0, n);
}

static double maybe(luck *k, double lo, double hi)
{
    return between(k, 0, 1) < 0.3 ? (double)NAN : between(k, lo, hi);
}

static hm_story_season random_season(luck *k, int32_t year)
{
    hm_story_season s = {.year = year, .age_yr = between(k, 6, 40), .standing = "club"};
    s.stage = (hm_stage_of_life)below(k, HM_STAGE_COUNT);
    s.best_s = maybe(k, 9, 20);
    s.start_s = between(k, 9, 20);
    double sum = 0;
    for (int i = 0; i < HM_STORY_TERM_COUNT; i++)
        sum += s.term_ln[i] = below(k, 3) ? between(k, -0.02, 0.02) : 0;
    s.end_s = s.start_s * exp(sum);
    s.n_race = below(k, 20);
    s.weeks_trained = below(k, 53);
    s.height_cm = between(k, 110, 200);
    s.mass_kg = between(k, 20, 90);
    s.technique = between(k, 0, 1);
    s.confidence_z = between(k, -3, 3);
    s.motivation_z = between(k, -3, 3);
    s.burnout_frac = between(k, 0, 1);
    for (int i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        s.belief[i] = between(k, 0, 1);
    return s;
}

static hm_story_run random_run(luck *k, int32_t place)
{
    hm_story_run r = {.person = place - 1, .lane = place, .place = place};
    r.time_us = 10 * 1000000 + 1000 * place + below(k, 1000);
    r.expected_s = between(k, 9, 12);
    r.age_yr = between(k, 6, 40);
    r.height_cm = between(k, 110, 200);
    r.mass_kg = between(k, 20, 90);
    r.belief = below(k, HM_STORY_BELIEF_COUNT);
    r.belief_frac = between(k, 0, 1);
    for (int i = 0; i < HM_STORY_TERM_COUNT; i++)
        r.term_ln[i] = below(k, 2) ? between(k, -0.02, 0.02) : 0;
    return r;
}

enum { N = 4 };

static void random_links(luck *k, hm_story *s, hm_arena *a)
{
    s->n_meeting = s->n_idea = s->n_injury = s->n_rival = s->n_future = s->n_chapter = 1;
    s->meeting = HM_PUSH(a, hm_story_meeting, 1);
    s->idea = HM_PUSH(a, hm_story_idea, 1);
    s->injury = HM_PUSH(a, hm_story_injury, 1);
    s->rival = HM_PUSH(a, hm_story_rival, 1);
    s->future = HM_PUSH(a, hm_story_future, 1);
    s->chapter = HM_PUSH(a, hm_story_chapter, 1);
    *s->meeting = (hm_story_meeting){0, 1, below(k, N), 1};
    *s->idea = (hm_story_idea){1,
                               2,
                               below(k, 6),
                               7,
                               below(k, N + 1) - 1,
                               "2001-02-28",
                               "race",
                               between(k, 0, 1),
                               between(k, 0, 1)};
    *s->injury = (hm_story_injury){3, 5, "2000-02-29", "hamstring", between(k, 1, 90), true};
    *s->rival = (hm_story_rival){0, 1, 9, between(k, 2, 5), 3};
    double *fan = HM_PUSH(a, double, 6);
    for (int i = 0; i < 6; i++)
        fan[i] = maybe(k, 9, 12);
    *s->future = (hm_story_future){.name = "as it was",
                                   .name_ja = "そのまま",
                                   .change = "",
                                   .n = 50,
                                   .pb_s_lo90 = maybe(k, 9, 11),
                                   .pb_s_median = maybe(k, 9, 11),
                                   .pb_s_hi90 = maybe(k, 9, 11),
                                   .p_active_30 = maybe(k, 0, 1),
                                   .p_meets = maybe(k, 0, 1),
                                   .p_wins = maybe(k, 0, 1),
                                   .n_year = 2,
                                   .first_year = 2001,
                                   .best_s_lo90 = fan,
                                   .best_s_median = fan + 2,
                                   .best_s_hi90 = fan + 4};
    hm_story_line *line = HM_PUSH(a, hm_story_line, 1);
    *line = (hm_story_line){2, "I run \"alone\".", "ひとりで走る。"};
    *s->chapter = (hm_story_chapter){below(k, N), "ink", "One", "一", "", "", 1, line};
}

static hm_story random_story(uint64_t seed, hm_arena *a)
{
    static const char *const id[N] = {"a", "b", "other-7", "小宮"};
    luck k = {seed, 0};
    hm_story s = {.title = "T", .title_ja = "題", .scenario = "", .seed = seed};
    s.first_year = 1995;
    s.last_year = 2010;
    s.year_begins = "04-02";
    s.n_person = s.n_race = N;
    s.person = HM_PUSH(a, hm_story_person, N);
    s.race = HM_PUSH(a, hm_story_race, N);
    for (int32_t i = 0; i < N; i++) {
        hm_story_person *p = &s.person[i];
        *p = (hm_story_person){.id = id[i], .name = id[i], .name_ja = "", .born = "1988-04-20"};
        p->pinned = i < 2;
        p->kind = p->kit = p->exit = "";
        p->exit_week = -1;
        p->pb_s = maybe(&k, 9, 20);
        p->pb_age_yr = maybe(&k, 6, 40);
        p->n_season = i;
        p->season = HM_PUSH(a, hm_story_season, i + 1);
        for (int32_t y = 0; y < i; y++)
            p->season[y] = random_season(&k, 1995 + 2 * y);
        hm_story_race *r = &s.race[i];
        *r = (hm_story_race){.id = id[N - 1 - i], .name = "R", .name_ja = "", .date = "2000-12-31"};
        r->venue = r->round = "";
        r->level = "national";
        r->week = 10 * i;
        r->wind_mps = between(&k, -2, 2);
        r->temp_c = between(&k, 0, 35);
        r->standing_start = i % 2;
        r->n_run = i + 1;
        r->run = HM_PUSH(a, hm_story_run, N);
        for (int32_t l = 0; l <= i; l++)
            r->run[l] = random_run(&k, l + 1);
    }
    random_links(&k, &s, a);
    return s;
}

static void a_random_story_comes_back_as_the_same_text(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 60; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_story s = random_story(seed, &a), back;
        char *text, *again;
        size_t n;
        if (hm_story_print(&s, &a, &text, &n, &err) != HM_OK)
            fail_msg("%s: %s: %s", err.source, err.field, err.msg);
        assert_int_equal(hm_data_kind_of(text, n), HM_DATA_STORY);
        if (hm_story_parse("s.json", text, n, &a, &back, &err) != HM_OK)
            fail_msg("%s: %s: %s", err.source, err.field, err.msg);
        assert_int_equal(back.notes.n, 0);
        for (int32_t i = 0; i < N; i++) {
            assert_string_equal(back.person[i].id, s.person[i].id);
            assert_int_equal(back.person[i].n_season, s.person[i].n_season);
            for (int32_t y = 0; y < i; y++)
                assert_memory_equal(back.person[i].season[y].term_ln, s.person[i].season[y].term_ln,
                                    sizeof s.person[i].season[y].term_ln);
            for (int32_t l = 0; l <= i; l++) {
                assert_int_equal(back.race[i].run[l].person, l);
                assert_memory_equal(back.race[i].run[l].term_ln, s.race[i].run[l].term_ln,
                                    sizeof s.race[i].run[l].term_ln);
            }
        }
        assert_int_equal(back.idea->race, s.idea->race);
        assert_int_equal(back.idea->belief, s.idea->belief);
        assert_string_equal(back.chapter->line->text_ja, "ひとりで走る。");
        assert_int_equal(hm_story_print(&back, &a, &again, NULL, &err), HM_OK);
        assert_string_equal(again, text);
        hm_arena_free(&a);
    }
}

static void words_are_those_of_life(void **state)
{
    (void)state;
    assert_int_equal(HM_STORY_TERM_COUNT, HM_TERM_COUNT);
    assert_int_equal(HM_STORY_BELIEF_COUNT, HM_BELIEF_COUNT);
    for (int32_t i = 0; i < HM_TERM_COUNT; i++)
        assert_string_equal(hm_story_term_word(i), hm_term_word((hm_term)i));
    for (int32_t i = 0; i < HM_BELIEF_COUNT; i++)
        assert_string_equal(hm_story_belief_word(i), hm_belief_word((hm_belief)i));
    assert_null(hm_story_term_word(HM_TERM_COUNT));
    assert_null(hm_story_belief_word(-1));
    assert_null(hm_stage_of_life_word(HM_STAGE_COUNT));
}

static void what_cannot_be_is_refused_with_its_place(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    for (int what = 0; what < 9; what++) {
        hm_story s = random_story(3, &a);
        hm_err err = {0};
        const char *field = "";
        switch (what) {
        case 0:
            s.person[3].season[1].term_ln[0] += 2e-6, field = "account";
            break;
        case 1:
            s.person[3].season[1].year = 1995, field = "year";
            break;
        case 2:
            s.race[2].run[1].person = 0, field = "person";
            break;
        case 3:
            s.race[2].run[1].time_us = 1, field = "time_us";
            break;
        case 4:
            s.race[3].week = 1, field = "week";
            break;
        case 5:
            s.meeting->b = 0, field = "a";
            break;
        case 6:
            s.idea->race = N, field = "race";
            break;
        case 7:
            s.race[1].date = "2001-02-29", field = "date";
            break;
        default:
            s.chapter->line->person = -1, field = "person";
        }
        assert_int_equal(hm_story_check(&s, &err), HM_ERR_INPUT);
        assert_string_equal(err.field, field);
    }
    hm_story good = random_story(3, &a);
    assert_int_equal(hm_story_check(&good, NULL), HM_OK);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_random_story_comes_back_as_the_same_text),
        cmocka_unit_test(words_are_those_of_life),
        cmocka_unit_test(what_cannot_be_is_refused_with_its_place),
    };
    return cmocka_run_group_tests_name("contract/story", tests, NULL, NULL);
}
