#include "odds_support.h"

#include <string.h>

#include "base/rng.h"
#include "num/stat.h"

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

static hm_odds_opts opts_of(int64_t n_run, uint64_t seed)
{
    return (hm_odds_opts){.n_run = n_run, .seed = seed, .n_thread = 1, .record_s = (double)NAN};
}

static void field_of(hm_runner r[8], double fit_frac)
{
    for (int i = 0; i < 8; i++)
        r[i] = runner_of((uint64_t)(100 + i), 12.6 + 0.03 * i, fit_frac);
}

static void chances_of_each_place_and_of_each_runner_add_up_to_one(void **state)
{
    hm_runner r[8];
    hm_day day = hm_day_default();
    field_of(r, 1);
    hm_odds o = odds_of(*state, 8, r, &day, opts_of(5003, 4));
    for (int i = 0; i < 8; i++) {
        double by_runner = 0, by_place = 0;
        for (int k = 0; k < 8; k++) {
            by_runner += o.lane[i].p_place[k];
            by_place += o.lane[k].p_place[i];
            if (k != i)
                ht_near(o.p_ahead[i][k] + o.p_ahead[k][i], 1, 1e-12, 0);
        }
        ht_near(by_runner, 1, 1e-12, 0);
        ht_near(by_place, 1, 1e-12, 0);
        assert_true(o.lane[i].time_s_lo90 < o.lane[i].time_s_mean &&
                    o.lane[i].time_s_mean < o.lane[i].time_s_hi90);
    }
    assert_true(o.lane[7].p_win > 2 * o.lane[0].p_win);
}

static void equal_runners_win_alike(void **state)
{
    hm_runner r[4];
    hm_day day = hm_day_default();
    for (int i = 0; i < 4; i++)
        r[i] = runner_of((uint64_t)(7 + i), 12.7, 0.5);
    hm_odds o = odds_of(*state, 2, r, &day, opts_of(40000, 9));
    assert_true(fabs(o.lane[0].p_win - 0.5) < 4 * o.lane[0].p_win_se);
    assert_true(fabs(o.p_ahead[0][1] - 0.5) < 4 * o.lane[0].p_win_se);
    o = odds_of(*state, 4, r, &day, opts_of(40000, 9));
    for (int i = 0; i < 4; i++)
        assert_true(fabs(o.lane[i].p_win - 0.25) < 4 * o.lane[i].p_win_se);
}

/* Without luck there is one outcome, and equal runners share every place. */
static void runners_who_tie_share_the_places(void **state)
{
    hm_runner r[3];
    hm_day day = hm_day_default();
    day.gust_frac = day.form_sd_frac = day.start_sd_s = 0;
    for (int i = 0; i < 3; i++) {
        r[i] = runner_of((uint64_t)(7 + i), i == 2 ? 12.5 : 12.7, 0);
        r[i].reaction.spread = 0;
    }
    hm_odds o = odds_of(*state, 3, r, &day, opts_of(100, 9));
    for (int i = 0; i < 2; i++) {
        assert_true(o.lane[i].p_place[0] == 0.5 && o.lane[i].p_place[1] == 0.5);
        assert_true(o.p_ahead[i][1 - i] == 0.5 && o.p_ahead[i][2] == 1);
    }
    assert_true(o.lane[2].p_place[2] == 1 && o.margin_s_mean == 0 && o.p_margin_10ms == 1);
}

/* Two runners, form alone: the difference of times is normal. */
static void the_chance_is_that_of_the_normal_law(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.8, 0)};
    hm_day day = hm_day_default();
    day.gust_frac = day.start_sd_s = 0;
    r[0].reaction.spread = r[1].reaction.spread = 0;
    hm_odds o = odds_of(*state, 2, r, &day, opts_of(60000, 3));
    double t0 = o.lane[0].time_s_mean, t1 = o.lane[1].time_s_mean;
    /* form is 0.8 % of the run, the time without the reaction of 0.149 s */
    double sd = 0.008 * sqrt((t0 - 0.149) * (t0 - 0.149) + (t1 - 0.149) * (t1 - 0.149));
    double want = 0.5 * erfc(-(t0 - t1) / sd / sqrt(2));
    assert_true(want > 0.6 && want < 0.9);
    assert_true(fabs(o.lane[1].p_win - want) < 4 * o.lane[1].p_win_se);
    ht_near(o.lane[0].time_s_sd, 0.008 * (t0 - 0.149), 0, 0.02);
    ht_near(o.lane[0].time_s_hi90 - o.lane[0].time_s_lo90, 2 * 1.6449 * 0.008 * (t0 - 0.149), 0,
            0.03);
}

/* The chance after a head start is that of the same normal law, moved. */
static void a_head_start_moves_the_chance_along_the_normal_law(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.72, 0)};
    hm_day day = hm_day_default();
    day.gust_frac = day.start_sd_s = 0;
    r[0].reaction.spread = r[1].reaction.spread = 0;
    hm_odds o = odds_of(*state, 2, r, &day, opts_of(60000, 3));
    double t0 = o.lane[0].time_s_mean, t1 = o.lane[1].time_s_mean;
    double sd = 0.008 * sqrt((t0 - 0.149) * (t0 - 0.149) + (t1 - 0.149) * (t1 - 0.149));
    double sooner = 0.5 * erfc(-(t0 - t1 + 0.020) / sd / sqrt(2));
    double later = 0.5 * erfc(-(t0 - t1 - 0.020) / sd / sqrt(2));
    assert_true(fabs(o.lane[1].p_win_sooner - sooner) < 4 * o.lane[1].p_win_se);
    assert_true(fabs(o.lane[1].p_win_later - later) < 4 * o.lane[1].p_win_se);
    assert_true(o.lane[1].p_win_sooner + o.lane[0].p_win_later == 1);
}

static int64_t count_to(const hm_odds_count *c, int32_t cs)
{
    int64_t sum = 0;
    for (int32_t k = 0; k < HM_ODDS_CS_MAX && c->from_cs + k <= cs; k++)
        sum += c->n[k];
    return sum;
}

static int64_t count_all(const hm_odds_count *c)
{
    return count_to(c, INT32_MAX - HM_ODDS_CS_MAX);
}

/* Counts of hundredths as on the board say what the chances of a time say. */
static void counted_hundredths_hold_every_race_once(void **state)
{
    hm_runner r[8];
    hm_day day = hm_day_default();
    field_of(r, 1);
    day.wind_mps = 1.8; /* the gauge reads above 2.0 in some races */
    hm_odds_opts opts = opts_of(7001, 4);
    const double n = 7001;
    opts.record_s = 9.85;
    hm_odds o = odds_of(*state, 8, r, &day, opts);
    for (int i = 0; i < 8; i++) {
        const hm_odds_lane *l = &o.lane[i];
        assert_int_equal(count_all(&l->times), 7001);
        assert_int_equal(count_all(&l->times_best_fit), 7001);
        ht_near((double)count_to(&l->times, 985) / n, l->p_time, 1e-12, 0);
        int32_t median_cs = (int32_t)floor(l->time_s_median * 100);
        assert_true((double)count_to(&l->times, median_cs) <= n / 2 &&
                    (double)count_to(&l->times, median_cs + 1) >= n / 2);
    }
    assert_int_equal(count_all(&o.first), 7001);
    assert_int_equal(count_all(&o.margins), 7001);
    ht_near((double)count_to(&o.first, 985) / n, o.p_time_any, 1e-12, 0);
    ht_near((double)count_to(&o.first_legal, 985) / n, o.p_record_any, 1e-12, 0);
    ht_near((double)count_all(&o.first_legal) / n, o.p_legal, 1e-12, 0);
    assert_true(o.p_legal > 0.5 && o.p_legal < 0.95);
    assert_true(o.p_record_any > 0.01 && o.p_record_any < o.p_time_any - 0.01);
    assert_true(fabs((double)o.margins.n[0] / n - o.p_margin_10ms) < 1e-3);
}

/* Luck alone is what is left when nothing is unknown. */
static void luck_alone_has_the_times_of_runners_known_exactly(void **state)
{
    hm_day day = hm_day_default();
    hm_runner known[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.75, 0)};
    hm_runner vague[2] = {runner_of(1, 12.7, 2), runner_of(2, 12.75, 2)};
    hm_odds k = odds_of(*state, 2, known, &day, opts_of(3000, 3));
    hm_odds v = odds_of(*state, 2, vague, &day, opts_of(3000, 3));
    for (int i = 0; i < 2; i++) {
        assert_memory_equal(&k.lane[i].times, &v.lane[i].times_best_fit, sizeof v.lane[i].times);
        assert_true(v.lane[i].time_s_luck_sd == k.lane[i].time_s_sd);
    }
}

typedef struct watcher {
    int64_t last, total;
    int n, stop_at;
} watcher;

static bool watch(void *ctx, int64_t done, int64_t total)
{
    watcher *w = ctx;
    assert_true(w->n == 0 ? done == 0 : done > w->last);
    w->last = done;
    w->total = total;
    return ++w->n != w->stop_at;
}

static void it_tells_how_far_it_is_and_stops_when_asked(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.75, 0)};
    hm_day day = hm_day_default();
    watcher w = {0};
    hm_odds_opts opts = opts_of(300000, 3);
    hm_odds silent = odds_of(*state, 2, r, &day, opts);
    opts.tell = watch;
    opts.tell_ctx = &w;
    hm_odds told = odds_of(*state, 2, r, &day, opts);
    assert_memory_equal(&silent, &told, sizeof told);
    assert_true(w.n == 3 && w.total == 300000);
    hm_sheet_row row[2] = {row_of(1, NAN, NAN, NULL), row_of(2, NAN, NAN, NULL)};
    hm_sheet s = sheet_of(0, NULL, 2, row);
    hm_err err = {0};
    w = (watcher){.stop_at = 2};
    assert_int_equal(hm_odds_run(&s, r, &day, &opts, *state, &told, &err), HM_ERR_STOPPED);
    assert_memory_equal(&silent, &told, sizeof told); /* untouched */
    assert_non_null(strstr(err.msg, "131072 of 300000"));
}

/* Spread of p_win over seeds against the error it tells, at two numbers of races. */
static void the_error_is_what_it_says_and_falls_with_the_root_of_the_races(void **state)
{
    hm_runner r[8];
    hm_day day = hm_day_default();
    field_of(r, 1);
    double spread[2], told[2];
    for (int k = 0; k < 2; k++) {
        int64_t n = k == 0 ? 512 : 512 * 16;
        double sum = 0, square = 0, se = 0;
        enum { N = 60 };
        for (int i = 0; i < N; i++) {
            hm_odds o = odds_of(*state, 8, r, &day, opts_of(n, (uint64_t)(1000 + i)));
            sum += o.lane[7].p_win;
            square += o.lane[7].p_win * o.lane[7].p_win;
            se += o.lane[7].p_win_se / N;
        }
        spread[k] = sqrt((square - sum * sum / N) / (N - 1));
        told[k] = se;
        /* an sd from 60 values is within 30 % in 999 of 1000 */
        assert_true(spread[k] / told[k] > 0.7 && spread[k] / told[k] < 1.35);
    }
    assert_true(told[0] / told[1] > 3.6 && told[0] / told[1] < 4.4);
    assert_true(spread[0] / spread[1] > 2.6 && spread[0] / spread[1] < 6);
}

static void what_the_fit_does_not_know_is_told_apart_from_luck(void **state)
{
    hm_day day = hm_day_default();
    hm_runner known[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.75, 0)};
    hm_runner vague[2] = {runner_of(1, 12.7, 2), runner_of(2, 12.75, 2)};
    hm_odds k = odds_of(*state, 2, known, &day, opts_of(256000, 3));
    hm_odds v = odds_of(*state, 2, vague, &day, opts_of(256000, 3));
    assert_true(k.lane[1].p_win == k.lane[1].p_win_best_fit && k.lane[1].time_s_fit_sd == 0);
    assert_true(k.lane[1].p_win_fit_sd < 0.02);
    assert_true(v.lane[1].p_win_best_fit == k.lane[1].p_win);
    assert_true(v.lane[1].p_win_fit_sd > 0.1);
    /* the favourite is less of one where less is known */
    assert_true(v.lane[1].p_win < k.lane[1].p_win - 3 * v.lane[1].p_win_se);
    double fit = v.lane[0].time_s_fit_sd, luck = k.lane[0].time_s_sd;
    ht_near(v.lane[0].time_s_sd, sqrt(fit * fit + luck * luck), 0, 0.02);
}

static void no_bit_depends_on_the_number_of_threads(void **state)
{
    hm_runner r[8];
    hm_day day = hm_day_default();
    field_of(r, 1);
    hm_odds_opts opts = opts_of(10001, 5);
    opts.record_s = 9.9;
    hm_odds one = odds_of(*state, 8, r, &day, opts);
    for (int n = 2; n <= 5; n++) {
        opts.n_thread = n;
        hm_odds many = odds_of(*state, 8, r, &day, opts);
        assert_memory_equal(&one, &many, sizeof one);
    }
    opts.seed++;
    hm_odds other = odds_of(*state, 8, r, &day, opts);
    assert_true(memcmp(&one, &other, sizeof one) != 0);
}

static void more_wind_from_behind_is_faster_and_forbids_records(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 1), runner_of(2, 12.75, 1)};
    hm_day day = hm_day_default();
    double before_s = 1e9;
    for (int w = -3; w <= 5; w += 2) {
        day.wind_mps = w;
        hm_odds_opts opts = opts_of(4000, 5);
        opts.record_s = 20;
        hm_odds o = odds_of(*state, 2, r, &day, opts);
        assert_true(o.lane[0].time_s_mean < before_s && o.p_time_any == 1);
        assert_true(w < 1 ? o.p_record_any > 0.95 : w > 3 ? o.p_record_any < 0.05 : true);
        before_s = o.lane[0].time_s_mean;
    }
}

/* ---- the linear model against full runs ---- */

static double draw(uint64_t who, uint32_t when, uint32_t k)
{
    return hm_normal_of(hm_rng_unit(77, HM_FOR_TEST, who, when, k));
}

/* Stated in docs/physics/simulate.md: 0.004 s rms, 0.020 s at most in 300, of a spread of 0.13 s.
 */
static void linear_times_are_those_of_full_runs(void **state)
{
    (void)state;
    hm_sheet_row row[] = {row_of(1, 0.1, 10, NULL)};
    hm_sheet s = sheet_of(0, NULL, 1, row);
    hm_runner r = runner_of(1, 12.7, 1);
    hm_day day = hm_day_default();
    day.wind_mps = 0.5;
    double sum = 0, square = 0, worst = 0;
    enum { N = 300 };
    for (uint32_t k = 0; k < N; k++) {
        double z[3], p[HM_DRIVE_BY_COUNT], w[32], linear_s, full_s;
        for (uint32_t i = 0; i < 3; i++)
            z[i] = draw(1, k, i);
        for (uint32_t i = 0; i < HM_DRIVE_BY_COUNT; i++)
            p[i] = draw(2, k, i);
        for (uint32_t i = 0; i < 32; i++)
            w[i] = 0.5 + 0.4 * draw(3, k, i);
        assert_int_equal(hm_odds_linear_s(&s, &r, &day, z, p, w, &linear_s, NULL), HM_OK);
        assert_int_equal(hm_odds_full_s(&s, &r, &day, z, p, w, &full_s, NULL), HM_OK);
        double miss = linear_s - full_s;
        sum += miss;
        square += miss * miss;
        worst = fmax(worst, fabs(miss));
    }
    print_message("linear: bias %.5f s, rms %.5f s, worst %.5f s\n", sum / N, sqrt(square / N),
                  worst);
    assert_true(sqrt(square / N) < 0.004 && worst < 0.020);
}

static void wrong_usage_is_refused(void **state)
{
    hm_sheet_row row[] = {row_of(1, 0.1, 10, NULL)};
    hm_sheet s = sheet_of(0, NULL, 1, row);
    hm_runner nobody = {0}, r = runner_of(1, 12.7, 1), slow = runner_of(1, 12.7, 1);
    slow.drive.fade_mps3 = 5;
    hm_day day = hm_day_default();
    hm_odds o;
    hm_err err = {0};
    hm_odds_opts opts = opts_of(0, 1);
    assert_int_equal(hm_odds_run(&s, &r, &day, &opts, *state, &o, &err), HM_ERR_USAGE);
    opts.n_run = 10;
    assert_int_equal(hm_odds_run(&s, &nobody, &day, &opts, *state, &o, &err), HM_ERR_INPUT);
    assert_int_equal(hm_odds_run(&s, &slow, &day, &opts, *state, &o, &err), HM_ERR_INPUT);
    day.wind_mps = 50;
    assert_int_equal(hm_odds_run(&s, &r, &day, &opts, *state, &o, &err), HM_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_of_each_place_and_of_each_runner_add_up_to_one),
        cmocka_unit_test(equal_runners_win_alike),
        cmocka_unit_test(runners_who_tie_share_the_places),
        cmocka_unit_test(the_chance_is_that_of_the_normal_law),
        cmocka_unit_test(a_head_start_moves_the_chance_along_the_normal_law),
        cmocka_unit_test(counted_hundredths_hold_every_race_once),
        cmocka_unit_test(luck_alone_has_the_times_of_runners_known_exactly),
        cmocka_unit_test(it_tells_how_far_it_is_and_stops_when_asked),
        cmocka_unit_test(the_error_is_what_it_says_and_falls_with_the_root_of_the_races),
        cmocka_unit_test(what_the_fit_does_not_know_is_told_apart_from_luck),
        cmocka_unit_test(no_bit_depends_on_the_number_of_threads),
        cmocka_unit_test(more_wind_from_behind_is_faster_and_forbids_records),
        cmocka_unit_test(linear_times_are_those_of_full_runs),
        cmocka_unit_test(wrong_usage_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
