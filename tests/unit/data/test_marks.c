#include "ht.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "data/marks.h"

/* A number of its own for each field, so that two fields taken for each other show. */
static double draw(uint32_t *at, double lo, double hi)
{
    return lo + (hi - lo) * hm_rng_unit(7, HM_FOR_TEST, 1, 0, (*at)++);
}

static hm_marks full_marks(hm_arena *a)
{
    uint32_t at = 0;
    hm_marks m = hm_marks_default();
    m.clip = "小宮 \"finish\".mp4";
    m.width_px = 1280;
    m.height_px = 720;
    m.n_point = 5;
    m.point = HM_PUSH(a, hm_marks_point, m.n_point);
    for (int32_t i = 0; i < m.n_point; i++)
        m.point[i] = (hm_marks_point){i ? "line" : "",  draw(&at, 0, 100),  draw(&at, 0, 10),
                                      draw(&at, 0, 2),  draw(&at, 0, 1280), draw(&at, 0, 720),
                                      draw(&at, 0.1, 3)};
    m.n_lane = 3;
    m.lane = HM_PUSH(a, hm_marks_lane, m.n_lane);
    for (int32_t i = 0; i < m.n_lane; i++)
        m.lane[i] = (hm_marks_lane){2 * i + 1, "A & B", 2.44 * i, 2.44 * i + 1.22};
    m.n_gate = 2;
    m.gate_x_m = HM_PUSH(a, double, m.n_gate);
    m.gate_x_m[0] = 10;
    m.gate_x_m[1] = 20.5;
    m.n_hash = 1;
    m.hash = HM_PUSH(a, hm_marks_hash, 1);
    m.hash[0] = (hm_marks_hash){3, 100, 9.58 + draw(&at, 0, 1), 0.001};
    m.finish_x_m = 100;
    m.focal_px = draw(&at, 500, 2000);
    m.k1 = draw(&at, -0.2, 0.2);
    m.k2 = draw(&at, -0.2, 0.2);
    m.readout_s = draw(&at, 0, 0.03);
    m.readout = HM_READOUT_LEFT;
    m.gun_distance_m = draw(&at, 0, 120);
    m.temp_c = draw(&at, 0, 40);
    m.av_offset_sigma_s = draw(&at, 0, 1);
    (void)hm_notes_add(&m.notes, a, "typed by hand");
    return m;
}

static hm_status parse(hm_arena *a, const char *text, hm_marks *m, hm_err *err)
{
    return hm_marks_parse("m.json", text, strlen(text), a, m, err);
}

static void marks_come_back_bit_for_bit(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_marks one = full_marks(&a), two;
    char *text, *again;
    assert_int_equal(hm_marks_check(&one, &err), HM_OK);
    assert_int_equal(hm_marks_print(&one, &a, &text, NULL, &err), HM_OK);
    assert_int_equal(parse(&a, text, &two, &err), HM_OK);
    assert_int_equal(hm_marks_print(&two, &a, &again, NULL, &err), HM_OK);
    assert_string_equal(text, again);
    assert_string_equal(two.clip, one.clip);
    assert_int_equal(two.n_point, 5);
    for (int32_t i = 0; i < 5; i++)
        assert_memory_equal(&two.point[i].x_m, &one.point[i].x_m, 6 * sizeof(double));
    assert_int_equal(two.lane[2].lane, 5);
    assert_true(two.lane[2].to_y_m == one.lane[2].to_y_m);
    assert_true(two.gate_x_m[1] == 20.5 && two.hash[0].time_s == one.hash[0].time_s);
    assert_memory_equal(&two.k1, &one.k1, 3 * sizeof(double));
    assert_int_equal(two.readout, HM_READOUT_LEFT);
    assert_true(isnan(two.capture_fps) && isnan(two.temp_sigma_c));
    assert_int_equal(two.notes.n, 1);
    hm_arena_free(&a);
}

static void what_is_left_out_has_its_default(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_marks m;
    assert_int_equal(parse(&a,
                           "{\"format\":\"hectometre-marks\",\"version\":1,\"width_px\":640,"
                           "\"height_px\":360,\"points\":[{\"x_m\":100,\"y_m\":1.22,\"u_px\":3,"
                           "\"v_px\":4}],\"colour\":1}",
                           &m, &err),
                     HM_OK);
    assert_true(m.point[0].z_m == 0 && m.point[0].sigma_px == 1);
    assert_true(m.k1 == 0 && isnan(m.finish_x_m) && isnan(m.readout_s));
    assert_int_equal(m.n_lane + m.n_gate + m.n_hash, 0);
    assert_int_equal(m.notes.n, 1); /* colour is not known */
    hm_arena_free(&a);
}

static void marks_within_another_file_are_found(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_marks m;
    assert_int_equal(parse(&a,
                           "{\"format\":\"hectometre-clip-truth\",\"version\":1,\"marks\":"
                           "{\"width_px\":640,\"height_px\":360,\"finish_x_m\":60}}",
                           &m, &err),
                     HM_OK);
    assert_true(m.finish_x_m == 60);
    hm_arena_free(&a);
}

static void a_fault_is_told_with_its_place(void **state)
{
    (void)state;
#define HEAD "{\"format\":\"hectometre-marks\",\"version\":1,\"width_px\":640,\"height_px\":360,"
    static const struct {
        const char *text, *place, *says;
    } bad[] = {
        {"{\"format\":\"hectometre-race\",\"version\":1}", "format", "hectometre-marks"},
        {HEAD "\"points\":[{\"x_m\":1,\"y_m\":2,\"u_px\":3}]}", "v_px", "number"},
        {HEAD "\"points\":[{\"x_m\":1,\"y_m\":2,\"u_px\":3,\"v_px\":1e9}]}", "v_px", "from"},
        {HEAD "\"points\":[{\"x\":1}]}", "x", "x_m"},
        {HEAD "\"lanes\":[{\"lane\":2,\"from_y_m\":0,\"to_y_m\":1},{\"lane\":2,\"from_y_m\":1,"
              "\"to_y_m\":2}]}",
         "lane", "ascending"},
        {HEAD "\"lanes\":[{\"lane\":2,\"from_y_m\":1,\"to_y_m\":1}]}", "to_y_m", "more than"},
        {HEAD "\"gates_x_m\":[20,10]}", "gates_x_m", "ascending"},
        {HEAD "\"readout\":\"sideways\"}", "readout", "down"},
        {"{\"format\":\"hectometre-marks\",\"version\":1,\"width_px\":0,\"height_px\":360}",
         "width_px", "16"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_marks m = {.width_px = -7};
        char line[900];
        assert_int_equal(parse(&a, bad[i].text, &m, &err), HM_ERR_INPUT);
        assert_int_equal(m.width_px, -7);
        hm_err_text(&err, line, sizeof line);
        if (!strstr(line, bad[i].place) || !strstr(line, bad[i].says) || !strstr(line, "m.json"))
            fail_msg("%d: %s", (int)i, line);
        hm_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_come_back_bit_for_bit),
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(marks_within_another_file_are_found),
        cmocka_unit_test(a_fault_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
