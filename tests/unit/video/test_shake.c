/* One drawing, looked at from beside by known parts of a pixel. */
#include "ht.h"
#include "video/shake.h"

#include <math.h>

enum { W = 480, H = 270 };

static uint8_t picture[W * H];

/* Soft blobs on a grid that fits into nothing: corners everywhere. */
static double luma_at(double u, double v)
{
    return 120 + 60 * sin(u * 0.37) * cos(v * 0.33) + 30 * sin(u * 0.093 + v * 0.071);
}

static hm_clip_image seen(double du, double dv, double light)
{
    for (int v = 0; v < H; v++)
        for (int u = 0; u < W; u++)
            picture[v * W + u] = (uint8_t)lround(luma_at(u - du, v - dv) + light);
    return (hm_clip_image){
        .width_px = W, .height_px = H, .stride = W, .bytes = picture, .white = 255};
}

static hm_shake begun(void)
{
    static const hm_view view = {.width_px = W, .height_px = H};
    hm_marks marks = hm_marks_default();
    hm_shake s;
    hm_clip_image im = seen(0, 0, 0);
    hm_shake_init(&s, &im, &view, &marks);
    assert_true(s.n >= 4);
    return s;
}

static void shifts_are_found_to_a_tenth_of_a_pixel(void **state)
{
    (void)state;
    static const double by[][2] = {{0, 0},      {0.4, -0.3}, {1.7, 0.8},
                                   {3.1, -0.6}, {4.1, -2.4}, {4.1, -4.6}};
    hm_shake s = begun();
    for (size_t k = 0; k < sizeof by / sizeof *by; k++) {
        hm_clip_image im = seen(by[k][0], by[k][1], 0);
        assert_true(hm_shake_step(&s, &im));
        ht_near(s.at_u_px, by[k][0], 0.1, 0);
        ht_near(s.at_v_px, by[k][1], 0.1, 0);
    }
    ht_near(s.most_px, hypot(4.1, 4.6), 0.2, 0);
}

static void light_does_not_count(void **state)
{
    (void)state;
    hm_shake s = begun();
    hm_clip_image im = seen(1.3, -0.6, 25);
    assert_true(hm_shake_step(&s, &im));
    ht_near(s.at_u_px, 1.3, 0.1, 0);
    ht_near(s.at_v_px, -0.6, 0.1, 0);
}

static void what_hides_a_corner_does_not_pull(void **state)
{
    (void)state;
    hm_shake s = begun();
    hm_clip_image im = seen(0.5, 0.5, 0);
    for (int v = 0; v < H; v++) /* a wall before a fifth of the picture */
        for (int u = 200; u < 296; u++)
            picture[v * W + u] = (uint8_t)(20 + 3 * (u % 5));
    assert_true(hm_shake_step(&s, &im));
    ht_near(s.at_u_px, 0.5, 0.15, 0);
    ht_near(s.at_v_px, 0.5, 0.15, 0);
}

static void camera_that_is_turned_is_told(void **state)
{
    (void)state;
    hm_shake s = begun();
    bool held = true;
    for (int k = 1; k <= 30 && held; k++) {
        hm_clip_image im = seen(k, 0, 0);
        held = hm_shake_step(&s, &im);
    }
    assert_false(held);
}

static void flat_picture_has_nothing_to_hold_on_to(void **state)
{
    (void)state;
    static const hm_view view = {.width_px = W, .height_px = H};
    hm_marks marks = hm_marks_default();
    hm_shake s;
    for (int i = 0; i < W * H; i++)
        picture[i] = 100;
    hm_clip_image im = {.width_px = W, .height_px = H, .stride = W, .bytes = picture, .white = 255};
    hm_shake_init(&s, &im, &view, &marks);
    assert_int_equal(s.n, 0);
    assert_true(hm_shake_step(&s, &im));
    assert_true(s.at_u_px == 0 && s.at_v_px == 0 && s.most_px == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shifts_are_found_to_a_tenth_of_a_pixel),
        cmocka_unit_test(light_does_not_count),
        cmocka_unit_test(what_hides_a_corner_does_not_pull),
        cmocka_unit_test(camera_that_is_turned_is_told),
        cmocka_unit_test(flat_picture_has_nothing_to_hold_on_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
