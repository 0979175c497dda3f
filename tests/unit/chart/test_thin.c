#include "ht.h"
#include "panel_priv.h"

enum { N = 100000 };

static void few_points_stay_as_they_are(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, 3}, y[] = {5, 4, 7, 7};
    double xo[4], yo[4];
    assert_int_equal(chart_thin_line(4, x, y, 0.25, xo, yo), 4);
    for (int i = 0; i < 4; i++) {
        assert_true(xo[i] == x[i]);
        assert_true(yo[i] == y[i]);
    }
}

static void gaps_stay_one_each(void **state)
{
    (void)state;
    const double x[] = {0, NAN, NAN, 3, 4, NAN}, y[] = {0, 1, 2, 3, 4, 5};
    double xo[6], yo[6];
    int32_t n = chart_thin_line(6, x, y, 0.25, xo, yo);
    assert_int_equal(n, 5);
    assert_true(isnan(xo[1]) && isnan(xo[4]));
    assert_true(xo[2] == 3 && xo[3] == 4);
}

static void a_crowd_keeps_its_extremes(void **state)
{
    (void)state;
    static double x[N], y[N], xo[N], yo[N];
    for (int i = 0; i < N; i++) {
        x[i] = 400.0 * i / N;
        y[i] = sin(i * 0.37) + (i == 77777 ? 9 : 0);
    }
    int32_t n = chart_thin_line(N, x, y, 0.25, xo, yo);
    assert_in_range(n, 1600, 4 * 1600); /* first, lowest, highest, last of 1600 columns */
    double hi = -1, lo = 1;
    for (int32_t i = 0; i < n; i++) {
        hi = yo[i] > hi ? yo[i] : hi;
        lo = yo[i] < lo ? yo[i] : lo;
        assert_true(i == 0 || xo[i] >= xo[i - 1]);
    }
    ht_near(hi, y[77777], 0, 0);
    assert_true(lo < -0.9999);
    assert_true(xo[0] == x[0] && xo[n - 1] == x[N - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_points_stay_as_they_are),
        cmocka_unit_test(gaps_stay_one_each),
        cmocka_unit_test(a_crowd_keeps_its_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
