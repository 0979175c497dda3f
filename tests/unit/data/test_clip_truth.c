#include "ht.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "data/clip_truth.h"

/* A number of its own for each field, so that two fields taken for each other show. */
static double draw(uint32_t *at, double lo, double hi)
{
    return lo + (hi - lo) * hm_rng_unit(11, HM_FOR_TEST, 2, 0, (*at)++);
}

static void fill_lane(hm_truth_lane *l, int32_t lane, uint32_t *at, hm_arena *a)
{
    *l = (hm_truth_lane){.lane = lane,
                         .name = "小宮",
                         .stature_m = draw(at, 1, 2),
                         .time_s = lane == 4 ? (double)NAN : draw(at, 9, 12),
                         .n_crossing = 2,
                         .crossing = HM_PUSH(a, hm_truth_crossing, 2),
                         .n_contact = 3,
                         .contact = HM_PUSH(a, hm_truth_contact, 3)};
    for (int i = 0; i < 2; i++)
        l->crossing[i] = (hm_truth_crossing){95 + 5 * i, draw(at, 9, 10), draw(at, 0, 1)};
    for (int i = 0; i < 3; i++)
        l->contact[i] = (hm_truth_contact){(hm_foot)(i % 2), draw(at, 0, 1), draw(at, 0, 1),
                                           draw(at, 0, 100), draw(at, 0, 10)};
}

static hm_clip_truth full_truth(hm_arena *a)
{
    uint32_t at = 0;
    hm_clip_truth t = {.clip = "a.mp4",
                       .seed = 77,
                       .marks = hm_marks_default(),
                       .race_zero_s = draw(&at, 0, 10),
                       .play_frac = 0.125,
                       .gun_s = draw(&at, -10, 0),
                       .gun_heard_s = draw(&at, -10, 0),
                       .gun_distance_m = draw(&at, 0, 100),
                       .temp_c = draw(&at, 0, 30),
                       .av_offset_s = draw(&at, -1, 1),
                       .tick_hz = 600,
                       .n_frame = 3,
                       .n_lane = 2};
    t.marks.width_px = 640;
    t.marks.height_px = 360;
    t.camera = (hm_truth_camera){.width_px = 640,
                                 .height_px = 360,
                                 .focal_px = draw(&at, 500, 900),
                                 .centre_u_px = draw(&at, 300, 340),
                                 .centre_v_px = draw(&at, 170, 190),
                                 .k1 = draw(&at, -0.1, 0.1),
                                 .k2 = draw(&at, -0.1, 0.1),
                                 .shutter_s = draw(&at, 0, 0.01),
                                 .readout_s = draw(&at, 0, 0.02),
                                 .readout = HM_READOUT_LEFT};
    for (int i = 0; i < 9; i++)
        t.camera.r[i] = draw(&at, -1, 1);
    for (int i = 0; i < 3; i++)
        t.camera.t_m[i] = draw(&at, -50, 50), t.camera.eye_m[i] = draw(&at, -50, 50);
    double **rows[] = {&t.time_s, &t.stamp_tick, &t.shake_u_px, &t.shake_v_px};
    for (int k = 0; k < 4; k++) {
        *rows[k] = HM_PUSH(a, double, 3);
        for (int i = 0; i < 3; i++)
            (*rows[k])[i] = i + draw(&at, 0, 0.9);
    }
    t.lane = HM_PUSH(a, hm_truth_lane, 2);
    fill_lane(&t.lane[0], 4, &at, a);
    fill_lane(&t.lane[1], 7, &at, a);
    (void)hm_notes_add(&t.settings, a, "phone.fps=240");
    return t;
}

static void a_truth_comes_back_bit_for_bit(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 16);
    hm_clip_truth one = full_truth(&a), two;
    char *text, *again;
    size_t n;
    assert_int_equal(hm_clip_truth_print(&one, &a, &text, &n, NULL), HM_OK);
    assert_int_equal(hm_clip_truth_parse("t.json", text, n, &a, &two, NULL), HM_OK);
    assert_int_equal(hm_clip_truth_print(&two, &a, &again, NULL, NULL), HM_OK);
    assert_string_equal(text, again);
    assert_true(two.seed == 77 && two.n_frame == 3 && two.n_lane == 2);
    assert_memory_equal(one.camera.r, two.camera.r, sizeof one.camera.r);
    assert_memory_equal(one.shake_v_px, two.shake_v_px, 3 * sizeof(double));
    assert_memory_equal(one.lane[1].contact, two.lane[1].contact, 3 * sizeof *one.lane[1].contact);
    assert_true(isnan(two.lane[0].time_s) && two.lane[1].time_s == one.lane[1].time_s);
    hm_arena_free(&a);
}

static void a_truth_is_read_for_its_marks(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 16);
    hm_clip_truth t = full_truth(&a);
    hm_marks m;
    char *text;
    size_t n;
    t.marks.finish_x_m = 100;
    assert_int_equal(hm_clip_truth_print(&t, &a, &text, &n, NULL), HM_OK);
    assert_int_equal(hm_marks_parse("t.json", text, n, &a, &m, NULL), HM_OK);
    assert_int_equal(m.width_px, 640);
    assert_true(m.finish_x_m == 100);
    hm_arena_free(&a);
}

static void what_cannot_be_true_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 16);
    hm_err err = {0};
    hm_clip_truth t = full_truth(&a);
    t.time_s[2] = t.time_s[1];
    assert_int_equal(hm_clip_truth_check(&t, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "time_s");
    t = full_truth(&a);
    t.lane[1].lane = 4;
    err = (hm_err){0};
    assert_int_equal(hm_clip_truth_check(&t, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "lane");
    t = full_truth(&a);
    t.camera.r[3] = 1.5;
    err = (hm_err){0};
    assert_int_equal(hm_clip_truth_check(&t, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "r");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_truth_comes_back_bit_for_bit),
        cmocka_unit_test(a_truth_is_read_for_its_marks),
        cmocka_unit_test(what_cannot_be_true_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
