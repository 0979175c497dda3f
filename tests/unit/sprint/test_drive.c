#include "ht.h"

#include "sprint/air.h"
#include "sprint/dash.h"
#include "sprint/drive.h"
#include "sprint/drive_path.h"

/* An elite man's order of magnitude. */
static const hm_drive man = {8.8, 13.6, 0.07, 0.25, 0, 0};
static const double drag_per_m = 0.0030;

typedef struct room {
    double x_m[HM_DRIVE_SAMPLE_MAX], v_mps[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve curve;
} room;

static hm_drive_curve *curve_in(room *r)
{
    r->curve = (hm_drive_curve){.x_m = r->x_m, .v_mps = r->v_mps};
    return &r->curve;
}

/* The equation of drive.h as it stands there. */
static double slope(const hm_drive *d, double drag, double w, double s, double v)
{
    double u = d->wind_inside_mps;
    return d->f0_n_per_kg * (1 - v / d->v0_mps) - d->fade_mps3 * s +
           d->drag_inside_per_m * (v - u) * fabs(v - u) - drag * (v - w) * fabs(v - w);
}

typedef struct state {
    double s, v, x;
} state;

static state step(const hm_drive *d, double drag, double w, state a, double h)
{
    double k1 = slope(d, drag, w, a.s, a.v), k2 = slope(d, drag, w, a.s + h / 2, a.v + h / 2 * k1);
    double k3 = slope(d, drag, w, a.s + h / 2, a.v + h / 2 * k2);
    double k4 = slope(d, drag, w, a.s + h, a.v + h * k3);
    return (state){a.s + h, a.v + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4),
                   a.x + h * a.v + h * h / 6 * (k1 + k2 + k3)};
}

static double with_burst(const hm_drive *d, state a)
{
    return a.x + d->burst_m * hm_dash_burst_frac(a.s);
}

/* Runge-Kutta in steps of 0.2 ms, the last one by bisection. */
static double twin_s(const hm_drive *d, double drag, double w, double x_m)
{
    const double h = 2e-4;
    state a = {0, 0, 0}, next = step(d, drag, w, a, h);
    while (with_burst(d, next) < x_m && next.s < 100) {
        a = next;
        next = step(d, drag, w, a, h);
    }
    double lo = 0, hi = h;
    for (int i = 0; i < 40; i++) {
        double mid = 0.5 * (lo + hi);
        if (with_burst(d, step(d, drag, w, a, mid)) < x_m)
            lo = mid;
        else
            hi = mid;
    }
    return a.s + hi;
}

static void it_is_the_solution_of_its_equation_within_a_microsecond(void **unused)
{
    (void)unused;
    const hm_drive runner[] = {man,
                               {5.2, 7.1, 0.0, 0.05, 0, 0},
                               {9.5, 11.0, 0.2, 0.4, 0, 0},
                               {14.0, 9.5, 0.01, 0.0, 0, 0},
                               {9.302, 11.627, 0.0, 0.0, 0.0036, 0.9},
                               {8.0, 12.8, 0.087, 0.0, 0.0036, -1.3}};
    const double wind[] = {0, 2, -2, 9, -9, 0.9};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) {
            room r;
            hm_drive_curve *c = curve_in(&r);
            assert_true(hm_drive_run(&runner[i], drag_per_m, wind[j], 100, c));
            for (double x = 5; x <= 100; x += 19)
                ht_near(hm_drive_time_s(c, x), twin_s(&runner[i], drag_per_m, wind[j], x), 1e-6, 0);
        }
}

static void without_air_and_burst_it_is_the_decay_model(void **unused)
{
    (void)unused;
    const hm_decay model[] = {{11.627, 1.25, 0}, {13.32, 1.63, 0.13}, {6.2, 0.9, 0.02}};
    for (int i = 0; i < 3; i++) {
        hm_drive d = hm_drive_of_decay(&model[i], 0, 0);
        room r;
        hm_drive_curve *c = curve_in(&r);
        assert_true(hm_drive_run(&d, 0, 0, 100, c));
        for (double x = 10; x <= 100; x += 10)
            ht_near(hm_drive_time_s(c, x), hm_decay_time_s(&model[i], x), 1e-6, 0);
        for (double s = 0.5; s < 10; s += 1) {
            ht_near(hm_drive_v_mps(c, s), hm_decay_v_mps(&model[i], s), 1e-4, 0);
            ht_near(hm_drive_x_m(c, s), hm_decay_x_m(&model[i], s), 1e-5, 0);
        }
    }
}

static void a_fitted_curve_comes_back_in_the_air_that_it_was_run_in(void **unused)
{
    (void)unused;
    const hm_decay model = {13.32, 1.63, 0.13};
    const double wind[] = {-3, 0, 0.9, 4};
    for (int i = 0; i < 4; i++) {
        hm_drive d = hm_drive_of_decay(&model, drag_per_m, wind[i]);
        room r;
        hm_drive_curve *c = curve_in(&r);
        assert_true(hm_drive_run(&d, drag_per_m, wind[i], 100, c));
        ht_near(hm_drive_time_s(c, 100), hm_decay_time_s(&model, 100), 1e-6, 0);
    }
}

static void who_tires_or_stands_against_a_storm_never_gets_there(void **unused)
{
    (void)unused;
    room r;
    hm_drive_curve *c = curve_in(&r);
    hm_drive tires = {8, 10, 3, 0, 0, 0};
    assert_false(hm_drive_run(&tires, drag_per_m, 0, 100, c));
    assert_true(c->n > 2 && c->x_m[c->n - 1] < 100);
    assert_true(isnan(hm_drive_time_s(c, 100)));
    assert_false(hm_drive_run(&man, drag_per_m, -80, 100, c));
    assert_true(isnan(hm_drive_time_s(c, 1)));
}

static void a_long_slow_run_fits_into_the_curve(void **unused)
{
    (void)unused;
    hm_drive walker = {2.0, 1.6, 0, 0, 0, 0};
    room r;
    hm_drive_curve *c = curve_in(&r);
    assert_true(hm_drive_run(&walker, drag_per_m, 0, 400, c));
    assert_true(c->n <= HM_DRIVE_SAMPLE_MAX && c->x_m[c->n - 1] >= 400);
    ht_near(hm_drive_time_s(c, 90), twin_s(&walker, drag_per_m, 0, 90), 1e-4, 0);
}

static void partials_are_what_a_small_change_makes(void **unused)
{
    (void)unused;
    const double wind[] = {0, 2, -2};
    for (int w = 0; w < 3; w++) {
        hm_drive_path path;
        hm_drive_path_begin(&path, &man, drag_per_m, wind[w], true);
        for (double s = 0.05; s < 10; s += 0.7) {
            hm_drive_point at, hi, lo;
            assert_true(hm_drive_path_to_s(&path, s, &at));
            for (int k = 0; k < HM_DRIVE_BY_COUNT; k++) {
                hm_drive more = man, less = man;
                double h = k == HM_DRIVE_BY_FADE ? 1e-4 : 1e-3;
                *(&more.f0_n_per_kg + k) += h;
                *(&less.f0_n_per_kg + k) -= h;
                hm_drive_path other;
                hm_drive_path_begin(&other, &more, drag_per_m, wind[w], false);
                assert_true(hm_drive_path_to_s(&other, s, &hi));
                hm_drive_path_begin(&other, &less, drag_per_m, wind[w], false);
                assert_true(hm_drive_path_to_s(&other, s, &lo));
                ht_near(at.dx[k], (hi.x_m - lo.x_m) / (2 * h), 1e-6, 1e-6);
                ht_near(at.dv[k], (hi.v_mps - lo.v_mps) / (2 * h), 1e-6, 1e-6);
            }
        }
    }
}

/* A run of these parameters, of which none but name[] are told. */
static hm_sprinter_run run_of(hm_fit_model model, int32_t n, const char *const name[],
                              const double value[])
{
    hm_sprinter_run run = hm_sprinter_run_default();
    run.model = model;
    run.n_param = n;
    for (int32_t i = 0; i < n; i++) {
        run.param_name[i] = name[i];
        run.param[i] = value[i];
    }
    return run;
}

static void a_run_of_any_model_gives_its_runner(void **unused)
{
    (void)unused;
    const char *const mono[] = {"mss_mps", "mac_mps2"};
    hm_sprinter_run run = run_of(HM_MODEL_MONO, 2, mono, (double[]){9, 7});
    run.air.wind_mps = 1.5;
    hm_drive d;
    hm_err err = {0};
    assert_int_equal(hm_drive_of_run(&run, &d, &err), HM_OK);
    ht_near(d.f0_n_per_kg, 7, 0, 1e-14);
    ht_near(d.v0_mps, 9, 0, 1e-14);
    assert_true(d.wind_inside_mps == 1.5);
    ht_near(d.drag_inside_per_m, hm_drag_per_m(HM_MODEL_MONO, run.altitude_law, &run.air, NAN, NAN),
            0, 1e-14);

    const char *const drive[] = {"v0_mps", "rise_mps3", "fade_mps3", "burst_m"};
    run = run_of(HM_MODEL_DRIVE, 4, drive, (double[]){16, 4, 0.1, 0.2});
    assert_int_equal(hm_drive_of_run(&run, &d, &err), HM_OK);
    assert_true(d.f0_n_per_kg == 8 && d.v0_mps == 16 && d.fade_mps3 == 0.1 && d.burst_m == 0.2);
    assert_true(d.drag_inside_per_m == 0);

    run = run_of(HM_MODEL_DRIVE, 4, drive, (double[]){-13, -4, 0.1, 0.2});
    assert_int_equal(hm_drive_of_run(&run, &d, NULL), HM_ERR_INPUT);
    assert_true(d.v0_mps == 16); /* untouched */
    run.n_param = 3;
    assert_int_equal(hm_drive_of_run(&run, &d, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "burst_m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_solution_of_its_equation_within_a_microsecond),
        cmocka_unit_test(without_air_and_burst_it_is_the_decay_model),
        cmocka_unit_test(a_fitted_curve_comes_back_in_the_air_that_it_was_run_in),
        cmocka_unit_test(who_tires_or_stands_against_a_storm_never_gets_there),
        cmocka_unit_test(a_long_slow_run_fits_into_the_curve),
        cmocka_unit_test(partials_are_what_a_small_change_makes),
        cmocka_unit_test(a_run_of_any_model_gives_its_runner),
    };
    return cmocka_run_group_tests_name("sprint/drive", tests, NULL, NULL);
}
