#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "num/dmath.h"
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

/* Published tables of Student's t (one-sided 0.95, 0.975, 0.995), as R's qt prints them. */
static void student_quantiles_are_those_of_the_tables(void **state)
{
    (void)state;
    static const struct {
        double dof, t95, t975, t995;
    } row[] = {
        {1, 6.313751514675043, 12.70620473617471, 63.65674116287399},
        {2, 2.919985580353726, 4.302652729749464, 9.924843200918287},
        {3, 2.353363434801823, 3.182446305284263, 5.840909309733355},
        {5, 2.015048373333024, 2.570581835636314, 4.032142983557536},
        {10, 1.812461122811676, 2.228138851986273, 3.169272672616950},
        {30, 1.697260886593957, 2.042272456301238, 2.749995653567225},
        {120, 1.657650899355229, 1.979930405082422, 2.617421145106866},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        ht_near(hm_student_t_of(0.95, row[i].dof), row[i].t95, 0, 1e-11);
        ht_near(hm_student_t_of(0.025, row[i].dof), -row[i].t975, 0, 1e-11);
        ht_near(hm_student_t_of(0.995, row[i].dof), row[i].t995, 0, 1e-11);
    }
}

/* dof 1 is Cauchy's distribution, 2 and 4 have roots for inverses. */
static void student_t_agrees_with_closed_forms(void **state)
{
    (void)state;
    for (double u = 0.001; u < 1; u += 0.0173) {
        double a = 4 * u * (1 - u), q = cos(acos(sqrt(a)) / 3) / sqrt(a);
        ht_near(hm_student_t_of(u, 1), tan(HM_PI * (u - 0.5)), 1e-12, 1e-11);
        ht_near(hm_student_t_of(u, 2), (2 * u - 1) * sqrt(2 / a), 1e-12, 1e-11);
        ht_near(hm_student_t_of(u, 4), copysign(2 * sqrt(q - 1), u - 0.5), 1e-11, 1e-11);
        ht_near(hm_student_t_of(u, INFINITY), hm_normal_of(u), 0, 1e-15);
    }
    ht_near(hm_student_t_of(1e-12, 1), -1 / (HM_PI * 1e-12), 0, 1e-9);
}

static void student_t_inverts_its_distribution_and_nears_the_normal(void **state)
{
    (void)state;
    for (double dof = 0.7; dof < 1e9; dof *= 3.1)
        for (double u = 1e-6; u < 1; u += 0.0237)
            ht_near(hm_student_t_below(hm_student_t_of(u, dof), dof), u, 1e-12, 0);
    ht_near(hm_student_t_of(0.95, 1e8), hm_normal_of(0.95), 1e-7, 0);
    assert_true(isnan(hm_student_t_of(0, 3)) && isnan(hm_student_t_of(0.5, 0)));
    ht_near(hm_student_t_of(0.5, 3), 0, 0, 0);
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

static void the_nth_is_that_of_a_sorted_copy(void **state)
{
    (void)state;
    enum { MANY = 60 };
    double v[MANY], sorted[MANY];
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        int n = 1 + round % MANY, kinds = 1 + round / 7 % 40; /* few kinds: many equals */
        for (int i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            v[i] = round % 5 == 0 ? i : round % 5 == 1 ? -i : (double)((int)(seed >> 16) % kinds);
        }
        memcpy(sorted, v, sizeof v);
        qsort(sorted, (size_t)n, sizeof *sorted, by_value);
        int k = round / 3 % n;
        ht_near(hm_nth_of(n, v, k), sorted[k], 0, 0);
        qsort(v, (size_t)n, sizeof *v, by_value);
        assert_memory_equal(v, sorted, sizeof *v * (size_t)n);
    }
}

static void the_quick_normal_is_near_the_exact_one(void **state)
{
    (void)state;
    for (int i = 1; i < 20000; i++)
        ht_near(hm_normal_near(i / 20000.0), hm_normal_of(i / 20000.0), 1e-6, 0);
    for (double p = 1e-10; p < 0.1; p *= 1.3) {
        ht_near(hm_normal_near(p), hm_normal_of(p), 1e-6, 0);
        ht_near(hm_normal_near(1 - p), hm_normal_of(1 - p), 1e-6, 0);
    }
    assert_true(isnan(hm_normal_near(0)) && isnan(hm_normal_near(1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_quick_normal_is_near_the_exact_one),
        cmocka_unit_test(normal_quantiles_are_those_of_the_tables),
        cmocka_unit_test(it_inverts_the_distribution_of_libm),
        cmocka_unit_test(larger_draws_give_larger_values),
        cmocka_unit_test(the_cut_holds),
        cmocka_unit_test(student_quantiles_are_those_of_the_tables),
        cmocka_unit_test(student_t_agrees_with_closed_forms),
        cmocka_unit_test(student_t_inverts_its_distribution_and_nears_the_normal),
        cmocka_unit_test(the_nth_is_that_of_a_sorted_copy),
    };
    return cmocka_run_group_tests_name("num/stat", tests, NULL, NULL);
}
