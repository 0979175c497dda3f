#include "ht.h"

#include "life/mind.h"

static const hm_idea_effect none = {.pressure_ratio = 1,
                                    .load_ratio = 1,
                                    .technique_ratio = 1,
                                    .exit_ratio = 1,
                                    .return_frac = 1,
                                    .anxiety_ratio = 1};

static void pressure_rises_with_the_meet_and_with_what_is_to_lose(void **state)
{
    (void)state;
    for (int l = 1; l < HM_MEET_LEVEL_COUNT; l++)
        assert_true(hm_pressure((hm_meet_level)l, 0.2, &none) >
                    hm_pressure((hm_meet_level)(l - 1), 0.2, &none));
    ht_near(hm_pressure(HM_MEET_FINAL, 1, &none), 1.5, 1e-12, 0);
    ht_near(hm_pressure(HM_MEET_CLUB, 0, &none), 0.1, 1e-12, 0);
}

static void the_head_moves_a_time_by_one_percent_at_most(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    for (int i = -40; i <= 40; i++) {
        hm_person p = {.anxiety_z = i / 10.0, .competitive_z = -i / 10.0};
        hm_life_state s = {.confidence_z = (float)(-i / 10.0)};
        hm_psych y = hm_psych_of(&q, &p, &s, HM_MEET_FINAL, 1, &none, i / 20.0, i & 1);
        assert_true(fabs(y.mind_ln + y.rival_ln) <= 0.01 + 1e-12);
    }
    /* anxious is slower, confident faster, at a national meet more than at a club's */
    hm_person afraid = {.anxiety_z = 1}, calm = {.anxiety_z = -1};
    hm_life_state s = {0}, sure = {.confidence_z = 1};
    double slow = hm_psych_of(&q, &afraid, &s, HM_MEET_NATIONAL, 0.4, &none, 0, 0).mind_ln;
    double fast = hm_psych_of(&q, &calm, &s, HM_MEET_NATIONAL, 0.4, &none, 0, 0).mind_ln;
    ht_near(slow, 0.0020 * 0.7, 1e-12, 0);
    ht_near(fast, -slow, 1e-12, 0);
    assert_true(hm_psych_of(&q, &calm, &sure, HM_MEET_NATIONAL, 0.4, &none, 0, 0).mind_ln < fast);
    assert_true(hm_psych_of(&q, &afraid, &s, HM_MEET_CLUB, 0.4, &none, 0, 0).mind_ln < slow);
}

static void what_a_rival_does_is_a_trait(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person fights = {.competitive_z = 1.5}, yields = {.competitive_z = -1};
    hm_life_state s = {0};
    ht_near(hm_psych_of(&q, &fights, &s, HM_MEET_FINAL, 0.4, &none, 0, 1).rival_ln, -0.0040, 1e-12,
            0);
    ht_near(hm_psych_of(&q, &yields, &s, HM_MEET_FINAL, 0.4, &none, 0, 1).rival_ln, 0.0010, 1e-12,
            0);
    assert_true(hm_psych_of(&q, &fights, &s, HM_MEET_FINAL, 0.4, &none, 0, 0).rival_ln == 0);
}

static void races_move_confidence_and_weeks_bring_it_back(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person p = {.win_frac = 1};
    hm_life_state s = {0};
    hm_mind_after_race(&q, &p, &s, &(hm_race_tale){.gain_ln = q.day_sd_ln, .won = true}, &none);
    ht_near((double)s.confidence_z, 0.3, 1e-6, 0);
    ht_near((double)s.motivation_z, 0.03, 1e-6, 0);
    hm_mind_after_race(&q, &p, &s, &(hm_race_tale){.beaten_by_rival = true}, &none);
    ht_near((double)s.motivation_z, 0.03 - 0.1, 1e-6, 0);
    hm_week_mood mood = {.load = 0.6};
    for (int k = 0; k < 26; k++)
        hm_mind_week(&q, &p, &s, &mood, &none);
    ht_near((double)s.confidence_z, 0.3 * pow(25.0 / 26, 26), 1e-6, 0);
}

static void burnout_settles_at_demand_over_resource(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person p = {0};
    hm_life_state s = {0};
    hm_week_mood hard = {.load = 1, .pressure = 0.6, .autonomy = 0};
    for (int k = 0; k < 1000; k++)
        hm_mind_week(&q, &p, &s, &hard, &none);
    /* the fixed point of u' = u + 0.05 (demand - resource) - u / 30 */
    ht_near((double)s.burnout_frac, 1.5 * (0.4 + 0.24 - 0.25), 1e-3, 0);
    hm_week_mood kind = {.load = 0.6, .belonging = 1, .autonomy = 1};
    for (int k = 0; k < 1000; k++)
        hm_mind_week(&q, &p, &s, &kind, &none);
    assert_true((double)s.burnout_frac < 0.1);
}

static void ideas_do_what_their_page_says_and_nothing_when_off(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_life_state s = {0};
    hm_belief_set(&s, HM_BELIEF_EFFORT, 1);
    hm_belief_set(&s, HM_BELIEF_FEAR, 1);
    hm_idea_effect e = hm_idea_effect_of(&q, &s);
    ht_near(e.load_ratio, 1.08, 1e-12, 0);
    ht_near(e.exit_ratio, 0.8, 1e-12, 0);
    ht_near(e.return_frac, 0.8, 1e-12, 0);
    ht_near(e.anxiety_ratio, 0, 1e-12, 0);
    q.ideas = false;
    e = hm_idea_effect_of(&q, &s);
    assert_true(e.load_ratio == 1 && e.motivation_z == 0 && e.anxiety_ratio == 1);
}

static void who_is_faster_and_nearer_is_heard_more(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    double coach = hm_idea_weight(HM_RELATION_COACH, 11, 11, 1);
    ht_near(coach, 3, 1e-12, 0);
    assert_true(hm_idea_weight(HM_RELATION_CLUBMATE, 11, 12, 1) >
                hm_idea_weight(HM_RELATION_CLUBMATE, 12, 11, 1));
    ht_near(hm_idea_weight(HM_RELATION_RIVAL, 5, 12, 1), 2 * 5, 1e-12, 0);
    hm_person open = {0}, shut = {.stubborn_frac = 1};
    ht_near(hm_idea_heard(&q, &open, 0.2, 1, 2), 0.2 + 0.05 * 2 * 0.8, 1e-12, 0);
    ht_near(hm_idea_heard(&q, &shut, 0.2, 1, 2), 0.2, 1e-12, 0);
    ht_near(hm_idea_heard(&q, &open, 0.2, 1, 1000), 1, 1e-12, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pressure_rises_with_the_meet_and_with_what_is_to_lose),
        cmocka_unit_test(the_head_moves_a_time_by_one_percent_at_most),
        cmocka_unit_test(what_a_rival_does_is_a_trait),
        cmocka_unit_test(races_move_confidence_and_weeks_bring_it_back),
        cmocka_unit_test(burnout_settles_at_demand_over_resource),
        cmocka_unit_test(ideas_do_what_their_page_says_and_nothing_when_off),
        cmocka_unit_test(who_is_faster_and_nearer_is_heard_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
