#include "ht.h"
#include "theme_priv.h"

static void contrast_is_that_of_the_guideline(void **state)
{
    (void)state;
    const chart_rgb black = {0, 0, 0}, white = {1, 1, 1},
                    grey = {119 / 255.0, 119 / 255.0, 119 / 255.0};
    ht_near(chart_contrast(black, white), 21, 1e-12, 0);
    ht_near(chart_contrast(white, white), 1, 1e-12, 0);
    ht_near(chart_contrast(grey, white), 4.48, 0.005, 0); /* #777777, the known near miss of 4.5 */
}

static void each_ink_is_seen_on_paper(void **state)
{
    (void)state;
    for (int i = 0; i < HM_INK_COUNT; i++) {
        assert_true(chart_contrast(chart_ink_rgb((hm_chart_ink)i, 0), chart_paper()) >= 3);
        assert_true(chart_contrast(chart_ink_text((hm_chart_ink)i), chart_paper()) >= 4.5);
    }
    assert_true(chart_contrast(chart_muted_rgb(), chart_paper()) >= 7);
    assert_true(chart_contrast(chart_text_rgb(), chart_paper()) >= 7);
}

static double to_linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* CIE L*a*b* (D65) of linear sRGB */
static void lab_of(const double c[3], double lab[3])
{
    double x = (0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505;
    double y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    double z = (0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089;
    double f[3] = {x, y, z};
    for (int i = 0; i < 3; i++)
        f[i] = f[i] > 0.008856 ? cbrt(f[i]) : 7.787 * f[i] + 16.0 / 116;
    lab[0] = 116 * f[1] - 16;
    lab[1] = 500 * (f[0] - f[1]);
    lab[2] = 200 * (f[1] - f[2]);
}

/* source Vienot, Brettel and Mollon 1999 as linear sRGB matrices (recalled): protan, deutan */
static const double eye[3][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
    {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}};

static void inks_hold_apart_for_colour_blind_eyes(void **state)
{
    (void)state;
    for (int e = 0; e < 3; e++)
        for (int i = 0; i < HM_INK_GREY; i++)
            for (int k = 0; k < i; k++) {
                double lab[2][3];
                for (int m = 0; m < 2; m++) {
                    chart_rgb c = chart_ink_rgb((hm_chart_ink)(m ? k : i), 0);
                    double in[3] = {to_linear(c.r), to_linear(c.g), to_linear(c.b)}, out[3];
                    for (int r = 0; r < 3; r++)
                        out[r] = eye[e][r][0] * in[0] + eye[e][r][1] * in[1] + eye[e][r][2] * in[2];
                    lab_of(out, lab[m]);
                }
                double d = sqrt(pow(lab[0][0] - lab[1][0], 2) + pow(lab[0][1] - lab[1][1], 2) +
                                pow(lab[0][2] - lab[1][2], 2));
                if (d < 20)
                    fail_msg("inks %d and %d are %.1f apart for eye %d", i, k, d, e);
            }
}

static void nothing_is_too_small_at_half_size(void **state)
{
    (void)state;
    for (int i = 0; i < CHART_STYLE_COUNT; i++)
        assert_true(chart_style_pt((chart_style)i) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_the_guideline),
        cmocka_unit_test(each_ink_is_seen_on_paper),
        cmocka_unit_test(inks_hold_apart_for_colour_blind_eyes),
        cmocka_unit_test(nothing_is_too_small_at_half_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
