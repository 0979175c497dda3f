/* The look `sound` is near black and does not flash: measured on its drawn frames, in relative
 * luminance (WCAG 2.x: of linear light, white = 1). */
#include "film_steps.h"
#include "ht.h"

#include <string.h>

#include "stage/look.h"
#include "stage/show.h"

enum { W = 320, H = 180, FRAMES = 24 };

typedef struct bounds {
    double mean, most_mean_step; /* of the whole picture, and of it from frame to frame */
    double bright_frac;          /* most of the picture above a tenth of white */
    double most_step;            /* of any patch of 8 x 8 pixels in a frame */
    double flash_frac;           /* area that goes up or down by a tenth within half a second */
} bounds;

static double linear(uint8_t v)
{
    double s = v / 255.0;
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

enum { PX = W / 8, PY = H / 8 };

static void patches(const hm_picture *p, double lum[PY][PX], double *bright)
{
    int n = 0;
    memset(lum, 0, sizeof(double) * PX * PY);
    for (int y = 0; y < PY * 8; y++)
        for (int x = 0; x < PX * 8; x++) {
            const uint8_t *c = p->rgbx + (size_t)y * (size_t)p->stride + (size_t)(4 * x);
            double l = 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
            lum[y / 8][x / 8] += l / 64;
            n += l > 0.1;
        }
    *bright = (double)n / (W * H);
}

/* A film in the look, ready to be drawn. */
typedef struct stage {
    hm_arena a;
    hm_race race;
    hm_film film;
    hm_show *show;
} stage;

static void stage_open(stage *s, film_race_kind kind)
{
    hm_arena_init(&s->a, 0);
    s->race = film_race_stepping(&s->a, kind);
    hm_direct_opts d = hm_direct_opts_default();
    d.cut = HM_CUT_LOOK, d.look = "sound", d.w_px = W, d.h_px = H;
    assert_int_equal(hm_look_direct(hm_look_find("sound"), &s->race, &d, &s->a, &s->film, NULL),
                     HM_OK);
    hm_show_opts o = hm_show_opts_default();
    o.look = "sound", o.w_px = W, o.h_px = H, o.n_hold = 1, o.overlays = false;
    assert_int_equal(hm_show_new(&s->race, &s->film, &o, &s->show, NULL), HM_OK);
}

static void stage_close(stage *s)
{
    hm_show_destroy(s->show);
    hm_arena_free(&s->a);
}

static bounds measure(stage *s, double race_from_s)
{
    double from_s = race_from_s - s->film.shot[0].race_from_s;
    static double lum[FRAMES][PY][PX];
    bounds b = {0};
    double last = 0;
    for (int k = 0; k < FRAMES; k++) {
        const hm_picture *pic;
        double bright, mean = 0;
        assert_int_equal(hm_show_draw_at(s->show, 0, from_s + k / 24.0, &pic, NULL), HM_OK);
        patches(pic, lum[k], &bright);
        b.bright_frac = fmax(b.bright_frac, bright);
        for (int y = 0; y < PY; y++)
            for (int x = 0; x < PX; x++) {
                mean += lum[k][y][x] / (PX * PY);
                if (k > 0)
                    b.most_step = fmax(b.most_step, fabs(lum[k][y][x] - lum[k - 1][y][x]));
            }
        b.mean += mean / FRAMES;
        if (k > 0)
            b.most_mean_step = fmax(b.most_mean_step, fabs(mean - last));
        last = mean;
    }
    int n = 0;
    for (int y = 0; y < PY; y++)
        for (int x = 0; x < PX; x++) {
            double swing = 0;
            for (int k = 12; k < FRAMES; k++)
                for (int j = 1; j <= 12; j++)
                    swing = fmax(swing, fabs(lum[k][y][x] - lum[k - j][y][x]));
            n += swing > 0.1;
        }
    b.flash_frac = (double)n / (PX * PY);
    return b;
}

/* A flash counts from a quarter of the picture on, by a tenth of white and more (WCAG 2.3.1, a
 * general flash); here a hundredth of the picture may swing so far. */
static void check(stage *s, double race_from_s)
{
    bounds b = measure(s, race_from_s);
    if (b.flash_frac >= 0.01)
        print_message("# mean %.4f step %.4f bright %.4f patch %.4f flash %.4f\n", b.mean,
                      b.most_mean_step, b.bright_frac, b.most_step, b.flash_frac);
    assert_true(b.mean < 0.02);
    assert_true(b.most_mean_step < 0.003);
    assert_true(b.bright_frac < 0.015);
    assert_true(b.flash_frac < 0.01);
    assert_true(b.most_step < 0.1);
}

/* Everybody steps at once here, in the first race: the worst there is. In the silence nothing is
 * touched: no light but the edges of who waits; behind the line the stands rise slowly. */
static void the_race_is_near_black_and_does_not_flash(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, FILM_RACE_EIGHT);
    check(&s, 1.0);
    check(&s, 7.0);
    check(&s, 9.4);
    bounds quiet = measure(&s, -1.6), run = measure(&s, 5.0);
    assert_true(quiet.mean < 0.002);
    assert_true(quiet.most_mean_step < 0.0005);
    assert_true(quiet.bright_frac == 0);
    assert_true(run.mean > 1.3 * quiet.mean);
    stage_close(&s);
}

static void a_school_field_is_as_dark(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, FILM_RACE_SCHOOL);
    check(&s, 4.0);
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_race_is_near_black_and_does_not_flash),
        cmocka_unit_test(a_school_field_is_as_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
