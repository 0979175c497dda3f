#include "ht_measure.h"

#include "base/rng.h"
#include "measure/window.h"

/* Idle to 2 s, v = 9 (1 - e^(-s / 1.3)) for 6 s with a slow fade, braking by 2.5 m/s2 to rest,
 * idle; at rate_hz, with noise of sd about noise_mps. Returns a trace of speeds or of positions. */
static double true_speed(double t_s)
{
    double s = t_s - 2;
    if (s <= 0)
        return 0;
    if (s <= 6)
        return 9 * (1 - exp(-s / 1.3)) - 0.1 * s;
    return fmax(0, 9 * (1 - exp(-6 / 1.3)) - 0.6 - 2.5 * (s - 6));
}

static hm_trace made(hm_arena *a, double rate_hz, double noise, hm_obs_kind kind)
{
    hm_trace t = hm_trace_default();
    t.n_obs = (int32_t)(14 * rate_hz);
    t.obs = HM_PUSH(a, hm_obs, t.n_obs);
    double x_m = 0;
    for (int32_t i = 0; i < t.n_obs; i++) {
        double shake = 0;
        for (uint32_t k = 0; k < 12; k++)
            shake += hm_rng_unit(7, HM_FOR_TEST, (uint32_t)i, k, 0) - 0.5;
        t.obs[i] = (hm_obs){.kind = kind,
                            .time_s = i / rate_hz,
                            .speed_mps = true_speed(i / rate_hz) + noise * shake,
                            .distance_m = x_m + 0.1 * noise * shake,
                            .sigma_m = NAN,
                            .sigma_s = NAN,
                            .sigma_mps = NAN};
        x_m += true_speed((i + 0.5) / rate_hz) / rate_hz;
    }
    return t;
}

static void the_run_is_found_between_idle_and_braking(void **state)
{
    (void)state;
    static const struct {
        double rate_hz, noise, slack_s;
        hm_obs_kind kind;
    } row[] = {{46.875, 0, 0.1, HM_OBS_SPEED}, {46.875, 0.15, 0.3, HM_OBS_SPEED},
               {100, 0.1, 0.3, HM_OBS_SPEED},  {10, 0.1, 0.3, HM_OBS_SPEED},
               {100, 0, 0.2, HM_OBS_POSITION}, {50, 0.05, 0.3, HM_OBS_POSITION},
               {10, 0.1, 0.3, HM_OBS_POSITION}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_trace t = made(&a, row[i].rate_hz, row[i].noise, row[i].kind);
        int32_t first, last;
        hm_measure_run_window(&t, &first, &last);
        print_message("# %g Hz: %.3f to %.3f s\n", row[i].rate_hz, t.obs[first].time_s,
                      t.obs[last].time_s);
        ht_near(t.obs[first].time_s, 2, row[i].slack_s, 0);
        /* better a little early than some braking in the fit */
        assert_true(t.obs[last].time_s > 7.6 && t.obs[last].time_s < 8.1);
        hm_arena_free(&a);
    }
}

static void a_run_alone_is_all_run(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_measure_opts o = hm_measure_opts_default();
    o.crop = true;
    hm_traces t = ht_traces_file("traces/radar-jb-morin.csv", &o, &a);
    assert_int_equal(t.trace->n_obs, 232);
    assert_int_equal(t.trace->notes.n, 0);
    t = ht_traces_file("traces/gates-vescovi.csv", &o, &a);
    assert_int_equal(t.trace->n_obs, 5);
    hm_arena_free(&a);
}

/* A pause of breath before a second, slower effort does not end the first one early. */
static void a_dip_that_is_made_good_is_not_the_end(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_trace t = made(&a, 50, 0, HM_OBS_SPEED);
    for (int32_t i = 0; i < t.n_obs; i++) /* a stumble at 5 s */
        t.obs[i].speed_mps -= 2 * fmax(0, 0.4 - fabs(t.obs[i].time_s - 5)) / 0.4;
    int32_t first, last;
    hm_measure_run_window(&t, &first, &last);
    assert_true(t.obs[last].time_s > 7.6 && t.obs[last].time_s < 8.1);
    for (int32_t i = 0; i < t.n_obs; i++)
        t.obs[i].speed_mps = 0;
    hm_measure_run_window(&t, &first, &last);
    assert_int_equal(first, 0);
    assert_int_equal(last, t.n_obs - 1);
    hm_arena_free(&a);
}

static void what_is_cropped_is_noted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_trace made_run = made(&a, 50, 0, HM_OBS_SPEED);
    char *text = hm_arena_push(&a, (size_t)made_run.n_obs + 1, 32);
    size_t at = (size_t)sprintf(text, "t,v_mps\n");
    for (int32_t i = 0; i < made_run.n_obs; i++)
        at += (size_t)sprintf(text + at, "%.2f,%.3f\n", made_run.obs[i].time_s,
                              made_run.obs[i].speed_mps);
    hm_measure_opts o = hm_measure_opts_default();
    hm_traces t = ht_traces(text, &o, &a);
    assert_int_equal(t.trace->n_obs, made_run.n_obs);
    assert_true(ht_noted(&t.trace->notes, "are kept, crop leaves them out"));
    o.crop = true;
    t = ht_traces(text, &o, &a);
    assert_true(t.trace->n_obs < made_run.n_obs / 2);
    assert_true(ht_noted(&t.trace->notes, "were left out (crop)"));
    ht_near(t.trace->obs[0].time_s, 2, 0.05, 0); /* the clock stays */
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_is_found_between_idle_and_braking),
        cmocka_unit_test(a_run_alone_is_all_run),
        cmocka_unit_test(a_dip_that_is_made_good_is_not_the_end),
        cmocka_unit_test(what_is_cropped_is_noted),
    };
    return cmocka_run_group_tests_name("measure/window", tests, NULL, NULL);
}
