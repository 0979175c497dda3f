/* One test that fails: if the runner calls this run a success, no result can be trusted. */
#include "ht.h"

static void two_is_three(void **state)
{
    (void)state;
    assert_int_equal(2, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_is_three)};
    /* meson calls a TAP program with an exit code an error, not a failure: let the TAP line speak
     */
    (void)cmocka_run_group_tests_name("must fail", tests, NULL, NULL);
    return 0;
}
