#include "ht.h"

#include "base/hash.h"

/* Known answers of 64-bit FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv, test vectors). */
static void published_vectors(void **state)
{
    (void)state;
    assert_true(hm_hash(HM_HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hm_hash(HM_HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hm_hash(HM_HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void a_number_is_its_bytes_lowest_first(void **state)
{
    (void)state;
    const unsigned char b[8] = {8, 7, 6, 5, 4, 3, 2, 1};
    assert_true(hm_hash_u64(HM_HASH_START, UINT64_C(0x0102030405060708)) ==
                hm_hash(HM_HASH_START, b, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(a_number_is_its_bytes_lowest_first),
    };
    return cmocka_run_group_tests_name("base/hash", tests, NULL, NULL);
}
