/* Are the odds right, from the stopwatch on? 200 championships with runners whose truth is known:
 * each runs alone, is timed with errors, is fitted; the odds are made of the fits; then the truth
 * races on a day that is drawn. Slow. */
#include "odds_support.h"
/* after cmocka, which wants its own order */
#include "coverage.h"

enum { N_CHAMPIONSHIP = 200, N_LANE = 8, N_RUNNER = N_CHAMPIONSHIP * N_LANE, N_RUN = 4000 };

/* Of a championship by turns: every 10 m to the end; to 60 m, so that the rest is extrapolated. */
static const char *const watched[] = {"drive, 10 m splits, 8 ms and rounding",
                                      "drive, splits to 60 m, 8 ms and rounding"};

static int case_of(const char *name)
{
    for (int i = 0; i < COVER_TABLE_N; i++)
        if (strcmp(cover_table[i].name, name) == 0)
            return i;
    fail();
    return -1;
}

/* One runner on one start line. */
typedef struct told {
    bool vague;            /* watched to 60 m only */
    double p_win, p_medal; /* what the odds say */
    double rank; /* [1] share of the drawn races that were faster than the one that came */
    bool won, medal, inside; /* what came; inside the 90 % interval */
    bool inside_luck;        /* of the luck alone */
} told;

static told all[N_RUNNER];

static hm_runner true_runner(const cover_truth *t, uint64_t person)
{
    hm_runner r = runner_of(person, 12, 0);
    r.drive = t->drive;
    r.mass_kg = r.stature_m = (double)NAN;
    return r;
}

/* Levels over 0.6 m/s, half a second: what is between them is far more than what the fits miss, as
 * odds suppose that know nothing of a runner but his fit. */
static void enter(int i_case, uint32_t c, hm_arena *a, hm_runner fitted[], hm_runner truth[])
{
    for (uint32_t i = 0; i < N_LANE; i++) {
        int64_t id = c * N_LANE + i;
        double level = cover_between(i_case, id, 1, 11.0, 11.6);
        cover_truth t = {.tc_s = 0};
        hm_sprinter_run run;
        cover_draw_level(&cover_table[i_case], i_case, id, level, &t);
        truth[i] = true_runner(&t, 1000 + (uint64_t)id);
        assert_true(cover_fit(i_case, id, &t, a, &run));
        assert_int_equal(
            hm_runner_of_run(&run, truth[i].person, &truth[i].reaction, &fitted[i], NULL), HM_OK);
        assert_true(fitted[i].root[HM_DRIVE_BY_V0][HM_DRIVE_BY_V0] > 0);
    }
}

/* Share of the counted races below an official time, half of those that equal it. */
static double rank_of(const hm_odds_count *n, int64_t time_us)
{
    double below = 0, all_of = 0;
    int64_t cs = (time_us + 9999) / 10000 - n->from_cs;
    for (int64_t k = 0; k < HM_ODDS_CS_MAX; k++) {
        below += k < cs ? n->n[k] : k == cs ? 0.5 * n->n[k] : 0;
        all_of += n->n[k];
    }
    return below / all_of;
}

static void hold(uint32_t c, bool vague, hm_arena *a)
{
    hm_runner fitted[N_LANE], truth[N_LANE];
    hm_day day = hm_day_default();
    day.wind_mps = 0.5;
    enter(case_of(watched[vague]), c, a, fitted, truth);
    hm_odds_opts opts = {.n_run = N_RUN, .seed = 5, .n_thread = 2, .record_s = (double)NAN};
    hm_odds o = odds_of(a, N_LANE, fitted, &day, opts);
    hm_sheet_row row[N_LANE];
    hm_race race;
    for (int i = 0; i < N_LANE; i++)
        row[i] = row_of(i + 1, (double)NAN, (double)NAN, NULL);
    hm_sheet s = sheet_of(0, NULL, N_LANE, row);
    assert_int_equal(hm_race_simulate(&s, truth, &day, 99, c, a, &race, NULL), HM_OK);
    for (int i = 0; i < N_LANE; i++) {
        const hm_odds_lane *l = &o.lane[i];
        double time_s = (double)race.lane[i].time_us * 1e-6;
        all[c * N_LANE + (uint32_t)i] =
            (told){vague,
                   l->p_win,
                   l->p_win + l->p_place[1] + l->p_place[2],
                   rank_of(&l->times, race.lane[i].time_us),
                   race.lane[i].place == 1,
                   race.lane[i].place <= 3,
                   time_s >= l->time_s_lo90 && time_s <= l->time_s_hi90,
                   fabs(time_s - l->time_s_mean) < 1.6449 * l->time_s_luck_sd};
    }
}

static int hold_all(void **state)
{
    hm_arena a;
    (void)state;
    hm_arena_init(&a, 0);
    for (uint32_t c = 0; c < N_CHAMPIONSHIP; c++) {
        hm_arena_mark m = hm_arena_mark_get(&a);
        hold(c, c % 2 == 1, &a);
        hm_arena_release(&a, m);
    }
    hm_arena_free(&a);
    return 0;
}

/* ---- judged ---- */

/* What chi-square with df exceeds once in a thousand; Wilson and Hilferty 1931. */
static double chi2_rare(double df)
{
    double u = 1 - 2 / (9 * df) + 3.09 * sqrt(2 / (9 * df));
    return df * u * u * u;
}

typedef struct bin {
    int n;
    double told, came, var;
} bin;

enum { N_BIN = 8 };
static const double edge[N_BIN - 1] = {0.01, 0.03, 0.08, 0.15, 0.25, 0.4, 0.6};

static void add(bin b[], double p, bool came)
{
    int k = 0;
    while (k < N_BIN - 1 && p >= edge[k])
        k++;
    b[k].n++;
    b[k].told += p;
    b[k].came += came;
    b[k].var += p * (1 - p);
}

/* Over ranges in which at least one hit is due, the small ones counted together. */
static double chi2_of(const bin b[], const char *what, double *df_of)
{
    double chi2 = 0, df = 0;
    bin small = {0};
    for (int k = 0; k < N_BIN; k++) {
        print_message("# %s: %4d told %6.1f came %3.0f\n", what, b[k].n, b[k].told, b[k].came);
        if (b[k].var < 1) {
            small.told += b[k].told;
            small.came += b[k].came;
            small.var += b[k].var;
            continue;
        }
        chi2 += (b[k].came - b[k].told) * (b[k].came - b[k].told) / b[k].var;
        df++;
    }
    if (small.var > 0) {
        chi2 += (small.came - small.told) * (small.came - small.told) / fmax(small.var, 1);
        df++;
    }
    print_message("# %s: chi-square %.1f of %.0f ranges, %.1f once in a thousand\n", what, chi2, df,
                  chi2_rare(df));
    assert_true(df >= 4);
    *df_of = df;
    return chi2;
}

static void winners_come_as_often_as_told(void **state)
{
    (void)state;
    bin b[N_BIN] = {{0}};
    double df;
    for (int i = 0; i < N_RUNNER; i++)
        add(b, all[i].p_win, all[i].won);
    assert_true(chi2_of(b, "win", &df) < chi2_rare(df));
}

/* Odds as of runners whose times scatter by two thirds of what they do would not pass. */
static void odds_that_are_too_sure_would_be_seen(void **state)
{
    (void)state;
    bin b[N_BIN] = {{0}};
    double df;
    for (int c = 0; c < N_CHAMPIONSHIP; c++) {
        const told *t = &all[c * N_LANE];
        double sum = 0;
        for (int i = 0; i < N_LANE; i++)
            sum += pow(t[i].p_win, 1.5);
        for (int i = 0; i < N_LANE; i++)
            add(b, pow(t[i].p_win, 1.5) / sum, t[i].won);
    }
    assert_true(chi2_of(b, "win, too sure", &df) > chi2_rare(df));
}

static void medals_come_as_often_as_told(void **state)
{
    (void)state;
    bin b[N_BIN] = {{0}};
    double df;
    for (int i = 0; i < N_RUNNER; i++)
        add(b, all[i].p_medal, all[i].medal);
    assert_true(chi2_of(b, "medal", &df) < chi2_rare(df));
}

/* Murphy 1973: Brier = reliability - resolution + uncertainty, with each range's mean chance. */
static void the_brier_score_is_nearly_all_resolution(void **state)
{
    (void)state;
    bin b[N_BIN] = {{0}};
    double brier = 0, reliability = 0, resolution = 0, expected = 0, base = 1.0 / N_LANE;
    for (int i = 0; i < N_RUNNER; i++) {
        add(b, all[i].p_win, all[i].won);
        brier += (all[i].p_win - all[i].won) * (all[i].p_win - all[i].won) / N_RUNNER;
    }
    for (int k = 0; k < N_BIN; k++) {
        double n = fmax(b[k].n, 1), p = b[k].told / n, o = b[k].came / n,
               w = b[k].n / 1.0 / N_RUNNER;
        reliability += w * (p - o) * (p - o);
        resolution += w * (o - base) * (o - base);
        expected += w * b[k].var / (n * n); /* of reliability, by chance alone */
    }
    double uncertainty = base * (1 - base);
    print_message("# Brier %.4f = reliability %.5f (by chance %.5f) - resolution %.4f + %.4f\n",
                  brier, reliability, expected, resolution, uncertainty);
    /* chances within one range differ: a little more resolution than the ranges show */
    ht_near(brier, reliability - resolution + uncertainty, 0.004, 0);
    assert_true(reliability < 3 * expected && resolution > 20 * reliability);
}

/* A tenth of the times in each tenth of the odds. The wind is common to a race, which makes the
 * counts vary by half as much again at most. */
static void times_fall_evenly_over_what_was_told(void **state)
{
    (void)state;
    double n[10] = {0}, chi2 = 0, due = N_RUNNER / 10.0;
    for (int i = 0; i < N_RUNNER; i++)
        n[(int)fmin(10 * all[i].rank, 9)]++;
    for (int k = 0; k < 10; k++) {
        print_message("# %d %% to %d %%: %.0f of %.0f\n", 10 * k, 10 * k + 10, n[k], due);
        chi2 += (n[k] - due) * (n[k] - due) / due;
    }
    print_message("# chi-square %.1f\n", chi2);
    assert_true(chi2 < 1.5 * chi2_rare(9));
}

/* Luck alone would be too sure of those who were watched to 60 m. */
static void intervals_hold_the_times_and_need_what_the_fits_leave_open(void **state)
{
    (void)state;
    int inside[2] = {0}, luck[2] = {0};
    for (int i = 0; i < N_RUNNER; i++) {
        inside[all[i].vague] += all[i].inside;
        luck[all[i].vague] += all[i].inside_luck;
    }
    for (int v = 0; v < 2; v++) {
        double frac = inside[v] / (0.5 * N_RUNNER), alone = luck[v] / (0.5 * N_RUNNER);
        print_message("# %s: 90 %% hold %.1f %%, luck alone %.1f %%\n", watched[v], 100 * frac,
                      100 * alone);
        /* 800 times count as some 250, the wind being common to a race */
        assert_true(fabs(frac - 0.9) < 3.3 * sqrt(0.09 / 250));
    }
    assert_true(luck[1] < inside[1] - 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(winners_come_as_often_as_told),
        cmocka_unit_test(odds_that_are_too_sure_would_be_seen),
        cmocka_unit_test(medals_come_as_often_as_told),
        cmocka_unit_test(the_brier_score_is_nearly_all_resolution),
        cmocka_unit_test(times_fall_evenly_over_what_was_told),
        cmocka_unit_test(intervals_hold_the_times_and_need_what_the_fits_leave_open),
    };
    return cmocka_run_group_tests(tests, hold_all, NULL);
}
