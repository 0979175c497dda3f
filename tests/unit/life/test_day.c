#include "ht.h"

#include "life/day.h"
#include "num/dmath.h"

static hm_life_state steady(void)
{
    hm_life_state s = {.technique = 0.6f, .since_weeks = {HM_NEVER_WEEKS, HM_NEVER_WEEKS}};
    s.fit = 6.5138979f;
    s.fat = 1.5819767f;
    return s;
}

static void form_is_zero_in_steady_training_and_peaks_with_rest(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    q.injury = false;
    hm_person p = {.fragility = 1, .trainable_ln = 0.4};
    /* rest of one week, of two, and a week of 1.5: worked out in docs/physics/life.md */
    static const struct {
        double load;
        int weeks;
        double want;
    } check[] = {{0, 1, 0.48}, {0, 2, 0.58}, {1.5, 1, -0.24}, {1, 1, 0}};
    for (int i = 0; i < 4; i++) {
        hm_life_state s = steady();
        for (int k = 0; k < check[i].weeks; k++) {
            hm_week w = {.seed = 1, .school_age = 20, .week = k};
            hm_week_plan plan = hm_week_plan_of(&q, 20, 0.6);
            plan.load = check[i].load;
            hm_week_live(&q, &p, &w, &plan, &s, NULL, NULL);
        }
        ht_near(hm_form_of(&s), check[i].want, 0.005, 0);
    }
}

static void a_time_is_its_level_and_the_account_of_the_day(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person p = hm_person_draw(2, 9, HM_SEX_MEN, &q);
    hm_life_state s = steady();
    s.since_weeks[HM_SITE_HAMSTRING] = 4;
    hm_week w = {.seed = 2, .school_age = 20, .week = 20};
    hm_day_in in = {.level = HM_MEET_FINAL, .p_win = 0.4, .n_rival = 1, .conditions_ln = -0.004};
    hm_day_out out = hm_day_run(&q, &p, &s, &w, &in);
    hm_level level = hm_level_of(&q, &p, &s, hm_week_age_y(&w, &p));
    ht_near(out.ln_t, hm_log(hm_level_s(&level)) + hm_account_sum(&out.account), 1e-12, 0);
    ht_near(out.account.ln[HM_TERM_INJURY], 0.015 * exp(-0.5), 1e-9, 0);
    assert_true(out.account.ln[HM_TERM_CONDITIONS] == -0.004);
    assert_true(out.account.ln[HM_TERM_GROWTH] == 0);

    /* off = exactly 0, and the luck of the day stays the same */
    q.mind = q.rivals = q.ideas = false;
    hm_day_out off = hm_day_run(&q, &p, &s, &w, &in);
    assert_true(off.account.ln[HM_TERM_MIND] == 0 && off.account.ln[HM_TERM_RIVAL] == 0);
    assert_true(off.account.ln[HM_TERM_LUCK] == out.account.ln[HM_TERM_LUCK]);
}

static void luck_has_its_spread_and_differs_by_race(void **state)
{
    (void)state;
    enum { N = 20000 };
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person p = hm_person_draw(2, 9, HM_SEX_MEN, &q);
    hm_life_state s = steady();
    double sum = 0, square = 0;
    for (int i = 0; i < N; i++) {
        hm_week w = {.seed = 2, .school_age = 10 + i / 104, .week = i / 2 % 52};
        hm_day_in in = {.level = HM_MEET_CLUB, .race = (uint32_t)(i % 2)};
        double luck = hm_day_run(&q, &p, &s, &w, &in).account.ln[HM_TERM_LUCK];
        sum += luck;
        square += luck * luck;
    }
    ht_near(sum / N, 0, 4 * q.day_sd_ln / sqrt(N), 0);
    ht_near(sqrt(square / N), q.day_sd_ln, 0, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(form_is_zero_in_steady_training_and_peaks_with_rest),
        cmocka_unit_test(a_time_is_its_level_and_the_account_of_the_day),
        cmocka_unit_test(luck_has_its_spread_and_differs_by_race),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
