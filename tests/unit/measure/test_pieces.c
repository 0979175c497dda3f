/* Times of pieces of the way in place of splits, and units that stand in the cells. */
#include "ht_measure.h"

static hm_arena arena;

static int begin(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

/* Bolt, Berlin 2009: pieces and their sums as printed. */
static const double split_s[] = {1.88, 2.88, 3.78, 4.64, 5.47};

static void is_bolt(const hm_trace *t)
{
    assert_int_equal(t->n_obs, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(t->obs[i].kind, HM_OBS_GATE);
        ht_near(t->obs[i].distance_m, 10 * (i + 1), 1e-9, 0);
        ht_near(t->obs[i].time_s, split_s[i], 1e-9, 0);
    }
}

static void columns_of_pieces_add_up_to_splits(void **state)
{
    (void)state;
    static const char *const header[] = {
        "0-10,10-20,20-30,30-40,40-50",
        "0-10 m,10-20 m,20-30 m,30-40 m,40-50 m",
        "t_0_10m_s,t_10_20m_s,t_20_30m_s,t_30_40m_s,t_40_50m_s",
        "Split 0-10m,Split 10-20m,Split 20-30m,Split 30-40m,Split 40-50m",
        "0–10 m,10–20 m,20–30 m,30–40 m,40–50 m",
        "0 to 10 m,10 to 20 m,20 to 30 m,30 to 40 m,40 to 50 m",
        "0m-10m,10m-20m,20m-30m,30m-40m,40m-50m"};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++) {
        hm_traces t =
            ht_traces(hm_arena_printf(&arena, "name,%s\nB,1.88,1.00,0.90,0.86,0.83\n", header[i]),
                      NULL, &arena);
        assert_int_equal(t.n, 1);
        is_bolt(t.trace);
        assert_true(ht_noted(&t.notes, "times of pieces of the way: their sums are the splits"));
    }
}

static void rows_of_pieces_add_up_in_any_order(void **state)
{
    (void)state;
    hm_traces t = ht_traces("name,distance,time\nB,0-10,1.88\nB,20-30,0.90\nB,10-20 m,1.00\n"
                            "B,30 - 40,0.86\nB,40-50,0.83\n",
                            NULL, &arena);
    assert_int_equal(t.n, 1);
    is_bolt(t.trace);
    assert_true(ht_noted(&t.trace->notes, "their sums are the splits"));
}

static void pieces_that_begin_down_the_track_start_the_clock_there(void **state)
{
    (void)state;
    hm_traces t = ht_traces("10-20 m,20-30 m,30-40 m\n1.00,0.90,0.86\n", NULL, &arena);
    assert_int_equal(t.trace->time_zero, HM_ZERO_FIRST_GATE);
    ht_near(t.trace->gate0_m, 10, 0, 0);
    ht_near(t.trace->obs[2].time_s, 2.76, 1e-12, 0);
    ht_near(t.trace->obs[2].distance_m, 40, 0, 0);
    t = ht_traces("x,t\n10-20,1.00\n20-30,0.90\n", NULL, &arena);
    ht_near(t.trace->gate0_m, 10, 0, 0);
    ht_near(t.trace->obs[1].time_s, 1.9, 1e-12, 0);
}

static void behind_a_missing_piece_no_split_is_known(void **state)
{
    (void)state;
    hm_traces t = ht_traces("0-10,10-20,20-30,30-40\n1.9,1.0,,0.9\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    ht_near(t.trace->obs[1].time_s, 2.9, 1e-12, 0);
    assert_true(ht_noted(&t.trace->notes, "2 values missing, the first on line 2"));
}

static void splits_beside_pieces_count(void **state)
{
    (void)state;
    hm_traces t = ht_traces("10 m,20 m,0-10,10-20\n1.9,2.95,1.9,1.05\n", NULL, &arena);
    assert_int_equal(t.trace->n_obs, 2);
    ht_near(t.trace->obs[1].time_s, 2.95, 0, 0);
    assert_true(ht_noted(&t.notes, "columns of pieces of the way are not used: there are splits"));
}

/* Columns that only say 10 m, 20 m: the times tell what they are, and that is noted. */
static void falling_times_that_look_like_pieces_are_taken_as_such(void **state)
{
    (void)state;
    hm_traces t = ht_traces("x,t\n10,1.88\n20,1.00\n30,0.90\n40,0.86\n50,0.83\n", NULL, &arena);
    is_bolt(t.trace);
    assert_true(ht_noted(&t.trace->notes, "the times fall from mark to mark: taken as those of"));
    /* what only falls, or falls once, is refused as before */
    ht_refused("x,t\n10,1.9\n20,1.8\n30,1.7\n40,1.6\n", NULL, HM_ERR_INPUT, "t.csv:3:4: 20 m:");
    ht_refused("x,t\n10,1.9\n20,3.2\n30,2.5\n40,5.6\n", NULL, HM_ERR_INPUT, "t.csv:4:4: 30 m:");
    ht_refused("x,t\n10,1.9\n20,1.1\n30,4.3\n40,5.6\n", NULL, HM_ERR_INPUT, "t.csv:3:4: 20 m:");
}

static void pieces_that_do_not_meet_are_refused_where_they_stand(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"0-10,10-20,30-40\n1.9,1.0,0.9\n", "t.csv:1:12: split: expected a piece from 20 m"},
        {"0-10,5-20,20-30\n1.9,1.0,0.9\n", "t.csv:1:6: split: expected a piece from 10 m"},
        {"0-10,10-20,10-20\n1.9,1.0,0.9\n", "t.csv:1:12: split: expected each piece once"},
        {"0-10,10-20\n1.9,-1.0\n", "t.csv:2:5: 20 m: expected a time above"},
        {"0-10,10-20\n1.9,fast\n", "t.csv:2:5: t_20m_s: expected a time, found 'fast'"},
        {"x,t\n0-10,1.9\n20-30,0.9\n", "t.csv:3:1: 30 m: expected a piece from 10 m"},
        {"x,t\n0-10,1.9\n20,2.9\n", "t.csv:3:1: 20 m: expected a piece like those of other rows"},
        {"x,t\n20-10,1.9\n20-30,0.9\n", "t.csv:2:1: distance_m: expected a piece that ends beyond"},
        {"x,t\n0-ten,1.9\n10-20,0.9\n", "t.csv:2:1: distance_m: expected a number"},
        {"x,t\n0-10,1.9\n10-20,0\n", "t.csv:3:7: 20 m: expected a time above 0 of a piece"},
        {"x,t\n0-1e9,1.9\n10-20,0\n", "t.csv:2:1: distance_m: expected a number from -10 to 500"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ht_refused(bad[i].text, NULL, HM_ERR_INPUT, bad[i].said);
}

static void a_unit_may_stand_in_the_cell(void **state)
{
    (void)state;
    hm_traces t = ht_traces("name,mass,stature,distance,time\nA,61 kg,168 cm,10 m,1.89 s\n"
                            "A,61 kg,168 cm,2000 cm,2960ms\nA,61 kg,168 cm,30,3.9\u00a0s\n",
                            NULL, &arena);
    const hm_trace *a = t.trace;
    assert_int_equal(a->n_obs, 3);
    ht_near(a->mass_kg, 61, 0, 0);
    ht_near(a->stature_m, 1.68, 1e-12, 0);
    ht_near(a->obs[0].time_s, 1.89, 0, 0);
    ht_near(a->obs[1].distance_m, 20, 1e-12, 0);
    ht_near(a->obs[1].time_s, 2.96, 1e-12, 0);
    ht_near(a->obs[2].time_s, 3.9, 0, 0);

    t = ht_traces("name;10 m;20 m\nA;1,89 s;2,96 s\n", NULL, &arena);
    ht_near(t.trace->obs[1].time_s, 2.96, 0, 0);

    t = ht_traces("t,v (km/h),sigma_mps\n0.1 s,3.6 km/h,0.1 m/s\n0.2 s,2 m/s,0.1\n0.3 s,10.8,0.1\n",
                  NULL, &arena);
    ht_near(t.trace->obs[0].speed_mps, 1, 1e-12, 0);
    ht_near(t.trace->obs[1].speed_mps, 2, 1e-12, 0); /* the cell's own unit wins */
    ht_near(t.trace->obs[2].speed_mps, 3, 1e-12, 0);
    ht_near(t.trace->obs[0].sigma_mps, 0.1, 1e-12, 0);

    t = ht_traces("x,t,sigma_s\n10,1.89,5 ms\n20,2.96,0.005\n", NULL, &arena);
    ht_near(t.trace->obs[0].sigma_s, 0.005, 1e-12, 0);
}

static void a_unit_of_something_else_is_refused(void **state)
{
    (void)state;
    ht_refused("x,t\n10 m,1.89 m\n20,2.96\n", NULL, HM_ERR_INPUT,
               "t.csv:2:6: time_s: expected a time, found '1.89 m'");
    ht_refused("x,t\n10 s,1.89\n20,2.96\n", NULL, HM_ERR_INPUT,
               "t.csv:2:1: distance_m: expected a number from -10 to 500, found '10 s'");
    ht_refused("x,t\n10 m m,1.89\n20,2.96\n", NULL, HM_ERR_INPUT, "t.csv:2:1: distance_m");
    ht_refused("x,t\n10,1.89 1.9 s\n20,2.96\n", NULL, HM_ERR_INPUT, "t.csv:2:4: time_s");
    ht_refused("x,t\n m,1.89\n20,2.96\n", NULL, HM_ERR_INPUT, "t.csv:2:2: distance_m");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(columns_of_pieces_add_up_to_splits),
        T(rows_of_pieces_add_up_in_any_order),
        T(pieces_that_begin_down_the_track_start_the_clock_there),
        T(behind_a_missing_piece_no_split_is_known),
        T(splits_beside_pieces_count),
        T(falling_times_that_look_like_pieces_are_taken_as_such),
        T(pieces_that_do_not_meet_are_refused_where_they_stand),
        T(a_unit_may_stand_in_the_cell),
        T(a_unit_of_something_else_is_refused),
    };
    return cmocka_run_group_tests_name("measure/pieces", tests, NULL, NULL);
}
