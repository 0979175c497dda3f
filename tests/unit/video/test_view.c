/* A pinhole of known pose marks a track; the fit must give the pose back. */
#include "ht.h"
#include "video/view.h"

#include <string.h>

#include "base/arena.h"

/* camera at `eye`, looking at `at`, written out here on its own: the twin of the room's */
typedef struct pinhole {
    double eye[3], at[3], focal_px, k1, k2;
    int32_t w_px, h_px;
} pinhole;

static void unit(double v[3])
{
    double l = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int i = 0; i < 3; i++)
        v[i] /= l;
}

static void see(const pinhole *p, const double x[3], double uv[2])
{
    double ahead[3], d[3];
    for (int i = 0; i < 3; i++) {
        ahead[i] = p->at[i] - p->eye[i];
        d[i] = x[i] - p->eye[i];
    }
    unit(ahead);
    /* left-handed world (x along, y to the right of who runs, z up): right = ahead x up turned */
    double right[3] = {-ahead[1], ahead[0], 0};
    unit(right);
    double flat = sqrt(ahead[0] * ahead[0] + ahead[1] * ahead[1]);
    double up[3] = {-ahead[0] * ahead[2] / flat, -ahead[1] * ahead[2] / flat, flat};
    double z = d[0] * ahead[0] + d[1] * ahead[1] + d[2] * ahead[2];
    double a = (d[0] * right[0] + d[1] * right[1]) / z,
           b = -(d[0] * up[0] + d[1] * up[1] + d[2] * up[2]) / z;
    double q = a * a + b * b, grow = 1 + p->k1 * q + p->k2 * q * q;
    uv[0] = p->w_px / 2.0 + p->focal_px * grow * a;
    uv[1] = p->h_px / 2.0 + p->focal_px * grow * b;
}

/* stands beyond lane 8 on the finish's extension, 3 m up, and 2 m off it */
static const pinhole finish = {{102, 16, 3}, {100.5, 4, 0.8}, 1500, 0, 0, 1920, 1080};
static const pinhole bent = {{102, 16, 3}, {100.5, 4, 0.8}, 1100, -0.12, 0.02, 1920, 1080};

static hm_marks seen_by(const pinhole *p, int n, const double at[][3], hm_marks_point point[])
{
    hm_marks m = hm_marks_default();
    m.width_px = p->w_px;
    m.height_px = p->h_px;
    m.n_point = n;
    m.point = point;
    for (int i = 0; i < n; i++) {
        double uv[2];
        see(p, at[i], uv);
        point[i] = (hm_marks_point){"", at[i][0], at[i][1], at[i][2], uv[0], uv[1], 0.5};
    }
    return m;
}

static const double track[][3] = {{98, 0, 0},     {98, 9.76, 0}, {100, 0, 0},
                                  {100, 9.76, 0}, {102, 0, 0},   {102, 9.76, 0},
                                  {100, 4.88, 0}, {100, 0, 1.5}, {100, 9.76, 1.5}};

static void check_places(const hm_view *v, const pinhole *p, double tol_m)
{
    static const double at[][3] = {{99.7, 1.83, 1.2}, {100.4, 7.93, 1.3}, {99, 4.27, 0.9}};
    for (int i = 0; i < 3; i++) {
        double uv[2], x, y, z, u, w;
        see(p, at[i], uv);
        assert_true(hm_view_pixel(v, at[i], &u, &w));
        ht_near(u, uv[0], 500 * tol_m, 0);
        ht_near(w, uv[1], 500 * tol_m, 0);
        assert_true(hm_view_lane_plane(v, uv[0], uv[1], at[i][1], &x, &z));
        ht_near(x, at[i][0], tol_m, 0);
        ht_near(z, at[i][2], tol_m, 0);
        assert_true(hm_view_gate_plane(v, uv[0], uv[1], at[i][0], &y, &z));
        ht_near(y, at[i][1], 10 * tol_m, 0); /* nearly along the ray */
    }
    const double low[3] = {99.2, 3.3, 0};
    double uv[2], x, y;
    see(p, low, uv);
    assert_true(hm_view_ground(v, uv[0], uv[1], &x, &y));
    ht_near(x, low[0], tol_m, 0);
    ht_near(y, low[1], tol_m, 0);
}

static void camera_of_exact_marks_comes_back(void **state)
{
    hm_marks_point point[9];
    hm_marks m = seen_by(&finish, 9, track, point);
    hm_view v;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_true(v.has_camera);
    ht_near(v.focal_px, 1500, 0, 1e-8);
    assert_true(v.rms_px < 1e-6);
    for (int i = 0; i < 3; i++) { /* the eye is -R' t */
        double eye = -(v.r[i] * v.t_m[0] + v.r[3 + i] * v.t_m[1] + v.r[6 + i] * v.t_m[2]);
        ht_near(eye, finish.eye[i], 1e-7, 0);
    }
    check_places(&v, &finish, 1e-7);
    double x, y;
    assert_false(hm_view_ground(&v, 960, -4000, &x, &y)); /* the sky */
}

static void distortion_is_undone(void **state)
{
    hm_marks_point point[9];
    hm_marks m = seen_by(&bent, 9, track, point);
    hm_view v;
    hm_err err = {0};
    m.k1 = bent.k1;
    m.k2 = bent.k2;
    assert_int_equal(hm_view_fit(&m, *state, &v, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "focal_px");
    m.focal_px = bent.focal_px;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_true(v.rms_px < 1e-6);
    check_places(&v, &bent, 1e-7);
    /* without it the same marks do not fit */
    m.k1 = m.k2 = 0;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_true(v.rms_px > 1);
}

static void ground_alone_gives_the_homography_and_says_why_no_camera(void **state)
{
    /* from straight above, height and focal length are one */
    const pinhole square = {{100, 5, 30}, {100, 4.9, 0}, 1500, 0, 0, 1920, 1080};
    hm_marks_point point[4];
    hm_marks m = seen_by(&square, 4, track, point);
    hm_view v;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_false(v.has_camera);
    assert_non_null(strstr(v.no_camera, "pole"));
    const double low[3] = {99.2, 3.3, 0}, up[3] = {99.2, 3.3, 1};
    double uv[2], x, y, z;
    see(&square, low, uv);
    assert_true(hm_view_ground(&v, uv[0], uv[1], &x, &y));
    ht_near(x, low[0], 1e-7, 0);
    ht_near(y, low[1], 1e-7, 0);
    assert_false(hm_view_pixel(&v, up, &x, &y));
    assert_false(hm_view_lane_plane(&v, uv[0], uv[1], 3.3, &x, &z));
    /* told, it is a camera */
    m.focal_px = square.focal_px;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_true(v.has_camera);
    check_places(&v, &square, 1e-6);
}

static void upright_plane_alone_gives_a_camera(void **state)
{
    static const double poles[][3] = {{10, 0, 0}, {10, 0, 2}, {10, 9.76, 0}, {10, 9.76, 2},
                                      {20, 0, 0}, {20, 0, 2}, {20, 9.76, 2}};
    const pinhole side = {{15, 28, 2.5}, {14, 3, 1}, 1500, 0, 0, 1920, 1080};
    hm_marks_point point[7];
    hm_marks m = seen_by(&side, 7, poles, point);
    hm_view v;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    assert_true(v.has_camera);
    ht_near(v.focal_px, 1500, 0, 1e-6);
}

static void y_may_count_to_the_left(void **state)
{
    double left[9][3];
    for (int i = 0; i < 9; i++) {
        memcpy(left[i], track[i], sizeof left[i]);
        left[i][1] = 9.76 - track[i][1];
    }
    hm_marks_point point[9];
    hm_marks m = seen_by(&finish, 9, track, point);
    for (int i = 0; i < 9; i++)
        point[i].y_m = left[i][1];
    hm_view v;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    ht_near(v.focal_px, 1500, 0, 1e-8);
    assert_true(v.rms_px < 1e-6);
}

/* The scatter of x over many noisy sets of marks is what the covariance says. */
static void covariance_is_the_scatter(void **state)
{
    hm_arena *arena = *state;
    const double at[3] = {100, 6.71, 1.2};
    double uv[2], sum = 0, want = 0;
    uint64_t seed = 12345;
    enum { N = 300 };
    see(&finish, at, uv);
    for (int k = 0; k < N; k++) {
        hm_arena_mark mark = hm_arena_mark_get(arena);
        hm_marks_point point[9];
        hm_marks m = seen_by(&finish, 9, track, point);
        for (int i = 0; i < 18; i++) { /* normal enough: twelve uniform numbers */
            double n = -6;
            for (int j = 0; j < 12; j++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                n += (double)(seed >> 11) / 9007199254740992.0;
            }
            *(i % 2 ? &point[i / 2].v_px : &point[i / 2].u_px) += 0.5 * n;
        }
        hm_view v;
        double x, z;
        assert_int_equal(hm_view_fit(&m, arena, &v, NULL), HM_OK);
        assert_true(hm_view_lane_plane(&v, uv[0], uv[1], at[1], &x, &z));
        sum += (x - at[0]) * (x - at[0]);
        want += hm_view_x_covariance_m2(&v, at, at);
        hm_arena_release(arena, mark);
    }
    /* the covariance is scaled up in half of the draws, so it is a little large */
    assert_in_range((int64_t)(1000 * sqrt(sum / want)), 800, 1080);
}

static void leaving_a_mark_out_is_what_a_second_fit_says(void **state)
{
    hm_marks_point point[9], rest[8];
    hm_marks m = seen_by(&finish, 9, track, point);
    hm_view all, without;
    point[2].u_px += 0.02; /* small: the hat matrix is exact for linear problems only */
    point[5].v_px -= 0.03;
    assert_int_equal(hm_view_fit(&m, *state, &all, NULL), HM_OK);
    for (int out = 0; out < 9; out++) {
        int n = 0;
        for (int i = 0; i < 9; i++)
            if (i != out)
                rest[n++] = point[i];
        hm_marks fewer = m;
        fewer.point = rest;
        fewer.n_point = 8;
        assert_int_equal(hm_view_fit(&fewer, *state, &without, NULL), HM_OK);
        const double at[3] = {point[out].x_m, point[out].y_m, point[out].z_m};
        double u, v;
        assert_true(hm_view_pixel(&without, at, &u, &v));
        ht_near(all.leave_out_px[out], hypot(u - point[out].u_px, v - point[out].v_px), 1e-4, 1e-2);
    }
}

static void residual_of_a_wrong_mark_is_told_in_mm(void **state)
{
    hm_marks_point point[9];
    hm_marks m = seen_by(&finish, 9, track, point);
    hm_view v;
    point[6].u_px += 10;
    assert_int_equal(hm_view_fit(&m, *state, &v, NULL), HM_OK);
    int worst = 0;
    for (int i = 1; i < 9; i++)
        worst = v.leave_out_px[i] > v.leave_out_px[worst] ? i : worst;
    assert_int_equal(worst, 6);
    /* 11.3 m off with 1500 px: 7.6 mm a px */
    ht_near(v.residual_mm[6] / v.residual_px[6], 7.6, 0, 0.05);
}

static void refused(hm_arena *arena, const hm_marks *m, const char *why)
{
    hm_view v = {.n_point = -5};
    hm_err err = {0};
    assert_int_equal(hm_view_fit(m, arena, &v, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, why));
    assert_int_equal(v.n_point, -5);
}

static void degenerate_marks_are_refused(void **state)
{
    static const double line[][3] = {{98, 0, 0}, {99, 0, 0}, {100, 0, 0}, {101, 0, 0}, {99, 4, 0}};
    static const double few[][3] = {{98, 0, 0}, {98, 9, 0}, {102, 0, 0}, {102, 9, 1}, {99, 4, 2}};
    hm_marks_point point[9];
    hm_marks m = seen_by(&finish, 5, line, point);
    refused(*state, &m, "no three");
    m = seen_by(&finish, 5, few, point);
    refused(*state, &m, "four or more");
    m = seen_by(&finish, 9, track, point);
    m.n_point = 3;
    refused(*state, &m, "four or more");
    m.n_point = 9;
    point[4] = point[1];
    refused(*state, &m, "same place");
    m = seen_by(&finish, 9, track, point);
    point[3].u_px = point[2].u_px;
    point[3].v_px = point[2].v_px;
    refused(*state, &m, "same pixel");
}

static void rows_are_read_out_in_their_order(void **state)
{
    (void)state;
    hm_view v = {.width_px = 640, .height_px = 360};
    hm_marks m = hm_marks_default();
    ht_near(hm_view_row_delay_s(&v, &m, 10, 20), 0, 0, 0); /* not known */
    m.readout_s = 0.02;
    ht_near(hm_view_row_delay_s(&v, &m, 10, 0.5), -0.01, 1e-12, 0);
    ht_near(hm_view_row_delay_s(&v, &m, 10, 359.5), 0.01, 1e-12, 0);
    m.readout = HM_READOUT_UP;
    ht_near(hm_view_row_delay_s(&v, &m, 10, 359.5), -0.01, 1e-12, 0);
    m.readout = HM_READOUT_RIGHT;
    ht_near(hm_view_row_delay_s(&v, &m, 639.5, 20), 0.01, 1e-12, 0);
    m.readout = HM_READOUT_LEFT;
    ht_near(hm_view_row_delay_s(&v, &m, 639.5, 20), -0.01, 1e-12, 0);
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
        cmocka_unit_test(camera_of_exact_marks_comes_back),
        cmocka_unit_test(distortion_is_undone),
        cmocka_unit_test(ground_alone_gives_the_homography_and_says_why_no_camera),
        cmocka_unit_test(upright_plane_alone_gives_a_camera),
        cmocka_unit_test(y_may_count_to_the_left),
        cmocka_unit_test(covariance_is_the_scatter),
        cmocka_unit_test(leaving_a_mark_out_is_what_a_second_fit_says),
        cmocka_unit_test(residual_of_a_wrong_mark_is_told_in_mm),
        cmocka_unit_test(degenerate_marks_are_refused),
        cmocka_unit_test(rows_are_read_out_in_their_order),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
