#include "ht.h"
#include "model_priv.h"

#include <stdlib.h>
#include <string.h>

#include "sprint/air.h"
#include "sprint/force_velocity.h"
#include "sprint/velocity.h"

/* A model of test's own: parameters V, tau, b, TC, FD, DC, and how it is told. */
enum { V, TAU, B, TC, FD, DC, N_OWN };

static void own_drive(const fit_model *m, const double p[], hm_drive *drive, fit_clock *clock)
{
    double w = isnan(m->air.wind_mps) ? 0 : m->air.wind_mps;
    *drive = hm_drive_of_decay(&(hm_decay){p[V], p[TAU], p[B]}, m->drag_per_m, w);
    *clock = (fit_clock){m->reaction_s, p[TC], p[FD], p[DC]};
}

/* The force itself: parameters f0, v0, fade,. */
static void own_force(const fit_model *m, const double p[], hm_drive *drive, fit_clock *clock)
{
    *drive = (hm_drive){.f0_n_per_kg = p[V], .v0_mps = p[TAU], .fade_mps3 = p[B]};
    *clock = (fit_clock){m->reaction_s, p[TC], 0, p[DC]};
}

static void own_describe(const fit_model *m, const double p[], hm_sprinter_run *run)
{
    (void)m;
    run->mss_mps.value = p[V];
    run->top_speed_mps.value = m->kind == HM_MODEL_DRIVE ? 0.94 * p[TAU] : p[V];
}

typedef struct bench {
    hm_arena a;
    fit_model m;
    fit_points points;
    hm_sprinter_run run;
} bench;

static bench set_up(hm_fit_model kind, hm_air air, double mass_kg, double stature_m)
{
    static const double at_m[] = {7.5, 10, 20, 60}, seen_s[] = {1.7, 2.1, 3.2, 7.1};
    bench b = {.points = {.n = 4, .observe = HM_OBSERVE_TIME, .at = at_m, .observed = seen_s}};
    hm_arena_init(&b.a, 0);
    hm_air still = hm_air_reference();
    b.run = hm_sprinter_run_default();
    b.run.model = kind;
    b.run.air = air;
    b.run.mass_kg = mass_kg;
    b.run.stature_m = stature_m;
    b.m = (fit_model){.kind = kind,
                      .n_param = N_OWN,
                      .air = air,
                      .mass_kg = mass_kg,
                      .stature_m = stature_m,
                      .drive = kind == HM_MODEL_DRIVE ? own_force : own_drive,
                      .describe = own_describe};
    b.m.drag_per_m = hm_drag_per_m(kind, HM_ALTITUDE_OBSERVED, &air, mass_kg, stature_m);
    b.m.drag_ref_per_m = hm_drag_per_m(kind, HM_ALTITUDE_OBSERVED, &still, mass_kg, stature_m);
    return b;
}

static void report(bench *b, const double p[])
{
    hm_err err = {0};
    if (fit_report_plan(&b->m, &b->points, &b->a, &b->run, &err) != HM_OK)
        fail_msg("%s", err.msg);
    fit_report_values(&b->m, p, &b->run);
}

static const hm_air calm = {0, 0, 15, NAN};
static const double quick[N_OWN] = {11.7, 1.25, 0, 0, 0, 0}; /* mono, about 9.8 s */

static double gain_of(const hm_sprinter_run *run, const char *name)
{
    for (int32_t i = 0; i < run->n_change; i++)
        if (strcmp(run->change[i].name, name) == 0)
            return run->change[i].gain_s.value;
    fail_msg("no %s", name);
    return (double)NAN;
}

static void the_plan_tells_what_is_known_and_no_more(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_MONO, calm, NAN, NAN), c = set_up(HM_MODEL_MONO, calm, 75, 1.8);
    report(&b, quick);
    report(&c, quick);
    int32_t at_7_5 = -1;
    for (int32_t i = 0; i < b.run.n_row; i++) {
        if (b.run.row[i].distance_m == 7.5)
            at_7_5 = i;
        if (i > 0)
            assert_true(b.run.row[i].distance_m > b.run.row[i - 1].distance_m);
    }
    assert_true(at_7_5 > 0);
    assert_true(b.run.row[b.run.n_row - 1].distance_m == 100);
    assert_int_equal(b.run.n_step, 0);
    assert_true(c.run.n_step > 5);
    assert_int_equal(c.run.n_change, b.run.n_change + 1); /* a lighter body needs a body */
    assert_int_equal(b.run.notes.n, 1);
    assert_non_null(strstr(b.run.notes.text[0], "beyond 60 m"));
    assert_true(isnan(b.run.f0_n_per_kg.value) && isnan(b.run.drf_per_mps.value));
    hm_arena_free(&b.a);
    hm_arena_free(&c.a);
}

static void rows_are_the_closed_form_on_the_clock_of_the_trace(void **state)
{
    (void)state;
    static const double p[][N_OWN] = {
        {9.2, 1.3, 0, 0, 0, 0},
        {13.3, 1.6, 0.14, -0.17, 0, 0},
        {9.2, 1.3, 0, 0.2, 0, -0.4},
        {9.2, 1.3, 0.05, 0, 0.3, 0},
    };
    for (int k = 0; k < 4; k++) {
        bench b = set_up(HM_MODEL_DECAY, (hm_air){1.3, 900, 30, NAN}, 75, 1.8);
        b.m.reaction_s = 0.15;
        report(&b, p[k]);
        hm_decay d = {p[k][V], p[k][TAU], p[k][B]};
        double before = hm_decay_time_s(&d, p[k][FD]);
        for (int32_t i = 0; i < b.run.n_row; i++) {
            const hm_fit_row *row = &b.run.row[i];
            double s = hm_decay_time_s(&d, row->distance_m - p[k][DC] + p[k][FD]);
            ht_near(row->time_s.value, s - before + p[k][TC] + 0.15, 2e-9, 0);
            ht_near(row->speed_mps.value, hm_decay_v_mps(&d, s), 1e-8, 0);
        }
        ht_near(b.run.predicted_100m_s.value, b.run.row[b.run.n_row - 1].time_s.value, 1e-12, 0);
        hm_arena_free(&b.a);
    }
}

static void a_radars_clock_does_not_move_the_prediction(void **state)
{
    (void)state;
    static const double t_s[] = {20, 21, 22, 23, 24}, v_mps[] = {0, 6, 8.5, 9.3, 9.6};
    bench b = set_up(HM_MODEL_MONO, calm, NAN, NAN);
    b.points = (fit_points){.n = 5, .observe = HM_OBSERVE_SPEED, .at = t_s, .observed = v_mps};
    b.run.observe = HM_OBSERVE_SPEED;
    report(&b, (const double[]){9.8, 1.1, 0, 20, 0, 0});
    double want = hm_decay_time_s(&(hm_decay){9.8, 1.1, 0}, 100);
    ht_near(b.run.predicted_100m_s.value, want, 1e-8, 0);
    ht_near(b.run.row[b.run.n_row - 1].time_s.value, want, 1e-8, 0);
    assert_non_null(strstr(b.run.notes.text[0], "beyond 28.6 m")); /* (6 / 2 + 7.25 + ...) m */
    hm_arena_free(&b.a);
}

/* Values of Samozino 2016 for this run: tests/data/shorts_golden_functions.csv. */
static void force_and_velocity_are_those_of_the_field(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_MONO, (hm_air){0, 0, 25, NAN}, 75, 1.72);
    const double p[N_OWN] = {9.20667822, 9.20667822 / 6.91659243};
    report(&b, p);
    ht_near(b.run.f0_n_per_kg.value, 6.91659243, 0, 1e-9);
    ht_near(b.run.v0_mps.value, 9.646874111909, 0, 1e-9);
    ht_near(b.run.fv_pmax_w_per_kg.value, 16.6808741139, 0, 1e-9);
    ht_near(b.run.slope_n_s_per_m_kg.value, -0.716977577375, 0, 1e-9);
    ht_near(b.run.rf_max_frac.value, 0.491277080617, 0, 1e-9);
    ht_near(b.run.drf_per_mps.value, -0.0651787574724, 0, 1e-9);
    hm_arena_free(&b.a);
}

static void without_a_thermometer_the_profile_is_at_25_degrees_and_says_so(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_MONO, (hm_air){NAN, NAN, NAN, NAN}, 75, 1.72);
    report(&b, (const double[N_OWN]){9.20667822, 9.20667822 / 6.91659243});
    ht_near(b.run.v0_mps.value, 9.646874111909, 0, 1e-9);
    assert_int_equal(b.run.notes.n, 2);
    assert_non_null(strstr(b.run.notes.text[1], "25 C"));
    hm_arena_free(&b.a);
}

/* A curve that was run in a wind of 2 m/s, run again in it, is that very curve. */
static void the_changes_come_back_to_the_run(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_DECAY, (hm_air){2, 0, 15, NAN}, 78, 1.8);
    report(&b, (const double[N_OWN]){13.3, 1.6, 0.14, -0.17, 0, 0});
    double own = b.run.predicted_100m_s.value, still = b.run.still_100m_s.value;
    assert_true(still > own + 0.05);
    ht_near(gain_of(&b.run, "wind +2.0 m/s"), still - own, 1e-9, 0);
    ht_near(gain_of(&b.run, "still air, sea level, 15 C"), own - still, 1e-12, 0);
    hm_arena_free(&b.a);
}

static void conditions_are_worth_what_is_published(void **state)
{
    (void)state;
    static const double p[3][N_OWN] = {[HM_MODEL_MONO] = {11.55, 1.25},
                                       [HM_MODEL_DECAY] = {12.79, 1.61, 0.14, -0.17, 0, 0},
                                       [HM_MODEL_DRIVE] = {8.45, 12.7, 0.07}};
    for (int kind = 0; kind < 3; kind++) {
        bench b = set_up((hm_fit_model)kind, calm, 78, 1.80);
        report(&b, p[kind]);
        ht_near(b.run.predicted_100m_s.value, 9.9, 0.15, 0); /* the man they are told of */
        ht_near(gain_of(&b.run, "wind +2.0 m/s"), 0.100, 0.006, 0);
        ht_near(gain_of(&b.run, "wind -2.0 m/s"), -0.123, 0.007, 0);
        ht_near(gain_of(&b.run, "altitude 1000 m"), 0.100, 0.006, 0);
        ht_near(gain_of(&b.run, "temperature 35 C"), 0.020, 0.006, 0); /* 15 to 35 C: 2 x 0.010 */
        ht_near(gain_of(&b.run, "still air, sea level, 15 C"), 0, 1e-9, 0);
        assert_true(gain_of(&b.run, "temperature 5 C") < 0);
        assert_true(gain_of(&b.run, "altitude 2000 m") > gain_of(&b.run, "altitude 1000 m"));
        hm_arena_free(&b.a);
    }
}

static void a_better_runner_gains_and_speed_counts_most_over_100_m(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_MONO, calm, 78, 1.80);
    report(&b, quick);
    double force = gain_of(&b.run, "force +1 %"), velocity = gain_of(&b.run, "velocity +1 %");
    /* t ~ 100 / V + V / F: by parts V / F = 1.25 s, 100 / V = 8.5 s */
    ht_near(force, 0.01 * 1.25, 0.002, 0);
    ht_near(velocity, 0.01 * (100 / 11.7 - 1.25), 0.006, 0);
    /* 1 kg of 78: 1.3 % more force for each kg left, a little less air */
    double lighter = gain_of(&b.run, "1 kg lighter");
    assert_true(lighter > 1.2 * force && lighter < 2 * force);
    hm_arena_free(&b.a);
}

/* For mono without air, u = s F / V:  F dx/dF = V tau (1 - (1 + u) e^-u),
 * V dx/dV = V tau (u - 2 + (2 + u) e^-u); equal where u = 3 - (3 + 2 u) e^-u. */
static void force_leads_up_to_the_place_of_equal_gain(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_MONO, calm, 78, 1.80);
    b.m.drag_per_m = b.m.drag_ref_per_m = 0;
    report(&b, quick);
    double s = hm_decay_time_s(&(hm_decay){11.7, 1.25, 0}, b.run.equal_gain_at_m.value);
    double u = s / 1.25;
    ht_near(u, 3 - (3 + 2 * u) * exp(-u), 1e-8, 0);
    assert_true(u > 2 && u < 2.3); /* not the start, where nobody has gained yet */
    hm_arena_free(&b.a);
}

static void steps_follow_the_recipe(void **state)
{
    (void)state; /* the 10.00 s man of the recipe ran a mono curve of 1.25 s */
    bench b = set_up(HM_MODEL_MONO, calm, 78, 1.80);
    report(&b, (const double[N_OWN]){11.6, 1.25});
    char path[1024], row[256];
    snprintf(path, sizeof path, "%s/step_recipe_10s00.csv", getenv("HM_TEST_DATA_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int n = 0;
    while (fgets(row, sizeof row, f)) {
        double v[7];
        char *at = row;
        if (row[0] == '#' || row[0] == 's')
            continue;
        for (int k = 0; k < 7; k++, at++)
            v[k] = strtod(at, &at);
        for (int32_t i = 0; i < b.run.n_step; i++) {
            const hm_fit_step *s = &b.run.step[i];
            if (fabs(s->distance_m - (v[1] + 0.25 * v[6])) > 0.5 * v[6])
                continue; /* this step is not the one around that place */
            ht_near(s->contact_s.value, v[4], 0.015, 0);
            ht_near(s->rate_hz.value, v[3], 0.15, 0);
            ht_near(s->length_m.value, v[6], 0.12, 0);
            n++;
        }
    }
    fclose(f);
    assert_true(n >= b.run.n_step - 1);
    const hm_fit_step *last = &b.run.step[b.run.n_step - 1];
    ht_near(last->contact_s.value + last->flight_s.value, 1 / last->rate_hz.value, 0, 1e-12);
    assert_true(last->vertical_n_per_m.value > 5e4 && last->vertical_n_per_m.value < 2e5);
    assert_true(last->leg_n_per_m.value < last->vertical_n_per_m.value);
    hm_arena_free(&b.a);
}

/* Intervals take differences: a table that jumped between two steps would make them wide. */
static void values_move_smoothly_with_the_parameters(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_DECAY, calm, 78, 1.80);
    double p[N_OWN] = {12.8, 1.6, 0.14, -0.17, 0, 0};
    report(&b, p);
    enum { MAX = 200 };
    hm_estimate *e[MAX];
    double was[MAX];
    int32_t n = hm_sprinter_estimates(&b.run, MAX, e);
    for (int step = 0; step < 200; step++) {
        for (int32_t k = 0; k < n; k++)
            was[k] = e[k]->value;
        p[V] += 1e-3;
        fit_report_values(&b.m, p, &b.run);
        for (int32_t k = 0; k < n; k++)
            if (!isnan(was[k]) && !(fabs(e[k]->value - was[k]) <= 3e-3 * fabs(was[k]) + 1e-4))
                fail_msg("estimate %d: %g, then %g", k, was[k], e[k]->value);
    }
    hm_arena_free(&b.a);
}

static void a_runner_who_stops_has_no_time(void **state)
{
    (void)state;
    bench b = set_up(HM_MODEL_DECAY, calm, 78, 1.80);
    report(&b, (const double[N_OWN]){8, 1, 1.5, 0, 0, 0}); /* stands after some 5 s */
    assert_true(isnan(b.run.predicted_100m_s.value) && isnan(b.run.still_100m_s.value));
    assert_true(b.run.row[0].time_s.value > 0 && isnan(b.run.row[b.run.n_row - 1].time_s.value));
    hm_arena_free(&b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_tells_what_is_known_and_no_more),
        cmocka_unit_test(rows_are_the_closed_form_on_the_clock_of_the_trace),
        cmocka_unit_test(a_radars_clock_does_not_move_the_prediction),
        cmocka_unit_test(force_and_velocity_are_those_of_the_field),
        cmocka_unit_test(without_a_thermometer_the_profile_is_at_25_degrees_and_says_so),
        cmocka_unit_test(the_changes_come_back_to_the_run),
        cmocka_unit_test(conditions_are_worth_what_is_published),
        cmocka_unit_test(a_better_runner_gains_and_speed_counts_most_over_100_m),
        cmocka_unit_test(force_leads_up_to_the_place_of_equal_gain),
        cmocka_unit_test(steps_follow_the_recipe),
        cmocka_unit_test(values_move_smoothly_with_the_parameters),
        cmocka_unit_test(a_runner_who_stops_has_no_time),
    };
    return cmocka_run_group_tests_name("fit/report", tests, NULL, NULL);
}
