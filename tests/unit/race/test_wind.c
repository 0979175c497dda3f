#include "odds_support.h"

#include "num/dmath.h"
#include "race/wind.h"

enum { N = 20000 };
static const int32_t lane[] = {1, 4, 8};

/* Sums over drawn winds of products of what stands at two places. */
static double mean_of_product(const hm_gust_law *law, int i, int k, int j, int l)
{
    double sum = 0, w[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    for (uint32_t n = 0; n < N; n++) {
        hm_gust_draw(law, 3, n, HM_WIND_CELL_MAX, w);
        sum += (w[i][k] - law->mean_mps) * (w[j][l] - law->mean_mps);
    }
    return sum / N;
}

/* Each estimate from 20 000 winds has a standard error below sd^2 sqrt(2 / N). */
static void gusts_have_the_variance_and_the_memory_of_the_law(void **state)
{
    (void)state;
    hm_gust_law law;
    hm_gust_law_make(1.0, 1, 3, lane, &law);
    double var = 0.4 * 0.4, error = 4.5 * var * sqrt(2.0 / N);
    ht_near(law.sd_mps, 0.4, 1e-12, 0);
    ht_near(mean_of_product(&law, 0, 0, 0, 0), var, error, 0);
    ht_near(mean_of_product(&law, 2, 20, 2, 20), var, error, 0);
    ht_near(mean_of_product(&law, 1, 3, 1, 7), var * exp(-1), error, 0);
    /* lanes 1 and 8 are 7 x 1.22 m apart */
    ht_near(mean_of_product(&law, 0, 5, 2, 5), var * exp(-7 * 1.22 / 15), error, 0);
    ht_near(mean_of_product(&law, 0, 5, 2, 7), var * exp(-7 * 1.22 / 15 - 0.5), error, 0);
    /* the gauge: 2 m beside lane 1, so 2.61 m from its middle */
    ht_near(mean_of_product(&law, 0, 5, 3, 5), var * exp(-2.61 / 15 - 25.0 / 60), error, 0);
}

/* sd of a mean over n of an AR(1): the textbook's closed form. */
static void the_gauge_reads_a_mean_as_sure_as_the_closed_form_says(void **state)
{
    (void)state;
    hm_gust_law law;
    hm_gust_law_make(-1.0, 1, 3, lane, &law);
    double a[HM_WIND_GAUGE_S], phi = exp(-0.25), n = HM_WIND_GAUGE_S;
    for (int k = 0; k < HM_WIND_GAUGE_S; k++)
        a[k] = 1.0 / HM_WIND_GAUGE_S;
    double want =
        0.4 *
        sqrt(((1 + phi) / (1 - phi) - 2 * phi * (1 - pow(phi, n)) / (n * (1 - phi) * (1 - phi))) /
             n);
    ht_near(hm_gust_sum_sd(&law, HM_WIND_GAUGE_S, a), want, 1e-12, 0);
    double square = 0, w[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    for (uint32_t k = 0; k < N; k++) {
        double sum = 0;
        hm_gust_draw(&law, 8, k, HM_WIND_CELL_MAX, w);
        for (int c = 0; c < HM_WIND_GAUGE_S; c++)
            sum += w[3][c] / HM_WIND_GAUGE_S;
        square += (sum + 1) * (sum + 1) / N;
    }
    ht_near(sqrt(square), want, 0, 0.02);
}

static void without_gusts_the_mean_blows_everywhere(void **state)
{
    (void)state;
    hm_gust_law law;
    double w[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    hm_gust_law_make(1.7, 0, 3, lane, &law);
    hm_gust_draw(&law, 1, 1, HM_WIND_CELL_MAX, w);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < HM_WIND_CELL_MAX; k++)
            assert_true(w[i][k] == 1.7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gusts_have_the_variance_and_the_memory_of_the_law),
        cmocka_unit_test(the_gauge_reads_a_mean_as_sure_as_the_closed_form_says),
        cmocka_unit_test(without_gusts_the_mean_blows_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
