/* Expressions over a race. */
#include "figure_case.h"
#include "ht.h"

#include <string.h>

typedef struct fixture {
    hm_arena arena;
    figure_case c;
} fixture;

static int setup(void **state)
{
    static fixture f;
    hm_arena_init(&f.arena, 0);
    *state = &f;
    return figure_case_make(3, &f.arena, &f.c) == HM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    hm_arena_free(&((fixture *)*state)->arena);
    return 0;
}

static hm_mien mien(const fixture *f, int i, double t_s)
{
    hm_mien m;
    hm_mien_at(&f->c.race, &f->c.lane[i], t_s, &m);
    return m;
}

static void runners_blink_before_the_race_and_never_in_it(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        int shut = 0;
        for (double t = -20; t < -3; t += 0.02)
            shut += mien(f, i, t).lid_up < 0.25f;
        assert_true(shut >= 2);
        for (double t = 0; t < 9.7; t += 0.02)
            assert_true(mien(f, i, t).lid_up > 0.3f);
    }
}

static void the_face_is_held_still_from_set_to_the_reaction(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        hm_mien a = mien(f, i, -1.7), b = mien(f, i, 0.149), c = mien(f, i, 0.4);
        assert_memory_equal(&a, &b, sizeof a);
        assert_true(memcmp(&b, &c, sizeof b) != 0);
    }
}

static void teeth_clench_in_the_drive_and_the_jaw_hangs_loose_at_speed(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        double loose_s = hm_curve_time_s(&f->c.lane[i].curve, 56);
        assert_true(mien(f, i, 1.5).teeth > 0.8f);
        assert_true(mien(f, i, loose_s).strain < mien(f, i, 1.5).strain);
        assert_true(mien(f, i, loose_s).puff > 0.2f);
    }
}

/* The same runner, once holding speed and once losing a tenth of it at the end. */
static void loss_of_speed_shows_in_the_last_thirty_metres(void **state)
{
    fixture *f = *state;
    hm_lane *l = &f->c.lane[2];
    double t_s = hm_curve_time_s(&l->curve, 92);
    float held = mien(f, 2, t_s).strain;
    double v_mps = l->top_speed_mps;
    l->top_speed_mps = 1.1 * v_mps; /* was faster before */
    float lost = mien(f, 2, t_s).strain;
    l->top_speed_mps = v_mps;
    assert_true(lost > held + 0.15f);
}

static void the_face_after_depends_on_the_place(void **state)
{
    const fixture *f = *state;
    double end_s = 1e-6 * (double)f->c.lane[0].time_us;
    hm_mien won = mien(f, 0, end_s + 2.5);
    assert_true(won.corner > 0.5f || won.brow_in > 0.8f); /* joy, or cannot believe it */
    for (int i = 4; i < 8; i++) {
        hm_mien m = mien(f, i, 1e-6 * (double)f->c.lane[i].time_us + 2.5);
        assert_true(m.corner < 0.1f);
    }
}

static void no_field_leaves_its_range_or_jumps(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        hm_mien was = mien(f, i, -12);
        for (double t = -12; t < 16; t += 1.0 / 240) {
            hm_mien m = mien(f, i, t);
            const float *a = (const float *)&was, *b = (const float *)&m;
            for (size_t k = 0; k < sizeof m / sizeof(float); k++) {
                assert_true(b[k] >= -1.5f && b[k] <= 1.5f);
                bool gaze = &b[k] == &m.gaze_x || &b[k] == &m.gaze_y; /* eyes do jump */
                bool gun = t > 0.14 && t < 0.16;
                if (!gaze && !gun)
                    assert_true(fabsf(a[k] - b[k]) < 0.2f);
            }
            was = m;
        }
    }
}

static void those_who_do_not_start_or_finish_have_a_face_too(void **state)
{
    const fixture *f = *state;
    hm_lane out = film_race_lane(&((fixture *)*state)->arena, 1, "Out", 0, 0, 100);
    hm_mien m;
    for (double t = -10; t < 15; t += 0.5) {
        hm_mien_at(&f->c.race, &out, t, &m);
        assert_true(isfinite(m.lid_up) && m.mouth_open < 0.3f);
    }
    hm_lane hurt = film_race_lane(&((fixture *)*state)->arena, 2, "Hurt", 10.2, 0.15, 60);
    hm_mien_at(&f->c.race, &hurt, hurt.end_s + 2, &m);
    assert_true(m.corner < -0.4f && m.strain > 0.6f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runners_blink_before_the_race_and_never_in_it),
        cmocka_unit_test(the_face_is_held_still_from_set_to_the_reaction),
        cmocka_unit_test(teeth_clench_in_the_drive_and_the_jaw_hangs_loose_at_speed),
        cmocka_unit_test(loss_of_speed_shows_in_the_last_thirty_metres),
        cmocka_unit_test(the_face_after_depends_on_the_place),
        cmocka_unit_test(no_field_leaves_its_range_or_jumps),
        cmocka_unit_test(those_who_do_not_start_or_finish_have_a_face_too),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
