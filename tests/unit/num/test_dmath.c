#include "ht.h"

#include <stdbool.h>
#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "num/dmath.h"

/* Distance in last places of the double nearest to want. */
static double ulp_off(double got, long double want)
{
    double near = (double)want, up = nextafter(fabs(near), (double)INFINITY);
    long double ulp = (long double)up - (long double)fabs(near);
    return (double)(fabsl((long double)got - want) / ulp);
}

typedef double fn1(double);
typedef long double fn1l(long double);

/* Largest distance over n even and n random arguments in [lo, hi]. */
static double worst_ulp(fn1 *f, fn1l *ref, double lo, double hi, int n)
{
    double worst = 0;
    for (int i = 0; i <= 2 * n; i++) {
        double u = i <= n ? (double)i / n : hm_rng_unit(7, HM_FOR_TEST, 1, (uint32_t)i, 0);
        double x = lo + (hi - lo) * u;
        double off = ulp_off(f(x), ref((long double)x));
        if (!(off <= worst))
            worst = off;
    }
    return worst;
}

/* Arguments spread evenly over powers of two, both signs where wanted. */
static double worst_ulp_small(fn1 *f, fn1l *ref, int e_lo, int e_hi, bool both)
{
    double worst = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        double u = hm_rng_unit(8, HM_FOR_TEST, 1, i, 0), v = hm_rng_unit(8, HM_FOR_TEST, 1, i, 1);
        double x = ldexp(1 + v, e_lo + (int)(u * (e_hi - e_lo)));
        if (both && i & 1)
            x = -x;
        double off = ulp_off(f(x), ref((long double)x));
        if (!(off <= worst))
            worst = off;
    }
    return worst;
}

#define N 20000
static const double LIMIT = 2.0;

static void trigonometry_is_within_two_places(void **state)
{
    (void)state;
    assert_true(worst_ulp(hm_sin, sinl, -10, 10, N) <= LIMIT);
    assert_true(worst_ulp(hm_cos, cosl, -10, 10, N) <= LIMIT);
    assert_true(worst_ulp(hm_tan, tanl, -10, 10, N) <= 2.5);
    assert_true(worst_ulp(hm_sin, sinl, -1e6, 1e6, N) <= LIMIT);
    assert_true(worst_ulp(hm_cos, cosl, -1e6, 1e6, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_sin, sinl, -60, 3, true) <= LIMIT);
    assert_true(worst_ulp_small(hm_tan, tanl, -60, 3, true) <= 2.5);
}

static void sine_keeps_its_digits_beside_multiples_of_a_quarter_turn(void **state)
{
    (void)state;
    for (int n = 1; n < 600000; n += 577) {
        double x = (double)((long double)n * 1.57079632679489661923132169163975144L);
        assert_true(ulp_off(hm_sin(x), sinl((long double)x)) <= LIMIT);
        assert_true(ulp_off(hm_cos(x), cosl((long double)x)) <= LIMIT);
    }
}

static void exponentials_are_within_two_places(void **state)
{
    (void)state;
    assert_true(worst_ulp(hm_exp, expl, -708, 709.7, N) <= LIMIT);
    assert_true(worst_ulp(hm_exp, expl, -2, 2, N) <= LIMIT);
    assert_true(worst_ulp(hm_exp, expl, -745, -708, N) <= LIMIT);
    assert_true(worst_ulp(hm_expm1, expm1l, -40, 700, N) <= LIMIT);
    assert_true(worst_ulp(hm_expm1, expm1l, -2, 2, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_expm1, expm1l, -70, 5, true) <= LIMIT);
    assert_true(worst_ulp(hm_tanh, tanhl, -25, 25, N) <= LIMIT);
    assert_true(worst_ulp(hm_tanh, tanhl, -2, 2, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_tanh, tanhl, -40, 5, true) <= LIMIT);
}

static void logarithms_are_within_two_places(void **state)
{
    (void)state;
    assert_true(worst_ulp(hm_log, logl, 1e-9, 4, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_log, logl, -1070, 1023, false) <= LIMIT);
    assert_true(worst_ulp(hm_log1p, log1pl, -0.9999, 5, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_log1p, log1pl, -70, 1000, false) <= LIMIT);
}

static void powers_are_within_two_places(void **state)
{
    (void)state;
    double worst = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        double u = hm_rng_unit(9, HM_FOR_TEST, 1, i, 0), v = hm_rng_unit(9, HM_FOR_TEST, 1, i, 1);
        double x = i % 2 ? 3 * u : ldexp(1 + u, (int)(i % 1000) - 500);
        double limit = 690 / fabs(log(x)), y = (2 * v - 1) * (limit < 50 ? limit : 50);
        worst = fmax(worst, ulp_off(hm_pow(x, y), powl((long double)x, (long double)y)));
    }
    assert_true(worst <= LIMIT);
    ht_near(hm_pow(2, 10), 1024, 0, 0);
    ht_near(hm_pow(1 + 0x1p-52, 0x1p52), exp(1), 1e-12, 0);
}

static void arcs_are_within_two_places(void **state)
{
    (void)state;
    assert_true(worst_ulp(hm_atan, atanl, -4, 4, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_atan, atanl, -60, 60, true) <= LIMIT);
    assert_true(worst_ulp(hm_asin, asinl, -1, 1, N) <= LIMIT);
    assert_true(worst_ulp(hm_acos, acosl, -1, 1, N) <= LIMIT);
    assert_true(worst_ulp(hm_acos, acosl, 0.999, 1, N) <= LIMIT);
    assert_true(worst_ulp_small(hm_asin, asinl, -60, -1, true) <= LIMIT);
    double worst = 0;
    for (uint32_t i = 0; i < 50000; i++) {
        double y = 2 * hm_rng_unit(3, HM_FOR_TEST, 1, i, 0) - 1;
        double x = 2 * hm_rng_unit(3, HM_FOR_TEST, 1, i, 1) - 1;
        y = ldexp(y, (int)(i % 40) - 20);
        worst = fmax(worst, ulp_off(hm_atan2(y, x), atan2l((long double)y, (long double)x)));
    }
    assert_true(worst <= LIMIT);
}

static void ends_of_the_ranges_are_as_documented(void **state)
{
    (void)state;
    assert_true(isinf(hm_exp(710)) && hm_exp(-746) == 0 && hm_exp(0) == 1);
    assert_true(hm_exp(-745) > 0 && hm_expm1(0) == 0 && hm_expm1(-60) == -1);
    assert_true(isinf(hm_log(0)) && isnan(hm_log(-1)) && hm_log(1) == 0);
    assert_true(isinf(hm_log1p(-1)) && isnan(hm_log1p(-2)) && hm_log1p(0) == 0);
    assert_true(hm_pow(0, 0) == 1 && hm_pow(0, 2) == 0 && isinf(hm_pow(0, -1)));
    assert_true(isnan(hm_pow(-1, 2)) && hm_pow(1, 1e300) == 1);
    assert_true(isinf(hm_pow(10, 400)) && hm_pow(10, -400) == 0);
    assert_true(isnan(hm_sin(2e6)) && isnan(hm_cos((double)NAN)) && hm_sin(0) == 0 &&
                hm_cos(0) == 1);
    assert_true(isnan(hm_asin(1.1)) && isnan(hm_acos(-1.1)));
    ht_near(hm_asin(1), HM_PI / 2, 0, 0);
    ht_near(hm_acos(-1), HM_PI, 0, 0);
    assert_true(hm_acos(1) == 0 && hm_atan2(0, 1) == 0 && hm_atan2(0, 0) == 0);
    ht_near(hm_atan2(0, -1), HM_PI, 0, 0);
    ht_near(hm_atan2(1, 0), HM_PI / 2, 0, 0);
    ht_near(hm_atan2(-1, 0), -HM_PI / 2, 0, 0);
    assert_true(hm_tanh(30) == 1 && hm_tanh(-30) == -1 && isnan(hm_tanh((double)NAN)));
}

static uint64_t hash_of(uint64_t h, double v)
{
    uint64_t u;
    memcpy(&u, &v, sizeof u);
    return hm_hash_u64(h, u);
}

/* The figure was taken from gcc -O2; gcc -O0, -O3 and clang must give it too. */
static void all_bits_are_the_same_with_every_compiler(void **state)
{
    (void)state;
    uint64_t h = HM_HASH_START;
    for (uint32_t i = 0; i < 20000; i++) {
        double u = hm_rng_unit(5, HM_FOR_TEST, 2, i, 0), v = hm_rng_unit(5, HM_FOR_TEST, 2, i, 1);
        double x = 40 * (u - 0.5), c = 2 * u - 1;
        fn1 *any[] = {hm_sin, hm_cos, hm_tan, hm_exp, hm_expm1, hm_atan, hm_tanh};
        for (int k = 0; k < 7; k++)
            h = hash_of(h, any[k](x));
        h = hash_of(h, hm_log(u));
        h = hash_of(h, hm_log1p(c));
        h = hash_of(h, hm_asin(c));
        h = hash_of(h, hm_acos(c));
        h = hash_of(h, hm_pow(40 * u, 20 * v - 10));
        h = hash_of(h, hm_atan2(c, v - 0.5));
    }
    assert_true(h == UINT64_C(0x13154283d72fb67f));
}

static void exponentials_of_many_are_those_of_one(void **state)
{
    (void)state;
    enum { MANY = 1003 };
    static double x[MANY], y[MANY];
    const double odd[] = {
        (double)NAN, (double)INFINITY, -(double)INFINITY, 0, -0.0, 709.9, -708.5, -745.1, 700};
    uint64_t seed = 1;
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < MANY; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            double u = (double)(seed >> 11) * 0x1p-53 - 0.5;
            /* halves of ln 2 are where rounding to a power of two is decided */
            x[i] = round % 4 == 0   ? 1500 * u
                   : round % 4 == 1 ? 2 * u
                   : round % 4 == 2 ? (floor(200 * u) + 0.5) * 0.69314718055994531 * (1 + 4e-16 * u)
                                    : -20 * u * u;
            if (round % 10 == 9 && i % 7 == 0)
                x[i] = odd[i / 7 % 9];
        }
        hm_exp_all(MANY, x, y);
        for (int i = 0; i < MANY; i++) {
            double one = hm_exp(x[i]);
            assert_memory_equal(&one, &y[i], sizeof one);
        }
        hm_exp_all(MANY, x, x);
        if (round % 10 != 9)
            assert_memory_equal(x, y, sizeof x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trigonometry_is_within_two_places),
        cmocka_unit_test(sine_keeps_its_digits_beside_multiples_of_a_quarter_turn),
        cmocka_unit_test(exponentials_are_within_two_places),
        cmocka_unit_test(exponentials_of_many_are_those_of_one),
        cmocka_unit_test(logarithms_are_within_two_places),
        cmocka_unit_test(powers_are_within_two_places),
        cmocka_unit_test(arcs_are_within_two_places),
        cmocka_unit_test(ends_of_the_ranges_are_as_documented),
        cmocka_unit_test(all_bits_are_the_same_with_every_compiler),
    };
    return cmocka_run_group_tests_name("num/dmath", tests, NULL, NULL);
}
