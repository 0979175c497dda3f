#include "odds_support.h"

#include "sprint/air.h"

static int begin(void **state)
{
    static hm_arena a;
    hm_arena_init(&a, 0);
    *state = &a;
    return 0;
}

static int end(void **state)
{
    hm_arena_free(*state);
    return 0;
}

static hm_race race_of(hm_arena *a, int32_t n, const hm_runner runner[], const hm_day *day,
                       uint64_t seed, uint32_t number)
{
    hm_sheet_row row[HM_LANE_MAX];
    for (int32_t i = 0; i < n; i++)
        row[i] = row_of(i + 1, (double)NAN, (double)NAN, NULL);
    hm_sheet s = sheet_of(0, NULL, n, row);
    hm_race race;
    hm_err err = {0};
    if (hm_race_simulate(&s, runner, day, seed, number, a, &race, &err) != HM_OK ||
        hm_race_check(&race, &err) != HM_OK) {
        print_error("%s: %s: %s\n", err.source, err.field, err.msg);
        fail();
    }
    return race;
}

static void the_same_seed_is_the_same_race_and_all_of_it_is_there(void **state)
{
    hm_runner r[3] = {runner_of(1, 12.6, 1), runner_of(2, 12.7, 1), {0}};
    hm_day day = hm_day_default();
    hm_race a = race_of(*state, 3, r, &day, 5, 0), b = race_of(*state, 3, r, &day, 5, 0);
    hm_race c = race_of(*state, 3, r, &day, 6, 0);
    assert_true(a.mode == HM_RACE_SIMULATE && a.lane[2].status == HM_RUN_DNS);
    for (int i = 0; i < 2; i++) {
        const hm_lane *l = &a.lane[i];
        assert_true(l->time_us == b.lane[i].time_us && l->time_us != c.lane[i].time_us);
        assert_memory_equal(l->curve.x_m, b.lane[i].curve.x_m, sizeof(double) * (size_t)l->curve.n);
        assert_true(l->time_us > 9300000 && l->time_us < 10900000 && l->n_step > 40);
        assert_true(!l->split[3].measured && l->top_speed_mps > 10 && l->top_speed_mps < 12.6);
    }
}

/* The curve that is drawn is that of the model: at each 10 m and at the finish. */
static void without_luck_everybody_runs_as_fitted(void **state)
{
    hm_runner r[] = {runner_of(1, 12.7, 0)};
    hm_day day = hm_day_default();
    day.fair = true;
    day.form_sd_frac = day.start_sd_s = 0;
    hm_race race = race_of(*state, 1, r, &day, 5, 0);
    static double x_m[HM_DRIVE_SAMPLE_MAX], v_mps[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve c = {.x_m = x_m, .v_mps = v_mps};
    hm_air sea = {0, 0, 15, (double)NAN};
    double drag = hm_drag_per_m(HM_MODEL_DRIVE, HM_ALTITUDE_OBSERVED, &sea, 78, 1.8);
    assert_true(hm_drive_run(&r[0].drive, drag, 0, 100, &c));
    const hm_lane *l = &race.lane[0];
    assert_true(race.wind_mps == 0 && l->reaction_s == 0.155);
    for (int k = 0; k < 10; k++)
        ht_near(l->split[k].time_s - 0.155, hm_drive_time_s(&c, 10 * (k + 1)), 3e-6, 0);
    ht_near((double)l->time_us * 1e-6 - 0.155, hm_drive_time_s(&c, 100), 3e-6, 0);
}

static void more_wind_from_behind_is_faster(void **state)
{
    hm_runner r[] = {runner_of(1, 12.7, 1)};
    hm_day day = hm_day_default();
    int64_t before_us = INT64_MAX;
    for (int w = -4; w <= 4; w++) {
        day.wind_mps = w;
        hm_race race = race_of(*state, 1, r, &day, 5, 2);
        assert_true(race.lane[0].time_us < before_us);
        assert_true(fabs(race.wind_mps - w) < 3);
        before_us = race.lane[0].time_us;
    }
}

/* Odds and single races are of one law: mean and spread of 600 full races. */
static void single_races_are_spread_as_the_odds_say(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 1), runner_of(2, 12.75, 1)};
    hm_day day = hm_day_default();
    enum { N = 600 };
    double sum = 0, square = 0;
    for (uint32_t k = 0; k < N; k++) {
        hm_arena_mark m = hm_arena_mark_get(*state);
        hm_race race = race_of(*state, 2, r, &day, 5, k);
        double t = (double)race.lane[0].time_us * 1e-6;
        sum += t / N;
        square += t * t / N;
        hm_arena_release(*state, m);
    }
    double sd = sqrt(square - sum * sum);
    hm_odds o =
        odds_of(*state, 2, r, &day,
                (hm_odds_opts){.n_run = 50000, .seed = 9, .n_thread = 1, .record_s = (double)NAN});
    assert_true(fabs(sum - o.lane[0].time_s_mean) < 4.5 * sd / sqrt(N));
    ht_near(sd, o.lane[0].time_s_sd, 0, 0.13); /* 4.5 standard errors */
}

/* Each lane has a wind of its own; lane and gauge hang together as the law says, by their means
 * over 10 s. 400 races: a correlation has a standard error below 0.05, an sd one of 4 %. */
static void what_a_lane_feels_and_what_the_gauge_reads_are_of_one_wind(void **state)
{
    (void)state;
    enum { N = 400 };
    static double gauge[N], lane[2][N];
    hm_sheet_row row[2] = {row_of(1, (double)NAN, (double)NAN, NULL),
                           row_of(8, (double)NAN, (double)NAN, NULL)};
    hm_sheet s = sheet_of(0, NULL, 2, row);
    hm_runner r[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.7, 0)};
    hm_day day = hm_day_default();
    day.wind_mps = 2;
    for (uint32_t k = 0; k < N; k++) {
        hm_race_result out;
        assert_int_equal(hm_race_result_of(&s, r, &day, 5, k, &out, NULL), HM_OK);
        gauge[k] = out.wind_cmps / 100.0 - 2;
        for (int i = 0; i < 2; i++)
            lane[i][k] = out.run[i].wind_mps - 2;
    }
    for (int i = 0; i < 2; i++) {
        double gg = 0, ll = 0, gl = 0, apart_m = 2.61 + (i == 0 ? 0 : 7 * 1.22);
        for (int k = 0; k < N; k++) {
            gg += gauge[k] * gauge[k] / N;
            ll += lane[i][k] * lane[i][k] / N;
            gl += gauge[k] * lane[i][k] / N;
        }
        /* 0.55 m/s a second; 0.7155 of it is left of the mean of 10 (test_wind.c) */
        ht_near(sqrt(gg), 0.55 * 0.7155, 0, 0.16);
        ht_near(sqrt(ll), 0.55 * 0.7155, 0, 0.16);
        double want = exp(-apart_m / 15 - 25.0 / 60);
        assert_true(fabs(gl / sqrt(gg * ll) - want) < 4 * 0.05);
    }
}

static void a_race_in_full_tells_the_wind_of_each_lane(void **state)
{
    hm_runner r[3] = {runner_of(1, 12.6, 1), runner_of(2, 12.7, 1), {0}};
    hm_day day = hm_day_default();
    hm_race a = race_of(*state, 3, r, &day, 5, 0);
    assert_true(a.lane[0].has_wind && a.lane[1].has_wind && !a.lane[2].has_wind);
    assert_true(a.lane[0].wind_mps != a.lane[1].wind_mps && fabs(a.lane[0].wind_mps) < 2);
    day.gust_frac = 0;
    day.wind_mps = 1.3;
    a = race_of(*state, 3, r, &day, 5, 0);
    ht_near(a.lane[0].wind_mps, 1.3, 1e-12, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_is_the_same_race_and_all_of_it_is_there),
        cmocka_unit_test(without_luck_everybody_runs_as_fitted),
        cmocka_unit_test(more_wind_from_behind_is_faster),
        cmocka_unit_test(single_races_are_spread_as_the_odds_say),
        cmocka_unit_test(what_a_lane_feels_and_what_the_gauge_reads_are_of_one_wind),
        cmocka_unit_test(a_race_in_full_tells_the_wind_of_each_lane),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
