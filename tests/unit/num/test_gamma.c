#include "ht.h"

#include "num/dmath.h"
#include "num/gamma.h"

static const double euler = 0.577215664901532860607;

/* Abramowitz & Stegun 1964, 6.3.2 to 6.3.4, 6.4.1 to 6.4.4 */
static void values_are_those_of_the_closed_forms(void **state)
{
    (void)state;
    const double pi2 = HM_PI * HM_PI;
    ht_near(hm_digamma(1), -euler, 1e-13, 0);
    ht_near(hm_digamma(0.5), -euler - 2 * log(2.0), 1e-13, 0);
    ht_near(hm_digamma(5), -euler + 1 + 0.5 + 1.0 / 3 + 0.25, 1e-13, 0);
    ht_near(hm_trigamma(1), pi2 / 6, 1e-13, 0);
    ht_near(hm_trigamma(0.5), pi2 / 2, 1e-12, 0);
    ht_near(hm_trigamma(3), pi2 / 6 - 1.25, 1e-13, 0);
}

/* psi(x + 1) = psi(x) + 1/x, psi'(x + 1) = psi'(x) - 1/x^2, at any x */
static void they_recur(void **state)
{
    (void)state;
    for (double x = 0.01; x < 1e4; x *= 1.7) {
        ht_near(hm_digamma(x + 1), hm_digamma(x) + 1 / x, 1e-12, 1e-12);
        ht_near(hm_trigamma(x + 1), hm_trigamma(x) - 1 / (x * x), 1e-11, 1e-12);
    }
}

/* psi' is the slope of psi, psi that of ln gamma. */
static void each_is_the_slope_of_the_one_before(void **state)
{
    (void)state;
    for (double x = 0.2; x < 100; x *= 1.9) {
        double h = 1e-5 * x;
        ht_near(hm_digamma(x), (lgamma(x + h) - lgamma(x - h)) / (2 * h), 1e-8, 1e-8);
        ht_near(hm_trigamma(x), (hm_digamma(x + h) - hm_digamma(x - h)) / (2 * h), 1e-8, 1e-8);
    }
}

static void the_inverse_leads_back(void **state)
{
    (void)state;
    for (double y = 1e-6; y < 1e4; y *= 1.9)
        ht_near(hm_trigamma(hm_trigamma_inverse(y)), y, 0, 1e-11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_those_of_the_closed_forms),
        cmocka_unit_test(they_recur),
        cmocka_unit_test(each_is_the_slope_of_the_one_before),
        cmocka_unit_test(the_inverse_leads_back),
    };
    return cmocka_run_group_tests_name("num/gamma", tests, NULL, NULL);
}
