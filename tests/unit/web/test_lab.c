#include "ht.h"
#include "lab.h"

#include <stdlib.h>
#include <string.h>

#include "data/race_file.h"
#include "fit/fit.h"
#include "io/file.h"
#include "io/json.h"
#include "measure/read.h"
#include "race/odds.h"
#include "race/replay.h"

/* A shipped race and the lab that was opened on it. */
typedef struct bench {
    hm_arena arena, base, made;
    hm_sheet sheet;
    hm_race race;
    char *sheet_bytes;
    size_t n_sheet;
    lab lab;
} bench;

static void must(hm_status status, const hm_err *err)
{
    if (status != HM_OK) {
        print_error("%s: %s: %s\n", err->source, err->field, err->msg);
        fail();
    }
}

static void open_bench(bench *b, const char *race)
{
    hm_err err = {0};
    hm_arena_init(&b->arena, 0);
    hm_arena_init(&b->base, 0);
    hm_arena_init(&b->made, 0);
    char *path = hm_arena_printf(&b->arena, "%s/races/%s.csv", getenv("HM_DATA_DIR"), race);
    hm_sheet_opts opts = hm_sheet_opts_default();
    must(hm_file_read(path, 1 << 20, &b->arena, &b->sheet_bytes, &b->n_sheet, &err), &err);
    must(hm_sheet_parse(path, b->sheet_bytes, b->n_sheet, &opts, &b->arena, &b->sheet, &err), &err);
    must(hm_race_replay(&b->sheet, NULL, &b->arena, &b->race, &err), &err);
    must(lab_open(&b->race, &b->base, &b->made, &b->lab, &err), &err);
}

static int begin(void **state)
{
    static bench berlin;
    open_bench(&berlin, "2009-berlin-men-100m-final");
    *state = &berlin;
    return 0;
}

static int end(void **state)
{
    bench *b = *state;
    hm_arena_free(&b->arena);
    hm_arena_free(&b->base);
    hm_arena_free(&b->made);
    return 0;
}

static const hm_json *parsed(bench *b, const char *text)
{
    hm_err err = {0};
    const hm_json *root;
    must(hm_json_parse("change", text, strlen(text), &b->arena, &root, &err), &err);
    return root;
}

static hm_race changed(bench *b, const char *ask)
{
    hm_err err = {0};
    must(lab_change(&b->lab, parsed(b, ask), &err), &err);
    must(hm_race_check(&b->lab.made, &err), &err);
    return b->lab.made;
}

/* As hecto race fits a lane of the sheet: through the reader of sheets. */
static hm_runner runner_of_sheet(bench *b, int32_t lane)
{
    hm_err err = {0};
    hm_measure_opts measure = hm_measure_opts_default();
    hm_traces traces;
    hm_sprinter_run run;
    hm_runner runner;
    measure.lane = lane;
    must(hm_measure_parse("sheet", b->sheet_bytes, b->n_sheet, &measure, &b->arena, &traces, &err),
         &err);
    hm_trace t = traces.trace[0];
    t.mass_kg = b->race.lane[lane - 1].mass_kg;
    t.stature_m = b->race.lane[lane - 1].stature_m;
    t.temp_c = b->race.temp_c; /* the sheet tells none; the race took 20 C */
    hm_fit_opts opts = hm_fit_opts_default();
    opts.report = false;
    opts.interval = HM_INTERVAL_WALD;
    must(hm_fit_run(&t, &opts, &b->arena, &run, &err), &err);
    hm_prior_key key = {.sex = HM_SEX_MEN, .age_yr = 25, .time_s = 9.58};
    hm_reaction_law law = hm_prior_reaction_law(&key);
    must(hm_runner_of_run(&run, 1, &law, &runner, &err), &err);
    return runner;
}

static void wind_changes_times_as_hecto_race_does_with_wind_mps(void **state)
{
    bench *b = *state;
    hm_err err = {0};
    hm_race made = changed(b, "{\"wind_mps\": 2.0}");
    hm_day was = hm_day_default(), is = was;
    is.wind_mps = 2.0;
    was.temp_c = is.temp_c = b->race.temp_c;
    for (int32_t lane = 1; lane <= 8; lane++) {
        hm_runner r = runner_of_sheet(b, lane);
        double z[3] = {0}, param_z[HM_DRIVE_BY_COUNT] = {0}, was_s, is_s;
        must(hm_odds_full_s(&b->sheet, &r, &was, z, param_z, NULL, &was_s, &err), &err);
        must(hm_odds_full_s(&b->sheet, &r, &is, z, param_z, NULL, &is_s, &err), &err);
        double got_s =
            (double)(made.lane[lane - 1].time_us - b->race.lane[lane - 1].time_us) * 1e-6;
        assert_true(got_s < -0.03 && got_s > -0.08);
        ht_near(got_s, is_s - was_s, 2e-6, 0);
    }
}

static void no_change_is_the_same_race_to_the_byte(void **state)
{
    bench *b = *state;
    hm_err err = {0};
    char *was, *is;
    hm_race made = changed(b, "{}");
    must(hm_race_print(&b->race, &b->arena, &was, NULL, &err), &err);
    must(hm_race_print(&made, &b->arena, &is, NULL, &err), &err);
    assert_string_equal(is, was);
}

static void a_reaction_moves_its_lane_alone(void **state)
{
    bench *b = *state;
    hm_race made = changed(b, "{\"lanes\": [{\"lane\": 4, \"reaction_s\": 0.246}]}");
    for (int32_t i = 0; i < 8; i++)
        assert_int_equal(made.lane[i].time_us, b->race.lane[i].time_us + (i == 3 ? 100000 : 0));
    assert_true(made.lane[3].place == 1 && b->lab.effect[3].longer_s > 0.0999);
}

static const char guest[] =
    "{\"lanes\": [{\"lane\": 5, \"guest\": {\"name\": \"G\", \"team\": \"\", \"sex\": \"men\", "
    "\"age_yr\": 25, \"stature_m\": 1.8, \"mass_kg\": 78, \"filled\": 0, \"reaction_s\": 0.13, "
    "\"time_us\": 9860000, \"splits\": [[30, 3.8, 1], [60, 6.4, 1]], \"race\": {\"meet\": \"M\", "
    "\"date\": \"\", \"wind_mps\": 0.9, \"altitude_m\": 34, \"temp_c\": 20, \"standing\": "
    "false}}}]}";

static void a_guest_keeps_his_time_in_the_same_air(void **state)
{
    bench *b = *state;
    hm_race made = changed(b, guest);
    assert_string_equal(made.lane[4].name, "G");
    assert_int_equal(made.lane[4].time_us, 9860000);
    assert_true(made.lane[4].place == 3 && made.lane[5].place == 2);
    ht_near(hm_curve_time_s(&made.lane[4].curve, 60), 6.4, 1e-5, 0);
}

static void what_is_wrong_is_told_with_its_path(void **state)
{
    bench *b = *state;
    static const struct {
        const char *ask, *field;
    } bad[] = {{"{\"lanes\": [{\"lane\": 9}]}", "lanes[0]"},
               {"{\"wind_mps\": \"strong\"}", "wind_mps"},
               {"{\"wind_mps\": 40}", "wind_mps"},
               {"{\"lanes\": [{\"lane\": 4, \"guest\": {\"name\": 3}}]}", "lanes[0].guest.name"}};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        hm_err err = {0};
        assert_int_not_equal(lab_change(&b->lab, parsed(b, bad[k].ask), &err), HM_OK);
        assert_string_equal(err.field, bad[k].field);
        assert_false(b->lab.has_made);
    }
}

/* ---- series ---- */

/* An object in the making, and what became of it. */
typedef struct draft {
    hm_memory memory;
    hm_json_out out;
    hm_err err;
} draft;

static void begin_draft(bench *b, draft *d)
{
    *d = (draft){.memory = {.arena = &b->arena}};
    d->out = hm_json_out_make(hm_sink_memory(&d->memory), &d->err);
    hm_json_put_object(&d->out, NULL, HM_JSON_BLOCK);
}

static const hm_json *end_draft(bench *b, draft *d)
{
    hm_json_put_end(&d->out);
    must(hm_json_finish(&d->out), &d->err);
    return parsed(b, d->memory.bytes);
}

static const hm_json *series_of(bench *b, bool made)
{
    draft d;
    const hm_json *lanes;
    begin_draft(b, &d);
    must(lab_put_series(&b->lab, made, &b->arena, &d.out, &d.err), &d.err);
    must(hm_json_get_array(end_draft(b, &d), "lanes", &lanes, &d.err), &d.err);
    return lanes;
}

static void effects_and_bounds_are_told_by_lane_and_name(void **state)
{
    bench *b = *state;
    draft d;
    changed(b, "{\"lanes\": [{\"lane\": 2, \"reaction_s\": 0.115}]}");
    begin_draft(b, &d);
    lab_put_effects(&b->lab, &d.out);
    lab_put_bounds(&d.out);
    const hm_json *root = end_draft(b, &d), *effect = hm_json_find(root, "effects");
    assert_int_equal(effect->n, 8);
    ht_near(hm_json_find(&effect->as.item[1], "longer_s")->as.number, -0.05, 1e-9, 0);
    assert_false(hm_json_find(&effect->as.item[0], "changed")->truth);
    const hm_json *wind = hm_json_find(hm_json_find(root, "bounds"), "wind_mps");
    assert_true(hm_json_find(wind, "hi")->as.number == hm_change_bound.wind_mps.hi);
}

static double at(const hm_json *lane, const char *column, int32_t i)
{
    const hm_json *c = hm_json_find(lane, column);
    assert_true(c && c->kind == HM_JSON_ARRAY && i < c->n);
    return c->as.item[i].kind == HM_JSON_NUMBER ? c->as.item[i].as.number : (double)NAN;
}

static void curves_pass_the_splits_of_the_sheet_and_gaps_are_their_differences(void **state)
{
    bench *b = *state;
    const hm_json *lane = series_of(b, false), *bolt = &lane->as.item[3],
                  *first = &lane->as.item[0];
    static const double split_s[] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74, 9.58};
    for (int k = 0; k < 10; k++)
        ht_near(at(bolt, "t_at_m", 10 * (k + 1)), split_s[k], 2e-5, 0);
    ht_near(at(first, "gap_s_at_m", 60), 6.50 - 6.29, 4e-5, 0);
    ht_near(at(first, "gap_s_at_m", 100), 10.00 - 9.58, 2e-4, 0);
    ht_near(at(bolt, "gap_s_at_m", 70), 0, 1e-9, 0);
    double lead_m = 0;
    for (int i = 0; i < 8; i++)
        lead_m = fmax(lead_m, at(&lane->as.item[i], "x_at_s", 100));
    ht_near(at(first, "gap_m_at_s", 100), lead_m - at(first, "x_at_s", 100), 2e-5, 0);
    /* 20 m in 1.61 and 1.63 s at his fastest: 12.3 m/s */
    ht_near(at(bolt, "v_at_m", 70), 12.3, 0.15, 0);
}

static void steps_add_up_to_the_run(void **state)
{
    bench *b = *state;
    const hm_json *bolt = hm_json_find(&series_of(b, false)->as.item[3], "steps");
    const hm_lane *l = &b->race.lane[3];
    int32_t n = hm_json_find(bolt, "x_m")->n;
    assert_true(n >= 39 && n <= 43); /* 41 steps, counted in Berlin */
    double x_m = l->start.front_x_m, t_s = l->start.front_off_s;
    for (int32_t k = 0; k < n; k++) {
        x_m += at(bolt, "length_m", k);
        t_s += at(bolt, "contact_s", k) + at(bolt, "flight_s", k);
        ht_near(x_m, at(bolt, "x_m", k), 1e-3, 0);
        ht_near(at(bolt, "rate_hz", k), 1 / (at(bolt, "contact_s", k) + at(bolt, "flight_s", k)), 0,
                1e-3);
    }
    ht_near(t_s, l->step[n - 1].off_s, 1e-3, 0);
}

static double estimate(const hm_json *lane, const char *name, const char *part)
{
    const hm_json *fit = hm_json_find(lane, "fit"), *e = hm_json_find(fit, name);
    const hm_json *v = hm_json_find(e, part);
    assert_non_null(v);
    return v->as.number;
}

static void force_and_speed_come_with_intervals_that_are_wider_without_splits(void **state)
{
    bench *b = *state;
    const hm_json *lane = series_of(b, false), *bolt = &lane->as.item[3], *gay = &lane->as.item[4];
    double f0 = estimate(bolt, "f0_n_per_kg", "value"), v0 = estimate(bolt, "v0_mps", "value");
    /* what a sprinter of that class is published to have */
    assert_true(f0 > 6.5 && f0 < 10.5 && v0 > 12 && v0 < 16);
    ht_near(estimate(bolt, "pmax_w_per_kg", "value"), f0 * v0 / 4, 1e-3, 0);
    for (int k = 0; k < 2; k++) {
        const char *name = k ? "v0_mps" : "f0_n_per_kg";
        double wide_bolt = estimate(bolt, name, "hi90") - estimate(bolt, name, "lo90");
        double wide_gay = estimate(gay, name, "hi90") - estimate(gay, name, "lo90");
        assert_true(wide_bolt > 0 && wide_gay > 1.3 * wide_bolt);
    }
    assert_true(at(gay, "v_sd_mps_at_m", 60) > 2 * at(bolt, "v_sd_mps_at_m", 60));
    /* his time is known, his way there is not */
    assert_true(at(gay, "t_sd_s_at_m", 100) < at(gay, "t_sd_s_at_m", 50));
    assert_string_equal(hm_json_find(hm_json_find(gay, "fit"), "by")->as.text, "time");
}

static void what_was_filled_is_named_with_the_spread_of_its_prior(void **state)
{
    bench *b = *state;
    const hm_json *lane = series_of(b, false), *burns = &lane->as.item[1];
    assert_string_equal(hm_json_find(burns, "filled")->as.item[0].as.text, "mass_kg");
    const hm_json *mass = hm_json_find(hm_json_find(burns, "prior"), "mass_kg");
    double lo = hm_json_find(mass, "lo90")->as.number, hi = hm_json_find(mass, "hi90")->as.number;
    assert_true(lo > 60 && hi < 105 && hi - lo > 10);
    assert_int_equal(hm_json_find(&lane->as.item[3], "filled")->n, 0);
}

static void series_of_a_change_are_those_of_the_changed_race(void **state)
{
    bench *b = *state;
    hm_race made = changed(b, "{\"lanes\": [{\"lane\": 4, \"force_frac\": 1.04}, "
                              "{\"lane\": 1, \"empty\": true}]}");
    double f0 = estimate(&series_of(b, false)->as.item[3], "f0_n_per_kg", "value");
    const hm_json *lane = series_of(b, true);
    assert_int_equal(lane->n, 7);
    ht_near(at(&lane->as.item[2], "t_at_m", 100), (double)made.lane[2].time_us * 1e-6, 2e-4, 0);
    ht_near(estimate(&lane->as.item[2], "f0_n_per_kg", "value"), 1.04 * f0, 1e-4, 0);
    assert_true(hm_json_find(hm_json_find(&lane->as.item[2], "fit"), "changed")->truth);
}

/* ---- photo finish ---- */

static void the_photo_is_read_at_the_official_times(void **state)
{
    bench *b = *state;
    draft d;
    lab_picture pic;
    const hm_json *root, *lanes;
    begin_draft(b, &d);
    must(lab_photo(&b->lab, false, 1000, 240, &b->arena, &pic, &d.out, &d.err), &d.err);
    root = end_draft(b, &d);
    must(hm_json_get_array(root, "lanes", &lanes, &d.err), &d.err);
    assert_true(lanes->n == 8 && pic.h_px == 240 && pic.rgba[3] == 255);
    double from_s = hm_json_find(root, "from_s")->as.number;
    for (int32_t i = 0; i < 8; i++) {
        const hm_json *l = &lanes->as.item[i];
        double read_s = hm_json_find(l, "read_s")->as.number;
        ht_near(read_s, (double)b->race.lane[i].time_us * 1e-6, 0.0021, 0);
        ht_near((double)hm_json_find(l, "line")->integer, (read_s - from_s) * 1000, 0.51, 0);
        assert_true(hm_json_find(l, "row")->integer >= 0);
    }
}

/* ---- other races ---- */

static void every_shipped_race_opens_changes_and_comes_back_valid(void **state)
{
    (void)state;
    static const char *const race[] = {"1987-rome-men-100m-final", "1988-seoul-women-100m-final",
                                       "joggers-100m", "masters-100m-final", "school-100m-by-age"};
    for (size_t k = 0; k < sizeof race / sizeof race[0]; k++) {
        bench b = {0};
        void *at_b = &b;
        open_bench(&b, race[k]);
        hm_race made = changed(&b, "{\"wind_mps\": 1.7, \"altitude_m\": 2240, \"temp_c\": 31}");
        assert_true(made.n_lane == b.race.n_lane && made.mode == HM_RACE_SIMULATE);
        assert_true(series_of(&b, true)->n == made.n_lane);
        for (int32_t i = 0; i < made.n_lane; i++)
            assert_true(made.lane[i].status == b.race.lane[i].status &&
                        (b.lab.fit[i].known ? made.lane[i].time_us < b.race.lane[i].time_us
                                            : made.lane[i].time_us == b.race.lane[i].time_us));
        end(&at_b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wind_changes_times_as_hecto_race_does_with_wind_mps),
        cmocka_unit_test(no_change_is_the_same_race_to_the_byte),
        cmocka_unit_test(a_reaction_moves_its_lane_alone),
        cmocka_unit_test(a_guest_keeps_his_time_in_the_same_air),
        cmocka_unit_test(what_is_wrong_is_told_with_its_path),
        cmocka_unit_test(effects_and_bounds_are_told_by_lane_and_name),
        cmocka_unit_test(curves_pass_the_splits_of_the_sheet_and_gaps_are_their_differences),
        cmocka_unit_test(steps_add_up_to_the_run),
        cmocka_unit_test(force_and_speed_come_with_intervals_that_are_wider_without_splits),
        cmocka_unit_test(what_was_filled_is_named_with_the_spread_of_its_prior),
        cmocka_unit_test(series_of_a_change_are_those_of_the_changed_race),
        cmocka_unit_test(the_photo_is_read_at_the_official_times),
        cmocka_unit_test(every_shipped_race_opens_changes_and_comes_back_valid),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
