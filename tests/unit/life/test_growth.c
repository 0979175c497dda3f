#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "life/growth.h"
#include "num/dmath.h"
#include "num/stat.h"

static FILE *open_table(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/life/%s", getenv("HM_DATA_DIR"), name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    return f;
}

/* Mean and sd over the timing d by quadrature, size and timing independent. */
static void population(hm_sex sex, double age_y, double *mean, double *sd)
{
    hm_life_params params = hm_life_params_default(sex);
    double sum = 0, square = 0, weight = 0;
    for (int i = 0; i <= 400; i++) {
        double z = -5 + i * 0.025, w = hm_exp(-z * z / 2);
        hm_person p = {.sex = sex, .height_ratio = 1, .timing_y = z * params.timing_sd_y};
        double h = hm_height_cm(&p, age_y);
        sum += w * h;
        square += w * h * h;
        weight += w;
    }
    double cv = sex == HM_SEX_MEN ? 0.0337 : 0.0334;
    *mean = sum / weight;
    *sd = sqrt(square / weight * (1 + cv * cv) - *mean * *mean);
}

static void heights_are_those_of_the_check_table(void **state)
{
    (void)state;
    FILE *f = open_table("growth_check.csv");
    char row[256], sex;
    int label, n = 0;
    double age_y, average, mean, sd;
    assert_non_null(fgets(row, sizeof row, f));
    while (fgets(row, sizeof row, f)) {
        assert_int_equal(
            sscanf(row, "%c,%d,%lf,%lf,%lf,%lf", &sex, &label, &age_y, &average, &mean, &sd), 6);
        hm_person p = {.sex = sex == 'm' ? HM_SEX_MEN : HM_SEX_WOMEN, .height_ratio = 1};
        double got_mean, got_sd;
        population(p.sex, age_y, &got_mean, &got_sd);
        ht_near(hm_height_cm(&p, age_y), average, 0.0006, 0);
        ht_near(got_mean, mean, 0.002, 0);
        ht_near(got_sd, sd, 0.002, 0);
        n++;
    }
    fclose(f);
    assert_int_equal(n, 24);
}

static void heights_are_those_of_the_survey(void **state)
{
    (void)state;
    FILE *f = open_table("jp_growth_by_age.csv");
    char row[256], sex;
    int label, n = 0;
    double want_mean, want_sd;
    assert_non_null(fgets(row, sizeof row, f));
    while (fgets(row, sizeof row, f)) {
        assert_int_equal(sscanf(row, "%c,%d,%lf,%lf", &sex, &label, &want_mean, &want_sd), 4);
        double mean, sd;
        population(sex == 'm' ? HM_SEX_MEN : HM_SEX_WOMEN, label + 0.6, &mean, &sd);
        ht_near(mean, want_mean, 0.28, 0);
        ht_near(sd, want_sd, 0.40, 0);
        n++;
    }
    fclose(f);
    assert_int_equal(n, 24);
}

static void growth_is_fastest_at_the_peak(void **state)
{
    (void)state;
    static const double want_cm_per_y[] = {8.11, 7.20};
    for (int sex = 0; sex < 2; sex++)
        for (double d = -1; d <= 1; d += 0.5) {
            hm_person p = {.sex = (hm_sex)sex, .height_ratio = 1, .timing_y = d};
            double at = hm_phv_age_y(&p), peak = hm_height_velocity_cm_per_y(&p, at);
            double tenth = 0.1, h = 1e-5;
            assert_true(peak > hm_height_velocity_cm_per_y(&p, at - tenth));
            assert_true(peak > hm_height_velocity_cm_per_y(&p, at + tenth));
            ht_near(peak, (hm_height_cm(&p, at + h) - hm_height_cm(&p, at - h)) / (2 * h), 1e-5, 0);
            if (d == 0)
                ht_near(peak, want_cm_per_y[sex], 0.006, 0);
        }
}

static void ratios_are_those_of_the_table_and_near_the_survey(void **state)
{
    (void)state;
    FILE *f = open_table("growth_ratio.csv"), *of = open_table("bio_age_ratio.csv");
    char row[256], sex, sex_there;
    double age_y, age_there_y, survey, t50_s, table, want;
    int n = 0;
    assert_non_null(fgets(row, sizeof row, f));
    assert_non_null(fgets(row, sizeof row, of));
    while (fgets(row, sizeof row, f)) {
        assert_int_equal(sscanf(row, "%c,%lf,%lf,%lf", &sex, &age_y, &survey, &want), 4);
        assert_non_null(fgets(row, sizeof row, of));
        assert_int_equal(sscanf(row, "%c,%lf,%lf,%lf", &sex_there, &age_there_y, &t50_s, &table),
                         4);
        hm_sex s = sex == 'm' ? HM_SEX_MEN : HM_SEX_WOMEN;
        double adult_s = s == HM_SEX_MEN ? 7.15 : 8.50;
        ht_near(hm_growth_ratio(s, age_y), want, 1e-9, 0);
        ht_near(hm_exp(hm_growth_ln(s, age_y)), want, 1e-9, 0);
        /* the rule that the survey's table was made by: T100 = 2 T50 - 0.6 */
        assert_true(sex == sex_there && age_y == age_there_y && survey == table);
        ht_near(survey, (2 * t50_s - 0.6) / (2 * adult_s - 0.6), 1e-5, 0);
        /* T1 holds the mean of a class to 2.5 %; a single node may stand a little farther off */
        assert_true(age_y > 15 || fabs(want / survey - 1) < 0.035);
        n++;
    }
    fclose(f);
    fclose(of);
    assert_int_equal(n, 26);
}

static void who_matures_early_is_older_for_a_while(void **state)
{
    (void)state;
    hm_life_params params = hm_life_params_default(HM_SEX_MEN);
    params.timing_weight = 1;
    hm_person early = {.timing_y = -1}, late = {.timing_y = 1};
    ht_near(hm_bio_age_y(&params, &early, 8), 8.45, 1e-12, 0);
    ht_near(hm_bio_age_y(&params, &early, 13), 14, 1e-12, 0);
    ht_near(hm_bio_age_y(&params, &late, 17.5), 17, 1e-12, 0);
    ht_near(hm_bio_age_y(&params, &late, 19.5), 19.5, 1e-12, 0);
    for (double age_y = 6; age_y < 25; age_y += 0.01)
        assert_true(hm_growth_ln(HM_SEX_MEN, hm_bio_age_y(&params, &early, age_y)) <=
                    hm_growth_ln(HM_SEX_MEN, hm_bio_age_y(&params, &late, age_y)));
}

static void ageing_starts_at_the_peak_and_never_turns(void **state)
{
    (void)state;
    hm_life_params params = hm_life_params_default(HM_SEX_MEN);
    assert_true(hm_ageing_ln(&params, 26) == 0);
    ht_near(hm_ageing_ln(&params, 30), 0.0015 * 4 + 0.0004 * 16, 1e-12, 0);
    ht_near(hm_ageing_ln(&params, 40) - hm_ageing_ln(&params, 35), 5 * 0.0055, 1e-12, 0);
    for (double age_y = 26; age_y < 50; age_y += 0.1)
        assert_true(hm_ageing_ln(&params, age_y + 0.1) > hm_ageing_ln(&params, age_y));
}

static void coaches_reckon_maturity_by_the_published_equations(void **state)
{
    (void)state;
    /* worked by hand: 13 y, 160 cm, leg 75 cm, 50 kg */
    ht_near(hm_maturity_mirwald_y(HM_SEX_MEN, 13, 160, 75, 50),
            -9.236 + 0.0002708 * 75 * 85 - 0.001663 * 13 * 75 + 0.007216 * 13 * 85 +
                0.02292 * 31.25,
            1e-12, 0);
    ht_near(hm_maturity_moore_y(HM_SEX_WOMEN, 11, 145, 68), -7.709133 + 0.0042232 * 11 * 145, 1e-12,
            0);
    /* the survey's mean boy of 13.6 is near his peak by Moore, as life's tables say */
    hm_person boy = {.height_ratio = 1};
    double leg = hm_leg_length_cm(&boy, 13.6);
    ht_near(hm_maturity_moore_y(HM_SEX_MEN, 13.6, hm_height_cm(&boy, 13.6), leg), 0, 0.15, 0);
}

static void masses_have_the_mean_and_spread_of_the_survey(void **state)
{
    (void)state;
    hm_life_params params = hm_life_params_default(HM_SEX_MEN);
    enum { N = 20000 };
    double sum = 0, square = 0;
    for (uint64_t id = 0; id < N; id++) {
        hm_person p = hm_person_draw(7, id, HM_SEX_MEN, &params);
        double m = hm_mass_kg(&p, 14.6);
        sum += m;
        square += m * m;
    }
    ht_near(sum / N, 54.0, 0.5, 0);
    ht_near(sqrt(square / N - sum / N * sum / N), 10.0, 0.8, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_are_those_of_the_check_table),
        cmocka_unit_test(heights_are_those_of_the_survey),
        cmocka_unit_test(growth_is_fastest_at_the_peak),
        cmocka_unit_test(ratios_are_those_of_the_table_and_near_the_survey),
        cmocka_unit_test(who_matures_early_is_older_for_a_while),
        cmocka_unit_test(ageing_starts_at_the_peak_and_never_turns),
        cmocka_unit_test(coaches_reckon_maturity_by_the_published_equations),
        cmocka_unit_test(masses_have_the_mean_and_spread_of_the_survey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
