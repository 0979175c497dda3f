/* Do 90 % intervals hold the truth in 90 % of simulated runs? 400 runs a case; fit_coverage makes
 * the table of 2,000. */
#include "coverage.h"
#include "ht.h"

enum { N_RUN = 400 };

/* A share of 0.87 to 0.93, widened by 2.6 standard errors of 400 draws at its ends. */
static const double least = 0.87 - 2.6 * 0.0168, most = 0.93 + 2.6 * 0.0128;

static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    static cover_hit hit[N_RUN];
    bool good = true;
    for (int i = 0; i < COVER_TABLE_N; i++) {
        assert_true(cover_simulate(i, N_RUN, hm_par_cpu_count(), hit));
        for (int k = 0; k < COVER_N; k++) {
            cover_sum s = cover_add(N_RUN, hit, (cover_value)k);
            double share = (double)s.n_in / s.n;
            if (s.n == 0 || (share >= least && share <= most && s.n_failed == 0))
                continue;
            print_error("%s: %s held in %.1f %% of %d, %d failed\n", cover_table[i].name,
                        cover_of[k].name, 100 * share, s.n, s.n_failed);
            good = false;
        }
    }
    assert_true(good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests_name("physics/coverage", tests, NULL, NULL);
}
