#include "ht.h"
#include "odds_plot_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* Counts of a normal law with this mean and sd, in hundredths that are rounded up. */
static hm_odds_count normal_counts(double mean_s, double sd_s, double n)
{
    hm_odds_count c = {.from_cs = (int32_t)floor(100 * mean_s) - HM_ODDS_CS_MAX / 2};
    for (int k = 0; k < HM_ODDS_CS_MAX; k++) {
        double hi = ((c.from_cs + k) / 100.0 - mean_s) / sd_s / sqrt(2),
               lo = hi - 0.01 / sd_s / sqrt(2);
        c.n[k] = (int32_t)lrint(n * 0.5 * (erfc(lo) - erfc(hi)));
    }
    return c;
}

static void a_density_has_the_area_one_and_the_height_of_its_law(void **state)
{
    (void)state;
    static double x_s[HM_ODDS_CS_MAX], per_s[HM_ODDS_CS_MAX];
    const double sd_s = 0.08;
    hm_odds_count c = normal_counts(9.87, sd_s, 1e6);
    odds_plot_density(&c, sd_s, x_s, per_s);
    double area = 0, mean_s = 0, most = 0;
    for (int k = 0; k < HM_ODDS_CS_MAX; k++) {
        area += 0.01 * per_s[k];
        mean_s += 0.01 * per_s[k] * x_s[k];
        most = fmax(most, per_s[k]);
    }
    ht_near(area, 1, 1e-12, 0);
    ht_near(mean_s, 9.87, 1e-4, 0); /* the middle of a hundredth, not its upper end */
    ht_near(most, 1 / (sd_s * sqrt(HM_TAU)), 0, 0.02);
}

static void quantiles_of_counts_are_those_of_the_law(void **state)
{
    (void)state;
    hm_odds_count c = normal_counts(9.87, 0.08, 1e6);
    ht_near(odds_plot_quantile_s(&c, 0.5), 9.87, 5e-4, 0);
    ht_near(odds_plot_quantile_s(&c, 0.05), 9.87 - 1.6449 * 0.08, 5e-4, 0);
    ht_near(odds_plot_quantile_s(&c, 0.95), 9.87 + 1.6449 * 0.08, 5e-4, 0);
    hm_odds_count one = {.from_cs = 950, .n = {[37] = 12}}; /* all of them ran 9.87 */
    ht_near(odds_plot_quantile_s(&one, 1), 9.87, 1e-12, 0);
    ht_near(odds_plot_quantile_s(&one, 1e-9), 9.86, 1e-8, 0);
}

static void percents_have_the_figures_that_mean_something(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot p;
    hm_err err = {0};
    assert_int_equal(plot_begin(&p, &arena, 1, &err), HM_OK);
    assert_string_equal(odds_plot_percent(&p, 0), "0");
    assert_string_equal(odds_plot_percent(&p, 0.00003), "<0.01");
    assert_string_equal(odds_plot_percent(&p, 0.0004), "0.04");
    assert_string_equal(odds_plot_percent(&p, 0.613), "61.3");
    assert_string_equal(odds_plot_percent(&p, 0.9996), ">99.9");
    assert_string_equal(odds_plot_percent(&p, 1), "100");
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_density_has_the_area_one_and_the_height_of_its_law),
        cmocka_unit_test(quantiles_of_counts_are_those_of_the_law),
        cmocka_unit_test(percents_have_the_figures_that_mean_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
