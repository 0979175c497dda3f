#include "odds_support.h"

#include "race/heat.h"

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

/* Moments of the greatest of n normal numbers: closed forms for 1 to 3, else Tippett's tables. */
static void the_best_of_many_is_what_order_statistics_say(void **state)
{
    (void)state;
    const double pi = 3.14159265358979323846;
    const struct {
        int32_t n;
        double mean, var;
    } want[] = {{1, 0, 1},
                {2, 1 / sqrt(pi), 1 - 1 / pi},
                {3, 1.5 / sqrt(pi), 1 + (2 * sqrt(3) - 9) / (4 * pi)},
                {5, 1.16296447, 0.44753407},
                {10, 1.53875273, 0.34434382}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        hm_best_law l = hm_best_law_of(want[i].n);
        ht_near(l.below, want[i].mean, 1e-4, 0);
        ht_near(l.spread, sqrt(want[i].var), 1e-4, 0);
    }
}

/* ---- form through the rounds ---- */

static double run_s(const char *date, const char *round, const hm_day *day, uint64_t person)
{
    hm_sheet_row row[] = {row_of(4, (double)NAN, (double)NAN, NULL)};
    hm_sheet s = sheet_of(0, NULL, 1, row);
    hm_runner r = runner_of(person, 12.7, 0);
    hm_race_result out;
    s.meet = "Club evening";
    s.date = date;
    s.round = round;
    assert_int_equal(hm_race_result_of(&s, &r, day, 3, 0, &out, NULL), HM_OK);
    return (double)out.run[0].time_us * 1e-6 - out.run[0].reaction_s;
}

static double correlation(int n, const double a[], const double b[])
{
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (int i = 0; i < n; i++) {
        ma += a[i] / n;
        mb += b[i] / n;
    }
    for (int i = 0; i < n; i++) {
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
        ab += (a[i] - ma) * (b[i] - mb);
    }
    return ab / sqrt(aa * bb);
}

/* By form alone; a correlation of 1200 pairs has a standard error below 0.029. */
static void form_hangs_together_through_the_rounds_of_a_day(void **state)
{
    (void)state;
    enum { N = 1200 };
    static double heat[N], final[N], later[N];
    hm_day day = hm_day_default();
    day.gust_frac = day.start_sd_s = 0;
    for (int k = 0; k < 2; k++) {
        day.form_day_frac = k == 0 ? 0.44 : 0;
        double mean = 0, square = 0;
        for (uint64_t i = 0; i < N; i++) {
            heat[i] = run_s("2024-05-01", "R1", &day, i + 1);
            final[i] = run_s("2024-05-01", "F", &day, i + 1);
            later[i] = run_s("2024-05-08", "F", &day, i + 1);
            mean += final[i] / N;
        }
        for (int i = 0; i < N; i++)
            square += (final[i] - mean) * (final[i] - mean) / N;
        assert_true(fabs(correlation(N, heat, final) - day.form_day_frac) < 4 * 0.029);
        assert_true(fabs(correlation(N, final, later)) < 4 * 0.029);
        /* however it is divided, form in all is 0.8 % of the run; standard error 2 % */
        ht_near(sqrt(square), 0.008 * mean, 0, 0.09);
    }
}

/* ---- events ---- */

static hm_entries entries_of(hm_arena *a, int32_t n, bool turned)
{
    hm_entries e = {.source = "entries", .meet = "M", .event = "", .date = "", .venue = "", .n = n};
    e.entry = HM_PUSH(a, hm_entry, n);
    assert_non_null(e.entry);
    for (int32_t k = 0; k < n; k++) {
        int32_t i = turned ? n - 1 - k : k;
        e.entry[k] = (hm_entry){.line = k + 2,
                                .key = (uint64_t)(1000 + i),
                                .id = "",
                                .name = hm_arena_printf(a, "N%02d", i),
                                .team = "",
                                .best_us = 10000000 + 10000 * i,
                                .dns = "",
                                .sprinter = ""};
    }
    return e;
}

typedef struct event {
    hm_entries entries;
    hm_day day;
    hm_heat_opts heat;
    hm_rules rules;
    hm_heat_sim sim;
    hm_rounds rounds;
} event;

static void run_event(hm_arena *a, event *ev, uint64_t seed)
{
    hm_runner *r = HM_PUSH(a, hm_runner, ev->entries.n);
    hm_err err = {0};
    assert_non_null(r);
    for (int32_t i = 0; i < ev->entries.n; i++) {
        double best_s = (double)ev->entries.entry[i].best_us * 1e-6;
        r[i] = runner_of(ev->entries.entry[i].key, 12.7 - 1.3 * (best_s - 10), 0.3);
    }
    ev->sim = (hm_heat_sim){
        .runner = r, .day = &ev->day, .opts = &ev->heat, .rules = &ev->rules, .arena = a};
    if (hm_rounds_run(&ev->entries, &ev->rules, seed, hm_heat_simulate, &ev->sim, a, &ev->rounds,
                      &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
}

static event event_of(hm_arena *a, int32_t n)
{
    return (event){.entries = entries_of(a, n, false),
                   .day = hm_day_default(),
                   .heat = hm_heat_opts_default(),
                   .rules = hm_rules_default()};
}

static void everybody_runs_with_a_reaction_in_a_wind_of_his_heat(void **state)
{
    event ev = event_of(*state, 32);
    run_event(*state, &ev, 5);
    int32_t first_cmps = ev.rounds.round[0].heat[0].wind_cmps, n_other = 0;
    assert_true(ev.rounds.n_round > 1);
    for (int32_t k = 0; k < ev.rounds.n_round; k++)
        for (int32_t h = 0; h < ev.rounds.round[k].plan.n_heat; h++) {
            const hm_rounds_heat *heat = &ev.rounds.round[k].heat[h];
            assert_true(heat->run && heat->has_wind);
            n_other += heat->wind_cmps != first_cmps;
            for (int32_t i = 0; i < heat->n_lane; i++) {
                const hm_rounds_lane *l = &heat->lane[i];
                assert_true(l->status == HM_RUN_OK && l->reaction_ms >= 102);
                assert_true(l->time_us > 9300000 && l->time_us < 12000000);
            }
        }
    assert_true(n_other >= 4 && ev.sim.log.n == 0);
}

static void an_event_depends_on_its_seed_and_not_on_the_order_of_the_file(void **state)
{
    event a = event_of(*state, 24), b = event_of(*state, 24), c = event_of(*state, 24);
    b.entries = entries_of(*state, 24, true);
    run_event(*state, &a, 5);
    run_event(*state, &b, 5);
    run_event(*state, &c, 6);
    assert_int_equal(a.rounds.n_round, b.rounds.n_round);
    bool differs = false;
    for (int32_t k = 0; k < a.rounds.n_round; k++)
        for (int32_t h = 0; h < a.rounds.round[k].plan.n_heat; h++) {
            const hm_rounds_heat *ha = &a.rounds.round[k].heat[h], *hb = &b.rounds.round[k].heat[h];
            assert_int_equal(ha->wind_cmps, hb->wind_cmps);
            differs |= ha->wind_cmps != c.rounds.round[k].heat[h].wind_cmps;
            for (int32_t i = 0; i < ha->n_lane; i++) {
                assert_int_equal(ha->lane[i].time_us, hb->lane[i].time_us);
                assert_string_equal(a.entries.entry[ha->lane[i].entry].name,
                                    b.entries.entry[hb->lane[i].entry].name);
            }
        }
    assert_true(differs);
}

/* Chances of 0.2 among 32 in the first round: 6.4 on average, sd 2.3. */
static void false_starts_and_absences_come_as_often_as_asked(void **state)
{
    event ev = event_of(*state, 32);
    ev.heat.dns_frac = 0.2;
    int32_t n[4] = {0}, n_run = 40;
    for (int32_t s = 0; s < n_run; s++) {
        run_event(*state, &ev, (uint64_t)s);
        for (int32_t h = 0; h < ev.rounds.round[0].plan.n_heat; h++)
            for (int32_t i = 0; i < ev.rounds.round[0].heat[h].n_lane; i++)
                n[ev.rounds.round[0].heat[h].lane[i].status]++;
    }
    double want = 0.2 * 32 * n_run, sd = sqrt(0.16 * 32 * n_run);
    assert_true(fabs(n[HM_RUN_DNS] - want) < 4 * sd && n[HM_RUN_DQ] == 0);
}

/* Out by a false start in twenty finals of eight; each told. */
static int32_t n_out_of(hm_arena *a, const char *preset)
{
    event ev = event_of(a, 8);
    int32_t n_out = 0, n_told = 0;
    ev.heat.false_start_frac = 0.1;
    assert_int_equal(hm_rules_preset(preset, &ev.rules, NULL), HM_OK);
    for (uint64_t seed = 0; seed < 20; seed++) {
        run_event(a, &ev, seed);
        n_told += ev.sim.log.n;
        for (int32_t i = 0; i < 8; i++) {
            const hm_rounds_lane *l = &ev.rounds.round[0].heat[0].lane[i];
            if (l->status != HM_RUN_DQ)
                continue;
            n_out++;
            assert_string_equal(l->rule, hm_false_start_rule(&ev.rules));
            assert_true(l->reaction_ms >= 0 && l->reaction_ms < 100 && l->time_us == 0);
        }
    }
    assert_true(n_told >= n_out);
    return n_out;
}

/* Eight at 0.1 each: 0.8 jump a first start, and those of the recalls on top. Masters are warned
 * first, so the same jumps put fewer of them out. */
static void a_false_start_is_judged_by_the_rules_of_the_meet(void **state)
{
    int32_t n_open = n_out_of(*state, "open"), n_masters = n_out_of(*state, "masters");
    assert_true(n_open > 16 && n_open < 80);
    assert_true(n_masters < n_open / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_of_many_is_what_order_statistics_say),
        cmocka_unit_test(form_hangs_together_through_the_rounds_of_a_day),
        cmocka_unit_test(everybody_runs_with_a_reaction_in_a_wind_of_his_heat),
        cmocka_unit_test(an_event_depends_on_its_seed_and_not_on_the_order_of_the_file),
        cmocka_unit_test(false_starts_and_absences_come_as_often_as_asked),
        cmocka_unit_test(a_false_start_is_judged_by_the_rules_of_the_meet),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
