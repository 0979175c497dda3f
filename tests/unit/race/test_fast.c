#include "odds_support.h"

#include "race/fast.h"
#include "race/official.h"

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

typedef struct field {
    hm_sheet sheet;
    hm_sheet_row row[HM_LANE_MAX];
    hm_runner runner[HM_LANE_MAX];
    hm_day day;
    hm_fast *fast;
} field;

/* n runners side by side; fit_frac as runner_of has it. */
static void field_of(field *f, int32_t n, double fit_frac)
{
    for (int32_t i = 0; i < n; i++) {
        f->row[i] = row_of(i + 1, (double)NAN, (double)NAN, NULL);
        f->runner[i] = runner_of((uint64_t)(100 + i), 12.6 + 0.03 * i, fit_frac);
    }
    f->sheet = sheet_of(0, NULL, n, f->row);
    f->day = hm_day_default();
    f->day.wind_mps = 0.5;
}

static void make_ready(hm_arena *a, field *f, uint64_t seed)
{
    hm_err err = {0};
    if (hm_fast_make(&f->sheet, f->runner, &f->day, seed, a, &f->fast, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
}

static hm_race full_race(hm_arena *a, const field *f, uint64_t seed, uint32_t number)
{
    hm_race race;
    hm_err err = {0};
    if (hm_race_simulate(&f->sheet, f->runner, &f->day, seed, number, a, &race, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    return race;
}

/* The mean over one race is that race. */
static void a_fast_race_is_that_of_the_odds(void **state)
{
    field f;
    field_of(&f, 8, 1);
    for (uint64_t seed = 0; seed < 20; seed++) {
        hm_fast_race r;
        make_ready(*state, &f, seed);
        hm_fast_results(f.fast, 0, &r);
        hm_odds o = odds_of(
            *state, 8, f.runner, &f.day,
            (hm_odds_opts){.n_run = 1, .seed = seed, .n_thread = 1, .record_s = (double)NAN});
        for (int i = 0; i < 8; i++)
            ht_near((double)r.run[i].time_us * 1e-6, o.lane[i].time_s_mean, 1.1e-6, 0);
    }
}

/* ---- against races in full ---- */

typedef struct miss {
    double square, worst;
    int n;
} miss;

static void add_miss(miss *m, double by)
{
    m->square += by * by;
    m->worst = fmax(m->worst, fabs(by));
    m->n++;
}

static void within(const char *what, const miss *m, double rms, double worst)
{
    double got = sqrt(m->square / m->n);
    print_message("%s: rms %.5f, worst %.4f of %d\n", what, got, m->worst, m->n);
    assert_true(got < rms && m->worst < worst);
}

typedef struct misses {
    miss time_s, on_s, off_s, step_m, torso_m;
    int32_t n_other_count;
} misses;

static void compare_lane(const field *f, const hm_lane *full, const hm_fast_race *r,
                         const hm_fast_steps *s, int32_t i, misses *m)
{
    double time_s = (double)full->time_us * 1e-6;
    int32_t n = 0;
    while (n < full->n_step && full->step[n].on_s < time_s)
        n++;
    assert_true(abs(n - s->n_step[i]) <= 1);
    m->n_other_count += n != s->n_step[i];
    add_miss(&m->time_s, (double)r->run[i].time_us * 1e-6 - time_s);
    ht_near(r->run[i].reaction_s, full->reaction_s, 1e-12, 0);
    for (int32_t k = 0; k < n && k < s->n_step[i]; k++) {
        const hm_step *a = &full->step[k], *b = &s->step[i][k];
        assert_true(a->foot == b->foot);
        add_miss(&m->on_s, b->on_s - a->on_s);
        add_miss(&m->off_s, b->off_s - a->off_s);
        add_miss(&m->step_m, b->x_m - a->x_m);
        ht_near(b->side_m, a->side_m, 0.002, 0);
    }
    for (double t = full->reaction_s; t < time_s; t += 0.1)
        add_miss(&m->torso_m, hm_fast_x_m(f->fast, s, i, t) - hm_curve_x_m(&full->curve, t));
}

/* What is left is not linear: force falls with speed and drag grows with its square, and where
 * chance adds up to 3 sd that is worth some milliseconds at the line, less before. Steps follow the
 * same law on both curves. A count differs where a foot comes down within that of the finish. */
static void fast_races_are_those_in_full(void **state)
{
    static hm_fast_steps s;
    misses m = {.n_other_count = 0};
    field f;
    field_of(&f, 8, 0.5);
    make_ready(*state, &f, 7);
    for (uint32_t k = 0; k < 40; k++) {
        hm_arena_mark mark = hm_arena_mark_get(*state);
        hm_fast_race r;
        hm_race full = full_race(*state, &f, 7, k);
        hm_fast_footfalls(f.fast, k, &r, &s);
        /* the gauge is drawn as the same number; the race file holds tenths */
        assert_true(hm_wind_dmps(r.wind_cmps) == (int)lround(10 * full.wind_mps));
        for (int32_t i = 0; i < 8; i++)
            compare_lane(&f, &full.lane[i], &r, &s, i, &m);
        hm_arena_release(*state, mark);
    }
    within("time, s", &m.time_s, 0.003, 0.015);
    within("touch-down, s", &m.on_s, 0.001, 0.006);
    within("toe-off, s", &m.off_s, 0.001, 0.006);
    within("footfall, m", &m.step_m, 0.020, 0.15);
    within("torso, m", &m.torso_m, 0.020, 0.15);
    assert_true(m.n_other_count <= 8); /* of 320 */
}

/* ---- by themselves ---- */

static void footfalls_tell_the_race_of_the_times(void **state)
{
    static hm_fast_steps s;
    field f;
    field_of(&f, 8, 1);
    make_ready(*state, &f, 3);
    for (uint32_t k = 0; k < 200; k++) {
        hm_fast_race r, same;
        hm_fast_footfalls(f.fast, k, &r, &s);
        hm_fast_results(f.fast, k, &same);
        for (int32_t i = 0; i < 8; i++) {
            double time_s = (double)r.run[i].time_us * 1e-6;
            assert_int_equal(r.run[i].time_us, same.run[i].time_us);
            ht_near(hm_fast_x_m(f.fast, &s, i, time_s), 100, 0.001, 0);
            assert_true(hm_fast_x_m(f.fast, &s, i, r.run[i].reaction_s) == 0);
            int32_t n = s.n_step[i];
            const hm_step *last = &s.step[i][n - 1];
            /* the next one would come after the line: a step lasts less than 0.27 s */
            assert_true(n > 35 && n < 55 && last->on_s < time_s && last->on_s + 0.27 > time_s);
            for (int32_t j = 1; j < n; j++) {
                const hm_step *a = &s.step[i][j - 1], *b = &s.step[i][j];
                assert_true(a->foot != b->foot && a->off_s < b->on_s && b->on_s < b->off_s);
                assert_true(b->x_m > a->x_m + 0.5 && b->x_m < a->x_m + 3);
            }
        }
    }
}

static void places_follow_the_times(void **state)
{
    field f;
    hm_fast_race r;
    field_of(&f, 8, 1);
    f.runner[2] = (hm_runner){0}; /* does not run */
    make_ready(*state, &f, 3);
    hm_fast_results(f.fast, 5, &r);
    assert_int_equal(r.n, 7);
    for (int32_t i = 0; i < 7; i++) {
        int32_t place = 1;
        for (int32_t k = 0; k < 7; k++)
            place += r.run[k].time_us < r.run[i].time_us;
        assert_true(r.run[i].row != 2 && r.run[i].place == place);
    }
}

static void a_race_depends_on_its_seed_and_number_alone(void **state)
{
    static hm_fast_steps a, b;
    hm_fast_race ra, rb;
    field f;
    field_of(&f, 8, 1);
    make_ready(*state, &f, 3);
    hm_fast_footfalls(f.fast, 9, &ra, &a);
    for (uint32_t k = 0; k < 9; k++)
        hm_fast_footfalls(f.fast, k, &rb, &b);
    assert_true(ra.run[0].time_us != rb.run[0].time_us);
    hm_fast_footfalls(f.fast, 9, &rb, &b);
    assert_int_equal(ra.wind_cmps, rb.wind_cmps);
    assert_memory_equal(ra.run, rb.run, sizeof ra.run[0] * 8);
    for (int32_t i = 0; i < 8; i++)
        assert_memory_equal(a.step[i], b.step[i], sizeof a.step[0][0] * (size_t)a.n_step[i]);
}

/* ---- neighbours ---- */

/* Nobody beside him, or far behind: nothing. Level with one: the whole effect on the run. */
static void a_neighbour_counts_only_if_he_is_beside_and_level(void **state)
{
    field f;
    hm_fast_race alone, company;
    field_of(&f, 3, 0);
    f.row[2].lane = 8;
    for (int i = 0; i < 3; i++) {
        f.runner[i].drive.v0_mps = 12.7;
        f.runner[i].reaction.spread = 0;
    }
    f.day.gust_frac = f.day.form_sd_frac = f.day.start_sd_s = 0;
    make_ready(*state, &f, 3);
    hm_fast_results(f.fast, 0, &alone);
    f.day.neighbour_frac = 0.002;
    make_ready(*state, &f, 3);
    hm_fast_results(f.fast, 0, &company);
    double run_s = (double)alone.run[0].time_us * 1e-6 - alone.run[0].reaction_s;
    for (int i = 0; i < 2; i++)
        ht_near((double)(alone.run[i].time_us - company.run[i].time_us) * 1e-6, 0.002 * run_s, 2e-6,
                0);
    assert_int_equal(company.run[2].time_us, alone.run[2].time_us);
    /* 0.1 s apart: 1 / e of it */
    f.runner[1].drive.v0_mps = 12.6;
    f.day.neighbour_frac = 0;
    make_ready(*state, &f, 3);
    hm_fast_results(f.fast, 0, &alone);
    double apart_s = (double)(alone.run[1].time_us - alone.run[0].time_us) * 1e-6;
    f.day.neighbour_frac = -0.002;
    make_ready(*state, &f, 3);
    hm_fast_results(f.fast, 0, &company);
    assert_true(apart_s > 0.03 && apart_s < 0.3);
    ht_near((double)(company.run[0].time_us - alone.run[0].time_us) * 1e-6,
            0.002 * run_s * exp(-apart_s / 0.1), 2e-6, 0);
}

/* Fast and full races know the same effect; a full one of 0.2 % within 5 % of it. */
static void neighbours_have_one_effect_in_fast_and_full_races(void **state)
{
    field f;
    field_of(&f, 8, 0.3);
    double fast_s = 0, full_s = 0;
    for (int on = 0; on < 2; on++) {
        f.day.neighbour_frac = on ? 0.004 : 0;
        make_ready(*state, &f, 3);
        for (uint32_t k = 0; k < 20; k++) {
            hm_fast_race r;
            hm_race_result full;
            hm_fast_results(f.fast, k, &r);
            assert_int_equal(hm_race_result_of(&f.sheet, f.runner, &f.day, 3, k, &full, NULL),
                             HM_OK);
            for (int i = 0; i < 8; i++) {
                fast_s += (on ? -1 : 1) * (double)r.run[i].time_us * 1e-6 / 160;
                full_s += (on ? -1 : 1) * (double)full.run[i].time_us * 1e-6 / 160;
            }
        }
    }
    print_message("neighbours gain %.4f s, in full races %.4f s\n", fast_s, full_s);
    assert_true(fast_s > 0.01 && fast_s < 0.04);
    ht_near(fast_s, full_s, 0, 0.05);
}

static void who_never_arrives_is_refused(void **state)
{
    field f;
    hm_err err = {0};
    field_of(&f, 2, 0);
    f.runner[1].drive.fade_mps3 = 5;
    assert_int_equal(hm_fast_make(&f.sheet, f.runner, &f.day, 1, *state, &f.fast, &err),
                     HM_ERR_INPUT);
    field_of(&f, 2, 0);
    f.runner[1].drive = (hm_drive){.f0_n_per_kg = 0.5, .v0_mps = 0.4}; /* crawls: 400 steps */
    assert_int_equal(hm_fast_make(&f.sheet, f.runner, &f.day, 1, *state, &f.fast, &err),
                     HM_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fast_race_is_that_of_the_odds),
        cmocka_unit_test(fast_races_are_those_in_full),
        cmocka_unit_test(footfalls_tell_the_race_of_the_times),
        cmocka_unit_test(places_follow_the_times),
        cmocka_unit_test(a_race_depends_on_its_seed_and_number_alone),
        cmocka_unit_test(a_neighbour_counts_only_if_he_is_beside_and_level),
        cmocka_unit_test(neighbours_have_one_effect_in_fast_and_full_races),
        cmocka_unit_test(who_never_arrives_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
