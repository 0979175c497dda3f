#include "ht.h"

#include <string.h>

#include "life/fit_times.h"
#include "life/story.h"

#define PERSON(rest)                                                                               \
    "{\"format\": \"hectometre-scenario\", \"version\": 1, \"people\": [{\"name\": \"A\", "        \
    "\"born\": \"1990-08-15\", \"start_age_yr\": 12, \"timing_y\": 0.3" rest "}]}"

static hm_scenario read_text(hm_arena *a, const char *text)
{
    hm_scenario s;
    hm_err err = {0};
    if (hm_scenario_parse("s", text, strlen(text), a, &s, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    return s;
}

static void times_of_a_life_give_that_life_back(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    for (double z = -1; z <= 3; z += 1) {
        double age[] = {12.5, 14, 16, 18, 20}, level[5], again[5];
        hm_scenario of = read_text(&a, PERSON(""));
        of.person[0].talent_z = z;
        of.person[0].trainable_ln = 0.5;
        hm_plain_life(&of, &of.person[0], &q, 5, age, level);
        hm_scenario s = read_text(&a, PERSON(""));
        s.person[0].n_time = 5;
        s.person[0].time = HM_PUSH(&a, hm_scenario_time, 5);
        for (int i = 0; i < 5; i++)
            s.person[0].time[i] = (hm_scenario_time){age[i], level[i]};
        hm_scenario_person fitted;
        hm_notes notes = {0};
        assert_int_equal(hm_fit_times(&s, 0, &q, &a, &fitted, &notes, &err), HM_OK);
        hm_plain_life(&s, &fitted, &q, 5, age, again);
        /* the prior pulls no time further than half its own luck */
        for (int i = 0; i < 5; i++)
            ht_near(again[i], level[i], 0, 0.006);
        ht_near(fitted.talent_z, z, 0.35, 0.1);
        assert_int_equal(notes.n, 1);
    }
    hm_arena_free(&a);
}

static void what_is_pinned_stays_and_faster_times_mean_more_talent(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    double before = 100;
    for (double t = 12; t <= 15; t += 0.5) {
        hm_scenario s = read_text(&a, PERSON(", \"trainable_ln\": 0.6"));
        hm_scenario_person fitted;
        hm_notes notes = {0};
        s.person[0].n_time = 1;
        s.person[0].time = HM_PUSH(&a, hm_scenario_time, 1);
        *s.person[0].time = (hm_scenario_time){14, t};
        assert_int_equal(hm_fit_times(&s, 0, &q, &a, &fitted, &notes, &err), HM_OK);
        ht_near(fitted.trainable_ln, 0.6, 0, 0);
        assert_true(fitted.talent_z < before);
        before = fitted.talent_z;
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_of_a_life_give_that_life_back),
        cmocka_unit_test(what_is_pinned_stays_and_faster_times_mean_more_talent),
    };
    return cmocka_run_group_tests_name("life/fit_times", tests, NULL, NULL);
}
