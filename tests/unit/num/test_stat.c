#include "ht.h"

#include "num/stat.h"

/* Quantiles of the standard normal, published to 15 digits and more in many tables. */
static void normal_quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    ht_near(hm_normal_of(0.5), 0, 1e-15, 0);
    ht_near(hm_normal_of(0.975), 1.959963984540054, 1e-12, 0);
    ht_near(hm_normal_of(0.95), 1.644853626951473, 1e-12, 0);
    ht_near(hm_normal_of(0.999), 3.090232306167813, 1e-12, 0);
    ht_near(hm_normal_of(1e-9), -5.997807015007687, 1e-11, 0);
}

static void it_inverts_the_distribution_of_libm(void **state)
{
    (void)state;
    for (double z = -7; z <= 5; z += 0.01)
        ht_near(hm_normal_of(0.5 * erfc(-z / sqrt(2))), z, 1e-10, 0);
}

static void larger_draws_give_larger_values(void **state)
{
    (void)state;
    double last = -1e9;
    for (int i = 1; i < 40000; i++) {
        double z = hm_normal_of(i / 40000.0);
        assert_true(z > last);
        last = z;
    }
}

static void the_cut_holds(void **state)
{
    (void)state;
    ht_near(hm_normal_cut(1e-7, 10, 2, 2.5), 5, 1e-12, 0);
    ht_near(hm_normal_cut(0.9999999, 10, 2, 2.5), 15, 1e-12, 0);
    ht_near(hm_normal_cut(0.5, 10, 2, 2.5), 10, 1e-12, 0);
    assert_true(isnan(hm_normal_of(0)) && isnan(hm_normal_of(1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_quantiles_are_those_of_the_tables),
        cmocka_unit_test(it_inverts_the_distribution_of_libm),
        cmocka_unit_test(larger_draws_give_larger_values),
        cmocka_unit_test(the_cut_holds),
    };
    return cmocka_run_group_tests_name("num/stat", tests, NULL, NULL);
}
