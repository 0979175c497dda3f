#include "ht_measure.h"

static void a_lane_of_a_sheet_is_a_trace_from_the_gun(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces_file("races/2009-berlin-men-100m-final.csv", NULL, &a);
    const hm_trace *bolt = NULL;
    for (int32_t i = 0; i < t.n; i++)
        if (strcmp(t.trace[i].athlete, "Usain Bolt") == 0)
            bolt = &t.trace[i];
    assert_non_null(bolt);
    assert_int_equal(bolt->n_obs, 10);
    assert_int_equal(bolt->time_zero, HM_ZERO_GUN);
    assert_int_equal(bolt->obs[0].lane, 4);
    assert_int_equal(bolt->obs[0].kind, HM_OBS_GATE);
    assert_int_equal(bolt->obs[9].kind, HM_OBS_FINISH);
    ht_near(bolt->obs[9].distance_m, 100, 0, 0);
    ht_near(bolt->obs[9].time_s, 9.58, 0, 0);
    ht_near(bolt->reaction_s, 0.146, 0, 0);
    ht_near(bolt->rounded_up_s, 0.01, 0, 0); /* official times are */
    ht_near(bolt->wind_mps, 0.9, 0, 0);
    assert_true(ht_noted(&t.notes, "lanes without splits left out: 5, 6, 7 (the option lane"));
    hm_arena_free(&a);
}

static void what_official_times_were_rounded_to_is_seen_in_their_digits(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces("lane,name,split_60_s,time_s\n1,A,6.5,10.23\n2,B,6.6,10.231\n"
                            "3,C,6.7,10.3\n4,D,6.8,DNF\n",
                            NULL, &a);
    assert_int_equal(t.n, 4);
    ht_near(t.trace[0].rounded_up_s, 0.01, 0, 0);
    ht_near(t.trace[1].rounded_up_s, 0.001, 0, 0);
    ht_near(t.trace[2].rounded_up_s, 0.1, 0, 0);
    assert_true(isnan(t.trace[3].rounded_up_s)); /* no official time */
    hm_arena_free(&a);
}

static void one_lane_may_be_asked_for(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_measure_opts o = hm_measure_opts_default();
    o.lane = 5;
    hm_traces t = ht_traces_file("races/2009-berlin-men-100m-final.csv", &o, &a);
    assert_int_equal(t.n, 1);
    assert_string_equal(t.trace->athlete, "Tyson Gay");
    assert_int_equal(t.trace->n_obs, 1);
    o.lane = 10;
    ht_refused("lane,name,time_s\n1,A,10\n", &o, HM_ERR_USAGE, "expected lane 10 in the sheet");
    o.lane = 1;
    ht_refused("lane,name,time_s\n1,A,DNS\n", &o, HM_ERR_INPUT, "a time in lane 1");
    ht_refused("x,t\n1,1\n", &o, HM_ERR_USAGE, "lane: expected a race sheet");
    ht_refused("lane,name,time_s\n1,A,10\n", NULL, HM_ERR_INPUT, "found official times alone");
    ht_refused("lane,name,time_s\n1,A,abc\n", NULL, HM_ERR_INPUT, "t.csv:2:5: time_s");
    hm_arena_free(&a);
}

/* n speeds of a run at 46.875 Hz, in units of 1 / worth m/s, one a line. */
static char *speeds(hm_arena *a, const char *heading, int n, double worth, char decimal)
{
    char *text = hm_arena_push(a, strlen(heading) + 32 * (size_t)n, 1);
    size_t at = (size_t)sprintf(text, "%s", heading);
    for (int i = 0; i < n; i++) {
        at += (size_t)sprintf(text + at, "%.1f\r\n", 9 * (1 - exp(-i / 46.875 / 1.3)) / worth);
        text[at - 4] = decimal;
    }
    return text;
}

static void radar_lines_are_samples_at_a_fixed_rate(void **state)
{
    (void)state;
    static const struct {
        const char *heading;
        double worth;
        char decimal;
        int unit, n_heading;
    } row[] = {
        {"", 1, '.', HM_SPEED_MPS, 0},
        {"Stalker ATS\nRun 3\n\n", 1, ',', HM_SPEED_MPS, 0},
        {"Stalker ATS\nUnits: km/h\n", 1 / 3.6, ',', HM_SPEED_AUTO, 0},
        {"ATS 46.875 Hz (mph)\n", 1609.344 / 3600, '.', HM_SPEED_AUTO, 0},
        {"Stalker\n46,875\n", 1, ',', HM_SPEED_MPS, 1},
        {"17\n2026\nkm/h\n99\n", 1 / 3.6, '.', HM_SPEED_AUTO, 1},
        {"Speed (km/h)\n", 1 / 3.6, '.', HM_SPEED_AUTO, 0},
        {"# athlete: Ann\n# mass: 61 kg\n", 1, '.', HM_SPEED_MPS, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_measure_opts o = hm_measure_opts_default();
        o.speed_unit = row[i].unit;
        char *text = speeds(&a, row[i].heading, 240, row[i].worth, row[i].decimal);
        hm_traces t = ht_traces(text, &o, &a);
        assert_int_equal(t.n, 1);
        assert_int_equal(t.trace->n_obs, 240);
        assert_int_equal(t.trace->obs[0].kind, HM_OBS_SPEED);
        ht_near(t.trace->obs[0].speed_mps, 0, 0.06, 0);
        ht_near(t.trace->obs[47].time_s, 47 / 46.875, 1e-12, 0);
        ht_near(t.trace->obs[47].speed_mps, 9 * (1 - exp(-47 / 46.875 / 1.3)), 0.06, 0);
        assert_string_equal(t.trace->device, "radar");
        assert_true(ht_noted(&t.trace->notes, "46.875 samples a second"));
        assert_int_equal(ht_noted(&t.trace->notes, "taken for a heading"), row[i].n_heading);
        hm_arena_free(&a);
    }
}

static void a_radar_file_without_unit_asks_for_it(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char *text = speeds(&a, "Stalker\n", 240, 1 / 3.6, '.');
    ht_refused(text, NULL, HM_ERR_USAGE, "the largest, 31.8, would be 31.8, 8.833 or 14.22 m/s");
    hm_measure_opts o = hm_measure_opts_default();
    ht_refused(text, &o, HM_ERR_USAGE, "t.csv:2:1: speed_unit");
    o.speed_unit = HM_SPEED_MPS;
    ht_refused(text, &o, HM_ERR_INPUT, "a speed from -5 to 20 m/s in the unit chosen");
    hm_arena_free(&a);
}

static void lines_without_a_number_are_counted(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_measure_opts o = hm_measure_opts_default();
    o.speed_unit = HM_SPEED_MPS;
    o.sample_rate_hz = 100;
    char *text = speeds(&a, "", 60, 1, '.');
    memcpy(text + strlen(text) - 5, "---\r\n", 5);
    hm_traces t = ht_traces(text, &o, &a);
    assert_int_equal(t.trace->n_obs, 59);
    ht_near(t.trace->obs[58].time_s, 0.58, 1e-12, 0);
    assert_true(ht_noted(&t.trace->notes, "1 lines among the samples hold no number, the first is "
                                          "line 60"));
    hm_arena_free(&a);
}

static void put_float(unsigned char *to, float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(bits >> 8 * i);
}

/* RFC 4648, with a line feed every 76 characters. */
static char *base64(hm_arena *a, const unsigned char *b, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = hm_arena_push(a, 2 * n + 8, 1), *at = text;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)b[i] << 16;
        v |= i + 1 < n ? (uint32_t)b[i + 1] << 8 : 0;
        v |= i + 2 < n ? b[i + 2] : 0;
        for (int k = 0; k < 4; k++)
            *at++ = i + (size_t)k > n ? '=' : digit[v >> (18 - 6 * k) & 63];
        if (i % 57 == 54)
            *at++ = '\n';
    }
    return text;
}

static void a_1080_motion_record_is_twenty_bytes(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    enum { N = 101 };
    unsigned char bytes[20 * N];
    for (int i = 0; i < N; i++) {
        float v[5] = {(float)i / 64, 0.5f * (float)i / 64, 0.5f, 0, 30};
        for (int k = 0; k < 5; k++)
            put_float(bytes + 20 * i + 4 * k, v[k]);
    }
    hm_traces t = ht_traces(base64(&a, bytes, sizeof bytes), NULL, &a);
    assert_int_equal(t.trace->n_obs, N);
    assert_string_equal(t.trace->device, "1080 Motion");
    assert_int_equal(t.trace->obs[7].kind, HM_OBS_SPEED);
    ht_near(t.trace->obs[100].time_s, 100 / 64.0, 0, 0);
    ht_near(t.trace->obs[100].distance_m, 50 / 64.0, 0, 0);
    ht_near(t.trace->obs[100].speed_mps, 0.5, 0, 0);
    hm_measure_opts o = hm_measure_opts_default();
    o.kind = HM_MEASURE_POSITION;
    t = ht_traces(base64(&a, bytes, sizeof bytes), &o, &a);
    assert_int_equal(t.trace->obs[7].kind, HM_OBS_POSITION);
    ht_refused(base64(&a, bytes, sizeof bytes - 1), NULL, HM_ERR_INPUT,
               "records of 20 bytes (1080 Motion), found 2019 bytes");
    put_float(bytes + 20 * 3, NAN);
    ht_refused(base64(&a, bytes, sizeof bytes), NULL, HM_ERR_INPUT, "of a run in record 4");
    hm_arena_free(&a);
}

static void a_table_of_numbers_alone_lacks_its_header(void **state)
{
    (void)state;
    ht_refused("0.1,0.2\n0.2,0.4\n", NULL, HM_ERR_INPUT,
               "t.csv:1:1: expected a header row that names the columns, found numbers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lane_of_a_sheet_is_a_trace_from_the_gun),
        cmocka_unit_test(what_official_times_were_rounded_to_is_seen_in_their_digits),
        cmocka_unit_test(one_lane_may_be_asked_for),
        cmocka_unit_test(radar_lines_are_samples_at_a_fixed_rate),
        cmocka_unit_test(a_radar_file_without_unit_asks_for_it),
        cmocka_unit_test(lines_without_a_number_are_counted),
        cmocka_unit_test(a_1080_motion_record_is_twenty_bytes),
        cmocka_unit_test(a_table_of_numbers_alone_lacks_its_header),
    };
    return cmocka_run_group_tests_name("measure/devices", tests, NULL, NULL);
}
