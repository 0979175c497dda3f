#include "ht.h"

#include <stdbool.h>

#include "race/prior.h"

static hm_prior_key key_of(uint64_t person, hm_sex sex, double age_yr, double time_s)
{
    return (hm_prior_key){
        .seed = 1, .person = person, .day = 3, .sex = sex, .age_yr = age_yr, .time_s = time_s};
}

/* 24 finalists: median 0.149 s; 0.080 + lognormal (median 0.069, sigma 0.41), sprint finals
 * 1987-2009 */
static void elite_reactions_are_those_of_finals(void **state)
{
    (void)state;
    enum { N = 4000 };
    int below = 0;
    double sum = 0;
    for (uint64_t i = 0; i < N; i++) {
        hm_prior_key k = key_of(i, HM_SEX_MEN, 25, 9.95);
        double r = hm_prior_reaction_s(&k);
        assert_true(r >= 0.100 && r < 0.30);
        below += r < 0.149;
        sum += r;
    }
    ht_near((double)below / N, 0.5, 0.04, 0);
    ht_near(sum / N, 0.155, 0.008, 0);
}

static void means_of_size_are_those_of_the_school_survey(void **state)
{
    (void)state;
    enum { N = 4000 };
    double h = 0, m = 0;
    for (uint64_t i = 0; i < N; i++) {
        hm_prior_key k = key_of(i, HM_SEX_MEN, 6.5, 22);
        double stature = hm_prior_stature_m(&k);
        h += stature;
        m += hm_prior_mass_kg(&k, stature);
    }
    ht_near(h / N, 1.166, 0.004, 0); /* boys of 6, Japan 2013 */
    ht_near(m / N, 21.3, 0.5, 0);
}

static void a_tall_runner_is_heavier(void **state)
{
    (void)state;
    hm_prior_key k = key_of(5, HM_SEX_MEN, 25, 10);
    assert_true(hm_prior_mass_kg(&k, 1.95) > hm_prior_mass_kg(&k, 1.75) + 8);
}

static void a_person_keeps_his_size_and_has_other_days(void **state)
{
    (void)state;
    hm_prior_key a = key_of(hm_prior_person("Darvis Patton", 7), HM_SEX_MEN, 31, 10.3), b = a;
    b.day = hm_prior_day("Olympic Games", "2008-08-16", "final");
    assert_true(a.day != b.day);
    assert_true(hm_prior_stature_m(&a) == hm_prior_stature_m(&b));
    assert_true(hm_prior_shape_of(&a).tau_s != hm_prior_shape_of(&b).tau_s);
    assert_true(hm_prior_person("", 3) != hm_prior_person("", 4));
    assert_true(hm_prior_person("A", 3) == hm_prior_person("A", 4));
}

static void children_reach_their_speed_sooner_and_slow_runners_fade_less(void **state)
{
    (void)state;
    enum { N = 400 };
    double tau[3] = {0}, fade[3] = {0};
    const double age[] = {25, 8, 30}, time_s[] = {9.9, 20, 13};
    for (int g = 0; g < 3; g++)
        for (uint64_t i = 0; i < N; i++) {
            hm_prior_key k = key_of(i, HM_SEX_MEN, age[g], time_s[g]);
            hm_prior_shape s = hm_prior_shape_of(&k);
            tau[g] += s.tau_s / N;
            fade[g] += s.decay_mps2 / N;
            assert_true(s.tau_s > 0.5 && s.tau_s < 1.7 && s.decay_mps2 >= 0);
        }
    ht_near(tau[0], 1.32, 0.02, 0);
    ht_near(tau[1], 0.92, 0.03, 0);
    assert_true(tau[2] > 1.2 && fade[0] > fade[2] && fade[2] > fade[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elite_reactions_are_those_of_finals),
        cmocka_unit_test(means_of_size_are_those_of_the_school_survey),
        cmocka_unit_test(a_tall_runner_is_heavier),
        cmocka_unit_test(a_person_keeps_his_size_and_has_other_days),
        cmocka_unit_test(children_reach_their_speed_sooner_and_slow_runners_fade_less),
    };
    return cmocka_run_group_tests_name("race/prior", tests, NULL, NULL);
}
