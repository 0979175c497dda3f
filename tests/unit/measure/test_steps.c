/* A runner of rods whose contacts are known: hips at constant speed, each toe still while it stands
 * and on a cubic from one stand to the next in between. */
#include "ht.h"
#include "steps_priv.h"

#include <string.h>

#include "base/rng.h"
#include "measure/steps.h"
#include "num/stat.h"

typedef struct runner {
    double speed_mps, contact_s, flight_s, fps, noise_m;
    double direction;
    uint64_t seed;
} runner;

enum { N_STEP = 10 };
#define FIRST_ON_S 0.083
#define HIP_M      0.95
#define LAND_MPS   2.0   /* forward speed with which the toe arrives */
#define DROP_MPS   1.5   /* and downward */
#define SCALE_PX   200.0 /* a metre */

static double step_s(const runner *r)
{
    return r->contact_s + r->flight_s;
}

/* Contact k: touch-down, and where the toe stands. The foot stands from 0.35 m ahead of the hips.
 */
static double on_s(const runner *r, int k)
{
    return FIRST_ON_S + k * step_s(r);
}

static double stand_m(const runner *r, int k)
{
    return r->speed_mps * on_s(r, k) + 0.35;
}

/* Toe of a side at time t. */
static void toe_at(const runner *r, int side, double t, double *x, double *z)
{
    int k = side;
    while (on_s(r, k + 2) <= t)
        k += 2;
    double off = on_s(r, k) + r->contact_s, next = on_s(r, k + 2);
    *x = stand_m(r, k);
    *z = 0.03;
    if (t < on_s(r, k)) { /* before the first stand: on the line of arrival */
        *x += LAND_MPS * (t - on_s(r, k));
        *z -= DROP_MPS * (t - on_s(r, k));
    } else if (t >
               off) { /* cubic: leaves at rest, arrives with LAND_MPS; height leaves at rest too */
        double h = next - off, u = (t - off) / h, far = stand_m(r, k + 2) - *x;
        *x += far * (3 * u * u - 2 * u * u * u) + LAND_MPS * h * (u * u * u - u * u);
        *z += DROP_MPS * h * (u * u - u * u * u);
    }
}

static void put(const runner *r, hm_track_frame *f, hm_body_point p, double x, double z,
                uint32_t at)
{
    double nx = hm_normal_of(hm_rng_unit(r->seed, HM_FOR_TEST, (uint32_t)p, at, 0));
    double nz = hm_normal_of(hm_rng_unit(r->seed, HM_FOR_TEST, (uint32_t)p, at, 1));
    double xm = r->direction * (x + r->noise_m * nx), zm = z + r->noise_m * nz;
    f->point[p] = (hm_seen_point){(float)(SCALE_PX * xm),
                                  (float)(-SCALE_PX * zm),
                                  (float)xm,
                                  (float)zm,
                                  (float)(SCALE_PX * fmax(r->noise_m, 1e-4)),
                                  HM_SEEN_TRUTH};
}

static hm_track_person film(const runner *r, hm_arena *a)
{
    double end_s = on_s(r, N_STEP) + r->contact_s * 0.5;
    hm_track_person p = {.id = 1, .n_frame = (int32_t)(end_s * r->fps)};
    p.frame = HM_PUSH(a, hm_track_frame, p.n_frame);
    for (int32_t i = 0; i < p.n_frame; i++) {
        hm_track_frame *f = &p.frame[i];
        f->time_s = i / r->fps;
        for (int k = 0; k < HM_POINT_COUNT; k++)
            f->point[k].sigma_px = NAN;
        double hip = r->speed_mps * f->time_s;
        put(r, f, HM_POINT_HIP_L, hip, HIP_M, (uint32_t)i);
        put(r, f, HM_POINT_HIP_R, hip, HIP_M, (uint32_t)i);
        for (int side = 0; side < 2; side++) {
            double x, z;
            toe_at(r, side, f->time_s, &x, &z);
            put(r, f, (hm_body_point)(HM_POINT_TOE_L + side), x, z, (uint32_t)i);
        }
    }
    return p;
}

static hm_steps found(const runner *r, hm_arena *a)
{
    hm_track_person p = film(r, a);
    hm_steps s;
    hm_err err = {0};
    if (hm_steps_find(&p, NULL, a, &s, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    return s;
}

static void contacts_of_a_known_runner_are_found_between_frames(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const runner r = {9.5, 0.105, 0.12, 240, 0, 1, 1};
    hm_steps s = found(&r, &a);
    assert_int_equal(s.n_contact, N_STEP + 1); /* the last is cut by the end */
    assert_int_equal(s.n_step, N_STEP);
    for (int k = 0; k < N_STEP; k++) {
        assert_int_equal(s.contact[k].side, k % 2);
        ht_near(s.contact[k].on_s.is, on_s(&r, k), 0.001, 0);
        ht_near(s.contact[k].off_s.is, on_s(&r, k) + r.contact_s, 0.003, 0);
        ht_near(s.step[k].length_m.is, r.speed_mps * step_s(&r), 0.005, 0);
    }
    ht_near(s.mean.rate_hz.is, 1 / step_s(&r), 0.02, 0);
    ht_near(s.mean.speed_mps.is, 9.5, 0.02, 0);
    assert_true(isnan(s.contact[N_STEP].off_s.is));
    hm_arena_free(&a);
}

/* Errors over many noisy clips, and how many of the 90 % intervals hold the truth. */
typedef struct tally {
    double contact2, length2, mean_contact2, mean_length2;
    int32_t n, n_clip, contact_in, length_in;
} tally;

static void add(tally *t, const runner *r, const hm_steps *s)
{
    const double z90 = 1.6448536269514722;
    double length = r->speed_mps * step_s(r);
    for (int32_t i = 0; i < s->n_step; i++) {
        double dc = s->step[i].contact_s.is - r->contact_s, dl = s->step[i].length_m.is - length;
        t->contact2 += dc * dc;
        t->length2 += dl * dl;
        t->contact_in += fabs(dc) <= z90 * s->step[i].contact_s.sigma;
        t->length_in += fabs(dl) <= z90 * s->step[i].length_m.sigma;
        t->n++;
    }
    t->mean_contact2 += pow(s->mean.contact_s.is - r->contact_s, 2);
    t->mean_length2 += pow(s->mean.length_m.is - length, 2);
    t->n_clip++;
}

static tally many(double fps, double noise_m)
{
    tally t = {0};
    for (uint64_t seed = 1; seed <= 60; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        double u = hm_rng_unit(seed, HM_FOR_TEST, 99, 0, 0);
        const runner r = {7.5 + 3 * u, 0.13 - 0.03 * u, 0.10 + 0.03 * u, fps, noise_m, 1, seed};
        hm_steps s = found(&r, &a);
        if (s.n_step != N_STEP)
            fail_msg("seed %d: %d steps, expected %d", (int)seed, s.n_step, N_STEP);
        add(&t, &r, &s);
        hm_arena_free(&a);
    }
    return t;
}

/* Bars of docs/clips/steps.md: 5 cm a step; contacts 8 ms at 240 images a second, 15 ms at 60. */
static void noise_of_a_good_clip_keeps_within_the_bars(void **state)
{
    (void)state;
    tally fast = many(240, 0.010), slow = many(60, 0.010);
    print_message("240/s: contact %.1f ms, mean %.1f ms, length %.1f cm; 60/s: %.1f, %.1f, %.1f\n",
                  1e3 * sqrt(fast.contact2 / fast.n), 1e3 * sqrt(fast.mean_contact2 / fast.n_clip),
                  1e2 * sqrt(fast.length2 / fast.n), 1e3 * sqrt(slow.contact2 / slow.n),
                  1e3 * sqrt(slow.mean_contact2 / slow.n_clip), 1e2 * sqrt(slow.length2 / slow.n));
    assert_true(sqrt(fast.contact2 / fast.n) < 0.008);
    assert_true(sqrt(fast.mean_contact2 / fast.n_clip) < 0.004);
    assert_true(sqrt(slow.contact2 / slow.n) < 0.015);
    assert_true(sqrt(slow.mean_contact2 / slow.n_clip) < 0.006);
    assert_true(sqrt(fast.length2 / fast.n) < 0.05 && sqrt(slow.length2 / slow.n) < 0.05);
    assert_true(sqrt(slow.mean_length2 / slow.n_clip) < 0.015);
}

static void ninety_in_a_hundred_intervals_of_contacts_hold(void **state)
{
    (void)state;
    tally t = many(240, 0.010);
    double share = (double)t.contact_in / t.n;
    print_message("contact intervals that hold: %.1f %%\n", 100 * share);
    assert_true(share > 0.85 && share < 0.95);
}

static void a_mirrored_clip_gives_mirrored_steps(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    runner r = {9, 0.11, 0.12, 120, 0.01, 1, 5};
    hm_steps one = found(&r, &a);
    r.direction = -1;
    hm_steps two = found(&r, &a);
    assert_int_equal(one.n_step, two.n_step);
    assert_true(one.direction == 1 && two.direction == -1);
    for (int32_t i = 0; i < one.n_step; i++) {
        ht_near(two.step[i].contact_s.is, one.step[i].contact_s.is, 1e-6, 0);
        ht_near(two.step[i].length_m.is, one.step[i].length_m.is, 1e-5, 0);
    }
    hm_arena_free(&a);
}

static void a_lost_foot_is_bridged(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const runner r = {9, 0.11, 0.12, 120, 0.005, 1, 6};
    hm_track_person p = film(&r, &a);
    for (int32_t i = 0; i < p.n_frame;
         i++) /* every fifth image lost, and a whole swing of one foot */
        if (i % 5 == 0 || (i > 60 && i < 75))
            p.frame[i].point[HM_POINT_TOE_R].sigma_px = NAN;
    hm_steps s;
    hm_err err = {0};
    assert_int_equal(hm_steps_find(&p, NULL, &a, &s, &err), HM_OK);
    assert_int_equal(s.n_step, N_STEP);
    hm_arena_free(&a);
}

static hm_status refusal(hm_track_person *p, hm_arena *a, hm_err *err)
{
    hm_steps s = {.n_step = -7};
    *err = (hm_err){0};
    hm_status status = hm_steps_find(p, NULL, a, &s, err);
    assert_int_equal(s.n_step, -7);
    return status;
}

static void what_cannot_be_measured_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err;
    runner r = {9, 0.11, 0.12, 30, 0, 1, 1};
    hm_track_person p = film(&r, &a);
    assert_int_equal(refusal(&p, &a, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "40"));
    r.fps = 120;
    p = film(&r, &a);
    for (int32_t i = 0; i < p.n_frame; i++)
        for (int k = 0; k < HM_POINT_COUNT; k++)
            p.frame[i].point[k].x_m = NAN;
    assert_int_equal(refusal(&p, &a, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "marks"));
    p = film(&r, &a);
    p.n_frame = 3;
    assert_int_equal(refusal(&p, &a, &err), HM_ERR_INPUT);
    p = film(&r, &a); /* somebody who stands */
    for (int32_t i = 0; i < p.n_frame; i++)
        for (int k = 0; k < HM_POINT_COUNT; k++)
            p.frame[i].point[k] = p.frame[0].point[k];
    assert_int_equal(refusal(&p, &a, &err), HM_ERR_NUMERIC);
    hm_arena_free(&a);
}

/* ---- angles of figures one can draw on squared paper ---- */

static void joint(hm_track_frame *f, hm_body_point p, double x, double z)
{
    f->point[p] = (hm_seen_point){0, 0, (float)x, (float)z, 1, HM_SEEN_TRUTH};
}

/* Left: upright, shank back by 45 degrees, foot square to it, forearm forward. Right: a thigh
 * forward and level, shank hanging, toes up by 45 degrees, arm straight down. Trunk 45 forward. */
static void angles_of_a_drawn_figure_are_those_of_the_drawing(void **state)
{
    (void)state;
    for (int side = -1; side <= 1; side += 2) {
        const double d = side, deg = 180 / 3.14159265358979;
        hm_track_frame f = {0};
        for (int k = 0; k < HM_POINT_COUNT; k++)
            f.point[k].sigma_px = NAN;
        joint(&f, HM_POINT_HIP_L, 0, 1);
        joint(&f, HM_POINT_HIP_R, 0, 1);
        joint(&f, HM_POINT_SHOULDER_L, d * 0.5, 1.5);
        joint(&f, HM_POINT_SHOULDER_R, d * 0.5, 1.5);
        joint(&f, HM_POINT_KNEE_L, 0, 0.6);
        joint(&f, HM_POINT_ANKLE_L, d * -0.3, 0.3);
        joint(&f, HM_POINT_HEEL_L, d * -0.3, 0.3);
        joint(&f, HM_POINT_TOE_L, d * -0.2, 0.2);
        joint(&f, HM_POINT_ELBOW_L, d * 0.5, 1.2);
        joint(&f, HM_POINT_WRIST_L, d * 0.8, 1.2);
        joint(&f, HM_POINT_KNEE_R, d * 0.4, 1);
        joint(&f, HM_POINT_ANKLE_R, d * 0.4, 0.6);
        joint(&f, HM_POINT_HEEL_R, d * 0.4, 0.6);
        joint(&f, HM_POINT_TOE_R, d * 0.5, 0.7);
        joint(&f, HM_POINT_ELBOW_R, d * 0.5, 1.2);
        joint(&f, HM_POINT_WRIST_R, d * 0.5, 0.9);
        double angle[HM_JOINT_COUNT];
        static const double want[HM_JOINT_COUNT] = {45, 0, 90, 45, 90, 0, 45, 90, 0};
        steps_angles(&f, d, angle);
        for (int k = 0; k < HM_JOINT_COUNT; k++)
            ht_near(angle[k] * deg, want[k], 1e-4, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_of_a_known_runner_are_found_between_frames),
        cmocka_unit_test(noise_of_a_good_clip_keeps_within_the_bars),
        cmocka_unit_test(ninety_in_a_hundred_intervals_of_contacts_hold),
        cmocka_unit_test(a_mirrored_clip_gives_mirrored_steps),
        cmocka_unit_test(a_lost_foot_is_bridged),
        cmocka_unit_test(what_cannot_be_measured_is_refused),
        cmocka_unit_test(angles_of_a_drawn_figure_are_those_of_the_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
