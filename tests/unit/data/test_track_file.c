#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/track.h"
#include "io/file.h"
#include "io/json.h"

#define HEAD "time_s,person,lane,point,x_px,y_px,x_m,z_m,sigma_px,source,note\n"

static hm_arena arena;
static int open_arena(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}
static int close_arena(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static hm_track parsed(const char *text)
{
    hm_track t;
    hm_err err = {0};
    if (hm_track_parse("t.csv", text, strlen(text), &arena, &t, &err) != HM_OK)
        fail_msg("%d: %s: %s", (int)err.line, err.field, err.msg);
    return t;
}

static void rows_in_any_order_become_frames(void **state)
{
    (void)state;
    hm_track t = parsed("# camera by the fence\n" HEAD "0.04,2,5,toe_l,7,8,1.5,0.25,3,net,\n"
                        "0.02,2,,knee_r,3,4,,,2,net,ambiguous\n"
                        "0.02,2,5,knee_l,1,2,,,2,net,\n"
                        "0.02,1,,nose,9,9,,,1,silhouette,\n");
    assert_int_equal(t.n_person, 2);
    assert_true(t.person[0].id == 1 && t.person[1].id == 2);
    assert_true(t.person[0].lane == 0 && t.person[1].lane == 5);
    assert_int_equal(t.person[1].n_frame, 2);
    const hm_track_frame *f = t.person[1].frame;
    assert_true(f[0].ambiguous && !f[1].ambiguous);
    ht_near(f[0].time_s, 0.02, 1e-9, 0);
    ht_near(f[0].point[HM_POINT_KNEE_L].x_px, 1, 0, 0);
    ht_near(f[0].point[HM_POINT_KNEE_R].y_px, 4, 0, 0);
    assert_true(isnan(f[0].point[HM_POINT_TOE_L].sigma_px));
    ht_near(f[1].point[HM_POINT_TOE_L].x_m, 1.5, 0, 0);
    ht_near(f[1].point[HM_POINT_TOE_L].z_m, 0.25, 0, 0);
    assert_true(isnan(f[0].point[HM_POINT_KNEE_L].x_m));
    assert_true(t.person[0].frame[0].point[HM_POINT_NOSE].source == HM_SEEN_SILHOUETTE);
    assert_int_equal(t.notes.n, 1);
    assert_string_equal(t.notes.text[0], "camera by the fence");
}

static void the_hand_wins_wherever_it_stands(void **state)
{
    (void)state;
    static const char *const order[] = {
        HEAD "0,1,,knee_l,1,2,,,2,net,\n0,1,,knee_l,5,6,,,0.5,hand,\n",
        HEAD "0,1,,knee_l,5,6,,,0.5,hand,\n0,1,,knee_l,1,2,,,2,net,\n"};
    for (int i = 0; i < 2; i++) {
        hm_track t = parsed(order[i]);
        const hm_seen_point *p = &t.person[0].frame[0].point[HM_POINT_KNEE_L];
        assert_true(p->source == HM_SEEN_HAND && p->x_px == 5 && p->sigma_px == 0.5f);
    }
}

static void a_typed_row_needs_little(void **state)
{
    (void)state;
    hm_track t = parsed("Time;Person;Point;x (px);y (px)\n1,5;2;toe_l;10,5;20\n1,5;2;toe_r;;\n");
    const hm_track_frame *f = &t.person[0].frame[0];
    ht_near(f->time_s, 1.5, 1e-9, 0);
    ht_near(f->point[HM_POINT_TOE_L].x_px, 10.5, 0, 0);
    assert_true(f->point[HM_POINT_TOE_L].source == HM_SEEN_HAND);
    assert_true(f->point[HM_POINT_TOE_L].sigma_px > 0);
    /* empty: the point is not there, says a person */
    assert_true(isnan(f->point[HM_POINT_TOE_R].sigma_px));
    assert_true(f->point[HM_POINT_TOE_R].source == HM_SEEN_HAND);
}

static void refusals_name_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, col;
        const char *field;
    } bad[] = {
        {"time_s,person,point,x_px\n", 1, 1, "y_px"},
        {"time_s,person,point,x,y\n", 1, 1, "x_px"},
        {"time_s,person,point,x_px,y_px,person\n", 1, 31, "person"},
        {HEAD "x,1,,nose,1,2,,,1,net,\n", 2, 1, "time_s"},
        {HEAD ",1,,nose,1,2,,,1,net,\n", 2, 1, "time_s"},
        {HEAD "nan,1,,nose,1,2,,,1,net,\n", 2, 1, "time_s"},
        {HEAD "0,0,,nose,1,2,,,1,net,\n", 2, 3, "person"},
        {HEAD "0,65,,nose,1,2,,,1,net,\n", 2, 3, "person"},
        {HEAD "0,1,21,nose,1,2,,,1,net,\n", 2, 5, "lane"},
        {HEAD "0,1,,Knee,1,2,,,1,net,\n", 2, 6, "point"},
        {HEAD "0,1,,nose,1,,,,1,net,\n", 2, 13, "y_px"},
        {HEAD "0,1,,nose,1e9,2,,,1,net,\n", 2, 11, "x_px"},
        {HEAD "0,1,,nose,1,2,,,0,net,\n", 2, 17, "sigma_px"},
        {HEAD "0,1,,nose,1,2,,,1,camera,\n", 2, 19, "source"},
        {HEAD "0,1,,nose,1,2,,,1,net,\n0,1,,nose,1,2,,,1,silhouette,\n", 3, 0, "point"},
        {HEAD "0,1,,nose,1,2,,,1,hand,\n0,1,,nose,1,2,,,1,hand,\n", 3, 0, "point"},
        {HEAD "0,1,2,nose,1,2,,,1,net,\n1,1,3,nose,1,2,,,1,net,\n", 3, 0, "lane"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_track t = {.n_person = -7};
        hm_err err = {0};
        assert_int_equal(
            hm_track_parse("t.csv", bad[i].text, strlen(bad[i].text), &arena, &t, &err),
            HM_ERR_INPUT);
        assert_int_equal(t.n_person, -7);
        if (err.line != bad[i].line || err.col != bad[i].col ||
            strcmp(err.field, bad[i].field) != 0)
            fail_msg("case %d: %d:%d: %s: %s", (int)i, (int)err.line, (int)err.col, err.field,
                     err.msg);
    }
}

/* A track without rule: points come and go, one frame has none. */
static hm_track any_track(void)
{
    hm_track t = {.n_person = 2, .person = HM_PUSH(&arena, hm_track_person, 2)};
    for (int i = 0; i < 2; i++) {
        hm_track_person *who = &t.person[i];
        *who = (hm_track_person){.id = 3 * i + 1,
                                 .lane = 4 * i,
                                 .n_frame = 7,
                                 .frame = HM_PUSH(&arena, hm_track_frame, 7)};
        for (int f = 0; f < 7; f++) {
            who->frame[f].time_s = -0.05 + f / 29.97;
            who->frame[f].ambiguous = f == 3;
            for (int k = 0; k < HM_POINT_COUNT; k++) {
                bool there = f != 5 && (f + k) % 5;
                who->frame[f].point[k] =
                    there ? (hm_seen_point){(float)k * 31.217f - 40,
                                            1919.3337f - (float)f,
                                            k % 2 ? (float)f * 0.33333f : NAN,
                                            k % 2 ? -0.01234f : NAN,
                                            1.2345f,
                                            (hm_track_source)(k % HM_SEEN_COUNT)}
                          : (hm_seen_point){NAN, NAN, NAN, NAN, NAN, HM_SEEN_NET};
            }
        }
    }
    return t;
}

static void assert_same(float a, float b, double tol)
{
    assert_int_equal(isnan(a), isnan(b));
    if (!isnan(a))
        ht_near(a, b, tol, 0);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    hm_track one = any_track();
    char dir[] = "/tmp/hecto-track-XXXXXX";
    assert_non_null(mkdtemp(dir));
    const char *path = hm_arena_printf(&arena, "%s/t.csv", dir);
    hm_track two;
    assert_int_equal(hm_track_write(path, &one, NULL), HM_OK);
    assert_int_equal(hm_track_read(path, &arena, &two, NULL), HM_OK);
    unlink(path);
    rmdir(dir);
    assert_int_equal(two.n_person, 2);
    for (int i = 0; i < 2; i++) {
        assert_true(two.person[i].id == one.person[i].id &&
                    two.person[i].lane == one.person[i].lane);
        assert_int_equal(two.person[i].n_frame, 7);
        for (int f = 0; f < 7; f++) {
            const hm_track_frame *a = &one.person[i].frame[f], *b = &two.person[i].frame[f];
            ht_near(b->time_s, a->time_s, 0.5e-6, 0);
            assert_int_equal(a->ambiguous, b->ambiguous);
            for (int k = 0; k < HM_POINT_COUNT; k++) {
                assert_same(a->point[k].x_px, b->point[k].x_px, 6e-4);
                assert_same(a->point[k].y_px, b->point[k].y_px, 6e-4);
                assert_same(a->point[k].x_m, b->point[k].x_m, 6e-5);
                assert_same(a->point[k].z_m, b->point[k].z_m, 6e-5);
                assert_same(a->point[k].sigma_px, b->point[k].sigma_px, 6e-4);
                assert_int_equal(a->point[k].source, b->point[k].source);
            }
        }
    }
}

static void the_json_form_is_one_object(void **state)
{
    (void)state;
    hm_track one = any_track();
    char dir[] = "/tmp/hecto-track-XXXXXX";
    assert_non_null(mkdtemp(dir));
    const char *path = hm_arena_printf(&arena, "%s/t.json", dir);
    char *bytes;
    size_t n;
    const hm_json *root;
    assert_int_equal(hm_track_write(path, &one, NULL), HM_OK);
    assert_int_equal(hm_file_read(path, 1 << 20, &arena, &bytes, &n, NULL), HM_OK);
    unlink(path);
    rmdir(dir);
    assert_int_equal(hm_json_parse(path, bytes, n, &arena, &root, NULL), HM_OK);
    assert_int_equal(hm_json_check_format(root, HM_TRACK_FORMAT, HM_TRACK_VERSION, NULL), HM_OK);
    const hm_json *person = &hm_json_find(root, "persons")->as.item[1];
    const hm_json *frame = &hm_json_find(person, "frames")->as.item[2];
    const hm_json *point = hm_json_find(hm_json_find(frame, "points"), "eye_l");
    ht_near(hm_json_find(point, "x_px")->as.number, 2 * 31.217 - 40, 6e-4, 0);
    assert_string_equal(hm_json_find(point, "source")->as.text, "hand");
    assert_null(hm_json_find(hm_json_find(frame, "points"), "eye_outer_l")); /* (2 + 3) % 5 */
}

static void corrections_are_laid_over_the_nearest_frame(void **state)
{
    (void)state;
    hm_track t = parsed(HEAD "0,1,,knee_l,1,2,,,2,net,ambiguous\n0,1,,knee_r,3,4,,,2,net,\n"
                             "0.02,1,,knee_l,5,6,,,2,net,\n0.02,1,,knee_r,7,8,,,2,net,\n"
                             "0.04,1,,knee_l,9,9,1.0,0.5,2,net,ambiguous\n");
    hm_track hand = parsed("time_s,person,lane,point,x_px,y_px,sigma_px\n0.001,1,6,knee_l,3,4,1\n"
                           "0.001,1,6,knee_r,1,2,1\n0.0295,1,,knee_r,,,\n0.0495,1,,knee_l,8,8,1\n");
    assert_int_equal(hm_track_correct(&t, &hand, &arena, NULL), HM_OK);
    const hm_track_frame *f = t.person[0].frame;
    assert_int_equal(t.person[0].lane, 6);
    ht_near(f[0].time_s, 0, 0, 0);
    assert_true(f[0].point[HM_POINT_KNEE_L].x_px == 3 && f[0].point[HM_POINT_KNEE_R].x_px == 1);
    assert_false(f[0].ambiguous); /* both knees told */
    assert_true(isnan(f[1].point[HM_POINT_KNEE_R].sigma_px));
    assert_true(f[1].point[HM_POINT_KNEE_L].source == HM_SEEN_NET);
    assert_true(f[2].ambiguous && f[2].point[HM_POINT_KNEE_L].x_px == 8);
    assert_true(isnan(f[2].point[HM_POINT_KNEE_L].x_m)); /* of the place that was given up */
    /* what was taken away stays away in the file */
    char *text;
    assert_int_equal(hm_track_print(&t, &arena, &text, NULL, NULL), HM_OK);
    hm_track again = parsed(text);
    assert_true(again.person[0].frame[1].point[HM_POINT_KNEE_R].source == HM_SEEN_HAND);
    /* neither a stranger nor another time */
    static const char *const bad[] = {"time_s,person,point,x_px,y_px\n0,2,nose,1,2\n",
                                      "time_s,person,point,x_px,y_px\n0.051,1,nose,1,2\n"};
    for (int i = 0; i < 2; i++) {
        hm_track wrong = parsed(bad[i]);
        assert_int_equal(hm_track_correct(&t, &wrong, &arena, NULL), HM_ERR_INPUT);
    }
    assert_true(f[2].point[HM_POINT_NOSE].source == HM_SEEN_NET);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(rows_in_any_order_become_frames),
        CASE(the_hand_wins_wherever_it_stands),
        CASE(a_typed_row_needs_little),
        CASE(refusals_name_the_place),
        CASE(what_is_written_is_read_back),
        CASE(the_json_form_is_one_object),
        CASE(corrections_are_laid_over_the_nearest_frame),
    };
    return cmocka_run_group_tests_name("data/track", tests, NULL, NULL);
}
