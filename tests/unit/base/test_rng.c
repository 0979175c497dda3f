#include "ht.h"

#include "base/rng.h"

/* Vectors: Random123 1.14, kat_vectors, philox4x32 with 10 rounds. */
static void philox_gives_the_published_vectors(void **state)
{
    (void)state;
    static const struct {
        uint32_t ctr[4], key[2], want[4];
    } kat[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (int i = 0; i < 3; i++) {
        hm_draw4 d = hm_philox(kat[i].ctr, kat[i].key);
        for (int k = 0; k < 4; k++)
            assert_int_equal(d.u[k], kat[i].want[k]);
    }
}

static void each_key_has_its_own_place_in_the_counter(void **state)
{
    (void)state;
    const uint32_t key[2] = {0x89abcdef, 0x01234567};
    const uint32_t counter[4] = {5, 77, 0xddccbbaa, 0x03000011};
    hm_draw4 want = hm_philox(counter, key);
    hm_draw4 got = hm_rng(UINT64_C(0x0123456789abcdef), HM_FOR_BODY, UINT64_C(0x11ddccbbaa), 77, 5);
    assert_memory_equal(&got, &want, sizeof got);
}

static void unit_draws_are_inside_and_even(void **state)
{
    (void)state;
    double sum = 0, sum2 = 0;
    enum { N = 20000 };
    for (uint32_t i = 0; i < N; i++) {
        double u = hm_rng_unit(1, HM_FOR_TEST, 9, i, 0);
        assert_true(u > 0 && u < 1);
        sum += u;
        sum2 += u * u;
    }
    /* mean 1/2, second moment 1/3; five standard errors */
    ht_near(sum / N, 0.5, 5 * sqrt(1.0 / 12 / N), 0);
    ht_near(sum2 / N, 1.0 / 3, 5 * sqrt(4.0 / 45 / N), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_vectors),
        cmocka_unit_test(each_key_has_its_own_place_in_the_counter),
        cmocka_unit_test(unit_draws_are_inside_and_even),
    };
    return cmocka_run_group_tests_name("base/rng", tests, NULL, NULL);
}
