/* The drive model: recovery, derivatives, the verified races, predictions from their first 60 m. */
#include "drive_priv.h"
#include "fit_support.h"

#include "num/dmath.h"
#include "sprint/air.h"

enum { MARK_MAX = 12 };

/* ---- races ---- */

typedef struct race {
    const char *id, *athlete;
    double reaction_s, wind_mps;
    double until_m; /* run in earnest up to there */
} race;

/* Verified 10 m series; eased up in Beijing from 80 m on. */
static const race verified[] = {{"2009-berlin-m", "Usain Bolt", 0.146, 0.9, 100},
                                {"2008-beijing-m", "Usain Bolt", 0.165, 0.0, 80},
                                {"1987-rome-m", "Ben Johnson", 0.109, 1.0, 100}};
enum { N_VERIFIED = 3 };

static int32_t marks_of(const race *r, double until_m, hm_obs obs[], double *time_100m_s)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv t = table_of("races_splits.csv", &a);
    int32_t n = 0;
    for (int32_t i = 0; i < t.n_row; i++) {
        if (strcmp(text_in(&t, i, "race_id"), r->id) != 0 ||
            strcmp(text_in(&t, i, "athlete"), r->athlete) != 0)
            continue;
        double x = number_in(&t, i, "distance_m"), time = number_in(&t, i, "time_s");
        if (x <= until_m)
            obs[n++] = obs_of(HM_OBS_GATE, x, time, (double)NAN);
        if (x == 100)
            *time_100m_s = time;
    }
    hm_arena_free(&a);
    return n;
}

static hm_fit_opts opts_of(const race *r)
{
    hm_fit_opts o = hm_fit_opts_default();
    o.model = HM_MODEL_DRIVE;
    o.reaction_s = r->reaction_s;
    o.wind_mps = r->wind_mps;
    return o;
}

/* ---- model and solution, without the report ---- */

typedef struct fitted {
    fit_model m;
    fit_solution s;
} fitted;

static fitted solve(const hm_fit_opts *o, const fit_points *points, hm_arena *a)
{
    fitted f;
    hm_err err = {0};
    assert_int_equal(fit_drive_model(o, points, &f.m, &err), HM_OK);
    fit_work *work = fit_work_new(a, points->n, f.m.n_param);
    assert_non_null(work);
    hm_status status = fit_solve(&f.m, points, NULL, NULL, work, &f.s, &err);
    if (status != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    assert_true(f.s.converged);
    return f;
}

static double sd_of(const fitted *f, const double slope[])
{
    double var = 0;
    for (int32_t i = 0; i < f->m.n_param; i++)
        for (int32_t j = 0; j < f->m.n_param; j++)
            var += slope[i] * f->s.covariance[i][j] * slope[j];
    return sqrt(var);
}

static double predicted_s(const fitted *f, double x_m, double *sd_s)
{
    double y, dy[FIT_PARAM_MAX];
    assert_true(f->m.observe(&f->m, f->s.p, HM_OBSERVE_TIME, 1, &x_m, &y, dy));
    if (sd_s)
        *sd_s = sd_of(f, dy);
    return y + f->m.reaction_s;
}

static fitted solve_race(const race *r, double until_m, double *time_100m_s)
{
    hm_obs obs[MARK_MAX];
    double at[MARK_MAX], t[MARK_MAX];
    int32_t of[MARK_MAX], n = marks_of(r, until_m, obs, time_100m_s);
    for (int32_t i = 0; i < n; i++) {
        at[i] = obs[i].distance_m;
        t[i] = obs[i].time_s - r->reaction_s;
        of[i] = i;
    }
    fit_points points = {.n = n, .observed = t, .at = at, .of = of};
    hm_fit_opts o = opts_of(r);
    hm_arena a;
    hm_arena_init(&a, 0);
    fitted f = solve(&o, &points, &a);
    hm_arena_free(&a);
    return f;
}

/* ---- tests ---- */

static void verified_races_fit_within_six_milliseconds(void **state)
{
    (void)state;
    for (int i = 0; i < N_VERIFIED; i++) {
        const race *r = &verified[i];
        hm_obs obs[MARK_MAX];
        double time;
        int32_t n = marks_of(r, r->until_m, obs, &time);
        assert_true(n >= 8);
        hm_trace trace = trace_of(n, obs);
        hm_fit_opts o = opts_of(r);
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_sprinter_run run;
        hm_err err = {0};
        assert_int_equal(hm_fit_run(&trace, &o, &a, &run, &err), HM_OK);
        assert_true(run.converged && run.model == HM_MODEL_DRIVE);
        assert_true(run.rmse <= 0.006);
        assert_true(run.max_abs <= 0.012);
        hm_arena_free(&a);
    }
}

/* Issue's bar: 0.03 s mean absolute error, truth in the 90 % interval, at most +-0.10 s wide. The
 * prior has seen these races; tools/calibrate_drive.py --report leaves each man out: 0.018 s. */
static void the_first_60_m_predict_100_m(void **state)
{
    (void)state;
    double sum = 0;
    for (int i = 0; i < N_VERIFIED; i++) {
        double truth = 0, sd;
        fitted f = solve_race(&verified[i], 60, &truth);
        double half, miss = predicted_s(&f, 100, &sd) - truth;
        half = 1.75 * sd; /* Student t of 16 degrees */
        assert_true(fabs(miss) <= 0.06 && fabs(miss) <= half && half <= 0.10);
        sum += fabs(miss) / N_VERIFIED;
    }
    assert_true(sum <= 0.03);
}

static void less_of_a_race_is_less_certain(void **state)
{
    (void)state;
    double last = 0;
    for (double until = 100; until >= 20; until -= 10) {
        double truth = 0, sd;
        fitted f = solve_race(&verified[0], until, &truth);
        double miss = predicted_s(&f, 100, &sd) - truth;
        assert_true(sd > last && fabs(miss) < 2.5 * sd + 0.01);
        last = sd;
    }
}

/* Times, distances and speeds of a known runner; enough of them that the prior weighs little. */
static void a_known_runner_comes_back(void **state)
{
    (void)state;
    const hm_drive truth = {8.3, 12.4, 0.06, 1.1, 0, 0};
    const hm_fit_observe what[] = {HM_OBSERVE_TIME, HM_OBSERVE_DISTANCE, HM_OBSERVE_SPEED};
    enum { N = 60 };
    for (int k = 0; k < 3; k++) {
        hm_fit_opts o = hm_fit_opts_default();
        o.reaction_s = 0.15;
        o.wind_mps = 1.4;
        o.altitude_m = 500;
        hm_air air = {1.4, 500, 15, NAN};
        double drag = hm_drag_per_m(HM_MODEL_DRIVE, HM_ALTITUDE_OBSERVED, &air, NAN, NAN);
        double at[N], y[N], sigma[N];
        for (int i = 0; i < N; i++) {
            hm_drive_path path;
            hm_drive_point point;
            hm_drive_path_begin(&path, &truth, drag, 1.4, false);
            at[i] = (i + 1) * (what[k] == HM_OBSERVE_TIME ? 100.0 : 9.8) / N;
            assert_true(what[k] == HM_OBSERVE_TIME ? hm_drive_path_to_x(&path, at[i], &point)
                                                   : hm_drive_path_to_s(&path, at[i], &point));
            y[i] = what[k] == HM_OBSERVE_TIME       ? point.s_s
                   : what[k] == HM_OBSERVE_DISTANCE ? point.x_m
                                                    : point.v_mps;
            sigma[i] = 1e-5;
        }
        fit_points points = {.n = N, .observe = what[k], .at = at, .observed = y, .sigma = sigma};
        hm_arena a;
        hm_arena_init(&a, 0);
        fitted f = solve(&o, &points, &a);
        ht_near(f.s.p[DRIVE_V0], truth.v0_mps, 0, 1e-4);
        ht_near(f.s.p[DRIVE_RISE], truth.f0_n_per_kg * truth.f0_n_per_kg / truth.v0_mps, 0, 3e-4);
        ht_near(f.s.p[DRIVE_FADE], truth.fade_mps3, 1e-4, 0);
        ht_near(f.s.p[DRIVE_BURST], truth.burst_m, 1e-3, 0);
        hm_arena_free(&a);
    }
}

static fit_model model_of(hm_fit_correct correct, hm_fit_observe what)
{
    static const double x_m[] = {5, 10, 20, 30, 40}, t_s[] = {1.2, 1.95, 3.3, 4.6, 5.9};
    static const double v_mps[] = {1, 5, 7, 7.5, 7.6};
    fit_points points = {.n = 5, .observe = what};
    points.at = what == HM_OBSERVE_TIME ? x_m : t_s;
    points.observed = what == HM_OBSERVE_TIME ? t_s : what == HM_OBSERVE_DISTANCE ? x_m : v_mps;
    hm_fit_opts o = hm_fit_opts_default();
    o.correct = (int32_t)correct;
    o.wind_mps = 2;
    fit_model m;
    assert_int_equal(fit_drive_model(&o, &points, &m, NULL), HM_OK);
    return m;
}

static void derivatives_are_what_a_small_change_makes(void **state)
{
    (void)state;
    const double at[] = {0.3, 1.7, 4.2, 9.0};
    for (int c = HM_CORRECT_NONE; c <= HM_CORRECT_TC_DC; c++)
        for (int k = HM_OBSERVE_TIME; k <= HM_OBSERVE_SPEED; k++) {
            hm_fit_observe what = (hm_fit_observe)k;
            if (what == HM_OBSERVE_SPEED && c > HM_CORRECT_TC)
                continue;
            fit_model m = model_of((hm_fit_correct)c, what);
            double p[FIT_PARAM_MAX] = {9, 1.2, 0.05, 0.4, -0.1, 0.05}, y[4], dy[4 * FIT_PARAM_MAX];
            if (c == HM_CORRECT_FD)
                p[4] = 0.3;
            assert_true(m.observe(&m, p, what, 4, at, y, dy));
            for (int32_t j = 0; j < m.n_param; j++) {
                double lo[4], hi[4], q[FIT_PARAM_MAX], h = 1e-5;
                memcpy(q, p, sizeof q);
                q[j] = p[j] + h;
                assert_true(m.observe(&m, q, what, 4, at, hi, NULL));
                q[j] = p[j] - h;
                assert_true(m.observe(&m, q, what, 4, at, lo, NULL));
                for (int i = 0; i < 4; i++)
                    ht_near(dy[j * 4 + i], (hi[i] - lo[i]) / (2 * h), 1e-6, 1e-5);
            }
        }
}

static void two_gates_are_enough_and_say_how_little_they_know(void **state)
{
    (void)state;
    const double at[] = {10, 30}, t[] = {1.90, 4.10}; /* a club sprinter, first movement */
    fit_points points = {.n = 2, .at = at, .observed = t};
    hm_fit_opts o = hm_fit_opts_default();
    hm_arena a;
    hm_arena_init(&a, 0);
    fitted f = solve(&o, &points, &a);
    double sd, time = predicted_s(&f, 100, &sd);
    assert_true(time > 10.2 && time < 12.2);
    assert_true(sd > 0.08 && sd < 0.6);
    hm_arena_free(&a);
}

/* Gates of 26 women, first movement behind the first gate: as close as mono with its correction. */
static void gates_of_team_sports_fit_with_a_time_correction(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv t = table_of("shorts_vescovi_01_26.csv", &a);
    static const char *const column[] = {"t_5m_s", "t_10m_s", "t_20m_s", "t_30m_s", "t_35m_s"};
    static const double at[] = {5, 10, 20, 30, 35};
    double mean = 0;
    for (int32_t i = 0; i < t.n_row; i++) {
        double y[5], sum = 0;
        for (int k = 0; k < 5; k++)
            y[k] = number_in(&t, i, column[k]);
        fit_points points = {.n = 5, .at = at, .observed = y};
        hm_fit_opts o = hm_fit_opts_default();
        o.correct = HM_CORRECT_TC;
        o.mass_kg = number_in(&t, i, "mass_kg");
        o.stature_m = number_in(&t, i, "stature_cm") / 100;
        fitted f = solve(&o, &points, &a);
        for (int k = 0; k < 5; k++) {
            double miss = predicted_s(&f, at[k], NULL) - y[k];
            sum += miss * miss;
        }
        mean += sqrt(sum / 5) / t.n_row;
        assert_true(f.s.p[DRIVE_V0] > 7 && f.s.p[DRIVE_V0] < 10);
    }
    assert_true(mean < 0.008); /* mono with tc: 0.0066 */
    hm_arena_free(&a);
}

static void a_profile_is_the_same_in_any_air(void **state)
{
    (void)state;
    const hm_drive man = {8.4, 12.8, 0.07, 1.15, 0, 0};
    const double wind[] = {-2, 0, 2};
    double v0[3];
    for (int i = 0; i < 3; i++) {
        hm_fit_opts o = hm_fit_opts_default();
        o.reaction_s = 0.14;
        o.wind_mps = wind[i];
        o.altitude_m = 1200;
        hm_air air = {wind[i], 1200, 15, NAN};
        double drag = hm_drag_per_m(HM_MODEL_DRIVE, HM_ALTITUDE_OBSERVED, &air, NAN, NAN);
        double at[10], y[10];
        hm_drive_path path;
        hm_drive_path_begin(&path, &man, drag, wind[i], false);
        for (int k = 0; k < 10; k++) {
            hm_drive_point point;
            at[k] = 10 * (k + 1);
            assert_true(hm_drive_path_to_x(&path, at[k], &point));
            y[k] = point.s_s;
        }
        fit_points points = {.n = 10, .at = at, .observed = y};
        hm_arena a;
        hm_arena_init(&a, 0);
        fitted f = solve(&o, &points, &a);
        v0[i] = f.s.p[DRIVE_V0];
        hm_arena_free(&a);
    }
    ht_near(v0[0], v0[1], 0.03, 0);
    ht_near(v0[2], v0[1], 0.03, 0);
    ht_near(v0[1], man.v0_mps, 0.05, 0);
}

static void values_of_a_profile_hang_together(void **state)
{
    (void)state;
    double truth;
    fitted f = solve_race(&verified[0], 100, &truth);
    hm_sprinter_run run = hm_sprinter_run_default();
    f.m.describe(&f.m, f.s.p, &run);
    double f0 = run.f0_n_per_kg.value, v0 = run.v0_mps.value, v = run.mss_mps.value;
    ht_near(f0 * (1 - v / v0), f.m.drag_ref_per_m * v * v, 1e-12, 0);
    ht_near(run.tau_s.value * run.mac_mps2.value, v, 1e-12, 0);
    ht_near(run.pmax_w_per_kg.value, f0 * v0 / 4, 1e-12, 0);
    ht_near(run.top_speed_mps.value, 12.27, 0.12, 0); /* laser 12.27, 10 m means 12.20-12.35 */
    ht_near(run.top_speed_at_m.value, 67, 8, 0);      /* at 65 m */
    double force = f0 - 0.3 * (f0 * f0 / v0), rf = force / sqrt(force * force + 9.81 * 9.81);
    ht_near(run.rf_max_frac.value, rf, 0.03, 0);
    assert_true(run.drf_per_mps.value < -0.04 && run.drf_per_mps.value > -0.08);
}

static void the_prior_is_that_of_the_program(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char path[1024], *bytes;
    size_t n;
    hm_csv t;
    snprintf(path, sizeof path, "%s/priors/drive.csv", getenv("HM_DATA_DIR"));
    assert_int_equal(hm_file_read(path, HM_CSV_FILE_MAX, &a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_csv_parse(path, bytes, n, &a, &t, NULL), HM_OK);
    drive_prior elite = drive_prior_of(12, true), faster = drive_prior_of(13, true);
    struct {
        const char *name;
        double value;
    } held[] = {
        {"rise_mps3", elite.rise_mps3}, {"rise_by_level", faster.rise_mps3 - elite.rise_mps3},
        {"rise_sd", elite.rise_sd},     {"fade_mps3", elite.fade_mps3},
        {"fade_sd", elite.fade_sd},     {"burst_m", elite.burst_m},
        {"burst_sd", elite.burst_sd}};
    int found = 0;
    for (int32_t i = 0; i < t.n_row; i++)
        for (size_t k = 0; k < sizeof held / sizeof *held; k++)
            if (strcmp(text_in(&t, i, "name"), held[k].name) == 0) {
                ht_near(held[k].value, number_in(&t, i, "value"), 1e-12, 1e-12);
                found++;
            }
    assert_int_equal(found, 7);
    /* fade: the square of the level down to fade_known_mps, from there on less and less sure */
    drive_prior known = drive_prior_of(11.12, true), less = drive_prior_of(10, true);
    ht_near(known.fade_sd, elite.fade_sd * (11.12 / 12) * (11.12 / 12), 0, 1e-12);
    ht_near(less.fade_sd, elite.fade_sd * 100 / 144 * (1 + 2 * (11.12 - 10) / (11.12 - 8.466)), 0,
            1e-12);
    drive_prior slow = drive_prior_of(8.466, true);
    ht_near(slow.rise_sd, 0.9482, 1e-12, 0);
    hm_arena_free(&a);
}

/* A child is no small elite man: quicker up to his speed, less of everything. */
static void the_prior_knows_levels(void **state)
{
    (void)state;
    drive_prior child = drive_prior_of(6.2, false), elite = drive_prior_of(12.3, true);
    double child_s = sqrt(6.5 / child.rise_mps3), elite_s = sqrt(13.3 / elite.rise_mps3);
    assert_true(child_s > 0.8 && child_s < 1.15 && elite_s > 1.45 && elite_s < 1.65); /* V0 / F0 */
    assert_true(child.rise_sd > 3 * elite.rise_sd);
    assert_true(child.fade_mps3 < 0.03 && child.burst_m < 0.3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verified_races_fit_within_six_milliseconds),
        cmocka_unit_test(the_first_60_m_predict_100_m),
        cmocka_unit_test(less_of_a_race_is_less_certain),
        cmocka_unit_test(a_known_runner_comes_back),
        cmocka_unit_test(derivatives_are_what_a_small_change_makes),
        cmocka_unit_test(two_gates_are_enough_and_say_how_little_they_know),
        cmocka_unit_test(gates_of_team_sports_fit_with_a_time_correction),
        cmocka_unit_test(a_profile_is_the_same_in_any_air),
        cmocka_unit_test(values_of_a_profile_hang_together),
        cmocka_unit_test(the_prior_is_that_of_the_program),
        cmocka_unit_test(the_prior_knows_levels),
    };
    return cmocka_run_group_tests_name("fit/drive", tests, NULL, NULL);
}
