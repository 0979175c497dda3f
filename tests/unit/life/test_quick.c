#include "ht.h"

#include "life/growth.h"
#include "life/quick.h"
#include "life/rivals.h"
#include "num/dmath.h"

enum { N = 200, FROM = 10, TO = 40 };

/* Weeks and months of the same life, trained at one load through a school year. */
static void months_are_four_weeks_of_the_same_life(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_quick k;
    hm_quick_init(&q, &k);
    int32_t n_slow = 0;
    for (uint64_t id = 0; id < N; id++) {
        hm_person p = hm_person_draw(7, id, HM_SEX_MEN, &q);
        hm_life_state slow = hm_life_state_first(7, &p, &q), quick = slow;
        hm_quick_event event = {0};
        int32_t n = 0;
        for (int32_t a = FROM; a < TO; a++) {
            hm_week_plan plan = hm_week_plan_of(&q, a, 0.8);
            plan.load_idea = 0.06 * plan.load;
            plan.technique_idea = 0.2;
            if (a == 25) /* a year away */
                plan.load = plan.load_idea = 0;
            for (int32_t week = 0; week < HM_YEAR_WEEKS; week++) {
                hm_week w = {.seed = 7, .school_age = a, .week = week};
                hm_week_event e;
                hm_week_live(&q, &p, &w, &plan, &slow, NULL, &e);
                n += e.injured;
            }
            for (int32_t m = 0; m < HM_YEAR_MONTHS; m++) {
                hm_week w = {.seed = 7, .school_age = a, .week = HM_MONTH_WEEKS * m};
                hm_quick_month(&k, &p, &w, &plan, &quick, &event);
            }
            assert_int_equal(quick.out_weeks, slow.out_weeks);
            assert_int_equal(quick.history, slow.history);
            for (int i = 0; i < HM_SITE_COUNT; i++)
                assert_int_equal(quick.since_weeks[i], slow.since_weeks[i]);
            ht_near((double)quick.stock_ln, (double)slow.stock_ln, 1e-5, 0);
            ht_near((double)quick.technique, (double)slow.technique, 1e-5, 0);
            ht_near((double)quick.drift, (double)slow.drift, 1e-5, 0);
            ht_near((double)quick.fit, (double)slow.fit, 1e-4, 0);
            ht_near((double)quick.fat, (double)slow.fat, 1e-4, 0);
            ht_near((double)quick.chronic, (double)slow.chronic, 1e-4, 0);
            hm_level level = hm_level_of(&q, &p, &slow, a + 0.5);
            ht_near(hm_quick_level_s(&k, &p, &quick, a + 0.5), hm_level_s(&level), 1e-4, 0);
        }
        assert_int_equal(event.n_injury, n);
        n_slow += n;
    }
    assert_true(n_slow > N); /* it was put to the test */
}

static void a_month_of_mind_is_four_weeks_of_it(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_quick k;
    hm_quick_init(&q, &k);
    for (uint64_t id = 0; id < N; id++) {
        hm_person p = hm_person_draw(8, id, HM_SEX_MEN, &q);
        hm_life_state slow = hm_life_state_first(8, &p, &q), quick;
        slow.burnout_frac = 0.5f;
        quick = slow;
        hm_idea_effect ideas = hm_idea_effect_of(&q, &slow);
        hm_week_mood mood = {0.1, -0.2, 0.3, 0.3, 1, id % 2 == 0};
        for (int i = 0; i < HM_MONTH_WEEKS; i++)
            hm_mind_week(&q, &p, &slow, &mood, &ideas);
        hm_quick_mind(&k, &p, &quick, &mood, &ideas);
        ht_near((double)quick.confidence_z, (double)slow.confidence_z, 1e-5, 0);
        ht_near((double)quick.motivation_z, (double)slow.motivation_z, 1e-5, 0);
        ht_near((double)quick.burnout_frac, (double)slow.burnout_frac, 1e-5, 0);
    }
}

static void a_quick_race_is_the_race(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_WOMEN);
    hm_quick k;
    hm_quick_init(&q, &k);
    for (uint64_t id = 0; id < N; id++) {
        hm_person p = hm_person_draw(9, id, HM_SEX_WOMEN, &q);
        hm_life_state s = hm_life_state_first(9, &p, &q);
        s.fit = 3;
        s.fat = 1;
        s.since_weeks[0] = (uint8_t)(id % 40);
        for (int32_t a = 9; a < 40; a += 3) {
            hm_week w = {.seed = 9, .school_age = a, .week = 20};
            hm_day_in in = {(hm_meet_level)(a % HM_MEET_LEVEL_COUNT), 0.3, a % 2, 0.004, 5};
            hm_day_out want = hm_day_run(&q, &p, &s, &w, &in);
            hm_idea_effect ideas = hm_idea_effect_of(&q, &s);
            double level_s = hm_quick_level_s(&k, &p, &s, hm_week_age_y(&w, &p));
            double ln = hm_quick_race_ln(&k, &p, &s, &w, &in, &ideas);
            ht_near(level_s * hm_exp(ln), hm_exp(want.ln_t), 1e-9, 0);
            ht_near(ln - in.conditions_ln, want.ln_t - want.expected_ln, 1e-9, 0);
        }
    }
}

static void close_finishes_make_rivals_and_the_weakest_is_dropped(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_rivals r = {0};
    ht_near(hm_rivals_closeness(&q, -q.rival_gap_s, 0), exp(-1), 1e-12, 0);
    ht_near(hm_rivals_closeness(&q, 0, q.rival_age_y), exp(-1), 1e-12, 0);
    for (int i = 0; i < 30; i++) {
        hm_rivals_fade(&q, &r);
        hm_rivals_meet(&r, 77, 1);
        for (uint32_t o = 0; o < 12; o++)
            hm_rivals_meet(&r, 100 + o, 0.001 * o);
    }
    /* 1 + 0.9 + 0.81 .. after thirty meetings */
    double want = (1 - pow(q.rival_kept_frac, 30)) / (1 - q.rival_kept_frac);
    assert_int_equal(r.other[0], 77);
    ht_near((double)r.strength[0], want, 1e-4, 0);
    assert_int_equal(hm_rivals_count(&q, &r), 1);
    assert_true(hm_rivals_is(&q, &r, 77) && !hm_rivals_is(&q, &r, 105));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_four_weeks_of_the_same_life),
        cmocka_unit_test(a_month_of_mind_is_four_weeks_of_it),
        cmocka_unit_test(a_quick_race_is_the_race),
        cmocka_unit_test(close_finishes_make_rivals_and_the_weakest_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
