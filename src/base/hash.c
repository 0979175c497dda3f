#include "base/hash.h"

static const uint64_t fnv_prime = UINT64_C(0x100000001b3);

uint64_t hm_hash(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * fnv_prime;
    return h;
}

uint64_t hm_hash_u64(uint64_t h, uint64_t v)
{
    for (int i = 0; i < 8; i++)
        h = (h ^ ((v >> (8 * i)) & 0xff)) * fnv_prime;
    return h;
}
