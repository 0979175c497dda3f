#include "ht_race.h"

#include "base/hash.h"
#include "stage/photo.h"

static hm_status record(const hm_race *race, int n_thread, hm_arena *arena, hm_photo *photo,
                        hm_err *err)
{
    hm_cast cast;
    hm_photo_opts o = hm_photo_opts_default();
    o.n_thread = n_thread;
    o.h_px = 300;
    HM_TRY(hm_cast_build(race, NULL, n_thread, arena, &cast, err));
    return hm_photo_record(&cast, &o, arena, photo, err);
}

static const char close_finish[] = "lane,name,reaction_s,time_s\n"
                                   "4,A,0.150,10.31\n"
                                   "5,B,0.140,10.34\n"
                                   "6,C,,DNS\n";

static void the_torso_is_read_off_at_the_official_time(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race;
    hm_photo photo;
    ht_race_typed(close_finish, &a, &race);
    assert_int_equal(record(&race, 1, &a, &photo, NULL), HM_OK);
    ht_near(hm_photo_read_s(&photo, 0), 10.31, 0.001, 0);
    ht_near(hm_photo_read_s(&photo, 1), 10.34, 0.001, 0);
    assert_true(hm_photo_read_s(&photo, 2) < 0); /* did not start */
    /* from 0.15 s before the first to 0.15 s after the last, 2000 lines a second */
    assert_int_equal(photo.w_px, 660);
    hm_arena_free(&a);
}

static void threads_change_no_byte(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race;
    hm_photo one, two;
    ht_race_typed("lane,name,time_s\n3,A,11.02\n", &a, &race);
    assert_int_equal(record(&race, 1, &a, &one, NULL), HM_OK);
    assert_int_equal(record(&race, 2, &a, &two, NULL), HM_OK);
    size_t n = (size_t)one.w_px * (size_t)one.h_px;
    assert_int_equal(two.w_px, one.w_px);
    assert_memory_equal(one.rgb, two.rgb, 3 * n);
    assert_memory_equal(one.actor, two.actor, n);
    hm_arena_free(&a);
}

static void a_race_without_a_finish_has_no_photo(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race;
    hm_photo photo;
    hm_err err = {0};
    ht_race_typed("lane,name,time_s\n3,A,11.02\n", &a, &race);
    race.lane[0].time_us = 0;
    race.lane[0].status = HM_RUN_DNF;
    assert_int_equal(record(&race, 1, &a, &photo, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "nobody finishes"));
    hm_arena_free(&a);
}

static void finishes_too_far_apart_name_the_option(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race;
    hm_photo photo;
    hm_err err = {0};
    ht_race_typed("lane,name,time_s\n3,A,11.02\n4,B,42.0\n", &a, &race);
    assert_int_equal(record(&race, 1, &a, &photo, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "--lines");
    hm_arena_free(&a);
}

static void the_print_holds_picture_scale_and_labels(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_race race;
    hm_photo photo;
    hm_picture sheet;
    ht_race_typed(close_finish, &a, &race);
    assert_int_equal(record(&race, 1, &a, &photo, NULL), HM_OK);
    assert_int_equal(hm_photo_print(&photo, &race, &a, &sheet, NULL), HM_OK);
    assert_true(sheet.w_px >= photo.w_px && sheet.h_px > photo.h_px + 100);
    /* each hashline is red below the labels at the line that was read */
    for (int i = 0; i < 2; i++) {
        int x = 40 + (int)((hm_photo_read_s(&photo, i) - photo.from_s) * photo.line_hz + 0.5);
        int red = 0;
        for (int r = sheet.h_px - 200; r < sheet.h_px - 100; r++)
            for (int c = x - 1; c <= x + 1; c++) {
                const uint8_t *p = sheet.rgbx + (size_t)r * (size_t)sheet.stride + 4 * (size_t)c;
                red += p[0] > 200 && p[1] < 40 && p[2] < 60;
            }
        assert_true(red >= 90);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_torso_is_read_off_at_the_official_time),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(a_race_without_a_finish_has_no_photo),
        cmocka_unit_test(finishes_too_far_apart_name_the_option),
        cmocka_unit_test(the_print_holds_picture_scale_and_labels),
    };
    return cmocka_run_group_tests_name("stage/photo", tests, NULL, NULL);
}
