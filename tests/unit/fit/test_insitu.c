#include "ht.h"
#include "insitu_priv.h"
#include "training.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR_N = 36000, SESSION_MAX = 40 };

/* Sessions on following days. */
static hm_trace *sessions(const training *t, int32_t n, bool positions, hm_arena *a)
{
    hm_trace *traces = HM_PUSH(a, hm_trace, n);
    for (int32_t i = 0; i < n; i++) {
        traces[i] = hm_trace_default();
        traces[i].athlete = "A";
        traces[i].date = hm_arena_printf(a, "2026-0%d-%02d", 3 + i / 28, 1 + i % 28);
        traces[i].obs = HM_PUSH(a, hm_obs, HOUR_N);
        traces[i].n_obs = training_session(t, (uint64_t)i, positions, traces[i].obs);
    }
    return traces;
}

static training usual(uint64_t seed)
{
    double u = hm_rng_unit(seed, HM_FOR_TEST, 1, 1, 1), w = hm_rng_unit(seed, HM_FOR_TEST, 1, 1, 2);
    return (training){.a0_mps2 = 6 + 2 * u,
                      .s0_mps = 8 + 2 * w,
                      .minutes = 40,
                      .sample_hz = 10,
                      .hard_frac = 0.3,
                      .noise_mps = 0.05,
                      .noise_m = 0.03,
                      .seed = seed};
}

static bool holds(hm_estimate e, double truth)
{
    return e.lo90 <= truth && truth <= e.hi90;
}

typedef struct score {
    int n_s0, n_a0, n_tau;
    double s0_off, a0_off; /* [1] mean of value / truth - 1 */
} score;

static score score_of(int n, uint64_t seed, bool positions, bool as_published)
{
    score s = {.n_s0 = 0};
    for (int i = 0; i < n; i++) {
        training t = usual(seed + (uint64_t)i);
        hm_arena a;
        hm_sprinter out;
        hm_insitu_opts o = hm_insitu_opts_default();
        o.as_published = as_published;
        hm_arena_init(&a, 0);
        assert_int_equal(hm_fit_insitu(sessions(&t, 4, positions, &a), 4, &o, &a, &out, NULL),
                         HM_OK);
        assert_int_equal(out.n_run, 1);
        assert_int_equal(hm_sprinter_check(&out, NULL), HM_OK);
        const hm_sprinter_run *run = &out.run[0];
        s.n_s0 += holds(run->mss_mps, t.s0_mps);
        s.n_a0 += holds(run->mac_mps2, t.a0_mps2);
        s.n_tau += holds(run->tau_s, t.s0_mps / t.a0_mps2);
        s.s0_off += (run->mss_mps.value / t.s0_mps - 1) / n;
        s.a0_off += (run->mac_mps2.value / t.a0_mps2 - 1) / n;
        hm_arena_free(&a);
    }
    return s;
}

static void sprints_among_hours_of_walking_give_the_runners_line(void **state)
{
    (void)state;
    score s = score_of(12, 500, false, false);
    assert_true(s.n_s0 >= 9 && s.n_a0 >= 9 && s.n_tau >= 9);
    ht_near(s.s0_off, 0, 0.015, 0);
    ht_near(s.a0_off, 0, 0.015, 0);
}

static void positions_give_it_too(void **state)
{
    (void)state;
    score s = score_of(8, 600, true, false);
    assert_true(s.n_s0 >= 6 && s.n_a0 >= 5);
    ht_near(s.s0_off, 0, 0.02, 0);
    ht_near(s.a0_off, 0, 0.03, 0);
}

/* The best two of many noisy values are too high, as long as nobody takes that off. */
static void as_published_the_noise_counts_as_strength(void **state)
{
    (void)state;
    score s = score_of(4, 700, false, true);
    assert_true(s.s0_off > 0.02 && s.a0_off > 0.02);
}

/* ---- the line, on samples placed by hand ---- */

static insitu_session exact(double a0, double s0, int32_t n, insitu_sample sample[])
{
    for (int32_t i = 0; i < n; i++) {
        double v = 3.05 + 0.1 * i;
        sample[i] = (insitu_sample){v, a0 * (1 - v / s0), 0.2};
    }
    return (insitu_session){0, "", n, sample, 0};
}

static void samples_on_a_line_give_that_line(void **state)
{
    (void)state;
    insitu_sample sample[50];
    insitu_session s = exact(7, 9, 50, sample);
    hm_insitu_opts o = hm_insitu_opts_default();
    o.as_published = true;
    insitu_line l;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_true(insitu_line_fit(1, &s, &o, &a, &l));
    ht_near(l.a0_mps2, 7, 1e-9, 0);
    ht_near(l.s0_mps, 9, 1e-9, 0);
    ht_near(l.r2, 1, 1e-9, 0);
    assert_int_equal(l.n_bin, 25);
    assert_int_equal(l.n_point, 50);
    hm_arena_free(&a);
}

static void spikes_are_left_out_and_flagged(void **state)
{
    (void)state;
    insitu_sample sample[56];
    insitu_session s = exact(7, 9, 50, sample);
    for (int32_t i = 0; i < 6; i++) /* a receiver that jumps, at every speed */
        sample[50 + i] = (insitu_sample){3.2 + 0.8 * i, 6.5, 0.2};
    s.n = 56;
    hm_insitu_opts o = hm_insitu_opts_default();
    o.as_published = true;
    insitu_line l;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_true(insitu_line_fit(1, &s, &o, &a, &l));
    int n_flagged = 0;
    for (int32_t i = 0; i < l.n_point; i++)
        n_flagged += l.point[i].outlier && !l.point[i].used;
    assert_true(n_flagged >= 4);
    ht_near(l.a0_mps2, 7, 0, 0.05);
    ht_near(l.s0_mps, 9, 0, 0.05);
    hm_arena_free(&a);
}

static void too_narrow_a_span_or_a_rising_line_is_none(void **state)
{
    (void)state;
    insitu_sample sample[50];
    insitu_session s = exact(7, 9, 9, sample);
    hm_insitu_opts o = hm_insitu_opts_default();
    insitu_line l;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_false(insitu_line_fit(1, &s, &o, &a, &l));
    s = exact(7, -9, 50, sample);
    assert_false(insitu_line_fit(1, &s, &o, &a, &l));
    hm_arena_free(&a);
}

/* ---- the filter ---- */

static hm_trace series_of(bool positions, int32_t n, double (*y)(double), hm_obs *obs)
{
    const double none = (double)NAN;
    hm_trace t = hm_trace_default();
    for (int32_t i = 0; i < n; i++) {
        double t_s = 0.1 * i;
        obs[i] = (hm_obs){
            positions ? HM_OBS_POSITION : HM_OBS_SPEED, 0, none, t_s, none, none, none, none};
        *(positions ? &obs[i].distance_m : &obs[i].speed_mps) = y(t_s);
    }
    t.n_obs = n;
    t.obs = obs;
    return t;
}

static double ramp(double t_s)
{
    return 3.5 + 0.4 * t_s;
}

static double parabola(double t_s)
{
    return 3.5 * t_s + 0.2 * t_s * t_s;
}

/* 1 Hz about 6 m/s */
static double wave(double t_s)
{
    return 6 + 0.5 * sin(2 * HM_PI * t_s);
}

static void the_filter_keeps_what_it_is_made_for(void **state)
{
    (void)state;
    hm_obs obs[100];
    hm_insitu_opts o = hm_insitu_opts_default();
    hm_arena a;
    hm_arena_init(&a, 0);
    for (int positions = 0; positions < 2; positions++) {
        hm_trace t = series_of(positions, 100, positions ? parabola : ramp, obs);
        insitu_session s = {.n = 0};
        assert_int_equal(insitu_smooth(&t, &o, &a, &s, NULL), HM_OK);
        assert_true(s.n >= 84);
        for (int32_t i = 0; i < s.n; i++)
            ht_near(s.sample[i].a_mps2, 0.4, 1e-9, 0);
        /* the last moment at which the window reaches 0.6 of its half width to both sides */
        ht_near(s.top_mps, positions ? ramp(9.5) : ramp(9.7), 1e-9, 0);
    }
    hm_arena_free(&a);
}

/* The slope of a line through five samples passes sin(2 pi f t) with
 * sum k sin(2 pi f k h) / (2 pi f h sum k^2), k = -2 .. 2. */
static void a_stride_of_one_second_is_blunted_as_the_formula_says(void **state)
{
    (void)state;
    hm_obs obs[200];
    hm_insitu_opts o = hm_insitu_opts_default();
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_trace t = series_of(false, 200, wave, obs);
    insitu_session s = {.n = 0};
    assert_int_equal(insitu_smooth(&t, &o, &a, &s, NULL), HM_OK);
    double w = 2 * HM_PI * 0.1, most = 0;
    double pass = (2 * sin(w) + 4 * sin(2 * w)) / (w * 10);
    for (int32_t i = 0; i < s.n; i++)
        most = fmax(most, s.sample[i].a_mps2);
    ht_near(most, pass * 0.5 * 2 * HM_PI, 1e-9, 0);
    hm_arena_free(&a);
}

static void the_noise_of_the_device_is_found(void **state)
{
    (void)state;
    training t = usual(41);
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_insitu_opts o = hm_insitu_opts_default();
    insitu_session s = {.n = 0};
    assert_int_equal(insitu_smooth(sessions(&t, 1, false, &a), &o, &a, &s, NULL), HM_OK);
    /* five samples 0.1 s apart: sd of the slope = noise / sqrt(10 0.1^2) */
    ht_near(s.sample[0].a_sd_mps2, 0.05 / sqrt(0.1), 0, 0.05);
    hm_arena_free(&a);
}

static void nothing_is_said_across_a_gap(void **state)
{
    (void)state;
    hm_obs obs[100];
    hm_insitu_opts o = hm_insitu_opts_default();
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_trace t = series_of(false, 100, ramp, obs);
    insitu_session whole = {.n = 0}, torn = {.n = 0};
    assert_int_equal(insitu_smooth(&t, &o, &a, &whole, NULL), HM_OK);
    for (int32_t i = 50; i < 100; i++)
        obs[i].time_s += 5;
    assert_int_equal(insitu_smooth(&t, &o, &a, &torn, NULL), HM_OK);
    assert_int_equal(torn.n, whole.n - 4); /* two on either side */
    hm_arena_free(&a);
}

/* ---- windows ---- */

static void windows_roll_over_days_and_over_sessions(void **state)
{
    (void)state;
    training t = usual(42);
    hm_arena a;
    hm_sprinter out;
    hm_arena_init(&a, 0);
    t.minutes = 15;
    hm_trace *traces = sessions(&t, 36, false, &a); /* 2026-03-01 .. 03-28, 04-01 .. 04-08 */
    hm_insitu_opts o = hm_insitu_opts_default();
    assert_int_equal(hm_fit_insitu(traces, 36, &o, &a, &out, NULL), HM_OK);
    /* 39 days: from day 0, 7 and 14; the third holds the last */
    assert_int_equal(out.n_run, 3);
    assert_string_equal(out.run[0].run, "2026-03-01 to 2026-03-28, 28 sessions");
    assert_string_equal(out.run[1].run, "2026-03-08 to 2026-04-04, 25 sessions");
    assert_string_equal(out.run[2].date, "2026-04-08");

    o.window_session = 10;
    o.step_session = 10;
    assert_int_equal(hm_fit_insitu(traces, 36, &o, &a, &out, NULL), HM_OK);
    assert_int_equal(out.n_run, 4);
    assert_string_equal(out.run[3].run, "2026-03-27 to 2026-04-08, 10 sessions");
    hm_arena_free(&a);
}

static void athletes_are_kept_apart_whatever_the_order(void **state)
{
    (void)state;
    training fast = usual(43), slow = usual(44);
    hm_arena a;
    hm_sprinter out, again;
    hm_arena_init(&a, 0);
    fast.s0_mps = 9.8;
    slow.s0_mps = 7.8;
    hm_trace *f = sessions(&fast, 3, false, &a), *s = sessions(&slow, 3, false, &a), mixed[6];
    for (int i = 0; i < 3; i++) {
        mixed[2 * i] = s[2 - i];
        mixed[2 * i + 1] = f[i];
        mixed[2 * i].athlete = "B";
    }
    assert_int_equal(hm_fit_insitu(mixed, 6, NULL, &a, &out, NULL), HM_OK);
    assert_int_equal(out.n_run, 2);
    assert_string_equal(out.run[0].athlete, "B");
    assert_int_equal(hm_fit_insitu(f, 3, NULL, &a, &again, NULL), HM_OK);
    ht_near(out.run[1].mss_mps.value, again.run[0].mss_mps.value, 0, 0);
    assert_true(out.run[0].mss_mps.hi90 < out.run[1].mss_mps.lo90);
    hm_arena_free(&a);
}

static int32_t find_note(const hm_sprinter_run *run, const char *text)
{
    for (int32_t i = 0; i < run->notes.n; i++)
        if (strcmp(run->notes.text[i], text) == 0)
            return i;
    return -1;
}

static void notes_of_sessions_stand_in_the_windows_that_hold_them(void **state)
{
    (void)state;
    training t = usual(45);
    hm_arena a;
    hm_sprinter out;
    hm_arena_init(&a, 0);
    t.minutes = 15;
    hm_trace *traces = sessions(&t, 20, false, &a); /* 2026-03-01 .. */
    for (int32_t i = 0; i < 20; i++)
        if (i != 4)
            assert_int_equal(hm_notes_add(&traces[i].notes, &a, "no unit of speed: m/s"), HM_OK);
    assert_int_equal(hm_notes_add(&traces[12].notes, &a, "a gap of 3 s"), HM_OK);
    hm_insitu_opts o = hm_insitu_opts_default();
    o.window_session = o.step_session = 10;
    assert_int_equal(hm_fit_insitu(traces, 20, &o, &a, &out, NULL), HM_OK);
    assert_int_equal(out.n_run, 2);
    assert_true(find_note(&out.run[0], "9 sessions, first 2026-03-01: no unit of speed: m/s") >= 0);
    assert_int_equal(find_note(&out.run[0], "session 2026-03-13: a gap of 3 s"), -1);
    assert_true(find_note(&out.run[1], "session 2026-03-13: a gap of 3 s") >= 0);

    /* many different ones are cut short, and that is said */
    for (int32_t i = 0; i < 10; i++)
        for (int k = 0; k < 3; k++)
            assert_int_equal(hm_notes_add(&traces[i].notes, &a, "gap %d of %d", k, i), HM_OK);
    assert_int_equal(hm_fit_insitu(traces, 20, &o, &a, &out, NULL), HM_OK);
    assert_true(find_note(&out.run[0], "more notes of sessions are left out") >= 20);
    assert_true(out.run[0].notes.n <= 24);
    hm_arena_free(&a);
}

/* ---- what cannot be done ---- */

static void sessions_without_an_answer_are_refused(void **state)
{
    (void)state;
    hm_obs obs[100];
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sprinter out = {.n_run = -7};
    hm_trace t = series_of(false, 100, ramp, obs);
    assert_int_equal(hm_fit_insitu(&t, 1, NULL, &a, &out, &err), HM_ERR_NUMERIC);

    err = (hm_err){0};
    obs[40].time_s = obs[39].time_s;
    assert_int_equal(hm_fit_insitu(&t, 1, NULL, &a, &out, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "time_s");

    err = (hm_err){0};
    for (int i = 0; i < 100; i++)
        obs[i].kind = HM_OBS_STEP_ON;
    assert_int_equal(hm_fit_insitu(&t, 1, NULL, &a, &out, &err), HM_ERR_INPUT);

    hm_insitu_opts o = hm_insitu_opts_default();
    o.bin_mps = 50;
    assert_int_equal(hm_fit_insitu(&t, 1, &o, &a, &out, NULL), HM_ERR_USAGE);
    assert_int_equal(hm_fit_insitu(&t, 0, NULL, &a, &out, NULL), HM_ERR_INPUT);
    assert_int_equal(out.n_run, -7);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sprints_among_hours_of_walking_give_the_runners_line),
        cmocka_unit_test(positions_give_it_too),
        cmocka_unit_test(as_published_the_noise_counts_as_strength),
        cmocka_unit_test(samples_on_a_line_give_that_line),
        cmocka_unit_test(spikes_are_left_out_and_flagged),
        cmocka_unit_test(too_narrow_a_span_or_a_rising_line_is_none),
        cmocka_unit_test(the_filter_keeps_what_it_is_made_for),
        cmocka_unit_test(a_stride_of_one_second_is_blunted_as_the_formula_says),
        cmocka_unit_test(the_noise_of_the_device_is_found),
        cmocka_unit_test(nothing_is_said_across_a_gap),
        cmocka_unit_test(windows_roll_over_days_and_over_sessions),
        cmocka_unit_test(athletes_are_kept_apart_whatever_the_order),
        cmocka_unit_test(notes_of_sessions_stand_in_the_windows_that_hold_them),
        cmocka_unit_test(sessions_without_an_answer_are_refused),
    };
    return cmocka_run_group_tests_name("fit/insitu", tests, NULL, NULL);
}
