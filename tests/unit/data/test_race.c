#include "ht.h"

#include "data/race.h"

/* x = t^3 - t^4 / 8 for 0 <= t <= 2: rest at the gun, never falling. A cubic Hermite through exact
 * values and slopes errs by at most h^4 / 384 max|x''''| (Davis, Interpolation and Approximation).
 */
enum { N = 201 };

static double quartic_m(double t)
{
    return t * t * t - t * t * t * t / 8;
}

static double quartic_mps(double t)
{
    return 3 * t * t - t * t * t / 2;
}

static hm_curve quartic(void)
{
    static double x[N], v[N];
    for (int i = 0; i < N; i++) {
        x[i] = quartic_m(0.01 * i);
        v[i] = quartic_mps(0.01 * i);
    }
    return (hm_curve){.dt_s = 0.01, .n = N, .x_m = x, .v_mps = v};
}

static void between_samples_the_curve_is_as_near_as_theory_says(void **state)
{
    (void)state;
    hm_curve c = quartic();
    for (int k = 0; k <= 4000; k++) {
        double t = 0.0005 * k;
        ht_near(hm_curve_x_m(&c, t), quartic_m(t), 3.0 * 1e-8 / 384 + 1e-14, 0);
        ht_near(hm_curve_v_mps(&c, t), quartic_mps(t), 1e-6, 0);
    }
}

static void before_the_gun_and_after_the_end_it_stays(void **state)
{
    (void)state;
    hm_curve c = quartic();
    assert_true(hm_curve_x_m(&c, -3) == 0 && hm_curve_v_mps(&c, -3) == 0);
    ht_near(hm_curve_x_m(&c, 99), 6, 1e-12, 0);
    ht_near(hm_curve_v_mps(&c, 99), 8, 1e-12, 0);
    hm_curve none = {0};
    assert_true(hm_curve_x_m(&none, 1) == 0 && hm_curve_v_mps(&none, 1) == 0);
}

static void time_at_a_place_is_the_inverse(void **state)
{
    (void)state;
    hm_curve c = quartic();
    for (int k = 1; k < 60; k++) {
        double x = 0.1 * k;
        ht_near(hm_curve_x_m(&c, hm_curve_time_s(&c, x)), x, 2e-8, 0);
    }
    ht_near(hm_curve_time_s(&c, 0), 0, 0, 0);
    assert_true(hm_curve_time_s(&c, 6.1) < 0);
    assert_true(hm_curve_time_s(&c, NAN) < 0);
}

static void lanes_lie_as_on_a_track_of_eight(void **state)
{
    (void)state;
    ht_near(hm_lane_centre_m(4), 0.61, 1e-12, 0);
    ht_near(hm_lane_centre_m(5), -0.61, 1e-12, 0);
    ht_near(hm_lane_centre_m(1), 4.27, 1e-12, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_samples_the_curve_is_as_near_as_theory_says),
        cmocka_unit_test(before_the_gun_and_after_the_end_it_stays),
        cmocka_unit_test(time_at_a_place_is_the_inverse),
        cmocka_unit_test(lanes_lie_as_on_a_track_of_eight),
    };
    return cmocka_run_group_tests_name("data/race", tests, NULL, NULL);
}
