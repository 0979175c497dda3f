#include "ht.h"

#include "num/root.h"

static double cube(const void *ctx, double x, double *slope)
{
    const double *target = ctx;
    *slope = 3 * x * x;
    return x * x * x - *target;
}

static double falling(const void *ctx, double x, double *slope)
{
    (void)ctx;
    *slope = -exp(-x);
    return exp(-x) - 0.25;
}

static void finds_roots_of_rising_and_falling_functions(void **state)
{
    (void)state;
    double t = 27;
    ht_near(hm_root(cube, &t, 0, 10, 9, 1e-15), 3, 0, 1e-14);
    ht_near(hm_root(falling, NULL, 0, 10, 0.1, 1e-15), log(4), 0, 1e-14);
}

static void survives_a_flat_start_and_a_guess_outside(void **state)
{
    (void)state;
    double t = 8;
    ht_near(hm_root(cube, &t, -1, 10, 0, 1e-15), 2, 0, 1e-14); /* slope 0 at the guess */
    ht_near(hm_root(cube, &t, 0, 10, 50, 1e-15), 2, 0, 1e-14);
}

static void an_end_that_is_the_root_is_returned(void **state)
{
    (void)state;
    double t = 8;
    ht_near(hm_root(cube, &t, 2, 5, 3, 1e-15), 2, 0, 1e-14);
    ht_near(hm_root(cube, &t, 3, 5, 4, 1e-15), 3, 0, 0); /* no root inside: the nearer end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_roots_of_rising_and_falling_functions),
        cmocka_unit_test(survives_a_flat_start_and_a_guess_outside),
        cmocka_unit_test(an_end_that_is_the_root_is_returned),
    };
    return cmocka_run_group_tests_name("num/root", tests, NULL, NULL);
}
