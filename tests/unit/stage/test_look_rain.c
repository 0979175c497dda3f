/* The one shot of rain, long and short: how the camera moves, and what it never goes through. */
#include "ht_race.h"
#include "looks/rain_priv.h"

#include <math.h>

#include "stage/look.h"
#include "stage/shots.h"

#define RAD (180 / 3.14159265358979323846)

static const char *const races[] = {"2009-berlin-men-100m-final", "2008-beijing-women-100m-final",
                                    "masters-100m-final"};
enum { N_RACE = 3 };

typedef struct shot {
    hm_arena a;
    hm_race race;
    hm_film film;
} shot;

static void stage_it(shot *s, const char *name, rain_length length)
{
    hm_err e = {0};
    rain_opts own;
    hm_arena_init(&s->a, 0);
    ht_race_shipped(name, &s->a, &s->race);
    hm_option_defaults(&hm_look_rain_table, &own);
    own.length = length;
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = HM_CUT_LOOK, o.look = "rain", o.look_own = &own;
    assert_int_equal(hm_look_direct(hm_look_find("rain"), &s->race, &o, &s->a, &s->film, &e),
                     HM_OK);
}

static hm_camera at(const shot *s, double t_s, double *race_s)
{
    hm_moment m;
    hm_film_at(&s->film, &s->race, t_s, &m);
    *race_s = m.race_t_s;
    return m.camera;
}

static void the_long_form_is_one_shot_of_three_and_a_half_to_four_minutes(void **state)
{
    (void)state;
    for (int i = 0; i < N_RACE; i++) {
        shot s;
        stage_it(&s, races[i], RAIN_LONG);
        assert_int_equal(s.film.n_shot, 1);
        assert_true(s.film.shot[0].rate == 1.0);
        assert_true(s.film.duration_s > 210 && s.film.duration_s < 240);
        hm_arena_free(&s.a);
        stage_it(&s, races[i], RAIN_SHORT);
        assert_true(s.film.n_shot == 1 && s.film.duration_s < 60);
        hm_arena_free(&s.a);
    }
}

/* A sprinter's camera in the race, a slow walk elsewhere; the aim never faster than 60 deg/s. */
static void the_camera_never_jumps(void **state)
{
    (void)state;
    const double dt = 1 / 24.0;
    for (int i = 0; i < 2 * N_RACE; i++) {
        shot s;
        stage_it(&s, races[i / 2], i % 2 ? RAIN_SHORT : RAIN_LONG);
        hm_vec3 v_was = {0, 0, 0}, a_was = {0, 0, 0};
        for (int k = 1; k * dt < s.film.duration_s; k++) {
            double t_s;
            hm_camera b = at(&s, (k - 1) * dt, &t_s), c = at(&s, k * dt, &t_s);
            hm_vec3 v = hm_v3_mul(hm_v3_sub(c.eye_m, b.eye_m), (float)(1 / dt));
            hm_vec3 a = hm_v3_mul(hm_v3_sub(v, v_was), (float)(1 / dt));
            double jerk = (double)hm_v3_len(hm_v3_sub(a, a_was)) / dt, cos;
            /* the short form goes after them again when it is over */
            bool race = t_s > -4.5 && (i % 2 || t_s < rain_last_s(&s.race) + 3);
            cos = (double)hm_v3_dot(hm_v3_unit(hm_v3_sub(b.aim_m, b.eye_m)),
                                    hm_v3_unit(hm_v3_sub(c.aim_m, c.eye_m)));
            double turn = sqrt(fmax(2 - 2 * cos, 0)) / dt * RAD;
            double v_most = race ? 15 : 4, a_most = race ? 12 : 3;
            if (!((double)hm_v3_len(v) < v_most && turn < 60) ||
                (k > 2 && !((double)hm_v3_len(a) < a_most)) || (k > 3 && !(jerk < 60)))
                fail_msg("%s at %.2f s: %.1f m/s, %.1f m/s2, %.0f m/s3, %.0f deg/s", races[i / 2],
                         t_s, (double)hm_v3_len(v), (double)hm_v3_len(a), jerk, turn);
            v_was = v, a_was = a;
        }
        hm_arena_free(&s.a);
    }
}

static double to_segment_m(hm_vec3 p, hm_vec3 a, hm_vec3 b)
{
    hm_vec3 d = hm_v3_sub(b, a);
    float n = hm_v3_dot(d, d), u = n > 0 ? hm_v3_dot(hm_v3_sub(p, a), d) / n : 0;
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return (double)hm_v3_len(hm_v3_sub(p, hm_v3_mad(a, u, d)));
}

/* From a place to the nearest bone, from joint to joint. */
static double to_body_m(hm_vec3 p, const hm_shape *shape, const hm_pose *pose)
{
    double least = 1e9;
    for (int b = 1; b < HM_BONE_COUNT; b++) {
        int up = hm_bone_parent(b);
        hm_vec3 to = hm_frame_point(&pose->bone[b], shape->joint_m[b]);
        hm_vec3 from = hm_frame_point(&pose->bone[up], shape->joint_m[up]);
        least = fmin(least, to_segment_m(p, from, to));
    }
    return least;
}

static void the_camera_goes_through_nobody(void **state)
{
    (void)state;
    for (int i = 0; i < N_RACE; i++) {
        shot s;
        hm_err e = {0};
        stage_it(&s, races[i], RAIN_LONG);
        for (int32_t l = 0; l < s.race.n_lane; l++) {
            hm_shape shape = hm_shape_of(&s.race.lane[l], s.race.seed);
            hm_gait gait;
            rain_life life = {0};
            int32_t hero = 0;
            while (s.race.lane[hero].place != 1)
                hero++;
            assert_int_equal(hm_gait_plan(&s.race.lane[l], &shape, NULL, &s.a, &gait, &e), HM_OK);
            assert_int_equal(rain_life_plan(&s.race, l, hero, &gait, &s.a, &life, &e), HM_OK);
            for (double t = 0; t < s.film.duration_s; t += 0.125) {
                double race_s;
                hm_camera c = at(&s, t, &race_s);
                hm_pose pose;
                hm_gait_pose(&gait, race_s, &pose);
                rain_life_pose(&life, race_s, &pose);
                double m = to_body_m(c.eye_m, &shape, &pose);
                if (m < 0.45)
                    fail_msg("%s, lane %d, %.2f s: %.2f m", races[i], s.race.lane[l].lane, race_s,
                             m);
            }
        }
        hm_arena_free(&s.a);
    }
}

/* Boards, the walls of the gates, a tower: with room for the lens. */
static void the_camera_goes_through_no_wall(void **state)
{
    (void)state;
    const double room = 0.15;
    for (int i = 0; i < N_RACE; i++) {
        shot s;
        stage_it(&s, races[i], RAIN_LONG);
        rain_place p = rain_place_of(&s.race);
        for (double t = 0; t < s.film.duration_s; t += 1 / 24.0) {
            double race_s;
            hm_camera c = at(&s, t, &race_s);
            double x = (double)c.eye_m.x, y = (double)c.eye_m.y, z = (double)c.eye_m.z;
            bool low = y > 0.1, in_x = x < p.gate_out_m + room;
            double off = fabs(z - p.gate_z_m), off2 = fabs(z - p.exit_z_m);
            bool wall = in_x && y < 2.6 && (fabs(off - 1.5) < room || fabs(off2 - 1.5) < room);
            bool back = x < p.gate_in_m - 0.2 + room;
            bool tower = hypot(x - p.tower_x_m, z - p.tower_z_m) < 0.8 && y < 1.1;
            if (!low || wall || back || tower)
                fail_msg("%s at %.2f s: %.2f %.2f %.2f", races[i], race_s, x, y, z);
        }
        hm_arena_free(&s.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_long_form_is_one_shot_of_three_and_a_half_to_four_minutes),
        cmocka_unit_test(the_camera_never_jumps),
        cmocka_unit_test(the_camera_goes_through_nobody),
        cmocka_unit_test(the_camera_goes_through_no_wall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
