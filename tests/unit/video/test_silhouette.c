/* Pictures drawn here; what moves in them is known to the pixel. */
#include "ht.h"
#include "video/silhouette.h"

#include <string.h>

enum { W = 96, H = 64, BOX_U = 40, BOX_V = 20, BOX_W = 12, BOX_H = 24 };

static hm_arena arena;
static uint8_t picture[W * H];

static hm_clip_image still(int light_percent, uint32_t seed)
{
    uint32_t x = seed;
    for (int i = 0; i < W * H; i++) {
        x = x * 1664525u + 1013904223u;
        int level = 90 + 2 * (i % W % 32) + (int)(x >> 30) - 1;
        picture[i] = (uint8_t)(16 + (level - 16) * light_percent / 100);
    }
    return (hm_clip_image){
        .width_px = W, .height_px = H, .stride = W, .bytes = picture, .black = 16, .white = 235};
}

static void add_box(int at_u, int luma)
{
    for (int v = BOX_V; v < BOX_V + BOX_H; v++)
        memset(picture + (size_t)v * W + at_u, luma, BOX_W);
}

static hm_silhouette learnt(void)
{
    hm_silhouette s;
    assert_int_equal(hm_silhouette_init(&s, W, H, 4, 4, W - 4, H - 4, &arena, NULL), HM_OK);
    for (uint32_t i = 0; i < 20; i++) {
        hm_clip_image im = still(100, i + 1);
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
    }
    return s;
}

/* Every column of the box has one run of its height, and nothing else has any. */
static void box_and_nothing_else(const hm_silhouette *s, int at_u)
{
    assert_true(s->moving);
    for (int v = 0; v < s->h_px; v++)
        for (int u = 0; u < s->w_px; u++) {
            int pu = u + s->u0_px - at_u, pv = v + s->v0_px - BOX_V;
            bool in = pu >= 0 && pu < BOX_W && pv >= 0 && pv < BOX_H;
            assert_int_equal(s->run[v * s->w_px + u], in ? BOX_H : 0);
        }
}

static void body_is_one_run_in_each_of_its_columns(void **state)
{
    (void)state;
    hm_silhouette s = learnt();
    assert_false(s.moving);
    assert_true(s.noise < 2);
    for (int u = BOX_U; u < BOX_U + 10; u += 3) {
        hm_clip_image im = still(100, 77);
        add_box(u, 200);
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
        box_and_nothing_else(&s, u);
    }
    hm_clip_image im = still(100, 78);
    hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
    assert_false(s.moving); /* no ghost of it stays */
}

/* The box in colour alone: a quarter as many points. */
static void body_of_the_background_s_luma_is_seen_by_its_colour(void **state)
{
    (void)state;
    static uint8_t colour[2][W * H / 4];
    hm_silhouette s;
    assert_int_equal(hm_silhouette_init(&s, W, H, 4, 4, W - 4, H - 4, &arena, NULL), HM_OK);
    for (uint32_t i = 0; i < 21; i++) {
        hm_clip_image im = still(100, i + 1);
        for (int k = 0; k < 2; k++) {
            memset(colour[k], 120, sizeof colour[k]);
            /* a painted line whose edges flicker by less than their own step */
            for (int v = 0; v < H / 2; v++)
                colour[k][v * W / 2 + 40] = (uint8_t)(150 + 8 * (i % 2));
            for (int v = BOX_V / 2; v < (BOX_V + BOX_H) / 2 && i == 20; v++)
                memset(colour[k] + (size_t)v * W / 2 + BOX_U / 2, 120 - 20 * k, BOX_W / 2);
            im.chroma[k] = colour[k];
        }
        im.chroma_stride = W / 2;
        assert_false(s.moving);
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
    }
    box_and_nothing_else(&s, BOX_U);
}

static void gaps_of_two_rows_are_closed_and_of_three_are_not(void **state)
{
    (void)state;
    for (int gap = 1; gap <= 3; gap++) {
        hm_silhouette s = learnt();
        hm_clip_image im = still(100, 5);
        uint8_t was[W * 3];
        memcpy(was, picture + (size_t)W * (BOX_V + 10), sizeof was);
        add_box(BOX_U, 200);
        memcpy(picture + (size_t)W * (BOX_V + 10), was, (size_t)(W * gap));
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
        uint16_t top = s.run[(BOX_V - s.v0_px) * s.w_px + BOX_U - s.u0_px + 5];
        assert_int_equal(top, gap < 3 ? BOX_H : 10);
    }
}

static void other_light_is_no_body(void **state)
{
    (void)state;
    static const int percent[] = {85, 97, 104, 115};
    for (size_t k = 0; k < sizeof percent / sizeof *percent; k++) {
        hm_silhouette s = learnt();
        hm_clip_image im = still(percent[k], 9);
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
        assert_false(s.moving);
        ht_near(s.gain, percent[k] / 100.0, 0.01, 0);
        im = still(percent[k], 10);
        add_box(BOX_U, 220);
        hm_silhouette_step(&s, &im, 0, 0, 1.0 / 240);
        box_and_nothing_else(&s, BOX_U);
    }
}

static void whole_pixels_of_shake_are_taken_off(void **state)
{
    (void)state;
    hm_silhouette s = learnt();
    hm_clip_image im = still(100, 3);
    uint8_t moved[W * H];
    for (int v = 0; v < H; v++)
        for (int u = 0; u < W; u++)
            moved[v * W + u] = picture[(v > 1 ? v - 2 : 0) * W + (u > 2 ? u - 3 : 0)];
    im.bytes = moved;
    hm_silhouette_step(&s, &im, 3.2, 1.9, 1.0 / 240);
    assert_false(s.moving);
}

static void extremes_of_luma_do_not_wrap(void **state)
{
    (void)state;
    hm_silhouette s;
    assert_int_equal(hm_silhouette_init(&s, W, H, 0, 0, W, H, &arena, NULL), HM_OK);
    hm_clip_image im = still(100, 1);
    for (int i = 0; i < 200; i++) { /* white and black in turns, light up and down */
        memset(picture, i % 7 < 3 ? 255 : i % 7 == 4 ? 210 : 0, sizeof picture);
        hm_silhouette_step(&s, &im, 0, 0, 0.1);
        for (int k = 0; k < W * H; k++)
            assert_in_range(s.back[k], 0, 255 << 7);
    }
}

static void part_outside_of_the_picture_is_refused(void **state)
{
    (void)state;
    hm_silhouette s = {.w_px = -7};
    hm_err err = {0};
    assert_int_equal(hm_silhouette_init(&s, W, H, W + 5, 0, W + 50, H, &arena, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "outside"));
    assert_int_equal(s.w_px, -7);
}

static int begin(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_is_one_run_in_each_of_its_columns),
        cmocka_unit_test(body_of_the_background_s_luma_is_seen_by_its_colour),
        cmocka_unit_test(gaps_of_two_rows_are_closed_and_of_three_are_not),
        cmocka_unit_test(other_light_is_no_body),
        cmocka_unit_test(whole_pixels_of_shake_are_taken_off),
        cmocka_unit_test(extremes_of_luma_do_not_wrap),
        cmocka_unit_test(part_outside_of_the_picture_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
