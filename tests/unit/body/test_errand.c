/* What runners do besides the race: feet that bear weight stay, nothing jumps, they get where they
 * are sent. */
#include "body_lane.h"
#include "ht.h"

#include "body/errand.h"
#include "num/dmath.h"

enum { HZ = 60 };

typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_shape shape;
    hm_gait gait;
    hm_errands errands;
} rig;

static void plan_of(rig *r, int lane, int32_t n, const hm_errand *list, double to_s)
{
    hm_err err = {0};
    hm_arena_init(&r->a, 0);
    r->race = body_race("2009-berlin-men-100m-final", &r->a);
    const hm_lane *l = &r->race.lane[lane];
    r->shape = hm_shape_of(l, r->race.seed);
    assert_int_equal(hm_gait_plan(l, &r->shape, NULL, &r->a, &r->gait, &err), HM_OK);
    assert_int_equal(hm_errands_plan(&r->gait, 0, hm_lane_centre_m(l->lane), 1.0, 0, NULL, n, list,
                                     to_s, &r->a, &r->errands, &err),
                     HM_OK);
}

static double lane_x(int lane)
{
    return hm_lane_centre_m(lane + 1);
}

/* To a place, a turn on the spot, every act, a stride, and back. */
static void plan_all(rig *r, int lane)
{
    double x = lane_x(lane);
    hm_errand list[32];
    int32_t n = 0;
    list[n++] = (hm_errand){HM_DEED_GO, .x_m = x - 3, .z_m = 6, .speed_mps = 1.3};
    list[n++] = (hm_errand){HM_DEED_GO, .x_m = x - 6, .z_m = 7, .speed_mps = 1.3};
    list[n++] = (hm_errand){HM_DEED_STAY, .for_s = 1, .turns = true, .face_rad = HM_PI};
    for (int act = 1; act < HM_ACT_COUNT; act++)
        list[n++] = (hm_errand){HM_DEED_STAY, .act = (hm_act)act, .for_s = 3,
                                .hand_m = {x - 6.1, 1.05, 6.5}};
    list[n++] = (hm_errand){HM_DEED_GO, .x_m = x, .z_m = 2, .speed_mps = 2.8};
    list[n++] = (hm_errand){HM_DEED_GO, .x_m = x, .z_m = 2.3, .speed_mps = 1, .turns = true};
    list[n++] = (hm_errand){HM_DEED_STRIDE, .speed_mps = 7.5, .reach_m = 30};
    list[n++] = (hm_errand){HM_DEED_GO, .x_m = x + 0.4, .z_m = 4, .speed_mps = 1.5};
    plan_of(r, lane, n, list, 130);
}

static hm_vec3 joint(const rig *r, const hm_pose *p, int bone)
{
    return hm_frame_point(&p->bone[bone], r->shape.joint_m[bone]);
}

/* The sole under the ball of the foot. */
static hm_vec3 sole(const rig *r, const hm_pose *p, int side)
{
    int toe = hm_bone_of(side, HM_SIDE_TOE);
    hm_vec3 at = r->shape.joint_m[toe];
    at.y = 0;
    return hm_frame_point(&p->bone[toe], at);
}

static void a_foot_on_the_ground_does_not_slide(void **state)
{
    (void)state;
    double worst = 0;
    for (int lane = 0; lane < 8; lane += 3) {
        rig r;
        plan_all(&r, lane);
        hm_vec3 was[2] = {{0, 9, 0}, {0, 9, 0}}, planted[2] = {{0, 0, 0}, {0, 0, 0}};
        for (int k = 0; k < 130 * HZ; k++) {
            hm_pose p;
            hm_errands_pose(&r.errands, (double)k / HZ, &p);
            for (int side = 0; side < 2; side++) {
                hm_vec3 s = sole(&r, &p, side);
                if (s.y > 0.006f || was[side].y > 0.006f || !p.on_ground[side]) {
                    planted[side] = s;
                } else {
                    double off =
                        hypot((double)(s.x - planted[side].x), (double)(s.z - planted[side].z));
                    worst = fmax(worst, off);
                    if (off > 0.010)
                        fail_msg("lane %d, %.2f s, foot %d: %.1f mm", lane + 1, (double)k / HZ,
                                 side, 1e3 * off);
                }
                was[side] = s;
            }
        }
        hm_arena_free(&r.a);
    }
    assert_true(worst > 0);
}

static void nothing_jumps_and_nothing_goes_through_the_ground(void **state)
{
    (void)state;
    for (int lane = 0; lane < 8; lane += 3) {
        rig r;
        plan_all(&r, lane);
        hm_pose was;
        hm_errands_pose(&r.errands, 0, &was);
        for (int k = 1; k < 130 * HZ; k++) {
            hm_pose p;
            double t = (double)k / HZ;
            hm_errands_pose(&r.errands, t, &p);
            for (int b = 0; b < HM_BONE_COUNT; b++) {
                double v = HZ * (double)hm_v3_len(hm_v3_sub(joint(&r, &p, b), joint(&r, &was, b)));
                double most = b == HM_BONE_PELVIS || b == HM_BONE_HEAD ? 9.5 : 19;
                if (!(v < most))
                    fail_msg("lane %d, %.2f s: %s at %.1f m/s", lane + 1, t, hm_bone_name(b), v);
            }
            for (int side = 0; side < 2; side++)
                if (sole(&r, &p, side).y < -0.012f)
                    fail_msg("lane %d, %.2f s: %.1f mm under the ground", lane + 1, t,
                             -1e3 * (double)sole(&r, &p, side).y);
            was = p;
        }
        hm_arena_free(&r.a);
    }
}

static void he_gets_where_he_is_sent(void **state)
{
    (void)state;
    rig r;
    plan_all(&r, 3);
    double x, z, face;
    hm_pose p;
    hm_errands_at(&r.errands, 129, &x, &z, &face);
    hm_errands_pose(&r.errands, 129, &p);
    assert_true(fabs(x - lane_x(3) - 0.4) < 1e-3 && fabs(z - 4) < 1e-3);
    assert_true(hypot((double)p.com_m.x - x, (double)p.com_m.z - z) < 0.12);
    assert_true(fabs(hm_cos(face) + 1) < 0.02); /* came back along -z */
    /* a stride is run: somewhere he is as fast as he was told */
    double most = 0, before = 0;
    for (int k = 0; k < 130 * 10; k++) {
        hm_errands_pose(&r.errands, k / 10.0, &p);
        most = k ? fmax(most, 10 * ((double)p.com_m.z - before)) : 0;
        before = (double)p.com_m.z;
    }
    assert_true(most > 6.3 && most < 8.5);
    hm_arena_free(&r.a);
}

static void steps_are_told_in_order_and_with_the_pose(void **state)
{
    (void)state;
    rig r;
    plan_all(&r, 5);
    int n = 0;
    assert_true(r.errands.n_step > 60);
    for (int32_t i = 0; i < r.errands.n_step; i++) {
        const hm_errand_step *s = &r.errands.step[i];
        assert_true(s->off_s > s->on_s && s->force > 0 && s->force < 1.2f);
        assert_true(i == 0 || s->on_s >= s[-1].on_s);
        if (s->off_s > 1e3 || s->off_s - s->on_s < 0.2)
            continue;
        hm_pose p;
        hm_errands_pose(&r.errands, s->on_s + 0.45 * (s->off_s - s->on_s), &p);
        double off =
            hypot((double)(p.ball_m[s->foot].x - s->x_m), (double)(p.ball_m[s->foot].z - s->z_m));
        n += off < 0.03;
        if (off > 0.16) /* on its heel yet, or rolling over the tip of the toes */
            fail_msg("step %d at %.2f s: %.1f cm", i, s->on_s, 1e2 * off);
    }
    assert_true(n > 50);
    hm_arena_free(&r.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foot_on_the_ground_does_not_slide),
        cmocka_unit_test(nothing_jumps_and_nothing_goes_through_the_ground),
        cmocka_unit_test(he_gets_where_he_is_sent),
        cmocka_unit_test(steps_are_told_in_order_and_with_the_pose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
