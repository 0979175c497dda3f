#include "ht_measure.h"

static hm_arena arena;

static int set_up(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static void gates_in_long_form_are_one_run_an_athlete(void **state)
{
    (void)state;
    hm_traces t = ht_traces_file("traces/gates-split-times.csv", NULL, &arena);
    static const char *const name[] = {"John", "Kimberley", "Jim", "James", "Samantha"};
    assert_int_equal(t.n, 5);
    assert_int_equal(t.notes.n, 0);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(t.trace[i].athlete, name[i]);
        assert_string_equal(t.trace[i].device, "gates");
        assert_int_equal(t.trace[i].n_obs, 6);
        assert_int_equal(t.trace[i].notes.n, 0);
        assert_int_equal(t.trace[i].time_zero, HM_ZERO_UNKNOWN);
    }
    const hm_obs *o = &t.trace[1].obs[5];
    assert_int_equal(o->kind, HM_OBS_GATE);
    ht_near(o->distance_m, 40, 0, 0);
    ht_near(o->time_s, 5.444, 0, 0);
    ht_near(t.trace[1].mass_kg, 55, 0, 0);
    assert_true(isnan(o->sigma_s) && isnan(o->speed_mps) && isnan(t.trace[1].wind_mps));
}

static void a_radar_run_comes_as_it_is(void **state)
{
    (void)state;
    hm_traces t = ht_traces_file("traces/radar-jb-morin.csv", NULL, &arena);
    assert_int_equal(t.n, 1);
    assert_int_equal(t.notes.n, 0);
    assert_int_equal(t.trace->n_obs, 232);
    assert_int_equal(t.trace->notes.n, 0);
    assert_int_equal(t.trace->obs[0].kind, HM_OBS_SPEED);
    ht_near(t.trace->obs[0].speed_mps, 0.03, 0, 0);
    ht_near(t.trace->obs[231].time_s, 4.93, 0, 0);
    ht_near(t.trace->stature_m, 1.72, 0, 0);
}

static void the_wide_form_is_one_run_a_row(void **state)
{
    (void)state;
    hm_traces t = ht_traces_file("traces/gates-vescovi.csv", NULL, &arena);
    assert_int_equal(t.n, 26);
    const hm_trace *one = &t.trace[0];
    assert_string_equal(one->athlete, "FMSS-130");
    assert_int_equal(one->n_obs, 5);
    ht_near(one->obs[4].distance_m, 35, 0, 0);
    ht_near(one->obs[4].time_s, 5.04, 0, 0);
    ht_near(one->stature_m, 1.634, 1e-12, 0);
    ht_near(one->age_yr, 21, 0, 0);
    ht_near(one->mass_kg, 54.8, 0, 0);
    assert_true(ht_noted(&t.notes, "column 'surface' is not used"));
}

static void a_session_holds_the_runs_of_many(void **state)
{
    (void)state;
    hm_traces t = ht_traces_file("traces/gates-squad.csv", NULL, &arena);
    assert_int_equal(t.n, 144); /* 24 runners, three days, two trials */
    assert_int_equal(t.notes.n, 0);
    assert_string_equal(t.trace[143].athlete, "Yuki");
    assert_string_equal(t.trace[143].run, "2");
    assert_string_equal(t.trace[143].date, "2026-06-01");
    assert_int_equal(t.trace[143].n_obs, 6);
    assert_int_equal(t.trace[143].time_zero, HM_ZERO_FIRST_GATE);
    ht_near(t.trace[143].gate0_m, 0.3, 0, 0);
    t = ht_traces_file("traces/gps-session.csv", NULL, &arena);
    assert_int_equal(t.n, 12);
    assert_int_equal(t.trace[0].n_obs, 120);
    assert_string_equal(t.trace[11].athlete, "Chiara");
    assert_string_equal(t.trace[11].run, "4");
    assert_string_equal(t.trace[11].date, "2026-03-14");
    ht_near(t.trace[4].mass_kg, 77, 0, 0);
    assert_int_equal(t.trace[0].obs[0].kind, HM_OBS_SPEED);
}

/* The same three marks however they are written. */
static void many_headers_mean_the_same(void **state)
{
    (void)state;
    static const char *const text[] = {
        "distance_m,time_s\n5,1.5\n10,2.25\n20,3.5\n",
        "Distanz [m];Zeit [s]\n5;1,5\n10;2,25\n20;3,5\n",
        "\xef\xbb\xbfTime (ms)\tDist (cm)\r\n1500\t500\r\n2250\t1000\r\n3500\t2000\r\n",
        "距離(m),タイム(秒)\n5,1.5\n10,2.25\n20,3.5\n",
        "\"time_s\", \"distance\"\n\"1.5\", 5\n 2.25 ,10\n3.5,\"20\"\n",
        "t_5m_s,t_10m_s,t_20m_s\n1.5,2.25,3.5\n",
        "20m;10 m;5m\n3,5;2,25;1,5\n",
        "split_5,split_10,split_20\n1.5,2.25,3.5\n",
        "Zeit 5m [s]\tZeit 10m [s]\tZeit 20m [s]\n1.5\t2.25\t3.5\n",
        "# a remark\n\n# wind_mps: 1.0\ndist,time\n# in between\n5,1.5\n\n10,0:02.25\n20,3.5\n",
        "time,distance\n1.5,5\n3.5,20\n2.25,10\n",
    };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        hm_traces t = ht_traces(text[i], NULL, &arena);
        assert_int_equal(t.n, 1);
        static const double want[3][2] = {{5, 1.5}, {10, 2.25}, {20, 3.5}};
        assert_int_equal(t.trace->n_obs, 3);
        for (int k = 0; k < 3; k++) {
            ht_near(t.trace->obs[k].distance_m, want[k][0], 1e-12, 0);
            ht_near(t.trace->obs[k].time_s, want[k][1], 1e-12, 0);
            assert_int_equal(t.trace->obs[k].kind, HM_OBS_GATE);
        }
    }
}

static void old_macintosh_lines_are_lines(void **state)
{
    (void)state;
    hm_traces t = ht_traces("x,t\r5,1.5\r10,2.25\r", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
}

static void speeds_come_in_any_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int unit;
    } same[] = {
        {"time_s,speed_mps\n0,5\n1,10\n", HM_SPEED_AUTO},
        {"time,speed (km/h)\n0,18\n1,36\n", HM_SPEED_AUTO},
        {"Zeit;Geschwindigkeit [km/h]\n0;18,0\n1;36,0\n", HM_SPEED_AUTO},
        {"t,v_kmh\n0,18\n1,36\n", HM_SPEED_AUTO},
        {"t,velocity\n0,18\n1,36\n", HM_SPEED_KMH},
        {"t,velocity\n0,5\n1,10\n", HM_SPEED_AUTO},
        {"t,speed_mph\n0,11.184681460272\n1,22.369362920544\n", HM_SPEED_MPS},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        hm_measure_opts o = hm_measure_opts_default();
        o.speed_unit = same[i].unit;
        hm_traces t = ht_traces(same[i].text, &o, &arena);
        ht_near(t.trace->obs[0].speed_mps, 5, 1e-12, 0);
        ht_near(t.trace->obs[1].speed_mps, 10, 1e-12, 0);
        assert_int_equal(t.trace->obs[1].kind, HM_OBS_SPEED);
    }
    hm_traces bare = ht_traces("t,v\n0,1\n", NULL, &arena);
    assert_true(ht_noted(&bare.notes, "taken as m/s"));
    ht_refused("t,v\n0,1\n1,36\n", NULL, HM_ERR_INPUT,
               "t.csv:3:3: speed_mps: expected a speed up to");
}

static void rows_of_a_run_need_not_stand_together(void **state)
{
    (void)state;
    hm_traces t = ht_traces("athlete,run,date,x,t,mass\n"
                            "A,1,2026-05-01,5,1.1,70\nB,1,2026-05-01,5,1.2,80\n"
                            "A,2,2026-05-01,5,1.3,\nA,1,2026-05-01,10,1.9,70\n"
                            "B,1,2026-05-01,10,2.0,80\nA,2,2026-05-01,10,2.1,70\n"
                            "A,1,2026-05-02,5,1.4,71\n",
                            NULL, &arena);
    assert_int_equal(t.n, 4);
    static const struct {
        const char *athlete, *run, *date;
        int n;
        double first_s, mass_kg;
    } want[] = {{"A", "1", "2026-05-01", 2, 1.1, 70},
                {"B", "1", "2026-05-01", 2, 1.2, 80},
                {"A", "2", "2026-05-01", 2, 1.3, 70},
                {"A", "1", "2026-05-02", 1, 1.4, 71}};
    for (int i = 0; i < 4; i++) {
        assert_string_equal(t.trace[i].athlete, want[i].athlete);
        assert_string_equal(t.trace[i].run, want[i].run);
        assert_string_equal(t.trace[i].date, want[i].date);
        assert_int_equal(t.trace[i].n_obs, want[i].n);
        ht_near(t.trace[i].obs[0].time_s, want[i].first_s, 0, 0);
        ht_near(t.trace[i].mass_kg, want[i].mass_kg, 0, 0);
    }
}

static void any_column_may_tell_runs_apart(void **state)
{
    (void)state;
    hm_measure_opts o = hm_measure_opts_default();
    o.runs_by = "Shoe";
    hm_traces t =
        ht_traces("shoe,x,t\nred,5,1.1\nblue,5,1.2\nred,10,1.9\nblue,10,2.0\n", &o, &arena);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.trace[1].n_obs, 2);
    ht_refused("x,t\n5,1.1\n", &o, HM_ERR_USAGE, "a column 'Shoe' in the header");
}

static void head_lines_speak_for_all_runs(void **state)
{
    (void)state;
    hm_traces t = ht_traces("# athlete: Ann\n# date: 01.05.2026\n# wind: 0,4 m/s\n"
                            "# stature: 172 cm\n# weight: 60 kg,,,\n# pressure: 1003 hPa\n"
                            "# temperature: 24 °C\n# time zero: gun\n# gate0: 0.3 m\n"
                            "# reaction: 0.15\n# Source: a club: not ours\n# widn: 3\n"
                            "# rounded_up: 10 ms\n"
                            "x,t,altitude\n5,1.2,600\n10,1.9,600\n",
                            NULL, &arena);
    assert_string_equal(t.trace->athlete, "Ann");
    assert_string_equal(t.trace->date, "2026-05-01");
    ht_near(t.trace->wind_mps, 0.4, 0, 0);
    ht_near(t.trace->stature_m, 1.72, 1e-12, 0);
    ht_near(t.trace->mass_kg, 60, 0, 0);
    ht_near(t.trace->pressure_pa, 100300, 1e-9, 0);
    ht_near(t.trace->temp_c, 24, 0, 0);
    ht_near(t.trace->gate0_m, 0.3, 0, 0);
    ht_near(t.trace->rounded_up_s, 0.01, 1e-12, 0);
    ht_near(t.trace->altitude_m, 600, 0, 0);
    assert_int_equal(t.notes.n, 1);
    assert_true(ht_noted(&t.notes, "line 12: unknown key 'widn': did you mean 'wind_mps'?"));
}

static void unknown_columns_are_notes(void **state)
{
    (void)state;
    hm_traces t = ht_traces("distnace_m,x,t,colour\n1,5,1.2,red\n", NULL, &arena);
    assert_true(ht_noted(&t.notes,
                         "line 1, column 1: unknown column 'distnace_m' is not used: did you mean "
                         "'distance_m'?"));
    assert_true(ht_noted(&t.notes, "column 16: unknown column 'colour'"));
}

static void what_is_wrong_is_said_where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"", "the file is empty"},
        {"# x: 1\n\n", "the file is empty"},
        {"a,b\n1,2\n", "t.csv:1:1: time_s: expected columns time_s and"},
        {"x,t\n", "t.csv:2:1: expected rows below the header"},
        {"x,t\n5,\n", "expected numbers below the header"},
        {"x,t\n5,1.2\n10,abc\n", "t.csv:3:4: time_s: expected a time, found 'abc'"},
        {"x,t\n5,1.2\n1000,3\n", "t.csv:3:1: distance_m: expected a number from -10 to 500"},
        {"x,t\n5,1,2\n", "t.csv:2:5: expected 2 cells as in the header, found 3 (with decimal"},
        {"x,t\n5,1.2\n10,1.1\n",
         "t.csv:3:4: 10 m: expected a time above the 1.2 s at 5 m, found 1.1 s"},
        {"x,t\n5,1.2\n10,1.9\n5,1.3\n", "t.csv:4:1: 5 m: expected each distance once in a run"},
        {"t,v\n0,1\n0.2,2\n0.1,3\n", "t.csv:4:1: time_s: expected a time not before"},
        {"x,t,mass\n5,1.2,7\n", "t.csv:2:7: mass_kg: expected a number from 8 to 220"},
        {"x,t,pressure\n5,1.2,760\n", "t.csv:2:7: pressure_pa: expected a pressure in Pa"},
        {"x,t,lane\n5,1.2,11\n", "t.csv:2:7: lane: expected a lane from 1 to 10, found '11'"},
        {"x,t,kind\n5,1.2,door\n", "t.csv:2:7: kind: expected gate, finish"},
        {"x,t,x\n5,1.2,5\n", "t.csv:1:5: distance_m: expected one column of this name"},
        {"5m,10m,5 m\n1,2,3\n", "t.csv:1:8: split: expected each distance once"},
        {"5m,t,x\n1,2,3\n", "found both"},
        {"x,t\n5,\"1.2\n", "t.csv:2:7: expected a closing quote"},
        {"x,t\n5,1\"2\n", "t.csv:2:4: expected quotes around a whole cell"},
        {"x,t\n5,\"1\"2\n", "t.csv:2:6: expected the end of a quoted cell"},
        {"x,t\n0,0\n", "t.csv:2:1: 0 m: expected marks beyond the start"},
        {"a,5m,10m,20m\nA,1.1,2,3\nB,1.1,\"2.5\", 2.4\n",
         "t.csv:3:14: 20 m: expected a time above the 2.5 s at 10 m, found 2.4 s"},
        {"x,t,time zero\n5,1,now\n", "time_zero: expected gun, first_movement"},
        {"x\xff,t\n", "t.csv:1:2: expected UTF-8 text, found the byte 0xff"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ht_refused(bad[i].text, NULL, HM_ERR_INPUT, bad[i].said);
}

static void other_files_are_told_from_tables(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"RDX3\nX\n", "R's own data (.rda of R, not of a Stalker radar)"},
        {"\x1f\x8b\x08", "compressed"},
        {"BZh91AY", "bunzip2"},
        {"\xfd\x37zXZ", "unxz"},
        {"PK\x03\x04", "save the table as CSV"},
        {"{\"format\": \"hectometre-race\", \"version\": 1}", "found a race"},
        {"[1, 2]", "another JSON file"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ht_refused(bad[i].text, NULL, HM_ERR_INPUT, bad[i].said);
}

static void a_trace_of_our_own_is_read_too(void **state)
{
    (void)state;
    hm_traces t =
        ht_traces("{\"format\": \"hectometre-trace\", \"version\": 1, \"athlete\": \"A\", "
                  "\"run\": \"\", \"date\": \"\", \"device\": \"\", \"time_zero\": \"gun\","
                  "\"notes\": [], \"observations\": [{\"kind\": \"gun\", \"time_s\": 1}]}",
                  NULL, &arena);
    assert_int_equal(t.n, 1);
    assert_string_equal(t.trace->athlete, "A");
}

static void missing_values_are_left_out_and_counted(void **state)
{
    (void)state;
    hm_traces t =
        ht_traces("athlete,x,t,mass\nA,5,1.2,NA\nA,10,NA,70\nA,15,,\nA,20,3.3,\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    ht_near(t.trace->mass_kg, 70, 0, 0);
    assert_true(ht_noted(&t.trace->notes, "2 values missing, the first on line 3"));
    t = ht_traces("athlete,5m,10m,20m\nA,1.1,,3.1\nB,,,\nC,1.2,2,-\n", NULL, &arena);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.trace[0].n_obs, 2);
    assert_true(ht_noted(&t.notes, "1 runs hold no numbers"));
}

static void a_device_may_write_above_its_header(void **state)
{
    (void)state;
    hm_traces t = ht_traces("Witty export 3.1\nAthlete;\"Ann\"\nMass;61,5 kg;;\nWind: -0,4 m/s\n"
                            "Gates;6\n\nDistance [m];Time [s]\n5;1,2\n10;1,9\n",
                            NULL, &arena);
    assert_int_equal(t.n, 1);
    assert_int_equal(t.trace->n_obs, 2);
    assert_string_equal(t.trace->athlete, "Ann");
    ht_near(t.trace->mass_kg, 61.5, 0, 0);
    ht_near(t.trace->wind_mps, -0.4, 0, 0);
    assert_int_equal(t.notes.n, 1);
    assert_true(ht_noted(&t.notes, "the header is line 7: of the 5 lines above"));
}

static void files_put_together_repeat_their_header(void **state)
{
    (void)state;
    hm_traces t = ht_traces("name,x,t\nA,5,1.2\nname,x,t\nB,5,1.3\n", NULL, &arena);
    assert_int_equal(t.n, 2);
    assert_true(ht_noted(&t.notes, "1 rows repeat the header"));
}

static void what_is_there_twice_is_taken_once(void **state)
{
    (void)state;
    hm_traces t =
        ht_traces("id,name,time,speed_mps,velocity,timestamp\n7,A,0,1,2,3\n", NULL, &arena);
    assert_string_equal(t.trace->athlete, "7");
    ht_near(t.trace->obs[0].speed_mps, 1, 0, 0);
    ht_near(t.trace->obs[0].time_s, 0, 0, 0);
    assert_true(ht_noted(&t.notes, "column 4: column 'name' is not used") &&
                ht_noted(&t.notes, "'velocity' is not used") &&
                ht_noted(&t.notes, "'timestamp' is not used"));
    t = ht_traces("name,10m,20m,time\nA,1.9,3,9\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    assert_true(ht_noted(&t.notes, "column 'time' is not used"));
}

static void a_name_may_stand_on_its_first_row_alone(void **state)
{
    (void)state;
    hm_traces t = ht_traces("name,x,t\nA,5,1.2\n,10,1.9\nB,5,1.3\n,10,2.0\n", NULL, &arena);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.trace[1].n_obs, 2);
    assert_true(ht_noted(&t.notes, "2 rows name no run"));
}

/* Text of n samples at 50 Hz of x = v t^2, some of it shaken. */
static char *samples(int n, const char *header, bool by_place)
{
    char *text = hm_arena_push(&arena, (size_t)n + 1, 40);
    size_t at = (size_t)sprintf(text, "%s\n", header);
    for (int i = 1; i <= n; i++) {
        double t = 0.02 * i, x = 1.5 * t * t;
        if (by_place) {
            x = 0.5 * i;
            t = sqrt(x / 1.5);
        }
        at += (size_t)sprintf(text + at, "%.3f,%.4f\n", t, x);
    }
    return text;
}

static void even_samples_are_positions_and_uneven_marks_are_gates(void **state)
{
    (void)state;
    assert_int_equal(ht_traces(samples(60, "t,x", false), NULL, &arena).trace->obs[0].kind,
                     HM_OBS_POSITION);
    assert_int_equal(ht_traces(samples(20, "t,x", false), NULL, &arena).trace->obs[0].kind,
                     HM_OBS_GATE);
    assert_int_equal(ht_traces(samples(60, "t,x", true), NULL, &arena).trace->obs[0].kind,
                     HM_OBS_GATE);
    hm_measure_opts o = hm_measure_opts_default();
    o.kind = HM_MEASURE_GATE;
    assert_int_equal(ht_traces(samples(60, "t,x", false), &o, &arena).trace->obs[0].kind,
                     HM_OBS_GATE);
    o.kind = HM_MEASURE_SPEED;
    ht_refused("t,x\n1,5\n", &o, HM_ERR_USAGE, "a column of speeds");
    ht_refused("5m,10m\n1,2\n", &o, HM_ERR_USAGE, "the kind gate with columns of splits");
    ht_refused("lane,name,time\n1,A,10\n", &o, HM_ERR_USAGE, "the kind gate for a race sheet");
}

static void dropped_samples_are_noted(void **state)
{
    (void)state;
    char *text = samples(60, "t,x", false), *cut = strstr(text, "0.600,");
    memmove(cut, strstr(text, "0.680,"), strlen(strstr(text, "0.680,")) + 1);
    hm_traces t = ht_traces(text, NULL, &arena);
    assert_int_equal(t.trace->n_obs, 56);
    assert_true(ht_noted(&t.trace->notes,
                         "1 gap between samples of 0.02 s, the longest of 0.1 s at "
                         "0.580 s"));
}

static void a_clock_that_runs_on_counts_from_the_first(void **state)
{
    (void)state;
    hm_traces t =
        ht_traces("time,speed_mps\n2026-05-01T12:00:00.00Z,0.5\n2026-05-01T12:00:00.10Z,1\n"
                  "2026-05-01T12:00:00.20Z,2\n",
                  NULL, &arena);
    ht_near(t.trace->obs[0].time_s, 0, 0, 0);
    ht_near(t.trace->obs[2].time_s, 0.2, 1e-9, 0);
    assert_true(ht_noted(&t.trace->notes, "times count from the first, 43200 s"));
}

static void the_first_gate_may_start_the_clock(void **state)
{
    (void)state;
    hm_traces t = ht_traces("x,t\n0,0\n5,1.2\n10,1.9\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    assert_int_equal(t.trace->time_zero, HM_ZERO_FIRST_GATE);
    ht_near(t.trace->gate0_m, 0, 0, 0);
    assert_true(ht_noted(&t.trace->notes, "starts the clock"));
    t = ht_traces("x,t,reaction_s\n5,1.2,0.15\n10,1.9,\n", NULL, &arena);
    assert_int_equal(t.trace->time_zero, HM_ZERO_GUN);
    assert_true(ht_noted(&t.trace->notes, "count from the gun"));
}

static void sigmas_go_with_what_is_observed(void **state)
{
    (void)state;
    hm_traces t = ht_traces("x,t,sigma\n5,1.2,0.01\n10,1.9,\n", NULL, &arena);
    ht_near(t.trace->obs[0].sigma_s, 0.01, 0, 0);
    assert_true(isnan(t.trace->obs[1].sigma_s) && isnan(t.trace->obs[0].sigma_m));
    t = ht_traces("t,v_mps,sigma\n5,1.2,0.2\n", NULL, &arena);
    ht_near(t.trace->obs[0].sigma_mps, 0.2, 0, 0);
    t = ht_traces("x,t,sigma_s,sigma_m\n5,1.2,0.01,0.03\n", NULL, &arena);
    ht_near(t.trace->obs[0].sigma_m, 0.03, 0, 0);
}

static void doubled_rows_count_once_and_kinds_may_be_told(void **state)
{
    (void)state;
    hm_traces t = ht_traces("x,t\n5,1.2\n5,1.2\n10,1.9\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    assert_true(ht_noted(&t.trace->notes, "1 observations stand twice"));
    t = ht_traces(
        "kind,x,t,v_mps\ngun,,-0.1,\nspeed,,0.5,3\nstep_on,,0.6,\ngate,10,2,\nfinish,60,7,\n", NULL,
        &arena);
    static const hm_obs_kind want[] = {HM_OBS_GUN, HM_OBS_SPEED, HM_OBS_STEP_ON, HM_OBS_GATE,
                                       HM_OBS_FINISH};
    assert_int_equal(t.trace->n_obs, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(t.trace->obs[i].kind, want[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(gates_in_long_form_are_one_run_an_athlete),
        T(a_radar_run_comes_as_it_is),
        T(the_wide_form_is_one_run_a_row),
        T(a_session_holds_the_runs_of_many),
        T(many_headers_mean_the_same),
        T(old_macintosh_lines_are_lines),
        T(speeds_come_in_any_unit),
        T(rows_of_a_run_need_not_stand_together),
        T(any_column_may_tell_runs_apart),
        T(head_lines_speak_for_all_runs),
        T(unknown_columns_are_notes),
        T(what_is_wrong_is_said_where_it_stands),
        T(other_files_are_told_from_tables),
        T(a_trace_of_our_own_is_read_too),
        T(missing_values_are_left_out_and_counted),
        T(a_device_may_write_above_its_header),
        T(files_put_together_repeat_their_header),
        T(what_is_there_twice_is_taken_once),
        T(a_name_may_stand_on_its_first_row_alone),
        T(even_samples_are_positions_and_uneven_marks_are_gates),
        T(dropped_samples_are_noted),
        T(a_clock_that_runs_on_counts_from_the_first),
        T(the_first_gate_may_start_the_clock),
        T(sigmas_go_with_what_is_observed),
        T(doubled_rows_count_once_and_kinds_may_be_told),
#undef T
    };
    return cmocka_run_group_tests_name("measure/table", tests, NULL, NULL);
}
