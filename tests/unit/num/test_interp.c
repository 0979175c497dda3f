#include "ht.h"

#include "base/rng.h"
#include "num/interp.h"

static void a_hermite_piece_has_its_ends_and_slopes(void **state)
{
    (void)state;
    hm_hermite p = {1, 4, -2, 3, 0.5};
    ht_near(hm_hermite_at(&p, 0), 1, 0, 0);
    ht_near(hm_hermite_at(&p, 1), 4, 1e-15, 0);
    ht_near(hm_hermite_slope(&p, 0), -2, 1e-14, 0);
    ht_near(hm_hermite_slope(&p, 1), 3, 1e-13, 0);
    for (double u = 0.1; u < 1; u += 0.1) {
        double h = 1e-5, per = 2 * h * p.h;
        ht_near(hm_hermite_slope(&p, u),
                (hm_hermite_at(&p, u + h) - hm_hermite_at(&p, u - h)) / per, 1e-7, 0);
        ht_near(hm_hermite_bend(&p, u),
                (hm_hermite_slope(&p, u + h) - hm_hermite_slope(&p, u - h)) / per, 1e-6, 0);
    }
}

static double draw(uint32_t i)
{
    return hm_rng_unit(11, HM_FOR_TEST, 3, i, 0);
}

static void rising_points_give_a_rising_curve(void **state)
{
    (void)state;
    enum { N = 7 };
    double x[N], y[N], s[N];
    for (uint32_t run = 0; run < 300; run++) {
        for (uint32_t i = 0; i < N; i++) {
            double step = draw(run * 20 + i);
            x[i] = (i ? x[i - 1] : 0) + 0.05 + draw(run * 20 + 10 + i);
            y[i] = (i ? y[i - 1] : 0) + step * step * step;
        }
        hm_monotone_slopes(N, x, y, s);
        for (int i = 0; i < N - 1; i++) {
            hm_hermite p = {y[i], y[i + 1], s[i], s[i + 1], x[i + 1] - x[i]};
            for (double u = 0; u <= 1; u += 0.05)
                assert_true(hm_hermite_slope(&p, u) >= -1e-12);
        }
    }
}

static void a_straight_line_stays_straight(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2.5, 3}, y[] = {1, 3, 6, 7};
    double s[4], work[4];
    hm_monotone_slopes(4, x, y, s);
    for (int i = 0; i < 4; i++)
        ht_near(s[i], 2, 1e-14, 0);
    hm_spline_slopes(4, x, y, 2, s, work);
    for (int i = 0; i < 4; i++)
        ht_near(s[i], 2, 1e-14, 0);
}

static void peaks_are_flat_and_a_cycle_closes(void **state)
{
    (void)state;
    const double x[] = {0, 0.2, 0.5, 0.9}, y[] = {1, 3, 2, -1};
    double s[4], moved[4];
    hm_monotone_slopes_periodic(4, x, y, 1, s);
    assert_true(s[1] == 0 && s[3] == 0); /* highest and lowest */
    assert_true(s[0] > 0 && s[2] < 0);
    /* the same cycle entered at another point */
    const double x2[] = {0.2, 0.5, 0.9, 1.0}, y2[] = {3, 2, -1, 1};
    hm_monotone_slopes_periodic(4, x2, y2, 1, moved);
    for (int i = 0; i < 4; i++)
        ht_near(moved[i], s[(i + 1) % 4], 1e-12, 0);
}

static void the_spline_bends_without_jumps(void **state)
{
    (void)state;
    enum { N = 6 };
    double x[N], y[N], s[N], work[N];
    for (uint32_t i = 0; i < N; i++) {
        x[i] = (i ? x[i - 1] : 0) + 0.2 + draw(5000 + i);
        y[i] = draw(6000 + i);
    }
    hm_spline_slopes(N, x, y, 0.7, s, work);
    ht_near(s[0], 0.7, 0, 0);
    for (int i = 1; i < N - 1; i++) {
        hm_hermite a = {y[i - 1], y[i], s[i - 1], s[i], x[i] - x[i - 1]};
        hm_hermite b = {y[i], y[i + 1], s[i], s[i + 1], x[i + 1] - x[i]};
        ht_near(hm_hermite_bend(&a, 1), hm_hermite_bend(&b, 0), 1e-10, 1e-10);
    }
    hm_hermite last = {y[N - 2], y[N - 1], s[N - 2], s[N - 1], x[N - 1] - x[N - 2]};
    ht_near(hm_hermite_bend(&last, 1), 0, 1e-10, 0);
}

static void pieces_are_found(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, 4};
    assert_int_equal(hm_piece_of(4, x, -1), 0);
    assert_int_equal(hm_piece_of(4, x, 0.5), 0);
    assert_int_equal(hm_piece_of(4, x, 1), 1);
    assert_int_equal(hm_piece_of(4, x, 3.9), 2);
    assert_int_equal(hm_piece_of(4, x, 9), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hermite_piece_has_its_ends_and_slopes),
        cmocka_unit_test(rising_points_give_a_rising_curve),
        cmocka_unit_test(a_straight_line_stays_straight),
        cmocka_unit_test(peaks_are_flat_and_a_cycle_closes),
        cmocka_unit_test(the_spline_bends_without_jumps),
        cmocka_unit_test(pieces_are_found),
    };
    return cmocka_run_group_tests_name("num/interp", tests, NULL, NULL);
}
