#include "ht.h"

#include <stdbool.h>

#include "sprint/drive_path.h"
#include "sprint/quick_steps.h"
#include "sprint/start.h"

enum { MOST = 2400 };
static const double dt_s = 0.01, reaction_s = 0.15;

/* The runner of docs/physics/drive.md, about 10 s. */
static const hm_drive man = {.f0_n_per_kg = 8.4, .v0_mps = 12.7, .fade_mps3 = 0.08, .burst_m = 1.1};
static const double drag_per_m = 0.0033;

static double time_of(const hm_drive *d)
{
    hm_drive_path p;
    hm_drive_point at;
    hm_drive_path_begin(&p, d, drag_per_m, 0, false);
    assert_true(hm_drive_path_to_x(&p, 100, &at));
    return at.s_s;
}

static void make_ready(hm_quick_run *r, const hm_drive *d, bool standing)
{
    hm_stepper who = {1.8, 25, HM_SEX_MEN, 0, standing};
    assert_true(hm_quick_run_make(d, drag_per_m, 0, time_of(d), &who, 5, 77, HM_FOOT_LEFT, r));
}

/* The steps of sprint/steps.h on the same torso, sampled. */
static int32_t plan(hm_arena *a, const hm_quick_run *r, const hm_quick_pace *pace, hm_step **step)
{
    static double x_m[MOST], v_mps[MOST];
    hm_curve c = {dt_s, 0, x_m, v_mps};
    double finish_s = pace->reaction_s + pace->run_s + pace->c[HM_QUICK_KNOT - 1][0], top = 0;
    for (; c.n * dt_s < finish_s + 0.4; c.n++) {
        double t = c.n * dt_s, h = 1e-4;
        assert_true(c.n < MOST);
        x_m[c.n] = hm_quick_x_m(r, pace, t);
        v_mps[c.n] = (hm_quick_x_m(r, pace, t + h) - hm_quick_x_m(r, pace, t - h)) / (2 * h);
        top = fmax(top, v_mps[c.n]);
    }
    hm_stepper who = r->who;
    who.top_mps = top;
    hm_start start = hm_start_of(who.standing, pace->reaction_s, who.stature_m, top, HM_FOOT_LEFT);
    hm_steps_in in = {.curve = &c,
                      .who = who,
                      .exit_s = start.front_off_s,
                      .first_foot = HM_FOOT_RIGHT,
                      .race_end_s = finish_s,
                      .end_s = finish_s + 0.4,
                      .seed = 5,
                      .person = 77};
    int32_t n = 0, n_before = 0;
    assert_int_equal(hm_steps_plan(&in, a, step, &n, NULL), HM_OK);
    while (n_before < n && (*step)[n_before].on_s < finish_s)
        n_before++;
    return n_before;
}

/* Tables instead of functions, one guess of the rate instead of two: below 3 ms and 3 cm.
 */
static void compare(const hm_quick_run *r, const hm_quick_pace *pace)
{
    hm_arena a;
    hm_step *want, got[1][HM_QUICK_STEP_MAX];
    int32_t n;
    hm_arena_init(&a, 0);
    int32_t n_want = plan(&a, r, pace, &want);
    hm_quick_steps(1, (const hm_quick_run *const[]){r}, pace, got, &n);
    assert_int_equal(n, n_want);
    for (int32_t k = 0; k < n; k++) {
        assert_true(got[0][k].foot == want[k].foot);
        ht_near(got[0][k].on_s, want[k].on_s, 0.003, 0);
        ht_near(got[0][k].off_s, want[k].off_s, 0.003, 0);
        ht_near(got[0][k].x_m, want[k].x_m, 0.03, 0);
        ht_near(got[0][k].side_m, want[k].side_m, 0.001, 0);
    }
    hm_arena_free(&a);
}

static void steps_of_the_known_run_are_those_of_the_law(void **state)
{
    (void)state;
    static hm_quick_run r;
    const double none_s[HM_QUICK_KNOT] = {0};
    hm_drive child = {.f0_n_per_kg = 6.5, .v0_mps = 7.2, .fade_mps3 = 0.05, .burst_m = 0.2};
    for (int k = 0; k < 3; k++) {
        make_ready(&r, k < 2 ? &man : &child, k == 1);
        hm_quick_pace pace = hm_quick_pace_of(&r, reaction_s, none_s);
        compare(&r, &pace);
    }
}

/* 3 % slower all the way, and one who loses 0.2 s after half of it. */
static void another_pace_has_the_steps_of_its_own_torso(void **state)
{
    (void)state;
    static hm_quick_run r;
    make_ready(&r, &man, false);
    for (int k = 0; k < 2; k++) {
        double delay_s[HM_QUICK_KNOT];
        for (int i = 0; i < HM_QUICK_KNOT; i++) {
            double late = fmax(0, i - 0.5 * (HM_QUICK_KNOT - 1)) / (0.5 * (HM_QUICK_KNOT - 1));
            delay_s[i] = k == 0 ? 0.03 * r.run_s * i / (HM_QUICK_KNOT - 1) : 0.2 * late * late;
        }
        hm_quick_pace pace = hm_quick_pace_of(&r, reaction_s, delay_s);
        ht_near(hm_quick_x_m(&r, &pace, reaction_s + r.run_s + delay_s[HM_QUICK_KNOT - 1]), 100,
                0.001, 0);
        compare(&r, &pace);
    }
}

/* Closed form: a delay that grows evenly is the known run with a slower clock. */
static void an_even_delay_slows_the_clock(void **state)
{
    (void)state;
    static hm_quick_run r;
    double delay_s[HM_QUICK_KNOT];
    make_ready(&r, &man, false);
    for (int i = 0; i < HM_QUICK_KNOT; i++)
        delay_s[i] = 0.02 * r.run_s * i / (HM_QUICK_KNOT - 1);
    hm_quick_pace pace = hm_quick_pace_of(&r, reaction_s, delay_s);
    hm_drive_path p;
    hm_drive_path_begin(&p, &man, drag_per_m, 0, false);
    for (double s = 0.1; s < r.run_s; s += 0.1) {
        hm_drive_point at;
        assert_true(hm_drive_path_to_s(&p, s, &at));
        ht_near(hm_quick_x_m(&r, &pace, reaction_s + 1.02 * s), at.x_m, 5e-4, 0);
    }
}

static void who_takes_too_many_steps_is_refused(void **state)
{
    (void)state;
    static hm_quick_run r;
    hm_drive crawl = {.f0_n_per_kg = 0.5, .v0_mps = 0.5, .fade_mps3 = 0, .burst_m = 0};
    hm_stepper who = {1.8, 25, HM_SEX_MEN, 0, false};
    assert_false(
        hm_quick_run_make(&crawl, drag_per_m, 0, time_of(&crawl), &who, 5, 77, HM_FOOT_LEFT, &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_the_known_run_are_those_of_the_law),
        cmocka_unit_test(another_pace_has_the_steps_of_its_own_torso),
        cmocka_unit_test(an_even_delay_slows_the_clock),
        cmocka_unit_test(who_takes_too_many_steps_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
