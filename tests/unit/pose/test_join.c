#include "motion_priv.h"
#include "walker.h"

#include <string.h>

static hm_arena arena;

static people_path part(int from, int to, double x_off_px)
{
    people_path p = {.n = to - from, .frame = HM_PUSH(&arena, people_frame, to - from)};
    for (int i = from; i < to; i++) {
        p.frame[i - from] = walker_at(i / 60., 9, 2.2);
        for (int k = 0; k < HM_POINT_COUNT; k++)
            p.frame[i - from].point[k].x_px += (float)x_off_px;
    }
    return p;
}

/* A runner in three parts with a gap, another far away, and a flash of nothing. */
static void parts_of_one_runner_are_joined(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    people_path p[] = {part(0, 30, 0), part(30, 60, 0), part(72, 100, 0), part(20, 80, 2500),
                       part(40, 43, 900)};
    const people_path *list[] = {&p[2], &p[0], &p[4], &p[3], &p[1]};
    people_path *person;
    int32_t n, n_dropped;
    assert_int_equal(people_join(5, list, 64, &arena, &person, &n, &n_dropped, NULL), HM_OK);
    assert_int_equal(n, 2);
    assert_int_equal(n_dropped, 1);
    assert_int_equal(person[0].n, 88); /* the longer first */
    assert_int_equal(person[1].n, 60);
    for (int i = 1; i < 88; i++)
        assert_true(person[0].frame[i].time_s > person[0].frame[i - 1].time_s);
    assert_int_equal(people_join(5, list, 1, &arena, &person, &n, &n_dropped, NULL), HM_OK);
    assert_int_equal(n, 1);
    assert_int_equal(people_join(0, list, 1, &arena, &person, &n, &n_dropped, NULL), HM_OK);
    assert_int_equal(n, 0);
    hm_arena_free(&arena);
}

/* A block moves by its width: one window holds both its places; known people are not looked at. */
static void a_window_holds_what_moves(void **state)
{
    (void)state;
    static uint8_t rgb[2][320 * 480 * 3], cell[2][40 * 60], mark[40 * 60];
    static int32_t stack[40 * 60];
    pose_motion m[2] = {{.cell = cell[0]}, {.cell = cell[1]}};
    for (int k = 0; k < 2; k++) {
        hm_pose_image image = {480, 320, 480 * 3, rgb[k]};
        memset(rgb[k], 90, sizeof rgb[k]);
        for (int y = 100; y < 200; y++)
            memset(&rgb[k][3 * (y * 480 + 200 + 32 * k)], 200, 3 * 32);
        assert_int_equal(pose_motion_size(&image), 40 * 60);
        pose_motion_of(&image, k, &m[k]);
    }
    double window[POSE_MOTION_WINDOW_MAX][4];
    assert_int_equal(pose_motion_windows(&m[0], &m[1], 0, NULL, mark, stack, window), 1);
    assert_true(window[0][0] <= 200 && window[0][0] + window[0][2] >= 264);
    assert_true(window[0][1] <= 100 && window[0][1] + window[0][3] >= 200);
    assert_true(window[0][2] < 260);
    const double box[1][4] = {{190, 90, 90, 120}};
    assert_int_equal(pose_motion_windows(&m[0], &m[1], 1, box, mark, stack, window), 0);
    assert_int_equal(pose_motion_windows(&m[0], &m[0], 0, NULL, mark, stack, window), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_one_runner_are_joined),
        cmocka_unit_test(a_window_holds_what_moves),
    };
    return cmocka_run_group_tests_name("pose/join", tests, NULL, NULL);
}
