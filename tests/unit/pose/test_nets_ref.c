#include "net_golden.h"

/* The oracle itself against the same values; half a minute. */
static void loops_give_the_check_values(void **state)
{
    (void)state;
    net_golden_check(POSE_MODEL_DETECTOR, "detector", true);
    net_golden_check(HM_POSE_LITE, "lite", true);
    net_golden_check(HM_POSE_FULL, "full", true);
    net_golden_check(HM_POSE_HEAVY, "heavy", true);
}

int main(void)
{
    const char *absent = net_golden_absent();
    if (absent)
        return ht_skip_all(absent);
    const struct CMUnitTest tests[] = {cmocka_unit_test(loops_give_the_check_values)};
    return cmocka_run_group_tests_name("pose/nets_ref", tests, NULL, NULL);
}
