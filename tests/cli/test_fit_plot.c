#include "fit_made.h"
#include "fit_plot_priv.h"
#include "ht.h"

#include <string.h>

static const made bolt = {
    "Usain Bolt", "2009-08-16", {13.3237, 1.6325, 0.1311}, -0.1569, 0.146, 94, 1.95, 0.015, 3};

static void the_curve_is_the_closed_form_on_the_clock_of_the_trace(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot_curve c;
    for (int observe = 0; observe < 3; observe++) {
        hm_sprinter_run r = made_run(&bolt, &arena);
        if (observe == HM_OBSERVE_TIME)
            made_times(&bolt, &arena, &r, 10, 10, -1);
        else
            made_series(&bolt, &arena, &r, 200, 9, observe == HM_OBSERVE_SPEED);
        plot_curve_of(&r, 100, &c);
        assert_int_equal(c.n, PLOT_CURVE_MAX);
        for (int i = 0; i < c.n; i += 50) {
            double s = c.t_s[i] - made_clock_s(&bolt);
            ht_near(c.x_m[i], hm_decay_x_m(&bolt.d, fmax(s, 0)), 0.01, 0);
            ht_near(c.v_mps[i], hm_decay_v_mps(&bolt.d, fmax(s, 0)), 0.02, 0);
        }
        ht_near(c.x_m[c.n - 1], 100, 1e-6, 0);
    }
    hm_arena_free(&arena);
}

static void a_flying_start_and_a_gate_ahead_shift_the_tape(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot_curve c;
    made m = {"A", "", {9, 1.2, 0}, 0, NAN, NAN, NAN, 0.01, 1};
    for (int is_fd = 0; is_fd < 2; is_fd++) {
        hm_sprinter_run r = made_run(&m, &arena);
        const double fd_m = 0.3, dc_m = 0.8;
        (is_fd ? &r.correction_fd_m : &r.correction_dc_m)->value = is_fd ? fd_m : dc_m;
        made_times(&m, &arena, &r, 6, 5, -1);
        double s0 = is_fd ? hm_decay_time_s(&m.d, fd_m) : 0, shift_m = is_fd ? fd_m : -dc_m;
        for (int i = 0; i < r.n_point; i++)
            r.point[i].fitted = hm_decay_time_s(&m.d, r.point[i].at + shift_m) - s0;
        plot_curve_of(&r, 30, &c);
        ht_near(plot_curve_at(c.n, c.x_m, c.t_s, 20), hm_decay_time_s(&m.d, 20 + shift_m) - s0,
                2e-3, 0);
    }
    hm_arena_free(&arena);
}

static void the_band_is_that_of_the_rows(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot_curve c;
    hm_sprinter_run r = made_run(&bolt, &arena);
    made_times(&bolt, &arena, &r, 10, 10, -1);
    plot_curve_of(&r, 100, &c);
    assert_true(c.has_band);
    const hm_estimate *v = &r.row[11].speed_mps; /* 60 m */
    ht_near(plot_curve_at(c.n, c.x_m, c.hi_mps, 60), v->hi90, 2e-3, 0);
    ht_near(plot_curve_at(c.n, c.x_m, c.lo_mps, 60), v->lo90, 2e-3, 0);
    hm_arena_free(&arena);
}

static hm_estimate within(double value, double share)
{
    return (hm_estimate){value, value * (1 - share), value * (1 + share)};
}

static void the_force_band_knows_how_its_ends_hang_together(void **state)
{
    (void)state;
    const double a = 0.03, b = 0.04;
    hm_estimate f0 = within(8, a), v0 = within(12, b);
    hm_estimate alone = within(24, 0.05), together = within(24, 0.07), against = within(24, 0.01);
    ht_near(plot_force_half(&f0, &v0, &alone, 0), 8 * a, 1e-12, 0);
    ht_near(plot_force_half(&f0, &v0, &alone, 12), 8 * b, 1e-12, 0);
    /* in the middle both count by half: as a sum of squares, added, taken from one another */
    ht_near(plot_force_half(&f0, &v0, &alone, 6), 4 * 0.05, 1e-12, 0);
    ht_near(plot_force_half(&f0, &v0, &together, 6), 4 * 0.07, 1e-12, 0);
    ht_near(plot_force_half(&f0, &v0, &against, 6), 4 * 0.01, 1e-12, 0);
    hm_estimate none = {8, (double)NAN, (double)NAN};
    assert_true(isnan(plot_force_half(&none, &v0, &alone, 3)));
}

static void times_become_mean_speeds_between_marks(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot p;
    static plot_curve c;
    hm_err err = {0};
    assert_int_equal(plot_begin(&p, &arena, 1, &err), HM_OK);
    hm_sprinter_run r = made_run(&bolt, &arena);
    hm_fit_point point[] = {{.at = 10, .observed = 1.9, .fitted = 1.9, .used = true},
                            {.at = 20, .observed = 2.9, .fitted = 2.9, .used = false},
                            {.at = 30, .observed = 3.9, .fitted = 3.9, .used = true}};
    r.observe = HM_OBSERVE_TIME;
    r.point = point;
    r.n_point = 3;
    plot_seen seen;
    plot_seen_of(&p, &r, &c, &seen); /* no curve: the start is not known */
    assert_int_equal(seen.n, 1);     /* and the mark at 20 m is left out */
    ht_near(seen.v_mps[0], 10, 1e-12, 0);
    ht_near(seen.lo[0], 10, 0, 0);
    ht_near(seen.hi[0], 30, 0, 0);
    hm_arena_free(&arena);
}

static void dates_count_from_1970(void **state)
{
    (void)state;
    ht_near(plot_day_of("1970-01-01"), 0, 0, 0);
    ht_near(plot_day_of("2009-08-16"), 14472, 0, 0);
    ht_near(plot_day_of("2024-03-01T10:00:00Z"), 19783, 0, 0);
    ht_near(plot_day_of("1900-03-01"), -25508, 0, 0);
    assert_true(isnan(plot_day_of("")) && isnan(plot_day_of("2009-13-01")) &&
                isnan(plot_day_of("August")));
}

static void numbers_have_true_minuses_and_no_minus_zero(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot p;
    hm_err err = {0};
    assert_int_equal(plot_begin(&p, &arena, 1, &err), HM_OK);
    assert_string_equal(plot_number(&p, -1.25, 1, true), PLOT_MINUS "1.2");
    assert_string_equal(plot_number(&p, 0.25, 2, true), "+0.25");
    assert_string_equal(plot_number(&p, -0.0004, 3, true), "0.000");
    assert_string_equal(plot_typeset(&p, "wind -2.0 m/s"), "wind " PLOT_MINUS "2.0 m/s");
    assert_string_equal(plot_typeset(&p, "sea level, 15 C"), "sea level, 15 \xc2\xb0"
                                                             "C");
    assert_string_equal(plot_typeset(&p, "force-velocity 1 %"), "force-velocity 1 %");
    hm_arena_free(&arena);
}

static void one_wild_interval_does_not_press_the_others_flat(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    static plot p;
    hm_err err = {0};
    assert_int_equal(plot_begin(&p, &arena, 1, &err), HM_OK);
    const double y[] = {10, 11, 12, NAN, 11}, lo[] = {9.8, 10.8, 11.8, NAN, 1},
                 hi[] = {10.2, 11.2, 12.2, NAN, 40};
    plot_reach r = plot_reach_of(&p, 5, y, lo, hi);
    assert_true(r.lo < 9.0 && r.lo > 8.5); /* half the span of the values, and air */
    assert_true(r.hi > 13.0 && r.hi < 13.5);
    r = plot_reach_of(&p, 3, y, lo, hi);
    assert_true(r.lo < 9.8 && r.lo > 9.4 && r.hi > 12.2 && r.hi < 12.6);
    r = plot_reach_of(&p, 1, y + 3, lo, hi);
    assert_true(r.lo > r.hi);
    hm_arena_free(&arena);
}

static void the_ending_of_a_path_names_the_format(void **state)
{
    (void)state;
    hm_chart_format f = HM_CHART_SVG;
    hm_err err = {0};
    assert_int_equal(fit_plot_format_of("a/b.c/run.PNG", &f, &err), HM_OK);
    assert_int_equal(f, HM_CHART_PNG);
    assert_int_equal(fit_plot_format_of("run.pdf", &f, &err), HM_OK);
    assert_int_equal(f, HM_CHART_PDF);
    static const char *const bad[] = {"run", "run.", "run.svgz", "run.sv", "-"};
    for (int i = 0; i < 5; i++)
        assert_int_equal(fit_plot_format_of(bad[i], &f, NULL), HM_ERR_USAGE);
    assert_int_equal(f, HM_CHART_PDF);
}

static void no_run_is_an_error(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_err err = {0};
    hm_sprinter none = {0};
    fit_plot_opts o = fit_plot_opts_default();
    char *bytes = NULL;
    size_t n = 0;
    assert_int_equal(fit_plot(&none, &o, &arena, &bytes, &n, &err), HM_ERR_INPUT);
    hm_sprinter_run empty[2] = {hm_sprinter_run_default(), hm_sprinter_run_default()};
    none = (hm_sprinter){.n_run = 2, .run = empty};
    err = (hm_err){0};
    assert_int_equal(fit_plot(&none, &o, &arena, &bytes, &n, &err), HM_ERR_INPUT);
    o.kind = FIT_PLOT_SQUAD;
    err = (hm_err){0};
    assert_int_equal(fit_plot(&none, &o, &arena, &bytes, &n, &err), HM_ERR_INPUT);
    assert_null(bytes);
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_curve_is_the_closed_form_on_the_clock_of_the_trace),
        cmocka_unit_test(a_flying_start_and_a_gate_ahead_shift_the_tape),
        cmocka_unit_test(the_band_is_that_of_the_rows),
        cmocka_unit_test(the_force_band_knows_how_its_ends_hang_together),
        cmocka_unit_test(times_become_mean_speeds_between_marks),
        cmocka_unit_test(dates_count_from_1970),
        cmocka_unit_test(numbers_have_true_minuses_and_no_minus_zero),
        cmocka_unit_test(one_wild_interval_does_not_press_the_others_flat),
        cmocka_unit_test(the_ending_of_a_path_names_the_format),
        cmocka_unit_test(no_run_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
