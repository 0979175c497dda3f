#include "film_race.h"
#include "ht.h"

#include <string.h>

#include "stage/director.h"
#include "stage/shots.h"

static hm_film direct_size(const hm_race *r, int32_t w_px, int32_t h_px, hm_arena *a)
{
    hm_direct_opts o = hm_direct_opts_default();
    o.w_px = w_px;
    o.h_px = h_px;
    hm_film f = {0};
    assert_int_equal(hm_direct(r, &o, a, &f, NULL), HM_OK);
    return f;
}

static hm_film direct(const hm_race *r, hm_arena *a)
{
    return direct_size(r, 1280, 720, a);
}

/* Calls see(film, race, moment) at n instants of the film of each kind of race. */
typedef void see_fn(const hm_film *f, const hm_race *r, const hm_moment *m);

static void over_all_films(int per_s, see_fn *see)
{
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, &a);
        int64_t n = hm_film_frame_count(&f, per_s);
        for (int64_t i = 0; i < n; i++) {
            hm_moment m;
            hm_film_at(&f, &r, (double)i / per_s, &m);
            see(&f, &r, &m);
        }
        hm_arena_free(&a);
    }
}

/* Rigs that promise to hold all their runners, head and feet. */
static bool holds_group(hm_rig rig)
{
    return rig == HM_RIG_BLOCKS || rig == HM_RIG_BEHIND || rig == HM_RIG_STEPS ||
           rig == HM_RIG_RAIL || rig == HM_RIG_OVERHEAD || rig == HM_RIG_HEAD_ON ||
           rig == HM_RIG_QUARTER || rig == HM_RIG_REVERSE || rig == HM_RIG_BREATH ||
           rig == HM_RIG_FACE;
}

static void see_heads(const hm_film *f, const hm_race *r, const hm_moment *m)
{
    if (!holds_group(m->shot->rig))
        return;
    /* single shots hold their first runner */
    bool is_single = m->shot->rig == HM_RIG_BREATH || m->shot->rig == HM_RIG_FACE;
    for (int32_t i = 0; i < (is_single ? 1 : m->n_lane); i++) {
        double x = 0, y = 0, depth;
        bool is_ahead =
            hm_camera_project(&m->camera, f->w_px, f->h_px, m->head_m[m->lane[i]], &x, &y, &depth);
        if (!is_ahead || x < 0.015 * f->w_px || x > 0.985 * f->w_px || y < 0.015 * f->h_px ||
            y > 0.985 * f->h_px)
            fail_msg("%s at %.2f s (race %.2f, %d lanes): head of lane %d at %.0f %.0f",
                     m->shot->name, m->film_t_s, m->race_t_s, (int)r->n_lane,
                     (int)r->lane[m->lane[i]].lane, x, y);
    }
}

static void heads_of_the_focus_stay_in_the_picture(void **state)
{
    (void)state;
    over_all_films(12, see_heads);
}

static void heads_stay_in_pictures_of_other_shapes(void **state)
{
    (void)state;
    static const int32_t size[3][2] = {{960, 720}, {720, 1280}, {1920, 800}};
    for (int k = 0; k < 3; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, FILM_RACE_EIGHT);
        hm_film f = direct_size(&r, size[k][0], size[k][1], &a);
        for (double t = 0; t < f.duration_s; t += 0.1) {
            hm_moment m;
            hm_film_at(&f, &r, t, &m);
            see_heads(&f, &r, &m);
        }
        hm_arena_free(&a);
    }
}

static void see_winner_on_line(const hm_film *f, const hm_race *r, const hm_moment *m)
{
    if (m->shot->rig != HM_RIG_LINE)
        return;
    for (int32_t i = 0; i < r->n_lane; i++) {
        const hm_lane *l = &r->lane[i];
        double off_s = m->race_t_s - 1e-6 * (double)l->time_us;
        if (l->place != 1 || fabs(off_s) > 0.09)
            continue;
        double x = 0, y = 0, depth;
        assert_true(hm_camera_project(&m->camera, f->w_px, f->h_px, m->head_m[i], &x, &y, &depth));
        assert_true(x > 0.1 * f->w_px && x < 0.9 * f->w_px && y > 0.05 * f->h_px);
        /* exact side view: the line is a plane seen edge on */
        ht_near((double)m->camera.eye_m.z, 100, 1e-3, 0);
        ht_near((double)m->camera.aim_m.z, 100, 1e-3, 0);
    }
}

static void the_winner_crosses_the_line_in_an_exact_side_view(void **state)
{
    (void)state;
    over_all_films(24, see_winner_on_line);
}

static void see_direction(const hm_film *f, const hm_race *r, const hm_moment *m)
{
    (void)f;
    (void)r;
    hm_vec3 fwd = hm_v3_unit(hm_v3_sub(m->camera.aim_m, m->camera.eye_m));
    hm_vec3 right = hm_v3_unit(hm_v3_cross(fwd, hm_v3(0, 1, 0)));
    if (right.z < -0.3f)
        fail_msg("%s: +z runs left on the screen, %g", m->shot->name, (double)right.z);
}

static void nobody_runs_from_right_to_left(void **state)
{
    (void)state;
    over_all_films(12, see_direction);
}

static void see_room(const hm_film *f, const hm_race *r, const hm_moment *m)
{
    (void)f;
    assert_true(m->camera.eye_m.y > 0.2f);
    double side_m = 0; /* right edge of lane 8 or of the rightmost runner */
    for (int32_t i = 0; i < r->n_lane; i++)
        side_m = fmin(side_m, hm_lane_centre_m(r->lane[i].lane) - 0.61);
    side_m = fmin(side_m, hm_lane_centre_m(8) - 0.61);
    /* the boards before the stands begin 8.1 - 1.6 = 6.5 m outside the lanes (stage/venue_stand.c)
     */
    assert_true((double)m->camera.eye_m.x > side_m - 6.3);
    for (int32_t i = 0; i < r->n_lane; i++) {
        if (r->lane[i].status == HM_RUN_DNS)
            continue;
        double dx = (double)(m->camera.eye_m.x - m->head_m[i].x);
        double dz = (double)(m->camera.eye_m.z - m->head_m[i].z);
        if ((double)m->camera.eye_m.y < 2.3 && dx * dx + dz * dz < 1.1 * 1.1)
            fail_msg("%s at race %.2f: camera %.2f m from lane %d", m->shot->name, m->race_t_s,
                     sqrt(dx * dx + dz * dz), (int)r->lane[i].lane);
    }
}

static void cameras_keep_away_from_bodies(void **state)
{
    (void)state;
    over_all_films(12, see_room);
}

/* C2: over ever smaller steps the second difference of place and aim goes to its limit, so two
 * neighbouring ones differ by no more than (bound of the third derivative) x step. */
static void camera_paths_are_twice_smooth(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f = direct(&r, &a);
    for (int32_t i = 0; i < f.n_shot; i++) {
        const hm_camera_path *t = &f.shot[i].track;
        for (int32_t k = 1; k + 1 < t->n; k++) { /* at each knot, from both sides */
            for (int c = 0; c < HM_TRACK_CHANNELS; c++) {
                const double *y = &t->value[k * HM_TRACK_CHANNELS + c];
                const double *m = &t->bend[k * HM_TRACK_CHANNELS + c];
                const int s = HM_TRACK_CHANNELS;
                double right = (y[s] - y[0]) / t->dt_s - t->dt_s * (2 * m[0] + m[s]) / 6;
                double left = (y[0] - y[-s]) / t->dt_s + t->dt_s * (2 * m[0] + m[-s]) / 6;
                ht_near(right, left, 1e-7, 1e-9);
            }
        }
        for (double s = f.shot[i].from_s; s < f.shot[i].to_s - 0.04; s += 0.02) {
            hm_moment p[3];
            for (int j = 0; j < 3; j++)
                hm_film_at(&f, &r, s + 0.01 * j, &p[j]);
            hm_vec3 d2 = hm_v3_add(hm_v3_sub(p[2].camera.eye_m, hm_v3_mul(p[1].camera.eye_m, 2)),
                                   p[0].camera.eye_m);
            /* 25 m/s2: no camera is thrown harder than that (float noise: 2e-5 / 1e-4 = 0.2) */
            assert_true((double)hm_v3_len(d2) / 1e-4 < 25);
        }
    }
    hm_arena_free(&a);
}

static void the_moment_outside_the_film_is_its_end(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f = direct(&r, &a);
    hm_moment m, n;
    hm_film_at(&f, &r, -3, &m);
    hm_film_at(&f, &r, 0, &n);
    assert_memory_equal(&m.camera, &n.camera, sizeof m.camera);
    hm_film_at(&f, &r, 1e6, &m);
    assert_int_equal(m.i_shot, f.n_shot - 1);
    ht_near(m.race_t_s, f.shot[f.n_shot - 1].race_to_s, 1e-9, 0);
    hm_arena_free(&a);
}

static void a_known_point_projects_where_geometry_says(void **state)
{
    (void)state;
    /* 90 deg vertical: at depth d the half height is d; eye 2 m up, looking along +z */
    hm_camera c = {{0, 2, 0}, {0, 2, 10}, (float)(HM_PI / 2), 0, 0.25f};
    double x, y, depth;
    assert_true(hm_camera_project(&c, 200, 100, hm_v3(-5, 7, 20), &x, &y, &depth));
    ht_near(depth, 20, 1e-5, 0);
    ht_near(x, 100 + 50 * 5.0 / 20, 1e-4, 0); /* right of the runners (-x) is right of the screen */
    ht_near(y, 50 - 50 * 5.0 / 20, 1e-4, 0);
    assert_false(hm_camera_project(&c, 200, 100, hm_v3(0, 2, -1), &x, &y, &depth));
}

static void a_shot_about_an_empty_lane_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_ONE);
    hm_shot s = {.name = "x",
                 .look = "",
                 .rate = 1,
                 .rig = HM_RIG_RAIL,
                 .n_focus = 1,
                 .focus = {{HM_ROLE_LANE, 3}},
                 .to = {HM_AT_FINISH, 0, 0, 0}};
    hm_film f = {.look = "", .w_px = 128, .h_px = 72, .fps = 24, .n_shot = 1, .shot = &s};
    hm_err e = {0};
    assert_int_equal(hm_film_bind(&f, &r, &a, &e), HM_ERR_INPUT);
    assert_string_equal(e.field, "focus");
    s.focus[0].lane = 5;
    s.to = s.from;
    memset(&e, 0, sizeof e);
    assert_int_equal(hm_film_bind(&f, &r, &a, &e), HM_ERR_INPUT);
    assert_string_equal(e.field, "to");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_of_the_focus_stay_in_the_picture),
        cmocka_unit_test(heads_stay_in_pictures_of_other_shapes),
        cmocka_unit_test(the_winner_crosses_the_line_in_an_exact_side_view),
        cmocka_unit_test(nobody_runs_from_right_to_left),
        cmocka_unit_test(cameras_keep_away_from_bodies),
        cmocka_unit_test(camera_paths_are_twice_smooth),
        cmocka_unit_test(the_moment_outside_the_film_is_its_end),
        cmocka_unit_test(a_known_point_projects_where_geometry_says),
        cmocka_unit_test(a_shot_about_an_empty_lane_is_refused),
    };
    return cmocka_run_group_tests_name("stage/shots", tests, NULL, NULL);
}
