/* Ends of contacts by the speed of the foot, where a net says where it is: against places whose
 * speed is known in closed form. */
#include "ht.h"
#include "steps_priv.h"

#include <math.h>

enum { FPS = 480, N = FPS };

/* A foot that stands from on_s to off_s, comes with a speed that falls by slow_mps2, and leaves
 * with one that rises by quick_mps2 until it has the hips' double; the hips go at 10 m/s. */
static const double hip_mps = 10, on_s = 0.45, off_s = 0.60, slow_mps2 = 120, quick_mps2 = 200;

static steps_scene scene_of(double *room)
{
    steps_scene s = {.n = N, .time_s = room, .hip_m = room + N, .dt_s = 1. / FPS, .direction = 1};
    s.toe[0].foot_m = room + 2 * N;
    for (int i = 0; i < N; i++) {
        double t = (double)i / FPS, before = fmax(on_s - t, 0), after = fmax(t - off_s, 0);
        s.time_s[i] = t;
        s.hip_m[i] = hip_mps * t;
        s.toe[0].foot_m[i] = 4 - slow_mps2 * before * before / 2 + quick_mps2 * after * after / 2;
    }
    return s;
}

/* The foot has 0.70 of the hips' speed 35 ms after it begins to leave, and 0.40 of it 33 ms before
 * it stands; what is added there is the 22 ms by which a net's foot does so too early. */
static void ends_are_where_the_speed_passes_its_share(void **state)
{
    (void)state;
    double room[3 * N];
    steps_scene s = scene_of(room);
    hm_measured on = {0, 0}, off = {0, 0};
    int32_t middle = (int32_t)(0.5 * (on_s + off_s) * FPS);
    assert_true(steps_event_by_speed(&s, &s.toe[0], true, middle, &on));
    assert_true(steps_event_by_speed(&s, &s.toe[0], false, middle, &off));
    /* a line over 30 ms to each side does not see where the foot stands */
    ht_near(on.is, on_s - 0.40 * hip_mps / slow_mps2 + 0.022, 1e-3, 0);
    ht_near(off.is, off_s + 0.70 * hip_mps / quick_mps2, 1e-3, 0);
    assert_true(on.sigma > 0 && off.sigma > 0);
}

static void a_foot_that_is_not_seen_tells_nothing(void **state)
{
    (void)state;
    double room[3 * N];
    steps_scene s = scene_of(room);
    hm_measured on = {7, 7};
    for (int i = 0; i < (int)(on_s * FPS); i++)
        s.toe[0].foot_m[i] = NAN;
    assert_false(steps_event_by_speed(&s, &s.toe[0], true, (int32_t)(0.52 * FPS), &on));
    assert_true(on.is == 7 && on.sigma == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_where_the_speed_passes_its_share),
        cmocka_unit_test(a_foot_that_is_not_seen_tells_nothing),
    };
    return cmocka_run_group_tests_name("measure/steps_speed", tests, NULL, NULL);
}
