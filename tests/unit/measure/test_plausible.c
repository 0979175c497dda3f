#include "ht_measure.h"

#include "measure/plausible.h"

static const double bolt_2009[10] = {1.88, 2.88, 3.78, 4.64, 5.47, 6.29, 7.10, 7.92, 8.74, 9.58};

/* Marks every 10 m from the gun. */
static hm_trace marks(hm_arena *a, const double time_s[], int n, double reaction_s)
{
    hm_trace t = hm_trace_default();
    t.time_zero = HM_ZERO_GUN;
    t.reaction_s = reaction_s;
    t.n_obs = n;
    t.obs = HM_PUSH(a, hm_obs, n);
    for (int i = 0; i < n; i++)
        t.obs[i] = (hm_obs){.kind = i == 9 ? HM_OBS_FINISH : HM_OBS_GATE,
                            .distance_m = 10 * (i + 1),
                            .time_s = time_s[i],
                            .speed_mps = NAN,
                            .sigma_m = NAN,
                            .sigma_s = NAN,
                            .sigma_mps = NAN};
    return t;
}

static hm_doubts doubts_of(const hm_trace *t, hm_arena *a)
{
    hm_doubts d;
    hm_err err = {0};
    ht_no_error(hm_measure_doubt(t, a, &d, &err), &err);
    return d;
}

static const hm_doubt *find(const hm_doubts *d, hm_doubt_kind kind)
{
    for (int32_t i = 0; i < d->n; i++)
        if (d->doubt[i].kind == kind)
            return &d->doubt[i];
    return NULL;
}

static void no_doubts(const hm_traces *t)
{
    for (int32_t i = 0; i < t->n; i++)
        for (int32_t k = 0; k < t->trace[i].notes.n; k++)
            if (strstr(t->trace[i].notes.text[k], "doubtful"))
                fail_msg("%s: %s", t->trace[i].athlete, t->trace[i].notes.text[k]);
}

static void solid_series_raise_no_alarm(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces_file("traces/gates-vescovi.csv", NULL, &a);
    no_doubts(&t);
    t = ht_traces_file("traces/gates-split-times.csv", NULL, &a);
    no_doubts(&t);
    t = ht_traces_file("traces/radar-jb-morin.csv", NULL, &a);
    no_doubts(&t);
    t = ht_traces_file("traces/gates-squad.csv", NULL, &a);
    no_doubts(&t);
    t = ht_traces_file("traces/gps-session.csv", NULL, &a);
    no_doubts(&t);
    static const char *const sheet[] = {
        "races/2008-beijing-men-100m-final.csv", "races/1987-rome-men-100m-final.csv",
        "races/1988-seoul-women-100m-final.csv", "races/1991-tokyo-men-100m-final.csv"};
    for (size_t i = 0; i < sizeof sheet / sizeof *sheet; i++) {
        t = ht_traces_file(sheet[i], NULL, &a);
        no_doubts(&t);
    }
    hm_arena_free(&a);
}

/* All of the table of races; the recalled series of Patton is known to fit no run. */
static void of_the_race_table_only_the_recalled_series_that_fits_no_run_is_doubted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_measure_opts o = hm_measure_opts_default();
    hm_err err = {0};
    hm_traces t;
    o.runs_by = "race_id";
    const char *path =
        hm_arena_printf(&a, "%s/measure_races_splits.csv", getenv("HM_TEST_DATA_DIR"));
    ht_no_error(hm_measure_read(path, &o, &a, &t, &err), &err);
    assert_int_equal(t.n, 10); /* eight of Berlin, Bolt in Beijing, Johnson in Rome */
    int n_patton = 0;
    for (int32_t i = 0; i < t.n; i++) {
        bool doubted = ht_noted(&t.trace[i].notes, "doubtful");
        n_patton += doubted && strcmp(t.trace[i].athlete, "Darvis Patton") == 0;
        if (doubted && strcmp(t.trace[i].athlete, "Darvis Patton") != 0) {
            ht_print_notes(&t.trace[i].notes);
            fail_msg("%s", t.trace[i].athlete);
        }
    }
    assert_int_equal(n_patton, 1);
    hm_arena_free(&a);
}

static void a_mistyped_mark_is_named(void **state)
{
    (void)state;
    static const double slip_s[] = {0.1, -0.1, 0.3, -0.3, 0.07};
    hm_arena a;
    hm_arena_init(&a, 0);
    for (size_t s = 0; s < sizeof slip_s / sizeof *slip_s; s++)
        for (int k = 1; k < 9; k++) { /* the first goes with any start, the last may ease up */
            double own[10];
            memcpy(own, bolt_2009, sizeof own);
            own[k] += slip_s[s];
            hm_trace t = marks(&a, own, 10, 0.146);
            t.athlete = "Bolt";
            hm_doubts d = doubts_of(&t, &a);
            const hm_doubt *trend = find(&d, HM_DOUBT_TREND);
            if (!trend || trend->obs != k)
                fail_msg("%g s at %d m: %s", slip_s[s], 10 * (k + 1), trend ? trend->text : "-");
        }
    hm_arena_free(&a);
}

static void splits_of_another_race_do_not_go_with_the_official_time(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    double own[10];
    memcpy(own, bolt_2009, sizeof own);
    own[9] = 9.37; /* as if the sum were wrong */
    hm_trace t = marks(&a, own, 10, 0.146);
    t.athlete = "Bolt";
    hm_doubts d = doubts_of(&t, &a);
    const hm_doubt *trend = find(&d, HM_DOUBT_TREND);
    assert_non_null(trend);
    assert_int_equal(trend->obs, 9);
    assert_non_null(strstr(trend->text, "is the official time of this race?"));
    assert_non_null(find(&d, HM_DOUBT_SPEED)); /* 10 m in 0.63 s */
    hm_arena_free(&a);
}

static void marks_of_a_known_race_under_another_name_are_named(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    double own[10];
    for (int k = 0; k < 10; k++)
        own[k] = bolt_2009[k] + (k % 2 ? 0.004 : -0.003); /* another printing */
    hm_trace t = marks(&a, own, 10, 0.146);
    t.athlete = "Tyson Gay";
    hm_doubts d = doubts_of(&t, &a);
    const hm_doubt *known = find(&d, HM_DOUBT_KNOWN);
    assert_non_null(known);
    assert_string_equal(known->text, "these are the marks of Usain Bolt, Berlin 2009");
    for (int k = 0; k < 10; k++)
        own[k] = bolt_2009[k] + 0.13;
    t = marks(&a, own, 10, 0.276);
    d = doubts_of(&t, &a);
    assert_non_null(strstr(find(&d, HM_DOUBT_KNOWN)->text, "moved by +0.130 s"));
    t.athlete = "BOLT, Usain";
    d = doubts_of(&t, &a);
    assert_null(find(&d, HM_DOUBT_KNOWN));
    hm_arena_free(&a);
}

static void times_that_leave_the_reaction_out_are_doubted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    double own[10];
    for (int k = 0; k < 10; k++)
        own[k] = bolt_2009[k] - 0.146;
    hm_trace t = marks(&a, own, 10, 0.146);
    t.athlete = "Bolt";
    hm_doubts d = doubts_of(&t, &a);
    const hm_doubt *start = find(&d, HM_DOUBT_START);
    assert_non_null(start);
    assert_int_equal(start->obs, 0);
    assert_non_null(strstr(start->text, "leave the reaction out?"));
    t.time_zero = HM_ZERO_FIRST_MOVEMENT; /* said so: then it is a start */
    d = doubts_of(&t, &a);
    assert_null(find(&d, HM_DOUBT_START));
    hm_arena_free(&a);
}

static void interpolated_marks_are_found(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    static const double line[10] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0};
    hm_trace t = marks(&a, line, 10, 0.15);
    hm_doubts d = doubts_of(&t, &a);
    assert_non_null(find(&d, HM_DOUBT_EVEN));
    /* 20 m marks of the same run, halved */
    double halved[10];
    for (int k = 0; k < 10; k += 2) {
        halved[k] = 0.5 * (bolt_2009[k + 1] + (k ? bolt_2009[k - 1] : 0.88));
        halved[k + 1] = bolt_2009[k + 1];
    }
    t = marks(&a, halved, 10, 0.146);
    t.athlete = "Bolt";
    d = doubts_of(&t, &a);
    assert_non_null(find(&d, HM_DOUBT_EVEN));
    assert_non_null(strstr(find(&d, HM_DOUBT_EVEN)->text, "every second mark from 30 m"));
    hm_arena_free(&a);
}

static void marks_from_a_formula_are_too_smooth(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    double own[10]; /* mono-exponential, 9.5 m/s and 1.2 s, by Newton; thousandths */
    for (int k = 0; k < 10; k++) {
        double x = 10 * (k + 1), s = x / 9.5 + 1.2;
        for (int i = 0; i < 50; i++)
            s -= (9.5 * (s - 1.2 * (1 - exp(-s / 1.2))) - x) / (9.5 * (1 - exp(-s / 1.2)));
        own[k] = round(1000 * (s + 0.15)) / 1000;
    }
    hm_trace t = marks(&a, own, 10, 0.15);
    hm_doubts d = doubts_of(&t, &a);
    assert_non_null(find(&d, HM_DOUBT_SMOOTH));
    assert_null(find(&d, HM_DOUBT_TREND));
    hm_arena_free(&a);
}

static void what_no_human_runs_is_doubted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces("t,v_mps\n0,1\n0.1,9\n0.2,14\n0.3,14\n0.4,14\n0.5,14\n", NULL, &a);
    assert_true(ht_noted(&t.trace->notes, "doubtful: 12.75 m/s") ||
                ht_noted(&t.trace->notes, "doubtful: 14.00 m/s"));
    t = ht_traces("x,t\n10,1.9\n20,2.91\n30,3.59\n", NULL, &a);
    assert_true(ht_noted(&t.trace->notes, "20 m to 30 m in 0.68 s is 14.71 m/s"));
    hm_measure_opts o = hm_measure_opts_default();
    o.doubt = false;
    t = ht_traces("x,t\n10,1.9\n20,2.91\n30,3.59\n", &o, &a);
    assert_int_equal(t.trace->notes.n, 0);
    hm_arena_free(&a);
}

static void the_same_run_twice_is_noted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces("athlete,5m,10m,15m,20m,30m\nA,1.201,1.967,2.656,3.314,4.591\n"
                            "B,1.158,1.893,2.541,3.149,4.313\nC,1.201,1.967,2.656,3.314,4.591\n"
                            "D,1.2,,,,\nE,1.2,,,,\n",
                            NULL, &a);
    assert_true(ht_noted(&t.trace[2].notes, "the same observations as those of 'A'"));
    for (int i = 0; i < 5; i++)
        assert_int_equal(ht_noted(&t.trace[i].notes, "same observations"), i == 2);
    /* so in hundredths; among the 144 of the squad two share six by chance, which is no doubt */
    t = ht_traces("athlete,5m,10m,15m,20m,30m\nA,1.20,1.97,2.66,3.31,4.59\n"
                  "B,1.20,1.97,2.66,3.31,4.59\n",
                  NULL, &a);
    assert_true(ht_noted(&t.trace[1].notes, "the same observations as those of 'A'"));
    t = ht_traces_file("traces/gates-squad.csv", NULL, &a);
    no_doubts(&t);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solid_series_raise_no_alarm),
        cmocka_unit_test(of_the_race_table_only_the_recalled_series_that_fits_no_run_is_doubted),
        cmocka_unit_test(a_mistyped_mark_is_named),
        cmocka_unit_test(splits_of_another_race_do_not_go_with_the_official_time),
        cmocka_unit_test(marks_of_a_known_race_under_another_name_are_named),
        cmocka_unit_test(times_that_leave_the_reaction_out_are_doubted),
        cmocka_unit_test(interpolated_marks_are_found),
        cmocka_unit_test(marks_from_a_formula_are_too_smooth),
        cmocka_unit_test(what_no_human_runs_is_doubted),
        cmocka_unit_test(the_same_run_twice_is_noted),
    };
    return cmocka_run_group_tests_name("measure/plausible", tests, NULL, NULL);
}
