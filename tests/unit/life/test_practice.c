#include "ht.h"

#include "life/idea.h"
#include "life/one.h"

static void one_beyond_the_threshold_pulls_and_noise_lets_it_jump(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person easy = {.stubborn_frac = 0}, middling = {.stubborn_frac = 0.5},
              hard = {.stubborn_frac = 1};
    for (int n = 0; n <= 1; n++)
        ht_near(hm_practice_chance(&q, &easy, n, 4), 4 * q.practice_chance, 1e-15, 0);
    ht_near(hm_practice_chance(&q, &easy, 2, 1), q.practice_chance + q.practice_pull, 1e-15, 0);
    ht_near(hm_practice_chance(&q, &middling, 3, 1), q.practice_chance + q.practice_pull, 1e-15, 0);
    ht_near(hm_practice_chance(&q, &hard, 3, 1), q.practice_chance, 1e-15, 0);
    ht_near(hm_practice_chance(&q, &hard, 5, 2), 2 * (q.practice_chance + 2 * q.practice_pull),
            1e-15, 0);
    assert_true(hm_practice_chance(&q, &easy, 1000, 52) == 1);
}

static void a_practice_acts_costs_and_goes_with_the_ideas(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_life_state plain = {0}, with = {.practice = 1u << HM_PRACTICE_MORNING};
    hm_idea_effect a = hm_idea_effect_of(&q, &plain), b = hm_idea_effect_of(&q, &with);
    ht_near(b.load_ratio / a.load_ratio, 1.04, 1e-12, 0);
    ht_near(b.motivation_z - a.motivation_z, -0.10, 1e-12, 0);
    with.practice |= 1u << HM_PRACTICE_FILM;
    b = hm_idea_effect_of(&q, &with);
    ht_near(b.load_ratio / a.load_ratio, 1.04 * 0.99, 1e-12, 0);
    ht_near(b.technique_ratio / a.technique_ratio, 1.25, 1e-12, 0);
    q.ideas = false;
    b = hm_idea_effect_of(&q, &with);
    assert_true(b.load_ratio == 1 && b.technique_ratio == 1 && b.motivation_z == 0);
}

static void what_is_taken_up_is_kept(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_one one = {0};
    hm_week w = {.school_age = 16};
    const hm_encounter e = {.kind = HM_MET_PRACTICE, .practice = HM_PRACTICE_SLEEP};
    hm_one_meet(&q, &one, &w, &e);
    for (int i = 0; i < HM_PRACTICE_COUNT; i++)
        assert_int_equal(hm_practice_kept(&one.state, (hm_practice)i), i == HM_PRACTICE_SLEEP);
    q.ideas = false;
    one.state.practice = 0;
    hm_one_meet(&q, &one, &w, &e);
    assert_int_equal(one.state.practice, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_beyond_the_threshold_pulls_and_noise_lets_it_jump),
        cmocka_unit_test(a_practice_acts_costs_and_goes_with_the_ideas),
        cmocka_unit_test(what_is_taken_up_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
