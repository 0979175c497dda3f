/* Marks are true projections and noise: the camera that is fitted to them lies about the true one
 * as its own standard deviations say. */
#include "ht.h"
#include "video/view.h"

#include "base/arena.h"
#include "base/rng.h"
#include "num/stat.h"

/* It looks across the track from the outside of lane 1, yaw > 0 towards rising x. */
typedef struct camera {
    double eye_m[3], yaw_rad, pitch_rad, focal_px;
} camera;

enum { W_PX = 1280, H_PX = 720, N_POINT = 20, N_QUANTITY = 6, N_SET = 400 };

static const camera low = {{40, -14, 1.7}, 0.08, -0.03, 1100};
static const camera high = {{99.6, -14, 8}, -0.02, -0.4, 1100};

static void project(const camera *c, const double at_m[3], double *u_px, double *v_px)
{
    double d[3], cy = cos(c->yaw_rad), sy = sin(c->yaw_rad);
    for (int i = 0; i < 3; i++)
        d[i] = at_m[i] - c->eye_m[i];
    /* y goes away from lane 1, to the right of who runs: rising x lies to the left */
    double flat = sy * d[0] + cy * d[1], right = -cy * d[0] + sy * d[1];
    double ahead = cos(c->pitch_rad) * flat + sin(c->pitch_rad) * d[2],
           up = -sin(c->pitch_rad) * flat + cos(c->pitch_rad) * d[2];
    *u_px = W_PX / 2.0 + c->focal_px * right / ahead;
    *v_px = H_PX / 2.0 - c->focal_px * up / ahead;
}

/* Tape on two lane lines each 3 m, and a pole of 1.5 m on each. noise: in sigmas; whole: typed as
 * whole pixels. */
static hm_marks marks_of(const camera *c, uint32_t set, double sigma_px, bool whole,
                         hm_marks_point point[N_POINT])
{
    static const double y_m[4] = {1.22, 9.76, 1.22, 9.76}, z_m[4] = {0, 0, 1.5, 1.5};
    hm_marks m = hm_marks_default();
    m.width_px = W_PX;
    m.height_px = H_PX;
    m.n_point = N_POINT;
    m.point = point;
    for (uint32_t i = 0; i < N_POINT; i++) {
        double at_m[3] = {floor(c->eye_m[0]) + 3 * ((int)i / 4 - 2), y_m[i % 4], z_m[i % 4]}, uv[2];
        project(c, at_m, &uv[0], &uv[1]);
        for (uint32_t k = 0; k < 2; k++) {
            uv[k] += sigma_px * hm_normal_of(hm_rng_unit(7, HM_FOR_TEST, set, i, k));
            uv[k] = whole ? round(uv[k]) : uv[k];
        }
        /* a whole pixel is uncertain by 1 / sqrt 12 more */
        point[i] = (hm_marks_point){.name = "",
                                    .x_m = at_m[0],
                                    .y_m = at_m[1],
                                    .z_m = at_m[2],
                                    .u_px = uv[0],
                                    .v_px = uv[1],
                                    .sigma_px = sqrt(sigma_px * sigma_px + whole / 12.0)};
    }
    return m;
}

/* Errors in their own standard deviations; sigma 0 = told. */
static void errors_of(const camera *c, const hm_view_pose *p, double z[N_QUANTITY])
{
    for (int i = 0; i < 3; i++)
        z[i] = (p->eye_m[i] - c->eye_m[i]) / p->eye_sigma_m[i];
    z[3] = (p->yaw_rad - c->yaw_rad) / p->yaw_sigma_rad;
    z[4] = (p->pitch_rad - c->pitch_rad) / p->pitch_sigma_rad;
    z[5] = (p->focal_px - c->focal_px) / p->focal_sigma_px;
}

/* Each 90 % interval holds 85 to 95 % of the truths. Marks that happen to fit badly widen theirs,
 * marks that fit well do not narrow them: a little over 90 is right. */
static void check_coverage(hm_arena *arena, const camera *c, double sigma_px, bool whole)
{
    int inside[N_QUANTITY] = {0};
    double sum[N_QUANTITY] = {0};
    for (uint32_t set = 0; set < N_SET; set++) {
        hm_arena_mark mark = hm_arena_mark_get(arena);
        hm_marks_point point[N_POINT];
        hm_marks m = marks_of(c, set, sigma_px, whole, point);
        hm_view view;
        hm_view_pose pose;
        double z[N_QUANTITY];
        assert_int_equal(hm_view_fit(&m, arena, &view, NULL), HM_OK);
        assert_true(hm_view_pose_of(&view, &pose));
        errors_of(c, &pose, z);
        for (int q = 0; q < N_QUANTITY; q++) {
            inside[q] += fabs(z[q]) < 1.6449;
            sum[q] += z[q];
        }
        hm_arena_release(arena, mark);
    }
    for (int q = 0; q < N_QUANTITY; q++) {
        assert_in_range(inside[q], (int)(0.85 * N_SET), (int)(0.95 * N_SET));
        ht_near(sum[q] / N_SET, 0, 0.2, 0); /* no bias: four standard errors */
    }
}

static void exact_marks_give_place_and_direction_back(void **state)
{
    const camera *both[2] = {&low, &high};
    for (int k = 0; k < 2; k++) {
        hm_marks_point point[N_POINT];
        hm_marks m = marks_of(both[k], 0, 0, true, point);
        for (int i = 0; i < N_POINT; i++) {
            const double at_m[3] = {point[i].x_m, point[i].y_m, point[i].z_m};
            project(both[k], at_m, &point[i].u_px, &point[i].v_px);
        }
        hm_view view;
        hm_view_pose p;
        assert_int_equal(hm_view_fit(&m, *state, &view, NULL), HM_OK);
        assert_true(hm_view_pose_of(&view, &p));
        for (int i = 0; i < 3; i++)
            ht_near(p.eye_m[i], both[k]->eye_m[i], 1e-6, 0);
        ht_near(p.yaw_rad, both[k]->yaw_rad, 1e-8, 0);
        ht_near(p.pitch_rad, both[k]->pitch_rad, 1e-8, 0);
        ht_near(p.focal_px, both[k]->focal_px, 1e-5, 0);
    }
}

static void intervals_from_beside_hold_nine_in_ten(void **state)
{
    check_coverage(*state, &low, 0.5, false);
}

static void intervals_from_above_hold_nine_in_ten(void **state)
{
    check_coverage(*state, &high, 0.5, false);
}

static void marks_typed_as_whole_pixels_hold_nine_in_ten(void **state)
{
    check_coverage(*state, &low, 0.7, true);
}

static void a_focal_length_that_is_told_has_no_deviation(void **state)
{
    hm_marks_point point[N_POINT];
    hm_marks m = marks_of(&low, 1, 0.5, false, point);
    m.focal_px = low.focal_px;
    hm_view view;
    hm_view_pose told, found;
    assert_int_equal(hm_view_fit(&m, *state, &view, NULL), HM_OK);
    assert_true(hm_view_pose_of(&view, &told));
    ht_near(told.focal_sigma_px, 0, 0, 0);
    m.focal_px = NAN;
    assert_int_equal(hm_view_fit(&m, *state, &view, NULL), HM_OK);
    assert_true(hm_view_pose_of(&view, &found));
    assert_true(told.eye_sigma_m[1] < found.eye_sigma_m[1]);
    view.has_camera = false;
    assert_false(hm_view_pose_of(&view, &found));
}

static int open_arena(void **state)
{
    static hm_arena arena;
    hm_arena_init(&arena, 0);
    *state = &arena;
    return 0;
}

static int close_arena(void **state)
{
    hm_arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_marks_give_place_and_direction_back),
        cmocka_unit_test(intervals_from_beside_hold_nine_in_ten),
        cmocka_unit_test(intervals_from_above_hold_nine_in_ten),
        cmocka_unit_test(marks_typed_as_whole_pixels_hold_nine_in_ten),
        cmocka_unit_test(a_focal_length_that_is_told_has_no_deviation),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
