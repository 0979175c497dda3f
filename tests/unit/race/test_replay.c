#include "race_support.h"

#include "base/rng.h"
#include "sprint/dash.h"

enum { N_SPLIT = 9 };
static double tens_m[N_SPLIT] = {10, 20, 30, 40, 50, 60, 70, 80, 90};
/* Berlin 2009, lane 4: Graubner and Nixdorf 2011 */
static double bolt_s[N_SPLIT] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74};
static double none_s[N_SPLIT];

static int begin(void **state)
{
    static hm_arena a;
    hm_arena_init(&a, 0);
    for (int i = 0; i < N_SPLIT; i++)
        none_s[i] = (double)NAN;
    *state = &a;
    return 0;
}

static int end(void **state)
{
    hm_arena_free(*state);
    return 0;
}

static hm_race replay_of(hm_arena *a, int32_t n, hm_sheet_row row[], bool standing)
{
    hm_sheet s = sheet_of(N_SPLIT, tens_m, n, row);
    s.standing_start = standing;
    hm_race race;
    hm_err err = {0};
    if (hm_race_replay(&s, NULL, a, &race, &err) != HM_OK || hm_race_check(&race, &err) != HM_OK) {
        print_error("%s: %s: %s\n", err.source, err.field, err.msg);
        fail();
    }
    return race;
}

static void measured_marks_are_hit_within_a_tenth_of_a_millisecond(void **state)
{
    hm_sheet_row row[] = {row_of(4, 0.146, 9.58, bolt_s)};
    hm_race race = replay_of(*state, 1, row, false);
    const hm_lane *l = &race.lane[0];
    for (int i = 0; i < N_SPLIT; i++) {
        ht_near(hm_curve_time_s(&l->curve, tens_m[i]), bolt_s[i], 1e-5, 0);
        assert_true(l->split[i].time_s == bolt_s[i] && l->split[i].measured);
    }
    ht_near(hm_curve_time_s(&l->curve, 100), 9.58, 1e-5, 0);
    assert_int_equal(l->n_split, 10);
    assert_true(l->split[9].time_s == 9.58 && l->split[9].measured);
    assert_true(l->time_us == 9580000 && l->official_cs == 958 && l->place == 1);
    assert_true(l->filled ==
                (HM_FILLED_STATURE | HM_FILLED_MASS | HM_FILLED_AGE)); /* the rest was given */
}

/* Berlin 2009: best 10 m 12.35 m/s at 60-70 m; 40.9 steps; a laser read 12.27 at 65 m. */
static void bolts_run_is_credible(void **state)
{
    hm_sheet_row row[] = {row_of(4, 0.146, 9.58, bolt_s)};
    row[0].stature_m = 1.95;
    hm_race race = replay_of(*state, 1, row, false);
    const hm_lane *l = &race.lane[0];
    ht_near(l->top_speed_mps, 12.35, 0.05, 0);
    ht_near(l->top_speed_at_m, 65, 3, 0);
    int n = 0;
    while (l->step[n].x_m <= 100)
        n++;
    ht_near(n, 41, 1, 0);
    shake k = shake_of(&l->curve, 0.146, 9.58);
    assert_true(k.low_mps2 > -1.5 && k.high_mps2 < 13);
    /* from 30 m on nowhere more than 4 % from the mean of the stretch between two splits */
    for (int i = 3; i < N_SPLIT; i++)
        for (double t = bolt_s[i - 1]; t < bolt_s[i]; t += 0.01)
            ht_near(hm_curve_v_mps(&l->curve, t), 10 / (bolt_s[i] - bolt_s[i - 1]), 0, 0.04);
}

static void nobody_moves_before_the_reaction(void **state)
{
    const double reaction_s[] = {0.085, 0.1, 0.1234567, 0.31, 0.9};
    for (int i = 0; i < 5; i++) {
        hm_sheet_row row[] = {row_of(1, reaction_s[i], 11.3, none_s)};
        hm_race race = replay_of(*state, 1, row, false);
        const hm_lane *l = &race.lane[0];
        for (double t = 0; t <= reaction_s[i]; t += 0.0005)
            assert_true(hm_curve_x_m(&l->curve, t) < 1e-9 && hm_curve_v_mps(&l->curve, t) < 1e-6);
        assert_true(hm_curve_x_m(&l->curve, reaction_s[i] + 0.1) > 0.01);
        double push_s = l->start.front_off_s - reaction_s[i];
        assert_true(push_s >= 0.30 && push_s <= 0.40);
        assert_true(l->step[0].on_s > l->start.front_off_s);
        assert_true(l->step[0].foot != l->start.front_foot);
    }
}

static void a_name_and_a_time_are_enough_and_what_was_filled_is_told(void **state)
{
    hm_sheet_row row[] = {row_of(3, (double)NAN, 10.50, none_s)};
    hm_sheet s = sheet_of(N_SPLIT, tens_m, 1, row);
    s.has_sex = false;
    hm_race race;
    assert_int_equal(hm_race_replay(&s, NULL, *state, &race, NULL), HM_OK);
    assert_int_equal(hm_race_check(&race, NULL), HM_OK);
    assert_int_equal(race.lane[0].filled, 63);
    assert_int_equal(race.notes.n, 1);
    assert_non_null(strstr(race.notes.text[0], "lane 3"));
    assert_non_null(strstr(race.notes.text[0], "reaction, splits, stature, mass, age, sex"));
    assert_true(race.lane[0].reaction_s >= 0.100);
}

static void rivals_without_splits_do_not_run_one_race_scaled(void **state)
{
    hm_sheet_row row[8];
    for (int i = 0; i < 8; i++)
        row[i] = row_of(i + 1, 0.150, 10.00, none_s);
    hm_race race = replay_of(*state, 8, row, false);
    double low = 1e9, high = 0;
    for (int i = 0; i < 8; i++) {
        double t = hm_curve_time_s(&race.lane[i].curve, 30);
        low = fmin(low, t);
        high = fmax(high, t);
        assert_int_equal(race.lane[i].place, 1); /* all at once: all first */
    }
    assert_true(high - low > 0.02 && high - low < 0.15);
}

/* True splits of random runners, rounded to 0.01 s, some of them missing. */
static void random_sheets_keep_their_marks_and_the_bounds(void **state)
{
    double worst_mark_s = 0, low = 0, high = 0, jolt = 0;
    for (uint32_t run = 0; run < 400; run++) {
        double u[16], split_s[N_SPLIT];
        for (uint32_t i = 0; i < 16; i++)
            u[i] = hm_rng_unit(21, HM_FOR_TEST, 4, run, i);
        double reaction_s = 0.1 + 0.1 * u[0], v = 8 + 4.2 * u[2], tau = v / (7 + 2.4 * u[1]);
        hm_dash d = {{v, tau, 0.08 * u[3]}, (0.05 + 0.03 * u[4]) * v / tau};
        double t = reaction_s;
        for (int i = 0; i < N_SPLIT + 1; i++) {
            while (hm_dash_x_m(&d, t - reaction_s) < 10 * (i + 1))
                t += 0.001;
            double rounded = floor(t * 100 + 0.5) / 100;
            if (i < N_SPLIT)
                split_s[i] = u[6 + i] < 0.6 ? rounded : (double)NAN;
        }
        double time_s = ceil(t * 100) / 100;
        hm_sheet_row row[] = {row_of(5, reaction_s, time_s, split_s)};
        hm_race race = replay_of(*state, 1, row, false);
        const hm_curve *c = &race.lane[0].curve;
        for (int i = 0; i < N_SPLIT; i++)
            if (!isnan(split_s[i]))
                worst_mark_s = fmax(worst_mark_s, fabs(hm_curve_time_s(c, tens_m[i]) - split_s[i]));
        worst_mark_s = fmax(worst_mark_s, fabs(hm_curve_time_s(c, 100) - time_s));
        shake k = shake_of(c, reaction_s, time_s), late = shake_of(c, reaction_s + 0.2, time_s);
        low = fmin(low, k.low_mps2);
        high = fmax(high, k.high_mps2);
        jolt = fmax(jolt, late.jolt_mps2);
        hm_arena_free(*state);
    }
    assert_true(worst_mark_s < 1e-4);
    assert_true(low > -4 && high < 13);
    assert_true(jolt < 0.35); /* change within 10 ms, from 0.2 s after the reaction on */
}

/* Marks that no human runs: believed and hit, forward all the way, with a note. */
static void wild_marks_are_hit_and_noted(void **state)
{
    static double wild[][N_SPLIT] = {
        {1.2, 3.9, 4.7, 5.9, 6.7, 8.9, 9.7, 10.5, 13.0},
        {3.9, 4.7, 5.6, 6.4, 7.9, 8.7, 9.5, 10.4, 11.2},
        {1.0, 1.8, 2.6, 3.4, 4.2, 5.0, 5.8, 6.6, 20.0},
    };
    for (int w = 0; w < 3; w++) {
        hm_sheet_row row[] = {row_of(2, 0.15, w == 2 ? 60.0 : 14.0, wild[w])};
        hm_race race = replay_of(*state, 1, row, false);
        for (int i = 0; i < N_SPLIT; i++)
            ht_near(hm_curve_time_s(&race.lane[0].curve, tens_m[i]), wild[w][i], 1e-4, 0);
        bool noted = false;
        for (int i = 0; i < race.notes.n; i++)
            noted = noted || strstr(race.notes.text[i], "m/s2");
        assert_true(noted);
    }
}

/* Marks anywhere, speeds of 0.5 to 12.9 m/s in any order, any body: what comes out can be relied
 * on. */
static void whatever_the_marks_the_race_passes_its_check(void **state)
{
    for (uint32_t run = 0; run < 250; run++) {
        enum { MOST = 11 };
        double m[MOST], split_s[MOST], u[40], x = 0;
        for (uint32_t i = 0; i < 40; i++)
            u[i] = hm_rng_unit(77, HM_FOR_TEST, 9, run, i);
        double reaction_s = 1.2 * u[0] * u[0], t = reaction_s + 0.4 + u[1];
        int n = 0;
        for (int most = (int)(u[2] * (MOST + 1)); n < most; n++) {
            double step_m = (99.5 - x) * u[10 + n] * 0.6 + 0.2;
            if (x + step_m > 99)
                break;
            x += step_m;
            t += step_m / (0.5 + 12.3 * u[25 + n] * (u[3] < 0.5 ? 1 : u[3]));
            m[n] = x;
            split_s[n] = t = ceil(100 * t) / 100;
        }
        hm_sheet_row row[] = {
            row_of(1, reaction_s, ceil(100 * (t + (100 - x) / (1 + 11 * u[4]))) / 100, split_s),
            row_of(2, reaction_s, (double)NAN, split_s)};
        row[1].status = u[5] < 0.5 ? HM_RUN_DNF : HM_RUN_DQ;
        row[0].age_yr = 3 + 100 * u[6];
        row[0].stature_m = 0.7 + 1.8 * u[7];
        hm_sheet s = sheet_of(n, m, 2, row);
        s.standing_start = u[8] < 0.5;
        hm_race race;
        hm_err err = {0};
        assert_int_equal(hm_race_replay(&s, NULL, *state, &race, &err), HM_OK);
        if (hm_race_check(&race, &err) != HM_OK)
            print_error("run %u, %s, %s: %s\n", run, err.source, err.field, err.msg);
        assert_int_equal(err.status, HM_OK);
        for (int i = 0; i < n; i++)
            ht_near(hm_curve_time_s(&race.lane[0].curve, m[i]), split_s[i], 1e-3, 0);
        hm_arena_free(*state);
    }
}

static void who_did_not_start_stands_by(void **state)
{
    hm_sheet_row row[] = {row_of(1, (double)NAN, 10.2, none_s),
                          row_of(2, (double)NAN, (double)NAN, none_s)};
    row[1].status = HM_RUN_DNS;
    hm_race race = replay_of(*state, 2, row, false);
    const hm_lane *l = &race.lane[1];
    assert_true(l->curve.n == 0 && l->n_step == 0 && l->n_split == 0 && l->place == 0);
    assert_true(l->reaction_s == 0 && l->time_us == 0);
    assert_true(l->stature_m > 1.5); /* still somebody */
    assert_int_equal(race.lane[0].place, 1);
}

static void who_does_not_finish_pulls_up_after_his_last_split(void **state)
{
    double half[N_SPLIT];
    for (int i = 0; i < N_SPLIT; i++)
        half[i] = i < 6 ? bolt_s[i] : (double)NAN;
    hm_sheet_row row[] = {row_of(1, 0.15, 10.2, none_s), row_of(2, 0.15, (double)NAN, half),
                          row_of(3, 0.15, (double)NAN, none_s)};
    row[1].status = row[2].status = HM_RUN_DNF;
    hm_race race = replay_of(*state, 3, row, false);
    const hm_lane *l = &race.lane[1];
    ht_near(hm_curve_time_s(&l->curve, 60), 6.29, 1e-5, 0);
    double stop_m = l->curve.x_m[l->curve.n - 1];
    assert_true(stop_m > 65 && stop_m < 100);
    assert_true(l->place == 0 && l->time_us == 0 && l->official_cs == 0);
    assert_int_equal(l->n_split, 6);
    stop_m = race.lane[2].curve.x_m[race.lane[2].curve.n - 1];
    assert_true(stop_m > 40 && stop_m < 99); /* without splits: breaks off at 30-60 m */
    assert_true(race.lane[2].filled & HM_FILLED_SPLITS);
    assert_true(race.lane[2].curve.v_mps[race.lane[2].curve.n - 1] == 0);
}

static void the_disqualified_run_without_a_place(void **state)
{
    hm_sheet_row row[] = {row_of(1, 0.109, 9.83, none_s), row_of(2, 0.196, 9.93, none_s),
                          row_of(3, 0.2, (double)NAN, none_s)};
    row[0].status = row[2].status = HM_RUN_DQ;
    hm_race race = replay_of(*state, 3, row, false);
    assert_true(race.lane[0].place == 0 && race.lane[0].time_us == 9830000);
    assert_int_equal(race.lane[0].official_cs, 0);
    ht_near(hm_curve_time_s(&race.lane[0].curve, 100), 9.83, 1e-5, 0);
    assert_int_equal(race.lane[1].place, 1);
    /* without a time he runs with the field */
    ht_near(hm_curve_time_s(&race.lane[2].curve, 100), 9.93, 1e-5, 0);
    assert_true(race.lane[2].time_us == 0 && race.lane[2].n_step > 50);
}

static void the_run_out_brakes_to_a_walk_and_a_halt(void **state)
{
    hm_sheet_row row[] = {row_of(4, 0.146, 9.58, bolt_s)};
    hm_race race = replay_of(*state, 1, row, false);
    const hm_lane *l = &race.lane[0];
    ht_near(l->end_s, 9.58 + 8, 1.0, 0);
    shake k = shake_of(&l->curve, 9.58, l->end_s);
    assert_true(k.low_mps2 > -3.3 && k.low_mps2 < -2 && k.high_mps2 < 0.1);
    assert_true(hm_curve_v_mps(&l->curve, 9.58 + 6) < 2);
    assert_true(l->curve.v_mps[l->curve.n - 1] == 0);
    ht_near(hm_curve_x_m(&l->curve, l->end_s), 137, 6, 0);
    ht_near(l->step[l->n_step - 1].off_s, l->end_s, 1e-9, 0);
}

/* Japanese survey 2017: boys of 6, 50 m in 11.44 s from a standing start; top speed about
 * 50 / (t50 - 0.2 - 0.9) = 4.8 m/s. */
static void a_child_of_six_runs_like_a_child_of_six(void **state)
{
    double split_s[N_SPLIT];
    memcpy(split_s, none_s, sizeof split_s);
    split_s[4] = 11.44;
    hm_sheet_row row[] = {row_of(1, (double)NAN, 22.28, split_s)};
    row[0].age_yr = 6.6;
    hm_race race = replay_of(*state, 1, row, true);
    const hm_lane *l = &race.lane[0];
    ht_near(l->top_speed_mps, 4.84, 0.15, 0);
    assert_true(l->stature_m > 1.05 && l->stature_m < 1.28 && l->mass_kg > 15 && l->mass_kg < 32);
    shake k = shake_of(&l->curve, l->reaction_s, 22.28);
    assert_true(k.low_mps2 > -1 && k.high_mps2 < 9);
    const hm_step *s = &l->step[20];
    double rate = 1 / (s[1].on_s - s[0].on_s), length = s[1].x_m - s[0].x_m;
    assert_true(rate > 3.6 && rate < 4.3 && length > 1.05 && length < 1.35);
    assert_true(l->start.standing);
}

static void nine_and_ten_lanes_are_replayed(void **state)
{
    hm_sheet_row row[10];
    for (int i = 0; i < 10; i++)
        row[i] = row_of(i + 1, (double)NAN, 10.0 + 0.03 * i, none_s);
    for (int n = 9; n <= 10; n++) {
        hm_race race = replay_of(*state, n, row, false);
        assert_int_equal(race.n_lane, n);
        assert_int_equal(race.lane[n - 1].place, n);
    }
}

static void the_same_sheet_gives_the_same_bits(void **state)
{
    hm_sheet_row row[] = {row_of(3, (double)NAN, 9.93, none_s), row_of(4, 0.146, 9.58, bolt_s)};
    hm_race a = replay_of(*state, 2, row, false), b = replay_of(*state, 2, row, false);
    assert_true(hash_race(&a) == hash_race(&b));
    hm_sheet s = sheet_of(N_SPLIT, tens_m, 2, row);
    hm_replay_opts o = hm_replay_opts_default();
    o.seed = 2;
    assert_int_equal(hm_race_replay(&s, &o, *state, &b, NULL), HM_OK);
    assert_true(hash_race(&a) != hash_race(&b)); /* the seed is used */
}

static void impossible_sheets_are_refused_with_the_line(void **state)
{
    hm_sheet_row row[] = {row_of(4, 2.5, 9.58, bolt_s)};
    row[0].line = 7;
    hm_sheet s = sheet_of(N_SPLIT, tens_m, 1, row);
    hm_race race = {.n_lane = 77};
    hm_err err = {0};
    assert_int_equal(hm_race_replay(&s, NULL, *state, &race, &err), HM_ERR_INPUT);
    assert_true(err.line == 7 && strcmp(err.field, "reaction_s") == 0);
    assert_int_equal(race.n_lane, 77); /* untouched */
    err = (hm_err){0};
    row[0].reaction_s = 0.15;
    row[0].time_s = 8.7; /* before the split at 90 m */
    assert_int_equal(hm_race_replay(&s, NULL, *state, &race, &err), HM_ERR_INPUT);
    assert_true(err.line == 7 && strcmp(err.field, "time_s") == 0);
    s.n_row = 0;
    assert_int_equal(hm_race_replay(&s, NULL, *state, &race, NULL), HM_ERR_INPUT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(measured_marks_are_hit_within_a_tenth_of_a_millisecond),
        CASE(bolts_run_is_credible),
        CASE(nobody_moves_before_the_reaction),
        CASE(a_name_and_a_time_are_enough_and_what_was_filled_is_told),
        CASE(rivals_without_splits_do_not_run_one_race_scaled),
        CASE(random_sheets_keep_their_marks_and_the_bounds),
        CASE(wild_marks_are_hit_and_noted),
        CASE(whatever_the_marks_the_race_passes_its_check),
        CASE(who_did_not_start_stands_by),
        CASE(who_does_not_finish_pulls_up_after_his_last_split),
        CASE(the_disqualified_run_without_a_place),
        CASE(the_run_out_brakes_to_a_walk_and_a_halt),
        CASE(a_child_of_six_runs_like_a_child_of_six),
        CASE(nine_and_ten_lanes_are_replayed),
        CASE(the_same_sheet_gives_the_same_bits),
        CASE(impossible_sheets_are_refused_with_the_line),
    };
    return cmocka_run_group_tests_name("race/replay", tests, NULL, NULL);
}
