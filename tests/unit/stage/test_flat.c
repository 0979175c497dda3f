/* The stage's paints on colours from elsewhere: what each does to light, shade, place and paper. */
#include "ht.h"

#include <math.h>

#include "stage/flat.h"

static const char *const paints[] = {"cel", "watercolour", "motion"};
enum { N_PAINT = 3 };

static float luma(hm_rgb c)
{
    return 0.30f * c.r + 0.59f * c.g + 0.11f * c.b;
}

static float chroma(hm_rgb c)
{
    return fmaxf(c.r, fmaxf(c.g, c.b)) - fminf(c.r, fminf(c.g, c.b));
}

static bool in_range(hm_rgb c)
{
    return c.r >= 0 && c.g >= 0 && c.b >= 0 && c.r <= 1 && c.g <= 1 && c.b <= 1;
}

static void shade_is_darker_than_light_and_colours_stay_in_range(void **state)
{
    (void)state;
    for (int k = 0; k < N_PAINT; k++) {
        const hm_paint *paint = hm_paint_find(paints[k]);
        assert_non_null(paint);
        for (int i = 0; i < 27; i++) {
            hm_rgb seen = {0.5f * (float)(i % 3), 0.5f * (float)(i / 3 % 3), 0.5f * (float)(i / 9)};
            hm_rgb dark = {0.6f * seen.r, 0.6f * seen.g, 0.6f * seen.b};
            hm_rgb lit = hm_flat_figure(paint, seen, dark, true);
            hm_rgb cut = hm_flat_figure(paint, seen, dark, false);
            assert_true(in_range(lit) && in_range(cut));
            assert_true(luma(cut) <= luma(lit) + 1e-6f);
            if (luma(seen) > 0.2f)
                assert_true(luma(cut) < luma(lit) - 0.02f);
        }
    }
}

/* A grey has no colour to be muted or made stronger: it comes out grey, lighter by the same share.
 */
static void a_grey_in_the_light_stays_that_grey(void **state)
{
    (void)state;
    for (int k = 0; k < N_PAINT; k++) {
        const hm_paint *paint = hm_paint_find(paints[k]);
        hm_rgb a = hm_flat_figure(paint, (hm_rgb){0.2f, 0.2f, 0.2f}, (hm_rgb){0, 0, 0}, true);
        hm_rgb b = hm_flat_figure(paint, (hm_rgb){0.6f, 0.6f, 0.6f}, (hm_rgb){0, 0, 0}, true);
        assert_true(chroma(a) < 1e-6f && chroma(b) < 1e-6f);
        ht_near((double)(b.r / a.r), 3, 1e-5, 0);
    }
}

/* Cel and motion mute the place behind their figures; all go toward their paper. */
static void the_place_stays_behind_the_figures(void **state)
{
    (void)state;
    hm_rgb seen = {0.8f, 0.2f, 0.1f};
    for (int k = 0; k < N_PAINT; k++) {
        const hm_paint *paint = hm_paint_find(paints[k]);
        hm_rgb figure = hm_flat_figure(paint, seen, seen, true);
        double sum = 0;
        int n = 0;
        for (float y = 200; y < 520; y += 37)
            for (float x = 300; x < 980; x += 41) {
                hm_rgb place = hm_flat_place(paint, seen, x, y, 1280, 720);
                assert_true(in_range(place));
                sum += (double)chroma(place), n++;
            }
        assert_true(sum / n < (double)chroma(figure) - 0.05);
    }
}

/* Ragged, but bare at the very rim and covered in the middle; motion runs off its sheet. */
static void cel_and_watercolour_leave_the_rim_of_the_sheet_bare(void **state)
{
    (void)state;
    hm_rgb seen = {0.1f, 0.1f, 0.4f};
    for (int k = 0; k < N_PAINT; k++) {
        const hm_paint *paint = hm_paint_find(paints[k]);
        hm_rgb paper = hm_flat_paper(paint);
        int n_bare = 0;
        for (float y = 40; y < 680; y += 20) {
            hm_rgb rim = hm_flat_place(paint, seen, 0.5f, y, 1280, 720);
            hm_rgb mid = hm_flat_place(paint, seen, 640, y, 1280, 720);
            n_bare += fabsf(rim.r - paper.r) < 0.02f && fabsf(rim.b - paper.b) < 0.02f;
            assert_true(fabsf(mid.r - paper.r) > 0.2f);
        }
        if (k < 2)
            assert_int_equal(n_bare, 32);
        else
            assert_int_equal(n_bare, 0);
    }
}

static void noise_is_smooth_bounded_and_of_its_seed(void **state)
{
    (void)state;
    double sum = 0, other = 0;
    int n = 0;
    for (float x = -30; x < 30; x += 0.37f, n++) {
        float a = hm_flat_noise(x, 2.5f, 1), b = hm_flat_noise(x + 1e-3f, 2.5f, 1);
        assert_true(a >= -1 && a <= 1);
        assert_true(fabsf(a - b) < 0.02f);
        sum += (double)a;
        other += (double)fabsf(a - hm_flat_noise(x, 2.5f, 2));
    }
    assert_true(fabs(sum / n) < 0.15);
    assert_true(other / n > 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shade_is_darker_than_light_and_colours_stay_in_range),
        cmocka_unit_test(a_grey_in_the_light_stays_that_grey),
        cmocka_unit_test(the_place_stays_behind_the_figures),
        cmocka_unit_test(cel_and_watercolour_leave_the_rim_of_the_sheet_bare),
        cmocka_unit_test(noise_is_smooth_bounded_and_of_its_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
