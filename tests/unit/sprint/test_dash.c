#include "ht.h"

#include "sprint/dash.h"

static const hm_dash elite = {{12.6, 1.34, 0.05}, 0.8}; /* near Berlin 2009, lane 4 */

static void nothing_moves_before_the_reaction_and_all_starts_from_rest(void **state)
{
    (void)state;
    assert_true(hm_dash_x_m(&elite, -0.1) == 0 && hm_dash_v_mps(&elite, 0) == 0);
    assert_true(hm_dash_a_mps2(&elite, 0) == 0);
    assert_true(hm_dash_x_m(&elite, 0.001) < 1e-6 && hm_dash_v_mps(&elite, 0.001) < 1e-2);
}

static void speed_and_acceleration_are_derivatives(void **state)
{
    (void)state;
    const double h = 1e-5;
    for (double t = 0.002; t < 10; t *= 1.15) {
        double v = (hm_dash_x_m(&elite, t + h) - hm_dash_x_m(&elite, t - h)) / (2 * h);
        double a = (hm_dash_v_mps(&elite, t + h) - hm_dash_v_mps(&elite, t - h)) / (2 * h);
        ht_near(hm_dash_v_mps(&elite, t), v, 1e-6, 1e-6);
        ht_near(hm_dash_a_mps2(&elite, t), a, 1e-3, 1e-5);
    }
}

/* Block studies: exit speed 3.2-3.6 m/s after a push of 0.35-0.40 s, mean acceleration 7.5-9.7 m/s2
 */
static void an_elite_push_leaves_the_blocks_as_measured(void **state)
{
    (void)state;
    double v = hm_dash_v_mps(&elite, 0.36);
    assert_true(v > 3.2 && v < 3.6);
    assert_true(v / 0.36 > 7.5 && v / 0.36 < 9.7);
    for (double t = 0.01; t < 9; t += 0.01)
        assert_true(hm_dash_a_mps2(&elite, t) < 13 && hm_dash_a_mps2(&elite, t) > -1);
}

static void without_a_burst_it_is_the_decay_model_a_little_later(void **state)
{
    (void)state;
    hm_dash d = {elite.decay, 0};
    for (double t = 0.5; t < 9; t += 0.5)
        ht_near(hm_dash_x_m(&d, t), hm_decay_x_m(&d.decay, t - 0.040), 1e-4, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_moves_before_the_reaction_and_all_starts_from_rest),
        cmocka_unit_test(speed_and_acceleration_are_derivatives),
        cmocka_unit_test(an_elite_push_leaves_the_blocks_as_measured),
        cmocka_unit_test(without_a_burst_it_is_the_decay_model_a_little_later),
    };
    return cmocka_run_group_tests_name("sprint/dash", tests, NULL, NULL);
}
