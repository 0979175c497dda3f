#include "odds_support.h"

#include "num/stat.h"
#include "race/reaction.h"

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

/* Against sums over the law itself. */
static void mean_and_sd_are_those_of_the_law(void **state)
{
    (void)state;
    const hm_reaction_law law = {0.080, 0.069, 0.41, 0, 10};
    double sum = 0, square = 0;
    enum { N = 200000 };
    for (int i = 0; i < N; i++) {
        double r = law.base_s + law.median_s * exp(law.spread * hm_normal_of((i + 0.5) / N));
        sum += r;
        square += r * r;
    }
    ht_near(hm_reaction_mean_s(&law), sum / N, 1e-6, 0);
    ht_near(hm_reaction_sd_s(&law), sqrt(square / N - sum / N * sum / N), 1e-5, 0);
}

/* The doubt of the time is that of the reaction, beside what was not known before. */
static void a_run_is_known_less_surely_by_the_sd_of_the_law(void **state)
{
    hm_runner r[2] = {runner_of(1, 12.7, 0), runner_of(2, 12.7, 1)};
    hm_day day = hm_day_default();
    hm_odds_opts opts = {.n_run = 64, .seed = 1, .n_thread = 1, .record_s = (double)NAN};
    hm_odds before = odds_of(*state, 2, r, &day, opts);
    assert_true(before.lane[0].time_s_fit_sd == 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(hm_runner_doubt_reaction(&r[i], NULL), HM_OK);
    hm_odds after = odds_of(*state, 2, r, &day, opts);
    double sd = hm_reaction_sd_s(&r[0].reaction), was = before.lane[1].time_s_fit_sd;
    ht_near(after.lane[0].time_s_fit_sd, sd, 0, 0.01);
    ht_near(after.lane[1].time_s_fit_sd, sqrt(was * was + sd * sd), 0, 0.01);
}

static void who_never_arrives_is_refused(void **state)
{
    (void)state;
    hm_runner slow = runner_of(1, 12.7, 0), was;
    slow.drive.fade_mps3 = 5;
    was = slow;
    assert_int_equal(hm_runner_doubt_reaction(&slow, NULL), HM_ERR_INPUT);
    assert_memory_equal(&slow, &was, sizeof was);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_and_sd_are_those_of_the_law),
        cmocka_unit_test(a_run_is_known_less_surely_by_the_sd_of_the_law),
        cmocka_unit_test(who_never_arrives_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
