#include "body_lane.h"
#include "ht.h"

#include "base/hash.h"
#include "num/dmath.h"

/* Men's final, women's final, children from six years, joggers: each sheet's first, middle and last
 * runner. */
static const char *const SHEETS[] = {"2009-berlin-men-100m-final", "2008-beijing-women-100m-final",
                                     "school-100m-by-age", "joggers-100m", "masters-100m-final"};
enum { N_SHEET = 5 };

typedef void check_fn(const hm_lane *l, const hm_shape *s, const hm_gait *g);

typedef struct runner {
    const hm_lane *lane;
    hm_shape shape;
    hm_gait good, ragged;
} runner;

enum { MOST_RUNNERS = 24 };

static hm_arena arena;
static hm_race race[N_SHEET];
static runner all[MOST_RUNNERS];
static int n_all;

static void take(const hm_lane *l, uint64_t seed)
{
    hm_err err = {0};
    hm_form f;
    runner *r = &all[n_all++];
    r->lane = l;
    r->shape = hm_shape_of(l, seed);
    assert_int_equal(hm_form_preset("good", &f), 1);
    assert_int_equal(hm_gait_plan(l, &r->shape, &f, &arena, &r->good, &err), HM_OK);
    assert_int_equal(hm_form_preset("ragged", &f), 1);
    assert_int_equal(hm_gait_plan(l, &r->shape, &f, &arena, &r->ragged, &err), HM_OK);
}

static int set_up(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    for (int i = 0; i < N_SHEET; i++) {
        race[i] = body_race(SHEETS[i], &arena);
        for (int k = i % 2; k < race[i].n_lane && n_all < MOST_RUNNERS; k += 2)
            if (race[i].lane[k].n_step > 0)
                take(&race[i].lane[k], race[i].seed);
    }
    return n_all > 12 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static void with_each_runner(check_fn *check, const char *form, int stride)
{
    for (int i = 0; i < n_all; i += stride)
        check(all[i].lane, &all[i].shape, form[0] == 'g' ? &all[i].good : &all[i].ragged);
}

static hm_vec3 under_toes(const hm_shape *s, const hm_pose *p, int side)
{
    return hm_frame_point(&p->bone[hm_bone_of(side, HM_SIDE_TOE)],
                          hm_v3(s->toe_end_m[side].x, 0, s->toe_end_m[side].z));
}

static hm_vec3 joint(const hm_shape *s, const hm_pose *p, int bone)
{
    return hm_frame_point(&p->bone[bone], s->joint_m[bone]);
}

static double flat_distance(hm_vec3 a, double x, double z)
{
    return hypot((double)a.x - x, (double)a.z - z);
}

/* The ball of the foot stands on the race's own footfall for two thirds of the contact; then the
 * shoe rolls over the tip of the toes, which stands still in its turn. (The very last step brings
 * the body to its halt: its heel comes up early.) */
static void check_slip(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    double cx = hm_lane_centre_m(l->lane);
    for (int k = 0; k + 1 < l->n_step; k++) {
        const hm_step *st = &l->step[k];
        int side = (int)st->foot;
        hm_vec3 tip = {0, 0, 0};
        for (int i = 0; i <= 12; i++) {
            hm_pose p;
            hm_gait_pose(g, st->on_s + 1e-5 + (st->off_s - st->on_s - 2e-5) * i / 12, &p);
            assert_int_equal(p.on_ground[side], 1);
            if (i <= 8)
                assert_true(flat_distance(p.ball_m[side], cx + st->side_m, st->x_m) < 0.005);
            if (i == 8)
                tip = under_toes(s, &p, side);
            if (i > 8)
                assert_true(flat_distance(under_toes(s, &p, side), (double)tip.x, (double)tip.z) <
                            0.005);
        }
    }
}

static void feet_do_not_slip_on_the_races_own_footfalls(void **state)
{
    (void)state;
    with_each_runner(check_slip, "good", 1);
    with_each_runner(check_slip, "ragged", 4);
}

static void check_ground(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    for (double t = -16; t < l->end_s + 3; t += 1 / 40.0) {
        hm_pose p;
        hm_gait_pose(g, t, &p);
        for (int side = 0; side < 2; side++) {
            const hm_frame *foot = &p.bone[hm_bone_of(side, HM_SIDE_FOOT)];
            assert_true(under_toes(s, &p, side).y > -0.001f);
            assert_true(hm_frame_point(foot, hm_v3(s->heel_m[side].x, 0, s->heel_m[side].z)).y >
                        -0.001f);
        }
    }
}

static void soles_stay_above_the_ground(void **state)
{
    (void)state;
    with_each_runner(check_ground, "good", 2);
}

/* In the air nothing but gravity acts: the height of the centre of mass is the parabola through its
 * first and last place with 9.81 m/s2. */
static void check_flight(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    (void)s;
    for (int k = 0; k + 1 < l->n_step; k++) {
        double from = l->step[k].off_s + 1e-4, len = l->step[k + 1].on_s - 1e-4 - from;
        double y[7];
        if (len < 0.02)
            continue;
        for (int i = 0; i < 7; i++) {
            hm_pose p;
            hm_gait_pose(g, from + len * i / 6, &p);
            y[i] = (double)p.com_m.y;
        }
        double v = (y[6] - y[0]) / len + 9.81 * len / 2;
        for (int i = 1; i < 6; i++) {
            double t = len * i / 6;
            ht_near(y[i], y[0] + v * t - 9.81 * t * t / 2, 0.002, 0);
        }
    }
}

static void flight_obeys_gravity(void **state)
{
    (void)state;
    with_each_runner(check_flight, "good", 1);
}

/* Even steps at top speed: dip of the centre of mass = g tf tc / 2 pi - g tc^2 (1/8 - 1 / 2 pi)
 * (Morin et al. 2005; 22.87 mm for .100 and .125 s). Steps differ a little: 4 mm. */
static void contact_dips_by_the_closed_form(void **state)
{
    (void)state;
    const hm_lane *l = all[1].lane;
    hm_gait g = all[1].good;
    double sum = 0, want = 0;
    for (int k = 24; k < 36; k++) {
        const hm_step *st = &l->step[k];
        double tc = st->off_s - st->on_s, tf = l->step[k + 1].on_s - st->off_s, low = 9;
        hm_pose p, q;
        hm_gait_pose(&g, st->on_s, &p);
        hm_gait_pose(&g, st->off_s, &q);
        for (double t = st->on_s; t < st->off_s; t += tc / 40) {
            hm_pose m;
            hm_gait_pose(&g, t, &m);
            low = fmin(low, (double)m.com_m.y);
        }
        sum += ((double)p.com_m.y + (double)q.com_m.y) / 2 - low;
        want += 9.81 * tf * tc / HM_TAU - 9.81 * tc * tc * (0.125 - 1 / HM_TAU);
    }
    ht_near(sum / 12, want / 12, 0.004, 0);
}

static void check_front(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    (void)s;
    hm_pose p;
    for (double t = 0; t < l->end_s; t += 0.02) {
        hm_gait_pose(g, t, &p);
        ht_near(p.torso_front_m, hm_curve_x_m(&l->curve, t), 0.020, 0);
    }
    if (l->time_us == 0)
        return;
    hm_gait_pose(g, 1e-6 * (double)l->time_us, &p);
    ht_near(p.torso_front_m, 100, 0.001 * hm_curve_v_mps(&l->curve, 1e-6 * (double)l->time_us), 0);
}

static void the_torso_follows_the_race_and_meets_the_line_in_time(void **state)
{
    (void)state;
    with_each_runner(check_front, "good", 1);
    with_each_runner(check_front, "ragged", 4);
}

static double bone_length(const hm_shape *s, const hm_pose *p, int a, int b)
{
    return (double)hm_v3_len(hm_v3_sub(joint(s, p, a), joint(s, p, b)));
}

/* Segments keep their length, each frame is a rotation, and the next joint lies where its parent
 * carries it. */
static void check_bones(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    for (double t = -15; t < l->end_s + 2; t += 0.11) {
        hm_pose p;
        hm_gait_pose(g, t, &p);
        for (int side = 0; side < 2; side++) {
            int th = hm_bone_of(side, HM_SIDE_THIGH), sh = hm_bone_of(side, HM_SIDE_SHANK);
            int ft = hm_bone_of(side, HM_SIDE_FOOT), ua = hm_bone_of(side, HM_SIDE_UPPER_ARM);
            int fa = hm_bone_of(side, HM_SIDE_FOREARM), hd = hm_bone_of(side, HM_SIDE_HAND);
            ht_near(bone_length(s, &p, th, sh), (double)s->thigh_m, 1e-4, 0);
            ht_near(bone_length(s, &p, sh, ft), (double)s->shank_m, 1e-4, 0);
            ht_near(bone_length(s, &p, ua, fa), (double)s->upper_arm_m, 1e-4, 0);
            ht_near(bone_length(s, &p, fa, hd), (double)s->forearm_m, 1e-4, 0);
        }
        for (int b = 0; b < HM_BONE_COUNT; b++) {
            const hm_frame *f = &p.bone[b];
            ht_near((double)hm_v3_dot(f->x, hm_v3_cross(f->y, f->z)), 1, 1e-4, 0);
            int up = hm_bone_parent(b);
            if (up < 0)
                continue;
            hm_vec3 own = joint(s, &p, b), led = hm_frame_point(&p.bone[up], s->joint_m[b]);
            assert_true(hm_v3_len(hm_v3_sub(own, led)) < 2e-4f);
        }
    }
}

static void bones_stay_whole_and_joined(void **state)
{
    (void)state;
    with_each_runner(check_bones, "good", 3);
}

/* Bend between two bones, + when the second folds backward against the first (knees). */
static double knee_deg(const hm_shape *s, const hm_pose *p, int side)
{
    hm_vec3 h = joint(s, p, hm_bone_of(side, HM_SIDE_THIGH));
    hm_vec3 k = joint(s, p, hm_bone_of(side, HM_SIDE_SHANK));
    hm_vec3 a = joint(s, p, hm_bone_of(side, HM_SIDE_FOOT));
    hm_vec3 u = hm_v3_unit(hm_v3_sub(k, h)), v = hm_v3_unit(hm_v3_sub(a, k));
    double bend = 180 / HM_PI * acos(fmin(1, (double)hm_v3_dot(u, v)));
    hm_vec3 axis = hm_v3_cross(u, v);
    hm_vec3 across = hm_frame_turn(&p->bone[hm_bone_of(side, HM_SIDE_THIGH)], hm_v3(1, 0, 0));
    return hm_v3_dot(axis, across) >= 0 ? bend : -bend;
}

/* Knees fold backward, 0 to 150 deg; the left leg stays on the left of the right one at the hips.
 */
static void check_limits(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    double most = 0;
    for (double t = 0; t < l->end_s; t += 1 / 53.0) {
        hm_pose p;
        hm_gait_pose(g, t, &p);
        for (int side = 0; side < 2; side++) {
            double k = knee_deg(s, &p, side);
            assert_true(k > -1 && k < 152);
            most = fmax(most, k);
        }
        hm_vec3 hl = joint(s, &p, hm_bone_of(0, HM_SIDE_THIGH));
        hm_vec3 hr = joint(s, &p, hm_bone_of(1, HM_SIDE_THIGH));
        assert_true(hl.x > hr.x);
        hm_vec3 sl = joint(s, &p, hm_bone_of(0, HM_SIDE_UPPER_ARM));
        hm_vec3 sr = joint(s, &p, hm_bone_of(1, HM_SIDE_UPPER_ARM));
        assert_true(sl.x > sr.x);
    }
    assert_true(most > 80); /* heel recovery */
}

static void joints_keep_their_limits_and_sides(void **state)
{
    (void)state;
    with_each_runner(check_limits, "good", 2);
    with_each_runner(check_limits, "ragged", 5);
}

/* Arms swing against the legs: at each touch-down at speed the hand of the landing side is behind
 * the other one. */
static void arms_swing_against_the_legs(void **state)
{
    (void)state;
    const hm_lane *l = all[1].lane;
    hm_shape s = all[1].shape;
    hm_gait g = all[1].good;
    for (int k = 8; k < 36; k++) {
        hm_pose p;
        int side = (int)l->step[k].foot;
        hm_gait_pose(&g, l->step[k].on_s, &p);
        assert_true(joint(&s, &p, hm_bone_of(side, HM_SIDE_HAND)).z <
                    joint(&s, &p, hm_bone_of(1 - side, HM_SIDE_HAND)).z);
    }
}

/* Nobody moves from 1.8 s before the gun until he reacts; then he does. */
static void check_stillness(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    (void)s;
    hm_pose p, q;
    hm_gait_pose(g, -1.8, &p);
    hm_gait_pose(g, l->reaction_s - 1e-6, &q);
    for (int b = 0; b < HM_BONE_COUNT; b++)
        assert_true(hm_v3_len(hm_v3_sub(joint(s, &p, b), joint(s, &q, b))) < 0.0005f);
    hm_gait_pose(g, l->reaction_s + .15, &q);
    assert_true(hm_v3_len(hm_v3_sub(p.com_m, q.com_m)) > 0.01f);
}

static void nobody_moves_in_the_set_position(void **state)
{
    (void)state;
    with_each_runner(check_stillness, "good", 1);
}

/* No joint jumps: nothing in a sprint moves faster than 40 m/s over the ground (a toe reaches
 * about twice the running speed). */
static void check_smooth(const hm_lane *l, const hm_shape *s, const hm_gait *g)
{
    static hm_pose p, q;
    const double dt = 1 / 400.0;
    hm_gait_pose(g, -12, &p);
    for (double t = -12 + dt; t < l->end_s + 1; t += dt) {
        hm_gait_pose(g, t, &q);
        for (int b = 0; b < HM_BONE_COUNT; b++)
            assert_true((double)hm_v3_len(hm_v3_sub(joint(s, &p, b), joint(s, &q, b))) < 40 * dt);
        p = q;
    }
}

static void nothing_jumps(void **state)
{
    (void)state;
    with_each_runner(check_smooth, "good", 6);
}

static void any_instant_in_any_order_gives_the_same_pose(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const hm_lane *l = all[0].lane;
    hm_shape s = all[0].shape;
    uint64_t h[2] = {HM_HASH_START, HM_HASH_START};
    for (int pass = 0; pass < 2; pass++) {
        hm_gait g;
        hm_err err = {0};
        uint64_t one[50];
        assert_int_equal(hm_gait_plan(l, &s, NULL, &a, &g, &err), HM_OK);
        for (int k = 0; k < 50; k++) {
            int i = pass ? 49 - k : k;
            hm_pose p;
            hm_gait_pose(&g, -10 + .5 * i, &p);
            one[i] = hm_hash(HM_HASH_START, p.bone, sizeof p.bone);
        }
        h[pass] = hm_hash(h[pass], one, sizeof one);
    }
    assert_true(h[0] == h[1]);
    hm_arena_free(&a);
}

static void who_does_not_start_stands_by(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = body_lane(5, HM_SEX_MEN, 25, 1.8, 75);
    l.status = HM_RUN_DNS;
    hm_shape s = hm_shape_of(&l, 1);
    hm_gait g;
    hm_err err = {0};
    assert_int_equal(hm_gait_plan(&l, &s, NULL, &a, &g, &err), HM_OK);
    for (double t = -18; t < 20; t += 2) {
        hm_pose p;
        hm_gait_pose(&g, t, &p);
        assert_true(p.com_m.z < 0 && p.com_m.y > 0.9f);
    }
    hm_arena_free(&a);
}

static void an_unknown_form_is_named(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = *all[0].lane;
    l.form = "gazelle";
    hm_shape s = hm_shape_of(&l, 1);
    hm_gait g = {.first_s = 42};
    hm_err err = {0};
    assert_int_equal(hm_gait_plan(&l, &s, NULL, &a, &g, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "gazelle"));
    ht_near(g.first_s, 42, 0, 0);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feet_do_not_slip_on_the_races_own_footfalls),
        cmocka_unit_test(soles_stay_above_the_ground),
        cmocka_unit_test(flight_obeys_gravity),
        cmocka_unit_test(contact_dips_by_the_closed_form),
        cmocka_unit_test(the_torso_follows_the_race_and_meets_the_line_in_time),
        cmocka_unit_test(bones_stay_whole_and_joined),
        cmocka_unit_test(joints_keep_their_limits_and_sides),
        cmocka_unit_test(arms_swing_against_the_legs),
        cmocka_unit_test(nobody_moves_in_the_set_position),
        cmocka_unit_test(nothing_jumps),
        cmocka_unit_test(any_instant_in_any_order_gives_the_same_pose),
        cmocka_unit_test(who_does_not_start_stands_by),
        cmocka_unit_test(an_unknown_form_is_named),
    };
    return cmocka_run_group_tests_name("body/gait", tests, set_up, tear_down);
}
