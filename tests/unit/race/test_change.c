#include "odds_support.h"

#include "data/race_file.h"
#include "race/change.h"

enum { N = 3 };

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

/* Three runners, two of them with splits; the first two share a time, and the sheet their places.
 */
static hm_race race_of_three(hm_arena *a)
{
    double split_m[] = {30, 60}, fast[] = {3.83, 6.44}, even[] = {3.90, 6.52},
           none[] = {(double)NAN, (double)NAN};
    hm_sheet_row row[N] = {row_of(2, 0.145, 10.02, fast), row_of(4, 0.160, 10.02, none),
                           row_of(5, 0.150, 10.11, even)};
    row[0].place = 2;
    row[1].place = 1;
    hm_sheet s = sheet_of(2, split_m, N, row);
    s.wind_mps = 0.5;
    s.altitude_m = 100;
    s.temp_c = 15;
    hm_race race;
    assert_int_equal(hm_race_replay(&s, NULL, a, &race, NULL), HM_OK);
    return race;
}

static const char *print_of(hm_arena *a, const hm_race *race)
{
    char *text;
    assert_int_equal(hm_race_print(race, a, &text, NULL, NULL), HM_OK);
    return text;
}

typedef struct outcome {
    hm_race race;
    hm_change_effect effect[HM_LANE_MAX];
} outcome;

static outcome change_of(hm_arena *a, const hm_race *race, double fit_frac, const hm_change *c)
{
    outcome o;
    hm_err err = {0};
    hm_runner r[N];
    for (int i = 0; i < N; i++)
        r[i] = runner_of((uint64_t)i + 1, 12.6, fit_frac);
    if (hm_race_change(race, r, c, a, &o.race, o.effect, &err) != HM_OK ||
        hm_race_check(&o.race, &err) != HM_OK) {
        print_error("%s: %s: %s\n", err.source, err.field, err.msg);
        fail();
    }
    return o;
}

static void nothing_changed_is_the_same_race_to_the_byte(void **state)
{
    hm_race race = race_of_three(*state);
    hm_change c = hm_change_none();
    outcome o = change_of(*state, &race, 1, &c);
    assert_string_equal(print_of(*state, &race), print_of(*state, &o.race));
    c.wind_mps = 0.5; /* asked for what was there */
    c.lane[1].reaction_s = race.lane[1].reaction_s;
    o = change_of(*state, &race, 1, &c);
    assert_string_equal(print_of(*state, &race), print_of(*state, &o.race));
}

/* The full run that odds and simulated races go by, without luck. */
static double full_s(const hm_runner *r, const hm_day *day)
{
    double z[3] = {0}, param_z[HM_DRIVE_BY_COUNT] = {0}, t_s;
    hm_sheet s = sheet_of(0, NULL, 0, NULL);
    assert_int_equal(hm_odds_full_s(&s, r, day, z, param_z, NULL, &t_s, NULL), HM_OK);
    return t_s;
}

static void the_air_changes_times_as_it_does_in_simulated_races(void **state)
{
    static const struct {
        double wind_mps, altitude_m, temp_c;
    } air[] = {{2.0, 100, 15}, {-3.0, 100, 15}, {0.5, 2240, 15}, {0.5, 100, 33}, {1.7, 1400, 2}};
    hm_race race = race_of_three(*state);
    hm_runner r = runner_of(1, 12.6, 0);
    hm_day day = hm_day_default();
    day.wind_mps = 0.5;
    day.altitude_m = 100;
    day.temp_c = 15;
    double was_s = full_s(&r, &day);
    for (size_t k = 0; k < sizeof air / sizeof air[0]; k++) {
        hm_change c = hm_change_none();
        day.wind_mps = c.wind_mps = air[k].wind_mps;
        day.altitude_m = c.altitude_m = air[k].altitude_m;
        day.temp_c = c.temp_c = air[k].temp_c;
        outcome o = change_of(*state, &race, 1, &c);
        double want_s = full_s(&r, &day) - was_s;
        for (int i = 0; i < N; i++) {
            ht_near(o.effect[i].longer_s, want_s, 1e-9, 0);
            ht_near((double)(o.race.lane[i].time_us - race.lane[i].time_us) * 1e-6, want_s, 1e-6,
                    0);
            assert_true(o.effect[i].longer_s_sd > 0 &&
                        o.effect[i].longer_s_sd < 0.2 * fabs(want_s));
        }
        assert_true(o.race.wind_mps == air[k].wind_mps && o.race.has_wind);
        assert_true(o.race.altitude_m == air[k].altitude_m && o.race.mode == HM_RACE_SIMULATE);
    }
}

/* 1 m/s from behind is worth 0.05 to 0.06 s to a 10 s man, against it costs more (Mureika 2001;
 * Moinat 2018), and the splits share it. */
static void a_wind_is_worth_what_is_published(void **state)
{
    hm_race race = race_of_three(*state);
    hm_change with = hm_change_none(), against = with;
    with.wind_mps = 1.5;
    against.wind_mps = -0.5;
    outcome w = change_of(*state, &race, 0, &with), g = change_of(*state, &race, 0, &against);
    assert_true(w.effect[0].longer_s < -0.04 && w.effect[0].longer_s > -0.07);
    assert_true(g.effect[0].longer_s > -w.effect[0].longer_s);
    double before_s = 0;
    for (int k = 0; k < w.race.lane[0].n_split; k++) {
        assert_true(w.race.lane[0].split[k].distance_m == race.lane[0].split[k].distance_m);
        double shift_s = w.race.lane[0].split[k].time_s - race.lane[0].split[k].time_s;
        assert_true(shift_s < before_s && !w.race.lane[0].split[k].measured);
        before_s = shift_s;
    }
}

static void a_later_reaction_is_that_much_later_everywhere_and_only_there(void **state)
{
    hm_race race = race_of_three(*state);
    hm_change c = hm_change_none();
    c.lane[0].reaction_s = race.lane[0].reaction_s + 0.1;
    outcome o = change_of(*state, &race, 1, &c);
    ht_near(o.effect[0].longer_s, 0.1, 1e-12, 0);
    assert_true(o.effect[0].longer_s_sd == 0 && o.effect[0].changed && !o.effect[1].changed);
    assert_int_equal(o.race.lane[0].time_us, race.lane[0].time_us + 100000);
    for (int k = 0; k < race.lane[0].n_split; k++)
        ht_near(o.race.lane[0].split[k].time_s, race.lane[0].split[k].time_s + 0.1, 1e-9, 0);
    ht_near(hm_curve_time_s(&o.race.lane[0].curve, 45),
            hm_curve_time_s(&race.lane[0].curve, 45) + 0.1, 0.01, 0);
    assert_memory_equal(&o.race.lane[2].curve, &race.lane[2].curve, sizeof(hm_curve));
    assert_true(o.race.lane[1].place == 1 && o.race.lane[0].place == 3);
    assert_non_null(strstr(o.race.notes.text[o.race.notes.n - 2], "reaction 0.245 s, was 0.145 s"));
}

static void a_tie_that_the_sheet_resolved_stays_resolved(void **state)
{
    hm_race race = race_of_three(*state);
    hm_change c = hm_change_none();
    c.lane[2].reaction_s = 0.110;
    outcome o = change_of(*state, &race, 1, &c);
    assert_true(o.race.lane[0].place == 2 && o.race.lane[1].place == 1);
}

static void top_speed_and_start_are_changed_by_what_was_asked(void **state)
{
    hm_race race = race_of_three(*state);
    hm_change top = hm_change_none(), start = top;
    top.lane[0].top_speed_mps = 0.3;
    start.lane[0].force_frac = 1.05;
    outcome t = change_of(*state, &race, 1, &top), s = change_of(*state, &race, 1, &start);
    ht_near(t.race.lane[0].top_speed_mps - race.lane[0].top_speed_mps, 0.3, 0.03, 0);
    assert_true(t.effect[0].longer_s < -0.1 && t.effect[0].longer_s > -0.3);
    /* without drag and fading t = x / V0 + V0 / F0: 5 % of 1.5 s; what both take of the force, a
     * tenth on the way, gives about as much again where he is fast */
    double early_s = s.race.lane[0].split[2].time_s - race.lane[0].split[2].time_s;
    assert_true(s.effect[0].longer_s < -0.07 && s.effect[0].longer_s > -0.15);
    assert_true(early_s < -0.03 && early_s > -0.075);
    assert_true(!s.effect[1].changed && !t.effect[2].changed);
    ht_near(s.effect[0].drive.f0_n_per_kg, 1.05 * s.effect[1].drive.f0_n_per_kg, 1e-12, 0);
    assert_true(t.effect[0].drive.v0_mps > t.effect[1].drive.v0_mps + 0.3);
}

static void a_guest_runs_as_he_ran_and_an_empty_lane_moves_places_up(void **state)
{
    hm_race race = race_of_three(*state), other = race_of_three(*state);
    hm_runner r = runner_of(9, 12.6, 0);
    other.lane[2].time_us = 9870000;
    other.lane[2].name = "Guest";
    other.lane[2].n_split = 0;
    hm_change c = hm_change_none();
    c.lane[1].guest = (hm_guest){&other, &other.lane[2], &r};
    c.lane[0].empty = true;
    outcome o = change_of(*state, &race, 1, &c);
    assert_int_equal(o.race.n_lane, 2);
    assert_string_equal(o.race.lane[0].name, "Guest");
    assert_true(o.race.lane[0].lane == 4 && o.race.lane[0].place == 1);
    assert_int_equal(o.race.lane[0].time_us, 9870000);
    assert_true(o.effect[0].changed && isnan(o.effect[0].longer_s));
    assert_true(o.race.lane[1].place == 2 && o.race.lane[1].time_us == race.lane[2].time_us);
    other.wind_mps = 2; /* his race had more wind: here he is slower */
    o = change_of(*state, &race, 1, &c);
    assert_true(o.race.lane[0].time_us > 9930000 && o.race.lane[0].time_us < 9980000);
}

static void of_whom_nothing_is_known_the_air_changes_nothing(void **state)
{
    hm_race race = race_of_three(*state), made;
    hm_runner r[N] = {{0}};
    hm_change_effect effect[HM_LANE_MAX];
    hm_change c = hm_change_none();
    c.wind_mps = 2;
    assert_int_equal(hm_race_change(&race, r, &c, *state, &made, effect, NULL), HM_OK);
    for (int i = 0; i < N; i++)
        assert_true(!effect[i].changed && made.lane[i].time_us == race.lane[i].time_us);
}

static void what_cannot_be_is_refused_and_nothing_is_touched(void **state)
{
    hm_race race = race_of_three(*state), made = {.n_lane = -1};
    hm_runner r[N] = {runner_of(1, 12.6, 0), runner_of(2, 12.6, 0), runner_of(3, 12.6, 0)};
    hm_change_effect effect[HM_LANE_MAX];
    hm_change bad[4] = {hm_change_none(), hm_change_none(), hm_change_none(), hm_change_none()};
    bad[0].wind_mps = 11;
    bad[1].lane[2].force_frac = 0;
    bad[2].lane[0].empty = bad[2].lane[1].empty = bad[2].lane[2].empty = true;
    bad[3].lane[1].reaction_s = -0.1;
    static const char *const field[] = {"wind_mps", "force_frac", "lanes", "reaction_s"};
    for (int k = 0; k < 4; k++) {
        hm_err err = {0};
        assert_int_equal(hm_race_change(&race, r, &bad[k], *state, &made, effect, &err),
                         HM_ERR_USAGE);
        assert_string_equal(err.field, field[k]);
        assert_int_equal(made.n_lane, -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changed_is_the_same_race_to_the_byte),
        cmocka_unit_test(the_air_changes_times_as_it_does_in_simulated_races),
        cmocka_unit_test(a_wind_is_worth_what_is_published),
        cmocka_unit_test(a_later_reaction_is_that_much_later_everywhere_and_only_there),
        cmocka_unit_test(a_tie_that_the_sheet_resolved_stays_resolved),
        cmocka_unit_test(top_speed_and_start_are_changed_by_what_was_asked),
        cmocka_unit_test(a_guest_runs_as_he_ran_and_an_empty_lane_moves_places_up),
        cmocka_unit_test(of_whom_nothing_is_known_the_air_changes_nothing),
        cmocka_unit_test(what_cannot_be_is_refused_and_nothing_is_touched),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
