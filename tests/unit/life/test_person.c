#include "ht.h"

#include <string.h>

#include "life/state.h"

enum { N = 40000 };

static void constants_have_the_law_of_the_page(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    double z = 0, z2 = 0, d2 = 0, e = 0, f = 0, f2 = 0, b = 0, k2 = 0;
    for (uint64_t id = 0; id < N; id++) {
        hm_person p = hm_person_draw(5, id, HM_SEX_MEN, &q);
        z += p.talent_z / N;
        z2 += p.talent_z * p.talent_z / N;
        d2 += p.timing_y * p.timing_y / N;
        e += p.trainable_ln / N;
        f += p.fragility / N;
        f2 += p.fragility * p.fragility / N;
        b += p.birth_frac / N;
        k2 += p.confidence_z * p.confidence_z / N;
        assert_true(p.fragility > 0 && p.trainable_ln > 0);
        assert_true(p.birth_frac > 0 && p.birth_frac < 1);
    }
    /* four standard errors of the mean of 40,000 */
    ht_near(z, 0, 0.02, 0);
    ht_near(z2, 1, 0.03, 0);
    ht_near(sqrt(d2), q.timing_sd_y, 0, 0.015);
    ht_near(e, q.trainable_ln, 0, 0.006);
    ht_near(f, 1, 0.012, 0);
    ht_near(f2 - f * f, 1.0 / 3, 0, 0.06); /* gamma of shape 3 */
    ht_near(b, 0.5, 0.006, 0);
    ht_near(sqrt(k2), q.confidence_sd, 0, 0.015);
}

static void two_persons_and_two_worlds_differ(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_person a = hm_person_draw(5, 1, HM_SEX_MEN, &q), b = hm_person_draw(5, 2, HM_SEX_MEN, &q);
    hm_person c = hm_person_draw(6, 1, HM_SEX_MEN, &q),
              again = hm_person_draw(5, 1, HM_SEX_MEN, &q);
    assert_true(a.talent_z != b.talent_z && a.talent_z != c.talent_z && b.talent_z != c.talent_z);
    assert_true(a.talent_z == again.talent_z && a.win_frac == again.win_frac);
}

static void beliefs_keep_what_is_set(void **state)
{
    (void)state;
    hm_life_state s = {0};
    for (int b = 0; b < HM_BELIEF_COUNT; b++) {
        hm_belief_set(&s, (hm_belief)b, 0.1 * b + 0.05);
        ht_near(hm_belief_of(&s, (hm_belief)b), 0.1 * b + 0.05, 1e-5, 0);
    }
    hm_belief_set(&s, HM_BELIEF_JOY, 2);
    assert_true(hm_belief_of(&s, HM_BELIEF_JOY) == 1);
    hm_belief_set(&s, HM_BELIEF_JOY, -1);
    assert_true(hm_belief_of(&s, HM_BELIEF_JOY) == 0);
    assert_string_equal(hm_belief_word(HM_BELIEF_FEAR), "fear");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constants_have_the_law_of_the_page),
        cmocka_unit_test(two_persons_and_two_worlds_differ),
        cmocka_unit_test(beliefs_keep_what_is_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
