/* Every look stages any race; what the looks promise of cameras, bodies and light holds. */
#include "film_race.h"
#include "ht.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

static hm_film staged(const hm_look *look, const hm_race *r, hm_arena *a)
{
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = HM_CUT_LOOK;
    o.look = hm_look_name(look);
    o.w_px = 160, o.h_px = 90;
    hm_film f = {0};
    hm_err e = {0};
    if (hm_look_direct(look, r, &o, a, &f, &e) != HM_OK) {
        char text[512];
        hm_err_text(&e, text, sizeof text);
        fail_msg("%s: %s", hm_look_name(look), text);
    }
    return f;
}

/* Runners who stop anywhere, never start, take five minutes. */
static hm_race odd_race(hm_arena *a, uint32_t i)
{
    hm_race r = film_race(a, FILM_RACE_TEN);
    uint32_t d = 0;
    double best_s = 8 * hm_exp(3.6 * hm_rng_unit(5, HM_FOR_TEST, i, 0, d++));
    r.n_lane = 1 + (int32_t)(9.99 * hm_rng_unit(5, HM_FOR_TEST, i, 0, d++));
    for (int32_t k = 0; k < r.n_lane; k++) {
        double u = hm_rng_unit(5, HM_FOR_TEST, i, 1, d++), stop_m = 100;
        double time_s = best_s * (1 + 0.4 * hm_rng_unit(5, HM_FOR_TEST, i, 2, d++));
        if (u < 0.3)
            stop_m = 1 + 98 * hm_rng_unit(5, HM_FOR_TEST, i, 3, d++);
        if (u > 0.9 && k > 0)
            time_s = 0;
        r.lane[k] = film_race_lane(a, k + 1, "A", time_s, 0.15, stop_m);
    }
    film_race_rank(&r);
    return r;
}

static void every_look_stages_any_race(void **state)
{
    (void)state;
    for (int32_t n = 0; hm_look_at(n); n++)
        for (uint32_t i = 0; i < 40; i++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_race r = odd_race(&a, i);
            hm_film f = staged(hm_look_at(n), &r, &a);
            assert_true(f.duration_s > 8);
            for (int k = 0; k <= 100; k++) {
                hm_moment m;
                hm_film_at(&f, &r, f.duration_s * k / 100, &m);
                assert_true(isfinite(m.camera.eye_m.x) && isfinite(m.camera.eye_m.y) &&
                            isfinite(m.camera.eye_m.z) && m.camera.eye_m.y > 0.02f);
            }
            hm_arena_free(&a);
        }
}

static const hm_shot *shot_named(const hm_film *f, const char *name)
{
    for (int32_t i = 0; i < f->n_shot; i++)
        if (strcmp(f->shot[i].name, name) == 0)
            return &f->shot[i];
    return NULL;
}

/* Adolescence shows who runs unlike, beside one another; abstraction ends in the clear instant. */
static void looks_stage_what_they_are_about(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_TEN);
    r.lane[3].form = "ragged";
    hm_film f = staged(hm_look_find("rotoscope"), &r, &a);
    const hm_shot *two = shot_named(&f, "two"), *nape = shot_named(&f, "shoulders");
    assert_true(two && nape && shot_named(&f, "breath") && shot_named(&f, "set") &&
                shot_named(&f, "feet") && shot_named(&f, "beaten"));
    assert_int_equal(two->n_lane, 2);
    assert_true((two->lane[0] == 3) != (two->lane[1] == 3));
    assert_int_equal(nape->lane[0], 3);
    f = staged(hm_look_find("smear"), &r, &a);
    const hm_shot *clear = shot_named(&f, "clear");
    assert_non_null(clear);
    double line_s = 1e9;
    for (int32_t i = 0; i < r.n_lane; i++)
        if (r.lane[i].time_us > 0)
            line_s = fmin(line_s, 1e-6 * (double)r.lane[i].time_us);
    assert_true(clear->race_from_s < line_s && clear->race_to_s > line_s && clear->rate < 0.5);
    hm_arena_free(&a);
}

/* One shot, and nowhere a jump: the eye never moves faster than a runner by much nor turns faster
 * than a head. */
static void the_rain_is_one_unbroken_shot(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_TEN);
    hm_film f = staged(hm_look_find("rain"), &r, &a);
    assert_int_equal(f.n_shot, 1);
    assert_true(fabs(f.shot[0].rate - 1) < 1e-12);
    hm_moment m, before;
    hm_film_at(&f, &r, 0, &before);
    for (double t = 1 / 24.0; t < f.duration_s; t += 1 / 24.0) {
        hm_film_at(&f, &r, t, &m);
        float went = hm_v3_len(hm_v3_sub(m.camera.eye_m, before.camera.eye_m));
        hm_vec3 to = hm_v3_unit(hm_v3_sub(m.camera.aim_m, m.camera.eye_m));
        hm_vec3 was = hm_v3_unit(hm_v3_sub(before.camera.aim_m, before.camera.eye_m));
        float turned = hm_v3_len(hm_v3_sub(to, was));
        if (went > 15.0f / 24 || turned > 1.6f / 24)
            fail_msg("at %.2f s: %.2f m/s, %.2f rad/s", t, (double)went * 24, (double)turned * 24);
        before = m;
    }
    hm_arena_free(&a);
}

static double mean_light(const hm_picture *p)
{
    double sum = 0;
    for (int32_t y = 0; y < p->h_px; y++)
        for (int32_t x = 0; x < p->w_px; x++) {
            const uint8_t *c = p->rgbx + (size_t)y * (size_t)p->stride + 4 * (size_t)x;
            sum += 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
        }
    return sum / (255.0 * p->w_px * p->h_px);
}

/* Nearly black, and no picture differs from the next by a tenth of white (WCAG 2.3.1: that is what
 * a flash is). */
static void the_look_by_ear_is_dark_and_does_not_flash(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_TEN);
    hm_film f = staged(hm_look_find("sound"), &r, &a);
    hm_show_opts o = hm_show_opts_default();
    o.w_px = 160, o.h_px = 90, o.look = "sound", o.overlays = false;
    hm_show *show = NULL;
    hm_err e = {0};
    assert_int_equal(hm_show_new(&r, &f, &o, &show, &e), HM_OK);
    double was = -1, most = 0;
    for (double t = 6.6; t < 9; t += 1 / 24.0) {
        const hm_picture *pic;
        assert_int_equal(hm_show_draw_at(show, 0, t, &pic, &e), HM_OK);
        double light = mean_light(pic);
        most = fmax(most, light);
        if (was >= 0)
            assert_true(fabs(light - was) < 0.02);
        was = light;
    }
    assert_true(most > 0.002 && most < 0.06);
    hm_show_destroy(show);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_look_stages_any_race),
        cmocka_unit_test(looks_stage_what_they_are_about),
        cmocka_unit_test(the_rain_is_one_unbroken_shot),
        cmocka_unit_test(the_look_by_ear_is_dark_and_does_not_flash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
