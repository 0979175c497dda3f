/* The marking page's questions, asked as the page asks them. */
#include "ht.h"
#include "marks.h"

#include <string.h>

#include "base/arena.h"
#include "io/sink.h"

typedef hm_status call_fn(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                          hm_err *err);

static hm_arena arena;

/* The answer as a tree; NULL and *err when it was refused. */
static const hm_json *ask(call_fn *fn, const char *question, hm_err *err)
{
    const hm_json *in, *answer;
    hm_memory m = {.arena = &arena};
    *err = (hm_err){0};
    assert_int_equal(hm_json_parse("question", question, strlen(question), &arena, &in, err),
                     HM_OK);
    hm_json_out out = hm_json_out_make(hm_sink_memory(&m), err);
    hm_json_put_object(&out, NULL, HM_JSON_LINE);
    if (fn(NULL, in, &arena, &out, err) != HM_OK)
        return NULL;
    hm_json_put_end(&out);
    assert_int_equal(hm_json_finish(&out), HM_OK);
    assert_int_equal(hm_json_parse("answer", m.bytes, m.n, &arena, &answer, err), HM_OK);
    return answer;
}

static double number(const hm_json *v, const char *key)
{
    double x = NAN;
    assert_int_equal(hm_json_get_number(v, key, -1e9, 1e9, &x, NULL), HM_OK);
    return x;
}

static const char *text(const hm_json *v, const char *key)
{
    const char *s = "";
    assert_int_equal(hm_json_get_text(v, key, &s, NULL), HM_OK);
    return s;
}

/* A camera 20 m above 100 m along and 5 m across that looks straight down: 50 pixels a metre, so
 * u = 320 + 50 (x - 100), v = 180 - 50 (y - 5). One point is 3 pixels off. */
#define POINT(x, y, u, v)                                                                          \
    "{\\\"x_m\\\":" x ",\\\"y_m\\\":" y ",\\\"u_px\\\":" u ",\\\"v_px\\\":" v "}"
#define MARKS(points)                                                                              \
    "{\"marks\": "                                                                                 \
    "\"{\\\"format\\\":\\\"hectometre-marks\\\",\\\"version\\\":1,\\\"width_px\\\":640,"           \
    "\\\"height_px\\\":360,\\\"points\\\":[" points "]}\"}"
#define CORNERS                                                                                    \
    POINT("98", "3", "220", "280")                                                                 \
    "," POINT("102", "3", "420", "280") "," POINT("98", "7", "220", "80") "," POINT("102", "7",    \
                                                                                    "420", "80")

static void view_of_exact_marks_has_no_residuals(void **state)
{
    (void)state;
    hm_err err;
    const hm_json *a = ask(marks_fit, MARKS(CORNERS), &err);
    assert_non_null(a);
    assert_true(number(a, "rms_px") < 1e-9);
    const hm_json *h = hm_json_find(a, "ground");
    assert_int_equal(h->n, 9);
    double v[9];
    for (int i = 0; i < 9; i++)
        v[i] = h->as.item[i].as.number / h->as.item[8].as.number;
    /* the middle of the marks is the middle of the picture */
    ht_near((v[0] * 100 + v[1] * 5 + v[2]) / (v[6] * 100 + v[7] * 5 + 1), 320, 1e-6, 0);
    /* straight from above height and focal length are one: no camera, and it says so */
    assert_non_null(strstr(text(a, "no_camera"), "focal length"));
}

static void a_point_in_line_is_refused_with_the_reason(void **state)
{
    (void)state;
    hm_err err;
    assert_null(
        ask(marks_fit,
            MARKS(POINT("98", "3", "220", "280") "," POINT("99", "3", "270", "280") "," POINT(
                "100", "3", "320", "280") "," POINT("98", "7", "220", "80")),
            &err));
    assert_non_null(strstr(err.msg, "no three are in line"));
    assert_null(ask(marks_fit, MARKS(CORNERS "," POINT("102", "7", "421", "80")), &err));
    assert_string_equal(err.field, "points[4]");
    assert_null(ask(marks_fit, "{\"marks\": 7}", &err));
    assert_null(ask(marks_fit, "{\"marks\": \"{\"}", &err));
}

static void marks_are_written_as_the_program_writes_them(void **state)
{
    (void)state;
    hm_err err;
    const hm_json *once = ask(marks_read, MARKS(CORNERS), &err);
    assert_non_null(once);
    hm_memory m = {.arena = &arena};
    hm_json_out o = hm_json_out_make(hm_sink_memory(&m), &err);
    hm_json_put_object(&o, NULL, HM_JSON_LINE);
    hm_json_put_text(&o, "marks", text(once, "text"));
    hm_json_put_end(&o);
    assert_int_equal(hm_json_finish(&o), HM_OK);
    assert_string_equal(text(ask(marks_read, m.bytes, &err), "text"), text(once, "text"));
}

#define TRACK                                                                                      \
    "time_s,person,point,x_px,y_px,sigma_px,source,note\\n"                                        \
    "0.1,3,knee_l,10,20,2.5,net,ambiguous\\n0.1,3,knee_r,14,21,2.5,net,ambiguous\\n"               \
    "0.2,3,knee_l,12,20,2.5,net,\\n"

static void a_track_is_read_point_by_point(void **state)
{
    (void)state;
    hm_err err;
    const hm_json *a = ask(marks_track_read, "{\"track\": \"" TRACK "\"}", &err);
    assert_non_null(a);
    const hm_json *words = hm_json_find(a, "points"),
                  *who = &hm_json_find(a, "persons")->as.item[0];
    const hm_json *frames = hm_json_find(who, "frames");
    int32_t k = 0;
    while (strcmp(words->as.item[k].as.text, "knee_l") != 0)
        k++;
    assert_int_equal(frames->n, 2);
    const hm_json *cell = frames->as.item[0].as.item;
    ht_near(cell[4 * k].as.number, 10, 1e-6, 0);
    ht_near(cell[4 * k + 1].as.number, 20, 1e-6, 0);
    ht_near(cell[4 * k + 2].as.number, 2.5, 1e-6, 0);
    ht_near(cell[4 * (k + 1)].as.number, 14, 1e-6, 0);
    assert_int_equal(cell[0].kind, HM_JSON_NULL); /* no nose */
    assert_true(hm_json_find(who, "ambiguous")->as.item[0].as.number == 1);
    assert_true(hm_json_find(who, "ambiguous")->as.item[1].as.number == 0);
}

static void corrections_win_and_tell_sides(void **state)
{
    (void)state;
    hm_err err;
    const hm_json *a = ask(marks_track_save,
                           "{\"track\": \"" TRACK "\", \"hand\": \"time_s,person,point,x_px,y_px\\n"
                           "0.1,3,knee_l,14,21\\n0.1,3,knee_r,10,20\\n\"}",
                           &err);
    assert_non_null(a);
    assert_non_null(strstr(text(a, "text"), "0.100000,3,,knee_l,14.000,21.000,,,2.000,hand,\n"));
    assert_null(strstr(text(a, "text"), "ambiguous"));
    assert_null(ask(marks_track_save,
                    "{\"track\": \"" TRACK "\", \"hand\": \"time_s,person,point,x_px,y_px\\n"
                    "0.5,3,knee_l,14,21\\n\"}",
                    &err));
    assert_string_equal(err.field, "time_s");
}

static void results_are_a_sheet_and_a_lynx_file(void **state)
{
    (void)state;
    hm_err err;
    const hm_json *a = ask(marks_results,
                           "{\"clip\": \"a\\nb.mp4\", \"finish_x_m\": 100, \"rows\": ["
                           "{\"lane\": 4, \"name\": \"Mori, K.\", \"time_s\": 10.1234},"
                           "{\"lane\": 5, \"name\": \"\", \"time_s\": 10.5}]}",
                           &err);
    assert_non_null(a);
    assert_string_equal(text(a, "sheet"),
                        "# source: measured from a b.mp4 by hecto\n"
                        "lane,name,time_s\n4,\"Mori, K.\",10.123\n5,Lane 5,10.500\n");
    assert_non_null(strstr(text(a, "lif"), "\r\n1,0,4,\"Mori, K.\",,,10.1234,"));
    assert_null(ask(marks_results, "{\"clip\": \"c\", \"finish_x_m\": 100, \"rows\": []}", &err));
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
        cmocka_unit_test(view_of_exact_marks_has_no_residuals),
        cmocka_unit_test(a_point_in_line_is_refused_with_the_reason),
        cmocka_unit_test(marks_are_written_as_the_program_writes_them),
        cmocka_unit_test(a_track_is_read_point_by_point),
        cmocka_unit_test(corrections_win_and_tell_sides),
        cmocka_unit_test(results_are_a_sheet_and_a_lynx_file),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
